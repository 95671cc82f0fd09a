//! An existing file that is filled in: the new file takes its place only if it is still the same.

use std::rc::Rc;

use anyhow::Context;
use zeroize::Zeroizing;

use super::{
    found::{Found, Kind},
    place::Place,
    system::{Access, Lock},
    write::read_all,
};
use crate::{error::Error, message::say};

/// The file that is filled in, if it exists, and the lock that other processes wait for which fill in the same.
#[derive(Debug)]
pub(super) struct Original {
    /// What was found, and what it held when it was read.
    existing: Option<(Found, Rc<Zeroizing<Vec<u8>>>)>,
    /// The mode of the new file, if it differs from the mode of the old one.
    mode: Option<u32>,
    _lock: Option<Lock>,
}

/// Locks the directory of `place`, so that no other process of this program fills in a file there.
pub(super) fn lock(place: &Place) -> anyhow::Result<Option<Lock>> {
    let wait = || say("waiting for another process that has locked the directory");
    let lock = place.directory.lock(wait);
    lock.with_context(|| place.cannot("lock the directory of"))
}

impl Original {
    /// Reads what was `found` at `place`, unless it is larger than `most` bytes.
    pub(super) fn read(
        place: &Place,
        found: Option<Found>,
        mode: Option<u32>,
        most: usize,
        lock: Option<Lock>,
    ) -> anyhow::Result<Self> {
        if found.is_some_and(|found| found.kind == Kind::Link) {
            return Err(Error::Refused {
                message: format!(
                    "cannot fill in {}: it is a symbolic link",
                    place.path().display()
                ),
                hint: "use the name of the file itself".into(),
            }
            .into());
        }
        let existing = match found {
            Some(found) => Some((found, Rc::new(read(place, &found, most)?))),
            None => None,
        };
        Ok(Self {
            existing,
            mode,
            _lock: lock,
        })
    }

    pub(super) fn exists(&self) -> bool {
        self.existing.is_some()
    }

    /// What it held.
    pub(super) fn bytes(&self) -> Option<Rc<Zeroizing<Vec<u8>>>> {
        self.existing.as_ref().map(|(_, bytes)| bytes.clone())
    }

    /// Who may do what with the new file, if there is an old one.
    pub(super) fn access(&self, place: &Place) -> anyhow::Result<Option<Access>> {
        let Some((found, _)) = &self.existing else {
            return Ok(None);
        };
        let hint = "remove the permission to write to the directory from group and others";
        let access = place.access(found, true, hint)?;
        Ok(Some(match self.mode {
            Some(mode) => access.with_mode(mode),
            None => access,
        }))
    }

    /// Refuses to replace a file that has changed since.
    pub(super) fn check(&self, place: &Place) -> anyhow::Result<()> {
        let Some((found, bytes)) = &self.existing else {
            return Ok(());
        };
        // Whatever keeps it from being read again, it was not there before.
        let is_same = read(place, found, bytes.len()).is_ok_and(|again| again == **bytes);
        if is_same {
            return Ok(());
        }
        Err(Error::Refused {
            message: format!("{} was changed meanwhile", place.path().display()),
            hint: "nothing was written: run it again".into(),
        }
        .into())
    }
}

/// Reads what was `found` at `place`, in a buffer that does not grow.
fn read(place: &Place, found: &Found, most: usize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let file = place.open_to_read(found);
    let bytes = file.and_then(|file| read_all(file, most));
    bytes.with_context(|| place.cannot("read"))
}
