//! How the columns of a supplier's files were read: by their titles, so that files with the same
//! titles are read alike.

use diesel::prelude::*;
use domain::SupplierId;

use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::mapping_profile;

/// A saved reading, as text.
#[derive(Queryable, Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The column titles, with tabs between.
    pub headers: String,
    /// Which column holds what, as `import::Mapping` writes it.
    pub mapping: String,
}

/// Saves how files with these titles are read, in the place of what was saved before.
pub fn save(conn: &mut Conn, supplier: SupplierId, new: &Profile) -> Result<(), StoreError> {
    let key = (mapping_profile::supplier_id, mapping_profile::headers);
    each!(conn, db => {
        diesel::insert_into(mapping_profile::table)
            .values((
                mapping_profile::supplier_id.eq(supplier.to_string()),
                mapping_profile::headers.eq(&new.headers),
                mapping_profile::mapping.eq(&new.mapping),
            ))
            .on_conflict(key)
            .do_update()
            .set(mapping_profile::mapping.eq(&new.mapping))
            .execute(db)?;
    });
    Ok(())
}

/// A supplier's saved readings.
pub fn list(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<Profile>, StoreError> {
    Ok(mapping_profile::table
        .filter(mapping_profile::supplier_id.eq(supplier.to_string()))
        .order(mapping_profile::headers)
        .select((mapping_profile::headers, mapping_profile::mapping))
        .load(&mut conn.db)?)
}
