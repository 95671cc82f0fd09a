//! Secrets made of the kernel's own randomness, exactly uniform, delivered whole or not at all.
//!
//! The path of the data is the layout: argv → `cmd` → [`entropy`] → [`sample`] or an encoder → `output`. The
//! program is [`run`]; another program may use [`entropy`] and [`sample`].

// clippy.toml says which and why.
#![warn(clippy::disallowed_types)]

mod cli;
mod cmd;
pub mod entropy;
mod error;
mod output;
mod policy;
pub mod sample;
mod usage;

use std::{ffi::OsString, process::ExitCode};

use clap::{CommandFactory, Parser};

use error::End;

/// Runs the program and tells its exit status. What it has to say is said.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let done = match cmd::Cli::try_parse_from(&args) {
        Ok(cli) => cli.run(),
        Err(error) => usage::answer(error, &args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// The command line as clap knows it, for what is generated from it and for what is compared with it.
pub fn command() -> clap::Command {
    cmd::Cli::command()
}

/// The examples in the README, compiled and run with these here.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

fn fail(error: &anyhow::Error) -> ExitCode {
    let status = match error::end(error) {
        End::Silent(status) => return status.into(),
        End::Status(status) => status,
        End::Signal(signal) => {
            #[cfg(unix)]
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            // Unless the signal's default is not to end the process, this is not reached.
            128 + signal as u8
        }
    };
    output::say(format_args!("error: {error:#}"));
    if let Some(hint) = error::hint(error) {
        output::say(format_args!("hint: {hint}"));
    }
    status.into()
}
