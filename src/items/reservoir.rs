//! Independent draws from a stream of unknown length, in one pass and with memory for the items drawn.

use std::ops::Range;

use zeroize::Zeroizing;

use super::text::{Items, Text};
use crate::{entropy::EntropyError, uniform::Uniform};

/// Items drawn from those seen so far in a stream, each independent of the others.
#[derive(Debug)]
pub(crate) struct Reservoir {
    seen: u64,
    /// Where in `texts` each item drawn is.
    drawn: Vec<Range<usize>>,
    /// The items drawn, one after another, and between them some that were drawn earlier and given up.
    texts: Zeroizing<Vec<u8>>,
}

impl Reservoir {
    /// Nothing seen yet; so many items will be drawn.
    pub(crate) fn new(wanted: usize) -> Self {
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
    pub(crate) fn add<U: Uniform + ?Sized>(
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
                let entries = entries.get_or_insert_with(|| block.entries().collect());
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
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }

    /// The items drawn.
    pub(crate) fn drawn(&self) -> impl Iterator<Item = &[u8]> {
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
