//! Providers of text messages: what each is asked, to the letter.

mod answers;

use std::time::Duration;

use acquit::gateway::sms::{
    Account, Limits, Named, Order, Outcome, OvhKeys, Template, Texter, TwilioKeys, texter,
};
use domain::{Id, MessageId, Moment};

use crate::support::http_sink::{Asked, HttpSink, Reply};

fn order() -> Order {
    Order {
        id: MessageId::from_bits(7),
        to: "06 12 34 56 78".parse().unwrap(),
        sender: "BOREAL".parse().unwrap(),
        text: "Boréal: 12,30 EUR & plus. Payer : https://b.fr/l/a_-".to_owned(),
        at: Moment::from_seconds(1_800_000_000),
        receipts: Some("https://p.example/hooks/sms/s/x/y/m".to_owned()),
    }
}

fn account(provider: &str, url: &str) -> Account {
    let own = format!("{url}/send/{{id}}");
    let url = Some(url.to_owned());
    let named = Named {
        key: "the-key".into(),
        url: url.clone(),
    };
    match provider {
        "ovh" => Account::Ovh(OvhKeys {
            application: "AK".into(),
            secret: "AS".into(),
            consumer: "CK".into(),
            service: "sms-ab12345-1".into(),
            url: url.map(|url| format!("{url}/1.0")),
        }),
        "brevo" => Account::Brevo(named),
        "smsmode" => Account::Smsmode(named),
        "twilio" => Account::Twilio(TwilioKeys {
            sid: "AC1".into(),
            token: "secret".into(),
            url,
        }),
        _ => Account::Http(Template {
            method: "PUT".into(),
            url: own,
            headers: vec![("X-Token".into(), "t".into())],
            body: r#"{"dest":"{to}","text":"{text}","from":"{sender}","cb":"{receipts}"}"#.into(),
            id: "result.0.id".into(),
            idempotent: provider == "idempotent",
            receipts: None,
        }),
    }
}

/// What each provider says when it takes a text.
fn good(provider: &str) -> (u16, &'static str) {
    match provider {
        "ovh" => (
            200,
            r#"{"totalCreditsRemoved":1,"invalidReceivers":[],"ids":[27814656],
                "validReceivers":["+33612345678"]}"#,
        ),
        "brevo" => (201, r#"{"messageId":1511882900176220}"#),
        "smsmode" => (
            201,
            r#"{"messageId":"67c15045","recipient":{"to":"33612345678"},"from":"BOREAL",
                "body":{"text":"…","encoding":"GSM7","messagePartCount":2,"length":7},
                "status":{"value":"ENROUTE"},"price":{"amount":0.084,"currency":"EUR"}}"#,
        ),
        "twilio" => (
            201,
            r#"{"sid":"SM0123","status":"queued","num_segments":"1","price":null,
                "price_unit":"USD","error_code":null,"error_message":null}"#,
        ),
        _ => (200, r#"{"result":[{"id":"x-1"}]}"#),
    }
}

/// The way out to a provider at this address.
fn way(provider: &str, url: &str) -> std::sync::Arc<dyn Texter> {
    texter(&account(provider, url), Limits::default()).unwrap()
}

async fn send(provider: &str, reply: Reply) -> (Outcome, Vec<Asked>) {
    let sink = HttpSink::start(move |_| reply.clone()).await;
    let limits = Limits {
        connect: Duration::from_secs(5),
        answer: Duration::from_millis(700),
    };
    let texter = texter(&account(provider, &sink.url()), limits).unwrap();
    let outcome = texter.send(&order()).await;
    (outcome, sink.asked())
}

#[actix_web::test]
async fn each_provider_is_asked_in_its_published_form() {
    let text = "Boréal: 12,30 EUR & plus. Payer : https://b.fr/l/a_-";
    let id = "msg_00000000000000000000000007";
    for (provider, line, headers, body) in [
        (
            "ovh",
            "POST /1.0/sms/sms-ab12345-1/jobs",
            vec![
                ("content-type", "application/json;charset=utf-8"),
                ("x-ovh-application", "AK"),
                ("x-ovh-consumer", "CK"),
                ("x-ovh-timestamp", "1800000000"),
            ],
            serde_json::json!({
                "charset": "UTF-8", "class": "phoneDisplay", "coding": "7bit", "message": text,
                "noStopClause": true, "priority": "high", "receivers": ["+33612345678"],
                "sender": "BOREAL", "senderForResponse": false, "validityPeriod": 2880,
            }),
        ),
        (
            "brevo",
            "POST /v3/transactionalSMS/send",
            vec![("api-key", "the-key"), ("content-type", "application/json")],
            serde_json::json!({
                "sender": "BOREAL", "recipient": "33612345678", "content": text,
                "type": "transactional", "unicodeEnabled": false, "tag": id,
                "webUrl": "https://p.example/hooks/sms/s/x/y/m",
            }),
        ),
        (
            "smsmode",
            "POST /sms/v1/messages",
            vec![
                ("x-api-key", "the-key"),
                ("content-type", "application/json"),
            ],
            serde_json::json!({
                "recipient": { "to": "33612345678" }, "body": { "text": text },
                "from": "BOREAL", "refClient": id,
                "callbackUrlStatus": "https://p.example/hooks/sms/s/x/y/m",
            }),
        ),
        (
            "http",
            "PUT /send/msg_00000000000000000000000007",
            vec![("x-token", "t"), ("content-type", "application/json")],
            serde_json::json!({
                "dest": "+33612345678", "text": text, "from": "BOREAL",
                "cb": "https://p.example/hooks/sms/s/x/y/m",
            }),
        ),
    ] {
        let (status, said) = good(provider);
        let (outcome, asked) = send(provider, Reply::say(status, said)).await;
        assert!(
            matches!(outcome, Outcome::Accepted(_)),
            "{provider} {outcome:?}"
        );
        let [asked] = asked.as_slice() else {
            panic!("{provider}: asked {} times", asked.len())
        };
        assert_eq!(asked.line, line);
        for (name, value) in headers {
            assert_eq!(asked.header(name), Some(value), "{provider} {name}");
        }
        assert_eq!(asked.json(), body, "{provider}");
    }
}

#[actix_web::test]
async fn twilio_is_asked_by_a_form_and_signed_in() {
    let (status, said) = good("twilio");
    let (_, asked) = send("twilio", Reply::say(status, said)).await;
    let [asked] = asked.as_slice() else {
        panic!("asked {} times", asked.len())
    };
    assert_eq!(asked.line, "POST /2010-04-01/Accounts/AC1/Messages.json");
    // "AC1:secret" in base64.
    assert_eq!(
        asked.header("authorization"),
        Some("Basic QUMxOnNlY3JldA==")
    );
    assert_eq!(
        asked.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        asked.body,
        "To=%2B33612345678&From=BOREAL&Body=Bor%C3%A9al%3A%2012%2C30%20EUR%20%26%20plus.%20Payer\
         %20%3A%20https%3A%2F%2Fb.fr%2Fl%2Fa_-&StatusCallback=https%3A%2F%2Fp.example%2Fhooks\
         %2Fsms%2Fs%2Fx%2Fy%2Fm"
    );
}

#[actix_web::test]
async fn ovhs_signature_covers_method_address_body_and_time() {
    let (status, said) = good("ovh");
    let sink = HttpSink::start(move |_| Reply::say(status, said)).await;
    way("ovh", &sink.url()).send(&order()).await;
    let asked = &sink.asked()[0];
    let url = format!("{}/1.0/sms/sms-ab12345-1/jobs", sink.url());
    let signed = format!("AS+CK+POST+{url}+{}+1800000000", asked.body);
    let hash = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, signed.as_bytes());
    let expected = format!("$1${}", acquit::vault::hex(hash.as_ref()));
    assert_eq!(asked.header("x-ovh-signature"), Some(expected.as_str()));
}
