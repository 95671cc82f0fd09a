//! Who may do what with a file: its owner, group, mode and access lists.

use std::{fs::File, io};

use rustix::fs::{Gid, Mode, Uid, fchmod, fchown, fstat};

use crate::output::{found::Found, owner::Ids};

/// What a new file gets before the secret is in it.
#[derive(Debug)]
pub(in crate::output) struct Access {
    mode: Mode,
    /// As far as it is not the caller's, or what the directory says.
    owner: Ids,
    lists: Vec<List>,
}

/// An access list: its name among the extended attributes, and its bytes if there is one.
type List = (&'static str, Option<Vec<u8>>);

impl Access {
    pub(in crate::output) fn new(mode: u32, owner: Ids) -> Self {
        Self {
            mode: Mode::from_raw_mode(mode as _),
            owner,
            lists: Vec::new(),
        }
    }

    /// The same with another mode.
    pub(in crate::output) fn with_mode(self, mode: u32) -> Self {
        Self {
            mode: Mode::from_raw_mode(mode as _),
            ..self
        }
    }

    /// The access to `file`, which was `found`.
    pub(in crate::output) fn of(file: &File, found: &Found) -> io::Result<Self> {
        let (user, group) = found.owner;
        Ok(Self {
            mode: Mode::from_raw_mode(found.mode as _),
            owner: Ids {
                user: Some(user),
                group: Some(group),
            },
            lists: lists(file)?,
        })
    }

    /// Gives it to `file`: the owner before the mode, which would otherwise hold for the wrong ones for a moment.
    pub(in crate::output) fn give(&self, file: &File) -> io::Result<()> {
        if self.owner != Ids::default() {
            let stat = fstat(file)?;
            if !self.owner.fit((stat.st_uid, stat.st_gid)) {
                let Ids { user, group } = self.owner;
                fchown(file, user.map(Uid::from_raw), group.map(Gid::from_raw))?;
            }
        }
        for list in &self.lists {
            give_list(file, list)?;
        }
        Ok(fchmod(file, self.mode)?)
    }
}

/// Those of local file systems, acl(5), and of NFS, nfs4_acl(5).
#[cfg(target_os = "linux")]
fn lists(file: &File) -> io::Result<Vec<List>> {
    use rustix::{fs::fgetxattr, io::Errno};

    ["system.posix_acl_access", "system.nfs4_acl"]
        .into_iter()
        .map(|name| {
            // No attribute is longer: xattr(7).
            let mut value = vec![0; 64 * 1024];
            match fgetxattr(file, name, &mut value) {
                Ok(length) => {
                    value.truncate(length);
                    Ok((name, Some(value)))
                }
                Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok((name, None)),
                Err(errno) => Err(errno.into()),
            }
        })
        .collect()
}

/// Gives `file` this list, or takes from it the one that it has from its directory.
#[cfg(target_os = "linux")]
fn give_list(file: &File, (name, value): &List) -> io::Result<()> {
    use rustix::{
        fs::{XattrFlags, fremovexattr, fsetxattr},
        io::Errno,
    };

    match value {
        Some(value) => fsetxattr(file, *name, value, XattrFlags::empty())?,
        None => match fremovexattr(file, *name) {
            Ok(()) | Err(Errno::NODATA | Errno::OPNOTSUPP) => {}
            Err(errno) => return Err(errno.into()),
        },
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn lists(_: &File) -> io::Result<Vec<List>> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(target_os = "linux"))]
fn give_list(_: &File, _: &List) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
