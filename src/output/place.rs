//! The place that `-o` names, and what stands there.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use rustix::{
    fs::{FileType, Mode, OFlags, Stat, Uid, fstat},
    process::geteuid,
};
use zeroize::Zeroizing;

use super::{access::Access, directory::Directory, kind::Kind, write::read_all};
use crate::{error::Error, message::say};

/// Locks a directory until it is dropped.
pub(super) type Lock = File;

/// A name in a directory.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) directory: Directory,
    pub(super) name: OsString,
    path: PathBuf,
}

/// What stands at a place, as it was when it was looked at.
#[derive(Debug)]
pub(super) struct Found(Stat);

impl Place {
    /// The place that is called `name` in `directory`, and `path` in messages.
    pub(super) fn new(directory: &Path, name: &OsStr, path: &Path) -> anyhow::Result<Self> {
        let directory = Directory::open(directory)
            .with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self {
            directory,
            name: name.into(),
            path: path.into(),
        })
    }

    /// What stands there: a link itself, and not what it leads to.
    pub(super) fn look(&self) -> anyhow::Result<Option<Found>> {
        let found = self.directory.look(&self.name);
        Ok(found.with_context(|| self.cannot("create"))?.map(Found))
    }

    /// Opens what was `seen` for writing. Waits for the reader of a pipe.
    ///
    /// # Errors
    /// Something else has got the name since.
    pub(super) fn open_stream(&self, seen: &Found) -> anyhow::Result<File> {
        let opened = self.open(seen, OFlags::WRONLY);
        opened
            .map(|(file, _)| file)
            .with_context(|| self.cannot("open"))
    }

    fn open(&self, seen: &Found, access: OFlags) -> anyhow::Result<(File, Found)> {
        let file = self.directory.open_existing(&self.name, access)?;
        let found = Found(fstat(&file)?);
        if !found.is(seen) || found.kind() != seen.kind() {
            bail!("it was replaced in the meantime");
        }
        Ok((file, found))
    }

    /// Reads what was `seen`, in a buffer that does not grow.
    ///
    /// # Errors
    /// It is larger than `most` bytes, or something else has got the name since.
    pub(super) fn read(&self, seen: &Found, most: usize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        let file = self
            .open(seen, OFlags::RDONLY | OFlags::NONBLOCK)
            .with_context(|| self.cannot("read"))?
            .0;
        read_all(file, most).with_context(|| self.cannot("read"))
    }

    /// Locks the directory until the lock is dropped, so that no other process of this program fills in a file there.
    pub(super) fn lock(&self) -> anyhow::Result<Option<Lock>> {
        let wait = || {
            say(format_args!(
                "waiting for another process that has locked the directory"
            ))
        };
        let lock = self.directory.lock(wait);
        lock.with_context(|| self.cannot("lock the directory of"))
    }

    /// Accepts what was `seen` as a secret that only those know who may know one of this `mode`.
    ///
    /// # Errors
    /// It may be another user's work, be open to more users, or be what a generator that failed left behind.
    pub(super) fn keep(&self, seen: &Found, mode: u32) -> anyhow::Result<()> {
        let refuse = |why: String, hint: &str| {
            Err(Error::Refused {
                message: format!("{}: {why}", self.cannot("keep")),
                hint: hint.into(),
            }
            .into())
        };
        let its_mode = seen.mode();
        if seen.kind() == Kind::Link {
            return refuse(
                "it is a symbolic link".into(),
                "use the name of the file itself",
            );
        }
        if seen.kind() != Kind::File {
            bail!("{}: it is not a regular file", self.cannot("keep"));
        }
        if !seen.is_ours() {
            return refuse(
                format!("it belongs to another user ({})", seen.0.st_uid),
                "that user may know its content: use a directory where only you can create files",
            );
        }
        if seen.0.st_size == 0 {
            return refuse(
                "it is empty".into(),
                "a generator that failed may have left it: remove it, or overwrite it with --force",
            );
        }
        if seen.is_open_to_others() {
            return refuse(
                format!(
                    "group or others may write it (mode {:04o})",
                    its_mode.bits()
                ),
                "they may have chosen what is in it: --force overwrites it",
            );
        }
        if !(its_mode - Mode::from_raw_mode(mode as _)).is_empty() {
            return refuse(
                format!(
                    "its mode is {:04o}, which grants more than {mode:04o}",
                    its_mode.bits()
                ),
                &format!(
                    "`chmod {mode:04o}` restricts it, --mode {:04o} accepts it",
                    its_mode.bits()
                ),
            );
        }
        Ok(())
    }

    /// Owner, group, mode and access lists of what was `seen`, for a file that is not made from it.
    ///
    /// # Errors
    /// They cannot be known, or are no safe ones to give to a secret.
    pub(super) fn access(&self, seen: &Found) -> anyhow::Result<Access> {
        let hint = "without --preserve, the new file is yours, with mode 0600 or --mode";
        self.access_of(seen, false, hint)
    }

    /// Owner, group, mode and access lists of what was `seen`, for a file that is made from it. That it is the
    /// caller's own is enough.
    ///
    /// # Errors
    /// They cannot be known, or are no safe ones to give to a secret.
    pub(super) fn access_of_original(&self, seen: &Found) -> anyhow::Result<Access> {
        let hint = "remove the permission to write to the directory from group and others";
        self.access_of(seen, true, hint)
    }

    fn access_of(&self, seen: &Found, own_is_enough: bool, hint: &str) -> anyhow::Result<Access> {
        let cannot = self.cannot("preserve the owner and mode of");
        let refuse = |why: &str| {
            Err(Error::Refused {
                message: format!("{cannot}: {why}"),
                hint: hint.into(),
            }
            .into())
        };
        if seen.kind() == Kind::Link {
            return refuse("it is a symbolic link");
        }
        let opened = self.open(seen, OFlags::RDONLY | OFlags::NONBLOCK);
        let (file, found) = opened.with_context(|| cannot.clone())?;
        let special = Mode::SUID | Mode::SGID | Mode::SVTX;
        if found.mode().intersects(special) {
            return refuse("it has a set-user-ID, set-group-ID or sticky bit");
        }
        let is_own = Uid::from_raw(found.0.st_uid) == geteuid();
        // Whoever may create files here could have chosen who gets the secret.
        let directory = Found(self.directory.stat()?);
        if !(own_is_enough && is_own)
            && (directory.is_open_to_others()
                || !directory.is_ours() && directory.0.st_uid != found.0.st_uid)
        {
            return refuse("others may write to its directory");
        }
        Access::of(&file, &found.0).with_context(|| cannot.clone())
    }

    /// `cannot VERB FILE`
    pub(super) fn cannot(&self, verb: &str) -> String {
        format!("cannot {verb} {}", self.path.display())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Found {
    pub(super) fn kind(&self) -> Kind {
        match FileType::from_raw_mode(self.0.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Symlink => Kind::Link,
            FileType::Directory => Kind::Directory,
            FileType::CharacterDevice => Kind::Stream,
            FileType::Fifo if self.is_ours() => Kind::Stream,
            _ => Kind::Other,
        }
    }

    fn mode(&self) -> Mode {
        Mode::from_raw_mode(self.0.st_mode)
    }

    /// Whether group or others may write it.
    fn is_open_to_others(&self) -> bool {
        self.mode().intersects(Mode::WGRP | Mode::WOTH)
    }

    /// Whether its owner is the caller or root.
    fn is_ours(&self) -> bool {
        [geteuid(), Uid::ROOT].contains(&Uid::from_raw(self.0.st_uid))
    }

    fn is(&self, other: &Self) -> bool {
        (self.0.st_dev, self.0.st_ino) == (other.0.st_dev, other.0.st_ino)
    }
}
