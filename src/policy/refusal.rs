//! Why there is no such password: the rule that cannot be met, never the option that set it.

use std::{fmt, ops::RangeInclusive};

use super::{
    Edge, MAX_LENGTH, Policy, Position, Required, no_longer_run,
    table::{NoTable, Table, fits},
    terms::Terms,
};
use crate::strength::{self, Length};

/// A rule that cannot be met.
#[derive(Clone, Debug)]
pub(crate) enum Refusal {
    /// No character is left to choose from.
    NoCharacters,
    /// Characters of this set are required, but none is left.
    SetGone(Required),
    /// No character is left that may stand there.
    EdgeGone(Position, Edge),
    /// More characters than a password may have.
    TooLong(u64),
    /// A length that the policy does not allow, and the lengths that it allows.
    Length(u64, RangeInclusive<u64>),
    /// The required sets need more characters than the length, or than any length has.
    Minima {
        /// The number of characters that they need.
        needed: u128,
        /// The lengths to choose from, in characters.
        lengths: RangeInclusive<u64>,
    },
    /// The required sets and the rules for the first and last character could be met, but not together.
    Edges {
        /// In characters.
        length: u64,
        /// A length that is long enough, if there is one.
        enough: Option<u64>,
    },
    /// The other rules could be met, but not with this limit to runs.
    Runs {
        /// In characters.
        length: u64,
        /// The limit.
        max_run: u64,
        /// How many characters there are to choose from.
        size: usize,
    },
    /// One string alone is allowed.
    OnlyOne,
    /// No possible length is strong enough.
    Weak {
        /// The strength that is asked for.
        bits: u64,
        /// The greatest possible length, in characters.
        length: u64,
        /// The greatest possible strength in bits, as it is shown; nothing, if no password is possible.
        most: Option<String>,
    },
    /// Counting the strings takes too much work.
    TooLarge {
        /// The length that is asked for.
        size: Length,
        /// A shorter length whose strings can be counted.
        shorter: Option<u64>,
    },
}

/// Checks the rules that need no counting.
pub(super) fn check(policy: &Policy, size: Length) -> Result<(), Refusal> {
    if let Some(set) = policy.required.iter().find(|set| set.chars.is_empty()) {
        return Err(Refusal::SetGone(set.clone()));
    }
    if policy.alphabet.is_empty() {
        return Err(Refusal::NoCharacters);
    }
    for (place, edge) in [
        (Position::First, policy.first),
        (Position::Last, policy.last),
    ] {
        if !policy.alphabet.iter().any(|&char| edge.allows(char)) {
            return Err(Refusal::EdgeGone(place, edge));
        }
    }
    let lengths = match size {
        Length::Units(length) if length > MAX_LENGTH => return Err(Refusal::TooLong(length)),
        Length::Units(length) if !policy.lengths.contains(&length) => {
            return Err(Refusal::Length(length, policy.lengths.clone()));
        }
        Length::Units(length) => length..=length,
        Length::Bits(_) => policy.lengths.clone(),
    };
    let needed = policy.needed();
    if needed > u128::from(*lengths.end()) {
        return Err(Refusal::Minima { needed, lengths });
    }
    Ok(())
}

/// Why there is no string of `length` characters, although each rule could be met alone.
pub(super) fn why(policy: &Policy, terms: &Terms, length: usize) -> Refusal {
    let shortest = |terms: &Terms| {
        let table = Table::of_bits(terms, 0, 1..=MAX_LENGTH as usize);
        table.ok().map(|table| table.length() as u64)
    };
    let size = length as u64;
    // Without a limit on runs, repeating its first character makes a string longer.
    let without_runs = Terms {
        max_run: MAX_LENGTH as usize,
        ..terms.clone()
    };
    let enough = shortest(&without_runs);
    if let Some(max_run) = policy.max_run
        && enough.is_some_and(|enough| enough <= size)
    {
        return Refusal::Runs {
            length: size,
            max_run,
            size: policy.alphabet.len(),
        };
    }
    let mut without_edges = without_runs;
    for rights in &mut without_edges.rights {
        (rights.first, rights.last) = (true, true);
    }
    match shortest(&without_edges) {
        Some(needed) if needed > size => Refusal::Minima {
            needed: needed.into(),
            lengths: size..=size,
        },
        _ => Refusal::Edges {
            length: size,
            enough,
        },
    }
}

/// Why the strings of `size` are not counted.
pub(super) fn uncounted(policy: &Policy, terms: &Terms, size: Length, none: NoTable) -> Refusal {
    match (none, size) {
        (NoTable::TooFew(count), Length::Bits(bits)) => Refusal::Weak {
            bits,
            length: *policy.lengths.end(),
            most: (count.bits() > 0).then(|| strength::shown(&count)),
        },
        (_, Length::Units(length)) => {
            let (states, cells) = (terms.states(), terms.cells().len());
            let mut shorter = (policy.needed() as u64..length).rev();
            let shorter = shorter.find(|&length| fits(states, cells, length as usize));
            Refusal::TooLarge { size, shorter }
        }
        (NoTable::TooLarge, Length::Bits(_)) => Refusal::TooLarge {
            size,
            shorter: None,
        },
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCharacters => f.write_str("no characters are left to choose from"),
            Self::SetGone(set) => {
                let is = if set.minimum == 1 { "is" } else { "are" };
                write!(f, "at least {set} {is} required, but none is left")
            }
            Self::EdgeGone(place, edge) => write!(
                f,
                "the {place} character must be a {edge}, but no {edge} is left to choose from"
            ),
            Self::TooLong(length) => write!(
                f,
                "a password of {length} characters is too long: at most {MAX_LENGTH}"
            ),
            Self::Length(length, lengths) => {
                let (at, bound) = match length < lengths.start() {
                    true => ("least", lengths.start()),
                    false => ("most", lengths.end()),
                };
                write!(
                    f,
                    "the rules allow at {at} {bound} characters, not {length}"
                )
            }
            Self::Minima { needed, lengths } => {
                let at_most = if lengths.start() == lengths.end() {
                    ""
                } else {
                    "at most "
                };
                write!(
                    f,
                    "the minimum counts add up to {needed} characters, but the length is {at_most}{}",
                    lengths.end()
                )
            }
            Self::Edges { length, .. } => write!(
                f,
                "no password of length {length} satisfies both the minimum counts \
                 and the rules for the first and last character"
            ),
            Self::Runs {
                length,
                max_run,
                size: 1,
            } => write!(
                f,
                "{}: there is one character to choose from, which makes no password of length {length}",
                no_longer_run(*max_run)
            ),
            Self::Runs {
                length, max_run, ..
            } => write!(
                f,
                "{}: no password of length {length} satisfies that and the other rules",
                no_longer_run(*max_run)
            ),
            Self::OnlyOne => f.write_str("only one password satisfies the rules: it has 0 bits"),
            Self::Weak { bits, length, most } => {
                write!(
                    f,
                    "no password of up to {length} characters has {bits} bits under these rules"
                )?;
                match most {
                    Some(most) => write!(f, ": at most {most}"),
                    None => Ok(()),
                }
            }
            Self::TooLarge { size, .. } => {
                f.write_str("the passwords ")?;
                match size {
                    Length::Units(length) => write!(f, "of {length} characters")?,
                    Length::Bits(bits) => write!(f, "of {bits} bits")?,
                }
                f.write_str(" with these minimum counts take too long to count")
            }
        }
    }
}
