//! What people used to other tools type, and what to type here.
//!
//! A hint works when it is followed, and never turns the wish round. So it comes from a table, or is a name of this
//! program within two edits of what was typed. Otherwise there is none.
//!
//! - `slips` holds the tables: names, and their hints.
//! - `lookup` finds a name there, `typed` fills in the numbers that were typed with it.
//! - `given` is about values: of options, of N, and where one is missing.

mod given;
mod lookup;
mod slips;
mod typed;

use std::{ffi::OsString, iter};

use clap::Command;

use self::{
    given::{blocks, size},
    lookup::{bare, closest, known, made_key, named, plain, said},
    typed::{filled, is_number, number_behind, numbers, range},
};
pub(super) use self::{
    given::{example, explained, needless, unlisted, value, without_value},
    lookup::is_option,
    typed::takes_secrets,
};
use crate::args::{
    self,
    sets::{self, SetOption},
};

/// Encodings that are options elsewhere, as in `openssl rand -hex 16`.
const ENCODINGS: &[&str] = &["hex", "base64", "base32"];

/// What stands before the name of a thing elsewhere, as in `random uuid`.
const VERBS: &[&str] = &[
    "random",
    "rand",
    "gen",
    "generate",
    "get",
    "new",
    "create",
    "make",
    "print",
    "secret",
    "openssl",
    "tool",
    "securerandom",
];

/// The hint for words that were counted.
const WORDS: &str = "`mksecret passphrase -w <6>`";

/// The hint for an integer from a range.
const CHOICE: &str = "`mksecret choice --range <1-6>`";

/// The hint for an unknown subcommand.
pub(super) fn subcommand(args: &[OsString], command: &Command) -> Option<String> {
    let typed = args.get(1)?.to_str()?;
    let last = typed.rsplit(['.', ':']).next().map(plain);
    let name = last.unwrap_or_default();
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
    // `openssl passwd` is not what `openssl` is, nor `passwd`.
    let both = second.map(|second| format!("{name}{}", plain(second)));
    if let Some(instead) = both.and_then(|both| named(&both)) {
        return Some(filled(instead, args, typed));
    }
    if let Some(second) = second.filter(|_| VERBS.contains(&&*name)) {
        if command.find_subcommand(second).is_some() {
            return Some(format!("`{}`", line(second, args)));
        }
        if let Some(instead) = named(&plain(second)) {
            return Some(filled(instead, &args[1..], second));
        }
    }
    if let Some(instead) = named(&plain(typed)).or_else(|| named(&name)) {
        return Some(with_options(instead, args, command));
    }
    // Verb and name in one word: `random_integer`, `genpassword`.
    for rest in VERBS.iter().filter_map(|verb| name.strip_prefix(verb)) {
        if let Some(instead) = named(rest) {
            return Some(with_options(instead, args, command));
        }
        if command.find_subcommand(rest).is_some() {
            return Some(format!("`{}`", line(rest, args)));
        }
    }
    let names = command.get_subcommands().map(Command::get_name);
    closest(&name, names).map(|name| format!("did you mean `{}`?", line(name, args)))
}

/// The command of that `name`, with the one number that was typed, where it can have only one meaning.
fn line(name: &str, args: &[OsString]) -> String {
    let takes_one = ["hex", "urlsafe", "base64", "base32", "bytes", "below"].contains(&name);
    match numbers(args)[..] {
        [number] if takes_one && number > 0 => format!("mksecret {name} {number}"),
        [number] if name == "password" && number > 0 => format!("mksecret {name} -l {number}"),
        _ => format!("mksecret {name}"),
    }
}

/// The hint for the name of a command, of which the table says `instead`. With two ends it is about a range, and with a
/// number of words about a passphrase. It adds what the first of the options is here that has another name here.
fn with_options(instead: &str, args: &[OsString], command: &Command) -> String {
    let typed = args[1].to_string_lossy();
    let is_range = args.len() > 2 && instead.contains("mksecret below <") && range(args).is_some();
    let are_words =
        instead.contains("mksecret password") && number_behind("--words", args).is_some();
    let instead = match (is_range, are_words) {
        (true, _) => CHOICE,
        (_, true) => return filled(WORDS, args, "--words"),
        _ => instead,
    };
    let hint = filled(instead, args, &typed);
    let mut built = command.clone();
    built.build();
    let option = || {
        let line = instead.strip_prefix("`mksecret ")?.strip_suffix('`')?;
        let subcommand = built.find_subcommand(line.split(' ').next()?)?;
        let words = args.iter().skip(2).filter_map(|word| word.to_str());
        let mut options = words.filter(|word| word.starts_with('-'));
        options.find_map(|word| {
            let option = word.split('=').next()?;
            let instead = known(subcommand, option).filter(|_| !is_option(subcommand, option))?;
            let is_number = number_behind(option, args).is_some() && instead.contains(" SET");
            let is_clear = instead.starts_with("use --") || instead.starts_with("only ");
            let is_clear = is_clear && !is_number;
            is_clear.then(|| said(args, subcommand, option, instead))
        })
    };
    match option() {
        Some(option) => format!("{hint}; {option}"),
        None => hint,
    }
}

/// The hint for the name of an encoding behind a single hyphen: `-hex`.
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

/// The hint for an `argument` that the subcommand does not have.
pub(super) fn argument(args: &[OsString], command: &Command, argument: &str) -> Option<String> {
    let subcommand = command.find_subcommand(args.get(1)?.to_str()?)?;
    if let Some((apart, number)) = apart(args, argument) {
        let omits = || format!("-n omits the newline; how many is -c {number}");
        return Some(self::argument(&apart, command, &number).unwrap_or_else(omits));
    }
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
    let instead = match argument.split_once('=') {
        // As Ansible and dd name them: `length=20`.
        Some((name, _)) => {
            return blocks(args, subcommand)
                .or_else(|| bare(args, subcommand, name))
                .or_else(|| made_key(args, argument, known(subcommand, "--key")?));
        }
        None if is_number(argument) => {
            if let Some(hint) = behind(args, subcommand, argument) {
                return Some(hint);
            }
            number(args, subcommand)
        }
        None if !argument.starts_with('-') => return word(args, command, subcommand, argument),
        None => known(subcommand, argument),
    };
    match instead {
        Some(instead) => Some(said(args, subcommand, argument, instead)),
        None => guess(command, subcommand, argument),
    }
}

/// The hint for a `number` with a word behind it, `128 bits`, or before it, `bytes hex 32`.
fn behind(args: &[OsString], subcommand: &Command, number: &str) -> Option<String> {
    let words: Vec<&str> = args.iter().skip(2).filter_map(|arg| arg.to_str()).collect();
    let at = words.iter().position(|word| *word == number)?;
    match (words.get(at + 1), words[..at].last()) {
        (Some(&("bits" | "bit")), _) if is_option(subcommand, "--bits") => {
            Some(format!("use -b {number}"))
        }
        (_, Some(word)) if at == 1 && !word.starts_with('-') && !is_number(word) => {
            bare(args, subcommand, word)
        }
        _ => None,
    }
}

/// `-n3` as `-n 3`, and the number: clap says that there is no option `-3`.
fn apart(args: &[OsString], argument: &str) -> Option<(Vec<OsString>, String)> {
    let digit = argument
        .strip_prefix('-')
        .filter(|digit| is_number(digit))?;
    let number = |word: &OsString| {
        let number = word.to_str()?.strip_prefix("-n")?;
        (is_number(number) && number.starts_with(digit)).then(|| number.to_string())
    };
    let at = args.iter().position(|word| number(word).is_some())?;
    let number = number(&args[at])?;
    let mut apart = args.to_vec();
    apart.splice(at..=at, ["-n".into(), number.clone().into()]);
    Some((apart, number))
}

/// The hint for a `word` where the subcommand takes none.
fn word(args: &[OsString], command: &Command, subcommand: &Command, word: &str) -> Option<String> {
    let name = subcommand.get_name();
    let before = args.iter().take_while(|arg| *arg != word).last();
    let before = before.and_then(|before| before.to_str());
    match (name, before) {
        ("bytes" | "hex" | "urlsafe" | "base64" | "base32", Some(number)) if is_number(number) => {
            if let Some(hint) = size(&format!("{number} {word}")) {
                return Some(hint);
            }
        }
        ("password", _) if word.starts_with(|char: char| char.is_ascii_digit()) => {
            return value(args, subcommand, "--length", word);
        }
        ("passphrase", _) if word.starts_with(|char: char| char.is_ascii_digit()) => {
            return value(args, subcommand, "--words", word);
        }
        // What ends so is no token.
        ("token", _) if word.ends_with(['_', '-']) && word.len() <= 20 => {
            return Some(format!("use --prefix {word}"));
        }
        _ => {}
    }
    let named = || {
        let option = SetOption::Alphabet { length: None };
        sets::of_names(word, option).filter(|_| name == "password")
    };
    let hint = bare(args, subcommand, word).or_else(named);
    let hint = hint.or_else(|| guess(command, subcommand, &format!("--{word}")));
    hint.or_else(|| {
        let other = command
            .find_subcommand(word)
            .filter(|other| other.get_name() != name)?;
        Some(format!("`mksecret {}`", other.get_name()))
    })
}

/// The row of the table for a number that no option takes.
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

/// The hint for an option that looks like another one, or is one of another subcommand.
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

/// The hint for an argument that looks like no other.
pub(super) fn unlike(args: &[OsString], subcommand: &str, argument: &str) -> Option<String> {
    let instead = match subcommand {
        "choice" | "sample" if argument.starts_with('-') => {
            "there is no such option; items that begin with a hyphen go after `--`"
        }
        "pattern" if argument.starts_with('-') => {
            "a PATTERN that begins with a hyphen goes last, after `--`"
        }
        "pattern" => "quote the PATTERN, as in '[A-Z]{4}'; -c N prints several texts",
        "token" if args.iter().any(|arg| arg == "--check") => {
            "tokens are read from standard input or from -i FILE"
        }
        "password" if argument.starts_with(char::is_alphanumeric) && !argument.contains(',') => {
            let hint = "nothing is stored under a name: `mksecret password -l <24>`";
            return Some(filled(hint, args, argument));
        }
        "token" => {
            "a prefix is --prefix STR; tokens to --check are read from standard input or from -i FILE"
        }
        _ => return None,
    };
    Some(instead.into())
}

/// The hint for the name of a long option behind a single hyphen: `-length`, `-out`.
pub(super) fn long_name(subcommand: &Command, word: &str) -> Option<String> {
    let name = word
        .strip_prefix('-')
        .filter(|name| name.len() > 2 && !name.starts_with('-') && *name != "help")?;
    match is_option(subcommand, &format!("--{name}")) {
        true => Some(format!("did you mean --{name}?")),
        false => known(subcommand, word).map(|instead| filled(instead, &[], word)),
    }
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
