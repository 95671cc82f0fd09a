//! The proofs: every policy here is small enough to be counted by hand and its sampler to be walked completely.

use num_bigint::BigUint;

use super::{
    Class, Edge, Kind, MAX_BYTES, Policy, PolicyError, Preset, Rules, Sampler, Size, TooLarge,
    completions::Completions,
    exclusion,
    runs::Runs,
    sampler::{Proposal, plan},
    shape::Shape,
};
use crate::{
    entropy::{Entropy, EntropyError},
    strength,
    uniform::{Ratio, law},
};

const EDGES: [Edge; 3] = [Edge::Letter, Edge::Alnum, Edge::Any];

/// Classes with the given characters and minima, of any kind.
fn classes(sets: &[(&str, usize)]) -> Vec<Class> {
    let kinds = [Kind::Lower, Kind::Upper, Kind::Digit, Kind::Symbol];
    (kinds.into_iter().zip(sets))
        .map(|(kind, &(chars, minimum))| Class {
            kind,
            chars: chars.chars().collect(),
            minimum,
        })
        .collect()
}

fn policy(
    sets: &[(&str, usize)],
    length: usize,
    (start, end): (Edge, Edge),
    max_run: Option<usize>,
) -> Policy {
    Policy::new(classes(sets), length, start, end, max_run).expect("not plainly impossible")
}

/// Every allowed string, by trying all strings of the right length.
fn allowed(policy: &Policy) -> Vec<String> {
    let alphabet: Vec<char> = policy
        .classes
        .iter()
        .flat_map(|class| class.chars.clone())
        .collect();
    let mut strings = vec![String::new()];
    for _ in 0..policy.length {
        strings = (strings.iter())
            .flat_map(|string| alphabet.iter().map(move |char| format!("{string}{char}")))
            .collect();
    }
    strings.retain(|string| is_allowed(policy, string));
    strings.sort();
    strings
}

fn is_allowed(policy: &Policy, string: &str) -> bool {
    let stands = |char: Option<char>, edge| {
        char.is_some_and(|char| match edge {
            Edge::Letter => char.is_alphabetic(),
            Edge::Alnum => char.is_alphanumeric(),
            Edge::Any => true,
        })
    };
    let is_met = |class: &Class| {
        let members = string.chars().filter(|char| class.chars.contains(char));
        members.count() >= class.minimum
    };
    let has_long_run = |limit| {
        let chars: Vec<char> = string.chars().collect();
        chars
            .windows(limit + 1)
            .any(|run| run.iter().all(|char| *char == run[0]))
    };
    stands(string.chars().next(), policy.start)
        && stands(string.chars().last(), policy.end)
        && policy.classes.iter().all(is_met)
        && !policy.max_run.is_some_and(has_long_run)
}

fn count(policy: &Policy) -> BigUint {
    plan(&Shape::new(policy, policy.length))
        .expect("it can be counted")
        .0
}

#[test]
fn the_count_is_that_of_all_allowed_strings_by_every_way_to_count() {
    let mut policies = 0;
    let all = ["ab", "A", "1", "-"];
    for minima in 0..4_usize.pow(4) {
        // 3 leaves the class out.
        let minimum = |class: usize| minima / 4_usize.pow(class as u32) % 4;
        let sets: Vec<(&str, usize)> = (0..4)
            .filter(|&class| minimum(class) < 3)
            .map(|class| (all[class], minimum(class)))
            .collect();
        for length in 1..=4 {
            for edges in EDGES
                .into_iter()
                .flat_map(|one| EDGES.map(|other| (one, other)))
            {
                for max_run in [None, Some(1), Some(2), Some(3)] {
                    let (start, end) = edges;
                    let Ok(policy) = Policy::new(classes(&sets), length, start, end, max_run)
                    else {
                        continue;
                    };
                    let expected = BigUint::from(allowed(&policy).len());
                    let shape = Shape::new(&policy, length);
                    assert_eq!(count(&policy), expected, "{policy} of length {length}");
                    let runs = Runs::up_to_length(&shape, max_run.unwrap_or(length)).unwrap();
                    assert_eq!(
                        runs.total(),
                        expected,
                        "{policy} of length {length}, by runs"
                    );
                    if max_run.is_none() {
                        assert_eq!(exclusion::count(&shape), expected, "{policy}, by exclusion");
                        let completions = Completions::new(&shape).unwrap();
                        assert_eq!(completions.total, expected, "{policy}, by completions");
                    }
                    policies += 1;
                }
            }
        }
    }
    assert!(policies > 10_000, "{policies}");
}

/// Checks that `sampler` draws each allowed string with the same probability, and nothing else. Rejected candidates
/// lead to an independent one, so that they change no ratio.
fn assert_uniform(policy: &Policy, mut sampler: Sampler, may_reject: bool, what: &str) {
    let expected = allowed(policy);
    assert_eq!(
        *sampler.count(),
        BigUint::from(expected.len()),
        "{what}: {policy}"
    );
    let mut law = law(|uniform| {
        Ok(sampler.attempt(uniform)?.then(|| {
            let mut text = Vec::new();
            sampler.write(&mut text);
            String::from_utf8(text).expect("whole characters")
        }))
    });
    let rejected = law.remove(&None);
    assert!(may_reject || rejected.is_none(), "{what}: {policy}");
    assert!(law.keys().flatten().eq(&expected), "{what}: {policy}");
    let probability = law[&Some(expected[0].clone())];
    assert!(
        law.values().all(|each| *each == probability),
        "{what}: {policy}"
    );
    if rejected.is_none() {
        assert_eq!(
            probability,
            Ratio::one_in(expected.len() as u128),
            "{what}: {policy}"
        );
    }
}

#[test]
fn each_allowed_string_is_drawn_with_the_same_probability_by_every_proposal() {
    use Edge::{Alnum, Any, Letter};
    let any = (Any, Any);
    let all = [("ab", 1), ("A", 1), ("1", 1), ("-", 1)];
    let policies = [
        // One character, all alike.
        policy(&[("a", 0)], 1, any, None),
        policy(&[("ab", 0), ("1", 0)], 1, any, None),
        policy(&[("ab", 0), ("1", 1)], 1, any, None),
        policy(&[("ab", 0), ("1", 0), ("-", 0)], 1, (Alnum, Letter), None),
        policy(&[("abc", 0)], 4, any, None),
        // Minima.
        policy(&[("ab", 1), ("12", 1)], 3, any, None),
        policy(&[("ab", 2), ("12", 2)], 4, any, None),
        policy(&[("ab", 0), ("1", 3)], 4, any, None),
        policy(&[("a", 0), ("1", 2), ("-", 2)], 5, any, None),
        policy(&all, 4, any, None),
        policy(&all, 5, any, None),
        policy(&[("a", 2), ("1", 1), ("-", 0)], 5, any, None),
        // The first and the last character.
        policy(&[("ab", 0), ("12", 0), ("-", 0)], 2, (Letter, Alnum), None),
        policy(&[("a", 0), ("1", 0), ("-.", 0)], 4, (Letter, Any), None),
        policy(&[("a", 0), ("1", 0), ("-.", 0)], 4, (Any, Letter), None),
        policy(&[("ab", 0), ("12", 0), ("-", 0)], 3, (Alnum, Letter), None),
        // Both.
        policy(&all, 4, (Letter, Alnum), None),
        policy(&all, 5, (Letter, Alnum), None),
        policy(&all, 5, (Letter, Letter), None),
        policy(&[("a", 1), ("12", 2), ("-", 2)], 5, (Alnum, Any), None),
        policy(&[("a", 2), ("1", 2)], 4, (Letter, Letter), None),
        policy(&[("a", 3), ("1", 2)], 6, (Any, Letter), None),
        policy(&[("ab", 0), ("1", 3), ("-", 1)], 5, (Alnum, Letter), None),
        // A class whose members differ in where they may stand, as --symbols can make it.
        policy(
            &[("a", 0), ("", 0), ("1", 1), ("é²-", 2)],
            4,
            (Letter, Alnum),
            None,
        ),
        policy(
            &[("", 0), ("", 0), ("", 0), ("é²-", 1)],
            4,
            (Letter, Letter),
            None,
        ),
        // No long run.
        policy(&[("ab", 0)], 5, any, Some(1)),
        policy(&[("abc", 0)], 5, any, Some(1)),
        policy(&[("abc", 0)], 5, any, Some(2)),
        policy(&[("ab", 0)], 6, any, Some(3)),
        // With the rest.
        policy(&[("a", 0), ("1", 3), ("-", 0)], 6, any, Some(1)),
        policy(&all, 5, any, Some(1)),
        policy(&all, 5, (Letter, Alnum), Some(1)),
        policy(
            &[("ab", 0), ("1", 2), ("-", 1)],
            5,
            (Letter, Alnum),
            Some(2),
        ),
        policy(&[("a", 2), ("1", 2)], 5, (Letter, Any), Some(2)),
        policy(
            &[("a", 0), ("1", 0), ("-", 0)],
            5,
            (Letter, Letter),
            Some(1),
        ),
        policy(
            &[("a", 0), ("", 0), ("1", 1), ("é²-", 2)],
            4,
            (Letter, Alnum),
            Some(1),
        ),
        // Overlapping sets count a character once, in the first class that lists it.
        policy(&[("ab", 1), ("bA", 1), ("a1", 1)], 4, any, None),
    ];
    for policy in &policies {
        let shape = Shape::new(policy, policy.length);
        let total = count(policy);
        let with = |proposal| Sampler::with(shape.clone(), total.clone(), proposal);
        let has_rules = !shape.required.is_empty() || shape.max_run.is_some();
        assert_uniform(policy, with(Proposal::Free), has_rules, "free");
        let completions = Completions::new(&shape).unwrap();
        let limits_runs = shape.max_run.is_some();
        assert_uniform(
            policy,
            with(Proposal::Completions(completions)),
            limits_runs,
            "completions",
        );
        let runs = Runs::up_to_length(&shape, policy.max_run.unwrap_or(policy.length)).unwrap();
        assert_uniform(policy, with(Proposal::Runs(runs)), false, "runs");
        // The one that is chosen rejects at most half of what it draws.
        let (_, proposal) = plan(&shape).unwrap();
        let mut chosen = with(proposal);
        let law = law(|uniform| chosen.attempt(uniform));
        assert!(law[&true].at_least_half(), "{policy}");
    }
}

#[test]
fn larger_counts_agree_by_every_way_to_count() {
    let (lower, upper) = ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLM");
    let edges = (Edge::Letter, Edge::Alnum);
    for (length, minima) in [
        (40, [9, 0, 3, 5]),
        (40, [20, 9, 8, 3]),
        (60, [3, 4, 5, 6]),
        (200, [1, 90, 1, 0]),
    ] {
        let [one, two, three, four] = minima;
        let sets = [
            (lower, one),
            (upper, two),
            ("0123456789", three),
            ("-_.", four),
        ];
        let shape = Shape::new(&policy(&sets, length, edges, None), length);
        let completions = Completions::new(&shape).unwrap().total;
        assert_eq!(exclusion::count(&shape), completions, "{minima:?}");
        if length == 60 {
            let runs = Runs::up_to_length(&shape, length).unwrap();
            assert_eq!(runs.total(), completions, "{minima:?}");
        }
    }
}

#[test]
fn without_minima_the_count_with_a_limit_to_runs_is_the_smirnov_series() {
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
                term += &series[index - max_run - 1] * (1 - size);
            }
            series.push(term);
        }
        let chars: String = ('a'..='z').take(size as usize).collect();
        let policy = policy(
            &[(&chars, 0)],
            length,
            (Edge::Any, Edge::Any),
            Some(max_run),
        );
        assert_eq!(
            num_bigint::BigInt::from(count(&policy)),
            series[length],
            "{policy}"
        );
    }
}

fn rules(change: impl FnOnce(&mut Rules)) -> Rules {
    let mut rules = Rules::default();
    change(&mut rules);
    rules
}

fn sampler(change: impl FnOnce(&mut Rules)) -> Sampler {
    rules(change).policy().unwrap().sampler().unwrap()
}

#[test]
fn known_policies_have_their_known_strength() {
    let shown = |change: fn(&mut Rules)| strength::shown(sampler(change).count());
    assert_eq!(shown(|_| ()), "143.48");
    assert_eq!(
        shown(|rules| {
            rules.preset = Preset::Full;
            rules.size = Some(Size::Chars(20));
        }),
        "130.92"
    );
    assert_eq!(
        shown(|rules| {
            rules.preset = Preset::Full;
            rules.size = Some(Size::Chars(20));
            rules.minima = [Some(0), Some(0), Some(10), Some(0)];
        }),
        "114.79"
    );
    assert_eq!(shown(|rules| rules.preset = Preset::Pin), "19.93");
    let pins = sampler(|rules| {
        rules.preset = Preset::Pin;
        rules.size = Some(Size::Chars(24));
        rules.max_run = Some(1);
    });
    assert_eq!(*pins.count(), BigUint::from(9_u32).pow(23) * 10_u32);
    assert!((pins.bits() - (10_f64.log2() + 23.0 * 9_f64.log2())).abs() < 1e-9);
}

#[test]
fn a_strength_is_reached_at_the_shortest_length_that_has_it() {
    let full_of_minima = |rules: &mut Rules| rules.minima = [Some(6), Some(1), Some(9), Some(4)];
    let changes: [&dyn Fn(&mut Rules); 6] = [
        &|_| (),
        &|rules| rules.preset = Preset::Pin,
        &|rules| rules.max_run = Some(1),
        &|rules| rules.alphabet = Some("01".into()),
        &full_of_minima,
        &|rules| {
            full_of_minima(rules);
            rules.max_run = Some(2);
        },
    ];
    for change in changes {
        for bits in [1, 2, 3, 7, 64, 100, 128, 129] {
            let asked = rules(|rules| {
                change(rules);
                rules.size = Some(Size::Bits(bits));
            });
            let policy = asked.policy().unwrap();
            assert!(policy.sampler().unwrap().bits() >= bits as f64, "{policy}");
            let shorter = Policy {
                length: policy.length - 1,
                ..policy.clone()
            };
            if shorter.check().is_ok() {
                let bits_of_shorter = count(&shorter).bits();
                assert!(
                    bits_of_shorter <= bits,
                    "{policy}: {} characters",
                    policy.length
                );
            }
        }
    }
}

#[test]
fn long_passwords_work_and_too_long_ones_are_refused() {
    for length in [512, 513, 2_000, 10_000, MAX_BYTES] {
        let mut sampler = sampler(|rules| rules.size = Some(Size::Chars(length)));
        assert!(sampler.bits() > 6.0 * length as f64);
        let mut text = Vec::new();
        sampler.sample(&mut Counting(0), &mut text).unwrap();
        assert_eq!(text.len(), length);
    }
    let refused = |change: fn(&mut Rules)| {
        rules(change)
            .policy()
            .and_then(|policy| policy.sampler())
            .err()
    };
    assert_eq!(
        refused(|rules| rules.size = Some(Size::Chars(MAX_BYTES + 1))),
        Some(PolicyError::TooLong {
            length: MAX_BYTES + 1,
            limit: MAX_BYTES
        })
    );
    assert_eq!(
        refused(|rules| {
            rules.size = Some(Size::Chars(30_000));
            rules.alphabet = Some("a€".into());
        }),
        Some(PolicyError::TooLong {
            length: 30_000,
            limit: MAX_BYTES / 3
        })
    );
    assert_eq!(
        refused(|rules| {
            rules.size = Some(Size::Chars(10_000));
            rules.minima = [Some(1_000); 4];
        }),
        Some(PolicyError::TooLarge(TooLarge::Minima))
    );
    assert_eq!(
        refused(|rules| {
            rules.size = Some(Size::Chars(MAX_BYTES));
            rules.max_run = Some(1);
        }),
        Some(PolicyError::TooLarge(TooLarge::Runs))
    );
    assert_eq!(
        refused(|rules| {
            rules.size = Some(Size::Bits(1_000_000));
        }),
        Some(PolicyError::Unreachable {
            bits: 1_000_000,
            limit: MAX_BYTES
        })
    );
    assert_eq!(
        refused(|rules| {
            rules.size = Some(Size::Bits(2));
            rules.alphabet = Some("ab".into());
            rules.max_run = Some(1);
        }),
        Some(PolicyError::Unreachable {
            bits: 2,
            limit: MAX_BYTES
        })
    );
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

#[test]
fn every_drawn_password_is_allowed_whatever_the_proposal() {
    let changes: [fn(&mut Rules); 5] = [
        |_| (),
        |rules| rules.minima = [Some(5), Some(5), Some(9), Some(5)],
        |rules| rules.max_run = Some(1),
        |rules| {
            rules.size = Some(Size::Chars(64));
            rules.minima = [Some(10), Some(10), Some(10), Some(5)];
            rules.max_run = Some(2);
        },
        |rules| rules.alphabet = Some("äöü€😀".into()),
    ];
    for change in changes {
        let policy = rules(change).policy().unwrap();
        let mut sampler = policy.sampler().unwrap();
        let mut source = Counting(1);
        for _ in 0..500 {
            let mut text = Vec::with_capacity(sampler.max_bytes());
            sampler.sample(&mut source, &mut text).unwrap();
            assert!(text.len() <= sampler.max_bytes());
            let text = String::from_utf8(text).unwrap();
            assert_eq!(text.chars().count(), policy.length());
            assert!(is_allowed(&policy, &text), "{text} under {policy}");
        }
    }
}
