//! Secrets made of the kernel's own randomness, exactly uniform, delivered whole or not at all.
//!
//! The path of the data is the layout: argv → `cmd` → [`entropy`] → [`sample`] or an encoder → `output`.

#![forbid(unsafe_code)]
// clippy.toml says which and why.
#![warn(clippy::disallowed_types)]

mod cli;
mod cmd;
pub mod entropy;
mod error;
mod message;
mod output;
mod process;
pub mod sample;
mod usage;

use std::{ffi::OsString, fs::File, io};

use clap::{CommandFactory, Parser};

use error::End;

/// Runs the program, reports errors and returns the exit status. `duplicate` gives a descriptor of our own for what a
/// descriptor refers to, by its number, which takes unsafe code.
pub fn run(args: impl IntoIterator<Item = OsString>, duplicate: fn(i32) -> io::Result<File>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let done = process::start(duplicate).and_then(|()| match cmd::Cli::try_parse_from(&args) {
        Ok(cli) => cli.run(),
        Err(error) => usage::answer(error, &args),
    });
    match done {
        Ok(()) => 0,
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

fn fail(error: &anyhow::Error) -> u8 {
    let status = match error::end(error) {
        End::Silent(status) => return status,
        End::Status(status) => status,
        End::Signal(signal) => {
            #[cfg(unix)]
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            // Unless the signal's default is not to end the process, this is not reached.
            128 + signal as u8
        }
    };
    message::say(format_args!("error: {error:#}"));
    if let Some(hint) = error::hint(error) {
        message::say(format_args!("hint: {hint}"));
    }
    status
}
