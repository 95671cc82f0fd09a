//! Numbers are strict: every place where the program reads one, against everything that is none.

use std::process::{Command, Output, Stdio};

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(words)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Nothing on standard output, status 2, and a message that names the argument and its value.
fn refuses(words: &[&str], argument: &str, value: &str) {
    let done = run(words);
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{words:?}: {told}");
    assert!(done.stdout.is_empty(), "{words:?}");
    // A control character would break the line.
    let value = value.replace('\n', "\\n");
    let start = format!("mksecret: error: {argument} '{value}': ");
    assert!(told.starts_with(&start), "{words:?}: {told}");
    assert!(
        !told.contains("non-zero type") && !told.contains("invalid"),
        "{words:?}: {told}"
    );
}

/// Numbers in no place whatever.
const NEVER: &[&str] = &[
    " ", " 1", "1 ", "+5", "1.5", "1e3", "abc", "٣", "５", "²", "1,000", "0x", "0xg", "1_", "_1",
    "1__0", "2**", "5k", "5kB", "NaN", "inf", "--", "1\n", "１", "½", "9**9**9", "5P", "K", "KB",
    "1 K", "0b1", "1..6",
];

const NOT_A_PLAIN_NUMBER: &[&str] = &["5K", "5KB", "5KiB", "0x10", "1_000", "2**10"];

const TOO_LARGE_FOR_A_WORD: &[&str] = &["18446744073709551616", "10000000000000000000000"];

#[test]
fn a_count_is_a_whole_number_of_1_or_more_in_decimal_digits() {
    for command in [
        &["password", "-c"][..],
        &["password", "--count"],
        &["hex", "-c"],
        &["urlsafe", "-c"],
        &["base64", "-c"],
        &["base32", "-c"],
        &["token", "-c"],
        &["below", "6", "-c"],
        &["choice", "a", "-c"],
        &["sample", "1", "a", "-c"],
        &["passphrase", "-c"],
    ] {
        for value in [
            NEVER,
            NOT_A_PLAIN_NUMBER,
            TOO_LARGE_FOR_A_WORD,
            &["0", "00", "-1"],
        ]
        .concat()
        {
            refuses(&[command, &[value]].concat(), "--count", value);
        }
    }
}

#[test]
fn a_number_of_characters_is_a_count_too() {
    for command in ["hex", "urlsafe", "base64", "base32"] {
        for value in [
            NEVER,
            NOT_A_PLAIN_NUMBER,
            TOO_LARGE_FOR_A_WORD,
            &["0", "-1"],
        ]
        .concat()
        {
            refuses(&[command, "-l", value], "--chars", value);
        }
    }
}

#[test]
fn a_length_and_a_number_of_words_are_counts_too() {
    for (command, option, argument) in [
        ("password", "-l", "--length"),
        ("passphrase", "-w", "--words"),
    ] {
        for value in [
            NEVER,
            NOT_A_PLAIN_NUMBER,
            TOO_LARGE_FOR_A_WORD,
            &["0", "-1"],
        ]
        .concat()
        {
            refuses(&[command, option, value], argument, value);
        }
    }
}

#[test]
fn a_size_is_a_whole_number_with_or_without_a_unit() {
    for (command, argument) in [
        ("bytes", "SIZE"),
        ("hex", "N"),
        ("urlsafe", "N"),
        ("base64", "N"),
        ("base32", "N"),
    ] {
        for value in [
            NEVER,
            TOO_LARGE_FOR_A_WORD,
            &["0", "0K", "0x10", "1_000", "2**10", "16777216T", ""],
        ]
        .concat()
        {
            if value != "--" {
                refuses(&[command, value], argument, value);
            }
        }
    }
    for (size, bytes) in [
        ("1", 1),
        ("5K", 5120),
        ("5KB", 5000),
        ("5KiB", 5120),
        ("007", 7),
    ] {
        assert_eq!(run(&["bytes", size]).stdout.len(), bytes, "{size}");
        assert_eq!(run(&["hex", size]).stdout.len(), 2 * bytes + 1, "{size}");
    }
}

#[test]
fn a_bound_is_an_integer_above_0_of_any_size() {
    for value in [
        NEVER,
        &[
            "0",
            "00",
            "0x0",
            "0**5",
            "",
            "2**10**2",
            "2**1048577",
            "3**1048576",
            "10**(10**9)",
            "5K",
        ],
    ]
    .concat()
    {
        if value != "--" {
            refuses(&["below", value], "N", value);
        }
    }
    for value in [NEVER, &["", "5K", "-", "--5", "2**-1"]].concat() {
        refuses(&["below", "5", "--from", value], "--from", value);
    }
    for bound in ["5", "4", "-7"] {
        refuses(&["below", "--from", "5", "--", bound], "N", bound);
    }
}

#[test]
fn what_would_take_for_ever_to_compute_is_refused_at_once() {
    for value in [
        "2**(10**9)",
        "2**1000000000",
        "9**9**9",
        "10**99999999999999999999",
    ] {
        // Whether it is over within the test's patience is the point; the words are the same.
        let done = run(&["below", value]);
        assert_eq!(done.status.code(), Some(2));
        assert!(done.stdout.is_empty());
    }
}

#[test]
fn a_sample_has_a_whole_number_of_items_or_all() {
    for value in [
        NEVER,
        NOT_A_PLAIN_NUMBER,
        TOO_LARGE_FOR_A_WORD,
        &["0", "", "All", "ALL"],
    ]
    .concat()
    {
        if value != "--" {
            refuses(&["sample", value, "a", "b"], "K", value);
        }
    }
}

#[test]
fn a_duration_has_digits_and_a_unit() {
    for command in ["hex", "ready", "below 6", "bytes"] {
        let command: Vec<&str> = command.split(' ').collect();
        for value in [
            NEVER,
            TOO_LARGE_FOR_A_WORD,
            &[
                "",
                "5",
                "0",
                "-1s",
                "1.5s",
                "1h",
                "5S",
                "5 s",
                "s",
                "99999999999999999999s",
            ],
        ]
        .concat()
        {
            if !value.is_empty() {
                refuses(
                    &[&command[..], &["--timeout", value]].concat(),
                    "--timeout",
                    value,
                );
            }
        }
    }
}

#[test]
fn permissions_are_octal() {
    for value in [NEVER, &["8", "0o640", "-1", "1000", "0888", "u=rw"]].concat() {
        refuses(
            &["hex", "-o", "never-made", "--mode", value],
            "--mode",
            value,
        );
    }
}

#[test]
fn the_largest_numbers_are_no_special_case() {
    let most = u64::MAX.to_string();
    for words in [
        &["password", "--max-run", &most][..],
        &["password", "-b", "2000", "--max-run", &most],
        &["password", "--alphabet", "ab", "--max-run", &most],
    ] {
        let done = run(words);
        assert_eq!(done.status.code(), Some(0), "{words:?}");
    }
    for words in [
        &["password", "-l", &most][..],
        &["password", "-b", &most],
        &["password", "--digit", &most],
        &["passphrase", "-w", &most],
        &["passphrase", "-b", &most],
        &["sample", &most, "a"],
    ] {
        let done = run(words);
        assert_eq!(done.status.code(), Some(2), "{words:?}");
        assert!(done.stdout.is_empty(), "{words:?}");
    }
}

#[test]
fn a_left_over_argument_is_named() {
    for words in [
        &["hex", "1", "2"][..],
        &["bytes", "1", "2"],
        &["password", "2"],
        &["passphrase", "2"],
        &["below", "1", "2"],
        &["token", "2"],
        &["ready", "2"],
    ] {
        let done = run(words);
        assert_eq!(done.status.code(), Some(2), "{words:?}");
        assert!(done.stdout.is_empty(), "{words:?}");
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(
            told.starts_with("mksecret: error: unexpected argument '2'\n"),
            "{words:?}: {told}"
        );
    }
}

#[test]
fn a_negative_number_is_told_what_is_wrong_with_it() {
    for words in [
        &["hex", "-1"][..],
        &["bytes", "-5"],
        &["below", "-3"],
        &["sample", "-1", "a"],
        &["password", "-3"],
    ] {
        let done = run(words);
        assert_eq!(done.status.code(), Some(2), "{words:?}");
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(
            told.contains(&format!("'{}': a number here must be 1 or more", words[1])),
            "{words:?}: {told}"
        );
    }
}

#[test]
fn habits_from_other_tools_get_a_hint() {
    for (words, hint) in [
        (&["password", "32"][..], "-l 32"),
        (&["passphrase", "6"], "-w 6"),
        (&["choice", "-n", "3", "a", "b"], "-c"),
        (&["choice", "-n3", "a", "b"], "-c"),
        (&["sample", "2", "-n", "3", "a", "b"], "-c"),
        (&["choice", "-i", "1-6"], "`mksecret below 7 --from 1`"),
        (&["sample", "3", "-i1-49"], "`mksecret below 50 --from 1`"),
        (&["base64", "-w0"], "never wrapped"),
        (&["base64", "-w", "0"], "never wrapped"),
        (&["pasword"], "`mksecret password`"),
        (&["hex", "--outptu", "x"], "--output"),
    ] {
        let done = run(words);
        let told = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{words:?}: {told}");
        assert!(done.stdout.is_empty(), "{words:?}");
        let hints: Vec<_> = told
            .lines()
            .filter(|line| line.starts_with("mksecret: hint: "))
            .collect();
        assert!(
            hints.len() == 1 && hints[0].contains(hint),
            "{words:?}: {told}"
        );
    }
}

#[test]
fn an_option_given_twice_and_options_that_exclude_each_other_are_refused() {
    for (words, says) in [
        (&["hex", "-c", "1", "-c", "2"][..], "--count is given twice"),
        (
            &["hex", "--nonblock", "--timeout", "5s"],
            "exclude each other",
        ),
        (&["bytes", "--endless", "5"], "exclude each other"),
        (&["hex", "5", "-l", "5"], "exclude each other"),
        (&["urlsafe", "-l", "5", "--pad"], "exclude each other"),
        (&["choice", "a", "-i", "f"], "exclude each other"),
        (&["hex", "--count"], "--count needs a value"),
        (
            &["hex", "--pool", "other"],
            "--pool 'other': there is no such value",
        ),
        (&["below"], "N is missing"),
        (&["sample"], "K is missing"),
        (&["nonsense"], "there is no subcommand 'nonsense'"),
    ] {
        let done = run(words);
        let told = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{words:?}: {told}");
        assert!(done.stdout.is_empty(), "{words:?}");
        assert!(
            told.lines().next().unwrap().contains(says),
            "{words:?}: {told}"
        );
    }
}
