//! Exactly uniform integers, drawn from any source of random bytes.

mod integers;
#[cfg(test)]
mod walker;

pub(crate) use integers::Uniform;
#[cfg(test)]
pub(crate) use walker::{Ratio, law};
