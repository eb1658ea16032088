//! How messages leave: signed links, composing, SMTP.

pub mod compose;
pub mod dkim;
pub mod email;
pub mod link;
pub mod read_mail;
pub mod smtp;
