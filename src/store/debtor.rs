//! Debtors, and the guard on which everything that changes what one owes is serialised.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::party::{Debtor, Language};
use domain::rf::RfReference;
use domain::{Day, DebtorId, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, Db, insert_all};
use super::error::{StoreError, changed_one};
use super::prepared::Value;
use super::schema::debtor;

#[derive(Queryable, Selectable)]
#[diesel(table_name = debtor)]
pub(super) struct Row {
    supplier_id: String,
    id: String,
    code: String,
    name: String,
    language: Option<String>,
}

impl TryFrom<Row> for Debtor {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("debtor.id", &row.id)?,
            supplier: text("debtor.supplier_id", &row.supplier_id)?,
            code: row.code,
            name: row.name,
            language: optional::<Language>("debtor.language", row.language.as_deref())?,
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = debtor, treat_none_as_default_value = false)]
struct NewRow {
    supplier_id: String,
    id: String,
    code: String,
    name: String,
    search: String,
    language: Option<String>,
    reference: String,
    epoch: i64,
    plan_on: Option<chrono::NaiveDate>,
}

/// The form in which names are searched and ordered.
fn search_form(code: &str, name: &str) -> String {
    format!("{} {}", name.to_lowercase(), code.to_lowercase())
}

/// A text in which LIKE finds no sign of its own.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

/// Adds debtors, to be looked at by the planning of `plan_on`.
pub fn insert_many(
    conn: &mut Conn,
    new: &[(Debtor, RfReference)],
    plan_on: Day,
) -> Result<(), StoreError> {
    let rows: Vec<NewRow> = new
        .iter()
        .map(|(debtor, reference)| NewRow {
            supplier_id: debtor.supplier.to_string(),
            id: debtor.id.to_string(),
            code: debtor.code.clone(),
            name: debtor.name.clone(),
            search: search_form(&debtor.code, &debtor.name),
            language: debtor.language.map(|language| language.to_string()),
            reference: reference.as_str().to_owned(),
            epoch: 0,
            plan_on: Some(plan_on.date()),
        })
        .collect();
    insert_all!(conn, debtor::table, rows);
    Ok(())
}

/// One debtor.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: DebtorId) -> Result<Debtor, StoreError> {
    debtor::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// These debtors by their ids; the missing ones are left out.
pub fn find_many(
    conn: &mut Conn,
    supplier: SupplierId,
    ids: &[DebtorId],
) -> Result<BTreeMap<DebtorId, Debtor>, StoreError> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(500) {
        let texts: Vec<String> = some.iter().map(ToString::to_string).collect();
        let rows: Vec<Row> = debtor::table
            .filter(debtor::supplier_id.eq(supplier.to_string()))
            .filter(debtor::id.eq_any(texts))
            .order(debtor::id)
            .select(Row::as_select())
            .load(&mut conn.db)?;
        for row in rows {
            let one: Debtor = row.try_into()?;
            found.insert(one.id, one);
        }
    }
    Ok(found)
}

/// The debtors that have these codes.
pub fn find_by_codes(
    conn: &mut Conn,
    supplier: SupplierId,
    codes: &[String],
) -> Result<Vec<Debtor>, StoreError> {
    let mut found = Vec::new();
    for some in codes.chunks(500) {
        let rows: Vec<Row> = debtor::table
            .filter(debtor::supplier_id.eq(supplier.to_string()))
            .filter(debtor::code.eq_any(some))
            .select(Row::as_select())
            .load(&mut conn.db)?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// A page of debtors by name whose name or code holds `search` (lower case), after a given one.
pub fn page(
    conn: &mut Conn,
    supplier: SupplierId,
    search: &str,
    after: Option<DebtorId>,
    limit: i64,
) -> Result<Vec<Debtor>, StoreError> {
    let mut query = debtor::table
        .filter(debtor::supplier_id.eq(supplier.to_string()))
        .order((debtor::search, debtor::id))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if !search.is_empty() {
        let pattern = format!("%{}%", literal(&search.to_lowercase()));
        query = query.filter(debtor::search.like(pattern).escape('\\'));
    }
    if let Some(after) = after {
        let from: String = debtor::table
            .find((supplier.to_string(), after.to_string()))
            .select(debtor::search)
            .get_result(&mut conn.db)?;
        // The first condition says where in the index to begin, the second what to leave out there.
        query = query.filter(debtor::search.ge(from.clone()));
        query = query.filter(
            debtor::search.gt(from.clone()).or(debtor::search
                .eq(from)
                .and(debtor::id.gt(after.to_string()))),
        );
    }
    query
        .load::<Row>(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// The reference a debtor puts on transfers for its whole account.
pub fn reference(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DebtorId,
) -> Result<RfReference, StoreError> {
    let found: String = debtor::table
        .find((supplier.to_string(), id.to_string()))
        .select(debtor::reference)
        .get_result(&mut conn.db)?;
    text("debtor.reference", &found)
}

/// The debtor whose account reference this is.
pub fn by_reference(
    conn: &mut Conn,
    supplier: SupplierId,
    reference: &RfReference,
) -> Result<Option<DebtorId>, StoreError> {
    let found: Option<String> = debtor::table
        .filter(debtor::supplier_id.eq(supplier.to_string()))
        .filter(debtor::reference.eq(reference.as_str()))
        .select(debtor::id)
        .get_result(&mut conn.db)
        .optional()?;
    optional("debtor.id", found.as_deref())
}

/// Takes the guard: whoever changes what the debtor owes calls this first. Raises the epoch, so a
/// reminder composed before is seen to be stale; holds until the transaction ends.
pub fn lock(conn: &mut Conn, supplier: SupplierId, id: DebtorId) -> Result<(), StoreError> {
    let sql = &[
        "UPDATE debtor SET epoch = epoch + 1 WHERE supplier_id = ",
        " AND id = ",
    ];
    let rows = conn.run_kept(sql, &[Value::text(supplier), Value::text(id)])?;
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}

/// Takes the guard if it is still at this epoch, and has the account looked at by the planning of
/// `plan_on`; `false` when somebody took it since.
pub fn lock_at(
    conn: &mut Conn,
    (supplier, id): (SupplierId, DebtorId),
    epoch: i64,
    plan_on: Day,
) -> Result<bool, StoreError> {
    let sql = &[
        "UPDATE debtor SET epoch = epoch + 1, plan_on = ",
        " WHERE supplier_id = ",
        " AND id = ",
        " AND epoch = ",
    ];
    let values = [
        Value::day(Some(plan_on)),
        Value::text(supplier),
        Value::text(id),
        Value::Number(epoch),
    ];
    Ok(conn.run_kept(sql, &values)? == 1)
}

/// Holds the guards of several debtors without raising them, in one order for all who do: what is
/// read of them then stays so until the transaction ends. On SQLite the one writer is the lock.
pub fn hold_many(
    conn: &mut Conn,
    supplier: SupplierId,
    ids: &[DebtorId],
) -> Result<(), StoreError> {
    if let Db::Pg(db) = &mut conn.db {
        let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
        debtor::table
            .filter(debtor::supplier_id.eq(supplier.to_string()))
            .filter(debtor::id.eq_any(texts))
            .order(debtor::id)
            .select(debtor::id)
            .for_update()
            .load::<String>(db)?;
    }
    Ok(())
}

/// Raises the guards of debtors whose items changed, and has them looked at by the planning of
/// `day`.
pub fn touch_many(
    conn: &mut Conn,
    supplier: SupplierId,
    ids: &[DebtorId],
    day: Day,
) -> Result<(), StoreError> {
    for some in ids.chunks(500) {
        let texts: Vec<String> = some.iter().map(ToString::to_string).collect();
        diesel::update(
            debtor::table
                .filter(debtor::supplier_id.eq(supplier.to_string()))
                .filter(debtor::id.eq_any(texts)),
        )
        .set((
            debtor::epoch.eq(debtor::epoch + 1_i64),
            debtor::plan_on.eq(Some(day.date())),
        ))
        .execute(&mut conn.db)?;
    }
    Ok(())
}

/// Holds the guard without raising it and tells the epoch: the sender calls this in the
/// transaction that marks a message as leaving. On SQLite the one writer is the lock.
pub fn hold(conn: &mut Conn, supplier: SupplierId, id: DebtorId) -> Result<i64, StoreError> {
    let row = debtor::table
        .find((supplier.to_string(), id.to_string()))
        .select(debtor::epoch);
    Ok(match &mut conn.db {
        Db::Pg(db) => row.for_share().get_result(db)?,
        Db::Sqlite(db) => row.get_result(db)?,
    })
}

/// The epoch, without holding anything.
pub fn epoch(conn: &mut Conn, supplier: SupplierId, id: DebtorId) -> Result<i64, StoreError> {
    Ok(debtor::table
        .find((supplier.to_string(), id.to_string()))
        .select(debtor::epoch)
        .get_result(&mut conn.db)?)
}

/// Debtors whose planning day has come, the longest due first; whoever plans one moves its day.
pub fn due_for_plan(
    conn: &mut Conn,
    supplier: SupplierId,
    today: Day,
    limit: i64,
) -> Result<Vec<DebtorId>, StoreError> {
    let ids: Vec<String> = debtor::table
        .filter(debtor::supplier_id.eq(supplier.to_string()))
        .filter(debtor::plan_on.le(today.date()))
        .order((debtor::plan_on, debtor::id))
        .limit(limit)
        .select(debtor::id)
        .load(&mut conn.db)?;
    ids.iter().map(|id| text("debtor.id", id)).collect()
}

/// Sets the next planning day; none when nothing can fall due by itself.
pub fn set_plan_on(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DebtorId,
    day: Option<Day>,
) -> Result<(), StoreError> {
    let sql = &[
        "UPDATE debtor SET plan_on = ",
        " WHERE supplier_id = ",
        " AND id = ",
    ];
    let values = [Value::day(day), Value::text(supplier), Value::text(id)];
    let rows = conn.run_kept(sql, &values)?;
    changed_one(rows)
}
