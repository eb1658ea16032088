//! What a database must promise before anything is accepted on it (DESIGN promise 7).

use super::error::StoreError;

/// SQLite's `synchronous` from which on a commit is on the disk when it returns.
const FULL: i64 = 2;

/// Settings of PostgreSQL that must hold, and the values that break them.
pub(super) const POSTGRES: [(&str, &[&str]); 2] = [
    ("synchronous_commit", &["off", "local"]),
    ("fsync", &["off"]),
];

/// Judges a SQLite connection by two of its settings.
pub(super) fn sqlite(synchronous: i64, foreign_keys: i64) -> Result<(), StoreError> {
    if synchronous < FULL {
        return Err(lossy(
            "SQLite's synchronous",
            "FULL",
            &synchronous.to_string(),
        ));
    }
    if foreign_keys != 1 {
        return Err(StoreError::Setup(
            "SQLite's foreign_keys is off: set it to ON, or unfinished entries could be booked"
                .into(),
        ));
    }
    Ok(())
}

/// Judges one of the [`POSTGRES`] settings by its value.
pub(super) fn postgres(name: &str, broken: &[&str], value: &str) -> Result<(), StoreError> {
    if broken.contains(&value) {
        return Err(lossy(name, "on", value));
    }
    Ok(())
}

fn lossy(name: &str, wanted: &str, found: &str) -> StoreError {
    StoreError::Setup(format!(
        "{name} is '{found}': set it to {wanted}, or accepted payments could be lost in a crash"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(result: Result<(), StoreError>) -> String {
        result.map_or_else(|why| why.to_string(), |()| String::new())
    }

    #[test]
    fn sqlite_must_flush_each_commit_and_check_keys() {
        for (synchronous, foreign_keys, word) in [
            (0, 1, "synchronous is '0'"),
            (1, 1, "synchronous is '1'"),
            (2, 0, "foreign_keys is off"),
        ] {
            let why = said(sqlite(synchronous, foreign_keys));
            assert!(why.contains(word), "{synchronous} {foreign_keys}: {why}");
        }
        assert_eq!(said(sqlite(2, 1)), "");
        assert_eq!(said(sqlite(3, 1)), "");
    }

    #[test]
    fn postgres_must_flush_each_commit() {
        for (name, broken) in POSTGRES {
            for value in broken {
                let why = said(postgres(name, broken, value));
                assert!(why.starts_with(&format!("{name} is '{value}'")), "{why}");
            }
            assert_eq!(said(postgres(name, broken, "on")), "");
        }
        for value in ["remote_write", "remote_apply"] {
            assert_eq!(said(postgres(POSTGRES[0].0, POSTGRES[0].1, value)), "");
        }
    }
}
