//! Passwords under rules: which there are, how many, and one of them with each equally likely.
//!
//! A [`Policy`] says what is allowed; it is made of options by [`Rules`]. How to count and to draw is decided for each
//! policy by its [`Sampler`], always exactly: placing one character of each class, filling up and shuffling is not
//! uniform, and no rule is ever relaxed. What cannot be met, or counted in about a second, is a [`PolicyError`].

mod completions;
mod error;
mod exclusion;
mod rules;
mod runs;
mod sampler;
mod shape;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, fmt};

pub use error::{PolicyError, TooLarge, Unusable};
pub use rules::{LOOKALIKES, Preset, Rules, Size};
pub use sampler::Sampler;

use runs::Runs;
use shape::Shape;

use super::MAX_BYTES;

/// Which strings are allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    classes: Vec<Class>,
    length: usize,
    start: Edge,
    end: Edge,
    max_run: Option<usize>,
}

/// Characters that are allowed, and how many of them there are at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// What they are.
    pub kind: Kind,
    /// The characters.
    pub chars: Vec<char>,
    /// The least number of them in a string.
    pub minimum: usize,
}

/// A kind of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `--lower`
    Lower,
    /// `--upper`
    Upper,
    /// `--digit`
    Digit,
    /// `--symbol`
    Symbol,
    /// `--alphabet`: one class that stands instead of the others.
    Alphabet,
}

/// What the first or the last character may be; each includes those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// A letter.
    Letter,
    /// A letter or a digit.
    Alnum,
    /// Any character.
    #[default]
    Any,
}

impl Policy {
    /// The strings of `length` characters of `classes`. Characters given twice count once, in the first class that
    /// lists them.
    ///
    /// # Errors
    /// If a rule cannot be met, and that is plain to see; [`sampler`](Self::sampler) finds the rest.
    pub fn new(
        mut classes: Vec<Class>,
        length: usize,
        start: Edge,
        end: Edge,
        max_run: Option<usize>,
    ) -> Result<Self, PolicyError> {
        let mut seen = BTreeSet::new();
        for class in &mut classes {
            class.chars.retain(|&char| seen.insert(char));
            if class.chars.is_empty() && class.minimum > 0 {
                let &mut Class { kind, minimum, .. } = class;
                return Err(PolicyError::ClassGone { kind, minimum });
            }
        }
        classes.retain(|class| !class.chars.is_empty());
        let policy = Self {
            classes,
            length,
            start,
            end,
            // No string is longer than that, so neither is a run.
            max_run: max_run.filter(|&run| run < MAX_BYTES),
        };
        policy.check()?;
        Ok(policy)
    }

    fn check(&self) -> Result<(), PolicyError> {
        if self.classes.is_empty() {
            return Err(PolicyError::NoCharacters);
        }
        for (option, edge) in [("--start", self.start), ("--end", self.end)] {
            if self.chars().all(|char| Edge::of(char) > edge) {
                return Err(PolicyError::EdgeGone { option, edge });
            }
        }
        if self.length == 0 {
            return Err(PolicyError::Zero("--length"));
        }
        if self.max_run == Some(0) {
            return Err(PolicyError::Zero("--max-run"));
        }
        let (length, limit) = (self.length, self.max_length());
        if length > limit {
            return Err(PolicyError::TooLong { length, limit });
        }
        let needed = self.minima();
        if needed > length {
            return Err(PolicyError::Minima { needed, length });
        }
        Ok(())
    }

    /// The same rules at the shortest length whose strings carry at least `bits` bits.
    ///
    /// # Errors
    /// If no length does.
    pub fn with_bits(mut self, bits: u64) -> Result<Self, PolicyError> {
        self.length = match self.max_run {
            Some(max_run) => self.shortest_by_runs(bits, max_run)?,
            None => self.shortest(bits)?,
        };
        Ok(self)
    }

    /// The shortest length for `bits`, without a limit to runs: then the number of strings grows with the length,
    /// since one more character can always be put in after the first.
    fn shortest(&self, bits: u64) -> Result<usize, PolicyError> {
        let limit = self.max_length();
        let unreachable = PolicyError::Unreachable { bits, limit };
        let per_char = (self.chars().count() as f64).log2();
        // No string carries more than the sum of its characters.
        let mut low = (((bits as f64 / per_char) as usize).saturating_sub(1)).max(self.minima());
        low = low.max(1);
        if low > limit {
            return Err(unreachable);
        }
        let reached = |length| -> Result<bool, PolicyError> {
            let (count, _) = sampler::plan(&Shape::new(self, length))?;
            Ok(count.bits() > bits)
        };
        let (mut high, mut step) = (low, 1);
        while !reached(high)? {
            if high == limit {
                return Err(unreachable);
            }
            low = high + 1;
            high = (high + step).min(limit);
            step *= 2;
        }
        while low < high {
            let middle = low.midpoint(high);
            if reached(middle)? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(high)
    }

    /// The shortest length for `bits` with a limit to runs: one table has every length in it.
    fn shortest_by_runs(&self, bits: u64, max_run: usize) -> Result<usize, PolicyError> {
        let limit = self.max_length();
        let shape = Shape::new(self, usize::MAX);
        let too_large = PolicyError::TooLarge(TooLarge::Runs);
        let mut runs = Runs::new(&shape, max_run, usize::MAX).ok_or(too_large.clone())?;
        for length in 1..=limit {
            runs.grow().ok_or(too_large.clone())?;
            if runs.total().bits() > bits {
                return Ok(length);
            }
        }
        Err(PolicyError::Unreachable { bits, limit })
    }

    /// The characters, and whether a string can begin with each.
    pub fn characters(&self) -> impl Iterator<Item = (char, bool)> {
        let chars = self.classes.iter().flat_map(|class| &class.chars);
        chars.map(|char| {
            let can_begin = match self.start {
                Edge::Letter => char.is_alphabetic(),
                Edge::Alnum => char.is_alphanumeric(),
                Edge::Any => true,
            };
            (*char, can_begin)
        })
    }

    /// Prepares to draw from the strings.
    ///
    /// # Errors
    /// If there are none, or they cannot be counted in reasonable time and memory.
    pub fn sampler(&self) -> Result<Sampler, PolicyError> {
        let sampler = Sampler::new(Shape::new(self, self.length))?;
        if sampler.count().bits() > 0 {
            return Ok(sampler);
        }
        let length = self.length;
        Err(match self.max_run {
            Some(max_run) => PolicyError::RunsImpossible {
                length,
                max_run,
                size: self.chars().count(),
            },
            None => PolicyError::Impossible {
                length,
                // With room for the first and the last character besides the minima, everything can be met.
                enough: (length + 1..=self.minima() + 2).find(|&length| {
                    let plan = sampler::plan(&Shape::new(self, length));
                    plan.is_ok_and(|(count, _)| count.bits() > 0)
                }),
            },
        })
    }

    /// Length of the strings, in characters.
    pub fn length(&self) -> usize {
        self.length
    }

    fn chars(&self) -> impl Iterator<Item = char> {
        self.classes
            .iter()
            .flat_map(|class| class.chars.iter().copied())
    }

    fn minima(&self) -> usize {
        (self.classes.iter())
            .map(|class| class.minimum)
            .fold(0, usize::saturating_add)
    }

    fn max_length(&self) -> usize {
        MAX_BYTES / self.chars().map(char::len_utf8).max().unwrap_or(1)
    }
}

/// The rules but for the length, as in `A-Za-z0-9-_., first a letter, one of each class`.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.chars().count();
        if size > 100 {
            write!(f, "{size} characters")?;
        } else {
            let order = [
                Kind::Upper,
                Kind::Lower,
                Kind::Digit,
                Kind::Symbol,
                Kind::Alphabet,
            ];
            for kind in order {
                for class in self.classes.iter().filter(|class| class.kind == kind) {
                    f.write_str(&class.summary())?;
                }
            }
        }
        for (name, edge) in [("first", self.start), ("last", self.end)] {
            if edge != Edge::Any {
                write!(f, ", {name} a {}", edge.noun())?;
            }
        }
        let mut minima = self.classes.iter().map(|class| class.minimum);
        match self.classes.first().map(|class| class.minimum) {
            Some(1) if minima.all(|minimum| minimum == 1) && self.classes.len() > 1 => {
                f.write_str(", one of each class")?;
            }
            _ => {
                for class in self.classes.iter().filter(|class| class.minimum > 0) {
                    write!(f, ", at least {}", class.kind.counted(class.minimum))?;
                }
            }
        }
        match self.max_run {
            Some(1) => f.write_str(", no character twice in a row"),
            Some(max_run) => write!(f, ", no character more than {max_run} times in a row"),
            None => Ok(()),
        }
    }
}

impl Class {
    /// The characters, neighbouring letters and digits as ranges.
    fn summary(&self) -> String {
        let neighbours = |one: &char, next: &char| {
            one.is_ascii_alphanumeric()
                && next.is_ascii_alphanumeric()
                && u32::from(*one) + 1 == u32::from(*next)
        };
        (self.chars.chunk_by(neighbours))
            .map(|run| match run {
                [first, _, _, .., last] => format!("{first}-{last}"),
                few => few.iter().collect(),
            })
            .collect()
    }
}

impl Kind {
    /// The option that sets its minimum.
    pub fn option(self) -> &'static str {
        match self {
            Self::Lower => "--lower",
            Self::Upper => "--upper",
            Self::Digit => "--digit",
            Self::Symbol => "--symbol",
            Self::Alphabet => "--alphabet",
        }
    }

    /// The option that drops it.
    pub fn no_option(self) -> &'static str {
        match self {
            Self::Lower => "--no-lower",
            Self::Upper => "--no-upper",
            Self::Digit => "--no-digit",
            Self::Symbol => "--no-symbol",
            Self::Alphabet => "--alphabet",
        }
    }

    fn counted(self, count: usize) -> String {
        let noun = match self {
            Self::Lower => "lower-case letter",
            Self::Upper => "upper-case letter",
            Self::Digit => "digit",
            Self::Symbol => "symbol",
            Self::Alphabet => "character",
        };
        format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
    }
}

impl Edge {
    /// The narrowest edge that `char` may stand at.
    fn of(char: char) -> Self {
        if char.is_alphabetic() {
            Self::Letter
        } else if char.is_alphanumeric() {
            Self::Alnum
        } else {
            Self::Any
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Alnum => "letter or digit",
            Self::Any => "character",
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Letter => "letter",
            Self::Alnum => "alnum",
            Self::Any => "any",
        })
    }
}
