//! What is read: standard input, files, and items one after another.

mod blocks;
mod read;
mod stdin;

pub(crate) use blocks::Blocks;
pub(crate) use read::{BLOCK, read_at_most};

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use anyhow::Context;

use self::stdin::stdin;
use crate::error::transferred;

/// A stream to read.
pub(crate) struct Source {
    /// What messages call it.
    pub(crate) name: String,
    stream: Box<dyn Read>,
}

impl Source {
    /// Opens the file at `path`; `-` and nothing are standard input. If that is a terminal, `missing` says what is
    /// missing and `hint` how to give it.
    ///
    /// # Errors
    /// It cannot be opened, or is a terminal.
    pub(crate) fn open(path: Option<&Path>, missing: &str, hint: &str) -> anyhow::Result<Self> {
        match path.map(|path| (path, path.display().to_string())) {
            Some((path, name)) if path != Path::new("-") => Self::named(path, name),
            _ => Ok(Self {
                name: "standard input".into(),
                stream: Box::new(stdin(missing, hint)?),
            }),
        }
    }

    /// Opens the file at `path`, which messages call `name`.
    ///
    /// # Errors
    /// It cannot be opened.
    pub(crate) fn named(path: &Path, name: String) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        let stream = Box::new(file);
        Ok(Self { name, stream })
    }
}

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(buf) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return transferred(read?, buf.len()),
            }
        }
    }
}
