//! `mksecret passphrase`: what it prints, the strength it reports, and what it refuses. That it is uniform is proved in
//! the unit tests of the passphrases and tested on the program in `uniformity.rs`.

use assert_cmd::assert::Assert;
use predicates::str::starts_with;

mod support;

use support::{Printed, error, mksecret};

/// Runs `mksecret passphrase` with the options in `line`, which may be empty quotes; `list` is standard input and in a
/// file of this name.
fn run(line: &str, list: &[u8]) -> Assert {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list"), list).unwrap();
    let words = line.split_whitespace().map(|word| word.trim_matches('\''));
    let mut command = mksecret("passphrase");
    command.args(words).write_stdin(list);
    command.current_dir(&folder).assert()
}

fn phrases(line: &str, list: &str) -> Vec<String> {
    run(line, list.as_bytes()).lines()
}

#[test]
fn strength_is_reported_to_the_bit() {
    for (line, list, report) in [
        ("", "", "10 words, 129.24 bits (EFF large list: 7772 words)"),
        (
            "-w 1",
            "",
            "1 word, 12.92 bits (EFF large list: 7772 words)",
        ),
        (
            "-w 5 -s ''",
            "",
            "5 words, 64.62 bits (EFF large list: 7772 words)",
        ),
        (
            "-b 64",
            "",
            "5 words, 64.62 bits (EFF large list: 7772 words)",
        ),
        (
            "-b 65",
            "",
            "6 words, 77.54 bits (EFF large list: 7772 words)",
        ),
        // 7772^5 · 50, and · 50 again
        (
            "-w 5 --add-digit",
            "",
            "5 words, 70.26 bits (EFF large list: 7772 words)",
        ),
        (
            "-w 5 --add-digit --add-symbol --capitalize",
            "",
            "5 words, 75.90 bits (EFF large list: 7772 words)",
        ),
        (
            "-c 2 -w 3",
            "",
            "2 times 3 words, 38.77 bits each (EFF large list: 7772 words)",
        ),
        (
            "-w 8 -W -",
            "a\nb\nc\nd\n",
            "8 words, 16.00 bits (standard input: 4 words)",
        ),
        (
            "-w 8 -W list",
            "a\nb\na\nc\nd\nd",
            "8 words, 16.00 bits (list: 4 words, 2 duplicates ignored)",
        ),
        (
            "-w 4 -W list --capitalize",
            "polish\nPolish\nturkish\n",
            "4 words, 4.00 bits (list: 2 words)",
        ),
        (
            "-w 2 -W list",
            "1111\tone\n1112\ttwo\n1113\tthree\n1114\tfour\n",
            "2 words, 4.00 bits (list: 4 words)",
        ),
    ] {
        let done = run(&format!("{line} -v"), list.as_bytes()).success();
        done.stderr(format!("mksecret: {report}\n"));
    }
}

#[test]
fn phrases_have_words_of_the_list_in_the_requested_style() {
    let is_word = |word: &str| support::WORDS.lines().any(|line| line == word);
    for phrase in phrases("-c 50 -s _", "") {
        assert_eq!(phrase.split('_').count(), 10);
        assert!(phrase.split('_').all(is_word), "{phrase}");
    }
    for phrase in phrases("-c 50 -w 4 --capitalize --add-digit --add-symbol -s .", "") {
        let words: Vec<&str> = phrase.split('.').collect();
        assert_eq!(words.len(), 4);
        let mut added = String::new();
        for word in words {
            assert!(word.starts_with(char::is_uppercase), "{phrase}");
            let plain = word.trim_end_matches(|char: char| !char.is_alphabetic());
            let listed = plain.to_lowercase();
            added += &word[plain.len()..];
            assert!(is_word(&listed), "{phrase}");
        }
        let has = |chars: &str| added.contains(|char| chars.contains(char));
        assert!(has("0123456789") && has("!#$%&*+=?@"), "{phrase}");
        assert_eq!(added.len(), 2, "{phrase}");
    }
    for phrase in phrases("-c 50 -W - -w 3 -s ''", "ä\nö\nü\n") {
        assert!(phrase.chars().count() == 3 && phrase.chars().all(|char| "äöü".contains(char)));
    }
    assert_eq!(phrases("-W - -w 6000", "a\nb\n")[0].len(), 11_999);
}

/// It must exit with 2 and this message, and print nothing.
fn refuses(line: &str, list: &[u8], says: String) {
    run(line, list).code(2).stdout("").stderr(says);
}

#[test]
fn bad_lists_are_refused_by_line_number() {
    let two = "at least two words are required";
    let one = "a word list has one word per line";
    let same = "the word list has fewer than two different words";
    let bell = "line 2 of the word list contains U+0007, a control character";
    for (list, problem, hint) in [
        (&b""[..], "the word list is empty", two),
        (b"a\n", same, two),
        (b"a\na\na\n", same, two),
        (b"a\n\nb\n", "line 2 of the word list is empty", one),
        (
            b"a\nb\nstra\xdfe\n",
            "line 3 of the word list is not UTF-8",
            "convert it with iconv",
        ),
        (b"a\nb\x07\n", bell, one),
    ] {
        refuses("-W list", list, error(&format!("list: {problem}"), hint));
        let problem = format!("standard input: {problem}");
        refuses("-W -", list, error(&problem, hint));
    }
}

#[test]
fn unreadable_list_is_an_error() {
    let done = run("-W /nonexistent/list", b"").code(1).stdout("");
    done.stderr(starts_with(
        "mksecret: error: cannot read /nonexistent/list: ",
    ));
}

#[cfg(unix)]
#[test]
fn endless_list_is_refused() {
    let says = "mksecret: error: /dev/zero: the word list is larger than 64 MiB\n";
    refuses("-W /dev/zero", b"", says.into());
}

#[test]
fn ambiguous_phrases_are_refused() {
    let separate = "choose a separator that no word contains, such as -s ' ', or use --capitalize";
    for (line, list, problem, hint) in [
        (
            "-W - -s ''",
            "be\nbee\need\nd\n",
            "with '' between words, it cannot be ruled out that two passphrases look the same: `be` begins `bee`",
            separate,
        ),
        (
            "-W -",
            "down\ndrop\ndrop-down\n",
            "with '-' between words, it cannot be ruled out that two passphrases look the same: `drop-` begins `drop-down-`",
            separate,
        ),
        (
            "-W - --add-digit",
            "1st\n2nd\n",
            "--add-digit: the word `1st` contains one, so two passphrases could look the same",
            "omit the option, or use another list",
        ),
        (
            "-s + --add-symbol",
            "",
            "--add-symbol: the separator contains one, so two passphrases could look the same",
            "choose another with -s, or omit the option",
        ),
    ] {
        refuses(line, list.as_bytes(), error(problem, hint));
    }
    let list = "be\nbee\need\nd\n";
    assert_eq!(phrases("-W - -s '' --capitalize", list).len(), 1);
    assert_eq!(phrases("-W - -s ''", "abc\nbc\nc\n").len(), 1);
}

#[test]
fn impossible_sizes_are_refused() {
    for (line, problem, hint) in [
        (
            "-w 7000",
            "a passphrase of 7000 words is too long: the maximum with this list is 6553",
            "use fewer words",
        ),
        (
            "-b 90000",
            "no passphrase of up to 6553 words has 90000 bits",
            "use fewer bits with -b, or a number of words with -w",
        ),
        (
            "-w 5 -b 60",
            "--words cannot be used with --bits",
            "see `mksecret passphrase --help`",
        ),
        (
            "-s underscore",
            "--separator 'underscore' could mean the word, or what it is the name of",
            "-s '_'",
        ),
    ] {
        refuses(line, b"", error(problem, hint));
    }
}

#[test]
fn a_separator_is_refused_for_its_true_reason() {
    for (separator, reason) in [
        ("👍🏽", "U+1F3FD, a part of an emoji"),
        ("🇩🇪", "U+1F1E9, a part of an emoji"),
        ("-\u{301}", "U+0301, a combining mark"),
    ] {
        let done = mksecret("passphrase -s").arg(separator).assert();
        let says = format!("mksecret: error: the separator contains {reason}\n");
        done.code(2).stdout("").stderr(starts_with(says));
    }
    mksecret("passphrase -s").arg("👍").assert().success();
}

#[test]
fn longer_words_are_left_out() {
    for phrase in phrases("-c 300 --max-word 4", "") {
        assert!(phrase.split('-').all(|word| word.len() <= 4), "{phrase}");
    }
    let list = "a\nbee\nöl\ntree\n";
    run("-v -W - --max-word 3", list.as_bytes())
        .success()
        .stderr("mksecret: 81 words, 128.38 bits (standard input: 3 words)\n");
    run("-v -W list -w 3 --max-word 2", list.as_bytes())
        .success()
        .stderr("mksecret: 3 words, 3.00 bits (list: 2 words)\n");
    for (line, message, hint) in [
        (
            "--max-word 2",
            "--max-word 2: fewer than two words have at most 2 characters",
            "--max-word 3 leaves two words or more",
        ),
        (
            "-W list --max-word 1",
            "--max-word 1: fewer than two words have at most 1 character",
            "--max-word 2 leaves two words or more",
        ),
    ] {
        let done = run(line, list.as_bytes()).code(2).stdout("");
        done.stderr(format!(
            "mksecret: error: {message}\nmksecret: hint: {hint}\n"
        ));
        assert!(
            run(&line.replace(['1', '2'], "3"), list.as_bytes())
                .get_output()
                .status
                .success()
        );
    }
    for line in ["--max-word 0", "--max-word", "--max-word 1.5"] {
        run(line, b"").code(2).stdout("");
    }
}
