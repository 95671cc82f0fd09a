//! One string of a policy, each equally likely.
//!
//! While at least half of all strings are allowed, each character is drawn freely, and a string that breaks a rule is
//! drawn again: the others stay equally likely. Where fewer are allowed, strings come from the table.

use num_bigint::BigUint;
use zeroize::Zeroizing;

use super::{
    Policy,
    free::Free,
    refusal::{self, Refusal},
    table::Table,
    terms::Terms,
};
use crate::{entropy::EntropyError, strength::Length, uniform::Uniform};

/// A free string is rejected with a probability of at most 1/2: this many in a row, with at most 2^-128.
const MAX_TRIES: usize = 128;

/// Makes strings of one policy and length, any number of them.
pub(crate) struct Sampler {
    alphabet: Vec<char>,
    /// The characters, if each is one byte.
    ascii: Option<Vec<u8>>,
    count: BigUint,
    method: Method,
    indices: Zeroizing<Vec<u32>>,
    max_bytes: usize,
    work: u64,
}

pub(super) enum Method {
    Free(Free),
    Table(Table),
}

impl Sampler {
    /// Prepares to draw from the strings of `policy`.
    ///
    /// # Errors
    /// If there are none, or they cannot be counted in reasonable time and memory.
    pub(crate) fn new(policy: &Policy, size: Length) -> Result<Self, Refusal> {
        refusal::check(policy, size)?;
        let terms = Terms::new(policy);
        let table = match size {
            Length::Units(length) => Table::of_length(&terms, length as usize),
            Length::Bits(bits) => {
                let (least, most) = (*policy.lengths.start(), *policy.lengths.end());
                Table::of_bits(&terms, bits, least as usize..=most as usize)
            }
        };
        let table = table.map_err(|none| refusal::uncounted(policy, &terms, size, none))?;
        let (length, count) = (table.length(), table.total());
        match count.bits() {
            0 => return Err(refusal::why(policy, &terms, length)),
            1 => return Err(Refusal::OnlyOne),
            _ => {}
        }
        let work = table.work();
        let free = Free::new(&terms, length);
        let method = match &count * 2_u32 >= free.count(length) {
            true => Method::Free(free),
            false => Method::Table(table),
        };
        Ok(Self {
            work,
            ..Self::with(policy.alphabet.clone(), length, count, method)
        })
    }

    pub(super) fn with(alphabet: Vec<char>, length: usize, count: BigUint, method: Method) -> Self {
        let ascii = |&char: &char| u8::try_from(char).ok().filter(u8::is_ascii);
        let widest = alphabet.iter().map(|char| char.len_utf8()).max();
        Self {
            max_bytes: length * widest.unwrap_or(0),
            ascii: alphabet.iter().map(ascii).collect(),
            alphabet,
            count,
            method,
            indices: Zeroizing::new(vec![0; length]),
            work: 0,
        }
    }

    /// What it took to count the strings: at most [`MAX_WORK`](super::MAX_WORK).
    pub(crate) fn work(&self) -> u64 {
        self.work
    }

    /// The number of strings the policy allows, exactly.
    pub(crate) fn count(&self) -> &BigUint {
        &self.count
    }

    /// The length of every string, in characters.
    pub(crate) fn length(&self) -> usize {
        self.indices.len()
    }

    /// The length of the longest string, in bytes of UTF-8.
    pub(crate) fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    /// Appends one string to `text`, in UTF-8. A caller that has reserved [`max_bytes`](Self::max_bytes) is left with
    /// no copy of it elsewhere in memory.
    pub(crate) fn sample<U: Uniform + ?Sized>(
        &mut self,
        uniform: &mut U,
        text: &mut Vec<u8>,
    ) -> Result<(), EntropyError> {
        for _ in 0..MAX_TRIES {
            if self.attempt(uniform)? {
                self.write(text);
                return Ok(());
            }
        }
        Err(EntropyError::Rejected)
    }

    /// Draws one candidate; returns whether it keeps every rule.
    pub(super) fn attempt<U: Uniform + ?Sized>(
        &mut self,
        uniform: &mut U,
    ) -> Result<bool, EntropyError> {
        match &self.method {
            Method::Free(free) => free.sample(uniform, &mut self.indices),
            Method::Table(table) => table.sample(uniform, &mut self.indices).map(|()| true),
        }
    }

    pub(super) fn write(&self, text: &mut Vec<u8>) {
        let indices = self.indices.iter().map(|&index| index as usize);
        match &self.ascii {
            Some(ascii) => text.extend(indices.map(|index| ascii[index])),
            None => {
                for index in indices {
                    let char = self.alphabet[index];
                    text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
    }
}
