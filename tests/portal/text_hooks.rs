//! Receipts of text messages: kept when they come to the secret address, signed where the provider
//! signs, else turned away without a trace.

use acquit::flows::sms_settings::{self, Account, Named, SmsSettings, TwilioKeys};
use acquit::gateway::sms::sign;
use reqwest::Method;

use super::{Page, Visit, everywhere};

const SECRET: &str = "0123456789abcdef";
const BODY: &str = r#"{"messageId":"m","status":{"value":"DELIVERED"}}"#;
const FORM: &str = "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005";

async fn set(visit: &Visit, account: Account) {
    let change = move |settings: &mut SmsSettings| {
        settings.account = Some(account.clone());
        settings.sender = "BOREAL".into();
        settings.hook_secret = Some(SECRET.into());
    };
    let app = &visit.site.world.app;
    let changed = sms_settings::change(app, visit.supplier.id, change);
    changed.await.unwrap();
}

async fn post(visit: &Visit, path: &str, signature: String, body: &str) -> Page {
    let request = visit.site.browser().request(Method::POST, path);
    let request = request.header("x-twilio-signature", signature);
    Page::of(request.body(body.to_owned())).await
}

fn a_message() -> String {
    acquit::clock::new_id::<domain::MessageId>().to_string()
}

#[actix_web::test]
async fn receipts_come_to_a_secret_address_of_the_right_supplier_and_provider() {
    everywhere(|visit| async move {
        let account = Account::Smsmode(Named {
            key: "k".into(),
            url: None,
        });
        set(&visit, account).await;
        let own = visit.supplier.id.to_string();
        let nobody = acquit::clock::new_id::<domain::SupplierId>().to_string();
        let right = format!("smsmode/{SECRET}");
        let about = format!("{right}/{}", a_message());
        for (supplier, rest, body, status, kept) in [
            (own.as_str(), "smsmode/wrong", BODY, 404, 0),
            (&own, &format!("brevo/{SECRET}"), BODY, 404, 0),
            (&nobody, &right, BODY, 404, 0),
            ("sup_1", &right, BODY, 404, 0),
            (&own, &format!("{right}/msg_1"), BODY, 404, 0),
            (&own, &right, "<xml>", 400, 0),
            (&own, &right, "{}", 200, 0),
            (&own, &right, BODY, 200, 1),
            (&own, &right, BODY, 200, 1),
            (&own, &about, BODY, 200, 2),
        ] {
            let path = format!("/hooks/sms/{supplier}/{rest}");
            let answer = post(&visit, &path, String::new(), body).await;
            let found = (answer.status, answer.text.as_str());
            assert_eq!(found, (status, ""), "{path} {body}");
            assert_eq!(visit.count("inbox"), kept, "{path} {body}");
        }
    })
    .await;
}

#[actix_web::test]
async fn receipts_are_signed_where_the_provider_signs() {
    everywhere(|visit| async move {
        let account = Account::Twilio(TwilioKeys {
            sid: "AC1".into(),
            token: "secret".into(),
            url: None,
        });
        set(&visit, account).await;
        let (own, message) = (visit.supplier.id, a_message());
        let path = format!("/hooks/sms/{own}/twilio/{SECRET}/{message}");
        let url = format!("{}{path}", visit.site.origin);
        let signed = |key: &str, url: &str| sign(key, url, FORM.as_bytes());
        let good = signed("secret", &url);
        let other = "MessageSid=SM2&MessageStatus=delivered";
        for (signature, body, status, kept) in [
            (String::new(), FORM, 403, 0),
            (signed("other", &url), FORM, 403, 0),
            (signed("secret", "https://x.example"), FORM, 403, 0),
            (good.clone(), other, 403, 0),
            (good.clone(), FORM, 200, 1),
            (good, FORM, 200, 1),
        ] {
            let answer = post(&visit, &path, signature, body).await;
            assert_eq!(answer.status, status, "{body}");
            assert_eq!(visit.count("inbox"), kept, "{body}");
        }
        // A look at the address changes nothing.
        let looked = visit.site.browser().request(Method::GET, &path);
        assert!((400..500).contains(&Page::of(looked).await.status));
        assert_eq!(visit.count("inbox"), 1);
    })
    .await;
}
