//! Bank files and money that looks for its account, in both languages.

use domain::matching::{Clue, Fit};
use domain::statement::FileState;
use domain::{BankFileId, Id, InvoiceId, Money};
use views::problem::{Problem, Wrong};
use views::staff::bank::{self, BankPage, FileLine};
use views::staff::money::{self, MatchedLine, MoneyPage, Movement, OpenLine, SuggestionLine};

use crate::samples::{at, day};
use crate::staff::{both, delmas};

fn file(id: u128, state: FileState, reasons: &[&str]) -> FileLine {
    FileLine {
        id: BankFileId::from_bits(id),
        name: format!("releve-{id}.xml"),
        at: at("2026-11-20", 9),
        state,
        format: "camt.053.001.08".into(),
        reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        movements: (12, if state == FileState::Imported { 12 } else { 0 }),
        decided_by: (state == FileState::Discarded).then(|| "staff compta@boreal.example".into()),
    }
}

#[test]
fn bank_files_say_what_became_of_them() {
    both("bank", |frame| {
        let view = BankPage {
            supplier: "boreal".into(),
            key: "key".into(),
            may_write: true,
            problems: Vec::new(),
            files: vec![
                file(
                    4,
                    FileState::Waiting,
                    &["statement S4: it states 141.00 EUR, but its entries make 140.00 EUR"],
                ),
                file(
                    3,
                    FileState::Refused,
                    &["line 7: the file ends in the middle"],
                ),
                file(2, FileState::Discarded, &[]),
                file(1, FileState::Imported, &[]),
            ],
        };
        bank::page(frame, &view)
    });
}

fn movement(key: &str, payer: Option<&str>, cents: i64) -> Movement {
    Movement {
        key: key.into(),
        booked_on: day("2026-11-19"),
        payer: payer.map(str::to_owned),
        text: "VIREMENT <b>".into(),
        amount: Money::eur(cents),
    }
}

fn matched(key: &str, clue: Option<Clue>, fit: Option<Fit>, cents: i64) -> MatchedLine {
    MatchedLine {
        movement: movement(key, Some("DELMAS"), cents),
        debtor: fit.map(|_| delmas()),
        clue,
        fit,
        undoable: clue.is_some(),
    }
}

#[test]
fn money_is_put_on_accounts() {
    both("money", |frame| {
        let suggestion = SuggestionLine {
            debtor: delmas(),
            invoices: vec![
                (InvoiceId::from_bits(1), "FA-1".into()),
                (InvoiceId::from_bits(2), "FA-2".into()),
            ],
            clue: Clue::Payer,
        };
        let view = MoneyPage {
            supplier: "boreal".into(),
            key: "key".into(),
            may_write: true,
            problems: vec![Problem::new("code-1", Wrong::CustomerUnknown)],
            open: vec![
                OpenLine {
                    movement: movement("k1", Some("TRANSPORTS DELMAS"), 716_000),
                    suggestions: vec![suggestion],
                    typed: Default::default(),
                },
                OpenLine {
                    movement: movement("k2", None, 4_200),
                    suggestions: Vec::new(),
                    typed: ["C-77".into(), "10,00".into(), String::new()],
                },
            ],
            matched: vec![
                matched("k3", Some(Clue::Reference), Some(Fit::Exact), 50_000),
                matched("k4", Some(Clue::Staff), None, 8_000),
            ],
            returned: vec![matched("k5", None, None, -5_300)],
            fees: vec![matched("k6", None, None, -450)],
            credits: vec![(delmas(), Money::eur(1_500))],
        };
        money::page(frame, &view)
    });
}
