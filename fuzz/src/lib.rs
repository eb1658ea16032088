//! The readers that are fuzzed, by the program's own names but without the program around them: so
//! they are built in a minute, and the sanitizer watches all that they allocate.
#![allow(dead_code, unused_imports)]

pub mod payments;
#[path = "../../src/tables/mod.rs"]
pub mod tables;
#[path = "../../src/vault.rs"]
pub mod vault;
