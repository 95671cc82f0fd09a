//! Where bytes leave the program: standard output, files, terminals, and messages on standard error.
//!
//! Nothing here is done without looking at the answer, since exit status 0 says that every byte arrived. Standard
//! output is therefore used through a `File` and not through `std::io::Stdout`, which keeps an unwiped copy of what
//! was written, loses what is left of it at exit, and takes a closed or read-only descriptor for success.
//!
//! - [`Output`]: one destination, opened with its rules, written to and finished.
//! - [`Texts`]: texts one after another, with what stands before and after each.
//!
//! What was written is wiped from the buffers here; copies on the stack and in the kernel are not chased.

#[cfg(unix)]
mod descriptor;
mod destination;
mod file;
mod progress;
mod texts;

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
};

use anyhow::Context;
use zeroize::{Zeroize, Zeroizing};

use destination::Opened;
pub(crate) use destination::{Destination, Existing};
use file::NewFile;
use progress::Progress;
pub(crate) use texts::{Format, Texts};

use crate::error::Error;

/// What is held back at most: text up to this long is made whole before the first byte of it is written.
const HELD: usize = 64 * 1024;

/// One destination. Dropped without [`Output::finish`], it leaves no new file, and nothing of what it held back.
#[derive(Debug)]
pub(crate) struct Output {
    sink: Sink,
    held: Zeroizing<Vec<u8>>,
    progress: Option<Progress>,
}

#[derive(Debug)]
enum Sink {
    /// Something that was there before, by its name in messages.
    Open { file: File, name: String },
    /// A file that will be there once it is complete.
    New(NewFile),
}

impl Output {
    /// Opens `destination`; `None` if it asks to keep a file that is there. `raw` says that bytes will come which are
    /// not text.
    ///
    /// # Errors
    /// The destination cannot be opened, is not one that may be written to, or is a terminal and the output raw.
    pub(crate) fn open(destination: &Destination, raw: bool) -> anyhow::Result<Option<Self>> {
        let sink = match destination.open()? {
            Opened::Keep => return Ok(None),
            Opened::There { file, name } => Sink::Open { file, name },
            Opened::New(new) => Sink::New(new),
        };
        if raw
            && !destination.allows_raw()
            && matches!(&sink, Sink::Open { file, .. } if file.is_terminal())
        {
            return Err(Error::RawToTerminal.into());
        }
        become_undumpable()?;
        Self::new(sink).map(Some)
    }

    /// Standard output, for text that is no secret.
    ///
    /// # Errors
    /// It is closed.
    pub(crate) fn stdout() -> anyhow::Result<Self> {
        let Opened::There { file, name } = destination::stdout()? else {
            unreachable!()
        };
        Self::new(Sink::Open { file, name })
    }

    fn new(sink: Sink) -> anyhow::Result<Self> {
        #[cfg(unix)]
        outlive_file_size_limit()?;
        Ok(Self {
            sink,
            held: Zeroizing::new(Vec::new()),
            progress: None,
        })
    }

    /// Shows how far the output has come on its way to `total` bytes, if that takes long and somebody looks.
    pub(crate) fn show_progress(&mut self, total: u64) {
        self.progress = match &self.sink {
            Sink::Open { file, .. } => Progress::new(Some(file), total),
            Sink::New(_) => Progress::new(None, total),
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
        self.held.extend_from_slice(bytes);
        Ok(())
    }

    /// The bytes held back, with room for `bytes` more: what is appended to them is written.
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
            self.flush()?;
        }
        if self.held.capacity() - self.held.len() < bytes {
            // A new buffer, since growing the old one would leave its bytes behind unwiped.
            let capacity = (self.held.len() + bytes).next_power_of_two().max(4096);
            let mut held = Zeroizing::new(Vec::with_capacity(capacity));
            held.extend_from_slice(&self.held);
            self.held = held;
        }
        Ok(())
    }

    #[cold]
    fn write_beyond_capacity(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        // A chunk as large as what is held back at most is not copied to be held back.
        if bytes.len() >= HELD {
            self.flush()?;
            return self.deliver(bytes);
        }
        self.room(bytes.len())?.extend_from_slice(bytes);
        Ok(())
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
    /// Not every byte arrived.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.flush()?;
        self.held.zeroize();
        drop(self.progress);
        match self.sink {
            Sink::Open { file, name } => {
                close(file).with_context(|| format!("cannot close {name}"))
            }
            Sink::New(new) => new.finish(),
        }
    }
}

impl Sink {
    fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Open { file, name } => {
                write_all(file, bytes).map_err(|error| match error.kind() {
                    io::ErrorKind::BrokenPipe => Error::ReaderGone.into(),
                    _ => anyhow::Error::new(error).context(format!("cannot write to {name}")),
                })
            }
            Self::New(new) => new.write(bytes),
        }
    }
}

/// Writes all of `bytes`, however few are taken at a time, and waits where the descriptor itself would not.
fn write_all(file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_writable(file)?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Waits until a non-blocking `file`, as some parents make their child's standard output, takes more.
#[cfg(unix)]
fn wait_writable(file: &File) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};

    match poll(&mut [PollFd::new(file, PollFlags::OUT)], None) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(errno) => Err(errno.into()),
    }
}

#[cfg(not(unix))]
fn wait_writable(_: &File) -> io::Result<()> {
    Err(io::ErrorKind::WouldBlock.into())
}

/// Closes `file`; some file systems say only now that bytes were lost.
fn close(file: File) -> io::Result<()> {
    #[cfg(unix)]
    nix::unistd::close(file)?;
    #[cfg(not(unix))]
    drop(file);
    Ok(())
}

/// Keeps the secret out of core dumps and away from other processes of the user. Only once the outputs are open:
/// an undumpable process of an ordinary user cannot open `/dev/stdout` on a pipe.
fn become_undumpable() -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)
        .context("cannot make the process undumpable")?;
    Ok(())
}

/// Takes the file-size limit as an error of write(2) that can be told, instead of a signal that kills.
#[cfg(unix)]
fn outlive_file_size_limit() -> anyhow::Result<()> {
    static IGNORED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, &IGNORED)
        .context("cannot handle the file-size limit")?;
    Ok(())
}
