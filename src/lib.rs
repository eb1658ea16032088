//! Acquit: the payment and dispute portal behind every payment reminder.

pub mod gateway;
pub mod import;
pub mod payments;
