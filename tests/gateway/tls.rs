//! STARTTLS and TLS from the first byte against a real server: without a certificate that holds,
//! nothing is said, and all of it leaves once the certificate is known.

use std::path::PathBuf;
use std::process::Command;

use acquit::flows::deliver;
use acquit::gateway::email::Mailer;
use acquit::gateway::smtp::{Security, SmtpConfig, SmtpMailer};

use super::server::Server;
use super::{LIMIT, Stand, fill, stands};
use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// Messages that meet a certificate that does not hold.
const EACH: usize = 200;

/// An authority, and a server's certificate that it signed for the name `localhost`.
struct Papers {
    folder: tempfile::TempDir,
}

impl Papers {
    fn issue() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        for command in [
            format!("req -x509 {key} -keyout ca.key -out ca.pem -subj /CN=Authority -days 2"),
            format!(
                "req {key} -keyout tls.key -out tls.csr -subj /CN=localhost \
                 -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE"
            ),
            "x509 -req -in tls.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tls.pem -days 2 \
             -copy_extensions copy"
                .to_owned(),
        ] {
            let words = command.split_whitespace();
            let done = Command::new("openssl")
                .args(words)
                .current_dir(folder.path())
                .output();
            let done = done.expect("openssl is not installed: run tests/run");
            assert!(
                done.status.success(),
                "{}",
                String::from_utf8_lossy(&done.stderr)
            );
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn authority(&self) -> String {
        std::fs::read_to_string(self.path("ca.pem")).unwrap()
    }
}

fn mailer(server: &Server, security: Security, host: &str, authority: Option<String>) -> Mailer {
    let config = SmtpConfig {
        host: host.into(),
        security,
        authority,
        ..server.config(LIMIT)
    };
    Mailer::Smtp(SmtpMailer::new(config).unwrap())
}

#[actix_web::test]
async fn nothing_is_said_to_a_server_whose_certificate_does_not_hold() {
    let papers = Papers::issue();
    for security in [Security::StartTls, Security::Tls] {
        for backend in backends() {
            held_back(backend, security, &papers).await;
        }
    }
}

async fn held_back(backend: &str, security: Security, papers: &Papers) {
    let server = Server::with_tls(security, &papers.path("tls.pem"), &papers.path("tls.key"));
    let start = paris("2026-03-02", 10);
    let world = World::new(backend, start);
    let supplier = world.supplier("four").await;
    let mailbox = |n: usize| (format!("s01.{n}@scripted.example"), start);
    let orders: Vec<_> = (0..EACH).map(mailbox).collect();
    fill(&world, &supplier, &orders).await;
    let known = Some(papers.authority());
    // Nobody vouches for it; its certificate is for another name; all is well.
    let ways = [
        ("localhost", None),
        ("127.0.0.1", known.clone()),
        ("localhost", known),
    ];
    for (tries, (host, authority)) in (1..).zip(ways) {
        let node = world.node(mailer(&server, security, host, authority));
        deliver::run(&node).await.unwrap();
        if tries < 3 {
            assert!(server.events().is_empty(), "{backend}: something was said");
            let waits = |one: &Stand| one.state == "retry";
            assert!(stands(&world).values().all(waits), "{backend}");
        }
        world.go_to(start.plus_minutes(60 * tries));
    }
    let stands = stands(&world);
    let once = server
        .kept()
        .values()
        .filter(|copies| **copies == 1)
        .count();
    println!("{backend}, {security:?}: {EACH} messages, 2 refusals each, {once} taken once");
    assert!(
        stands
            .values()
            .all(|one| one.state == "sent" && one.attempts == 3)
    );
    assert_eq!((once, server.kept().len()), (EACH, EACH));
}
