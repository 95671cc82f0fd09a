//! Exactly uniform integers, drawn from any source of random bytes by multiplication and rejection.

#[cfg(test)]
mod proofs;

#[cfg(test)]
pub(crate) use proofs::{Ratio, law};

use num_bigint::BigUint;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, EntropyError};

/// Each draw is rejected with a probability below 1/2, so this many in a row have a probability below 2^-128.
const MAX_DRAWS: usize = 128;

/// Exactly uniform integers. Every [`Entropy`] source has them.
pub(crate) trait Uniform {
    /// An integer x with 0 ≤ x < `n`, each with probability 1/n.
    ///
    /// # Panics
    /// If `n` is 0: there is no such integer.
    fn below(&mut self, n: u64) -> Result<u64, EntropyError>;

    /// An integer x with 0 ≤ x < `n` of any size, each with probability 1/`n`.
    ///
    /// # Panics
    /// If `n` is 0.
    fn below_big(&mut self, n: &BigUint) -> Result<BigUint, EntropyError>;

    /// Fills `indices` with independent integers below `n`.
    ///
    /// # Panics
    /// If `n` is 0.
    fn fill_below(&mut self, n: u32, indices: &mut [u32]) -> Result<(), EntropyError> {
        indices.iter_mut().try_for_each(|index| {
            *index = self.below(n.into())? as u32;
            Ok(())
        })
    }
}

impl<E: Entropy + ?Sized> Uniform for E {
    #[inline]
    fn below(&mut self, n: u64) -> Result<u64, EntropyError> {
        let mut index = [0];
        below_each(self, n, n, &mut index)?;
        Ok(index[0])
    }

    fn below_big(&mut self, n: &BigUint) -> Result<BigUint, EntropyError> {
        if let Ok(n) = u64::try_from(n) {
            return self.below(n).map(BigUint::from);
        }
        let bits = (n - 1u32).bits();
        let mut bytes = Zeroizing::new(vec![0; bits.div_ceil(8) as usize]);
        for _ in 0..MAX_DRAWS {
            self.fill(&mut bytes)?;
            bytes[0] >>= 8 * bytes.len() as u64 - bits;
            let x = BigUint::from_bytes_be(&bytes);
            if x < *n {
                return Ok(x);
            }
        }
        Err(EntropyError::Rejected)
    }

    fn fill_below(&mut self, n: u32, indices: &mut [u32]) -> Result<(), EntropyError> {
        // As many at a time as one 64-bit word holds.
        let powers = std::iter::successors(Some(u64::from(n)), |power| power.checked_mul(n.into()));
        let (at_once, product) = (1..)
            .zip(powers.take(indices.len()))
            .last()
            .unwrap_or((1, n.into()));
        let mut chunks = indices.chunks_exact_mut(at_once);
        chunks.try_for_each(|chunk| below_each(self, n.into(), product, chunk))?;
        match chunks.into_remainder() {
            [] => Ok(()),
            rest => below_each(self, n.into(), u64::from(n).pow(rest.len() as u32), rest),
        }
    }
}

/// Fills `digits` with independent integers below `n`, all from one word: the shortest that holds `product`, n^len.
#[inline]
fn below_each<E: Entropy + ?Sized, D: Digit>(
    entropy: &mut E,
    n: u64,
    product: u64,
    digits: &mut [D],
) -> Result<(), EntropyError> {
    assert!(n > 0, "there is no integer below 0");
    if let (Ok(n), Ok(product)) = (u16::try_from(n), u16::try_from(product)) {
        by_rejection::<u16, E, D>(entropy, n, product, digits)
    } else if let (Ok(n), Ok(product)) = (u32::try_from(n), u32::try_from(product)) {
        by_rejection::<u32, E, D>(entropy, n, product, digits)
    } else {
        by_rejection::<u64, E, D>(entropy, n, product, digits)
    }
}

/// Exactly uniform digits below `n` from one word of w bits; `product` is n^len, and below 2^w.
///
/// Read the word x as the fraction x/2^w and cut its range into n equal parts: the part that it lies in is the first
/// digit. Its place within that part is a fraction again, which gives the next digit, and so on. 2^w mod n^len of the
/// 2^w words are too many; the last fraction identifies them, and they are rejected.
///
/// Lemire, "Fast random integer generation in an interval" (2019), doi:10.1145/3230636; for several digits
/// Brackett-Rozinsky and Lemire, "Batched ranged random integer generation" (2024), doi:10.1002/spe.3369.
#[inline]
fn by_rejection<W: Word, E: Entropy + ?Sized, D: Digit>(
    entropy: &mut E,
    n: W,
    product: W,
    digits: &mut [D],
) -> Result<(), EntropyError> {
    for _ in 0..MAX_DRAWS {
        let mut rest = W::draw(entropy)?;
        for digit in digits.iter_mut() {
            let (high, low) = rest.widening_mul(n);
            *digit = D::from_word(high.into());
            rest = low;
        }
        // The remainder costs a division and is below the product, so most words do not need it.
        if rest >= product || rest >= product.power_of_two_mod() {
            return Ok(());
        }
    }
    Err(EntropyError::Rejected)
}

/// An unsigned machine word of w bits.
trait Word: Copy + Ord + Into<u64> {
    fn draw<E: Entropy + ?Sized>(entropy: &mut E) -> Result<Self, EntropyError>;
    /// The high and the low word of the product.
    fn widening_mul(self, other: Self) -> (Self, Self);
    /// 2^w mod self.
    fn power_of_two_mod(self) -> Self;
}

macro_rules! word {
    ($word:ty, $double:ty) => {
        impl Word for $word {
            #[inline]
            fn draw<E: Entropy + ?Sized>(entropy: &mut E) -> Result<Self, EntropyError> {
                let mut bytes = [0; size_of::<$word>()];
                entropy.fill(&mut bytes)?;
                Ok(<$word>::from_le_bytes(bytes))
            }

            #[inline]
            fn widening_mul(self, other: Self) -> (Self, Self) {
                let product = <$double>::from(self) * <$double>::from(other);
                ((product >> <$word>::BITS) as $word, product as $word)
            }

            #[inline]
            fn power_of_two_mod(self) -> Self {
                self.wrapping_neg() % self
            }
        }
    };
}

word!(u16, u32);
word!(u32, u64);
word!(u64, u128);

/// Where a digit is stored; it is known to fit.
trait Digit {
    fn from_word(word: u64) -> Self;
}

impl Digit for u32 {
    #[inline]
    fn from_word(word: u64) -> Self {
        word as Self
    }
}

impl Digit for u64 {
    #[inline]
    fn from_word(word: u64) -> Self {
        word
    }
}

#[cfg(test)]
mod tests;
