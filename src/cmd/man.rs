//! `mksecret man`: the manual pages.

use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser},
};

use crate::output::Output;

macro_rules! pages {
    ($($subcommand:literal)*) => {
        &[
            ("mksecret", include_str!("../../man/mksecret.1")),
            $((
                concat!("mksecret-", $subcommand),
                include_str!(concat!("../../man/mksecret-", $subcommand, ".1")),
            ),)*
        ]
    };
}

/// The pages: the program's own, then that of each subcommand.
const PAGES: &[(&str, &str)] = pages![
    "password" "passphrase" "hex" "urlsafe" "base64" "base32" "token" "uuid" "bytes" "below" "choice" "sample" "ready"
    "completions" "man" "help"
];

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret man | man -l -       read the manual where it is not installed
  mksecret man below > mksecret-below.1

The pages are in mdoc(7), as they are installed.")]
pub(crate) struct Man {
    /// The page: a subcommand, or that after `mksecret-`
    #[arg(value_name = "PAGE", default_value = "mksecret", hide_default_value = true,
        value_parser = names(), allow_hyphen_values = true)]
    page: String,
}

/// The name of a page without `mksecret-`.
fn short(page: &str) -> &str {
    page.strip_prefix("mksecret-").unwrap_or(page)
}

/// Each page by its short name; its whole name is known too.
fn names() -> PossibleValuesParser {
    let name = |(page, _): &(&'static str, _)| PossibleValue::new(short(page)).alias(*page);
    PAGES.iter().map(name).collect::<Vec<_>>().into()
}

impl Man {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let (_, text) = PAGES
            .iter()
            .find(|(page, _)| short(page) == short(&self.page))
            .expect("clap takes the names of pages alone");
        let mut out = Output::stdout()?;
        out.write(text.as_bytes())?;
        out.finish()
    }
}
