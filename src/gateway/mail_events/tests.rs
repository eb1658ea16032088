//! Webhooks in each provider's published form, with values of our own.

use domain::Id;

use super::*;

const ID: &str = "msg_00000000000000000000000007";

fn read_one(provider: Provider, body: &str) -> MailEvent {
    let mut all = read(provider, body.as_bytes()).unwrap();
    assert_eq!(all.len(), 1, "{body}");
    let one = all.remove(0);
    assert_eq!(one.about, Some(MessageId::from_bits(7)), "{body}");
    assert_eq!(
        one.told.recipient.as_deref(),
        Some("ap@durand.example"),
        "{body}"
    );
    one
}

#[test]
fn brevo() {
    let event = |kind: &str, more: &str| {
        format!(
            r#"{{"event":"{kind}","email":"ap@durand.example","id":26224,
                "date":"2026-11-03 10:20:30",
            "ts":1793697630,"ts_event":1793697630,"subject":"Rappel","tag":"",
                "sending_ip":"192.0.2.7",
            "message-id":"<00000000000000000000000007@boreal.example>"{more}}}"#
        )
    };
    for (kind, expected) in [
        ("hard_bounce", Verdict::Hard),
        ("invalid_email", Verdict::Hard),
        ("blocked", Verdict::Hard),
        ("soft_bounce", Verdict::Soft),
        ("spam", Verdict::Complaint),
        ("unsubscribed", Verdict::Complaint),
        ("deferred", Verdict::Delayed),
        ("delivered", Verdict::Delivered),
        ("error", Verdict::Refused),
    ] {
        let one = read_one(Provider::Brevo, &event(kind, ""));
        assert_eq!((one.told.verdict, &*one.told.words), (expected, kind));
    }
    let reason = r#","reason":"550 5.1.1 no such user\nhere",
        "X-Mailin-custom":"msg_00000000000000000000000007""#;
    let one = read_one(Provider::Brevo, &event("hard_bounce", reason));
    assert_eq!(one.told.words, "550 5.1.1 no such user here");
    assert_eq!(one.told.status.unwrap().to_string(), "5.1.1");
    for kind in ["request", "opened", "click", "unique_opened"] {
        assert_eq!(
            read(Provider::Brevo, event(kind, "").as_bytes()),
            Ok(vec![])
        );
    }
}

#[test]
fn mailjet() {
    let event = |fields: &str| {
        format!(
            r#"{{"time":1793697630,"MessageID":19421777835146490,"Message_GUID":"1ab23cd4",
                "mj_campaign_id":7257,
            "mj_contact_id":4,"customcampaign":"","Payload":"","email":"ap@durand.example",
            "CustomID":"{ID}",{fields}}}"#
        )
    };
    for (fields, expected, words) in [
        (
            r#""event":"bounce","blocked":false,"hard_bounce":true,
                "error_related_to":"recipient","error":"user unknown",
                    "comment":"550 5.1.1 unknown""#,
            Verdict::Hard,
            "recipient, user unknown, 550 5.1.1 unknown",
        ),
        (
            r#""event":"bounce","hard_bounce":false,"error_related_to":"recipient",
                "error":"quota exceeded""#,
            Verdict::Soft,
            "recipient, quota exceeded",
        ),
        (
            r#""event":"blocked","error_related_to":"recipient","error":"user unknown""#,
            Verdict::Hard,
            "recipient, user unknown",
        ),
        (
            r#""event":"blocked","error_related_to":"domain","error":"no mail host""#,
            Verdict::Hard,
            "domain, no mail host",
        ),
        (
            r#""event":"blocked","error_related_to":"content","error":"blacklisted""#,
            Verdict::Refused,
            "content, blacklisted",
        ),
        (
            r#""event":"blocked","error_related_to":"mailjet","error":"preblocked""#,
            Verdict::Hard,
            "mailjet, preblocked",
        ),
        (r#""event":"spam","source":"JMRPP""#, Verdict::Complaint, ""),
        (
            r#""event":"sent","smtp_reply":"sent (250 2.0.0 OK)""#,
            Verdict::Delivered,
            "",
        ),
    ] {
        let one = read_one(Provider::Mailjet, &event(fields));
        assert_eq!((one.told.verdict, &*one.told.words), (expected, words));
        let grouped = format!("[{}]", event(fields));
        read_one(Provider::Mailjet, &grouped);
    }
    assert_eq!(
        read(Provider::Mailjet, event(r#""event":"open""#).as_bytes()),
        Ok(vec![])
    );
}

#[test]
fn ses() {
    let mail = r#""mail":{"timestamp":"2026-11-03T10:20:30.000Z","source":"factures@boreal.example",
        "messageId":"0102019a-7","destination":["ap@durand.example"],
        "headers":[{"name":"From","value":"x"},{"name":"Message-ID",
            "value":"<00000000000000000000000007@boreal.example>"}]}"#;
    let tagged = r#""mail":{"messageId":"0102019a-7",
        "tags":{"message":["msg_00000000000000000000000007"]}}"#;
    let bounce = |kind: &str, recipient: &str| {
        format!(
            r#"{{"notificationType":"Bounce","bounce":{{"bounceType":"{kind}",
                "bounceSubType":"General",
            "bouncedRecipients":[{recipient}],"timestamp":"2026-11-03T10:20:31.000Z",
                "feedbackId":"f"}},{mail}}}"#
        )
    };
    let unknown = r#"{"emailAddress":"ap@durand.example","action":"failed","status":"5.1.1",
        "diagnosticCode":"smtp; 550 5.1.1 user unknown"}"#;
    let bare = r#"{"emailAddress":"ap@durand.example"}"#;
    let complaint = format!(
        r#"{{"notificationType":"Complaint","complaint":{{"complainedRecipients":[{bare}],
            "complaintFeedbackType":"abuse"}},{mail}}}"#
    );
    let delivery = format!(
        r#"{{"eventType":"Delivery","delivery":{{"recipients":["ap@durand.example"],
            "smtpResponse":"250 ok"}},{tagged}}}"#
    );
    let delay = format!(
        r#"{{"eventType":"DeliveryDelay","deliveryDelay":{{"delayType":"MailboxFull",
            "delayedRecipients":[{bare}]}},{tagged}}}"#
    );
    for (body, expected, words) in [
        (
            bounce("Permanent", unknown),
            Verdict::Hard,
            "smtp; 550 5.1.1 user unknown",
        ),
        (bounce("Permanent", bare), Verdict::Hard, "General"),
        (bounce("Transient", bare), Verdict::Soft, "General"),
        (
            bounce("Undetermined", unknown),
            Verdict::Hard,
            "smtp; 550 5.1.1 user unknown",
        ),
        (bounce("Undetermined", bare), Verdict::Refused, "General"),
        (complaint, Verdict::Complaint, "abuse"),
        (delivery, Verdict::Delivered, ""),
        (delay, Verdict::Delayed, ""),
    ] {
        let one = read_one(Provider::Ses, &wrapped(&body));
        assert_eq!(
            (one.told.verdict, &*one.told.words),
            (expected, words),
            "{body}"
        );
        let bare = read(Provider::Ses, body.as_bytes());
        assert_eq!(bare, Ok(vec![]), "nothing is signed without its wrapping");
    }
    let both = format!("{unknown},{}", unknown.replace("ap@", "ar@"));
    let all = wrapped(&bounce("Permanent", &both));
    let all = read(Provider::Ses, all.as_bytes()).unwrap();
    assert_eq!(all.len(), 2);
    let other = wrapped("Successfully validated SNS topic");
    assert_eq!(read(Provider::Ses, other.as_bytes()), Ok(vec![]));
}

/// An event as SNS brings it.
fn wrapped(event: &str) -> String {
    serde_json::json!({"Type": "Notification", "MessageId": "m", "Message": event}).to_string()
}

#[test]
fn what_is_no_event_is_refused_and_an_unknown_message_is_none() {
    for (name, provider) in Provider::ALL {
        assert_eq!(Provider::named(name), Some(provider));
        assert!(matches!(read(provider, b"\xff"), Err(EventError::Form(_))));
        assert!(matches!(
            read(provider, b"{\"event\":"),
            Err(EventError::Form(_))
        ));
        for body in ["{}", "[]", "null", "[1,[2]]", r#"{"event":7,"bounce":[]}"#] {
            assert_eq!(read(provider, body.as_bytes()), Ok(vec![]), "{name} {body}");
        }
    }
    let foreign = r#"{"event":"spam","email":"a@b.example","message-id":"<x@smtp-relay.example>"}"#;
    let all = read(Provider::Brevo, foreign.as_bytes()).unwrap();
    assert_eq!(all[0].about, None);
    assert_eq!(Provider::named("other"), None);
}

#[test]
fn each_provider_takes_the_id_along() {
    let id = MessageId::from_bits(7);
    for (provider, header, value) in [
        (Provider::Brevo, "X-Mailin-custom", ID.to_owned()),
        (Provider::Mailjet, "X-MJ-CustomID", ID.to_owned()),
        (Provider::Ses, "X-SES-MESSAGE-TAGS", format!("message={ID}")),
    ] {
        assert_eq!(
            (provider.id_header(), provider.id_value(id)),
            (header, value)
        );
    }
}
