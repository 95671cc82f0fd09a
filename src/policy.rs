//! Passwords under rules: which there are, how many, and one of them with each equally likely.
//!
//! A [`Policy`] holds the rules, a [`Sampler`] counts and draws, always exactly: placing one character of each
//! class, filling up and shuffling is not uniform, and no rule is ever relaxed. What cannot be met, or counted in about
//! a second, is a [`Refusal`]. It names rules; which option sets a rule is known to the command alone.

mod free;
pub(crate) mod passwordrules;
mod preset;
#[cfg(test)]
mod proofs;
mod refusal;
mod sampler;
mod table;
mod terms;

pub(crate) use preset::{LOOKALIKES, Preset};
pub(crate) use refusal::Refusal;
pub(crate) use sampler::Sampler;
pub(crate) use table::MAX_WORK;

use std::{collections::BTreeSet, fmt, ops::RangeInclusive};

use clap::ValueEnum;

/// The longest password, in characters.
pub(crate) const MAX_LENGTH: u64 = 1024;

/// Which strings are allowed. Numbers are as the user typed them.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// The characters, each once.
    pub(crate) alphabet: Vec<char>,
    /// Sets that a string needs characters of. They may overlap.
    pub(crate) required: Vec<Required>,
    /// What the first character is.
    pub(crate) first: Edge,
    /// What the last character is.
    pub(crate) last: Edge,
    /// The most equal characters in a row.
    pub(crate) max_run: Option<u64>,
    /// The lengths to choose from, in characters.
    pub(crate) lengths: RangeInclusive<u64>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            alphabet: Vec::new(),
            required: Vec::new(),
            first: Edge::Any,
            last: Edge::Any,
            max_run: None,
            lengths: 1..=MAX_LENGTH,
        }
    }
}

/// A set of characters, and how many of them there are at least.
#[derive(Clone, Debug)]
pub(crate) struct Required {
    pub(crate) name: Name,
    pub(crate) chars: BTreeSet<char>,
    pub(crate) minimum: u64,
}

/// What a required set is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Class(Class),
    /// As somebody's rules list it.
    Listed(String),
}

/// A kind of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Upper,
    Lower,
    Digit,
    Symbol,
}

/// The first or the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    First,
    Last,
}

/// What the first or the last character may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Edge {
    Letter,
    // A letter or a digit: a doc comment would be printed in the help.
    Alnum,
    Any,
}

impl Policy {
    /// Strings of the characters of `classes`, with the least number of characters of each class. A character counts in
    /// the first class that lists it.
    pub(crate) fn of_classes(classes: impl IntoIterator<Item = (Class, u64, Vec<char>)>) -> Self {
        let mut policy = Self::default();
        let mut seen = BTreeSet::new();
        for (class, minimum, mut chars) in classes {
            chars.retain(|&char| seen.insert(char));
            if minimum > 0 {
                policy.required.push(Required {
                    name: Name::Class(class),
                    chars: chars.iter().copied().collect(),
                    minimum,
                });
            }
            policy.alphabet.extend(chars);
        }
        sort(&mut policy.alphabet);
        policy
    }

    /// Excludes `chars`.
    pub(crate) fn exclude(&mut self, chars: &BTreeSet<char>) {
        self.alphabet.retain(|char| !chars.contains(char));
        for required in &mut self.required {
            required.chars.retain(|char| !chars.contains(char));
        }
    }

    /// The least number of characters that the required sets need. Where sets overlap, they may need more.
    fn needed(&self) -> u128 {
        let minima = self.required.iter().map(|set| u128::from(set.minimum));
        let sets = self.required.iter().flat_map(|set| &set.chars);
        let is_disjoint = sets.clone().collect::<BTreeSet<_>>().len() == sets.count();
        match is_disjoint {
            true => minima.sum(),
            false => minima.max().unwrap_or(0),
        }
    }

    fn is_one_of_each_class(&self) -> bool {
        let is_class = |set: &Required| set.minimum == 1 && matches!(set.name, Name::Class(_));
        let is_required = |char| self.required.iter().any(|set| set.chars.contains(char));
        self.required.len() > 1
            && self.required.iter().all(is_class)
            && self.alphabet.iter().all(is_required)
    }
}

/// The rules, as in `A-Za-z0-9-_., first a letter, one of each class`.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.alphabet.len() {
            size @ 101.. => write!(f, "{size} characters")?,
            _ => f.write_str(&ranges(&self.alphabet))?,
        }
        for (place, edge) in [(Position::First, self.first), (Position::Last, self.last)] {
            if edge != Edge::Any {
                write!(f, ", {place} a {edge}")?;
            }
        }
        if self.is_one_of_each_class() {
            f.write_str(", one of each class")?;
        } else {
            for required in &self.required {
                write!(f, ", at least {required}")?;
            }
        }
        match self.max_run {
            Some(max_run) => write!(f, ", {}", no_longer_run(max_run)),
            None => Ok(()),
        }
    }
}

/// Sorts characters as they are usually written: `A-Za-z0-9`, and the others as they come.
fn sort(chars: &mut [char]) {
    chars.sort_by_key(|char| {
        (
            !char.is_ascii_uppercase(),
            !char.is_ascii_lowercase(),
            !char.is_ascii_digit(),
        )
    });
}

/// A limit on runs, as a rule.
fn no_longer_run(max_run: u64) -> String {
    match max_run {
        1 => "no character twice in a row".into(),
        _ => format!("no character more than {max_run} times in a row"),
    }
}

/// The characters, neighbouring letters and digits as ranges.
fn ranges(chars: &[char]) -> String {
    let neighbours = |one: &char, next: &char| {
        one.is_ascii_alphanumeric()
            && next.is_ascii_alphanumeric()
            && u32::from(*one) + 1 == u32::from(*next)
    };
    (chars.chunk_by(neighbours))
        .map(|run| match run {
            [first, _, _, .., last] => format!("{first}-{last}"),
            few => few.iter().collect(),
        })
        .collect()
}

/// `2 digits`
impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = match &self.name {
            Name::Class(Class::Upper) => "upper-case letter",
            Name::Class(Class::Lower) => "lower-case letter",
            Name::Class(Class::Digit) => "digit",
            Name::Class(Class::Symbol) => "symbol",
            Name::Listed(list) => return write!(f, "{} of `{list}`", self.minimum),
        };
        let plural = if self.minimum == 1 { "" } else { "s" };
        write!(f, "{} {noun}{plural}", self.minimum)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "first",
            Self::Last => "last",
        })
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Letter => "letter",
            Self::Alnum => "letter or digit",
            Self::Any => "character",
        })
    }
}

impl Edge {
    /// Whether `char` may stand there.
    pub(crate) fn allows(self, char: char) -> bool {
        match self {
            Self::Letter => char.is_alphabetic(),
            Self::Alnum => char.is_alphanumeric(),
            Self::Any => true,
        }
    }
}
