//! Reading into memory that may not be there.

use std::io::{self, Read};

use anyhow::Context;

use super::Source;
use crate::memory;

/// How many bytes are read at a time, at least: what fits into a cache of the processor.
pub(crate) const BLOCK: usize = 256 * 1024;

/// Appends at most `size` bytes of `stream` to `buffer`, fewer only at its end, and returns how many.
///
/// # Errors
/// The stream cannot be read, or there is not enough memory.
pub(super) fn append(
    stream: &mut impl Read,
    size: usize,
    buffer: &mut Vec<u8>,
) -> io::Result<usize> {
    // `read_to_end` would grow a full buffer, and abort where it cannot. It looks for the end with some bytes to spare.
    const SPARE: usize = 64;
    memory::reserve(|| buffer.try_reserve_exact(size + SPARE)).map_err(io::Error::other)?;
    stream.take(size as u64).read_to_end(buffer)
}

/// All of `source`, or more than `most` bytes of it.
///
/// # Errors
/// It cannot be read, or there is not enough memory.
pub(crate) fn read_at_most(mut source: Source, most: usize) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    loop {
        let size = (text.len() / 2).clamp(BLOCK, most + 1);
        let read = append(&mut source, size, &mut text)
            .with_context(|| format!("cannot read {}", source.name))?;
        if read < size || text.len() > most {
            return Ok(text);
        }
    }
}
