//! Strings with no long run, built from the front: exact counts of them and, from those, exact samples.
//!
//! The characters are parted into cells of equal rights: of the same class, and both or neither of them allowed at the
//! end. Let V(i, r, o) be the number of strings of length r that begin with one given character of cell i, hold no run
//! longer than K, end as the rule says, and have the minima o still to meet; A(r, o) their sum over all characters;
//! and G(i, r, o) = A(r, o) − V(i, r, o), those that begin with another character. Take the first character away: what
//! is left is any string, but none that begins with K more of the same:
//!
//! V(i, r, o) = A(r−1, o⊖1) − G(i, r−1−K, o⊖(K+1))
//!
//! where o⊖c is what is owed after c characters of the cell's class. The run needs no place in the state. (Without
//! minima this is the recurrence of the Smirnov words of Goulden and Jackson, "Combinatorial Enumeration", 1983, 2.4.)
//!
//! A sample is built run by run: the character, then the length ℓ of its run, by G(i, r−ℓ, o⊖ℓ).

use num_bigint::BigUint;

use super::shape::Shape;
use crate::{entropy::EntropyError, uniform::Uniform};

/// Rows are kept for sampling while they fit in so many bytes.
const MAX_TABLE: usize = 64 << 20;

/// The work spent on counting, in bytes written: less than a second.
const MAX_WORK: usize = 900_000_000;

/// What a number costs to compute besides its bytes, as much work as writing so many.
const OVERHEAD: usize = 128;

pub(super) struct Runs {
    max_run: usize,
    /// The length that is counted for: states that cannot arise on the way to it are left out.
    target: usize,
    cells: Vec<Cell>,
    /// The minima. What is left of them is a state, numbered in mixed radix.
    owed: Vec<Owed>,
    states: usize,
    /// By length and state: V for each cell, then A. Emptied where it is needed no more and there is no room.
    rows: Vec<Vec<BigUint>>,
    /// The size of each row in bytes.
    sizes: Vec<usize>,
    /// Emptied rows to be filled again. Allocating them anew would leave a hole each time.
    spare: Vec<Vec<BigUint>>,
    work: usize,
}

struct Owed {
    minimum: usize,
    stride: usize,
}

struct Cell {
    /// In ascending order, so that those that may stand first come first.
    members: Vec<u32>,
    first: usize,
    /// Which of the required classes it is in.
    class: Option<usize>,
    ends: bool,
}

impl Runs {
    /// A table with no length in it yet; nothing, if it would be too large. To find out which length serves,
    /// `target` is `usize::MAX`.
    pub(super) fn new(shape: &Shape, max_run: usize, target: usize) -> Option<Self> {
        let mut cells: Vec<Cell> = Vec::new();
        for (index, class) in shape.classes().into_iter().enumerate() {
            let ends = index < shape.open.last;
            let same = |cell: &Cell| cell.class == class && cell.ends == ends;
            let cell = cells.iter().position(same).unwrap_or_else(|| {
                cells.push(Cell {
                    members: Vec::new(),
                    first: 0,
                    class,
                    ends,
                });
                cells.len() - 1
            });
            cells[cell].members.push(index as u32);
            cells[cell].first += usize::from(index < shape.open.first);
        }
        let mut states = 1;
        let mut owed = Vec::new();
        for required in &shape.required {
            owed.push(Owed {
                minimum: required.minimum,
                stride: states,
            });
            states = (required.minimum + 1).checked_mul(states)?;
            if states > MAX_TABLE / (size_of::<BigUint>() * (cells.len() + 1)) {
                return None;
            }
        }
        Some(Self {
            max_run,
            target,
            cells,
            owed,
            states,
            rows: vec![Vec::new()],
            sizes: vec![0],
            spare: Vec::new(),
            work: 0,
        })
    }

    /// The table for `shape` at its length; nothing, if it would be too large.
    pub(super) fn up_to_length(shape: &Shape, max_run: usize) -> Option<Self> {
        let mut runs = Self::new(shape, max_run, shape.length)?;
        for _ in 0..shape.length {
            runs.grow()?;
        }
        Some(runs)
    }

    /// Adds one more length; nothing, if that is too much work or memory.
    pub(super) fn grow(&mut self) -> Option<()> {
        let length = self.rows.len();
        let mut row = self.spare.pop().unwrap_or_default();
        row.clear();
        row.resize(self.states * (self.cells.len() + 1), BigUint::ZERO);
        for (state, values) in row.chunks_mut(self.cells.len() + 1).enumerate() {
            if !self.may_arise(state, length) {
                continue;
            }
            let (all, values) = values.split_last_mut().expect("it has a place for the sum");
            for (index, (cell, value)) in self.cells.iter().zip(values).enumerate() {
                let state_after = |count| self.after(state, cell, count);
                *value = match length {
                    1 => self.others(index, 0, state_after(1)),
                    _ => self.all(length - 1, state_after(1)).clone(),
                };
                if length > self.max_run {
                    let too_long = self.max_run + 1;
                    *value -= self.others(index, length - too_long, state_after(too_long));
                }
                *all += &*value * cell.members.len();
            }
            self.work += OVERHEAD * (self.cells.len() + 1);
        }
        let digits = row.iter().map(|value| value.bits().div_ceil(8) as usize);
        let size = size_of_val(&row[..]) + digits.sum::<usize>();
        self.work += size;
        self.sizes.push(size);
        self.rows.push(row);
        let has_room = |sizes: &[usize]| sizes.iter().sum::<usize>() <= MAX_TABLE;
        if !has_room(&self.sizes) {
            let needless = self.rows.len().saturating_sub(self.max_run + 1);
            let emptied = self.rows[..needless].iter_mut().map(std::mem::take);
            self.spare.extend(emptied.filter(|row| !row.is_empty()));
            self.sizes[..needless].fill(0);
        }
        (has_room(&self.sizes) && self.work <= MAX_WORK).then_some(())
    }

    /// The number of strings of the greatest length in the table.
    pub(super) fn total(&self) -> BigUint {
        let (length, state) = (self.rows.len() - 1, self.states - 1);
        (self.cells.iter().enumerate())
            .map(|(index, cell)| self.beginning(index, length, state) * cell.first)
            .sum()
    }

    /// Whether every length is still in the table: what sampling needs.
    pub(super) fn is_whole(&self) -> bool {
        self.rows[1..].iter().all(|row| !row.is_empty())
    }

    /// Whether `state` can still be owed, and be met, with `length` characters to come.
    fn may_arise(&self, state: usize, length: usize) -> bool {
        let left = |owed: &Owed| state / owed.stride % (owed.minimum + 1);
        let left_over: usize = self.owed.iter().map(left).sum();
        let all: usize = self.owed.iter().map(|owed| owed.minimum).sum();
        left_over <= length && all - left_over <= self.target - length
    }

    /// What is owed of `state` after `count` characters of `cell`.
    fn after(&self, state: usize, cell: &Cell, count: usize) -> usize {
        cell.class.map_or(state, |class| {
            let Owed { minimum, stride } = self.owed[class];
            state - (state / stride % (minimum + 1)).min(count) * stride
        })
    }

    /// V, the strings that begin with a given character of the cell.
    fn beginning(&self, cell: usize, length: usize, state: usize) -> &BigUint {
        &self.rows[length][state * (self.cells.len() + 1) + cell]
    }

    /// A, all strings.
    fn all(&self, length: usize, state: usize) -> &BigUint {
        self.beginning(self.cells.len(), length, state)
    }

    /// G, the strings that may follow the end of a run of a character of the cell.
    fn others(&self, cell: usize, length: usize, state: usize) -> BigUint {
        match length {
            0 => u32::from(self.cells[cell].ends && state == 0).into(),
            _ => self.all(length, state) - self.beginning(cell, length, state),
        }
    }

    /// Fills `indices` with one of the strings, each equally likely.
    pub(super) fn sample<U: Uniform + ?Sized>(
        &self,
        uniform: &mut U,
        indices: &mut [u32],
    ) -> Result<(), EntropyError> {
        let mut chosen = uniform.below_big(&self.total())?;
        let (mut state, mut previous) = (self.states - 1, None);
        let mut rest = indices;
        while !rest.is_empty() {
            // How many characters of a cell may begin the run: not the one before.
            let eligible = |index: usize| match previous {
                None => self.cells[index].first,
                Some((cell, _)) => self.cells[index].members.len() - usize::from(cell == index),
            };
            let cell = (0..self.cells.len())
                .find(|&index| {
                    let strings = self.beginning(index, rest.len(), state) * eligible(index);
                    let found = chosen < strings;
                    if !found {
                        chosen -= strings;
                    }
                    found
                })
                .expect("the cells add up to what was drawn from");
            chosen /= eligible(cell);
            let run = (1..)
                .find(|&run| {
                    let state = self.after(state, &self.cells[cell], run);
                    let strings = self.others(cell, rest.len() - run, state);
                    let found = chosen < strings;
                    if !found {
                        chosen -= strings;
                    }
                    found
                })
                .expect("the lengths of the run add up to it");
            let mut member = uniform.below(eligible(cell) as u64)? as usize;
            if let Some((before, skipped)) = previous {
                member += usize::from(before == cell && member >= skipped);
            }
            let (filled, after) = rest.split_at_mut(run);
            filled.fill(self.cells[cell].members[member]);
            rest = after;
            state = self.after(state, &self.cells[cell], run);
            previous = Some((cell, member));
        }
        Ok(())
    }
}
