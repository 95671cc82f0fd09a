//! Secrets made of the kernel's own randomness, exactly uniform, delivered whole or not at all.
//!
//! The path of the data is the layout: argv → `cmd` → [`entropy`] → [`sample`] or an encoder → `output`. The
//! program is [`run`]; another program may use [`entropy`] and [`sample`].
//!
//! # In another program
//!
//! A [`Kernel`](entropy::Kernel) is the operating system's generator, and says what to do while its pool is not
//! initialised. It fills buffers, and draws exact integers, choices and passwords:
//!
//! ```
//! use mksecret::{
//!     entropy::{Entropy, Kernel, Options, Pool, Wait},
//!     sample::{
//!         Uniform,
//!         policy::{Preset, Rules, Size},
//!     },
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut kernel = Kernel::new(Options {
//!     pool: Pool::Urandom,
//!     wait: Wait::Forever,
//!     on_wait: || eprintln!("waiting for the kernel's random pool"),
//! })?;
//!
//! let mut key = [0; 32];
//! kernel.fill(&mut key)?;
//!
//! let die = 1 + kernel.below(6)?;
//! assert!((1..=6).contains(&die));
//!
//! let rules = Rules {
//!     preset: Preset::Full,
//!     size: Some(Size::Chars(16)),
//!     max_run: Some(1),
//!     ..Rules::default()
//! };
//! let mut sampler = rules.policy()?.sampler()?;
//! let mut password = Vec::new();
//! sampler.sample(&mut kernel, &mut password)?;
//! assert_eq!(password.len(), 16);
//! assert!(sampler.bits() > 104.0);
//! # Ok(())
//! # }
//! ```
//!
//! Samplers take any [`Entropy`](entropy::Entropy), so that a test can write the bytes down:
//!
//! ```
//! use mksecret::{
//!     entropy::{Entropy, EntropyError},
//!     sample::{Draw, Text, draw_all},
//! };
//!
//! struct Ones;
//!
//! impl Entropy for Ones {
//!     fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
//!         buf.fill(0xff);
//!         Ok(())
//!     }
//! }
//!
//! let cards = Text { text: b"hearts\nspades\nclubs\n", delimiter: b'\n' };
//! let mut drawn = Vec::new();
//! draw_all(Draw::Distinct(1), &cards, cards.count(), &mut Ones, |card| {
//!     drawn.push(card.to_vec());
//!     Ok::<(), EntropyError>(())
//! })?;
//! assert_eq!(drawn, [b"clubs"]);
//! # Ok::<(), EntropyError>(())
//! ```

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
