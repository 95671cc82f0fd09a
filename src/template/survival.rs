//! Which characters mean themselves where a secret stands, to every program that reads the file.

use crate::chars::{CharSet, Shape};

/// What a secret stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// A value of a KEY=value file without quotes.
    Bare,
    /// The same in single quotes.
    Single,
    /// The same in double quotes.
    Double,
    /// Nothing that is known.
    Free,
    /// Single quotes in a file of an unknown kind.
    TextSingle,
    /// Double quotes in a file of an unknown kind, or a string of JSON.
    TextDouble,
    /// JSON outside of strings, alone.
    JsonBare,
    /// The same beside other characters.
    JsonPart,
    /// A scalar of YAML without quotes.
    YamlPlain {
        /// Its first character, and how many stand before the secret; none if it begins with the secret.
        begun: Option<(char, usize)>,
    },
    /// The same in single quotes.
    YamlSingle,
}

/// Where a secret stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) context: Context,
    /// Whether it is part of a URL.
    pub(super) in_url: bool,
}

/// Why a secret may not arrive, and what would do.
pub(super) struct Rejection {
    pub(super) message: String,
    pub(super) hint: &'static str,
}

const LEAVE_OUT: &str = "use `password --for safe`, or leave these out with --exclude";
const SINGLE_QUOTES: &str = "use `password --for safe`; or put the value in single quotes, where only ' \\ $ { do not survive";

/// Scalars of YAML that are no strings and begin with a letter are shorter: `false`.
const YAML_STRING: usize = 6;

impl Site {
    /// Whether each text of `shape` arrives here as it is.
    pub(super) fn takes(&self, shape: &Shape) -> Result<(), Rejection> {
        if self.in_url {
            let is_kept = |char: char| char.is_ascii_alphanumeric() || "-._~".contains(char);
            check_all(
                &shape.all,
                "in a URL",
                is_kept,
                "hex, urlsafe and `password --for safe` need no escapes in a URL",
            )?;
        }
        let all = &shape.all;
        match self.context {
            Context::Free => Ok(()),
            Context::Bare => check_all(
                all,
                "without quotes",
                |char| is_word(char) || "_-./:@%+,=".contains(char),
                SINGLE_QUOTES,
            ),
            Context::Single => check_all(
                all,
                "in single quotes",
                |char| is_visible(char) && !"'\\${".contains(char),
                LEAVE_OUT,
            ),
            Context::Double => check_all(
                all,
                "in double quotes",
                |char| is_visible(char) && !"\"\\$`{".contains(char),
                SINGLE_QUOTES,
            ),
            Context::TextSingle => check_all(
                all,
                "in single quotes",
                |char| !char.is_control() && !"'\\".contains(char),
                LEAVE_OUT,
            ),
            Context::YamlSingle => check_all(
                all,
                "in single quotes",
                |char| !char.is_control() && char != '\'',
                LEAVE_OUT,
            ),
            Context::TextDouble => check_all(
                all,
                "in double quotes",
                |char| !char.is_control() && !"\"\\".contains(char),
                LEAVE_OUT,
            ),
            Context::JsonBare if shape.is_integer => Ok(()),
            Context::JsonBare => Err(Rejection {
                message: "this is not a string or a number in JSON".into(),
                hint: "put it in double quotes",
            }),
            Context::JsonPart => Err(Rejection {
                message: "next to other characters, this may not be JSON".into(),
                hint: "put it in double quotes, or nothing beside it",
            }),
            Context::YamlPlain { begun: None } if shape.is_integer => Ok(()),
            Context::YamlPlain { begun } => {
                let hint = quotes_around(all);
                check_all(
                    all,
                    "without quotes",
                    |char| is_word(char) || "_-./+=@%".contains(char),
                    hint,
                )?;
                let begins_with_letter = match begun {
                    Some((first, _)) => first.is_alphabetic(),
                    None => shape.first.chars().all(char::is_alphabetic),
                };
                let length = begun.map_or(0, |(_, length)| length) + shape.shortest;
                if begins_with_letter && length >= YAML_STRING {
                    return Ok(());
                }
                Err(Rejection {
                    message: format!(
                        "without quotes, YAML could take this for a number or another type, \
                         unless it begins with a letter and has {YAML_STRING} characters"
                    ),
                    hint,
                })
            }
        }
    }
}

/// The quotes of YAML in which all these characters survive.
fn quotes_around(all: &CharSet) -> &'static str {
    match (all.contains('"') || all.contains('\\'), all.contains('\'')) {
        (false, _) => "put it in double quotes",
        (true, false) => "put it in single quotes",
        (true, true) => LEAVE_OUT,
    }
}

/// Whether `char` is a letter or a digit.
fn is_word(char: char) -> bool {
    char.is_alphanumeric()
}

/// Whether `char` is a printable character or a space.
fn is_visible(char: char) -> bool {
    char == ' ' || char.is_ascii_graphic() || is_word(char)
}

/// Refuses characters of which one may not be kept.
fn check_all(
    all: &CharSet,
    place: &str,
    is_kept: impl Fn(char) -> bool,
    hint: &'static str,
) -> Result<(), Rejection> {
    let lost: Vec<String> = all
        .chars()
        .filter(|char| !is_kept(*char))
        .map(|char| match char {
            ' ' => "the space".into(),
            _ if char.is_control() => char.escape_default().to_string(),
            _ => char.into(),
        })
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    Err(Rejection {
        message: format!(
            "{place}, not every character of this secret would survive: {}",
            lost.join(" ")
        ),
        hint,
    })
}
