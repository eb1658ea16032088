//! Checks on XML before it is parsed.
