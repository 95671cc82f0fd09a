//! A policy in numbers: what the counting and the sampling need to know of it, and no more.

use num_bigint::BigUint;

use super::{Edge, Policy};

/// Strings of indices below `all` whose first index is below `first` and whose last is below `last`.
#[derive(Clone)]
pub(super) struct Shape {
    pub(super) chars: Vec<char>,
    pub(super) open: Open,
    pub(super) length: usize,
    /// The classes of which at least one character is needed; disjoint.
    pub(super) required: Vec<Required>,
    /// The most equal indices in a row, where that is a limit.
    pub(super) max_run: Option<usize>,
}

/// How many characters there are, and how many of them may stand first and last.
#[derive(Clone, Copy, Default)]
pub(super) struct Open {
    pub(super) all: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

#[derive(Clone)]
pub(super) struct Required {
    pub(super) minimum: usize,
    /// In ascending order: the members that may stand first come first, and likewise last.
    pub(super) members: Vec<u32>,
}

impl Required {
    /// How many members are below `limit`.
    pub(super) fn below(&self, limit: usize) -> usize {
        below(&self.members, limit)
    }
}

/// How many of the ascending `indices` are below `limit`.
pub(super) fn below(indices: &[u32], limit: usize) -> usize {
    indices.partition_point(|&index| (index as usize) < limit)
}

impl Shape {
    /// The shape of `policy` at a length of its own.
    pub(super) fn new(policy: &Policy, length: usize) -> Self {
        let mut chars: Vec<(char, usize)> = (policy.classes.iter().enumerate())
            .flat_map(|(class, allowed)| allowed.chars.iter().map(move |&char| (char, class)))
            .collect();
        // Letters, then other alphanumerics, then the rest: what an edge allows is a prefix.
        chars.sort_by_key(|&(char, _)| Edge::of(char));
        let needed = policy.minima();
        if length == 1 {
            // A single character is first and last, and has to meet every minimum.
            let edge = policy.start.min(policy.end);
            chars.retain(|&(char, class)| {
                Edge::of(char) <= edge && policy.classes[class].minimum == needed && needed <= 1
            });
        }
        let within = |edge| chars.partition_point(|&(char, _)| Edge::of(char) <= edge);
        let open = Open {
            all: chars.len(),
            first: within(policy.start),
            last: within(policy.end),
        };
        let required = (policy.classes.iter().enumerate())
            .filter(|(_, allowed)| allowed.minimum > 0 && length > 1)
            .map(|(class, allowed)| Required {
                minimum: allowed.minimum,
                members: (0..)
                    .zip(&chars)
                    .filter(|&(_, &(_, of))| of == class)
                    .map(|(index, _)| index)
                    .collect(),
            })
            .collect();
        Self {
            open,
            length,
            required,
            max_run: policy.max_run.filter(|&run| run < length),
            chars: chars.into_iter().map(|(char, _)| char).collect(),
        }
    }

    /// For each character which of the required classes it is in.
    pub(super) fn classes(&self) -> Vec<Option<usize>> {
        let mut classes = vec![None; self.open.all];
        for (class, required) in self.required.iter().enumerate() {
            for &member in &required.members {
                classes[member as usize] = Some(class);
            }
        }
        classes
    }

    /// The number of strings that hold to the rules for the first and the last character, whatever the others say.
    pub(super) fn free(&self) -> BigUint {
        let Open { all, first, last } = self.open;
        match self.length {
            1 => first.min(last).into(),
            length => BigUint::from(all).pow(length as u32 - 2) * first * last,
        }
    }
}
