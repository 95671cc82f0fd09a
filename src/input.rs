//! Input: standard input, files, and items one after another.

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

/// Whether the file at `path` is the one at `other`, or standard input.
pub(crate) fn same_file(path: &Path, other: Option<&Path>) -> bool {
    #[cfg(unix)]
    {
        use std::os::{fd::AsFd, unix::fs::MetadataExt};

        let other = match other {
            Some(other) => std::fs::metadata(other),
            None => (io::stdin().as_fd().try_clone_to_owned())
                .and_then(|stdin| File::from(stdin).metadata()),
        };
        let is_same = |one: &std::fs::Metadata, other: &std::fs::Metadata| {
            (one.dev(), one.ino()) == (other.dev(), other.ino())
        };
        matches!((std::fs::metadata(path), other), (Ok(one), Ok(other)) if is_same(&one, &other))
    }
    #[cfg(not(unix))]
    {
        let other = other.and_then(|other| other.canonicalize().ok());
        other.is_some_and(|other| path.canonicalize().is_ok_and(|path| path == other))
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
