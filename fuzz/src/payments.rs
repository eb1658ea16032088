//! What reads files of banks.

#[path = "../../src/payments/sepa/mod.rs"]
pub mod sepa;
#[path = "../../src/payments/statements/mod.rs"]
pub mod statements;
