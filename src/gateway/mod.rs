//! How messages leave: signed links, composing, SMTP.

pub mod compose;
pub mod email;
pub mod link;
