//! DKIM.
