//! Records one after another.

use super::Output;

/// What stands before and after each text.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    /// Stands before each text.
    pub(crate) prefix: Vec<u8>,
    /// Ends each text: newline or NUL.
    pub(crate) terminator: u8,
    /// Whether it also ends the last one.
    pub(crate) ends_last: bool,
}

/// Writes records to an [`Output`] in a [`Format`].
#[derive(Debug)]
pub(crate) struct Records {
    out: Output,
    format: Format,
    started: bool,
}

impl Records {
    /// No text yet.
    pub(crate) fn new(out: Output, format: Format) -> Self {
        Self {
            out,
            format,
            started: false,
        }
    }

    /// Begins a text; all bytes that are written until the next call belong to it.
    ///
    /// # Errors
    /// As [`Output::write`].
    #[inline]
    pub(crate) fn begin(&mut self) -> anyhow::Result<&mut Output> {
        if self.started {
            self.out.room(1)?.push(self.format.terminator);
        }
        self.started = true;
        if !self.format.prefix.is_empty() {
            self.out.write(&self.format.prefix)?;
        }
        Ok(&mut self.out)
    }

    /// Ends the last text and the output.
    ///
    /// # Errors
    /// As [`Output::finish`].
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        if self.format.ends_last {
            self.out.write(&[self.format.terminator])?;
        }
        self.out.finish()
    }
}
