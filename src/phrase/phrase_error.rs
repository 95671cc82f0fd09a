//! Why there is no such passphrase, and what would make one possible.

use std::fmt;

use crate::{chars::Unusable, memory::OutOfMemory};

/// Why there is no such passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PhraseError {
    /// That line of the word list is not UTF-8.
    NotUtf8(usize),
    /// That line of the word list is empty.
    EmptyLine(usize),
    /// A line of the word list holds a character that cannot be told from others, or begins with a mark.
    Unusable {
        /// The line's number.
        line: usize,
        /// The character.
        char: char,
        /// What is wrong with it.
        reason: Unusable,
    },
    /// That line of the word list could look like another one, since it is not in Unicode's form NFC.
    NotNormalised(usize),
    /// That line of the word list begins with `#`.
    Comment(usize),
    /// The first line has numbers of dice and another one has none, or the other way round.
    Dice {
        /// The number of the other line.
        line: usize,
        /// Whether the first line has some.
        has_dice: bool,
    },
    /// The word list is too long to be read.
    TooLarge,
    /// The word list does not fit into the memory.
    OutOfMemory,
    /// So few distinct words are in the list.
    TooFewWords(usize),
    /// The separator holds a character that cannot be told from others.
    UnusableSeparator(char, Unusable),
    /// The separator holds what an option adds.
    InSeparator(&'static str),
    /// A word holds what an option adds.
    InWord {
        /// The option.
        option: &'static str,
        /// The word.
        word: String,
    },
    /// Two sequences of words might look the same.
    Ambiguous {
        /// What stands between words.
        separator: String,
        /// A word that begins another.
        shorter: String,
        /// That other.
        longer: String,
    },
    /// An option that needs a positive number, and did not get one.
    Zero(&'static str),
    /// The phrase would be too long.
    TooLong {
        /// Its length, in words.
        length: u64,
        /// The greatest possible one, in words.
        limit: u64,
    },
    /// No possible length is strong enough.
    Unreachable {
        /// What was asked for.
        bits: u64,
        /// The greatest possible length, in words.
        limit: u64,
    },
}

impl PhraseError {
    /// What would make it possible.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotUtf8(_) => Some("convert it with iconv"),
            Self::EmptyLine(_) | Self::Unusable { .. } | Self::Comment(_) => {
                Some("a word list has one word per line")
            }
            Self::NotNormalised(_) => Some("`uconv -x any-nfc` converts it"),
            Self::Dice { .. } => Some("numbers of dice are left out if every line has some"),
            Self::TooLarge | Self::OutOfMemory => None,
            Self::TooFewWords(_) => Some("at least two words are required"),
            Self::UnusableSeparator(..) => Some("choose another with -s"),
            Self::InSeparator(_) => Some("choose another with -s, or omit the option"),
            Self::InWord { .. } => Some("omit the option, or use another list"),
            Self::Ambiguous { .. } => Some(
                "choose a separator that no word contains, such as -s ' ', or use --capitalize",
            ),
            Self::Zero(_) => None,
            Self::TooLong { .. } => Some("use fewer words"),
            Self::Unreachable { .. } => Some("use fewer bits"),
        }
    }
}

impl fmt::Display for PhraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8(line) => write!(f, "line {line} of the word list is not UTF-8"),
            Self::EmptyLine(line) => write!(f, "line {line} of the word list is empty"),
            Self::Unusable { line, char, reason } => {
                let verb = match reason {
                    Unusable::Combining => "begins with",
                    _ => "contains",
                };
                let (code, noun) = (u32::from(*char), reason.noun());
                write!(
                    f,
                    "line {line} of the word list {verb} U+{code:04X}, {noun}"
                )
            }
            Self::NotNormalised(line) => write!(
                f,
                "line {line} of the word list is not in Unicode's form NFC, and could look like another one"
            ),
            Self::Comment(line) => write!(f, "line {line} of the word list begins with #"),
            Self::Dice { line, has_dice } => {
                let (this, first) = if *has_dice {
                    ("no", "some")
                } else {
                    ("a", "none")
                };
                write!(
                    f,
                    "line {line} of the word list has {this} number of dice, and line 1 has {first}"
                )
            }
            Self::TooLarge => f.write_str("the word list is larger than 64 MiB"),
            Self::OutOfMemory => OutOfMemory.fmt(f),
            Self::TooFewWords(0) => f.write_str("the word list is empty"),
            Self::TooFewWords(_) => f.write_str("the word list has fewer than two different words"),
            Self::UnusableSeparator(char, reason) => {
                let (code, noun) = (u32::from(*char), reason.noun());
                write!(f, "the separator contains U+{code:04X}, {noun}")
            }
            Self::InSeparator(option) => write!(
                f,
                "{option}: the separator contains one, so two passphrases could look the same"
            ),
            Self::InWord { option, word } => write!(
                f,
                "{option}: the word `{word}` contains one, so two passphrases could look the same"
            ),
            Self::Ambiguous {
                separator,
                shorter,
                longer,
            } => write!(
                f,
                "with '{separator}' between words, two passphrases could look the same: \
                 `{shorter}{separator}` begins `{longer}{separator}`"
            ),
            Self::Zero(option) => write!(f, "{option} must be at least 1"),
            Self::TooLong { length, limit } => write!(
                f,
                "a passphrase of {length} words is too long: the maximum with this list is {limit}"
            ),
            Self::Unreachable { bits, limit } => write!(
                f,
                "--bits {bits}: no passphrase of up to {limit} words has that many bits"
            ),
        }
    }
}

impl std::error::Error for PhraseError {}

impl From<OutOfMemory> for PhraseError {
    fn from(_: OutOfMemory) -> Self {
        Self::OutOfMemory
    }
}
