//! Readers of statements against schemas, a second implementation and files of real banks.

mod camt_faults;
mod camt_files;
mod camt_oracle;
mod camt_runs;
mod mutations;
mod other_formats;
mod samples;
mod support;
mod tables;
