//! Signed links: short, opaque, revocable.
