//! An existing file that is filled in: the new file takes its place only if it is still the same.

use std::rc::Rc;

use zeroize::Zeroizing;

#[cfg(not(unix))]
use super::windows_place::{Found, Place};
#[cfg(unix)]
use super::{
    access::Access,
    place::{Found, Place},
};
use crate::error::Error;

/// What an existing file held when it was read.
#[derive(Debug)]
pub(super) struct Original {
    pub(super) found: Found,
    /// The mode of the new file, if it is not to keep that of the old one.
    #[cfg_attr(not(unix), allow(dead_code))]
    pub(super) mode: Option<u32>,
    pub(super) bytes: Rc<Zeroizing<Vec<u8>>>,
}

impl Original {
    /// Reads what was `found` at `place`, unless it is larger than `most` bytes.
    pub(super) fn read(
        place: &Place,
        found: Found,
        mode: Option<u32>,
        most: usize,
    ) -> anyhow::Result<Self> {
        let bytes = Rc::new(place.read(&found, most)?);
        Ok(Self { found, mode, bytes })
    }

    /// Who may do what with the new file.
    #[cfg(unix)]
    pub(super) fn access(&self, place: &Place) -> anyhow::Result<Access> {
        let access = place.access_of_original(&self.found)?;
        Ok(match self.mode {
            Some(mode) => access.with_mode(mode),
            None => access,
        })
    }

    /// Refuses to replace a file that has changed since.
    pub(super) fn check(&self, place: &Place) -> anyhow::Result<()> {
        let most = self.bytes.len();
        // Whatever keeps it from being read again, it was not there before.
        let is_same = place
            .read(&self.found, most)
            .is_ok_and(|bytes| bytes == *self.bytes);
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
