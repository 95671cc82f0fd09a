//! What people used to other tools type, and what to type here.

use std::ffi::OsString;

use crate::args::{Integer, Span, size};

/// Subcommands of other names: commands, functions of Python and what people call things.
const NAMES: &[(&str, &str)] = &[
    ("rand", "bytes 32"),
    ("urandom", "bytes 32"),
    ("getrandom", "bytes 32"),
    ("token_bytes", "bytes 32"),
    ("token_hex", "hex 32"),
    ("token_urlsafe", "urlsafe 32"),
    ("base64url", "urlsafe 32"),
    ("randbelow", "below 100"),
    ("random", "below 100"),
    ("integer", "below 100"),
    ("randint", "choice --range 1-6"),
    ("randrange", "choice --range 1-6"),
    ("dice", "choice --range 1-6"),
    ("uuidgen", "uuid"),
    ("uuid4", "uuid"),
    ("guid", "uuid"),
    ("pwgen", "password"),
    ("mkpasswd", "password"),
    ("diceware", "passphrase"),
    ("xkcdpass", "passphrase"),
    ("shuf", "sample all"),
    ("shuffle", "sample all"),
];

/// Encodings that are options elsewhere, as in `openssl rand -hex 16`.
const ENCODINGS: &[&str] = &["hex", "base64", "base32"];

/// Arguments of subcommands.
const ARGUMENTS: &[(&[&str], &[&str], &str)] = &[
    (
        &["choice"],
        &["-n"],
        "use -c N for the number of items, --no-newline to omit the last newline",
    ),
    (
        &["sample"],
        &["-n"],
        "the number of items is K: `mksecret sample 2 ITEM...`; --no-newline omits the last newline",
    ),
    (
        &["base64", "base32", "urlsafe", "hex"],
        &["-w", "--wrap"],
        "the output is never wrapped",
    ),
    (
        &["hex", "urlsafe", "base64", "base32"],
        &["--length"],
        "exactly N characters are -l N; N alone is a number of bytes",
    ),
    (
        &["bytes"],
        &["-l", "--length", "-n", "-c", "--count"],
        "the number of bytes stands alone, as in `mksecret bytes 32`",
    ),
    (
        &["passphrase"],
        &["-l", "--length", "-n"],
        "use -w for the number of words, as in `mksecret passphrase -w 6`",
    ),
    (
        &["token"],
        &["-l", "--length", "--chars"],
        "a token has 36 characters after its prefix; other lengths are `mksecret urlsafe -l N`",
    ),
];

/// Whether what stands in the place of an argument could be a secret that the user has, and must not be shown.
pub(super) fn takes_secrets(subcommand: &str) -> bool {
    subcommand == "token"
}

/// What to type instead of a subcommand that there is not.
pub(super) fn subcommand(args: &[OsString]) -> Option<String> {
    let name = args.get(1)?.to_str()?;
    let (_, instead) = NAMES.iter().find(|(known, _)| *known == name)?;
    cluster(args).or_else(|| Some(format!("did you mean `mksecret {instead}`?")))
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

/// What to type instead of an `argument` that the subcommand does not have.
pub(super) fn argument(args: &[OsString], argument: &str) -> Option<String> {
    let mut words = args.iter().skip(1).filter_map(|arg| arg.to_str());
    let subcommand = words.next()?;
    let numbers: Vec<_> = words.clone().filter(|word| is_number(word)).collect();
    match (subcommand, &numbers[..]) {
        ("password", [length]) if is_number(argument) => {
            return Some(format!(
                "the length is -l N: `mksecret password -l {length}`"
            ));
        }
        ("password", [length, count]) if is_number(argument) => {
            return Some(format!(
                "the length is -l N, how many is -c N: `mksecret password -l {length} -c {count}`"
            ));
        }
        ("passphrase", [words, ..]) if is_number(argument) => {
            return Some(format!(
                "the number of words is -w N: `mksecret passphrase -w {words}`"
            ));
        }
        ("below", _)
            if words.any(|word| word.parse::<Integer>().is_ok() && word.starts_with('-')) =>
        {
            return Some("N that begins with a hyphen goes last, after `--`".into());
        }
        _ => {}
    }
    let known = ARGUMENTS.iter().find(|(subcommands, arguments, _)| {
        subcommands.contains(&subcommand) && arguments.contains(&argument)
    });
    known.map(|(.., instead)| instead.to_string())
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

/// What to type instead of the name of a file that shuf takes for a range of integers.
pub(super) fn range(file: &str) -> Option<String> {
    let is_range = file.parse::<Span>().is_ok();
    is_range.then(|| format!("for the integers from LO to HI: --range {file}"))
}

/// What to type instead of a `value` that is none.
pub(super) fn value(value: &str) -> Option<String> {
    let upper = value.to_ascii_uppercase().replace("IB", "iB");
    let is_size = upper != value && size(&upper).is_ok();
    is_size.then(|| format!("units are written in upper case: {upper}"))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
