//! The SEPA files against schemas, a second implementation and files of real banks.

mod answers;
mod batches;
mod camt_faults;
mod camt_files;
mod camt_oracle;
mod pain_golden;
mod pain_refusals;
mod samples;
mod support;
