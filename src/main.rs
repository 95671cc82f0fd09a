//! The process: argv in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    mksecret::run(std::env::args_os())
}
