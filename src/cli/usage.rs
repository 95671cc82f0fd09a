//! What a command line that asks for no secret is answered: help, or what is wrong with it in our words.

use std::{
    ffi::OsString,
    io::{self, IsTerminal, Write},
};

use clap::{
    Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::habits::habit;
use crate::{error::Error, output::Output};

/// Prints the help or the version that was asked for, or says what is wrong.
pub(crate) fn answer(
    error: clap::Error,
    args: &[OsString],
    command: &Command,
) -> anyhow::Result<()> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = rendered(&error, &io::stdout());
            let mut out = Output::stdout()?;
            out.write(text.as_bytes())?;
            out.finish()
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = io::stderr().write_all(rendered(&error, &io::stderr()).as_bytes());
            Err(Error::HelpShown.into())
        }
        _ => Err(explain(&error, args, command).into()),
    }
}

/// With colours where the stream shows them: a terminal, unless the environment says no.
fn rendered(error: &clap::Error, stream: &impl IsTerminal) -> String {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if stream.is_terminal() && !set("NO_COLOR") && !dumb {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    }
}

/// What is wrong with `args`, and what would do.
pub(super) fn explain(error: &clap::Error, args: &[OsString], command: &Command) -> Error {
    let named = |kind| error.get(kind).map(one).unwrap_or_default();
    let argument = bare(&named(ContextKind::InvalidArg));
    let value = named(ContextKind::InvalidValue);
    let subcommand = args
        .get(1)
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let mut hint = habit(subcommand, &argument).map(str::to_string);
    let message = match error.kind() {
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error)
                .map(ToString::to_string)
                .unwrap_or_default();
            format!("{argument} '{value}': {reason}")
        }
        ErrorKind::InvalidValue => {
            let valid = named(ContextKind::ValidValue);
            if !valid.is_empty() {
                hint = Some(format!("it must be one of: {valid}"));
            }
            if value.is_empty() {
                format!("{argument} needs a value")
            } else {
                format!("{argument} '{value}': there is no such value")
            }
        }
        ErrorKind::UnknownArgument if is_negative_number(&argument) => {
            format!("'{argument}': a number here must be 1 or more")
        }
        ErrorKind::UnknownArgument => {
            hint = hint.or_else(|| {
                error
                    .get(ContextKind::SuggestedArg)
                    .map(|arg| format!("there is {}", one(arg)))
            });
            format!("unexpected argument '{argument}'")
        }
        ErrorKind::InvalidSubcommand => {
            hint = error
                .get(ContextKind::SuggestedSubcommand)
                .map(|name| format!("there is `mksecret {}`", one(name)));
            format!(
                "there is no subcommand '{}'",
                named(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("{argument} is missing"),
        ErrorKind::ArgumentConflict => match bare(&named(ContextKind::PriorArg)) {
            prior if prior == argument => format!("{argument} is given twice"),
            prior => format!("{argument} and {prior} exclude each other"),
        },
        ErrorKind::TooManyValues => format!("{argument} takes no value, but was given '{value}'"),
        ErrorKind::InvalidUtf8 => "an argument is not valid UTF-8".into(),
        _ => {
            let text = error.render().to_string();
            text.lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_string()
        }
    };
    let help = if command.find_subcommand(subcommand).is_some() {
        format!("mksecret {subcommand} --help")
    } else {
        "mksecret --help".into()
    };
    Error::usage_hint(message, hint.unwrap_or_else(|| format!("see `{help}`")))
}

/// An argument's name without the marks of clap's synopsis: `[N]` is N, `--pool <POOL>` is --pool.
fn bare(argument: &str) -> String {
    let name = argument.split_once(' ').map_or(argument, |(name, _)| name);
    name.trim_matches(['[', ']', '<', '>', '.']).to_string()
}

/// A context value as it stands in a sentence.
fn one(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => several.join(", "),
        value => value.to_string(),
    }
}

fn is_negative_number(argument: &str) -> bool {
    argument
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
