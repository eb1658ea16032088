//! Signed links: only a hash of the token is kept.

use diesel::prelude::*;
use domain::party::{Debtor, Language, Scope, Supplier};
use domain::{ContactId, DebtorId, ForwardId, LinkId, MessageId, Moment, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::{contact, debtor, link, supplier};

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Id: what logs and the audit trail name.
    pub id: LinkId,
    /// Whose portal.
    pub supplier: SupplierId,
    /// Whose account.
    pub debtor: DebtorId,
    /// To whom it was sent.
    pub contact: ContactId,
    /// In which message.
    pub message: Option<MessageId>,
    /// When it was made: when its message left.
    pub created_at: Moment,
    /// Until when it opens.
    pub expires_at: Moment,
    /// Whether it was taken back.
    pub revoked: bool,
    /// What may be done through it.
    pub scope: Scope,
    /// The access it belongs to, when it was passed on.
    pub forward: Option<ForwardId>,
}

impl Link {
    /// Whether it opens now.
    #[must_use]
    pub fn opens(&self, now: Moment) -> bool {
        !self.revoked && now < self.expires_at
    }
}

/// Keeps a link under the hash of its token.
pub fn insert(conn: &mut Conn, hash: &[u8], new: &Link) -> Result<(), StoreError> {
    diesel::insert_into(link::table)
        .values((
            link::hash.eq(hash),
            link::supplier_id.eq(new.supplier.to_string()),
            link::id.eq(new.id.to_string()),
            link::debtor_id.eq(new.debtor.to_string()),
            link::contact_id.eq(new.contact.to_string()),
            link::message_id.eq(new.message.map(|id| id.to_string())),
            link::created_at.eq(new.created_at.micros()),
            link::expires_at.eq(new.expires_at.micros()),
            link::scope.eq(new.scope.as_str()),
            link::forward_id.eq(new.forward.map(|id| id.to_string())),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

type Columns = (
    String,
    String,
    String,
    String,
    Option<String>,
    i64,
    i64,
    Option<i64>,
    (String, Option<String>),
);

fn read(columns: Columns) -> Result<Link, StoreError> {
    let (id, supplier, debtor, contact, message, created_at, expires_at, revoked_at, access) =
        columns;
    let (scope, forward) = access;
    Ok(Link {
        id: text("link.id", &id)?,
        supplier: text("link.supplier_id", &supplier)?,
        debtor: text("link.debtor_id", &debtor)?,
        contact: text("link.contact_id", &contact)?,
        message: message.map(|id| text("link.message_id", &id)).transpose()?,
        created_at: Moment::from_micros(created_at),
        expires_at: Moment::from_micros(expires_at),
        revoked: revoked_at.is_some(),
        scope: text::<Scope>("link.scope", &scope)?,
        forward: optional("link.forward_id", forward.as_deref())?,
    })
}

macro_rules! columns {
    () => {
        (
            link::id,
            link::supplier_id,
            link::debtor_id,
            link::contact_id,
            link::message_id,
            link::created_at,
            link::expires_at,
            link::revoked_at,
            (link::scope, link::forward_id),
        )
    };
}

/// The link of this token's hash. The only query without a supplier: the link says which it is.
pub fn by_hash(conn: &mut Conn, hash: &[u8]) -> Result<Link, StoreError> {
    read(
        link::table
            .find(hash)
            .select(columns!())
            .get_result(&mut conn.db)?,
    )
}

/// One link, for checking a session that it started.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: LinkId) -> Result<Link, StoreError> {
    let row = link::table
        .filter(link::supplier_id.eq(supplier.to_string()))
        .filter(link::id.eq(id.to_string()))
        .select(columns!())
        .get_result(&mut conn.db)?;
    read(row)
}

/// What every page of a session begins with, read at once.
pub struct Visited {
    /// The link it began with.
    pub link: Link,
    /// Whose portal.
    pub supplier: Supplier,
    /// Whose account.
    pub debtor: Debtor,
    /// The language the contact chose.
    pub language: Option<Language>,
}

/// A session's link with whom it is about, by one statement.
pub fn visited(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    contact: ContactId,
    id: LinkId,
) -> Result<Visited, StoreError> {
    let (link, supplier, debtor, language) = each!(conn, db => {
        link::table
            .inner_join(supplier::table.on(supplier::id.eq(link::supplier_id)))
            .inner_join(debtor::table.on(
                debtor::supplier_id.eq(link::supplier_id).and(debtor::id.eq(debtor.to_string())),
            ))
            .inner_join(contact::table.on(
                contact::supplier_id.eq(link::supplier_id).and(contact::id.eq(contact.to_string())),
            ))
            .filter(link::supplier_id.eq(supplier.to_string()))
            .filter(link::id.eq(id.to_string()))
            .select((
                columns!(),
                super::supplier::Row::as_select(),
                super::debtor::Row::as_select(),
                contact::language,
            ))
            .get_result::<(Columns, super::supplier::Row, super::debtor::Row, Option<String>)>(db)?
    });
    Ok(Visited {
        link: read(link)?,
        supplier: super::supplier::read(conn, supplier)?,
        debtor: debtor.try_into()?,
        language: optional("contact.language", language.as_deref())?,
    })
}

/// Notes when a link was last used (after *Continue*, never on a mere look).
pub fn used(
    conn: &mut Conn,
    supplier: SupplierId,
    id: LinkId,
    at: Moment,
) -> Result<(), StoreError> {
    let row = link::table
        .filter(link::supplier_id.eq(supplier.to_string()))
        .filter(link::id.eq(id.to_string()));
    let rows = diesel::update(row)
        .set(link::used_at.eq(at.micros()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// A contact's links that open, newest first.
pub fn open_of_contact(
    conn: &mut Conn,
    supplier: SupplierId,
    contact: ContactId,
    now: Moment,
    limit: i64,
) -> Result<Vec<Link>, StoreError> {
    link::table
        .filter(link::supplier_id.eq(supplier.to_string()))
        .filter(link::contact_id.eq(contact.to_string()))
        .filter(link::revoked_at.is_null())
        .filter(link::expires_at.gt(now.micros()))
        .order(link::id.desc())
        .limit(limit)
        .select(columns!())
        .load::<Columns>(&mut conn.db)?
        .into_iter()
        .map(read)
        .collect()
}

/// Which links are taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// One.
    One(LinkId),
    /// Every link of a contact, those it passed on too.
    OfContact(ContactId),
    /// Every link of an access that was passed on.
    OfForward(ForwardId),
}

/// Takes links back; one that was taken back stays so.
pub fn revoke(
    conn: &mut Conn,
    supplier: SupplierId,
    which: Which,
    at: Moment,
) -> Result<(), StoreError> {
    let open = diesel::update(link::table)
        .filter(link::supplier_id.eq(supplier.to_string()))
        .filter(link::revoked_at.is_null())
        .set(link::revoked_at.eq(Some(at.micros())));
    match which {
        Which::One(id) => open
            .filter(link::id.eq(id.to_string()))
            .execute(&mut conn.db)?,
        Which::OfContact(id) => open
            .filter(link::contact_id.eq(id.to_string()))
            .execute(&mut conn.db)?,
        Which::OfForward(id) => open
            .filter(link::forward_id.eq(id.to_string()))
            .execute(&mut conn.db)?,
    };
    Ok(())
}
