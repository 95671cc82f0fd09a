//! What is printed is uniform: chi-squared tests on the program as it runs, beside the proofs in the unit tests.
//!
//! A test here fails by chance with a probability below 2^-64.

use std::{
    collections::{HashMap, HashSet},
    fs,
    panic::catch_unwind,
};

use tempfile::NamedTempFile;

mod support;

use support::{Printed, mksecret};

fn lines(line: &str) -> Vec<String> {
    mksecret(line).lines()
}

/// A file with this content, and its name.
fn file(content: &str) -> (NamedTempFile, String) {
    let file = NamedTempFile::new().unwrap();
    fs::write(&file, content).unwrap();
    let name = file.path().to_str().unwrap().to_owned();
    (file, name)
}

/// A value that chi-squared with this many degrees of freedom exceeds with a probability below 2^-64, by Chernoff's
/// bound: P(X ≥ x) ≤ exp(-(x - k)/2 + k/2·ln(x/k)) for x > k.
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
fn limit_agrees_with_tables() {
    // Odds of 2^-64 are 5.4e-20; the exact quantile for 5 degrees of freedom is 101.1, and the bound is above it.
    assert!((101.0..112.0).contains(&limit(5)), "{}", limit(5));
    assert!((250.0..330.0).contains(&limit(119)), "{}", limit(119));
}

#[test]
fn test_detects_a_bias_of_one_in_a_hundred() {
    let biased = (0..600_000u32).map(|draw| if draw % 100 == 0 { 0 } else { draw % 6 }.to_string());
    assert!(catch_unwind(|| assert_uniform(biased, 6)).is_err());
}

#[test]
fn below_is_uniform() {
    assert_uniform(lines("below 6 -c 600000"), 6);
    assert_uniform(lines("below 7 --from 1 -c 600000"), 6);
    assert_uniform(lines("below 100 -c 600000"), 100);
    // Beyond one machine word, by the leading digit.
    let numbers = lines("below 10**20 -c 300000").into_iter();
    let leading = numbers.map(|number| format!("{number:0>20}")[..1].to_string());
    assert_uniform(leading, 10);
}

#[test]
fn choice_is_uniform_from_arguments_and_from_a_stream() {
    assert_uniform(lines("choice -c 600000 a b c d e f"), 6);
    // A stream longer than a block: 60,000 items, grouped by their last digit.
    let items: String = (0..60_000).map(|item| format!("item {item}\n")).collect();
    let (_file, name) = file(&items);
    let drawn = lines(&format!("choice -c 200000 -i {name}")).into_iter();
    assert_uniform(drawn.map(|item| item[item.len() - 1..].to_string()), 10);
}

#[test]
fn texts_of_a_pattern_are_uniform() {
    assert_uniform(lines("pattern [A-C][0-9]-[xyz] -c 300000"), 90);
}

#[test]
fn every_order_of_a_sample_is_equally_likely() {
    let orders = |line: &str, size: usize| -> Vec<String> {
        let items = lines(line);
        items.chunks(size).map(|sample| sample.concat()).collect()
    };
    assert_uniform(orders("sample all -c 600000 a b c d e", 5), 120);
    assert_uniform(orders("sample 2 -c 300000 a b c d e", 2), 20);
}

#[test]
fn sample_of_a_stream_is_uniform_in_every_place() {
    // Three blocks and more; the last one is short.
    let items: String = (0..120_000)
        .map(|item| format!("item {item:06}\n"))
        .collect();
    let (_file, name) = file(&items);
    let mut tenths: Vec<Vec<String>> = vec![Vec::new(); 20];
    for _ in 0..60 {
        let drawn = lines(&format!("sample 20000 -i {name}"));
        assert_eq!(drawn.len(), 20_000);
        assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), 20_000);
        for (place, item) in drawn.iter().enumerate() {
            let item: usize = item[5..].parse().unwrap();
            tenths[place / 1000].push((item / 12_000).to_string());
        }
    }
    for tenth in tenths {
        assert_uniform(tenth, 10);
    }
}

#[test]
fn characters_of_an_encoding_are_uniform() {
    for (line, alphabet) in [
        ("hex 300000", 16),
        ("hex -l 7 -c 50000", 16),
        ("urlsafe 300000", 64),
        ("urlsafe -l 1 -c 300000", 64),
        ("base64 -l 5 -c 60000", 64),
        ("base32 -l 3 -c 60000", 32),
    ] {
        assert_uniform(lines(line).concat().chars().map(String::from), alphabet);
    }
    let tokens = lines("token -c 20000");
    let bodies: String = tokens.iter().map(|token| &token[..30]).collect();
    assert_uniform(bodies.chars().map(String::from), 62);
}

/// How many strings of `length` characters of `alphabet` are allowed, by trying them all.
fn count(alphabet: &str, length: usize, is_allowed: impl Fn(&str) -> bool) -> usize {
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
    let letters = |string: &str| string.matches(['a', 'b']).count();
    let digits = |string: &str| string.matches(['0', '1']).count();
    // Two letters and two digits are left.
    let exclude = "cdefghijklmnopqrstuvwxyz23456789";
    let passwords = |line: &str| {
        let start = "password -c 400000 --for alnum --no-upper --exclude";
        lines(&format!("{start} {exclude} {line}"))
    };
    // One of each: more than half of all strings.
    let one_of_each = |string: &str| letters(string) > 0 && digits(string) > 0;
    assert_uniform(passwords("-l 4"), count("ab01", 4, one_of_each));
    // Mostly digits: few of all strings.
    let mostly_digits = |string: &str| digits(string) >= 4 && letters(string) > 0;
    let all = count("ab01", 5, mostly_digits);
    assert_uniform(passwords("-l 5 --digit 4"), all);
    // First a letter, last a letter, at least two digits.
    let letters_outside = |string: &str| {
        digits(string) >= 2 && string.starts_with(['a', 'b']) && string.ends_with(['a', 'b'])
    };
    let all = count("ab01", 5, letters_outside);
    let line = "-l 5 --digit 2 --start letter --end letter";
    assert_uniform(passwords(line), all);
    // No character twice in a row.
    let has_double = |string: &str| string.as_bytes().windows(2).any(|two| two[0] == two[1]);
    let all = count("ab01", 4, |string| {
        !has_double(string) && one_of_each(string)
    });
    assert_uniform(passwords("-l 4 --max-run 1"), all);
    assert_uniform(lines("password -c 400000 -l 5 --alphabet xyz"), 243);
}

#[test]
fn characters_of_a_pin_are_uniform_in_every_place() {
    let pins = lines("password --for pin -c 200000");
    for place in 0..6 {
        assert_uniform(pins.iter().map(|pin| pin[place..=place].to_string()), 10);
    }
}

#[test]
fn passphrases_are_uniform() {
    let (_file, name) = file("one\ntwo\nthree\ntwo\n");
    let four = lines(&format!("passphrase -W {name} -c 200000 -w 4"));
    assert_uniform(four, 81);
    let mut command = mksecret(&format!("passphrase -W {name} -c 400000 -w 2 --add-digit"));
    assert_uniform(command.args(["-s", ""]).lines(), 9 * 20);
    // The embedded list, grouped into parts of 288 words.
    let list: HashMap<&str, usize> = support::WORDS.lines().zip(0..).collect();
    let phrases = mksecret("passphrase -c 20000 -s").arg(" ").lines();
    let words = phrases.iter().flat_map(|phrase| phrase.split(' '));
    assert_uniform(words.map(|word| (list[word] / 288).to_string()), 27);
}
