//! What a set of characters means in other tools, where it could be meant so.

use std::collections::BTreeSet;

use num_bigint::BigUint;

use super::alphabets::{KNOWN, Known};
use crate::strength::Length;

/// As many characters as a hint lists.
pub(super) const MAX_SHOWN: usize = 128;

/// What could mean something else than the characters that it is written with.
pub(super) enum Habit<'a> {
    /// The whole set is names of alphabets, and symbols beside them.
    Names(&'a str, Vec<&'static Known>, String),
    /// Two characters, and what stands between them to mean a range.
    Range(char, &'a str, char),
    /// A class of regular expressions, such as `[:alnum:]` or `\w`, and which.
    Class(&'a str, Option<&'static Known>),
    /// A character as HTML writes it, and which.
    Entity(&'a str, Option<char>),
    /// Characters in brackets or quotes.
    Brackets(&'a str),
}

impl<'a> Habit<'a> {
    /// The first one in `set`.
    pub(super) fn of(set: &'a str) -> Option<Self> {
        let starts = set.char_indices().map(|(at, _)| &set[at..]);
        names(set)
            .or_else(|| format(set))
            .or_else(|| starts.clone().find_map(class))
            .or_else(|| starts.clone().find_map(entity))
            .or_else(|| starts.clone().find_map(|text| range(text, set)))
            .or_else(|| brackets(set))
    }

    /// Whether it says which characters are meant, if it is names.
    pub(super) fn is_clear(&self) -> bool {
        !matches!(self, Self::Names(_, names, _) if names.iter().any(|name| name.chars.is_empty()))
    }

    pub(super) fn describe(&self, place: &str) -> String {
        match self {
            Self::Names(names, ..) => {
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
                format!("`{brackets}` in {place} could mean what is inside, or all of it")
            }
        }
    }
}

/// The names of alphabets that `set` consists of, and the symbols beside them: `ascii_letters,digits,.-_`.
fn names(set: &str) -> Option<Habit<'_>> {
    let separators: &[char] = match set.contains(',') {
        true => &[','],
        false => &[
            ';', '+', '|', '/', ' ', '&', '(', ')', '{', '}', '<', '>', '$', '@', '\'', '"', '`',
        ],
    };
    let (mut known, mut symbols) = (Vec::new(), String::new());
    for word in set.split(separators).map(str::trim) {
        match spelled(word) {
            Some(names) => known.extend(names),
            None if word.contains(char::is_alphanumeric) => {
                known = spelled(set).or_else(|| masks(set)).or_else(|| ends(set))?;
                break;
            }
            None => symbols += word,
        }
    }
    (!known.is_empty()).then_some(Habit::Names(set, known, symbols))
}

/// The alphabets of that name, or of several names without anything between them: `lowerdigits`.
fn spelled(name: &str) -> Option<Vec<&'static Known>> {
    const LONGEST: usize = 40;
    if let Some(known) = known(name) {
        return Some(vec![known]);
    }
    if name.len() > LONGEST {
        return None;
    }
    let two = |at: usize| Some((known(name.get(..at)?)?, spelled(name.get(at..)?)?));
    let (first, rest) = (3..name.len()).find_map(two)?;
    Some([vec![first], rest].concat())
}

/// The alphabet of that name, however it is written: `base58`, `Base-58`, `string.ascii_letters`.
pub(super) fn known(name: &str) -> Option<&'static Known> {
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

/// The ranges of whose ends a `set` such as `azAZ09` consists.
fn ends(set: &str) -> Option<Vec<&'static Known>> {
    let chars: Vec<char> = set.chars().collect();
    let range = |ends: &[char]| {
        known(match ends {
            ['a', 'z'] => "lower",
            ['A', 'Z'] => "upper",
            ['a', 'Z'] | ['A', 'z'] => "letters",
            ['0', '9'] => "digits",
            _ => return None,
        })
    };
    chars.chunks(2).map(range).collect()
}

/// A `set` that stands for one character elsewhere, and for which: `%d` of printf, `.*` of regular expressions.
fn format(set: &str) -> Option<Habit<'_>> {
    let mut chars = set.chars();
    match (chars.next()?, chars.next()?, chars.next()) {
        ('%', 'd', None) => Some(Habit::Class(set, known("digits"))),
        ('%', letter, None) if letter.is_ascii_alphabetic() => Some(Habit::Class(set, None)),
        ('.', '*' | '+' | '?', None) | ('.', '{', Some('0'..='9')) => {
            Some(Habit::Class(set, known("printable")))
        }
        _ => None,
    }
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
pub(super) const BETWEEN: &[&str] = &[
    "..=", "...", "..", "…", "-", "\u{2010}", "\u{2011}", "\u{2012}", "–", "—", "―", "−", "﹣",
    "－", "〜", "～",
];

/// The range that `text`, the end of `set`, begins with: between letters or digits, or of more than three characters. It
/// rises: `)-(` is none anywhere. And nobody lists again what is in a range: beside a symbol, it is a hyphen then, as in
/// `!@#$%^&*()-_=+`.
fn range<'a>(text: &'a str, set: &str) -> Option<Habit<'a>> {
    let from = text.chars().next()?;
    let rest = &text[from.len_utf8()..];
    BETWEEN.iter().find_map(|between| {
        let to = rest.strip_prefix(between)?.chars().next()?;
        let are_words = from.is_alphanumeric() && to.is_alphanumeric();
        let is_long = u32::from(to) >= u32::from(from).saturating_add(3);
        let is_inside = |char| from < char && char < to && !between.contains(char);
        // All that ASCII can print: nobody lists these two alone.
        let are_all = from <= '!' && to >= '~';
        let is_range = are_words || is_long && (are_all || !set.contains(is_inside));
        is_range.then(|| Habit::Range(from, &rest[..between.len()], to))
    })
}

/// What may stand around a set, but for `[]`.
const AROUND: &[(char, char)] = &[
    ('(', ')'),
    ('{', '}'),
    ('<', '>'),
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
];

/// The content of brackets or quotes around a whole `set`, if it has a letter or digit.
fn inside(set: &str) -> Option<&str> {
    AROUND
        .iter()
        .find_map(|(open, close)| set.strip_prefix(*open)?.strip_suffix(*close))
        .filter(|inside| inside.contains(char::is_alphanumeric))
}

/// The first brackets in `set` with something in them, unless that is other brackets; or those around it.
fn brackets(set: &str) -> Option<Habit<'_>> {
    if inside(set).is_some() {
        return Some(Habit::Brackets(set));
    }
    let is_whole = set.starts_with('[') && set.ends_with(']');
    let open = set.find('[')?;
    let close = open + set[open..].find(']')?;
    let inside = &set[open..close];
    let is_content = |char: char| match is_whole {
        true => !"(){}<>[]".contains(char),
        false => char.is_alphanumeric(),
    };
    inside
        .contains(is_content)
        .then(|| Habit::Brackets(&set[open..=close]))
}

/// What `set` means elsewhere; nothing if that is not clear.
pub(super) fn meant(set: &str) -> Option<BTreeSet<char>> {
    if let Some(Habit::Class(_, Some(known))) = format(set) {
        return Some(known.chars());
    }
    let mut rest = inside(set).unwrap_or(set);
    if set.starts_with('[') && !set.starts_with("[:") {
        let (inside, repeated) = set[1..].rsplit_once(']')?;
        let is_repetition = repeated.is_empty() || repeated.starts_with(['{', '+', '*', '?']);
        let is_one = !inside.replace(":][:", "").contains("][");
        if inside.starts_with('^') || !is_one || !is_repetition {
            return None;
        }
        rest = inside;
    }
    let mut meant = BTreeSet::new();
    while let Some(first) = rest.chars().next() {
        let habit = class(rest)
            .or_else(|| entity(rest))
            .or_else(|| range(rest, set));
        let length = match habit {
            Some(Habit::Class(class, known)) => {
                meant.extend(known?.chars());
                class.len()
            }
            Some(Habit::Entity(entity, char)) => {
                meant.insert(char?);
                entity.len()
            }
            Some(Habit::Range(from, between, to)) if from < to => {
                let are_words = from.is_alphanumeric() && to.is_alphanumeric();
                let range = (from..=to).filter(|char| !are_words || char.is_alphanumeric());
                let range: Vec<char> = range.take(MAX_SHOWN + 1).collect();
                // `9-A` has nothing between its ends.
                if range == [from, to] && (from..to).nth(1).is_some() {
                    return None;
                }
                meant.extend(range);
                from.len_utf8() + between.len() + to.len_utf8()
            }
            Some(_) => return None,
            None => {
                meant.insert(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    Some(meant)
}

impl Known {
    pub(super) fn chars(&self) -> BTreeSet<char> {
        meant(self.chars).unwrap_or_default()
    }

    /// What makes it, with `<N>` characters or those that were asked for.
    pub(super) fn command(&self, length: Option<Length>) -> String {
        let Some((before, rest)) = self.instead.split_once('<') else {
            return self.instead.into();
        };
        let (default, after) = rest.split_once('>').unwrap_or_default();
        let length = match length {
            None => default.into(),
            Some(Length::Units(length)) => length.to_string(),
            Some(Length::Bits(bits)) => {
                // The hundredths of a bit in each character, rounded down, without libm.
                let each = BigUint::from(self.chars().len().max(2)).pow(100).bits() - 1;
                bits.saturating_mul(100).div_ceil(each).to_string()
            }
        };
        format!("{before}{length}{after}")
    }
}
