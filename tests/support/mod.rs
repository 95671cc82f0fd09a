//! What the integration tests share.

// Every test is a program of its own, and none uses all of this.
#![allow(dead_code)]

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::{self, Stdio},
    sync::OnceLock,
};

use assert_cmd::{Command, assert::Assert};

#[cfg(target_os = "linux")]
mod filter;
#[cfg(unix)]
pub(crate) mod folder;
#[cfg(unix)]
mod started;

#[cfg(unix)]
#[allow(unused_imports)]
pub(crate) use started::{Start, Started};

/// The message that the program waits.
pub(crate) const WAITING: &str =
    "mksecret: waiting for the kernel's random pool to be initialised\n";

/// Printed while the pool is not initialised and the user does not want to wait (longer).
pub(crate) const NOT_READY: &str = "\
mksecret: error: the kernel's random pool is not initialised yet
mksecret: hint: try again later, omit --nonblock, or use a longer --timeout
";

/// The word list that is part of the program.
pub(crate) const WORDS: &str = include_str!("../../src/phrase/eff_large.txt");

/// The path of the program that all tests run: this is the only place that knows it. `packaging/ports` names another
/// one, which starts a program for another system.
pub(crate) fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        env::var("MKSECRET_TESTS_PROGRAM").unwrap_or(env!("CARGO_BIN_EXE_mksecret").into())
    })
}

/// The program with the arguments in `line`, which are separated by spaces.
pub(crate) fn mksecret(line: &str) -> Command {
    let mut command = Command::new(program());
    command.args(line.split_whitespace());
    command
}

/// The program under strace with `options`; both lines are separated by spaces.
pub(crate) fn strace(options: &str, line: &str) -> Command {
    let mut strace = Command::new("strace");
    let options = options.split_whitespace();
    strace.arg("-qq").args(options).arg(program());
    strace.args(line.split_whitespace());
    strace
}

/// Runs the program under strace with `options` in an empty folder, which is its home, too; returns the trace of all
/// its threads beside the result.
pub(crate) fn traced(options: &str, line: &str) -> (Assert, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut strace = strace(&format!("-f -o trace {options}"), line);
    let done = strace
        .current_dir(&folder)
        .env("HOME", folder.path())
        .assert();
    let trace = fs::read_to_string(folder.path().join("trace")).unwrap();
    (done, trace)
}

/// What a command prints.
pub(crate) trait Printed: Sized {
    /// Standard output; the command must succeed with nothing on standard error.
    fn printed(self) -> String;

    /// The lines of standard output, which must end with a newline.
    fn lines(self) -> Vec<String> {
        let text = self.printed();
        assert!(text.ends_with('\n'), "{text:?}");
        text.lines().map(str::to_owned).collect()
    }
}

impl Printed for Assert {
    fn printed(self) -> String {
        let done = self.success().stderr("");
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    }
}

impl Printed for &mut Command {
    fn printed(self) -> String {
        self.assert().printed()
    }
}

/// Checks that the command lines have all subcommands of the program, and no others.
pub(crate) fn assert_all_subcommands<'a>(lines: impl Iterator<Item = &'a str>) {
    let names = lines.filter_map(|line| line.split(' ').next());
    let tested: BTreeSet<&str> = names.filter(|name| !name.starts_with('-')).collect();
    let command = mksecret::command();
    let all = command.get_subcommands().map(|command| command.get_name());
    assert_eq!(tested, all.collect());
}

/// An error message with its hint.
pub(crate) fn error(error: &str, hint: &str) -> String {
    format!("mksecret: error: {error}\nmksecret: hint: {hint}\n")
}

/// Whether `text` is what `mksecret hex` prints: 32 bytes as hexadecimal digits, and a newline.
pub(crate) fn is_key(text: &str) -> bool {
    text.strip_suffix('\n').is_some_and(|digits| {
        digits.len() == 64
            && digits
                .bytes()
                .all(|byte| b"0123456789abcdef".contains(&byte))
    })
}

/// Whether all lines are messages of the program: no panic, and nothing from a shell.
pub(crate) fn are_messages(stderr: &str) -> bool {
    stderr.lines().all(|line| line.starts_with("mksecret: "))
}

#[cfg(unix)]
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
pub(crate) fn is_root() -> bool {
    false
}

/// The program with the default reaction to signals: a shell starts background jobs with SIGINT ignored, and they pass
/// that on to what they start.
pub(crate) fn program_that_heeds_signals(line: &str) -> process::Command {
    let mut env = process::Command::new("env");
    env.args(["--default-signal", program()]);
    env.args(line.split_whitespace());
    env
}

/// The emulator of the boot test.
pub(crate) const QEMU: &str = "qemu-system-x86_64";

/// The kernel of the boot test, put there by `tests/run`.
pub(crate) fn kernel() -> PathBuf {
    target().join("boot/vmlinuz")
}

/// Cargo's target directory.
pub(crate) fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("cargo keeps tmp in its target directory")
}

/// The folder of the static release build, the one that is shipped; built by the first test that asks for it.
///
/// Its `examples/` has the tests' own programs.
pub(crate) fn static_build() -> &'static Path {
    static BUILD: OnceLock<PathBuf> = OnceLock::new();
    BUILD.get_or_init(|| {
        const TRIPLE: &str = "x86_64-unknown-linux-gnu";
        const BUILD: &str =
            "build --quiet --release --bin mksecret --example deny --example init --target";
        // Cargo reports what is wrong on standard error: not captured.
        let built = process::Command::new(env!("CARGO"))
            .args(BUILD.split(' '))
            .args([TRIPLE, "--target-dir"])
            .arg(target())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("RUSTFLAGS", "-C target-feature=+crt-static")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .stdin(Stdio::null())
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the static build failed");
        target().join(TRIPLE).join("release")
    })
}

/// A shell that runs `script` in its own mount namespace.
pub(crate) fn in_mount_namespace(script: &str) -> Command {
    let mut unshare = Command::new("unshare");
    if !is_root() {
        unshare.arg("--map-root-user");
    }
    unshare.args(["--mount", "sh", "-euc", script]);
    unshare
}

/// What `work` returns when `which` getrandom(2) calls of the processes it starts fail with `errno`; the words are
/// those of the launcher, `tests/support/deny.rs`.
#[cfg(target_os = "linux")]
pub(crate) fn denying<T: Send>(errno: &str, which: &str, work: impl FnOnce() -> T + Send) -> T {
    // The filter applies to one thread and the processes it starts.
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            filter::deny(errno, which);
            work()
        });
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
