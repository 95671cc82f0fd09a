//! Where secrets leave the program: standard output, files, terminals.
//!
//! Every answer is looked at, since exit status 0 says that every byte arrived. Standard output is therefore used
//! through a `File` and not through `std::io::Stdout`, which keeps an unwiped copy of what was written, loses what is
//! left of it at exit, and takes a closed or read-only descriptor for success.
//!
//! - [`Output`]: one destination, opened with its rules, written to and finished.
//! - [`Output::memory`]: no destination, for a text that becomes part of another.
//! - [`Records`]: texts one after another, with what stands before and after each.
//!
//! What was written is wiped from the buffers here; those in the kernel are not chased.

mod destination;
#[cfg(any(test, not(unix)))]
mod device_name;
mod found;
mod kept;
mod new_file;
mod original;
mod owner;
mod place;
mod progress;
mod records;
mod sink;
#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;
mod write;

#[cfg(unix)]
use unix as system;
#[cfg(not(unix))]
use windows as system;

pub(crate) use destination::{Destination, Existing};
pub(crate) use owner::Owner;
pub(crate) use records::{Format, Records};

use std::rc::Rc;

use anyhow::Context;
use zeroize::{Zeroize, Zeroizing};

use self::{
    destination::stdout,
    progress::Progress,
    sink::Sink,
    system::{close, sync},
};
use crate::{entropy::CHUNK, error::Error, memory, process::become_undumpable};

/// The longest text that is held back, in bytes: it is whole before its first byte is written.
const HELD: usize = CHUNK;

/// One destination. Dropped without [`Output::finish`], it leaves no new file, and nothing of what it held back.
#[derive(Debug)]
pub(crate) struct Output {
    sink: Sink,
    destination: Destination,
    held: Zeroizing<Vec<u8>>,
    /// Whether more came than is held back.
    is_long: bool,
    progress: Option<Progress>,
}

impl Output {
    /// Opens `destination`; `None` if it asks to keep a file that is there. `raw` says that bytes will come which are
    /// not text.
    ///
    /// # Errors
    /// The destination cannot be opened, is not one that may be written to, or is a terminal and the output raw.
    pub(crate) fn open(destination: &Destination, raw: bool) -> anyhow::Result<Option<Self>> {
        let Some(sink) = destination.open()? else {
            return Ok(None);
        };
        if raw && !destination.allows_raw() && sink.is_terminal() {
            return Err(Error::RawToTerminal.into());
        }
        become_undumpable()?;
        Ok(Some(Self::new(sink, destination.clone())))
    }

    /// Standard output, for text that is no secret.
    ///
    /// # Errors
    /// It is closed.
    pub(crate) fn stdout() -> anyhow::Result<Self> {
        Ok(Self::new(stdout()?, Destination::default()))
    }

    /// Memory, for a text that becomes part of another.
    pub(crate) fn memory() -> Self {
        let text = Sink::Memory(Zeroizing::new(Vec::new()));
        Self::new(text, Destination::default())
    }

    /// Whether it is a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.sink.is_terminal()
    }

    /// What an existing file holds that is filled in ([`Existing::Edit`]).
    pub(crate) fn original(&self) -> Option<Rc<Zeroizing<Vec<u8>>>> {
        match &self.sink {
            Sink::New(file) => file.original(),
            Sink::Open { .. } | Sink::Memory(_) => None,
        }
    }

    /// Leaves an existing file that is filled in as it is, but for the mode that was asked for.
    ///
    /// # Errors
    /// The mode cannot be set.
    pub(crate) fn leave(self) -> anyhow::Result<()> {
        match self.sink {
            Sink::New(file) => file.leave(),
            Sink::Open { .. } | Sink::Memory(_) => Ok(()),
        }
    }

    /// Checks that an existing file that is filled in can be replaced, before anything is drawn.
    ///
    /// # Errors
    /// More users know what is written to it than should know a secret, or its owner and mode cannot be kept.
    pub(crate) fn check_replaceable(&mut self) -> anyhow::Result<()> {
        match &mut self.sink {
            Sink::New(file) if file.original().is_some() => file.create(),
            Sink::New(_) | Sink::Open { .. } | Sink::Memory(_) => Ok(()),
        }
    }

    fn new(sink: Sink, destination: Destination) -> Self {
        Self {
            sink,
            destination,
            held: Zeroizing::new(Vec::new()),
            is_long: false,
            progress: None,
        }
    }

    /// Shows how far the output has come on its way to `total` bytes, if that takes long and somebody looks.
    pub(crate) fn show_progress(&mut self, total: u64) {
        self.progress = match &self.sink {
            Sink::Open { file, .. } => Progress::new(Some(file), total),
            Sink::New(_) => Progress::new(None, total),
            Sink::Memory(_) => None,
        };
    }

    /// Writes `bytes`, or holds them back if they are few.
    ///
    /// # Errors
    /// They could not be written. [`Error::ReaderGone`] if nobody reads them.
    #[inline]
    pub(crate) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        if bytes.len() >= HELD || self.held.capacity() - self.held.len() < bytes.len() {
            return self.write_beyond_capacity(bytes);
        }
        memory::append(&mut self.held, bytes);
        Ok(())
    }

    /// The text that is held back, with room for `bytes` more bytes: append to it to write them.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    #[inline]
    pub(crate) fn room(&mut self, bytes: usize) -> anyhow::Result<&mut Vec<u8>> {
        if self.held.capacity() - self.held.len() < bytes {
            self.make_room(bytes)?;
        }
        Ok(&mut self.held)
    }

    #[cold]
    fn make_room(&mut self, bytes: usize) -> anyhow::Result<()> {
        if self.held.len() + bytes > HELD {
            self.begin_long()?;
        }
        if self.held.capacity() - self.held.len() < bytes {
            let capacity = (self.held.len() + bytes).next_power_of_two().max(4096);
            memory::regrow(&mut self.held, capacity)?;
        }
        Ok(())
    }

    #[cold]
    fn write_beyond_capacity(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        // A chunk this long is not copied: it is written as it is.
        if bytes.len() >= HELD {
            self.begin_long()?;
            return self.deliver(bytes);
        }
        self.room(bytes.len())?.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes the text that was held back, because it is too long now.
    fn begin_long(&mut self) -> anyhow::Result<()> {
        if !self.is_long {
            self.is_long = true;
            self.sink.expect_more();
        }
        self.flush()
    }

    fn deliver(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.sink.write(bytes)?;
        if let Some(progress) = &mut self.progress {
            progress.add(bytes.len());
        }
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        if !self.held.is_empty() {
            let held = std::mem::take(&mut self.held);
            self.deliver(&held)?;
            self.held = held;
            self.held.clear();
        }
        Ok(())
    }

    /// Writes what was held back and closes the destination; a new file gets its name only now.
    ///
    /// # Errors
    /// Not every byte arrived. [`Error::Created`] if another process created the file that is filled in.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.flush()?;
        self.held.zeroize();
        drop(self.progress);
        match self.sink {
            Sink::Open {
                file,
                name,
                is_disk,
            } => {
                if is_disk {
                    sync(&file).with_context(|| format!("cannot write to {name}"))?;
                }
                close(file).with_context(|| format!("cannot close {name}"))
            }
            Sink::New(mut file) => {
                if file.finish()? {
                    Ok(())
                } else {
                    Err(self.destination.lost(file.place()))
                }
            }
            Sink::Memory(_) => Ok(()),
        }
    }

    /// Takes what was written to [`memory`](Self::memory), of which no copy is left.
    ///
    /// # Errors
    /// There is too little of it.
    pub(crate) fn take(&mut self) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        self.sink.write(&self.held)?;
        self.held.as_mut_slice().zeroize();
        self.held.clear();
        match &mut self.sink {
            Sink::Memory(text) => Ok(std::mem::take(text)),
            Sink::Open { .. } | Sink::New(_) => Ok(Zeroizing::new(Vec::new())),
        }
    }
}
