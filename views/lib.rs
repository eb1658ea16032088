//! Acquit's pages and messages: view model in, markup out.

pub mod brand;
pub mod format;
pub mod mail;
