//! SEPA files: direct debits out (pain.008), asked back (camt.055, pain.007), the bank's answers
//! (pain.002, camt.029), checked XML, and the transfer QR code.
//!
//! Bytes and values only: nothing here knows the database, the network or the clock.

pub mod camt029;
pub mod charset;
mod charset_table;
pub mod pain002;
pub mod pain008;
pub mod qr;
pub mod recall;
mod sheet;
pub mod xml;

#[cfg(test)]
mod tests;
