//! A dispute as staff see it.

use domain::dispute::lines::{DisputedLine, Fault};
use domain::dispute::{DisputeEvent, DisputeState, Reason};
use domain::message::MessageKind;
use domain::party::Language;
use domain::{DebtorId, DisputeId, Id, Money};
use views::problem::{Problem, Wrong};
use views::staff::ahead::{Ahead, NextLine, Pause, PausedLine, WaitingLine};
use views::staff::decision::{self, Check, Deed, Done};
use views::staff::dispute;

use crate::samples::{at, day, said};
use crate::staff::{both, delmas, frame};

/// A dispute about 840.50.
pub fn card(state: DisputeState) -> dispute::DisputeCard {
    dispute::DisputeCard {
        id: DisputeId::from_bits(3),
        debtor: DebtorId::from_bits(1),
        number: "FA-2026-0098".into(),
        reason: Reason::MissingItems,
        amount: Money::eur(84_050),
        state,
        answer_by: day("2026-11-26"),
        first: day("2026-11-22"),
        owner: Some("Service logistique".into()),
        credit: None,
        notes: Vec::new(),
        lines: vec![DisputedLine {
            label: "Palettes <bois>".into(),
            fault: Fault::Quantity,
            amount: Money::eur(84_050),
        }],
        said: said(),
        files: Vec::new(),
        key: "key-5".into(),
        typed: dispute::Typed::default(),
        problems: Vec::new(),
    }
}

/// What is to be written to a debtor, and why not.
pub fn to_come() -> Ahead {
    let waiting = |withheld, again| WaitingLine {
        kind: MessageKind::Reminder2,
        at: at("2026-11-23", 9),
        again,
        withheld,
    };
    let paused = |number: &str, why| PausedLine {
        number: number.into(),
        why,
    };
    Ahead {
        waiting: vec![waiting(None, true), waiting(Some(Pause::Settled), false)],
        next: Some(NextLine {
            kind: MessageKind::Reminder3,
            on: day("2026-11-30"),
            numbers: vec!["FA-2026-0117".into(), "FA-2026-0120".into()],
        }),
        paused: vec![
            paused("FA-2026-0098", Pause::Disputed(Some(day("2026-11-26")))),
            paused("FA-2026-0099", Pause::Disputed(None)),
            paused("FA-2026-0100", Pause::Promised(day("2026-11-25"))),
            paused("FA-2026-0101", Pause::OnPlan(day("2026-12-21"))),
            paused("FA-2026-0102", Pause::PlanAsked),
            paused("FA <103>", Pause::Paying),
        ],
        stale: false,
        more: None,
    }
}

/// What was done about it.
pub fn done(deed: Deed) -> Done {
    Done {
        deed,
        number: "FA-2026-0098".into(),
        amount: Money::eur(84_050),
        credit: Some(("AV <9>".into(), Money::eur(80_000))),
        answer_by: day("2026-12-04"),
        owner: Some("Quai <4>".into()),
        told: deed != Deed::Said(DisputeEvent::Tell),
    }
}

#[test]
fn a_decision_is_shown_before_it_costs_money() {
    let mut view = Check {
        debtor: delmas(),
        card: card(DisputeState::Open),
        decision: "accept".into(),
        note: Some(("AV <9>".into(), Money::eur(80_000))),
        rest: Some(Money::eur(4_050)),
        told: Some("compta@delmas.example".into()),
    };
    view.card.typed.answer = "Deux <palettes>".into();
    view.card.typed.credit = "AV <9>".into();
    both("decision", |frame| decision::check(frame, &view));
    view.note = None;
    view.told = None;
    view.card.typed = dispute::Typed::default();
    let bare = decision::check(&frame(Language::Fr), &view).0;
    for words in [
        "840,50",
        "personne n’est prévenu",
        "à émettre",
        "sans texte",
    ] {
        assert!(bare.contains(words), "{words}");
    }
}

#[test]
fn a_dispute_answered_badly_comes_back() {
    let mut view = card(DisputeState::InfoNeeded);
    view.typed = dispute::Typed {
        answer: "Non.".into(),
        credit: "AV-1".into(),
        credited: "99999".into(),
        ..dispute::Typed::default()
    };
    let field = dispute::field_id("credited", view.id);
    view.problems = vec![Problem::new(&field, Wrong::AmountAbove(Money::eur(84_050)))];
    view.notes = vec![("AV <9>".into(), Money::eur(84_050))];
    both("dispute", |frame| {
        dispute::page(frame, "boreal", &view, true)
    });
    let read_only = dispute::page(&frame(Language::Fr), "boreal", &view, false).0;
    assert!(!read_only.contains("decision") && read_only.contains("bon.pdf"));
    assert!(read_only.contains("avoir AV &lt;9&gt;, 840,50"));
    view.notes.clear();
    view.state = DisputeState::Credited;
    view.credit = Some(("AV-1".into(), Money::eur(84_050)));
    let over = dispute::page(&frame(Language::Fr), "boreal", &view, true).0;
    assert!(!over.contains("decision") && over.contains("avoir AV-1, 840,50"));
}
