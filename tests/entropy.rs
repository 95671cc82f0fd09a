//! A kernel that refuses, interrupts or lacks the call, and devices that are fake: every byte is the kernel's, or the
//! program fails and prints nothing.
//!
//! A seccomp filter makes getrandom(2) fail; strace makes up answers. Devices are replaced in a mount namespace. What
//! only a kernel that has just booted can show is in `tests/boot`.
#![cfg(target_os = "linux")]

use std::{fs, os::unix::process::CommandExt, process};

use assert_cmd::{Command, assert::Assert};
use predicates::prelude::*;

mod support;

use support::{
    NOT_READY, Printed, WAITING, denying, folder::Folder, in_mount_namespace, is_key, is_root,
    mksecret, program, traced,
};

/// Every subcommand that prints a secret.
const COMMANDS: &[&str] = &[
    "base32",
    "base64",
    "below 6",
    "bytes",
    "bytes 1M",
    "choice a b",
    "choice --range 1-6",
    concat!("fill ", env!("CARGO_MANIFEST_DIR"), "/tests/fill/secret.in"),
    "hex",
    "hex -c 3",
    "hex 1M",
    "passphrase",
    "password",
    "pattern [ab]{128}",
    "sample all a b",
    "sample 2 --range 1-6",
    "token",
    "urlsafe",
    "uuid",
];

/// Subcommands that print none.
const HARMLESS: &[&str] = &["completions", "help", "man", "ready"];

const EIO: &str = "mksecret: error: cannot get random bytes from the kernel: \
                   Input/output error (os error 5)\n";
const EAGAIN: &str = "mksecret: error: cannot get random bytes from the kernel: \
                      Resource temporarily unavailable (os error 11)\n";
const EINTR: &str = "mksecret: error: cannot get random bytes from the kernel: \
                     Interrupted system call (os error 4)\n";
const NO_BYTES: &str =
    "mksecret: error: cannot get random bytes from the kernel: it returned 0 bytes\n";
const NO_THREAD: &str = "mksecret: error: cannot start the thread that waits for the kernel's \
                         random pool: Resource temporarily unavailable (os error 11)\n";

/// What a run must show.
trait Shows {
    /// This status and message, and nothing printed.
    fn fails(self, status: i32, stderr: impl Into<String>);

    /// Success, these lines on standard error, and 32 bytes in hexadecimal that are not all zero.
    fn prints_a_secret(self, stderr: &'static str);

    /// Success, and nothing on either stream.
    fn prints_nothing(self);
}

impl Shows for Assert {
    #[track_caller]
    fn fails(self, status: i32, stderr: impl Into<String>) {
        self.code(status).stderr(stderr.into()).stdout("");
    }

    #[track_caller]
    fn prints_a_secret(self, stderr: &'static str) {
        let is_secret = |text: &str| is_key(text) && text.trim_end().contains(|digit| digit != '0');
        let done = self.success().stderr(stderr);
        done.stdout(predicate::function(is_secret));
    }

    #[track_caller]
    fn prints_nothing(self) {
        self.success().stderr("").stdout("");
    }
}

fn run(line: &str) -> Assert {
    mksecret(line).assert()
}

/// Runs the program on a kernel where `which` calls fail with `errno`.
fn denied(errno: &str, which: &str, line: &str) -> Assert {
    denying(errno, which, || run(line))
}

/// Runs a command that limits and permissions bind, as they do not bind root.
fn as_nobody(folder: &Folder, command: &str) -> Assert {
    let mut words = command.split(' ');
    let mut command = process::Command::new(words.next().unwrap());
    command.args(words).current_dir(folder);
    if is_root() {
        command.uid(65534).gid(65534);
    }
    Command::from_std(command).assert()
}

/// Runs the program under strace, and returns the getrandom(2) calls it made itself, as `SIZE FLAGS`.
fn calls(options: &str, line: &str) -> (Assert, Vec<String>) {
    let (done, trace) = traced(&format!("-e trace=getrandom {options}"), line);
    let mut calls: Vec<String> = trace.lines().filter_map(size_and_flags).collect();
    // The C library requests 8 bytes when it starts.
    if calls.first().is_some_and(|call| call == "8 GRND_NONBLOCK") {
        calls.remove(0);
    }
    (done, calls)
}

/// Of a line like `123 getrandom("\x8f"..., 32, GRND_NONBLOCK) = 32`.
fn size_and_flags(line: &str) -> Option<String> {
    let (call, _) = line.rsplit_once(" = ")?;
    let mut arguments = call.trim_end().strip_suffix(')')?.rsplitn(3, ", ");
    let (flags, size) = (arguments.next()?, arguments.next()?);
    // Their order depends on the version of strace.
    let mut flags: Vec<&str> = flags.split('|').collect();
    flags.sort_unstable();
    Some(format!("{size} {}", flags.join("|")))
}

#[test]
fn table_has_every_subcommand() {
    support::assert_all_subcommands(COMMANDS.iter().chain(HARMLESS).copied());
}

// What is requested.

#[test]
#[ignore = "needs strace"]
fn secret_is_one_call_of_its_size() {
    for (line, expected) in [
        ("hex 32", "32 GRND_NONBLOCK"),
        ("hex 32 --nonblock", "32 GRND_NONBLOCK"),
        ("hex 32 --timeout 5s", "32 GRND_NONBLOCK"),
        ("hex 32 --pool random", "32 GRND_NONBLOCK|GRND_RANDOM"),
        (
            "hex 32 --pool random --nonblock",
            "32 GRND_NONBLOCK|GRND_RANDOM",
        ),
    ] {
        let (done, calls) = calls("", line);
        done.prints_a_secret("");
        assert_eq!(calls, [expected], "{line}");
    }
}

#[test]
#[ignore = "needs root, strace"]
fn ready_requests_one_byte_and_opens_no_device() {
    for line in ["ready", "ready --nonblock", "ready --timeout 5s"] {
        let (done, calls) = calls("", line);
        done.prints_nothing();
        assert_eq!(calls, ["1 GRND_NONBLOCK"]);
        let (_, trace) = traced("-e trace=%file", line);
        assert!(!trace.contains("/dev"), "{trace}");
    }
}

#[test]
#[ignore = "needs root, strace"]
fn no_subcommand_requests_insecure_bytes_or_opens_a_device() {
    for line in COMMANDS {
        for output in ["", "-f -o file"] {
            let line = format!("{line} --pool random {output}");
            let (done, trace) = traced("-e trace=getrandom,%file", &line);
            done.success();
            assert!(!trace.contains("INSECURE"), "{line}: {trace}");
            assert!(!trace.contains("/dev/"), "{line}: {trace}");
        }
    }
}

// A pool that is not initialised.

#[test]
#[ignore = "needs strace"]
fn nonblock_is_refused_after_one_call() {
    for wait in ["--nonblock", "--timeout 0s"] {
        for (pool, flags) in [
            ("urandom", "GRND_NONBLOCK"),
            ("random", "GRND_NONBLOCK|GRND_RANDOM"),
        ] {
            for (command, size) in [("hex", 32), ("ready", 1)] {
                let line = format!("{command} --pool {pool} {wait}");
                let (done, calls) = denying("EAGAIN", "any", || calls("", &line));
                done.fails(75, NOT_READY);
                assert_eq!(calls, [format!("{size} {flags}")]);
            }
        }
    }
}

#[test]
fn a_blocking_call_that_does_not_block_is_an_error() {
    for line in ["hex", "hex --pool random", "ready --timeout 1m"] {
        denied("EAGAIN", "any", line).fails(1, [WAITING, EAGAIN].concat());
    }
}

#[test]
#[ignore = "needs strace"]
fn a_blocking_call_that_does_not_block_is_the_last() {
    for (line, expected) in [
        ("hex", ["32 GRND_NONBLOCK", "32 0"]),
        (
            "hex --pool random",
            ["32 GRND_NONBLOCK|GRND_RANDOM", "32 GRND_RANDOM"],
        ),
    ] {
        let (done, calls) = denying("EAGAIN", "any", || calls("", line));
        done.fails(1, [WAITING, EAGAIN].concat());
        assert_eq!(calls, expected);
    }
    // The same, injected by strace: the first call is the C library's, but strace counts each thread's own calls.
    let inject = "-e inject=getrandom:error=EAGAIN:when=2+";
    calls(inject, "hex").0.fails(1, [WAITING, EAGAIN].concat());
    calls(inject, "hex --nonblock").0.fails(75, NOT_READY);
}

#[test]
fn only_the_failing_kind_of_call_matters() {
    // A first call that is refused, and a blocking one that succeeds.
    denied("EAGAIN", "nonblock", "hex").prints_a_secret(WAITING);
    denied("EAGAIN", "nonblock", "hex --timeout 1m").prints_a_secret(WAITING);
    denied("EAGAIN", "nonblock", "ready").fails(0, WAITING);
    denied("EAGAIN", "nonblock", "hex --nonblock").fails(75, NOT_READY);
    // A first call that succeeds.
    for line in ["hex", "hex --nonblock", "hex --timeout 1m"] {
        denied("EAGAIN", "block", line).prints_a_secret("");
        denied("EAGAIN", "random", line).prints_a_secret("");
    }
    denied("EAGAIN", "random", "hex --pool random --nonblock").fails(75, NOT_READY);
}

#[test]
#[ignore = "needs strace"]
fn timeout_ends_a_wait_while_the_kernel_still_blocks() {
    // Also delays the C library's call; the thread's, its first, is served after the program gave up.
    let slow = "-e inject=getrandom:delay_enter=1s:when=1";
    for line in ["hex --timeout 50ms", "ready --timeout 50ms"] {
        let (done, _) = denying("EAGAIN", "nonblock", || calls(slow, line));
        // strace may complain about a thread that ended during the delay.
        let is_refusal =
            |said: &str| said.split("strace: ").next() == Some(&[WAITING, NOT_READY].concat());
        done.code(75)
            .stdout("")
            .stderr(predicate::function(is_refusal));
    }
}

#[test]
fn timeout_without_threads_is_an_error() {
    let folder = Folder::with_program();
    let no_threads = |line| as_nobody(&folder, &format!("prlimit --nproc=0 -- ./mksecret {line}"));
    denying("EAGAIN", "nonblock", || no_threads("hex --timeout 5s"))
        .fails(1, [WAITING, NO_THREAD].concat());
    // Without a wait no thread is needed.
    no_threads("hex --timeout 5s").prints_a_secret("");
    denying("ENOSYS", "any", || no_threads("hex --timeout 5s")).prints_a_secret("");
    denying("EAGAIN", "nonblock", || no_threads("hex")).prints_a_secret(WAITING);
}

// Calls that fail, are interrupted or lie.

#[test]
fn other_errors_are_final() {
    for line in [
        "hex",
        "hex --nonblock",
        "hex --timeout 5s",
        "hex --pool random",
        "ready",
    ] {
        denied("EIO", "any", line).fails(1, EIO);
    }
}

#[test]
#[ignore = "needs strace"]
fn an_error_after_a_short_answer_is_final() {
    // The second call is the first that may block.
    let short = "-e inject=getrandom:retval=5:when=2";
    let (done, calls) = denying("EIO", "block", || calls(short, "hex"));
    done.fails(1, EIO);
    assert_eq!(calls, ["32 GRND_NONBLOCK", "27 0"]);
}

#[test]
fn no_subcommand_prints_anything_without_entropy() {
    let folder = tempfile::tempdir().unwrap();
    for line in COMMANDS {
        for (errno, option, status, says) in [
            ("EIO", "--pool=urandom", 1, EIO.to_owned()),
            ("EAGAIN", "--nonblock", 75, NOT_READY.to_owned()),
            ("EAGAIN", "--timeout=5s", 1, [WAITING, EAGAIN].concat()),
            ("EAGAIN", "--pool=random", 1, [WAITING, EAGAIN].concat()),
        ] {
            denied(errno, "any", &format!("{line} {option}")).fails(status, &says);
            let mut to_file = mksecret(&format!("{line} {option} -o file"));
            to_file.current_dir(&folder);
            denying(errno, "any", || to_file.assert()).fails(status, &says);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "{line}");
        }
    }
}

/// Output that is longer than the buffer would be delivered before the first secret byte is requested.
#[test]
fn without_entropy_not_even_a_long_prefix_is_printed() {
    let prefix = "x".repeat(70_000);
    for command in [
        "password",
        "passphrase",
        "hex",
        "urlsafe 1M",
        "token",
        "below 6",
        "choice a b",
        "choice --range 1-6",
        "sample all a b",
        "sample 2 --range 1-6",
        "uuid",
    ] {
        denied("EIO", "any", &format!("{command} --prefix {prefix}")).fails(1, EIO);
    }
}

#[test]
#[ignore = "needs strace"]
fn interrupted_calls_are_retried() {
    for line in ["hex", "hex --nonblock", "hex --pool random"] {
        let (done, calls) = calls("-e inject=getrandom:error=EINTR:when=2..500", line);
        done.prints_a_secret("");
        assert_eq!(calls.len(), 500);
    }
}

#[test]
fn calls_that_are_always_interrupted_are_an_error() {
    denied("EINTR", "any", "hex").fails(1, EINTR);
    denying("EINTR", "block", || denied("EAGAIN", "nonblock", "hex"))
        .fails(1, [WAITING, EINTR].concat());
}

#[test]
#[ignore = "needs root, strace"]
fn short_answers_continue_where_they_end() {
    for wait in ["--nonblock", ""] {
        for short in 1..=31 {
            // Every answer is the byte a7, `short` times.
            let bytes = "a7".repeat(short);
            let inject =
                format!("-e inject=getrandom:retval={short}:poke_exit=@arg1={bytes}:when=2+");
            let (done, calls) = calls(&inject, &format!("hex {} {wait}", 3 * short));
            done.success().stdout(bytes.repeat(3) + "\n");
            let sizes: Vec<usize> = calls
                .iter()
                .map(|call| call.split(' ').next().unwrap().parse().unwrap())
                .collect();
            assert_eq!(sizes, [3 * short, 2 * short, short]);
        }
    }
}

#[test]
#[ignore = "needs strace"]
fn zero_bytes_from_the_kernel_are_an_error() {
    for line in ["hex", "hex --nonblock", "ready"] {
        let (done, calls) = calls("-e inject=getrandom:retval=0:when=2+", line);
        done.fails(1, NO_BYTES);
        assert_eq!(calls.len(), 1);
    }
    let zero = "-e inject=getrandom:retval=0:when=3+";
    let (done, calls) = denying("EAGAIN", "nonblock", || calls(zero, "hex"));
    done.fails(1, [WAITING, NO_BYTES].concat());
    assert_eq!(calls, ["32 GRND_NONBLOCK", "32 0"]);
}

#[test]
fn preloaded_library_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let compiled = |name: &str, source: &str, options: &[&str]| {
        let (path, text) = (folder.path().join(name), folder.path().join("source.c"));
        fs::write(&text, source).unwrap();
        let mut cc = Command::new("cc");
        cc.args(options).arg("-o").arg(&path).arg(&text).printed();
        path
    };
    let library = compiled(
        "zeros.so",
        "#include <string.h>
         #include <sys/types.h>
         ssize_t getrandom(void *b, size_t n, unsigned f) { memset(b, 0, n); return n; }
         int getentropy(void *b, size_t n) { memset(b, 0, n); return 0; }",
        &["-shared", "-fPIC"],
    );
    let naive = compiled(
        "naive",
        "#include <stdio.h>
         #include <sys/random.h>
         int main(void) {
             unsigned char b[32];
             getrandom(b, sizeof b, 0);
             for (size_t i = 0; i < sizeof b; i++) printf(\"%02x\", b[i]);
         }",
        &[],
    );
    let preloaded = |mut command: Command| command.env("LD_PRELOAD", &library).assert();
    // It works: a program that calls the C library's function is fooled.
    preloaded(Command::new(naive)).stdout("0".repeat(64));
    preloaded(mksecret("hex")).prints_a_secret("");
}

// No call at all: the devices.

#[test]
fn devices_replace_a_missing_or_forbidden_call() {
    let folder = Folder::with_program();
    for errno in ["ENOSYS", "EPERM"] {
        for line in [
            "hex",
            "hex --nonblock",
            "hex --timeout 5s",
            "hex --pool random",
            "hex --pool random --nonblock",
        ] {
            denied(errno, "any", line).prints_a_secret("");
            denied(errno, "nonblock", line).prints_a_secret("");
            let as_nobody = || as_nobody(&folder, &format!("./mksecret {line}"));
            denying(errno, "any", as_nobody).prints_a_secret("");
        }
        denied(errno, "any", "ready").prints_nothing();
        denied(errno, "any", "ready --nonblock").prints_nothing();
        for line in COMMANDS {
            let done = denied(errno, "any", line).success().stderr("");
            assert!(!done.get_output().stdout.is_empty(), "{line}");
        }
    }
}

#[test]
#[ignore = "needs root, strace"]
fn urandom_is_opened_after_random_polls_ready() {
    let calls = |line: &str| {
        let options = "-y -e trace=open,openat,poll,ppoll,read";
        let (done, trace) = denying("ENOSYS", "any", || traced(options, line));
        done.prints_a_secret("");
        // Name and device of each call.
        let call = |line: &str| {
            let name = match line.split_whitespace().nth(1)?.split('(').next()? {
                "openat" => "open",
                "ppoll" => "poll",
                name => name,
            };
            let device = ["/dev/random", "/dev/urandom"]
                .into_iter()
                .find(|device| line.contains(device))?;
            Some(format!("{name} {device}"))
        };
        trace.lines().filter_map(call).collect::<Vec<_>>()
    };
    assert_eq!(
        calls("hex"),
        [
            "open /dev/random",
            "poll /dev/random",
            "open /dev/urandom",
            "read /dev/urandom"
        ]
    );
    assert_eq!(
        calls("hex --pool random --nonblock"),
        ["open /dev/random", "poll /dev/random", "read /dev/random"]
    );
}

/// What is found at `/dev/random` or `/dev/urandom`, as shell commands that put it at `$it`.
const FAKES: [&str; 7] = [
    NOTHING,
    "echo secret secret secret secret secret > $it",
    // An empty file.
    ":",
    ZEROS,
    "rm $it; mkfifo $it",
    "rm $it; mkdir $it",
    "mount --bind /dev/$other $it",
];
const NOTHING: &str = "rm $it";
const ZEROS: &str = "mount --bind /dev/zero $it";

/// Runs the program with a fake in place of one device.
fn with_fake(device: &str, fake: &str, line: &str) -> Assert {
    let folder = tempfile::tempdir().unwrap();
    let other = match device {
        "random" => "urandom",
        _ => "random",
    };
    let script = format!(
        "dev=$PWD; it=$dev/{device}; other={other}
         touch $dev/random $dev/urandom $dev/null
         mount --bind /dev/null $dev/null
         mount --bind /dev/$other $dev/$other
         {fake}
         mount --rbind $dev /dev
         exec {} {line}",
        program()
    );
    in_mount_namespace(&script).current_dir(&folder).assert()
}

#[test]
#[ignore = "needs mounts"]
fn fake_device_is_refused_by_name() {
    for (errno, reason) in [
        ("ENOSYS", "Function not implemented (os error 38)"),
        ("EPERM", "Operation not permitted (os error 1)"),
    ] {
        for device in ["random", "urandom"] {
            for fake in FAKES {
                let problem = match fake {
                    NOTHING => {
                        format!("cannot open /dev/{device}: No such file or directory (os error 2)")
                    }
                    _ => format!("/dev/{device} is not the kernel's random device"),
                };
                let says = format!(
                    "mksecret: error: no entropy source: \
                     getrandom: {reason}; {problem}\n"
                );
                for line in ["hex", "hex --nonblock", "ready"] {
                    denying(errno, "any", || with_fake(device, fake, line)).fails(1, &says);
                }
            }
        }
    }
}

#[test]
#[ignore = "needs mounts"]
fn no_subcommand_prints_bytes_of_a_fake_device() {
    for line in COMMANDS {
        let done = denying("ENOSYS", "any", || with_fake("urandom", ZEROS, line));
        done.code(1).stdout("");
    }
}

#[test]
#[ignore = "needs mounts"]
fn fake_devices_do_not_matter_while_getrandom_works() {
    for device in ["random", "urandom"] {
        for fake in FAKES {
            with_fake(device, fake, "hex").prints_a_secret("");
        }
    }
    // --pool random needs /dev/random alone.
    let line = "hex --pool random";
    denying("ENOSYS", "any", || with_fake("urandom", NOTHING, line)).prints_a_secret("");
}
