//! One value longer than 64 KiB, as fast as a pipe can take it.
//!
//! The first 64 KiB are the kernel's own bytes. Each further 64 KiB is the AES-256-CTR keystream (counter from 0) of a
//! fresh key, drawn from the kernel for that chunk alone and wiped before the chunk is used. No state outlives a chunk,
//! so there is nothing to reseed, and nothing that a fork or a restored snapshot could repeat.
//!
//! The fast back ends of `aes` are younger than its audit, so tests compare them with published vectors and with the
//! portable back end. Without AES instructions every byte comes from the kernel, which is faster than AES in software.

use aes::Aes256Enc;
use ctr::{
    Ctr32BE,
    cipher::{Iv, Key, KeyIvInit, StreamCipher},
};
use zeroize::Zeroize;

use super::{CHUNK, Entropy, EntropyError, batch::Batch};
use crate::memory::{CIPHER_STACK, wipe_stack};

type Aes256Ctr = Ctr32BE<Aes256Enc>;

/// The chunks of one value.
pub(crate) struct Stream<'a, 'b> {
    source: &'a mut Batch<'b>,
    expands: bool,
    started: bool,
    expanded: bool,
}

impl<'a, 'b> Stream<'a, 'b> {
    /// A value whose chunks after the first are expanded, if `expand` allows it and the processor has AES instructions.
    pub(crate) fn new(source: &'a mut Batch<'b>, expand: bool) -> Self {
        Self::on(aes::hardware_accelerated(), source, expand)
    }

    fn on(has_aes: bool, source: &'a mut Batch<'b>, expand: bool) -> Self {
        Self {
            source,
            expands: expand && has_aes,
            started: false,
            expanded: false,
        }
    }

    /// Generates the next chunk of the value, at most [`CHUNK`] bytes.
    pub(crate) fn fill(&mut self, chunk: &mut [u8]) -> Result<(), EntropyError> {
        assert!(chunk.len() <= CHUNK);
        if !self.started {
            self.started = true;
            return self.source.fill(chunk);
        }
        // Nothing in advance: a key is drawn for its chunk alone.
        let source = self.source.source();
        if !self.expands {
            return source.fill(chunk);
        }
        let mut key = Key::<Aes256Ctr>::default();
        let drawn = source.fill(&mut key);
        if drawn.is_ok() {
            expand(&key, chunk);
            self.expanded = true;
        }
        key.zeroize();
        drawn
    }
}

/// The cipher leaves its last blocks and copies of its round keys on the stack.
impl Drop for Stream<'_, '_> {
    fn drop(&mut self) {
        if self.expanded {
            wipe_stack::<CIPHER_STACK>();
        }
    }
}

/// Strength in bits of a value of `bytes` bytes: 8 for each byte from the kernel, 256 for each key.
pub(crate) fn value_bits(bytes: u64, expand: bool) -> f64 {
    bits_on(aes::hardware_accelerated(), bytes, expand)
}

fn bits_on(has_aes: bool, bytes: u64, expand: bool) -> f64 {
    let chunk = CHUNK as u64;
    if !(expand && has_aes) || bytes <= chunk {
        return 8.0 * bytes as f64;
    }
    let further = bytes - chunk;
    let (whole, rest) = (further / chunk, further % chunk);
    8.0 * chunk as f64 + 256.0 * whole as f64 + (8.0 * rest as f64).min(256.0)
}

// Not inlined: what it leaves on the stack has to lie below the frame that drops the stream.
#[inline(never)]
fn expand(key: &Key<Aes256Ctr>, chunk: &mut [u8]) {
    Aes256Ctr::new(key, &Iv::<Aes256Ctr>::default()).write_keystream(chunk);
}

#[cfg(test)]
mod tests;
