//! Which known item a row speaks of.

use domain::invoice::ItemKind;
use domain::reconcile::Known;
use domain::{DebtorId, Id, InvoiceId, Money};

use super::{day, row};
use crate::clock::new_id;
use crate::flows::import_balance::matching::{Verdict, judge};
use crate::flows::import_balance::reading::Asserted;
use crate::store::asserted::KnownItem;

/// A known invoice with all of it open; its place tells its id.
fn known(place: u128, number: &str, due: &str, open: i64) -> KnownItem {
    KnownItem {
        id: InvoiceId::from_bits(place),
        debtor: DebtorId::from_bits(1),
        kind: ItemKind::Invoice,
        number: number.into(),
        twin: 0,
        due_on: day(due),
        total: Money::eur(100),
        books: Known {
            asserted: Money::eur(open),
            in_transit: Money::eur(0),
            open: Money::eur(open),
        },
    }
}

fn asserted(number: &str, due: &str, open: i64) -> Asserted {
    Asserted {
        id: new_id(),
        twin: 0,
        row: row(number, due, open),
    }
}

/// For each row the place of the item it speaks of and what it means.
fn judged(rows: &[Asserted], known: &[KnownItem], seen: &[u128]) -> Vec<(u128, &'static str)> {
    let seen = |item: &KnownItem| seen.contains(&item.id.bits());
    let all = judge(rows, known, seen).unwrap().into_iter();
    all.map(|one| {
        let meaning = match one.verdict {
            Verdict::New => "new",
            Verdict::Same => "same",
            Verdict::Changed(..) => "changed",
            Verdict::CurrencyDiffers => "currency",
        };
        (one.about.map_or(0, |item| item.id.bits()), meaning)
    })
    .collect()
}

#[test]
fn a_due_day_is_moved_only_where_one_row_meets_one_open_item() {
    let (jan, feb, mar) = ("2026-01-31", "2026-02-28", "2026-03-31");
    let one = [known(1, "F1", jan, 100)];
    let settled = [known(1, "F1", jan, 0)];
    let two = [known(1, "F1", jan, 50), known(2, "F1", mar, 50)];
    let row = |due| [asserted("F1", due, 100)];
    assert_eq!(judged(&row(jan), &one, &[]), [(1, "same")]);
    assert_eq!(judged(&row(feb), &one, &[]), [(1, "changed")], "moved");
    assert_eq!(judged(&row(feb), &one, &[1]), [(0, "new")], "told before");
    assert_eq!(
        judged(&row(feb), &settled, &[]),
        [(0, "new")],
        "nothing to move"
    );
    assert_eq!(
        judged(&row(jan), &settled, &[]),
        [(1, "changed")],
        "open again"
    );
    assert_eq!(judged(&row(feb), &two, &[]), [(0, "new")], "instalments");
    let both = [asserted("F1", feb, 60), asserted("F1", jan, 40)];
    assert_eq!(judged(&both, &one, &[]), [(0, "new"), (1, "changed")]);
    let others = [asserted("F2", feb, 60), asserted("F1", jan, 100)];
    assert_eq!(judged(&others, &one, &[]), [(0, "new"), (1, "same")]);
}

#[test]
fn a_moved_item_takes_the_new_day_and_keeps_its_total() {
    let before = [known(1, "F1", "2026-01-31", 100)];
    let rows = [asserted("F1", "2026-02-28", 30)];
    let judged = judge(&rows, &before, |_| false).unwrap();
    let Verdict::Changed(after, adjustment) = &judged[0].verdict else {
        panic!("not changed");
    };
    assert_eq!(
        (after.due_on, after.total),
        (day("2026-02-28"), Money::eur(100))
    );
    assert_eq!(
        (after.books.open, *adjustment),
        (Money::eur(30), Money::eur(-70))
    );
}

#[test]
fn paid_and_unknown_is_nothing_and_kinds_and_twins_are_kept_apart() {
    let due = "2026-01-31";
    assert_eq!(judged(&[asserted("F1", due, 0)], &[], &[]), [(0, "same")]);
    let mut receipts = [known(1, "VIR", due, 40), known(2, "VIR", due, 50)];
    receipts[1].twin = 1;
    for item in &mut receipts {
        item.kind = ItemKind::Receipt;
    }
    let mut rows = [
        asserted("VIR", due, 40),
        asserted("VIR", due, 50),
        asserted("VIR", due, 9),
    ];
    rows[1].twin = 1;
    rows[0].row.kind = ItemKind::Receipt;
    rows[1].row.kind = ItemKind::Receipt;
    assert_eq!(
        judged(&rows, &receipts, &[]),
        [(1, "same"), (2, "same"), (0, "new")]
    );
    let mut later = asserted("VIR", "2026-02-28", 40);
    later.row.kind = ItemKind::Receipt;
    assert_eq!(
        judged(&[later], &receipts[..1], &[]),
        [(0, "new")],
        "receipts never move"
    );
}

#[test]
fn another_currency_is_never_mixed_in() {
    let due = "2026-01-31";
    let mut dollars = asserted("F1", due, 100);
    dollars.row.total = Money::new(100, "USD".parse().unwrap());
    dollars.row.open = dollars.row.total;
    let rows = [dollars];
    assert_eq!(
        judged(&rows, &[known(1, "F1", due, 100)], &[]),
        [(1, "currency")]
    );
    assert_eq!(
        judged(&rows, &[known(1, "F1", "2026-03-31", 100)], &[]),
        [(0, "new")]
    );
}
