//! Draws from items that are all at hand.

use super::text::Items;
use crate::{entropy::EntropyError, uniform::Uniform};

/// How many items to draw, and whether one can come twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Draw {
    /// So many distinct items in random order; all, if there are fewer.
    Distinct(u64),
    /// So many items, each independent of the others.
    Independent(u64),
}

/// Draws from `items`, of which there are `count`, and hands each item drawn to `take`.
///
/// # Errors
/// Those of the source of randomness and of `take`.
///
/// # Panics
/// If `count` is 0.
pub(crate) fn draw_all<U: Uniform + ?Sized, T: Items + ?Sized, E: From<EntropyError>>(
    draw: Draw,
    items: &T,
    count: usize,
    uniform: &mut U,
    take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    // Half the memory for all inputs but the very large.
    if u32::try_from(items.span()).is_ok() {
        draw_by_index(draw, items, index::<u32, T>(items, count), uniform, take)
    } else {
        draw_by_index(draw, items, index::<usize, T>(items, count), uniform, take)
    }
}

pub(super) fn draw_by_index<
    U: Uniform + ?Sized,
    T: Items + ?Sized,
    I: Entry,
    E: From<EntropyError>,
>(
    draw: Draw,
    items: &T,
    mut index: Vec<I>,
    uniform: &mut U,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    match draw {
        Draw::Distinct(wanted) => {
            for _ in 0..wanted.min(index.len() as u64) {
                let drawn = uniform.below(index.len() as u64)?;
                take(items.item(index.swap_remove(drawn as usize).into()))?;
            }
        }
        Draw::Independent(wanted) => {
            for _ in 0..wanted {
                let drawn = uniform.below(index.len() as u64)?;
                take(items.item(index[drawn as usize].into()))?;
            }
        }
    }
    Ok(())
}

/// An entry as it is kept: as short as the span allows.
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

pub(super) fn index<I: Entry, T: Items + ?Sized>(items: &T, count: usize) -> Vec<I> {
    let mut index = Vec::with_capacity(count);
    index.extend(items.entries().map(I::new));
    index
}
