//! Errors: the message in one clause, the way out if there is one, and the exit status.
//!
//! Everything that can fail returns `anyhow::Result`, so that context can be added on the way. What decides the hint
//! or the status is found by its type in the chain. Any other error: no hint, status 1.

use std::{fmt, io, path::PathBuf};

use crate::entropy::EntropyError;

/// A failure with a hint or a status of its own.
#[derive(Debug)]
pub(crate) enum Error {
    /// The command line, the input or the policy asks for something impossible.
    Usage {
        /// The message, with the argument and its value.
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
    /// Another process created the file that was to be filled in.
    Created(PathBuf),
    /// Something is not as it has to be, and there is a way out.
    Refused {
        /// The message.
        message: String,
        /// What would do.
        hint: String,
    },
    /// Another process created the file first, and it is kept: nothing went wrong, but what was generated is gone.
    Kept,
    /// The question whether anything would change is answered: yes.
    WouldChange,
    /// A signal (its number) asked the program to end while a temporary file was there.
    #[cfg_attr(not(unix), allow(dead_code))]
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

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. } => f.write_str(message),
            Self::HelpShown => f.write_str("nothing was asked for"),
            Self::StdoutClosed => f.write_str("standard output is closed"),
            Self::ReaderGone => f.write_str("the reader is gone"),
            Self::RawToTerminal => f.write_str("refusing to write raw bytes to the terminal"),
            Self::Created(path) => write!(f, "{} was created meanwhile", path.display()),
            Self::Exists(path) => write!(f, "{} exists", path.display()),
            Self::Refused { message, .. } => f.write_str(message),
            Self::Kept => f.write_str("another process created the file"),
            Self::WouldChange => f.write_str("something would change"),
            Self::Interrupted(signal) => write!(f, "interrupted by signal {signal}"),
        }
    }
}

impl std::error::Error for Error {}

/// How the process ends after an error.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a message, perhaps a hint, and this exit status.
    Message(u8, Option<String>),
    /// With this exit status alone.
    Silent(u8),
    /// As this signal ends a process.
    Signal(i32),
}

/// How the process ends after `error`.
pub(crate) fn end(error: &anyhow::Error) -> End {
    let message = |status, hint: &str| End::Message(status, Some(hint.into()));
    if let Some(error) = find::<Error>(error) {
        return match error {
            Error::Usage { hint, .. } => End::Message(2, hint.clone()),
            Error::HelpShown => End::Silent(2),
            Error::StdoutClosed => End::Message(1, None),
            Error::ReaderGone => End::Silent(141),
            Error::RawToTerminal => message(
                1,
                "redirect the output, use `mksecret hex`, or allow it with -o -",
            ),
            Error::Created(_) => message(1, "nothing was written: run it again"),
            Error::Exists(_) => message(1, "--force replaces it, --keep leaves it"),
            Error::Refused { hint, .. } => message(1, hint),
            Error::WouldChange => End::Silent(1),
            Error::Kept => End::Silent(0),
            Error::Interrupted(signal) => End::Signal(*signal),
        };
    }
    match find::<EntropyError>(error) {
        Some(EntropyError::NotReady) => message(
            75,
            "try again later, omit --nonblock, or use a longer --timeout",
        ),
        Some(EntropyError::Unsupported(_)) => message(
            2,
            "omit it; this system's generator waits until it is ready",
        ),
        _ => End::Message(1, None),
    }
}

/// How many bytes a read or write has transferred, of those that were `requested`.
///
/// # Errors
/// The system says more than it was asked for: nothing that it says can be believed.
pub(crate) fn transferred(bytes: usize, requested: usize) -> io::Result<usize> {
    if bytes > requested {
        let message = "the system reports more bytes than requested";
        return Err(io::Error::other(message));
    }
    Ok(bytes)
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
        assert!(matches!(end(&error), End::Message(75, Some(_))));
    }

    #[test]
    fn any_other_error_is_status_1_without_a_hint() {
        let error = anyhow::Error::from(std::io::Error::other("smoke"));
        assert_eq!(end(&error), End::Message(1, None));
    }

    #[test]
    fn more_bytes_than_requested_are_an_error() {
        assert_eq!(transferred(8, 8).unwrap(), 8);
        assert!(transferred(9, 8).is_err());
    }

    #[test]
    fn a_reader_that_is_gone_is_silent() {
        assert_eq!(end(&Error::ReaderGone.into()), End::Silent(141));
    }
}
