//! Direct debit files, pain.008.
