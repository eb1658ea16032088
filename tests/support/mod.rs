//! What several integration tests need; never a test itself.

pub mod counted;
pub mod databases;
pub mod dump;
pub mod fake_stripe;
pub mod files;
pub mod html;
pub mod http_sink;
pub mod log;
pub mod mail_sink;
pub mod paths;
pub mod pdf;
pub mod site;
pub mod smtp;
pub mod source;
pub mod staff_site;
pub mod world;
