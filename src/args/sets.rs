//! Reading a SET of characters: the value of `--alphabet`, `--symbols` or `--exclude`.
//!
//! A set is taken literally. A habit from elsewhere (`a-z`, `!-~`, `[abc]`, `[:alnum:]`, `\w`, `&amp;`, `hex`) would then
//! be a weak alphabet without a word, so it is refused, with what would do. All punctuation of ASCII in its order is a
//! set.

mod alphabets;

use std::collections::BTreeSet;

use self::alphabets::{KNOWN, Known};
use crate::{
    chars::{Unusable, unusable},
    error::Error,
};

/// The option that a set is the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetOption {
    Alphabet,
    Symbols,
    Exclude {
        /// Whether a password is made of the four classes, so that they can be left out by their options.
        has_classes: bool,
    },
}

impl SetOption {
    fn name(self) -> &'static str {
        match self {
            Self::Alphabet => "--alphabet",
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
        return Err(Error::usage_hint(message, habit.instead(set, option)));
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

/// As many characters as a hint lists.
const MAX_SHOWN: usize = 128;

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
        SetOption::Alphabet => set.chars().count() > 1,
        SetOption::Symbols => has_symbols,
        SetOption::Exclude { .. } => true,
    };
    (is_short && makes_sense && is_clear(set, option))
        .then(|| format!("{} {quoted}", option.name()))
}

/// As [`written_out`], with those last that mean something in between: a hyphen, or brackets and `&` as well.
fn rearranged(option: SetOption, set: impl Iterator<Item = char> + Clone) -> Option<String> {
    let is_hyphen = |char: char| char != '.' && BETWEEN.iter().any(|other| other.starts_with(char));
    let places: [&dyn Fn(char) -> u8; 2] =
        [&|char| u8::from(is_hyphen(char)), &|char| match char {
            '[' => 1,
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
        (SetOption::Alphabet, Some(same)) => Some(same.instead.into()),
        (SetOption::Alphabet, None) => rearranged(option, meant.iter().copied()),
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
    // The default preset begins with a letter.
    if options.starts_with(&["--no-lower".into(), "--no-upper".into()]) {
        options.insert(0, "--for full".into());
    }
    if !rest.is_empty() {
        options.push(rearranged(option, rest.iter().copied())?);
    }
    Some(options.join(" "))
}

/// What is meant by a number or a yes or no where symbols are listed.
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

/// What could mean something else than the characters that it is written with.
enum Habit<'a> {
    /// The whole set is names of alphabets.
    Names(&'a str, Vec<&'static Known>),
    /// Two characters, and what stands between them to mean a range.
    Range(char, &'a str, char),
    /// A class of regular expressions, such as `[:alnum:]` or `\w`, and which.
    Class(&'a str, Option<&'static Known>),
    /// A character as HTML writes it, and which.
    Entity(&'a str, Option<char>),
    /// Characters in brackets.
    Brackets(&'a str),
}

impl<'a> Habit<'a> {
    /// The first one in `set`.
    fn of(set: &'a str) -> Option<Self> {
        let starts = set.char_indices().map(|(at, _)| &set[at..]);
        names(set)
            .or_else(|| starts.clone().find_map(class))
            .or_else(|| starts.clone().find_map(entity))
            .or_else(|| starts.clone().find_map(range))
            .or_else(|| brackets(set))
    }

    fn describe(&self, place: &str) -> String {
        match self {
            Self::Names(names, _) => {
                format!("`{names}` as {place} could mean an alphabet, or its letters")
            }
            Self::Range(from, between, to) => {
                let middle = between.chars().next().unwrap_or_default();
                format!(
                    "`{from}{between}{to}` in {place} could mean the range from {from} to {to}, \
                     or the characters {from}, {middle} and {to}"
                )
            }
            Self::Class(class, _) => {
                format!("`{class}` in {place} could mean a class, or its characters")
            }
            Self::Entity(entity, _) => {
                format!(
                    "`{entity}` in {place} could mean one character, or all that it is written with"
                )
            }
            Self::Brackets(brackets) => {
                format!(
                    "`{brackets}` in {place} could mean what is in the brackets, or the brackets, too"
                )
            }
        }
    }

    /// What would do instead of the `set` that it was found in.
    fn instead(&self, set: &str, option: SetOption) -> String {
        let (what, meant) = match self {
            Self::Class(_, Some(known)) if known.chars.is_empty() => return known.instead.into(),
            Self::Names(_, known) => {
                let is_space = ["space", "SPACE", "Space"].contains(&set);
                if is_space && option == SetOption::Symbols {
                    return "for the character: --symbols ' '".into();
                }
                if let Some(unclear) = known.iter().find(|known| known.chars.is_empty()) {
                    return unclear.instead.into();
                }
                let chars = known.iter().flat_map(|known| known.chars());
                ("", Some(chars.collect()))
            }
            Self::Range(..) => ("for the range: ", meant(set)),
            Self::Class(..) => ("for the class: ", meant(set)),
            Self::Entity(..) => ("for the character: ", meant(set)),
            Self::Brackets(..) => ("without the brackets: ", meant(set)),
        };
        let for_meaning = meant.and_then(|meant| making(option, &meant));
        let for_meaning = for_meaning.map(|options| format!("{what}{options}"));
        let literally = match option {
            SetOption::Exclude { has_classes: true } => {
                without_classes(option, set.chars().collect())
            }
            _ => rearranged(option, set.chars()),
        };
        let literally = literally.map(|options| format!("literally: {options}"));
        let ways: Vec<String> = [for_meaning, literally].into_iter().flatten().collect();
        match ways.is_empty() {
            true => "list every character, and put a hyphen first or last".into(),
            false => ways.join("; "),
        }
    }
}

/// The names of alphabets that `set` consists of.
fn names(set: &str) -> Option<Habit<'_>> {
    let separators = [
        ',', ';', '+', '|', '/', ' ', '&', '(', ')', '{', '}', '<', '>', '$', '@',
    ];
    let words = set.split(separators).filter(|word| !word.is_empty());
    let known: Option<Vec<_>> = words.map(known).collect();
    let known = known
        .filter(|known| !known.is_empty())
        .or_else(|| masks(set))?;
    Some(Habit::Names(set, known))
}

/// The alphabet of that name, however it is written: `base58`, `Base-58`, `string.ascii_letters`.
fn known(name: &str) -> Option<&'static Known> {
    let plain: String = name
        .trim_start_matches("string.")
        .chars()
        .filter(|char| !['-', '_', '.', ':'].contains(char))
        .flat_map(char::to_lowercase)
        .collect();
    KNOWN
        .iter()
        .find(|known| known.names.split(' ').any(|name| name == plain))
}

/// The classes of hashcat and John that a `set` such as `?l?u?d` consists of.
fn masks(set: &str) -> Option<Vec<&'static Known>> {
    let masks = set.strip_prefix('?')?.split('?');
    masks
        .map(|mask| {
            known(match mask {
                "l" => "lower",
                "u" => "upper",
                "d" => "digits",
                "s" => "symbols",
                "a" => "printable",
                "h" => "hex",
                "H" => "hexupper",
                _ => return None,
            })
        })
        .collect()
}

/// The class that `text` begins with.
fn class(text: &str) -> Option<Habit<'_>> {
    if let Some(inside) = text.strip_prefix("[:") {
        let is_name = |char: char| char.is_ascii_alphabetic() || char == '^';
        let name = &inside[..inside.find(|char| !is_name(char))?];
        let is_class = !name.is_empty() && inside[name.len()..].starts_with(":]");
        return is_class.then(|| Habit::Class(&text[..name.len() + 4], known(name)));
    }
    let letter = text.strip_prefix('\\')?.chars().next()?;
    let name = match letter {
        'w' => "word",
        'd' => "digit",
        's' => "space",
        _ => "",
    };
    letter
        .is_ascii_alphabetic()
        .then(|| Habit::Class(&text[..2], known(name)))
}

/// The character reference of HTML that `text` begins with.
fn entity(text: &str) -> Option<Habit<'_>> {
    let inside = text.strip_prefix('&')?;
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '#';
    let name = &inside[..inside.find(|char| !is_name(char))?];
    if name.len() < 2 || !inside[name.len()..].starts_with(';') {
        return None;
    }
    let code = |digits: &str, radix| {
        let code = u32::from_str_radix(digits, radix).ok()?;
        char::from_u32(code)
    };
    let char = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ if name.starts_with("#x") => code(&name[2..], 16),
        _ if name.starts_with('#') => code(&name[1..], 10),
        _ => None,
    };
    Some(Habit::Entity(&text[..name.len() + 2], char))
}

/// What stands between the ends of a range, in this order of trial.
const BETWEEN: &[&str] = &[
    "..=", "...", "..", "…", "-", "\u{2010}", "\u{2011}", "\u{2012}", "–", "—", "―", "−", "﹣",
    "－", "〜", "～",
];

/// The range that `text` begins with: between letters or digits, or of more than three characters. That rises: `)-(`
/// is none anywhere.
fn range(text: &str) -> Option<Habit<'_>> {
    let from = text.chars().next()?;
    let rest = &text[from.len_utf8()..];
    BETWEEN.iter().find_map(|between| {
        let to = rest.strip_prefix(between)?.chars().next()?;
        let is_range = from.is_alphanumeric() && to.is_alphanumeric()
            || u32::from(to) >= u32::from(from).saturating_add(3);
        is_range.then(|| Habit::Range(from, &rest[..between.len()], to))
    })
}

/// The first brackets in `set` with something in them, unless that is other brackets.
fn brackets(set: &str) -> Option<Habit<'_>> {
    let is_whole = set.starts_with('[') && set.ends_with(']');
    let open = set.find('[')?;
    let close = open + set[open..].find(']')?;
    let inside = &set[open + 1..close];
    let is_content = |char: char| match is_whole {
        true => !"(){}<>[]".contains(char),
        false => char.is_alphanumeric(),
    };
    inside
        .contains(is_content)
        .then(|| Habit::Brackets(&set[open..=close]))
}

/// What `set` means elsewhere; nothing if that is not clear.
fn meant(set: &str) -> Option<BTreeSet<char>> {
    let mut rest = set;
    if set.starts_with('[') && !set.starts_with("[:") {
        let (inside, repeated) = set[1..].rsplit_once(']')?;
        let is_repetition = repeated.is_empty() || repeated.starts_with(['{', '+', '*', '?']);
        let is_one = !inside.replace(":][:", "").contains("][");
        if inside.starts_with('^') || !is_one || !is_repetition {
            return None;
        }
        rest = inside;
    }
    let mut meant = Vec::new();
    let mut has_symbols_between = false;
    while let Some(first) = rest.chars().next() {
        let habit = class(rest).or_else(|| entity(rest)).or_else(|| range(rest));
        let length = match habit {
            Some(Habit::Class(class, known)) => {
                meant.extend(known?.chars());
                class.len()
            }
            Some(Habit::Entity(entity, char)) => {
                meant.push(char?);
                entity.len()
            }
            Some(Habit::Range(from, between, to)) if from < to => {
                let are_words = from.is_alphanumeric() && to.is_alphanumeric();
                has_symbols_between |= !are_words;
                let range = (from..=to).filter(|char| !are_words || char.is_alphanumeric());
                meant.extend(range.take(MAX_SHOWN + 1));
                from.len_utf8() + between.len() + to.len_utf8()
            }
            Some(_) => return None,
            None => {
                meant.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    let distinct = BTreeSet::from_iter(meant.iter().copied());
    // Nobody lists again what is in a range: it is a hyphen among symbols, as in `!@#$%^&*()-_=+`.
    let is_range = !has_symbols_between || distinct.len() == meant.len();
    is_range.then_some(distinct)
}

impl Known {
    fn chars(&self) -> BTreeSet<char> {
        meant(self.chars).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
