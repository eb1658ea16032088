//! Staff users and their role at each supplier.

use std::str::FromStr;

use diesel::prelude::*;
use domain::{SupplierId, UnknownText, UserId};

use super::columns::text;
use super::conn::Conn;
use super::error::StoreError;
use super::schema::{staff_role, staff_user};

/// What a staff user may do at a supplier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StaffRole {
    /// Everything, settings included.
    Admin,
    /// Money: payments, imports, disputes.
    Accountant,
    /// Calls and notes.
    Agent,
    /// Looks only.
    Viewer,
}

impl StaffRole {
    /// The stable text form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Accountant => "accountant",
            Self::Agent => "agent",
            Self::Viewer => "viewer",
        }
    }

    /// Whether it may change anything.
    #[must_use]
    pub const fn may_write(self) -> bool {
        matches!(self, Self::Admin | Self::Accountant)
    }

    /// Whether a user of this role may note calls, with what was promised or reported in them.
    #[must_use]
    pub const fn may_call(self) -> bool {
        self.may_write() || matches!(self, Self::Agent)
    }
}

impl FromStr for StaffRole {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        [Self::Admin, Self::Accountant, Self::Agent, Self::Viewer]
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| UnknownText::new("role", text))
    }
}

/// A member of the finance staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Mailbox, which is also the sign-in name.
    pub email: String,
    /// Name.
    pub name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Grows when sessions are to end.
    pub epoch: i64,
}

/// Adds a user.
pub fn insert(conn: &mut Conn, new: &User) -> Result<(), StoreError> {
    diesel::insert_into(staff_user::table)
        .values((
            staff_user::id.eq(new.id.to_string()),
            staff_user::email.eq(&new.email),
            staff_user::name.eq(&new.name),
            staff_user::password_hash.eq(&new.password_hash),
            staff_user::epoch.eq(new.epoch),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// Gives a user a role at a supplier.
pub fn grant(
    conn: &mut Conn,
    supplier: SupplierId,
    user: UserId,
    role: StaffRole,
) -> Result<(), StoreError> {
    diesel::insert_into(staff_role::table)
        .values((
            staff_role::user_id.eq(user.to_string()),
            staff_role::supplier_id.eq(supplier.to_string()),
            staff_role::role.eq(role.as_str()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

type Columns = (String, String, String, String, i64);

fn read((id, email, name, password_hash, epoch): Columns) -> Result<User, StoreError> {
    Ok(User {
        id: text("staff_user.id", &id)?,
        email,
        name,
        password_hash,
        epoch,
    })
}

/// The user of this mailbox (lower case), for signing in.
pub fn by_email(conn: &mut Conn, email: &str) -> Result<Option<User>, StoreError> {
    let found = staff_user::table
        .filter(staff_user::email.eq(email))
        .first::<Columns>(&mut conn.db)
        .optional()?;
    found.map(read).transpose()
}

/// One user, for checking a session.
pub fn find(conn: &mut Conn, id: UserId) -> Result<User, StoreError> {
    read(
        staff_user::table
            .find(id.to_string())
            .first::<Columns>(&mut conn.db)?,
    )
}

/// The suppliers a user works for, and as what.
pub fn roles(conn: &mut Conn, user: UserId) -> Result<Vec<(SupplierId, StaffRole)>, StoreError> {
    let rows: Vec<(String, String)> = staff_role::table
        .filter(staff_role::user_id.eq(user.to_string()))
        .order(staff_role::supplier_id)
        .select((staff_role::supplier_id, staff_role::role))
        .load(&mut conn.db)?;
    rows.iter()
        .map(|(supplier, role)| {
            Ok((
                text("staff_role.supplier_id", supplier)?,
                text("staff_role.role", role)?,
            ))
        })
        .collect()
}

/// The mailboxes of all who work for a supplier.
pub fn mailboxes(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<String>, StoreError> {
    Ok(staff_user::table
        .inner_join(staff_role::table.on(staff_role::user_id.eq(staff_user::id)))
        .filter(staff_role::supplier_id.eq(supplier.to_string()))
        .order(staff_user::email)
        .select(staff_user::email)
        .load(&mut conn.db)?)
}
