//! What each subcommand prints.

use std::collections::BTreeSet;

use predicates::{
    prelude::*,
    str::{contains, starts_with},
};

mod support;

use support::{Printed, mksecret};

fn printed(line: &str) -> String {
    mksecret(line).printed()
}

/// What it prints when `input` is its standard input.
fn printed_with(line: &str, input: &str) -> String {
    mksecret(line).write_stdin(input).printed()
}

/// It must print nothing, and report `says` with this status.
fn fails_with(line: &str, input: &str, status: i32, says: &str) {
    let done = mksecret(line).write_stdin(input).assert();
    let says = format!("mksecret: error: {says}\n");
    done.code(status).stdout("").stderr(says);
}

fn assert_line_of(text: &str, length: usize, alphabet: &str) {
    let line = text.strip_suffix('\n').unwrap();
    assert_eq!(line.len(), length, "{line}");
    assert!(line.chars().all(|char| alphabet.contains(char)), "{line}");
}

const HEX: &str = "0123456789abcdef";
const URLSAFE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

#[test]
fn defaults_are_those_of_python() {
    assert_line_of(&printed("hex"), 64, HEX);
    assert_line_of(&printed("hex 16"), 32, HEX);
    assert_line_of(&printed("urlsafe"), 43, URLSAFE);
    for (line, length) in [("bytes", 32), ("bytes 1000", 1000)] {
        let done = mksecret(line).assert().success().stderr("");
        assert_eq!(done.get_output().stdout.len(), length);
    }
}

#[test]
fn encodings_have_the_length_of_their_bytes() {
    for bytes in [
        1_usize, 2, 3, 4, 5, 16, 32, 33, 1000, 65_535, 65_536, 65_537, 100_000, 200_001,
    ] {
        let of = |command: &str| printed(&command.replace("N", &bytes.to_string()));
        let (in_base64, in_base32) = ((4 * bytes).div_ceil(3), (8 * bytes).div_ceil(5));
        assert_line_of(&of("hex N"), 2 * bytes, HEX);
        assert_line_of(&of("urlsafe N"), in_base64, URLSAFE);
        assert_line_of(&of("base32 N"), in_base32, BASE32);
        for (command, alphabet) in [("base64 N", BASE64), ("urlsafe N --pad", URLSAFE)] {
            let padding = "=".repeat((3 - bytes % 3) % 3) + "\n";
            let text = of(command);
            let digits = text.strip_suffix(&padding).unwrap();
            assert_line_of(&format!("{digits}\n"), in_base64, alphabet);
        }
        let padded = of("base32 N --pad");
        assert_eq!(padded.len(), 8 * bytes.div_ceil(5) + 1);
    }
}

#[test]
fn encodings_decode_to_as_many_bytes() {
    use base64::{Engine, engine::general_purpose};

    for bytes in [1, 32, 65_536, 65_537, 131_072, 200_002] {
        let of = |command: &str| {
            let mut text = printed(&command.replace("N", &bytes.to_string()));
            assert_eq!(text.pop(), Some('\n'));
            text
        };
        for decoded in [
            hex::decode(of("hex N")).unwrap(),
            general_purpose::URL_SAFE_NO_PAD
                .decode(of("urlsafe N"))
                .unwrap(),
            general_purpose::STANDARD.decode(of("base64 N")).unwrap(),
            data_encoding::BASE32
                .decode(of("base32 N --pad").as_bytes())
                .unwrap(),
        ] {
            assert_eq!(decoded.len(), bytes);
        }
    }
}

#[test]
fn number_of_characters_is_exact() {
    for chars in [
        1, 2, 3, 4, 5, 7, 31, 32, 33, 1000, 87_381, 87_382, 131_071, 131_073, 300_001,
    ] {
        for (line, alphabet) in [
            ("hex -l", HEX),
            ("urlsafe -l", URLSAFE),
            ("base64 -l", BASE64),
            ("base32 --chars", BASE32),
        ] {
            assert_line_of(&printed(&format!("{line} {chars}")), chars, alphabet);
        }
    }
}

#[test]
fn count_prints_one_a_line_and_none_twice() {
    let keys = mksecret("hex -c 1000").lines();
    assert_eq!(keys.len(), 1000);
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 1000);
    // Values longer than a chunk, one after another.
    let long = mksecret("hex 100K -c 3 --prefix k=").lines();
    assert!(long.iter().all(|line| line.starts_with("k=")));
    let lengths: Vec<_> = long.iter().map(String::len).collect();
    assert_eq!(lengths, [204_802; 3]);
}

#[test]
fn below_prints_decimal_digits_within_its_bounds() {
    for value in mksecret("below 5 --from -5 -c 50").lines() {
        let value: i64 = value.parse().unwrap();
        assert!((-5..5).contains(&value));
    }
    let last = "999999999999999999999999999999";
    for (line, only) in [
        ("below 1", "0"),
        (&format!("below 10**30 --from {last}"), last),
        ("below 0x10 --from 15", "15"),
        ("below --from -8 -- -7", "-8"),
        ("below 0 --from -1", "-1"),
    ] {
        assert_eq!(mksecret(line).lines(), [only]);
    }
    let huge = printed("below 10**1000");
    assert!(huge.trim_end().bytes().all(|digit| digit.is_ascii_digit()));
    // With a probability below 10^-100 it is shorter than that.
    assert!((901..=1001).contains(&huge.len()));
    let largest = printed("below 2**1048576");
    assert!((300_000..=315_654).contains(&largest.len()));
}

#[test]
fn items_are_printed_byte_for_byte() {
    for (line, input, output) in [
        (
            "choice",
            &b"\xff\xfe \t\x01\n"[..],
            &b"\xff\xfe \t\x01\n"[..],
        ),
        ("choice", b"only", b"only\n"),
        ("choice", b"cr\r\n", b"cr\r\n"),
        ("choice", b"\n", b"\n"),
        ("choice -0", b"two\nlines\0", b"two\nlines\0"),
        ("choice -- -x", b"", b"-x\n"),
        ("choice -i -", b"a\n", b"a\n"),
        ("sample all --no-newline", b"\0", b"\0"),
        ("sample all", b"\n\n\n", b"\n\n\n"),
        // The same item twice is two positions.
        ("sample 2 a a", b"", b"a\na\n"),
    ] {
        let done = mksecret(line).write_stdin(input).assert().success();
        done.stdout(output).stderr("");
    }
    assert_eq!(mksecret("choice").arg("").printed(), "\n");
    #[cfg(unix)]
    {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

        let item = OsStr::from_bytes(b"\xff\xfe");
        let done = mksecret("choice").arg(item).assert();
        done.stdout(&b"\xff\xfe\n"[..]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn nonblocking_standard_input_is_waited_for() {
    use std::{io::Write, process, thread, time::Duration};

    use assert_cmd::assert::OutputAssertExt;

    let (reader, mut writer) = std::io::pipe().unwrap();
    rustix::fs::fcntl_setfl(&reader, rustix::fs::OFlags::NONBLOCK).unwrap();
    let late = thread::spawn(move || {
        for _ in 0..2 {
            thread::sleep(Duration::from_millis(50));
            writer.write_all(b"late\n").unwrap();
        }
    });
    let mut sample = process::Command::new(support::program());
    sample.args(["sample", "all"]).stdin(reader);
    sample.assert().success().stdout("late\nlate\n");
    late.join().unwrap();
}

#[test]
fn shuffle_has_every_line_once() {
    let mut lines: Vec<String> = (0..50_000)
        .map(|line| format!("{}{line}", "x".repeat(line % 40)))
        .collect();
    let mut command = mksecret("sample all");
    let mut shuffled = command.write_stdin(lines.join("\n") + "\n").lines();
    // With a probability of 1/50,000! they are in order.
    assert!(shuffled != lines);
    shuffled.sort();
    lines.sort();
    assert!(shuffled == lines);
}

#[test]
fn sample_takes_no_position_twice() {
    let input: String = (0..100_000).map(|line| format!("{line}\n")).collect();
    for size in [1, 10, 1000, 99_999, 100_000] {
        let output = printed_with(&format!("sample {size}"), &input);
        let items = output.lines().map(|item| item.parse::<u32>().unwrap());
        let distinct: BTreeSet<u32> = items.collect();
        assert_eq!(output.lines().count(), size);
        assert_eq!(distinct.len(), size);
        assert!(*distinct.last().unwrap() < 100_000);
    }
}

#[test]
fn too_few_items_are_an_error() {
    for (line, input, says) in [
        ("choice", "", "no items in standard input"),
        ("sample all", "", "no items in standard input"),
        ("choice -i /dev/null", "", "no items in /dev/null"),
        (
            "sample 4",
            "a\nb\nc",
            "K '4': only 3 items in standard input",
        ),
        ("sample 2 a", "", "K '2': only 1 item in the arguments"),
        (
            "sample 50 --range 1-49",
            "",
            "K '50': only 49 items in 1-49",
        ),
        ("sample 4 a b c", "", "K '4': only 3 items in the arguments"),
        (
            "sample 200001",
            &"x\n".repeat(200_000),
            "K '200001': only 200000 items in standard input",
        ),
    ] {
        fails_with(line, input, 2, says);
    }
}

#[test]
fn unreadable_items_are_an_error() {
    let missing = "cannot read no-such-file: No such file or directory (os error 2)";
    fails_with("choice -i no-such-file", "", 1, missing);
    let folder = "cannot read /: Is a directory (os error 21)";
    fails_with("sample 1 -i /", "", 1, folder);
}

#[test]
fn token_has_its_prefix_and_passes_its_own_check() {
    let tokens = printed("token --prefix acme_ -c 100");
    for token in tokens.lines() {
        assert!(token.starts_with("acme_") && token.len() == 41, "{token}");
    }
    assert_eq!(printed_with("token --check", &tokens), "");
    let check = "token --check --prefix acme_";
    assert_eq!(printed_with(check, &tokens), "");
    let published = "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\n";
    assert_eq!(printed_with("token --check --prefix ghp_", published), "");

    let other = "line 1 is not a token: its prefix does not match";
    fails_with("token --check --prefix other_", &tokens, 1, other);
    let broken = tokens
        .replacen("\nacme_", "\nacme_0", 7)
        .replacen("\nacme_0", "\nacme_", 6);
    let done = mksecret(check).write_stdin(broken).assert().code(1);
    // Not a byte of the token.
    let says = starts_with("mksecret: error: line 8 is not a token: ");
    done.stdout("").stderr(says.and(contains("acme").not()));
    mksecret("token --check").assert().code(2).stdout("");
    // One line, even if one of its parts looks like a token.
    let padding = "x".repeat(64 * 1024 - (published.len() - 1));
    let long = padding + published.trim_end() + published;
    let too_long = "line 1 is not a token: it is too long";
    fails_with("token --check", &long, 1, too_long);
}

#[test]
fn verbose_reports_what_was_generated_and_its_bits() {
    for (line, report) in [
        ("hex", "32 bytes, 256.00 bits (hexadecimal)"),
        ("hex -l 7", "7 characters, 28.00 bits (hexadecimal)"),
        (
            "urlsafe -l 7 -c 2",
            "2 times 7 characters, 42.00 bits each (URL-safe base64)",
        ),
        ("bytes 64K", "65536 bytes, 524288.00 bits (raw)"),
        (
            "bytes 1M --no-expand",
            "1048576 bytes, 8388608.00 bits (raw)",
        ),
        (
            "below 6",
            "an integer, at least 0 and below 6, 2.58 bits (each equally likely)",
        ),
        (
            "below 2**128",
            "an integer, at least 0 and below 2**128, 128.00 bits (each equally likely)",
        ),
        (
            "below 1",
            "an integer, at least 0 and below 1, 0.00 bits (each equally likely)",
        ),
        (
            "choice a b c",
            "one of 3 items, 1.58 bits (each equally likely)",
        ),
        ("choice a", "one of 1 item, 0.00 bits (each equally likely)"),
        (
            "choice a a",
            "one of 2 items (1 different), 0.00 bits (each equally likely)",
        ),
        (
            "choice a b a",
            "one of 3 items (2 different), 0.58 bits (each equally likely)",
        ),
        (
            "sample all a a a",
            "3 of 3 items (1 different), 0.00 bits (every order equally likely)",
        ),
        (
            "sample 2 a a b b c",
            "2 of 5 items (3 different), 2.32 bits (every order equally likely)",
        ),
        ("hex 1", "1 byte, 8.00 bits (hexadecimal)"),
        ("hex -l 1", "1 character, 4.00 bits (hexadecimal)"),
        ("bytes 1", "1 byte, 8.00 bits (raw)"),
        ("uuid", "a UUID, 122.00 bits (version 4)"),
        (
            "pattern [A-Z]{2}-[0-9]{6}",
            "9 characters, 29.33 bits (8 of them random)",
        ),
        (
            "choice --range -5-2**64",
            "one of the integers -5-2**64, 64.00 bits (each equally likely)",
        ),
        (
            "sample 6 --range 1-49",
            "6 of the integers 1-49, 33.22 bits (every order equally likely)",
        ),
        (
            "sample 2 a b c",
            "2 of 3 items, 2.58 bits (every order equally likely)",
        ),
        (
            "sample all a b",
            "2 of 2 items, 1.00 bits (every order equally likely)",
        ),
        (
            "token",
            "36 characters, 178.62 bits (30 base62 characters and a checksum)",
        ),
    ] {
        let done = mksecret(&format!("{line} -v")).assert().success();
        let printed = predicate::eq(&b""[..]).not();
        done.stdout(printed).stderr(format!("mksecret: {report}\n"));
    }
}

#[test]
fn equal_items_of_a_short_stream_count_once() {
    let report = |line: &str, items: String| {
        let done = mksecret(line).write_stdin(items).assert().success();
        String::from_utf8(done.get_output().stderr.clone()).unwrap()
    };
    for (line, says) in [
        ("choice -v", "one of 4 items (3 different), 1.00 bits ("),
        (
            "choice -vc 9",
            "9 times one of 4 items (3 different), 1.00 bits each (",
        ),
        ("sample 1 -v", "1 of 4 items (3 different), 1.00 bits ("),
        ("sample all -v", "4 of 4 items (3 different), 3.58 bits ("),
    ] {
        let said = report(line, "a\nb\nc\na".into());
        assert!(said.starts_with(&format!("mksecret: {says}")), "{said}");
    }
    // What is longer is not kept in memory.
    let many = || "a\n".repeat(2_000_000);
    for (line, says) in [
        ("choice -v", "one of 2000000 items, at most 20.93 bits ("),
        ("sample 2 -v", "2 of 2000000 items, at most 41.86 bits ("),
        ("sample 5000 -v", "5000 of 2000000 items, at most "),
    ] {
        let said = report(line, many());
        assert!(said.starts_with(&format!("mksecret: {says}")), "{said}");
    }
}

#[test]
fn expanded_bytes_are_reported_no_stronger_than_their_keys() {
    // What a processor without AES instructions prints is not expanded.
    let is_honest = |said: &str| {
        said == "mksecret: 1048576 bytes, 528128.00 bits (raw)\n"
            || said.contains("8388608.00 bits")
    };
    let done = mksecret("bytes 1M -v").assert().success();
    done.stderr(predicate::function(is_honest));
}

#[test]
fn ready_reports_nothing_unless_verbose() {
    for line in ["ready", "ready --nonblock", "ready --timeout 0s"] {
        assert_eq!(printed(line), "");
    }
    let done = mksecret("ready -v --timeout 5s").assert().success();
    let says = "mksecret: the kernel's random pool is initialised, waited 0.";
    done.stdout("").stderr(starts_with(says));
}

/// The main job: a script that generates tokens, a password and a key file.
#[cfg(unix)]
#[test]
fn shell_script_generates_tokens_a_password_and_a_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let script = r#"
        set -eu
        token=$("$mksecret" urlsafe)
        [ ${#token} = 43 ]
        password=$("$mksecret" password)
        [ ${#password} = 24 ]
        "$mksecret" bytes 32 -o key.bin
        [ "$(wc -c <key.bin)" -eq 32 ] && [ "$(ls -l key.bin | cut -c1-10)" = -rw------- ]
        for service in api web worker; do
            printf '%s=%s\n' "$service" "$("$mksecret" token --prefix acme_)"
        done >tokens.env
        [ "$(cut -d= -f2 tokens.env | sort -u | wc -l)" -eq 3 ]
        cut -d= -f2 tokens.env | "$mksecret" token --check --prefix acme_
        seq 100 >numbers
        "$mksecret" sample all <numbers | sort -n | cmp - numbers
        port=$("$mksecret" below 65536 --from 49152)
        [ "$port" -ge 49152 ] && [ "$port" -lt 65536 ]
        ! "$mksecret" bytes 32 -o key.bin
    "#;
    let done = assert_cmd::Command::new("sh")
        .args(["-c", script])
        .env("mksecret", support::program())
        .current_dir(&folder)
        .assert();
    let says = "mksecret: error: key.bin exists\n";
    done.success().stderr(starts_with(says));
}

#[test]
fn uuids_have_their_version_and_variant() {
    let uuids = mksecret("uuid -c 1000").lines();
    assert_eq!(uuids.iter().collect::<BTreeSet<_>>().len(), 1000);
    for uuid in &uuids {
        let form: String = uuid
            .chars()
            .map(|char| if HEX.contains(char) { 'x' } else { char })
            .collect();
        assert_eq!(form, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
        assert_eq!(&uuid[14..15], "4");
        assert!("89ab".contains(&uuid[19..20]), "{uuid}");
    }
    // Each of the other digits is any of sixteen: with a probability below 2^-80 one is missing at a place.
    for place in (0..36).filter(|place| ![8, 13, 14, 18, 19, 23].contains(place)) {
        let digits: BTreeSet<&str> = uuids.iter().map(|uuid| &uuid[place..place + 1]).collect();
        assert_eq!(digits.len(), 16, "{place}");
    }
    assert_eq!(printed("uuid -n --prefix urn:uuid:").len(), 45);
}
