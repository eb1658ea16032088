//! Whether PostgreSQL's wall between suppliers stands: row-level security binds neither superusers
//! nor roles with BYPASSRLS, and a table without a policy has none.

use super::conn::{Backend, Conn};
use super::error::StoreError;

/// The role of the connection, if nothing is hidden from it.
const FREE_ROLE: &str = "SELECT rolname::text AS value FROM pg_roles
    WHERE rolname = current_user AND (rolsuper OR rolbypassrls)";

/// Tables with rows of suppliers that hide none.
const OPEN_TABLES: &str = "SELECT c.relname::text AS value FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
      AND (c.relname IN ('supplier', 'staff_user') OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'supplier_id'
          AND NOT a.attisdropped))
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
    ORDER BY c.relname";

/// What keeps the wall from standing and what to do about it, a line each. None on SQLite, which
/// has no such wall.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    if conn.backend() == Backend::Sqlite {
        return Ok(Vec::new());
    }
    let mut found: Vec<String> = conn
        .read_sql(FREE_ROLE)?
        .iter()
        .map(|role| {
            format!(
                "no wall between suppliers: PostgreSQL hides no row from the role '{role}', which \
                 is a superuser or has BYPASSRLS; give Acquit a role of its own and name it in \
                 database-url (docs/postgresql.md)"
            )
        })
        .collect();
    let open = conn.read_sql(OPEN_TABLES)?;
    if !open.is_empty() {
        found.push(format!(
            "no wall between suppliers in {}: as the owner of the tables, run SELECT wall('…') \
             for each (docs/postgresql.md)",
            open.join(", ")
        ));
    }
    Ok(found)
}

/// Writes what keeps the wall from standing into the log.
pub(super) fn warn(conn: &mut Conn) -> Result<(), StoreError> {
    for fault in faults(conn)? {
        tracing::warn!("{fault}");
    }
    Ok(())
}
