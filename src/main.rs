//! The `acquit` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    acquit::cli::main()
}
