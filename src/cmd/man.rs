//! `mksecret man`: the manual pages.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context;
use clap::{
    Args, ValueHint,
    builder::{PossibleValue, PossibleValuesParser},
};

use crate::{
    error::Error,
    output::{Destination, Existing, Output},
    process,
};

macro_rules! pages {
    ($($name:literal $section:literal)*) => {
        &[$((
            $name,
            $section,
            include_str!(concat!("../../man/", $name, ".", $section)),
        ),)*]
    };
}

/// The pages by name and section: the program's own, one for each subcommand, and some about a subject.
const PAGES: &[(&str, &str, &str)] = pages![
    "mksecret" "1"
    "mksecret-password" "1"
    "mksecret-passphrase" "1"
    "mksecret-pattern" "1"
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
  mksecret man                  read the manual without installing it
  mksecret man recipes          secrets for databases, frameworks, deployment
  mksecret man fill > fill.1    the source of a page, mdoc(7)
  mksecret man --all ~/.local/share/man

On a terminal, `man -l -` shows the page. man also searches the share/man beside
each bin in the PATH: ~/.local/share/man for ~/.local/bin.")]
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

/// What there is help about: the subcommands and the recipes.
pub(super) fn subjects() -> Vec<PossibleValue> {
    let subjects = PAGES.iter().skip(1);
    subjects
        .map(|(page, ..)| PossibleValue::new(short(page)))
        .collect()
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
        let (page, _, text) = PAGES
            .iter()
            .find(|(page, ..)| short(page) == short(&self.page))
            .expect("clap takes the names of pages alone");
        let mut out = Output::stdout()?;
        if out.is_terminal() {
            return show(short(page), text);
        }
        out.write(text.as_bytes())?;
        out.finish()
    }
}

/// Shows a page on the terminal, as man shows one that is installed.
fn show(page: &str, text: &str) -> anyhow::Result<()> {
    process::leave_keyboard_to_child()?;
    let mut man = match Command::new("man")
        .args(["-l", "-"])
        .stdin(Stdio::piped())
        .spawn()
    {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(without_man(page, "man is not installed").into());
        }
        started => started.context("cannot start man")?,
    };
    if let Some(mut stdin) = man.stdin.take() {
        // One that fails reads no further; its status says so.
        let _ = stdin.write_all(text.as_bytes());
    }
    match man.wait().context("cannot wait for man")?.success() {
        true => Ok(()),
        false => Err(without_man(page, "man cannot show the page").into()),
    }
}

fn without_man(page: &str, message: &str) -> Error {
    let help = match page {
        "recipes" => String::new(),
        "mksecret" => ", or see `mksecret help`".into(),
        command => format!(", or see `mksecret help {command}`"),
    };
    Error::Refused {
        message: message.into(),
        hint: format!("`mksecret man {page} | more` prints the source{help}"),
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
