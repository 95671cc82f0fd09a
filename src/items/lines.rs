//! Items one after another in a text.

use std::ops::Range;

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

    /// Where each item is, without its delimiter, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = Range<usize>> {
        let end = self.text.len();
        let mut start = 0;
        memchr::memchr_iter(self.delimiter, self.text)
            .chain([end])
            .map(move |end| std::mem::replace(&mut start, end + 1)..end)
            // Behind the last delimiter there may be nothing.
            .filter(move |place| place.start < end)
    }

    /// The items in order.
    pub(crate) fn items(&self) -> impl Iterator<Item = &[u8]> {
        self.places().map(|place| &self.text[place])
    }

    /// The item that starts at `start`.
    pub(super) fn item(&self, start: usize) -> &[u8] {
        let rest = &self.text[start..];
        &rest[..memchr::memchr(self.delimiter, rest).unwrap_or(rest.len())]
    }
}
