//! What several integration tests stand on.

pub mod fake_stripe;
