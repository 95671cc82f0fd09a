//! Not an interface: what the crate's own program and tests need, with no promise to anyone else.
//!
//! The path of the data is the layout: argv → `cli` → `cmd` → `entropy` → a sampler or an encoder → `output`.

#![forbid(unsafe_code)]
// clippy.toml says which and why.
#![warn(clippy::disallowed_types)]

mod args;
mod chars;
mod cli;
mod cmd;
mod entropy;
mod error;
// With the tests, so that a change that breaks it is seen at once.
#[cfg(any(test, fuzzing))]
#[path = "../fuzz/promises.rs"]
pub mod fuzzing;
mod input;
mod items;
mod mask;
mod memory;
mod message;
mod output;
mod phrase;
mod policy;
mod process;
mod secret;
mod strength;
mod template;
mod uniform;

use std::{ffi::OsString, fs::File, io};

use clap::CommandFactory;

use cli::Cli;
use error::End;
use message::say;

/// Runs the program, reports errors and returns the exit status. `duplicate` gives a descriptor of our own for what a
/// descriptor refers to, by its number: that takes unsafe code, which only `main` has.
#[doc(hidden)]
pub fn run(args: impl IntoIterator<Item = OsString>, duplicate: fn(i32) -> io::Result<File>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    match process::start(duplicate).and_then(|()| cli::run(&args)) {
        Ok(()) => 0,
        Err(error) => fail(&error),
    }
}

/// To be called by the allocator when the system refuses memory: ends the program, unless the caller handles that.
#[doc(hidden)]
pub fn memory_refused() {
    memory::refused();
}

/// The command line as clap knows it: completions and man pages are generated from it, and tests look at it.
#[doc(hidden)]
pub fn command() -> clap::Command {
    Cli::command()
}

fn fail(error: &anyhow::Error) -> u8 {
    let (status, hint) = match error::end(error) {
        End::Message(status, hint) => (status, hint),
        End::Silent(status) => return status,
        End::Signal(signal) => {
            process::end_by_signal(signal);
            // Unless the signal's default is not to end the process, this is not reached.
            return 128 + signal as u8;
        }
    };
    say(format_args!("error: {error:#}"));
    if let Some(hint) = hint {
        say(format_args!("hint: {hint}"));
    }
    status
}
