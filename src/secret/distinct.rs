//! Texts of which no two are equal.
//!
//! A text that was there before is drawn again. Each of the others is as likely to come next, so all sequences of
//! different texts are equally likely. At most half of all texts are taken: a draw repeats one of them with a
//! probability below 1/2.

use std::hash::{DefaultHasher, Hasher};

use num_bigint::BigUint;
use zeroize::Zeroizing;

use crate::{
    entropy::{CHUNK, EntropyError},
    error::Error,
    memory::{self, OutOfMemory},
};

/// This number of repetitions in a row has a probability below 2^-128.
const MAX_DRAWS: usize = 128;

/// Texts to draw from, all equally likely. None holds a control character.
#[derive(Clone, Debug)]
pub(crate) struct Supply {
    /// How many different ones there are, exactly.
    pub(crate) count: BigUint,
    /// The length of the longest, in bytes.
    pub(crate) max_bytes: usize,
}

/// The texts so far. They are wiped, and so is where they are: it is made of them.
#[derive(Debug)]
pub(super) struct Distinct {
    /// One after another, each with a 0 behind it: none holds one.
    texts: Zeroizing<Vec<u8>>,
    /// Where in `texts` each begins, plus 1, in a table with open addressing; 0 is a free slot. At most half are taken.
    starts: Zeroizing<Vec<u64>>,
    /// How many texts are left for the last one, the others being known.
    pub(super) left: BigUint,
}

/// Checks that there is a `supply` of texts that can be compared, and that `count` of them are not too many to be found.
///
/// # Errors
/// Its texts are too long, or too few.
pub(super) fn check(supply: Option<Supply>, count: u64) -> Result<Supply, Error> {
    let supply = supply.filter(|supply| supply.max_bytes <= CHUNK);
    let supply = supply.ok_or_else(|| {
        let message = "--distinct: a text of more than 64 KiB is not compared with others";
        Error::usage_hint(message, "omit it: two texts of that length are never equal")
    })?;
    let most = &supply.count / 2u32;
    if most < count.into() {
        let message = format!(
            "--distinct: -c {count} is more than half of the {} different texts",
            supply.count
        );
        let hint = format!(
            "-c {most} is the most; `mksecret sample` prints up to all of a list or a --range"
        );
        return Err(Error::usage_hint(message, hint));
    }
    Ok(supply)
}

impl Distinct {
    /// Room for `count` texts of `supply`.
    ///
    /// # Errors
    /// Those of [`check`], or there is not enough memory.
    pub(super) fn of(supply: Option<Supply>, count: u64) -> anyhow::Result<Self> {
        Ok(Self::new(count, &check(supply, count)?)?)
    }

    /// Room for `count` texts, 1 at least, and 16 bytes more for each.
    fn new(count: u64, supply: &Supply) -> Result<Self, OutOfMemory> {
        let left = &supply.count - (count - 1);
        let count = usize::try_from(count).map_err(|_| OutOfMemory)?;
        let room = supply
            .max_bytes
            .checked_add(1)
            .and_then(|text| text.checked_mul(count));
        let slots = count.checked_mul(2).ok_or(OutOfMemory)?;
        Ok(Self {
            texts: Zeroizing::new(memory::vec(room.ok_or(OutOfMemory)?)?),
            starts: Zeroizing::new(memory::vec_of(0, slots)?),
            left,
        })
    }

    /// A text that is new, of those that `draw` appends.
    ///
    /// # Errors
    /// Those of `draw`, or its texts repeat too often.
    pub(super) fn next(
        &mut self,
        draw: impl FnMut(&mut Vec<u8>) -> anyhow::Result<()>,
    ) -> anyhow::Result<&[u8]> {
        let text = self.next_of(MAX_DRAWS, draw)?;
        Ok(text.ok_or(EntropyError::Rejected)?)
    }

    /// The first new text among this number of draws, if there is one.
    fn next_of(
        &mut self,
        draws: usize,
        mut draw: impl FnMut(&mut Vec<u8>) -> anyhow::Result<()>,
    ) -> anyhow::Result<Option<&[u8]>> {
        let start = self.texts.len();
        for _ in 0..draws {
            draw(&mut self.texts)?;
            let end = self.texts.len();
            if self.is_new(start) {
                self.texts.push(0);
                return Ok(Some(&self.texts[start..end]));
            }
            self.texts.truncate(start);
        }
        Ok(None)
    }

    /// Whether no text before the last one, which begins at `start`, is equal to it. It is remembered then.
    fn is_new(&mut self, start: usize) -> bool {
        let text = &self.texts[start..];
        let mut hasher = DefaultHasher::new();
        hasher.write(text);
        let slots = self.starts.len();
        let mut slot = ((u128::from(hasher.finish()) * slots as u128) >> 64) as usize;
        loop {
            match self.starts[slot] {
                0 => {
                    self.starts[slot] = start as u64 + 1;
                    return true;
                }
                other => {
                    let rest = self.texts[other as usize - 1..].strip_prefix(text);
                    if rest.is_some_and(|rest| rest.starts_with(&[0])) {
                        return false;
                    }
                }
            }
            slot = (slot + 1) % slots;
        }
    }
}

#[cfg(test)]
mod tests;
