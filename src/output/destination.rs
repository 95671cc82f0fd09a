//! What stands at the place where the secret shall go, and how it may be opened.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use super::file::NewFile;
use crate::error::Error;

/// Where the secret shall go.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    /// The file; `None` or `-` is standard output.
    pub(crate) path: Option<PathBuf>,
    /// Permissions of a new file.
    pub(crate) mode: u32,
    /// What to do about a file that is there.
    pub(crate) existing: Existing,
}

/// What to do about a file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// Fail.
    Refuse,
    /// Put the new file in its place.
    Replace,
    /// Leave it, and take it for success unless it is empty.
    Keep,
}

pub(super) enum Opened {
    Keep,
    There { file: File, name: String },
    New(NewFile),
}

impl Destination {
    /// Whether raw bytes may go to a terminal: `-o -` says so.
    pub(super) fn allows_raw(&self) -> bool {
        self.path.as_deref() == Some(Path::new("-"))
    }

    pub(super) fn open(&self) -> anyhow::Result<Opened> {
        let Some(path) = self.path.as_deref().filter(|path| *path != Path::new("-")) else {
            return stdout();
        };
        if let Some(number) = descriptor_number(path) {
            return descriptor(number, path);
        }
        match fs::symlink_metadata(path) {
            Ok(metadata) if may_be_written_to(&metadata) => {
                let file = OpenOptions::new()
                    .write(true)
                    .open(path)
                    .with_context(|| format!("cannot open {}", path.display()))?;
                Ok(Opened::There {
                    file,
                    name: path.display().to_string(),
                })
            }
            Ok(metadata) if metadata.is_file() || metadata.is_symlink() => match self.existing {
                Existing::Refuse => Err(Error::Exists(path.into()).into()),
                Existing::Replace => self.new_file(path),
                Existing::Keep => keep(path).map(|()| Opened::Keep),
            },
            Ok(metadata) if metadata.is_dir() => bail!("{} is a directory", path.display()),
            Ok(_) => bail!(
                "{} is neither a file, nor a character device, nor a pipe of yours",
                path.display()
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.new_file(path),
            Err(error) => Err(error).with_context(|| format!("cannot create {}", path.display())),
        }
    }

    fn new_file(&self, path: &Path) -> anyhow::Result<Opened> {
        NewFile::new(path, self.mode, self.existing).map(Opened::New)
    }
}

/// Accepts the file that is at `path`, unless a generator that failed left it empty.
pub(super) fn keep(path: &Path) -> anyhow::Result<()> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot keep {}", path.display()))?;
    if !metadata.is_file() {
        bail!("cannot keep {}: it is no file", path.display());
    }
    if metadata.len() == 0 {
        return Err(Error::KeptEmpty(path.into()).into());
    }
    Ok(())
}

/// Standard output.
pub(super) fn stdout() -> anyhow::Result<Opened> {
    #[cfg(unix)]
    if super::descriptor::was_closed(1) {
        return Err(Error::StdoutClosed.into());
    }
    let name = "standard output".to_string();
    let file = duplicate(io::stdout()).with_context(|| format!("cannot open {name}"))?;
    Ok(Opened::There { file, name })
}

#[cfg(unix)]
fn duplicate(stream: impl std::os::fd::AsFd) -> io::Result<File> {
    stream.as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn duplicate(stream: impl std::os::windows::io::AsHandle) -> io::Result<File> {
    stream.as_handle().try_clone_to_owned().map(File::from)
}

/// The descriptor that `path` is a name of: opened by its name, a file would be written from its start.
fn descriptor_number(path: &Path) -> Option<i32> {
    if !cfg!(unix) {
        return None;
    }
    match path.to_str()? {
        "/dev/stdout" => Some(1),
        "/dev/stderr" => Some(2),
        path => {
            let number = path
                .strip_prefix("/dev/fd/")
                .or_else(|| path.strip_prefix("/proc/self/fd/"))?;
            let parsed: i32 = number.parse().ok()?;
            (parsed >= 0 && parsed.to_string() == number).then_some(parsed)
        }
    }
}

#[cfg(unix)]
fn descriptor(number: i32, path: &Path) -> anyhow::Result<Opened> {
    if number == 1 {
        return stdout();
    }
    let file = super::descriptor::duplicate(number)
        .with_context(|| format!("cannot open {}", path.display()))?
        .into();
    Ok(Opened::There {
        file,
        name: path.display().to_string(),
    })
}

#[cfg(not(unix))]
fn descriptor(_: i32, _: &Path) -> anyhow::Result<Opened> {
    unreachable!("no path names a descriptor here")
}

/// Whether what is there is opened and written to: a character device, or a pipe that no other user put there.
#[cfg(unix)]
fn may_be_written_to(metadata: &Metadata) -> bool {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};

    let kind = metadata.file_type();
    let owner = metadata.uid();
    kind.is_char_device()
        || kind.is_fifo() && (owner == 0 || owner == rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn may_be_written_to(_: &Metadata) -> bool {
    false
}
