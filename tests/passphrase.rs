//! `mksecret passphrase`: what it prints, how strong it says that is, and what it refuses. That it is uniform is proved
//! in `src/sample/passphrase.rs` and tested on the program in `uniformity.rs`.

use std::{
    fs,
    io::Write as _,
    process::{Command, Output, Stdio},
};

/// Runs the program; `{list}` in its words is a file that holds `list`, and `list` is its standard input too.
fn passphrase(words: &str, list: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list");
    fs::write(&file, list).unwrap();
    let words = words.replace("{list}", file.to_str().unwrap());
    let mut child = Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .arg("passphrase")
        .args(words.split_whitespace().map(|word| word.trim_matches('\'')))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may not want it.
    let _ = child.stdin.take().unwrap().write_all(list);
    let mut done = child.wait_with_output().unwrap();
    let told = String::from_utf8(done.stderr).unwrap();
    done.stderr = told.replace(file.to_str().unwrap(), "{list}").into_bytes();
    done
}

/// The phrases that are printed, and what is said about them.
fn made(words: &str, list: &str) -> (Vec<String>, String) {
    let done = passphrase(words, list.as_bytes());
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(0), "{words}: {told}");
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(text.ends_with('\n'));
    (text.lines().map(str::to_string).collect(), told)
}

#[test]
fn the_strength_is_said_to_the_bit() {
    for (words, list, said) in [
        ("", "", "10 words, 129.24 bits (EFF large list: 7776 words)"),
        (
            "-w 1",
            "",
            "1 word, 12.92 bits (EFF large list: 7776 words)",
        ),
        (
            "-w 5 -s ''",
            "",
            "5 words, 64.62 bits (EFF large list: 7776 words)",
        ),
        (
            "-b 64",
            "",
            "5 words, 64.62 bits (EFF large list: 7776 words)",
        ),
        (
            "-b 65",
            "",
            "6 words, 77.54 bits (EFF large list: 7776 words)",
        ),
        // 7776^5 · 50, and · 50 again
        (
            "-w 5 --add-digit",
            "",
            "5 words, 70.26 bits (EFF large list: 7776 words)",
        ),
        (
            "-w 5 --add-digit --add-symbol --capitalize",
            "",
            "5 words, 75.91 bits (EFF large list: 7776 words)",
        ),
        (
            "-c 2 -w 3",
            "",
            "2 times 3 words, 38.77 bits each (EFF large list: 7776 words)",
        ),
        (
            "-w 8 -W -",
            "a\nb\nc\nd\n",
            "8 words, 16.00 bits (standard input: 4 words)",
        ),
        (
            "-w 8 -W {list}",
            "a\nb\na\nc\nd\nd",
            "8 words, 16.00 bits ({list}: 4 words, 2 duplicates left out)",
        ),
        (
            "-w 4 -W {list} --capitalize",
            "polish\nPolish\nturkish\n",
            "4 words, 4.00 bits ({list}: 2 words)",
        ),
        (
            "-w 2 -W {list}",
            "1111\tone\n1112\ttwo\n1113\tthree\n1114\tfour\n",
            "2 words, 4.00 bits ({list}: 4 words)",
        ),
    ] {
        let told = made(&format!("{words} -v"), list).1;
        assert_eq!(told, format!("mksecret: {said}\n"), "{words}");
    }
    assert_eq!(made("", "").1, "");
}

#[test]
fn a_phrase_is_words_of_the_list_in_the_style_that_is_asked_for() {
    let eff = include_str!("../src/phrase/eff_large.txt");
    let is_word = |word: &str| eff.lines().any(|line| line == word);
    for phrase in made("-c 50 -s _", "").0 {
        let words: Vec<&str> = phrase.split('_').collect();
        assert_eq!(words.len(), 10);
        assert!(words.into_iter().all(is_word), "{phrase}");
    }
    for phrase in made("-c 50 -w 4 --capitalize --add-digit --add-symbol -s .", "").0 {
        let words: Vec<&str> = phrase.split('.').collect();
        assert_eq!(words.len(), 4);
        assert!(
            words
                .iter()
                .all(|word| word.starts_with(char::is_uppercase))
        );
        let added: String = phrase
            .chars()
            .filter(|char| !".-".contains(*char) && !char.is_alphabetic())
            .collect();
        let mut added = added.chars().collect::<Vec<_>>();
        added.sort_unstable_by_key(|char| !char.is_ascii_digit());
        assert!(
            added[0].is_ascii_digit() && "!#$%&*+=?@".contains(added[1]),
            "{phrase}"
        );
        assert_eq!(added.len(), 2, "{phrase}");
        for word in words {
            let word = word
                .trim_end_matches(|char: char| !char.is_alphabetic())
                .to_lowercase();
            assert!(is_word(&word), "{phrase}");
        }
    }
    for phrase in made("-c 50 -W - -w 3 -s ''", "ä\nö\nü\n").0 {
        assert!(phrase.chars().count() == 3 && phrase.chars().all(|char| "äöü".contains(char)));
    }
    assert_eq!(made("-W - -w 6000", "a\nb\n").0[0].len(), 11_999);
}

/// This status, nothing on standard output, and these lines.
fn fails(words: &str, list: &[u8], status: i32, told: &str) {
    let done = passphrase(words, list);
    assert_eq!(String::from_utf8_lossy(&done.stderr), told, "{words}");
    assert_eq!(done.status.code(), Some(status), "{words}");
    assert!(done.stdout.is_empty(), "{words}");
}

#[test]
fn a_list_that_is_none_is_refused_by_the_number_of_its_line() {
    for (list, error, hint) in [
        (&b""[..], "the word list is empty", "it takes at least two"),
        (
            b"a\n",
            "the word list holds no two different words",
            "it takes at least two",
        ),
        (
            b"a\na\na\n",
            "the word list holds no two different words",
            "it takes at least two",
        ),
        (
            b"a\n\nb\n",
            "line 2 of the word list is empty",
            "a word list holds one word a line",
        ),
        (
            b"a\nb\nstra\xdfe\n",
            "line 3 of the word list is not UTF-8",
            "iconv can convert it",
        ),
        (
            b"a\nb\x07\n",
            "line 2 of the word list holds U+0007, a control character",
            "a word list holds one word a line",
        ),
    ] {
        let told = |name| format!("mksecret: error: {name}: {error}\nmksecret: hint: {hint}\n");
        fails("-W {list}", list, 2, &told("{list}"));
        fails("-W -", list, 2, &told("standard input"));
    }
}

#[test]
fn a_list_that_cannot_be_read_is_an_error() {
    let done = passphrase("-W /nonexistent/list", b"");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(
        told.starts_with("mksecret: error: cannot read /nonexistent/list: "),
        "{told}"
    );
    assert_eq!((done.status.code(), &*done.stdout), (Some(1), &[][..]));
}

#[cfg(unix)]
#[test]
fn a_list_that_never_ends_is_refused() {
    fails(
        "-W /dev/zero",
        b"",
        2,
        "mksecret: error: /dev/zero: a word list has at most 64 MiB\n",
    );
}

#[test]
fn phrases_that_could_read_the_same_are_refused() {
    let separate = "choose a separator that is in no word, such as -s ' ', or try --capitalize";
    for (words, list, error, hint) in [
        (
            "-W - -s ''",
            "be\nbee\need\nd\n",
            "with '' between words, two phrases could look the same: `be` begins `bee`",
            separate,
        ),
        (
            "-W -",
            "down\ndrop\ndrop-down\n",
            "with '-' between words, two phrases could look the same: `drop-` begins `drop-down-`",
            separate,
        ),
        (
            "-W - --add-digit",
            "1st\n2nd\n",
            "--add-digit: the word `1st` holds one, so that two phrases could look the same",
            "leave the option out, or use another list",
        ),
        (
            "-s + --add-symbol",
            "",
            "--add-symbol: the separator holds one, so that two phrases could look the same",
            "choose another with -s, or leave the option out",
        ),
    ] {
        let told = format!("mksecret: error: {error}\nmksecret: hint: {hint}\n");
        fails(words, list.as_bytes(), 2, &told);
    }
    assert_eq!(
        made("-W - -s '' --capitalize", "be\nbee\need\nd\n").0.len(),
        1
    );
    assert_eq!(made("-W - -s ''", "abc\nbc\nc\n").0.len(), 1);
}

#[test]
fn a_size_that_is_none_is_refused() {
    for (words, error, hint) in [
        (
            "-w 7000",
            "a phrase of 7000 words is too long: at most 6553 of this list",
            "ask for fewer words",
        ),
        (
            "-b 90000",
            "--bits 90000: no phrase of up to 6553 words is as strong as that",
            "ask for fewer bits",
        ),
        (
            "-w 5 -b 60",
            "--words and --bits exclude each other",
            "see `mksecret passphrase --help`",
        ),
    ] {
        let told = format!("mksecret: error: {error}\nmksecret: hint: {hint}\n");
        fails(words, b"", 2, &told);
    }
}
