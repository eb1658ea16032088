//! The pages about people and their codes, in both languages.

use domain::party::Scope;
use domain::{ContactId, ForwardId, Id, LinkId};
use views::portal::{code, preferences};
use views::problem::{Problem, Wrong};

use crate::portal::both;
use crate::samples::day;

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
