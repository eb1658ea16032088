//! One connection serves many messages, and only while it is in step.

use std::time::Duration;

use super::server::Act::{self, Hang, Hear, Say, Text};
use super::server::{AGAIN, OPEN, SENT, Server, run, script};
use crate::gateway::email::{Mailer, Outcome, Prepared};
use crate::gateway::smtp::{Login, Security, SmtpMailer};

async fn prepare(mailer: &SmtpMailer) -> Prepared {
    let prepared = mailer
        .prepare("billing@boreal.test", "ap@durand.test")
        .await;
    prepared.unwrap()
}

async fn send(mailer: &SmtpMailer) -> Outcome {
    prepare(mailer)
        .await
        .transmit(b"Subject: x\r\n\r\nx\r\n")
        .await
}

#[test]
fn messages_share_a_connection_after_rset() {
    run(async {
        let session = script(&[&OPEN, &SENT, &AGAIN, &AGAIN]);
        let server = Server::start(vec![session]).await;
        let mailer = server.mailer();
        for _ in 0..3 {
            let outcome = send(&mailer).await;
            assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
        }
        assert_eq!(server.texts().await.len(), 3);
    });
}

#[test]
fn a_message_dropped_unsent_and_a_refused_one_leave_the_connection_usable() {
    run(async {
        let refused: &[Act] = &[Hear("RSET"), Say("250 ok"), Hear("MAIL"), Say("550 no")];
        let big: &[Act] = &[Text, Say("552 too big")];
        let late = &AGAIN[..AGAIN.len() - 2];
        let session = script(&[&OPEN, refused, late, big, &AGAIN]);
        let server = Server::start(vec![session]).await;
        let mailer = server.mailer();
        drop(prepare(&mailer).await);
        let refusal = mailer
            .prepare("billing@boreal.test", "ap@durand.test")
            .await;
        assert!(refusal.is_err());
        assert!(matches!(send(&mailer).await, Outcome::Refused { .. }));
        assert!(matches!(send(&mailer).await, Outcome::Accepted { .. }));
        assert_eq!(server.texts().await.len(), 2);
    });
}

#[test]
fn a_connection_that_died_or_was_closed_is_replaced() {
    run(async {
        let gone = script(&[&OPEN, &SENT]);
        let closing = script(&[&OPEN, &SENT, &[Hear("RSET"), Say("421 idle too long")]]);
        let server = Server::start(vec![gone, closing, script(&[&OPEN, &SENT])]).await;
        let mailer = server.mailer();
        for _ in 0..3 {
            assert!(matches!(send(&mailer).await, Outcome::Accepted { .. }));
        }
        server.texts().await;
    });
}

#[test]
fn a_connection_left_in_mid_exchange_is_never_used_again() {
    run(async {
        let stuck = script(&[&OPEN, &[Hear("DATA"), Say("354 go"), Text, Hang]]);
        let server = Server::start(vec![stuck, script(&[&OPEN, &SENT])]).await;
        let mailer = server.mailer();
        let abandoned = tokio::time::timeout(Duration::from_millis(100), send(&mailer)).await;
        assert!(abandoned.is_err());
        assert!(matches!(send(&mailer).await, Outcome::Accepted { .. }));
        assert_eq!(server.texts().await.len(), 2);
    });
}

#[test]
fn no_more_connections_than_allowed_are_open() {
    run(async {
        let server = Server::start(vec![script(&[&OPEN, &AGAIN])]).await;
        let mailer = server.mailer();
        let first = prepare(&mailer).await;
        let second = tokio::time::timeout(Duration::from_millis(100), send(&mailer)).await;
        assert!(second.is_err(), "a second connection was opened");
        drop(first);
        assert!(matches!(send(&mailer).await, Outcome::Accepted { .. }));
        server.texts().await;
    });
}

#[test]
fn a_login_is_given_when_configured_and_its_refusal_only_defers() {
    run(async {
        let hello: &[Act] = &[
            Say("220 mx"),
            Hear("EHLO"),
            Say("250-mx\r\n250 AUTH PLAIN LOGIN"),
        ];
        let auth = Hear("AUTH PLAIN AHUAcA==");
        let refused = script(&[hello, &[auth, Say("535 wrong")]]);
        let taken = script(&[hello, &[auth, Say("235 ok")], &OPEN[3..], &SENT]);
        let server = Server::start(vec![refused, taken]).await;
        let mut config = server.config(Security::Plain);
        config.login = Some(Login {
            user: "u".to_owned(),
            password: "p".to_owned().into(),
        });
        let mailer = SmtpMailer::new(config).unwrap();
        let error = mailer
            .prepare("a@boreal.test", "b@durand.test")
            .await
            .unwrap_err();
        assert_eq!(error.to_string(), "not now: 535 wrong");
        assert!(matches!(send(&mailer).await, Outcome::Accepted { .. }));
        server.texts().await;
    });
}

#[test]
fn the_demonstration_accepts_everything_and_sends_nothing() {
    run(async {
        let prepared = Mailer::Mailbox
            .prepare("a@boreal.test", "b@durand.test")
            .await;
        let outcome = prepared.unwrap().transmit(b"x").await;
        assert!(matches!(outcome, Outcome::Accepted { .. }));
    });
}
