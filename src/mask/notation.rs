//! How a mask is written.
//!
//! ```text
//! pattern = 1*( place [ "{" N "}" ] )
//! place   = character / "\" symbol / "[" set "]"
//! set     = 1*( character / "\" symbol / first "-" last )
//! ```
//!
//! It is what regular expressions, globs and most password fields agree on. What else they have would describe a weak text
//! if it were read literally, so every character that means something there stands for itself behind `\` only. A range
//! is rising and within `0-9`, `A-Z` or `a-z`: others depend on the order of a character set.

#[cfg(test)]
mod tests;

use super::{MAX_LENGTH, Run};
use crate::chars::{CharSet, Unusable, unusable};

/// An error in a pattern, its column, and the way out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadPattern {
    /// The character that it begins at, counted from 1.
    pub(super) column: usize,
    /// The message.
    pub(super) message: String,
    /// What would do.
    pub(super) hint: String,
}

const EXAMPLE: &str = "a set in brackets is chosen from, as in [A-HJ-NP-Z2-9]{4}";
const REPEAT: &str = "{N} repeats a character or set N times, as in [0-9]{8}";

/// What `pattern` describes.
pub(super) fn read(pattern: &str) -> Result<Vec<Run>, BadPattern> {
    let mut reader = Reader {
        rest: pattern,
        column: 1,
    };
    if pattern.is_empty() {
        return Err(reader.bad("there is nothing in it", EXAMPLE));
    }
    let (mut runs, mut length) = (Vec::new(), 0);
    while !reader.rest.is_empty() {
        let start = reader.column;
        let chars = reader.place()?;
        let end = reader.column;
        let times = reader.times()?;
        if times > MAX_LENGTH - length {
            return Err(BadPattern {
                column: if times > 1 { end } else { start },
                message: format!("the text is too long: at most {MAX_LENGTH} characters"),
                hint: "`mksecret urlsafe -l N` prints text of any length".into(),
            });
        }
        length += times;
        runs.push(Run { chars, times });
    }
    if runs.iter().all(|run| run.chars.len() == 1) {
        return Err(BadPattern {
            column: 1,
            message: "only one text fits: it has 0 bits".into(),
            hint: EXAMPLE.into(),
        });
    }
    Ok(runs)
}

/// The rest of the pattern.
struct Reader<'p> {
    rest: &'p str,
    /// Where it begins: the number of its first character, from 1.
    column: usize,
}

impl Reader<'_> {
    fn bad(&self, message: impl Into<String>, hint: impl Into<String>) -> BadPattern {
        BadPattern {
            column: self.column,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// The character that comes `ahead` characters later.
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.chars().nth(ahead)
    }

    fn skip(&mut self) {
        let mut rest = self.rest.chars();
        self.column += rest.next().map_or(0, |_| 1);
        self.rest = rest.as_str();
    }

    /// What may stand in the next place.
    fn place(&mut self) -> Result<Vec<char>, BadPattern> {
        match self.peek(0) {
            Some('[') => self.set(),
            _ => Ok(vec![self.char(false)?]),
        }
    }

    /// The next character, which stands for itself, perhaps behind `\`.
    fn char(&mut self, in_set: bool) -> Result<char, BadPattern> {
        let mut char = self.peek(0).unwrap_or_default();
        if let Some((message, hint)) = special(char, in_set) {
            let message = format!("`{char}` {message}");
            return Err(self.bad(message, format!("{hint}; `\\{char}` stands for itself")));
        }
        if char == '\\' {
            char = (self.peek(1))
                .ok_or_else(|| self.bad("nothing follows `\\`", "`\\\\` is a backslash"))?;
            if char.is_alphanumeric() {
                let message = format!("`\\{char}` is not supported");
                return Err(self.bad(message, instead(char, in_set)));
            }
            self.skip();
        }
        if let Some(reason) = unusable(char) {
            let message = format!("U+{:04X} is {}", u32::from(char), reason.noun());
            let hint = match reason {
                Unusable::Combining => "remove it, or use the precomposed character",
                Unusable::Unnormalised => "use the character that replaces it",
                _ => "remove it",
            };
            return Err(self.bad(message, hint));
        }
        self.skip();
        Ok(char)
    }

    /// The characters of a set in brackets.
    fn set(&mut self) -> Result<Vec<char>, BadPattern> {
        self.check_class(false)?;
        let open = self.bad("the set is not closed", "`]` closes it; `\\[` is a bracket");
        let empty = self.bad(
            "the set is empty",
            "list its characters, as in [A-Z2-9]; `\\]` is a bracket",
        );
        self.skip();
        let (mut seen, mut chars) = (CharSet::default(), Vec::new());
        while self.peek(0) != Some(']') {
            self.check_class(true)?;
            if self.peek(0).is_none() {
                return Err(open);
            }
            let start = self.column;
            let (first, last) = self.member(chars.is_empty())?;
            for char in first..=last {
                if seen.contains(char) {
                    return Err(BadPattern {
                        column: start,
                        message: format!("`{char}` stands twice in the set"),
                        hint: match char {
                            '.' => {
                                "list each character once; a range has a hyphen, as in a-z".into()
                            }
                            _ => "list each character once: all are equally likely".into(),
                        },
                    });
                }
                seen.insert(char);
                chars.push(char);
            }
        }
        if chars.is_empty() {
            return Err(empty);
        }
        self.skip();
        Ok(chars)
    }

    /// A character of a set, or the first and the last one of a range.
    fn member(&mut self, is_first: bool) -> Result<(char, char), BadPattern> {
        if !is_first && self.is_between('-') {
            let hint = "a literal hyphen stands first or last in a set, or behind `\\`";
            return Err(self.bad("the hyphen could mean a range", hint));
        }
        let start = self.column;
        let first = self.char(true)?;
        if let Some(dash) = self.peek(0).filter(|char| DASHES.contains(char))
            && first.is_ascii_alphanumeric()
            && self.is_between(dash)
        {
            let message = format!("`{dash}` is not a hyphen, but U+{:04X}", u32::from(dash));
            return Err(self.bad(message, "a range has a hyphen, as in a-z"));
        }
        if !self.is_between('-') {
            return Ok((first, first));
        }
        self.skip();
        let last = self.char(true)?;
        if class(first).is_some_and(|(_, end)| first < last && last <= end) {
            return Ok((first, last));
        }
        Err(BadPattern {
            column: start,
            message: format!("`{first}-{last}` is not a range within a-z, A-Z or 0-9"),
            hint: range_hint(first, last),
        })
    }

    /// Whether `dash` comes next, and then not the end of a set.
    fn is_between(&self, dash: char) -> bool {
        self.peek(0) == Some(dash) && self.peek(1).is_some_and(|char| char != ']')
    }

    /// Refuses a class such as `[:digit:]`.
    fn check_class(&self, in_set: bool) -> Result<(), BadPattern> {
        let name = self.rest.strip_prefix("[:");
        let Some((name, _)) = name.and_then(|rest| rest.split_once(":]")) else {
            return Ok(());
        };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Ok(());
        }
        let message = format!("the class `[:{name}:]` is not supported");
        Err(self.bad(message, class_hint(name, in_set)))
    }

    /// How often what was read is repeated.
    fn times(&mut self) -> Result<usize, BadPattern> {
        if let Some(rest) = self.rest.strip_prefix(r"\{")
            && let Some((inside, _)) = rest.split_once(r"\}")
            && !inside.is_empty()
            && inside
                .chars()
                .all(|char| char.is_ascii_digit() || char == ',')
        {
            let message = format!(r"`\{{{inside}\}}` could mean a repetition, or its characters");
            let hint = r"to repeat, omit the backslashes; `[{]` is a brace";
            return Err(self.bad(message, hint));
        }
        if self.peek(0) != Some('{') {
            return Ok(1);
        }
        let Some((inside, rest)) = self.rest[1..].split_once('}') else {
            return Err(self.bad("`{` is not closed", format!("{REPEAT}; `\\{{` is a brace")));
        };
        let times = number(inside).map_err(|hint| {
            let shown = if inside.len() <= 20 { inside } else { "…" };
            self.bad(format!("`{{{shown}}}` is not a number of times"), hint)
        })?;
        self.column += 2 + inside.chars().count();
        self.rest = rest;
        if self.peek(0) != Some('{') {
            return Ok(times);
        }
        let again = self.rest[1..]
            .split_once('}')
            .map(|(inside, _)| number(inside));
        let hint = match again {
            Some(Ok(again)) if times.saturating_mul(again) <= MAX_LENGTH => {
                format!("{{{}}} is as many", times * again)
            }
            _ => "one {N} says how often; `\\{` is a brace".into(),
        };
        Err(self.bad("a repetition cannot be repeated", hint))
    }
}

/// N of `{N}`, or the way out. An N that is greater than any length becomes the greatest integer.
fn number(inside: &str) -> Result<usize, String> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(inside) {
        return match inside.parse() {
            Ok(0) => Err("N is 1 or more; omit what is not wanted".into()),
            times => Ok(times.unwrap_or(usize::MAX)),
        };
    }
    let (least, most) = inside.split_once(',').unwrap_or_default();
    match [most, least]
        .map(str::trim)
        .into_iter()
        .find(|text| is_digits(text) && text.parse().is_ok_and(|n| (1..=MAX_LENGTH).contains(&n)))
    {
        Some(one) => Err(format!(
            "{{{one}}}: texts of several lengths would not be equally likely"
        )),
        None => Err(format!("{REPEAT}; `\\{{` is a brace")),
    }
}

/// Characters that are taken for hyphens.
const DASHES: &[char] = &['‐', '‑', '‒', '–', '—', '―', '−'];

/// What `char`, which does not stand for itself, would mean elsewhere, and what would do.
fn special(char: char, in_set: bool) -> Option<(&'static str, &'static str)> {
    Some(match char {
        '^' if in_set => (
            "could mean all other characters",
            "list those that may stand there, as in [A-Z2-9]",
        ),
        // Outside of a set, it opens one.
        '[' => ("could open another set", "`]` closes a set"),
        _ if in_set => return None,
        '.' => (
            "could mean any character",
            "list those that may stand there, as in [A-Z2-9]",
        ),
        '^' | '$' => (
            "could mean an end of the text",
            "omit it: the pattern describes the whole text",
        ),
        '*' | '+' | '?' => ("could mean a number of times", REPEAT),
        '|' => (
            "could mean alternatives",
            "one of several characters is a set, as in [ab]",
        ),
        '(' | ')' => (
            "could mean a group",
            "repeat each character or set by itself, as in [0-9]{8}",
        ),
        '{' => ("has nothing to repeat", REPEAT),
        '}' => ("closes nothing", REPEAT),
        ']' => ("closes nothing", "`[` opens a set"),
        _ => return None,
    })
}

/// What would do instead of `\` and a letter or digit.
fn instead(char: char, in_set: bool) -> String {
    match char {
        'd' => class_hint("digit", in_set),
        'w' => class_hint("word", in_set),
        's' => class_hint("space", in_set),
        'D' | 'W' | 'S' | 'H' | 'N' | 'p' | 'P' | 'h' | 'X' => {
            "list the characters that may stand there, as in [A-Z2-9]".into()
        }
        'A' | 'b' | 'B' | 'G' | 'z' | 'Z' => "omit it: the pattern describes the whole text".into(),
        'n' | 'r' | 't' | 'f' | 'v' | 'a' | 'e' | 'c' => "no text holds control characters".into(),
        'x' | 'u' | 'U' | 'o' => "write the character itself".into(),
        '0'..='9' | 'k' | 'g' => "write the character or set again".into(),
        _ => format!("`{char}` stands for itself without `\\`"),
    }
}

/// What lists the characters of a class of that name.
fn class_hint(name: &str, in_set: bool) -> String {
    let chars = match name.to_ascii_lowercase().as_str() {
        "digit" => "0-9",
        "lower" => "a-z",
        "upper" => "A-Z",
        "alpha" => "A-Za-z",
        "alnum" => "A-Za-z0-9",
        "word" => "A-Za-z0-9_",
        "xdigit" => "0-9a-f",
        "space" | "blank" => return "a space stands for itself".into(),
        _ => return "list its characters, as in [!#%+-]".into(),
    };
    match in_set {
        true => format!("write {chars}"),
        false => format!("write [{chars}]"),
    }
}

/// The first and the last character like `char`: what a range is within.
fn class(char: char) -> Option<(char, char)> {
    let classes = [('0', '9'), ('A', 'Z'), ('a', 'z')];
    classes
        .into_iter()
        .find(|(first, last)| (*first..=*last).contains(&char))
}

/// What would do instead of `first-last`.
fn range_hint(first: char, last: char) -> String {
    let (Some(one), Some(other)) = (class(first), class(last)) else {
        return match (first, last) {
            ('!' | ' ', '~') => {
                "for all printable characters, use `mksecret password --for full`".into()
            }
            _ => "list every character; a literal hyphen stands first or last in a set".into(),
        };
    };
    let range = |first: char, last: char| match first == last {
        true => first.to_string(),
        false => format!("{}-{}", first.min(last), first.max(last)),
    };
    match one == other {
        true => format!("write {}", range(first, last)),
        // As `A-z` and `0-Z` were meant, and not as ASCII has them.
        false => format!("write {}{}", range(first, one.1), range(other.0, last)),
    }
}
