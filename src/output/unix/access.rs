//! Who may do what with a file: its owner, group, mode and access lists; and what users have noted about it.

use std::{fs::File, io};

use rustix::fs::{Gid, Mode, Uid, fchmod, fchown, fstat};

use crate::output::{found::Found, owner::Ids};

/// What a new file gets before the secret is in it.
#[derive(Debug)]
pub(in crate::output) struct Access {
    mode: Mode,
    /// As far as it is not the caller's, or what the directory says.
    owner: Ids,
    attributes: Vec<Attribute>,
}

/// An access list or a note: its name among the extended attributes, and its bytes if there is one.
type Attribute = (String, Option<Vec<u8>>);

impl Access {
    pub(in crate::output) fn new(mode: u32, owner: Ids) -> Self {
        Self {
            mode: Mode::from_raw_mode(mode as _),
            owner,
            attributes: Vec::new(),
        }
    }

    /// This access with another mode.
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
            attributes: attributes(file)?,
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
        for attribute in &self.attributes {
            give_attribute(file, attribute)?;
        }
        Ok(fchmod(file, self.mode)?)
    }
}

/// The access lists of local file systems, acl(5), and of NFS, nfs4_acl(5), and the `user.*` attributes.
#[cfg(target_os = "linux")]
fn attributes(file: &File) -> io::Result<Vec<Attribute>> {
    use rustix::{
        fs::{fgetxattr, flistxattr},
        io::Errno,
    };

    // No attribute, and no list of names, is longer: xattr(7).
    let mut buffer = vec![0; 64 * 1024];
    let names = match flistxattr(file, &mut buffer) {
        Ok(length) => String::from_utf8_lossy(&buffer[..length]).into_owned(),
        Err(Errno::OPNOTSUPP) => String::new(),
        Err(errno) => return Err(errno.into()),
    };
    let noted = names.split('\0').filter(|name| name.starts_with("user."));
    ["system.posix_acl_access", "system.nfs4_acl"]
        .into_iter()
        .chain(noted)
        .map(|name| match fgetxattr(file, name, &mut buffer) {
            Ok(length) => Ok((name.into(), Some(buffer[..length].to_vec()))),
            Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok((name.into(), None)),
            Err(errno) => Err(errno.into()),
        })
        .collect()
}

/// Gives `file` this attribute, or takes from it the one that it has from its directory.
#[cfg(target_os = "linux")]
fn give_attribute(file: &File, (name, value): &Attribute) -> io::Result<()> {
    use rustix::{
        fs::{XattrFlags, fremovexattr, fsetxattr},
        io::Errno,
    };

    match value {
        Some(value) => fsetxattr(file, name, value, XattrFlags::empty())?,
        None => match fremovexattr(file, name) {
            Ok(()) | Err(Errno::NODATA | Errno::OPNOTSUPP) => {}
            Err(errno) => return Err(errno.into()),
        },
    }
    Ok(())
}

/// Elsewhere a file that is filled in has the access lists of its directory; `--preserve` is refused.
#[cfg(not(target_os = "linux"))]
fn attributes(_: &File) -> io::Result<Vec<Attribute>> {
    Ok(Vec::new())
}

#[cfg(not(target_os = "linux"))]
fn give_attribute(_: &File, _: &Attribute) -> io::Result<()> {
    Ok(())
}
