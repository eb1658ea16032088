//! The pages about people and their codes, in both languages.

use domain::party::{Language, Scope};
use domain::plan::PlanState;
use domain::promise::PromiseState;
use domain::{ContactId, ForwardId, Id, LinkId};
use views::layout::Frame;
use views::portal::{account, code, invoice, plan, preferences, promised};
use views::problem::{Problem, Wrong};

use crate::golden::same;
use crate::plans::{plan_page, promised};
use crate::portal::{both, invoice_page};
use crate::samples::{account, day, frame};

pub fn code_ask() -> code::CodeAsk {
    let contact = ContactId::from_bits;
    code::CodeAsk {
        sent_to: Some("c•••@delmas.example".into()),
        targets: vec![
            (contact(1), "c•••@delmas.example".into()),
            (contact(2), "d•••@delmas.example".into()),
        ],
        chosen: Some(contact(1)),
        problems: vec![Problem::new("code", Wrong::Code(3))],
    }
}

/// The same pages for whoever only looks: nothing to press.
#[test]
fn who_only_looks_sees_no_form() {
    let frame = |language| Frame {
        acts: false,
        ..frame(language)
    };
    for language in Language::ALL {
        let frame = frame(*language);
        let page = account::page(&frame, &account("Transports Delmas SARL"));
        same(&format!("looking-account.{language}"), &page);
        let page = invoice::page(&frame, &invoice_page());
        same(&format!("looking-invoice.{language}"), &page);
        let waiting = [
            promised::page(&frame, &promised(PromiseState::Made)),
            plan::page(&frame, &plan_page(PlanState::Countered)),
            plan::page(&frame, &plan_page(PlanState::Active)),
            preferences::page(&frame, &preferences::Preferences::default()),
        ];
        for page in waiting {
            let offers = page.0.contains("<form") || page.0.contains("class=\"button\"");
            assert!(!offers, "{}", page.0);
        }
    }
}

#[test]
fn preferences_and_their_code() {
    let link = |place| LinkId::from_bits(place);
    let view = preferences::Preferences {
        key: "key-9".into(),
        saved: true,
        details: [
            "Service comptabilité",
            "02 41 00 00 00",
            "compta@delmas.example",
        ]
        .map(String::from),
        own: true,
        links: vec![
            (link(2), day("2026-11-20"), true),
            (link(1), day("2026-11-02"), false),
        ],
        forwards: vec![(ForwardId::from_bits(1), "Direction".into(), Scope::View)],
        problems: vec![Problem::new("email", Wrong::Email)],
        ..preferences::Preferences::default()
    };
    both("preferences", |frame| preferences::page(frame, &view));
    let carried = vec![("act".to_owned(), "details".to_owned())];
    both("preferences-code", |frame| {
        preferences::check(frame, &carried, &code_ask())
    });
    both("left", preferences::left);
}
