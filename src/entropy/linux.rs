//! The Linux kernel's generator: getrandom(2) with its flags, and how to live with a pool that is not initialised.
//!
//! The first request asks without waiting. What the kernel says to it decides everything after:
//!
//! - bytes: the pool is initialised, and stays so;
//! - `EAGAIN`: it is not. Wait by a *blocking* request, since only that makes the kernel gather entropy: one that
//!   polls can wait for ever on an idle machine;
//! - `ENOSYS` (before Linux 3.17) or `EPERM` (some sandboxes): [`device`](super::device) instead;
//! - anything else: an error. There is no weaker answer.

use std::{
    fs::File,
    io,
    sync::mpsc::{RecvTimeoutError, sync_channel},
    thread,
};

use rustix::{
    io::Errno,
    rand::{GetRandomFlags, getrandom},
};
use zeroize::Zeroize;

use super::{Entropy, EntropyError, Options, Pool, Wait, device};

/// How often in a row a call may be interrupted before it is called broken: no signal comes so fast for so long.
const MAX_INTERRUPTIONS: usize = 10_000;

/// The kernel's random bytes.
pub struct Kernel<Call = fn(&mut [u8], GetRandomFlags) -> Result<usize, Errno>> {
    options: Options,
    /// getrandom(2); a parameter so that a test can answer with every errno.
    call: Call,
    source: Source,
}

enum Source {
    /// Nothing asked yet.
    Unknown,
    /// The system call, known to serve.
    Call,
    /// The device instead, known to be initialised.
    Device(File),
}

impl Kernel {
    /// The kernel's generator, not yet asked for anything.
    ///
    /// # Errors
    /// None on Linux; elsewhere [`EntropyError::Unsupported`] for what the system cannot do.
    pub fn new(options: Options) -> Result<Self, EntropyError> {
        Ok(Self {
            options,
            call: |buf, flags| getrandom(buf, flags),
            source: Source::Unknown,
        })
    }
}

impl<Call> Kernel<Call>
where
    Call: FnMut(&mut [u8], GetRandomFlags) -> Result<usize, Errno> + Clone + Send + 'static,
{
    fn pool_flag(&self) -> GetRandomFlags {
        match self.options.pool {
            Pool::Urandom => GetRandomFlags::empty(),
            Pool::Random => GetRandomFlags::RANDOM,
        }
    }

    /// Fills `buf` by the system call alone, known to serve.
    fn fill_by_call(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let mut flags = self.pool_flag();
        if self.options.wait == Wait::Never {
            flags |= GetRandomFlags::NONBLOCK;
        }
        match fill_exactly(buf, |rest| (self.call)(rest, flags)) {
            Err(Errno::AGAIN) if self.options.wait == Wait::Never => Err(EntropyError::NotReady),
            filled => filled.map_err(call_failed),
        }
    }

    /// The first request: finds out which source serves, waiting for it as the options say.
    fn fill_first(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let flags = self.pool_flag();
        let served = match uninterrupted(|| (self.call)(buf, flags | GetRandomFlags::NONBLOCK)) {
            Ok(0) => return Err(call_failed(NOTHING)),
            Ok(served) => served,
            Err(Errno::AGAIN) => {
                if self.options.wait == Wait::Never {
                    return Err(EntropyError::NotReady);
                }
                (self.options.on_wait)();
                if matches!(self.options.wait, Wait::AtMost(_)) {
                    let mut call = self.call.clone();
                    wait(self.options.wait, move || {
                        fill_exactly(&mut [0], |byte| call(byte, flags))
                    })?
                    .map_err(call_failed)?;
                }
                0
            }
            Err(reason @ (Errno::NOSYS | Errno::PERM)) => {
                let mut device = device::open(reason.into(), self.options)?;
                device::fill(&mut device, buf)?;
                self.source = Source::Device(device);
                return Ok(());
            }
            Err(errno) => return Err(call_failed(errno)),
        };
        self.source = Source::Call;
        self.fill_by_call(&mut buf[served..])
    }
}

impl<Call> Entropy for Kernel<Call>
where
    Call: FnMut(&mut [u8], GetRandomFlags) -> Result<usize, Errno> + Clone + Send + 'static,
{
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let filled = match &mut self.source {
            _ if buf.is_empty() => return Ok(()),
            Source::Unknown => self.fill_first(buf),
            Source::Call => self.fill_by_call(buf),
            Source::Device(device) => device::fill(device, buf),
        };
        if filled.is_err() {
            buf.zeroize();
        }
        filled
    }
}

/// What stands for an answer of 0 bytes, which getrandom(2) never gives.
const NOTHING: Errno = Errno::NODATA;

fn call_failed(errno: Errno) -> EntropyError {
    EntropyError::Call(errno.into())
}

/// Repeats `call` while a signal interrupts it.
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

/// Fills all of `buf`, however few bytes `read` gives at a time.
pub(super) fn fill_exactly(
    mut buf: &mut [u8],
    mut read: impl FnMut(&mut [u8]) -> Result<usize, Errno>,
) -> Result<(), Errno> {
    while !buf.is_empty() {
        match uninterrupted(|| read(buf))? {
            0 => return Err(NOTHING),
            served => buf = &mut buf[served..],
        }
    }
    Ok(())
}

/// Runs `blocking` to its end, or for as long as `wait` allows; then it is left behind in its thread.
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
            EntropyError::Thread(io::Error::other("it ended without an answer"))
        }
    })
}
