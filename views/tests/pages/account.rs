//! The account that a supplier is paid on, in both languages; the notice to the staff.

use domain::account_change::ChangeState;
use domain::party::Language;
use domain::{AccountChangeId, Id, Zone};
use views::mail::account_change::{Facts, account_change};
use views::problem::{Problem, Wrong};
use views::staff::account::{self, AccountPage, Notice, Past, Pending};

use crate::samples::at;
use crate::staff::both;

fn blank() -> AccountPage {
    let iban = "FR1420041010050500013M02606".parse().unwrap();
    AccountPage {
        supplier: "boreal".into(),
        current: Some(("BOREAL SAS".into(), iban, None)),
        pending: None,
        past: vec![Past {
            last_four: "0189".into(),
            state: ChangeState::Withdrawn,
            ended: ("compta@boreal.example".into(), at("2026-11-18", 9)),
        }],
        typed: ["BOREAL SAS", "FR33 3000", "x"].map(Into::into),
        problems: Vec::new(),
        notice: None,
        may_write: true,
        key: "key-9".into(),
    }
}

#[test]
fn another_account_is_asked_for() {
    let view = AccountPage {
        problems: vec![
            Problem::new("bic", Wrong::Bic),
            Problem::new("password", Wrong::Password),
        ],
        notice: Some(Notice::Two),
        ..blank()
    };
    both("account-wish", |frame| account::page(frame, &view));
}

#[test]
fn a_change_waits() {
    let made = ("compta@boreal.example".into(), at("2026-11-19", 9));
    let pending = Pending {
        id: AccountChangeId::from_bits(1),
        holder: "BOREAL SAS".into(),
        iban: "FR3330002005500000157841Z25".parse().unwrap(),
        bic: None,
        state: ChangeState::Proposed,
        made,
        approved: None,
        shown_from: None,
        own: false,
    };
    let view = AccountPage {
        pending: Some(pending),
        ..blank()
    };
    both("account-pending", |frame| account::page(frame, &view));
    let read_only = AccountPage {
        may_write: false,
        ..view
    };
    let frame = crate::staff::frame(Language::En);
    assert!(
        !account::page(&frame, &read_only)
            .0
            .contains("<form class=\"narrow\"")
    );
}

/// The number itself is on the page only: a mail can be forged.
#[test]
fn a_notice_names_the_account_by_its_end() {
    for language in Language::ALL {
        for state in ChangeState::ALL {
            let facts = Facts {
                supplier: "Boréal",
                zone: Zone::PARIS,
                state: *state,
                last_four: "1Z25",
                by: "compta@boreal.example",
                shown_from: Some(at("2026-11-21", 9)),
                page: "https://acquit.example/staff/boreal/account".into(),
            };
            let mail = account_change(*language, &facts);
            for part in [&mail.text, &mail.html] {
                assert!(
                    part.contains("1Z25") && part.contains(&facts.page),
                    "{part}"
                );
            }
            assert!(mail.subject.chars().count() <= 60, "{}", mail.subject);
        }
    }
}
