//! What providers are asked and how they answer, without a network.

use domain::Id;
use domain::bounce::Verdict;

use super::form::Form;
use super::json::Json;
use super::*;

fn order() -> Order {
    Order {
        id: MessageId::from_bits(7),
        to: "06 12 34 56 78".parse().unwrap(),
        sender: "BOREAL".parse().unwrap(),
        text: "Boréal: 12,30 EUR & plus. Payer: https://b.fr/l/a_-".to_owned(),
        at: Moment::from_seconds(1_800_000_000),
        receipts: Some("https://p.example/hooks/sms/s/x/y/m".to_owned()),
    }
}

fn own(body: &str) -> Template {
    Template {
        method: "POST".to_owned(),
        url: "https://sms.example/send?to={to_digits}&ref={id}".to_owned(),
        headers: vec![("X-Key".to_owned(), "k".to_owned())],
        body: body.to_owned(),
        id: "messages.0.id".to_owned(),
        idempotent: false,
        receipts: Some(ReceiptForm {
            id: "id".to_owned(),
            status: "state".to_owned(),
            delivered: vec!["ok".to_owned()],
            failed: vec!["ko".to_owned(), "expired".to_owned()],
        }),
    }
}

#[test]
fn ovh_signs_as_its_documentation_says() {
    let keys = OvhKeys {
        application: "AK".to_owned(),
        secret: "AS".to_owned(),
        consumer: "CK".to_owned(),
        service: "sms-ab12345-1".to_owned(),
        url: None,
    };
    let asked = ovh::Ovh::new(keys).greeting(order().at).unwrap();
    assert_eq!(asked.url, "https://eu.api.ovh.com/1.0/sms/sms-ab12345-1");
    let signature = asked.headers.last().unwrap();
    // printf 'AS+CK+GET+https://eu.api.ovh.com/1.0/sms/sms-ab12345-1++1800000000' | sha1sum
    let expected = "$1$0973fcd6d1528c7eefd9771b3dca26be9f369d1d";
    assert_eq!(
        signature,
        &("X-Ovh-Signature".to_owned(), expected.to_owned())
    );
}

#[test]
fn a_template_takes_a_texts_own_and_nothing_more() {
    let hostile = Order {
        text: "\"},\"to\":\"+33999\" {sender} & \u{e9}\r\n".to_owned(),
        ..order()
    };
    let json = own(r#"{"to":"{to}","msg":{"body":"{text}","from":["{sender}"]},"n":1,"x":"{y}"}"#);
    let call = template::Own::new(json).offer(&hostile).unwrap();
    let sent: serde_json::Value = serde_json::from_str(&call.body).unwrap();
    let expected = serde_json::json!({
        "to": "+33612345678",
        "msg": { "body": hostile.text, "from": ["BOREAL"] },
        "n": 1,
        "x": "{y}",
    });
    assert_eq!(sent, expected);
    assert_eq!(
        call.url,
        "https://sms.example/send?to=33612345678&ref=msg_00000000000000000000000007"
    );
    assert!(
        call.headers
            .contains(&("Content-Type".into(), "application/json".into()))
    );
    let form = template::Own::new(own("to={to}&text={text}&from={sender}"));
    let call = form.offer(&hostile).unwrap();
    assert_eq!(
        call.body,
        "to=%2B33612345678&text=%22%7D%2C%22to%22%3A%22%2B33999%22%20%7Bsender%7D%20%26%20\
         %C3%A9%0D%0A&from=BOREAL"
    );
}

#[test]
fn an_account_that_makes_no_request_is_refused_with_its_reason() {
    let named = |key: &str, url: Option<&str>| {
        Account::Brevo(Named {
            key: key.to_owned(),
            url: url.map(str::to_owned),
        })
    };
    let missing = |what| Err(AccountError::Missing(what));
    assert_eq!(named("", None).check(), missing("API key"));
    assert_eq!(named("a\nb", None).check(), missing("API key"));
    assert_eq!(named("k", None).check(), Ok(()));
    assert_eq!(named("k", Some("https://x.example")).check(), Ok(()));
    assert_eq!(named("k", Some("http://127.0.0.1:8080")).check(), Ok(()));
    for url in [
        "http://x.example",
        "ftp://x",
        "http://127.0.0.1.x.example",
        "http://localhostx",
    ] {
        let refused = AccountError::Address(url.to_owned());
        assert_eq!(named("k", Some(url)).check(), Err(refused));
    }
    let template = |body: &str| Account::Http(own(body)).check();
    assert_eq!(template(r#"{"t":"{text}"}"#), Ok(()));
    assert_eq!(template(r#"{"t":"{text}""#), Err(AccountError::Body));
    assert_eq!(template("{text}"), Err(AccountError::Body));
    assert_eq!(template("text={text}"), Ok(()));
    assert_eq!(template("text=hello"), Err(AccountError::Unnamed("{text}")));
    let shown = format!("{:?}", named("secret", None));
    assert_eq!(shown, "Account(brevo)");
}

#[test]
fn settings_are_read_back_as_they_were_written() {
    let all = [
        Account::Ovh(OvhKeys::default()),
        Account::Brevo(Named::default()),
        Account::Smsmode(Named::default()),
        Account::Twilio(TwilioKeys::default()),
        Account::Http(own("text={text}")),
        Account::Nowhere,
    ];
    for account in all {
        let json = serde_json::to_string(&account).unwrap();
        assert_eq!(
            serde_json::from_str::<Account>(&json).unwrap(),
            account,
            "{json}"
        );
        assert!(json.contains(account.provider()), "{json}");
    }
}

#[test]
fn twilio_signs_as_its_documentation_shows() {
    let account = Account::Twilio(TwilioKeys {
        sid: "AC1".to_owned(),
        token: "12345".to_owned(),
        url: None,
    });
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    let body = b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234\
                 &From=%2B14158675309&To=%2B18005551212";
    let good = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    assert_eq!(sign("12345", url, body), good);
    let is = |url, body, signature| {
        is_signed(
            &account,
            &Received {
                url,
                body,
                signature,
            },
        )
    };
    assert!(is(url, body, good));
    assert!(!is("https://mycompany.com/myapp.php", body, good));
    assert!(!is(url, b"CallSid=CA1234567890ABCDE", good));
    assert!(!is(url, body, ""));
    assert!(!is(url, body, "RSOYDt4T1cUTdK1PDd93/VVr8B9="));
    assert!(!is(url, body, "no base64"));
}

fn one(account: &Account, body: &str) -> Option<Receipt> {
    let mut all = read(account, body.as_bytes()).unwrap();
    assert!(all.len() <= 1);
    all.pop()
}

/// What providers send, and what it means.
const RECEIPTS: &[(&str, &str, Option<Verdict>)] = &[
    (
        "twilio",
        "MessageSid=SM1&MessageStatus=delivered",
        Some(Verdict::Delivered),
    ),
    ("twilio", "MessageSid=SM1&MessageStatus=sent", None),
    (
        "twilio",
        "MessageSid=SM1&MessageStatus=undelivered",
        Some(Verdict::Hard),
    ),
    (
        "twilio",
        "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003",
        Some(Verdict::Soft),
    ),
    (
        "twilio",
        "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005",
        Some(Verdict::Hard),
    ),
    (
        "twilio",
        "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30007",
        Some(Verdict::Refused),
    ),
    (
        "twilio",
        "MessageSid=SM1&MessageStatus=failed&ErrorCode=21610",
        Some(Verdict::Complaint),
    ),
    (
        "twilio",
        "MessageSid=SM1&MessageStatus=failed&ErrorCode=99999",
        Some(Verdict::Refused),
    ),
    (
        "brevo",
        r#"{"msg_status":"delivered","messageId":12}"#,
        Some(Verdict::Delivered),
    ),
    ("brevo", r#"{"msg_status":"sent","messageId":12}"#, None),
    (
        "brevo",
        r#"{"msg_status":"soft_bounce","messageId":12}"#,
        Some(Verdict::Soft),
    ),
    (
        "brevo",
        r#"{"msg_status":"hard_bounce","messageId":12}"#,
        Some(Verdict::Hard),
    ),
    (
        "brevo",
        r#"[{"msg_status":"rejected","messageId":12}]"#,
        Some(Verdict::Refused),
    ),
    (
        "smsmode",
        r#"{"messageId":"a","status":{"value":"DELIVERED"}}"#,
        Some(Verdict::Delivered),
    ),
    (
        "smsmode",
        r#"{"messageId":"a","status":{"value":"ENROUTE"}}"#,
        None,
    ),
    (
        "smsmode",
        r#"{"messageId":"a","status":{"value":"UNDELIVERABLE"}}"#,
        Some(Verdict::Hard),
    ),
    ("http", r#"{"id":5,"state":"OK"}"#, Some(Verdict::Delivered)),
    ("http", "id=5&state=expired", Some(Verdict::Hard)),
    ("http", "id=5&state=queued", None),
];

fn of(provider: &str) -> Account {
    match provider {
        "twilio" => Account::Twilio(TwilioKeys::default()),
        "brevo" => Account::Brevo(Named::default()),
        "smsmode" => Account::Smsmode(Named::default()),
        _ => Account::Http(own("text={text}")),
    }
}

#[test]
fn receipts_are_read_in_each_providers_form() {
    for (provider, body, expected) in RECEIPTS {
        let found = one(&of(provider), body);
        let verdict = found.as_ref().map(|one| one.told.verdict);
        assert_eq!(verdict, *expected, "{body}");
        assert!(found.is_none_or(|one| one.reference.is_some()), "{body}");
    }
}

#[test]
fn a_receipt_may_tell_the_message_its_segments_and_their_price() {
    let priced = r#"{"messageId":"a","status":{"value":"DELIVERED","detail":"ok"},"refClient":
        "msg_00000000000000000000000007","price":{"amount":0.042,"currency":"EUR"},
        "body":{"messagePartCount":2}}"#;
    let found = one(&of("smsmode"), priced).unwrap();
    assert_eq!(found.about, Some(order().id));
    assert_eq!(found.segments, Some(2));
    assert_eq!(found.price.unwrap().to_string(), "0.042 EUR");
    assert_eq!(found.told.words, "DELIVERED ok");
}

#[test]
fn what_is_no_receipt_is_refused() {
    for (provider, body) in [
        ("twilio", ""),
        ("twilio", "a=b"),
        ("twilio", "%ff=%ff"),
        ("brevo", "<xml>"),
        ("brevo", ""),
        ("smsmode", "null"),
        ("http", "other=5"),
    ] {
        assert_eq!(
            read(&of(provider), body.as_bytes()),
            Err(ReceiptError),
            "{body}"
        );
    }
    let none = read(&Account::Nowhere, b"{}");
    assert_eq!(none, Err(ReceiptError));
}

#[test]
fn ovh_tells_fates_by_code() {
    let ovh = ovh::Ovh::new(OvhKeys::default());
    for (code, expected) in [
        (1, None),
        (3, None),
        (4, Some(Verdict::Delivered)),
        (5, Some(Verdict::Hard)),
        (6, None),
        (23, Some(Verdict::Hard)),
        (24, Some(Verdict::Soft)),
        (29, Some(Verdict::Refused)),
    ] {
        let answer = Json::read(format!(r#"{{"id":1,"ptt":{code}}}"#).as_bytes());
        let told = ovh.answered(&answer);
        assert_eq!(told.map(|told| told.verdict), expected, "{code}");
    }
    assert_eq!(ovh.question("../../me", order().at), None);
}

#[test]
fn forms_are_written_and_read_back() {
    let written = json::form([("a b", "é&=+"), ("c", "")]);
    assert_eq!(written, "a%20b=%C3%A9%26%3D%2B&c=");
    let read = json::fields(written.as_bytes()).unwrap();
    assert_eq!(
        read,
        [("a b".into(), "é&=+".into()), ("c".into(), String::new())]
    );
    let plus = json::fields(b"a=1+2&b").unwrap();
    assert_eq!(
        plus,
        [("a".into(), "1 2".into()), ("b".into(), String::new())]
    );
    assert_eq!(json::fields(b"\xff"), None);
}
