//! What browsers and providers call.

pub mod headers;
pub mod staff;
pub mod token;
