//! Choices from items: in any number, from arguments or from a stream of unknown length.
//!
//! A stream is read block by block and gone through once, with memory for the items drawn and one block. Its
//! correctness rests on one fact: of an ordered uniform sample, every beginning is an ordered uniform sample. So when
//! a block of m items follows n items already seen, the new sample of k is drawn item by item from n + m: one of the
//! n old ones, which is the next of the old sample, or one of the m new ones.
//!
//! To shuffle all of a stream takes memory for all of it. What costs time then is to jump about in that memory, which
//! [`Shuffle`] avoids.

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

/// A sample of the items seen so far in a stream.
#[derive(Debug)]
pub struct Reservoir {
    draw: Draw,
    seen: u64,
    /// Where in `texts` each item drawn is.
    drawn: Vec<Range<usize>>,
    /// The items drawn, one after another, and between them some that were drawn earlier and given up.
    texts: Zeroizing<Vec<u8>>,
}

impl Reservoir {
    /// Nothing seen yet.
    pub fn new(draw: Draw) -> Self {
        Self {
            draw,
            seen: 0,
            drawn: Vec::new(),
            texts: Zeroizing::new(Vec::new()),
        }
    }

    /// Goes on with a block of `count` items. The work is that of as many draws as the sample has items, so a block
    /// had better have as many.
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
        let texts = &mut self.texts;
        // Most blocks are passed by without a hit, and need no index.
        let mut entries: Option<Vec<usize>> = None;
        let mut hit = |position: u64, again: bool| {
            let entries = entries.get_or_insert_with(|| index(block, count));
            let entry = if again {
                entries[position as usize]
            } else {
                entries.swap_remove(position as usize)
            };
            append(texts, block.item(entry))
        };
        match self.draw {
            Draw::Independent(wanted) => {
                self.drawn.resize_with(wanted as usize, Default::default);
                for slot in &mut self.drawn {
                    if let Some(position) = uniform.below(total)?.checked_sub(self.seen) {
                        *slot = hit(position, true);
                    }
                }
            }
            Draw::Distinct(wanted) => {
                let wanted = wanted.min(total);
                let drawn = Vec::with_capacity(wanted as usize);
                let mut old = std::mem::replace(&mut self.drawn, drawn).into_iter();
                let mut old_left = self.seen;
                for taken in 0..wanted {
                    self.drawn
                        .push(match uniform.below(total - taken)?.checked_sub(old_left) {
                            Some(position) => hit(position, false),
                            None => {
                                old_left -= 1;
                                old.next()
                                    .expect("a sample of the old items is long enough")
                            }
                        });
                }
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

/// All items of a stream, to be had in random order.
///
/// Each item is put into a bucket that is drawn for it alone. At the end the buckets are taken one after another and
/// shuffled each by itself, in the cache. Every order is equally likely: imagine a sequence of digits drawn for each
/// item, and the items sorted by them. No item is preferred, so neither is an order of all of them, nor of those that
/// have the first digit in common. That digit is the bucket; which order its items are in is drawn in another way,
/// but with the same law, and apart from all other buckets.
///
/// Rao, "Generation of random permutations of given number of elements using random sampling numbers" (1961);
/// Sandelius, "A simple randomization procedure" (1962).
#[derive(Debug)]
pub struct Shuffle {
    delimiter: u8,
    buckets: Vec<Bucket>,
    seen: u64,
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

/// The bucket of an item is one byte's worth of randomness. As many buckets as can be written to in turn without a
/// miss of the cache, and enough for each of a text of some 100 MB to fit into it.
const BUCKETS: usize = 256;

/// Room in a part of a bucket, in bytes.
const PART: usize = 8 * 1024;

impl Shuffle {
    /// Nothing seen yet of items that end with `delimiter`.
    pub fn new(delimiter: u8) -> Self {
        Self::with_buckets(delimiter, BUCKETS)
    }

    fn with_buckets(delimiter: u8, buckets: usize) -> Self {
        Self {
            delimiter,
            buckets: std::iter::repeat_with(Bucket::default)
                .take(buckets)
                .collect(),
            seen: 0,
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
        let mut drawn = Zeroizing::new(vec![0; count]);
        uniform.fill_below(self.buckets.len() as u32, &mut drawn)?;
        let ends = memchr::memchr_iter(block.delimiter, block.text).chain([block.text.len()]);
        let mut start = 0;
        for (end, bucket) in ends.zip(drawn.iter()) {
            self.buckets[*bucket as usize].push(&block.text[start..end], self.delimiter);
            start = end + 1;
        }
        self.seen += count as u64;
        Ok(())
    }

    /// How many items were seen.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// Hands each item to `take`.
    ///
    /// # Errors
    /// Those of the source of randomness and of `take`.
    pub fn finish<U: Uniform + ?Sized, E: From<EntropyError>>(
        self,
        uniform: &mut U,
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        for bucket in self.buckets {
            if bucket.count > 0 {
                let text = Text {
                    text: &bucket.text(),
                    delimiter: self.delimiter,
                };
                draw_all(
                    Draw::Distinct(u64::MAX),
                    &text,
                    bucket.count,
                    uniform,
                    &mut take,
                )?;
            }
        }
        Ok(())
    }
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
