//! Integers from a range, in decimal digits: any number of independent ones, or distinct ones in random order.

use num_bigint::{BigInt, BigUint, Sign};
use zeroize::Zeroizing;

use crate::{
    chars::{LARGEST_INTEGER, Shape},
    entropy::{Batch, CHUNK, EntropyError},
    items::{draw_indices, draw_sparsely},
    output::Output,
    uniform::Uniform,
};

/// The integers from `low` to `low + size - 1`.
#[derive(Clone, Debug)]
pub(crate) struct Interval {
    low: BigInt,
    size: BigUint,
    /// `low`, if each of them is a machine word.
    small: Option<i64>,
}

impl Interval {
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

    /// Random bytes that one of them is expected to take: a machine word, or as many as a larger integer has.
    pub(crate) fn expected_bytes(&self) -> u64 {
        match self.size.bits() {
            0..=16 => 2,
            17..=32 => 4,
            33..=64 => 8,
            _ => (&self.size - 1u32).bits().div_ceil(8).min(CHUNK as u64),
        }
    }

    /// What one of them could be made of.
    pub(crate) fn shape(&self) -> Shape {
        let sign = (self.low.sign() == Sign::Minus).then_some('-');
        let last = &self.low + BigInt::from(&self.size - 1u32);
        let is_exact = |integer: &BigInt| *integer.magnitude() <= LARGEST_INTEGER.into();
        Shape {
            is_integer: is_exact(&self.low) && is_exact(&last),
            ..Shape::any(('0'..='9').chain(sign), 1)
        }
    }

    /// Hands `wanted` distinct integers to `take`, or all if there are fewer; each ordered selection is equally likely.
    /// Memory is reserved before anything is drawn.
    ///
    /// # Errors
    /// There is not enough memory, there are no random bytes, or `take` fails.
    pub(crate) fn sample<U: Uniform + ?Sized>(
        &self,
        wanted: u64,
        uniform: &mut U,
        mut take: impl FnMut(Drawn) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let Ok(size) = u64::try_from(&self.size) else {
            let take = |index: BigUint| take(self.large(index));
            return draw_sparsely(self.size.clone(), wanted, uniform, take);
        };
        let take = |index: u64| match self.small {
            Some(low) => take(Drawn::Small(low.wrapping_add_unsigned(index))),
            None => take(self.large(index.into())),
        };
        // A moved index takes several times the memory of one in a list of all.
        if size / 4 <= wanted {
            draw_indices(size, wanted, uniform, take)
        } else {
            draw_sparsely(size, wanted, uniform, take)
        }
    }

    fn large(&self, index: BigUint) -> Drawn {
        let integer = &self.low + BigInt::from(index);
        Drawn::Large(Zeroizing::new(integer.to_string().into_bytes()))
    }
}

/// Independent integers from a range, each equally likely.
pub(crate) struct Integers {
    range: Interval,
    /// If each is a machine word: as many as fit into a word are drawn together.
    small: Option<Small>,
}

struct Small {
    low: i64,
    size: u32,
    /// How many integers are still wanted.
    left: u64,
    /// The indices of the last draw; they are used up to `next`.
    indices: Zeroizing<Vec<u32>>,
    next: usize,
}

/// How many integers are drawn together.
const AT_ONCE: u64 = 1024;

impl Integers {
    /// `count` integers from `range`.
    pub(crate) fn new(range: Interval, count: u64) -> Self {
        let size = u32::try_from(&range.size).ok();
        let small = size.zip(range.small).map(|(size, low)| Small {
            low,
            size,
            left: count,
            indices: Zeroizing::new(Vec::new()),
            next: 0,
        });
        Self { range, small }
    }

    /// The range.
    pub(crate) fn range(&self) -> &Interval {
        &self.range
    }

    /// Writes the next one to `out`.
    ///
    /// # Errors
    /// There are no random bytes, or the output does not take the digits.
    #[inline]
    pub(crate) fn write(
        &mut self,
        entropy: &mut Batch<'_>,
        out: &mut Output,
    ) -> anyhow::Result<()> {
        match &mut self.small {
            Some(small) => Drawn::Small(small.next(entropy)?).write(out),
            None => {
                let index = entropy.below_big(&self.range.size)?;
                self.range.large(index).write(out)
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
        // No more than are wanted: everything that is drawn is printed.
        let count = self.left.clamp(1, AT_ONCE);
        self.left -= self.left.min(count);
        self.indices.resize(count as usize, 0);
        self.next = 0;
        entropy.fill_below(self.size, &mut self.indices)
    }
}

/// An integer that was drawn.
pub(crate) enum Drawn {
    /// A machine word.
    Small(i64),
    /// The digits of any other.
    Large(Zeroizing<Vec<u8>>),
}

impl Drawn {
    /// Writes it in decimal digits.
    ///
    /// # Errors
    /// The output does not take them.
    #[inline]
    pub(crate) fn write(self, out: &mut Output) -> anyhow::Result<()> {
        match self {
            Self::Small(integer) => out.write(itoa::Buffer::new().format(integer).as_bytes()),
            Self::Large(digits) => out.write(&digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::uniform::{Ratio, law};

    /// Every ordered sample of this many integers, which must be equally likely.
    fn samples(low: BigInt, size: u32, wanted: u64) -> Vec<Vec<BigInt>> {
        let range = Interval::new(low, size.into());
        let law: BTreeMap<Vec<BigInt>, Ratio> = law(|uniform| {
            let mut drawn = Vec::new();
            let taken = range.sample(wanted, uniform, |integer| {
                let mut text = Output::memory();
                integer.write(&mut text)?;
                drawn.push(str::from_utf8(&text.take()?)?.parse().unwrap());
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
