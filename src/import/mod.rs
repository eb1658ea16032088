//! Balance files as accounting software writes them, read into rows.
