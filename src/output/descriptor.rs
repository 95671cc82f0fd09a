//! Descriptors by number: the one place with unsafe code.
#![allow(unsafe_code)]

use std::{
    io,
    os::fd::{BorrowedFd, OwnedFd, RawFd},
    sync::atomic::{AtomicU8, Ordering},
};

/// Bit n is set if standard stream n was closed when the program started.
static CLOSED: AtomicU8 = AtomicU8::new(0);

/// Whether standard stream `number` (0, 1 or 2) was closed when the program started.
///
/// Rust's runtime opens `/dev/null` in its place before `main`, and a secret written there would be lost with exit
/// status 0. So it has to be looked at before the runtime starts.
pub(super) fn was_closed(number: RawFd) -> bool {
    (0..=2).contains(&number) && CLOSED.load(Ordering::Relaxed) >> number & 1 == 1
}

/// The system's loader calls what this section holds before Rust's runtime starts.
#[used]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
#[cfg_attr(
    target_vendor = "apple",
    unsafe(link_section = "__DATA,__mod_init_func")
)]
static LOOK_BEFORE_MAIN: extern "C" fn() = look_at_streams;

extern "C" fn look_at_streams() {
    let closed = (0..=2).filter(|number| {
        // SAFETY: nothing is read or written through the descriptor, and it is not kept; if it is closed, fcntl(2)
        // says EBADF and does nothing.
        let stream = unsafe { BorrowedFd::borrow_raw(*number) };
        rustix::io::fcntl_getfd(stream).is_err()
    });
    CLOSED.store(closed.map(|number| 1 << number).sum(), Ordering::Relaxed);
}

/// A descriptor of our own for what descriptor `number` refers to.
///
/// # Errors
/// `EBADF` if nothing is open there, or was not when the program started.
pub(super) fn duplicate(number: RawFd) -> io::Result<OwnedFd> {
    if was_closed(number) {
        return Err(rustix::io::Errno::BADF.into());
    }
    // SAFETY: the user named this descriptor on the command line, so it is theirs to give. It is only duplicated; if
    // it is closed, the system says EBADF and does nothing.
    let named = unsafe { BorrowedFd::borrow_raw(number) };
    named.try_clone_to_owned()
}
