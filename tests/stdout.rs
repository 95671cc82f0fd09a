//! Exit status 0 only if every byte arrived: every subcommand against every way in which standard output or standard
//! error can be broken, as root and as an ordinary user.
#![cfg(unix)]

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    io::{Read, Write, pipe},
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

mod support;

use support::goes_without;

/// Every subcommand that prints, in forms that take different ways through the program, and what it reads.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["password"], ""),
    (&["password", "-c", "100000"], ""),
    (&["passphrase"], ""),
    (&["hex"], ""),
    (&["hex", "3000"], ""),
    (&["hex", "300K"], ""),
    (&["urlsafe"], ""),
    (&["urlsafe", "-l", "300000", "-n"], ""),
    (&["base64"], ""),
    (&["base64", "300K"], ""),
    (&["base32"], ""),
    (&["base32", "300K"], ""),
    (&["token", "--prefix", "acme_"], ""),
    (&["bytes"], ""),
    (&["bytes", "64K"], ""),
    (&["bytes", "1M"], ""),
    (&["bytes", "1M", "--no-expand"], ""),
    (&["below", "10**100"], ""),
    (&["below", "6", "-c", "100000"], ""),
    (&["choice", "heads", "tails"], ""),
    (&["choice", "-c", "100000"], "heads\ntails\n"),
    (&["sample", "2"], "a\nb\nc\n"),
    (&["sample", "all", "-c", "100000", "a", "b", "c"], ""),
    (&["completions", "bash"], ""),
    (&["man"], ""),
    (&["--help"], ""),
    (&["--version"], ""),
    (&["hex", "--help"], ""),
];

/// Subcommands that print nothing.
const SILENT: &[&str] = &["ready"];

#[test]
fn the_table_has_every_subcommand() {
    let tabled: BTreeSet<&str> = COMMANDS
        .iter()
        .map(|(args, _)| args[0])
        .filter(|name| !name.starts_with('-'))
        .chain(SILENT.iter().copied())
        .collect();
    let command = mksecret::command();
    let there: BTreeSet<&str> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name())
        .collect();
    assert_eq!(tabled, there);
}

/// A copy of the program where every user can run it.
struct Program {
    folder: tempfile::TempDir,
}

impl Program {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let program = Self { folder };
        support::copy_program(&program.path());
        program
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("mksecret")
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Who runs the program: everyone the test itself may become.
fn users() -> Vec<&'static [&'static str]> {
    let user: &[&str] = &[
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
    ];
    if rustix::process::geteuid().is_root() {
        vec![&["env"], user]
    } else {
        vec![&["env"]]
    }
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env_remove("RUST_BACKTRACE");
    command
}

/// Runs `script`, in which `"$@"` is the program with its arguments and `$there` a folder for anything.
fn shell(user: &[&str], script: &str, program: &Program, args: &[&str], input: &str) -> Output {
    let mut child = command(user)
        .args(["sh", "-c", script, "sh"])
        .arg(program.path())
        .args(args)
        .env("there", program.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever reads nothing closes it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Every subcommand, as every user, under `script`: the status is `status`, and of `says` nothing is missing on
/// standard error, which has lines of ours and nothing else.
fn every_command_under(script: &str, status: i32, says: &str) {
    let program = Program::new();
    for (args, input) in COMMANDS {
        for user in users() {
            let done = shell(user, script, &program, args, input);
            let told = String::from_utf8_lossy(&done.stderr);
            assert_eq!(
                done.status.code(),
                Some(status),
                "{args:?} as {user:?}: {told}"
            );
            assert!(told.contains(says), "{args:?} as {user:?}: {told}");
            assert!(
                told.lines().all(|line| line.starts_with("mksecret: ")),
                "{args:?} as {user:?}: {told}"
            );
        }
    }
}

#[test]
fn a_closed_stdout_is_an_error() {
    every_command_under(
        r#""$@" >&-"#,
        1,
        "mksecret: error: standard output is closed\n",
    );
}

#[test]
fn a_read_only_stdout_is_an_error() {
    every_command_under(
        r#""$@" 1</dev/null"#,
        1,
        "cannot write to standard output: Bad file descriptor",
    );
}

#[test]
fn a_full_device_is_an_error() {
    every_command_under(
        r#""$@" >/dev/full"#,
        1,
        "cannot write to standard output: No space left on device",
    );
}

#[test]
fn a_file_size_limit_is_an_error_and_not_a_signal() {
    let says = "cannot write to standard output: File too large";
    every_command_under(r#"ulimit -f 0; "$@" >"$there"/out.$$"#, 1, says);
    every_command_under(
        r#"trap "" XFSZ; ulimit -f 0; "$@" >"$there"/out.$$"#,
        1,
        says,
    );
}

#[test]
fn a_reader_that_is_gone_is_141_and_no_word() {
    let program = Program::new();
    for (args, input) in COMMANDS {
        for user in users() {
            let (reader, writer) = pipe().unwrap();
            drop(reader);
            let mut child = command(user)
                .arg(program.path())
                .args(*args)
                .stdin(Stdio::piped())
                .stdout(writer)
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
            let done = child.wait_with_output().unwrap();
            assert_eq!(done.status.code(), Some(141), "{args:?}");
            assert_eq!(String::from_utf8_lossy(&done.stderr), "", "{args:?}");
        }
    }
}

#[test]
fn an_endless_stream_ends_well_when_its_reader_has_had_enough() {
    let program = Program::new();
    for user in users() {
        let done = shell(
            user,
            r#"{ "$@"; echo $? >&2; } | head -c 100000 | wc -c"#,
            &program,
            &["bytes", "--endless"],
            "",
        );
        assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), "100000");
        assert_eq!(String::from_utf8_lossy(&done.stderr), "0\n");
        let done = shell(
            user,
            r#""$@" >/dev/full"#,
            &program,
            &["bytes", "--endless"],
            "",
        );
        assert_eq!(done.status.code(), Some(1));
    }
}

#[test]
fn a_close_that_fails_is_an_error() {
    if goes_without("strace") {
        return;
    }
    let script = r#"
        touch "$there/out"
        strace -f -qq -o /dev/null -e trace=close -e inject=close:error=EIO -P "$there/out" "$@" >"$there/out"
    "#;
    let program = Program::new();
    for (args, input) in COMMANDS {
        let done = shell(&["env"], script, &program, args, input);
        let told = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{args:?}: {told}");
        assert!(
            told.contains("cannot close standard output: Input/output error"),
            "{args:?}: {told}"
        );
    }
}

#[test]
fn a_file_system_that_fills_up_on_the_way_is_an_error() {
    if goes_without("mounts") {
        return;
    }
    // Of 64 KiB all but some bytes are taken: what is short fails at its first byte, what is long later.
    let script = r#"
        mount -t tmpfs -o size=64k none /mnt
        if [ "$KEEP" = 0 ]; then cat /dev/zero >/mnt/taken 2>&1 || true; fi >/dev/null 2>&1
        status=0; "$@" >/mnt/out || status=$?
        exit $status
    "#;
    let program = Program::new();
    for (args, input) in COMMANDS {
        for (keep, least) in [("0", 0), ("1", 70_000)] {
            let whole = shell(&["env"], r#""$@" | wc -c"#, &program, args, input);
            let whole: u64 = String::from_utf8_lossy(&whole.stdout)
                .trim()
                .parse()
                .unwrap();
            if whole < least {
                continue;
            }
            let mut unshare = support::in_mount_namespace(script);
            let mut child = unshare
                .arg("sh")
                .arg(program.path())
                .args(*args)
                .env("KEEP", keep)
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
            let done = child.wait_with_output().unwrap();
            let told = String::from_utf8_lossy(&done.stderr);
            assert_eq!(done.status.code(), Some(1), "{args:?} {keep}: {told}");
            assert!(
                told.contains("cannot write to standard output: No space left"),
                "{args:?}: {told}"
            );
        }
    }
}

#[test]
fn a_broken_stderr_changes_neither_the_status_nor_the_secret() {
    let program = Program::new();
    for stderr in ["2>&-", "2>/dev/full", "2</dev/null"] {
        for user in users() {
            let done = shell(
                user,
                &format!(r#""$@" {stderr}"#),
                &program,
                &["hex", "-v"],
                "",
            );
            assert_eq!(done.status.code(), Some(0), "{stderr}");
            assert_eq!(done.stdout.len(), 65, "{stderr}");
            for (args, status) in [
                (&["hex", "0"][..], 2),
                (&["--nonsense"], 2),
                (&[], 2),
                (&["sample", "2", "a"], 2),
            ] {
                let done = shell(user, &format!(r#""$@" {stderr}"#), &program, args, "");
                assert_eq!(done.status.code(), Some(status), "{args:?} {stderr}");
                assert!(done.stdout.is_empty());
            }
            let done = shell(
                user,
                &format!(r#""$@" {stderr} >/dev/full"#),
                &program,
                &["hex", "-v"],
                "",
            );
            assert_eq!(done.status.code(), Some(1), "{stderr}");
        }
    }
}

#[test]
fn a_backtrace_asked_for_changes_nothing() {
    let program = Program::new();
    for script in [r#""$@" >/dev/full"#, r#""$@" >&-"#] {
        let plain = shell(&["env"], script, &program, &["hex"], "");
        let traced = shell(
            &["env", "RUST_BACKTRACE=full"],
            script,
            &program,
            &["hex"],
            "",
        );
        assert_eq!(plain.status.code(), traced.status.code());
        assert_eq!(
            String::from_utf8_lossy(&plain.stderr),
            String::from_utf8_lossy(&traced.stderr)
        );
    }
}

/// Starts the program with a pipe that does not block as its standard output, as some parents do.
fn with_nonblocking_stdout(args: &[&str]) -> (Child, std::io::PipeReader) {
    let (reader, writer) = pipe().unwrap();
    rustix::fs::fcntl_setfl(&writer, rustix::fs::OFlags::NONBLOCK).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(args)
        .stdout(writer)
        .spawn()
        .unwrap();
    (child, reader)
}

/// Reads all, with a rest after each of the first reads.
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

/// Whether `text` is so many lines of 64 hexadecimal digits, none twice. Odds of a false alarm below 2^-200.
fn assert_distinct_keys(text: Vec<u8>, lines: usize) {
    let text = String::from_utf8(text).unwrap();
    let distinct: HashSet<&str> = text.lines().collect();
    assert_eq!(distinct.len(), lines);
    assert!(text.ends_with('\n'));
    let is_key = |line: &&str| {
        line.len() == 64 && line.bytes().all(|byte| b"0123456789abcdef".contains(&byte))
    };
    assert!(distinct.iter().all(is_key));
}

#[test]
fn a_pipe_that_does_not_block_and_a_slow_reader_lose_and_double_nothing() {
    let (mut child, reader) = with_nonblocking_stdout(&["bytes", "100000"]);
    assert_eq!(read_slowly(reader).len(), 100_000);
    assert!(child.wait().unwrap().success());

    let (mut child, reader) = with_nonblocking_stdout(&["hex", "-c", "20000"]);
    assert_distinct_keys(read_slowly(reader), 20_000);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_writer_that_is_stopped_and_continued_loses_and_doubles_nothing() {
    use rustix::process::{Pid, Signal, kill_process};

    let (reader, writer) = pipe().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(["hex", "-c", "20000"])
        .stdout(writer)
        .spawn()
        .unwrap();
    let pid = Pid::from_child(&child);
    let stopping = thread::spawn(move || {
        for _ in 0..20 {
            kill_process(pid, Signal::STOP).unwrap();
            thread::sleep(Duration::from_millis(3));
            kill_process(pid, Signal::CONT).unwrap();
            thread::sleep(Duration::from_millis(3));
        }
    });
    let text = read_slowly(reader);
    stopping.join().unwrap();
    assert_distinct_keys(text, 20_000);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_signal_ends_the_program_as_it_ends_any_other() {
    use rustix::process::{Pid, Signal, kill_process};

    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut child = support::program_that_heeds_signals()
            .args(["bytes", "--endless"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(50));
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()));
    }
}

#[test]
fn a_short_text_is_one_write() {
    if goes_without("strace") {
        return;
    }
    let program = Program::new();
    let trace = program.place("trace");
    for args in [
        &["hex"][..],
        &["hex", "2047"],
        &["base64", "-c", "90"],
        &["password", "-c", "100"],
        &["bytes", "4096"],
    ] {
        let done = Command::new("strace")
            .args(["-qq", "-e", "trace=write,writev,pwrite64", "-o"])
            .arg(&trace)
            .arg(program.path())
            .args(args)
            .output()
            .unwrap();
        assert!(done.status.success());
        let writes = read_to_string(&trace);
        assert_eq!(writes.lines().count(), 1, "{args:?}: {writes}");
    }
}

fn read_to_string(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_last_newline_is_there_unless_it_is_not_wanted() {
    for (args, expected) in [
        (&["-c", "3"][..], "a\na\na\n"),
        (&["-c", "3", "--no-newline"], "a\na\na"),
        (&["-c", "3", "-0"], "a\0a\0a\0"),
        (&["-c", "2", "-0", "--no-newline"], "a\0a"),
        (&["-c", "2", "--prefix", "x="], "x=a\nx=a\n"),
        (&["--no-newline", "--prefix", "-"], "-a"),
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_mksecret"))
            .arg("choice")
            .args(args)
            .arg("a")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stdout), expected, "{args:?}");
    }
    // Where -n is the short name.
    for args in [
        &["hex", "-nc2"][..],
        &["token", "-n", "-c", "2"],
        &["below", "10", "-n0c2"],
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_mksecret"))
            .args(args)
            .output()
            .unwrap();
        let ends = done
            .stdout
            .iter()
            .filter(|byte| **byte == b'\n' || **byte == 0)
            .count();
        assert_eq!(ends, 1, "{args:?}");
        assert!(done.stdout.last().unwrap().is_ascii_alphanumeric());
    }
}
