//! Reading a set of characters that is written out, and what is refused in one.
//!
//! A set is taken literally. What is a habit from elsewhere (`a-z`, `[:alnum:]`, `\w`, `hex`) would then be a weak
//! alphabet without a word, so it is refused. A hyphen or `..` is a range between letters or digits only and a backslash
//! an escape in front of a letter only: all punctuation of ASCII in its order is a set.

use crate::chars::{Unusable, unusable};

/// A set that is not clear. [`describe`](Self::describe) says so of the place where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadSet {
    /// It holds no character.
    Empty,
    /// Two characters and what stands between them to mean a range.
    Range(char, &'static str, char),
    /// A class of regular expressions, such as `[:alnum:]` or `\w`, and what it would mean.
    Class(String, Option<Meaning>),
    /// The name of a class.
    Name(String, Meaning),
    /// A character that stands in it twice.
    Twice(char),
    /// A character that no password may hold.
    Unusable(char, Unusable),
}

/// The characters that the name of a class means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Lower,
    Upper,
    Digits,
    Letters,
    Alnum,
    Symbols,
    Printable,
    Hex,
    Base32,
    Base64,
    UrlSafe,
}

/// The characters to choose from that `set` lists.
pub(crate) fn read(set: &str) -> Result<Vec<char>, BadSet> {
    if let Some(meaning) = meaning(set) {
        return Err(BadSet::Name(set.into(), meaning));
    }
    let chars = read_excluded(set)?;
    for four in chars.windows(4) {
        if let &[from, '.', '.', to] = four
            && from.is_alphanumeric()
            && to.is_alphanumeric()
        {
            return Err(BadSet::Range(from, "..", to));
        }
    }
    let mut sorted = chars.clone();
    sorted.sort_unstable();
    match sorted.windows(2).find(|two| two[0] == two[1]) {
        Some(two) => Err(BadSet::Twice(two[0])),
        None => Ok(chars),
    }
}

/// The characters to leave out that `set` lists. A name or a character given twice harms nobody here.
pub(crate) fn read_excluded(set: &str) -> Result<Vec<char>, BadSet> {
    let chars: Vec<char> = set.chars().collect();
    if chars.is_empty() {
        return Err(BadSet::Empty);
    }
    if let Some(class) = bracket_class(set) {
        let name = class.trim_matches(['[', ':', '^', ']']);
        return Err(BadSet::Class(class.into(), meaning(name)));
    }
    if let Some(two) = chars
        .windows(2)
        .find(|two| two[0] == '\\' && two[1].is_ascii_alphabetic())
    {
        let meaning = match two[1] {
            'w' => Some(Meaning::Alnum),
            'd' => Some(Meaning::Digits),
            _ => None,
        };
        return Err(BadSet::Class(two.iter().collect(), meaning));
    }
    for &char in &chars {
        if let Some(reason) = unusable(char) {
            return Err(BadSet::Unusable(char, reason));
        }
    }
    for three in chars.windows(3) {
        if let &[from, '-', to] = three
            && from.is_alphanumeric()
            && to.is_alphanumeric()
        {
            return Err(BadSet::Range(from, "-", to));
        }
    }
    Ok(chars)
}

/// The first `[:name:]` in `set`.
fn bracket_class(set: &str) -> Option<&str> {
    set.match_indices("[:").find_map(|(start, _)| {
        let name = &set[start + 2..];
        let end = name.find(":]")?;
        let is_name = |char: char| char.is_ascii_alphabetic() || char == '^';
        (end > 0 && name[..end].chars().all(is_name)).then(|| &set[start..start + 2 + end + 2])
    })
}

/// What `name` means if it is the name of a class.
fn meaning(name: &str) -> Option<Meaning> {
    Some(match name.to_ascii_lowercase().as_str() {
        "lower" | "lowercase" => Meaning::Lower,
        "upper" | "uppercase" => Meaning::Upper,
        "digit" | "digits" | "num" | "number" | "numbers" | "numeric" | "pin" => Meaning::Digits,
        "alpha" | "letter" | "letters" => Meaning::Letters,
        "alnum" | "alphanum" | "alphanumeric" | "word" | "base62" => Meaning::Alnum,
        "punct" | "punctuation" | "special" | "symbol" | "symbols" => Meaning::Symbols,
        "all" | "any" | "ascii" | "full" | "graph" | "print" | "printable" => Meaning::Printable,
        "hex" | "xdigit" | "hexadecimal" | "base16" => Meaning::Hex,
        "base32" => Meaning::Base32,
        "base64" => Meaning::Base64,
        "base64url" | "urlsafe" => Meaning::UrlSafe,
        _ => return None,
    })
}

impl BadSet {
    /// What is wrong with the set of `place`.
    pub(crate) fn describe(&self, place: &str) -> String {
        match self {
            Self::Empty => format!("the set of {place} is empty"),
            Self::Range(from, between, to) => {
                let literally = match *between {
                    "-" => format!("the three characters {from}, - and {to}"),
                    _ => format!("the characters {from}, . and {to}"),
                };
                format!(
                    "`{from}{between}{to}` in {place} could mean the range from {from} to {to}, or {literally}"
                )
            }
            Self::Class(class, _) => {
                format!("`{class}` in {place} could mean a class, or its characters")
            }
            Self::Name(name, _) => {
                format!("`{name}` as {place} could mean a class, or its letters")
            }
            Self::Twice(char) => format!("`{char}` stands twice in {place}"),
            Self::Unusable(char, reason) => {
                format!(
                    "{place} contains U+{:04X}, {}",
                    u32::from(*char),
                    reason.noun()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ascii_punctuation_in_its_order_is_a_set() {
        let punctuation: String = ('!'..='~').filter(char::is_ascii_punctuation).collect();
        assert_eq!(punctuation.len(), 32);
        let chars: Vec<char> = punctuation.chars().collect();
        assert_eq!(read(&punctuation), Ok(chars.clone()));
        assert_eq!(read_excluded(&punctuation), Ok(chars));
    }

    #[test]
    fn sets_are_taken_literally() {
        for set in [
            " ",
            "-az",
            "az-",
            "-",
            "!-_",
            "a-",
            "+-*/",
            "a.",
            "\\1",
            "\\",
            "[:",
            ":]a[",
            "[:1]",
            "lo",
            "äöüß",
            "€😀漢",
            "hexa",
            "ab!-z",
        ] {
            assert_eq!(read(set), Ok(set.chars().collect()), "{set}");
        }
    }

    #[test]
    fn habits_from_elsewhere_are_refused() {
        use Meaning::*;
        for (set, bad) in [
            ("", BadSet::Empty),
            ("a-z", BadSet::Range('a', "-", 'z')),
            ("!01-7", BadSet::Range('1', "-", '7')),
            ("é-ü", BadSet::Range('é', "-", 'ü')),
            ("xa..zy", BadSet::Range('a', "..", 'z')),
            ("0..9", BadSet::Range('0', "..", '9')),
            ("[:alnum:]", BadSet::Class("[:alnum:]".into(), Some(Alnum))),
            (
                "x[[:^digit:]]",
                BadSet::Class("[:^digit:]".into(), Some(Digits)),
            ),
            ("[:what:]", BadSet::Class("[:what:]".into(), None)),
            (
                "[:[:punct:]",
                BadSet::Class("[:punct:]".into(), Some(Symbols)),
            ),
            ("\\w", BadSet::Class("\\w".into(), Some(Alnum))),
            ("a\\d-", BadSet::Class("\\d".into(), Some(Digits))),
            ("\\x41", BadSet::Class("\\x".into(), None)),
            ("hex", BadSet::Name("hex".into(), Hex)),
            ("ALNUM", BadSet::Name("ALNUM".into(), Alnum)),
            ("lower", BadSet::Name("lower".into(), Lower)),
            ("letters", BadSet::Name("letters".into(), Letters)),
            ("base64url", BadSet::Name("base64url".into(), UrlSafe)),
            ("abca", BadSet::Twice('a')),
            ("--", BadSet::Twice('-')),
        ] {
            assert_eq!(read(set), Err(bad), "{set}");
        }
    }

    #[test]
    fn to_exclude_names_and_repetitions_harm_nobody() {
        for set in ["hex", "aa", "..", "a..z", "--"] {
            assert_eq!(read_excluded(set), Ok(set.chars().collect()), "{set}");
        }
        for set in ["", "0-9", "[:punct:]", "\\s", "\u{200b}"] {
            assert!(read_excluded(set).is_err(), "{set}");
        }
    }

    #[test]
    fn characters_that_cannot_be_told_apart_are_refused() {
        for char in "\0\n\u{301}\u{ad}\u{a0}\u{378}\u{212a}".chars() {
            let bad = BadSet::Unusable(char, unusable(char).unwrap());
            assert_eq!(read(&char.to_string()), Err(bad), "{char:?}");
        }
    }
}
