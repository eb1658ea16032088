//! What several integration tests need; never a test itself.

pub mod databases;
pub mod fake_stripe;
pub mod paths;
pub mod source;
pub mod staff_site;
pub mod world;
