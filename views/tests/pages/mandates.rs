//! A mandate as the debtor and the staff see it, before and after it is revoked.

use domain::collection::CollectionState;
use domain::mandate::{MandateState, Scheme, Usage};
use domain::{DebtorId, Id, InvoiceId, MandateId, Money};
use views::paths;
use views::portal::revoke::{self, MandatePage};
use views::problem::{Problem, Wrong};
use views::staff::mandate::{self, ChangeForm, StaffMandate};

use crate::portal::both;
use crate::samples::day;
use crate::staff;

fn mandate(state: MandateState) -> MandatePage {
    let revoked = state == MandateState::Revoked;
    let ahead = if revoked {
        CollectionState::Cancelled
    } else {
        CollectionState::Notified
    };
    let instead = vec![
        (None, Money::eur(250_000)),
        (Some(day("2026-12-14")), Money::eur(120_000)),
    ];
    MandatePage {
        id: MandateId::from_bits(1),
        reference: "M20261102-A1B2C3D4E5".parse().unwrap(),
        creditor_id: "FR72ZZZ123456".parse().unwrap(),
        last_four: "2606".into(),
        usage: Usage::Recurring,
        scheme: Scheme::Core,
        state,
        signed_on: Some(day("2026-11-02")),
        debits: vec![
            (
                day("2026-11-16"),
                Money::eur(31_245),
                CollectionState::Settled,
            ),
            (
                day("2026-11-24"),
                Money::eur(80_000),
                CollectionState::Batched,
            ),
            (day("2026-12-01"), Money::eur(250_000), ahead),
            (day("2026-12-14"), Money::eur(120_000), ahead),
        ],
        instead: if revoked { instead } else { Vec::new() },
        pay: revoked.then(|| paths::with_invoices(paths::PAY, [InvoiceId::from_bits(2)])),
        key: "key-5".into(),
    }
}

#[test]
fn a_mandate_and_its_end() {
    let active = mandate(MandateState::Active);
    both("mandate-active", |frame| revoke::page(frame, &active));
    both("mandate-revoke", |frame| revoke::check(frame, &active));
    let between = MandatePage {
        scheme: Scheme::B2b,
        debits: Vec::new(),
        ..mandate(MandateState::Signed)
    };
    both("mandate-signed", |frame| revoke::page(frame, &between));
    let revoked = mandate(MandateState::Revoked);
    both("mandate-revoked", |frame| revoke::page(frame, &revoked));
}

#[test]
fn staff_revoke_it_for_the_debtor() {
    let view = StaffMandate {
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        mandate: mandate(MandateState::Active),
        change: ChangeForm::default(),
        may_write: true,
    };
    staff::both("mandate", |frame| mandate::page(frame, &view));
    let wrong = StaffMandate {
        mandate: mandate(MandateState::Suspended),
        change: ChangeForm {
            iban: "FR14".into(),
            problems: vec![Problem::new("reference", Wrong::MandateReference)],
            ..ChangeForm::default()
        },
        ..view.clone()
    };
    staff::both("mandate-suspended", |frame| mandate::page(frame, &wrong));
    let reader = StaffMandate {
        may_write: false,
        ..view
    };
    let page = mandate::page(&staff::frame(domain::party::Language::Fr), &reader);
    assert!(
        !page
            .0
            .contains("<form method=\"post\" action=\"/staff/boreal")
    );
}
