//! A kernel that refuses, stutters or is gone, and devices that are not what they seem: every byte is the kernel's, or
//! the program fails and prints nothing.
//!
//! getrandom(2) is made to fail by a seccomp filter, or by strace where an answer has to be made up. Devices are
//! replaced in a mount namespace. What only a kernel that has just booted can show is in `tests/boot`.
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs::{self, Permissions},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    process::{Command, Stdio},
};

use tempfile::TempDir;

mod support;

use support::{NOT_READY, WAITING, copy_program, denying, goes_without, in_mount_namespace};

const PROGRAM: &str = env!("CARGO_BIN_EXE_mksecret");

/// Every subcommand that prints a secret.
const COMMANDS: &[&[&str]] = &[
    &["base32"],
    &["base64"],
    &["below", "6"],
    &["bytes"],
    &["bytes", "1M"],
    &["choice", "a", "b"],
    &["hex"],
    &["hex", "-c", "3"],
    &["hex", "1M"],
    &["passphrase"],
    &["password"],
    &["sample", "all", "a", "b"],
    &["token"],
    &["urlsafe"],
];

/// Subcommands that print none.
const HARMLESS: &[&str] = &["completions", "man", "ready"];

const EIO: &str = "mksecret: error: cannot get random bytes from the kernel: \
                   Input/output error (os error 5)\n";
const EAGAIN: &str = "mksecret: error: cannot get random bytes from the kernel: \
                      Resource temporarily unavailable (os error 11)\n";
const EINTR: &str = "mksecret: error: cannot get random bytes from the kernel: \
                     Interrupted system call (os error 4)\n";
const NO_BYTES: &str =
    "mksecret: error: cannot get random bytes from the kernel: it answered with 0 bytes\n";
const NO_THREAD: &str = "mksecret: error: cannot start the thread that waits for the kernel's \
                         random pool: Resource temporarily unavailable (os error 11)\n";

/// How a command ended, and what it wrote.
struct Answer {
    status: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Answer {
    fn of(command: &mut Command) -> Self {
        let output = command.stdin(Stdio::null()).output().unwrap();
        Self {
            status: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What to say of an answer that is not as it should be.
    fn described(&self) -> String {
        let shown = &self.stdout[..self.stdout.len().min(200)];
        format!("{:?}, {:?}", self.status, String::from_utf8_lossy(shown))
    }

    /// It failed with `status` and these words, and printed nothing.
    #[track_caller]
    fn is_refusal(&self, status: i32, stderr: &str) {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (Some(status), stderr),
            "{}",
            self.described()
        );
        assert!(self.stdout.is_empty(), "{}", self.described());
    }

    /// It succeeded with these words, and printed 32 bytes in hexadecimal that are not all zero.
    #[track_caller]
    fn is_secret(&self, stderr: &str) {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (Some(0), stderr),
            "{}",
            self.described()
        );
        let digits = self.stdout.strip_suffix(b"\n").unwrap();
        assert_eq!(digits.len(), 64, "{}", self.described());
        assert!(
            digits.iter().all(u8::is_ascii_hexdigit),
            "{}",
            self.described()
        );
        assert!(
            digits.iter().any(|digit| *digit != b'0'),
            "{}",
            self.described()
        );
    }

    /// It succeeded without a word and printed nothing.
    #[track_caller]
    fn is_silence(&self) {
        self.is_refusal(0, "");
    }
}

fn mksecret(args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args);
    command
}

fn run(args: &[&str]) -> Answer {
    Answer::of(&mut mksecret(args))
}

/// A folder that every user may write to.
fn public_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
    folder
}

/// Runs the program under strace, and returns the getrandom(2) calls it made itself, as `SIZE FLAGS`.
fn traced(strace_options: &[&str], args: &[&str]) -> (Answer, Vec<String>) {
    let (answer, trace) = trace(&[&["-e", "trace=getrandom"], strace_options].concat(), args);
    let mut calls: Vec<String> = trace.lines().filter_map(size_and_flags).collect();
    // The C library asks for 8 bytes when it starts.
    if calls.first().is_some_and(|call| call == "8 GRND_NONBLOCK") {
        calls.remove(0);
    }
    (answer, calls)
}

fn trace(strace_options: &[&str], args: &[&str]) -> (Answer, String) {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o"]).arg(&trace);
    strace.args(strace_options).arg(PROGRAM).args(args);
    (Answer::of(&mut strace), fs::read_to_string(trace).unwrap())
}

/// Of a line like `123 getrandom("\x8f"..., 32, GRND_NONBLOCK) = 32`.
fn size_and_flags(line: &str) -> Option<String> {
    let (call, _) = line.rsplit_once(" = ")?;
    let mut arguments = call.trim_end().strip_suffix(')')?.rsplitn(3, ", ");
    let (flags, size) = (arguments.next()?, arguments.next()?);
    // Which comes first depends on the version of strace.
    let mut flags: Vec<&str> = flags.split('|').collect();
    flags.sort_unstable();
    Some(format!("{size} {}", flags.join("|")))
}

#[test]
fn the_table_has_every_subcommand() {
    let tabled: BTreeSet<&str> = COMMANDS
        .iter()
        .map(|args| args[0])
        .chain(HARMLESS.iter().copied())
        .collect();
    let command = mksecret::command();
    let there: BTreeSet<&str> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name())
        .collect();
    assert_eq!(tabled, there);
}

// What is asked.

#[test]
fn a_secret_is_one_call_of_its_size() {
    if goes_without("strace") {
        return;
    }
    for (args, expected) in [
        (&["hex", "32"][..], "32 GRND_NONBLOCK"),
        (&["hex", "32", "--nonblock"], "32 GRND_NONBLOCK"),
        (&["hex", "32", "--timeout", "5s"], "32 GRND_NONBLOCK"),
        (
            &["hex", "32", "--pool", "random"],
            "32 GRND_NONBLOCK|GRND_RANDOM",
        ),
        (
            &["hex", "32", "--pool", "random", "--nonblock"],
            "32 GRND_NONBLOCK|GRND_RANDOM",
        ),
    ] {
        let (answer, calls) = traced(&[], args);
        answer.is_secret("");
        assert_eq!(calls, [expected], "{args:?}");
    }
}

#[test]
fn ready_is_one_byte_and_no_device() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    for args in [
        &["ready"][..],
        &["ready", "--nonblock"],
        &["ready", "--timeout", "5s"],
    ] {
        let (answer, calls) = traced(&[], args);
        answer.is_silence();
        assert_eq!(calls, ["1 GRND_NONBLOCK"]);
        let (_, trace) = trace(&["-e", "trace=%file"], args);
        assert!(!trace.contains("/dev"), "{trace}");
    }
}

#[test]
fn no_subcommand_asks_for_insecure_bytes_or_in_another_way() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    for args in COMMANDS {
        let to_file = [args, &["-f", "-o", file.to_str().unwrap()][..]].concat();
        for args in [args.to_vec(), to_file] {
            let options = ["-e", "trace=getrandom,%file"];
            let args = [&args[..], &["--pool", "random"]].concat();
            let (answer, trace) = trace(&options, &args);
            assert_eq!(answer.status, Some(0), "{args:?}");
            assert!(!trace.contains("INSECURE"), "{args:?}: {trace}");
            assert!(!trace.contains("/dev/"), "{args:?}: {trace}");
        }
    }
}

// A pool that is not initialised.

#[test]
fn nonblock_is_refused_after_one_call() {
    if goes_without("strace") {
        return;
    }
    for wait in [&["--nonblock"][..], &["--timeout", "0s"]] {
        for (pool, flags) in [
            ("urandom", "GRND_NONBLOCK"),
            ("random", "GRND_NONBLOCK|GRND_RANDOM"),
        ] {
            for (command, size) in [("hex", 32), ("ready", 1)] {
                let args = [&[command, "--pool", pool], wait].concat();
                let (answer, calls) = denying("EAGAIN", "any", || traced(&[], &args));
                answer.is_refusal(75, NOT_READY);
                assert_eq!(calls, [format!("{size} {flags}")]);
            }
        }
    }
}

#[test]
fn a_blocking_call_that_does_not_block_is_an_error() {
    if goes_without("strace") {
        return;
    }
    let (answer, calls) = denying("EAGAIN", "any", || traced(&[], &["hex"]));
    answer.is_refusal(1, &[WAITING, EAGAIN].concat());
    assert_eq!(calls, ["32 GRND_NONBLOCK", "32 0"]);
    let args = ["hex", "--pool", "random"];
    let (answer, calls) = denying("EAGAIN", "any", || traced(&[], &args));
    answer.is_refusal(1, &[WAITING, EAGAIN].concat());
    assert_eq!(calls, ["32 GRND_NONBLOCK|GRND_RANDOM", "32 GRND_RANDOM"]);
    let args = ["ready", "--timeout", "1m"];
    denying("EAGAIN", "any", || run(&args)).is_refusal(1, &[WAITING, EAGAIN].concat());
    // The same, made up by strace: the first call is the C library's, but a thread begins to count anew.
    let inject = ["-e", "inject=getrandom:error=EAGAIN:when=2+"];
    let (answer, _) = traced(&inject, &["hex"]);
    answer.is_refusal(1, &[WAITING, EAGAIN].concat());
    let (answer, _) = traced(&inject, &["hex", "--nonblock"]);
    answer.is_refusal(75, NOT_READY);
}

#[test]
fn only_the_calls_that_are_refused_are_felt() {
    let later = &["hex", "--timeout", "1m"];
    // A first call that is refused, and a blocking one that is served.
    denying("EAGAIN", "nonblock", || run(&["hex"])).is_secret(WAITING);
    denying("EAGAIN", "nonblock", || run(later)).is_secret(WAITING);
    denying("EAGAIN", "nonblock", || run(&["ready"])).is_refusal(0, WAITING);
    denying("EAGAIN", "nonblock", || run(&["hex", "--nonblock"])).is_refusal(75, NOT_READY);
    // A first call that is served.
    for args in [&["hex"][..], &["hex", "--nonblock"], later] {
        denying("EAGAIN", "block", || run(args)).is_secret("");
        denying("EAGAIN", "random", || run(args)).is_secret("");
    }
    let random = ["hex", "--pool", "random", "--nonblock"];
    denying("EAGAIN", "random", || run(&random)).is_refusal(75, NOT_READY);
}

#[test]
fn a_bounded_wait_ends_while_the_kernel_still_blocks() {
    if goes_without("strace") {
        return;
    }
    // Also delays the C library's call; the thread's, its first, is served after the program gave up.
    let slow = ["-e", "inject=getrandom:delay_enter=1s:when=1"];
    for args in [["hex", "--timeout", "50ms"], ["ready", "--timeout", "50ms"]] {
        let (answer, _) = denying("EAGAIN", "nonblock", || traced(&slow, &args));
        // strace may have something to say about a thread that is gone while it delays it.
        let said = answer.stderr.split("strace: ").next().unwrap();
        assert_eq!(
            (answer.status, said),
            (Some(75), &*[WAITING, NOT_READY].concat())
        );
        assert!(answer.stdout.is_empty());
    }
}

#[test]
fn without_threads_a_bounded_wait_is_an_error() {
    let folder = public_folder();
    let program = folder.path().join("mksecret");
    copy_program(&program);
    let no_threads = |args: &[&str]| {
        let mut prlimit = Command::new("prlimit");
        prlimit.args(["--nproc=0", "--"]).arg(&program).args(args);
        as_nobody(&mut prlimit);
        Answer::of(&mut prlimit)
    };
    let args = ["hex", "--timeout", "5s"];
    denying("EAGAIN", "nonblock", || no_threads(&args))
        .is_refusal(1, &[WAITING, NO_THREAD].concat());
    // Who need not wait needs no thread.
    no_threads(&args).is_secret("");
    denying("ENOSYS", "any", || no_threads(&args)).is_secret("");
    denying("EAGAIN", "nonblock", || no_threads(&["hex"])).is_secret(WAITING);
}

/// Limits and permissions do not bind root.
fn as_nobody(command: &mut Command) {
    if rustix::process::geteuid().is_root() {
        command.uid(65534).gid(65534);
    }
}

// Calls that fail, stutter or lie.

#[test]
fn other_errors_are_final() {
    for args in [
        &["hex"][..],
        &["hex", "--nonblock"],
        &["hex", "--timeout", "5s"],
        &["hex", "--pool", "random"],
        &["ready"],
    ] {
        denying("EIO", "any", || run(args)).is_refusal(1, EIO);
    }
    if goes_without("strace") {
        return;
    }
    // Also after a first answer that was short: the second call is the first that may block.
    let short = ["-e", "inject=getrandom:retval=5:when=2"];
    let (answer, calls) = denying("EIO", "block", || traced(&short, &["hex"]));
    answer.is_refusal(1, EIO);
    assert_eq!(calls, ["32 GRND_NONBLOCK", "27 0"]);
}

#[test]
fn no_subcommand_prints_anything_without_entropy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    for args in COMMANDS {
        for (errno, wait, status, words) in [
            ("EIO", "--pool=urandom", 1, EIO.to_owned()),
            ("EAGAIN", "--nonblock", 75, NOT_READY.to_owned()),
            ("EAGAIN", "--timeout=5s", 1, [WAITING, EAGAIN].concat()),
            ("EAGAIN", "--pool=random", 1, [WAITING, EAGAIN].concat()),
        ] {
            let args = [args, &[wait][..]].concat();
            denying(errno, "any", || run(&args)).is_refusal(status, &words);
            let args = [&args[..], &["-o", file.to_str().unwrap()]].concat();
            denying(errno, "any", || run(&args)).is_refusal(status, &words);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "{args:?}");
        }
    }
}

/// Text longer than what is held back would be delivered before the first secret byte is drawn.
#[test]
fn without_entropy_not_even_a_long_prefix_is_printed() {
    let prefix = "x".repeat(70_000);
    for args in [
        &["password"][..],
        &["passphrase"],
        &["hex"],
        &["urlsafe", "1M"],
        &["token"],
        &["below", "6"],
        &["choice", "a", "b"],
        &["sample", "all", "a", "b"],
    ] {
        let args = [args, &["--prefix", &prefix]].concat();
        denying("EIO", "any", || run(&args)).is_refusal(1, EIO);
    }
}

#[test]
fn interruptions_are_outlasted_but_not_for_ever() {
    if goes_without("strace") {
        return;
    }
    for args in [
        &["hex"][..],
        &["hex", "--nonblock"],
        &["hex", "--pool", "random"],
    ] {
        let storm = ["-e", "inject=getrandom:error=EINTR:when=2..500"];
        let (answer, calls) = traced(&storm, args);
        answer.is_secret("");
        assert_eq!(calls.len(), 500);
    }
    denying("EINTR", "any", || run(&["hex"])).is_refusal(1, EINTR);
    denying("EINTR", "block", || {
        denying("EAGAIN", "nonblock", || run(&["hex"]))
    })
    .is_refusal(1, &[WAITING, EINTR].concat());
}

#[test]
fn short_answers_are_continued_where_they_end() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    for wait in [&["--nonblock"][..], &[]] {
        for short in 1..=31 {
            // Every answer is the byte a7, `short` times.
            let bytes = "a7".repeat(short);
            let inject = format!("inject=getrandom:retval={short}:poke_exit=@arg1={bytes}:when=2+");
            let size = (3 * short).to_string();
            let args = [&["hex", &size][..], wait].concat();
            let (answer, calls) = traced(&["-e", &inject], &args);
            assert_eq!(answer.status, Some(0));
            assert_eq!(
                answer.stdout,
                ["a7".repeat(3 * short), "\n".into()].concat().as_bytes()
            );
            let sizes: Vec<usize> = calls
                .iter()
                .map(|call| call.split(' ').next().unwrap().parse().unwrap())
                .collect();
            assert_eq!(sizes, [3 * short, 2 * short, short]);
        }
    }
}

#[test]
fn an_answer_of_0_bytes_is_an_error() {
    if goes_without("strace") {
        return;
    }
    let zero = ["-e", "inject=getrandom:retval=0:when=2+"];
    for args in [&["hex"][..], &["hex", "--nonblock"], &["ready"]] {
        let (answer, calls) = traced(&zero, args);
        answer.is_refusal(1, NO_BYTES);
        assert_eq!(calls.len(), 1);
    }
    let zero = ["-e", "inject=getrandom:retval=0:when=3+"];
    let (answer, calls) = denying("EAGAIN", "nonblock", || traced(&zero, &["hex"]));
    answer.is_refusal(1, &[WAITING, NO_BYTES].concat());
    assert_eq!(calls, ["32 GRND_NONBLOCK", "32 0"]);
}

#[test]
fn a_library_put_in_front_changes_nothing() {
    if goes_without("cc") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let compiled = |name: &str, source: &str, options: &[&str]| {
        let (path, text) = (folder.path().join(name), folder.path().join("source.c"));
        fs::write(&text, source).unwrap();
        let mut cc = Command::new("cc");
        cc.args(options).arg("-o").arg(&path).arg(&text);
        assert_eq!(Answer::of(&mut cc).status, Some(0));
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
    let preloaded = |mut command: Command| Answer::of(command.env("LD_PRELOAD", &library));
    // It works: whoever asks the C library is fooled.
    assert_eq!(preloaded(Command::new(naive)).stdout, [b'0'; 64]);
    preloaded(mksecret(&["hex"])).is_secret("");
}

// No call at all: the devices.

#[test]
fn a_missing_or_forbidden_call_is_made_up_for_by_the_devices() {
    let folder = public_folder();
    let program = folder.path().join("mksecret");
    copy_program(&program);
    let as_another = |args: &[&str]| {
        let mut command = Command::new(&program);
        as_nobody(command.args(args));
        Answer::of(&mut command)
    };
    for errno in ["ENOSYS", "EPERM"] {
        for args in [
            &["hex"][..],
            &["hex", "--nonblock"],
            &["hex", "--timeout", "5s"],
            &["hex", "--pool", "random"],
            &["hex", "--pool", "random", "--nonblock"],
        ] {
            denying(errno, "any", || run(args)).is_secret("");
            denying(errno, "nonblock", || run(args)).is_secret("");
            denying(errno, "any", || as_another(args)).is_secret("");
        }
        denying(errno, "any", || run(&["ready"])).is_silence();
        denying(errno, "any", || run(&["ready", "--nonblock"])).is_silence();
        for args in COMMANDS {
            let answer = denying(errno, "any", || run(args));
            assert_eq!((answer.status, answer.stderr.as_str()), (Some(0), ""));
            assert!(!answer.stdout.is_empty());
        }
    }
}

#[test]
fn urandom_is_opened_after_random_said_that_the_pool_is_initialised() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    let calls = |args: &[&str]| {
        let options = ["-y", "-e", "trace=open,openat,poll,ppoll,read"];
        let (answer, trace) = denying("ENOSYS", "any", || trace(&options, args));
        answer.is_secret("");
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
        calls(&["hex"]),
        [
            "open /dev/random",
            "poll /dev/random",
            "open /dev/urandom",
            "read /dev/urandom"
        ]
    );
    assert_eq!(
        calls(&["hex", "--pool", "random", "--nonblock"]),
        ["open /dev/random", "poll /dev/random", "read /dev/random"]
    );
}

/// What stands at `/dev/random` or `/dev/urandom`, as shell commands that put it at `$it`.
const IMPOSTORS: [(&str, &str); 7] = [
    ("nothing", "rm $it"),
    ("a file", "echo secret secret secret secret secret > $it"),
    ("an empty file", ":"),
    ("zeros", "mount --bind /dev/zero $it"),
    ("a FIFO", "rm $it; mkfifo $it"),
    ("a folder", "rm $it; mkdir $it"),
    ("the other device", "mount --bind /dev/$other $it"),
];

/// Runs `args` with `impostor` in place of one device, and no getrandom(2).
fn with_impostor(device: &str, impostor: &str, errno: Option<&str>, args: &[&str]) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let other = match device {
        "random" => "urandom",
        _ => "random",
    };
    let script = format!(
        "dev={}; it=$dev/{device}; other={other}
         touch $dev/random $dev/urandom $dev/null
         mount --bind /dev/null $dev/null
         mount --bind /dev/$other $dev/$other
         {impostor}
         mount --rbind $dev /dev
         exec {PROGRAM} {}",
        folder.path().display(),
        args.join(" ")
    );
    let mut command = in_mount_namespace(&script);
    match errno {
        Some(errno) => denying(errno, "any", || Answer::of(&mut command)),
        None => Answer::of(&mut command),
    }
}

#[test]
fn a_device_that_is_not_the_kernels_is_refused_and_named() {
    if goes_without("mounts") {
        return;
    }
    for (errno, reason) in [
        ("ENOSYS", "Function not implemented (os error 38)"),
        ("EPERM", "Operation not permitted (os error 1)"),
    ] {
        for device in ["random", "urandom"] {
            for (what, impostor) in IMPOSTORS {
                let problem = match what {
                    "nothing" => {
                        format!("cannot open /dev/{device}: No such file or directory (os error 2)")
                    }
                    _ => format!("/dev/{device} is not the kernel's random device"),
                };
                let words = format!(
                    "mksecret: error: there is no source of random bytes: \
                     getrandom: {reason}; {problem}\n"
                );
                for args in [&["hex"][..], &["hex", "--nonblock"], &["ready"]] {
                    with_impostor(device, impostor, Some(errno), args).is_refusal(1, &words);
                }
            }
        }
    }
}

#[test]
fn no_subcommand_prints_what_an_impostor_says() {
    if goes_without("mounts") {
        return;
    }
    for args in COMMANDS {
        let zeros = "mount --bind /dev/zero $it";
        let answer = with_impostor("urandom", zeros, Some("ENOSYS"), args);
        assert_eq!(answer.status, Some(1), "{args:?}: {}", answer.described());
        assert!(answer.stdout.is_empty(), "{args:?}: {}", answer.described());
    }
}

#[test]
fn devices_are_nothing_to_whom_the_kernel_serves() {
    if goes_without("mounts") {
        return;
    }
    for device in ["random", "urandom"] {
        for (_, impostor) in IMPOSTORS {
            with_impostor(device, impostor, None, &["hex"]).is_secret("");
        }
    }
    // The pool of --pool random is /dev/random alone.
    let nothing = "rm $it";
    let args = ["hex", "--pool", "random"];
    with_impostor("urandom", nothing, Some("ENOSYS"), &args).is_secret("");
}
