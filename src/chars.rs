//! Characters: sets of them, what a text could be made of, and which of them can be told from others.

mod shape;
mod unicode;

pub(crate) use shape::{LARGEST_INTEGER, Shape};
pub(crate) use unicode::{UnicodeNormalization, Unusable, is_nfc, unusable};

use std::collections::BTreeSet;

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CharSet {
    /// Bit n is character n.
    ascii: u128,
    others: BTreeSet<char>,
}

impl CharSet {
    pub(crate) fn insert(&mut self, char: char) {
        match u32::from(char) {
            code @ 0..128 => self.ascii |= 1 << code,
            _ => {
                self.others.insert(char);
            }
        }
    }

    pub(crate) fn add(&mut self, set: &Self) {
        self.ascii |= set.ascii;
        self.others.extend(&set.others);
    }

    pub(crate) fn contains(&self, char: char) -> bool {
        match u32::from(char) {
            code @ 0..128 => self.ascii >> code & 1 == 1,
            _ => self.others.contains(&char),
        }
    }

    /// The number of characters that take memory of their own: all but ASCII.
    pub(crate) fn stored(&self) -> usize {
        self.others.len()
    }

    /// The characters in ascending order.
    pub(crate) fn chars(&self) -> impl Iterator<Item = char> {
        let ascii = (0..128u8).filter(|code| self.ascii >> code & 1 == 1);
        ascii.map(char::from).chain(self.others.iter().copied())
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = Self::default();
        chars.into_iter().for_each(|char| set.insert(char));
        set
    }
}
