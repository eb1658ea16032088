//! What the planning reads and writes of many accounts at once.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::mandate::MandateState;
use domain::message::{MessageKind, MessageState};
use domain::plan::PlanState;
use domain::promise::PromiseState;
use domain::scenario::Profile;
use domain::{Day, DebtorId, Moment, SupplierId};

use super::columns::text;
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::prepared::Value;
use super::schema::{debtor, mandate, message, plan, promise};

/// Those of these debtors whose planning day has come by `today`, with their profiles: whoever
/// planned one meanwhile has moved its day.
pub fn still_due(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[DebtorId],
    today: Option<Day>,
) -> Result<Vec<(DebtorId, Profile)>, StoreError> {
    let ids: Vec<String> = debtors.iter().map(ToString::to_string).collect();
    let rows: Vec<(String, String, Option<chrono::NaiveDate>)> = debtor::table
        .filter(debtor::supplier_id.eq(supplier.to_string()))
        .filter(debtor::id.eq_any(ids))
        .order(debtor::id)
        .select((debtor::id, debtor::profile, debtor::plan_on))
        .load(&mut conn.db)?;
    let due = |on: &Option<chrono::NaiveDate>| {
        today.is_none_or(|today| on.is_some_and(|on| on <= today.date()))
    };
    rows.iter()
        .filter(|(_, _, on)| due(on))
        .map(|(id, profile, _)| Ok((text("debtor.id", id)?, text("debtor.profile", profile)?)))
        .collect()
}

/// A page of a supplier's debtors by id, after a given one.
pub fn page(
    conn: &mut Conn,
    supplier: SupplierId,
    after: Option<DebtorId>,
    limit: i64,
) -> Result<Vec<DebtorId>, StoreError> {
    let after = after.map_or_else(String::new, |id| id.to_string());
    let ids: Vec<String> = debtor::table
        .filter(debtor::supplier_id.eq(supplier.to_string()))
        .filter(debtor::id.gt(after))
        .order(debtor::id)
        .limit(limit)
        .select(debtor::id)
        .load(&mut conn.db)?;
    ids.iter().map(|id| text("debtor.id", id)).collect()
}

/// When each of these debtors was last written to of our own accord, or is about to be, as far as
/// that was after `since`: what went nowhere counts not.
pub fn last_written(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
    since: Moment,
) -> Result<BTreeMap<DebtorId, Moment>, StoreError> {
    let own = MessageKind::ALL.iter().filter(|kind| kind.keeps_hours());
    let own: Vec<&str> = own.map(|kind| kind.as_str()).collect();
    let nowhere = [
        MessageState::Cancelled,
        MessageState::Failed,
        MessageState::Abandoned,
    ];
    let rows: Vec<(String, String, i64, Option<i64>)> = message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::debtor_id.eq_any(debtors))
        .filter(message::kind.eq_any(own))
        .filter(message::state.ne_all(nowhere.map(MessageState::as_str)))
        .filter(message::due_at.gt(since.micros()))
        .order((message::debtor_id, message::id))
        .select((
            message::debtor_id,
            message::state,
            message::due_at,
            message::done_at,
        ))
        .load(&mut conn.db)?;
    let mut last = BTreeMap::new();
    for (id, state, due_at, done_at) in rows {
        let sent = done_at.filter(|_| state == MessageState::Sent.as_str());
        let at = Moment::from_micros(sent.unwrap_or(due_at));
        let kept = last.entry(text("message.debtor_id", &id)?).or_insert(at);
        *kept = at.max(*kept);
    }
    Ok(last)
}

/// Keys that messages have already, of these.
pub fn taken_keys(
    conn: &mut Conn,
    supplier: SupplierId,
    keys: &[String],
) -> Result<BTreeSet<String>, StoreError> {
    let found: Vec<String> = message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::dedup.eq_any(keys))
        .order((message::dedup, message::id))
        .select(message::dedup)
        .load(&mut conn.db)?;
    Ok(found.into_iter().collect())
}

fn owners(rows: Vec<String>) -> Result<BTreeSet<DebtorId>, StoreError> {
    rows.iter().map(|id| text("debtor_id", id)).collect()
}

/// Those of these debtors that have a mandate under which they can be collected.
pub fn with_mandate(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
) -> Result<BTreeSet<DebtorId>, StoreError> {
    let rows: Vec<String> = mandate::table
        .filter(mandate::supplier_id.eq(supplier.to_string()))
        .filter(mandate::debtor_id.eq_any(debtors))
        .filter(mandate::state.eq(MandateState::Active.as_str()))
        .order((mandate::debtor_id, mandate::id))
        .select(mandate::debtor_id)
        .load(&mut conn.db)?;
    owners(rows)
}

/// Those of these debtors that pay by a plan.
pub fn on_plan(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
) -> Result<BTreeSet<DebtorId>, StoreError> {
    let rows: Vec<String> = plan::table
        .filter(plan::supplier_id.eq(supplier.to_string()))
        .filter(plan::debtor_id.eq_any(debtors))
        .filter(plan::state.eq(PlanState::Active.as_str()))
        .order((plan::debtor_id, plan::id))
        .select(plan::debtor_id)
        .load(&mut conn.db)?;
    owners(rows)
}

/// Those of these debtors that broke a promise of a day after `since`.
pub fn broke_promise(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
    since: Day,
) -> Result<BTreeSet<DebtorId>, StoreError> {
    let rows: Vec<String> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::debtor_id.eq_any(debtors))
        .filter(promise::state.eq(PromiseState::Broken.as_str()))
        .filter(promise::due_on.gt(since.date()))
        .order((promise::debtor_id, promise::id))
        .select(promise::debtor_id)
        .load(&mut conn.db)?;
    owners(rows)
}

/// Counts a message for a mailbox's day; `false` when it has had the most already.
pub fn count_for_mailbox(
    conn: &mut Conn,
    supplier: SupplierId,
    (mailbox, on): (&str, Day),
    most: u16,
) -> Result<bool, StoreError> {
    let sql = &[
        "INSERT INTO mailbox_day (supplier_id, on_day, mailbox, messages) VALUES (",
        ", ",
        ", ",
        ", 1) ON CONFLICT (supplier_id, on_day, mailbox)
          DO UPDATE SET messages = mailbox_day.messages + 1 WHERE mailbox_day.messages < ",
    ];
    let values = [
        Value::text(supplier),
        Value::day(Some(on)),
        Value::text(mailbox.to_lowercase()),
        Value::Number(most.into()),
    ];
    Ok(conn.run_kept(sql, &values)? == 1)
}

/// Forgets what mailboxes got before this day.
pub fn forget_mailboxes(
    conn: &mut Conn,
    supplier: SupplierId,
    before: Day,
) -> Result<(), StoreError> {
    let sql = &[
        "DELETE FROM mailbox_day WHERE supplier_id = ",
        " AND on_day < ",
    ];
    conn.run_kept(sql, &[Value::text(supplier), Value::day(Some(before))])?;
    Ok(())
}

/// Sets the next planning day of these debtors.
pub fn set_plan_on(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[DebtorId],
    day: Option<Day>,
) -> Result<(), StoreError> {
    let ids: Vec<String> = debtors.iter().map(ToString::to_string).collect();
    diesel::update(
        debtor::table
            .filter(debtor::supplier_id.eq(supplier.to_string()))
            .filter(debtor::id.eq_any(ids)),
    )
    .set(debtor::plan_on.eq(day.map(Day::date)))
    .execute(&mut conn.db)?;
    Ok(())
}

/// A debtor's profile.
pub fn profile(conn: &mut Conn, supplier: SupplierId, id: DebtorId) -> Result<Profile, StoreError> {
    let found: String = debtor::table
        .find((supplier.to_string(), id.to_string()))
        .select(debtor::profile)
        .get_result(&mut conn.db)?;
    text("debtor.profile", &found)
}

/// Sets it.
pub fn set_profile(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DebtorId,
    to: Profile,
) -> Result<(), StoreError> {
    let rows = diesel::update(debtor::table.find((supplier.to_string(), id.to_string())))
        .set(debtor::profile.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
