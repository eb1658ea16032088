//! Bank statements, camt.053.
