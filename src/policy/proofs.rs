//! The proofs: policies that are small enough to be counted one by one and whose draws can be walked completely.

use std::collections::BTreeSet;

use num_bigint::BigUint;

use super::{
    Class, Edge, MAX_LENGTH, Name, Policy, Preset, Refusal, Required, Sampler,
    free::Free,
    sampler::Method,
    table::Table,
    terms::{Rights, Terms},
};
use crate::{
    entropy::{Entropy, EntropyError},
    strength::{self, Length},
    uniform::{Ratio, law},
};

/// Every allowed string, by trying all strings of `length`.
fn allowed(terms: &Terms, length: usize) -> Vec<Vec<u32>> {
    let mut strings = vec![Vec::new()];
    for _ in 0..length {
        let longer = |string: &Vec<u32>| {
            let string = string.clone();
            (0..terms.rights.len() as u32).map(move |char| [&*string, &[char]].concat())
        };
        strings = strings.iter().flat_map(longer).collect();
    }
    strings.retain(|string| is_allowed(terms, string));
    strings
}

fn is_allowed(terms: &Terms, string: &[u32]) -> bool {
    let rights: Vec<Rights> = (string.iter())
        .map(|&char| terms.rights[char as usize])
        .collect();
    let is_met = |(set, &minimum): (usize, &usize)| {
        rights.iter().filter(|it| it.sets >> set & 1 == 1).count() >= minimum
    };
    rights[0].first
        && rights[string.len() - 1].last
        && terms.minima.iter().enumerate().all(is_met)
        && !(string.windows(terms.max_run + 1)).any(|run| run.iter().all(|char| *char == run[0]))
}

/// A generator of policies. Any will do; this one is the 64-bit one of Steele and Vigna (2021).
struct Policies(u64);

impl Policies {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(0xd133_5420_5e1d_a5c3).wrapping_add(1);
        (self.0 >> 33) as usize % n
    }

    /// Up to `chars` characters and 3 sets, which overlap as they like.
    fn terms(&mut self, chars: usize, minimum: usize) -> Terms {
        let sets = self.below(4);
        let (chars, edges) = (1 + self.below(chars), self.below(4));
        let mut stands = |edge: usize| edges & edge == 0 || self.below(2) == 0;
        let edges: Vec<_> = (0..chars).map(|_| (stands(1), stands(2))).collect();
        let rights = (edges.into_iter())
            .map(|(first, last)| Rights {
                sets: self.below(1 << sets) as u64,
                first,
                last,
            })
            .collect();
        Terms {
            rights,
            minima: (0..sets).map(|_| self.below(minimum + 1)).collect(),
            max_run: 1 + self.below(6),
        }
    }
}

#[test]
fn counts_of_random_policies_are_those_of_brute_force() {
    let mut policies = Policies(1);
    let mut possible = 0;
    for _ in 0..10_000 {
        let terms = policies.terms(4, 3);
        let length = 1 + policies.below(if terms.rights.len() < 3 { 7 } else { 5 });
        let count = BigUint::from(allowed(&terms, length).len());
        let table = Table::of_length(&terms, length).unwrap();
        assert_eq!(table.total(), count, "{length} of {terms:?}");
        possible += usize::from(count.bits() > 0);
    }
    assert!((3_000..9_000).contains(&possible), "{possible}");
}

#[test]
fn counts_without_limited_runs_are_sums_over_multinomials() {
    let mut policies = Policies(2);
    for _ in 0..1_000 {
        let mut terms = policies.terms(40, 4);
        let length = 1 + policies.below(8);
        terms.max_run = length;
        let table = Table::of_length(&terms, length).unwrap();
        assert_eq!(
            table.total(),
            by_multinomials(&terms, length),
            "{length} of {terms:?}"
        );
    }
}

/// The sum over all ways to share the places among the combinations of sets, of the arrangements and characters there
/// are for them. The first and the last place are shared one by one.
fn by_multinomials(terms: &Terms, length: usize) -> BigUint {
    let number = |sets: u64, may: &dyn Fn(&Rights) -> bool| {
        let is_one = |it: &&Rights| it.sets == sets && may(it);
        terms.rights.iter().filter(is_one).count()
    };
    let combinations: Vec<u64> = (0..1 << terms.minima.len()).collect();
    let mut sum = BigUint::ZERO;
    for &first in &combinations {
        if length == 1 {
            let counts = [(first, 1)];
            if meets(terms, &counts) {
                sum += number(first, &|it| it.first && it.last);
            }
            continue;
        }
        for &last in &combinations {
            let edges = number(first, &|it| it.first) * number(last, &|it| it.last);
            let mut shares = vec![(
                vec![(first, 1), (last, 1)],
                length - 2,
                BigUint::from(edges),
            )];
            for &sets in &combinations {
                let size = number(sets, &|_| true);
                shares = (shares.into_iter())
                    .flat_map(|(counts, left, ways)| {
                        (0..=left).map(move |count| {
                            let counts = [&*counts, &[(sets, count)]].concat();
                            let chars = BigUint::from(size).pow(count as u32);
                            (counts, left - count, &ways * choose(left, count) * chars)
                        })
                    })
                    .filter(|(_, _, ways)| ways.bits() > 0)
                    .collect();
            }
            let whole = shares
                .iter()
                .filter(|(counts, left, _)| *left == 0 && meets(terms, counts));
            sum += whole.map(|(_, _, ways)| ways).sum::<BigUint>();
        }
    }
    sum
}

fn meets(terms: &Terms, counts: &[(u64, usize)]) -> bool {
    terms.minima.iter().enumerate().all(|(set, &minimum)| {
        let members = counts.iter().filter(|(sets, _)| sets >> set & 1 == 1);
        members.map(|(_, count)| count).sum::<usize>() >= minimum
    })
}

fn choose(n: usize, k: usize) -> u64 {
    (0..k as u64).fold(1, |ways, index| ways * (n as u64 - index) / (index + 1))
}

#[test]
fn counts_with_limited_runs_are_the_smirnov_series() {
    // [x^L] 1/(1 − n w(x)) for w(x) = (x − x^(K+1)) / (1 − x^(K+1)): with d(x) = 1 − x^(K+1) − n (x − x^(K+1)),
    // the coefficients of (1 − x^(K+1)) / d(x).
    for (size, max_run, length) in [
        (2, 2, 30),
        (10, 1, 24),
        (26, 2, 40),
        (26, 3, 100),
        (5, 7, 50),
    ] {
        let mut series: Vec<num_bigint::BigInt> = Vec::new();
        for index in 0..=length {
            let mut term = match index {
                0 => 1.into(),
                _ if index == max_run + 1 => (-1).into(),
                _ => 0.into(),
            };
            if index >= 1 {
                term += &series[index - 1] * size;
            }
            if index > max_run {
                term -= &series[index - max_run - 1] * (size - 1);
            }
            series.push(term);
        }
        let any = Rights {
            sets: 0,
            first: true,
            last: true,
        };
        let terms = Terms {
            rights: vec![any; size],
            minima: Vec::new(),
            max_run,
        };
        let table = Table::of_length(&terms, length).unwrap();
        assert_eq!(num_bigint::BigInt::from(table.total()), series[length]);
    }
}

/// Checks that `method` draws each of the strings with equal probability, and nothing else. Rejected candidates lead to
/// an independent one, so that they change no ratio. Returns how likely one is not rejected.
fn assert_uniform(terms: &Terms, length: usize, method: Method) -> Ratio {
    let expected = allowed(terms, length);
    let alphabet = ('a'..).take(terms.rights.len()).collect();
    let mut sampler = Sampler::with(alphabet, length, BigUint::ZERO, method);
    let drawn = law(|uniform| {
        Ok(sampler.attempt(uniform)?.then(|| {
            let mut text = Vec::new();
            sampler.write(&mut text);
            let index = |char: &u8| u32::from(char - b'a');
            text.iter().map(index).collect::<Vec<_>>()
        }))
    });
    assert!(drawn.keys().flatten().eq(&expected), "{terms:?}");
    let each = drawn[&Some(expected[0].clone())];
    assert!(
        expected
            .into_iter()
            .all(|string| drawn[&Some(string)] == each),
        "{terms:?}"
    );
    law(|uniform| sampler.attempt(uniform))[&true]
}

#[test]
fn each_allowed_string_is_equally_likely_in_both_ways() {
    let mut policies = Policies(3);
    let mut walked = 0;
    while walked < 1_000 {
        let terms = policies.terms(5, 2);
        let length = 1 + policies.below(if terms.rights.len() < 4 { 5 } else { 4 });
        let table = Table::of_length(&terms, length).unwrap();
        let count = table.total();
        if count.bits() == 0 {
            continue;
        }
        walked += 1;
        let free = Free::new(&terms, length);
        let is_good = &count * 2_u32 >= free.count(length);
        let accepted = assert_uniform(&terms, length, Method::Free(free));
        assert_eq!(accepted.at_least_half(), is_good, "{terms:?}");
        let accepted = assert_uniform(&terms, length, Method::Table(table));
        assert_eq!(accepted, Ratio::one_in(1), "{terms:?}");
    }
}

#[test]
fn rows_that_are_not_kept_are_computed_again() {
    let terms = Terms {
        rights: (0..6)
            .map(|set| Rights {
                sets: 1 << (set / 2),
                first: set != 1,
                last: set != 4,
            })
            .collect(),
        minima: vec![2, 1, 2],
        max_run: 2,
    };
    let whole = Table::of_length(&terms, 9).unwrap();
    let mut bare = Table::of_length(&terms, 9).unwrap();
    bare.forget();
    assert_eq!(bare.total(), whole.total());
    for seed in 0..200 {
        let (mut one, mut other) = ([0; 9], [0; 9]);
        whole.sample(&mut Counting(seed), &mut one).unwrap();
        bare.sample(&mut Counting(seed), &mut other).unwrap();
        assert_eq!(one, other);
    }
}

/// Not random at all, but it meets every rule before long.
struct Counting(u8);

impl Entropy for Counting {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        for byte in buf {
            self.0 = self.0.wrapping_mul(5).wrapping_add(29);
            *byte = self.0;
        }
        Ok(())
    }
}

const CLASSES: [Class; 4] = [Class::Upper, Class::Lower, Class::Digit, Class::Symbol];

fn of_preset(preset: Preset) -> Policy {
    let class = |class| {
        Some((
            class,
            preset.minimum(class)?,
            preset.chars(class).chars().collect(),
        ))
    };
    let mut policy = Policy::of_classes(CLASSES.into_iter().filter_map(class));
    (policy.first, policy.last) = preset.edges();
    policy
}

/// The preset with these minima in the order of [`CLASSES`].
fn with_minima(preset: Preset, minima: [u64; 4]) -> Policy {
    let classes = CLASSES.into_iter().zip(minima);
    let class = |(class, minimum)| (class, minimum, preset.chars(class).chars().collect());
    let mut policy = Policy::of_classes(classes.map(class));
    (policy.first, policy.last) = preset.edges();
    policy
}

fn of_alphabet(alphabet: &str) -> Policy {
    Policy {
        alphabet: alphabet.chars().collect(),
        ..Policy::default()
    }
}

fn limited(max_run: u64, policy: Policy) -> Policy {
    Policy {
        max_run: Some(max_run),
        ..policy
    }
}

fn strength(policy: &Policy, size: Length) -> String {
    strength::shown(Sampler::new(policy, size).unwrap().count())
}

#[test]
fn known_policies_have_their_known_strength() {
    use Preset::{Alnum, Full, Pin, Safe};
    for (policy, length, bits) in [
        (of_preset(Safe), 24, "143.48"),
        (of_preset(Full), 20, "130.92"),
        (with_minima(Full, [0, 0, 10, 0]), 20, "114.79"),
        (of_preset(Alnum), 24, "142.87"),
        (of_preset(Pin), 6, "19.93"),
        // 10 · 9^23
        (limited(1, of_preset(Pin)), 24, "76.23"),
    ] {
        assert_eq!(strength(&policy, Length::Units(length)), bits, "{policy}");
    }
}

#[test]
fn strict_and_long_policies_can_be_counted() {
    let strict = limited(2, with_minima(Preset::Safe, [10, 10, 10, 5]));
    for (policy, length) in [
        (with_minima(Preset::Safe, [4; 4]), 128),
        (strict, 64),
        (of_preset(Preset::Safe), MAX_LENGTH),
        (of_preset(Preset::Full), MAX_LENGTH),
        (limited(1, of_preset(Preset::Full)), MAX_LENGTH),
        (limited(2, of_preset(Preset::Pin)), MAX_LENGTH),
        (of_alphabet("äöü€😀"), 24),
    ] {
        let mut sampler = Sampler::new(&policy, Length::Units(length)).unwrap();
        let terms = Terms::new(&policy);
        for seed in 0..20 {
            let mut text = Vec::with_capacity(sampler.max_bytes());
            sampler.sample(&mut Counting(seed), &mut text).unwrap();
            assert!(text.len() <= sampler.max_bytes());
            let text = String::from_utf8(text).unwrap();
            let index = |char| policy.alphabet.iter().position(|it| *it == char).unwrap() as u32;
            let indices: Vec<u32> = text.chars().map(index).collect();
            assert_eq!(indices.len() as u64, length);
            assert!(is_allowed(&terms, &indices), "{text} under {policy}");
        }
    }
}

#[test]
fn bits_take_the_shortest_length_that_has_them() {
    for policy in [
        of_preset(Preset::Safe),
        of_preset(Preset::Pin),
        of_alphabet("01"),
        with_minima(Preset::Safe, [6, 1, 9, 4]),
        limited(2, with_minima(Preset::Safe, [6, 1, 9, 4])),
    ] {
        for bits in [1, 2, 3, 7, 64, 100, 128, 129] {
            let sampler = Sampler::new(&policy, Length::Bits(bits)).unwrap();
            assert!(sampler.count().bits() > bits, "{policy}");
            let shorter = Length::Units(sampler.length() as u64 - 1);
            if shorter != Length::Units(0)
                && let Ok(shorter) = Sampler::new(&policy, shorter)
            {
                assert!(shorter.count().bits() <= bits, "{policy}: {bits} bits");
            }
        }
    }
}

fn listed(list: &str, chars: &str, minimum: u64) -> Required {
    Required {
        name: Name::Listed(list.into()),
        chars: chars.chars().collect(),
        minimum,
    }
}

#[test]
fn sets_that_are_implied_or_overlap_change_no_count() {
    let mut policy = of_alphabet("abAB12");
    policy.required = vec![listed("letters", "abAB", 1), listed("digits", "12", 1)];
    let size = Length::Units(4);
    let count = Sampler::new(&policy, size).unwrap().count().clone();
    // 6^4 − 2^4 − 4^4
    assert_eq!(count, BigUint::from(1024_u32));
    policy.required.push(listed("again", "12", 1));
    policy.required.push(listed("all", "abAB12", 2));
    assert_eq!(*Sampler::new(&policy, size).unwrap().count(), count);
    policy.required.push(listed("lower or one", "ab1", 1));
    // Less those of A, B and 2 alone that have both: 3^4 − 2^4 − 1.
    assert_eq!(
        *Sampler::new(&policy, size).unwrap().count(),
        count - 64_u32
    );
    let mut nested = of_alphabet("abAB12");
    nested.required = vec![listed("letters", "abAB", 2), listed("lower", "ab", 1)];
    // Those with two or three letters, less those of them without a or b: (3 · 16 · 2 + 64) − (3 · 4 · 2 + 8).
    let nested = Sampler::new(&nested, Length::Units(3)).unwrap();
    assert_eq!(*nested.count(), BigUint::from(128_u32));
    assert_eq!(
        policy.to_string(),
        "abAB12, at least 1 of `letters`, at least 1 of `digits`, at least 1 of `again`, \
         at least 2 of `all`, at least 1 of `lower or one`"
    );
}

fn refused(policy: &Policy, size: Length) -> String {
    match Sampler::new(policy, size) {
        Ok(sampler) => panic!("{} strings of {policy}", sampler.count()),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn refusals_name_the_rule_that_cannot_be_met() {
    let safe = || of_preset(Preset::Safe);
    let without = |chars: &str| {
        let mut policy = safe();
        policy.exclude(&chars.chars().collect::<BTreeSet<_>>());
        policy
    };
    let ending = |last, policy| Policy { last, ..policy };
    let mut triple = of_alphabet("abc");
    triple.required = vec![
        listed("ab", "ab", 2),
        listed("bc", "bc", 1),
        listed("ca", "ca", 2),
    ];
    let full = || with_minima(Preset::Full, [0, 0, 20, 0]);
    let mut two_digits = limited(2, full());
    two_digits.exclude(&('1'..='9').collect());
    for (policy, size, expected) in [
        (of_alphabet(""), 9, "no characters are left to choose from"),
        (
            without("0123456789"),
            9,
            "at least 1 digit is required, but none is left",
        ),
        (
            without("-._"),
            9,
            "at least 1 symbol is required, but none is left",
        ),
        (
            ending(Edge::Letter, of_alphabet("!?")),
            9,
            "the last character must be a letter, but no letter is left to choose from",
        ),
        (
            safe(),
            1025,
            "a password of 1025 characters is too long: at most 1024",
        ),
        (
            safe(),
            3,
            "the minimum counts add up to 4 characters, but the length is 3",
        ),
        (
            with_minima(Preset::Safe, [u64::MAX, 2, 0, 0]),
            24,
            "the minimum counts add up to 18446744073709551617 characters, but the length is 24",
        ),
        (
            triple,
            2,
            "the minimum counts add up to 3 characters, but the length is 2",
        ),
        (
            with_minima(Preset::Safe, [0, 0, 3, 1]),
            4,
            "no password of length 4 satisfies both the minimum counts and the rules for the first and last character",
        ),
        (
            with_minima(Preset::Safe, [0, 0, 1, 0]),
            1,
            "no password of length 1 satisfies both the minimum counts and the rules for the first and last character",
        ),
        (
            limited(1, of_alphabet("a")),
            24,
            "no character twice in a row: there is one character to choose from, \
             which makes no password of length 24",
        ),
        (
            two_digits,
            24,
            "no character more than 2 times in a row: \
             no password of length 24 satisfies that and the other rules",
        ),
        (
            with_minima(Preset::Safe, [64, 64, 64, 32]),
            256,
            "the passwords of 256 characters with these minimum counts take too long to count",
        ),
    ] {
        assert_eq!(refused(&policy, Length::Units(size)), expected);
    }
    for (policy, bits, expected) in [
        (
            safe(),
            1_000_000,
            "no password of up to 1024 characters has 1000000 bits under these rules: at most 6166.51",
        ),
        (
            limited(1, of_alphabet("ab")),
            2,
            "no password of up to 1024 characters has 2 bits under these rules: at most 1.00",
        ),
        (
            with_minima(Preset::Safe, [u64::MAX, 1, 1, 1]),
            99,
            "the minimum counts add up to 18446744073709551618 characters, but the length is at most 1024",
        ),
        (
            with_minima(Preset::Safe, [64, 64, 64, 32]),
            128,
            "the passwords of 128 bits with these minimum counts take too long to count",
        ),
    ] {
        assert_eq!(refused(&policy, Length::Bits(bits)), expected);
    }
}

#[test]
fn refusals_know_a_length_that_would_do() {
    let refusal = |minima, length| {
        Sampler::new(&with_minima(Preset::Safe, minima), Length::Units(length)).err()
    };
    let Some(Refusal::Edges {
        enough: Some(5), ..
    }) = refusal([0, 0, 3, 1], 4)
    else {
        panic!("a letter more");
    };
    let Some(Refusal::Edges {
        enough: Some(2), ..
    }) = refusal([0, 0, 1, 0], 1)
    else {
        panic!("a letter more");
    };
    // 11^4 states · 52^2 is the greatest square that is below the limit.
    let Some(Refusal::TooLarge {
        shorter: Some(52), ..
    }) = refusal([10; 4], 64)
    else {
        panic!("it can be counted for 52 characters");
    };
    assert!(refusal([10; 4], 52).is_none());
    let Some(Refusal::TooLarge { shorter: None, .. }) = refusal([64, 64, 64, 32], 256) else {
        panic!("no length can be counted");
    };
}
