//! Acquit: the payment and dispute portal behind every payment reminder.

pub mod clock;
pub mod gateway;
pub mod import;
pub mod payments;
pub mod store;
pub mod vault;
