//! The numbers and other values that were typed, and hints that keep them.

use std::ffi::OsString;

use crate::{
    args::{self, Span},
    policy,
};

/// Whether an argument of the subcommand could be a secret of the user. Such a word is never shown.
pub(in crate::cli) fn takes_secrets(subcommand: &str) -> bool {
    subcommand == "token"
}

/// What other tools call a length.
const LENGTHS: &[&str] = &[
    "--length",
    "--chars",
    "--size",
    "--password-length",
    "--byte-length",
    "-l",
    "-L",
    "-m",
    "length",
    "byte_length",
    "random",
];

/// `hint` with the numbers that were typed: `<32>` is the one behind `argument`, or 32.
pub(super) fn filled(hint: &str, args: &[OsString], argument: &str) -> String {
    let numbers = numbers(args);
    let number = match number_behind(argument, args) {
        Some(number) if !is_number(argument) => Some(number),
        None if argument.starts_with('-') => None,
        _ if is_number(argument) => numbers.first().copied(),
        _ => {
            let length = LENGTHS.iter().find_map(|name| number_behind(name, args));
            length.or(numbers.first().copied())
        }
    };
    let is_shown = args
        .get(1)
        .is_none_or(|name| !takes_secrets(&name.to_string_lossy()));
    let number = number.filter(|number| is_shown || *number < 10_000);
    let mut filled = String::new();
    for (at, part) in hint.split(['<', '>']).enumerate() {
        let shown = match part {
            _ if at % 2 == 0 => None,
            "first" => numbers.first().map(ToString::to_string),
            "second" => numbers.get(1).map(ToString::to_string),
            _ if part.contains('-') => range(args).or_else(|| match numbers[..] {
                [high] if high > 1 && part.starts_with("1-") => Some(format!("1-{high}")),
                _ => None,
            }),
            // No more than a minimum may be 0.
            "1" => number.map(|number| number.to_string()),
            _ => {
                let default = part.trim_end_matches('+');
                let (least, number) = match part.strip_suffix('+') {
                    // Keys have this number of bits, not of bytes.
                    Some(default) => (
                        default.parse().unwrap_or(0) / 2,
                        number.map(|key| if key < 128 { key } else { key.div_ceil(8) }),
                    ),
                    None => (1, number),
                };
                // hex counts bytes of two digits.
                let number = match filled.ends_with("[0-9A-F]{") {
                    true => number.and_then(|bytes| bytes.checked_mul(2)),
                    false => number,
                };
                let asked = number.or_else(|| asked(&filled, default.parse().ok()?, args));
                let asked = asked.filter(|number| *number >= least && is_shown);
                Some(asked.map_or_else(|| default.to_string(), |number| number.to_string()))
            }
        };
        filled += shown.as_deref().unwrap_or(part);
    }
    filled
}

/// The range that was typed: `1-6`, or two ends by their names, or the last two numbers.
pub(super) fn range(args: &[OsString]) -> Option<String> {
    let words = args.iter().skip(2).filter_map(|arg| arg.to_str());
    if let Some(range) = named_range(args) {
        return Some(range);
    }
    match numbers(args)[..] {
        [.., low, high] if low < high => Some(format!("{low}-{high}")),
        _ => words.filter_map(Span::elsewhere).next(),
    }
}

/// The range whose ends were typed with their names.
pub(super) fn named_range(args: &[OsString]) -> Option<String> {
    let end = |names: [&str; 4]| names.iter().find_map(|name| number_behind(name, args));
    let ends = end(["--min", "--lo", "--low", "min"]).zip(end(["--max", "--hi", "--high", "max"]));
    let (low, high) = ends.filter(|(low, high)| low < high)?;
    Some(format!("{low}-{high}"))
}

/// How much another option of `args` asks for, if that is more than `default`. The number stands behind `before` in a
/// hint, which decides its unit.
fn asked(before: &str, default: u64, args: &[OsString]) -> Option<u64> {
    let value = |long, short| number_behind(long, args).or_else(|| number_behind(short, args));
    let subcommand = args.get(1)?.to_str()?;
    let word = before.rsplit([' ', '`']).nth(1)?;
    let encodes = ["hex", "urlsafe", "base64", "base32", "bytes"];
    let bytes = || {
        let alone = args.get(2)?.to_str()?;
        let is_size = encodes.contains(&subcommand);
        is_size.then(|| args::size(alone).ok()).flatten()
    };
    let bits = value("--bits", "-b");
    // `-l` of the same command: the length that was asked for. A digit has more than 3 bits.
    if word == "-l" && !before.contains('`') {
        return value("--length", "-l").or(bits.map(|bits| bits.div_ceil(3)));
    }
    let asked = match word {
        "-b" => bits,
        "-l" | "-w" if subcommand == "passphrase" => None,
        "-l" => value("--length", "-l").or_else(|| match before {
            before if before.contains("`mksecret hex") => bits.map(|bits| bits.div_ceil(4)),
            _ => bits.map(|bits| bits.div_ceil(5)),
        }),
        _ if before.ends_with("[0-9A-F]{") => {
            let digits = bytes().and_then(|bytes| bytes.checked_mul(2));
            value("--length", "-l")
                .or(digits)
                .filter(|digits| *digits <= policy::MAX_LENGTH)
        }
        _ if before.ends_with('{') => value("--length", "-l"),
        _ if encodes.contains(&word) => bytes(),
        _ => None,
    };
    asked.filter(|asked| *asked > default)
}

/// The number that is the value of an `option` as it was typed.
pub(super) fn number_behind(option: &str, args: &[OsString]) -> Option<u64> {
    value_behind(option, args)?.parse().ok()
}

/// The value of an `option` as it was typed.
pub(super) fn value_behind<'a>(option: &str, args: &'a [OsString]) -> Option<&'a str> {
    let mut words = args.iter().filter_map(|arg| arg.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix(option) {
            Some("") => return words.next(),
            Some(value) if value.starts_with('=') => return Some(&value[1..]),
            Some(value) if !option.starts_with("--") => return Some(value),
            _ => {}
        }
    }
    None
}

/// The words behind the subcommand that are numbers.
pub(super) fn numbers(args: &[OsString]) -> Vec<u64> {
    let words = args.iter().skip(2).filter_map(|arg| arg.to_str());
    words
        .filter(|word| is_number(word))
        .filter_map(|word| word.parse().ok())
        .collect()
}

pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
