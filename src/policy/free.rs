//! Strings whose characters are drawn each on its own, and which rules they break.

use num_bigint::BigUint;

use super::terms::{Rights, Terms};
use crate::{entropy::EntropyError, uniform::Uniform};

/// Draws each character from all that may stand there.
pub(super) struct Free {
    all: u32,
    /// The characters that may stand first, and last, where not all may.
    first: Option<Vec<u32>>,
    last: Option<Vec<u32>>,
    /// The required sets that each character is in, a bit mask.
    sets: Vec<u64>,
    /// The least number of characters of each of these sets, and the mask of those that need any.
    minima: Vec<usize>,
    required: u64,
    max_run: usize,
}

impl Free {
    /// Strings of `length` characters.
    pub(super) fn new(terms: &Terms, length: usize) -> Self {
        let holding = |may: fn(&Rights) -> bool| -> Option<Vec<u32>> {
            let all = (0..).zip(&terms.rights);
            let chars: Vec<u32> = all
                .filter(|(_, it)| may(it))
                .map(|(index, _)| index)
                .collect();
            (chars.len() < terms.rights.len()).then_some(chars)
        };
        let (first, last) = match length {
            // A single character is first and last.
            1 => (holding(|it| it.first && it.last), None),
            _ => (holding(|it| it.first), holding(|it| it.last)),
        };
        Self {
            all: terms.rights.len() as u32,
            first,
            last,
            sets: terms.rights.iter().map(|rights| rights.sets).collect(),
            required: (terms.minima.iter().enumerate())
                .filter(|(_, minimum)| **minimum > 0)
                .map(|(set, _)| 1 << set)
                .sum(),
            minima: terms.minima.clone(),
            max_run: terms.max_run,
        }
    }

    /// The number of strings of `length` characters that can be drawn.
    pub(super) fn count(&self, length: usize) -> BigUint {
        let edges = [&self.first, &self.last];
        let restricted = edges.into_iter().flatten();
        let free = length - restricted.clone().count();
        restricted.fold(BigUint::from(self.all).pow(free as u32), |count, chars| {
            count * chars.len()
        })
    }

    /// Draws one string; returns whether it keeps every rule.
    pub(super) fn sample<U: Uniform + ?Sized>(
        &self,
        uniform: &mut U,
        indices: &mut [u32],
    ) -> Result<bool, EntropyError> {
        let mut middle = &mut *indices;
        for (chars, is_first) in [(&self.first, true), (&self.last, false)] {
            let Some(chars) = chars else { continue };
            let index = chars[uniform.below(chars.len() as u64)? as usize];
            let (edge, rest) = match is_first {
                true => middle.split_first_mut(),
                false => middle.split_last_mut(),
            }
            .expect("a string of one character has no rule for the last");
            *edge = index;
            middle = rest;
        }
        uniform.fill_below(self.all, middle)?;
        Ok(self.meets_minima(indices) && self.holds_no_long_run(indices))
    }

    fn meets_minima(&self, indices: &[u32]) -> bool {
        let sets = indices.iter().map(|&index| self.sets[index as usize]);
        // Most policies ask for one of each, and most strings that are refused lack that.
        let held = sets.clone().fold(0, |held, sets| held | sets);
        held & self.required == self.required
            && self.minima.iter().enumerate().all(|(set, &minimum)| {
                minimum <= 1 || sets.clone().filter(|sets| sets >> set & 1 == 1).count() >= minimum
            })
    }

    fn holds_no_long_run(&self, indices: &[u32]) -> bool {
        self.max_run >= indices.len()
            || (indices.chunk_by(|one, next| one == next)).all(|run| run.len() <= self.max_run)
    }
}
