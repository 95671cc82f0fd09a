//! An existing file that is filled in: how it is read, locked and compared, and who may know what takes its place.

use std::{fs::File, io, path::Path, rc::Rc, thread, time::Duration};

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use super::{
    found::{Found, Kind},
    owner::Ids,
    place::{Place, quoted},
    system::{Access, try_lock},
    write::read_all,
};
use crate::{error::Error, message::say};

/// How often a lock that another process holds is looked at: for a minute.
const MOST_LOOKS: u32 = 3000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The file that is filled in, if it exists. While this lives, other processes that fill it in wait.
#[derive(Debug)]
pub(super) struct Original {
    existing: Option<Existing>,
    /// Whether its name is a symbolic link.
    is_link: bool,
    /// The mode of the new file, if it differs from the mode of the old one.
    mode: Option<u32>,
}

#[derive(Debug)]
struct Existing {
    /// Open, and locked unless it is only looked at.
    file: File,
    found: Found,
    bytes: Rc<Zeroizing<Vec<u8>>>,
}

impl Original {
    /// Reads the file at `place`, through a link, too, unless it is larger than `most` bytes. It must belong to `owner`.
    /// `is_link` says what its name is; `locks`, that it may be replaced.
    ///
    /// # Errors
    /// It cannot be read, is no regular file or of another owner, or another process holds its lock for a minute.
    pub(super) fn open(
        place: &Place,
        is_link: bool,
        mode: Option<u32>,
        owner: Ids,
        most: usize,
        locks: bool,
    ) -> anyhow::Result<Self> {
        let mut looks = MOST_LOOKS;
        let opened = loop {
            let opened = place.directory.open_original(&place.name);
            let opened = opened.with_context(|| place.cannot("read"))?;
            let Some((file, found)) = opened else {
                break None;
            };
            if found.kind != Kind::File {
                bail!("{}: it is not a regular file", place.cannot("read"));
            }
            if !locks {
                break Some((file, found));
            }
            lock(place, &file, &mut looks)?;
            // Whoever held the lock may have put another file in its place.
            let now = place.directory.open_original(&place.name);
            let now = now.with_context(|| place.cannot("read"))?;
            if now.is_some_and(|(_, now)| now.is(&found)) {
                break Some((file, found));
            }
        };
        let Some((file, found)) = opened else {
            return Ok(Self {
                existing: None,
                is_link,
                mode,
            });
        };
        if !owner.fit(found.owner) {
            let (user, group) = found.owner;
            let (path, shown) = (place.path().display(), owner.shown());
            return Err(Error::Refused {
                message: format!("{path} belongs to {user}:{group}, and --owner is {shown}"),
                hint: format!("`chown {shown} {}` changes that", quoted(place.path())),
            }
            .into());
        }
        let bytes = read_all(&file, most).with_context(|| place.cannot("read"))?;
        Ok(Self {
            existing: Some(Existing {
                file,
                found,
                bytes: Rc::new(bytes),
            }),
            is_link,
            mode,
        })
    }

    pub(super) fn exists(&self) -> bool {
        self.existing.is_some()
    }

    /// What it held when it was read.
    pub(super) fn bytes(&self) -> Option<Rc<Zeroizing<Vec<u8>>>> {
        let existing = self.existing.as_ref()?;
        Some(existing.bytes.clone())
    }

    /// Who may do what with the new file, if there is an old one.
    ///
    /// # Errors
    /// The name is one of several, or more users know what is written to the old file than should know a secret.
    pub(super) fn access(&self, place: &Place) -> anyhow::Result<Option<Access>> {
        let refuse = |why: String, hint: String| {
            let message = format!("cannot fill in {}: {why}", place.path().display());
            Err(Error::Refused { message, hint }.into())
        };
        let name = quoted(place.path());
        if self.is_link {
            return refuse(
                "it is a symbolic link".into(),
                format!("name the file itself: -o \"$(readlink -f {name})\" --env"),
            );
        }
        let Some(Existing { found, .. }) = &self.existing else {
            return Ok(None);
        };
        if found.names > 1 {
            let mut copy = place.path().as_os_str().to_owned();
            copy.push(".copy");
            let copy = quoted(Path::new(&copy));
            return refuse(
                format!(
                    "it has {} names, and the others would keep the old content",
                    found.names
                ),
                format!("`cp -p {name} {copy} && mv {copy} {name}` makes it a file of its own"),
            );
        }
        let mode = found.mode & 0o777;
        let who = match mode {
            _ if self.mode.is_some() => None,
            _ if mode & 0o002 != 0 => Some("every user may write it"),
            _ if mode & 0o004 != 0 => Some("every user may read it"),
            _ if mode & 0o020 != 0 => Some("its group may write it"),
            _ => None,
        };
        if let Some(who) = who {
            return refuse(
                format!("{who} (mode {mode:04o})"),
                format!("--mode 0600 restricts it, --mode {mode:04o} accepts it"),
            );
        }
        let hint = "remove the permission to write to the directory from group and others";
        let access = place.access(found, true, hint)?;
        Ok(Some(match self.mode {
            Some(mode) => access.with_mode(mode),
            None => access,
        }))
    }

    /// Gives the file the mode that was asked for, if it has another.
    pub(super) fn set_mode(&self, place: &Place) -> anyhow::Result<()> {
        let (Some(Existing { file, found, .. }), Some(mode)) = (&self.existing, self.mode) else {
            return Ok(());
        };
        if found.mode == mode {
            return Ok(());
        }
        let set = Access::new(mode, Ids::default()).give(file);
        set.with_context(|| place.cannot("set the mode of"))
    }

    /// Refuses to replace a file that has changed since.
    pub(super) fn check(&self, place: &Place) -> anyhow::Result<()> {
        let Some(Existing { found, bytes, .. }) = &self.existing else {
            return Ok(());
        };
        // Whatever keeps it from being read again, it was not there before.
        let again = place.open_to_read(found);
        let again = again.and_then(|file| read_all(&file, bytes.len()));
        if again.is_ok_and(|again| again == **bytes) {
            return Ok(());
        }
        Err(Error::Refused {
            message: format!("{} was changed meanwhile", place.path().display()),
            hint: "nothing was written: run it again".into(),
        }
        .into())
    }
}

/// Locks `file`, which may take as many `looks` as are left.
fn lock(place: &Place, file: &File, looks: &mut u32) -> anyhow::Result<()> {
    let mut is_said = false;
    loop {
        let locked = try_lock(file).with_context(|| place.cannot("lock"))?;
        let Some(left) = looks.checked_sub(1) else {
            // Not for ever: the holder may wait for us, as in `flock .env mksecret fill`.
            let error = io::Error::other("another process holds the lock");
            return Err(error).with_context(|| place.cannot("lock"));
        };
        *looks = left;
        if locked {
            return Ok(());
        }
        if !is_said {
            is_said = true;
            let path = place.path().display();
            say(format_args!(
                "waiting for another process that has locked {path}"
            ));
        }
        thread::sleep(BETWEEN_LOOKS);
    }
}
