//! `mksecret man`: the manual pages.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{
    Args, ValueHint,
    builder::{PossibleValue, PossibleValuesParser},
};

use crate::output::{Destination, Existing, Output};

macro_rules! pages {
    ($($name:literal $section:literal)*) => {
        &[$((
            $name,
            $section,
            include_str!(concat!("../../man/", $name, ".", $section)),
        ),)*]
    };
}

/// The pages by name and section: the program's own, that of each subcommand, and those about a subject.
const PAGES: &[(&str, &str, &str)] = pages![
    "mksecret" "1"
    "mksecret-password" "1"
    "mksecret-passphrase" "1"
    "mksecret-hex" "1"
    "mksecret-urlsafe" "1"
    "mksecret-base64" "1"
    "mksecret-base32" "1"
    "mksecret-token" "1"
    "mksecret-uuid" "1"
    "mksecret-bytes" "1"
    "mksecret-below" "1"
    "mksecret-choice" "1"
    "mksecret-sample" "1"
    "mksecret-fill" "1"
    "mksecret-ready" "1"
    "mksecret-completions" "1"
    "mksecret-man" "1"
    "mksecret-help" "1"
    "mksecret-recipes" "7"
];

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret man | man -l -       read the manual without installing it
  mksecret man recipes | man -l -
  mksecret man --all ~/.local/share/man

The pages are mdoc(7) sources. man also searches the share/man beside each bin
in the PATH: ~/.local/share/man for ~/.local/bin.")]
pub(crate) struct Man {
    /// The page: a command or `recipes`, with or without `mksecret-`
    #[arg(value_name = "PAGE", default_value = "mksecret", hide_default_value = true,
        value_parser = names(), allow_hyphen_values = true)]
    page: String,
    /// Write all pages to DIR/man1 and DIR/man7, overwriting older versions
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "page")]
    all: Option<PathBuf>,
}

/// The name of a page without `mksecret-`.
fn short(page: &str) -> &str {
    page.strip_prefix("mksecret-").unwrap_or(page)
}

/// Each page by its short name; its whole name is known too.
fn names() -> PossibleValuesParser {
    let name = |(page, ..): &(&'static str, _, _)| PossibleValue::new(short(page)).alias(*page);
    PAGES.iter().map(name).collect::<Vec<_>>().into()
}

impl Man {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let Some(folder) = self.all {
            return PAGES
                .iter()
                .try_for_each(|(page, section, text)| install(&folder, page, section, text));
        }
        let (.., text) = PAGES
            .iter()
            .find(|(page, ..)| short(page) == short(&self.page))
            .expect("clap takes the names of pages alone");
        let mut out = Output::stdout()?;
        out.write(text.as_bytes())?;
        out.finish()
    }
}

/// Writes one page where man looks for it below `folder`.
fn install(folder: &Path, page: &str, section: &str, text: &str) -> anyhow::Result<()> {
    let folder = folder.join(format!("man{section}"));
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let destination = Destination {
        path: Some(folder.join(format!("{page}.{section}"))),
        mode: cfg!(unix).then_some(0o644),
        existing: Existing::Replace,
        ..Destination::default()
    };
    match Output::open(&destination, false)? {
        Some(mut out) => {
            out.write(text.as_bytes())?;
            out.finish()
        }
        // Only `--keep` opens nothing.
        None => Ok(()),
    }
}
