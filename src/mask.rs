//! Masks: a set of characters for each place of a text. How many texts there are, and one of them with each equally
//! likely.
//!
//! Every place is drawn on its own, and no set has a character twice, so there is one way to make each text: all are
//! equally likely, and their number is the product of the sizes of the sets.

mod notation;
#[cfg(test)]
mod tests;

use num_bigint::BigUint;
use zeroize::Zeroizing;

use crate::{chars::Shape, entropy::EntropyError, error::Error, uniform::Uniform};

/// The longest text, in characters.
const MAX_LENGTH: usize = 1024;

/// Texts of one length, and what stands in each place.
#[derive(Debug)]
pub(crate) struct Mask {
    runs: Vec<Run>,
    /// Whether each character is one byte.
    is_ascii: bool,
    /// The indices that are drawn for one run.
    indices: Zeroizing<Vec<u32>>,
}

/// Places next to one another with the same set.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    /// The set: each character once, at least one.
    chars: Vec<char>,
    times: usize,
}

impl Mask {
    /// What `pattern` describes, at least two texts of at most 1,024 characters; [`notation`] says how it is written.
    ///
    /// # Errors
    /// It is not understood, or describes nothing that is chosen.
    pub(crate) fn read(pattern: &str) -> Result<Self, Error> {
        let runs = notation::read(pattern).map_err(|bad| {
            let message = format!("PATTERN, column {}: {}", bad.column, bad.message);
            Error::usage_hint(message, bad.hint)
        })?;
        Ok(Self::new(runs))
    }

    /// `times` characters of `chars`, which has each character once: base 62 or base 58, for example.
    pub(crate) fn of(chars: &str, times: usize) -> Self {
        let chars = chars.chars().collect();
        Self::new(vec![Run { chars, times }])
    }

    fn new(runs: Vec<Run>) -> Self {
        let most = runs.iter().map(|run| run.times).max().unwrap_or(0);
        Self {
            is_ascii: runs.iter().flat_map(|run| &run.chars).all(char::is_ascii),
            indices: Zeroizing::new(vec![0; most]),
            runs,
        }
    }

    /// The number of texts, exactly.
    pub(crate) fn count(&self) -> BigUint {
        let ways = |run: &Run| BigUint::from(run.chars.len()).pow(run.times as u32);
        self.runs.iter().map(ways).product()
    }

    /// The length of every text, in characters.
    pub(crate) fn length(&self) -> usize {
        self.runs.iter().map(|run| run.times).sum()
    }

    /// How many of its characters are chosen from several.
    pub(crate) fn chosen(&self) -> usize {
        let several = self.runs.iter().filter(|run| run.chars.len() > 1);
        several.map(|run| run.times).sum()
    }

    /// Random bytes that a text is expected to take, at most.
    pub(crate) fn expected_bytes(&self) -> usize {
        let chosen = self.runs.iter().filter(|run| run.chars.len() > 1);
        // A draw takes two bytes at least, and most characters less than one.
        chosen.map(|run| run.times.max(2)).sum()
    }

    /// The length of the longest text, in bytes of UTF-8.
    pub(crate) fn max_bytes(&self) -> usize {
        let widest = |run: &Run| run.chars.iter().map(|char| char.len_utf8()).max();
        let bytes = |run: &Run| widest(run).unwrap_or(0) * run.times;
        self.runs.iter().map(bytes).sum()
    }

    /// What a text could be made of.
    pub(crate) fn shape(&self) -> Shape {
        let first = &self.runs[0].chars;
        let all = || self.runs.iter().flat_map(|run| &run.chars).copied();
        Shape {
            first: first.iter().copied().collect(),
            // An integer does not begin with a 0 before other digits. Up to 15 of them, each is exact to every reader.
            is_integer: self.length() <= 15
                && all().all(|char| char.is_ascii_digit())
                && (self.length() == 1 || !first.contains(&'0')),
            ..Shape::any(all(), self.length())
        }
    }

    /// Appends one text to `text`, in UTF-8. A caller that has reserved [`max_bytes`](Self::max_bytes) is left with no
    /// copy of it elsewhere in memory.
    ///
    /// # Errors
    /// Those of the source of randomness.
    pub(crate) fn sample<U: Uniform + ?Sized>(
        &mut self,
        uniform: &mut U,
        text: &mut Vec<u8>,
    ) -> Result<(), EntropyError> {
        for run in &self.runs {
            let indices = &mut self.indices[..run.times];
            if run.chars.len() > 1 {
                uniform.fill_below(run.chars.len() as u32, indices)?;
            } else {
                indices.fill(0);
            }
            let chars = indices.iter().map(|&index| run.chars[index as usize]);
            if self.is_ascii {
                text.extend(chars.map(|char| char as u8));
            } else {
                chars.for_each(|char| {
                    text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes())
                });
            }
        }
        Ok(())
    }
}
