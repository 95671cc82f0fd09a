//! `choice --range` and `sample --range`: integers instead of items.

use std::collections::BTreeSet;

use predicates::str::contains;

mod support;

use support::{Printed, mksecret};

fn integers(line: &str) -> Vec<i128> {
    let lines = mksecret(line).lines();
    lines.iter().map(|line| line.parse().unwrap()).collect()
}

#[test]
fn both_ends_of_a_range_are_drawn() {
    for (range, low, high) in [
        ("1-6", 1, 6),
        ("-5--1", -5, -1),
        ("-2-2", -2, 2),
        ("0x10-0x12", 16, 18),
        (
            "9223372036854775806-9223372036854775809",
            i64::MAX as i128 - 1,
            i64::MAX as i128 + 2,
        ),
        ("2**100-2**100", 1 << 100, 1 << 100),
    ] {
        let expected: BTreeSet<i128> = (low..=high).collect();
        // With a probability below 2^-260 one of six is missing in 1,000 throws.
        let thrown = integers(&format!("choice -c 1000 --range {range}"));
        assert_eq!(thrown.len(), 1000);
        assert_eq!(
            thrown.into_iter().collect::<BTreeSet<_>>(),
            expected,
            "{range}"
        );
        let shuffled = integers(&format!("sample all --range {range}"));
        assert_eq!(shuffled.len(), expected.len());
        assert_eq!(
            shuffled.into_iter().collect::<BTreeSet<_>>(),
            expected,
            "{range}"
        );
    }
}

#[test]
fn sample_of_a_range_has_no_integer_twice() {
    for (line, count, least, most) in [
        ("sample 6 --range 1-49", 6, 1, 49),
        ("sample 1000 --range 1-1000", 1000, 1, 1000),
        ("sample 1000 --range 1-1500", 1000, 1, 1500),
        ("sample 1000 --range 1-10**6", 1000, 1, 1_000_000),
        (
            "sample 1000 --range -10**18-10**18",
            1000,
            -(10_i128.pow(18)),
            10_i128.pow(18),
        ),
        ("sample 1000 --range 0-2**64", 1000, 0, 1 << 64),
        ("sample 1000 --range 0-2**120", 1000, 0, 1 << 120),
        ("sample 100000 --range 1-10**9", 100_000, 1, 1_000_000_000),
    ] {
        let drawn = integers(line);
        assert_eq!(drawn.len(), count, "{line}");
        assert!(
            drawn.iter().all(|integer| (least..=most).contains(integer)),
            "{line}"
        );
        // In order with a probability of 1/6!, and below 2^-8000 for the others.
        assert!(count < 10 || !drawn.is_sorted(), "{line}");
        assert_eq!(
            drawn.into_iter().collect::<BTreeSet<_>>().len(),
            count,
            "{line}"
        );
    }
    let twice = integers("sample 5 -c 3 --range 1-5");
    for sample in twice.chunks(5) {
        assert_eq!(sample.iter().collect::<BTreeSet<_>>().len(), 5);
    }
}

#[test]
fn what_is_no_range_is_refused() {
    for range in [
        "",
        "6",
        "-6",
        "1-",
        "1..6",
        "a-z",
        "1-6-9",
        "+1-6",
        "1e3-1e4",
        "6-1",
        "-1--5",
        "0-2**1048576",
    ] {
        for line in ["choice --range", "sample 1 --range"] {
            let mut command = mksecret(line);
            let done = command.arg(range).assert().code(2).stdout("");
            done.stderr(contains("mksecret: error: --range"));
        }
    }
    let empty = contains("--range '6-1': it is empty: LO must not be greater than HI\n");
    mksecret("choice --range 6-1")
        .assert()
        .code(2)
        .stderr(empty);
}
