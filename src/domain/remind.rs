//! Which message a debtor account is due, if any.
