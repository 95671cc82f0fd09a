//! What people used to other tools type, and what to type here.
//!
//! A hint must work when it is followed, and never turn the wish round. So it comes from a table, or is a name of this
//! program within two edits of what was typed; otherwise there is none.

mod slips;
mod typed;

use std::{ffi::OsString, iter};

use clap::Command;

pub(super) use self::typed::takes_secrets;
use self::{
    slips::{ARGUMENTS, COMMANDS},
    typed::{filled, is_number, number_behind, numbers, range, value_behind},
};
use crate::{
    args::{self, Span, number_elsewhere},
    policy,
};

/// Encodings that are options elsewhere, as in `openssl rand -hex 16`.
const ENCODINGS: &[&str] = &["hex", "base64", "base32"];

/// What stands before the name of a thing elsewhere, as in `random uuid`.
const VERBS: &[&str] = &[
    "random", "rand", "gen", "generate", "get", "new", "create", "make", "print", "secret",
    "openssl", "tool",
];

/// What draws an integer from a range.
const CHOICE: &str = "`mksecret choice --range <1-6>`";

/// What to type instead of a subcommand that there is not.
pub(super) fn subcommand(args: &[OsString], command: &Command) -> Option<String> {
    let typed = args.get(1)?.to_str()?;
    let name = typed.rsplit('.').next().map(plain).unwrap_or_default();
    if let Some(hint) = cluster(args) {
        return Some(hint);
    }
    if typed.starts_with('-') {
        let words = args.iter().skip(2).filter_map(|word| word.to_str());
        let mut names = iter::once(&*name).chain(words);
        let name = names.find(|name| command.find_subcommand(name).is_some());
        let name = name.unwrap_or("password");
        return Some(format!("the command comes first, as in `mksecret {name}`"));
    }
    if is_number(typed) {
        return Some(format!(
            "`mksecret password -l {typed}`, or for bytes `mksecret hex {typed}`"
        ));
    }
    let second = args.get(2).and_then(|word| word.to_str());
    if let Some(second) = second.filter(|_| VERBS.contains(&&*name)) {
        if command.find_subcommand(second).is_some() {
            return Some(format!("`mksecret {second}`"));
        }
        if let Some(instead) = named(&plain(second)) {
            return Some(filled(instead, &args[1..], second));
        }
    }
    if let Some(instead) = named(&name) {
        let is_range =
            args.len() > 2 && instead.contains("mksecret below <") && range(args).is_some();
        let instead = if is_range { CHOICE } else { instead };
        return Some(filled(instead, args, typed));
    }
    let names = command.get_subcommands().map(Command::get_name);
    closest(&name, names).map(|name| format!("did you mean `mksecret {name}`?"))
}

/// What is said of the `name` of a command.
fn named(name: &str) -> Option<&'static str> {
    let is_one = |names: &str| names.split(' ').any(|known| plain(known) == name);
    let (_, instead) = COMMANDS.iter().find(|(names, _)| is_one(names))?;
    Some(instead)
}

/// What to type instead of the name of an encoding after a single hyphen.
pub(super) fn cluster(args: &[OsString]) -> Option<String> {
    let words: Vec<_> = args.iter().filter_map(|arg| arg.to_str()).collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let name = ENCODINGS
            .iter()
            .find(|name| word.strip_prefix('-') == Some(name))?;
        let bytes = words.get(at + 1).copied().filter(|bytes| is_number(bytes));
        Some(format!("`mksecret {name} {}`", bytes.unwrap_or("32")))
    })
}

/// What to type instead of an `argument` that the subcommand does not have, or an option of it without its value.
pub(super) fn argument(args: &[OsString], command: &Command, argument: &str) -> Option<String> {
    let subcommand = command.find_subcommand(args.get(1)?.to_str()?)?;
    let is_integer = |word: &OsString| {
        let word = word.to_str().unwrap_or_default();
        word.starts_with('-') && word.parse::<args::Integer>().is_ok()
    };
    if subcommand.get_name() == "below"
        && !argument.starts_with("--")
        && args.iter().any(is_integer)
    {
        return Some("N that begins with a hyphen goes last, after `--`".into());
    }
    let known = match argument.split_once('=') {
        // As Ansible and dd name them: `length=20`.
        Some((name, _)) => {
            return blocks(args, subcommand)
                .or_else(|| assigned(args, subcommand, name))
                .or_else(|| made_key(args, argument, known(subcommand, "--key")?));
        }
        None if is_number(argument) => number(args, subcommand),
        None => known(subcommand, argument),
    };
    if let Some(instead) = known {
        let special = owner(args, subcommand, argument)
            .or_else(|| denied(args, argument, instead))
            .or_else(|| made_key(args, argument, instead))
            .or_else(|| characters(args, subcommand, argument))
            .or_else(|| omitted(args, subcommand, argument))
            .or_else(|| bounded(args, subcommand, instead, argument));
        return special.or_else(|| Some(filled(instead, args, argument)));
    }
    guess(command, subcommand, argument)
}

/// What is said of an `argument` with a yes or no, where `instead` is the option that says yes.
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

/// What is said of a key that `fill` shall make, with its name, but not with what may be its value.
fn made_key(args: &[OsString], argument: &str, instead: &str) -> Option<String> {
    let typed = match argument.starts_with('-') {
        true => value_behind(argument, args)?,
        false => argument,
    };
    let key = typed.split('=').next()?;
    let is_key = key.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
        && key
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || char == '_');
    let is_meant = is_key && instead.starts_with("-g KEY=HOW");
    is_meant.then(|| instead.replace("KEY", key).replace("SECRET", key))
}

/// What is said of an owner or group of the file that is written.
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

/// What is said where a length may stand, and characters do.
fn characters(args: &[OsString], subcommand: &Command, argument: &str) -> Option<String> {
    let is_meant = subcommand.get_name() == "password"
        && ["--chars", "--characters"].contains(&argument)
        && value_behind(argument, args)
            .is_some_and(|value| !is_number(value) && !value.starts_with('-'));
    is_meant.then(|| known(subcommand, "--charset").map(String::from))?
}

/// What is said of `-n` where it means no newline.
fn omitted(args: &[OsString], subcommand: &Command, argument: &str) -> Option<String> {
    let is_meant = subcommand.get_name() == "bytes"
        && argument == "-n"
        && number_behind(argument, args).is_none()
        && !numbers(args).is_empty();
    is_meant.then(|| "leave it out: no newline follows the bytes".into())
}

/// What is said of a bound, with the other one that was given.
fn bounded(
    args: &[OsString],
    subcommand: &Command,
    instead: &str,
    argument: &str,
) -> Option<String> {
    let is_bound = subcommand.get_name() == "below" && instead.contains("`mksecret below <100>`");
    let from = number_behind("--from", args).filter(|_| is_bound)?;
    let bound = number_behind(argument, args).filter(|bound| *bound > from)?;
    Some(filled(instead, args, argument).replace(
        &format!("`mksecret below {bound}`"),
        &format!("`mksecret below {bound} --from {from}`"),
    ))
}

/// What is said of an `argument` of this subcommand, or of all.
fn known(subcommand: &Command, argument: &str) -> Option<&'static str> {
    let find = |of: &str, argument: &str| {
        let (.., instead) = ARGUMENTS.iter().find(|(subcommands, typed, _)| {
            subcommands.split(' ').any(|name| name == of)
                && typed.split(' ').any(|typed| same(typed, argument))
        })?;
        fits(subcommand, instead).then_some(*instead)
    };
    find(subcommand.get_name(), argument).or_else(|| find("*", argument))
}

/// What is said of a number that is the value of nothing.
fn number(args: &[OsString], subcommand: &Command) -> Option<&'static str> {
    let numbers = numbers(args);
    let kind = match numbers[..] {
        [low, high] if low < high => "N<N",
        [one] if one < 6 => "few",
        _ => "",
    };
    let count = if numbers.len() > 1 { "N,N" } else { "N" };
    known(subcommand, kind).or_else(|| known(subcommand, count))
}

/// An option that `argument` may be: one within two edits, or one of another subcommand.
fn guess(command: &Command, subcommand: &Command, argument: &str) -> Option<String> {
    let name = argument.strip_prefix("--")?;
    let options = |of: &Command| {
        of.get_arguments()
            .filter_map(|arg| arg.get_long().map(String::from))
            .collect::<Vec<_>>()
    };
    let own = options(subcommand);
    if let Some(option) = closest(name, own.iter().map(String::as_str)) {
        return Some(format!("did you mean --{option}?"));
    }
    let mut all = command.clone();
    all.build();
    let others = all
        .get_subcommands()
        .filter(|other| options(other).iter().any(|option| option == name));
    let others: Vec<_> = others
        .map(|other| format!("`mksecret {}`", other.get_name()))
        .collect();
    let is_telling = (1..=3).contains(&others.len());
    is_telling.then(|| format!("it is an option of {}", others.join(" and ")))
}

/// The one name within two edits of what was `typed`, of which less than a third differs.
fn closest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
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

/// What to type instead of an argument that no other one looks like.
pub(super) fn unlike(subcommand: &str, argument: &str) -> Option<String> {
    let instead = match subcommand {
        "choice" | "sample" if argument.starts_with('-') => {
            "items that begin with a hyphen go after `--`"
        }
        "pattern" if argument.starts_with('-') => {
            "a PATTERN that begins with a hyphen goes last, after `--`"
        }
        "pattern" => "quote the PATTERN, as in '[A-Z]{4}'; -c N prints several texts",
        "token" => "with --check, tokens are read from standard input or from -i FILE",
        _ => return None,
    };
    Some(instead.into())
}

/// What to type instead of a `value` that the argument of the subcommand cannot have.
pub(super) fn value(
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
        ("passphrase", "--words", None) if value.contains(char::is_alphabetic) => {
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
        (_, "--timeout", _) if is_number(value) => {
            return Some(format!("with a unit: --timeout {value}s"));
        }
        _ => {}
    }
    if let Some((name, _)) = value.split_once('=') {
        return blocks(args, subcommand).or_else(|| assigned(args, subcommand, name));
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
    size.or(number)
}

/// Whether a password may have that length.
fn is_length(number: &str) -> bool {
    let length = number.parse();
    length.is_ok_and(|length: u64| (1..=policy::MAX_LENGTH).contains(&length))
}

/// What to type instead of the number and size of blocks, as dd names them: `bs=1M count=4`.
fn blocks(args: &[OsString], subcommand: &Command) -> Option<String> {
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

/// What to type instead of `name=value`.
fn assigned(args: &[OsString], subcommand: &Command, name: &str) -> Option<String> {
    let option = format!("--{name}");
    let is_option = subcommand
        .get_arguments()
        .any(|arg| arg.get_long() == Some(name));
    if is_option {
        return Some(format!("did you mean {option}?"));
    }
    let instead = known(subcommand, name).or_else(|| known(subcommand, &option))?;
    Some(filled(instead, args, name))
}

/// What is meant by a yes or no, or by characters, where a minimum stands.
fn minimum(option: &str, value: &str) -> Option<String> {
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

/// What to type instead of a size in other units.
fn size(value: &str) -> Option<String> {
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

/// What to type instead of an `option` with a yes or no.
pub(super) fn needless(option: &str, value: &str) -> Option<String> {
    match &*value.to_ascii_lowercase() {
        "true" | "yes" | "on" | "1" => Some(format!("{option} alone says yes")),
        "false" | "no" | "off" | "0" => Some(format!("leave {option} out")),
        _ => None,
    }
}

/// What to type behind an `option` that stands there without its value.
pub(super) fn without_value(subcommand: &Command, option: &str) -> Option<String> {
    if let Some(instead) = known(subcommand, option) {
        return Some(filled(instead, &[], option));
    }
    let long = option.strip_prefix("--")?;
    let arg = subcommand
        .get_arguments()
        .find(|arg| arg.get_long() == Some(long))?;
    let name = arg.get_value_names()?.first()?;
    let help = arg.get_help()?.to_string();
    let (first, rest) = help.split_at(help.chars().next()?.len_utf8());
    Some(format!("{option} {name}: {}{rest}", first.to_lowercase()))
}

/// What to say of a word with one hyphen that is no cluster of options: `-length`, `-out`.
pub(super) fn long_name(subcommand: &Command, word: &str) -> Option<String> {
    let name = word
        .strip_prefix('-')
        .filter(|name| name.len() > 2 && !name.starts_with('-') && *name != "help")?;
    let is_option = subcommand
        .get_arguments()
        .any(|arg| arg.get_long() == Some(name));
    match is_option {
        true => Some(format!("did you mean --{name}?")),
        false => known(subcommand, word).map(|instead| filled(instead, &[], word)),
    }
}

/// Whether all options that a hint names outside of backticks are those of the subcommand.
fn fits(subcommand: &Command, hint: &str) -> bool {
    let outside = hint.split('`').step_by(2);
    let words = outside.flat_map(|text| text.split([' ', ',', ':', ';', '?']));
    words
        .filter(|word| word.len() > 1 && word.starts_with('-'))
        .all(|word| {
            subcommand.get_arguments().any(|arg| {
                let long = arg.get_long().map(|long| format!("--{long}"));
                let short = arg.get_short().map(|short| format!("-{short}"));
                [long, short].contains(&Some(word.into()))
            })
        })
}

/// Whether two arguments are the same but for the writing of a long option: `--no-upper`, `--noUpper`, `--no_upper`.
fn same(known: &str, typed: &str) -> bool {
    known == typed
        || known.starts_with("--") && typed.starts_with("--") && plain(known) == plain(typed)
}

/// A name in lower case and without hyphens.
fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    /// All that comes of a name by one mistake: a character is missing, doubled, another one, or after the next.
    fn mistyped(name: &str) -> Vec<String> {
        let chars: Vec<char> = name.chars().collect();
        let mut typed = Vec::new();
        for at in 0..chars.len() {
            let (before, after) = (&chars[..at], &chars[at + 1..]);
            for middle in [vec![], vec![chars[at]; 2], vec!['x'], vec!['-']] {
                typed.push([before, &middle, after].concat());
            }
            if let [next, rest @ ..] = after {
                typed.push([before, &[*next, chars[at]], rest].concat());
            }
        }
        typed.iter().map(|chars| chars.iter().collect()).collect()
    }

    #[test]
    fn a_guess_is_what_was_meant() {
        let mut command = Cli::command();
        command.build();
        let names = |of: &Command| -> Vec<String> {
            let options = of.get_arguments().filter_map(clap::Arg::get_long);
            options.map(String::from).collect()
        };
        let mut lists: Vec<_> = command.get_subcommands().map(names).collect();
        lists.push(
            command
                .get_subcommands()
                .map(|sub| sub.get_name().into())
                .collect(),
        );
        let (mut guessed, mut all) = (0, 0);
        for names in lists {
            for name in &names {
                for typed in mistyped(name) {
                    let guess = closest(&typed, names.iter().map(String::as_str));
                    let is_other = names.contains(&typed);
                    assert!(
                        is_other || guess.is_none_or(|guess| guess == name),
                        "{typed}: {guess:?}"
                    );
                    (guessed, all) = (guessed + usize::from(guess.is_some()), all + 1);
                }
            }
        }
        assert!(guessed * 10 > all * 8, "{guessed} of {all}");
    }

    #[test]
    fn what_differs_more_is_no_guess() {
        let names = [
            "upper",
            "lower",
            "no-upper",
            "no-symbol",
            "append",
            "man",
            "hex",
            "passphrase",
        ];
        for typed in [
            "no-special",
            "no-lower",
            "mac",
            "ssh",
            "key",
            "hash",
            "passw",
            "up",
            "",
            "no-numbers",
        ] {
            assert_eq!(closest(typed, names.into_iter()), None, "{typed}");
        }
        assert_eq!(closest("pasphrases", names.into_iter()), Some("passphrase"));
    }
}
