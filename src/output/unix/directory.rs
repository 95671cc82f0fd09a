//! A directory, held as a descriptor: whatever happens to its path meanwhile, all is done in this one.

use std::{
    ffi::OsStr,
    fs::File,
    io,
    os::unix::ffi::OsStrExt,
    path::Path,
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use rustix::{
    fd::OwnedFd,
    fs::{self, AtFlags, FileType, Mode, OFlags, Stat},
    io::Errno,
    path::Arg,
    process::geteuid,
};

use crate::output::found::{Found, Kind};

/// How a directory is opened that need not be readable.
#[cfg(target_os = "linux")]
const SEARCH: OFlags = OFlags::PATH;
#[cfg(not(target_os = "linux"))]
const SEARCH: OFlags = OFlags::RDONLY;

#[derive(Debug)]
pub(in crate::output) struct Directory(OwnedFd);

impl Directory {
    pub(in crate::output) fn open(path: impl Arg) -> io::Result<Self> {
        let flags = SEARCH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(fs::open(path, flags, Mode::empty())?))
    }

    /// The directory itself.
    pub(in crate::output) fn found(&self) -> io::Result<Found> {
        Ok(found(&fs::fstat(&self.0)?))
    }

    /// What has this name: a link, and not what it leads to.
    pub(in crate::output) fn look(&self, name: &OsStr) -> io::Result<Option<Found>> {
        match fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => {
                let mut found = found(&stat);
                if found.kind == Kind::Link && self.is_of_the_system()? {
                    let number = descriptor(&self.0, name);
                    found.kind = number.map_or(Kind::SystemLink, Kind::Descriptor);
                }
                Ok(Some(found))
            }
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Opens what has this name for reading, also through a link; none if there is no such file. Does not wait for the
    /// writer of a pipe.
    pub(in crate::output) fn open_original(
        &self,
        name: &OsStr,
    ) -> io::Result<Option<(File, Found)>> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = match fs::openat(&self.0, name, flags, Mode::empty()) {
            Err(Errno::NOENT) => return Ok(None),
            opened => opened?,
        };
        let found = found(&fs::fstat(&file)?);
        Ok(Some((file.into(), found)))
    }

    /// Opens what has this name for reading, unless it is a link. Does not wait for the writer of a pipe.
    pub(in crate::output) fn open_to_read(&self, name: &OsStr) -> io::Result<(File, Found)> {
        self.open_existing(name, OFlags::RDONLY | OFlags::NONBLOCK)
    }

    /// Opens what has this name for writing, unless it is a link. Waits for the reader of a pipe. `alone` says that
    /// nobody else may use the disk that it is, as a file system does that is mounted: open(2).
    pub(in crate::output) fn open_to_write(
        &self,
        name: &OsStr,
        alone: bool,
    ) -> io::Result<(File, Found)> {
        let exclusively = match alone {
            true => OFlags::EXCL,
            false => OFlags::empty(),
        };
        self.open_existing(name, OFlags::WRONLY | exclusively)
    }

    /// Whether it is `/dev` or `/proc`, or on the file system of one of them, whatever its path.
    fn is_of_the_system(&self) -> io::Result<bool> {
        self.is_on_a_file_system_of(&["/dev", "/proc"])
    }

    /// Whether it is one of these directories, or on a file system that is mounted there.
    fn is_on_a_file_system_of(&self, paths: &[&str]) -> io::Result<bool> {
        let here = fs::fstat(&self.0)?;
        let root = fs::stat("/")?;
        Ok(paths.iter().any(|path| {
            fs::stat(*path).is_ok_and(|stat| {
                let is_mounted = stat.st_dev != root.st_dev;
                stat.st_dev == here.st_dev && (is_mounted || stat.st_ino == here.st_ino)
            })
        }))
    }

    /// Whether it is for no files of users: `/dev` itself, or on the file system of `/proc` or `/sys`.
    pub(in crate::output) fn is_no_place_for_files(&self) -> io::Result<bool> {
        let here = fs::fstat(&self.0)?;
        let is_here = |stat: &Stat| (stat.st_dev, stat.st_ino) == (here.st_dev, here.st_ino);
        Ok(fs::stat("/dev").is_ok_and(|stat| is_here(&stat))
            || self.is_on_a_file_system_of(&["/proc", "/sys"])?)
    }

    fn open_existing(&self, name: &OsStr, access: OFlags) -> io::Result<(File, Found)> {
        let flags = access | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = fs::openat(&self.0, name, flags, Mode::empty())?;
        let found = found(&fs::fstat(&file)?);
        Ok((file.into(), found))
    }

    /// A new file with a temporary name, which only the caller may read and write.
    pub(super) fn create(&self) -> io::Result<(File, String)> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let create = |name: &str| fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR);
        let (file, name) = with_temporary_name(create)?;
        Ok((file.into(), name))
    }

    /// Gives a file that has no name a temporary one.
    pub(super) fn name_temporarily(&self, file: &File) -> io::Result<String> {
        let ((), name) = with_temporary_name(|name| self.name(file, OsStr::new(name)))?;
        Ok(name)
    }

    /// A new file without a name, if one can be given to it later.
    #[cfg(target_os = "linux")]
    pub(super) fn create_nameless(&self) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = fs::openat(&self.0, ".", flags, Mode::RUSR | Mode::WUSR).ok()?;
        let file = File::from(file);
        // Each way to refer to the file is looked at before the new name is.
        let can_be_named = self.name(&file, OsStr::new(".")) == Err(Errno::EXIST);
        can_be_named.then_some(file)
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn create_nameless(&self) -> Option<File> {
        None
    }

    /// Gives a file that has no name this one. `EXIST` if it is taken.
    #[cfg(target_os = "linux")]
    pub(super) fn name(&self, file: &File, name: &OsStr) -> Result<(), Errno> {
        use std::os::fd::AsRawFd;

        match fs::linkat(file, "", &self.0, name, AtFlags::EMPTY_PATH) {
            // Before Linux 6.10 only for CAP_DAC_READ_SEARCH: linkat(2).
            Err(Errno::NOENT) => {
                let path = format!("/proc/self/fd/{}", file.as_raw_fd());
                fs::linkat(fs::CWD, path, &self.0, name, AtFlags::SYMLINK_FOLLOW)
            }
            named => named,
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn name(&self, _: &File, _: &OsStr) -> Result<(), Errno> {
        Err(Errno::NOSYS)
    }

    /// Renames, over what has the name `to`.
    pub(super) fn rename_over(&self, from: &str, to: &OsStr) -> Result<(), Errno> {
        fs::renameat(&self.0, from, &self.0, to)
    }

    /// Renames, unless something has the name `to`: `EXIST`. Where there is no such rename, gives the file `to` as a
    /// second name; `false` says that it still has the first one. `NOSYS` where there are no links either.
    pub(super) fn rename(&self, from: &str, to: &OsStr) -> Result<bool, Errno> {
        match self.rename_no_replace(from, to) {
            Err(Errno::NOSYS | Errno::INVAL) => {}
            renamed => return renamed.map(|()| true),
        }
        match fs::linkat(&self.0, from, &self.0, to, AtFlags::empty()) {
            // That there are no links: link(2).
            Err(Errno::PERM | Errno::OPNOTSUPP) => Err(Errno::NOSYS),
            linked => linked.map(|()| false),
        }
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn rename_no_replace(&self, from: &str, to: &OsStr) -> Result<(), Errno> {
        fs::renameat_with(&self.0, from, &self.0, to, fs::RenameFlags::NOREPLACE)
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn rename_no_replace(&self, _: &str, _: &OsStr) -> Result<(), Errno> {
        Err(Errno::NOSYS)
    }

    pub(super) fn unlink(&self, name: &str) -> Result<(), Errno> {
        fs::unlinkat(&self.0, name, AtFlags::empty())
    }

    /// Makes the names as durable as the bytes, where the system can: a directory that may not be read cannot be
    /// opened for that, and some file systems synchronise no directories.
    pub(in crate::output) fn sync(&self) -> io::Result<()> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        match fs::openat(&self.0, ".", flags, Mode::empty()).and_then(fs::fsync) {
            Ok(()) | Err(Errno::ACCESS | Errno::INVAL) => Ok(()),
            // There it is not said which do.
            Err(_) if cfg!(target_vendor = "apple") => Ok(()),
            Err(errno) => Err(errno.into()),
        }
    }
}

/// What `take` returns for a name that is free, and the name.
fn with_temporary_name<T>(
    mut take: impl FnMut(&str) -> Result<T, Errno>,
) -> io::Result<(T, String)> {
    // A name that is taken was left by a process of the same number, or put there to be in the way.
    for _ in 0..100 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let nanos = since.unwrap_or_default().subsec_nanos();
        let name = format!(".mksecret-{}-{nanos}", process::id());
        match take(&name) {
            Ok(taken) => return Ok((taken, name)),
            Err(Errno::EXIST) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    Err(Errno::EXIST.into())
}

/// The descriptor of this process that the link `name` in `directory` leads to.
fn descriptor(directory: &OwnedFd, name: &OsStr) -> Option<i32> {
    let (mut directory, mut name) = (directory.try_clone().ok()?, name.to_owned());
    // `/dev/stdout`, `fd/1`, `/proc/self/fd/1`; with some to spare.
    for _ in 0..8 {
        let here = fs::fstat(&directory).ok()?;
        let is_ours = ["/proc/self/fd", "/proc/thread-self/fd", "/dev/fd"];
        let is_ours = is_ours.into_iter().any(|path| {
            fs::stat(path)
                .is_ok_and(|stat| (stat.st_dev, stat.st_ino) == (here.st_dev, here.st_ino))
        });
        if is_ours {
            return name.to_str()?.parse().ok();
        }
        let target = fs::readlinkat(&directory, &*name, Vec::new()).ok()?;
        let target = Path::new(OsStr::from_bytes(target.as_bytes()));
        let parent = match target.parent()? {
            parent if parent == Path::new("") => Path::new("."),
            parent => parent,
        };
        let flags = SEARCH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        name = target.file_name()?.to_owned();
        directory = fs::openat(&directory, parent, flags, Mode::empty()).ok()?;
    }
    None
}

// The types of numbers differ between systems.
#[allow(clippy::unnecessary_cast)]
fn found(stat: &Stat) -> Found {
    let owner = stat.st_uid;
    let (is_own, is_roots) = (owner == geteuid().as_raw(), owner == 0);
    Found {
        kind: match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Symlink => Kind::Link,
            FileType::Directory => Kind::Directory,
            FileType::CharacterDevice => Kind::Stream,
            FileType::BlockDevice => Kind::Disk,
            FileType::Fifo if is_own || is_roots => Kind::Stream,
            _ => Kind::Other,
        },
        size: stat.st_size as u64,
        mode: Mode::from_raw_mode(stat.st_mode).as_raw_mode() as u32,
        owner: (owner, stat.st_gid),
        is_own,
        is_ours: is_own || is_roots,
        names: stat.st_nlink as u64,
        id: (stat.st_dev as u64, stat.st_ino as u64),
    }
}
