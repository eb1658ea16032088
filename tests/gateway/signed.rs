//! Each supplier's messages leave by its own relay, under its own domain's signatures, which
//! another program verifies; and carry the headers that they should, and no others.

use std::path::Path;
use std::process::Command;

use acquit::flows::deliver::{self, outlet};
use acquit::flows::mail_settings::{self, MailSettings, Provider, Relay, SigningKey};
use acquit::gateway::read_mail;
use domain::party::Supplier;

use super::server::Server;
use super::{LIMIT, fill, stands};
use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// What openssl writes.
fn openssl(arguments: &str) -> String {
    let output = Command::new("openssl").args(arguments.split(' ')).output();
    let output = output.expect("openssl is not installed: run tests/run");
    assert!(output.status.success(), "{arguments}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn key(selector: &str, kind: &str, key: String) -> SigningKey {
    SigningKey {
        domain: "four.example".into(),
        selector: selector.into(),
        kind: kind.into(),
        key,
    }
}

/// One key of each form.
fn keys() -> Vec<SigningKey> {
    vec![
        key("acquit1", "rsa", openssl("genrsa 2048")),
        key("acquit2", "ed25519", openssl("rand -base64 32")),
        key("acquit3", "rsa", openssl("genrsa -traditional 2048")),
    ]
}

async fn set(world: &World, supplier: &Supplier, settings: MailSettings) {
    let change = move |old: &mut MailSettings| *old = settings.clone();
    mail_settings::change(&world.app, supplier.id, change)
        .await
        .unwrap();
}

fn relay(server: &Server) -> Option<Relay> {
    Some(Relay {
        host: "localhost".into(),
        port: server.port,
        security: "plain".into(),
        login: None,
        hello: "acquit.example".into(),
    })
}

/// What the verifier says of a mail.
fn verified(records: &Path, mail: &Path) -> Vec<String> {
    let python = std::env::var("ACQUIT_TEST_PYTHON").unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gateway/verify.py");
    let output = Command::new(python)
        .arg(script)
        .args([records, mail])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn kept_file(server: &Server) -> std::path::PathBuf {
    let kept = server.events().into_iter().find(|one| one.what == "kept");
    kept.expect("a mail was taken").file
}

#[actix_web::test]
async fn another_program_verifies_every_signature() {
    let records = tempfile::tempdir().unwrap();
    for backend in backends() {
        let (own, common) = (Server::start(), Server::start());
        let start = paris("2026-03-02", 10);
        let world = World::new(backend, start);
        let (first, second) = (world.supplier("four").await, world.supplier("zwei").await);
        let settings = MailSettings {
            relay: relay(&own),
            keys: keys(),
            provider: Some(Provider::Brevo),
            ..MailSettings::default()
        };
        for signer in &outlet(&settings).unwrap().signers {
            std::fs::write(records.path().join(signer.record_name()), signer.record()).unwrap();
        }
        set(&world, &first, settings).await;
        fill(&world, &first, &[("s01.a@client.example".into(), start)]).await;
        fill(&world, &second, &[("s01.b@client.example".into(), start)]).await;
        deliver::run(&world.node(common.mailer(LIMIT)))
            .await
            .unwrap();
        assert!(
            stands(&world).values().all(|one| one.state == "sent"),
            "{backend}"
        );

        let file = kept_file(&own);
        let expected = ["ed25519-sha256", "rsa-sha256", "rsa-sha256"];
        let mut told = verified(records.path(), &file);
        told.sort();
        assert_eq!(
            told,
            expected.map(|name| format!("{name} four.example good")),
            "{backend}"
        );
        let bytes = std::fs::read(&file).unwrap();
        headers(&bytes);
        let altered = String::from_utf8(bytes)
            .unwrap()
            .replace("Subject: ", "Subject: Re ");
        let other = records.path().join("altered.eml");
        std::fs::write(&other, altered).unwrap();
        assert!(
            verified(records.path(), &other)
                .iter()
                .all(|line| line.ends_with("bad"))
        );
        assert_eq!(
            verified(records.path(), &kept_file(&common)),
            Vec::<String>::new()
        );
    }
}

/// What a message of one person to another must say, and what would make it bulk mail or watch its
/// reader: a way out of a list, pictures from elsewhere.
fn headers(bytes: &[u8]) {
    let read = read_mail::read(bytes).unwrap();
    let value = |name: &str| {
        let found = read
            .headers
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(value("Auto-Submitted"), Some("auto-generated"));
    assert!(value("Message-ID").unwrap().ends_with("@four.example>"));
    assert!(value("Reply-To").unwrap().contains("bonjour@four.example"));
    assert!(value("X-Mailin-custom").unwrap().starts_with("msg_"));
    for name in [
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-ID",
        "Precedence",
        "X-Mailer",
    ] {
        assert_eq!(value(name), None, "{name}");
    }
    assert!(!read.html.contains("<img"), "{}", read.html);
    assert!(read.html.len() <= 20 * 1024);
    assert!(read.text.contains("/l/"));
}
