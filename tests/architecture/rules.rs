//! The directions as data; the law that reviews and the checker follow.
//!
//! A module that stands in no row is refused, so that a new one gets its row first.

/// Which modules of the root package each module may name, besides itself.
pub const MAY_NAME: &[(&str, &str)] = &[
    ("lib", ""),
    ("main", "app cli clock config error ops"),
    ("config", ""),
    ("clock", ""),
    ("error", ""),
    ("store", "vault"),
    ("tables", ""),
    ("import", "tables"),
    ("payments", "tables vault"),
    ("gateway", ""),
    ("files", ""),
    ("text_templates", ""),
    ("documents", ""),
    ("hooks_out", ""),
    ("vault", ""),
    ("app", "clock config error gateway payments store vault"),
    (
        "flows",
        "app clock config documents error files gateway hooks_out import payments store tables \
         text_templates vault",
    ),
    ("jobs", "app clock config error flows store"),
    ("web", "app clock config error flows import store vault"),
    ("api", "app clock config error flows store web"),
    ("ops", "app clock config error flows store"),
    (
        "cli",
        "api app clock config error flows import jobs ops store vault web",
    ),
];

/// Where a package may be named: beginnings of paths. A name ending in `*` means its kin too.
pub const HOMES: &[(&str, &str)] = &[
    ("diesel*", "src/store/"),
    ("libsqlite3_sys", "src/store/"),
    ("pq_sys", "src/store/"),
    ("stripe*", "src/payments/stripe"),
    ("lettre", "src/gateway/"),
    ("reqwest", "src/gateway/wire"),
    (
        "ring",
        "src/gateway/dkim src/gateway/sms/ src/gateway/mail_events/sns",
    ),
    ("webpki", "src/gateway/mail_events/sns"),
    ("mail_parser", "src/gateway/read_mail"),
    ("quick_xml", "src/payments/sepa/ src/payments/statements/"),
    ("memchr", "src/payments/statements/camt"),
    ("governor", "src/web/limits"),
    ("percent_encoding", "src/web/address src/gateway/sms/json"),
    ("krilla", "src/documents/draw"),
    ("ttf_parser", "src/documents/font"),
    ("clap", "src/cli"),
    ("mimalloc", "src/lib.rs"),
    ("minijinja", "src/text_templates/"),
    ("csv", "src/import/"),
    ("encoding_rs", "src/tables/"),
    ("image", "src/files/"),
    ("actix*", "src/web/ src/api/ src/cli src/main.rs"),
    (
        "views",
        "views/ src/gateway/compose src/documents/ src/flows/ src/web/ src/jobs/ src/api/ src/cli/",
    ),
    ("acquit", "src/main.rs"),
];

/// Packages named in one file at most: a secret handled in one place is reviewed in one place.
pub const ONE_FILE: &[&str] = &["argon2", "jsonwebtoken"];

/// Paths that a folder must not name: (folder, path, why).
pub const NEVER: &[(&str, &str, &str)] = &[
    (
        "src/domain/",
        "std::fs",
        "the domain reads and writes nothing",
    ),
    (
        "src/domain/",
        "std::net",
        "the domain reads and writes nothing",
    ),
    (
        "src/domain/",
        "std::env",
        "the domain takes what it needs as arguments",
    ),
    (
        "src/domain/",
        "std::thread",
        "the domain decides; it does not wait",
    ),
    (
        "views/",
        "std::fs",
        "a view turns its model into markup and nothing else",
    ),
    (
        "views/",
        "std::net",
        "a view turns its model into markup and nothing else",
    ),
    (
        "views/",
        "std::env",
        "a view turns its model into markup and nothing else",
    ),
    ("src/", "maud::html", "markup is written in views"),
];

/// Folders that read the store but change it through flows only, so never call `.write`.
pub const READ_ONLY: &[&str] = &["src/web/", "src/api/", "src/jobs/", "src/cli"];

/// The files of `READ_ONLY` that may write after all: a job takes its lease by itself.
pub const WRITERS: &[&str] = &["src/jobs/lease.rs"];

/// Files that work across all suppliers, past PostgreSQL's walls, and the one reason each has. A
/// new row is a decision: what it reads or writes must be asked of every supplier at once.
pub const ACROSS: &[(&str, &str)] = &[
    ("src/cli/demo.rs", "Command"),
    ("src/cli/mod.rs", "Command"),
    ("src/cli/setup.rs", "Command"),
    ("src/flows/account_change.rs", "Upkeep"),
    ("src/flows/code.rs", "Upkeep"),
    ("src/flows/deliver.rs", "Delivery"),
    ("src/flows/doctor.rs", "Upkeep"),
    ("src/flows/hooks.rs", "Inbox"),
    ("src/flows/incoming.rs", "Inbox"),
    ("src/flows/mailbox.rs", "Mailbox"),
    ("src/flows/open_account.rs", "Link"),
    ("src/flows/refresh_card.rs", "Upkeep"),
    ("src/flows/sign_in.rs", "SignIn"),
    ("src/jobs/mod.rs", "Upkeep"),
    ("src/store/migrate.rs", "Migration"),
];

/// Methods that take SQL as it comes: for the store and for tests.
pub const RAW_SQL: &[&str] = &["run_sql", "read_sql"];

/// All that the pure packages may depend on.
pub const PURE: &[(&str, &str)] = &[
    (
        "src/domain/Cargo.toml",
        "chrono chrono-tz iban_validate rust_decimal serde thiserror",
    ),
    ("views/Cargo.toml", "domain maud"),
];

/// Whether a list of these tables holds the word.
pub fn lists(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}
