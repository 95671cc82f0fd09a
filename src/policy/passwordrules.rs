//! The `passwordrules` language, in which sites and forms say what a password may be.
//!
//! Apple's "Customizing Password AutoFill Rules" defines it, and a proposal for an attribute of HTML (whatwg/html issue
//! 3518):
//!
//! ```text
//! rules    = rule *( ";" rule ) [ ";" ]
//! rule     = ( "minlength" / "maxlength" / "max-consecutive" ) ":" 1*DIGIT
//!          / ( "required" / "allowed" ) ":" class *( "," class )
//! class    = "upper" / "lower" / "digit" / "special" / "ascii-printable" / "unicode" / "[" set "]"
//! ```
//!
//! with names in any case and white space between any two parts. In a set a hyphen stands first and `]`, written `]]`, at
//! the end. Browsers skip what they do not understand; here it is an error, since a rule that is dropped makes
//! passwords that the site refuses.

use std::collections::BTreeSet;

use super::{MAX_LENGTH, Name, Policy, Required, sort};
use crate::{chars::unusable, error::Error};

const HINT: &str = "a rule is minlength, maxlength or max-consecutive with a number, or required or allowed with \
     upper, lower, digit, special, ascii-printable, unicode or [SET]";

/// The policy that `rules` describe.
///
/// # Errors
/// Something is not understood, at the column that the message names.
pub(crate) fn read(rules: &str) -> Result<Policy, Error> {
    let mut reader = Reader {
        chars: rules.chars().collect(),
        at: 0,
    };
    let mut rules = Rules::default();
    loop {
        rules.read_one(&mut reader)?;
        if reader.next_part().is_none() {
            return Ok(rules.policy());
        }
        reader.expect(';')?;
        if reader.next_part().is_none() {
            return Ok(rules.policy());
        }
    }
}

/// What the rules say; of what they say twice, the strictest.
#[derive(Default)]
struct Rules {
    min_length: Option<u64>,
    max_length: Option<u64>,
    max_run: Option<u64>,
    required: Vec<(String, BTreeSet<char>)>,
    allowed: BTreeSet<char>,
}

impl Rules {
    fn read_one(&mut self, reader: &mut Reader) -> Result<(), Error> {
        reader.next_part();
        let start = reader.at;
        let name = reader.word();
        if name.is_empty() {
            return Err(reader.unexpected("the name of a rule"));
        }
        let known = [
            "minlength",
            "maxlength",
            "max-consecutive",
            "required",
            "allowed",
        ];
        if !known.contains(&&*name) {
            return Err(bad(start, format!("unknown rule `{name:.40}`")));
        }
        reader.expect(':')?;
        reader.next_part();
        let start = reader.at;
        match &*name {
            "minlength" => {
                let number = reader.number(0)?;
                if number > MAX_LENGTH {
                    let message = format!("{number} is too long: at most {MAX_LENGTH}");
                    return Err(bad(start, message));
                }
                self.min_length = self.min_length.max(Some(number));
            }
            "maxlength" => {
                let number = reader.number(1)?;
                self.max_length = Some(self.max_length.map_or(number, |other| other.min(number)));
            }
            "max-consecutive" => {
                let number = reader.number(1)?;
                self.max_run = Some(self.max_run.map_or(number, |other| other.min(number)));
            }
            "required" => {
                let chars = reader.classes()?;
                let text = reader.chars[start..reader.at].iter().collect();
                self.required.push((text, chars));
            }
            _ => self.allowed.append(&mut reader.classes()?),
        }
        if let (Some(least), Some(most)) = (self.min_length, self.max_length)
            && least > most
        {
            let message = format!("a minlength of {least} is more than a maxlength of {most}");
            return Err(bad(start, message));
        }
        Ok(())
    }

    fn policy(mut self) -> Policy {
        let mut alphabet = self.allowed;
        for (_, chars) in &self.required {
            alphabet.extend(chars);
        }
        if alphabet.is_empty() {
            alphabet.extend(ASCII_PRINTABLE);
        }
        // Forms trim it.
        let space = BTreeSet::from([' ']);
        if !self.required.iter().any(|(_, chars)| *chars == space) {
            alphabet.remove(&' ');
            for (_, chars) in &mut self.required {
                chars.remove(&' ');
            }
        }
        let mut alphabet: Vec<char> = alphabet.into_iter().collect();
        sort(&mut alphabet);
        let required = self.required.into_iter().map(|(text, chars)| Required {
            name: Name::Listed(text),
            chars,
            minimum: 1,
        });
        Policy {
            alphabet,
            required: required.collect(),
            max_run: self.max_run,
            lengths: self.min_length.unwrap_or(1).max(1)
                ..=self.max_length.unwrap_or(MAX_LENGTH).min(MAX_LENGTH),
            ..Policy::default()
        }
    }
}

const ASCII_PRINTABLE: std::ops::RangeInclusive<char> = ' '..='~';

/// The text and the next character of it.
struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    /// Goes to the next character that is not white space, and tells it.
    fn next_part(&mut self) -> Option<char> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.peek()
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn expect(&mut self, char: char) -> Result<(), Error> {
        if self.next_part() != Some(char) {
            return Err(self.unexpected(&format!("`{char}`")));
        }
        self.at += 1;
        Ok(())
    }

    /// Letters, digits and hyphens, in lower case.
    fn word(&mut self) -> String {
        let rest = self.chars[self.at..].iter();
        let word = rest.take_while(|char| char.is_ascii_alphanumeric() || **char == '-');
        let word: String = word.map(char::to_ascii_lowercase).collect();
        self.at += word.len();
        word
    }

    fn number(&mut self, least: u64) -> Result<u64, Error> {
        let start = self.at;
        let word = self.word();
        if word.is_empty() {
            return Err(self.unexpected("a number"));
        }
        if !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad(start, format!("`{word}` is not a whole number")));
        }
        match word.parse() {
            Ok(number) if number >= least => Ok(number),
            Ok(number) => Err(bad(start, format!("{number} must be {least} or more"))),
            Err(_) => Err(bad(start, format!("{word} is too large"))),
        }
    }

    /// The union of one or more classes.
    fn classes(&mut self) -> Result<BTreeSet<char>, Error> {
        let mut union = BTreeSet::new();
        loop {
            if self.next_part() == Some('[') {
                union.append(&mut self.set()?);
            } else {
                union.append(&mut self.named_class()?);
            }
            let end = self.at;
            if self.next_part() != Some(',') {
                self.at = end;
                return Ok(union);
            }
            self.at += 1;
        }
    }

    fn named_class(&mut self) -> Result<BTreeSet<char>, Error> {
        let start = self.at;
        let name = self.word();
        if name.is_empty() {
            return Err(self.unexpected("a class or a set"));
        }
        let is_one: fn(&char) -> bool = match &*name {
            "upper" => char::is_ascii_uppercase,
            "lower" => char::is_ascii_lowercase,
            "digit" => char::is_ascii_digit,
            "special" => |char| !char.is_ascii_alphanumeric(),
            "ascii-printable" | "unicode" => |_| true,
            _ => return Err(bad(start, format!("unknown class `{name:.40}`"))),
        };
        Ok(ASCII_PRINTABLE.filter(is_one).collect())
    }

    /// A set in brackets, in which white space is a character, too.
    fn set(&mut self) -> Result<BTreeSet<char>, Error> {
        let start = self.at;
        let mut set = BTreeSet::new();
        loop {
            self.at += 1;
            let char = self
                .peek()
                .ok_or_else(|| bad(start, "the set has no `]`".into()))?;
            if char == ']' {
                break;
            }
            if char == '-' && self.at > start + 1 {
                return Err(bad(self.at, "a hyphen must come first in a set".into()));
            }
            if let Some(reason) = unusable(char) {
                let message = format!("U+{:04X} is {}", u32::from(char), reason.noun());
                return Err(bad(self.at, message));
            }
            set.insert(char);
        }
        self.at += 1;
        if self.peek() == Some(']') {
            self.at += 1;
            set.insert(']');
        }
        match set.is_empty() {
            true => Err(bad(start, "the set is empty".into())),
            false => Ok(set),
        }
    }

    fn unexpected(&self, expected: &str) -> Error {
        let found = self
            .peek()
            .map_or("the end".into(), |char| match unusable(char) {
                None => format!("`{char}`"),
                Some(_) => format!("U+{:04X}", u32::from(char)),
            });
        bad(self.at, format!("expected {expected}, found {found}"))
    }
}

/// An error at the character with this index.
fn bad(index: usize, message: String) -> Error {
    Error::usage_hint(format!("--rules, column {}: {message}", index + 1), HINT)
}

#[cfg(test)]
mod tests;
