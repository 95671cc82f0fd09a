//! What clap does not check of the words of a command line.

use std::ffi::OsString;

use clap::{Arg, Command, ValueHint};

use super::habits;
use crate::{args::Span, error::Error, message::counted};

/// The words as clap shall read them: -0, which it would take for a number where one may stand, is --null.
pub(super) fn spelled_out(args: &[OsString]) -> impl Iterator<Item = OsString> {
    let mut is_option = true;
    args.iter().map(move |word| {
        is_option &= word != "--";
        if is_option && word == "-0" {
            "--null".into()
        } else {
            word.clone()
        }
    })
}

/// A value may begin with a hyphen, but it is no option of the subcommand, which was meant as one. The name of a file
/// does not begin with a hyphen; `-` is a standard stream.
///
/// # Errors
/// A value of `args` does not keep to that.
pub(super) fn check_values(args: &[OsString], command: &Command) -> Result<(), Error> {
    let text = |word: &OsString| word.to_string_lossy().into_owned();
    let mut words = args.iter().skip(1).map(text);
    let name = words.next().unwrap_or_default();
    let Some(subcommand) = command.find_subcommand(&name) else {
        return Ok(());
    };
    while let Some(word) = words.next().filter(|word| word != "--") {
        if let Some(hint) = habits::long_name(subcommand, &word) {
            let message = format!("unexpected argument '{word}'");
            return Err(Error::usage_hint(message, hint));
        }
        let Some((option, attached)) = option_with_value(subcommand, &word) else {
            continue;
        };
        let shown = format!("--{}", option.get_long().unwrap_or_default());
        let apart = attached.is_none();
        let Some(value) = attached.map(str::to_string).or_else(|| words.next()) else {
            return Ok(());
        };
        let is_path = option.get_value_hint() == ValueHint::FilePath;
        if apart && habits::is_option(subcommand, &value) {
            let is_text = takes_text(option);
            let meant = match (is_path, is_text) {
                (true, _) => format!("if there is such a file: ./{value}"),
                (_, true) => format!("if it is meant as the value: {shown}={value}"),
                _ => habits::without_value(subcommand, &shown).unwrap_or_default(),
            };
            let message = format!("{shown} needs a value, and {value} is an option");
            return Err(Error::usage_hint(message, meant));
        }
        if is_path && value.starts_with('-') && value != "-" {
            let value = if habits::takes_secrets(&name) {
                "-…"
            } else {
                &value
            };
            return Err(Error::usage_hint(
                format!("{shown} '{value}': the name of a file does not begin with a hyphen here"),
                Span::instead_of_file(value)
                    .unwrap_or_else(|| format!("if there is such a file: ./{value}")),
            ));
        }
    }
    Ok(())
}

/// Whether the value of an option may be any text, or an integer that may be negative.
fn takes_text(option: &Arg) -> bool {
    let names = option.get_value_names().unwrap_or_default();
    let texts = ["STR", "SET", "CHARS", "TEXT", "NAME", "LO", "LO-HI"];
    names.iter().any(|name| texts.contains(&name.as_str()))
}

/// A lone item of `choice` or `sample` that reads as a range was meant as one, unless it stands after `--`. So were one
/// or two integers of which `sample` shall take more than there are: `sample 6 49`.
///
/// # Errors
/// There is one.
pub(super) fn check_items(args: &[OsString], command: &Command) -> Result<(), Error> {
    let words: Vec<&str> = args.iter().skip(1).filter_map(|arg| arg.to_str()).collect();
    let [name, words @ ..] = &words[..] else {
        return Ok(());
    };
    let subcommand = command.find_subcommand(name);
    let Some(subcommand) = subcommand.filter(|_| ["choice", "sample"].contains(name)) else {
        return Ok(());
    };
    let mut items = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match option_with_value(subcommand, word) {
            _ if *word == "--" => return Ok(()),
            Some((_, None)) => drop(words.next()),
            None if !word.starts_with('-') => items.push(*word),
            _ => {}
        }
    }
    if let ("sample", [wanted, ends @ ..]) = (*name, &items[..])
        && let Some(range) = ends_of(ends)
        && wanted
            .parse()
            .is_ok_and(|wanted: u64| wanted > ends.len() as u64 && range.size >= wanted.into())
    {
        return Err(Error::usage_hint(
            format!(
                "K '{wanted}': only {} in the arguments",
                counted(ends.len(), "item")
            ),
            format!("for the integers: --range {}", range.typed),
        ));
    }
    let lone = match (*name, &items[..]) {
        ("choice", [item]) | ("sample", [_, item]) => item,
        _ => return Ok(()),
    };
    match Span::elsewhere(lone) {
        None => Ok(()),
        Some(range) => Err(Error::usage_hint(
            format!("the only item, '{lone}', reads as a range of integers"),
            format!("for the integers: --range {range}; after `--` it is an item"),
        )),
    }
}

/// The range from 1, or between two integers.
fn ends_of(ends: &[&str]) -> Option<Span> {
    let range = match ends {
        [high] => format!("1-{high}"),
        [low, high] => format!("{low}-{high}"),
        _ => return None,
    };
    range.parse().ok()
}

/// The option with a value that `word` gives or ends with, and the value if that is a part of the word.
fn option_with_value<'a, 'w>(
    subcommand: &'a Command,
    word: &'w str,
) -> Option<(&'a Arg, Option<&'w str>)> {
    let takes_value = |arg: &&Arg| arg.get_action().takes_values();
    if let Some(long) = word.strip_prefix("--") {
        let (long, value) = match long.split_once('=') {
            Some((long, value)) => (long, Some(value)),
            None => (long, None),
        };
        let option = subcommand
            .get_arguments()
            .find(|arg| arg.get_long() == Some(long));
        return Some((option.filter(takes_value)?, value));
    }
    let cluster = word.strip_prefix('-')?;
    for (at, char) in cluster.char_indices() {
        let option = subcommand
            .get_arguments()
            .find(|arg| arg.get_short() == Some(char))?;
        if takes_value(&option) {
            let rest = &cluster[at + char.len_utf8()..];
            return Some((option, (!rest.is_empty()).then_some(rest)));
        }
    }
    None
}
