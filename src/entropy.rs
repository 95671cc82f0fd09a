//! Where random bytes come from.
//!
//! One promise, [`Entropy::fill`]: the whole buffer holds fresh secret bytes, or the call failed. There is no partial
//! answer and no weaker source: nothing here mixes, seeds or substitutes.
//!
//! - [`Kernel`]: the operating system's generator, and the rules for asking it.
//! - [`Batch`]: serves many small requests from a few large ones.
//! - [`Stream`]: one value longer than 64 KiB, expanded from the kernel's bytes.

mod batch;
#[cfg(all(target_os = "linux", not(mksecret_portable)))]
mod device;
#[cfg(all(target_os = "linux", not(mksecret_portable)))]
#[path = "entropy/linux.rs"]
mod kernel;
// The build with `--cfg mksecret_portable` tests this branch on Linux.
#[cfg(any(not(target_os = "linux"), mksecret_portable))]
#[path = "entropy/portable.rs"]
mod kernel;
#[cfg(all(target_os = "linux", not(mksecret_portable)))]
mod requests;
mod stream;

pub(crate) use batch::Batch;
pub(crate) use kernel::Kernel;
pub(crate) use stream::{Stream, value_bits};

use std::{fmt, io, time::Duration};

use clap::ValueEnum;

/// Bytes that are generated, encoded and written at a time; longer values are expanded in chunks of this length.
pub(crate) const CHUNK: usize = 64 * 1024;

/// How to ask the kernel.
#[derive(Clone, Copy, Debug)]
// Where the kernel's generator is always ready, nothing waits.
#[cfg_attr(any(not(target_os = "linux"), mksecret_portable), allow(dead_code))]
pub(crate) struct Options {
    /// Which pool to ask.
    pub(crate) pool: Pool,
    /// What to do while the pool is not initialised.
    pub(crate) wait: Wait,
    /// Called once before the first wait, because a silent stop early in boot looks like a hang.
    pub(crate) on_wait: fn(),
}

/// Which of the kernel's pools, see random(7), as the help of `--pool` describes it. Since Linux 5.6 there is no
/// difference once they are initialised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Pool {
    /// getrandom(2) without flags
    Urandom,
    /// getrandom(2) with GRND_RANDOM
    Random,
}

/// What to do while the kernel's pool is not initialised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Wait until it is initialised.
    Forever,
    /// Wait up to this long, then fail with [`EntropyError::NotReady`].
    AtMost(Duration),
    /// Fail with [`EntropyError::NotReady`] at once.
    Never,
}

/// A source of secret random bytes.
pub(crate) trait Entropy {
    /// Fills all of `buf` with fresh random bytes, or fails. After a failure `buf` holds nothing useful.
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError>;
}

/// Why there are no random bytes.
#[derive(Debug)]
#[cfg_attr(any(not(target_os = "linux"), mksecret_portable), allow(dead_code))]
pub(crate) enum EntropyError {
    /// The kernel's pool is not initialised, and the caller does not wait (any longer).
    NotReady,
    /// The system call failed for good.
    Call(io::Error),
    /// The system call is missing or forbidden (first), and no device can replace it (second).
    NoSource(io::Error, anyhow::Error),
    /// A device was read instead of the system call, and that failed.
    Device(anyhow::Error),
    /// The thread that waits for the pool could not be started.
    Thread(io::Error),
    /// The operating system does not offer this option.
    #[cfg_attr(all(target_os = "linux", not(mksecret_portable)), allow(dead_code))]
    Unsupported(&'static str),
    /// 128 draws in a row were rejected, which has a probability below 2^-128 if the bytes are random.
    Rejected,
    /// The test's script ran out.
    #[cfg(test)]
    ScriptEnded,
}

impl fmt::Display for EntropyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReady => f.write_str("the kernel's random pool is not initialised yet"),
            Self::Call(call) => write!(f, "cannot get random bytes from the kernel: {call}"),
            Self::NoSource(call, device) => {
                write!(f, "no entropy source: getrandom: {call}; {device:#}")
            }
            Self::Device(device) => write!(f, "cannot get random bytes: {device:#}"),
            Self::Thread(thread) => {
                write!(
                    f,
                    "cannot start the thread that waits for the kernel's random pool: {thread}"
                )
            }
            Self::Unsupported(option) => write!(f, "{option}: not available on this system"),
            Self::Rejected => f.write_str(
                "the kernel's random bytes do not look random: 128 draws rejected in a row",
            ),
            #[cfg(test)]
            Self::ScriptEnded => f.write_str("the scripted bytes ran out"),
        }
    }
}

impl std::error::Error for EntropyError {}

/// Hands out bytes that a test has written down, and fails when they run out.
#[cfg(test)]
pub(crate) struct Scripted {
    bytes: Vec<u8>,
    /// Bytes handed out so far.
    pub(crate) drawn: usize,
}

#[cfg(test)]
impl Scripted {
    pub(crate) fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            drawn: 0,
        }
    }
}

#[cfg(test)]
impl Entropy for Scripted {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let next = self
            .bytes
            .get(self.drawn..self.drawn + buf.len())
            .ok_or(EntropyError::ScriptEnded)?;
        buf.copy_from_slice(next);
        self.drawn += buf.len();
        Ok(())
    }
}
