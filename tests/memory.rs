//! Too little memory is an error, and what is read has bounds.
#![cfg(target_os = "linux")]

use std::{fs, io::Write};

use assert_cmd::{Command, assert::Assert};
use predicates::{prelude::*, str::contains};

mod support;

use support::{Printed, program, strace};

/// Runs `script`, in which `mksecret` is the program, with so many KiB of address space.
fn with_kib(kib: u32, script: &str) -> Assert {
    let mut sh = Command::new("sh");
    sh.arg("-c")
        .arg(format!(
            "ulimit -v {kib}; mksecret() {{ {} \"$@\"; }}; {script}",
            program()
        ))
        .env("RUST_BACKTRACE", "1")
        .assert()
}

#[test]
fn too_little_memory_is_a_sentence_and_no_abort() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    let mut file = fs::File::create(&list).unwrap();
    for number in 0..9_000_000 {
        // Seven bytes a line, 63 MB.
        writeln!(file, "{}", encoded(number)).unwrap();
    }
    let list = list.display();
    for (kib, script) in [
        (60_000, "yes | mksecret sample all"),
        (60_000, "yes | mksecret sample 100000000"),
        (60_000, "yes | mksecret sample 2 -c 2"),
        (60_000, "yes | mksecret choice -c 100000000000"),
        (60_000, "yes '' | mksecret sample all"),
        (60_000, "mksecret sample all -0 -i /dev/zero"),
        (60_000, "mksecret choice -i /dev/zero"),
        (60_000, "mksecret sample 50000000 --range 1-10**9"),
        (60_000, "mksecret sample all --range 1-10**9"),
        (60_000, "mksecret sample 1000000000000000 --range 1-10**18"),
        (60_000, "mksecret sample 1000000 --range 1-2**20000"),
        (60_000, &format!("mksecret passphrase -W {list}")),
        (100_000, &format!("mksecret passphrase -W {list}")),
    ] {
        let says = contains("mksecret: error: ").and(contains("memory"));
        let one_line = predicate::function(|said: &str| said.lines().count() == 1);
        let done = with_kib(kib, script).code(1).stdout("");
        done.stderr(says.and(one_line));
    }
}

#[test]
fn choices_from_few_items_take_little_memory_in_any_number() {
    let six = "printf '1\\n2\\n3\\n4\\n5\\n6'";
    let choose = |kib, count: u64, rest: &str| {
        with_kib(kib, &format!("{six} | mksecret choice -c {count} {rest}"))
    };
    let done = choose(
        30_000,
        u64::MAX,
        "2>&1 | head -n 100000 | grep -c '^[1-6]$'",
    );
    assert_eq!(done.printed(), "100000\n");
    let done = choose(30_000, 300_000, "| sort | uniq -c").success();
    let counts = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    let counts = counts.lines().map(|line| line.split_whitespace().next());
    let counts: Vec<i64> = counts
        .map(|count| count.unwrap().parse().unwrap())
        .collect();
    assert_eq!((counts.len(), counts.iter().sum()), (6, 300_000));
    // The standard deviation is 204; ten of them are exceeded with a probability below 2^-70.
    assert!(counts.iter().all(|count| (count - 50_000).abs() < 2040));
}

/// Six letters, different ones for each number below 26^6.
fn encoded(mut number: u32) -> String {
    let letter = |_| {
        let letter = b'a' + (number % 26) as u8;
        number /= 26;
        char::from(letter)
    };
    (0..6).map(letter).collect()
}

#[test]
fn an_item_has_at_most_64_mib() {
    for source in ["/dev/zero", "/dev/full"] {
        for command in ["choice", "sample 1", "sample all", "choice -c 3"] {
            let says = format!("mksecret: error: an item in {source} is longer than 64 MiB\n");
            let done = with_kib(400_000, &format!("mksecret {command} -i {source}"));
            done.code(2).stdout("").stderr(says);
        }
    }
    // To the byte, with and without a delimiter, wherever it begins.
    for (before, length, delimiter, status) in [
        ("", 64 << 20, "", 0),
        ("", (64 << 20) + 1, "", 2),
        ("a\\nb\\n", 64 << 20, "\\n", 0),
        ("a\\nb\\n", (64 << 20) + 1, "\\nc\\n", 2),
    ] {
        let items = format!("printf '{before}'; head -c {length} /dev/zero; printf '{delimiter}'");
        let script = format!("{{ {items}; }} | mksecret sample all | wc -c; ");
        let pipe = format!("set -o pipefail; {script}");
        let mut bash = Command::new("bash");
        bash.arg("-c")
            .arg(format!("mksecret() {{ {} \"$@\"; }}; {pipe}", program()));
        bash.assert().code(status);
    }
}

#[test]
fn word_lists_of_any_kind_are_read_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    let run = |kib, line: &str| with_kib(kib, &format!("mksecret {line} -W {}", list.display()));
    // A chain of words each of which begins the next: 64 MiB of them.
    let chain: String = (1..=11_580)
        .map(|length| "a".repeat(length) + "\n")
        .collect();
    assert!(chain.len() > 67_000_000 && chain.len() <= 64 << 20);
    fs::write(&list, chain).unwrap();
    run(300_000, "passphrase -w 3").success();
    let ambiguous = contains("cannot be ruled out that two passphrases look the same");
    run(300_000, "passphrase -w 3 -s ''")
        .code(2)
        .stderr(ambiguous);
    // 60 MB of lines of two bytes.
    let lines: String = (0..30_000_000)
        .flat_map(|line| [char::from(b'a' + (line % 26) as u8), '\n'])
        .collect();
    fs::write(&list, lines).unwrap();
    let report = contains("26 words, 29999974 duplicates ignored");
    run(160_000, "passphrase -w 3 -v").success().stderr(report);
}

#[test]
fn a_list_that_is_too_long_is_refused() {
    let says = "mksecret: error: /dev/zero: the word list is larger than 64 MiB\n";
    let done = with_kib(400_000, "mksecret passphrase -W /dev/zero");
    done.code(2).stderr(says);
}

#[test]
fn memory_refused_at_any_moment_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..9999).map(|line| format!("{line}\n")).collect();
    fs::write(folder.path().join("lines"), lines).unwrap();
    let run = |kib: u32, line: &str| {
        let mut sh = Command::new("sh");
        let script = format!("ulimit -v {kib}; exec {} {line}", program());
        sh.args(["-c", &script]).current_dir(&folder);
        sh.output().unwrap()
    };
    // With less, it is not the program that fails, but the system's loader.
    let starts = |kib: &u32| run(*kib, "ready").status.success();
    let least = (1000..).step_by(32).find(starts).unwrap();
    let mut sentences = 0;
    for line in [
        "hex 100K",
        "below '2**1048576'",
        "password -l 60 --digit 8 --upper 8 --lower 8 --symbol 8 --max-run 1",
        "passphrase -v --capitalize -c 1000",
        "sample all -i lines -f -o sample",
        "choice a --nonsense",
        "man",
    ] {
        let mut kib = least;
        loop {
            let done = run(kib, line);
            let said = String::from_utf8_lossy(&done.stderr);
            match done.status.code() {
                Some(0 | 2) => break,
                Some(1) => {
                    sentences += 1;
                    let one = said.starts_with("mksecret: error: ") && said.contains("memory");
                    assert!(one && said.lines().count() == 1, "{line}, {kib}: {said}");
                }
                other => panic!("{line}, {kib}: {other:?}: {said}"),
            }
            // In smaller steps at first.
            kib += 32.max((kib - least) / 16);
        }
        let names = fs::read_dir(&folder).unwrap();
        let mut names = names.map(|entry| entry.unwrap().file_name());
        assert!(names.all(|name| name == "lines" || name == "sample"));
    }
    assert!(sentences > 20, "{sentences}");
}

#[test]
#[ignore = "needs strace"]
fn more_bytes_than_requested_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("input"), "a\nb\n").unwrap();
    for (call, line, says) in [
        ("read", "choice -i input", "cannot read input"),
        ("read", "sample all -i input", "cannot read input"),
        ("read", "passphrase -W input", "cannot read input"),
        (
            "read",
            "token --check -i input",
            "cannot read the file given with -i",
        ),
        ("write", "hex", "cannot write to standard output"),
        ("getrandom", "hex", "cannot get random bytes"),
    ] {
        // The loader reads and C asks for random bytes, too; the message is to be written.
        let (only, when) = match call {
            "read" => ("-P input", "1"),
            "write" => ("", "1"),
            _ => ("", "1+"),
        };
        let inject = format!("-o trace {only} -e inject={call}:retval=1000000000:when={when}");
        let mut strace = strace(&inject, line);
        let strace = strace.current_dir(&folder);
        let says = contains(says).and(contains("more bytes than requested"));
        strace.assert().code(1).stderr(says);
    }
    // What cannot be said is not said, and nothing panics.
    let mut strace = strace("-o trace -e inject=write:retval=1000000000", "hex 0");
    strace.current_dir(&folder).assert().code(2);
}
