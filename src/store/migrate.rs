//! Migrations, carried inside the program.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{Conn, Db};
use super::error::StoreError;
use super::reach::Across;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

fn failed(why: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Setup(format!("migration: {why}"))
}

/// Brings the tables up to date; returns the names of what was run.
pub fn up(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    conn.enter(Across::Migration.into())?;
    let versions = match &mut conn.db {
        Db::Pg(db) => db.run_pending_migrations(POSTGRES).map_err(failed)?,
        Db::Sqlite(db) => db.run_pending_migrations(SQLITE).map_err(failed)?,
    };
    Ok(versions.iter().map(ToString::to_string).collect())
}

/// Undoes every migration, newest first: for tests of the way back.
pub fn down(conn: &mut Conn) -> Result<(), StoreError> {
    conn.enter(Across::Migration.into())?;
    match &mut conn.db {
        Db::Pg(db) => db.revert_all_migrations(POSTGRES).map_err(failed)?,
        Db::Sqlite(db) => db.revert_all_migrations(SQLITE).map_err(failed)?,
    };
    Ok(())
}

/// Whether tables of this program's version are missing.
pub fn pending(conn: &mut Conn) -> Result<bool, StoreError> {
    match &mut conn.db {
        Db::Pg(db) => db.has_pending_migration(POSTGRES).map_err(failed),
        Db::Sqlite(db) => db.has_pending_migration(SQLITE).map_err(failed),
    }
}

#[cfg(test)]
mod tests;
