//! Looking things up in the tables of other tools' names.

use std::ffi::OsString;

use clap::Command;

use super::{
    slips::{arguments, commands},
    typed::{filled, is_number, named_range, number_behind, numbers, takes_secrets, value_behind},
};
use crate::args::sets::{self, SetOption};

/// The options whose value is a set of characters.
const SETS: &[(&str, SetOption)] = &[
    ("--alphabet", SetOption::Alphabet { length: None }),
    ("--symbols", SetOption::Symbols),
    ("--exclude", SetOption::Exclude { has_classes: true }),
];

/// The hint for the `name` of a command, which is in plain writing.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let is_one = |names: &str| names.split(' ').any(|known| plain(known) == name);
    let (_, instead) = commands().find(|(names, _)| is_one(names))?;
    Some(instead)
}

/// The row of the table for an `argument` of this subcommand, or of all.
pub(super) fn known(subcommand: &Command, argument: &str) -> Option<&'static str> {
    let find = |of: &str, argument: &str| {
        let (.., instead) = arguments().find(|(subcommands, typed, _)| {
            subcommands.split(' ').any(|name| name == of)
                && typed.split(' ').any(|typed| same(typed, argument))
        })?;
        fits(subcommand, instead).then_some(instead)
    };
    find(subcommand.get_name(), argument).or_else(|| find("*", argument))
}

/// The hint for an option that was typed without its hyphens: `length=20`, `hex`, `uppercase`.
pub(super) fn bare(args: &[OsString], subcommand: &Command, word: &str) -> Option<String> {
    let option = format!("--{word}");
    if is_option(subcommand, &option) {
        let words = args.iter().filter_map(|arg| arg.to_str());
        let value = words
            .filter_map(|arg| arg.strip_prefix(word)?.strip_prefix('='))
            .next();
        let is_plain = |value: &&str| value.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let value = value.filter(is_plain);
        let is_secret = ["fill", "token"].contains(&subcommand.get_name());
        let value = value.filter(|_| !is_secret);
        return value
            .and_then(|value| minimum(&option, value))
            .or(value.map(|value| format!("use {option} {value}")))
            .or_else(|| known(subcommand, &option).map(|instead| filled(instead, args, word)))
            .or(Some(format!("did you mean {option}?")));
    }
    let instead = known(subcommand, word).or_else(|| known(subcommand, &option))?;
    Some(said(args, subcommand, word, instead))
}

/// The hint for an `argument`: `instead` is its row in the table, and the values that were typed can change it.
pub(super) fn said(
    args: &[OsString],
    subcommand: &Command,
    argument: &str,
    instead: &str,
) -> String {
    owner(args, subcommand, argument)
        .or_else(|| encoded(args, subcommand, argument))
        .or_else(|| denied(args, argument, instead))
        .or_else(|| made_key(args, argument, instead))
        .or_else(|| listed(args, subcommand, argument, instead))
        .or_else(|| omitted(args, subcommand, argument))
        .or_else(|| bounded(args, subcommand, instead, argument))
        .unwrap_or_else(|| filled(instead, args, argument))
}

/// The hint for an option with a yes or no: `--uppercase=false`. `instead` is the hint for a yes.
fn denied(args: &[OsString], argument: &str, instead: &str) -> Option<String> {
    let value = value_behind(argument, args)?.to_ascii_lowercase();
    let meant = instead.strip_prefix("use ")?;
    let class = ["--lower", "--upper", "--digit", "--symbol"]
        .into_iter()
        .find(|class| meant.starts_with(&format!("{class} <1>")));
    match (class, &*value) {
        (Some(_), "0") if argument.starts_with("--min") => None,
        (Some(class), "0") => minimum(class, "no"),
        (Some(class), _) => minimum(class, &value),
        (None, "false" | "no" | "off") if meant.starts_with('-') => {
            Some(format!("leave {argument} out"))
        }
        _ => None,
    }
}

/// The hint for a yes, a no or characters in the place of a minimum: `--symbol false`.
pub(super) fn minimum(option: &str, value: &str) -> Option<String> {
    let class = option.trim_start_matches('-');
    match &*value.to_ascii_lowercase() {
        "false" | "no" | "off" | "none" | "n" => Some(format!("for none at all: --no-{class}")),
        "true" | "yes" | "on" | "y" | "any" => Some(format!("for at least one: --{class} 1")),
        _ if class == "symbol" && !value.contains(char::is_alphanumeric) => {
            Some("it is how many at least; which ones is --symbols SET".into())
        }
        _ => None,
    }
}

/// The hint for a key that `fill` shall make, with its name. A word with a lower-case letter and no `=` may be a value:
/// it is not repeated.
pub(super) fn made_key(args: &[OsString], argument: &str, instead: &str) -> Option<String> {
    let typed = match argument.starts_with('-') {
        true => value_behind(argument, args)?,
        false => argument,
    };
    let (key, is_named) = match typed.split_once('=') {
        Some((key, _)) => (key, true),
        None => (typed, !typed.contains(|char: char| char.is_lowercase())),
    };
    let is_key = key.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
        && key
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || char == '_');
    let is_meant = is_key && is_named && instead.starts_with("-g KEY=HOW");
    is_meant.then(|| instead.replace("KEY", key).replace("SECRET", key))
}

/// The hint for the owner or the group of a file that is written: `--user www-data`.
fn owner(args: &[OsString], subcommand: &Command, argument: &str) -> Option<String> {
    if takes_secrets(subcommand.get_name()) {
        return None;
    }
    let mark = match argument {
        "--user" | "--username" | "--uid" => "",
        "--group" | "--gid" => ":",
        _ => return None,
    };
    let value = value_behind(argument, args)?;
    let writes = value_behind("--output", args).or_else(|| value_behind("-o", args));
    let is_name = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
    let is_clear = writes.is_some() && value.chars().all(is_name) && fits(subcommand, "--owner");
    is_clear.then(|| format!("use --owner {mark}{value}"))
}

/// The hint for an encoding that is the value of an option elsewhere: `--format hex`.
fn encoded(args: &[OsString], subcommand: &Command, argument: &str) -> Option<String> {
    let names = [
        "format",
        "outputformat",
        "encoding",
        "outputencoding",
        "type",
    ];
    let value = value_behind(argument, args).filter(|_| names.contains(&&*plain(argument)))?;
    let instead = known(subcommand, &format!("--{value}"))?;
    Some(filled(instead, args, argument))
}

/// The hint for characters: the option, with the set that was typed or what that means.
fn listed(
    args: &[OsString],
    subcommand: &Command,
    argument: &str,
    instead: &str,
) -> Option<String> {
    let set = value_behind(argument, args)?;
    let names = ["delim", "sep", "join", "glue"];
    let is_between = argument == "-d" || names.iter().any(|name| argument.contains(name));
    if is_between && instead.starts_with("use -s STR") {
        return Some(format!("use -s {}", shlex::try_quote(set).ok()?));
    }
    if set.starts_with('-') {
        return None;
    }
    let is_said = |(option, _): &&(&str, _)| instead.starts_with(&format!("use {option} SET"));
    let option = match SETS.iter().find(is_said) {
        Some((_, option)) => *option,
        // Where a length may stand, characters do.
        None if subcommand.get_name() == "password"
            && ["chars", "characters"].contains(&argument.trim_start_matches('-'))
            && !is_number(set) =>
        {
            SetOption::Alphabet { length: None }
        }
        None => return None,
    };
    sets::instead_of(set, option)
}

/// The hint for `-n` in the sense of no newline.
fn omitted(args: &[OsString], subcommand: &Command, argument: &str) -> Option<String> {
    let is_meant = subcommand.get_name() == "bytes"
        && argument == "-n"
        && number_behind(argument, args).is_none()
        && !numbers(args).is_empty();
    is_meant.then(|| "leave it out: no newline follows the bytes".into())
}

/// The hint for one end of a range, which keeps the other end.
fn bounded(
    args: &[OsString],
    subcommand: &Command,
    instead: &str,
    argument: &str,
) -> Option<String> {
    let is_bound = subcommand.get_name() == "below" && instead.contains("`mksecret below <100>`");
    let is_end = is_bound || instead == "use --from <1>";
    if let Some(range) = named_range(args).filter(|_| is_end) {
        return Some(format!(
            "`mksecret choice --range {range}`: both ends included"
        ));
    }
    let from = number_behind("--from", args).filter(|_| is_bound)?;
    let bound = number_behind(argument, args).filter(|bound| *bound > from)?;
    Some(filled(instead, args, argument).replace(
        &format!("`mksecret below {bound}`"),
        &format!("`mksecret below {bound} --from {from}`"),
    ))
}

/// The only name that is within two edits of what was `typed`. Less than a third of it differs.
pub(super) fn closest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let edits = names.map(|name| (strsim::osa_distance(typed, name), name));
    let mut near: Vec<_> = edits
        .filter(|(edits, name)| *edits <= 2 && 3 * edits < typed.len().max(name.len()))
        .collect();
    near.sort_unstable();
    match near[..] {
        [(edits, _), (others, _), ..] if edits == others => None,
        [(_, name), ..] => Some(name),
        [] => None,
    }
}

/// Whether the subcommand has all options that a hint names outside of backticks.
fn fits(subcommand: &Command, hint: &str) -> bool {
    let outside = hint.split('`').step_by(2);
    let words = outside.flat_map(|text| text.split([' ', ',', ':', ';', '?']));
    words
        .filter(|word| word.len() > 1 && word.starts_with('-'))
        .all(|word| is_option(subcommand, word))
}

/// Whether the subcommand has an option of that name: `-c`, `--count`.
pub(in crate::cli) fn is_option(subcommand: &Command, name: &str) -> bool {
    subcommand.get_arguments().any(|arg| {
        let long = arg.get_long().map(|long| format!("--{long}"));
        let short = arg.get_short().map(|short| format!("-{short}"));
        [long, short].iter().flatten().any(|option| option == name)
    })
}

/// Whether two arguments differ only in how a long option is written: `--no-upper`, `--noUpper`, `--no_upper`.
fn same(known: &str, typed: &str) -> bool {
    known == typed
        || known.starts_with("--") && typed.starts_with("--") && plain(known) == plain(typed)
}

/// A name in lower case and without hyphens.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect()
}
