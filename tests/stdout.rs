//! Exit status 0 only if every byte arrived: every subcommand against every way in which standard output or standard
//! error can be broken, as root and as an ordinary user.
#![cfg(unix)]

use std::{
    collections::HashSet,
    io::{PipeReader, Read, Write, pipe},
    os::unix::process::ExitStatusExt,
    process::{self, Stdio},
    thread,
    time::Duration,
};

use assert_cmd::{
    Command,
    assert::{Assert, OutputAssertExt},
};
use predicates::{prelude::*, str::contains};
use rustix::process::{Pid, Signal, kill_process};

mod support;

use support::{
    Printed, Start, Started, are_messages, folder::Folder, is_key, is_root, mksecret,
    program_that_heeds_signals,
};

/// Every subcommand that prints, in forms that take different ways through the program, and what it reads.
const COMMANDS: &[(&str, &str)] = &[
    ("password", ""),
    ("password -c 100000", ""),
    ("passphrase", ""),
    ("pattern [a-z]{20}-[0-9]{4}", ""),
    ("pattern [a-z]{20} -c 100000", ""),
    ("pattern [a-z]{20} -c 10000 --distinct", ""),
    ("hex", ""),
    ("hex 3000", ""),
    ("hex 300K", ""),
    ("urlsafe", ""),
    ("urlsafe -l 300000 -n", ""),
    ("base64", ""),
    ("base64 300K", ""),
    ("base32", ""),
    ("base32 300K", ""),
    ("token --prefix acme_", ""),
    ("uuid", ""),
    ("bytes", ""),
    ("bytes 64K", ""),
    ("bytes 1M", ""),
    ("bytes 1M --no-expand", ""),
    ("below 10**100", ""),
    ("below 6 -c 100000", ""),
    ("choice heads tails", ""),
    ("choice -c 100000", "heads\ntails\n"),
    ("choice -c 100000 --range 1-6", ""),
    ("sample 2", "a\nb\nc\n"),
    ("sample 2000 --range 1-10**9", ""),
    ("sample all -c 100000 a b c", ""),
    ("fill", "key = {{ mksecret hex }}\n"),
    ("fill --env", "A={{ mksecret password }}\nB={{ A }}\n"),
    ("completions bash", ""),
    ("man", ""),
    ("help", ""),
    ("--help", ""),
    ("--version", ""),
    ("hex --help", ""),
];

/// Subcommands that print nothing.
const SILENT: &[&str] = &["ready"];

#[test]
fn table_has_every_subcommand() {
    let lines = COMMANDS.iter().map(|(line, _)| *line);
    support::assert_all_subcommands(lines.chain(SILENT.iter().copied()));
}

/// The users who run the program: all that the test itself can become, as launchers.
fn users() -> &'static [&'static str] {
    let users = &["env", "setpriv --reuid=65534 --regid=65534 --clear-groups"];
    if is_root() { users } else { &users[..1] }
}

fn as_user(user: &str) -> process::Command {
    let mut words = user.split(' ');
    let mut command = process::Command::new(words.next().unwrap());
    command.args(words).env_remove("RUST_BACKTRACE");
    command
}

/// Runs `script` in a folder, in which `"$@"` is the program with the arguments in `line`.
fn shell(folder: &Folder, user: &str, script: &str, line: &str, input: &str) -> Assert {
    Command::from_std(as_user(user))
        .args(["sh", "-c", script, "sh", "./mksecret"])
        .args(line.split_whitespace())
        .current_dir(folder)
        .write_stdin(input)
        .assert()
}

/// Every subcommand, as every user, must fail under `script` with status 1 and report `says`.
fn every_command_fails_under(script: &str, says: &'static str) {
    let folder = Folder::with_program();
    for (line, input) in COMMANDS {
        for user in users() {
            let done = shell(&folder, user, script, line, input).code(1);
            done.stderr(contains(says).and(predicate::function(are_messages)));
        }
    }
}

#[test]
fn closed_stdout_is_an_error() {
    let says = "mksecret: error: standard output is closed\n";
    every_command_fails_under(r#""$@" >&-"#, says);
}

#[test]
fn read_only_stdout_is_an_error() {
    let says = "cannot write to standard output: Bad file descriptor";
    every_command_fails_under(r#""$@" 1</dev/null"#, says);
}

#[test]
fn full_device_is_an_error() {
    let says = "cannot write to standard output: No space left on device";
    every_command_fails_under(r#""$@" >/dev/full"#, says);
}

#[test]
fn file_size_limit_is_an_error_and_not_a_signal() {
    let says = "cannot write to standard output: File too large";
    every_command_fails_under(r#"ulimit -f 0; "$@" >out.$$"#, says);
    every_command_fails_under(r#"trap "" XFSZ; ulimit -f 0; "$@" >out.$$"#, says);
}

#[test]
fn closed_pipe_is_status_141_without_a_message() {
    let folder = Folder::with_program();
    for (line, input) in COMMANDS {
        for user in users() {
            let (reader, writer) = pipe().unwrap();
            drop(reader);
            let mut child = as_user(user);
            child
                .arg("./mksecret")
                .args(line.split(' '))
                .current_dir(&folder)
                .stdin(Stdio::piped())
                .stdout(writer)
                .stderr(Stdio::piped());
            let mut child = child.start();
            // Most commands read nothing.
            let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
            let done = child.output().assert();
            done.code(141).stderr("");
        }
    }
}

#[test]
fn endless_stream_succeeds_when_its_reader_stops() {
    let folder = Folder::with_program();
    for user in users() {
        let script = r#"{ "$@"; echo $? >&2; } | head -c 100000 | wc -c"#;
        let done = shell(&folder, user, script, "bytes --endless", "");
        done.stdout("100000\n").stderr("0\n");
        let full = r#""$@" >/dev/full"#;
        shell(&folder, user, full, "bytes --endless", "").code(1);
    }
}

#[test]
#[ignore = "needs strace"]
fn failing_close_is_an_error() {
    let script = r#"
        touch out
        strace -f -qq -o /dev/null -e trace=close -e inject=close:error=EIO -P "$PWD/out" "$@" >out
    "#;
    let folder = Folder::with_program();
    for (line, input) in COMMANDS {
        let done = shell(&folder, "env", script, line, input).code(1);
        // glibc and musl have other words for it.
        let says = contains("cannot close standard output: ").and(contains("(os error 5)"));
        done.stderr(says);
    }
}

#[test]
#[ignore = "needs mounts"]
fn file_system_that_fills_up_is_an_error() {
    let empty = "mount -t tmpfs -o size=64k none /mnt";
    let full = "mount -t tmpfs -o size=64k none /mnt; cat /dev/zero >/mnt/taken 2>/dev/null || :";
    let fails = |mount: &str, line: &str, input: &str| {
        let mut shell = support::in_mount_namespace(&format!(r#"{mount}; "$0" "$@" >/mnt/out"#));
        shell.arg(support::program()).args(line.split(' '));
        let done = shell.write_stdin(input).assert().code(1);
        done.stderr(contains("cannot write to standard output: No space left"));
    };
    for (line, input) in COMMANDS {
        // What is short fails at its first byte, what is long later, too.
        fails(full, line, input);
        let output = mksecret(line).write_stdin(*input).unwrap().stdout;
        if output.len() >= 70_000 {
            fails(empty, line, input);
        }
    }
}

#[test]
fn broken_stderr_changes_neither_status_nor_secret() {
    let folder = Folder::with_program();
    for stderr in ["2>&-", "2>/dev/full", "2</dev/null"] {
        let script = format!(r#""$@" {stderr}"#);
        for user in users() {
            let done = shell(&folder, user, &script, "hex -v", "").success();
            done.stdout(predicate::function(is_key));
            for line in ["hex 0", "--nonsense", "", "sample 2 a"] {
                shell(&folder, user, &script, line, "").code(2).stdout("");
            }
            let full = format!("{script} >/dev/full");
            shell(&folder, user, &full, "hex -v", "").code(1);
        }
    }
}

#[test]
fn requested_backtrace_changes_nothing() {
    let folder = Folder::with_program();
    for script in [r#""$@" >/dev/full"#, r#""$@" >&-"#] {
        let plain = shell(&folder, "env", script, "hex", "");
        let traced = shell(&folder, "env RUST_BACKTRACE=full", script, "hex", "");
        assert_eq!(plain.get_output(), traced.get_output());
    }
}

/// Starts the program with a pipe as its standard output.
fn with_pipe(line: &str, nonblocking: bool) -> (Started, PipeReader) {
    let (reader, writer) = pipe().unwrap();
    if nonblocking {
        rustix::fs::fcntl_setfl(&writer, rustix::fs::OFlags::NONBLOCK).unwrap();
    }
    let mut command = process::Command::new(support::program());
    command.args(line.split(' ')).stdout(writer);
    (command.start(), reader)
}

/// Reads all, with a pause after each of the first reads.
fn read_slowly(mut reader: impl Read) -> Vec<u8> {
    let mut all = Vec::new();
    let mut piece = vec![0; 5000];
    loop {
        if all.len() < 150_000 {
            thread::sleep(Duration::from_millis(5));
        }
        match reader.read(&mut piece).unwrap() {
            0 => return all,
            length => all.extend(&piece[..length]),
        }
    }
}

/// Whether `text` is so many keys in hexadecimal, all different. Odds of a false alarm below 2^-200.
fn assert_distinct_keys(text: Vec<u8>, count: usize) {
    let text = String::from_utf8(text).unwrap();
    let distinct: HashSet<&str> = text.split_inclusive('\n').collect();
    assert_eq!(distinct.len(), count);
    assert!(distinct.into_iter().all(is_key));
}

#[test]
fn nonblocking_pipe_and_slow_reader_lose_and_repeat_nothing() {
    let (mut child, reader) = with_pipe("bytes 100000", true);
    assert_eq!(read_slowly(reader).len(), 100_000);
    assert!(child.wait().unwrap().success());

    let (mut child, reader) = with_pipe("hex -c 20000", true);
    assert_distinct_keys(read_slowly(reader), 20_000);
    assert!(child.wait().unwrap().success());
}

#[cfg(target_os = "linux")]
#[test]
fn pipe_grows_for_long_output_alone() {
    use rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size};

    for (line, before, after) in [
        ("hex 32", 1 << 16, 1 << 16),
        ("hex 16 -c 1000", 1 << 16, 1 << 16),
        ("bytes 1M", 1 << 16, 1 << 20),
        ("hex 16 -c 100000", 1 << 16, 1 << 20),
        ("sample all --range 1-100000", 1 << 20, 1 << 20),
    ] {
        let (mut reader, writer) = pipe().unwrap();
        fcntl_setpipe_size(&writer, before).unwrap();
        let mut command = process::Command::new(support::program());
        let mut child = command.args(line.split(' ')).stdout(writer).start();
        drop(command);
        reader.read_to_end(&mut Vec::new()).unwrap();
        assert!(child.wait().unwrap().success(), "{line}");
        assert_eq!(fcntl_getpipe_size(&reader), Ok(after), "{line}");
    }
}

#[test]
fn stopping_and_continuing_loses_and_repeats_nothing() {
    let (mut child, reader) = with_pipe("hex -c 20000", false);
    let pid = Pid::from_child(&child);
    let stopping = thread::spawn(move || {
        for signal in [Signal::STOP, Signal::CONT].repeat(20) {
            kill_process(pid, signal).unwrap();
            thread::sleep(Duration::from_millis(3));
        }
    });
    let text = read_slowly(reader);
    stopping.join().unwrap();
    assert_distinct_keys(text, 20_000);
    assert!(child.wait().unwrap().success());
}

#[test]
fn signals_end_the_program_as_they_end_any_other() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut command = program_that_heeds_signals("bytes --endless");
        let mut child = command.stdout(Stdio::piped()).start();
        // It runs when it prints.
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0]).unwrap();
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()));
    }
}

#[test]
#[ignore = "needs strace"]
fn short_text_is_one_write() {
    for line in [
        "hex",
        "hex 2047",
        "base64 -c 90",
        "password -c 100",
        "bytes 4096",
    ] {
        let mut strace = support::strace("-e trace=write,writev,pwrite64", line);
        let is_one_write = |trace: &str| trace.lines().count() == 1;
        let done = strace.assert().success();
        done.stderr(predicate::function(is_one_write));
    }
}

#[test]
fn last_newline_is_printed_unless_turned_off() {
    for (line, expected) in [
        ("choice a -c 3", "a\na\na\n"),
        ("choice a -c 3 --no-newline", "a\na\na"),
        ("choice a -c 3 -0", "a\0a\0a\0"),
        ("choice a -c 2 -0 --no-newline", "a\0a"),
        ("choice a -c 2 --prefix x=", "x=a\nx=a\n"),
        ("choice a --no-newline --prefix -", "-a"),
    ] {
        assert_eq!(mksecret(line).printed(), expected, "{line}");
    }
    // Where -n is the short name.
    for line in ["hex -nc2", "token -n -c 2", "below 10 -n0c2"] {
        let text = mksecret(line).printed();
        assert_eq!(text.matches(['\n', '\0']).count(), 1, "{line}");
        assert!(text.ends_with(|last: char| last.is_ascii_alphanumeric()));
    }
}
