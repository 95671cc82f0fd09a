//! Strings whose characters are drawn each on its own, and which rules they break.

use num_bigint::BigUint;

use super::terms::{Rights, Terms};
use crate::{entropy::EntropyError, uniform::Uniform};

/// Draws every character from those that its place allows.
pub(super) struct Free {
    all: u32,
    /// The characters that may stand first, and last, where not all may.
    first: Option<Vec<u32>>,
    last: Option<Vec<u32>>,
    required: Vec<Tally>,
    max_run: usize,
}

/// Counts the characters of several required sets at once, each in its own lane of a word.
struct Tally {
    /// For each character, 1 in the lane of each set that it is in.
    lanes: Vec<u64>,
    /// What brings a lane to its top bit once its set has its minimum.
    missing: u64,
    /// The top bit of each lane.
    met: u64,
}

/// The top bit of a lane is above the greatest length, with room for as much again.
const LANE: usize = 16;
const LANES: usize = u64::BITS as usize / LANE;

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
        let tally = |(group, minima): (usize, &[usize])| {
            let top = 1 << (LANE - 1);
            let spread = |value: &dyn Fn(usize) -> u64| {
                (0..minima.len()).fold(0, |word, lane| word | value(lane) << (lane * LANE))
            };
            Tally {
                lanes: (terms.rights.iter())
                    .map(|rights| spread(&|lane| rights.sets >> (group * LANES + lane) & 1))
                    .collect(),
                missing: spread(&|lane| top - minima[lane] as u64),
                met: spread(&|_| top),
            }
        };
        Self {
            all: terms.rights.len() as u32,
            first,
            last,
            required: terms.minima.chunks(LANES).enumerate().map(tally).collect(),
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

    /// Draws one string; tells whether it holds to every rule.
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
        self.required.iter().all(|tally| {
            let lanes = indices.iter().map(|&index| tally.lanes[index as usize]);
            (tally.missing + lanes.sum::<u64>()) & tally.met == tally.met
        })
    }

    fn holds_no_long_run(&self, indices: &[u32]) -> bool {
        self.max_run >= indices.len()
            || (indices.chunk_by(|one, next| one == next)).all(|run| run.len() <= self.max_run)
    }
}
