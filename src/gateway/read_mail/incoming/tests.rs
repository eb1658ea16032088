//! Mails as servers and people send them, written anew after their forms.

use domain::Id;

use super::*;

const DIGITS_OF_SEVEN: &str = "00000000000000000000000007";

fn seven() -> MessageId {
    MessageId::from_bits(7)
}

/// A report in the form of RFC 3464, around these fields of the recipient.
fn dsn(kind: &str, fields: &str, returned: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: rebonds@boreal.example\n\
         Subject: Undelivered\nMIME-Version: 1.0\n\
         Content-Type: multipart/{kind}; report-type=delivery-status; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nSorry.\n\nap@durand.example: 550 5.1.1 no such user\n\n\
         --b\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example\n\n{fields}\n\n\
         --b\n{returned}\n--b--\n"
    )
    .replace('\n', "\r\n")
}

fn headers_back() -> String {
    format!(
        "Content-Type: text/rfc822-headers\n\nFrom: factures@boreal.example\n\
         Message-ID: <{DIGITS_OF_SEVEN}@boreal.example>\nSubject: x\n"
    )
}

fn one_told(mail: &str) -> Told {
    let read = incoming(mail.as_bytes()).unwrap();
    assert_eq!(read.about, [seven()]);
    match read.what {
        Came::Report(told) if told.len() == 1 => told[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_says_who_what_and_about_which_message() {
    let fields = "Final-Recipient: rfc822; ap@durand.example\nAction: failed\nStatus: 5.1.1\n\
                  Diagnostic-Code: smtp; 550 5.1.1 <ap@durand.example>:\n unknown";
    let whole = format!(
        "Content-Type: message/rfc822\n\nMessage-ID: <{DIGITS_OF_SEVEN}@boreal.example>\n\
         Subject: x\n\nBonjour\n"
    );
    for (kind, returned) in [
        ("report", headers_back()),
        ("mixed", headers_back()),
        ("report", whole),
    ] {
        let told = one_told(&dsn(kind, fields, &returned));
        assert_eq!(told.recipient.as_deref(), Some("ap@durand.example"));
        assert_eq!(told.verdict, Verdict::Hard);
        assert_eq!(told.status.unwrap().to_string(), "5.1.1");
        assert_eq!(told.words, "smtp; 550 5.1.1 <ap@durand.example>: unknown");
    }
}

#[test]
fn a_report_without_reasons_takes_them_from_its_words() {
    let fields = "Final-Recipient: rfc822; ap@durand.example\nAction: failed\nStatus: 5.0.0";
    let told = one_told(&dsn("mixed", fields, &headers_back()));
    assert_eq!(
        (told.verdict, told.words.as_str()),
        (Verdict::Hard, "550 5.1.1 no such user")
    );
    assert_eq!(told.status.unwrap().to_string(), "5.1.1");
}

#[test]
fn delays_arrivals_and_full_mailboxes_are_told_apart() {
    for (fields, expected) in [
        ("Action: delayed\nStatus: 4.4.1", Verdict::Delayed),
        ("Action: delivered\nStatus: 2.0.0", Verdict::Delivered),
        ("Action: failed\nStatus: 5.2.2 (full)", Verdict::Soft),
        ("Action: Failed\nStatus: 4.4.7", Verdict::Soft),
        (
            "Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 spam",
            Verdict::Refused,
        ),
    ] {
        let fields = format!("Original-Recipient: rfc822;ap@durand.example\n{fields}");
        let told = one_told(&dsn("report", &fields, &headers_back()));
        assert_eq!(told.verdict, expected, "{fields}");
    }
}

#[test]
fn the_address_it_came_to_tells_the_message_where_nothing_is_returned() {
    let fields = "Final-Recipient: rfc822; ap@durand.example\nAction: failed\nStatus: 5.1.1";
    let mail = dsn("report", fields, "Content-Type: text/plain\n\nnothing\n");
    let to = format!(
        "To: rebonds+{}@boreal.example",
        DIGITS_OF_SEVEN.to_uppercase()
    );
    one_told(&mail.replace("To: rebonds@boreal.example", &to));
    let delivered = format!("Delivered-To: rebonds+{DIGITS_OF_SEVEN}@boreal.example\r\nFrom: M");
    one_told(&mail.replacen("From: M", &delivered, 1));
}

#[test]
fn a_report_in_words_alone_is_read() {
    let mail = format!(
        "Return-Path: <>\r\nFrom: <postmaster@mx.example>\r\n\
         To: rebonds+{DIGITS_OF_SEVEN}@b.example\r\n\
         Subject: failure notice\r\n\r\nHi.\r\n<ap@durand.example>:\r\n\
         550 5.2.1 mailbox disabled\r\n"
    );
    let told = one_told(&mail);
    assert_eq!((told.verdict, told.recipient), (Verdict::Hard, None));
}

#[test]
fn a_complaint_is_one_and_other_feedback_is_not() {
    let mail = |kind: &str| {
        format!(
            "From: fbl@isp.example\nTo: plaintes@boreal.example\n\
             Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nAbuse report\n\n\
             --b\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\n\
             User-Agent: x/1\nOriginal-Rcpt-To: <ap@durand.example>\n\n\
             --b\n{}\n--b--\n",
            headers_back()
        )
        .replace('\n', "\r\n")
    };
    let told = one_told(&mail("abuse"));
    assert_eq!(told.verdict, Verdict::Complaint);
    assert_eq!(told.recipient.as_deref(), Some("ap@durand.example"));
    let other = incoming(mail("not-spam").as_bytes()).unwrap();
    assert!(matches!(other.what, Came::Letter(_)), "{other:?}");
}

#[test]
fn an_answer_is_a_letter_and_an_automatic_one_is_not() {
    let mail = format!(
        "From: Service achats <achats@durand.example>\r\nTo: reponses@boreal.example\r\n\
         In-Reply-To: <{DIGITS_OF_SEVEN}@boreal.example>\r\n\
         Subject: =?utf-8?q?R=C3=A9=3A_facture?=\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nPay\u{e9} hier.\u{7}\r\n"
    );
    let read = incoming(mail.as_bytes()).unwrap();
    assert_eq!(read.about, [seven()]);
    let Came::Letter(letter) = read.what else {
        panic!("{read:?}");
    };
    assert_eq!(letter.from, "achats@durand.example");
    assert_eq!(letter.to, ["reponses@boreal.example"]);
    assert_eq!(
        (&*letter.subject, &*letter.text),
        ("Ré: facture", "Payé hier.")
    );
    for header in [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Autoreply: yes",
    ] {
        let automatic = incoming(format!("{header}\r\n{mail}").as_bytes()).unwrap();
        assert_eq!(automatic.what, Came::Automatic, "{header}");
    }
}

#[test]
fn bytes_that_are_no_mail_are_refused_and_rubbish_harms_nothing() {
    assert_eq!(incoming(b""), None);
    let fields = "Final-Recipient: rfc822; ap@durand.example\nAction: failed\nStatus: 5.1.1";
    let whole = dsn("report", fields, &headers_back());
    for end in 0..whole.len() {
        let _cut_anywhere = incoming(&whole.as_bytes()[..end]);
    }
}
