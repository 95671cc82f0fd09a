//! Hints for values: those that an argument cannot have, and missing ones.

use std::ffi::OsString;

use clap::Command;

use super::{
    lookup::{bare, closest, known, minimum, said},
    typed::{filled, is_number, number_behind},
};
use crate::{
    args::{
        self, Span, number_elsewhere,
        sets::{self, SetOption},
    },
    policy,
    strength::Length,
};

/// The hint for a `value` that the argument of the subcommand cannot have.
pub(in crate::cli) fn value(
    args: &[OsString],
    subcommand: &Command,
    argument: &str,
    value: &str,
) -> Option<String> {
    let name = subcommand.get_name();
    let number = number_elsewhere(value);
    let range = Span::elsewhere(value);
    let range = range.or_else(|| number.is_none().then(|| Span::loosely(value)).flatten());
    let ends = range.as_deref().and_then(|range| range.split_once('-'));
    match (name, argument, ends) {
        (_, "--range", None) if is_number(value) => {
            let next = args.iter().skip_while(|word| *word != value).nth(1);
            let next = next
                .and_then(|word| word.to_str())
                .filter(|word| is_number(word));
            let range = next.and_then(|next| Span::elsewhere(&format!("{value}-{next}")));
            let is_end =
                value.parse::<args::Integer>().is_ok() && value.trim_start_matches('0') > "1";
            let range = range.unwrap_or_else(|| format!("1-{}", if is_end { value } else { "6" }));
            return Some(format!("both ends: --range {range}"));
        }
        (_, "--range", Some(_)) => return range.map(|range| format!("--range {range}")),
        ("below", _, Some(_)) => {
            return range.map(|range| format!("from LO to HI: `mksecret choice --range {range}`"));
        }
        ("password", "--length", Some((low, high))) if is_length(low) && is_length(high) => {
            return Some(format!(
                "one length: -l {high}; a site's bounds: --rules 'minlength: {low}; maxlength: {high}'"
            ));
        }
        ("passphrase", "--words", Some((_, high))) if is_length(high) => {
            return Some(format!("one number of words: -w {high}"));
        }
        ("passphrase", "--words", None) if value.starts_with(char::is_alphabetic) => {
            return Some("the number of words is -w N, a list of words -W FILE".into());
        }
        ("sample", "N" | "K", None) if value.contains(char::is_alphabetic) => {
            return Some("K comes first: `mksecret sample 2 ITEM...`".into());
        }
        ("password", "--lower" | "--upper" | "--digit" | "--symbol", _) => {
            if let Some(hint) = minimum(argument, value) {
                return Some(hint);
            }
        }
        ("password" | "passphrase", "--length" | "--words" | "--bits", None) => {
            if let Some(hint) = with_unit(argument, value) {
                return Some(hint);
            }
        }
        (_, "--timeout", _) if is_number(value) => {
            return Some(format!("with a unit: --timeout {value}s"));
        }
        _ => {}
    }
    if let Some((name, _)) = value.split_once('=') {
        return blocks(args, subcommand).or_else(|| bare(args, subcommand, name));
    }
    if let Some((_, high)) = ends.filter(|(_, high)| {
        let is_bounded = name == "password" && argument == "--length";
        args::size(high).is_ok() && (!is_bounded || is_length(high))
    }) {
        return Some(format!("it is one number, such as {high}"));
    }
    let is_size = ["N", "SIZE"].contains(&argument) && name != "below";
    let size = is_size.then(|| size(value)).flatten();
    let is_read = |number: &String| name == "below" || args::size(number).is_ok();
    let number = number
        .filter(is_read)
        .map(|number| format!("write {number}"));
    let is_positional = !argument.starts_with('-');
    size.or(number).or_else(|| match is_positional {
        true => bare(args, subcommand, value),
        // A habit that begins with a letter: `-cny`.
        false => known(subcommand, argument).map(|instead| filled(instead, &[], argument)),
    })
}

/// The hint for a `value` that is not one of the `valid` ones.
pub(in crate::cli) fn unlisted(
    args: &[OsString],
    subcommand: &Command,
    argument: &str,
    value: &str,
    valid: &str,
) -> String {
    // What other tools have as presets are options here, or commands.
    let length = || {
        let typed = number_behind("--length", args).or_else(|| number_behind("-l", args));
        typed.map(Length::Units)
    };
    let device = value.strip_prefix("/dev/");
    let word = match argument {
        "--pool" if device.is_some_and(|device| valid.split(", ").any(|pool| pool == device)) => {
            device.map(|device| format!("use --pool {device}"))
        }
        "--for" if is_number(value) => known(subcommand, "N").map(|n| filled(n, args, value)),
        "--for" | "--pool" => {
            let option = SetOption::Alphabet { length: length() };
            let row = || known(subcommand, &format!("--{value}"));
            sets::of_names(value, option)
                .filter(|_| argument == "--for")
                .or_else(|| row().map(|instead| said(args, subcommand, value, instead)))
        }
        "SHELL" => bare(args, subcommand, value),
        _ => None,
    };
    let near = || closest(value, valid.split(", ")).map(|name| format!("did you mean {name}?"));
    word.or_else(near)
        .unwrap_or_else(|| format!("it must be one of: {valid}"))
}

/// The hint for a number with its unit: `128bits`, `20chars`.
fn with_unit(argument: &str, value: &str) -> Option<String> {
    let end = value.find(|char: char| !char.is_ascii_digit())?;
    let (number, unit) = value.split_at(end);
    match unit.trim_start_matches([' ', '-']) {
        _ if number.is_empty() => None,
        "bit" | "bits" => Some(format!("use -b {number}")),
        "char" | "chars" | "character" | "characters" if argument == "--length" => {
            Some(format!("use -l {number}"))
        }
        "word" | "words" if argument == "--words" => Some(format!("use -w {number}")),
        _ => None,
    }
}

/// Whether a password may have that length.
fn is_length(number: &str) -> bool {
    let length = number.parse();
    length.is_ok_and(|length: u64| (1..=policy::MAX_LENGTH).contains(&length))
}

/// The hint for a number and a size of blocks, as dd names them: `bs=1M count=4`.
pub(super) fn blocks(args: &[OsString], subcommand: &Command) -> Option<String> {
    let given = |name: &str| {
        let words = args.iter().filter_map(|arg| arg.to_str());
        words.filter_map(|word| word.strip_prefix(name)).next()
    };
    let (size, count) = (given("bs=")?, given("count=")?);
    if subcommand.get_name() != "bytes" {
        return None;
    }
    let upper = size.to_ascii_uppercase();
    let bytes = args::size(&upper).ok()?.checked_mul(count.parse().ok()?)?;
    let shown = if count == "1" {
        upper
    } else {
        bytes.to_string()
    };
    (bytes > 0).then(|| format!("`mksecret bytes {shown}`"))
}

/// The hint for a size in other units, or with a blank before the unit.
pub(super) fn size(value: &str) -> Option<String> {
    let together: String = value.split(' ').collect();
    if together != value && args::size(&together).is_ok() {
        return Some(format!(
            "a unit stands directly behind the number: {together}"
        ));
    }
    let upper = value.to_ascii_uppercase().replace("IB", "iB");
    if upper != value && args::size(&upper).is_ok() {
        return Some(format!("units are written in upper case: {upper}"));
    }
    let digits = value.trim_end_matches(|char: char| !char.is_ascii_digit());
    let bytes: u64 = digits.parse().ok()?;
    let bytes = match value[digits.len()..].trim().to_ascii_lowercase().as_str() {
        "b" | "byte" | "bytes" => bytes,
        "bit" | "bits" if bytes.is_multiple_of(8) => bytes / 8,
        _ => return None,
    };
    Some(format!("it is a number of bytes: {bytes}"))
}

/// The hint for a yes or no behind an `option` that takes no value.
pub(in crate::cli) fn needless(option: &str, value: &str) -> Option<String> {
    match &*value.to_ascii_lowercase() {
        "true" | "yes" | "on" | "1" => Some(format!("{option} alone says yes")),
        "false" | "no" | "off" | "0" => Some(format!("leave {option} out")),
        _ => None,
    }
}

/// The hint for an `option` without its value.
pub(in crate::cli) fn without_value(subcommand: &Command, option: &str) -> Option<String> {
    if let Some(instead) = known(subcommand, option) {
        return Some(filled(instead, &[], option));
    }
    explained(subcommand, option)
}

/// An `option` with its value and its help.
pub(in crate::cli) fn explained(subcommand: &Command, option: &str) -> Option<String> {
    let arg = subcommand.get_arguments().find(|arg| {
        let long = arg.get_long().map(|long| format!("--{long}"));
        let short = arg.get_short().map(|short| format!("-{short}"));
        [long, short].contains(&Some(option.into()))
    })?;
    let value = match arg.get_action().takes_values() {
        true => format!(" {}", arg.get_value_names()?.first()?),
        false => String::new(),
    };
    let help = arg.get_help()?.to_string();
    let (first, rest) = help.split_at(help.chars().next()?.len_utf8());
    Some(format!("{option}{value}: {}{rest}", first.to_lowercase()))
}

/// The hint for a missing argument: the first example of the subcommand.
pub(in crate::cli) fn example(subcommand: &Command) -> Option<String> {
    let help = subcommand.get_after_long_help()?.to_string();
    let line = help
        .lines()
        .find_map(|line| line.strip_prefix("  mksecret "))?;
    let line = line.split("  ").next()?;
    Some(format!("as in `mksecret {line}`"))
}
