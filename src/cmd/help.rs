//! `mksecret help`: what `--help` prints.

use std::ffi::OsString;

use clap::{Args, ValueHint};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret help                 the subcommands
  mksecret help password        the same as `mksecret password --help`")]
pub(crate) struct Help {
    /// A subcommand: its help instead of the list of all
    #[arg(value_name = "COMMAND", value_hint = ValueHint::Other)]
    command: Option<OsString>,
}

impl Help {
    /// The command line that asks for the same help.
    pub(crate) fn words(self) -> Vec<OsString> {
        let words = [Some("mksecret".into()), self.command, Some("--help".into())];
        words.into_iter().flatten().collect()
    }
}
