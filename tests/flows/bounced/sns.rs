//! Amazon SNS brings the events of SES: what it signed is taken, anything else changes nothing.
//! Keys and certificates are made anew by openssl.

use std::process::Command;
use std::sync::{Arc, Mutex};

use acquit::flows::incoming::SnsError;
use acquit::gateway::mail_events::sns::{Sns, Web};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;
use crate::support::world::Ways;

const CERTIFICATE: &str = "https://sns.eu-west-3.amazonaws.com/SimpleNotificationService-1.pem";
const CONFIRM: &str = "https://sns.eu-west-3.amazonaws.com/?Action=ConfirmSubscription&Token=t";
const TOPIC: &str = "arn:aws:sns:eu-west-3:123456789012:rebonds";

/// Somebody who signs, with a key and a certificate of its own.
struct Signer {
    folder: tempfile::TempDir,
}

impl Signer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let signer = Self { folder };
        signer.openssl(
            "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem \
             -subj /CN=sns.amazonaws.com -days 2",
        );
        signer
    }

    fn openssl(&self, arguments: &str) {
        let mut command = Command::new("openssl");
        command.args(arguments.split_whitespace());
        let done = command.current_dir(self.folder.path()).output();
        let done = done.expect("openssl is not installed: run tests/run");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments}: {said}");
    }

    fn certificate(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("cert.pem")).unwrap()
    }

    /// Signs the text that SNS signs of such a message, as the reference has it.
    fn sign(&self, mut message: Value, version: &str) -> Value {
        let fields = match message["Type"].as_str() {
            Some("Notification") => "Message MessageId Subject Timestamp TopicArn Type",
            _ => "Message MessageId SubscribeURL Timestamp Token TopicArn Type",
        };
        let present = |name: &&str| message.get(*name).is_some();
        let lines = fields.split(' ').filter(present);
        let text: String = lines
            .map(|name| format!("{name}\n{}\n", message[name].as_str().unwrap()))
            .collect();
        std::fs::write(self.folder.path().join("text"), text).unwrap();
        let digest = if version == "1" { "-sha1" } else { "-sha256" };
        self.openssl(&format!("dgst {digest} -sign key.pem -out signature text"));
        let signature = std::fs::read(self.folder.path().join("signature")).unwrap();
        message["SignatureVersion"] = json!(version);
        message["Signature"] = json!(STANDARD.encode(signature));
        message
    }
}

/// A web of this one certificate, which remembers what was asked for.
#[derive(Debug)]
struct Small {
    certificate: Vec<u8>,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl Web for Small {
    async fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        self.asked.lock().unwrap().push(url.to_owned());
        match url {
            CERTIFICATE => Ok(self.certificate.clone()),
            CONFIRM => Ok(b"<ConfirmSubscriptionResponse/>".to_vec()),
            _ => Err("not there".to_owned()),
        }
    }
}

struct Stand {
    scene: Scene,
    web: Arc<Small>,
}

impl Stand {
    async fn new(backend: &str, signer: &Signer) -> Self {
        let web = Arc::new(Small {
            certificate: signer.certificate(),
            asked: Mutex::default(),
        });
        let seen: Arc<dyn Web> = web.clone();
        let ways = Ways {
            sns: Sns::new(seen),
            ..Ways::default()
        };
        let scene = Scene::by(backend, "2026-03-02", ways).await;
        provider(&scene, Provider::Ses).await;
        Self { scene, web }
    }

    async fn take(&self, message: &Value) -> Result<bool, MailHookError> {
        let (app, supplier) = (&self.scene.world.app, self.scene.supplier.id);
        let body = message.to_string().into_bytes();
        receive_event(app, supplier, ("ses", "geheim"), body).await
    }

    fn asked(&self) -> Vec<String> {
        self.web.asked.lock().unwrap().clone()
    }

    fn trail(&self) -> Vec<String> {
        let rows = "SELECT action || ' ' || detail AS value FROM audit \
                    WHERE action LIKE 'mail.%subscribed' ORDER BY at, id";
        self.scene.world.conn().read_sql(rows).unwrap()
    }
}

fn bounce(id: MessageId) -> Value {
    let event = json!({
        "notificationType": "Bounce",
        "bounce": {
            "bounceType": "Permanent",
            "bouncedRecipients": [{
                "emailAddress": OWN, "status": "5.1.1",
                "diagnosticCode": "smtp; 550 5.1.1 user unknown",
            }],
        },
        "mail": {"tags": {"message": [id.to_string()]}},
    });
    json!({
        "Type": "Notification", "MessageId": "m1", "TopicArn": TOPIC,
        "Subject": "Amazon SES Email Event", "Message": event.to_string(),
        "Timestamp": "2026-03-02T10:00:00.000Z", "SigningCertURL": CERTIFICATE,
    })
}

fn subscription(url: &str) -> Value {
    json!({
        "Type": "SubscriptionConfirmation", "MessageId": "m2", "TopicArn": TOPIC,
        "Token": "t", "Message": "You have chosen to subscribe", "SubscribeURL": url,
        "Timestamp": "2026-03-02T10:00:00.000Z", "SigningCertURL": CERTIFICATE,
    })
}

#[actix_web::test]
async fn a_bounce_that_sns_signed_ends_the_mail_and_its_certificate_is_fetched_once() {
    let signer = Signer::new();
    for backend in backends() {
        let stand = Stand::new(backend, &signer).await;
        let id = sent(&stand.scene).await;
        let mut plain = bounce(id);
        plain["MessageId"] = json!("m0");
        plain.as_object_mut().unwrap().remove("Subject");
        for (message, version) in [(bounce(id), "1"), (plain, "2")] {
            let signed = signer.sign(message, version);
            assert!(stand.take(&signed).await.unwrap(), "{backend} {version}");
        }
        let app = &stand.scene.world.app;
        assert_eq!(hooks::read_waiting(app).await.unwrap(), 2, "{backend}");
        assert_eq!(suppressed(&stand.scene, OWN), Some(Verdict::Hard));
        assert_eq!(stand.asked(), [CERTIFICATE], "{backend}");
    }
}

#[actix_web::test]
async fn what_sns_did_not_sign_is_turned_away_and_changes_nothing() {
    let (signer, other) = (Signer::new(), Signer::new());
    for backend in backends() {
        let stand = Stand::new(backend, &signer).await;
        let id = sent(&stand.scene).await;
        let good = signer.sign(bounce(id), "2");
        let with = |name: &str, value: Value| {
            let mut message = good.clone();
            message[name] = value;
            message
        };
        let event: Value = serde_json::from_str(good["Message"].as_str().unwrap()).unwrap();
        let elsewhere = "https://sns.evil.example/SimpleNotificationService-1.pem";
        for wrong in [
            bounce(id),
            event,
            other.sign(bounce(id), "2"),
            other.sign(bounce(id), "1"),
            with("Message", json!("{}")),
            with("Subject", Value::Null),
            with("TopicArn", json!("arn:aws:sns:eu-west-3:1:other")),
            with("Signature", json!("AAAA")),
            with("Signature", json!("?")),
            with("SignatureVersion", json!("1")),
            with("SignatureVersion", json!("3")),
            with("SigningCertURL", json!(elsewhere)),
            with("Type", json!("Other")),
        ] {
            let told = stand.take(&wrong).await;
            let forged = matches!(told, Err(MailHookError::Sns(SnsError::Forged(_))));
            assert!(forged, "{backend}: {told:?} of {wrong}");
        }
        let gone = "https://sns.eu-west-3.amazonaws.com/SimpleNotificationService-2.pem";
        let told = stand.take(&with("SigningCertURL", json!(gone))).await;
        let later = matches!(told, Err(MailHookError::Sns(SnsError::Unreached(..))));
        assert!(later, "{backend}: {told:?}");
        assert!(!stand.asked().iter().any(|url| url == elsewhere));
        let app = &stand.scene.world.app;
        assert_eq!(hooks::read_waiting(app).await.unwrap(), 0, "{backend}");
        assert_eq!(suppressed(&stand.scene, OWN), None, "{backend}");
    }
}

#[actix_web::test]
async fn a_subscription_is_confirmed_at_sns_and_nowhere_else() {
    let signer = Signer::new();
    for backend in backends() {
        let stand = Stand::new(backend, &signer).await;
        let unsigned = stand.take(&subscription(CONFIRM)).await;
        assert!(unsigned.is_err(), "{backend}");
        assert_eq!(stand.asked(), [""; 0], "{backend}");
        let evil = "https://sns.eu-west-3.amazonaws.com.evil.example/?Token=t";
        let told = stand.take(&signer.sign(subscription(evil), "1")).await;
        let forged = matches!(told, Err(MailHookError::Sns(SnsError::Forged(_))));
        assert!(forged, "{backend}: {told:?}");
        let good = signer.sign(subscription(CONFIRM), "1");
        assert!(!stand.take(&good).await.unwrap(), "no event");
        assert_eq!(stand.asked(), [CERTIFICATE, CONFIRM], "{backend}");
        assert_eq!(stand.trail(), [format!("mail.subscribed {TOPIC}")]);
        let mut end = subscription(CONFIRM);
        end["Type"] = json!("UnsubscribeConfirmation");
        assert!(!stand.take(&signer.sign(end, "2")).await.unwrap());
        let ended = format!("mail.unsubscribed {TOPIC}");
        assert_eq!(stand.trail().last(), Some(&ended), "{backend}");
        assert_eq!(stand.asked().len(), 2, "nothing is confirmed anew");
    }
}
