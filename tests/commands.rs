//! What each subcommand prints.

use std::{
    collections::BTreeSet,
    io::Write,
    process::{Command, Output, Stdio},
};

fn run_with(words: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that is done may read nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// What it prints; it must succeed without a word.
fn bytes_with(words: &[&str], input: &[u8]) -> Vec<u8> {
    let done = run_with(words, input);
    assert_eq!(String::from_utf8_lossy(&done.stderr), "", "{words:?}");
    assert_eq!(done.status.code(), Some(0), "{words:?}");
    done.stdout
}

fn text(words: &[&str]) -> String {
    String::from_utf8(bytes_with(words, b"")).unwrap()
}

/// What it says on standard error, and its status; it must print nothing.
fn said(words: &[&str], input: &[u8]) -> (String, i32) {
    let done = run_with(words, input);
    assert!(done.stdout.is_empty(), "{words:?}");
    (
        String::from_utf8(done.stderr).unwrap(),
        done.status.code().unwrap(),
    )
}

/// The line of `-v`.
fn verbose(words: &[&str]) -> String {
    let done = run_with(&[words, &["-v"]].concat(), b"");
    assert!(
        done.status.success() && !done.stdout.is_empty(),
        "{words:?}"
    );
    String::from_utf8(done.stderr).unwrap()
}

fn assert_line_of(text: &str, length: usize, alphabet: &str) {
    let line = text.strip_suffix('\n').unwrap();
    assert_eq!(line.len(), length, "{line}");
    assert!(
        line.chars().all(|character| alphabet.contains(character)),
        "{line}"
    );
}

const HEX: &str = "0123456789abcdef";
const URLSAFE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

#[test]
fn the_defaults_are_pythons() {
    assert_line_of(&text(&["hex"]), 64, HEX);
    assert_line_of(&text(&["hex", "16"]), 32, HEX);
    assert_line_of(&text(&["urlsafe"]), 43, URLSAFE);
    assert_eq!(bytes_with(&["bytes"], b"").len(), 32);
    assert_eq!(bytes_with(&["bytes", "1000"], b"").len(), 1000);
}

#[test]
fn encodings_have_the_length_of_their_bytes() {
    for bytes in [
        1, 2, 3, 4, 5, 16, 32, 33, 1000, 65_535, 65_536, 65_537, 100_000, 200_001,
    ] {
        let size = bytes.to_string();
        assert_line_of(&text(&["hex", &size]), 2 * bytes, HEX);
        assert_line_of(&text(&["urlsafe", &size]), (4 * bytes).div_ceil(3), URLSAFE);
        assert_line_of(&text(&["base32", &size]), (8 * bytes).div_ceil(5), BASE32);
        for command in [&["base64", &size][..], &["urlsafe", &size, "--pad"]] {
            let padded = text(command);
            assert_eq!(padded.len(), 4 * bytes.div_ceil(3) + 1, "{command:?}");
            assert_eq!(
                padded.matches('=').count(),
                (3 - bytes % 3) % 3,
                "{command:?}"
            );
            assert!(
                padded
                    .trim_end()
                    .trim_end_matches('=')
                    .chars()
                    .all(|c| BASE64.contains(c) || URLSAFE.contains(c))
            );
        }
        let padded = text(&["base32", &size, "--pad"]);
        assert_eq!(padded.len(), 8 * bytes.div_ceil(5) + 1);
    }
}

#[test]
fn encodings_decode_to_as_many_bytes() {
    use base64::{Engine, engine::general_purpose};

    for bytes in [1, 32, 65_536, 65_537, 131_072, 200_002] {
        let size = bytes.to_string();
        assert_eq!(
            hex::decode(text(&["hex", &size]).trim_end()).unwrap().len(),
            bytes
        );
        let unpadded = text(&["urlsafe", &size]);
        assert_eq!(
            general_purpose::URL_SAFE_NO_PAD
                .decode(unpadded.trim_end())
                .unwrap()
                .len(),
            bytes
        );
        let padded = text(&["base64", &size]);
        assert_eq!(
            general_purpose::STANDARD
                .decode(padded.trim_end())
                .unwrap()
                .len(),
            bytes
        );
        let base32 = text(&["base32", &size, "--pad"]);
        let alphabet = base32::Alphabet::Rfc4648 { padding: true };
        assert_eq!(
            base32::decode(alphabet, base32.trim_end()).unwrap().len(),
            bytes
        );
    }
}

#[test]
fn a_number_of_characters_is_exact() {
    for chars in [
        1, 2, 3, 4, 5, 7, 31, 32, 33, 1000, 87_381, 87_382, 131_071, 131_073, 300_001,
    ] {
        let number = chars.to_string();
        assert_line_of(&text(&["hex", "-l", &number]), chars, HEX);
        assert_line_of(&text(&["urlsafe", "-l", &number]), chars, URLSAFE);
        assert_line_of(&text(&["base64", "-l", &number]), chars, BASE64);
        assert_line_of(&text(&["base32", "--chars", &number]), chars, BASE32);
    }
}

#[test]
fn many_are_one_a_line_and_none_comes_twice() {
    let keys = text(&["hex", "-c", "1000"]);
    assert_eq!(keys.lines().count(), 1000);
    assert_eq!(keys.lines().collect::<BTreeSet<_>>().len(), 1000);
    // Values longer than a chunk, one after another.
    let long = text(&["hex", "100K", "-c", "3", "--prefix", "k="]);
    assert_eq!(long.lines().map(str::len).collect::<Vec<_>>(), [204_802; 3]);
    assert!(long.lines().all(|line| line.starts_with("k=")));
}

#[test]
fn below_prints_decimal_digits_within_its_bounds() {
    for _ in 0..50 {
        let value: i64 = text(&["below", "5", "--from", "-5"])
            .trim_end()
            .parse()
            .unwrap();
        assert!((-5..5).contains(&value));
    }
    assert_eq!(text(&["below", "1"]), "0\n");
    let last = "999999999999999999999999999999";
    assert_eq!(
        text(&["below", "10**30", "--from", last]),
        format!("{last}\n")
    );
    assert_eq!(text(&["below", "0x10", "--from", "15"]), "15\n");
    assert_eq!(text(&["below", "--from", "-8", "--", "-7"]), "-8\n");
    assert_eq!(text(&["below", "0", "--from", "-1"]), "-1\n");
    let huge = text(&["below", "10**1000"]);
    assert!(huge.trim_end().bytes().all(|digit| digit.is_ascii_digit()) && huge.len() <= 1001);
    // With a probability below 10^-100 it is shorter than that.
    assert!(huge.len() > 900);
    let largest = text(&["below", "2**1048576"]);
    assert!((300_000..=315_654).contains(&largest.len()));
}

#[test]
fn items_are_printed_byte_for_byte() {
    assert_eq!(
        bytes_with(&["choice"], b"\xff\xfe \t\x01\n"),
        b"\xff\xfe \t\x01\n"
    );
    assert_eq!(bytes_with(&["choice"], b"only"), b"only\n");
    assert_eq!(bytes_with(&["choice"], b"cr\r\n"), b"cr\r\n");
    assert_eq!(bytes_with(&["choice"], b"\n"), b"\n");
    assert_eq!(bytes_with(&["choice", ""], b""), b"\n");
    assert_eq!(
        bytes_with(&["choice", "-0"], b"two\nlines\0"),
        b"two\nlines\0"
    );
    assert_eq!(bytes_with(&["choice", "--", "-x"], b""), b"-x\n");
    assert_eq!(bytes_with(&["choice", "-i", "-"], b"a\n"), b"a\n");
    assert_eq!(bytes_with(&["sample", "all", "--no-newline"], b"\0"), b"\0");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;

        let item = std::ffi::OsStr::from_bytes(b"\xff\xfe");
        let done = Command::new(env!("CARGO_BIN_EXE_mksecret"))
            .arg("choice")
            .arg(item)
            .output()
            .unwrap();
        assert_eq!(done.stdout, b"\xff\xfe\n");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_standard_input_that_does_not_block_is_waited_for() {
    let (reader, mut writer) = std::io::pipe().unwrap();
    rustix::fs::fcntl_setfl(&reader, rustix::fs::OFlags::NONBLOCK).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(["sample", "all"])
        .stdin(reader)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(50));
    writer.write_all(b"late\n").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(50));
    writer.write_all(b"late\n").unwrap();
    drop(writer);
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    assert_eq!(done.stdout, b"late\nlate\n");
}

#[test]
fn a_shuffle_has_every_line_once() {
    let lines: Vec<String> = (0..50_000)
        .map(|line| format!("{}{line}", "x".repeat(line % 40)))
        .collect();
    let input = lines.join("\n") + "\n";
    let output = String::from_utf8(bytes_with(&["sample", "all"], input.as_bytes())).unwrap();
    let mut sorted: Vec<&str> = output.lines().collect();
    // With a probability of 1/50,000! they are in order.
    assert!(sorted.iter().zip(&lines).any(|(left, right)| left != right));
    sorted.sort();
    let mut expected: Vec<&str> = lines.iter().map(String::as_str).collect();
    expected.sort();
    assert_eq!(sorted, expected);
    let empty_lines = bytes_with(&["sample", "all"], b"\n\n\n");
    assert_eq!(empty_lines, b"\n\n\n");
}

#[test]
fn a_sample_takes_no_position_twice() {
    let input: String = (0..100_000).map(|line| format!("{line}\n")).collect();
    for size in ["1", "10", "1000", "99999", "100000"] {
        let output = String::from_utf8(bytes_with(&["sample", size], input.as_bytes())).unwrap();
        let distinct: BTreeSet<&str> = output.lines().collect();
        assert_eq!(output.lines().count().to_string(), size);
        assert_eq!(distinct.len().to_string(), size);
        assert!(
            distinct
                .iter()
                .all(|line| line.parse::<u32>().unwrap() < 100_000)
        );
    }
    // The same item twice is two positions.
    let twice = text(&["sample", "2", "a", "a"]);
    assert_eq!(twice, "a\na\n");
}

#[test]
fn too_few_items_are_an_error() {
    let (told, status) = said(&["choice"], b"");
    assert_eq!(
        (told.as_str(), status),
        ("mksecret: error: there are no items in standard input\n", 2)
    );
    let (told, status) = said(&["sample", "all"], b"");
    assert_eq!(
        (told.as_str(), status),
        ("mksecret: error: there are no items in standard input\n", 2)
    );
    let (told, status) = said(&["choice", "-i", "/dev/null"], b"");
    assert_eq!(
        (told.as_str(), status),
        ("mksecret: error: there are no items in /dev/null\n", 2)
    );
    let too_few = "mksecret: error: K '4': there are only 3 items in standard input, and none is taken twice\n";
    assert_eq!(said(&["sample", "4"], b"a\nb\nc"), (too_few.into(), 2));
    let too_few = "mksecret: error: K '4': there are only 3 items in the arguments, and none is taken twice\n";
    assert_eq!(
        said(&["sample", "4", "a", "b", "c"], b""),
        (too_few.into(), 2)
    );
    let many: String = "x\n".repeat(200_000);
    let too_few = "mksecret: error: K '200001': there are only 200000 items in standard input, and none is taken twice\n";
    assert_eq!(
        said(&["sample", "200001"], many.as_bytes()),
        (too_few.into(), 2)
    );
}

#[test]
fn items_that_cannot_be_read_are_an_error() {
    let (told, status) = said(&["choice", "-i", "no-such-file"], b"");
    assert_eq!(
        told,
        "mksecret: error: cannot read no-such-file: No such file or directory (os error 2)\n"
    );
    assert_eq!(status, 1);
    let (told, status) = said(&["sample", "1", "-i", "/"], b"");
    assert_eq!(
        told,
        "mksecret: error: cannot read /: Is a directory (os error 21)\n"
    );
    assert_eq!(status, 1);
}

#[test]
fn a_token_has_its_prefix_and_passes_its_own_check() {
    let tokens = text(&["token", "--prefix", "acme_", "-c", "100"]);
    for token in tokens.lines() {
        assert!(token.starts_with("acme_") && token.len() == 41, "{token}");
    }
    for words in [
        &["token", "--check"][..],
        &["token", "--check", "--prefix", "acme_"],
    ] {
        assert_eq!(bytes_with(words, tokens.as_bytes()), b"");
    }
    let (told, status) = said(
        &["token", "--check", "--prefix", "other_"],
        tokens.as_bytes(),
    );
    assert_eq!(
        (told.as_str(), status),
        (
            "mksecret: error: line 1 is not a token: its prefix is another one\n",
            1
        )
    );
    let broken = tokens
        .replacen("\nacme_", "\nacme_0", 7)
        .replacen("\nacme_0", "\nacme_", 6);
    let (told, status) = said(
        &["token", "--check", "--prefix", "acme_"],
        broken.as_bytes(),
    );
    assert_eq!(status, 1);
    assert!(
        told.starts_with("mksecret: error: line 8 is not a token: "),
        "{told}"
    );
    // Not a byte of the token.
    assert!(!told.contains("acme"), "{told}");
    let published = b"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\n";
    assert_eq!(
        bytes_with(&["token", "--check", "--prefix", "ghp_"], published),
        b""
    );
    assert_eq!(said(&["token", "--check"], b"").1, 2);
    // One line, however its pieces look.
    let token = &published[..published.len() - 1];
    let long = [&vec![b'x'; 64 * 1024 - token.len()][..], token, published].concat();
    let too_long = "mksecret: error: line 1 is not a token: it is too long\n";
    assert_eq!(said(&["token", "--check"], &long), (too_long.into(), 1));
}

#[test]
fn verbose_says_what_was_made_and_its_bits() {
    for (words, line) in [
        (
            &["hex"][..],
            "mksecret: 32 bytes, 256.00 bits (hexadecimal)\n",
        ),
        (
            &["hex", "-l", "7"],
            "mksecret: 7 characters, 28.00 bits (hexadecimal)\n",
        ),
        (
            &["urlsafe", "-l", "7", "-c", "2"],
            "mksecret: 2 times 7 characters, 42.00 bits each (URL-safe base64)\n",
        ),
        (
            &["bytes", "64K"],
            "mksecret: 65536 bytes, 524288.00 bits (raw)\n",
        ),
        (
            &["below", "6"],
            "mksecret: an integer from 0 and below 6, 2.58 bits (each equally likely)\n",
        ),
        (
            &["below", "2**128"],
            "mksecret: an integer from 0 and below 2**128, 128.00 bits (each equally likely)\n",
        ),
        (
            &["below", "1"],
            "mksecret: an integer from 0 and below 1, 0.00 bits (each equally likely)\n",
        ),
        (
            &["choice", "a", "b", "c"],
            "mksecret: one of 3 items, 1.58 bits (each position equally likely)\n",
        ),
        (
            &["sample", "2", "a", "b", "c"],
            "mksecret: 2 of 3 items, 2.58 bits (every order of positions equally likely)\n",
        ),
        (
            &["sample", "all", "a", "b"],
            "mksecret: 2 of 2 items, 1.00 bits (every order of positions equally likely)\n",
        ),
        (
            &["token"],
            "mksecret: 36 characters, 178.62 bits (30 of base62 and their checksum)\n",
        ),
    ] {
        assert_eq!(verbose(words), line, "{words:?}");
    }
}

#[test]
fn what_is_expanded_is_not_called_stronger_than_its_keys() {
    let line = verbose(&["bytes", "1M"]);
    assert!(
        line == "mksecret: 1048576 bytes, 528128.00 bits (raw)\n"
            || line.contains("8388608.00 bits"),
        "{line}"
    );
    assert_eq!(
        verbose(&["bytes", "1M", "--no-expand"]),
        "mksecret: 1048576 bytes, 8388608.00 bits (raw)\n"
    );
}

#[test]
fn ready_says_nothing_unless_asked() {
    assert_eq!(said(&["ready"], b""), (String::new(), 0));
    assert_eq!(said(&["ready", "--nonblock"], b""), (String::new(), 0));
    assert_eq!(said(&["ready", "--timeout", "0s"], b""), (String::new(), 0));
    let (told, status) = said(&["ready", "-v", "--timeout", "5s"], b"");
    assert!(
        told.starts_with("mksecret: the kernel's random pool is initialised, waited 0."),
        "{told}"
    );
    assert_eq!(status, 0);
}

/// The main job: a script that makes tokens, a password and a key file.
#[cfg(unix)]
#[test]
fn a_shell_script_makes_tokens_a_password_and_a_key_file() {
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
    let done = Command::new("sh")
        .args(["-c", script])
        .env("mksecret", env!("CARGO_BIN_EXE_mksecret"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}");
    assert_eq!(told.lines().next(), Some("mksecret: error: key.bin exists"));
}
