//! What is made of random bytes: exactly uniform integers, choices, passphrases.
//!
//! Pure: everything takes the source of its randomness as a parameter and touches nothing else. [`Uniform`] is the
//! one way from bytes to numbers; what is built on it draws only through [`Uniform`], so that a test can put every
//! possible draw in.

mod items;
pub mod passphrase;
mod shuffle;
pub mod strength;
mod uniform;
#[cfg(test)]
pub(crate) mod walker;

pub use items::{Draw, Items, Reservoir, Text, draw_all};
pub use shuffle::Shuffle;
pub use uniform::Uniform;

/// The longest password or passphrase, in bytes of UTF-8: text so long is built whole.
pub const MAX_BYTES: usize = 64 * 1024;
