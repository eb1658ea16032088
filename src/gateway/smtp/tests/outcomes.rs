//! What each way of refusing or breaking off is called.

use std::time::Duration;

use super::server::Act::{self, Hang, Hear, Raw, Reset, Say, Text};
use super::server::{OPEN, Server, run, script};
use crate::gateway::email::{Outcome, SendError};
use crate::gateway::smtp::{Login, Security, SetupError, SmtpMailer};

const MESSAGE: &[u8] = b"Subject: x\r\n\r\n.dot\r\nbody\r\n";

fn prepared_against(session: Vec<Act>) -> SendError {
    run(async {
        let server = Server::start(vec![session]).await;
        let mailer = server.mailer();
        let prepared = mailer
            .prepare("billing@boreal.test", "ap@durand.test")
            .await;
        let error = prepared.expect_err("the recipient was accepted");
        drop(mailer);
        server.texts().await;
        error
    })
}

fn transmitted_against(session: Vec<Act>) -> Outcome {
    run(async {
        let server = Server::start(vec![script(&[&OPEN, &session])]).await;
        let mailer = server.mailer();
        let prepared = mailer
            .prepare("billing@boreal.test", "ap@durand.test")
            .await;
        let outcome = prepared.unwrap().transmit(MESSAGE).await;
        drop(mailer);
        server.texts().await;
        outcome
    })
}

#[test]
fn the_text_arrives_unchanged_with_dots_doubled() {
    run(async {
        let session = script(&[&OPEN, &super::server::SENT]);
        let server = Server::start(vec![session]).await;
        let mailer = server.mailer();
        let prepared = mailer
            .prepare("billing@boreal.test", "ap@durand.test")
            .await;
        let outcome = prepared.unwrap().transmit(MESSAGE).await;
        let reply = "queued as 1".to_owned();
        assert_eq!(outcome, Outcome::Accepted { reply });
        let text = "Subject: x\r\n\r\n..dot\r\nbody\r\n\r\n.\r\n";
        assert_eq!(server.texts().await, [text]);
    });
}

#[test]
fn before_the_text_4xx_and_silence_defer_and_5xx_refuses() {
    let hello: &[Act] = &[Say("220 mx"), Hear("EHLO"), Say("250 mx")];
    let mail: &[Act] = &[Hear("MAIL"), Say("250 ok"), Hear("RCPT")];
    let no = |line| script(&[hello, mail, &[Say(line)]]);
    for (session, code, refused) in [
        (vec![Say("421 busy")], Some(421), false),
        (vec![Say("554 not you")], Some(554), false),
        (
            vec![Say("220 mx"), Hear("EHLO"), Say("550 bad name")],
            Some(550),
            false,
        ),
        (
            script(&[hello, &[Hear("MAIL"), Say("451 later")]]),
            Some(451),
            false,
        ),
        (
            script(&[hello, &[Hear("MAIL"), Say("550 no")]]),
            Some(550),
            true,
        ),
        (no("450 mailbox busy"), Some(450), false),
        (no("452-try\r\n452 later"), Some(452), false),
        (no("550 5.1.1 unknown"), Some(550), true),
        (no("354 what"), None, false),
        (no("nonsense"), None, false),
        (script(&[hello, mail]), None, false),
        (script(&[hello, mail, &[Reset]]), None, false),
        (vec![], None, false),
    ] {
        let shown = format!("{session:?}");
        let (given, was_refused) = match prepared_against(session) {
            SendError::Deferred { code, .. } => (code, false),
            SendError::Refused { code, .. } => (code, true),
        };
        assert_eq!((given, was_refused), (code, refused), "{shown}");
    }
}

#[test]
fn after_the_text_started_only_words_decide() {
    let go: &[Act] = &[Hear("DATA"), Say("354 go")];
    let end = |acts: &[Act]| script(&[go, acts]);
    for (session, expected) in [
        (vec![Hear("DATA"), Say("451 later")], "deferred Some(451)"),
        (vec![Hear("DATA"), Say("554 no")], "refused Some(554)"),
        (vec![Hear("DATA")], "deferred None"),
        (vec![Hear("DATA"), Say("250 shifted")], "deferred None"),
        (end(&[Text, Say("451 later")]), "deferred Some(451)"),
        (end(&[Text, Say("552 too big")]), "refused Some(552)"),
        (end(&[Text, Say("250-one\r\n250 two")]), "accepted"),
        (end(&[Text, Raw("250 ok\r\n"), Reset]), "accepted"),
        (end(&[Text]), "cut off"),
        (end(&[Text, Raw("250 queued")]), "cut off"),
        (end(&[Text, Raw("250-queued\r\n")]), "cut off"),
        (end(&[Text, Say("354 again")]), "cut off"),
        (end(&[Act::Some(10), Reset]), "cut off"),
        (end(&[Reset]), "cut off"),
    ] {
        let shown = format!("{session:?}");
        let outcome = match transmitted_against(session) {
            Outcome::Accepted { .. } => "accepted".to_owned(),
            Outcome::Deferred { code, .. } => format!("deferred {code:?}"),
            Outcome::Refused { code, .. } => format!("refused {code:?}"),
            Outcome::CutOff { .. } => "cut off".to_owned(),
        };
        assert_eq!(outcome, expected, "{shown}");
    }
}

#[test]
fn silence_ends_at_its_limit_and_is_told_as_what_it_is() {
    run(async {
        let sessions = [
            &[Hear("DATA"), Say("354 go"), Text, Hang][..],
            &[Hear("DATA"), Hang],
        ];
        let sessions = sessions.map(|rest| script(&[&OPEN, rest]));
        let server = Server::start(sessions.into()).await;
        let mut config = server.config(Security::Plain);
        config.command_limit = Duration::from_millis(200);
        config.final_limit = Duration::from_millis(50);
        let mailer = SmtpMailer::new(config).unwrap();
        let prepared = mailer
            .prepare("billing@boreal.test", "ap@durand.test")
            .await;
        let outcome = prepared.unwrap().transmit(MESSAGE).await;
        assert!(matches!(outcome, Outcome::CutOff { .. }), "{outcome:?}");
        let prepared = mailer
            .prepare("billing@boreal.test", "ap@durand.test")
            .await;
        let outcome = prepared.unwrap().transmit(MESSAGE).await;
        assert!(
            matches!(outcome, Outcome::Deferred { code: None, .. }),
            "{outcome:?}"
        );
        server.texts().await;
    });
}

#[test]
fn without_the_starttls_asked_for_nothing_is_said_in_clear() {
    for session in [
        vec![
            Say("220 mx"),
            Hear("EHLO"),
            Say("250-mx\r\n250 SIZE 1000"),
            Hang,
        ],
        vec![
            Say("220 mx"),
            Hear("EHLO"),
            Say("250-mx\r\n250 STARTTLS"),
            Hear("STARTTLS"),
            Say("454 not now"),
            Hang,
        ],
        vec![
            Say("220 mx"),
            Hear("EHLO"),
            Say("250 STARTTLS"),
            Hear("STARTTLS"),
            Raw("220 go\r\n250 injected\r\n"),
            Hang,
        ],
        vec![
            Say("220 mx"),
            Hear("EHLO"),
            Say("250 STARTTLS"),
            Hear("STARTTLS"),
            Say("220 go"),
            Say("this is no TLS"),
            Hang,
        ],
    ] {
        run(async {
            let server = Server::start(vec![session]).await;
            let mailer = SmtpMailer::new(server.config(Security::StartTls)).unwrap();
            let error = mailer
                .prepare("a@boreal.test", "b@durand.test")
                .await
                .unwrap_err();
            assert!(matches!(error, SendError::Deferred { .. }), "{error}");
            assert!(server.texts().await.is_empty());
        });
    }
}

#[test]
fn nobody_listening_defers_and_no_address_is_refused() {
    run(async {
        let server = Server::start(vec![]).await;
        let mailer = server.mailer();
        server.texts().await;
        let away = mailer
            .prepare("a@boreal.test", "b@durand.test")
            .await
            .unwrap_err();
        assert!(
            matches!(away, SendError::Deferred { code: None, .. }),
            "{away}"
        );
        for bad in [
            "",
            "durand",
            "b@durand.test\r\nDATA",
            "a@b.c>\r\nRCPT TO:<x@y.z",
            "é@durand.test",
        ] {
            let refused = mailer.prepare("a@boreal.test", bad).await.unwrap_err();
            assert!(
                matches!(refused, SendError::Refused { code: None, .. }),
                "{refused}"
            );
        }
    });
}

#[test]
fn unsafe_settings_are_refused() {
    run(async {
        let server = Server::start(vec![]).await;
        let mut config = server.config(Security::Plain);
        config.hello_name = "x\r\nMAIL".to_owned();
        let error = SmtpMailer::new(config.clone()).unwrap_err();
        assert!(matches!(error, SetupError::HelloName(_)));
        config.hello_name = "acquit.test".to_owned();
        config.login = Some(Login {
            user: "u".to_owned(),
            password: "p".to_owned().into(),
        });
        assert!(SmtpMailer::new(config.clone()).is_ok(), "on this machine");
        config.host = "mx.boreal.test".to_owned();
        let error = SmtpMailer::new(config).unwrap_err();
        assert!(matches!(error, SetupError::PasswordInClear(_)));
    });
}
