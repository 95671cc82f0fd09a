//! What is made of random bytes: exactly uniform integers, choices, passwords.
//!
//! Pure: everything takes the source of its randomness as a parameter and touches nothing else. [`Uniform`] is the
//! one way from bytes to numbers; what is built on it draws only through [`Uniform`], so that a test can put every
//! possible draw in.

mod items;
mod uniform;

pub use items::{Draw, Items, Reservoir, Text, draw_all};
pub use uniform::Uniform;

use num_bigint::BigUint;

/// The logarithm of `n` to base 2: the bits in a choice from `n`. Exact for powers of two, and to 1e-9.
pub fn log2(n: &BigUint) -> f64 {
    // All but the leading 64 bits are below what a double tells apart.
    let dropped = n.bits().saturating_sub(64);
    let leading = u64::try_from(n >> dropped).expect("64 bits are left");
    (leading as f64).log2() + dropped as f64
}
