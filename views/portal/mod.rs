//! The debtor's pages: no script, one request, every change a POST.
//!
//! All forms post `csrf` (the session's token) and, where they change something, `key` (the
//! idempotency key of this showing of the form). Forms with a check page post `step`:
//! `check`, then `confirm`, or `edit` to go back.

pub mod account;
pub mod bills;
pub mod check_iban;
pub mod chosen;
pub mod code;
pub mod confirm;
pub mod debit;
pub mod dispute;
pub mod dispute_lines;
pub mod held;
pub mod invoice;
pub mod landing;
pub mod mandate;
pub mod notice;
pub mod outcome;
pub mod pay;
pub mod plan;
pub mod plan_check;
pub mod plan_form;
pub mod preferences;
pub mod promise;
pub mod promised;
pub mod provider_debit;
pub mod report;
pub mod revoke;
pub mod sandbox;
pub mod transfer;
