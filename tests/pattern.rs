//! `mksecret pattern`: what it prints, and what it refuses. That it is uniform is proved in the unit tests of the masks
//! and tested on the program in `uniformity.rs`.

use assert_cmd::{Command, assert::Assert};
use predicates::{prelude::*, str::contains};

mod support;

use support::{Printed, mksecret};

fn pattern(pattern: &str) -> Command {
    let mut command = mksecret("pattern");
    command.arg(pattern);
    command
}

/// A usage error with this column and what would do.
fn assert_refused(done: Assert, column: usize, hint: &str) {
    let message = contains(format!("mksecret: error: PATTERN, column {column}: "));
    let hint = contains(format!("mksecret: hint: {hint}"));
    done.code(2).stdout("").stderr(message.and(hint));
}

#[test]
fn each_place_has_one_of_its_characters() {
    let voucher = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let hex = "0123456789abcdef";
    for (text, places) in [
        (
            "[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}",
            [&[voucher; 4][..], &["-"], &[voucher; 4]].concat(),
        ),
        (
            "02:[0-9a-f]{2}:[0-9a-f]{2}",
            vec!["0", "2", ":", hex, hex, ":", hex, hex],
        ),
        (
            r"a\.[-x]{2} \[[é€]\]",
            vec!["a", ".", "-x", "-x", " ", "[", "é€", "]"],
        ),
    ] {
        for printed in pattern(text).args(["-c", "200"]).lines() {
            assert_eq!(printed.chars().count(), places.len(), "{printed}");
            for (char, set) in printed.chars().zip(&places) {
                assert!(set.contains(char), "{printed}");
            }
        }
    }
    assert_eq!(pattern("[ab]{1024}").lines()[0].len(), 1024);
}

#[test]
fn common_options_are_those_of_a_text() {
    let mut command = pattern("[0-9]{3}");
    let printed = command
        .args(["-c", "2", "-0", "-n", "--prefix", "id-"])
        .printed();
    assert_eq!(printed.len(), 13);
    assert!(printed.starts_with("id-") && printed[6..].starts_with("\0id-"));
    let folder = tempfile::tempdir().unwrap();
    let mut command = pattern("[0-9]{3}");
    command.args(["-o", "pin", "--keep"]).current_dir(&folder);
    command.assert().success().stdout("");
    let kept = std::fs::read(folder.path().join("pin")).unwrap();
    command.assert().success().stdout("");
    assert_eq!(std::fs::read(folder.path().join("pin")).unwrap(), kept);
    // What the command line says is decided before a file is kept.
    let mut command = pattern("[0-9]+");
    command.args(["-o", "pin", "--keep"]).current_dir(&folder);
    assert_refused(command.assert(), 6, "{N} repeats a character or set");
}

#[test]
fn habits_of_regular_expressions_are_refused() {
    let whole = "omit it: the pattern describes the whole text";
    let repeat = "{N} repeats a character or set N times, as in [0-9]{8}";
    for (text, column, hint) in [
        ("^[ab]{9}$", 1, whole),
        (r"\d{6}", 1, "write [0-9]"),
        (r"[a-z]{3}\w", 9, "write [A-Za-z0-9_]"),
        (".{8}", 1, "list those that may stand there"),
        ("[a-z]+", 6, repeat),
        ("[a-z]*", 6, repeat),
        ("[a-z]?", 6, repeat),
        ("é[a-z]{1,3}", 7, "{3}"),
        ("[a-z]{,3}", 6, "{3}"),
        ("[a-z]{3,}", 6, "{3}"),
        ("[^a]", 2, "list those that may stand there"),
        ("[A-z]", 2, "write A-Za-z"),
        (
            "[!-~]",
            2,
            "for all printable characters, use `mksecret password --for full`",
        ),
        ("[z-a]", 2, "write a-z"),
        ("[[:digit:]]", 2, "write 0-9"),
        ("[ab]|c", 5, "one of several characters is a set"),
        ("([ab])", 1, "repeat each character or set by itself"),
        ("[ab", 1, "`]` closes it"),
        ("[ab]{3", 5, repeat),
        ("[ab]{0}", 5, "N is 1 or more"),
        ("[]", 1, "list its characters"),
        ("", 1, "a set in brackets"),
        ("abc", 1, "a set in brackets"),
        ("[a]{3}", 1, "a set in brackets"),
        ("[aa]", 3, "list each character once"),
        ("[ab]\u{1b}", 5, "remove it"),
        (
            "[ab]e\u{301}",
            6,
            "remove it, or use the precomposed character",
        ),
        ("[ab]{2}{3}", 8, "{6} is as many"),
        ("{3}[ab]", 1, repeat),
        ("[ab]{1025}", 5, "`mksecret urlsafe -l N`"),
    ] {
        assert_refused(pattern(text).assert(), column, hint);
    }
}

#[test]
fn a_missing_or_unquoted_pattern_gets_a_hint() {
    for (line, message, hint) in [
        (
            "pattern",
            "PATTERN is missing",
            "as in `mksecret pattern '[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}' -c 500 --distinct`",
        ),
        (
            "pattern -[ab]",
            "unexpected argument",
            "goes last, after `--`",
        ),
        // What a shell makes of [ab]{1,3}
        (
            "pattern [ab]1 [ab]3",
            "unexpected argument '[ab]3'",
            "quote the PATTERN",
        ),
    ] {
        let done = mksecret(line).assert().code(2).stdout("");
        done.stderr(contains(message).and(contains(hint)));
    }
    assert!(mksecret("pattern -- -[ab]").printed().starts_with('-'));
}
