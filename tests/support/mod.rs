//! What several integration tests need; never a test itself.

pub mod databases;
pub mod dump;
pub mod fake_stripe;
pub mod html;
pub mod log;
pub mod paths;
pub mod site;
pub mod source;
pub mod world;
