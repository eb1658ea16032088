//! The supplier's own texts, in both languages.

use domain::own_text::{Flaw, Part, Slot, Variable, Why};
use domain::{DebtorId, Id};
use views::problem::{Problem, Wrong};
use views::staff::text::{self, Sight, Tested, TextPage, VersionLine};
use views::staff::texts::{self, TextLine};
use views::text::starter::starter;

use crate::samples::at;
use crate::staff::both;

fn slot() -> Slot {
    "reminder_1.fr.email".parse().unwrap()
}

#[test]
fn texts_are_listed_with_whose_words_are_used() {
    let line = |(place, slot): (usize, Slot)| TextLine {
        slot,
        version: (place < 2).then_some(3),
        fails: place == 1,
    };
    let lines: Vec<TextLine> = Slot::all().enumerate().map(line).collect();
    both("texts", |frame| texts::page(frame, "boreal", &lines));
}

fn page() -> TextPage {
    let version = |version, made_by: &str| VersionLine {
        version,
        made_at: at("2026-11-20", 9),
        made_by: made_by.into(),
    };
    TextPage {
        supplier: "boreal".into(),
        slot: slot(),
        draft: starter(slot()),
        latest: 2,
        shown: 2,
        used: 1,
        failed: Some((at("2026-11-21", 10), "Ligne 3 : <trop> long".into())),
        versions: vec![
            version(2, "compta@boreal.example"),
            version(1, "a@boreal.example"),
        ],
        search: "<Durand>".into(),
        sight: Some(Sight {
            debtor: DebtorId::from_bits(1),
            customer: "Durand & Fils SARL".into(),
            subject: "Rappel : 7 160,00 € échus".into(),
            text: "Bonjour,\n\n<b>Rappel</b>".into(),
            failed: None,
            segments: None,
        }),
        number: None,
        tested: None,
        changed: false,
        may_write: true,
        problems: Vec::new(),
        key: "txn_1".into(),
    }
}

#[test]
fn a_text_is_written_with_its_variables_beside_it() {
    both("text", |frame| text::page(frame, &page()));
}

#[test]
fn a_text_that_is_refused_says_on_which_line_and_why() {
    let mut view = page();
    view.draft.body = "{{ range(9) }}\n</textarea><script>".into();
    let flaw = |line, why| Flaw::new(Part::Body, line, why);
    let missing: &[Variable] = &[Variable::Invoice, Variable::ItemNumber];
    view.problems = [
        flaw(1, Why::Refused("range(9)".into())),
        flaw(2, Why::Missing(missing)),
    ]
    .map(|flaw| Problem::new("body", Wrong::Text(flaw)))
    .to_vec();
    view.failed = None;
    view.changed = true;
    view.tested = Some(Tested::Failed("550 <no>".into()));
    both("text-refused", |frame| text::page(frame, &view));
}

#[test]
fn a_reader_sees_a_text_and_changes_nothing() {
    let mut view = page();
    view.may_write = false;
    view.used = 0;
    view.shown = 0;
    view.versions.clear();
    view.sight = None;
    view.tested = Some(Tested::Sent("a@boreal.example".into()));
    both("text-reader", |frame| {
        let page = text::page(frame, &view);
        assert!(!page.0.contains("method=\"post\" action=\"/staff/boreal"));
        page
    });
}
