//! Integers from a range, in decimal digits: any number of independent ones, or distinct ones in random order.

use num_bigint::{BigInt, BigUint, Sign};
use zeroize::Zeroizing;

use crate::{
    alphabet::Alphabet,
    entropy::{Batch, CHUNK, EntropyError},
    items::{draw_indices, draw_sparsely},
    uniform::Uniform,
};

/// The integers from `low` to `low + size - 1`.
#[derive(Clone, Debug)]
pub(crate) struct Range {
    low: BigInt,
    size: BigUint,
    /// `low`, if each of them is a machine word.
    small: Option<i64>,
}

impl Range {
    /// `size` integers, at least 1, of which `low` is the least.
    pub(crate) fn new(low: BigInt, size: BigUint) -> Self {
        let high = &low + BigInt::from(&size - 1u32);
        let small = i64::try_from(&low)
            .ok()
            .filter(|_| i64::try_from(high).is_ok());
        Self { low, size, small }
    }

    /// How many there are.
    pub(crate) fn size(&self) -> &BigUint {
        &self.size
    }

    /// Random bytes that one of them is expected to take.
    pub(crate) fn expected_bytes(&self) -> u64 {
        (&self.size - 1u32)
            .bits()
            .div_ceil(8)
            .clamp(1, CHUNK as u64)
    }

    /// What one of them could be made of.
    pub(crate) fn alphabet(&self) -> Alphabet {
        let sign = (self.low.sign() == Sign::Minus).then_some('-');
        Alphabet {
            is_integer: true,
            ..Alphabet::any(('0'..='9').chain(sign), 1)
        }
    }

    /// Hands `wanted` distinct ones to `take`, at most all; each ordered selection is equally likely. The memory they
    /// take is reserved before anything is drawn.
    ///
    /// # Errors
    /// There is not enough memory, or those of the source of randomness and of `take`.
    pub(crate) fn sample<U: Uniform + ?Sized>(
        &self,
        wanted: u64,
        uniform: &mut U,
        mut take: impl FnMut(&[u8]) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let Ok(size) = u64::try_from(&self.size) else {
            let take = |index: BigUint| take(&self.large(index));
            return draw_sparsely(self.size.clone(), wanted, uniform, take);
        };
        let mut decimal = Decimal::default();
        let take = |index: u64| match self.small {
            Some(low) => take(decimal.digits(low.wrapping_add_unsigned(index))),
            None => take(&self.large(index.into())),
        };
        // What is moved about takes several times the memory of a place in a list of all.
        if size / 4 <= wanted {
            draw_indices(size, wanted, uniform, take)
        } else {
            draw_sparsely(size, wanted, uniform, take)
        }
    }

    /// The digits of one that is not a machine word.
    fn large(&self, index: BigUint) -> Zeroizing<Vec<u8>> {
        let integer = &self.low + BigInt::from(index);
        Zeroizing::new(integer.to_string().into_bytes())
    }
}

/// Independent integers from a range, each equally likely.
pub(crate) struct Integers {
    range: Range,
    /// Those of a machine word, of which as many are drawn together as fit into a word.
    small: Option<Small>,
}

struct Small {
    low: i64,
    size: u32,
    /// How many more are wanted.
    left: u64,
    /// The indices drawn last; those before `next` are used.
    indices: Zeroizing<Vec<u32>>,
    next: usize,
    decimal: Decimal,
}

/// How many integers are drawn together.
const AT_ONCE: u64 = 1024;

impl Integers {
    /// `count` integers from `range`.
    pub(crate) fn new(range: Range, count: u64) -> Self {
        let size = u32::try_from(&range.size).ok();
        let small = size.zip(range.small).map(|(size, low)| Small {
            low,
            size,
            left: count,
            indices: Zeroizing::new(Vec::new()),
            next: 0,
            decimal: Decimal::default(),
        });
        Self { range, small }
    }

    /// The range.
    pub(crate) fn range(&self) -> &Range {
        &self.range
    }

    /// Hands the digits of the next one to `take`.
    ///
    /// # Errors
    /// Those of the source of randomness and of `take`.
    pub(crate) fn next(
        &mut self,
        entropy: &mut Batch<'_>,
        take: impl FnOnce(&[u8]) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        match &mut self.small {
            Some(small) => {
                let integer = small.next(entropy)?;
                take(small.decimal.digits(integer))
            }
            None => {
                let index = entropy.below_big(&self.range.size)?;
                take(&self.range.large(index))
            }
        }
    }
}

impl Small {
    #[inline]
    fn next(&mut self, entropy: &mut Batch<'_>) -> Result<i64, EntropyError> {
        if self.next == self.indices.len() {
            self.refill(entropy)?;
        }
        let index = self.indices[self.next];
        self.next += 1;
        Ok(self.low + i64::from(index))
    }

    #[cold]
    fn refill(&mut self, entropy: &mut Batch<'_>) -> Result<(), EntropyError> {
        // As many as are wanted, and no more: what is drawn is printed.
        let count = self.left.clamp(1, AT_ONCE);
        self.left -= self.left.min(count);
        self.indices.resize(count as usize, 0);
        self.next = 0;
        entropy.fill_below(self.size, &mut self.indices)
    }
}

/// Length of the longest `i64`: a sign and 19 digits.
const LONGEST: usize = 20;

/// Decimal digits, in a buffer that is wiped at the end.
#[derive(Default)]
struct Decimal(Zeroizing<[u8; LONGEST]>);

impl Decimal {
    /// The digits of `integer`. The standard library takes several times as long to find them, since it can do much
    /// more.
    #[inline]
    fn digits(&mut self, integer: i64) -> &[u8] {
        let text = &mut *self.0;
        let mut start = LONGEST;
        let mut rest = integer.unsigned_abs();
        // Two at a time: each step has to wait for the division before it.
        while rest >= 10 {
            let pair = (rest % 100) as u8;
            rest /= 100;
            start -= 2;
            text[start] = b'0' + pair / 10;
            text[start + 1] = b'0' + pair % 10;
        }
        if rest > 0 || start == LONGEST {
            start -= 1;
            text[start] = b'0' + rest as u8;
        }
        if integer < 0 {
            start -= 1;
            text[start] = b'-';
        }
        &text[start..]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::uniform::{Ratio, law};

    #[test]
    fn digits_equal_those_of_the_standard_library() {
        let mut integers: Vec<i64> = (-1000..1000).collect();
        let powers = (0..63)
            .map(|power| 1 << power)
            .chain((0..19).map(|power| 10_i64.pow(power)));
        integers.extend(powers.flat_map(|power| [power - 1, power, 1 - power, -power]));
        integers.extend([i64::MIN, i64::MIN + 1, i64::MAX]);
        let mut decimal = Decimal::default();
        for integer in integers {
            let digits = decimal.digits(integer);
            assert_eq!(digits, integer.to_string().as_bytes());
        }
    }

    /// Every ordered sample of so many integers, which must be equally likely.
    fn samples(low: BigInt, size: u32, wanted: u64) -> Vec<Vec<BigInt>> {
        let range = Range::new(low, size.into());
        let law: BTreeMap<Vec<BigInt>, Ratio> = law(|uniform| {
            let mut drawn = Vec::new();
            let taken = range.sample(wanted, uniform, |digits| {
                drawn.push(str::from_utf8(digits)?.parse()?);
                Ok(())
            });
            taken.unwrap();
            Ok(drawn)
        });
        let each = Ratio::one_in(law.len() as u128);
        assert!(law.values().all(|probability| *probability == each));
        law.into_keys().collect()
    }

    #[test]
    fn every_ordered_sample_of_a_range_is_equally_likely() {
        for (size, wanted) in [(1, 1), (5, 1), (5, 2), (5, 5), (9, 2), (13, 3)] {
            for low in [
                BigInt::from(-2),
                BigInt::from(i64::MAX) - 1,
                BigInt::from(10).pow(30),
            ] {
                let mut samples = samples(low.clone(), size, wanted);
                let count = (0..wanted)
                    .map(|left| u64::from(size) - left)
                    .product::<u64>();
                assert_eq!(samples.len() as u64, count, "{wanted} of {size}");
                for sample in &mut samples {
                    sample.sort();
                    sample.dedup();
                    assert_eq!(sample.len() as u64, wanted);
                    assert!(sample[0] >= low && sample[sample.len() - 1] < &low + size);
                }
            }
        }
    }
}
