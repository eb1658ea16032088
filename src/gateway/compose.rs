//! From a message in the outbox to the bytes that leave.
