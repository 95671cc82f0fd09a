//! A new file that is never seen incomplete: killed at any moment, FILE is absent (or still the old one) or complete.

use std::{io, rc::Rc};

use anyhow::Context;
use zeroize::Zeroizing;

use super::{
    original::Original,
    place::{Place, quoted},
    system::{Access, Draft, close, sync},
    write::write_all,
};
use crate::error::Error;

/// A file to be. Dropped before [`NewFile::finish`], it leaves nothing.
#[derive(Debug)]
pub(super) struct NewFile {
    place: Place,
    access: Access,
    /// Whether it takes the place of another.
    replaces: bool,
    /// The file that it is made from.
    original: Option<Original>,
    /// Created with the first byte, so that a wait for the kernel's pool leaves nothing to remove.
    draft: Option<Draft>,
}

impl NewFile {
    pub(super) fn new(place: Place, access: Access, replaces: bool) -> Self {
        Self {
            place,
            access,
            replaces,
            original: None,
            draft: None,
        }
    }

    /// A file that is made from another and takes its place.
    pub(super) fn filled(mut self, original: Original) -> Self {
        self.replaces = original.exists();
        self.original = Some(original);
        self
    }

    /// What the file that it is made from holds.
    pub(super) fn original(&self) -> Option<Rc<Zeroizing<Vec<u8>>>> {
        self.original.as_ref()?.bytes()
    }

    /// Leaves the file that it is made from as it is, but for the mode that was asked for.
    pub(super) fn leave(&self) -> anyhow::Result<()> {
        match &self.original {
            Some(original) => original.set_mode(&self.place),
            None => Ok(()),
        }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let file = self.begin()?.file()?;
        write_all(file, bytes).with_context(|| self.place.cannot("write"))
    }

    /// Creates the file if that is still to be done.
    fn begin(&mut self) -> anyhow::Result<&mut Draft> {
        if self.draft.is_none() {
            let of_original = match &self.original {
                Some(original) => original.access(&self.place)?,
                None => None,
            };
            let created = Draft::create(&self.place.directory)
                .with_context(|| self.place.cannot("create"))?;
            let given = created.give(of_original.as_ref().unwrap_or(&self.access));
            given.map_err(|error| self.not_given(error))?;
            self.draft = Some(created);
        }
        Ok(self.draft.as_mut().expect("created above"))
    }

    /// Creates the file now, to know before anything is drawn that it can be given to its owner, or take the place of the
    /// one that it is made from.
    pub(super) fn create(&mut self) -> anyhow::Result<()> {
        self.begin().map(drop)
    }

    fn not_given(&self, error: io::Error) -> anyhow::Error {
        let cannot = self.place.cannot("set the owner and mode of");
        if error.kind() == io::ErrorKind::PermissionDenied {
            let hint = match self.original {
                None => "only root can give a file to any user or group".into(),
                Some(_) => format!(
                    "`chgrp \"$(id -g)\" {}` gives it a group that you are in, if it is yours; root can keep any",
                    quoted(self.place.path())
                ),
            };
            return Error::Refused {
                message: format!("{cannot}: {error}"),
                hint,
            }
            .into();
        }
        anyhow::Error::new(error).context(cannot)
    }

    /// Gives the file its name; `false` if another process was faster.
    pub(super) fn finish(&mut self) -> anyhow::Result<bool> {
        // An empty item has written nothing.
        let file = self.begin()?.file()?;
        // What was lost is said by close(2) of any descriptor of the file; this one is still needed to name it.
        sync(file)
            .and_then(|()| close(file.try_clone()?))
            .with_context(|| self.place.cannot("write"))?;
        self.begin()?.file()?;
        if let Some(original) = &self.original {
            original.check(&self.place)?;
        }
        let draft = self.draft.take().expect("begun above");
        if let Err(error) = draft.finish(&self.place.name, self.replaces) {
            return match error.downcast_ref().map(io::Error::kind) {
                Some(io::ErrorKind::AlreadyExists) => Ok(false),
                Some(io::ErrorKind::Unsupported) => {
                    let cannot = self.place.cannot("create");
                    let why =
                        "this file system cannot create a file without the risk of overwriting one";
                    Err(Error::Refused {
                        message: format!("{cannot}: {why}"),
                        hint: "--force creates it and overwrites any file of that name".into(),
                    }
                    .into())
                }
                Some(io::ErrorKind::ResourceBusy) => Err(Error::Refused {
                    message: format!("{}: it is a mount point", self.place.cannot("replace")),
                    hint: "mount its directory instead of the file: only then it can be replaced"
                        .into(),
                }
                .into()),
                Some(_) => Err(error.context(self.place.cannot("create"))),
                None => Err(error),
            };
        }
        let synchronised = self.place.directory.sync();
        synchronised.with_context(|| self.place.cannot("synchronise the directory of"))?;
        Ok(true)
    }
}
