//! The texts to begin with are fit to be used, and each flaw has its words.

use domain::own_text::{Flaw, Part, SUBJECT_MAX, Values, Variable};
use domain::party::Language;
use domain::scenario::Channel;
use views::mail::About;
use views::text::own_text::told;
use views::text::starter::starter;

use super::*;
use crate::flows::letter::own::words;

#[test]
fn every_text_to_begin_with_is_fit_for_its_place() {
    for slot in Slot::all() {
        let draft = starter(slot);
        let modes = [LegalMode::OwnAccount, LegalMode::OutsourcedReminder];
        for mode in modes {
            let formal = slot.kind == domain::message::MessageKind::FormalNotice;
            if formal && mode != LegalMode::OwnAccount {
                continue;
            }
            let found: Vec<String> = flaws(slot, &draft, mode)
                .iter()
                .map(|flaw| told(Language::En, flaw))
                .collect();
            assert_eq!(found, Vec::<String>::new(), "{slot} {mode}");
        }
        let filled = fill_both(&draft, &Values::sample(slot)).unwrap();
        assert!(
            !filled.body.contains("{{") && !filled.body.contains("{%"),
            "{slot}"
        );
        let subject = filled.subject.chars().count();
        let bounds = if slot.channel == Channel::Email {
            1..=SUBJECT_MAX
        } else {
            0..=0
        };
        assert!(bounds.contains(&subject), "{slot}: {}", filled.subject);
    }
}

#[test]
fn a_text_that_grows_with_its_values_is_refused_on_its_last_line() {
    let slot: Slot = "reminder_1.fr.email".parse().unwrap();
    let mut draft = starter(slot);
    draft.subject = format!("{} et encore une fois {{{{ invoice }}}}", draft.subject);
    let found = flaws(slot, &draft, LegalMode::OwnAccount);
    assert!(matches!(found[0].why, Why::Grows(_)), "{found:?}");
    assert_eq!((found[0].part, found[0].line), (Part::Subject, 1));
    let mut draft = starter(slot);
    let line = "{% for item in invoices %}\n{{ item.number }} ".to_owned() + &"x".repeat(400);
    draft.body = format!("{}\n\n{line}\n{{% endfor %}}", draft.body);
    let found = flaws(slot, &draft, LegalMode::OwnAccount);
    assert!(matches!(found[0].why, Why::Grows(_)), "{found:?}");
    assert_eq!(found[0].line, draft.body.lines().count());
}

#[test]
fn every_flaw_is_told_in_both_languages() {
    let all = [
        Why::Empty,
        Why::TooLong(3),
        Why::Lines,
        Why::Unclosed("{{".into()),
        Why::Unknown("x".into()),
        Why::Elsewhere(Variable::PayBy),
        Why::Refused("range(3)".into()),
        Why::Loop("for a in b".into()),
        Why::Nested,
        Why::Loops,
        Why::Stray("endif".into()),
        Why::Open("if".into()),
        Why::OutsideLoop(Variable::ItemDue),
        Why::Missing(&[Variable::Invoice, Variable::ItemNumber]),
        Why::NotFormal,
        Why::Threat("huissier".into()),
        Why::Iban,
        Why::Grows(12),
        Why::Paragraphs(60),
        Why::Engine("syntax error".into()),
    ];
    for why in all {
        let flaw = Flaw::new(Part::Body, 7, why);
        let (french, english) = (told(Language::Fr, &flaw), told(Language::En, &flaw));
        assert!(
            french.starts_with("Ligne 7\u{a0}: ") && french.chars().count() > 16,
            "{french}"
        );
        assert!(
            english.starts_with("Line 7: ") && english.chars().count() > 14,
            "{english}"
        );
        assert_ne!(french, english);
        assert!(!french.contains(" :") && !french.contains(" ;"), "{french}");
    }
}

#[test]
fn a_text_for_another_legal_mode_gives_way_when_it_is_filled_in() {
    let slot: Slot = "reminder_3.fr.email".parse().unwrap();
    let mut draft = starter(slot);
    draft
        .body
        .push_str("\n\nÀ défaut, une mise en demeure suivra.");
    let mut mail = views::mail::Mail {
        brand: views::brand::Brand {
            name: "Boréal".into(),
            address: String::new(),
            accent: "#1f6f4a".parse().unwrap(),
            contact_email: "compta@boreal.example".into(),
            contact_phone: String::new(),
        },
        language: Language::Fr,
        legal_mode: LegalMode::OwnAccount,
        debtor: "Durand".into(),
        greeting: None,
        invoices: Vec::new(),
        totals: vec![domain::Money::eur(100)],
        apart: Vec::new(),
        link: "https://x.example/l/1".into(),
        own: None,
        is_trial: false,
    };
    assert!(words(slot, &draft, &mail, About::Account).is_ok());
    mail.legal_mode = LegalMode::OutsourcedReminder;
    let why = words(slot, &draft, &mail, About::Account).unwrap_err();
    assert!(
        why.starts_with("Ligne 5") && why.contains("mise en demeure"),
        "{why}"
    );
}
