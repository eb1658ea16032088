//! Where letters go, and what they begin and end with.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::postal::{PostalAddress, Sender};
use domain::{DebtorId, Moment, SupplierId};

use super::columns::text;
use super::conn::{Conn, each, insert_all};
use super::error::StoreError;
use super::schema::{letterhead, postal};

/// Debtors that one statement asks about.
const SOME: usize = 500;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = postal, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    debtor_id: String,
    street: String,
    postcode: String,
    town: String,
    country: String,
    by_staff: bool,
    known_at: i64,
}

impl Row {
    fn new(supplier: SupplierId, debtor: DebtorId, known: &Known) -> Self {
        Self {
            supplier_id: supplier.to_string(),
            debtor_id: debtor.to_string(),
            street: known.address.street.join("\n"),
            postcode: known.address.postcode.clone(),
            town: known.address.town.clone(),
            country: known.address.country.clone(),
            by_staff: known.by_staff,
            known_at: known.at.micros(),
        }
    }

    fn known(self) -> Known {
        Known {
            address: PostalAddress::of(&[&self.street], &self.postcode, &self.town, &self.country),
            by_staff: self.by_staff,
            at: Moment::from_micros(self.known_at),
        }
    }
}

/// An address, and who told it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// The address.
    pub address: PostalAddress,
    /// Whether staff wrote it; else the supplier's books did.
    pub by_staff: bool,
    /// Since when.
    pub at: Moment,
}

/// Where letters to a debtor go, when that is known.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Option<Known>, StoreError> {
    let row: Option<Row> = each!(conn, db => {
        postal::table
            .find((supplier.to_string(), debtor.to_string()))
            .select(Row::as_select())
            .get_result(db)
            .optional()?
    });
    Ok(row.map(Row::known))
}

/// Where letters to these debtors go.
pub fn of_debtors(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[DebtorId],
) -> Result<BTreeMap<DebtorId, Known>, StoreError> {
    let mut found = BTreeMap::new();
    for some in debtors.chunks(SOME) {
        let ids: Vec<String> = some.iter().map(ToString::to_string).collect();
        let rows: Vec<Row> = postal::table
            .filter(postal::supplier_id.eq(supplier.to_string()))
            .filter(postal::debtor_id.eq_any(ids))
            .order(postal::debtor_id)
            .select(Row::as_select())
            .load(&mut conn.db)?;
        for row in rows {
            found.insert(text("postal.debtor_id", &row.debtor_id)?, row.known());
        }
    }
    Ok(found)
}

/// Those of these debtors to whom a letter can be sent.
pub fn with_address(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
) -> Result<BTreeSet<DebtorId>, StoreError> {
    let mut found = BTreeSet::new();
    for some in debtors.chunks(SOME) {
        let ids: Vec<String> = postal::table
            .filter(postal::supplier_id.eq(supplier.to_string()))
            .filter(postal::debtor_id.eq_any(some))
            .order(postal::debtor_id)
            .select(postal::debtor_id)
            .load(&mut conn.db)?;
        for id in ids {
            found.insert(text("postal.debtor_id", &id)?);
        }
    }
    Ok(found)
}

/// Puts an address in the place of the one before.
pub fn set(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    known: &Known,
) -> Result<(), StoreError> {
    forget(conn, supplier, debtor)?;
    insert_many(conn, supplier, &[(debtor, known.clone())])
}

/// Forgets an address.
pub fn forget(conn: &mut Conn, supplier: SupplierId, debtor: DebtorId) -> Result<(), StoreError> {
    let row = postal::table.find((supplier.to_string(), debtor.to_string()));
    diesel::delete(row).execute(&mut conn.db)?;
    Ok(())
}

/// Adds addresses of debtors that have none.
pub fn insert_many(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[(DebtorId, Known)],
) -> Result<(), StoreError> {
    let row = |(debtor, known): &(DebtorId, Known)| Row::new(supplier, *debtor, known);
    let rows: Vec<Row> = new.iter().map(row).collect();
    insert_all!(conn, postal::table, rows);
    Ok(())
}

type HeadColumns = (String, String, String, String, String, String, String);

/// What a supplier's letters begin and end with; an empty one when that was never said.
pub fn sender(conn: &mut Conn, supplier: SupplierId) -> Result<Sender, StoreError> {
    let found: Option<HeadColumns> = letterhead::table
        .find(supplier.to_string())
        .select((
            letterhead::street,
            letterhead::postcode,
            letterhead::town,
            letterhead::country,
            letterhead::signatory,
            letterhead::capacity,
            letterhead::legal,
        ))
        .get_result(&mut conn.db)
        .optional()?;
    Ok(found.map(read).unwrap_or_default())
}

fn read(columns: HeadColumns) -> Sender {
    let (street, postcode, town, country, signatory, capacity, legal) = columns;
    Sender {
        address: PostalAddress::of(&[&street], &postcode, &town, &country),
        signatory,
        capacity,
        legal,
    }
}

/// Says what a supplier's letters begin and end with.
pub fn set_sender(conn: &mut Conn, supplier: SupplierId, new: &Sender) -> Result<(), StoreError> {
    diesel::delete(letterhead::table.find(supplier.to_string())).execute(&mut conn.db)?;
    let values = (
        letterhead::supplier_id.eq(supplier.to_string()),
        letterhead::street.eq(new.address.street.join("\n")),
        letterhead::postcode.eq(&new.address.postcode),
        letterhead::town.eq(&new.address.town),
        letterhead::country.eq(&new.address.country),
        letterhead::signatory.eq(&new.signatory),
        letterhead::capacity.eq(&new.capacity),
        letterhead::legal.eq(&new.legal),
    );
    each!(conn, db => {
        diesel::insert_into(letterhead::table).values(values).execute(db)?;
    });
    Ok(())
}
