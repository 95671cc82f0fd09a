//! Distinct positions out of many, with memory for the drawn ones alone.

use std::{
    hash::{BuildHasherDefault, DefaultHasher, Hash},
    ops::{Add, Sub},
};

use num_bigint::BigUint;

use crate::{
    entropy::EntropyError,
    memory::{self, OutOfMemory},
    uniform::Uniform,
};

/// What was moved, by the position that it was moved to. This hasher has no key of random bytes, which std would ask
/// for by itself; the positions are random enough.
#[allow(clippy::disallowed_types)]
type Moved<P> = std::collections::HashMap<P, P, BuildHasherDefault<DefaultHasher>>;

/// A position, of a machine word or of any size.
pub(crate) trait Index:
    Clone + Eq + Hash + From<u64> + Add<Output = Self> + Sub<Output = Self>
{
    /// A uniform position before this one.
    fn before<U: Uniform + ?Sized>(&self, uniform: &mut U) -> Result<Self, EntropyError>;

    /// Bytes that a position takes beside its own type.
    fn bytes_apart(&self) -> usize;
}

impl Index for u64 {
    fn before<U: Uniform + ?Sized>(&self, uniform: &mut U) -> Result<Self, EntropyError> {
        uniform.below(*self)
    }

    fn bytes_apart(&self) -> usize {
        0
    }
}

impl Index for BigUint {
    fn before<U: Uniform + ?Sized>(&self, uniform: &mut U) -> Result<Self, EntropyError> {
        uniform.below_big(self)
    }

    fn bytes_apart(&self) -> usize {
        // Whole words, and what the allocator adds.
        self.bits().div_ceil(64) as usize * 8 + 32
    }
}

/// Hands `wanted` distinct positions before `count`, at most all, to `take`; each ordered selection is equally likely.
///
/// These are the first steps of the shuffle of Fisher and Yates. Only positions that were moved are kept.
///
/// # Errors
/// There is not enough memory, there are no random bytes, or `take` fails.
pub(crate) fn draw_sparsely<P: Index, U: Uniform + ?Sized>(
    count: P,
    wanted: u64,
    uniform: &mut U,
    mut take: impl FnMut(P) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut moved = reserved(&count, wanted)?;
    for step in 0..wanted {
        let step = P::from(step);
        let drawn = step.clone() + (count.clone() - step.clone()).before(uniform)?;
        let first = moved.get(&step).unwrap_or(&step).clone();
        take(if drawn == step {
            first
        } else {
            moved.insert(drawn.clone(), first).unwrap_or(drawn)
        })?;
    }
    Ok(())
}

/// Room for `wanted` positions before `count`, each at another one.
fn reserved<P: Index>(count: &P, wanted: u64) -> Result<Moved<P>, OutOfMemory> {
    let wanted = usize::try_from(wanted).map_err(|_| OutOfMemory)?;
    let mut moved = Moved::default();
    memory::reserve(|| moved.try_reserve(wanted))?;
    // Large positions are allocated one by one: at least there is room for all of them now.
    let apart = count
        .bytes_apart()
        .checked_mul(2)
        .and_then(|both| both.checked_mul(wanted));
    memory::vec::<u8>(apart.ok_or(OutOfMemory)?)?;
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uniform::{Ratio, law};

    #[test]
    fn large_positions_are_drawn_as_small_ones() {
        fn law_of<P: Index + Ord>(count: P, wanted: u64) -> Vec<(Vec<P>, Ratio)> {
            let law = law(|uniform| {
                let mut drawn = Vec::new();
                let all = draw_sparsely(count.clone(), wanted, uniform, |position| {
                    drawn.push(position);
                    Ok(())
                });
                all.unwrap();
                Ok(drawn)
            });
            law.into_iter().collect()
        }
        for wanted in 1..=4 {
            let words = law_of(4_u64, wanted);
            let large = law_of(BigUint::from(4_u32), wanted);
            assert_eq!(words.len() as u64, (5 - wanted..=4).product::<u64>());
            assert!(
                words
                    .iter()
                    .all(|(_, each)| *each == Ratio::one_in(words.len() as u128))
            );
            for ((words, one), (large, other)) in words.iter().zip(&large) {
                assert_eq!(one, other);
                assert!(
                    words
                        .iter()
                        .zip(large)
                        .all(|(word, large)| BigUint::from(*word) == *large)
                );
            }
        }
    }

    #[test]
    fn memory_is_reserved_before_anything_is_drawn() {
        let mut nothing = crate::entropy::Scripted::new([]);
        for wanted in [1 << 60, u64::MAX] {
            let error = draw_sparsely(u64::MAX, wanted, &mut nothing, |_| Ok(())).unwrap_err();
            assert!(error.is::<OutOfMemory>(), "{error}");
        }
        let huge = BigUint::from(1_u32) << (1_u32 << 20);
        let error = draw_sparsely(huge, 1 << 40, &mut nothing, |_| Ok(())).unwrap_err();
        assert!(error.is::<OutOfMemory>(), "{error}");
    }
}
