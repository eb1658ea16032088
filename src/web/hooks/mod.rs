//! What providers call.

pub(super) mod mail;
pub(super) mod stripe;
