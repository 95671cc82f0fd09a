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
        let once = written_out(option, &without_repetition(set));
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

/// Each character of `set` once. What stands between all the others in a list (`a,b,c`) is left out.
fn without_repetition(set: &str) -> String {
    let separators: BTreeSet<char> = set.chars().skip(1).step_by(2).collect();
    let is_list = set.chars().count() > 2
        && separators.len() == 1
        && !separators.iter().all(|char| char.is_alphanumeric());
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
    let makes_sense = option != SetOption::Symbols || has_symbols;
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
        let is_literal = !matches!(self, Self::Names(..)) && twice(set).is_none();
        let literally = match option {
            _ if !is_literal => None,
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
        let (name, _) = inside.split_once(":]")?;
        let is_name = |char: char| char.is_ascii_alphabetic() || char == '^';
        let shown = &text[..name.len() + 4];
        return (!name.is_empty() && name.chars().all(is_name))
            .then(|| Habit::Class(shown, known(name)));
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
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
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
    let is_name = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (char.is_some() || is_name).then(|| Habit::Entity(&text[..name.len() + 2], char))
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
        if inside.starts_with('^') || !is_repetition {
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
mod tests {
    use SetOption::*;

    use super::*;

    const EXCLUDE: SetOption = Exclude { has_classes: true };

    /// What is said of `set`: the message and the hint.
    fn refusal(set: &str, option: SetOption) -> (String, String) {
        match read(set, option) {
            Err(Error::Usage { message, hint }) => (message, hint.unwrap()),
            other => panic!("{set}: {other:?}"),
        }
    }

    #[test]
    fn all_ascii_punctuation_in_its_order_is_a_set() {
        let punctuation: String = ('!'..='~').filter(char::is_ascii_punctuation).collect();
        assert_eq!(punctuation.len(), 32);
        let chars: Vec<char> = punctuation.chars().collect();
        for option in [Alphabet, Symbols, EXCLUDE] {
            assert_eq!(read(&punctuation, option).ok(), Some(chars.clone()));
        }
    }

    #[test]
    fn sets_are_taken_literally() {
        for set in [
            "01",
            "10",
            "ACGT",
            "0123456789abcdef",
            "23456789BCDFGHJKMPQRTVWXY",
            "abc",
            "lo",
            "az",
            "AZ",
            "no",
            "xyz",
            "hexagon",
            "XO",
            " ",
            "-",
            "-az",
            "az-",
            "!@#-",
            "-_.",
            "_-.",
            "+-*/",
            ")-(",
            ",-.",
            "!-#",
            "a.",
            "a.z",
            "\\1",
            "\\",
            "\\-",
            "[]",
            "[",
            "]",
            "[]{}()<>",
            "[{(<>)}]",
            "(){}[]a",
            "[:",
            ":]a[",
            "&;",
            "&,;",
            "a&b;",
            "&",
            "?",
            "?!",
            "%21",
            "äöüß",
            "абв",
            "αβγδ",
            "€😀漢",
            "😀🎲🔑🦀",
            "♠♥♦♣",
            "ab!-",
            "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
            "!@#$%^&*",
            "!@#$%^&*()_+=-",
            "~!@#$%^&*+/.,\\{}[];:-",
            "$&!?%+*#",
        ] {
            for option in [Alphabet, Symbols, EXCLUDE] {
                if option == Symbols && ["01", "10", "no"].contains(&set) {
                    continue;
                }
                assert_eq!(read(set, option).ok(), Some(set.chars().collect()), "{set}");
            }
        }
    }
    /// Habits from elsewhere, and the option that would do for `--alphabet` and for `--exclude`.
    const HABITS: &[(&str, &str, &str)] = &[
        ("a-z", "--for alnum --no-upper --no-digit", "--no-lower"),
        ("A-Z", "--for alnum --no-lower --no-digit", "--no-upper"),
        ("a-zA-Z", "--for alnum --no-digit", "--no-lower --no-upper"),
        ("A-z", "--for alnum --no-digit", "--no-lower --no-upper"),
        ("0-9", "--for pin", "--no-digit"),
        ("a-zA-Z0-9", "--for alnum", "--no-digit"),
        ("[a-zA-Z0-9]", "--for alnum", "--no-digit"),
        ("[A-Za-z0-9]{16}", "--for alnum", "--no-digit"),
        ("A-Za-z0-9_-", "`mksecret urlsafe", "--exclude _-"),
        ("0-9a-f", "`mksecret hex", "--no-digit --exclude abcdef"),
        ("a-b", "--alphabet ab;", "--exclude ab;"),
        ("!-~", "--for full", "literally: --exclude '!~-'"),
        (" -~", "--for full", "literally"),
        ("!-/:-@", "--alphabet '!\"#", "--exclude '!\"#"),
        (
            "!-_",
            "literally: --alphabet '!_-'",
            "literally: --exclude '!_-'",
        ),
        (
            "!@#$%^&*()-_=+",
            "literally: --alphabet '!@#$%^&*()_=+-'",
            "literally: --exclude '!@#$%^&*()_=+-'",
        ),
        (
            "!@.-_*",
            "literally: --alphabet '!@._*-'",
            "literally: --exclude '!@._*-'",
        ),
        (
            "!@#$%^&*()_+-=",
            "literally: --alphabet '!@#$%^&*()_+=-'",
            "literally: --exclude '!@#$%^&*()_+=-'",
        ),
        ("%-)", "--alphabet '%&'\\''()'", "--exclude '%&'\\''()'"),
        ("a–z", "--for alnum --no-upper", "--no-lower"),
        ("a—z", "--for alnum --no-upper", "--no-lower"),
        ("a\u{2011}z", "--for alnum --no-upper", "--no-lower"),
        ("a−z", "--for alnum --no-upper", "--no-lower"),
        ("a－z", "--for alnum --no-upper", "--no-lower"),
        ("a〜z", "--for alnum --no-upper", "--no-lower"),
        ("a..z", "--for alnum --no-upper", "--no-lower"),
        ("a...z", "--for alnum --no-upper", "--no-lower"),
        ("a..=z", "--for alnum --no-upper", "--no-lower"),
        ("a…z", "--for alnum --no-upper", "--no-lower"),
        ("!..~", "--for full", "list every character"),
        (
            "z-a",
            "literally: --alphabet za-",
            "literally: --exclude za-",
        ),
        ("é-ü", "--alphabet 'éêëìíîïðñòóôõöøùúûü'", "--exclude 'é"),
        ("а-я", "--alphabet 'абв", "--exclude 'абв"),
        ("😀-😎", "--alphabet '😀😁😂", "--exclude '😀😁😂"),
        ("[^a-z]", "literally: --alphabet '^az[]-'", "literally"),
        ("0x21-0x7e", "list every character", "list every character"),
        (
            "[abc]",
            "--alphabet abc; literally: --alphabet 'abc[]'",
            "--exclude abc",
        ),
        ("[!@#]", "--alphabet '!#@'", "--exclude '!#@'"),
        (
            "x[abc]y",
            "literally: --alphabet 'xabcy[]'",
            "literally: --exclude 'xabcy[]'",
        ),
        ("[aeiou]{8}", "--alphabet aeiou", "--exclude aeiou"),
        ("[:alnum:]", "--for alnum", "--no-digit"),
        ("[[:alnum:]]", "--for alnum", "--no-digit"),
        (
            "[:lower:][:digit:]",
            "--alphabet 0123456789abc",
            "--no-lower --no-digit",
        ),
        ("[:punct:]", "--for full --no-lower", "--no-symbol"),
        (
            "x[:xdigit:]",
            "--alphabet 0123456789abcdefx",
            "--no-digit --exclude abcdefx",
        ),
        (
            "[:space:]",
            "no password has a space",
            "no password has a space",
        ),
        ("[:^digit:]", "list every character", "list every character"),
        ("[:what:]", "list every character", "list every character"),
        ("\\w", "--for alnum", "--no-digit"),
        ("\\d", "--for pin", "--no-digit"),
        ("\\s", "no password has a space", "no password has a space"),
        ("a\\d", "--alphabet 0123456789a", "--no-digit --exclude a"),
        ("\\x41", "list every character", "list every character"),
        ("\\u0041", "list every character", "list every character"),
        ("&amp;", "--alphabet '&'", "--exclude '&'"),
        ("!&lt;&gt;", "--alphabet '!<>'", "--exclude '!<>'"),
        ("&#33;&#x40;", "--alphabet '!@'", "--exclude '!@'"),
        ("&nbsp;", "literally: --alphabet 'nbsp;&'", "literally"),
        (
            "hex",
            "--alphabet 0123456789abcdef",
            "--no-digit --exclude abcdef",
        ),
        (
            "base58",
            "--alphabet 123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
            "--exclude 1234",
        ),
        ("Base-58", "--alphabet 1234", "--exclude 1234"),
        ("url", "`mksecret urlsafe", "--exclude"),
        ("URL-safe", "`mksecret urlsafe", "--exclude"),
        ("safe", "--for safe", "--exclude"),
        ("ALNUM", "--for alnum", "--no-digit"),
        ("lower", "--for alnum --no-upper", "--no-lower"),
        ("digits", "--for pin", "--no-digit"),
        ("symbols", "--for full --no-lower", "--no-symbol"),
        ("special", "--for full --no-lower", "--no-symbol"),
        ("similar", "--no-lookalikes", "--no-lookalikes"),
        ("ambiguous", "--no-lookalikes", "--no-lookalikes"),
        ("lookalikes", "--no-lookalikes", "--no-lookalikes"),
        (
            "unambiguous",
            "--for alnum --no-lookalikes",
            "--no-lookalikes",
        ),
        ("vowels", "--alphabet AEIOUaeiou", "--exclude AEIOUaeiou"),
        ("printable", "--for full", "list every character"),
        (
            "string.ascii_letters + string.digits",
            "--for alnum",
            "--no-digit",
        ),
        ("lower,upper,digits", "--for alnum", "--no-digit"),
        ("{digits}", "--for pin", "--no-digit"),
        ("?l?u?d", "--for alnum", "--no-digit"),
        ("?l?s", "--alphabet '!\"#", "--no-lower --no-symbol"),
        ("yaml", "--for safe", "--for safe"),
        (
            "abca",
            "list each character once: --alphabet abc",
            "once: --exclude abc",
        ),
        (
            "a,b,c",
            "list each character once: --alphabet abc",
            "once: --exclude abc",
        ),
        (
            "0 1 2",
            "list each character once: --alphabet 012",
            "once: --exclude 012",
        ),
        (
            "--",
            "list each character once: --alphabet -",
            "once: --exclude -",
        ),
    ];

    #[test]
    fn habits_from_elsewhere_are_refused_with_what_would_do() {
        for (set, alphabet, exclude) in HABITS {
            for (option, expected) in [(Alphabet, alphabet), (EXCLUDE, exclude)] {
                let (message, hint) = refusal(set, option);
                assert!(message.contains(option.name()), "{set}: {message}");
                assert!(hint.contains(expected), "{set}: {hint}");
            }
            refusal(set, Symbols);
        }
    }

    #[test]
    fn a_message_says_both_meanings() {
        for (set, expected) in [
            (
                "x!-~",
                "`!-~` in --alphabet could mean the range from ! to ~, or the characters !, - and ~",
            ),
            (
                "a..=z",
                "`a..=z` in --alphabet could mean the range from a to z, or the characters a, . and z",
            ),
            (
                "[[:^digit:]]",
                "`[:^digit:]` in --alphabet could mean a class, or its characters",
            ),
            (
                "a\\dz",
                "`\\d` in --alphabet could mean a class, or its characters",
            ),
            (
                "#&amp;!",
                "`&amp;` in --alphabet could mean one character, or all that it is written with",
            ),
            (
                "x[ab]",
                "`[ab]` in --alphabet could mean what is in the brackets, or the brackets, too",
            ),
            (
                "Hex",
                "`Hex` as --alphabet could mean an alphabet, or its letters",
            ),
            ("abb", "`b` stands twice in --alphabet"),
            ("", "the set of --alphabet is empty"),
            (
                "a\u{200b}",
                "--alphabet contains U+200B, an invisible character",
            ),
        ] {
            assert_eq!(refusal(set, Alphabet).0, expected);
        }
    }

    #[test]
    fn symbols_are_symbols() {
        for (set, expected) in [
            ("", "use --no-symbol to exclude symbols"),
            ("0", "for none at all: --no-symbol"),
            ("none", "for none at all: --no-symbol"),
            ("2", "for at least 2: --symbol 2"),
            ("true", "for at least one: --symbol 1"),
            (
                "0123456789",
                "digits have an option of their own, as in --digit 2",
            ),
            ("special", "--for full"),
            (
                "!-~",
                "for the range: --for full; literally: --symbols '!~-'",
            ),
            (
                "!-/",
                r##"for the range: --symbols '!"#$%&'\''()*+,./-'; literally: --symbols '!/-'"##,
            ),
            ("base64", "--symbols '+/'"),
            (
                "hex",
                "letters and digits have options of their own, as in --digit 2",
            ),
            ("[:punct:]", "for the class: --for full"),
            ("brackets", "--symbols '()<>[]{}'"),
        ] {
            assert_eq!(refusal(set, Symbols).1, expected, "{set}");
        }
    }

    #[test]
    fn classes_are_excluded_by_their_options_where_there_are_classes() {
        let no_classes = Exclude { has_classes: false };
        assert_eq!(refusal("digits", EXCLUDE).1, "--no-digit");
        assert_eq!(refusal("digits", no_classes).1, "--exclude 0123456789");
        assert_eq!(
            refusal("alnum", EXCLUDE).1,
            "--for full --no-lower --no-upper --no-digit"
        );
        assert_eq!(refusal("all", EXCLUDE).1, refusal("\\x", EXCLUDE).1);
    }

    /// The sets that a hint names are read as they stand.
    #[test]
    fn sets_in_hints_are_clear() {
        let names = KNOWN.iter().flat_map(|known| known.names.split(' '));
        let forms = HABITS.iter().map(|(set, ..)| *set);
        for set in names.chain(forms) {
            for option in [Alphabet, Symbols, EXCLUDE, Exclude { has_classes: false }] {
                let hint = refusal(set, option).1;
                for (_, rest) in hint
                    .match_indices(&format!("{} ", option.name()))
                    .map(|(at, found)| hint.split_at(at + found.len()))
                {
                    let offered = &shlex::split(rest.split("; ").next().unwrap()).unwrap()[0];
                    assert!(
                        read(offered, option).is_ok() || hint.contains("that --alphabet or"),
                        "{set}: {hint}"
                    );
                }
            }
        }
    }

    #[test]
    fn each_name_of_an_alphabet_stands_once_and_plainly() {
        let names: Vec<_> = KNOWN
            .iter()
            .flat_map(|known| known.names.split(' '))
            .collect();
        assert_eq!(BTreeSet::from_iter(&names).len(), names.len());
        for name in names {
            let is_plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
            assert!(name.len() > 1 && name.chars().all(is_plain), "{name}");
            assert!(name.contains(char::is_alphabetic), "{name}");
        }
        for known in KNOWN {
            assert!(
                !known.chars.is_empty() || !known.instead.is_empty(),
                "{}",
                known.names
            );
            assert_eq!(
                meant(known.chars).is_some_and(|chars| !chars.is_empty()),
                !known.chars.is_empty()
            );
        }
    }

    #[test]
    fn characters_that_cannot_be_told_apart_are_refused() {
        for char in "\0\n\u{301}\u{ad}\u{a0}\u{378}\u{212a}".chars() {
            for option in [Alphabet, Symbols, EXCLUDE] {
                let (message, hint) = refusal(&format!("x{char}"), option);
                let code = format!(" contains U+{:04X}, ", u32::from(char));
                assert!(message.contains(&code) && !hint.contains(char), "{message}");
            }
        }
    }
}
