//! Names in a directory, which is its path: there are no descriptors of directories.

use std::{
    ffi::OsStr,
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::{self, Component, Path, PathBuf, Prefix},
};

use crate::{
    error::Error,
    output::{
        device_name::is_device_name,
        found::{Found, Kind},
        owner::Ids,
    },
};

/// A directory.
#[derive(Debug)]
pub(in crate::output) struct Directory(PathBuf);

/// What a new file gets: all comes from its directory.
#[derive(Debug)]
pub(in crate::output) struct Access;

impl Directory {
    pub(in crate::output) fn open(path: &Path) -> io::Result<Self> {
        if !fs::metadata(path)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self(path.into()))
    }

    /// The path of `name` in it. Windows takes `NUL` for a device, and not always `.\NUL`.
    fn path(&self, name: &OsStr) -> PathBuf {
        match self.0 == Path::new(".") {
            true => name.into(),
            false => self.0.join(name),
        }
    }

    pub(super) fn as_path(&self) -> &Path {
        &self.0
    }

    /// The directory itself.
    pub(in crate::output) fn found(&self) -> io::Result<Found> {
        fs::metadata(&self.0).map(|metadata| found(&metadata))
    }

    /// Whether it is for no files of users: devices have names of their own here.
    pub(in crate::output) fn is_no_place_for_files(&self) -> io::Result<bool> {
        Ok(false)
    }

    /// What has this name: a link, and not what it leads to.
    pub(in crate::output) fn look(&self, name: &OsStr) -> anyhow::Result<Option<Found>> {
        let path = self.path(name);
        if is_device(&path) {
            return Ok(Some(device()));
        }
        // `\\?\` asks for a file of that name.
        let is_verbatim = matches!(
            path.components().next(),
            Some(Component::Prefix(prefix)) if prefix.kind().is_verbatim()
        );
        if !is_verbatim && is_device_name(name) {
            return Err(Error::Refused {
                message: "Windows keeps this name for a device".into(),
                hint: "use another name, or standard output".into(),
            }
            .into());
        }
        match fs::symlink_metadata(&path) {
            Ok(metadata) => Ok(Some(found(&metadata))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens what has this name for reading, also through a link; none if there is no such file.
    pub(in crate::output) fn open_original(
        &self,
        name: &OsStr,
    ) -> io::Result<Option<(File, Found)>> {
        match self.open_to_read(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some),
        }
    }

    /// Opens what has this name for reading.
    pub(in crate::output) fn open_to_read(&self, name: &OsStr) -> io::Result<(File, Found)> {
        let file = File::open(self.path(name))?;
        let found = found(&file.metadata()?);
        Ok((file, found))
    }

    /// Opens what has this name for writing.
    pub(in crate::output) fn open_to_write(
        &self,
        name: &OsStr,
        _alone: bool,
    ) -> io::Result<(File, Found)> {
        let path = self.path(name);
        let file = OpenOptions::new().write(true).open(&path)?;
        let found = match is_device(&path) {
            true => device(),
            false => found(&file.metadata()?),
        };
        Ok((file, found))
    }

    /// Directories are not synchronised.
    pub(in crate::output) fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Access {
    pub(in crate::output) fn new(_: u32, _: Ids) -> Self {
        Self
    }

    pub(in crate::output) fn with_mode(self, _: u32) -> Self {
        self
    }

    pub(in crate::output) fn give(&self, _: &File) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::output) fn of(_: &File, _: &Found) -> io::Result<Self> {
        Ok(Self)
    }
}

fn found(metadata: &Metadata) -> Found {
    Found {
        kind: match metadata {
            _ if metadata.is_symlink() => Kind::Link,
            _ if metadata.is_file() => Kind::File,
            _ if metadata.is_dir() => Kind::Directory,
            _ => Kind::Other,
        },
        size: metadata.len(),
        ..device()
    }
}

fn device() -> Found {
    Found {
        kind: Kind::Stream,
        size: 0,
        mode: 0o600,
        owner: (0, 0),
        is_own: true,
        is_ours: true,
        names: 1,
        id: (0, 0),
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
