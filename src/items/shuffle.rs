//! Distinct items of a stream in random order, some or all of them, in one pass and without random access to memory.

use zeroize::Zeroizing;

use super::{Draw, Lines, draw::draw_all};
use crate::{
    entropy::EntropyError,
    memory::{self, OutOfMemory},
    uniform::Uniform,
};

/// Distinct items of a stream in random order: some of them, or all.
///
/// Imagine that each item draws an endless series of uniform labels. Sorted by their series, the items are in uniform
/// random order, and the first k of them are an ordered uniform sample. Labels are drawn only until it is known that an
/// item is not among the first k, or which bucket it belongs to; a bucket fits into a cache. Further labels would order
/// the items of a bucket uniformly: so each bucket is shuffled at the end.
///
/// Rao, "Generation of random permutations of given number of elements using random sampling numbers" (1961);
/// Sandelius, "A simple randomization procedure" (1962).
#[derive(Debug)]
pub(crate) struct Shuffle {
    delimiter: u8,
    wanted: u64,
    seen: u64,
    /// How many labels there are.
    labels: u32,
    /// Every series that still counts begins with this number of labels 0. The next label is the item's bucket.
    zeros: usize,
    /// The buckets of the lowest labels, as many as are needed to hold the items wanted.
    buckets: Vec<Bucket>,
    /// How many items the buckets hold.
    pub(super) kept: u64,
}

/// Items one after another, each with its delimiter.
#[derive(Debug, Default)]
struct Bucket {
    /// The last part of the text, which has room for more.
    open: Zeroizing<Vec<u8>>,
    /// The full parts before it: one long text would have to be copied and wiped each time it grows.
    full: Vec<Zeroizing<Vec<u8>>>,
    count: usize,
}

/// A label takes one random byte. The ends of this number of buckets stay in the cache while they are written to in turn,
/// and each bucket of a text of about 100 MB fits into it.
const LABELS: u32 = 256;

/// Room in a part of a bucket, in bytes.
const PART: usize = 8 * 1024;

impl Shuffle {
    /// For `wanted` items that end with `delimiter`, or all if there are fewer, before any item was seen.
    pub(crate) fn new(wanted: u64, delimiter: u8) -> Self {
        Self::with_labels(LABELS, wanted, delimiter)
    }

    pub(super) fn with_labels(labels: u32, wanted: u64, delimiter: u8) -> Self {
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

    /// Takes in the next block, of `count` items.
    ///
    /// # Errors
    /// There is not enough memory, or there are no random bytes.
    pub(crate) fn add<U: Uniform + ?Sized>(
        &mut self,
        block: &Lines<'_>,
        count: usize,
        uniform: &mut U,
    ) -> anyhow::Result<()> {
        self.seen += count as u64;
        self.scatter(block, count, self.zeros, uniform)?;
        if self.buckets.len() == 1 && self.kept / 2 > self.wanted {
            // More than twice the wanted number of items drew equal labels: one more label parts them.
            let crowd = std::mem::replace(&mut self.buckets, empty_buckets(self.labels)).remove(0);
            self.kept = 0;
            self.zeros += 1;
            let text = Lines {
                text: &crowd.text()?,
                delimiter: self.delimiter,
            };
            self.scatter(&text, crowd.count, 0, uniform)?;
        }
        Ok(())
    }

    /// Puts each item of `block` whose series has `zeros` more labels 0 into the bucket of the label behind them.
    fn scatter<U: Uniform + ?Sized>(
        &mut self,
        block: &Lines<'_>,
        count: usize,
        zeros: usize,
        uniform: &mut U,
    ) -> anyhow::Result<()> {
        let mut labels = Zeroizing::new(memory::vec_of(0, count)?);
        uniform.fill_below(self.labels, &mut labels)?;
        let (mut start, mut next) = (0, 0);
        for (position, &label) in labels.iter().enumerate() {
            if zeros > 0 && label != 0 {
                // Most items of a long stream end here, without a look at them.
                continue;
            }
            start = block.after(start, position - next);
            let item = block.item(start);
            (start, next) = (start + item.len() + 1, position + 1);
            if let Some(label) = self.label_after(zeros, label, uniform)?
                && let Some(bucket) = self.buckets.get_mut(label as usize)
            {
                bucket.push(item, self.delimiter)?;
                self.kept += 1;
            }
        }
        // Items still to come do not change this: the first items in the order are in the buckets before the last one.
        while let Some(last) = self.buckets.last()
            && self.kept - last.count as u64 >= self.wanted
        {
            self.kept -= last.count as u64;
            self.buckets.pop();
        }
        Ok(())
    }

    /// The label behind `zeros` labels 0 of a series that begins with `first`; `None` if one of these is not 0.
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
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }

    /// Hands each item drawn to `take`.
    ///
    /// # Errors
    /// There is not enough memory, there are no random bytes, or `take` fails.
    pub(crate) fn finish<U: Uniform + ?Sized>(
        self,
        uniform: &mut U,
        mut take: impl FnMut(&[u8]) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut left = self.wanted;
        for bucket in self.buckets {
            let text = Lines {
                text: &bucket.text()?,
                delimiter: self.delimiter,
            };
            let draw = Draw::Distinct(left);
            draw_all(draw, &text, bucket.count, uniform, &mut take)?;
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
    #[inline]
    fn push(&mut self, item: &[u8], delimiter: u8) -> Result<(), OutOfMemory> {
        if self.open.capacity() - self.open.len() < item.len() + 1 {
            let part = memory::vec(PART.max(item.len() + 1))?;
            let full = std::mem::replace(&mut self.open, Zeroizing::new(part));
            memory::push(&mut self.full, full)?;
        }
        memory::append(&mut self.open, item);
        self.open.push(delimiter);
        self.count += 1;
        Ok(())
    }

    fn text(&self) -> Result<Zeroizing<Vec<u8>>, OutOfMemory> {
        let parts = || self.full.iter().chain([&self.open]);
        let length = parts().map(|part| part.len()).sum();
        let mut text = Zeroizing::new(memory::vec(length)?);
        parts().for_each(|part| text.extend_from_slice(part));
        Ok(text)
    }
}
