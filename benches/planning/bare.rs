//! A bare scan of the same invoices, and a batch insert of as many rows.

use std::time::Instant;

use anyhow::ensure;
use diesel::connection::{DefaultLoadingMode, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{PAGE, Rows, TODAY};

#[derive(QueryableByName)]
struct Scanned {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    debtor_id: String,
    #[diesel(sql_type = BigInt)]
    left: i64,
}

diesel::table! {
    bare_message (id) {
        id -> Text,
        debtor_id -> Text,
        contact_id -> Text,
        kind -> Text,
        state -> Text,
        dedup -> Text,
        due_at -> BigInt,
    }
}
diesel::table! {
    bare_item (message_id, invoice_id) {
        message_id -> Text,
        invoice_id -> Text,
    }
}
diesel::table! {
    bare_step (invoice_id, code) {
        invoice_id -> Text,
        code -> Text,
        message_id -> Text,
        done_on -> Text,
    }
}

/// The planning's tables with their keys and indexes, as bare as they can be written.
const BARE: &str =
    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192;
CREATE TABLE bare_message (supplier_id TEXT NOT NULL DEFAULT 'sup_00000000000000000000000001',
  id TEXT NOT NULL, debtor_id TEXT NOT NULL, contact_id TEXT NOT NULL, kind TEXT NOT NULL,
  state TEXT NOT NULL, dedup TEXT NOT NULL, due_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id), UNIQUE (supplier_id, dedup)) WITHOUT ROWID;
CREATE INDEX bare_by_state ON bare_message (state, due_at, id);
CREATE INDEX bare_by_debtor ON bare_message (supplier_id, debtor_id, id);
CREATE TABLE bare_item (supplier_id TEXT NOT NULL DEFAULT 'sup_00000000000000000000000001',
  message_id TEXT NOT NULL, invoice_id TEXT NOT NULL,
  PRIMARY KEY (supplier_id, message_id, invoice_id)) WITHOUT ROWID;
CREATE TABLE bare_step (supplier_id TEXT NOT NULL DEFAULT 'sup_00000000000000000000000001',
  invoice_id TEXT NOT NULL, code TEXT NOT NULL, message_id TEXT NOT NULL, done_on TEXT NOT NULL,
  PRIMARY KEY (supplier_id, invoice_id, code)) WITHOUT ROWID;";

const SCAN: &str =
    "SELECT id, debtor_id, open - reserved - disputed - promised AS left FROM invoice
WHERE open > 0 ORDER BY supplier_id, debtor_id, due_on";

/// Reads every open invoice once, and writes as many messages, items and steps in batches.
pub fn run(path: &str, rows: &Rows) -> anyhow::Result<u128> {
    let mut db = SqliteConnection::establish(path)?;
    db.batch_execute(BARE)?;
    let start = Instant::now();
    let mut seen = 0_i64;
    let mut ids: Vec<(String, String)> = Vec::with_capacity(rows.items + rows.passed);
    for one in diesel::sql_query(SCAN).load_iter::<Scanned, DefaultLoadingMode>(&mut db)? {
        let one = one?;
        seen += one.left;
        ids.push((one.id, one.debtor_id));
    }
    ensure!(seen > 0, "nothing was read");
    let pages = rows.messages.div_ceil(PAGE).max(1);
    let (items, passed) = (rows.items.div_ceil(pages), rows.passed.div_ceil(pages));
    let mut left = ids.iter().cycle();
    for page in 0..pages {
        db.transaction::<_, diesel::result::Error, _>(|db| {
            let count = PAGE.min(rows.messages - page * PAGE);
            messages(db, page, count)?;
            steps(db, page, (&mut left, items, "reminder_1"), true)?;
            steps(db, page, (&mut left, passed, "notice"), false)
        })?;
    }
    Ok(start.elapsed().as_micros())
}

fn messages(db: &mut SqliteConnection, page: usize, count: usize) -> QueryResult<()> {
    let row = |n: usize| {
        let id = format!("msg_{:026}", page * PAGE + n);
        (
            bare_message::id.eq(id.clone()),
            bare_message::debtor_id.eq(format!("deb_{:026}", page * PAGE + n)),
            bare_message::contact_id.eq(format!("con_{:026}", page * PAGE + n)),
            bare_message::kind.eq("reminder_1"),
            bare_message::state.eq("due"),
            bare_message::dedup.eq(format!("reminder_1:{id}:2026-03-02")),
            bare_message::due_at.eq(TODAY.micros()),
        )
    };
    let rows: Vec<_> = (0..count).map(row).collect();
    for some in rows.chunks(50) {
        diesel::insert_into(bare_message::table)
            .values(some.to_vec())
            .execute(db)?;
    }
    Ok(())
}

type Left<'a> = std::iter::Cycle<std::slice::Iter<'a, (String, String)>>;

fn steps(
    db: &mut SqliteConnection,
    page: usize,
    (left, count, code): (&mut Left<'_>, usize, &str),
    listed: bool,
) -> QueryResult<()> {
    let message = format!("msg_{:026}", page * PAGE);
    let ids: Vec<&(String, String)> = left.take(count).collect();
    let step = |(id, _): &&(String, String)| {
        (
            bare_step::invoice_id.eq(id.clone()),
            bare_step::code.eq(format!("{code}{page}")),
            bare_step::message_id.eq(message.clone()),
            bare_step::done_on.eq("2026-03-02"),
        )
    };
    let item = |(id, _): &&(String, String)| {
        (
            bare_item::message_id.eq(message.clone()),
            bare_item::invoice_id.eq(id.clone()),
        )
    };
    let rows: Vec<_> = ids.iter().map(step).collect();
    for some in rows.chunks(50) {
        diesel::insert_into(bare_step::table)
            .values(some.to_vec())
            .execute(db)?;
    }
    if listed {
        let rows: Vec<_> = ids.iter().map(item).collect();
        for some in rows.chunks(50) {
            diesel::insert_into(bare_item::table)
                .values(some.to_vec())
                .execute(db)?;
        }
    }
    Ok(())
}
