//! SEPA files: direct debits out (pain.008), statements in (camt.053).

pub mod camt053;
pub mod pain008;
pub mod qr;
pub mod xml;
