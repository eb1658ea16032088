//! What members of the staff are to be told by mail. Told twice is better than never: a notice is
//! offered to the mail server until it took it.

use diesel::prelude::*;
use domain::account_change::ChangeState;
use domain::{AccountChangeId, MessageId, Moment, SupplierId};

use super::columns::text;
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::staff_notice;

/// Times that a notice is offered before it is given up.
const ATTEMPTS_MAX: i32 = 12;

/// A notice to one mailbox.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Id: its digits are the Message-ID's.
    pub id: MessageId,
    /// At which supplier.
    pub supplier: SupplierId,
    /// About which change of account.
    pub change: AccountChangeId,
    /// The state it tells of.
    pub state: ChangeState,
    /// To whom.
    pub email: String,
    /// When it was written.
    pub made_at: Moment,
}

/// Adds a notice, once for each mailbox and state.
pub fn insert(conn: &mut Conn, new: &Notice) -> Result<(), StoreError> {
    let values = (
        staff_notice::supplier_id.eq(new.supplier.to_string()),
        staff_notice::id.eq(new.id.to_string()),
        staff_notice::change_id.eq(new.change.to_string()),
        staff_notice::state.eq(new.state.as_str()),
        staff_notice::email.eq(&new.email),
        staff_notice::made_at.eq(new.made_at.micros()),
    );
    each!(conn, db => {
        diesel::insert_into(staff_notice::table)
            .values(values)
            .on_conflict_do_nothing()
            .execute(db)?
    });
    Ok(())
}

type Columns = (String, String, String, String, String, i64);

/// Notices of a supplier that were not taken yet, oldest first.
pub fn unsent(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    let rows: Vec<Columns> = staff_notice::table
        .filter(staff_notice::supplier_id.eq(supplier.to_string()))
        .filter(staff_notice::sent_at.is_null())
        .filter(staff_notice::attempts.lt(ATTEMPTS_MAX))
        .order((staff_notice::made_at, staff_notice::id))
        .limit(limit)
        .select((
            staff_notice::supplier_id,
            staff_notice::id,
            staff_notice::change_id,
            staff_notice::state,
            staff_notice::email,
            staff_notice::made_at,
        ))
        .load(&mut conn.db)?;
    rows.into_iter().map(read).collect()
}

fn read((supplier, id, change, state, email, made_at): Columns) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: text("staff_notice.id", &id)?,
        supplier: text("staff_notice.supplier_id", &supplier)?,
        change: text("staff_notice.change_id", &change)?,
        state: text("staff_notice.state", &state)?,
        email,
        made_at: Moment::from_micros(made_at),
    })
}

/// Notes that a notice was offered, and when it was taken if it was.
pub fn offered(
    conn: &mut Conn,
    notice: &Notice,
    taken_at: Option<Moment>,
) -> Result<(), StoreError> {
    let row = staff_notice::table
        .filter(staff_notice::supplier_id.eq(notice.supplier.to_string()))
        .filter(staff_notice::id.eq(notice.id.to_string()));
    let rows = diesel::update(row)
        .set((
            staff_notice::attempts.eq(staff_notice::attempts + 1),
            staff_notice::sent_at.eq(taken_at.map(Moment::micros)),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
