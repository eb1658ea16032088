//! How messages leave: signed links, composing, SMTP, providers of text messages; and what
//! providers say of them.

pub mod compose;
pub mod dkim;
pub mod dns;
pub mod email;
pub mod link;
pub mod mail_events;
pub mod outlet;
pub mod read_mail;
pub mod sms;
pub mod smtp;
mod wire;
