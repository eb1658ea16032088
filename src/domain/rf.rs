//! Structured creditor references, ISO 11649: `RF` + 2 check digits + up to 21 characters.
