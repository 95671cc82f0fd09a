//! The Linux kernel's generator: getrandom(2) with its flags, and what to do if the pool is not initialised.
//!
//! The first request does not wait. The kernel's answer decides everything after it:
//!
//! - bytes: the pool is initialised, and stays so;
//! - `EAGAIN`: it is not. Wait with a *blocking* request, because only that makes the kernel gather entropy: polling
//!   can wait for ever on an idle machine;
//! - `ENOSYS` (before Linux 3.17) or `EPERM` (some sandboxes): use [`device`](super::device);
//! - anything else: an error. There is no weaker source.

use std::{io::ErrorKind, time::Duration};

use rustix::{
    io::Errno,
    rand::{GetRandomFlags, getrandom},
};
use zeroize::Zeroize;

use super::{
    Entropy, EntropyError, Options, Pool, Wait,
    device::Device,
    requests::{fill_exactly, uninterrupted, unserved, wait},
};

/// The kernel's random bytes.
pub(crate) struct Kernel<Call = fn(&mut [u8], GetRandomFlags) -> Result<usize, Errno>> {
    options: Options,
    /// getrandom(2); a parameter so that a test can return every errno.
    call: Call,
    state: State,
}

enum State {
    /// Nothing requested yet.
    Unknown,
    /// The system call, known to work.
    Call,
    /// The device, known to be initialised.
    Device(Device),
}

impl Kernel {
    /// The kernel's generator. Nothing is requested yet.
    ///
    /// # Errors
    /// None on Linux; elsewhere [`EntropyError::Unsupported`] for options that the system does not have.
    pub(crate) fn new(options: Options) -> Result<Self, EntropyError> {
        Ok(Self::with_call(options, |buf, flags| getrandom(buf, flags)))
    }
}

impl<Call> Kernel<Call>
where
    Call: FnMut(&mut [u8], GetRandomFlags) -> Result<usize, Errno> + Clone + Send + 'static,
{
    fn with_call(mut options: Options, call: Call) -> Self {
        if options.wait == Wait::AtMost(Duration::ZERO) {
            // No wait at all, so nothing to announce and no thread to start.
            options.wait = Wait::Never;
        }
        Self {
            options,
            call,
            state: State::Unknown,
        }
    }

    fn pool_flag(&self) -> GetRandomFlags {
        match self.options.pool {
            Pool::Urandom => GetRandomFlags::empty(),
            Pool::Random => GetRandomFlags::RANDOM,
        }
    }

    /// Fills `buf` by the system call, which is known to work.
    fn fill_by_call(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let mut flags = self.pool_flag();
        if self.options.wait == Wait::Never {
            flags |= GetRandomFlags::NONBLOCK;
        }
        match fill_exactly(buf, |rest| (self.call)(rest, flags)) {
            Err(error)
                if self.options.wait == Wait::Never && error.kind() == ErrorKind::WouldBlock =>
            {
                Err(EntropyError::NotReady)
            }
            filled => filled.map_err(EntropyError::Call),
        }
    }

    /// The first request: finds out which source works, and waits for it as the options say.
    fn fill_first(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let flags = self.pool_flag();
        let left = match uninterrupted(|| (self.call)(buf, flags | GetRandomFlags::NONBLOCK)) {
            Ok(served) => unserved(buf, served).map_err(EntropyError::Call)?,
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
                    .map_err(EntropyError::Call)?;
                }
                buf
            }
            Err(reason @ (Errno::NOSYS | Errno::PERM)) => {
                let mut device = Device::open(reason.into(), self.options)?;
                device.fill(buf)?;
                self.state = State::Device(device);
                return Ok(());
            }
            Err(errno) => return Err(EntropyError::Call(errno.into())),
        };
        self.state = State::Call;
        self.fill_by_call(left)
    }
}

impl<Call> Entropy for Kernel<Call>
where
    Call: FnMut(&mut [u8], GetRandomFlags) -> Result<usize, Errno> + Clone + Send + 'static,
{
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let filled = match &mut self.state {
            _ if buf.is_empty() => return Ok(()),
            State::Unknown => self.fill_first(buf),
            State::Call => self.fill_by_call(buf),
            State::Device(device) => device.fill(buf),
        };
        if filled.is_err() {
            buf.zeroize();
        }
        filled
    }
}

#[cfg(test)]
#[path = "linux/tests.rs"]
mod tests;
