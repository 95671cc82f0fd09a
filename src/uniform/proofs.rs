//! The complete decision tree of whatever draws through [`Uniform`]: every answer to every draw, in exact arithmetic.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::Uniform;
use crate::entropy::EntropyError;

/// An exact probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    numerator: u128,
    denominator: u128,
}

impl Ratio {
    pub(crate) const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    pub(crate) fn one_in(denominator: u128) -> Self {
        Self {
            numerator: 1,
            denominator,
        }
    }

    pub(crate) fn at_least_half(self) -> bool {
        2 * self.numerator >= self.denominator
    }

    fn plus(self, other: Self) -> Self {
        let common = gcd(self.denominator, other.denominator);
        let numerator = self.numerator * (other.denominator / common)
            + other.numerator * (self.denominator / common);
        let denominator = self.denominator / common * other.denominator;
        let common = gcd(numerator, denominator);
        Self {
            numerator: numerator / common,
            denominator: denominator / common,
        }
    }
}

fn gcd(one: u128, other: u128) -> u128 {
    if other == 0 {
        one
    } else {
        gcd(other, one % other)
    }
}

/// Walks one path of the tree: answers with the bytes that are written down, and then 0.
struct Walker {
    /// Each answer so far, and below what it was asked for.
    path: Vec<(u64, u64)>,
    answered: usize,
}

impl Uniform for Walker {
    fn below(&mut self, n: u64) -> Result<u64, EntropyError> {
        assert!(n > 0, "there is no integer below 0");
        if self.answered == self.path.len() {
            self.path.push((0, n));
        }
        let (answer, asked) = self.path[self.answered];
        assert_eq!(n, asked, "the same answers lead to the same question");
        self.answered += 1;
        Ok(answer)
    }

    fn below_big(&mut self, n: &BigUint) -> Result<BigUint, EntropyError> {
        self.below(n.try_into().expect("a small tree"))
            .map(BigUint::from)
    }
}

/// What `run` makes of all possible draws: each outcome with its probability.
pub(crate) fn law<T: Ord>(
    mut run: impl FnMut(&mut dyn Uniform) -> Result<T, EntropyError>,
) -> BTreeMap<T, Ratio> {
    let mut law = BTreeMap::new();
    let mut walker = Walker {
        path: Vec::new(),
        answered: 0,
    };
    loop {
        walker.answered = 0;
        let outcome = run(&mut walker).expect("the walker always answers");
        let leaf = walker.path.iter().map(|&(_, n)| u128::from(n)).product();
        let sum = law.entry(outcome).or_insert(Ratio::ZERO);
        *sum = sum.plus(Ratio::one_in(leaf));
        // The next path: the last answer that can be raised is.
        while let Some((answer, n)) = walker.path.pop() {
            if answer + 1 < n {
                walker.path.push((answer + 1, n));
                break;
            }
        }
        if walker.path.is_empty() {
            return law;
        }
    }
}

#[test]
fn the_law_of_two_dice_is_known() {
    let law = law(|uniform| Ok(uniform.below(6)? + uniform.below(6)?));
    assert_eq!(law.len(), 11);
    assert_eq!(law[&0], Ratio::one_in(36));
    assert_eq!(law[&5], Ratio::one_in(6));
}
