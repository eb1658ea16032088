//! What was said about disputes after they were declared. Rows are never changed.

use diesel::prelude::*;
use domain::dispute::{Author, DisputeEvent, Remark};
use domain::{DisputeId, Moment, RemarkId, SupplierId};

use super::columns::text;
use super::conn::Conn;
use super::error::StoreError;
use super::schema::dispute_remark;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = dispute_remark)]
struct Row {
    supplier_id: String,
    id: String,
    dispute_id: String,
    author: String,
    event: String,
    text: String,
    at: i64,
}

impl TryFrom<Row> for Remark {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("dispute_remark.id", &row.id)?,
            dispute: text("dispute_remark.dispute_id", &row.dispute_id)?,
            author: text::<Author>("dispute_remark.author", &row.author)?,
            event: text::<DisputeEvent>("dispute_remark.event", &row.event)?,
            text: row.text,
            at: Moment::from_micros(row.at),
        })
    }
}

/// Adds a remark.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Remark) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        id: new.id.to_string(),
        dispute_id: new.dispute.to_string(),
        author: new.author.to_string(),
        event: new.event.to_string(),
        text: new.text.clone(),
        at: new.at.micros(),
    };
    diesel::insert_into(dispute_remark::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// One remark.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: RemarkId) -> Result<Remark, StoreError> {
    dispute_remark::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// A dispute's conversation, in the order in which it was said.
pub fn of_dispute(
    conn: &mut Conn,
    supplier: SupplierId,
    dispute: DisputeId,
    limit: i64,
) -> Result<Vec<Remark>, StoreError> {
    dispute_remark::table
        .filter(dispute_remark::supplier_id.eq(supplier.to_string()))
        .filter(dispute_remark::dispute_id.eq(dispute.to_string()))
        .order(dispute_remark::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}
