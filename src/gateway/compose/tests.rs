//! Messages read back.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Id;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::gateway::dkim::DkimKey;

fn head() -> Letterhead<'static> {
    Letterhead {
        id: MessageId::from_bits(7),
        follows: None,
        at: Moment::from_seconds(1_795_286_865),
        sender_name: "Boréal, Fournitures",
        sender: "factures@boreal.test",
        reply_to: "compta@boreal.test",
        to_name: Some("Service comptable"),
        to: "ap@durand.test",
        provider: None,
    }
}

fn content() -> Rendered {
    Rendered {
        subject: "Rappel : facture F-118 échue, 7\u{202f}160,00\u{a0}€".to_owned(),
        text: "Bonjour,\n.\nhttps://x.test/l/1\n".to_owned(),
        html: "<p>Bonjour, voilà ce qu’il reste.</p>".to_owned(),
    }
}

/// Unfolded headers and the body.
fn parts(message: &[u8]) -> (BTreeMap<String, String>, String) {
    let text = String::from_utf8(message.to_vec()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let pairs = head
        .split("\r\n")
        .map(|line| line.split_once(": ").unwrap());
    let headers: BTreeMap<_, _> = pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    assert_eq!(
        headers.len(),
        head.split("\r\n").count(),
        "a header stands twice"
    );
    (headers, body.to_owned())
}

#[test]
fn headers_say_who_when_and_under_which_id() {
    let first = Letterhead {
        follows: Some(MessageId::from_bits(1)),
        ..head()
    };
    let (headers, body) = parts(&rfc822(&first, &content(), &[]).unwrap());
    for (name, value) in [
        ("To", "\"Service comptable\" <ap@durand.test>"),
        ("Date", "Sat, 21 Nov 2026 18:47:45 +0000"),
        ("Message-ID", "<00000000000000000000000007@boreal.test>"),
        ("In-Reply-To", "<00000000000000000000000001@boreal.test>"),
        ("References", "<00000000000000000000000001@boreal.test>"),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
    ] {
        assert_eq!(headers.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(
        headers["From"].ends_with("<factures@boreal.test>"),
        "{}",
        headers["From"]
    );
    assert!(headers["Reply-To"].ends_with("<compta@boreal.test>"));
    assert!(headers["Content-Type"].starts_with("multipart/alternative;"));
    assert!(headers["Subject"].is_ascii() && headers["Subject"].contains("=?utf-8?"));
    let plain = body.find("text/plain").unwrap();
    assert!(
        plain < body.find("text/html").unwrap(),
        "the richer part comes last"
    );
    assert!(!headers.contains_key("DKIM-Signature"));
}

#[test]
fn a_first_message_follows_none() {
    let (headers, _) = parts(&rfc822(&head(), &content(), &[]).unwrap());
    assert!(!headers.contains_key("In-Reply-To") && !headers.contains_key("References"));
}

#[test]
fn an_attempt_repeated_is_the_same_bytes() {
    let first = rfc822(&head(), &content(), &[]).unwrap();
    assert_eq!(first, rfc822(&head(), &content(), &[]).unwrap());
}

#[test]
fn line_breaks_and_non_addresses_are_refused_in_every_header() {
    let injected = "x\r\nBcc: all@durand.test";
    let refused = |head: Letterhead<'_>, content: &Rendered| {
        rfc822(&head, content, &[]).expect_err("the header was accepted")
    };
    for head in [
        Letterhead {
            sender_name: injected,
            ..head()
        },
        Letterhead {
            to_name: Some("a\nb"),
            ..head()
        },
        Letterhead {
            sender: "a@b.test\r\n",
            ..head()
        },
        Letterhead {
            reply_to: "a@b.test\0",
            ..head()
        },
        Letterhead {
            to: "a@b.test\rBcc: c@d.test",
            ..head()
        },
    ] {
        let error = refused(head, &content());
        assert!(matches!(error, ComposeError::Control { .. }), "{error}");
    }
    let subject = Rendered {
        subject: injected.to_owned(),
        ..content()
    };
    let error = refused(head(), &subject);
    assert!(
        matches!(
            error,
            ComposeError::Control {
                field: "Subject",
                ..
            }
        ),
        "{error}"
    );
    for address in ["", "durand", "a@b@c", "a b@c.test", "a@b.test, c@d.test"] {
        let error = refused(
            Letterhead {
                to: address,
                ..head()
            },
            &content(),
        );
        assert!(
            matches!(error, ComposeError::Address { field: "To", .. }),
            "{error}"
        );
    }
    for at in [Moment::from_seconds(-1), Moment::from_micros(i64::MAX)] {
        let error = refused(Letterhead { at, ..head() }, &content());
        assert_eq!(error, ComposeError::Date(at));
    }
}

/// RFC 6376 §3.4.4, written apart from the library.
fn relaxed_body_hash(body: &str) -> String {
    let lines = body.split("\r\n").map(|line| {
        let mut words: Vec<&str> = line.split([' ', '\t']).collect();
        let first = words.remove(0);
        words.retain(|word| !word.is_empty());
        [&[first], words.as_slice()].concat().join(" ")
    });
    let text = lines.collect::<Vec<_>>().join("\r\n");
    STANDARD.encode(Sha256::digest(format!(
        "{}\r\n",
        text.trim_end_matches("\r\n")
    )))
}

#[test]
fn the_signature_names_domain_and_headers_and_hashes_the_body_that_leaves() {
    let key = DkimKey::Ed25519(STANDARD.encode([7; 32]).into());
    let signer = DkimSigner::new("boreal.test", "acquit1", &key).unwrap();
    let (headers, body) =
        parts(&rfc822(&head(), &content(), std::slice::from_ref(&signer)).unwrap());
    let signature = &headers["DKIM-Signature"];
    let tags: BTreeMap<_, _> = signature
        .split(';')
        .filter_map(|tag| tag.trim().split_once('='))
        .collect();
    assert_eq!((tags["d"], tags["s"]), ("boreal.test", "acquit1"));
    assert_eq!(
        (tags["a"], tags["c"]),
        ("ed25519-sha256", "relaxed/relaxed")
    );
    for name in [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "reply-to",
        "content-type",
    ] {
        assert!(
            tags["h"].replace(' ', "").split(':').any(|h| h == name),
            "{name}"
        );
    }
    assert_eq!(tags["bh"].replace(' ', ""), relaxed_body_hash(&body));
    assert!(!tags["b"].is_empty());
}

proptest! {
    #[test]
    fn whatever_the_text_lines_end_in_crlf_and_stay_short(
        text in "[a-z.\\r\\n ]{0,400}|(?s).{0,400}",
        html in "[a-zé€\u{202f}.\\r\\n ]{0,3000}",
        name in "[^\\p{Cc}]{0,60}",
        subject in "[^\\p{Cc}]{0,60}",
    ) {
        let content = Rendered { subject, text, html };
        let head = Letterhead { sender_name: &name, to_name: Some(&name), ..head() };
        let message = rfc822(&head, &content, &[]).unwrap();
        let text = String::from_utf8(message).unwrap();
        prop_assert!(text.is_ascii());
        for line in text.split("\r\n") {
            prop_assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{line:?}");
            prop_assert!(line.len() <= 998, "RFC 5322 §2.1.1: {} characters", line.len());
        }
        let (headers, _) = parts(text.as_bytes());
        prop_assert!(!headers.contains_key("Bcc"));
    }
}
