//! Items one after another in a text.

use super::Items;

/// Items one after another, each ended by a delimiter; the last one may end without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines<'a> {
    /// The items with their delimiters.
    pub(crate) text: &'a [u8],
    /// What ends an item: newline or NUL.
    pub(crate) delimiter: u8,
}

impl Lines<'_> {
    /// How many items there are.
    pub(crate) fn count(&self) -> usize {
        let ended = memchr::memchr_iter(self.delimiter, self.text).count();
        ended + usize::from(self.text.last().is_some_and(|last| *last != self.delimiter))
    }

    /// Where an item starts: the one that is `items` items behind the item at `start`.
    pub(super) fn after(&self, mut start: usize, mut items: usize) -> usize {
        // To count the delimiters of a stretch is faster than to stop at each.
        const STRETCH: usize = 512;
        const FEW: usize = 4;
        while items > FEW && start < self.text.len() {
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
        for _ in 0..items {
            let rest = &self.text[start..];
            start += memchr::memchr(self.delimiter, rest).map_or(rest.len(), |end| end + 1);
        }
        start
    }
}

/// The entry of an item is where it starts.
impl Items for Lines<'_> {
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
