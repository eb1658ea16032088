//! The SEPA files against schemas, a second implementation and files of real banks.

mod answers;
mod batches;
mod pain_golden;
mod pain_refusals;
mod recalls;
mod support;
