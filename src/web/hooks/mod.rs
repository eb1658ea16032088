//! What providers call.

pub(super) mod mail;
pub(super) mod sms;
pub(super) mod stripe;
