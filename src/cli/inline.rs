//! The command line of a placeholder: this program's own, for whatever prints one text.

use std::{ffi::OsString, iter};

use clap::{ArgMatches, error::ErrorKind, parser::ValueSource};

use super::{
    answers::explain,
    argv::{check_items, check_values, spelled_out},
};
use crate::error::Error;

/// Options that make no sense there, and why.
const REFUSED: &[(&[&str], &str)] = &[
    (&["count", "distinct"], "a placeholder is one secret"),
    (&["no_newline", "null"], "nothing is put behind the secret"),
    (
        &["output", "mode", "owner", "force", "preserve", "keep"],
        "the secret goes where the placeholder is",
    ),
    (&["input", "wordlist"], "a template reads no other file"),
    (
        &["nonblock", "timeout", "pool", "verbose"],
        "it is an option of `mksecret fill` itself, for all secrets",
    ),
    (&["check"], "it makes no secret"),
];

/// Reads what follows `mksecret` in a placeholder as `command` does.
///
/// # Errors
/// It is no command line of this program, or has an option that makes no sense there.
pub(super) fn read(words: &str, command: &mut clap::Command) -> anyhow::Result<ArgMatches> {
    let Some(words) = shlex::split(words) else {
        let hint = "quote as in a shell; a backslash stands before another character";
        return Err(Error::usage_hint("the quotes do not match", hint).into());
    };
    let words = iter::once("mksecret".into()).chain(words);
    let args: Vec<OsString> = words.map(Into::into).collect();
    let matches = command.try_get_matches_from_mut(spelled_out(&args));
    check_values(&args, command)?;
    let matches = matches.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => no_secret(),
        _ => explain(&error.format(command), &args, command),
    })?;
    check_items(&args, command)?;
    if let Some((_, given)) = matches.subcommand() {
        check_options(given)?;
    }
    Ok(matches)
}

/// The `--prefix` of a command line.
pub(super) fn prefix(matches: &ArgMatches) -> Option<String> {
    let (_, given) = matches.subcommand()?;
    given.try_get_one("prefix").ok()?.cloned()
}

fn check_options(given: &ArgMatches) -> Result<(), Error> {
    let is_given = |id: &str| {
        given.try_contains_id(id).is_ok()
            && given.value_source(id) == Some(ValueSource::CommandLine)
    };
    for (ids, reason) in REFUSED {
        if let Some(id) = ids.iter().find(|id| is_given(id)) {
            let option = id.replace('_', "-");
            let message = format!("--{option} cannot stand in a placeholder");
            return Err(Error::usage_hint(message, *reason));
        }
    }
    Ok(())
}

/// A subcommand that does not print one text.
pub(super) fn refused(subcommand: &str, hint: &str) -> Error {
    Error::usage_hint(
        format!("`{subcommand}` cannot stand in a placeholder"),
        hint,
    )
}

/// A command line that prints no secret at all.
pub(super) fn no_secret() -> Error {
    Error::usage_hint(
        "this placeholder makes no secret",
        "write a subcommand that prints one text, as in {{ mksecret password }}",
    )
}
