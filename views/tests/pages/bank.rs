//! Bank files and money that looks for its account, in both languages.

use domain::matching::{Clue, Fit};
use domain::statement::FileState;
use domain::{BankFileId, Id, InvoiceId, Money};
use views::problem::{Problem, Wrong};
use views::staff::bank::{self, BankPage, FileLine};
use views::staff::bank_columns::{self, BankColumns, Preview, PreviewLine};
use views::staff::columns::FileColumn;
use views::staff::money::{self, MatchedLine, MoneyPage, Movement, OpenLine, SuggestionLine};

use crate::samples::{at, day};
use crate::staff::{both, delmas};

fn file(id: u128, state: FileState, reasons: &[&str]) -> FileLine {
    FileLine {
        id: BankFileId::from_bits(id),
        is_table: false,
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

#[test]
fn columns_of_a_table_are_checked() {
    let column = |place, title: &str, field: Option<&str>, example: &str| FileColumn {
        place,
        title: title.into(),
        field: field.map(Into::into),
        examples: vec![example.into()],
    };
    let line = PreviewLine {
        booked_on: day("2026-11-19"),
        amount: Money::eur(120_000),
        other_side: vec!["DELMAS <b>".into(), "FR7630006000011234567890189".into()],
        words: vec!["Facture FA-2026-0117".into(), "PAYER-7".into()],
    };
    let view = BankColumns {
        supplier: "boreal".into(),
        id: BankFileId::from_bits(1),
        key: "key".into(),
        file: "releve.csv".into(),
        open: true,
        booked: false,
        may_forget: false,
        columns: vec![
            column(0, "Jour J", Some("day"), "19/11/2026"),
            column(1, "Somme", Some("amount"), "1 200,00"),
            column(2, "Remarque", None, "<b>"),
        ],
        account: "FR7630006000011234567890189".into(),
        forms: ["day_first", "comma", "received"].map(Into::into),
        seen: "5ee0".into(),
        preview: Some(Preview {
            first: vec![line],
            movements: 1,
            sums: [vec![Money::eur(120_000)], Vec::new()],
            days: Some((day("2026-11-19"), day("2026-11-19"))),
            wrong: None,
            reasons: vec!["days of this account were booked from s.xml".into()],
        }),
        problems: vec![Problem::new("c1", Wrong::BankColumnTwice("amount".into()))],
    };
    both("bank-columns", |frame| bank_columns::page(frame, &view));
    let read = BankColumns {
        open: false,
        booked: true,
        may_forget: true,
        preview: Some(Preview {
            first: Vec::new(),
            movements: 0,
            sums: [Vec::new(), Vec::new()],
            days: None,
            wrong: Some("line 3: date 'x' is no day, read day first".into()),
            reasons: Vec::new(),
        }),
        problems: Vec::new(),
        ..view
    };
    both("bank-columns-read", |frame| {
        bank_columns::page(frame, &read)
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
