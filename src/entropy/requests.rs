//! Requests that are interrupted, answered in part, or limited in time.

use std::{
    io::{self, ErrorKind},
    sync::mpsc::{RecvTimeoutError, sync_channel},
    thread,
};

use rustix::io::Errno;

use super::{EntropyError, Wait};

/// A call interrupted this often in a row is broken: no signals come that fast for that long.
pub(super) const MAX_INTERRUPTIONS: usize = 10_000;

/// The rest of `buf` after `served` bytes. The kernel never returns 0 bytes, which would mean asking for ever, nor more
/// than the request.
pub(super) fn unserved(buf: &mut [u8], served: usize) -> io::Result<&mut [u8]> {
    let impossible = |words| Err(io::Error::new(ErrorKind::UnexpectedEof, words));
    match buf.get_mut(served..) {
        Some(rest) if served > 0 => Ok(rest),
        Some(_) => impossible("it returned 0 bytes"),
        None => impossible("it returned more bytes than requested"),
    }
}

/// Repeats `call` as long as a signal interrupts it.
pub(super) fn uninterrupted(
    mut call: impl FnMut() -> Result<usize, Errno>,
) -> Result<usize, Errno> {
    for _ in 0..MAX_INTERRUPTIONS {
        match call() {
            Err(Errno::INTR) => {}
            answer => return answer,
        }
    }
    Err(Errno::INTR)
}

/// Fills all of `buf`, however few bytes `read` returns at a time.
pub(super) fn fill_exactly(
    mut buf: &mut [u8],
    mut read: impl FnMut(&mut [u8]) -> Result<usize, Errno>,
) -> io::Result<()> {
    while !buf.is_empty() {
        let served = uninterrupted(|| read(buf))?;
        buf = unserved(buf, served)?;
    }
    Ok(())
}

/// Runs `blocking` to its end, or for as long as `wait` allows; after that it is left behind in its thread.
pub(super) fn wait<T: Send + 'static>(
    wait: Wait,
    blocking: impl FnOnce() -> T + Send + 'static,
) -> Result<T, EntropyError> {
    let Wait::AtMost(limit) = wait else {
        return Ok(blocking());
    };
    let (done, answer) = sync_channel(1);
    thread::Builder::new()
        .spawn(move || done.send(blocking()))
        .map_err(EntropyError::Thread)?;
    answer.recv_timeout(limit).map_err(|gone| match gone {
        RecvTimeoutError::Timeout => EntropyError::NotReady,
        RecvTimeoutError::Disconnected => {
            EntropyError::Thread(io::Error::other("it ended without a result"))
        }
    })
}
