//! What Acquit knows about invoices, promises, disputes and money.
//!
//! This package is pure: no input or output, no clock, no database, no web. Every function takes
//! what it needs (the day, the account, the scenario) and returns what should happen; storing and
//! sending are other packages' work. It names no other package of the workspace.

#[macro_use]
mod text_enum;
#[macro_use]
pub mod machine;
pub mod account;
pub mod account_change;
pub mod allocate;
pub mod approval;
pub mod attachment;
pub mod bank;
pub mod batch;
pub mod bounce;
pub mod call;
mod check97;
pub mod code;
pub mod collection;
pub mod confirmation;
pub mod credit;
pub mod day;
pub mod designation;
pub mod dispute;
pub mod document;
pub mod epc_qr;
pub mod holidays;
pub mod hours;
pub mod id;
pub mod import;
pub mod insolvency;
pub mod invoice;
pub mod late;
pub mod ledger;
pub mod letter;
#[cfg(test)]
mod machine_drawings;
pub mod mail_records;
pub mod mandate;
pub mod matching;
pub mod message;
pub mod money;
pub mod own_text;
pub mod party;
pub mod pause;
pub mod payment;
pub mod phone;
pub mod plan;
pub mod postal;
pub mod promise;
pub mod reason_code;
pub mod recall;
pub mod reconcile;
pub mod remind;
pub mod reversal;
pub mod rf;
#[cfg(test)]
mod samples;
pub mod saved_card;
pub mod scenario;
pub mod sms;
pub mod statement;
pub mod target;
pub mod unsent;

pub use day::{Day, Moment, Zone};
pub use id::*;
pub use money::{Currency, Money, MoneyError};
pub use text_enum::UnknownText;
