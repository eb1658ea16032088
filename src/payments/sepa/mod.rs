//! SEPA files: direct debits out (pain.008), checked XML, and the transfer QR code.
//!
//! Bytes and values only: nothing here knows the database, the network or the clock.

pub mod charset;
mod charset_table;
pub mod pain008;
pub mod qr;
pub mod xml;

#[cfg(test)]
mod tests;
