//! Disputes.

use diesel::prelude::*;
use domain::dispute::{CreditNote, Dispute, DisputeState, Reason};
use domain::{Day, DebtorId, DisputeId, Moment, Money, SupplierId};

use super::columns::{money, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::dispute;
use super::slice::Slice;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = dispute, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    invoice_id: String,
    reason: String,
    currency: String,
    amount: i64,
    text: String,
    state: String,
    declared_at: i64,
    answer_by: chrono::NaiveDate,
    owner: Option<String>,
    answered_at: Option<i64>,
    credit_note: Option<String>,
    credited: Option<i64>,
}

impl TryFrom<Row> for Dispute {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let amount = money(row.amount, &row.currency)?;
        let credited = row
            .credited
            .map(|minor| Money::new(minor, amount.currency()));
        let credit = row.credit_note.zip(credited);
        Ok(Self {
            id: text("dispute.id", &row.id)?,
            supplier: text("dispute.supplier_id", &row.supplier_id)?,
            debtor: text("dispute.debtor_id", &row.debtor_id)?,
            invoice: text("dispute.invoice_id", &row.invoice_id)?,
            reason: text::<Reason>("dispute.reason", &row.reason)?,
            amount,
            text: row.text,
            state: text::<DisputeState>("dispute.state", &row.state)?,
            declared_at: Moment::from_micros(row.declared_at),
            answer_by: Day::from_date(row.answer_by),
            owner: row.owner,
            answered_at: row.answered_at.map(Moment::from_micros),
            credit: credit.map(|(number, amount)| CreditNote { number, amount }),
        })
    }
}

/// Adds a dispute.
pub fn insert(conn: &mut Conn, new: &Dispute) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        invoice_id: new.invoice.to_string(),
        reason: new.reason.to_string(),
        currency: new.amount.currency().to_string(),
        amount: new.amount.minor(),
        text: new.text.clone(),
        state: new.state.to_string(),
        declared_at: new.declared_at.micros(),
        answer_by: new.answer_by.date(),
        owner: new.owner.clone(),
        answered_at: new.answered_at.map(Moment::micros),
        credit_note: new.credit.as_ref().map(|one| one.number.clone()),
        credited: new.credit.as_ref().map(|one| one.amount.minor()),
    };
    diesel::insert_into(dispute::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// One dispute.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: DisputeId) -> Result<Dispute, StoreError> {
    dispute::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// A debtor's disputes, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Dispute>, StoreError> {
    let slice = slice.into();
    dispute::table
        .filter(dispute::supplier_id.eq(supplier.to_string()))
        .filter(dispute::debtor_id.eq(debtor.to_string()))
        .filter(dispute::declared_at.lt(slice.before))
        .order(dispute::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Disputes in a state, by the day an answer is owed.
pub fn in_state(
    conn: &mut Conn,
    supplier: SupplierId,
    state: DisputeState,
    limit: i64,
) -> Result<Vec<Dispute>, StoreError> {
    dispute::table
        .filter(dispute::supplier_id.eq(supplier.to_string()))
        .filter(dispute::state.eq(state.as_str()))
        .order((dispute::answer_by, dispute::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// A debtor's disputes that keep amounts out of reminders, oldest first.
pub fn suspending(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<Dispute>, StoreError> {
    let states = DisputeState::ALL.iter().filter(|state| state.suspends());
    let states: Vec<&str> = states.map(|state| state.as_str()).collect();
    dispute::table
        .filter(dispute::supplier_id.eq(supplier.to_string()))
        .filter(dispute::debtor_id.eq(debtor.to_string()))
        .filter(dispute::state.eq_any(states))
        .order(dispute::id)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Moves a dispute on from a state, with the amount, days and outcome that `to` gives it; unless
/// somebody did meanwhile.
pub fn advance(conn: &mut Conn, from: DisputeState, to: &Dispute) -> Result<(), StoreError> {
    let row = dispute::table
        .find((to.supplier.to_string(), to.id.to_string()))
        .filter(dispute::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set((
            dispute::state.eq(to.state.as_str()),
            dispute::amount.eq(to.amount.minor()),
            dispute::answer_by.eq(to.answer_by.date()),
            dispute::answered_at.eq(to.answered_at.map(Moment::micros)),
            dispute::credit_note.eq(to.credit.as_ref().map(|one| one.number.clone())),
            dispute::credited.eq(to.credit.as_ref().map(|one| one.amount.minor())),
            dispute::unsure_since.eq(None::<i64>),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Says who deals with a dispute, or nobody in particular.
pub fn set_owner(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DisputeId,
    owner: Option<&str>,
) -> Result<(), StoreError> {
    let row = dispute::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(dispute::owner.eq(owner))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// How much of these credit notes was counted when disputes were answered, by debtor and number.
pub fn credited(
    conn: &mut Conn,
    supplier: SupplierId,
    numbers: &[&str],
) -> Result<Vec<(DebtorId, String, Money)>, StoreError> {
    let rows: Vec<(String, Option<String>, Option<i64>, String)> = dispute::table
        .filter(dispute::supplier_id.eq(supplier.to_string()))
        .filter(dispute::credit_note.is_not_null())
        .filter(
            dispute::credit_note
                .eq_any(numbers.iter().map(ToString::to_string).collect::<Vec<_>>()),
        )
        .order(dispute::id)
        .select((
            dispute::debtor_id,
            dispute::credit_note,
            dispute::credited,
            dispute::currency,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(debtor, number, credited, currency)| {
            Ok((
                text("dispute.debtor_id", &debtor)?,
                number.unwrap_or_default(),
                money(credited.unwrap_or_default(), &currency)?,
            ))
        })
        .collect()
}
