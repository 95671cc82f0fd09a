//! A new file where there are no descriptors of directories. It gets the permissions of its directory, which is not
//! synchronised.

use std::{io, rc::Rc};

use anyhow::Context;
use tempfile::{Builder, NamedTempFile};
use zeroize::Zeroizing;

use super::{
    original::Original,
    windows_place::{Access, Lock, Place},
    write::{close, sync, write_all},
};

/// A file to be. Dropped before [`NewFile::finish`], it leaves nothing.
#[derive(Debug)]
pub(super) struct NewFile {
    place: Place,
    /// Whether it takes the place of another.
    replaces: bool,
    /// The file that it is made from.
    original: Option<Original>,
    temporary: Option<NamedTempFile>,
}

impl NewFile {
    pub(super) fn new(place: Place, _: Access, replaces: bool) -> Self {
        Self {
            place,
            replaces,
            original: None,
            temporary: None,
        }
    }

    /// A file that is made from another and takes its place; without one, it replaces nothing.
    pub(super) fn filled(mut self, original: Option<Original>, _: Option<Lock>) -> Self {
        self.replaces = original.is_some();
        self.original = original;
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
        if let Some(original) = &self.original {
            original.check(&self.place)?;
        }
        let named = if self.replaces {
            temporary.persist(self.place.path())
        } else {
            temporary.persist_noclobber(self.place.path())
        };
        match named.map_err(|failed| failed.error) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error).with_context(|| self.place.cannot("create")),
        }
    }
}
