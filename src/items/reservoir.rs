//! A few items of a stream of unknown length, in one pass and with memory for the items drawn.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{Draw, Lines};
use crate::{
    memory::{self, OutOfMemory},
    uniform::Uniform,
};

/// Items drawn from those seen so far in a stream.
#[derive(Debug)]
pub(crate) struct Reservoir {
    draw: Draw,
    seen: u64,
    /// Where in `texts` each item drawn is.
    drawn: Vec<Range<usize>>,
    /// The items drawn, one after another, and between them some that were drawn earlier and given up.
    pub(super) texts: Zeroizing<Vec<u8>>,
}

impl Reservoir {
    /// For `draw`, before any item was seen.
    pub(crate) fn new(draw: Draw) -> Self {
        Self {
            draw,
            seen: 0,
            drawn: Vec::new(),
            texts: Zeroizing::new(Vec::new()),
        }
    }

    /// Takes in the next block, of `count` items. Each block costs one draw for each item wanted, so blocks should have
    /// several times as many items as are wanted.
    ///
    /// # Errors
    /// There is not enough memory, or there are no random bytes.
    pub(crate) fn add<U: Uniform + ?Sized>(
        &mut self,
        block: &Lines<'_>,
        count: usize,
        uniform: &mut U,
    ) -> anyhow::Result<()> {
        // Positions are drawn anew among all items so far. Positions in earlier blocks are a draw from these blocks, and
        // the earlier draw already is one.
        let positions = self.draw.positions(self.seen + count as u64, uniform)?;
        let mut earlier = std::mem::take(&mut self.drawn).into_iter();
        let mut fresh = Vec::new();
        self.drawn = memory::vec(positions.len())?;
        for (place, position) in positions.into_iter().enumerate() {
            self.drawn.push(match position.checked_sub(self.seen) {
                None => earlier.next().expect("as many were drawn, or all"),
                Some(position) => {
                    memory::push(&mut fresh, (position as usize, place))?;
                    0..0
                }
            });
        }
        fresh.sort_unstable();
        let (mut start, mut next) = (0, 0);
        for (position, place) in fresh {
            start = block.after(start, position - next);
            next = position;
            self.drawn[place] = append(&mut self.texts, block.item(start))?;
        }
        self.seen += count as u64;
        Ok(self.drop_given_up()?)
    }

    /// Copies the items that are still drawn to a new `texts`, once they are less than half of it.
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

/// Appends `item` to `texts`, and returns where it is.
fn append(texts: &mut Zeroizing<Vec<u8>>, item: &[u8]) -> Result<Range<usize>, OutOfMemory> {
    let start = texts.len();
    if texts.capacity() - start < item.len() {
        memory::regrow(texts, (start + item.len()).saturating_mul(2))?;
    }
    texts.extend_from_slice(item);
    Ok(start..texts.len())
}
