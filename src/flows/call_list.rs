//! Whom to call, in which order.

use std::collections::BTreeMap;

use domain::call::{Weight, order, unit_days};
use domain::message::Message;
use domain::party::{Contact, Supplier};
use domain::scenario::Channel;
use domain::{ContactId, Currency, DebtorId, Moment, Money, MoneyError};

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
    /// What is overdue of what it asks for, one amount a currency.
    pub overdue: Vec<Money>,
    /// Days the oldest of its invoices is late.
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
    let mut calls = Vec::new();
    for message in due {
        let items = asked.remove(&message.id).unwrap_or_default();
        let (mut sums, mut weight, mut days) = (BTreeMap::<Currency, Money>::new(), 0_i128, 0);
        for item in items {
            let open = item.remindable().map_err(failed)?;
            if !open.is_positive() {
                continue;
            }
            let currency = open.currency();
            let sum = sums.entry(currency).or_insert(Money::zero(currency));
            *sum = sum.checked_add(open).map_err(failed)?;
            weight = weight.saturating_add(unit_days(open, item.due_on, today));
            days = days.max(item.due_on.days_until(today));
        }
        if sums.is_empty() {
            continue;
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

fn failed(why: MoneyError) -> StoreError {
    StoreError::Failed(why.to_string())
}
