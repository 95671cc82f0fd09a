//! `mksecret help`: what `--help` prints.

use std::ffi::OsString;

use clap::{Args, ValueHint, builder::OsStringValueParser};

use super::man;
use crate::args::WithNames;

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret help                 the subcommands
  mksecret help password        the same as `mksecret password --help`
  mksecret help recipes         the same as `mksecret man recipes`")]
pub(crate) struct Help {
    /// A command, or `recipes`: its help instead of the list of all
    #[arg(value_name = "COMMAND", value_hint = ValueHint::Other, hide_possible_values = true,
        value_parser = WithNames(OsStringValueParser::new(), man::subjects))]
    command: Option<OsString>,
}

impl Help {
    /// The command line with --help that this one stands for.
    pub(crate) fn words(self) -> Vec<OsString> {
        if self.command.as_ref().is_some_and(|name| name == "recipes") {
            return ["mksecret", "man", "recipes"].map(OsString::from).into();
        }
        let words = [Some("mksecret".into()), self.command, Some("--help".into())];
        words.into_iter().flatten().collect()
    }
}
