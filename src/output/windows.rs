//! Files where there are no owners, modes and descriptors of directories. A new file gets the permissions of its
//! directory, which is not synchronised.

use std::{
    ffi::OsStr,
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::{self, Component, Path, PathBuf, Prefix},
    rc::Rc,
};

use anyhow::{Context, bail};
use tempfile::{Builder, NamedTempFile};
use zeroize::Zeroizing;

use super::{
    base::Base,
    kind::Kind,
    write::{close, read_all, sync, write_all},
};
use crate::error::Error;

/// A name in a directory.
#[derive(Debug)]
pub(super) struct Place {
    directory: PathBuf,
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

/// A file to be. Dropped before [`NewFile::finish`], it leaves nothing.
#[derive(Debug)]
pub(super) struct NewFile {
    place: Place,
    /// Whether it takes the place of another.
    replaces: bool,
    /// The file that it is made from.
    base: Option<Base>,
    temporary: Option<NamedTempFile>,
}

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
    pub(super) fn read(&self, _: &Found, most: u64) -> anyhow::Result<Zeroizing<Vec<u8>>> {
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

    fn cannot(&self, verb: &str) -> String {
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

impl NewFile {
    pub(super) fn new(place: Place, _: Access, replaces: bool) -> Self {
        Self {
            place,
            replaces,
            base: None,
            temporary: None,
        }
    }

    /// A file that is made from another and takes its place; without one, it replaces nothing.
    pub(super) fn filled(mut self, base: Option<Base>, _: Option<Lock>) -> Self {
        self.replaces = base.is_some();
        self.base = base;
        self
    }

    /// What the file that it is made from holds.
    pub(super) fn base(&self) -> Option<Rc<Zeroizing<Vec<u8>>>> {
        self.base.as_ref().map(|base| base.bytes.clone())
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let temporary = self.begin()?;
        write_all(temporary.as_file_mut(), bytes).with_context(|| self.place.cannot("write"))
    }

    /// Creates the file if that is still to be done.
    fn begin(&mut self) -> anyhow::Result<&mut NamedTempFile> {
        if self.temporary.is_none() {
            let created = Builder::new()
                .prefix(".mksecret-")
                .tempfile_in(&self.place.directory)
                .with_context(|| self.place.cannot("create"))?;
            self.temporary = Some(created);
        }
        Ok(self.temporary.as_mut().expect("created above"))
    }

    /// Gives the file its name; `false` if another process was faster.
    pub(super) fn finish(&mut self) -> anyhow::Result<bool> {
        // An empty item has written nothing.
        self.begin()?;
        let temporary = self.temporary.take().expect("begun above");
        let (file, temporary) = temporary.into_parts();
        sync(&file)
            .and_then(|()| close(file))
            .with_context(|| self.place.cannot("write"))?;
        if let Some(base) = &self.base {
            base.check(&self.place)?;
        }
        let named = if self.replaces {
            temporary.persist(&self.place.path)
        } else {
            temporary.persist_noclobber(&self.place.path)
        };
        match named.map_err(|failed| failed.error) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error).with_context(|| self.place.cannot("create")),
        }
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
