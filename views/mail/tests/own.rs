//! Messages in a supplier's own words: what stays ours, and how large they get.

use std::env;
use std::fs;
use std::path::Path;

use domain::own_text::{Draft, KINDS, Slot, Variable, measure};
use domain::scenario::Channel;

use super::fixtures::*;
use super::*;

/// As much as a text may come to.
fn largest() -> OwnWords {
    let line = "Merci de nous répondre au sujet des factures ci-dessous.";
    let body = vec![line; 36].join("\n\n");
    OwnWords {
        subject: "Rappel de Boréal Fournitures : 51 851,52 € à régler, merci.".to_owned(),
        body,
    }
}

#[test]
fn the_largest_own_text_of_a_large_account_stays_small() {
    let own = largest();
    let slot = Slot::new(MessageKind::Reminder1, Language::Fr, Channel::Email).unwrap();
    let filled = Draft {
        subject: own.subject.clone(),
        body: own.body.clone(),
    };
    assert_eq!(measure(slot, &filled), []);
    for language in Language::ALL {
        for kind in KINDS {
            let mut mail = many(*language, 42);
            mail.own = Some(own.clone());
            let rendered = render(*kind, &mail);
            let size = rendered.html.len();
            assert!(size <= 20 * 1024, "{kind} {language}: {size} bytes");
            assert!(rendered.text.contains("Merci de nous répondre"), "{kind}");
        }
    }
}

#[test]
fn the_frame_stays_ours_around_own_words() {
    let mut mail = three(Language::Fr);
    mail.apart = vec![Money::eur(100)];
    mail.own = Some(OwnWords {
        subject: "Un mot".to_owned(),
        body: "Bonjour <b>à tous</b>,\nune ligne\n\nFin ?".to_owned(),
    });
    let rendered = reminder_1(&mail);
    assert_eq!(rendered.subject, "Un mot");
    assert!(!rendered.text.contains("Sauf erreur"));
    for words in [
        "F-2026-131",
        "Payer ou répondre",
        "pénalités de retard",
        "ne comprend pas 1,00",
        "Fin\u{a0}?",
    ] {
        assert!(rendered.text.contains(words), "{words}\n{}", rendered.text);
        assert!(rendered.html.contains(words), "{words}");
    }
    assert!(
        rendered
            .html
            .contains("&lt;b&gt;à tous&lt;/b&gt;,<br>une ligne</p>")
    );
    mail.own = Some(OwnWords {
        subject: "x".repeat(61),
        body: "Un".to_owned(),
    });
    let subject = reminder_1(&mail).subject;
    assert!(
        subject.starts_with("Rappel"),
        "too long: ours stays: {subject}"
    );
}

#[test]
fn every_variable_has_a_value_in_its_messages() {
    for slot in Slot::all() {
        let mail = three(slot.language);
        for (name, value) in &values_of(slot, &mail).words {
            let optional = [Variable::Remaining];
            assert!(
                !value.is_empty() || optional.contains(name),
                "{slot}: {name}"
            );
        }
        assert_eq!(values_of(slot, &mail).items.len(), 3);
    }
}

fn values_of(slot: Slot, mail: &Mail) -> domain::own_text::Values {
    let formal = demanded(mail.totals[0]);
    let (thanks, said, mandate) = (thanked(mail.totals[0]), said(mail), mandate());
    let (dispute, debit) = (disputed(mail), announced(mail));
    let about = match slot.kind {
        MessageKind::FormalNotice => About::Formal(&formal),
        MessageKind::Thanks => About::Thanks(&thanks),
        MessageKind::PromiseNoted | MessageKind::PromiseSoon | MessageKind::PromiseBroken => {
            About::Promise(mail.totals[0], day("2026-12-02"))
        }
        MessageKind::DisputeReceived => About::Dispute(&dispute),
        MessageKind::DisputeAnswer => About::Answer(&said),
        MessageKind::DebitRefused => About::Refused(mail.totals[0]),
        MessageKind::DebitNotice => About::Debit(&debit),
        MessageKind::MandateSigned => About::Mandate(&mandate),
        _ => About::Account,
    };
    values(slot, mail, about)
}

#[test]
fn a_test_says_so_on_top() {
    let mut mail = three(Language::En);
    mail.is_trial = true;
    let rendered = reminder_1(&mail);
    assert!(
        rendered.subject.starts_with("[Test] Reminder"),
        "{}",
        rendered.subject
    );
    assert!(rendered.subject.chars().count() <= SUBJECT_CHARS_MAX);
    assert!(
        rendered
            .text
            .starts_with("Test message: the customer did not receive it.")
    );
}

/// Writes every message where it can be looked at: `tests/browser/mails.mjs` takes their pictures.
#[test]
fn messages_can_be_looked_at() {
    let Some(folder) = env::var_os("ACQUIT_MAILS") else {
        return;
    };
    for language in Language::ALL {
        for kind in MessageKind::ALL {
            let rendered = seen(*kind, &three(*language));
            let path =
                |ending: &str| Path::new(&folder).join(format!("{kind}.{language}.{ending}"));
            fs::write(path("html"), &rendered.html).unwrap();
            fs::write(
                path("txt"),
                format!("{}\n\n{}", rendered.subject, rendered.text),
            )
            .unwrap();
        }
    }
}

/// With a colleague's words as they usually are.
fn seen(kind: MessageKind, mail: &Mail) -> Rendered {
    let facts = DisputeSaid {
        words: "Le bon de livraison est signé du 4 novembre.\nNous le joignons.".to_owned(),
        outcome: DisputeOutcome::Rejected,
        settled: false,
        ..said(mail)
    };
    match kind {
        MessageKind::DisputeQuestion => dispute_question(mail, &facts),
        MessageKind::DisputeDelayed => dispute_delayed(mail, &facts),
        MessageKind::DisputeAnswer => dispute_answer(mail, &facts),
        other => render(other, mail),
    }
}
