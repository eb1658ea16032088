//! Pauses and exclusions, and insolvency proceedings of debtors.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::insolvency::{Insolvency, InsolvencyKind};
use domain::pause::{Pause, PauseKind, PauseReason};
use domain::{Day, DebtorId, Moment, PauseId, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::{insolvency, pause};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = pause, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: Option<String>,
    invoice_id: Option<String>,
    kind: String,
    reason: String,
    note: String,
    until_on: chrono::NaiveDate,
    made_at: i64,
    made_by: String,
    ended_at: Option<i64>,
}

impl TryFrom<Row> for Pause {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("pause.id", &row.id)?,
            debtor: optional("pause.debtor_id", row.debtor_id.as_deref())?,
            invoice: optional("pause.invoice_id", row.invoice_id.as_deref())?,
            kind: text::<PauseKind>("pause.kind", &row.kind)?,
            reason: text::<PauseReason>("pause.reason", &row.reason)?,
            note: row.note,
            until: Day::from_date(row.until_on),
            made_at: Moment::from_micros(row.made_at),
            by: row.made_by,
            ended_at: row.ended_at.map(Moment::from_micros),
        })
    }
}

/// Adds one.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Pause) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.map(|id| id.to_string()),
        invoice_id: new.invoice.map(|id| id.to_string()),
        kind: new.kind.to_string(),
        reason: new.reason.to_string(),
        note: new.note.clone(),
        until_on: new.until.date(),
        made_at: new.made_at.micros(),
        made_by: new.by.clone(),
        ended_at: None,
    };
    each!(conn, db => diesel::insert_into(pause::table).values(&row).execute(db)?);
    Ok(())
}

/// One of them.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: PauseId) -> Result<Pause, StoreError> {
    pause::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// Ends one before its day; one that is over is a [`StoreError::Conflict`].
pub fn end(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PauseId,
    at: Moment,
) -> Result<(), StoreError> {
    let row = pause::table
        .find((supplier.to_string(), id.to_string()))
        .filter(pause::ended_at.is_null());
    let rows = diesel::update(row)
        .set(pause::ended_at.eq(Some(at.micros())))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Those of the whole supplier that hold on this day, oldest first.
pub fn of_supplier(
    conn: &mut Conn,
    supplier: SupplierId,
    today: Day,
) -> Result<Vec<Pause>, StoreError> {
    pause::table
        .filter(pause::supplier_id.eq(supplier.to_string()))
        .filter(pause::debtor_id.is_null())
        .filter(pause::ended_at.is_null())
        .filter(pause::until_on.ge(today.date()))
        .order(pause::id)
        .select(Row::as_select())
        .load::<Row>(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Those of these debtors that hold on this day, each debtor's oldest first.
pub fn of_debtors(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
    today: Day,
) -> Result<Vec<Pause>, StoreError> {
    pause::table
        .filter(pause::supplier_id.eq(supplier.to_string()))
        .filter(pause::debtor_id.eq_any(debtors))
        .filter(pause::ended_at.is_null())
        .filter(pause::until_on.ge(today.date()))
        .order((pause::debtor_id, pause::id))
        .select(Row::as_select())
        .load::<Row>(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

type InsolvencyColumns = (String, String, chrono::NaiveDate, Option<chrono::NaiveDate>);

/// The proceedings of these debtors.
pub fn insolvencies(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
) -> Result<BTreeMap<DebtorId, Insolvency>, StoreError> {
    let rows: Vec<InsolvencyColumns> = insolvency::table
        .filter(insolvency::supplier_id.eq(supplier.to_string()))
        .filter(insolvency::debtor_id.eq_any(debtors))
        .order(insolvency::debtor_id)
        .select((
            insolvency::debtor_id,
            insolvency::kind,
            insolvency::judged_on,
            insolvency::published_on,
        ))
        .load(&mut conn.db)?;
    rows.into_iter().map(proceedings).collect()
}

fn proceedings(row: InsolvencyColumns) -> Result<(DebtorId, Insolvency), StoreError> {
    let (debtor, kind, judged_on, published_on) = row;
    let found = Insolvency {
        kind: text::<InsolvencyKind>("insolvency.kind", &kind)?,
        judged_on: Day::from_date(judged_on),
        published_on: published_on.map(Day::from_date),
    };
    Ok((text("insolvency.debtor_id", &debtor)?, found))
}

/// Those of one debtor, if any: every payment asks, so the query is one that stays prepared.
pub fn insolvency_of(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Option<Insolvency>, StoreError> {
    let found: Option<InsolvencyColumns> = each!(conn, db => {
        insolvency::table
            .find((supplier.to_string(), debtor.to_string()))
            .select((
                insolvency::debtor_id,
                insolvency::kind,
                insolvency::judged_on,
                insolvency::published_on,
            ))
            .get_result(db)
            .optional()?
    });
    found.map(|row| Ok(proceedings(row)?.1)).transpose()
}

/// Notes proceedings in the place of what was noted before; none takes them back.
pub fn set_insolvency(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    new: Option<&Insolvency>,
    (at, by): (Moment, &str),
) -> Result<(), StoreError> {
    let row = insolvency::table.find((supplier.to_string(), debtor.to_string()));
    diesel::delete(row).execute(&mut conn.db)?;
    if let Some(new) = new {
        let values = (
            insolvency::supplier_id.eq(supplier.to_string()),
            insolvency::debtor_id.eq(debtor.to_string()),
            insolvency::kind.eq(new.kind.as_str()),
            insolvency::judged_on.eq(new.judged_on.date()),
            insolvency::published_on.eq(new.published_on.map(Day::date)),
            insolvency::noted_at.eq(at.micros()),
            insolvency::noted_by.eq(by),
        );
        each!(conn, db => {
            diesel::insert_into(insolvency::table).values(values).execute(db)?;
        });
    }
    Ok(())
}
