//! A stream of items, read in blocks of whole items.

use std::io::Read;

use anyhow::Context;

use super::read::{BLOCK, append};
use crate::{error::Error, items::Lines};

/// The longest item, in bytes: a stream without a delimiter does not fill the memory.
const LONGEST: usize = 64 << 20;

/// A stream in blocks of whole items.
pub(crate) struct Blocks<R> {
    stream: R,
    name: String,
    delimiter: u8,
    /// How many bytes a block has, at least.
    least: usize,
    buffer: Vec<u8>,
    /// Length of the block handed out last, at the start of the buffer.
    done: usize,
}

impl<R: Read> Blocks<R> {
    /// The items of `stream`, which messages call `name`; each ends with `delimiter`. A block has `least` bytes or
    /// more, but for the last.
    pub(crate) fn new(stream: R, name: String, delimiter: u8, least: usize) -> Self {
        Self {
            stream,
            name,
            delimiter,
            least,
            buffer: Vec::new(),
            done: 0,
        }
    }

    /// From here on, a block has `least` bytes or more.
    pub(crate) fn of_at_least(mut self, least: usize) -> Self {
        self.least = least;
        self
    }

    /// What messages call the stream.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Hands all that is left to `take`: blocks, and how many items are in each. But for the last they have at least
    /// `wanted` items.
    ///
    /// # Errors
    /// As [`next`](Self::next), or `take` fails.
    pub(crate) fn each(
        &mut self,
        wanted: u64,
        mut take: impl FnMut(&Lines<'_>, usize) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        loop {
            let (block, count, is_last) = self.next(wanted)?;
            take(&block, count)?;
            if is_last {
                return Ok(());
            }
        }
    }

    /// The next block, how many items are in it, and whether it is the last. But for the last it has at least
    /// `wanted` items.
    ///
    /// # Errors
    /// The stream cannot be read, an item is too long, or there is not enough memory.
    pub(crate) fn next(&mut self, wanted: u64) -> anyhow::Result<(Lines<'_>, usize, bool)> {
        self.buffer.drain(..self.done);
        let mut complete = 0;
        let mut count = 0;
        loop {
            let start = self.buffer.len();
            // By half as much again each time, for a stream that is read whole. An item that is too long does not fit
            // into a part.
            let size = (start / 2).clamp(BLOCK, LONGEST);
            let read = append(&mut self.stream, size, &mut self.buffer)
                .with_context(|| format!("cannot read {}", self.name))?;
            let first = memchr::memchr(self.delimiter, &self.buffer[start..]).unwrap_or(read);
            if start + first - complete > LONGEST {
                let message = format!("an item in {} is longer than 64 MiB", self.name);
                return Err(Error::usage(message).into());
            }
            if read < size {
                self.done = self.buffer.len();
                let block = Lines {
                    text: &self.buffer,
                    delimiter: self.delimiter,
                };
                return Ok((block, block.count(), true));
            }
            let fresh = &self.buffer[start..];
            count += memchr::memchr_iter(self.delimiter, fresh).count();
            if let Some(last) = memchr::memrchr(self.delimiter, fresh) {
                complete = start + last + 1;
            }
            if count as u64 >= wanted && self.buffer.len() >= self.least {
                self.done = complete;
                let block = Lines {
                    text: &self.buffer[..complete],
                    delimiter: self.delimiter,
                };
                return Ok((block, count, false));
            }
        }
    }
}

#[cfg(test)]
mod tests;
