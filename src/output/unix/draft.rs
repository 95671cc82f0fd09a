//! A file that nobody is to see before it is complete.
//!
//! Where the system can, it has no name until every byte has reached the disk, and a process that is killed leaves
//! nothing. Otherwise, and for the moment before it takes the place of another, it has a temporary name in its directory,
//! which is removed on an error and on signals that end the process.

use std::{ffi::OsStr, fs::File, io, rc::Rc};

use super::{access::Access, directory::Directory};
use crate::{error::Error, message::say, process::Interrupts};

/// A new file. Dropped before [`Draft::finish`], it leaves nothing.
#[derive(Debug)]
pub(in crate::output) struct Draft {
    directory: Rc<Directory>,
    file: File,
    temporary: Option<Temporary>,
}

#[derive(Debug)]
struct Temporary {
    name: String,
    interrupts: Interrupts,
}

impl Draft {
    /// A new file in `directory` that only the caller may read and write.
    pub(in crate::output) fn create(directory: &Rc<Directory>) -> io::Result<Self> {
        let directory = directory.clone();
        if let Some(file) = directory.create_nameless() {
            return Ok(Self {
                directory,
                file,
                temporary: None,
            });
        }
        let interrupts = Interrupts::begin()?;
        let (file, name) = directory.create()?;
        Ok(Self {
            directory,
            file,
            temporary: Some(Temporary { name, interrupts }),
        })
    }

    /// Sets who may do what with it.
    pub(in crate::output) fn give(&self, access: &Access) -> io::Result<()> {
        access.give(&self.file)
    }

    /// The file, to be written to.
    ///
    /// # Errors
    /// A signal asked the program to end.
    pub(in crate::output) fn file(&mut self) -> Result<&mut File, Error> {
        if let Some(temporary) = &self.temporary {
            temporary.interrupts.check()?;
        }
        Ok(&mut self.file)
    }

    /// Gives the file its name; `replaces` says that it takes the place of what has it.
    ///
    /// # Errors
    /// `AlreadyExists` if something else got the name; `Unsupported` if the file system cannot tell.
    pub(in crate::output) fn finish(mut self, name: &OsStr, replaces: bool) -> anyhow::Result<()> {
        if replaces && self.temporary.is_none() {
            let interrupts = Interrupts::begin()?;
            let name = self.directory.name_temporarily(&self.file)?;
            self.temporary = Some(Temporary { name, interrupts });
            self.file()?;
        }
        let directory = &self.directory;
        let named = match &self.temporary {
            None => directory.name(&self.file, name).map(|()| true),
            Some(temporary) if replaces => {
                directory.rename_over(&temporary.name, name).map(|()| true)
            }
            Some(temporary) => directory.rename(&temporary.name, name),
        };
        let has_one_name = named.map_err(io::Error::from)?;
        match self.temporary.take() {
            Some(temporary) if !has_one_name => self.remove_first_name(&temporary.name, name)?,
            _ => {}
        }
        Ok(())
    }

    fn remove_first_name(&self, first: &str, name: &OsStr) -> Result<(), Error> {
        let removed = self.directory.unlink(first);
        removed.map_err(|errno| Error::Refused {
            message: format!(
                "{} is complete, but so is {first} beside it, which cannot be removed: {}",
                name.display(),
                io::Error::from(errno)
            ),
            hint: format!("remove {first}, since it holds the same secret"),
        })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(Temporary { name, .. }) = &self.temporary
            && let Err(errno) = self.directory.unlink(name)
        {
            let error = io::Error::from(errno);
            say(format_args!(
                "warning: cannot remove the temporary file {name}: {error}"
            ));
        }
    }
}
