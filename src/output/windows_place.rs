//! Names in directories where there are no owners, modes and descriptors of directories.

use std::{
    ffi::OsStr,
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::{self, Component, Path, PathBuf, Prefix},
};

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use super::{device_name::is_device_name, kind::Kind, write::read_all};
use crate::error::Error;

/// A name in a directory.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) directory: PathBuf,
    path: PathBuf,
}

/// What is there; `None` for a device.
#[derive(Debug)]
pub(super) struct Found(Option<Metadata>);

/// There is none.
#[derive(Debug)]
pub(super) enum Lock {}

/// What a new file gets: all comes from its directory.
#[derive(Debug)]
pub(super) struct Access;

impl Place {
    pub(super) fn new(directory: &Path, _: &OsStr, path: &Path) -> anyhow::Result<Self> {
        let place = Self {
            directory: directory.into(),
            path: path.into(),
        };
        let metadata = fs::metadata(directory).with_context(|| place.cannot("create"))?;
        if !metadata.is_dir() {
            let error = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(error).with_context(|| place.cannot("create"));
        }
        Ok(place)
    }

    /// What stands there: a link itself, and not what it leads to.
    pub(super) fn look(&self) -> anyhow::Result<Option<Found>> {
        if is_device(&self.path) {
            return Ok(Some(Found(None)));
        }
        // `\\?\` asks for a file of that name.
        let is_verbatim = matches!(
            self.path.components().next(),
            Some(Component::Prefix(prefix)) if prefix.kind().is_verbatim()
        );
        if !is_verbatim && self.path.file_name().is_some_and(is_device_name) {
            return Err(Error::Refused {
                message: format!(
                    "{}: Windows keeps this name for a device",
                    self.cannot("create")
                ),
                hint: "use another name, or standard output".into(),
            }
            .into());
        }
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) => Ok(Some(Found(Some(metadata)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| self.cannot("create")),
        }
    }

    pub(super) fn open_stream(&self, _: &Found) -> anyhow::Result<File> {
        let file = OpenOptions::new().write(true).open(&self.path);
        file.with_context(|| self.cannot("open"))
    }

    /// Accepts a regular file that a generator which failed has not left empty.
    pub(super) fn keep(&self, found: &Found, _mode: u32) -> anyhow::Result<()> {
        match &found.0 {
            Some(metadata) if metadata.is_file() && metadata.len() > 0 => Ok(()),
            Some(metadata) if metadata.is_file() => Err(Error::Refused {
                message: format!("{}: it is empty", self.cannot("keep")),
                hint: "a generator that failed may have left it: remove it, or overwrite it with --force".into(),
            }
            .into()),
            _ => bail!("{}: it is not a regular file", self.cannot("keep")),
        }
    }

    pub(super) fn access(&self, _: &Found) -> anyhow::Result<Access> {
        bail!("{}: it has no owner and mode", self.cannot("preserve"))
    }

    /// Reads it, in a buffer that does not grow, unless it is larger than `most` bytes.
    pub(super) fn read(&self, _: &Found, most: usize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        File::open(&self.path)
            .map_err(anyhow::Error::from)
            .and_then(|file| read_all(file, most))
            .with_context(|| self.cannot("read"))
    }

    /// Directories have no locks.
    pub(super) fn lock(&self) -> anyhow::Result<Option<Lock>> {
        Ok(None)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn cannot(&self, verb: &str) -> String {
        format!("cannot {verb} {}", self.path.display())
    }
}

impl Found {
    pub(super) fn kind(&self) -> Kind {
        match &self.0 {
            None => Kind::Stream,
            Some(metadata) if metadata.is_symlink() => Kind::Link,
            Some(metadata) if metadata.is_file() => Kind::File,
            Some(metadata) if metadata.is_dir() => Kind::Directory,
            Some(_) => Kind::Other,
        }
    }
}

impl Access {
    pub(super) fn of_mode(_: u32) -> Self {
        Self
    }
}

/// Whether Windows takes `path` for a device, whatever the directory: `NUL`, `CON`, `COM1` and the like.
fn is_device(path: &Path) -> bool {
    path::absolute(path).is_ok_and(|path| {
        matches!(
            path.components().next(),
            Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::DeviceNS(_))
        )
    })
}
