//! The `acquit` command.

fn main() {}
