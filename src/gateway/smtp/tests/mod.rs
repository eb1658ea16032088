//! The mailer against servers that behave, refuse, hang and break off.

mod outcomes;
mod reuse;
mod server;
