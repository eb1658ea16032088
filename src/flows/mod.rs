//! One business action a file: load, decide by the domain's rules, record, in one transaction.
//!
//! Calls to a provider or mail server happen between transactions, never inside one. Only flows
//! write to the storage.

pub mod abandon;
pub mod account_change;
pub mod add_supplier;
pub mod allot;
pub mod attach;
pub mod bank_file;
pub mod batch;
mod call_off;
pub mod card_account;
pub mod code;
pub mod collect;
pub mod confirm;
pub mod debit;
pub mod debit_answer;
pub mod deliver;
mod described;
pub mod dispute;
pub mod documents;
mod error;
pub mod fold_sums;
pub mod guard;
pub mod hooks;
pub mod import_balance;
pub mod import_mandates;
pub mod issue_link;
pub mod judge;
pub mod late;
pub mod letter;
pub mod mailbox;
pub mod mandate;
pub mod mandate_age;
pub mod mandate_change;
pub mod money_back;
mod notify;
pub mod open_account;
pub mod papers;
pub mod pay_by_card;
pub mod pay_by_saved_card;
pub mod pay_by_transfer;
pub mod people;
pub mod plan;
pub mod plan_answer;
mod plan_course;
pub mod plan_reminders;
pub mod promise;
pub mod provider_debit;
pub mod recall;
mod recall_answer;
pub mod refresh_card;
pub mod returned;
pub mod revoke_mandate;
pub mod sandbox;
pub mod saved_card;
pub mod set_off;
pub mod settle;
pub mod sign_in;
pub mod supplier_bounds;
pub mod take_back;
pub mod upload;

pub use error::FlowError;
pub use guard::{Actor, Visitor};
