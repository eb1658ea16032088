//! What mandates were before they changed, until the debtor's bank was told.

use diesel::prelude::*;
use domain::collection::CollectionState;
use domain::mandate::Former;
use domain::{CollectionId, MandateChangeId, MandateId, Moment, SupplierId};

use super::columns::optional;
use super::conn::Conn;
use super::error::StoreError;
use super::schema::{collection, mandate_change};

#[derive(Queryable, Selectable)]
#[diesel(table_name = mandate_change)]
struct Row {
    former_reference: Option<String>,
    former_creditor_id: Option<String>,
    former_creditor_name: Option<String>,
    former_account: Option<String>,
}

impl TryFrom<Row> for Former {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let reference = row.former_reference.as_deref();
        let creditor_id = row.former_creditor_id.as_deref();
        Ok(Self {
            reference: optional("mandate_change.former_reference", reference)?,
            creditor_id: optional("mandate_change.former_creditor_id", creditor_id)?,
            creditor_name: row.former_creditor_name,
            account: row.former_account,
        })
    }
}

/// Keeps what a mandate was.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    (id, mandate): (MandateChangeId, MandateId),
    former: &Former,
    at: Moment,
) -> Result<(), StoreError> {
    diesel::insert_into(mandate_change::table)
        .values((
            mandate_change::supplier_id.eq(supplier.to_string()),
            mandate_change::id.eq(id.to_string()),
            mandate_change::mandate_id.eq(mandate.to_string()),
            mandate_change::former_reference.eq(former.reference.as_ref().map(ToString::to_string)),
            mandate_change::former_creditor_id
                .eq(former.creditor_id.as_ref().map(ToString::to_string)),
            mandate_change::former_creditor_name.eq(&former.creditor_name),
            mandate_change::former_account.eq(&former.account),
            mandate_change::made_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// Debits that told nobody anything: they did not reach the debtor's bank, or came back from it.
const UNTOLD: [CollectionState; 4] = [
    CollectionState::Planned,
    CollectionState::Notified,
    CollectionState::Rejected,
    CollectionState::Cancelled,
];

/// The changes that the debtor's bank was not told of, oldest first.
pub fn untold(
    conn: &mut Conn,
    supplier: SupplierId,
    mandate: MandateId,
) -> Result<Vec<Former>, StoreError> {
    let lost = collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::mandate_id.eq(mandate.to_string()))
        .filter(collection::state.eq_any(UNTOLD.map(|state| state.as_str())))
        .select(collection::id.nullable());
    let rows: Vec<Row> = mandate_change::table
        .filter(mandate_change::supplier_id.eq(supplier.to_string()))
        .filter(mandate_change::mandate_id.eq(mandate.to_string()))
        .filter(
            mandate_change::carried_by
                .is_null()
                .or(mandate_change::carried_by.eq_any(lost)),
        )
        .order(mandate_change::id)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Notes the debit that tells the debtor's bank.
pub fn carry(
    conn: &mut Conn,
    supplier: SupplierId,
    mandate: MandateId,
    debit: CollectionId,
) -> Result<usize, StoreError> {
    let lost = collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::mandate_id.eq(mandate.to_string()))
        .filter(collection::state.eq_any(UNTOLD.map(|state| state.as_str())))
        .select(collection::id.nullable());
    let rows = mandate_change::table
        .filter(mandate_change::supplier_id.eq(supplier.to_string()))
        .filter(mandate_change::mandate_id.eq(mandate.to_string()))
        .filter(
            mandate_change::carried_by
                .is_null()
                .or(mandate_change::carried_by.eq_any(lost)),
        );
    Ok(diesel::update(rows)
        .set(mandate_change::carried_by.eq(debit.to_string()))
        .execute(&mut conn.db)?)
}
