//! The place that `-o` names, and how a file, link or device there is opened.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io,
    path::{Path, PathBuf},
    rc::Rc,
};

use anyhow::{Context, bail};

use super::{
    found::{Found, Kind},
    system::{Access, Directory},
};
use crate::{error::Error, message::is_hidden};

/// A name in a directory.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) directory: Rc<Directory>,
    pub(super) name: OsString,
    path: PathBuf,
}

impl Place {
    /// The place of `path`.
    ///
    /// # Errors
    /// It names a directory, or there is no such directory.
    pub(super) fn new(path: &Path) -> anyhow::Result<Self> {
        let Some((directory, name)) = split(path) else {
            bail!("{} names a directory", path.display());
        };
        let opened = Directory::open(directory);
        let opened = opened.map_err(|error| match error.kind() {
            // A link that leads nowhere cannot be created.
            io::ErrorKind::NotFound if directory.symlink_metadata().is_err() => Error::Refused {
                message: format!("cannot create {}: {error}", path.display()),
                hint: format!("`mkdir -p {}` creates the directory", quoted(directory)),
            }
            .into(),
            _ => anyhow::Error::new(error).context(format!("cannot create {}", path.display())),
        });
        Ok(Self {
            directory: Rc::new(opened?),
            name: name.into(),
            path: path.into(),
        })
    }

    /// What stands there: a link itself, and not what it leads to.
    pub(super) fn look(&self) -> anyhow::Result<Option<Found>> {
        let found = self.directory.look(&self.name);
        found.with_context(|| self.cannot("create"))
    }

    /// Refuses to create or replace a file where the system alone has some. `found` says whether there is one.
    pub(super) fn check_for_files(&self, found: bool) -> anyhow::Result<()> {
        let is_none = self.directory.is_no_place_for_files();
        if !is_none.with_context(|| self.cannot("create"))? {
            return Ok(());
        }
        let path = self.path.display();
        let (message, hint) = match found {
            true => (
                format!("{path} is a file of the system"),
                "it is never replaced",
            ),
            false => (format!("there is no {path}"), "no file is created there"),
        };
        Err(Error::Refused {
            message,
            hint: format!("{hint}: check the name, or write to another directory"),
        }
        .into())
    }

    /// Opens what was `seen` for writing. Waits for the reader of a pipe.
    ///
    /// # Errors
    /// Something else has got the name since.
    pub(super) fn open_to_write(&self, seen: &Found) -> anyhow::Result<File> {
        let is_disk = seen.kind == Kind::Disk;
        let opened = self.directory.open_to_write(&self.name, is_disk);
        let opened = opened.map_err(|error| match error.kind() {
            io::ErrorKind::ResourceBusy if is_disk => Error::Refused {
                message: format!("{}: it is mounted or in use", self.cannot("open")),
                hint: "unmount it, or end what uses it: nothing was written".into(),
            }
            .into(),
            _ => anyhow::Error::new(error).context(self.cannot("open")),
        });
        is_still(opened?, seen).with_context(|| self.cannot("open"))
    }

    /// Opens what was `seen` for reading.
    ///
    /// # Errors
    /// Something else has got the name since.
    pub(super) fn open_to_read(&self, seen: &Found) -> anyhow::Result<File> {
        is_still(self.directory.open_to_read(&self.name)?, seen)
    }

    /// Owner, group, mode and access lists of what was `seen`, for a file that takes its place. `own_is_enough` says that
    /// a file of the caller's own may stand in any directory. `hint` tells the way out.
    ///
    /// # Errors
    /// They cannot be known, or are no safe ones to give to a secret.
    pub(super) fn access(
        &self,
        seen: &Found,
        own_is_enough: bool,
        hint: &str,
    ) -> anyhow::Result<Access> {
        let cannot = self.cannot("preserve the owner and mode of");
        let refuse = |why: &str| {
            Err(Error::Refused {
                message: format!("{cannot}: {why}"),
                hint: hint.into(),
            }
            .into())
        };
        if seen.kind == Kind::Link {
            return refuse("it is a symbolic link");
        }
        let file = self.open_to_read(seen).with_context(|| cannot.clone())?;
        if seen.is_special() {
            return refuse("it has a set-user-ID, set-group-ID or sticky bit");
        }
        // Whoever may create files here could have chosen who gets the secret.
        let directory = self.directory.found().with_context(|| cannot.clone())?;
        let is_theirs = !directory.is_ours && directory.owner.0 != seen.owner.0;
        if !(own_is_enough && seen.is_own) && (directory.is_open_to_others() || is_theirs) {
            return refuse("others may write to its directory");
        }
        Access::of(&file, seen).with_context(|| cannot.clone())
    }

    /// `cannot VERB FILE`
    pub(super) fn cannot(&self, verb: &str) -> String {
        format!("cannot {verb} {}", self.path.display())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// The file that was opened, if that is what was `seen`.
fn is_still((file, found): (File, Found), seen: &Found) -> anyhow::Result<File> {
    if !found.is(seen) {
        bail!("it was replaced in the meantime");
    }
    Ok(file)
}

/// `path` as a word of a shell's command line, also after [`say`](crate::message::say).
pub(super) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if !path.contains(is_hidden) {
        return shlex::try_quote(&path).map_or(path.clone(), Into::into);
    }
    let quoted = path.chars().map(|char| match char {
        '\'' | '\\' => format!("\\{char}"),
        _ if is_hidden(char) => format!("\\U{:08x}", u32::from(char)),
        _ => char.into(),
    });
    format!("$'{}'", quoted.collect::<String>())
}

/// The directory of `path` and the name in it; none if `path` names a directory, as `dir/` and `..` do.
fn split(path: &Path) -> Option<(&Path, &OsStr)> {
    let name = path.file_name()?;
    let bytes = path.as_os_str().as_encoded_bytes();
    if !bytes.ends_with(name.as_encoded_bytes()) {
        return None;
    }
    match path.parent() {
        Some(parent) if parent != Path::new("") => Some((parent, name)),
        _ => Some((Path::new("."), name)),
    }
}
