//! The staff's pages about direct debits in both languages.

use domain::batch::BatchState;
use domain::reason_code::Action;
use domain::recall::{RecallKind, RecallOutcome, RecallReason, RecallState};
use domain::{BatchId, CollectionId, Id, Money, RecallId};
use views::staff::batch::{self, BatchPage};
use views::staff::debits::{
    Answered, DebitLine, DebitsPage, EndingLine, FileLine, Refused, ReturnLine, page,
};
use views::staff::recall::{self, AskPage, Choice, RecallLine, RecallPage, Wrong};

use crate::samples::{at, day};
use crate::staff::{both, delmas};

fn line() -> DebitLine {
    DebitLine {
        debtor: delmas(),
        amount: Money::eur(466_000),
        collect_on: day("2026-11-26"),
        mandate: "M20261120-0A1B2C3D4E".into(),
    }
}

fn file(state: BatchState) -> FileLine {
    FileLine {
        id: BatchId::from_bits(7),
        state,
        created_at: at("2026-11-20", 9),
        days: (day("2026-11-26"), day("2026-12-02")),
        debits: 2,
        total: Money::eur(512_345),
    }
}

fn list() -> DebitsPage {
    DebitsPage {
        supplier: "boreal".into(),
        waiting: vec![line()],
        more: true,
        refundable: Money::eur(716_000),
        past: 2,
        files: BatchState::ALL.iter().copied().map(file).collect(),
        returns: vec![ReturnLine {
            debtor: delmas(),
            amount: Money::eur(466_000),
            day: day("2026-11-27"),
            reason: "AM04".into(),
            text: "Provision <insuffisante>".into(),
            action: Action::Retry,
            fee: Money::eur(300),
        }],
        ending: vec![EndingLine {
            debtor: delmas(),
            mandate: "M20240102-0A1B2C3D4E".into(),
            ends_on: day("2027-01-02"),
        }],
        answered: Some(Answered {
            counts: (3, 1, 0),
            unknown: vec!["E2E-9".into()],
        }),
        may_write: true,
        alone: false,
        key: "key".into(),
        refused: None,
    }
}

fn one(state: BatchState) -> BatchPage {
    BatchPage {
        supplier: "boreal".into(),
        file: file(state),
        message_id: "01JD3Z7Y4G8K2M6P0Q".into(),
        maker: "staff compta@boreal.example".into(),
        approved: None,
        exported_at: None,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        debits: vec![line()],
        is_out: false,
        in_time: true,
        may_write: true,
        key: "key".into(),
        refused: None,
    }
}

#[test]
fn files_of_debits() {
    both("debits", |frame| page(frame, &list()));
    let refused = DebitsPage {
        waiting: Vec::new(),
        more: false,
        past: 0,
        files: Vec::new(),
        returns: Vec::new(),
        ending: Vec::new(),
        answered: None,
        refused: Some(Refused::Rules(vec!["Delmas <SARL>: BIC '': …".into()])),
        ..list()
    };
    both("debits-refused", |frame| page(frame, &refused));
}

#[test]
fn one_file_of_debits() {
    let draft = BatchPage {
        refused: Some(Refused::SamePerson),
        ..one(BatchState::Draft)
    };
    both("batch-draft", |frame| batch::page(frame, &draft));
    let out = BatchPage {
        approved: Some((
            "staff direction@boreal.example".into(),
            at("2026-11-20", 10),
        )),
        exported_at: Some(at("2026-11-20", 11)),
        is_out: true,
        ..one(BatchState::Exported)
    };
    both("batch-out", |frame| batch::page(frame, &out));
}

fn request(state: RecallState) -> RecallLine {
    RecallLine {
        id: RecallId::from_bits(9),
        kind: RecallKind::Reversal,
        state,
        created_at: at("2026-11-27", 9),
        debits: 1,
    }
}

#[test]
fn debits_asked_back() {
    let choice = || Choice {
        id: CollectionId::from_bits(3),
        line: line(),
    };
    let ask = AskPage {
        supplier: "boreal".into(),
        batch: BatchId::from_bits(7),
        message_id: "01JD3Z7Y4G8K2M6P0Q".into(),
        cancellable: vec![choice()],
        reversible: vec![choice()],
        more: Some(CollectionId::from_bits(9)),
        requests: RecallState::ALL.iter().copied().map(request).collect(),
        may_write: true,
        key: "key".into(),
        wrong: Some(Wrong::NoneChosen),
    };
    both("recalls", |frame| recall::ask(frame, &ask));
    let one = RecallPage {
        supplier: "boreal".into(),
        request: request(RecallState::Draft),
        reason: RecallReason::Duplicate,
        batch: (BatchId::from_bits(7), "01JD3Z7Y4G8K2M6P0Q".into()),
        message_id: "01JD3Z7Y4G8K2M6P0R".into(),
        maker: "staff compta@boreal.example".into(),
        approver: None,
        exported_at: None,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        debits: vec![
            recalled(None, None),
            recalled(Some(RecallOutcome::Refused), None),
            recalled(Some(RecallOutcome::Ended), Some("AM04")),
        ],
        more: None,
        may_write: true,
        key: "key".into(),
        wrong: Some(Wrong::SamePerson),
    };
    both("recall", |frame| recall::page(frame, &one));
}

fn recalled(outcome: Option<RecallOutcome>, reason: Option<&str>) -> recall::Recalled {
    recall::Recalled {
        line: line(),
        outcome,
        reason: reason.map(str::to_owned),
    }
}
