//! Reading a SET of characters: the value of `--alphabet`, `--symbols` or `--exclude`.
//!
//! A set is taken literally. A habit from elsewhere (`a-z`, `!-~`, `[abc]`, `[:alnum:]`, `\w`, `&amp;`, `hex`) would then
//! be a weak alphabet without a word, so it is refused, with what would do. All punctuation of ASCII in its order is a
//! set, and so are the symbols of a keyboard in their order: `!@#$%^&*()-_=+`.

mod alphabets;
mod elsewhere;

use std::collections::BTreeSet;

use self::{
    alphabets::KNOWN,
    elsewhere::{BETWEEN, Habit, MAX_SHOWN, known, meant},
};
use crate::{
    chars::{Unusable, unusable},
    error::Error,
    strength::Length,
};

/// The option that a set is the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetOption {
    Alphabet {
        /// How long a password was asked for, for a hint that names another command.
        length: Option<Length>,
    },
    Symbols,
    Exclude {
        /// Whether a password is made of the four classes, so that they can be left out by their options.
        has_classes: bool,
    },
}

impl SetOption {
    fn name(self) -> &'static str {
        match self {
            Self::Alphabet { .. } => "--alphabet",
            Self::Symbols => "--symbols",
            Self::Exclude { .. } => "--exclude",
        }
    }
}

/// The characters that `set` lists, in that order.
///
/// # Errors
/// It is not clear which those are, or one of them is not usable or stands in it twice.
pub(crate) fn read(set: &str, option: SetOption) -> Result<Vec<char>, Error> {
    let place = option.name();
    if set.is_empty() {
        let hint = match option {
            SetOption::Symbols => "use --no-symbol to exclude symbols",
            _ => "list the characters",
        };
        let message = format!("the set of {place} is empty");
        return Err(Error::usage_hint(message, hint));
    }
    if option == SetOption::Symbols
        && let Some(meant) = how_many(set)
    {
        let message = format!("`{set}` as {place} could mean how many, or which ones");
        return Err(Error::usage_hint(message, meant));
    }
    if let Some(habit) = Habit::of(set) {
        let message = habit.describe(place);
        return Err(Error::usage_hint(message, instead(&habit, set, option)));
    }
    for char in set.chars() {
        if let Some(reason) = unusable(char) {
            let (code, noun) = (u32::from(char), reason.noun());
            let message = format!("{place} contains U+{code:04X}, {noun}");
            let hint = match reason {
                Unusable::Combining => "remove it, or use the precomposed character",
                Unusable::Unnormalised => "use the character that replaces it",
                _ => "remove it",
            };
            return Err(Error::usage_hint(message, hint));
        }
    }
    if let Some(twice) = twice(set) {
        let message = format!("`{twice}` stands twice in {place}");
        let once = without_repetition(set);
        let once = written_out(option, &once).or_else(|| rearranged(option, once.chars()));
        let once = once.map_or_else(String::new, |once| format!(": {once}"));
        let hint = format!("list each character once{once}");
        return Err(Error::usage_hint(message, hint));
    }
    Ok(set.chars().collect())
}

/// What to type for a `set` that was typed as another option.
pub(crate) fn instead_of(set: &str, option: SetOption) -> Option<String> {
    match read(set, option) {
        Ok(_) => written_out(option, set).map(|options| format!("use {options}")),
        Err(Error::Usage { hint, .. }) => hint,
        Err(_) => None,
    }
}

/// What makes a password of the alphabets that `set` is the names of.
pub(crate) fn of_names(set: &str, option: SetOption) -> Option<String> {
    match Habit::of(set)? {
        habit @ Habit::Names(..) if habit.is_clear() => Some(instead(&habit, set, option)),
        _ => None,
    }
}

/// Whether [`read`] takes `set`.
fn is_clear(set: &str, option: SetOption) -> bool {
    !set.is_empty()
        && (option != SetOption::Symbols || how_many(set).is_none())
        && Habit::of(set).is_none()
        && set.chars().all(|char| unusable(char).is_none())
        && twice(set).is_none()
}

fn twice(set: &str) -> Option<char> {
    let mut seen = BTreeSet::new();
    set.chars().find(|char| !seen.insert(*char))
}

/// Each character of `set` once. What stands between letters and digits in a list (`a,b,c`) is left out.
fn without_repetition(set: &str) -> String {
    let separators: BTreeSet<char> = set.chars().skip(1).step_by(2).collect();
    let is_list = set.chars().step_by(2).all(char::is_alphanumeric)
        && separators.len() == 1
        && separators
            .iter()
            .all(|char| [',', ';', ' ', '|'].contains(char));
    let mut seen = if is_list { separators } else { BTreeSet::new() };
    set.chars().filter(|char| seen.insert(*char)).collect()
}

/// `option` with a set of these characters, if it may be written so.
fn written_out(option: SetOption, set: &str) -> Option<String> {
    let is_short = set.chars().count() <= MAX_SHOWN;
    let is_word = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
    let quoted = match set.chars().all(is_word) {
        true => set.to_string(),
        false => format!("'{}'", set.replace('\'', r"'\''")),
    };
    let has_symbols = set.contains(|char: char| !char.is_ascii_alphanumeric());
    let makes_sense = match option {
        SetOption::Alphabet { .. } => set.chars().count() > 1,
        SetOption::Symbols => has_symbols,
        SetOption::Exclude { .. } => true,
    };
    (is_short && makes_sense && is_clear(set, option))
        .then(|| format!("{} {quoted}", option.name()))
}

/// As [`written_out`], with those last that mean something in between or around: a hyphen, or brackets, quotes and `&` as
/// well.
fn rearranged(option: SetOption, set: impl Iterator<Item = char> + Clone) -> Option<String> {
    let is_hyphen = |char: char| char != '.' && BETWEEN.iter().any(|other| other.starts_with(char));
    let places: [&dyn Fn(char) -> u8; 2] =
        [&|char| u8::from(is_hyphen(char)), &|char| match char {
            '[' | '(' | ')' | '{' | '}' | '<' | '>' | '"' | '\'' | '`' => 1,
            ']' => 2,
            '&' => 3,
            char if is_hyphen(char) => 4,
            _ => 0,
        }];
    places.iter().find_map(|place| {
        let mut chars: Vec<char> = set.clone().collect();
        chars.sort_by_key(|char| place(*char));
        written_out(option, &String::from_iter(chars))
    })
}

/// The options that make a password of the characters of `meant`, with these symbols or without these characters.
fn making(option: SetOption, meant: &BTreeSet<char>) -> Option<String> {
    let same = KNOWN.iter().find(|known| {
        !known.instead.is_empty() && !known.chars.is_empty() && known.chars() == *meant
    });
    match (option, same) {
        (SetOption::Alphabet { length }, Some(same)) => Some(same.command(length)),
        (SetOption::Alphabet { .. }, None) => rearranged(option, meant.iter().copied()),
        (SetOption::Symbols, _) => {
            let symbols = meant.iter().copied();
            let symbols = symbols.filter(|char| !char.is_ascii_alphanumeric());
            let all = known("symbols")?.chars();
            match symbols.clone().count() {
                0 => Some("letters and digits have options of their own, as in --digit 2".into()),
                _ if symbols.clone().eq(all) => Some("--for full".into()),
                _ => rearranged(option, symbols),
            }
        }
        (SetOption::Exclude { .. }, Some(same)) if same.instead.ends_with("--no-lookalikes") => {
            Some("--no-lookalikes".into())
        }
        (SetOption::Exclude { has_classes: false }, _) => rearranged(option, meant.iter().copied()),
        (SetOption::Exclude { has_classes: true }, _) => {
            without_classes(option, meant.iter().copied().collect())
        }
    }
}

/// The options that exclude the characters of `rest`, whole classes by theirs.
fn without_classes(option: SetOption, mut rest: Vec<char>) -> Option<String> {
    let mut options = Vec::new();
    for (name, without) in [
        ("lower", "--no-lower"),
        ("upper", "--no-upper"),
        ("digit", "--no-digit"),
        ("symbol", "--no-symbol"),
    ] {
        let class = known(name)?.chars();
        if class.iter().all(|char| rest.contains(char)) {
            rest.retain(|char| !class.contains(char));
            options.push(without.to_string());
        }
    }
    if options.len() == 4 {
        return None;
    }
    // The default preset begins with a letter, and ends with a letter or digit.
    let has_letters = !options.starts_with(&["--no-lower".into(), "--no-upper".into()]);
    let has_digits = !options.contains(&"--no-digit".into());
    if !has_letters {
        options.push("--start any".into());
    }
    if !has_letters && !has_digits {
        options.push("--end any".into());
    }
    if !rest.is_empty() {
        options.push(rearranged(option, rest.iter().copied())?);
    }
    Some(options.join(" "))
}

/// What would do instead of the `set` that `habit` was found in.
fn instead(habit: &Habit<'_>, set: &str, option: SetOption) -> String {
    let (what, meant) = match habit {
        Habit::Class(_, Some(known)) if known.chars.is_empty() => return known.instead.into(),
        Habit::Names(_, known, symbols) => {
            if let Some(unclear) = known.iter().find(|known| known.chars.is_empty()) {
                return unclear.instead.into();
            }
            let chars = known.iter().flat_map(|known| known.chars());
            ("", Some(chars.chain(symbols.chars()).collect()))
        }
        Habit::Range(..) => ("for the range: ", meant(set)),
        Habit::Class(..) => ("for the class: ", meant(set)),
        Habit::Entity(..) => ("for the character: ", meant(set)),
        Habit::Brackets(..) => ("what is inside: ", meant(set)),
    };
    let for_meaning = meant.and_then(|meant| making(option, &meant));
    let for_meaning = for_meaning.map(|options| format!("{what}{options}"));
    // Two characters mean nothing in the other order.
    let mut chars: Vec<char> = set.chars().collect();
    if let [_, _] = chars[..] {
        chars.reverse();
    }
    let literally = match option {
        SetOption::Exclude { has_classes: true } => without_classes(option, chars),
        _ => rearranged(option, chars.iter().copied()),
    };
    let literally = literally.map(|options| format!("literally: {options}"));
    let ways: Vec<String> = [for_meaning, literally].into_iter().flatten().collect();
    match ways.is_empty() {
        true => "list every character, and put a hyphen first or last".into(),
        false => ways.join("; "),
    }
}

/// The hint for a number, a yes or a no in the place of a list of symbols.
fn how_many(set: &str) -> Option<String> {
    let is_number = set.bytes().all(|byte| byte.is_ascii_digit());
    Some(match &*set.to_ascii_lowercase() {
        "0" | "no" | "none" | "off" | "false" => "for none at all: --no-symbol".into(),
        "yes" | "on" | "true" => "for at least one: --symbol 1".into(),
        _ if is_number && set.len() <= 3 => format!("for at least {set}: --symbol {set}"),
        _ if is_number => "digits have an option of their own, as in --digit 2".into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
