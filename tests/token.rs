//! `mksecret token --check`.

use std::fs;

use predicates::str::contains;

mod support;

use support::{Printed, error, mksecret};

const GOOD: &str = "acme_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";

#[test]
fn empty_prefix_does_not_switch_the_check_off() {
    let says = error(
        "--prefix '': with --check, an empty prefix would accept every token",
        "is a variable not set? Without --prefix, any usual prefix is accepted",
    );
    let mut command = mksecret("token --check --prefix");
    let done = command.arg("").write_stdin(GOOD).assert();
    done.code(2).stdout("").stderr(says);
    let done = mksecret("token --check --prefix=")
        .write_stdin(GOOD)
        .assert();
    done.code(2);
    // Nothing is checked here.
    assert_eq!(mksecret("token --prefix=").printed().len(), 37);
}

#[test]
fn every_token_that_is_printed_passes_the_check() {
    for prefix in ["a b", "api key: acme_", "\u{e9}", "acme/", "=\""] {
        let says = error(
            "--prefix: `token --check` takes letters, digits, -, _ and . for a prefix",
            "put other text before it where the token is used",
        );
        let mut command = mksecret("token --prefix");
        command.arg(prefix).assert().code(2).stdout("").stderr(says);
    }
    let token = mksecret("token --prefix my-app.test_").printed();
    mksecret("token --check")
        .write_stdin(token)
        .assert()
        .success();
}

#[test]
fn all_bad_lines_are_named_and_no_token() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens");
    let long = "x".repeat(100_000);
    let text = format!("{GOOD}\nacme_short\n{GOOD}\n{long}\n{GOOD}x\n");
    fs::write(&file, &text).unwrap();
    let says = "\
mksecret: error: line 2 is not a token: it is too short
mksecret: error: line 4 is not a token: it is too long
mksecret: error: line 5 is not a token: its checksum is wrong
mksecret: error: 3 of 5 lines are not tokens
";
    let mut command = mksecret("token --check --all");
    let done = command.write_stdin(text).assert();
    done.code(1).stdout("").stderr(says);
    let mut command = mksecret("token --check --all -i");
    let done = command.arg(&file).assert();
    done.code(1).stdout("").stderr(says);
    let mut command = mksecret("token --check -i");
    let done = command.arg(&file).assert();
    let first = "mksecret: error: line 2 is not a token: it is too short\n";
    done.code(1).stdout("").stderr(first);
}

#[test]
fn a_token_has_nothing_but_its_prefix_before_it() {
    let check = |text: Vec<u8>, options: &str| {
        let mut command = mksecret(&format!("token --check {options}"));
        command.write_stdin(text).assert()
    };
    let before = |bytes: &[u8]| [bytes, GOOD.as_bytes(), b"\n"].concat();
    for bytes in [
        &b"\0"[..],
        b"\xef\xbb\xbf",
        b"\x1b[31m",
        b" ",
        b"\t",
        b"\"",
        b"TOKEN=",
        b"\xff",
        "\u{e9}".as_bytes(),
    ] {
        let other = contains("its prefix has characters other than letters, digits, -, _ and .");
        check(before(bytes), "").code(1).stdout("").stderr(other);
        check(before(bytes), "--prefix acme_").code(1);
    }
    let mut command = mksecret("token --check --prefix");
    let command = command.arg("api key: acme_");
    command.write_stdin(before(b"api key: ")).assert().success();
    let carriage_return = contains("line 1 is not a token: it ends with a carriage return");
    let windows = check(format!("{GOOD}\r\n").into(), "");
    windows.code(1).stderr(carriage_return);
}

#[test]
fn lines_are_lines_wherever_they_are_cut() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens");
    // The buffer of 64 KiB ends at every place of a line, and lines around that length are too long or not.
    for length in (65_000..66_000).step_by(41).chain(65_530..65_540) {
        let padding = "x".repeat(length);
        fs::write(&file, format!("{GOOD}\n{padding}\n{GOOD}\n{GOOD}")).unwrap();
        let mut command = mksecret("token --check --all -i");
        let done = command.arg(&file).assert().code(1);
        let reason = match length < 64 * 1024 {
            true => "its checksum is wrong",
            false => "it is too long",
        };
        done.stderr(format!(
            "mksecret: error: line 2 is not a token: {reason}\nmksecret: error: 1 of 4 lines is not a token\n"
        ));
    }
    let many = format!("{GOOD}\n").repeat(10_000);
    let report = "mksecret: 10000 lines, each of them a token\n";
    let mut command = mksecret("token --check -v");
    command.write_stdin(many).assert().success().stderr(report);
}

#[test]
#[cfg(unix)]
fn a_line_without_end_is_not_read_for_ever() {
    let too_long = "mksecret: error: line 1 is not a token: it is too long\n";
    let done = mksecret("token --check -i /dev/zero").assert();
    done.code(1).stdout("").stderr(too_long);
    let endless = "mksecret: error: line 1 of the file given with -i is longer than 64 MiB\n";
    let done = mksecret("token --check --all -i /dev/zero").assert();
    done.code(2).stderr(format!("{too_long}{endless}"));
}

#[test]
fn good_tokens_in_a_file_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| {
        let mut command = mksecret(line);
        command.current_dir(&folder).assert()
    };
    run("token --prefix acme_ -c 100 -o tokens").success();
    for options in ["", "--all", "--prefix acme_", "--all --prefix acme_"] {
        let done = run(&format!("token --check -i tokens {options}"));
        assert_eq!(done.printed(), "");
    }
    let report = "mksecret: 100 lines, each of them a token\n";
    run("token --check -i tokens -v").success().stderr(report);
    let missing = contains("cannot read the file given with -i: No such file");
    run("token --check -i missing").code(1).stderr(missing);
    let nothing = contains("there are no tokens in the file given with -i");
    run("token --check -i /dev/null").code(2).stderr(nothing);
    for line in ["token -i tokens", "token --all"] {
        run(line).code(2).stderr(contains(" needs --check\n"));
    }
    run("token --check --pool random").code(2);
}
