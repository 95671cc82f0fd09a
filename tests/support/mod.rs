//! What the integration tests share.

// Every test is a program of its own, and none uses all of this.
#![allow(dead_code)]

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

#[cfg(target_os = "linux")]
mod filter;

/// The line on standard error that says that the program waits.
pub(crate) const WAITING: &str =
    "mksecret: waiting for the kernel's random pool to be initialised\n";

/// What is said while the pool is not initialised and the user does not want to wait (longer).
pub(crate) const NOT_READY: &str = "\
mksecret: error: the kernel's random pool is not initialised yet
mksecret: hint: try again later, or wait: leave out --nonblock, or allow a longer --timeout
";

/// Where the tests tell which of these things to go without, separated by commas.
const WITHOUT: &str = "MKSECRET_TESTS_WITHOUT";

/// Whether a test is to be left out because the machine has no `thing`.
///
/// Only the user can say so, in the environment variable `MKSECRET_TESTS_WITHOUT`; a thing that is missing otherwise
/// is a failure, since a test that quietly does nothing proves nothing. A thing is a program, or one of
///
/// - `qemu`: the emulator, and the kernel that `tests/run` fetches for it;
/// - `mounts`: mount namespaces, as root or as any user;
/// - `servers`: PostgreSQL, MariaDB and Redis;
/// - `pypi`: the Python environment that `tests/run` makes for the recipes;
/// - `root`: who may look into the memory of the program, which makes itself undumpable.
///
/// # Panics
/// If the machine has no such thing and the test is not to be left out.
pub(crate) fn goes_without(thing: &str) -> bool {
    let told = env::var(WITHOUT).unwrap_or_default();
    if told.split([',', ' ']).any(|word| word == thing) {
        return true;
    }
    let there = match thing {
        "qemu" => answers(Command::new(QEMU).arg("--version")) && kernel().exists(),
        #[cfg(target_os = "linux")]
        "root" => rustix::process::geteuid().is_root(),
        "mounts" => answers(&mut in_mount_namespace("mount -t tmpfs none /mnt")),
        "servers" => ["psql", "mariadbd", "redis-server"]
            .into_iter()
            .all(is_installed),
        "pypi" => target().join("recipes/bin/python3").exists(),
        program => is_installed(program),
    };
    assert!(
        there,
        "this test needs {thing}, which this machine has not: tests/run installs what is missing, \
         and {WITHOUT}={thing} leaves such tests out"
    );
    false
}

/// Whether `program` is on the PATH, or where Debian has programs of the administrator.
fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .any(|folder| folder.join(program).is_file())
}

fn answers(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Copies the program to where every user can run it.
///
/// By a process of its own: while this one had the copy open for writing, a test beside it could start a child, which
/// would hold it open, and what is open for writing cannot be run.
pub(crate) fn copy_program(to: &Path) {
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_mksecret"))
        .arg(to)
        .status();
    assert!(copied.expect("cp runs").success());
}

/// The program with the usual answer to signals: what a shell starts in the background ignores SIGINT, and so would
/// everything started from it.
pub(crate) fn program_that_heeds_signals() -> Command {
    let mut env = Command::new("env");
    env.args([
        "--default-signal=INT,TERM,HUP",
        env!("CARGO_BIN_EXE_mksecret"),
    ]);
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

/// The folder of the static release build, the one that is shipped; made by the first test that asks for it.
///
/// Beside the program, `examples/` in it holds the tests' own programs.
pub(crate) fn static_build() -> &'static Path {
    static BUILD: OnceLock<PathBuf> = OnceLock::new();
    BUILD.get_or_init(|| {
        const TRIPLE: &str = "x86_64-unknown-linux-gnu";
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release", "--target", TRIPLE])
            .args([
                "--bin",
                "mksecret",
                "--example",
                "deny",
                "--example",
                "init",
            ])
            .arg("--target-dir")
            .arg(target())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("RUSTFLAGS", "-C target-feature=+crt-static")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the static build failed");
        target().join(TRIPLE).join("release")
    })
}

/// A shell that runs `script` with mounts of its own, which end with it.
pub(crate) fn in_mount_namespace(script: &str) -> Command {
    let mut unshare = Command::new("unshare");
    #[cfg(target_os = "linux")]
    if !rustix::process::geteuid().is_root() {
        unshare.arg("--map-root-user");
    }
    unshare.args(["--mount", "sh", "-euc", script]);
    unshare
}

/// What `work` returns when `which` getrandom(2) calls of the processes it starts fail with `errno`; the words are
/// those of the launcher, `tests/support/deny.rs`.
#[cfg(target_os = "linux")]
pub(crate) fn denying<T: Send>(errno: &str, which: &str, work: impl FnOnce() -> T + Send) -> T {
    // The filter holds for one thread and what is started from it.
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
