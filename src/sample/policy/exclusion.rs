//! Counting by inclusion and exclusion: for low minima, at any length.
//!
//! A string breaks the minima if for some class j it holds fewer than mⱼ characters of it. By inclusion and exclusion
//! over the sets S of classes that fall short,
//!
//! T = Σ over S of (−1)^|S| · (strings in which every class of S falls short, the other classes being free).
//!
//! The inner number is a sum over how many characters d of the classes of S there are between the first and the last
//! one: their arrangements among themselves, times C(L−2, d) for where they stand, times n^(L−2−d) for the other
//! characters, n of which there are. Whether the first and the last character of the string are in S is kept apart,
//! since there are fewer to choose from.

use num_bigint::{BigInt, BigUint};

use super::shape::{Open, Required, Shape};

/// The number of strings of `shape`, which limits no run, exactly. Its cost grows with the square of the minima.
pub(super) fn count(shape: &Shape) -> BigUint {
    if shape.required.is_empty() {
        return shape.free();
    }
    let mut free = shape.open;
    for class in &shape.required {
        free.all -= class.members.len();
        free.first -= class.below(shape.open.first);
        free.last -= class.below(shape.open.last);
    }
    let nothing_yet = [vec![1_u32.into()], vec![], vec![], vec![]];
    signed(shape, &shape.required, free, nothing_yet)
        .try_into()
        .expect("a number of strings is not negative")
}

/// Arrangements of the characters of S by [which edges they hold](FIRST) and how many others there are.
type Short = [Vec<BigUint>; 4];

const FIRST: usize = 1;
const LAST: usize = 2;

/// The sum over the sets S that are `short` so far and any of the `undecided` classes.
fn signed(shape: &Shape, undecided: &[Required], free: Open, short: Short) -> BigInt {
    let Some((class, undecided)) = undecided.split_first() else {
        return strings(shape.length - 2, free, &short).into();
    };
    let class_open = Open {
        all: class.members.len(),
        first: class.below(shape.open.first),
        last: class.below(shape.open.last),
    };
    let shorter = joined(&short, class_open, class.minimum);
    let freer = Open {
        all: free.all + class_open.all,
        first: free.first + class_open.first,
        last: free.last + class_open.last,
    };
    signed(shape, undecided, freer, short) - signed(shape, undecided, free, shorter)
}

/// `short` with fewer than `minimum` characters of one more class put in.
fn joined(short: &Short, class: Open, minimum: usize) -> Short {
    let mut joined = Short::default();
    for (held, arrangements) in short.iter().enumerate() {
        for taken in (0..4).filter(|taken| taken & held == 0) {
            let at_edges = edges(class, taken);
            let sum = &mut joined[held | taken];
            // Those at the edges count too.
            for count in 0..minimum.saturating_sub(taken.count_ones() as usize) {
                let chars = BigUint::from(class.all).pow(count as u32) * at_edges;
                let mut places = BigUint::from(1_u32);
                for (others, arrangements) in arrangements.iter().enumerate() {
                    // C(others + count, count)
                    if others > 0 {
                        places = places * (others + count) / others;
                    }
                    let length = others + count;
                    if sum.len() <= length {
                        sum.resize(length + 1, BigUint::ZERO);
                    }
                    sum[length] += arrangements * &chars * &places;
                }
            }
        }
    }
    joined
}

/// How many ways there are to choose the characters at the edges in `taken`.
fn edges(open: Open, taken: usize) -> u64 {
    let first = if taken & FIRST == 0 { 1 } else { open.first };
    let last = if taken & LAST == 0 { 1 } else { open.last };
    first as u64 * last as u64
}

/// The number of strings with `inner` characters between their first and their last: the free ones around the short.
fn strings(inner: usize, free: Open, short: &Short) -> BigUint {
    let most = short.iter().map(Vec::len).max().unwrap_or(0).min(inner + 1);
    let mut sum = BigUint::ZERO;
    let mut places = BigUint::from(1_u32);
    // Horner's rule, so that there is one large power of the number of free characters.
    for count in 0..most {
        let arrangements: BigUint = (short.iter().enumerate())
            .filter_map(|(held, by_count)| Some(by_count.get(count)? * edges(free, !held & 3)))
            .sum();
        sum = sum * free.all + arrangements * &places;
        places = places * (inner - count) / (count + 1);
    }
    sum * BigUint::from(free.all).pow((inner + 1 - most) as u32)
}
