//! Answers to a command line that asks for no secret: help, the version, or clap's errors in our words.

use std::{
    ffi::OsString,
    io::{self, IsTerminal},
};

use clap::{
    Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::habits;
use crate::{error::Error, message::show, output::Output};

/// Prints the help or the version that was asked for, or the error.
pub(crate) fn answer(
    error: clap::Error,
    args: &[OsString],
    command: &Command,
) -> anyhow::Result<()> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion if !asks_for_it(args) => {
            Err(in_a_cluster(args).into())
        }
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = Output::stdout()?;
            out.write(rendered(&error, out.is_terminal()).as_bytes())?;
            out.finish()
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            show(&rendered(&error, io::stderr().is_terminal()));
            Err(Error::HelpShown.into())
        }
        _ => Err(explain(&error, args, command).into()),
    }
}

/// Whether a word of its own asks for help or the version. Elsewhere `-h` is a part of something else, and what is
/// printed would be taken for a secret: `T=$(mksecret -hex 16)`.
fn asks_for_it(args: &[OsString]) -> bool {
    let words = ["-h", "--help", "-V", "--version"];
    args.iter().any(|arg| words.iter().any(|word| arg == word))
}

fn in_a_cluster(args: &[OsString]) -> Error {
    let is_cluster = |word: &&str| word.starts_with('-') && word.contains(['h', 'V']);
    let mut words = args.iter().skip(1).filter_map(|arg| arg.to_str());
    Error::usage_hint(
        format!(
            "unexpected argument '{}'",
            words.find(is_cluster).unwrap_or("-h")
        ),
        habits::cluster(args).unwrap_or_else(|| "help is -h or --help alone".into()),
    )
}

/// With colours where the stream shows them: a terminal, unless the environment says no.
fn rendered(error: &clap::Error, to_terminal: bool) -> String {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if to_terminal && !set("NO_COLOR") && !dumb {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    }
}

/// The error in `args`, and the way out.
pub(super) fn explain(error: &clap::Error, args: &[OsString], command: &Command) -> Error {
    let named = |kind| error.get(kind).map(one).unwrap_or_default();
    // As it was typed, and not as `words` has spelled it out.
    let typed = |argument| match (named(argument), error.kind()) {
        (argument, _) if argument == "--null" && args.iter().any(|arg| arg == "-0") => "-0".into(),
        (argument, ErrorKind::UnknownArgument) => argument,
        (argument, _) => bare(&argument),
    };
    let argument = typed(ContextKind::InvalidArg);
    let subcommand = args
        .get(1)
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let found = command.find_subcommand(subcommand);
    let value = named(ContextKind::InvalidValue);
    let quoted = |text: &str| match habits::takes_secrets(subcommand) {
        true => String::new(),
        false => format!(" '{text}'"),
    };
    let mut hint = None;
    let message = match error.kind() {
        ErrorKind::ValueValidation => {
            hint = found.and_then(|found| habits::value(args, found, &argument, &value));
            let reason = std::error::Error::source(error)
                .map(ToString::to_string)
                .unwrap_or_default();
            format!("{argument}{}: {reason}", quoted(&value))
        }
        ErrorKind::InvalidValue => {
            let valid = named(ContextKind::ValidValue);
            if value.is_empty() {
                hint = found.and_then(|found| habits::without_value(found, &argument));
                format!("{argument} needs a value")
            } else {
                hint = found
                    .filter(|_| !valid.is_empty())
                    .map(|found| habits::unlisted(args, found, &argument, &value, &valid));
                format!("{argument}{}: unknown value", quoted(&value))
            }
        }
        ErrorKind::UnknownArgument => {
            hint = match found {
                None => habits::subcommand(args, command),
                Some(_) => habits::cluster(args)
                    .or_else(|| habits::argument(args, command, &argument))
                    .or_else(|| habits::unlike(args, subcommand, &argument)),
            };
            format!("unexpected argument{}", quoted(&argument))
        }
        ErrorKind::InvalidSubcommand => {
            hint = habits::subcommand(args, command);
            let name = named(ContextKind::InvalidSubcommand);
            format!("unknown command '{name}'")
        }
        ErrorKind::MissingRequiredArgument => match found.and_then(|found| needing(found, args)) {
            Some((option, needed)) => {
                hint = found.and_then(|found| habits::explained(found, &needed));
                format!("{option} needs {needed}")
            }
            None => {
                hint = found.and_then(habits::example);
                format!("{argument} is missing")
            }
        },
        ErrorKind::ArgumentConflict => match typed(ContextKind::PriorArg) {
            prior if prior == argument => format!("{argument} is given twice"),
            prior => format!("{argument} cannot be used with {prior}"),
        },
        ErrorKind::TooManyValues => {
            hint = habits::needless(&argument, &value);
            match quoted(&value) {
                shown if shown.is_empty() => format!("{argument} takes no value"),
                shown => format!("{argument} takes no value, but was given{shown}"),
            }
        }
        ErrorKind::InvalidUtf8 => {
            let invalid = args.iter().find(|arg| arg.to_str().is_none());
            let shown = invalid.map_or_else(String::new, |arg| quoted(&arg.to_string_lossy()));
            format!("an argument{shown} is not valid UTF-8")
        }
        _ => {
            let text = error.render().to_string();
            text.lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_string()
        }
    };
    let help = if found.is_some() {
        format!("mksecret {subcommand} --help")
    } else {
        "mksecret --help".into()
    };
    Error::usage_hint(message, hint.unwrap_or_else(|| format!("see `{help}`")))
}

/// An option of `args` that makes sense only with another one, which is missing, and that other: its help begins so.
fn needing(subcommand: &Command, args: &[OsString]) -> Option<(String, String)> {
    let is_typed = |name: &str| args.iter().any(|arg| arg == name);
    subcommand.get_arguments().find_map(|option| {
        let help = option.get_help()?.to_string();
        let (needed, _) = help.strip_prefix("With ")?.split_once(':')?;
        let names = [
            option.get_short().map(|short| format!("-{short}")),
            option.get_long().map(|long| format!("--{long}")),
        ];
        let typed = names.into_iter().flatten().find(|name| is_typed(name))?;
        (!is_typed(needed)).then(|| (typed, needed.to_string()))
    })
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
