//! A file that nobody is to see before it is complete, with a temporary name in its directory, whose permissions it
//! gets.

use std::{ffi::OsStr, fs::File, io, rc::Rc};

use tempfile::{Builder, NamedTempFile};

use super::folder::{Access, Directory};
use crate::error::Error;

/// A new file. Dropped before [`Draft::finish`], it leaves nothing.
#[derive(Debug)]
pub(in crate::output) struct Draft {
    directory: Rc<Directory>,
    file: NamedTempFile,
}

impl Draft {
    pub(in crate::output) fn create(directory: &Rc<Directory>) -> io::Result<Self> {
        let mut builder = Builder::new();
        let file = builder
            .prefix(".mksecret-")
            .tempfile_in(directory.as_path());
        Ok(Self {
            directory: directory.clone(),
            file: file?,
        })
    }

    pub(in crate::output) fn give(&self, _: &Access) -> io::Result<()> {
        Ok(())
    }

    /// The file, to be written to.
    pub(in crate::output) fn file(&mut self) -> Result<&mut File, Error> {
        Ok(self.file.as_file_mut())
    }

    /// Gives the file its name; `replaces` says that it takes the place of what has it.
    ///
    /// # Errors
    /// `AlreadyExists` if something else got the name.
    pub(in crate::output) fn finish(self, name: &OsStr, replaces: bool) -> anyhow::Result<()> {
        let path = self.directory.as_path().join(name);
        // The handle is closed before.
        let file = self.file.into_temp_path();
        let named = match replaces {
            true => file.persist(path),
            false => file.persist_noclobber(path),
        };
        Ok(named.map_err(|failed| failed.error)?)
    }
}
