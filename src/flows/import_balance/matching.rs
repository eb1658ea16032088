//! What each row of a customer means for the items that are known of it. Pure.

use std::collections::HashMap;

use domain::invoice::ItemKind;
use domain::reconcile;
use domain::{Money, MoneyError};

use super::reading::Asserted;
use crate::store::asserted::KnownItem;

/// What a row means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// An item not known yet.
    New,
    /// Nothing: it says what is known, or that an unknown item is paid.
    Same,
    /// The item as it is from now on, and by how much the file alone changed what is open of it.
    Changed(KnownItem, Money),
    /// Nothing can be made of it: the item is known in another currency.
    CurrencyDiffers,
}

/// A row's verdict and the known item it speaks of, if any.
pub(super) struct Judged<'a> {
    pub about: Option<&'a KnownItem>,
    pub verdict: Verdict,
}

/// The rows and the known items of one kind and number.
#[derive(Default)]
struct Namesakes<'a> {
    rows: usize,
    known: Vec<&'a KnownItem>,
}

/// Judges the rows of one customer, in their order. `seen` tells which known items earlier rows of
/// the file spoke of.
pub(super) fn judge<'a>(
    rows: &[Asserted],
    known: &'a [KnownItem],
    seen: impl Fn(&KnownItem) -> bool,
) -> Result<Vec<Judged<'a>>, MoneyError> {
    let mut by_number: HashMap<(ItemKind, &str), Namesakes<'_>> = HashMap::new();
    if !known.is_empty() {
        for one in rows {
            let key = (one.row.kind, one.row.number.as_str());
            by_number.entry(key).or_default().rows += 1;
        }
    }
    for item in known {
        if let Some(namesakes) = by_number.get_mut(&(item.kind, item.number.as_str())) {
            namesakes.known.push(item);
        }
    }
    let nobody = Namesakes::default();
    rows.iter()
        .map(|one| {
            let key = (one.row.kind, one.row.number.as_str());
            let namesakes = by_number.get(&key).unwrap_or(&nobody);
            let about = find(one, namesakes, &seen);
            let verdict = verdict(one, about)?;
            Ok(Judged { about, verdict })
        })
        .collect()
}

/// The item a row speaks of: the same due day, or the only open one of this number when the only
/// row with this number has another due day, which was changed then. Several rows or items of one
/// number are instalments; receipts are not due on any day.
fn find<'a>(
    one: &Asserted,
    namesakes: &Namesakes<'a>,
    seen: impl Fn(&KnownItem) -> bool,
) -> Option<&'a KnownItem> {
    let same = |item: &&KnownItem| item.due_on == one.row.due_on && item.twin == one.twin;
    if let Some(found) = namesakes.known.iter().copied().find(same) {
        return Some(found);
    }
    if namesakes.rows != 1 || one.row.kind == ItemKind::Receipt {
        return None;
    }
    let open = namesakes.known.iter().copied();
    let mut open = open.filter(|item| item.books.asserted.is_positive());
    let only = open.next().filter(|_| open.next().is_none())?;
    let same_currency = only.total.currency() == one.row.total.currency();
    (same_currency && !seen(only)).then_some(only)
}

fn verdict(one: &Asserted, about: Option<&KnownItem>) -> Result<Verdict, MoneyError> {
    let row = &one.row;
    let Some(item) = about else {
        let paid = row.open.is_zero();
        return Ok(if paid { Verdict::Same } else { Verdict::New });
    };
    if item.total.currency() != row.open.currency() {
        return Ok(Verdict::CurrencyDiffers);
    }
    let change = reconcile::assert_open(&item.books, row.open)?;
    let change = change.map(|change| (change.known(), change.adjustment));
    let (books, adjustment) = change.unwrap_or((item.books, Money::zero(row.open.currency())));
    let grown = row.total.minor() > item.total.minor();
    let next = KnownItem {
        due_on: row.due_on,
        total: if grown { row.total } else { item.total },
        books,
        ..item.clone()
    };
    Ok(if next == *item {
        Verdict::Same
    } else {
        Verdict::Changed(next, adjustment)
    })
}
