//! A policy in numbers: what counting and sampling need to know of it, and no more.

use std::collections::BTreeMap;

use super::{MAX_LENGTH, Policy, Required};

/// A policy whose characters are indices.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// What each character may do.
    pub(super) rights: Vec<Rights>,
    /// The least number of characters of each required set.
    pub(super) minima: Vec<usize>,
    /// The most equal characters in a row.
    pub(super) max_run: usize,
}

/// What a character may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rights {
    /// The required sets that it is in, a bit mask.
    pub(super) sets: u64,
    pub(super) first: bool,
    pub(super) last: bool,
}

impl Terms {
    /// `policy` in numbers, none of them greater than the greatest length.
    pub(super) fn new(policy: &Policy) -> Self {
        let number = |number: u64| number.min(MAX_LENGTH) as usize;
        let mut by_size: Vec<&Required> = policy.required.iter().collect();
        by_size.sort_by_key(|set| set.chars.len());
        // A set is met if another one, of no fewer characters, lies within it.
        let mut required: Vec<&Required> = Vec::new();
        for set in by_size {
            let implies = |other: &&Required| {
                other.minimum >= set.minimum && other.chars.is_subset(&set.chars)
            };
            if !required.iter().any(implies) {
                required.push(set);
            }
        }
        let rights = |char| Rights {
            sets: (0..)
                .zip(&required)
                .filter(|(_, set)| set.chars.contains(char))
                // More sets than bits have too many states anyway.
                .filter_map(|(index, _)| 1_u64.checked_shl(index))
                .sum(),
            first: policy.first.allows(*char),
            last: policy.last.allows(*char),
        };
        Self {
            rights: policy.alphabet.iter().map(rights).collect(),
            minima: required.iter().map(|set| number(set.minimum)).collect(),
            max_run: number(policy.max_run.unwrap_or(MAX_LENGTH)),
        }
    }

    /// The characters with the same rights.
    pub(super) fn cells(&self) -> BTreeMap<Rights, Vec<u32>> {
        let mut cells: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (index, &rights) in (0..).zip(&self.rights) {
            cells.entry(rights).or_default().push(index);
        }
        cells
    }

    /// The number of states: what each required set still lacks. It saturates.
    pub(super) fn states(&self) -> u64 {
        let debts = self.minima.iter().map(|&minimum| minimum as u64 + 1);
        debts.fold(1, u64::saturating_mul)
    }
}
