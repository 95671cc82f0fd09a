//! What is printed is uniform: chi-squared tests on the program as it runs, beside the proofs in `src/sample`.
//!
//! A test here fails by chance with a probability below 2^-64.

use std::{
    collections::HashMap,
    process::{Command, Stdio},
};

/// The lines that the program prints.
fn lines(words: &[&str]) -> Vec<String> {
    let done = Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(words)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .map(str::to_string)
        .collect()
}

/// The least value that chi-squared with so many degrees of freedom exceeds with a probability below 2^-64, by
/// Chernoff's bound: P(X ≥ x) ≤ exp(-(x - k)/2 + k/2·ln(x/k)) for x > k.
fn limit(degrees: usize) -> f64 {
    let k = degrees as f64;
    let mut x = k;
    while -(x - k) / 2.0 + k / 2.0 * (x / k).ln() > -64.0 * std::f64::consts::LN_2 {
        x += 1.0;
    }
    x
}

/// Whether `draws` are of `outcomes` different outcomes, all equally often but for chance.
fn assert_uniform(draws: impl IntoIterator<Item = String>, outcomes: usize) {
    let mut counts: HashMap<String, u64> = HashMap::new();
    draws
        .into_iter()
        .for_each(|draw| *counts.entry(draw).or_default() += 1);
    assert_eq!(counts.len(), outcomes);
    let total: u64 = counts.values().sum();
    let expected = total as f64 / outcomes as f64;
    assert!(
        expected > 1000.0,
        "too few draws for the test to mean anything"
    );
    let chi_squared: f64 = counts
        .values()
        .map(|count| (*count as f64 - expected).powi(2) / expected)
        .sum();
    let limit = limit(outcomes - 1);
    assert!(
        chi_squared < limit,
        "chi-squared {chi_squared}, limit {limit}"
    );
}

#[test]
fn the_limit_is_where_tables_have_it() {
    // Odds of 2^-64 are 5.4e-20; the exact quantile for 5 degrees of freedom is 101.1, and the bound is above it.
    assert!((101.0..112.0).contains(&limit(5)), "{}", limit(5));
    assert!((250.0..330.0).contains(&limit(119)), "{}", limit(119));
}

#[test]
fn the_test_sees_a_bias_of_one_in_a_hundred() {
    let biased = (0..600_000u32).map(|draw| if draw % 100 == 0 { 0 } else { draw % 6 }.to_string());
    assert!(std::panic::catch_unwind(|| assert_uniform(biased, 6)).is_err());
}

#[test]
fn below_is_uniform() {
    assert_uniform(lines(&["below", "6", "-c", "600000"]), 6);
    assert_uniform(lines(&["below", "7", "--from", "1", "-c", "600000"]), 6);
    assert_uniform(lines(&["below", "100", "-c", "600000"]), 100);
    // Beyond one machine word, by its leading digit.
    let leading = lines(&["below", "10**20", "-c", "300000"])
        .into_iter()
        .map(|n| {
            let padded = format!("{n:0>20}");
            padded[..1].to_string()
        });
    assert_uniform(leading, 10);
}

#[test]
fn choice_is_uniform_from_arguments_and_from_a_stream() {
    assert_uniform(
        lines(&["choice", "-c", "600000", "a", "b", "c", "d", "e", "f"]),
        6,
    );
    // A stream longer than a block: 60,000 items, taken together by their last digit.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("items");
    let items: String = (0..60_000).map(|item| format!("item {item}\n")).collect();
    std::fs::write(&file, items).unwrap();
    let drawn = lines(&["choice", "-c", "200000", "-i", file.to_str().unwrap()]);
    assert_uniform(
        drawn
            .into_iter()
            .map(|item| item[item.len() - 1..].to_string()),
        10,
    );
}

#[test]
fn every_order_of_a_sample_is_equally_likely() {
    let orders = |words: &[&str], size: usize| -> Vec<String> {
        lines(words)
            .chunks(size)
            .map(|sample| sample.concat())
            .collect()
    };
    assert_uniform(
        orders(
            &["sample", "all", "-c", "600000", "a", "b", "c", "d", "e"],
            5,
        ),
        120,
    );
    assert_uniform(
        orders(&["sample", "2", "-c", "300000", "a", "b", "c", "d", "e"], 2),
        20,
    );
}

#[test]
fn every_item_of_a_stream_is_equally_likely_in_every_place_of_a_sample() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("items");
    // Three blocks and more; the last one is short.
    let items: String = (0..120_000)
        .map(|item| format!("item {item:06}\n"))
        .collect();
    std::fs::write(&file, items).unwrap();
    let mut tenths: Vec<Vec<String>> = vec![Vec::new(); 20];
    for _ in 0..60 {
        let drawn = lines(&["sample", "20000", "-i", file.to_str().unwrap()]);
        assert_eq!(drawn.len(), 20_000);
        let distinct: std::collections::HashSet<&String> = drawn.iter().collect();
        assert_eq!(distinct.len(), 20_000);
        for (place, item) in drawn.iter().enumerate() {
            let item: usize = item[5..].parse().unwrap();
            tenths[place / 1000].push((item / 12_000).to_string());
        }
    }
    tenths
        .into_iter()
        .for_each(|tenth| assert_uniform(tenth, 10));
}

#[test]
fn the_characters_of_an_encoding_are_uniform() {
    let characters = |words: &[&str]| -> Vec<String> {
        lines(words).concat().chars().map(String::from).collect()
    };
    assert_uniform(characters(&["hex", "300000"]), 16);
    assert_uniform(characters(&["hex", "-l", "7", "-c", "50000"]), 16);
    assert_uniform(characters(&["urlsafe", "300000"]), 64);
    assert_uniform(characters(&["urlsafe", "-l", "1", "-c", "300000"]), 64);
    assert_uniform(characters(&["base64", "-l", "5", "-c", "60000"]), 64);
    assert_uniform(characters(&["base32", "-l", "3", "-c", "60000"]), 32);
    let bodies = lines(&["token", "-c", "20000"]);
    assert_uniform(
        bodies
            .iter()
            .flat_map(|token| token[..30].chars().map(String::from)),
        62,
    );
}

/// The number of strings that `words` describe, by trying all of `length` characters out of `alphabet`.
fn allowed(alphabet: &str, length: usize, is_allowed: impl Fn(&str) -> bool) -> usize {
    let mut strings = vec![String::new()];
    for _ in 0..length {
        strings = strings
            .iter()
            .flat_map(|string| alphabet.chars().map(move |char| format!("{string}{char}")))
            .collect();
    }
    strings.iter().filter(|string| is_allowed(string)).count()
}

#[test]
fn passwords_are_uniform_over_all_that_keep_the_rules() {
    // Two letters and two digits are left.
    const TWO_AND_TWO: &str = "cdefghijklmnopqrstuvwxyz23456789";
    let has = |string: &str, chars: &str| string.contains(|char| chars.contains(char));
    let words = |rest: &[&'static str]| -> Vec<String> {
        let start = [
            "password",
            "--for",
            "alnum",
            "--no-upper",
            "--exclude",
            TWO_AND_TWO,
        ];
        lines(&[&start, rest].concat())
    };
    // One of each, which half of the free strings and more are.
    let count = allowed("ab01", 4, |string| has(string, "ab") && has(string, "01"));
    assert_uniform(words(&["-c", "400000", "-l", "4"]), count);
    // Mostly digits, which few are.
    let digits = |string: &str| string.chars().filter(char::is_ascii_digit).count();
    let count = allowed("ab01", 5, |string| digits(string) >= 4 && has(string, "ab"));
    assert_uniform(words(&["-c", "400000", "-l", "5", "--digit", "4"]), count);
    // First a letter, last a letter, at least two digits.
    let count = allowed("ab01", 5, |string| {
        digits(string) >= 2 && string.starts_with(['a', 'b']) && string.ends_with(['a', 'b'])
    });
    let edges = ["--start", "letter", "--end", "letter"];
    assert_uniform(
        words(&[&["-c", "400000", "-l", "5", "--digit", "2"], &edges[..]].concat()),
        count,
    );
    // No character twice in a row.
    let has_double = |string: &str| string.as_bytes().windows(2).any(|two| two[0] == two[1]);
    let count = allowed("ab01", 4, |string| {
        !has_double(string) && has(string, "ab") && has(string, "01")
    });
    assert_uniform(words(&["-c", "400000", "-l", "4", "--max-run", "1"]), count);
    let alphabet = ["password", "-c", "400000", "-l", "5", "--alphabet", "xyz"];
    assert_uniform(lines(&alphabet), 243);
}

#[test]
fn the_characters_of_a_pin_are_uniform_in_every_place() {
    let pins = lines(&["password", "--for", "pin", "-c", "200000"]);
    for place in 0..6 {
        assert_uniform(pins.iter().map(|pin| pin[place..=place].to_string()), 10);
    }
}

#[test]
fn passphrases_are_uniform() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list");
    std::fs::write(&file, "one\ntwo\nthree\ntwo\n").unwrap();
    let words = |rest: &[&str]| -> Vec<String> {
        lines(&[&["passphrase", "-W", file.to_str().unwrap()], rest].concat())
    };
    assert_uniform(words(&["-c", "200000", "-w", "4"]), 81);
    assert_uniform(
        words(&["-c", "400000", "-w", "2", "--add-digit", "-s", ""]),
        9 * 20,
    );
    // The embedded list by parts of 288 words.
    let list: HashMap<&str, usize> = include_str!("../src/phrase/eff_large.txt")
        .lines()
        .zip(0..)
        .collect();
    let drawn = lines(&["passphrase", "-c", "20000", "-s", " "]);
    let parts = drawn
        .iter()
        .flat_map(|phrase| phrase.split(' '))
        .map(|word| (list[word] / 288).to_string());
    assert_uniform(parts, 27);
}
