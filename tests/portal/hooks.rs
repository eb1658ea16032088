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
async fn receipts_of_texts_come_to_a_secret_address_and_signed_where_they_are() {
    use acquit::flows::sms_settings::{self, Account, Named, SmsSettings, TwilioKeys};
    use acquit::gateway::sms::sign;

    const SECRET: &str = "0123456789abcdef";
    const BODY: &str = r#"{"messageId":"m","status":{"value":"DELIVERED"}}"#;
    const FORM: &str = "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005";
    everywhere(|visit| async move {
        let app = &visit.site.world.app;
        let set = |account: Account| {
            let change = move |settings: &mut SmsSettings| {
                settings.account = Some(account.clone());
                settings.sender = "BOREAL".into();
                settings.hook_secret = Some(SECRET.into());
            };
            sms_settings::change(app, visit.supplier.id, change)
        };
        let post = |path: String, signature: String, body: &str| {
            let request = visit.site.browser().request(Method::POST, &path);
            let request = request.header("x-twilio-signature", signature);
            Page::of(request.body(body.to_owned()))
        };
        let supplier = visit.supplier.id.to_string();
        let nobody = acquit::clock::new_id::<domain::SupplierId>().to_string();
        let message = acquit::clock::new_id::<domain::MessageId>().to_string();
        set(Account::Smsmode(Named {
            key: "k".into(),
            url: None,
        }))
        .await
        .unwrap();
        for (supplier, rest, body, status, kept) in [
            (&supplier, "smsmode/wrong".to_owned(), BODY, 404, 0),
            (&supplier, format!("brevo/{SECRET}"), BODY, 404, 0),
            (&nobody, format!("smsmode/{SECRET}"), BODY, 404, 0),
            (
                &"sup_1".to_owned(),
                format!("smsmode/{SECRET}"),
                BODY,
                404,
                0,
            ),
            (&supplier, format!("smsmode/{SECRET}/msg_1"), BODY, 404, 0),
            (&supplier, format!("smsmode/{SECRET}"), "<xml>", 400, 0),
            (&supplier, format!("smsmode/{SECRET}"), "{}", 200, 0),
            (&supplier, format!("smsmode/{SECRET}"), BODY, 200, 1),
            (&supplier, format!("smsmode/{SECRET}"), BODY, 200, 1),
            (
                &supplier,
                format!("smsmode/{SECRET}/{message}"),
                BODY,
                200,
                2,
            ),
        ] {
            let path = format!("/hooks/sms/{supplier}/{rest}");
            let answer = post(path.clone(), String::new(), body).await;
            let found = (answer.status, answer.text.as_str());
            assert_eq!(found, (status, ""), "{path} {body}");
            assert_eq!(visit.count("inbox"), kept, "{path} {body}");
        }
        set(Account::Twilio(TwilioKeys {
            sid: "AC1".into(),
            token: "secret".into(),
            url: None,
        }))
        .await
        .unwrap();
        let path = format!("/hooks/sms/{supplier}/twilio/{SECRET}/{message}");
        let url = format!("{}{path}", visit.site.origin);
        let good = sign("secret", &url, FORM.as_bytes());
        for (signature, body, status, kept) in [
            (String::new(), FORM, 403, 2),
            (sign("other", &url, FORM.as_bytes()), FORM, 403, 2),
            (
                sign("secret", "https://x.example", FORM.as_bytes()),
                FORM,
                403,
                2,
            ),
            (
                good.clone(),
                "MessageSid=SM2&MessageStatus=delivered",
                403,
                2,
            ),
            (good.clone(), FORM, 200, 3),
            (good, FORM, 200, 3),
        ] {
            let answer = post(path.clone(), signature, body).await;
            assert_eq!(answer.status, status, "{body}");
            assert_eq!(visit.count("inbox"), kept, "{body}");
        }
        // A look at the address changes nothing.
        let looked = visit.site.browser().request(Method::GET, &path);
        assert!((400..500).contains(&Page::of(looked).await.status));
        assert_eq!(visit.count("inbox"), 3);
    })
    .await;
}
