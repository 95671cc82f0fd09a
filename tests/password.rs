//! `mksecret password`: what it prints, how strong it says that is, and what it refuses. That it is uniform is proved
//! in `src/policy` and tested on the program in `uniformity.rs`.

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
            "-l 128 --digit 4 --upper 4 --lower 4 --symbol 4",
            "128 characters, 770.21 bits (safe: A-Za-z0-9-_., first a letter, last a letter or digit, \
             at least 4 upper-case letters, at least 4 lower-case letters, at least 4 digits, \
             at least 4 symbols)",
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
        "-c", "1000", "-l", "128", "--digit", "32", "--upper", "16", "--lower", "2", "--symbol",
        "0",
    ])
    .0
    {
        assert_eq!(password.len(), 128);
        assert!(count(&password, |char| char.is_ascii_digit()) >= 32);
        assert!(count(&password, |char| char.is_ascii_uppercase()) >= 16);
        assert!(count(&password, |char| char.is_ascii_lowercase()) >= 2);
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
    for length in [513, 1_000, 1_024] {
        assert_eq!(made(&["-l", &length.to_string()]).0[0].len(), length);
    }
    let run = ["-l", "500", "--for", "pin", "--max-run", "1"];
    assert_eq!(made(&run).0[0].len(), 500);
}

#[test]
fn an_alphabet_may_hold_any_characters_that_can_be_seen() {
    for (alphabet, length) in [("äöüß", 20), ("€😀漢", 7), (" x", 8)] {
        let length_of = length.to_string();
        for password in made(&["-c", "300", "--alphabet", alphabet, "-l", &length_of]).0 {
            assert_eq!(password.chars().count(), length);
            assert_eq!(count(&password, |char| !alphabet.contains(char)), 0);
        }
    }
    let (_, told) = made(&["--alphabet", "éè", "-l", "9", "-v"]);
    assert_eq!(told, "mksecret: 9 characters, 9.00 bits (éè)\n");
}

#[test]
fn a_value_may_begin_with_a_hyphen() {
    assert!(made(&["--symbols", "-_", "--exclude", "-a"]).0[0].len() == 24);
    assert!(made(&["--alphabet", "-a", "-l", "5"]).0[0].len() == 5);
}

#[test]
fn the_texts_come_as_all_texts_do() {
    let done = password(&[
        "--alphabet",
        "xy",
        "-l",
        "2",
        "-c",
        "3",
        "-0",
        "-n",
        "--prefix",
        "p:",
    ]);
    let text = String::from_utf8(done.stdout).unwrap();
    let texts: Vec<&str> = text.split('\0').collect();
    assert_eq!(texts.len(), 3, "{text:?}");
    for text in texts {
        assert!(["p:xx", "p:xy", "p:yx", "p:yy"].contains(&text), "{text:?}");
    }
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
        "--for safe asks for that: -l 4 is long enough; or lower a minimum",
    );
    refuses(
        "--digit 30",
        "the minima add up to 33 characters, but the length is 24",
        "-l 33 is long enough; or lower a minimum",
    );
    refuses(
        "--digit 18446744073709551615",
        "the minima add up to 18446744073709551618 characters, but the length is 24",
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
        "--exclude 0123456789",
        "at least 1 digit is asked for, but none is left",
        "--for safe asks for that: --no-digit drops the class, --digit 0 asks for none; \
         or exclude fewer",
    );
    refuses(
        "--alphabet x --max-run 1",
        "no character twice in a row: there is one character to choose from, \
         which makes no password of length 24",
        "allow more characters, raise --max-run, or lower a minimum",
    );
    refuses(
        "--alphabet x",
        "only one password meets the rules, which has a strength of 0 bits",
        "allow more characters",
    );
    refuses(
        "--no-lower --no-upper",
        "the first character must be a letter, but no letter is left to choose from",
        "--for safe asks for that: --start any lifts the rule",
    );
    refuses(
        "--for pin --end letter",
        "the last character must be a letter, but no letter is left to choose from",
        "--end any lifts the rule",
    );
    refuses(
        "--digit 1 --no-digit",
        "--digit and --no-digit exclude each other",
        "see `mksecret password --help`",
    );
    refuses(
        "--alphabet abc --digit 1",
        "--digit and --alphabet exclude each other",
        "see `mksecret password --help`",
    );
    refuses(
        "-l 4 --lower 0 --upper 0 --digit 3 --symbol 1",
        "no password of length 4 meets both the minima and the rules for the first and last character",
        "--for safe asks for that: -l 5 is long enough; or lower a minimum, \
         or lift a rule with --start any or --end any",
    );
    refuses(
        "-l 1025",
        "a password of 1025 characters is too long: at most 1024",
        "`mksecret urlsafe -l 1025` makes a text of that length",
    );
    refuses(
        "-b 1000000",
        "no password of up to 1024 characters has 1000000 bits under these rules: at most 6166.51",
        "ask for fewer bits, or allow more characters or longer runs",
    );
    refuses(
        "-l 128 --digit 16 --upper 16 --lower 16",
        "the passwords of 128 characters with these minima are too much work to count",
        "-l 63 is short enough; or lower a minimum",
    );
    refuses(
        "-l 256 --digit 64 --upper 64 --lower 64 --symbol 32 --max-run 2",
        "the passwords of 256 characters with these minima are too much work to count",
        "lower a minimum",
    );
}

#[test]
fn a_set_that_can_be_read_in_two_ways_is_refused_with_both() {
    for (option, set) in [
        ("--alphabet", "a-z"),
        ("--alphabet", "01-7"),
        ("--symbols", "!a-z"),
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
fn habits_from_elsewhere_are_refused_with_what_does_it() {
    for (option, set, hint) in [
        (
            "--alphabet",
            "[:alnum:]",
            "letters and digits are --for alnum",
        ),
        ("--alphabet", "\\w", "letters and digits are --for alnum"),
        (
            "--symbols",
            "[[:punct:]]",
            "all symbols of ASCII are --for full",
        ),
        (
            "--alphabet",
            "hex",
            "hexadecimal digits are `mksecret hex -l N`",
        ),
        (
            "--alphabet",
            "lower",
            "lower-case letters alone are --for alnum --no-upper --no-digit",
        ),
        (
            "--alphabet",
            "\\x41",
            "classes are not read: write every character out",
        ),
        (
            "--symbols",
            "!!",
            "write each character once: all are equally likely",
        ),
        ("--exclude", "[:digit:]", "--no-digit leaves the digits out"),
        ("--exclude", "\\d", "--no-digit leaves the digits out"),
    ] {
        let done = password(&[option, set]);
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(
            told.ends_with(&format!("mksecret: hint: {hint}\n")),
            "{told}"
        );
        assert_eq!((done.status.code(), &*done.stdout), (Some(2), &[][..]));
    }
    let punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    for words in [
        ["--symbols", punctuation],
        ["--alphabet", punctuation],
        ["--exclude", "a..zaz hex"],
    ] {
        assert_eq!(made(&words).0[0].len(), 24);
    }
}

#[test]
fn characters_that_cannot_be_told_are_refused_by_their_number() {
    for (set, what) in [
        ("a\u{7}", "U+0007, a control character"),
        ("a\n", "U+000A, a control character"),
        ("e\u{301}", "U+0301, a combining mark"),
        ("x\u{fe0f}", "U+FE0F, a combining mark"),
        ("x\u{a0}", "U+00A0, an invisible character"),
        ("x\u{3164}", "U+3164, an invisible character"),
        ("x\u{e000}", "U+E000, an unassigned character"),
        (
            "x\u{212a}",
            "U+212A, a character that normalisation replaces",
        ),
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
