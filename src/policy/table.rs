//! Exact counts of the strings that a policy allows and, from those, exact samples.
//!
//! A *cell* is the characters with the same rights: in the same required sets, allowed first or not, last or not. A
//! *state* is the number of characters that each required set still lacks. Let V(i, r, o) be the number of strings of length r that begin
//! with one given character of cell i, hold no run longer than K, end as they may, and pay the debt o; A(r, o) their sum
//! over all characters; and G(i, r, o) = A(r, o) − V(i, r, o), those that begin with another character. Take the first
//! character away: what is left is any string, but none that begins with K more of the same:
//!
//! V(i, r, o) = A(r−1, o⊖1) − G(i, r−1−K, o⊖(K+1))
//!
//! where o⊖c is what is owed after c characters of the cell: less in every set that the cell is in, never below 0.
//! Nothing is subtracted while r ≤ K. A string of length 0 counts 1 where nothing is owed and the character before it
//! may stand last. (Without sets this is the recurrence of the Smirnov words of Goulden and Jackson, "Combinatorial
//! Enumeration", 1983, 2.4.)
//!
//! A sample is the string of a random rank, found run by run: the cell by V, the character, then the length ℓ of its
//! run by G(i, r−ℓ, o⊖ℓ).
//!
//! Which rules fit: the least number of characters of a set, which characters may stand first and last, and the longest
//! run. Each of them asks for a set that a character is in, or for the character before it. A rule across characters,
//! such as "no character twice" or "no three in alphabetical order", does not: the state would have to hold which
//! characters were used, and cells could not be counted together.

use std::{borrow::Cow, ops::RangeInclusive};

use num_bigint::BigUint;

use super::terms::{Rights, Terms};
use crate::{entropy::EntropyError, uniform::Uniform};

/// The most states × length², which is at most about a second. Where there are many cells, they count instead.
pub(crate) const MAX_WORK: u64 = 40_000_000;

/// Sampling needs rows of V that counting no longer needs. They are kept while the table has at most this many bytes,
/// and computed again beyond that.
const MAX_BYTES: u64 = 44 << 20;

static ZERO: BigUint = BigUint::ZERO;

/// Whether a table with this many states and cells can be built up to `length`.
pub(super) fn fits(states: u64, cells: usize, length: usize) -> bool {
    work(states, cells, length) <= MAX_WORK
}

fn work(states: u64, cells: usize, length: usize) -> u64 {
    let per_length = length.max(8 * cells) as u64;
    states.saturating_mul(length as u64 * per_length)
}

/// Why there is no table.
#[derive(Debug)]
pub(super) enum NoTable {
    TooLarge,
    /// No length has enough strings; the most there are.
    TooFew(BigUint),
}

pub(super) struct Table {
    cells: Vec<Cell>,
    /// The most sets that one character is in.
    at_once: usize,
    /// The states are numbered in mixed radix.
    debts: Vec<Debt>,
    states: usize,
    max_run: usize,
    /// The length that is counted for, if it is known: states that cannot arise on the way to it are left out.
    target: Option<usize>,
    /// A by length and state.
    all: Vec<Vec<BigUint>>,
    /// V by length, state and cell. A row is empty where V is an entry of A, and where it is computed again.
    kept: Vec<Vec<BigUint>>,
    /// The size of both, in bytes.
    bytes: u64,
}

struct Cell {
    rights: Rights,
    members: Vec<u32>,
}

/// A required set.
struct Debt {
    minimum: usize,
    stride: usize,
}

impl Table {
    /// The table for strings of `length` characters.
    pub(super) fn of_length(terms: &Terms, length: usize) -> Result<Self, NoTable> {
        let mut table = Self::new(terms, Some(length))?;
        for _ in 0..length {
            table.grow()?;
        }
        Ok(table)
    }

    /// The table for the shortest strings of one of `lengths` of which there are at least 2^`bits`.
    pub(super) fn of_bits(
        terms: &Terms,
        bits: u64,
        lengths: RangeInclusive<usize>,
    ) -> Result<Self, NoTable> {
        let mut table = Self::new(terms, None)?;
        let mut most = BigUint::ZERO;
        for length in 1..=*lengths.end() {
            table.grow()?;
            if lengths.contains(&length) {
                let total = table.total();
                if total.bits() > bits {
                    return Ok(table);
                }
                most = most.max(total);
            }
        }
        Err(NoTable::TooFew(most))
    }

    /// A table with no length but 0 in it.
    fn new(terms: &Terms, target: Option<usize>) -> Result<Self, NoTable> {
        let cells = terms.cells();
        let at_once = cells.keys().map(|rights| rights.sets.count_ones() as usize);
        let at_once = at_once.fold(1, usize::max);
        let least = terms.minima.iter().sum::<usize>().div_ceil(at_once);
        if !fits(terms.states(), cells.len(), target.unwrap_or(least)) {
            return Err(NoTable::TooLarge);
        }
        let mut states = 1;
        let debts = (terms.minima.iter())
            .map(|&minimum| {
                let stride = states;
                states *= minimum + 1;
                Debt { minimum, stride }
            })
            .collect();
        let mut empty = vec![BigUint::ZERO; states];
        empty[0] = 1_u32.into();
        Ok(Self {
            at_once,
            cells: (cells.into_iter())
                .map(|(rights, members)| Cell { rights, members })
                .collect(),
            debts,
            states,
            max_run: terms.max_run,
            target,
            all: vec![empty],
            kept: vec![Vec::new()],
            bytes: 0,
        })
    }

    /// Adds one more length.
    fn grow(&mut self) -> Result<(), NoTable> {
        let length = self.all.len();
        if !fits(self.states as u64, self.cells.len(), length) {
            return Err(NoTable::TooLarge);
        }
        let mut all = vec![BigUint::ZERO; self.states];
        // One product after another, so that none is allocated.
        let mut product = BigUint::ZERO;
        let mut row = Vec::new();
        if length > self.max_run {
            row.resize(self.states * self.cells.len(), BigUint::ZERO);
        }
        for (state, all) in all.iter_mut().enumerate() {
            if !self.may_arise(state, length) {
                continue;
            }
            for (index, cell) in self.cells.iter().enumerate() {
                let strings = self.beginning(index, length, state);
                product.clone_from(&strings);
                product *= cell.members.len();
                *all += &product;
                if let Some(value) = row.get_mut(state * self.cells.len() + index) {
                    *value = strings.into_owned();
                }
            }
        }
        self.bytes += bytes(&all) + bytes(&row);
        self.all.push(all);
        self.kept.push(row);
        let max_run = self.max_run;
        let is_needed = |row| {
            row + max_run >= length && self.target.is_none_or(|target| row + max_run < target)
        };
        for (length, row) in self.kept.iter_mut().enumerate() {
            if self.bytes > MAX_BYTES && !is_needed(length) {
                self.bytes -= bytes(row);
                *row = Vec::new();
            }
        }
        Ok(())
    }

    /// Whether `state` can be owed, and be paid, with `length` characters to come.
    fn may_arise(&self, state: usize, length: usize) -> bool {
        let (mut owed, mut paid) = (0, 0);
        for debt in &self.debts {
            let left = debt.left(state);
            owed += left;
            paid += debt.minimum - left;
        }
        let is_early = |target| paid <= (target - length) * self.at_once;
        owed <= length * self.at_once && self.target.is_none_or(is_early)
    }

    /// The state after `count` characters of `cell`.
    fn after(&self, state: usize, cell: usize, count: usize) -> usize {
        let sets = self.cells[cell].rights.sets;
        let is_paid = |&(set, _): &(usize, &Debt)| sets >> set & 1 == 1;
        let paid = self.debts.iter().enumerate().filter(is_paid);
        let paid = paid.map(|(_, debt)| debt.left(state).min(count) * debt.stride);
        state - paid.sum::<usize>()
    }

    /// A: the strings that may follow a character of the cell, whatever they begin with.
    fn any(&self, cell: usize, length: usize, state: usize) -> &BigUint {
        if length == 0 && !self.cells[cell].rights.last {
            return &ZERO;
        }
        &self.all[length][state]
    }

    /// V: the strings that begin with a given character of the cell.
    fn beginning(&self, cell: usize, length: usize, state: usize) -> Cow<'_, BigUint> {
        if let Some(row) = self.kept.get(length).filter(|row| !row.is_empty()) {
            return Cow::Borrowed(&row[state * self.cells.len() + cell]);
        }
        let any = self.any(cell, length - 1, self.after(state, cell, 1));
        match length.checked_sub(self.max_run + 1) {
            None => Cow::Borrowed(any),
            Some(rest) => {
                let state = self.after(state, cell, self.max_run + 1);
                Cow::Owned(any - self.others(cell, rest, state))
            }
        }
    }

    /// G: the strings that may follow a run of a character of the cell.
    fn others(&self, cell: usize, length: usize, state: usize) -> BigUint {
        match length {
            0 => self.any(cell, 0, state).clone(),
            _ => &self.all[length][state] - &*self.beginning(cell, length, state),
        }
    }

    /// Leaves everything to be computed again that can be.
    #[cfg(test)]
    pub(super) fn forget(&mut self) {
        self.kept.clear();
    }

    /// What it took to build it.
    pub(super) fn work(&self) -> u64 {
        work(self.states as u64, self.cells.len(), self.length())
    }

    /// The length of the strings, in characters.
    pub(super) fn length(&self) -> usize {
        self.all.len() - 1
    }

    /// The number of strings.
    pub(super) fn total(&self) -> BigUint {
        (self.cells.iter().enumerate())
            .filter(|(_, cell)| cell.rights.first)
            .map(|(index, cell)| {
                &*self.beginning(index, self.length(), self.states - 1) * cell.members.len()
            })
            .sum()
    }

    /// Fills `indices` with one of the strings, each equally likely.
    pub(super) fn sample<U: Uniform + ?Sized>(
        &self,
        uniform: &mut U,
        indices: &mut [u32],
    ) -> Result<(), EntropyError> {
        let mut rank = uniform.below_big(&self.total())?;
        // Whether the rank is among the next `strings`; if not, it is made the rank among those behind them.
        let found = |rank: &mut BigUint, strings: &BigUint| {
            let found = *rank < *strings;
            if !found {
                *rank -= strings;
            }
            found
        };
        let (mut state, mut previous) = (self.states - 1, None);
        let mut rest = indices;
        while !rest.is_empty() {
            // How many characters of a cell may begin the run: not the one before.
            let eligible = |index: usize| match previous {
                None if self.cells[index].rights.first => self.cells[index].members.len(),
                None => 0,
                Some((cell, _)) => self.cells[index].members.len() - usize::from(cell == index),
            };
            let cell = (0..self.cells.len())
                .find(|&index| {
                    let strings = self.beginning(index, rest.len(), state);
                    found(&mut rank, &(&*strings * eligible(index)))
                })
                .expect("the cells add up to what the rank is below");
            let each = self.beginning(cell, rest.len(), state);
            let member = usize::try_from(&rank / &*each).expect("it is below the eligible ones");
            rank -= &*each * member;
            let run = (1..=rest.len())
                .find(|&run| {
                    let state = self.after(state, cell, run);
                    found(&mut rank, &self.others(cell, rest.len() - run, state))
                })
                .expect("the lengths of the run add up to it");
            let member = match previous {
                Some((before, skipped)) if before == cell && member >= skipped => member + 1,
                _ => member,
            };
            let (filled, after) = rest.split_at_mut(run);
            filled.fill(self.cells[cell].members[member]);
            rest = after;
            state = self.after(state, cell, run);
            previous = Some((cell, member));
        }
        Ok(())
    }
}

impl Debt {
    /// How much of it is owed in `state`.
    fn left(&self, state: usize) -> usize {
        state / self.stride % (self.minimum + 1)
    }
}

/// The size of a row in memory, in bytes: its numbers, and what it takes to allocate their digits.
fn bytes(row: &[BigUint]) -> u64 {
    let digits = row.iter().filter(|value| value.bits() > 0);
    let digits: u64 = digits.map(|value| value.bits().div_ceil(8) + 16).sum();
    size_of_val(row) as u64 + digits
}
