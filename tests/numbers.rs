//! Numbers are strict: every place where the program reads one, against everything that is not one.

use predicates::{
    prelude::*,
    str::{contains, starts_with},
};

mod support;

use support::{Printed, mksecret};

/// Runs the program with each of `values` in the place of `{}`: it must exit with 2, print nothing, and name the
/// argument and the value.
fn refuses(line: &str, argument: &str, values: &[&[&str]]) {
    for value in values.concat() {
        let mut command = mksecret("");
        let words = line
            .split(' ')
            .map(|word| if word == "{}" { value } else { word });
        let done = command.args(words).assert().code(2).stdout("");
        // A control character would break the line.
        let start = format!(
            "mksecret: error: {argument} '{}': ",
            value.replace('\n', "\\n")
        );
        let vague = contains("non-zero type").or(contains("invalid"));
        done.stderr(starts_with(start).and(vague.not()));
    }
}

/// Numbers in no place at all.
const NEVER: &[&str] = &[
    " ", " 1", "1 ", "+5", "1.5", "1e3", "abc", "٣", "５", "²", "1,000", "0x", "0xg", "1_", "_1",
    "1__0", "2**", "5k", "5kB", "NaN", "inf", "1\n", "１", "½", "9**9**9", "5P", "K", "KB", "1 K",
    "0b1", "1..6",
];

/// A value only after an option; elsewhere it ends the options.
const DASHES: &[&str] = &["--"];

const NOT_A_PLAIN_NUMBER: &[&str] = &["5K", "5KB", "5KiB", "0x10", "1_000", "2**10"];

const TOO_LARGE_FOR_A_WORD: &[&str] = &["18446744073709551616", "10000000000000000000000"];

const NOT_POSITIVE: &[&str] = &["0", "00", "-1"];

#[test]
fn counts_are_decimal_numbers_from_1() {
    let no_counts = [
        NEVER,
        DASHES,
        NOT_A_PLAIN_NUMBER,
        TOO_LARGE_FOR_A_WORD,
        NOT_POSITIVE,
    ];
    for line in [
        "password -c {}",
        "password --count {}",
        "hex -c {}",
        "urlsafe -c {}",
        "base64 -c {}",
        "base32 -c {}",
        "below 6 -c {}",
        "choice a -c {}",
        "sample 1 a -c {}",
        "passphrase -c {}",
    ] {
        refuses(line, "--count", &no_counts);
    }
    for (line, argument) in [
        ("hex -l {}", "--chars"),
        ("urlsafe -l {}", "--chars"),
        ("base64 -l {}", "--chars"),
        ("base32 -l {}", "--chars"),
        ("password -l {}", "--length"),
        ("passphrase -w {}", "--words"),
    ] {
        refuses(line, argument, &no_counts);
    }
}

#[test]
fn sizes_are_whole_numbers_with_or_without_a_unit() {
    let no_sizes: &[&str] = &["0", "0K", "0x10", "1_000", "2**10", "16777216T", ""];
    for (line, argument) in [
        ("bytes {}", "SIZE"),
        ("hex {}", "N"),
        ("urlsafe {}", "N"),
        ("base64 {}", "N"),
        ("base32 {}", "N"),
    ] {
        refuses(line, argument, &[NEVER, TOO_LARGE_FOR_A_WORD, no_sizes]);
    }
    for (size, bytes) in [
        ("1", 1),
        ("5K", 5120),
        ("5KB", 5000),
        ("5KiB", 5120),
        ("007", 7),
    ] {
        let raw = mksecret(&format!("bytes {size}")).unwrap();
        assert_eq!(raw.stdout.len(), bytes, "{size}");
        let digits = mksecret(&format!("hex {size}")).printed();
        assert_eq!(digits.len(), 2 * bytes + 1, "{size}");
    }
}

#[test]
fn bounds_are_integers_above_0_of_any_size() {
    let no_bounds: &[&str] = &[
        "0",
        "00",
        "0x0",
        "0**5",
        "",
        "2**10**2",
        "2**1048577",
        "3**1048576",
        "5K",
        // Their values would take forever to compute.
        "10**(10**9)",
        "2**(10**9)",
        "2**1000000000",
        "9**9**9",
        "10**99999999999999999999",
    ];
    refuses("below {}", "N", &[NEVER, no_bounds]);
    let no_integers: &[&str] = &["", "5K", "-", "--5", "2**-1"];
    refuses("below 5 --from {}", "--from", &[NEVER, DASHES, no_integers]);
    refuses("below --from 5 -- {}", "N", &[&["5", "4", "-7"]]);
}

#[test]
fn sample_sizes_are_whole_numbers_or_all() {
    let no_sizes: &[&str] = &["0", "", "All", "ALL"];
    let values = [NEVER, NOT_A_PLAIN_NUMBER, TOO_LARGE_FOR_A_WORD, no_sizes];
    refuses("sample {} a b", "K", &values);
}

#[test]
fn durations_have_digits_and_a_unit() {
    let no_durations: &[&str] = &[
        "5",
        "0",
        "-1s",
        "1.5s",
        "1h",
        "5S",
        "5 s",
        "s",
        "99999999999999999999s",
    ];
    for line in [
        "hex --timeout {}",
        "ready --timeout {}",
        "below 6 --timeout {}",
        "bytes --timeout {}",
    ] {
        let values = [NEVER, DASHES, TOO_LARGE_FOR_A_WORD, no_durations];
        refuses(line, "--timeout", &values);
    }
}

#[test]
fn permissions_are_octal() {
    let no_modes: &[&str] = &["8", "0o640", "-1", "1000", "0888", "u=rw"];
    let line = "hex -o never-made --mode {}";
    refuses(line, "--mode", &[NEVER, DASHES, no_modes]);
}

#[test]
fn largest_numbers_are_no_special_case() {
    let run = |line: &str| mksecret(&line.replace("MOST", &u64::MAX.to_string())).assert();
    for line in [
        "password --max-run MOST",
        "password -b 2000 --max-run MOST",
        "password --alphabet ab --max-run MOST",
    ] {
        run(line).success();
    }
    for line in [
        "password -l MOST",
        "password -b MOST",
        "password --digit MOST",
        "passphrase -w MOST",
        "passphrase -b MOST",
        "sample MOST a",
    ] {
        run(line).code(2).stdout("");
    }
}

#[test]
fn extra_argument_is_named() {
    for line in [
        "hex 1 2",
        "bytes 1 2",
        "password 2",
        "passphrase 2",
        "below 1 2",
        "ready 2",
    ] {
        let says = starts_with("mksecret: error: unexpected argument '2'\n");
        mksecret(line).assert().code(2).stdout("").stderr(says);
    }
}

#[test]
fn negative_numbers_are_read_where_numbers_are() {
    refuses("hex {}", "N", &[&["-1", "-16"]]);
    refuses("base32 {}", "N", &[&["-1"]]);
    refuses("bytes {}", "SIZE", &[&["-5", "-00"]]);
    refuses("below {}", "N", &[&["-3"]]);
    refuses("sample {} a", "K", &[&["-1"]]);
    for (line, least, most) in [
        ("below -5 --from -10 -c 50", -10, -6),
        ("below --from -10 -5 -c 50", -10, -6),
        ("below -c50 -5 --from=-10", -10, -6),
        ("below --from -0x10 -c 50 -- -2**3", -16, -9),
    ] {
        for value in mksecret(line).lines() {
            let value: i64 = value.parse().unwrap();
            assert!((least..=most).contains(&value), "{line}: {value}");
        }
    }
    let goes_last = "N that begins with a hyphen goes last, after `--`\n";
    let done = mksecret("below -0x5 --from -10").assert().code(2);
    done.stdout("").stderr(contains(goes_last));
}

#[test]
fn hyphen_zero_is_always_the_option() {
    for line in [
        "hex -0 16",
        "hex 16 -0",
        "base64 -0",
        "below -0 5",
        "below 5 -0",
        "below -0 --from -5 5",
        "below --from -5 -0 -- -4",
        "password -0",
        "uuid -0",
        "choice -0 a",
        "choice --range 1-6 -0",
        "sample -0 1 a",
        "sample 1 -0 a b",
        "sample all -0 --range -5--1",
    ] {
        let text = mksecret(line).printed();
        assert!(text.ends_with('\0') && !text.contains('\n'), "{line}");
    }
    assert_eq!(mksecret("choice -- -0").printed(), "-0\n");
    let done = mksecret("password -0 -0").assert().code(2);
    done.stderr(contains("-0 is given twice"));
    for line in ["bytes -0", "ready -0"] {
        let done = mksecret(line).assert().code(2);
        done.stderr(contains("unexpected argument '-0'"));
    }
}

#[test]
fn repeated_and_conflicting_options_are_refused() {
    for (line, says) in [
        ("hex -c 1 -c 2", "--count is given twice"),
        ("hex --nonblock --timeout 5s", "cannot be used with"),
        ("bytes --endless 5", "cannot be used with"),
        ("hex 5 -l 5", "cannot be used with"),
        ("urlsafe -l 5 --pad", "cannot be used with"),
        ("choice a -i f", "cannot be used with"),
        ("choice a --range 1-6", "cannot be used with"),
        ("sample 1 -i f --range 1-6", "cannot be used with"),
        ("hex --count", "--count needs a value"),
        ("hex --pool other", "--pool 'other': unknown value"),
        ("below", "N is missing"),
        ("sample", "K is missing"),
        ("hex --mode 0640", "--mode needs -o"),
        ("hex -f", "-f needs -o"),
        ("hex -o new --preserve", "--preserve needs --force"),
        ("token --all", "--all needs --check"),
        ("nonsense", "unknown command 'nonsense'"),
    ] {
        let says_first = |said: &str| said.lines().next().is_some_and(|line| line.contains(says));
        let done = mksecret(line).assert().code(2).stdout("");
        done.stderr(predicate::function(says_first));
    }
}
