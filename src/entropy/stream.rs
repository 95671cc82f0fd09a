//! One value longer than 64 KiB, as fast as a pipe takes it.
//!
//! Its first 64 KiB are the kernel's own bytes. Each further 64 KiB is the AES-256-CTR keystream (counter from 0) of
//! a fresh key drawn from the kernel for that chunk alone, and forgotten before the chunk is used. No state outlives
//! a chunk, so there is nothing to reseed, and nothing that a fork or a restored snapshot could repeat.
//!
//! The back ends of `aes` that are fast are younger than its audit; the tests compare them with published vectors
//! and with the portable one. A processor without AES instructions gets the kernel's bytes throughout: they are
//! faster than AES in software.

use aes::Aes256Enc;
use ctr::{
    Ctr32BE,
    cipher::{Iv, Key, KeyIvInit, StreamCipher},
};
use zeroize::Zeroize;

use super::{Entropy, EntropyError};

/// Length of a chunk in bytes: what is made from one key.
pub const CHUNK: usize = 64 * 1024;

type Aes256Ctr = Ctr32BE<Aes256Enc>;

/// The chunks of one value.
pub struct Stream<'a> {
    source: &'a mut dyn Entropy,
    expands: bool,
    started: bool,
}

impl<'a> Stream<'a> {
    /// A value whose chunks after the first are expanded where `expand` allows and the processor makes it worth while.
    pub fn new(source: &'a mut dyn Entropy, expand: bool) -> Self {
        Self {
            source,
            expands: expand && has_aes_instructions(),
            started: false,
        }
    }

    /// Makes the next chunk of the value, at most [`CHUNK`] bytes long.
    pub fn fill(&mut self, chunk: &mut [u8]) -> Result<(), EntropyError> {
        assert!(chunk.len() <= CHUNK);
        if !self.started || !self.expands {
            self.started = true;
            return self.source.fill(chunk);
        }
        let mut key = Key::<Aes256Ctr>::default();
        let drawn = self.source.fill(&mut key);
        if drawn.is_ok() {
            expand(&key, chunk);
        }
        key.zeroize();
        drawn
    }
}

/// Bits of strength in a value of `bytes` bytes: those of the kernel's bytes and of the keys in it.
pub fn strength(bytes: u64, expand: bool) -> f64 {
    let chunk = CHUNK as u64;
    if !(expand && has_aes_instructions()) || bytes <= chunk {
        return 8.0 * bytes as f64;
    }
    let further = bytes - chunk;
    let (whole, rest) = (further / chunk, further % chunk);
    8.0 * chunk as f64 + 256.0 * whole as f64 + (8.0 * rest as f64).min(256.0)
}

fn expand(key: &Key<Aes256Ctr>, chunk: &mut [u8]) {
    Aes256Ctr::new(key, &Iv::<Aes256Ctr>::default()).write_keystream(chunk);
}

fn has_aes_instructions() -> bool {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    return std::is_x86_feature_detected!("aes");
    #[cfg(target_arch = "aarch64")]
    return std::arch::is_aarch64_feature_detected!("aes");
    #[allow(unreachable_code)]
    false
}
