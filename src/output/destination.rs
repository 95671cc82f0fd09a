//! Where the secret goes, and how an existing file there is treated.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::{
    found::{Found, Kind},
    kept,
    new_file::NewFile,
    original::Original,
    owner::{Ids, Owner},
    place::Place,
    sink::Sink,
    system::Access,
};
use crate::{error::Error, message::say, process};

/// Where the secret goes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Destination {
    /// The file; `None` or `-` is standard output.
    pub(crate) path: Option<PathBuf>,
    /// Permissions of a new file, instead of 0600.
    pub(crate) mode: Option<u32>,
    /// To whom a new file is given; otherwise it is the caller's.
    pub(crate) owner: Option<Owner>,
    /// What to do about an existing file.
    pub(crate) existing: Existing,
    /// Whether to say that a file was kept.
    pub(crate) verbose: bool,
    /// Whether nothing will be written: a file that is filled in need not be locked then.
    pub(crate) only_looks: bool,
    /// Whether the output never ends, so that no file of it could be complete.
    pub(crate) endless: bool,
}

/// What to do about an existing file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Existing {
    /// Fail.
    #[default]
    Refuse,
    /// Overwrite it: put the new file in its place.
    Replace,
    /// Overwrite it, and keep its owner, group, mode and access lists.
    Preserve,
    /// Leave it, and take it for success if it can be a secret.
    Keep,
    /// Read it, at most this number of bytes, and put a new file in its place, with its owner, group, mode and access lists.
    Edit(usize),
}

impl Destination {
    /// Whether raw bytes may go to a terminal: `-o -` says so.
    pub(super) fn allows_raw(&self) -> bool {
        self.path.as_deref().is_some_and(is_dash)
    }

    /// Opens it; `None` if it asks to keep a file that exists.
    pub(super) fn open(&self) -> anyhow::Result<Option<Sink>> {
        let Some(path) = self.path.as_deref() else {
            return stdout().map(Some);
        };
        self.check(path)?;
        if is_dash(path) {
            return stdout().map(Some);
        }
        if let Some(number) = descriptor_number(path) {
            return descriptor(number, path).map(Some);
        }
        let owner = self.owner.as_ref().map(Owner::ids).transpose()?;
        let owner = owner.unwrap_or_default();
        let place = Place::new(path)?;
        let found = place.look()?;
        if found.is_none_or(|found| found.kind == Kind::File) {
            place.check_for_files(found.is_some())?;
        }
        match (found.map(|found| found.kind), found) {
            (Some(Kind::Descriptor(number)), _) => {
                self.check_no_file(path, true)?;
                descriptor(number, path).map(Some)
            }
            (Some(Kind::SystemLink), _) => Err(Error::Refused {
                message: format!("{} is a link of the system", path.display()),
                hint: "it is never replaced: give the name of what it leads to".into(),
            }
            .into()),
            (Some(Kind::Stream), Some(found)) => {
                self.check_no_file(path, false)?;
                let file = place.open_to_write(&found)?;
                Sink::open(file, path.display().to_string()).map(Some)
            }
            (Some(Kind::Disk), Some(found)) => {
                self.check_no_file(path, false)?;
                if self.existing != Existing::Replace {
                    return Err(Error::Refused {
                        message: format!("{} is a block device", path.display()),
                        hint: "--force overwrites what is on it".into(),
                    }
                    .into());
                }
                let file = place.open_to_write(&found)?;
                Ok(Some(Sink::disk(file, path.display().to_string())))
            }
            (Some(Kind::Directory), _) => bail!("{} is a directory", path.display()),
            (Some(Kind::Other), _) => bail!(
                "{} is not a regular file, a character device, or a FIFO owned by you or root",
                path.display()
            ),
            (_, file_or_link) => match self.existing {
                Existing::Edit(most) => {
                    let is_link = file_or_link.is_some_and(|found| found.kind == Kind::Link);
                    let locks = !self.only_looks;
                    let original = Original::open(&place, is_link, self.mode, owner, most, locks)?;
                    let new = NewFile::new(place, Access::new(self.mode(), owner), false);
                    Ok(Some(Sink::New(Box::new(new.filled(original)))))
                }
                _ => self.open_file(place, file_or_link, owner),
            },
        }
    }

    fn open_file(
        &self,
        place: Place,
        found: Option<Found>,
        owner: Ids,
    ) -> anyhow::Result<Option<Sink>> {
        if self.endless {
            let message = format!(
                "--endless cannot be used with -o {}",
                place.path().display()
            );
            let hint = "a file must be complete: use a SIZE, or write to standard output";
            return Err(Error::usage_hint(message, hint).into());
        }
        let access = match (found, self.existing) {
            (Some(_), Existing::Refuse) => return Err(Error::Exists(place.path().into()).into()),
            (Some(found), Existing::Keep) => {
                self.keep(&place, &found, owner)?;
                return Ok(None);
            }
            (Some(found), Existing::Preserve) => {
                let hint = "without --preserve, the new file is yours, with mode 0600 or --mode";
                place.access(&found, false, hint)?
            }
            _ => Access::new(self.mode(), owner),
        };
        let replaces = matches!(self.existing, Existing::Replace | Existing::Preserve);
        let mut new = NewFile::new(place, access, replaces);
        if self.owner.is_some() {
            new.create()?;
        }
        Ok(Some(Sink::New(Box::new(new))))
    }

    /// How it ends if another process created the file first.
    pub(super) fn lost(&self, place: &Place) -> anyhow::Error {
        if matches!(self.existing, Existing::Edit(_)) {
            return Error::Created(place.path().into()).into();
        }
        if self.existing != Existing::Keep {
            return Error::Exists(place.path().into()).into();
        }
        let kept = match place.look() {
            Ok(Some(found)) => {
                let owner = self.owner.as_ref().map(Owner::ids).transpose();
                owner
                    .map_err(Into::into)
                    .and_then(|owner| self.keep(place, &found, owner.unwrap_or_default()))
            }
            Ok(None) => Err(anyhow!(
                "{} existed but was removed",
                place.path().display()
            )),
            Err(error) => Err(error),
        };
        kept.err().unwrap_or_else(|| Error::Kept.into())
    }

    fn keep(&self, place: &Place, found: &Found, owner: Ids) -> anyhow::Result<()> {
        kept::check(place, found, self.mode(), owner)?;
        if self.verbose {
            say(format_args!("kept {}", place.path().display()));
        }
        Ok(())
    }

    /// Permissions of a new file.
    fn mode(&self) -> u32 {
        self.mode.unwrap_or(0o600)
    }

    /// Refuses options that make no sense with `path`, with each other or on this system.
    fn check(&self, path: &Path) -> Result<(), Error> {
        if is_dash(path) || descriptor_number(path).is_some() {
            self.check_no_file(path, true)?;
        }
        match self.mode {
            Some(mode) if cfg!(not(unix)) => Err(Error::usage_hint(
                format!("--mode {mode:04o}: not supported on this system"),
                "omit it: the file gets the permissions of its directory",
            )),
            Some(mode) if self.existing == Existing::Keep && mode & 0o022 != 0 => {
                Err(Error::usage_hint(
                    format!("--mode {mode:04o} cannot be used with --keep"),
                    "anyone who can write the file could choose the secret: use --mode 0640 or less",
                ))
            }
            _ if self.owner.is_some() && cfg!(not(unix)) => Err(Error::usage_hint(
                "--owner: not supported on this system",
                "omit it: the file is yours",
            )),
            _ if self.existing == Existing::Preserve && cfg!(not(target_os = "linux")) => {
                Err(Error::usage_hint(
                    "--preserve: access lists cannot be copied on this system",
                    "omit it: the new file is yours, with mode 0600 or --mode",
                ))
            }
            _ => Ok(()),
        }
    }

    /// Refuses the options that need a file to create, since `path` is none. A device is not overwritten with `--force`,
    /// but may need it.
    fn check_no_file(&self, path: &Path, is_open: bool) -> Result<(), Error> {
        let existing = match self.existing {
            Existing::Refuse | Existing::Edit(_) => None,
            Existing::Replace => is_open.then_some("--force"),
            Existing::Preserve => Some("--preserve"),
            Existing::Keep => Some("--keep"),
        };
        let mode = self.mode.map(|_| "--mode");
        let owner = self.owner.as_ref().map(|_| "--owner");
        match existing.or(mode).or(owner) {
            Some(option) => Err(Error::usage_hint(
                format!("{option} cannot be used with -o {}", path.display()),
                format!("{option} needs a file to create: omit it"),
            )),
            None => Ok(()),
        }
    }
}

fn is_dash(path: &Path) -> bool {
    path == Path::new("-")
}

/// Standard output.
pub(super) fn stdout() -> anyhow::Result<Sink> {
    let Some(file) = process::stdout().context("cannot open standard output")? else {
        return Err(Error::StdoutClosed.into());
    };
    Sink::open(file, "standard output")
}

/// The descriptor that `path` is a name of: opened by its name, a file would be written from its start.
fn descriptor_number(path: &Path) -> Option<i32> {
    if !cfg!(unix) {
        return None;
    }
    // A path is compared by its parts: `//dev/./stdout` is `/dev/stdout`.
    if path == Path::new("/dev/stdout") {
        return Some(1);
    }
    if path == Path::new("/dev/stderr") {
        return Some(2);
    }
    let number = ["/dev/fd", "/proc/self/fd"]
        .into_iter()
        .find_map(|folder| path.strip_prefix(folder).ok())?
        .to_str()?;
    let parsed: i32 = number.parse().ok()?;
    (parsed >= 0 && parsed.to_string() == number).then_some(parsed)
}

fn descriptor(number: i32, path: &Path) -> anyhow::Result<Sink> {
    if number == 1 {
        return stdout();
    }
    let name = path.display().to_string();
    let file = process::duplicate(number).with_context(|| format!("cannot open {name}"))?;
    Sink::open(file, name)
}
