//! Whom to call, in which order.

use std::collections::BTreeMap;

use domain::call::{Weight, order, unit_days};
use domain::invoice::{Invoice, ItemKind};
use domain::message::Message;
use domain::party::{Contact, Supplier};
use domain::scenario::Channel;
use domain::{ContactId, Currency, Day, DebtorId, Moment, Money, MoneyError};

use crate::store::{self, Conn, StoreError};

/// Calls that are ranked.
pub const RANKED: i64 = 500;

/// Days for which a broken promise counts.
const BROKEN_DAYS: i64 = 90;

/// A call to make.
#[derive(Clone, Debug)]
pub struct ToCall {
    /// Its message.
    pub message: Message,
    /// The account's name.
    pub name: String,
    /// Whom to call there.
    pub contact: Contact,
    /// What is overdue of the account and may be asked for, one amount a currency: a call is about
    /// all of it, whichever invoices brought it about.
    pub overdue: Vec<Money>,
    /// Days the oldest of these is late.
    pub days: i64,
    /// What decides its place.
    pub weight: Weight,
}

/// The calls that are due now, the most pressing first; what is paid, reported or promised by now
/// is called off at the next look and left out.
pub fn read(conn: &mut Conn, owner: &Supplier, now: Moment) -> Result<Vec<ToCall>, StoreError> {
    let (supplier, today) = (owner.id, owner.zone.day(now));
    let due = store::by_hand::waiting(conn, (supplier, Channel::Call), now, RANKED)?;
    let mut asked = store::by_hand::asked(conn, supplier, &due)?;
    let debtors: Vec<DebtorId> = due.iter().map(|one| one.debtor).collect();
    let called = store::debtor::find_many(conn, supplier, &debtors)?;
    let contacts: Vec<ContactId> = due.iter().map(|one| one.contact).collect();
    let contacts = store::contact::find_many(conn, supplier, &contacts)?;
    let debtors: Vec<String> = debtors.iter().map(ToString::to_string).collect();
    let since = today.plus_days(-BROKEN_DAYS);
    let broke = store::planning::broke_promise(conn, supplier, &debtors, since)?;
    let mut open = BTreeMap::<DebtorId, Vec<Invoice>>::new();
    for item in store::invoice::open_of_debtors(conn, supplier, &debtors)? {
        open.entry(item.debtor).or_default().push(item);
    }
    let mut calls = Vec::new();
    for message in due {
        let asks = asked.remove(&message.id).unwrap_or_default();
        if !asks.iter().any(may_be_asked) {
            continue;
        }
        let items = open.get(&message.debtor).map_or(&[][..], Vec::as_slice);
        let (mut sums, mut weight, mut days) = (BTreeMap::<Currency, Money>::new(), 0_i128, 0);
        for item in items.iter().filter(|item| is_late(item, today)) {
            let open = item.remindable().map_err(failed)?;
            let currency = open.currency();
            let sum = sums.entry(currency).or_insert(Money::zero(currency));
            *sum = sum.checked_add(open).map_err(failed)?;
            weight = weight.saturating_add(unit_days(open, item.due_on, today));
            days = days.max(item.due_on.days_until(today));
        }
        let debtor = called.get(&message.debtor).ok_or(StoreError::NotFound)?;
        let contact = contacts.get(&message.contact).ok_or(StoreError::NotFound)?;
        calls.push(ToCall {
            name: debtor.name.clone(),
            contact: contact.clone(),
            overdue: sums.into_values().collect(),
            days,
            weight: Weight {
                broke_promise: broke.contains(&message.debtor),
                unit_days: weight,
                due_at: message.due_at,
            },
            message,
        });
    }
    calls.sort_by(|one, other| order(&one.weight, &other.weight));
    Ok(calls)
}

fn may_be_asked(item: &Invoice) -> bool {
    item.kind == ItemKind::Invoice && item.remindable().is_ok_and(Money::is_positive)
}

/// Whether an invoice is late and something of it may be asked for.
#[must_use]
pub fn is_late(item: &Invoice, today: Day) -> bool {
    item.is_late(today) && may_be_asked(item)
}

fn failed(why: MoneyError) -> StoreError {
    StoreError::Failed(why.to_string())
}
