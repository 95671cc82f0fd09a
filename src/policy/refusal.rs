//! Why there is no such password: the rule that cannot be met, never the option that set it.

use std::fmt;

use super::{
    rules::{Edge, MAX_LENGTH, Place, Policy, Required, Size, no_longer_run},
    table::{Table, fits},
    terms::Terms,
};

/// A rule that cannot be met.
#[derive(Clone, Debug)]
pub(crate) enum Refusal {
    /// No character is left to choose from.
    NoCharacters,
    /// Characters of this set are required, but none is left.
    SetGone(Required),
    /// No character is left that may stand there.
    EdgeGone(Place, Edge),
    /// More characters than the greatest possible number.
    TooLong(u64),
    /// The required sets need more characters than the length, or than any length has.
    Minima {
        /// What they need, in characters.
        needed: u128,
        /// The length that is asked for, in characters.
        length: Option<u64>,
    },
    /// The required sets and the rules for the first and last character could be met, but not together.
    Edges {
        /// In characters.
        length: u64,
        /// A length that serves, if one does.
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
    /// No possible length is strong enough.
    Weak(u64),
    /// Counting the strings takes too much work.
    TooLarge {
        /// What is asked for.
        size: Size,
        /// A length at which it would do.
        shorter: Option<u64>,
    },
}

/// What is plain to see before anything is counted.
pub(super) fn check(policy: &Policy, size: Size) -> Result<(), Refusal> {
    if policy.alphabet.is_empty() {
        return Err(Refusal::NoCharacters);
    }
    if let Some(set) = policy.required.iter().find(|set| set.chars.is_empty()) {
        return Err(Refusal::SetGone(set.clone()));
    }
    for (place, edge) in [(Place::First, policy.first), (Place::Last, policy.last)] {
        if !policy.alphabet.iter().any(|&char| edge.allows(char)) {
            return Err(Refusal::EdgeGone(place, edge));
        }
    }
    let (length, limit) = match size {
        Size::Chars(length) if length > MAX_LENGTH => return Err(Refusal::TooLong(length)),
        Size::Chars(length) => (Some(length), length),
        Size::Bits(_) => (None, MAX_LENGTH),
    };
    let needed = policy.needed();
    if needed > u128::from(limit) {
        return Err(Refusal::Minima { needed, length });
    }
    Ok(())
}

/// Why there is no string of `length` characters, although each rule could be met alone.
pub(super) fn why(policy: &Policy, terms: &Terms, length: usize) -> Refusal {
    let shortest = |terms: &Terms| {
        let table = Table::of_bits(terms, 0, MAX_LENGTH as usize).ok().flatten();
        table.map(|table| table.length())
    };
    // Without a limit to runs, a string becomes a longer one by its first character once more.
    let without_runs = Terms {
        max_run: MAX_LENGTH as usize,
        ..terms.clone()
    };
    let enough = shortest(&without_runs);
    if let Some(max_run) = policy.max_run
        && enough.is_some_and(|enough| enough <= length)
    {
        return Refusal::Runs {
            length: length as u64,
            max_run,
            size: policy.alphabet.len(),
        };
    }
    let mut without_edges = without_runs;
    for rights in &mut without_edges.rights {
        (rights.first, rights.last) = (true, true);
    }
    match shortest(&without_edges) {
        Some(needed) if needed > length => Refusal::Minima {
            needed: needed as u128,
            length: Some(length as u64),
        },
        _ => Refusal::Edges {
            length: length as u64,
            enough: enough.map(|enough| enough as u64),
        },
    }
}

/// That the strings of `size` cannot be counted.
pub(super) fn too_large(policy: &Policy, terms: &Terms, size: Size) -> Refusal {
    let (states, cells) = (terms.states(), terms.cells().len());
    let shorter = match size {
        Size::Chars(length) => (policy.needed() as u64..length)
            .rev()
            .find(|&length| fits(states, cells, length as usize)),
        Size::Bits(_) => None,
    };
    Refusal::TooLarge { size, shorter }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCharacters => f.write_str("no character is left to choose from"),
            Self::SetGone(set) => {
                let is = if set.minimum == 1 { "is" } else { "are" };
                write!(f, "at least {set} {is} asked for, but none is left")
            }
            Self::EdgeGone(place, edge) => write!(
                f,
                "the {place} character must be a {edge}, but no {edge} is left to choose from"
            ),
            Self::TooLong(length) => write!(
                f,
                "a password of {length} characters is too long: at most {MAX_LENGTH}"
            ),
            Self::Minima { needed, length } => {
                write!(f, "the minima add up to {needed} characters, but ")?;
                match length {
                    Some(length) => write!(f, "the length is {length}"),
                    None => write!(f, "a password has at most {MAX_LENGTH}"),
                }
            }
            Self::Edges { length, .. } => write!(
                f,
                "no password of length {length} meets both the minima \
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
                "{}: no password of length {length} meets that and the other rules",
                no_longer_run(*max_run)
            ),
            Self::Weak(bits) => write!(
                f,
                "no password of up to {MAX_LENGTH} characters has {bits} bits under these rules"
            ),
            Self::TooLarge { size, .. } => {
                f.write_str("the passwords ")?;
                match size {
                    Size::Chars(length) => write!(f, "of {length} characters")?,
                    Size::Bits(bits) => write!(f, "of {bits} bits")?,
                }
                f.write_str(" with these minima are too much work to count")
            }
        }
    }
}
