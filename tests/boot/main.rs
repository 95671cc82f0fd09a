//! A kernel that has just booted, whose pool is not initialised: no machine that runs tests has such a pool.
//!
//! Each test boots a Debian kernel in qemu under software emulation, with an initramfs made here: the static build of
//! the program, and an [init](../init.rs) that runs a plan and reports what it saw. The kernel has nothing to credit
//! (no RDRAND, no seed from the boot loader, no virtio-rng), so its pool stays cold until somebody blocks on it; then
//! the kernel gathers 256 bits from the jitter of its timer, which takes one second or more. Those seconds add up over
//! the processes of one boot, so a plan must not block for long before it wants a cold pool again.
//!
//! No upper bound on time is asserted. If the pool was initialised when a step wanted it cold, the boot proves nothing
//! and is repeated; a wrong answer fails at once.
//!
//! # Mutations
//!
//! Each was tried by hand on the program. "Refused", "waits" and so on are the steps below that were found wrong.
//!
//! | what the program did instead | what failed |
//! |---|---|
//! | the first call without `GRND_NONBLOCK` | `hex --nonblock` is not refused; waits are not announced |
//! | EAGAIN answered from `/dev/urandom` | `hex --nonblock` is not refused; `/dev/urandom` opened on a cold pool |
//! | the device without a look at `/dev/random` | ENOSYS with `--nonblock` is not refused; the others open `/dev/urandom` on a cold pool |
//! | the device waited for in spite of `--nonblock` | ENOSYS with `--nonblock` is not refused |
//! | the device waited for by poll(2) alone | ENOSYS and EPERM: asleep on a cold pool forever |
//! | `GRND_INSECURE` at once | `hex --nonblock` is not refused; nothing waits, signals come too late |
//! | `GRND_INSECURE` after EAGAIN | the same |
//! | a blocking call that does not block | `hex` fails instead of waiting |
//! | the same, repeated every 50 ms | `hex`, `ready`: asleep on a cold pool forever |
//! | `--timeout` ignored | `ready --timeout 100ms`: the pool is never cold afterwards |
//! | the wait not announced | every wait |

#![cfg(target_os = "linux")]
// Shown if the test fails.
#![allow(clippy::print_stderr)]

#[path = "../support/mod.rs"]
mod support;

mod cpio;

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use predicates::{function::function, str::ends_with};
use support::{NOT_READY, Start, WAITING, is_key};

/// How often a plan is tried if its precondition does not hold. It held in each of more than 100 boots.
const BOOTS: usize = 4;

/// After this long without output from the guest it counts as hung. This is no bound on how long a wait may take: that is
/// two orders of magnitude less.
const SILENCE: Duration = Duration::from_secs(300);

/// A processor without an instruction for random numbers.
const COLD: [&str; 2] = ["qemu64", "random.trust_cpu=off"];
/// One with it, trusted by the kernel: the pool is initialised before init starts.
const READY: [&str; 2] = ["qemu64,+rdrand", "random.trust_cpu=on"];

/// What a step of a plan must show.
#[derive(Clone, Copy, Debug)]
enum Expect {
    /// The pool is cold: exit 75 without a wait and without touching /dev/urandom.
    Refused,
    /// The pool is cold and stays so: exit 75 after a wait that was announced.
    RefusedLater,
    /// The pool is cold: the wait is announced and ends with what was asked for.
    Waits,
    /// The pool is cold: a wait that was announced ends with this signal.
    Dies(&'static str),
    /// The pool is ready: the result, without a message.
    Served,
}
use Expect::{Dies, Refused, RefusedLater, Served, Waits};

/// What the guest saw of a step.
#[derive(Debug)]
struct Report {
    before: String,
    after: String,
    end: String,
    stdout: String,
    stderr: String,
    deeds: String,
}

#[test]
#[ignore = "needs qemu"]
fn cold_pool_waits_or_fails_with_nonblock() {
    boot(
        "cold",
        COLD,
        &[
            ("mksecret hex --nonblock", Refused),
            ("mksecret hex --nonblock --pool random", Refused),
            ("mksecret password --nonblock", Refused),
            ("mksecret passphrase --nonblock", Refused),
            ("mksecret ready --nonblock", Refused),
            ("mksecret ready --timeout 0s", Refused),
            ("deny ENOSYS any mksecret hex --nonblock", Refused),
            ("deny ENOSYS any mksecret password --nonblock", Refused),
            ("deny ENOSYS any mksecret ready --nonblock", Refused),
            ("deny EPERM any mksecret hex --nonblock", Refused),
            (
                "deny EPERM any mksecret hex --nonblock --pool random",
                Refused,
            ),
            ("mksecret ready --timeout 100ms", RefusedLater),
            ("mksecret hex --timeout 100ms", RefusedLater),
            ("mksecret hex", Waits),
            ("mksecret hex --nonblock", Served),
        ],
    );
}

#[test]
#[ignore = "needs qemu"]
fn signals_end_a_wait_at_once() {
    boot(
        "signals",
        COLD,
        &[
            ("mksecret hex", Dies("TERM")),
            ("mksecret hex", Dies("INT")),
            // The second would say that the file exists.
            ("mksecret hex -o /tmp/secret", Dies("TERM")),
            ("mksecret hex -o /tmp/secret", Dies("INT")),
            ("mksecret ready", Dies("HUP")),
            ("mksecret ready --timeout 10m", Dies("INT")),
            ("deny ENOSYS any mksecret hex", Dies("TERM")),
            ("mksecret ready", Waits),
        ],
    );
}

#[test]
#[ignore = "needs qemu"]
fn missing_call_waits_by_reading_the_device() {
    boot(
        "missing",
        COLD,
        &[
            ("deny ENOSYS any mksecret hex --timeout 100ms", RefusedLater),
            ("deny ENOSYS any mksecret hex", Waits),
            ("deny ENOSYS any mksecret hex --nonblock", Served),
        ],
    );
}

#[test]
#[ignore = "needs qemu"]
fn forbidden_call_waits_by_reading_the_device() {
    boot(
        "forbidden",
        COLD,
        &[
            ("deny EPERM any mksecret hex", Waits),
            ("deny EPERM any mksecret ready", Served),
        ],
    );
}

#[test]
#[ignore = "needs qemu"]
fn wait_with_timeout_makes_the_kernel_gather_entropy() {
    boot(
        "bounded",
        COLD,
        &[("mksecret hex --pool random --timeout 10m", Waits)],
    );
}

#[test]
#[ignore = "needs qemu"]
fn ready_pool_is_used_at_once() {
    boot(
        "ready",
        READY,
        &[
            ("mksecret hex --nonblock", Served),
            ("mksecret ready", Served),
            ("mksecret ready --nonblock", Served),
            ("mksecret hex --timeout 100ms --pool random", Served),
            ("deny ENOSYS any mksecret hex --nonblock", Served),
            ("deny EPERM any mksecret hex", Served),
        ],
    );
}

/// The launcher and the static program, which a C library cannot get in the way of, on this machine's kernel.
#[test]
#[ignore = "needs mounts"]
fn static_program_refuses_a_fake_device_too() {
    let build = support::static_build();
    let (deny, program) = (build.join("examples/deny"), build.join("mksecret"));
    let hex = format!("{} ENOSYS any {} hex", deny.display(), program.display());
    let zeros = format!("mount --bind /dev/zero /dev/urandom && exec {hex}");
    let done = support::in_mount_namespace(&zeros).assert();
    let says = ends_with("/dev/urandom is not the kernel's random device\n");
    done.code(1).stdout("").stderr(says);
    let done = support::in_mount_namespace(&format!("exec {hex}")).assert();
    done.success().stdout(function(is_key));
}

/// Boots until every step of `plan` had the pool it wants, and checks what each showed.
fn boot(name: &str, machine: [&str; 2], plan: &[(&str, Expect)]) {
    let initramfs = initramfs(name, plan);
    for number in 1..=BOOTS {
        let judged = run(machine, &initramfs, plan).and_then(|reports| {
            plan.iter()
                .zip(&reports)
                .try_for_each(|((command, expect), report)| judge(command, *expect, report))
        });
        match judged {
            Ok(()) => return,
            Err(Unfit(why)) => eprintln!("{name}: boot {number} of {BOOTS} proves nothing: {why}"),
        }
    }
    panic!("{name}: no boot was as the plan wants it");
}

/// Why a boot proves nothing: the pool was not as a step wants it, or the kernel did not come up.
struct Unfit(String);

fn judge(command: &str, expect: Expect, report: &Report) -> Result<(), Unfit> {
    let wrong = || format!("{command}: expected {expect:?}, got {report:#?}");
    assert!(report.deeds.is_empty(), "{}", wrong());
    let (cold, still_cold) = (report.before == "cold", report.after == "cold");
    // A wait may change the pool in any way.
    let fits = match expect {
        Refused | Waits => cold,
        RefusedLater | Dies(_) => cold && still_cold,
        Served => !cold,
    };
    let unfit = || {
        let (before, after) = (&report.before, &report.after);
        Err(Unfit(format!("{command}: {before} before, {after} after")))
    };
    if !fits {
        return unfit();
    }
    let printed = match command.contains(" ready") {
        true => report.stdout.is_empty(),
        false => is_key(&report.stdout.replace("\\n", "\n")),
    };
    let refusal = report.stdout.is_empty() && report.end == "exit 75";
    let said = |words: &[&str]| report.stderr == words.concat().escape_default().to_string();
    let right = match expect {
        Refused => refusal && said(&[NOT_READY]),
        RefusedLater => refusal && said(&[WAITING, NOT_READY]),
        Waits => report.end == "exit 0" && printed && said(&[WAITING]) && !still_cold,
        Dies(signal) => {
            let number = match signal {
                "HUP" => 1,
                "INT" => 2,
                _ => 15,
            };
            report.stdout.is_empty() && said(&[WAITING]) && report.end == format!("signal {number}")
        }
        Served => report.end == "exit 0" && printed && report.stderr.is_empty(),
    };
    assert!(right, "{}", wrong());
    match expect {
        // Nobody asked the kernel to gather, and yet it is ready.
        Refused if !still_cold => unfit(),
        _ => Ok(()),
    }
}

/// Writes the guest's file system, and returns its path.
fn initramfs(name: &str, plan: &[(&str, Expect)]) -> PathBuf {
    let build = support::static_build();
    let read = |file: &str| fs::read(build.join(file)).expect("it was built");
    let plan: String = plan
        .iter()
        .map(|(command, expect)| match expect {
            Dies(signal) => format!("{signal} {command}\n"),
            _ => format!("- {command}\n"),
        })
        .collect();
    let mut archive = cpio::Archive::new();
    for folder in ["bin", "dev", "proc", "tmp"] {
        archive.folder(folder);
    }
    archive.device("dev/console", 5, 1);
    archive.device("dev/null", 1, 3);
    archive.device("dev/random", 1, 8);
    archive.device("dev/urandom", 1, 9);
    archive.file("init", &read("examples/init"));
    archive.file("bin/deny", &read("examples/deny"));
    archive.file("bin/mksecret", &read("mksecret"));
    archive.file("plan", plan.as_bytes());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("boot-{name}.cpio"));
    fs::write(&path, archive.finish()).expect("cargo's temporary directory is writable");
    path
}

/// Boots the guest once, and returns its reports, one for each step.
fn run(
    [processor, trust]: [&str; 2],
    initramfs: &Path,
    plan: &[(&str, Expect)],
) -> Result<Vec<Report>, Unfit> {
    let mut qemu = Command::new(support::QEMU)
        .args("-accel tcg -m 256 -smp 1 -nodefaults -no-user-config -no-reboot".split(' '))
        .args("-display none -monitor none -serial stdio".split(' '))
        .args(["-cpu", processor, "-append"])
        // The check of the timer fails, and the kernel with it, where the emulator gets too little of a processor.
        .arg(format!(
            "console=ttyS0 panic=-1 quiet no_timer_check random.trust_bootloader=off {trust}"
        ))
        .arg("-kernel")
        .arg(support::kernel())
        .arg("-initrd")
        .arg(initramfs)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .start();
    let console = BufReader::new(qemu.stdout.take().expect("it is a pipe"));
    let (send, lines) = channel();
    thread::spawn(move || {
        console
            .split(b'\n')
            .map_while(Result::ok)
            .try_for_each(|line| {
                send.send(
                    String::from_utf8_lossy(&line)
                        .trim_end_matches('\r')
                        .to_owned(),
                )
            })
    });
    let (mut seen, mut reports) = (Vec::new(), Vec::new());
    let hangs = loop {
        match lines.recv_timeout(SILENCE) {
            Ok(line) => {
                reports.extend(report(&line));
                seen.push(line);
            }
            Err(RecvTimeoutError::Disconnected) => break false,
            Err(RecvTimeoutError::Timeout) => break true,
        }
    };
    // It may have ended by itself.
    let _ = qemu.kill();
    qemu.wait().expect("it was started");
    let said = |words: &str| seen.iter().any(|line| line == words);
    if !said("mksecret-boot\tbegin") {
        return Err(Unfit(format!("the kernel did not come up: {seen:#?}")));
    }
    let step = plan.get(reports.len());
    assert!(!hangs, "the guest hangs at {step:?}; it said: {seen:#?}");
    assert!(
        said("mksecret-boot\tend") && step.is_none(),
        "the guest ended at {step:?}; it said: {seen:#?}"
    );
    Ok(reports)
}

fn report(line: &str) -> Option<Report> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [
        "mksecret-boot",
        before,
        after,
        end,
        stdout,
        stderr,
        rest @ ..,
    ] = &fields[..]
    else {
        return None;
    };
    let [before, after, end, stdout, stderr] =
        [before, after, end, stdout, stderr].map(|field| (*field).to_owned());
    Some(Report {
        before,
        after,
        end,
        stdout,
        stderr,
        deeds: rest.join(" "),
    })
}
