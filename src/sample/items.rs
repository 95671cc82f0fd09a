//! Choices from items: in any number, from arguments or from a stream of unknown length.
//!
//! A stream is read block by block and gone through once, with memory for the items drawn and one block:
//!
//! - [`Shuffle`] draws distinct items: each item draws a number that orders it, and the first in that order are the
//!   sample.
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

/// Distinct items of a stream in random order: some of them, or all.
///
/// Think of each item as drawing an endless series of uniform labels. The lexical order of the series is a uniform
/// random order of the items, and the first k in it are an ordered uniform sample. Of each series only so much is
/// drawn as tells that its item is not among the first k, or parts the other items into buckets that fit a cache. The
/// order within a bucket, which labels not drawn would decide, is uniform, and drawn as such when all is seen.
///
/// Rao, "Generation of random permutations of given number of elements using random sampling numbers" (1961);
/// Sandelius, "A simple randomization procedure" (1962).
#[derive(Debug)]
pub struct Shuffle {
    delimiter: u8,
    wanted: u64,
    seen: u64,
    /// How many labels there are.
    labels: u32,
    /// With how many labels 0 every series that still counts begins. The next label is the item's bucket.
    zeros: usize,
    /// Those of the lowest labels: as many as it takes to hold the items wanted.
    buckets: Vec<Bucket>,
    /// How many items the buckets hold.
    kept: u64,
}

/// Items one after another, each with its delimiter.
#[derive(Debug, Default)]
struct Bucket {
    /// What has room for more, the last part of the text.
    open: Zeroizing<Vec<u8>>,
    /// Parts before: a text that grows would have to be copied and wiped again and again.
    full: Vec<Zeroizing<Vec<u8>>>,
    count: usize,
}

/// A label is one byte's worth of randomness. As many buckets as can be written to in turn without a miss of the
/// cache, and enough for each of a text of some 100 MB to fit into it.
const LABELS: u32 = 256;

/// Room in a part of a bucket, in bytes.
const PART: usize = 8 * 1024;

impl Shuffle {
    /// Nothing seen yet of items that end with `delimiter`; so many of them will be drawn, or all if there are fewer.
    pub fn new(wanted: u64, delimiter: u8) -> Self {
        Self::with_labels(LABELS, wanted, delimiter)
    }

    fn with_labels(labels: u32, wanted: u64, delimiter: u8) -> Self {
        Self {
            delimiter,
            wanted,
            seen: 0,
            labels,
            zeros: 0,
            buckets: empty_buckets(labels),
            kept: 0,
        }
    }

    /// Goes on with a block of `count` items.
    ///
    /// # Errors
    /// Those of the source of randomness.
    pub fn add<U: Uniform + ?Sized>(
        &mut self,
        block: &Text<'_>,
        count: usize,
        uniform: &mut U,
    ) -> Result<(), EntropyError> {
        self.seen += count as u64;
        self.scatter(block, count, self.zeros, uniform)?;
        if self.buckets.len() == 1 && self.kept / 2 > self.wanted {
            // More than twice as many as wanted drew the same labels: another one tells them apart.
            let crowd = std::mem::replace(&mut self.buckets, empty_buckets(self.labels)).remove(0);
            self.kept = 0;
            self.zeros += 1;
            let text = Text {
                text: &crowd.text(),
                delimiter: self.delimiter,
            };
            self.scatter(&text, crowd.count, 0, uniform)?;
        }
        Ok(())
    }

    /// Puts each item of `block` whose series goes on with so many `zeros` into the bucket of the label after them.
    fn scatter<U: Uniform + ?Sized>(
        &mut self,
        block: &Text<'_>,
        count: usize,
        zeros: usize,
        uniform: &mut U,
    ) -> Result<(), EntropyError> {
        let mut labels = Zeroizing::new(vec![0; count]);
        uniform.fill_below(self.labels, &mut labels)?;
        let ends = memchr::memchr_iter(block.delimiter, block.text).chain([block.text.len()]);
        let mut start = 0;
        for (end, &label) in ends.zip(labels.iter()) {
            let item = &block.text[start..end];
            start = end + 1;
            if let Some(label) = self.label_after(zeros, label, uniform)?
                && let Some(bucket) = self.buckets.get_mut(label as usize)
            {
                bucket.push(item, self.delimiter);
                self.kept += 1;
            }
        }
        // Whatever is still to come, the buckets before the last one hold the first of the order.
        while let Some(last) = self.buckets.last()
            && self.kept - last.count as u64 >= self.wanted
        {
            self.kept -= last.count as u64;
            self.buckets.pop();
        }
        Ok(())
    }

    /// The label after so many `zeros` of a series that begins with `first`; `None` if another one comes before.
    #[inline]
    fn label_after<U: Uniform + ?Sized>(
        &self,
        zeros: usize,
        first: u32,
        uniform: &mut U,
    ) -> Result<Option<u32>, EntropyError> {
        let mut label = first;
        for _ in 0..zeros {
            if label != 0 {
                return Ok(None);
            }
            label = uniform.below(u64::from(self.labels))? as u32;
        }
        Ok(Some(label))
    }

    /// How many items were seen.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// Hands each item drawn to `take`.
    ///
    /// # Errors
    /// Those of the source of randomness and of `take`.
    pub fn finish<U: Uniform + ?Sized, E: From<EntropyError>>(
        self,
        uniform: &mut U,
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut left = self.wanted;
        for bucket in self.buckets {
            let text = Text {
                text: &bucket.text(),
                delimiter: self.delimiter,
            };
            draw_all(
                Draw::Distinct(left),
                &text,
                bucket.count,
                uniform,
                &mut take,
            )?;
            left = left.saturating_sub(bucket.count as u64);
        }
        Ok(())
    }
}

fn empty_buckets(count: u32) -> Vec<Bucket> {
    std::iter::repeat_with(Bucket::default)
        .take(count as usize)
        .collect()
}

impl Bucket {
    fn push(&mut self, item: &[u8], delimiter: u8) {
        if self.open.capacity() - self.open.len() < item.len() + 1 {
            let part = Vec::with_capacity(PART.max(item.len() + 1));
            self.full
                .push(std::mem::replace(&mut self.open, Zeroizing::new(part)));
        }
        self.open.extend_from_slice(item);
        self.open.push(delimiter);
        self.count += 1;
    }

    fn text(&self) -> Zeroizing<Vec<u8>> {
        let parts = || self.full.iter().chain([&self.open]);
        let mut text = Zeroizing::new(Vec::with_capacity(parts().map(|part| part.len()).sum()));
        parts().for_each(|part| text.extend_from_slice(part));
        text
    }
}

#[cfg(test)]
mod tests;
