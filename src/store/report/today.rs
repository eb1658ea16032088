//! What needs somebody: short lists across the suppliers a reader may see.

use diesel::prelude::*;
use domain::dispute::{DisputeState, Reason};
use domain::payment::{Method, PaymentState};
use domain::plan::PlanState;
use domain::promise::PromiseState;
use domain::{Day, DebtorId, DisputeId, Moment, Money, SupplierId};

use super::texts;
use crate::store::columns::{money, optional, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{
    bank_entry, collection, debtor, dispute, invoice, payment, plan, promise,
};

/// A debtor that a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Whose customer.
    pub supplier: SupplierId,
    /// Id.
    pub debtor: DebtorId,
    /// Company name.
    pub name: String,
}

pub(super) type PartyColumns = (String, String, String);

pub(super) fn party((supplier, id, name): PartyColumns) -> Result<Party, StoreError> {
    Ok(Party {
        supplier: text("debtor.supplier_id", &supplier)?,
        debtor: text("debtor.id", &id)?,
        name,
    })
}

macro_rules! party_columns {
    () => {
        (debtor::supplier_id, debtor::id, debtor::name)
    };
}

/// Joins the debtor of a row.
macro_rules! with_debtor {
    ($table:ident) => {
        $table::table.inner_join(
            debtor::table.on(debtor::supplier_id
                .eq($table::supplier_id)
                .and(debtor::id.eq($table::debtor_id))),
        )
    };
}

/// A dispute that awaits an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeDue {
    /// Whose.
    pub party: Party,
    /// Which.
    pub dispute: DisputeId,
    /// The invoice's number.
    pub number: String,
    /// Why.
    pub reason: Reason,
    /// How much.
    pub amount: Money,
    /// When it was declared.
    pub declared_at: Moment,
    /// The day by which it should be answered.
    pub answer_by: Day,
    /// Who deals with it, if somebody was named.
    pub owner: Option<String>,
}

/// Open disputes, the nearest answer day first.
pub fn disputes(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<DisputeDue>, StoreError> {
    type Columns = (
        PartyColumns,
        (String, String),
        (String, String, i64, i64, chrono::NaiveDate, Option<String>),
    );
    let rows: Vec<Columns> = with_debtor!(dispute)
        .inner_join(
            invoice::table.on(invoice::supplier_id
                .eq(dispute::supplier_id)
                .and(invoice::id.eq(dispute::invoice_id))),
        )
        .filter(dispute::supplier_id.eq_any(texts(suppliers)))
        .filter(dispute::state.eq(DisputeState::Open.as_str()))
        .order((dispute::answer_by, dispute::id))
        .limit(limit)
        .select((
            party_columns!(),
            (dispute::id, invoice::number),
            (
                dispute::reason,
                dispute::currency,
                dispute::amount,
                dispute::declared_at,
                dispute::answer_by,
                dispute::owner,
            ),
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(
            |(of, (id, number), (reason, currency, minor, at, by, owner))| {
                Ok(DisputeDue {
                    party: party(of)?,
                    dispute: text("dispute.id", &id)?,
                    number,
                    reason: text("dispute.reason", &reason)?,
                    amount: money(minor, &currency)?,
                    declared_at: Moment::from_micros(at),
                    answer_by: Day::from_date(by),
                    owner,
                })
            },
        )
        .collect()
}

/// A promise to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseDue {
    /// Whose.
    pub party: Party,
    /// How much.
    pub amount: Money,
    /// For which day.
    pub due_on: Day,
    /// How it stands.
    pub state: PromiseState,
    /// How the money is to come, when the debtor said so.
    pub method: Option<Method>,
}

/// Promises that wait, and those not or partly kept whose day is `since` or later; the oldest day
/// first. One that waits for a direct debit is left out: the debit is among the payments.
pub fn promises(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    since: Day,
    limit: i64,
) -> Result<Vec<PromiseDue>, StoreError> {
    let missed = [PromiseState::Broken, PromiseState::PartlyKept].map(PromiseState::as_str);
    type Facts = (String, i64, chrono::NaiveDate, String, Option<String>);
    let rows: Vec<(PartyColumns, Facts)> = with_debtor!(promise)
        .filter(promise::supplier_id.eq_any(texts(suppliers)))
        .filter(
            promise::state
                .eq(PromiseState::Made.as_str())
                .and(
                    promise::method
                        .is_null()
                        .or(promise::method.ne(Method::Debit.as_str())),
                )
                .or(promise::state
                    .eq_any(missed)
                    .and(promise::due_on.ge(since.date()))),
        )
        .order((promise::due_on, promise::id))
        .limit(limit)
        .select((
            party_columns!(),
            (
                promise::currency,
                promise::amount,
                promise::due_on,
                promise::state,
                promise::method,
            ),
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(of, (currency, minor, due_on, state, method))| {
            Ok(PromiseDue {
                party: party(of)?,
                amount: money(minor, &currency)?,
                due_on: Day::from_date(due_on),
                state: text("promise.state", &state)?,
                method: optional("promise.method", method.as_deref())?,
            })
        })
        .collect()
}

/// A request for time that awaits the supplier's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanDue {
    /// Whose.
    pub party: Party,
    /// How much.
    pub amount: Money,
    /// The day by which it should be answered.
    pub answer_by: Day,
}

/// Requests for time, the nearest answer day first.
pub fn plans(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<PlanDue>, StoreError> {
    let rows: Vec<(PartyColumns, String, i64, chrono::NaiveDate)> = with_debtor!(plan)
        .filter(plan::supplier_id.eq_any(texts(suppliers)))
        .filter(plan::state.eq(PlanState::Proposed.as_str()))
        .order((plan::answer_by, plan::id))
        .limit(limit)
        .select((
            party_columns!(),
            plan::currency,
            plan::amount,
            plan::answer_by,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(of, currency, minor, by)| {
            Ok(PlanDue {
                party: party(of)?,
                amount: money(minor, &currency)?,
                answer_by: Day::from_date(by),
            })
        })
        .collect()
}

/// A payment under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentUnderWay {
    /// Whose.
    pub party: Party,
    /// How.
    pub method: Method,
    /// How much.
    pub amount: Money,
    /// How it stands.
    pub state: PaymentState,
    /// When it was recorded.
    pub created_at: Moment,
    /// The day a debit is collected.
    pub collect_on: Option<Day>,
}

/// Payments whose outcome is awaited, newest first. A transfer that was promised is left out: it
/// stands with the promises.
pub fn payments(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<PaymentUnderWay>, StoreError> {
    type Columns = (
        PartyColumns,
        (String, String, i64, String, i64),
        Option<chrono::NaiveDate>,
    );
    let awaited = PaymentState::ALL.iter().filter(|state| state.reserves());
    let awaited: Vec<&str> = awaited.map(|state| state.as_str()).collect();
    let promised = promise::table
        .filter(promise::supplier_id.eq(payment::supplier_id))
        .filter(promise::debtor_id.eq(payment::debtor_id))
        .filter(promise::payment_id.eq(payment::id.nullable()))
        .filter(promise::method.eq(Method::Transfer.as_str()));
    let rows: Vec<Columns> = with_debtor!(payment)
        .left_join(
            collection::table.on(collection::supplier_id
                .eq(payment::supplier_id)
                .and(collection::payment_id.eq(payment::id))),
        )
        .filter(payment::supplier_id.eq_any(texts(suppliers)))
        .filter(payment::state.eq_any(awaited))
        .filter(diesel::dsl::not(diesel::dsl::exists(promised)))
        .order(payment::id.desc())
        .limit(limit)
        .select((
            party_columns!(),
            (
                payment::method,
                payment::currency,
                payment::amount,
                payment::state,
                payment::created_at,
            ),
            collection::collect_on.nullable(),
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(of, (method, currency, minor, state, at), collect_on)| {
            Ok(PaymentUnderWay {
                party: party(of)?,
                method: text("payment.method", &method)?,
                amount: money(minor, &currency)?,
                state: text("payment.state", &state)?,
                created_at: Moment::from_micros(at),
                collect_on: collect_on.map(Day::from_date),
            })
        })
        .collect()
}

/// Money on a bank account that belongs to nobody known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmatchedMoney {
    /// To whom it came.
    pub supplier: SupplierId,
    /// The bank's booking day.
    pub booked_on: Day,
    /// How much.
    pub amount: Money,
    /// What the payer wrote.
    pub text: String,
    /// Who paid, as the bank says.
    pub counterparty: Option<String>,
}

/// Money received that was matched to nobody, oldest first.
pub fn unmatched(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<UnmatchedMoney>, StoreError> {
    type Columns = (
        String,
        chrono::NaiveDate,
        String,
        i64,
        String,
        Option<String>,
    );
    let rows: Vec<Columns> = bank_entry::table
        .filter(bank_entry::supplier_id.eq_any(texts(suppliers)))
        .filter(bank_entry::matching.eq("none"))
        .filter(bank_entry::amount.gt(0))
        .order((bank_entry::booked_on, bank_entry::key))
        .limit(limit)
        .select((
            bank_entry::supplier_id,
            bank_entry::booked_on,
            bank_entry::currency,
            bank_entry::amount,
            bank_entry::text,
            bank_entry::counterparty,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(supplier, booked_on, currency, minor, words, payer)| {
            Ok(UnmatchedMoney {
                supplier: text("bank_entry.supplier_id", &supplier)?,
                booked_on: Day::from_date(booked_on),
                amount: money(minor, &currency)?,
                text: words,
                counterparty: payer,
            })
        })
        .collect()
}
