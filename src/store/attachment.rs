//! Files that people attached. Their bytes are read alone, when somebody asks for them.

use diesel::prelude::*;
use domain::attachment::{Attachment, FileKind};
use domain::{AttachmentId, DebtorId, DisputeId, Moment, RemarkId, SupplierId};

use super::columns::{optional, text};
use super::conn::Conn;
use super::error::{StoreError, corrupt};
use super::schema::attachment;

/// All but the bytes.
#[derive(Queryable, Selectable)]
#[diesel(table_name = attachment)]
struct Row {
    id: String,
    debtor_id: String,
    dispute_id: Option<String>,
    remark_id: Option<String>,
    file_name: String,
    media_type: String,
    size: i64,
    at: i64,
}

impl TryFrom<Row> for Attachment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("attachment.id", &row.id)?,
            debtor: text("attachment.debtor_id", &row.debtor_id)?,
            dispute: optional("attachment.dispute_id", row.dispute_id.as_deref())?,
            remark: optional("attachment.remark_id", row.remark_id.as_deref())?,
            name: row.file_name,
            kind: text::<FileKind>("attachment.media_type", &row.media_type)?,
            size: usize::try_from(row.size).map_err(corrupt("attachment.size"))?,
            at: Moment::from_micros(row.at),
        })
    }
}

/// A file about to be kept until its form is confirmed.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    /// Id.
    pub id: AttachmentId,
    /// On whose account.
    pub debtor: DebtorId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its bytes.
    pub body: Vec<u8>,
    /// Their digest, in hex.
    pub sha256: String,
    /// Who gave it, in the trail's words.
    pub by: String,
}

/// Keeps a file under its form's key.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    key: &str,
    new: &NewAttachment,
    at: Moment,
) -> Result<(), StoreError> {
    let size = i64::try_from(new.body.len()).map_err(corrupt("attachment.size"))?;
    diesel::insert_into(attachment::table)
        .values((
            attachment::supplier_id.eq(supplier.to_string()),
            attachment::id.eq(new.id.to_string()),
            attachment::debtor_id.eq(new.debtor.to_string()),
            attachment::form_key.eq(key),
            attachment::file_name.eq(&new.name),
            attachment::media_type.eq(new.kind.as_str()),
            attachment::size.eq(size),
            attachment::sha256.eq(&new.sha256),
            attachment::at.eq(at.micros()),
            attachment::by.eq(&new.by),
            attachment::body.eq(&new.body),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// A debtor's files that wait for their form, oldest first, with the forms' keys.
pub fn pending(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<(String, Attachment)>, StoreError> {
    let rows: Vec<(String, Row)> = attachment::table
        .filter(attachment::supplier_id.eq(supplier.to_string()))
        .filter(attachment::debtor_id.eq(debtor.to_string()))
        .filter(attachment::dispute_id.is_null())
        .order(attachment::id)
        .select((attachment::form_key, Row::as_select()))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(key, row)| Ok((key, row.try_into()?)))
        .collect()
}

/// Removes a file that waits for its form; nothing when it is gone or belongs to a dispute.
pub fn remove_pending(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    id: AttachmentId,
) -> Result<(), StoreError> {
    let waiting = attachment::table
        .find((supplier.to_string(), id.to_string()))
        .filter(attachment::debtor_id.eq(debtor.to_string()))
        .filter(attachment::dispute_id.is_null());
    diesel::delete(waiting).execute(&mut conn.db)?;
    Ok(())
}

/// Gives the files that wait under a key to a dispute, and to a remark of it; gives their count.
pub fn confirm(
    conn: &mut Conn,
    supplier: SupplierId,
    (debtor, key): (DebtorId, &str),
    (dispute, remark): (DisputeId, Option<RemarkId>),
) -> Result<usize, StoreError> {
    let waiting = attachment::table
        .filter(attachment::supplier_id.eq(supplier.to_string()))
        .filter(attachment::debtor_id.eq(debtor.to_string()))
        .filter(attachment::dispute_id.is_null())
        .filter(attachment::form_key.eq(key));
    Ok(diesel::update(waiting)
        .set((
            attachment::dispute_id.eq(Some(dispute.to_string())),
            attachment::remark_id.eq(remark.map(|id| id.to_string())),
        ))
        .execute(&mut conn.db)?)
}

/// The files of a dispute, in the order in which they came.
pub fn of_dispute(
    conn: &mut Conn,
    supplier: SupplierId,
    dispute: DisputeId,
    limit: i64,
) -> Result<Vec<Attachment>, StoreError> {
    attachment::table
        .filter(attachment::supplier_id.eq(supplier.to_string()))
        .filter(attachment::dispute_id.eq(dispute.to_string()))
        .order(attachment::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Whether files came with a remark.
pub fn any_of(
    conn: &mut Conn,
    supplier: SupplierId,
    dispute: DisputeId,
    remark: RemarkId,
) -> Result<bool, StoreError> {
    let count: i64 = attachment::table
        .filter(attachment::supplier_id.eq(supplier.to_string()))
        .filter(attachment::dispute_id.eq(dispute.to_string()))
        .filter(attachment::remark_id.eq(remark.to_string()))
        .count()
        .get_result(&mut conn.db)?;
    Ok(count > 0)
}

/// A file of a dispute with its bytes; one that waits for its form is not found.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    id: AttachmentId,
) -> Result<(Attachment, Vec<u8>), StoreError> {
    let (row, body): (Row, Vec<u8>) = attachment::table
        .find((supplier.to_string(), id.to_string()))
        .filter(attachment::dispute_id.is_not_null())
        .select((Row::as_select(), attachment::body))
        .get_result(&mut conn.db)?;
    Ok((row.try_into()?, body))
}

/// Whether a file of the supplier waits since before this instant.
pub fn any_forgotten(
    conn: &mut Conn,
    supplier: SupplierId,
    before: Moment,
) -> Result<bool, StoreError> {
    let count: i64 = attachment::table
        .filter(attachment::supplier_id.eq(supplier.to_string()))
        .filter(attachment::dispute_id.is_null())
        .filter(attachment::at.lt(before.micros()))
        .count()
        .get_result(&mut conn.db)?;
    Ok(count > 0)
}

/// Removes the supplier's files that wait since before this instant; gives their count.
pub fn forget(conn: &mut Conn, supplier: SupplierId, before: Moment) -> Result<usize, StoreError> {
    let forgotten = attachment::table
        .filter(attachment::supplier_id.eq(supplier.to_string()))
        .filter(attachment::dispute_id.is_null())
        .filter(attachment::at.lt(before.micros()));
    Ok(diesel::delete(forgotten).execute(&mut conn.db)?)
}
