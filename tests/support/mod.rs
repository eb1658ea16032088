//! What several integration tests need; never a test itself.

pub mod paths;
pub mod source;
