//! Runs each line of `/plan` and reports what it saw. It judges nothing; the test on the host does.
//!
//! A line of the plan is a signal or `-`, and a command. The signal is sent once the command has written to
//! standard error. A report is one line of these fields, separated by tabs:
//!
//! - the pool before and after, `cold` or `ready`: as getrandom(2) with `GRND_NONBLOCK` reports it;
//! - how the command ended;
//! - what it wrote to standard output and to standard error, escaped;
//! - what it did while the pool was cold: `opens-urandom`, `sleeps`, neither or both. A command that
//!   sleeps is killed, because it may never wake.
//!
//! Nothing depends on a clock: under emulation and load, time means little.

// Standard output is the console, and the test's only channel.
#![allow(clippy::print_stdout)]

use std::{
    fs::{self, read_to_string},
    io::Read,
    mem::MaybeUninit,
    os::unix::process::ExitStatusExt,
    process::{Command, ExitStatus, Stdio},
    thread::sleep,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fd::OwnedFd,
    fs::inotify,
    io::Errno,
    mount::{MountFlags, mount},
    process::{Pid, Signal, kill_process},
    rand::{GetRandomFlags, getrandom},
    system::{RebootCommand, reboot},
};

/// Waiting in one of these does not make the kernel gather entropy, so it may never end.
const SLEEPS: [i64; 9] = [
    libc::SYS_poll,
    libc::SYS_ppoll,
    libc::SYS_select,
    libc::SYS_pselect6,
    libc::SYS_epoll_wait,
    libc::SYS_epoll_pwait,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_pause,
];

/// The time between the message of a command that it waits and its signal.
const TO_BEGIN: Duration = Duration::from_millis(20);

pub(crate) fn main() {
    println!("mksecret-boot\tbegin");
    mount("proc", "/proc", "proc", MountFlags::empty(), None).expect("/proc can be mounted");
    let opens = inotify::init(inotify::CreateFlags::NONBLOCK | inotify::CreateFlags::CLOEXEC)
        .expect("this kernel has inotify");
    inotify::add_watch(&opens, "/dev/urandom", inotify::WatchFlags::OPEN)
        .expect("/dev/urandom can be watched");
    for line in fs::read_to_string("/plan")
        .expect("there is a plan")
        .lines()
    {
        step(line, &opens);
    }
    println!("mksecret-boot\tend");
    // qemu runs with -no-reboot: it exits instead.
    reboot(RebootCommand::Restart).expect("this kernel can restart");
}

fn pool_is_cold() -> bool {
    match getrandom(&mut [0_u8; 1], GetRandomFlags::NONBLOCK) {
        Ok(_) => false,
        Err(Errno::AGAIN) => true,
        Err(errno) => panic!("getrandom: {errno}"),
    }
}

fn pool() -> &'static str {
    if pool_is_cold() { "cold" } else { "ready" }
}

fn step(line: &str, opens: &OwnedFd) {
    let mut words = line.split(' ');
    let signal = match words.next() {
        Some("INT") => Some(Signal::INT),
        Some("TERM") => Some(Signal::TERM),
        Some("HUP") => Some(Signal::HUP),
        _ => None,
    };
    let before = pool();
    let mut child = Command::new(words.next().expect("a step has a command"))
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command is there");
    let pid = Pid::from_child(&child);
    let mut stderr = child.stderr.take().expect("it is a pipe");
    let (mut opens_urandom, mut sleeps) = (false, false);
    let mut unsent = signal;
    let ended = loop {
        let mut fds = [
            PollFd::new(opens, PollFlags::IN),
            PollFd::new(&stderr, PollFlags::IN),
        ];
        let a_moment = Timespec {
            tv_sec: 0,
            tv_nsec: 5_000_000,
        };
        // Not for the standard error that was read already: this would be a busy loop.
        let awaited = if unsent.is_some() { 2 } else { 1 };
        poll(&mut fds[..awaited], Some(&a_moment)).expect("poll");
        let cold = pool_is_cold();
        if fds[0].revents().contains(PollFlags::IN) {
            opens_urandom |= cold;
            forget(opens);
        }
        if cold && is_asleep(pid) {
            sleeps = true;
            kill_process(pid, Signal::KILL).expect("it has not been waited for");
        }
        if fds[1].revents().contains(PollFlags::IN)
            && let Some(signal) = unsent.take()
        {
            sleep(TO_BEGIN);
            kill_process(pid, signal).expect("it has not been waited for");
        }
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
    };
    let after = pool();
    let mut said = Vec::new();
    stderr.read_to_end(&mut said).expect("a pipe can be read");
    let mut written = Vec::new();
    let mut stdout = child.stdout.take().expect("it is a pipe");
    stdout
        .read_to_end(&mut written)
        .expect("a pipe can be read");
    let mut deeds = Vec::new();
    deeds.extend(opens_urandom.then_some("opens-urandom"));
    deeds.extend(sleeps.then_some("sleeps"));
    println!(
        "mksecret-boot\t{before}\t{after}\t{}\t{}\t{}\t{}",
        how(ended),
        written.escape_ascii(),
        said.escape_ascii(),
        deeds.join(" ")
    );
}

/// Takes the events that are there off the queue.
fn forget(opens: &OwnedFd) {
    let mut space = [MaybeUninit::uninit(); 1024];
    let mut events = inotify::Reader::new(opens, &mut space);
    while events.next().is_ok() {}
}

/// Whether the process is asleep in a system call that only waits.
fn is_asleep(pid: Pid) -> bool {
    read_to_string(format!("/proc/{}/syscall", pid.as_raw_nonzero()))
        .ok()
        .and_then(|call| call.split(' ').next()?.parse().ok())
        .is_some_and(|number| SLEEPS.contains(&number))
}

fn how(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => format!("{status}"),
    }
}
