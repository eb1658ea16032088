//! What several integration tests need; never a test itself.

pub mod fake_stripe;
pub mod paths;
pub mod source;
