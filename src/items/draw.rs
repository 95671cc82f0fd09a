//! Draws from items that are all in memory.

use super::{Items, sparse::draw_sparsely};
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
    pub(super) fn positions<U: Uniform + ?Sized>(
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

/// Draws from the `count` items of `items`, and hands each of them to `take`.
///
/// # Errors
/// There is not enough memory, there are no random bytes, or `take` fails.
///
/// # Panics
/// If `count` is 0.
pub(crate) fn draw_all<U: Uniform + ?Sized, T: Items + ?Sized>(
    draw: Draw,
    items: &T,
    count: usize,
    uniform: &mut U,
    mut take: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let take = |entry| take(items.item(entry));
    // This takes half the memory, for all inputs but very large ones.
    if u32::try_from(items.span()).is_ok() {
        draw_by_index(draw, index::<u32>(items.entries(), count)?, uniform, take)
    } else {
        draw_by_index(draw, index::<usize>(items.entries(), count)?, uniform, take)
    }
}

/// Hands `wanted` distinct indices below `count`, or all, to `take`. Takes memory for `count` indices.
///
/// # Errors
/// There is not enough memory, there are no random bytes, or `take` fails.
pub(crate) fn draw_indices<U: Uniform + ?Sized>(
    count: u64,
    wanted: u64,
    uniform: &mut U,
    mut take: impl FnMut(u64) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let draw = Draw::Distinct(wanted);
    let take = |index| take(index as u64);
    let count = usize::try_from(count).map_err(|_| OutOfMemory)?;
    if u32::try_from(count).is_ok() {
        draw_by_index(draw, index::<u32>(0..count, count)?, uniform, take)
    } else {
        draw_by_index(draw, index::<usize>(0..count, count)?, uniform, take)
    }
}

pub(super) fn draw_by_index<U: Uniform + ?Sized, I: Entry>(
    draw: Draw,
    mut index: Vec<I>,
    uniform: &mut U,
    mut take: impl FnMut(usize) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match draw {
        Draw::Distinct(wanted) => {
            for _ in 0..wanted.min(index.len() as u64) {
                let drawn = uniform.below(index.len() as u64)?;
                take(index.swap_remove(drawn as usize).into())?;
            }
        }
        Draw::Independent(wanted) => {
            for _ in 0..wanted {
                let drawn = uniform.below(index.len() as u64)?;
                take(index[drawn as usize].into())?;
            }
        }
    }
    Ok(())
}

/// An entry in the index: the shorter type, if the span allows it.
pub(super) trait Entry: Copy {
    fn new(entry: usize) -> Self;
    fn into(self) -> usize;
}

impl Entry for u32 {
    fn new(entry: usize) -> Self {
        entry as Self
    }

    fn into(self) -> usize {
        self as usize
    }
}

impl Entry for usize {
    fn new(entry: usize) -> Self {
        entry
    }

    fn into(self) -> usize {
        self
    }
}

/// The `count` entries, in order.
pub(super) fn index<I: Entry>(
    entries: impl Iterator<Item = usize>,
    count: usize,
) -> Result<Vec<I>, OutOfMemory> {
    let mut index = memory::vec(count)?;
    index.extend(entries.map(I::new));
    Ok(index)
}
