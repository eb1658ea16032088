//! Delays and instalment plans: what was asked, what was agreed, what became of each instalment.

use diesel::prelude::*;
use domain::invoice::Share;
use domain::plan::{Bounds, Instalment, Part, Plan, PlanState};
use domain::{Currency, Day, DebtorId, MandateId, Moment, Money, PlanId, PromiseId, SupplierId};

use super::columns::{money, optional, small, text};
use super::conn::{Conn, each, insert_few};
use super::error::{StoreError, changed_one};
use super::schema::{instalment, plan, plan_share, supplier};
use super::slice::Slice;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = plan, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    currency: String,
    amount: i64,
    state: String,
    round: i32,
    reason: String,
    words: String,
    asked_at: i64,
    answer_by: chrono::NaiveDate,
    agreed_at: Option<i64>,
    mandate_id: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = plan_share, treat_none_as_default_value = false)]
struct ShareRow {
    supplier_id: String,
    plan_id: String,
    n: i32,
    invoice_id: String,
    amount: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = instalment, treat_none_as_default_value = false)]
struct PartRow {
    supplier_id: String,
    plan_id: String,
    round: i32,
    n: i32,
    due_on: chrono::NaiveDate,
    amount: i64,
    promise_id: Option<String>,
    missed_on: Option<chrono::NaiveDate>,
}

fn whole(conn: &mut Conn, row: Row) -> Result<Plan, StoreError> {
    let currency: Currency = text("plan.currency", &row.currency)?;
    let shares: Vec<ShareRow> = plan_share::table
        .filter(plan_share::supplier_id.eq(&row.supplier_id))
        .filter(plan_share::plan_id.eq(&row.id))
        .order(plan_share::n)
        .select(ShareRow::as_select())
        .load(&mut conn.db)?;
    let parts: Vec<PartRow> = instalment::table
        .filter(instalment::supplier_id.eq(&row.supplier_id))
        .filter(instalment::plan_id.eq(&row.id))
        .filter(instalment::round.eq(row.round))
        .order(instalment::n)
        .select(PartRow::as_select())
        .load(&mut conn.db)?;
    let shares = shares.iter().map(|share| {
        Ok(Share {
            invoice: text("plan_share.invoice_id", &share.invoice_id)?,
            amount: Money::new(share.amount, currency),
        })
    });
    let parts = parts.iter().map(|part| {
        Ok(Instalment {
            part: Part {
                due_on: Day::from_date(part.due_on),
                amount: Money::new(part.amount, currency),
            },
            promise: optional("instalment.promise_id", part.promise_id.as_deref())?,
            missed_on: part.missed_on.map(Day::from_date),
        })
    });
    Ok(Plan {
        id: text("plan.id", &row.id)?,
        supplier: text("plan.supplier_id", &row.supplier_id)?,
        debtor: text("plan.debtor_id", &row.debtor_id)?,
        amount: money(row.amount, &row.currency)?,
        state: text::<PlanState>("plan.state", &row.state)?,
        round: small("plan.round", row.round)?,
        asked_at: Moment::from_micros(row.asked_at),
        answer_by: Day::from_date(row.answer_by),
        agreed_at: row.agreed_at.map(Moment::from_micros),
        mandate: optional("plan.mandate_id", row.mandate_id.as_deref())?,
        shares: shares.collect::<Result<_, StoreError>>()?,
        parts: parts.collect::<Result<_, StoreError>>()?,
        reason: row.reason,
        words: row.words,
    })
}

/// Adds a plan, with what the debtor acknowledged when asking.
pub fn insert(conn: &mut Conn, new: &Plan, evidence: &str) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        currency: new.amount.currency().to_string(),
        amount: new.amount.minor(),
        state: new.state.to_string(),
        round: i32::from(new.round),
        reason: new.reason.clone(),
        words: new.words.clone(),
        asked_at: new.asked_at.micros(),
        answer_by: new.answer_by.date(),
        agreed_at: new.agreed_at.map(Moment::micros),
        mandate_id: new.mandate.map(|id| id.to_string()),
    };
    let shares: Vec<ShareRow> = new
        .shares
        .iter()
        .zip(0_i32..)
        .map(|(share, n)| ShareRow {
            supplier_id: row.supplier_id.clone(),
            plan_id: row.id.clone(),
            n,
            invoice_id: share.invoice.to_string(),
            amount: share.amount.minor(),
        })
        .collect();
    diesel::insert_into(plan::table)
        .values((&row, plan::evidence.eq(evidence)))
        .execute(&mut conn.db)?;
    insert_few!(conn, plan_share::table, &shares);
    let parts: Vec<Part> = new.parts.iter().map(|one| one.part).collect();
    insert_parts(conn, new, new.round, &parts)
}

fn insert_parts(conn: &mut Conn, of: &Plan, round: u16, parts: &[Part]) -> Result<(), StoreError> {
    let rows: Vec<PartRow> = parts
        .iter()
        .zip(0_i32..)
        .map(|(part, n)| PartRow {
            supplier_id: of.supplier.to_string(),
            plan_id: of.id.to_string(),
            round: i32::from(round),
            n,
            due_on: part.due_on.date(),
            amount: part.amount.minor(),
            promise_id: None,
            missed_on: None,
        })
        .collect();
    insert_few!(conn, instalment::table, &rows);
    Ok(())
}

/// The supplier's own proposal takes the place of the debtor's, which is kept.
pub fn counter(conn: &mut Conn, of: &Plan, parts: &[Part]) -> Result<(), StoreError> {
    let round = of.round.saturating_add(1);
    insert_parts(conn, of, round, parts)?;
    let rows = diesel::update(plan::table.find((of.supplier.to_string(), of.id.to_string())))
        .set(plan::round.eq(i32::from(round)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// One plan.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: PlanId) -> Result<Plan, StoreError> {
    let row: Row = plan::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?;
    whole(conn, row)
}

/// A debtor's plans, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Plan>, StoreError> {
    let slice = slice.into();
    let rows: Vec<Row> = plan::table
        .filter(plan::supplier_id.eq(supplier.to_string()))
        .filter(plan::debtor_id.eq(debtor.to_string()))
        .filter(plan::asked_at.lt(slice.before))
        .order(plan::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(|row| whole(conn, row)).collect()
}

/// A debtor's plans that run or await an answer, newest first.
pub fn open_of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<Plan>, StoreError> {
    let open = [PlanState::Proposed, PlanState::Countered, PlanState::Active];
    let [asked, offered, runs] = open.map(PlanState::as_str);
    // Every account page asks this, so the query is one that stays prepared.
    let rows: Vec<Row> = each!(conn, db => {
        plan::table
            .filter(plan::supplier_id.eq(supplier.to_string()))
            .filter(plan::debtor_id.eq(debtor.to_string()))
            .filter(plan::state.eq(asked).or(plan::state.eq(offered)).or(plan::state.eq(runs)))
            .order(plan::id.desc())
            .select(Row::as_select())
            .load(db)?
    });
    rows.into_iter().map(|row| whole(conn, row)).collect()
}

/// What a debtor acknowledged of a plan: one JSON object a line.
pub fn evidence(conn: &mut Conn, supplier: SupplierId, id: PlanId) -> Result<String, StoreError> {
    Ok(plan::table
        .find((supplier.to_string(), id.to_string()))
        .select(plan::evidence)
        .get_result(&mut conn.db)?)
}

/// Adds to what the debtor acknowledged.
pub fn add_evidence(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PlanId,
    more: &str,
) -> Result<(), StoreError> {
    let whole = format!("{}\n{more}", evidence(conn, supplier, id)?);
    let rows = diesel::update(plan::table.find((supplier.to_string(), id.to_string())))
        .set(plan::evidence.eq(whole))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Active plans of which an instalment waits whose day is `until` or earlier.
pub fn due(
    conn: &mut Conn,
    supplier: SupplierId,
    until: Day,
    limit: i64,
) -> Result<Vec<(PlanId, DebtorId)>, StoreError> {
    let late = instalment::table
        .filter(instalment::supplier_id.eq(plan::supplier_id))
        .filter(instalment::plan_id.eq(plan::id))
        .filter(instalment::round.eq(plan::round))
        .filter(instalment::due_on.le(until.date()));
    let rows: Vec<(String, String)> = plan::table
        .filter(plan::supplier_id.eq(supplier.to_string()))
        .filter(plan::state.eq(PlanState::Active.as_str()))
        .filter(diesel::dsl::exists(late))
        .order((plan::answer_by, plan::id))
        .limit(limit)
        .select((plan::id, plan::debtor_id))
        .load(&mut conn.db)?;
    rows.iter()
        .map(|(id, debtor)| Ok((text("plan.id", id)?, text("plan.debtor_id", debtor)?)))
        .collect()
}

/// Moves a plan from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PlanId,
    from: PlanState,
    to: PlanState,
) -> Result<(), StoreError> {
    let row = plan::table
        .find((supplier.to_string(), id.to_string()))
        .filter(plan::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(plan::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The debtor's plans that run or wait are not debited under this mandate any more.
pub fn forget_mandate(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    mandate: MandateId,
) -> Result<(), StoreError> {
    let open = [PlanState::Proposed, PlanState::Countered, PlanState::Active];
    let rows = plan::table
        .filter(plan::supplier_id.eq(supplier.to_string()))
        .filter(plan::debtor_id.eq(debtor.to_string()))
        .filter(plan::mandate_id.eq(mandate.to_string()))
        .filter(plan::state.eq_any(open.map(PlanState::as_str)));
    diesel::update(rows)
        .set(plan::mandate_id.eq(None::<String>))
        .execute(&mut conn.db)?;
    Ok(())
}

/// Keeps what the supplier said.
pub fn set_words(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PlanId,
    words: &str,
) -> Result<(), StoreError> {
    let rows = diesel::update(plan::table.find((supplier.to_string(), id.to_string())))
        .set(plan::words.eq(words))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The row of an instalment, counted from 0.
macro_rules! one {
    ($of:expr, $n:expr) => {
        instalment::table.find((
            $of.supplier.to_string(),
            $of.id.to_string(),
            i32::from($of.round),
            $n,
        ))
    };
}

/// Notes when a plan was agreed, and the promise that each of its instalments became.
pub fn set_agreed(
    conn: &mut Conn,
    of: &Plan,
    at: Moment,
    promises: &[PromiseId],
) -> Result<(), StoreError> {
    for (promise, n) in promises.iter().zip(0_i32..) {
        let rows = diesel::update(one!(of, n))
            .set(instalment::promise_id.eq(promise.to_string()))
            .execute(&mut conn.db)?;
        changed_one(rows)?;
    }
    let rows = diesel::update(plan::table.find((of.supplier.to_string(), of.id.to_string())))
        .set(plan::agreed_at.eq(at.micros()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes the day on which an instalment, counted from 0, was found missing.
pub fn set_missed(conn: &mut Conn, of: &Plan, n: i32, on: Day) -> Result<(), StoreError> {
    let rows = diesel::update(one!(of, n))
        .set(instalment::missed_on.eq(on.date()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// What a supplier accepts without being asked.
pub fn bounds(conn: &mut Conn, id: SupplierId) -> Result<Bounds, StoreError> {
    let (parts, days, percent, total): (i32, i32, i32, i64) = supplier::table
        .filter(supplier::id.eq(id.to_string()))
        .select((
            supplier::plan_parts_max,
            supplier::plan_days_max,
            supplier::plan_first_percent,
            supplier::plan_total_max,
        ))
        .get_result(&mut conn.db)?;
    Ok(Bounds {
        parts_max: small("supplier.plan_parts_max", parts)?,
        days_max: small("supplier.plan_days_max", days)?,
        first_percent_min: small("supplier.plan_first_percent", percent)?,
        total_max: Money::eur(total),
    })
}

/// Sets what a supplier accepts without being asked.
pub fn set_bounds(conn: &mut Conn, id: SupplierId, bounds: &Bounds) -> Result<(), StoreError> {
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set((
            supplier::plan_parts_max.eq(i32::from(bounds.parts_max)),
            supplier::plan_days_max.eq(i32::from(bounds.days_max)),
            supplier::plan_first_percent.eq(i32::from(bounds.first_percent_min)),
            supplier::plan_total_max.eq(bounds.total_max.minor()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
