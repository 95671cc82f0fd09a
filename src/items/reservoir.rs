//! Independent draws from a stream of unknown length, in one pass and with memory for the items drawn.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{
    draw::index,
    text::{Items, Text},
};
use crate::{
    memory::{self, OutOfMemory},
    uniform::Uniform,
};

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
    ///
    /// # Errors
    /// There is not enough memory for so many.
    pub(crate) fn new(wanted: u64) -> Result<Self, OutOfMemory> {
        let wanted = usize::try_from(wanted).map_err(|_| OutOfMemory)?;
        Ok(Self {
            seen: 0,
            drawn: memory::vec_of(0..0, wanted)?,
            texts: Zeroizing::new(Vec::new()),
        })
    }

    /// Goes on with a block of `count` items, the first with at least one. The work is that of as many draws as there
    /// are items to draw, so a block had better have as many.
    ///
    /// # Errors
    /// There is not enough memory, or those of the source of randomness.
    pub(crate) fn add<U: Uniform + ?Sized>(
        &mut self,
        block: &Text<'_>,
        count: usize,
        uniform: &mut U,
    ) -> anyhow::Result<()> {
        let total = self.seen + count as u64;
        // Most blocks are passed by without a hit, and need no index.
        let mut entries: Option<Vec<usize>> = None;
        for item in &mut self.drawn {
            // One of all items so far: an earlier one, and the one drawn from those is as good as any, or a new one.
            if let Some(position) = uniform.below(total)?.checked_sub(self.seen) {
                let entries = match &entries {
                    Some(entries) => entries,
                    None => entries.insert(index(block.entries(), count)?),
                };
                *item = append(&mut self.texts, block.item(entries[position as usize]))?;
            }
        }
        self.seen = total;
        Ok(self.drop_given_up()?)
    }

    /// Makes `texts` anew if more than half of it is of no use any more.
    fn drop_given_up(&mut self) -> Result<(), OutOfMemory> {
        let used = self.drawn.iter().map(Range::len).sum();
        if self.texts.len() / 2 > used {
            let kept = Zeroizing::new(memory::vec(used)?);
            let old = std::mem::replace(&mut self.texts, kept);
            for item in &mut self.drawn {
                *item = append(&mut self.texts, &old[item.clone()])?;
            }
        }
        Ok(())
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
fn append(texts: &mut Zeroizing<Vec<u8>>, item: &[u8]) -> Result<Range<usize>, OutOfMemory> {
    let start = texts.len();
    if texts.capacity() - start < item.len() {
        // A new buffer, since growing the old one would leave its bytes behind unwiped.
        let capacity = (start + item.len()).saturating_mul(2);
        let mut grown = Zeroizing::new(memory::vec(capacity)?);
        grown.extend_from_slice(texts);
        *texts = grown;
    }
    texts.extend_from_slice(item);
    Ok(start..texts.len())
}
