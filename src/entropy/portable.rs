//! The generator of systems other than Linux, through the getrandom crate. It blocks until there is entropy and has no
//! options.

use super::{Entropy, EntropyError, Options, Pool, Wait};

/// The operating system's random bytes.
pub(crate) struct Kernel {
    _private: (),
}

impl Kernel {
    /// The system's generator. Nothing is requested yet.
    ///
    /// # Errors
    /// [`EntropyError::Unsupported`] for the options that this system does not have.
    pub(crate) fn new(options: Options) -> Result<Self, EntropyError> {
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn kernel(wait: Wait, pool: Pool) -> Result<Kernel, EntropyError> {
        Kernel::new(Options {
            pool,
            wait,
            on_wait: || panic!("it cannot tell"),
        })
    }

    #[test]
    fn what_the_system_cannot_do_is_named() {
        let named = |wait, pool| match kernel(wait, pool) {
            Err(EntropyError::Unsupported(option)) => option,
            _ => panic!("{wait:?}, {pool:?}"),
        };
        let moment = Wait::AtMost(Duration::ZERO);
        assert_eq!(named(Wait::Never, Pool::Urandom), "--nonblock");
        assert_eq!(named(moment, Pool::Urandom), "--timeout");
        assert_eq!(named(Wait::Forever, Pool::Random), "--pool random");
    }

    #[test]
    fn what_it_can_do_it_does() {
        let mut kernel = kernel(Wait::Forever, Pool::Urandom).unwrap();
        // All zero with probability 2^-512.
        let mut buf = [0; 64];
        kernel.fill(&mut buf).unwrap();
        assert_ne!(buf, [0; 64]);
    }
}
