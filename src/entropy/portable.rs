//! The generator of a system that is not Linux, through the getrandom crate: it blocks until there is entropy, and
//! offers no choice.

use super::{Entropy, EntropyError, Options, Pool, Wait};

/// The operating system's random bytes.
pub struct Kernel {
    _private: (),
}

impl Kernel {
    /// The system's generator, not yet asked for anything.
    ///
    /// # Errors
    /// [`EntropyError::Unsupported`] for what this system cannot do: not to wait, to wait for a bounded time, to
    /// choose the pool.
    pub fn new(options: Options) -> Result<Self, EntropyError> {
        match options {
            Options {
                wait: Wait::Never, ..
            } => Err(EntropyError::Unsupported("--nonblock")),
            Options {
                wait: Wait::AtMost(_),
                ..
            } => Err(EntropyError::Unsupported("--timeout")),
            Options {
                pool: Pool::Random, ..
            } => Err(EntropyError::Unsupported("--pool random")),
            Options {
                wait: Wait::Forever,
                pool: Pool::Urandom,
                on_wait: _,
            } => Ok(Self { _private: () }),
        }
    }
}

impl Entropy for Kernel {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(buf).map_err(|error| EntropyError::Call(error.into()))
    }
}
