//! What providers call.

pub(super) mod stripe;
