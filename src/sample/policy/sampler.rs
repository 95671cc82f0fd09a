//! One string of a policy, each equally likely.
//!
//! Three ways, all exact; the first that wastes no more than every other candidate, which is known exactly:
//!
//! 1. draw every character on its own, and start again if a rule is broken ([`free`](Sampler::free));
//! 2. with a limit to runs, build the string by [`Runs`]; nothing is wasted;
//! 3. build it by [`Completions`], and start again if a run is too long; without that rule nothing is wasted.

use num_bigint::BigUint;
use zeroize::Zeroizing;

use super::{
    PolicyError, completions::Completions, error::TooLarge, exclusion, runs::Runs, shape::Shape,
};
use crate::{entropy::EntropyError, strength, uniform::Uniform};

/// A candidate is rejected with a probability of at most 1/2, so that so many in a row have one of at most 2^-128.
const MAX_TRIES: usize = 128;

/// Minima that add up to no more than this are counted by inclusion and exclusion: cheap at any length.
const FEW: usize = 8;

/// Where the tables of [`Completions`] are too large, up to so many are: a quarter of a second.
const MANY: usize = 500;

/// Makes strings of one policy, any number of them.
pub struct Sampler {
    shape: Shape,
    count: BigUint,
    proposal: Proposal,
    /// For each character, 1 in the lane of its class.
    lanes: Vec<u64>,
    /// The characters, if each is one byte.
    ascii: Option<Vec<u8>>,
    indices: Zeroizing<Vec<u32>>,
}

pub(super) enum Proposal {
    Free,
    Runs(Runs),
    Completions(Completions),
}

/// All classes are counted at once, each in its own 16 bits of a word.
const LANE: usize = 16;
const LANES: usize = u64::BITS as usize / LANE;

impl Sampler {
    pub(super) fn new(shape: Shape) -> Result<Self, PolicyError> {
        let (count, proposal) = plan(&shape)?;
        Ok(Self::with(shape, count, proposal))
    }

    pub(super) fn with(shape: Shape, count: BigUint, proposal: Proposal) -> Self {
        assert!(shape.required.len() <= LANES);
        let lane = |class: Option<usize>| class.map_or(0, |class| 1 << (class * LANE));
        Self {
            count,
            proposal,
            lanes: shape.classes().into_iter().map(lane).collect(),
            ascii: (shape.chars.iter())
                .map(|&char| u8::try_from(char).ok().filter(u8::is_ascii))
                .collect(),
            indices: Zeroizing::new(vec![0; shape.length]),
            shape,
        }
    }

    /// The number of strings the policy allows, exactly.
    pub fn count(&self) -> &BigUint {
        &self.count
    }

    /// Their strength: log₂ of their number, in bits.
    #[cfg(test)]
    pub fn bits(&self) -> f64 {
        strength::bits(&self.count)
    }

    /// The length of every string, in characters.
    pub fn length(&self) -> usize {
        self.shape.length
    }

    /// The length of the longest string, in bytes of UTF-8.
    pub fn max_bytes(&self) -> usize {
        let widest = self.shape.chars.iter().map(|char| char.len_utf8()).max();
        self.shape.length * widest.unwrap_or(0)
    }

    /// Appends one string to `text`, in UTF-8. A caller that has reserved [`max_bytes`](Self::max_bytes) is left with
    /// no copy of it elsewhere in memory.
    pub fn sample<U: Uniform + ?Sized>(
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

    /// Draws one candidate; tells whether it holds to every rule.
    pub(super) fn attempt<U: Uniform + ?Sized>(
        &mut self,
        uniform: &mut U,
    ) -> Result<bool, EntropyError> {
        match &self.proposal {
            Proposal::Free => {
                self.free(uniform)?;
                Ok(self.meets_minima() && self.holds_no_long_run())
            }
            Proposal::Runs(runs) => runs.sample(uniform, &mut self.indices).map(|()| true),
            Proposal::Completions(completions) => {
                completions.sample(uniform, &mut self.indices)?;
                Ok(self.holds_no_long_run())
            }
        }
    }

    /// Draws every character from those that its place allows.
    fn free<U: Uniform + ?Sized>(&mut self, uniform: &mut U) -> Result<(), EntropyError> {
        let open = self.shape.open;
        let (mut from, mut to) = (0, self.indices.len());
        if open.first < open.all {
            self.indices[0] = uniform.below(open.first as u64)? as u32;
            from += 1;
        }
        if open.last < open.all {
            to -= 1;
            self.indices[to] = uniform.below(open.last as u64)? as u32;
        }
        uniform.fill_below(open.all as u32, &mut self.indices[from..to])
    }

    fn meets_minima(&self) -> bool {
        let mut counts = [0; LANES];
        for indices in self.indices.chunks(u16::MAX.into()) {
            let lanes: u64 = indices
                .iter()
                .map(|&index| self.lanes[index as usize])
                .sum();
            for (class, count) in counts.iter_mut().enumerate() {
                *count += usize::from((lanes >> (class * LANE)) as u16);
            }
        }
        (self.shape.required.iter().zip(counts)).all(|(class, count)| count >= class.minimum)
    }

    fn holds_no_long_run(&self) -> bool {
        self.shape.max_run.is_none_or(|max_run| {
            let mut runs = self.indices.chunk_by(|one, next| one == next);
            runs.all(|run| run.len() <= max_run)
        })
    }

    pub(super) fn write(&self, text: &mut Vec<u8>) {
        let indices = self.indices.iter().map(|&index| index as usize);
        match &self.ascii {
            Some(ascii) => text.extend(indices.map(|index| ascii[index])),
            None => {
                for index in indices {
                    let char = self.shape.chars[index];
                    text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
    }
}

/// How many strings there are, and how best to draw one.
pub(super) fn plan(shape: &Shape) -> Result<(BigUint, Proposal), PolicyError> {
    let free = shape.free();
    let is_good = |count: &BigUint| 2_u32 * count >= free;
    let minima: usize = (shape.required.iter())
        .map(|required| required.minimum)
        .sum();
    if let Some(max_run) = shape.max_run {
        let runs = Runs::up_to_length(shape, max_run).ok_or(TooLarge::Runs)?;
        let count = runs.total();
        if is_good(&count) {
            return Ok((count, Proposal::Free));
        }
        if runs.is_whole() {
            return Ok((count, Proposal::Runs(runs)));
        }
        return match Completions::new(shape) {
            Some(completions) if 2_u32 * &count >= completions.total => {
                Ok((count, Proposal::Completions(completions)))
            }
            _ => Err(TooLarge::Runs.into()),
        };
    }
    if minima <= FEW {
        let count = exclusion::count(shape);
        if is_good(&count) {
            return Ok((count, Proposal::Free));
        }
    }
    if let Some(completions) = Completions::new(shape) {
        let count = completions.total.clone();
        let proposal = if is_good(&count) {
            Proposal::Free
        } else {
            Proposal::Completions(completions)
        };
        return Ok((count, proposal));
    }
    if minima <= MANY {
        let count = exclusion::count(shape);
        if is_good(&count) {
            return Ok((count, Proposal::Free));
        }
    }
    Err(TooLarge::Minima.into())
}
