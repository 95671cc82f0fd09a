//! Which characters mean themselves where a secret stands, to every program that reads the file.

use super::filter::Filter;
use crate::chars::{CharSet, Shape, unusable};

/// What a secret stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Context {
    /// A value of a KEY=value file without quotes.
    Bare,
    /// Such a value in single quotes.
    Single,
    /// Such a value in double quotes.
    Double,
    /// A scalar of YAML without quotes.
    YamlPlain(Begun),
    /// A scalar of YAML in single quotes.
    YamlSingle,
    /// A scalar of YAML in double quotes.
    YamlDouble,
    /// A block scalar or a comment of YAML.
    YamlText,
    /// A string of JSON.
    JsonString,
    /// JSON or TOML outside of strings, and whether nothing else belongs to the value.
    Number { is_alone: bool },
    /// Behind a backslash in double quotes.
    Escape,
    /// A file of an unknown kind.
    Unknown,
}

/// What stands before a secret in a scalar of YAML without quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Begun {
    /// Nothing, or nothing that says what the scalar is; and whether nothing follows it.
    Not { is_alone: bool },
    /// This number of characters, of which the first is a letter.
    Letter(usize),
    /// Text that no number begins with.
    Text,
    /// A tag that says that it is text.
    Tag,
    /// What a number could begin with.
    Number,
}

/// Where a secret stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Site {
    pub(super) context: Context,
    /// Whether it is part of a URL.
    pub(super) in_url: bool,
    /// Whether a `=` that it begins with would not be one to zsh, at the start of a value or behind a `:`.
    pub(super) at_start: bool,
    /// Whether a space that it begins or ends with would be lost with the line.
    pub(super) at_edge: bool,
}

/// Why a secret may not arrive, and what would do.
pub(super) struct Rejection {
    pub(super) message: String,
    pub(super) hint: &'static str,
}

/// The characters that survive in a place.
struct Row {
    place: &'static str,
    survives: Kept,
    hint: &'static str,
}

#[derive(Clone, Copy)]
enum Kept {
    /// Letters, digits and these.
    Words(&'static str),
    /// Letters and digits of ASCII, and these.
    AsciiWords(&'static str),
    /// All printable characters but these.
    PrintableBut(&'static str),
}

const LEAVE_OUT: &str = "use `password --for safe`, or leave these out with --exclude";
const LEAVE_OUT_QUOTE: &str = "use `password --for safe`, or leave out ' \\ $ { with --exclude";
const SINGLE_QUOTES: &str = "use `password --for safe`; or put the value in single quotes, where only ' \\ $ { do not survive";
const ESCAPED: &str = "write | url before the }}, which escapes them; hex, urlsafe and `password --for safe` need no escapes";
const RAW: &str = "use password, hex, urlsafe or base64; or insist with | raw before the }}, if you know that it is read as it is";
const QUOTED: &str = "put it in double quotes";

/// Scalars of YAML that are no strings and begin with a letter are shorter: `false`.
const YAML_STRING: usize = 6;

/// In a URL: unreserved in RFC 3986.
const URL: Row = Row {
    place: "in a URL",
    survives: Kept::AsciiWords("-._~"),
    hint: ESCAPED,
};

impl Context {
    /// Part by part: KEY=value, YAML, JSON, everything else.
    fn row(self) -> Row {
        use Kept::{AsciiWords, PrintableBut, Words};
        let (place, survives, hint) = match self {
            Self::Bare => ("without quotes", Words("_-./:@%+,="), SINGLE_QUOTES),
            Self::Single => ("in single quotes", PrintableBut("'\\${"), LEAVE_OUT_QUOTE),
            Self::Double => ("in double quotes", PrintableBut("\"\\$`{"), SINGLE_QUOTES),
            Self::YamlPlain(_) => ("without quotes", Words("_-./+=@%"), QUOTED),
            Self::YamlSingle => ("in single quotes", PrintableBut("'$"), LEAVE_OUT),
            Self::YamlDouble => ("in double quotes", PrintableBut("\"\\$"), LEAVE_OUT),
            Self::YamlText => ("in YAML", PrintableBut("$"), LEAVE_OUT),
            Self::JsonString => ("in double quotes", PrintableBut("\"\\"), LEAVE_OUT),
            Self::Number { .. } | Self::Escape => ("here", AsciiWords(""), QUOTED),
            Self::Unknown => ("in a file of this kind", AsciiWords("-._+/="), RAW),
        };
        Row {
            place,
            survives,
            hint,
        }
    }
}

impl Kept {
    fn has(self, char: char) -> bool {
        match self {
            Self::Words(others) => is_word(char) || others.contains(char),
            Self::AsciiWords(others) => char.is_ascii_alphanumeric() || others.contains(char),
            Self::PrintableBut(lost) => unusable(char).is_none() && !lost.contains(char),
        }
    }
}

/// How long the escape is that `text` begins with, in double quotes: `\n`, `\x41`, `\u0041`.
pub(super) fn escape_length(text: &[u8]) -> usize {
    match text.get(1) {
        Some(b'x') => 4,
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 2,
    }
}

/// Whether `text` begins with an escape of a language that has `letters` behind the backslash. What a placeholder is
/// part of, is none of its business.
pub(super) fn is_escape(text: &[u8], letters: &[u8]) -> bool {
    let is_letter = |next: &u8| *next == b'{' || letters.contains(next);
    let mut digits = text.iter().take(escape_length(text)).skip(2);
    text.get(1).is_some_and(is_letter)
        && digits.all(|byte| *byte == b'{' || byte.is_ascii_hexdigit())
}

/// What would do about a backslash that is no escape.
pub(super) const BACKSLASH: &str = "write \\\\ for each backslash in the value";

impl Site {
    /// With nothing to mind but the context.
    pub(super) fn of(context: Context) -> Self {
        Self {
            context,
            in_url: false,
            at_start: false,
            at_edge: false,
        }
    }

    /// Whether each text of `shape`, once it is filtered, arrives here as it is. `is_quotable` says whether the message
    /// may name its characters.
    pub(super) fn takes(
        &self,
        shape: &Shape,
        filter: Filter,
        is_quotable: bool,
    ) -> Result<(), Rejection> {
        let reject = |message: String, hint| Err(Rejection { message, hint });
        if filter == Filter::Raw {
            return match self.context {
                Context::Unknown => Ok(()),
                _ => reject(
                    "| raw is for files of which nothing else is known".into(),
                    "leave it out: what survives in this file is known",
                ),
            };
        }
        let shape = &filter.shape(shape);
        if self.in_url && filter != Filter::Url {
            URL.check(&shape.all, is_quotable)?;
        }
        match self.context {
            Context::Number { is_alone: true } if shape.is_integer => return Ok(()),
            Context::Number { is_alone: true } => {
                return reject("without quotes, this may be no number".into(), QUOTED);
            }
            Context::Number { is_alone: false } => {
                let message = "next to what stands around it, this may be no number".into();
                return reject(message, "put the whole value in double quotes");
            }
            Context::YamlPlain(Begun::Not { is_alone: true }) if shape.is_integer => return Ok(()),
            Context::Escape => {
                let message = "behind a backslash, no character would survive".into();
                return reject(message, "remove the backslash");
            }
            _ => {}
        }
        let mut row = self.context.row();
        if let Context::YamlPlain(_) = self.context {
            row.hint = quotes_around(&shape.all);
        }
        row.check(&shape.all, is_quotable)?;
        if self.at_edge && shape.all.contains(' ') {
            let message = "at the edge of a line, a space may not survive".into();
            return reject(message, LEAVE_OUT);
        }
        match self.context {
            Context::YamlPlain(begun) if !begun.is_string(shape) => reject(
                format!(
                    "without quotes, YAML could take this for a number or another type, unless it begins with a letter \
                     and has {YAML_STRING} characters"
                ),
                row.hint,
            ),
            Context::Bare | Context::Unknown if !self.takes_equals(shape) => reject(
                "zsh expands a = at the start of a value or behind a :".into(),
                match self.context {
                    Context::Bare => SINGLE_QUOTES,
                    _ => RAW,
                },
            ),
            _ => Ok(()),
        }
    }

    /// Whether zsh takes each `=` of a text for one.
    fn takes_equals(&self, shape: &Shape) -> bool {
        !(self.at_start && shape.first.contains('=')
            || shape.all.contains(':') && shape.all.contains('='))
    }
}

impl Row {
    /// Refuses characters that do not survive.
    fn check(&self, all: &CharSet, is_quotable: bool) -> Result<(), Rejection> {
        let lost: Vec<String> = all
            .chars()
            .filter(|char| !self.survives.has(*char))
            .map(|char| match char {
                ' ' => "the space".into(),
                _ if unusable(char).is_some() => char.escape_unicode().to_string(),
                _ => char.into(),
            })
            .collect();
        if lost.is_empty() {
            return Ok(());
        }
        let place = self.place;
        let message = match is_quotable {
            true => format!(
                "{place}, not every character of this secret would survive: {}",
                lost.join(" ")
            ),
            false => format!("{place}, not every character of its value would survive"),
        };
        let hint = self.hint;
        Err(Rejection { message, hint })
    }
}

impl Begun {
    /// What `before`, the beginning of a scalar, says about it.
    pub(super) fn by(before: &str) -> Self {
        match before.chars().next() {
            None => Self::Not { is_alone: false },
            Some(first) if first.is_alphabetic() => Self::Letter(before.chars().count()),
            Some(_) if could_be_number(before) => Self::Number,
            Some(_) => Self::Text,
        }
    }

    /// Whether a scalar that goes on with a text of `shape` is a string.
    fn is_string(self, shape: &Shape) -> bool {
        match self {
            Self::Not { .. } => {
                shape.first.chars().all(char::is_alphabetic) && shape.shortest >= YAML_STRING
            }
            Self::Letter(length) => length + shape.shortest >= YAML_STRING,
            Self::Text => true,
            Self::Tag => shape.first.chars().all(is_word),
            Self::Number => false,
        }
    }
}

/// Whether a text that begins like this could be a number, a date or a time.
fn could_be_number(begun: &str) -> bool {
    let text = begun.strip_prefix(['+', '-']).unwrap_or(begun);
    let has_only = |text: &str, others: &str| {
        (text.chars()).all(|char| char.is_ascii_hexdigit() || others.contains(char))
    };
    match text.strip_prefix('.') {
        Some(rest) => {
            let name = rest.to_ascii_lowercase();
            has_only(rest, "_+-") || "inf".starts_with(&name) || "nan".starts_with(&name)
        }
        None => {
            let is_digit = |char: char| char.is_ascii_digit();
            text.is_empty() || text.starts_with(is_digit) && has_only(text, " \t\r\n_+-.:xXoOtTzZ")
        }
    }
}

/// The quotes of YAML in which all these characters survive.
fn quotes_around(all: &CharSet) -> &'static str {
    let has = |chars: &str| chars.chars().any(|char| all.contains(char));
    match (has("\"\\"), has("'")) {
        _ if has("$") => LEAVE_OUT,
        (false, _) => QUOTED,
        (true, false) => "put it in single quotes",
        (true, true) => LEAVE_OUT,
    }
}

/// Whether `char` is a letter or a digit.
fn is_word(char: char) -> bool {
    char.is_alphanumeric() && unusable(char).is_none()
}

/// How much of the `://` of a URL was last in a text: a secret behind all of it is part of the URL.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Url(usize);

impl Url {
    const BEGINS: &'static [u8] = b"://";

    /// Whether what follows `text` is in a URL that began in it.
    pub(super) fn is_open_behind(text: &str) -> bool {
        let mut url = Self::default();
        url.pass(text.as_bytes());
        url.is_open()
    }

    pub(super) fn is_open(self) -> bool {
        self.0 == Self::BEGINS.len()
    }

    /// Goes over a text that a URL began in.
    pub(super) fn open(&mut self) {
        self.0 = Self::BEGINS.len();
    }

    /// Whether `char` ends a URL: a blank or a quote.
    pub(super) fn is_end(char: char) -> bool {
        char.is_ascii_whitespace() || "\"'`".contains(char)
    }

    /// Goes over text. The brace of `${KEY}`, which may be nothing, counts for nothing.
    pub(super) fn pass(&mut self, text: &[u8]) {
        for byte in text.iter().filter(|byte| **byte != b'}') {
            self.0 = match (Self::BEGINS.get(self.0), byte) {
                (None, _) if !Self::is_end((*byte).into()) => self.0,
                (Some(next), _) if next == byte => self.0 + 1,
                (_, b':') => 1,
                _ => 0,
            };
        }
    }
}
