//! Letters and calls in both languages.

use domain::call::{Cause, Outcome};
use domain::dispute::Reason;
use domain::letter::LetterState;
use domain::message::MessageKind;
use domain::party::{Contact, ContactState};
use domain::{ContactId, DebtorId, Id, LetterBatchId, MessageId, Money};
use views::problem::{ByHandWrong, Problem, Wrong};
use views::staff::{call, call_report, calls, letters, postal};

use crate::samples::{TODAY, account, at, day, timeline};
use crate::staff::{both, delmas};

/// An address as it stands in the window.
pub fn lines() -> Vec<String> {
    ["Transports Delmas SARL", "8 rue de la Gare", "44000 NANTES"]
        .map(String::from)
        .to_vec()
}

fn batch_line() -> letters::BatchLine {
    letters::BatchLine {
        id: LetterBatchId::from_bits(3),
        made_at: at("2026-11-20", 9),
        made_by: "compta@boreal.example".into(),
        letters: 2,
        open: 1,
    }
}

fn letter(kind: MessageKind, state: LetterState) -> letters::LetterLine {
    let registered = domain::letter::is_registered(kind);
    letters::LetterLine {
        message: MessageId::from_bits(4),
        debtor: delmas(),
        place: 1,
        kind,
        reference: "L0123456789".into(),
        addressee: lines(),
        state,
        posted_on: (state == LetterState::Posted).then(|| day(TODAY)),
        tracking: registered.then(|| "1A23456789012".into()),
        has_proof: registered,
        is_obsolete: true,
    }
}

#[test]
fn letters_that_wait_and_batches() {
    let view = letters::LettersPage {
        supplier: "boreal".into(),
        waiting: vec![letters::Waiting {
            message: MessageId::from_bits(4),
            debtor: delmas(),
            kind: MessageKind::FormalNotice,
            asked: vec![Money::eur(716_000)],
            since: at("2026-11-20", 9),
            has_address: false,
        }],
        batches: vec![batch_line()],
        may_write: true,
        key: "key-1".into(),
    };
    both("letters", |frame| letters::page(frame, &view));
    let view = letters::BatchPage {
        supplier: "boreal".into(),
        batch: batch_line(),
        letters: vec![
            letter(MessageKind::Reminder1, LetterState::Printed),
            letter(MessageKind::FormalNotice, LetterState::Posted),
            letter(MessageKind::Reminder2, LetterState::Held),
        ],
        on: "x".into(),
        range: (day("2026-11-20"), day(TODAY)),
        refused: Some("line 2: <what>".into()),
        problems: vec![Problem::new("on", Wrong::ByHand(ByHandWrong::PostingDay))],
        may_write: true,
        key: "key-2".into(),
    };
    both("letter-batch", |frame| letters::batch(frame, &view));
}

#[test]
fn addresses() {
    let view = postal::PostalPage {
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        name: "Transports Delmas SARL".into(),
        known: Some((lines(), true)),
        typed: [
            "8 rue <de>".into(),
            "44000".into(),
            String::new(),
            String::new(),
        ],
        problems: vec![Problem::new(
            "town",
            Wrong::ByHand(ByHandWrong::TownMissing),
        )],
        may_write: true,
        key: "key-3".into(),
    };
    both("postal", |frame| postal::page(frame, &view));
}

#[test]
fn whom_to_call() {
    let view = calls::CallsPage {
        supplier: "boreal".into(),
        calls: vec![calls::CallLine {
            message: MessageId::from_bits(4),
            debtor: delmas(),
            contact: Some("Service comptabilité".into()),
            phone: Some("+33 1 99 00 12 34".into()),
            overdue: vec![Money::eur(716_000)],
            days: 32,
            broke_promise: true,
            tries: 2,
        }],
        is_cut: true,
    };
    both("calls", |frame| calls::page(frame, &view));
}

#[test]
fn a_call() {
    let shown = account("Transports Delmas SARL");
    let contact = Contact {
        id: ContactId::from_bits(1),
        debtor: DebtorId::from_bits(1),
        name: Some("Service comptabilité".into()),
        email: None,
        phone: Some("+33 1 99 00 12 34".into()),
        language: None,
        state: ContactState::Active,
    };
    let view = call::CallPage {
        supplier: "boreal".into(),
        supplier_name: "Boréal Énergie".into(),
        debtor: delmas(),
        action: "/staff/boreal/calls/x".into(),
        may_note: true,
        today: day(TODAY),
        last_day: day("2027-11-21"),
        contacts: vec![contact.clone()],
        overdue: (2, vec![Money::eur(716_000)]),
        disputed: vec![Money::eur(10_000)],
        missed: Some((Money::eur(50_000), day("2026-11-15"))),
        timeline: timeline(),
        typed: call::Typed {
            outcome: Some(Outcome::Dispute),
            invoices: shown.rows.iter().take(1).map(|row| row.item.id).collect(),
            contact: contact.id.to_string(),
            day: "2026-11-30".into(),
            amount: "12".into(),
            reason: Some(Reason::Price),
            note: "Prix <contesté>".into(),
            next: String::new(),
            hour: String::new(),
        },
        problems: vec![Problem::new("next", Wrong::ByHand(ByHandWrong::NextCall))],
        rows: shown.rows,
        moved_on: true,
        key: "key-4".into(),
    };
    both("call", |frame| call::page(frame, &view));
}

#[test]
fn what_calls_came_to() {
    let view = call_report::ReportPage {
        supplier: "boreal".into(),
        from: day("2026-11-15"),
        to: day(TODAY),
        csv: "/staff/boreal/calls/report?day=2026-11-21&span=week&format=csv".into(),
        made: 3,
        reached: 2,
        argued: (4, vec![Money::eur(716_000)]),
        promises: (1, vec![Money::eur(500_000)]),
        refusals: (0, Vec::new()),
        causes: vec![(Cause::Logistic, (1, vec![Money::eur(10_000)]))],
        outcomes: Outcome::ALL.iter().map(|one| (*one, 1)).collect(),
        next_calls: 1,
        calls: vec![call_report::MadeLine {
            at: at("2026-11-20", 9),
            debtor: delmas(),
            outcome: Outcome::CallBack,
            argued: vec![Money::eur(716_000)],
            note: "Absente <jusqu’à lundi>".into(),
            by: "staff appels@boreal.example".into(),
            next_at: Some(at("2026-11-23", 9)),
        }],
        is_cut: false,
    };
    both("call-report", |frame| call_report::page(frame, &view));
}
