//! `--distinct`: no two texts are equal. That all sequences of different texts are equally likely is proved in the unit
//! tests.

use std::collections::BTreeSet;

use predicates::{prelude::*, str::contains};

mod support;

use support::{Printed, mksecret};

/// Every subcommand that has it, with as many texts as there may be where that is not too many, and their strength.
const MOST: &[(&str, &str)] = &[
    ("hex 1 -c 128", "128 times 1 byte, at least 7.01 bits each"),
    (
        "hex -l 3 -c 2048",
        "2048 times 3 characters, at least 11.00 bits each",
    ),
    (
        "urlsafe 1 -c 128",
        "128 times 1 byte, at least 7.01 bits each",
    ),
    (
        "urlsafe -l 2 -c 2048",
        "2048 times 2 characters, at least 11.00 bits each",
    ),
    (
        "urlsafe 1 --pad -c 128",
        "128 times 1 byte, at least 7.01 bits each",
    ),
    (
        "base64 1 -c 128",
        "128 times 1 byte, at least 7.01 bits each",
    ),
    (
        "base64 -l 1 -c 32",
        "32 times 1 character, at least 5.04 bits each",
    ),
    (
        "base32 1 -c 128",
        "128 times 1 byte, at least 7.01 bits each",
    ),
    (
        "base32 -l 2 -c 512",
        "512 times 2 characters, at least 9.00 bits each",
    ),
    // 2^4 - 2, of which six are left for the last.
    (
        "password --lower 1 --digit 1 --no-upper --no-symbol --exclude bcdefghijklmnopqrstuvwxyz123456789 -l 4 --start any --end any -c 7",
        "7 times 4 characters, at least 3.00 bits each",
    ),
    // 10 · 9^2
    (
        "password --for pin -l 3 --max-run 1 -c 405",
        "405 times 3 characters, at least 8.66 bits each",
    ),
    (
        "password --alphabet äß€ -l 2 -c 4",
        "4 times 2 characters, at least 2.58 bits each",
    ),
    (
        "password --rules maxlength:2;required:[ab];required:[bc] -c 3",
        "3 times 2 characters, at least 2.32 bits each",
    ),
    ("passphrase -w 1 -c 3000", "3000 times 1 word, at least"),
    (
        "pattern [0-9]{3} -c 500",
        "500 times 3 characters, at least 8.96 bits each",
    ),
    (
        "pattern [aä€😀]{2}x -c 8",
        "8 times 3 characters, at least 3.16 bits each",
    ),
    (
        "token -c 1000",
        "1000 times 36 characters, at least 178.62 bits each",
    ),
    (
        "uuid -c 1000",
        "1000 times a UUID, at least 121.99 bits each",
    ),
];

#[test]
fn no_two_texts_are_equal() {
    for (line, report) in MOST {
        let done = mksecret(&format!("{line} --distinct -v"))
            .assert()
            .success();
        let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
        let lines: BTreeSet<&str> = text.lines().collect();
        let count = report.split(' ').next().unwrap().parse().unwrap();
        assert_eq!(
            (lines.len(), text.lines().count()),
            (count, count),
            "{line}"
        );
        done.stderr(contains(*report));
    }
}

#[test]
fn every_subcommand_with_count_has_it_but_those_with_sample() {
    let mut command = mksecret::command();
    command.build();
    for subcommand in command.get_subcommands() {
        let has = |name: &str| (subcommand.get_arguments()).any(|it| it.get_long() == Some(name));
        let name = subcommand.get_name();
        let is_text = has("count") && !["below", "choice", "sample"].contains(&name);
        assert_eq!(has("distinct"), is_text, "{name}");
        let is_tested = MOST
            .iter()
            .any(|(line, _)| line.split(' ').next() == Some(name));
        assert_eq!(is_tested, is_text, "{name}");
    }
}

#[test]
fn more_than_half_of_the_texts_are_refused() {
    for (line, count, most) in [
        ("hex 1 -c 129", 256, 128),
        ("base32 -l 1 -c 17", 32, 16),
        ("password --alphabet abc -l 1 -c 2", 3, 1),
        ("pattern [0-9]{3} -c 501", 1000, 500),
    ] {
        let message = format!("more than half of the {count} different texts\n");
        let hint = format!("mksecret: hint: -c {most} is the most; `mksecret sample`");
        let done = mksecret(&format!("{line} --distinct"))
            .assert()
            .code(2)
            .stdout("");
        done.stderr(contains(message).and(contains(hint)));
        let (form, _) = line.split_once(" -c").unwrap();
        let allowed = format!("{form} -c {most}");
        assert_eq!(
            mksecret(&format!("{allowed} --distinct")).lines().len(),
            most
        );
    }
    // Decided before a file is kept.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kept"), "kept").unwrap();
    let mut command = mksecret("hex 1 -c 129 --distinct -o kept --keep");
    command.current_dir(&folder).assert().code(2);
}

#[test]
fn where_it_makes_no_sense_it_is_refused() {
    for (line, message, hint) in [
        (
            "hex 32769 -c 2 --distinct",
            "a text of more than 64 KiB",
            "omit it",
        ),
        (
            "hex -l 65537 -c 2 --distinct",
            "a text of more than 64 KiB",
            "omit it",
        ),
        (
            "urlsafe 1M -c 2 --distinct --no-expand",
            "more than 64 KiB",
            "omit it",
        ),
        ("hex --distinct", "--distinct needs -c", "-c N: print N"),
        (
            "below 6 -c 2 --distinct",
            "unexpected argument '--distinct'",
            "",
        ),
        (
            "choice -c 2 --distinct a b",
            "unexpected argument '--distinct'",
            "",
        ),
        ("token --check --distinct -c 2", "--check", ""),
    ] {
        let done = mksecret(line).assert().code(2).stdout("");
        done.stderr(contains(message).and(contains(hint)));
    }
    assert_eq!(
        mksecret("hex 32K -c 2 --distinct").printed().len(),
        2 * (65_536 + 1)
    );
    assert_eq!(mksecret("hex -c 1 --distinct").printed().len(), 65);
    let done = mksecret("hex 1 -c 1 --distinct -v").assert().success();
    done.stderr("mksecret: 1 byte, 8.00 bits (hexadecimal)\n");
}

#[test]
fn records_are_those_of_other_texts() {
    let printed = mksecret("pattern [0-9] -c 5 --distinct -0 -n --prefix id-").printed();
    let records: BTreeSet<&str> = printed.split('\0').collect();
    assert_eq!(records.len(), 5);
    assert!(
        records
            .iter()
            .all(|it| it.len() == 4 && it.starts_with("id-"))
    );
}

#[test]
fn list_has_the_counted_number_of_phrases() {
    let list = "one\ntwo\nthree\nthree\n";
    for (count, status) in [(4, 0), (5, 2)] {
        let mut command = mksecret(&format!("passphrase -W - -w 2 -c {count} --distinct"));
        let done = command.write_stdin(list).assert().code(status);
        let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
        let lines: BTreeSet<&str> = text.lines().collect();
        assert_eq!(lines.len(), if status == 0 { count } else { 0 });
    }
}

/// With address space for a million texts, not for a thousand million.
#[cfg(target_os = "linux")]
#[test]
fn too_little_memory_is_an_error_before_anything_is_drawn() {
    let program = env!("CARGO_BIN_EXE_mksecret");
    let script = "ulimit -v 2000000; exec \"$@\"";
    for (count, status) in ["100000", "1000000000", "18446744073709551615"]
        .into_iter()
        .zip([0, 1, 1])
    {
        let mut command = assert_cmd::Command::new("sh");
        command.args([
            "-c",
            script,
            "sh",
            program,
            "hex",
            "16",
            "--distinct",
            "-c",
            count,
        ]);
        let done = command.assert().code(status);
        if status == 1 {
            done.stdout("")
                .stderr("mksecret: error: there is not enough memory\n");
        }
    }
}
