//! Why there is no such password, and what would make one possible.

use std::fmt;

use super::{Edge, Kind, MAX_BYTES};

/// A rule that cannot be met, or is not clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyError {
    /// Two options that contradict each other.
    Conflict(&'static str, &'static str),
    /// An option that needs a positive number, and did not get one.
    Zero(&'static str),
    /// An option whose set holds no character.
    EmptySet(&'static str),
    /// A hyphen between two characters, which could be meant as a range.
    Range {
        /// The option it stands in.
        option: &'static str,
        /// The character before the hyphen.
        from: char,
        /// The character after it.
        to: char,
    },
    /// A character that no password may hold.
    Unusable {
        /// The option it stands in.
        option: &'static str,
        /// The character.
        char: char,
        /// What is wrong with it.
        reason: Unusable,
    },
    /// No character is left to choose from.
    NoCharacters,
    /// Characters of a class are asked for, but none is left.
    ClassGone {
        /// The class.
        kind: Kind,
        /// How many are asked for.
        minimum: usize,
    },
    /// The minima add up to more than the length.
    Minima {
        /// What they add up to, in characters.
        needed: usize,
        /// The length, in characters.
        length: usize,
    },
    /// No character is left that may stand first, or last.
    EdgeGone {
        /// `--start` or `--end`.
        option: &'static str,
        /// What that character should be.
        edge: Edge,
    },
    /// Each rule could be met on its own, but no string meets all.
    Impossible {
        /// The length, in characters.
        length: usize,
        /// A length at which they can be met, if a slightly greater one will do.
        enough: Option<usize>,
    },
    /// The same with a limit to runs.
    RunsImpossible {
        /// The length, in characters.
        length: usize,
        /// The limit.
        max_run: usize,
        /// How many characters there are to choose from.
        size: usize,
    },
    /// The text would be too long.
    TooLong {
        /// The length, in characters.
        length: usize,
        /// The greatest possible one with these characters.
        limit: usize,
    },
    /// No possible length is strong enough.
    Unreachable {
        /// What was asked for.
        bits: u64,
        /// The greatest possible length, in characters.
        limit: usize,
    },
    /// The strings cannot be counted in reasonable time and memory.
    TooLarge(TooLarge),
}

/// What is wrong with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It would act on the terminal or end the line.
    Control,
    /// It would change the character in front of it.
    Combining,
    /// Nobody could see it.
    Invisible,
}

/// Which rules make a policy too large to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// The minima, at this length.
    Minima,
    /// The limit to runs, at this length and with these minima.
    Runs,
}

impl From<TooLarge> for PolicyError {
    fn from(rules: TooLarge) -> Self {
        Self::TooLarge(rules)
    }
}

impl PolicyError {
    /// What would make it possible.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Conflict(..) => "leave one of them out".into(),
            Self::Zero(_) => return None,
            Self::EmptySet("--symbols") => "--no-symbol leaves the symbols out".into(),
            Self::EmptySet(_) => "name the characters".into(),
            Self::Range { .. } => "ranges are not read: write every character out, \
                 and a hyphen that is meant first or last"
                .into(),
            Self::Unusable {
                reason: Unusable::Combining,
                ..
            } => "leave it out, or use the character that has it built in".into(),
            Self::Unusable { .. } => "leave it out".into(),
            Self::NoCharacters => "allow another class, or exclude fewer characters".into(),
            Self::ClassGone { kind, .. } => {
                let (ask, drop) = (kind.option(), kind.no_option());
                format!("{drop} drops the class, {ask} 0 asks for none; or exclude fewer")
            }
            Self::Minima { needed, .. } if *needed > MAX_BYTES => "lower a minimum".into(),
            Self::Minima { needed, .. } => {
                format!("-l {needed} is long enough; or lower a minimum")
            }
            Self::EdgeGone { option, .. } => format!("{option} any lifts the rule"),
            Self::Impossible { enough, .. } => {
                let lift = "lower a minimum, or lift a rule with --start any or --end any";
                match enough {
                    Some(enough) => format!("-l {enough} is long enough; or {lift}"),
                    None => lift.into(),
                }
            }
            Self::RunsImpossible { .. } => {
                "allow more characters, raise --max-run, or lower a minimum".into()
            }
            Self::TooLong { limit, .. } => {
                format!("-l {limit} is the longest; `mksecret urlsafe` makes text of any length")
            }
            Self::Unreachable { .. } => {
                "ask for fewer bits, or allow more characters or longer runs".into()
            }
            Self::TooLarge(TooLarge::Minima) => "lower the minima or the length".into(),
            Self::TooLarge(TooLarge::Runs) => {
                "lower the minima or the length, or leave out --max-run".into()
            }
        })
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(one, other) => write!(f, "{one} and {other} contradict each other"),
            Self::Zero(option) => write!(f, "{option} must be at least 1"),
            Self::EmptySet(option) => write!(f, "the set of {option} is empty"),
            Self::Range { option, from, to } => write!(
                f,
                "`{from}-{to}` in {option} could mean the range from {from} to {to}, \
                 or the three characters {from}, - and {to}"
            ),
            Self::Unusable {
                option,
                char,
                reason,
            } => {
                let what = match reason {
                    Unusable::Control => "a control character",
                    Unusable::Combining => "a combining mark",
                    Unusable::Invisible => "an invisible character",
                };
                write!(f, "{option} holds U+{:04X}, {what}", u32::from(*char))
            }
            Self::NoCharacters => f.write_str("no character is left to choose from"),
            Self::ClassGone { kind, minimum } => write!(
                f,
                "at least {} asked for, but none is left",
                kind.counted(*minimum) + if *minimum == 1 { " is" } else { " are" }
            ),
            Self::Minima { needed, length } => write!(
                f,
                "the minima add up to {needed} characters, but the length is {length}"
            ),
            Self::EdgeGone { option, edge } => write!(
                f,
                "{option} {edge}: no {} is left to choose from",
                edge.noun()
            ),
            Self::Impossible { length, .. } => write!(
                f,
                "no password of length {length} meets both the minima \
                 and the rules for the first and last character"
            ),
            Self::RunsImpossible {
                length,
                max_run,
                size: 1,
            } => write!(
                f,
                "--max-run {max_run}: there is one character to choose from, \
                 which makes no password of length {length}"
            ),
            Self::RunsImpossible {
                length, max_run, ..
            } => write!(
                f,
                "--max-run {max_run}: no password of length {length} meets that and the other rules"
            ),
            Self::TooLong { length, limit } => write!(
                f,
                "a password of {length} characters is too long: at most {limit} of these"
            ),
            Self::Unreachable { bits, limit } => write!(
                f,
                "--bits {bits}: no password of up to {limit} characters is as strong as that"
            ),
            Self::TooLarge(TooLarge::Minima) => f.write_str(
                "the passwords with these minima at this length are too many to count exactly",
            ),
            Self::TooLarge(TooLarge::Runs) => {
                f.write_str("the passwords with this --max-run are too many to count exactly")
            }
        }
    }
}

impl std::error::Error for PolicyError {}
