//! `mksecret password`: what it prints, how strong it says that is, and what it refuses. That it is uniform is proved
//! in `src/sample/policy` and tested on the program in `uniformity.rs`.

use std::process::{Command, Output, Stdio};

fn password(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .arg("password")
        .args(words)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The passwords that are printed, and what is said about them.
fn made(words: &[&str]) -> (Vec<String>, String) {
    let done = password(words);
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(0), "{words:?}: {told}");
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(text.ends_with('\n'));
    (text.lines().map(str::to_string).collect(), told)
}

fn count(password: &str, is_one: impl Fn(char) -> bool) -> usize {
    password.chars().filter(|char| is_one(*char)).count()
}

#[test]
fn the_strength_is_said_to_the_bit() {
    for (words, said) in [
        (
            "",
            "24 characters, 143.48 bits (safe: A-Za-z0-9-_., first a letter, last a letter or digit, \
             one of each class)",
        ),
        (
            "--for full -l 20",
            r##"20 characters, 130.92 bits (full: A-Za-z0-9!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~, one of each class)"##,
        ),
        (
            "--for full -l 20 --digit 10 --lower 0 --upper 0 --symbol 0",
            r##"20 characters, 114.79 bits (full: A-Za-z0-9!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~, at least 10 digits)"##,
        ),
        (
            "--for alnum",
            "24 characters, 142.87 bits (alnum: A-Za-z0-9, one of each class)",
        ),
        ("--for pin", "6 characters, 19.93 bits (pin: 0-9)"),
        // 10 · 9^23
        (
            "--for pin -l 24 --max-run 1",
            "24 characters, 76.23 bits (pin: 0-9, no character twice in a row)",
        ),
        ("--alphabet 01 -l 128", "128 characters, 128.00 bits (01)"),
        ("--alphabet 01 -l 1", "1 character, 1.00 bits (01)"),
        ("--alphabet 01 -b 128", "128 characters, 128.00 bits (01)"),
        (
            "--for alnum -b 128",
            "22 characters, 130.96 bits (alnum: A-Za-z0-9, one of each class)",
        ),
        (
            "-l 256 --digit 64 --upper 64 --lower 64 --symbol 32",
            "256 characters, 1500.52 bits (safe: A-Za-z0-9-_., first a letter, last a letter or digit, \
             at least 64 lower-case letters, at least 64 upper-case letters, at least 64 digits, \
             at least 32 symbols)",
        ),
        (
            "-c 3 --alphabet -ab --start letter",
            "3 times 24 characters, 37.45 bits each (-ab, first a letter)",
        ),
    ] {
        let words: Vec<&str> = words.split_whitespace().chain(["-v"]).collect();
        assert_eq!(made(&words).1, format!("mksecret: {said}\n"), "{words:?}");
    }
}

#[test]
fn nothing_is_said_unless_it_is_asked_for() {
    assert_eq!(made(&[]).1, "");
}

#[test]
fn presets_print_what_they_promise() {
    let (safe, _) = made(&["-c", "2000"]);
    for password in &safe {
        assert_eq!(password.len(), 24);
        assert!(
            password.starts_with(|char: char| char.is_ascii_alphabetic()),
            "{password}"
        );
        assert!(
            password.ends_with(|char: char| char.is_ascii_alphanumeric()),
            "{password}"
        );
        assert!(
            count(password, |char| char.is_ascii_lowercase()) > 0,
            "{password}"
        );
        assert!(
            count(password, |char| char.is_ascii_uppercase()) > 0,
            "{password}"
        );
        assert!(
            count(password, |char| char.is_ascii_digit()) > 0,
            "{password}"
        );
        assert!(
            count(password, |char| "-_.".contains(char)) > 0,
            "{password}"
        );
        assert_eq!(
            count(password, |char| !char.is_ascii_alphanumeric()
                && !"-_.".contains(char)),
            0
        );
    }
    for password in made(&["-c", "2000", "--for", "full", "-l", "4"]).0 {
        assert_eq!(password.len(), 4);
        assert_eq!(count(&password, |char| char.is_ascii_graphic()), 4);
        assert_eq!(count(&password, |char| char.is_ascii_punctuation()), 1);
    }
    for password in made(&["-c", "2000", "--for", "alnum", "-l", "3"]).0 {
        assert_eq!(count(&password, |char| char.is_ascii_lowercase()), 1);
        assert_eq!(count(&password, |char| char.is_ascii_digit()), 1);
    }
    for password in made(&["-c", "2000", "--for", "pin"]).0 {
        assert_eq!(
            (
                password.len(),
                count(&password, |char| char.is_ascii_digit())
            ),
            (6, 6)
        );
    }
}

#[test]
fn every_rule_is_kept_and_long_or_strict_ones_are_no_hindrance() {
    for password in made(&[
        "-c", "1000", "-l", "256", "--digit", "64", "--upper", "64", "--lower", "64", "--symbol",
        "32",
    ])
    .0
    {
        assert_eq!(password.len(), 256);
        assert!(count(&password, |char| char.is_ascii_digit()) >= 64);
        assert!(count(&password, |char| char.is_ascii_uppercase()) >= 64);
        assert!(count(&password, |char| char.is_ascii_lowercase()) >= 64);
        assert!(count(&password, |char| "-_.".contains(char)) >= 32);
        assert!(password.starts_with(|char: char| char.is_ascii_alphabetic()));
        assert!(!password.ends_with(['-', '_', '.']));
    }
    for password in made(&[
        "-c",
        "500",
        "-l",
        "64",
        "--digit",
        "20",
        "--max-run",
        "2",
        "-B",
    ])
    .0
    {
        assert!(count(&password, |char| char.is_ascii_digit()) >= 20);
        assert_eq!(count(&password, |char| "0O1lI|".contains(char)), 0);
        let chars: Vec<char> = password.chars().collect();
        assert!(
            !chars
                .windows(3)
                .any(|three| three[0] == three[1] && three[1] == three[2])
        );
    }
    for length in [1_000, 10_000, 65_536] {
        assert_eq!(made(&["-l", &length.to_string()]).0[0].len(), length);
    }
    let run = ["-l", "500", "--for", "pin", "--max-run", "1"];
    assert_eq!(made(&run).0[0].len(), 500);
}

#[test]
fn an_alphabet_may_hold_any_characters_that_can_be_seen() {
    for (alphabet, length) in [("äöüß", 20), ("€😀漢", 7), (" ", 3), ("\u{a0}x", 8)] {
        let length_of = length.to_string();
        for password in made(&["-c", "300", "--alphabet", alphabet, "-l", &length_of]).0 {
            assert_eq!(password.chars().count(), length);
            assert_eq!(count(&password, |char| !alphabet.contains(char)), 0);
        }
    }
    let (_, told) = made(&["--alphabet", "ééèè", "-l", "9", "-v"]);
    assert_eq!(told, "mksecret: 9 characters, 9.00 bits (éè)\n");
}

#[test]
fn a_value_may_begin_with_a_hyphen() {
    assert!(made(&["--symbols", "-_", "--exclude", "-a"]).0[0].len() == 24);
    assert!(made(&["--alphabet", "--", "-l", "5"]).0[0] == "-----");
}

#[test]
fn the_texts_come_as_all_texts_do() {
    let done = password(&[
        "--alphabet",
        "x",
        "-l",
        "2",
        "-c",
        "3",
        "-0",
        "-n",
        "--prefix",
        "p:",
    ]);
    assert_eq!(done.stdout, b"p:xx\0p:xx\0p:xx");
}

/// Status 2, nothing on standard output, and these two lines.
fn refuses(words: &str, error: &str, hint: &str) {
    let done = password(&words.split_whitespace().collect::<Vec<_>>());
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(
        told,
        format!("mksecret: error: {error}\nmksecret: hint: {hint}\n"),
        "{words}"
    );
    assert_eq!(done.status.code(), Some(2), "{words}");
    assert!(done.stdout.is_empty(), "{words}");
}

#[test]
fn what_is_impossible_is_refused_with_what_would_do() {
    refuses(
        "-l 3",
        "the minima add up to 4 characters, but the length is 3",
        "-l 4 is long enough; or lower a minimum",
    );
    refuses(
        "--digit 30",
        "the minima add up to 33 characters, but the length is 24",
        "-l 33 is long enough; or lower a minimum",
    );
    refuses(
        "--digit 18446744073709551615",
        "the minima add up to 18446744073709551615 characters, but the length is 24",
        "lower a minimum",
    );
    refuses(
        "--no-lower --no-upper --no-digit --no-symbol",
        "no character is left to choose from",
        "allow another class, or exclude fewer characters",
    );
    refuses(
        "--alphabet abc --exclude abc",
        "no character is left to choose from",
        "allow another class, or exclude fewer characters",
    );
    refuses(
        "--for pin --digit 1 --exclude 0123456789",
        "at least 1 digit is asked for, but none is left",
        "--no-digit drops the class, --digit 0 asks for none; or exclude fewer",
    );
    refuses(
        "--alphabet x --max-run 1",
        "--max-run 1: there is one character to choose from, which makes no password of length 24",
        "allow more characters, raise --max-run, or lower a minimum",
    );
    refuses(
        "--no-lower --no-upper",
        "--start letter: no letter is left to choose from",
        "--start any lifts the rule",
    );
    refuses(
        "--digit 1 --no-digit",
        "--digit and --no-digit contradict each other",
        "leave one of them out",
    );
    refuses(
        "--alphabet abc --digit 1",
        "--alphabet and --digit contradict each other",
        "leave one of them out",
    );
    refuses(
        "-l 4 --lower 0 --upper 0 --digit 3 --symbol 1",
        "no password of length 4 meets both the minima and the rules for the first and last character",
        "-l 5 is long enough; or lower a minimum, or lift a rule with --start any or --end any",
    );
    refuses(
        "-l 65537",
        "a password of 65537 characters is too long: at most 65536 of these",
        "-l 65536 is the longest; `mksecret urlsafe` makes text of any length",
    );
    refuses(
        "-b 1000000",
        "--bits 1000000: no password of up to 65536 characters is as strong as that",
        "ask for fewer bits, or allow more characters or longer runs",
    );
    refuses(
        "-l 256 --digit 64 --upper 64 --lower 64 --symbol 32 --max-run 2",
        "the passwords with this --max-run are too many to count exactly",
        "lower the minima or the length, or leave out --max-run",
    );
    refuses(
        "-l 60000 --digit 9000 --upper 20",
        "the passwords with these minima at this length are too many to count exactly",
        "lower the minima or the length",
    );
}

#[test]
fn a_set_that_can_be_read_in_two_ways_is_refused_with_both() {
    for (option, set) in [
        ("--alphabet", "a-z"),
        ("--alphabet", "01-7"),
        ("--symbols", "!-_"),
        ("--exclude", "0-9"),
    ] {
        let hyphen = set.find('-').unwrap();
        let (from, to) = (&set[hyphen - 1..hyphen], &set[hyphen + 1..hyphen + 2]);
        refuses(
            &format!("{option} {set}"),
            &format!(
                "`{from}-{to}` in {option} could mean the range from {from} to {to}, \
                 or the three characters {from}, - and {to}"
            ),
            "ranges are not read: write every character out, and a hyphen that is meant first or last",
        );
    }
}

#[test]
fn characters_that_cannot_be_told_are_refused_by_their_number() {
    for (set, what) in [
        ("a\u{7}", "U+0007, a control character"),
        ("a\n", "U+000A, a control character"),
        ("e\u{301}", "U+0301, a combining mark"),
        ("x\u{fe0f}", "U+FE0F, a combining mark"),
        ("a\u{200d}b", "U+200D, an invisible character"),
        ("\u{202e}", "U+202E, an invisible character"),
    ] {
        let done = password(&["--alphabet", set]);
        let told = String::from_utf8_lossy(&done.stderr);
        let start = format!("mksecret: error: --alphabet holds {what}\n");
        assert!(told.starts_with(&start), "{told}");
        assert_eq!((done.status.code(), &*done.stdout), (Some(2), &[][..]));
    }
}

#[test]
fn a_strength_and_a_length_exclude_each_other() {
    let done = password(&["-l", "10", "-b", "10"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(done.stdout.is_empty());
}
