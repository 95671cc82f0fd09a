//! Memory that grows with the input: reserved, so that too little of it is an error and does not abort the process.

use std::{collections::TryReserveError, fmt};

/// The system does not give as much memory as is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutOfMemory;

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is not enough memory")
    }
}

impl std::error::Error for OutOfMemory {}

impl From<TryReserveError> for OutOfMemory {
    fn from(_: TryReserveError) -> Self {
        Self
    }
}

/// An empty vector with room for exactly `capacity` elements.
pub(crate) fn vec<T>(capacity: usize) -> Result<Vec<T>, OutOfMemory> {
    let mut vec = Vec::new();
    vec.try_reserve_exact(capacity)?;
    Ok(vec)
}

/// A vector of `length` times `value`.
pub(crate) fn vec_of<T: Clone>(value: T, length: usize) -> Result<Vec<T>, OutOfMemory> {
    let mut vec = vec(length)?;
    vec.resize(length, value);
    Ok(vec)
}

/// Adds `value` to `vec`, which grows if it is full.
#[inline]
pub(crate) fn push<T>(vec: &mut Vec<T>, value: T) -> Result<(), OutOfMemory> {
    vec.try_reserve(1)?;
    vec.push(value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_machine_has_is_an_error() {
        for length in [isize::MAX as usize, usize::MAX] {
            assert_eq!(vec::<u8>(length), Err(OutOfMemory));
            assert_eq!(vec_of(0_u64, length), Err(OutOfMemory));
        }
    }
}
