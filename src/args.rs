//! The command line's parts that subcommands share: options, and how values are read. No work is done here.

mod integer;
pub(crate) mod sets;
mod values;

pub(crate) use integer::{Integer, MAX_BITS, Span, TOO_LARGE, number_elsewhere};
pub(crate) use values::{BadValue, WithNames, count, duration, mode, owner, size, whole};

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Arg, Args, ValueHint};

use crate::{
    entropy::{EntropyError, Kernel, Options, Pool, Wait},
    message::say,
    output::{Destination, Existing, Format, Owner},
};

// The groups have plain comments: clap would print doc comments in the help of every subcommand.

/// How an argument of a subcommand takes its value, for `mut_args`: an option's may begin with a hyphen (`cli` refuses
/// what was meant as an option), and nothing is completed but what says how.
pub(crate) fn any_value(arg: Arg) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let arg = match arg.get_value_hint() {
        ValueHint::Unknown if arg.get_possible_values().is_empty() => {
            arg.value_hint(ValueHint::Other)
        }
        _ => arg,
    };
    match arg.is_positional() {
        true => arg,
        false => arg.allow_hyphen_values(true),
    }
}

const COMMON: &str = "Common options";

// What every subcommand that makes a secret has.
#[derive(Args, Debug)]
#[command(next_help_heading = COMMON)]
pub(crate) struct Common {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    pub(crate) pool: PoolArgs,
    /// Print what was generated and its strength in bits to standard error
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

// Where the secret goes.
#[derive(Args, Debug)]
#[command(next_help_heading = COMMON)]
pub(crate) struct FileArgs {
    /// Write to a new FILE with mode 0600, complete or absent; - is standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// With -o: set the permissions of a new FILE (octal, default 0600)
    #[arg(long, value_name = "MODE", value_parser = mode, requires = "output")]
    mode: Option<u32>,
    /// With -o: give a new FILE to USER, and to GROUP: names or numbers
    #[arg(long, value_name = "USER[:GROUP]", value_parser = owner, value_hint = ValueHint::Username,
        allow_hyphen_values = true, requires = "output", conflicts_with = "preserve")]
    owner: Option<Owner>,
    /// With -o: overwrite an existing FILE
    #[arg(short, long, requires = "output")]
    force: bool,
    /// With --force: give the new file the owner, group and mode of the existing FILE
    #[arg(long, requires = "force", conflicts_with = "keep")]
    preserve: bool,
    /// With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    #[arg(long, requires = "output", conflicts_with = "force")]
    keep: bool,
}

impl Common {
    /// FILE, if there is one.
    pub(crate) fn output(&self) -> Option<&Path> {
        self.file.output.as_deref()
    }

    /// Where to write.
    pub(crate) fn destination(&self) -> Destination {
        Destination {
            verbose: self.verbose,
            ..self.file.destination()
        }
    }
}

impl FileArgs {
    /// Where to write.
    fn destination(&self) -> Destination {
        Destination {
            path: self.output.clone(),
            mode: self.mode,
            owner: self.owner.clone(),
            existing: match (self.force, self.preserve, self.keep) {
                (_, true, _) => Existing::Preserve,
                (true, ..) => Existing::Replace,
                (.., true) => Existing::Keep,
                _ => Existing::Refuse,
            },
            ..Destination::default()
        }
    }
}

// How to ask the kernel.
#[derive(Args, Debug)]
#[command(next_help_heading = COMMON)]
pub(crate) struct PoolArgs {
    /// Do not wait for the kernel's random pool: exit 75 if it is not initialised
    #[arg(long)]
    nonblock: bool,
    /// Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    #[arg(long, value_name = "DURATION", value_parser = duration, conflicts_with = "nonblock")]
    timeout: Option<Duration>,
    /// Which of the kernel's random pools to use
    #[arg(long, value_enum, value_name = "POOL", default_value = "urandom")]
    pool: Pool,
}

impl PoolArgs {
    /// The kernel's generator, not yet asked for anything.
    pub(crate) fn kernel(&self) -> Result<Kernel, EntropyError> {
        Kernel::new(Options {
            pool: self.pool,
            wait: match self.timeout {
                _ if self.nonblock => Wait::Never,
                Some(limit) => Wait::AtMost(limit),
                None => Wait::Forever,
            },
            on_wait: || say("waiting for the kernel's random pool to be initialised"),
        })
    }
}

// How texts are printed that can be told from one another.
#[derive(Args, Debug)]
#[command(next_help_heading = COMMON)]
pub(crate) struct TextArgs {
    #[command(flatten)]
    pub(crate) records: RecordArgs,
    /// With -c: no two are equal; at most half of the texts there are
    #[arg(long, requires = "count")]
    pub(crate) distinct: bool,
}

// How records are printed, one after another.
#[derive(Args, Debug)]
#[command(next_help_heading = COMMON)]
pub(crate) struct RecordArgs {
    /// Print N of them, one per line
    #[arg(short, long, value_name = "N", default_value = "1", value_parser = count)]
    pub(crate) count: u64,
    /// Omit the newline (or NUL) after the last one
    #[arg(short, long)]
    no_newline: bool,
    #[command(flatten)]
    format: FormatArgs,
}

// What stands before and after each text.
#[derive(Args, Debug)]
#[command(next_help_heading = COMMON)]
pub(crate) struct FormatArgs {
    /// End each with NUL instead of newline
    #[arg(short = '0', long)]
    null: bool,
    /// Print STR before each
    #[arg(long, value_name = "STR")]
    prefix: Option<String>,
}

impl RecordArgs {
    /// The text before each secret; `None` if the option was not given.
    pub(crate) fn prefix(&self) -> Option<&str> {
        self.format.prefix.as_deref()
    }

    pub(crate) fn format(&self) -> Format {
        self.format.format(self.no_newline)
    }
}

impl FormatArgs {
    pub(crate) fn format(&self, no_newline: bool) -> Format {
        Format {
            prefix: self.prefix.clone().unwrap_or_default().into_bytes(),
            terminator: self.terminator(),
            ends_last: !no_newline,
        }
    }

    /// Newline or NUL.
    pub(crate) fn terminator(&self) -> u8 {
        if self.null { 0 } else { b'\n' }
    }
}

// How many random bytes to encode.
#[derive(Args, Debug)]
pub(crate) struct AmountArgs {
    /// Number of random bytes; K M G T (or KiB …) are powers of 1024, KB MB GB TB
    /// powers of 1000
    #[arg(value_name = "N", default_value = "32", value_parser = size, allow_negative_numbers = true)]
    pub(crate) bytes: u64,
    /// Print exactly N characters
    #[arg(short = 'l', long, value_name = "N", value_parser = count, conflicts_with = "bytes")]
    pub(crate) chars: Option<u64>,
    /// Take every byte from the kernel, even after the first 64 KiB
    #[arg(long)]
    pub(crate) no_expand: bool,
}

impl AmountArgs {
    /// About how many bytes all values encode.
    pub(crate) fn volume(&self, text: &RecordArgs) -> u64 {
        self.chars.unwrap_or(self.bytes).saturating_mul(text.count)
    }
}

// Where items come from, and how drawn ones are printed.
#[derive(Args, Debug)]
pub(crate) struct ItemArgs {
    /// The items; by default, the lines of standard input
    #[arg(value_name = "ITEM")]
    pub(crate) items: Vec<OsString>,
    /// Read the items from FILE, one per line; - is standard input
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "items")]
    pub(crate) input: Option<PathBuf>,
    /// The items are the integers from LO to HI, both included
    #[arg(long, value_name = "LO-HI", conflicts_with_all = ["items", "input"])]
    pub(crate) range: Option<Span>,
    /// Omit the newline (or NUL) after the last one
    #[arg(long, help_heading = COMMON)]
    no_newline: bool,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    pub(crate) common: Common,
}

impl ItemArgs {
    pub(crate) fn format(&self) -> Format {
        self.format.format(self.no_newline)
    }

    /// What ends an item, read or printed.
    pub(crate) fn terminator(&self) -> u8 {
        self.format.terminator()
    }
}
