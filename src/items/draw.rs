//! Draws from items that are all in memory.

use std::ops::Range;

use super::{Draw, Lines};
use crate::{
    memory::{self, OutOfMemory},
    uniform::Uniform,
};

/// Draws from `lines`, of which there are `count`, and hands each item drawn to `take`.
///
/// # Errors
/// There is not enough memory, there are no random bytes, or `take` fails.
///
/// # Panics
/// If `count` is 0.
pub(crate) fn draw_all<U: Uniform + ?Sized>(
    draw: Draw,
    lines: &Lines<'_>,
    count: usize,
    uniform: &mut U,
    take: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    // Half the memory for all inputs but the very large.
    if u32::try_from(lines.text.len()).is_ok() {
        draw_lines::<u32, U>(draw, lines, count, uniform, take)
    } else {
        draw_lines::<usize, U>(draw, lines, count, uniform, take)
    }
}

pub(super) fn draw_lines<P: Place, U: Uniform + ?Sized>(
    draw: Draw,
    lines: &Lines<'_>,
    count: usize,
    uniform: &mut U,
    mut take: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let index = index(count, lines.places().map(P::pair))?;
    draw_by_index(draw, index, uniform, |pair| {
        take(&lines.text[P::range(pair)])
    })
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
    let length = usize::try_from(count).map_err(|_| OutOfMemory)?;
    if let Ok(count) = u32::try_from(count) {
        let index = index(length, 0..count)?;
        draw_by_index(draw, index, uniform, |index| take(index.into()))
    } else {
        draw_by_index(draw, index(length, 0..count)?, uniform, take)
    }
}

fn draw_by_index<U: Uniform + ?Sized, I: Copy>(
    draw: Draw,
    mut index: Vec<I>,
    uniform: &mut U,
    mut take: impl FnMut(I) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match draw {
        Draw::Distinct(wanted) => {
            for _ in 0..wanted.min(index.len() as u64) {
                let drawn = uniform.below(index.len() as u64)?;
                take(index.swap_remove(drawn as usize))?;
            }
        }
        Draw::Independent(wanted) => {
            for _ in 0..wanted {
                let drawn = uniform.below(index.len() as u64)?;
                take(index[drawn as usize])?;
            }
        }
    }
    Ok(())
}

/// The `count` entries, in their order.
fn index<I>(count: usize, entries: impl Iterator<Item = I>) -> Result<Vec<I>, OutOfMemory> {
    let mut index = memory::vec(count)?;
    index.extend(entries);
    Ok(index)
}

/// A place in a text, as short as the text allows: in an index, where an item begins and where it ends.
pub(super) trait Place: Copy {
    fn pair(range: Range<usize>) -> (Self, Self);
    fn range(pair: (Self, Self)) -> Range<usize>;
}

impl Place for u32 {
    fn pair(range: Range<usize>) -> (Self, Self) {
        (range.start as Self, range.end as Self)
    }

    fn range(pair: (Self, Self)) -> Range<usize> {
        pair.0 as usize..pair.1 as usize
    }
}

impl Place for usize {
    fn pair(range: Range<usize>) -> (Self, Self) {
        (range.start, range.end)
    }

    fn range(pair: (Self, Self)) -> Range<usize> {
        pair.0..pair.1
    }
}
