//! Choices and samples from items: in any number, from arguments or from a stream of unknown length.
//!
//! A stream is read block by block and gone through once, with memory for the items drawn and one block:
//!
//! - [`Reservoir`] draws a few: with each block they are drawn anew from all items so far.
//! - [`Shuffle`] draws many distinct ones, or all: each item draws a series of labels, and the first in the order of
//!   these series are the sample.
//!
//! Distinct positions that need no items to be drawn from are [`draw_sparsely`]'s.

mod draw;
mod lines;
#[cfg(test)]
mod proofs;
mod reservoir;
mod shuffle;
mod sparse;

pub(crate) use draw::{Draw, draw_all, draw_indices};
pub(crate) use lines::Lines;
pub(crate) use reservoir::Reservoir;
pub(crate) use shuffle::Shuffle;
pub(crate) use sparse::draw_sparsely;

/// Items that can be drawn, each by an entry of its own in an index.
pub(crate) trait Items {
    /// The entries of all items in order, each less than [`Items::span`].
    fn entries(&self) -> impl Iterator<Item = usize>;
    /// A bound for the entries.
    fn span(&self) -> usize;
    /// The item of an entry.
    fn item(&self, entry: usize) -> &[u8];
}
