//! The staff's pages: dense but quiet, one style file, no script needed.
//!
//! All forms post `csrf`; those that change something also post `key`.

pub mod account;
pub mod ahead;
pub mod approvals;
pub mod bank;
pub mod bank_columns;
pub mod batch;
pub mod columns;
pub mod contact;
pub mod contacts;
pub mod debits;
pub mod debtor;
pub mod debtors;
pub mod decision;
pub mod dispute;
pub mod documents;
pub mod dry_run;
pub mod history;
pub mod import_result;
pub mod imports;
pub mod late;
pub mod mailbox;
pub mod mandate;
pub mod messages;
pub mod money;
pub mod plan;
pub mod recall;
pub mod reminders;
pub mod reversals;
pub mod scenario;
pub mod scenarios;
pub mod set_off;
pub mod shell;
pub mod sign_in;
pub mod stuck;
pub mod text;
pub mod texts;
pub mod today;
pub mod unmatched;
pub mod unsure;
