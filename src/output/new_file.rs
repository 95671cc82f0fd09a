//! A new file that is never seen incomplete.
//!
//! Where the system can, it has no name until every byte has reached the disk, and a process that is killed leaves
//! nothing. Otherwise, and where it takes the place of another, it has a temporary name in its directory, which is
//! removed on an error and on signals that end the process. Killed at any moment, FILE is absent (or still the old
//! one) or complete.

use std::{fs::File, io, rc::Rc};

use anyhow::Context;
use rustix::io::Errno;
use zeroize::Zeroizing;

use super::{
    access::Access,
    original::Original,
    place::{Lock, Place},
    write::{close, sync, write_all},
};
use crate::{error::Error, message::say, process::Interrupts};

/// A file to be. Dropped before [`NewFile::finish`], it leaves nothing.
#[derive(Debug)]
pub(super) struct NewFile {
    place: Place,
    access: Access,
    /// Whether it takes the place of another.
    replaces: bool,
    /// The file that it is made from.
    original: Option<Original>,
    _lock: Option<Lock>,
    /// Created with the first byte, so that a wait for the kernel's pool leaves nothing to remove.
    unfinished: Option<Unfinished>,
}

#[derive(Debug)]
struct Unfinished {
    file: File,
    temporary: Option<Temporary>,
}

#[derive(Debug)]
struct Temporary {
    name: String,
    interrupts: Interrupts,
}

impl NewFile {
    pub(super) fn new(place: Place, access: Access, replaces: bool) -> Self {
        Self {
            place,
            access,
            replaces,
            original: None,
            _lock: None,
            unfinished: None,
        }
    }

    /// A file that is made from another and takes its place; without one, it replaces nothing.
    pub(super) fn filled(mut self, original: Option<Original>, lock: Option<Lock>) -> Self {
        self.replaces = original.is_some();
        self.original = original;
        self._lock = lock;
        self
    }

    /// What the file that it is made from holds.
    pub(super) fn original(&self) -> Option<Rc<Zeroizing<Vec<u8>>>> {
        self.original
            .as_ref()
            .map(|original| original.bytes.clone())
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let unfinished = self.begin()?;
        unfinished.check()?;
        write_all(&mut unfinished.file, bytes).with_context(|| self.place.cannot("write"))
    }

    /// Creates the file if that is still to be done.
    fn begin(&mut self) -> anyhow::Result<&mut Unfinished> {
        if self.unfinished.is_none() {
            let of_base = self
                .original
                .as_ref()
                .map(|original| original.access(&self.place));
            let of_base = of_base.transpose()?;
            let access = of_base.as_ref().unwrap_or(&self.access);
            let created = self.create().with_context(|| self.place.cannot("create"))?;
            // Kept before anything else can fail: it has to be removed then.
            let created = self.unfinished.insert(created);
            let given = access.give(&created.file);
            given.with_context(|| self.place.cannot("set the owner and mode of"))?;
        }
        Ok(self.unfinished.as_mut().expect("created above"))
    }

    fn create(&self) -> io::Result<Unfinished> {
        if !self.replaces
            && let Some(file) = self.place.directory.create_nameless()
        {
            return Ok(Unfinished {
                file,
                temporary: None,
            });
        }
        let interrupts = Interrupts::begin()?;
        let (file, name) = self.place.directory.create()?;
        Ok(Unfinished {
            file,
            temporary: Some(Temporary { name, interrupts }),
        })
    }

    /// Gives the file its name; `false` if another process was faster.
    pub(super) fn finish(&mut self) -> anyhow::Result<bool> {
        // An empty item has written nothing.
        self.begin()?;
        let unfinished = self.unfinished.as_ref().expect("begun above");
        // What was lost is said by close(2) of any descriptor of the file; this one is still needed to name it.
        sync(&unfinished.file)
            .and_then(|()| close(unfinished.file.try_clone()?))
            .with_context(|| self.place.cannot("write"))?;
        unfinished.check()?;
        if let Some(original) = &self.original {
            original.check(&self.place)?;
        }
        let (directory, name) = (&self.place.directory, &self.place.name);
        let renamed = match &unfinished.temporary {
            None => directory.name(&unfinished.file, name).map(|()| true),
            Some(temporary) if self.replaces => {
                directory.rename_over(&temporary.name, name).map(|()| true)
            }
            Some(temporary) => directory.rename(&temporary.name, name),
        };
        match renamed {
            Ok(true) => self.unfinished = None,
            Ok(false) => self.remove_first_name()?,
            Err(Errno::EXIST) => return Ok(false),
            Err(Errno::NOSYS) => {
                return Err(Error::Refused {
                    message: format!(
                        "{}: this file system cannot create a file without the risk of overwriting one",
                        self.place.cannot("create")
                    ),
                    hint: "--force creates it and overwrites any file of that name".into(),
                }
                .into());
            }
            Err(errno) => return Err(errno).with_context(|| self.place.cannot("create")),
        }
        let synchronised = self.place.directory.sync();
        synchronised.with_context(|| self.place.cannot("synchronise the directory of"))?;
        Ok(true)
    }

    /// Removes the temporary name of a file that has its own, too.
    fn remove_first_name(&mut self) -> Result<(), Error> {
        let Some(Temporary { name, .. }) = self.unfinished.take().and_then(|file| file.temporary)
        else {
            return Ok(());
        };
        self.place
            .directory
            .unlink(&name)
            .map_err(|errno| Error::Refused {
                message: format!(
                    "{} is complete, but so is {name} beside it, which cannot be removed: {}",
                    self.place.path().display(),
                    io::Error::from(errno)
                ),
                hint: format!("remove {name}, since it holds the same secret"),
            })
    }
}

impl Unfinished {
    fn check(&self) -> Result<(), Error> {
        self.temporary
            .as_ref()
            .map_or(Ok(()), |temporary| temporary.interrupts.check())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some(Unfinished {
            temporary: Some(temporary),
            ..
        }) = &self.unfinished
            && let Err(errno) = self.place.directory.unlink(&temporary.name)
        {
            say(format_args!(
                "warning: cannot remove the temporary file {}: {}",
                temporary.name,
                io::Error::from(errno)
            ));
        }
    }
}
