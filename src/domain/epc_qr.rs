//! The text of the transfer QR code, EPC069-12.
