//! What several integration tests need; never a test itself.

pub mod databases;
pub mod fake_stripe;
pub mod mail_sink;
pub mod paths;
pub mod smtp;
pub mod source;
pub mod world;
