//! Choices and samples from items: in any number, from arguments or from a stream of unknown length.
//!
//! A stream is read block by block and gone through once, with memory for the items drawn and one block:
//!
//! - [`Reservoir`] draws a few: with each block they are drawn anew from all items so far.
//! - [`Shuffle`] draws many distinct ones, or all: each item draws a series of labels, and the first in the order of
//!   these series are the sample.
//!
//! Distinct positions that need no items to be drawn from are [`draw_sparsely`]'s.

mod draw;
mod lines;
#[cfg(test)]
mod proofs;
mod repeats;
mod reservoir;
mod shuffle;
mod sparse;

pub(crate) use draw::{draw_all, draw_indices};
pub(crate) use lines::Lines;
pub(crate) use repeats::repeats;
pub(crate) use reservoir::Reservoir;
pub(crate) use shuffle::Shuffle;
pub(crate) use sparse::draw_sparsely;

use crate::{
    memory::{self, OutOfMemory},
    uniform::Uniform,
};

/// How many items to draw, and whether an item can be drawn twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Draw {
    /// This number of distinct items in random order, or all if there are fewer.
    Distinct(u64),
    /// This number of items, each independent of the others.
    Independent(u64),
}

impl Draw {
    /// How many items to draw.
    pub(crate) fn wanted(self) -> u64 {
        let (Self::Distinct(wanted) | Self::Independent(wanted)) = self;
        wanted
    }

    /// Draws from `count` items, and returns their positions in the order of the draw; none, if `count` is 0.
    ///
    /// # Errors
    /// There is not enough memory, or there are no random bytes.
    fn positions<U: Uniform + ?Sized>(
        self,
        count: u64,
        uniform: &mut U,
    ) -> anyhow::Result<Vec<u64>> {
        let wanted = match self {
            Self::Distinct(wanted) => wanted.min(count),
            Self::Independent(_) if count == 0 => 0,
            Self::Independent(wanted) => wanted,
        };
        let mut positions = memory::vec(usize::try_from(wanted).map_err(|_| OutOfMemory)?)?;
        match self {
            Self::Distinct(_) => draw_sparsely(count, wanted, uniform, |position| {
                positions.push(position);
                Ok(())
            })?,
            Self::Independent(_) => {
                for _ in 0..wanted {
                    positions.push(uniform.below(count)?);
                }
            }
        }
        Ok(positions)
    }
}
