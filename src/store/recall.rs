//! Debits asked back from the bank: the requests, their bytes, what the bank said of each debit.

use diesel::prelude::*;
use domain::recall::{RecallKind, RecallOutcome, RecallReason, RecallState};
use domain::{BatchId, CollectionId, Currency, Moment, Money, RecallId, SupplierId};

use super::columns::{optional, small, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::{batch, recall, recall_debit};

/// A request, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// Id.
    pub id: RecallId,
    /// The file its debits were in.
    pub batch: BatchId,
    /// What is asked for.
    pub kind: RecallKind,
    /// Why.
    pub reason: RecallReason,
    /// Its own id at the bank, unique for ever.
    pub message_id: String,
    /// When it was made.
    pub created_at: Moment,
    /// Number of debits.
    pub debits: usize,
    /// Their sum.
    pub total: Money,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Where it stands.
    pub state: RecallState,
    /// Who made it, as the trail names them.
    pub maker: String,
    /// Who approved it.
    pub approver: Option<String>,
    /// When it was first taken out.
    pub exported_at: Option<Moment>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = recall)]
struct Row {
    id: String,
    batch_id: String,
    kind: String,
    reason: String,
    message_id: String,
    created_at: i64,
    debits: i32,
    total: i64,
    sha256: String,
    state: String,
    maker: String,
    approver: Option<String>,
    exported_at: Option<i64>,
}

impl TryFrom<Row> for Recall {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("recall.id", &row.id)?,
            batch: text("recall.batch_id", &row.batch_id)?,
            kind: text("recall.kind", &row.kind)?,
            reason: text("recall.reason", &row.reason)?,
            message_id: row.message_id,
            created_at: Moment::from_micros(row.created_at),
            debits: small("recall.debits", row.debits)?,
            total: Money::new(row.total, Currency::EUR),
            sha256: row.sha256,
            state: text("recall.state", &row.state)?,
            maker: row.maker,
            approver: row.approver,
            exported_at: row.exported_at.map(Moment::from_micros),
        })
    }
}

/// Keeps a request, its bytes and its debits.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Recall,
    file: &[u8],
    debits: &[CollectionId],
) -> Result<(), StoreError> {
    let count = i32::try_from(new.debits)
        .map_err(|_| StoreError::Failed("too many debits for one request".into()))?;
    diesel::insert_into(recall::table)
        .values((
            recall::supplier_id.eq(supplier.to_string()),
            recall::id.eq(new.id.to_string()),
            recall::batch_id.eq(new.batch.to_string()),
            recall::kind.eq(new.kind.as_str()),
            recall::reason.eq(new.reason.as_str()),
            recall::message_id.eq(&new.message_id),
            recall::created_at.eq(new.created_at.micros()),
            recall::debits.eq(count),
            recall::total.eq(new.total.minor()),
            recall::sha256.eq(&new.sha256),
            recall::file.eq(file),
            recall::state.eq(new.state.as_str()),
            recall::maker.eq(&new.maker),
        ))
        .execute(&mut conn.db)?;
    for debit in debits {
        diesel::insert_into(recall_debit::table)
            .values((
                recall_debit::supplier_id.eq(supplier.to_string()),
                recall_debit::recall_id.eq(new.id.to_string()),
                recall_debit::collection_id.eq(debit.to_string()),
            ))
            .execute(&mut conn.db)?;
    }
    Ok(())
}

/// One request.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: RecallId) -> Result<Recall, StoreError> {
    recall::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// Its bytes.
pub fn file(conn: &mut Conn, supplier: SupplierId, id: RecallId) -> Result<Vec<u8>, StoreError> {
    Ok(recall::table
        .find((supplier.to_string(), id.to_string()))
        .select(recall::file)
        .get_result(&mut conn.db)?)
}

/// The requests about a file, newest first.
pub fn of_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BatchId,
) -> Result<Vec<Recall>, StoreError> {
    recall::table
        .filter(recall::supplier_id.eq(supplier.to_string()))
        .filter(recall::batch_id.eq(id.to_string()))
        .order(recall::id.desc())
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// The requests that an answer may be about: that of this id, or those about the file of this one.
pub fn answered_by(
    conn: &mut Conn,
    supplier: SupplierId,
    case: Option<&str>,
    original: Option<&str>,
) -> Result<Vec<Recall>, StoreError> {
    let supplier = supplier.to_string();
    let own: Vec<Row> = recall::table
        .filter(recall::supplier_id.eq(&supplier))
        .filter(recall::message_id.eq(case.unwrap_or_default()))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    let rows: Vec<Row> = if own.is_empty() {
        recall::table
            .inner_join(
                batch::table.on(batch::supplier_id
                    .eq(recall::supplier_id)
                    .and(batch::id.eq(recall::batch_id))),
            )
            .filter(recall::supplier_id.eq(&supplier))
            .filter(batch::message_id.eq(original.unwrap_or_default()))
            .filter(recall::kind.eq(RecallKind::Cancellation.as_str()))
            .order(recall::id)
            .select(Row::as_select())
            .load(&mut conn.db)?
    } else {
        own
    };
    rows.into_iter().map(TryInto::try_into).collect()
}

/// One debit that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub debit: CollectionId,
    /// What became of the request for it.
    pub outcome: Option<RecallOutcome>,
    /// The bank's code, when the debit ended otherwise.
    pub reason: Option<String>,
}

/// The debits of a request, and what the bank said of each.
pub fn debits(
    conn: &mut Conn,
    supplier: SupplierId,
    id: RecallId,
) -> Result<Vec<Asked>, StoreError> {
    type Facts = (String, Option<String>, Option<String>);
    let rows: Vec<Facts> = recall_debit::table
        .filter(recall_debit::supplier_id.eq(supplier.to_string()))
        .filter(recall_debit::recall_id.eq(id.to_string()))
        .order(recall_debit::collection_id)
        .select((
            recall_debit::collection_id,
            recall_debit::outcome,
            recall_debit::reason,
        ))
        .load(&mut conn.db)?;
    let read = |(id, outcome, reason): Facts| {
        Ok(Asked {
            debit: text("recall_debit.collection_id", &id)?,
            outcome: optional("recall_debit.outcome", outcome.as_deref())?,
            reason,
        })
    };
    rows.into_iter().map(read).collect()
}

/// The request that asks for a debit and that the bank has not answered, if there is one.
pub fn waiting_for(
    conn: &mut Conn,
    supplier: SupplierId,
    debit: CollectionId,
) -> Result<Option<Recall>, StoreError> {
    let over = [RecallState::Answered, RecallState::Cancelled];
    recall::table
        .inner_join(
            recall_debit::table.on(recall_debit::supplier_id
                .eq(recall::supplier_id)
                .and(recall_debit::recall_id.eq(recall::id))),
        )
        .filter(recall_debit::supplier_id.eq(supplier.to_string()))
        .filter(recall_debit::collection_id.eq(debit.to_string()))
        .filter(recall_debit::outcome.is_null())
        .filter(recall::state.ne_all(over.map(|state| state.as_str())))
        .order(recall::id)
        .select(Row::as_select())
        .limit(1)
        .get_result(&mut conn.db)
        .optional()?
        .map(TryInto::try_into)
        .transpose()
}

/// The debits of a file that a request asks for and that the bank has not answered.
pub fn asked_of_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BatchId,
) -> Result<Vec<CollectionId>, StoreError> {
    let over = [RecallState::Answered, RecallState::Cancelled];
    let rows: Vec<String> = recall::table
        .inner_join(
            recall_debit::table.on(recall_debit::supplier_id
                .eq(recall::supplier_id)
                .and(recall_debit::recall_id.eq(recall::id))),
        )
        .filter(recall::supplier_id.eq(supplier.to_string()))
        .filter(recall::batch_id.eq(id.to_string()))
        .filter(recall_debit::outcome.is_null())
        .filter(recall::state.ne_all(over.map(|state| state.as_str())))
        .order(recall_debit::collection_id)
        .select(recall_debit::collection_id)
        .load(&mut conn.db)?;
    let read = |id: &String| text("recall_debit.collection_id", id);
    rows.iter().map(read).collect()
}

/// Moves a request from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: RecallId,
    from: RecallState,
    to: RecallState,
) -> Result<(), StoreError> {
    let row = recall::table
        .find((supplier.to_string(), id.to_string()))
        .filter(recall::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(recall::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes who approved a request.
pub fn set_approver(
    conn: &mut Conn,
    supplier: SupplierId,
    id: RecallId,
    approver: &str,
) -> Result<(), StoreError> {
    let rows = diesel::update(recall::table.find((supplier.to_string(), id.to_string())))
        .set(recall::approver.eq(approver))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes when a request was first taken out.
pub fn set_exported_at(
    conn: &mut Conn,
    supplier: SupplierId,
    id: RecallId,
    at: Moment,
) -> Result<(), StoreError> {
    let rows = diesel::update(recall::table.find((supplier.to_string(), id.to_string())))
        .set(recall::exported_at.eq(at.micros()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes that a debit ended before the bank said anything, by the bank's code if it gave one.
pub fn set_overtaken(
    conn: &mut Conn,
    supplier: SupplierId,
    key: (RecallId, CollectionId),
    (outcome, reason): (RecallOutcome, &str),
) -> Result<(), StoreError> {
    set_outcome(conn, supplier, key, outcome)?;
    let key = (supplier.to_string(), key.0.to_string(), key.1.to_string());
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    let rows = diesel::update(recall_debit::table.find(key))
        .set(recall_debit::reason.eq(reason))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes what the bank said of a debit.
pub fn set_outcome(
    conn: &mut Conn,
    supplier: SupplierId,
    (id, debit): (RecallId, CollectionId),
    outcome: RecallOutcome,
) -> Result<(), StoreError> {
    let key = (supplier.to_string(), id.to_string(), debit.to_string());
    let rows = diesel::update(recall_debit::table.find(key))
        .set(recall_debit::outcome.eq(outcome.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
