//! Strings with minima, built from the end: exact counts of them and, from those, exact samples.
//!
//! Let A be a set of classes with minima mⱼ, n the number of characters in them and outside all classes, and N(A, r)
//! the number of strings of length r over those characters that meet the minima of A. Take the last character of such
//! a string away. Either what is left meets the minima, or exactly one is missed, by one: that of the class j which
//! the last character is in. Then the other mⱼ−1 characters of class j (of its sⱼ) stand anywhere, and what is around
//! them is a string over A without j:
//!
//! N(A, r) = n · N(A, r−1) + Σⱼ sⱼ · C(r−1, mⱼ−1) sⱼ^(mⱼ−1) · N(A∖j, r−mⱼ)
//!
//! One sum of at most k+1 terms for each length and set, however high the minima are: 2^k · L sums in all. Read from
//! left to right it counts; read as a choice among its terms it samples, and no string is ever rejected.
//!
//! The rule for the last character restricts the first step of this. The rule for the first one needs a second table,
//! of *anchored* strings: what stands first in them stays first until it is the only one left, or until it is one
//! of the characters of a class that is put in.

use num_bigint::BigUint;
use zeroize::Zeroizing;

use super::shape::{Shape, below};
use crate::{entropy::EntropyError, uniform::Uniform};

/// A table larger than this is not built, in bytes.
const MAX_TABLE: usize = 64 << 20;

pub(super) struct Completions {
    /// The number of all strings.
    pub(super) total: BigUint,
    length: usize,
    first: usize,
    last: usize,
    classes: Vec<Class>,
    /// For each set of classes (a bit mask) its characters and those outside all classes.
    sets: Vec<Vec<u32>>,
    /// N by anchored or not, set and length.
    strings: [Vec<Vec<BigUint>>; 2],
}

struct Class {
    minimum: usize,
    members: Vec<u32>,
    /// C(o, c) · s^c by o: how c = m−1 characters of this class, or c = m−2, can stand in o places.
    placements: [Vec<BigUint>; 2],
}

/// Where the building stands: so many characters still to come, in front of those that are there.
#[derive(Clone, Copy)]
struct State {
    anchored: bool,
    set: usize,
    length: usize,
}

/// One term of the sum.
struct Step {
    /// The last character is of any class of the set, or completes this one.
    completes: Option<usize>,
    /// The first character of the string is of the completed class, too.
    takes_first: bool,
    ways: BigUint,
    then: State,
}

impl Completions {
    /// The tables for `shape`, which limits no run here; or nothing, if they would be too large.
    pub(super) fn new(shape: &Shape) -> Option<Self> {
        let (length, sets) = (shape.length, 1 << shape.required.len());
        let bits = (usize::BITS - shape.open.all.leading_zeros()) as usize;
        let row = 2 * sets * (size_of::<BigUint>() + length * bits / 16 + 16);
        if row * length > MAX_TABLE {
            return None;
        }
        let classes_of = shape.classes();
        let mut completions = Self {
            total: BigUint::ZERO,
            length,
            first: shape.open.first,
            last: shape.open.last,
            classes: (shape.required.iter())
                .map(|required| Class {
                    minimum: required.minimum,
                    members: required.members.clone(),
                    placements: [1, 2].map(|fewer| {
                        let size = required.members.len();
                        match required.minimum.checked_sub(fewer) {
                            Some(count) => placements(count, size, length),
                            None => vec![BigUint::ZERO; length],
                        }
                    }),
                })
                .collect(),
            sets: (0..sets)
                .map(|set| {
                    (0..)
                        .zip(&classes_of)
                        .filter(|(_, class)| class.is_none_or(|class| set >> class & 1 == 1))
                        .map(|(index, _)| index)
                        .collect()
                })
                .collect(),
            strings: [const { Vec::new() }; 2],
        };
        completions.count();
        Some(completions)
    }

    fn count(&mut self) {
        let sets = self.sets.len();
        for anchored in [false, true] {
            let mut empty = vec![vec![BigUint::ZERO]; sets];
            // Only the empty set asks for nothing. An empty string has no first character to be anchored.
            if !anchored {
                empty[0][0] = 1_u32.into();
            }
            self.strings[usize::from(anchored)] = empty;
        }
        for length in 1..self.length {
            for set in 0..sets {
                for anchored in [false, true] {
                    let state = State {
                        anchored,
                        set,
                        length,
                    };
                    let strings = self.sum(state, usize::MAX);
                    self.strings[usize::from(anchored)][set].push(strings);
                }
            }
        }
        self.total = self.sum(self.start(), self.last);
    }

    fn start(&self) -> State {
        State {
            anchored: true,
            set: self.sets.len() - 1,
            length: self.length,
        }
    }

    fn sum(&self, state: State, limit: usize) -> BigUint {
        let (state, limit) = self.settled(state, limit);
        self.steps(state, limit)
            .map(|step| step.ways * self.strings(step.then))
            .sum()
    }

    /// Where the only character left is the first, its rule limits it, and nothing is anchored any more.
    fn settled(&self, state: State, limit: usize) -> (State, usize) {
        if state.anchored && state.length == 1 {
            let anchored = false;
            (State { anchored, ..state }, limit.min(self.first))
        } else {
            (state, limit)
        }
    }

    fn strings(&self, state: State) -> &BigUint {
        &self.strings[usize::from(state.anchored)][state.set][state.length]
    }

    /// Every way the last character of a string can be chosen below `limit`.
    fn steps(&self, state: State, limit: usize) -> impl Iterator<Item = Step> {
        let State {
            anchored,
            set,
            length,
        } = state;
        let any = Step {
            completes: None,
            takes_first: false,
            ways: below(&self.sets[set], limit).into(),
            then: State {
                length: length - 1,
                ..state
            },
        };
        let complete = move |(index, class): (usize, &Class), takes_first: bool| {
            let [others, others_but_first] = &class.placements;
            let last = below(&class.members, limit);
            let inner = length - 1 - usize::from(anchored);
            Step {
                completes: Some(index),
                takes_first,
                ways: if takes_first {
                    &others_but_first[inner] * last * below(&class.members, self.first)
                } else {
                    &others[inner] * last
                },
                then: State {
                    anchored: anchored && !takes_first,
                    set: set & !(1 << index),
                    length: length - class.minimum,
                },
            }
        };
        let completing = (self.classes.iter().enumerate())
            .filter(move |(index, class)| set >> index & 1 == 1 && class.minimum <= length);
        let first_too = completing
            .clone()
            .filter(move |(_, class)| anchored && class.minimum > 1);
        std::iter::once(any)
            .chain(completing.map(move |class| complete(class, false)))
            .chain(first_too.map(move |class| complete(class, true)))
    }

    /// Fills `indices` with one of the strings, each equally likely.
    pub(super) fn sample<U: Uniform + ?Sized>(
        &self,
        uniform: &mut U,
        indices: &mut [u32],
    ) -> Result<(), EntropyError> {
        // The places left; the first one stays first while it is anchored, the order of the others says nothing.
        let mut open: Zeroizing<Vec<usize>> = Zeroizing::new((0..self.length).collect());
        let mut chosen = uniform.below_big(&self.total)?;
        let (mut state, mut limit) = (self.start(), self.last);
        while let Some(place) = open.pop() {
            (state, limit) = self.settled(state, limit);
            let step = self
                .steps(state, limit)
                .find(|step| {
                    let strings = &step.ways * self.strings(step.then);
                    let found = chosen < strings;
                    if !found {
                        chosen -= strings;
                    }
                    found
                })
                .expect("the steps add up to what was drawn from");
            // What is left of the choice is uniform below the number of strings that may follow.
            chosen /= step.ways;
            let Some(class) = step.completes else {
                indices[place] = draw(uniform, &self.sets[state.set], limit)?;
                (state, limit) = (step.then, usize::MAX);
                continue;
            };
            let Class {
                minimum, members, ..
            } = &self.classes[class];
            indices[place] = draw(uniform, members, limit)?;
            let inner = usize::from(state.anchored);
            for _ in 1 + usize::from(step.takes_first)..*minimum {
                let other = inner + uniform.below((open.len() - inner) as u64)? as usize;
                indices[open.swap_remove(other)] = draw(uniform, members, usize::MAX)?;
            }
            if step.takes_first {
                indices[open.swap_remove(0)] = draw(uniform, members, self.first)?;
            }
            (state, limit) = (step.then, usize::MAX);
        }
        Ok(())
    }
}

/// One of the ascending `members` below `limit`.
fn draw<U: Uniform + ?Sized>(
    uniform: &mut U,
    members: &[u32],
    limit: usize,
) -> Result<u32, EntropyError> {
    Ok(members[uniform.below(below(members, limit) as u64)? as usize])
}

/// C(o, `count`) · `size`^`count` for every o < `end`.
fn placements(count: usize, size: usize, end: usize) -> Vec<BigUint> {
    let first = BigUint::from(size).pow(count as u32);
    let ways = (count + 1..).scan(first, |ways, open| {
        let next = &*ways * open / (open - count);
        Some(std::mem::replace(ways, next))
    });
    std::iter::repeat_n(BigUint::ZERO, count)
        .chain(ways)
        .take(end)
        .collect()
}
