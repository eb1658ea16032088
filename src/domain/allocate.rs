//! Which invoices a sum of money pays.
