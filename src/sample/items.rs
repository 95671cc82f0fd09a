//! Choices from items: in any number, from arguments or from a stream of unknown length.
//!
//! A stream is read block by block and gone through once, with memory for the items drawn and one block:
//!
//! - [`Shuffle`](super::Shuffle) draws distinct items: each draws a series of labels, and the first in the order of
//!   these series are the sample.
//! - [`Reservoir`] draws independent ones: each of them follows the blocks on its own.

use std::ops::Range;

use zeroize::Zeroizing;

use super::Uniform;
use crate::entropy::EntropyError;

/// Items that can be drawn, each by an entry of its own in an index.
pub trait Items {
    /// The entries of all items in order, each less than [`Items::span`].
    fn entries(&self) -> impl Iterator<Item = usize>;
    /// A bound for the entries.
    fn span(&self) -> usize;
    /// The item of an entry.
    fn item(&self, entry: usize) -> &[u8];
}

/// Items one after another, each ended by a delimiter; the last one may end without.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The items with their delimiters.
    pub text: &'a [u8],
    /// What ends an item: newline or NUL.
    pub delimiter: u8,
}

impl Text<'_> {
    /// How many items there are.
    pub fn count(&self) -> usize {
        let ended = memchr::memchr_iter(self.delimiter, self.text).count();
        ended + usize::from(self.text.last().is_some_and(|last| *last != self.delimiter))
    }

    /// Where the item starts that comes so many items after the one that starts at `start`.
    pub(super) fn after(&self, mut start: usize, mut items: usize) -> usize {
        // To count the delimiters of a stretch is faster than to stop at each.
        const STRETCH: usize = 512;
        while items > 0 && start < self.text.len() {
            let rest = &self.text[start..];
            let stretch = &rest[..STRETCH.min(rest.len())];
            let ended = memchr::memchr_iter(self.delimiter, stretch).count();
            if ended >= items {
                let ends = memchr::memchr_iter(self.delimiter, stretch).nth(items - 1);
                return start + ends.expect("counted") + 1;
            }
            items -= ended;
            start += stretch.len();
        }
        start
    }
}

/// The entry of an item is where it starts.
impl Items for Text<'_> {
    fn entries(&self) -> impl Iterator<Item = usize> {
        let starts = memchr::memchr_iter(self.delimiter, self.text).map(|end| end + 1);
        std::iter::once(0)
            .chain(starts)
            .filter(|start| *start < self.text.len())
    }

    fn span(&self) -> usize {
        self.text.len()
    }

    fn item(&self, entry: usize) -> &[u8] {
        let rest = &self.text[entry..];
        &rest[..memchr::memchr(self.delimiter, rest).unwrap_or(rest.len())]
    }
}

/// How many items to draw, and whether one can come twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
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
pub fn draw_all<U: Uniform + ?Sized, T: Items + ?Sized, E: From<EntropyError>>(
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

fn draw_by_index<U: Uniform + ?Sized, T: Items + ?Sized, I: Entry, E: From<EntropyError>>(
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
trait Entry: Copy {
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

fn index<I: Entry, T: Items + ?Sized>(items: &T, count: usize) -> Vec<I> {
    let mut index = Vec::with_capacity(count);
    index.extend(items.entries().map(I::new));
    index
}

/// Items drawn from those seen so far in a stream, each independent of the others.
#[derive(Debug)]
pub struct Reservoir {
    seen: u64,
    /// Where in `texts` each item drawn is.
    drawn: Vec<Range<usize>>,
    /// The items drawn, one after another, and between them some that were drawn earlier and given up.
    texts: Zeroizing<Vec<u8>>,
}

impl Reservoir {
    /// Nothing seen yet; so many items will be drawn.
    pub fn new(wanted: usize) -> Self {
        Self {
            seen: 0,
            drawn: vec![0..0; wanted],
            texts: Zeroizing::new(Vec::new()),
        }
    }

    /// Goes on with a block of `count` items, the first with at least one. The work is that of as many draws as there
    /// are items to draw, so a block had better have as many.
    ///
    /// # Errors
    /// Those of the source of randomness.
    pub fn add<U: Uniform + ?Sized>(
        &mut self,
        block: &Text<'_>,
        count: usize,
        uniform: &mut U,
    ) -> Result<(), EntropyError> {
        let total = self.seen + count as u64;
        // Most blocks are passed by without a hit, and need no index.
        let mut entries: Option<Vec<usize>> = None;
        for item in &mut self.drawn {
            // One of all items so far: an earlier one, and the one drawn from those is as good as any, or a new one.
            if let Some(position) = uniform.below(total)?.checked_sub(self.seen) {
                let entries = entries.get_or_insert_with(|| index(block, count));
                *item = append(&mut self.texts, block.item(entries[position as usize]));
            }
        }
        self.seen = total;
        self.drop_given_up();
        Ok(())
    }

    /// Makes `texts` anew if more than half of it is of no use any more.
    fn drop_given_up(&mut self) {
        let used = self.drawn.iter().map(Range::len).sum();
        if self.texts.len() / 2 > used {
            let old = std::mem::take(&mut self.texts);
            self.texts.reserve_exact(used);
            for item in &mut self.drawn {
                *item = append(&mut self.texts, &old[item.clone()]);
            }
        }
    }

    /// How many items were seen.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// The items drawn.
    pub fn drawn(&self) -> impl Iterator<Item = &[u8]> {
        self.drawn.iter().map(|item| &self.texts[item.clone()])
    }
}

/// Puts `item` after `texts`, and tells where it is.
fn append(texts: &mut Zeroizing<Vec<u8>>, item: &[u8]) -> Range<usize> {
    let start = texts.len();
    if texts.capacity() - start < item.len() {
        // A new buffer, since growing the old one would leave its bytes behind unwiped.
        let mut grown = Zeroizing::new(Vec::with_capacity(2 * (start + item.len())));
        grown.extend_from_slice(texts);
        *texts = grown;
    }
    texts.extend_from_slice(item);
    start..texts.len()
}

#[cfg(test)]
mod tests;
