//! Descriptors by number: the one place with unsafe code.
#![allow(unsafe_code)]

use std::{
    io,
    os::fd::{BorrowedFd, OwnedFd, RawFd},
    sync::atomic::{AtomicBool, Ordering},
};

static STDOUT_WAS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether standard output was closed when the program started.
///
/// Rust's runtime opens `/dev/null` in its place before `main`, and a secret written there would be lost with exit
/// status 0. So it has to be looked at before the runtime starts.
pub(super) fn stdout_was_closed() -> bool {
    STDOUT_WAS_CLOSED.load(Ordering::Relaxed)
}

/// The system's loader calls what this section holds before Rust's runtime starts.
#[used]
#[cfg_attr(
    any(target_os = "linux", target_os = "android", target_os = "freebsd"),
    unsafe(link_section = ".init_array")
)]
#[cfg_attr(
    target_vendor = "apple",
    unsafe(link_section = "__DATA,__mod_init_func")
)]
static LOOK_BEFORE_MAIN: extern "C" fn() = look_at_stdout;

extern "C" fn look_at_stdout() {
    // SAFETY: nothing is read or written through the descriptor, and it is not kept; if it is closed, fcntl(2) says
    // EBADF and does nothing.
    let stdout = unsafe { BorrowedFd::borrow_raw(1) };
    STDOUT_WAS_CLOSED.store(rustix::io::fcntl_getfd(stdout).is_err(), Ordering::Relaxed);
}

/// A descriptor of our own for what descriptor `number` refers to.
///
/// # Errors
/// `EBADF` if nothing is open there.
pub(super) fn duplicate(number: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: the user named this descriptor on the command line, so it is theirs to give. It is only duplicated; if
    // it is closed, the system says EBADF and does nothing.
    let named = unsafe { BorrowedFd::borrow_raw(number) };
    named.try_clone_to_owned()
}
