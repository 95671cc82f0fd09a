//! What goes wrong: one clause, then the way out if there is one, and the exit status.
//!
//! Everything that can fail returns `anyhow::Result`, so that context can be added on the way. What decides the hint
//! or the status is found by its type in the chain; anything else is a failing world: no hint, status 1.

use std::{fmt, path::PathBuf};

use crate::{entropy::EntropyError, sample::passphrase::PassphraseError};

/// A failure with a hint or a status of its own.
#[derive(Debug)]
pub(crate) enum Error {
    /// The command line, the input or the policy asks for something impossible.
    Usage {
        /// What is wrong, with the argument and its value.
        message: String,
        /// What would do.
        hint: Option<String>,
    },
    /// The command line was answered with help on standard error.
    HelpShown,
    /// Standard output was closed when the program started.
    StdoutClosed,
    /// The reader closed the pipe before everything was delivered.
    ReaderGone,
    /// Raw bytes were about to go to a terminal.
    RawToTerminal,
    /// The output file exists.
    Exists(PathBuf),
    /// The output file exists and would be kept, but is empty.
    KeptEmpty(PathBuf),
    /// A signal (its number) asked the program to end while a temporary file was there.
    Interrupted(i32),
}

impl Error {
    /// An impossible request, without a hint.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: None,
        }
    }

    /// An impossible request, and what would do.
    pub(crate) fn usage_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

impl From<PassphraseError> for Error {
    fn from(error: PassphraseError) -> Self {
        Self::Usage {
            message: error.to_string(),
            hint: error.hint().map(Into::into),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. } => f.write_str(message),
            Self::HelpShown => f.write_str("nothing was asked for"),
            Self::StdoutClosed => f.write_str("standard output is closed"),
            Self::ReaderGone => f.write_str("the reader is gone"),
            Self::RawToTerminal => f.write_str("refusing to write raw bytes to the terminal"),
            Self::Exists(path) => write!(f, "{} exists", path.display()),
            Self::KeptEmpty(path) => write!(f, "{} exists but is empty", path.display()),
            Self::Interrupted(signal) => write!(f, "interrupted by signal {signal}"),
        }
    }
}

impl std::error::Error for Error {}

/// How the process ends after `error`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a message and this exit status.
    Status(u8),
    /// With this exit status and no word.
    Silent(u8),
    /// As this signal ends a process.
    Signal(i32),
}

/// How the process ends after `error`.
pub(crate) fn end(error: &anyhow::Error) -> End {
    match find::<Error>(error) {
        Some(Error::Usage { .. }) => return End::Status(2),
        Some(Error::HelpShown) => return End::Silent(2),
        Some(Error::ReaderGone) => return End::Silent(141),
        Some(Error::Interrupted(signal)) => return End::Signal(*signal),
        Some(
            Error::StdoutClosed | Error::RawToTerminal | Error::Exists(_) | Error::KeptEmpty(_),
        )
        | None => {}
    }
    match find::<EntropyError>(error) {
        Some(EntropyError::NotReady) => End::Status(75),
        Some(EntropyError::Unsupported(_)) => End::Status(2),
        _ => End::Status(1),
    }
}

/// The way out of `error`, if there is one.
pub(crate) fn hint(error: &anyhow::Error) -> Option<String> {
    match find::<Error>(error) {
        Some(Error::Usage { hint, .. }) => return hint.clone(),
        Some(Error::RawToTerminal) => {
            return Some(
                "redirect the output, print digits with `mksecret hex`, or allow it with -o -"
                    .into(),
            );
        }
        Some(Error::Exists(_)) => return Some("--force replaces it, --keep leaves it".into()),
        Some(Error::KeptEmpty(_)) => {
            return Some(
                "a generator that failed may have left it: remove it, or replace it with --force"
                    .into(),
            );
        }
        Some(
            Error::HelpShown | Error::StdoutClosed | Error::ReaderGone | Error::Interrupted(_),
        )
        | None => {}
    }
    match find::<EntropyError>(error) {
        Some(EntropyError::NotReady) => Some(
            "try again later, or wait: leave out --nonblock, or allow a longer --timeout".into(),
        ),
        Some(EntropyError::Unsupported(_)) => {
            Some("without it, this system's generator waits until it is ready".into())
        }
        _ => None,
    }
}

fn find<T: std::error::Error + Send + Sync + 'static>(error: &anyhow::Error) -> Option<&T> {
    error.chain().find_map(|cause| cause.downcast_ref())
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn a_type_is_found_under_any_context() {
        let error = Err::<(), _>(EntropyError::NotReady)
            .context("outer")
            .unwrap_err();
        assert_eq!(end(&error), End::Status(75));
        assert!(hint(&error).is_some());
    }

    #[test]
    fn what_has_no_status_of_its_own_is_a_failing_world() {
        let error = anyhow::Error::from(std::io::Error::other("smoke"));
        assert_eq!(end(&error), End::Status(1));
        assert_eq!(hint(&error), None);
    }

    #[test]
    fn a_reader_that_is_gone_is_no_word() {
        assert_eq!(end(&Error::ReaderGone.into()), End::Silent(141));
    }
}
