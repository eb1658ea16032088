//! Webhooks: kept when truly signed, else turned away without a trace.

use acquit::payments::stripe_event::sign;
use reqwest::Method;

use super::{Page, Visit, everywhere, now};
use crate::support::world::WEBHOOK_SECRET;

const BODY: &str = r#"{"id":"evt_1","type":"checkout.session.completed","livemode":false,
    "data":{"object":{"id":"cs_1","object":"checkout.session"}}}"#;

async fn post(visit: &Visit, supplier: &str, signature: &str, body: &str) -> Page {
    let path = format!("/hooks/stripe/{supplier}");
    let request = visit.site.browser().request(Method::POST, &path);
    let request = request.header("stripe-signature", signature);
    Page::of(request.body(body.to_owned())).await
}

#[actix_web::test]
async fn a_signed_event_is_kept_once() {
    everywhere(|visit| async move {
        let supplier = visit.supplier.id.to_string();
        let signature = sign(&WEBHOOK_SECRET.to_owned().into(), BODY.as_bytes(), now());
        for _ in 0..2 {
            let answer = post(&visit, &supplier, &signature, BODY).await;
            assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        }
        assert_eq!(visit.count("inbox"), 1);
    })
    .await;
}

#[actix_web::test]
async fn what_is_not_truly_signed_leaves_no_trace() {
    everywhere(|visit| async move {
        let supplier = visit.supplier.id.to_string();
        let good = |at| sign(&WEBHOOK_SECRET.to_owned().into(), BODY.as_bytes(), at);
        let foreign = sign(&"whsec_other".to_owned().into(), BODY.as_bytes(), now());
        let nobody = acquit::clock::new_id::<domain::SupplierId>().to_string();
        for (supplier, signature, body) in [
            (supplier.as_str(), foreign, BODY),
            (&supplier, good(now().plus_minutes(-6)), BODY),
            (&supplier, good(now()), "{}"),
            (&supplier, String::new(), BODY),
            (&nobody, good(now()), BODY),
            ("sup_1", good(now()), BODY),
        ] {
            let answer = post(&visit, supplier, &signature, body).await;
            assert_eq!((answer.status, answer.text.as_str()), (400, ""));
        }
        let huge = " ".repeat(1024 * 1024 + 1);
        assert_eq!(
            post(&visit, &supplier, &good(now()), &huge).await.status,
            413
        );
        assert_eq!(visit.count("inbox"), 0);
    })
    .await;
}

#[actix_web::test]
async fn events_about_mails_come_to_a_secret_address_only() {
    use acquit::flows::mail_settings::{self, MailSettings, Provider};

    const BODY: &str = r#"{"event":"spam","email":"compta@c1.example"}"#;
    everywhere(|visit| async move {
        let set = |settings: &mut MailSettings| {
            settings.provider = Some(Provider::Brevo);
            settings.hook_secret = Some("0123456789abcdef".into());
        };
        let app = &visit.site.world.app;
        mail_settings::change(app, visit.supplier.id, set)
            .await
            .unwrap();
        let supplier = visit.supplier.id.to_string();
        let nobody = acquit::clock::new_id::<domain::SupplierId>().to_string();
        for (supplier, rest, body, status, kept) in [
            (supplier.as_str(), "brevo/falsch", BODY, 404, 0),
            (&supplier, "ses/0123456789abcdef", BODY, 404, 0),
            (&nobody, "brevo/0123456789abcdef", BODY, 404, 0),
            ("sup_1", "brevo/0123456789abcdef", BODY, 404, 0),
            (&supplier, "brevo/0123456789abcdef", "<xml>", 400, 0),
            (
                &supplier,
                "brevo/0123456789abcdef",
                r#"{"event":"opened"}"#,
                200,
                0,
            ),
            (&supplier, "brevo/0123456789abcdef", BODY, 200, 1),
            (&supplier, "brevo/0123456789abcdef", BODY, 200, 1),
        ] {
            let path = format!("/hooks/mail/{supplier}/{rest}");
            let request = visit.site.browser().request(Method::POST, &path);
            let answer = Page::of(request.body(body.to_owned())).await;
            assert_eq!(
                (answer.status, answer.text.as_str()),
                (status, ""),
                "{path} {body}"
            );
            assert_eq!(visit.count("inbox"), kept, "{path} {body}");
        }
    })
    .await;
}

#[actix_web::test]
async fn what_amazon_did_not_sign_is_forbidden() {
    use acquit::flows::mail_settings::{self, MailSettings, Provider};

    everywhere(|visit| async move {
        let set = |settings: &mut MailSettings| {
            settings.provider = Some(Provider::Ses);
            settings.hook_secret = Some("0123456789abcdef".into());
        };
        let app = &visit.site.world.app;
        mail_settings::change(app, visit.supplier.id, set)
            .await
            .unwrap();
        let path = format!("/hooks/mail/{}/ses/0123456789abcdef", visit.supplier.id);
        let foreign = r#"{"Type":"Notification","MessageId":"m","TopicArn":"t","Message":"{}",
            "Timestamp":"2026-03-02T10:00:00Z","SignatureVersion":"2","Signature":"AAAA",
            "SigningCertURL":"https://sns.example/a.pem"}"#;
        for (body, status) in [("{}", 403), (foreign, 403), ("<xml>", 400)] {
            let request = visit.site.browser().request(Method::POST, &path);
            let answer = Page::of(request.body(body.to_owned())).await;
            assert_eq!(answer.status, status, "{body}");
        }
        assert_eq!(visit.count("inbox"), 0);
    })
    .await;
}
