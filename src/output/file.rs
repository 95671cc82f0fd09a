//! A new file that is never seen incomplete.
//!
//! It is written under a temporary name in its directory, with its mode from birth, and gets its own name only when
//! every byte has reached the disk. Killed at any moment, the name is absent (or still the old file) or complete. On
//! an error, and on INT, TERM and HUP, the temporary is removed.
//!
//! On Windows the permissions are those of the directory, and the directory is not synchronised.

use std::{
    fs::{File, Permissions},
    io,
    path::{Path, PathBuf},
};

use anyhow::Context;
use tempfile::{Builder, NamedTempFile};

use super::{Existing, close, destination, write_all};

/// A file to be. Dropped before [`NewFile::finish`], it leaves nothing.
#[derive(Debug)]
pub(super) struct NewFile {
    path: PathBuf,
    mode: u32,
    existing: Existing,
    /// Made with the first byte, so that a wait for the kernel's pool leaves nothing to clean up.
    temporary: Option<Temporary>,
}

#[derive(Debug)]
struct Temporary {
    file: NamedTempFile,
    signals: signals::Noted,
}

impl NewFile {
    pub(super) fn new(path: &Path, mode: u32, existing: Existing) -> anyhow::Result<Self> {
        let new = Self {
            path: path.into(),
            mode,
            existing,
            temporary: None,
        };
        // Seen now, before anything is drawn.
        std::fs::metadata(new.directory())
            .and_then(|directory| {
                if directory.is_dir() {
                    Ok(())
                } else {
                    Err(io::ErrorKind::NotADirectory.into())
                }
            })
            .with_context(|| new.cannot("create"))?;
        Ok(new)
    }

    /// The directory the file will be in.
    fn directory(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        }
    }

    fn cannot(&self, verb: &str) -> String {
        format!("cannot {verb} {}", self.path.display())
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        if self.temporary.is_none() {
            let signals = signals::Noted::begin().with_context(|| self.cannot("create"))?;
            // The reason alone: the temporary's name would only confuse.
            let file = create(self.directory(), self.mode)
                .map_err(|error| io::Error::from(error.kind()))
                .with_context(|| self.cannot("create"))?;
            self.temporary = Some(Temporary { file, signals });
        }
        let temporary = self.temporary.as_mut().expect("made above");
        temporary.signals.check()?;
        write_all(temporary.file.as_file_mut(), bytes)
            .with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Gives the file its name.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        let Temporary { file, signals } = self.temporary.take().expect("no secret is empty");
        let (file, temporary) = file.into_parts();
        file.sync_all().with_context(|| self.cannot("write"))?;
        close(file).with_context(|| self.cannot("write"))?;
        signals.check()?;
        let renamed = match self.existing {
            Existing::Replace => temporary.persist(&self.path),
            Existing::Refuse | Existing::Keep => temporary.persist_noclobber(&self.path),
        };
        match renamed.map_err(|failed| failed.error) {
            Ok(()) => {}
            // Another process was faster.
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists
                    && self.existing == Existing::Keep =>
            {
                return destination::keep(&self.path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(crate::error::Error::Exists(self.path).into());
            }
            Err(error) => return Err(error).with_context(|| self.cannot("create")),
        }
        sync_directory(self.directory()).with_context(|| self.cannot("make permanent"))
    }
}

#[cfg(unix)]
fn create(directory: &Path, mode: u32) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;

    let file = Builder::new()
        .prefix(".mksecret-")
        .permissions(Permissions::from_mode(0o600))
        .tempfile_in(directory)?;
    // Whatever the umask.
    file.as_file()
        .set_permissions(Permissions::from_mode(mode))?;
    Ok(file)
}

#[cfg(not(unix))]
fn create(directory: &Path, _mode: u32) -> io::Result<NamedTempFile> {
    Builder::new().prefix(".mksecret-").tempfile_in(directory)
}

/// Makes the name as durable as the bytes, where the system can: a directory that may be written to but not read
/// cannot be opened for that, and some file systems synchronise no directories.
fn sync_directory(directory: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(directory).and_then(|directory| directory.sync_all()) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput
            ) =>
        {
            Ok(())
        }
        synchronised => synchronised,
    }
}

/// INT, TERM and HUP while the temporary is there: noted, and obeyed after it is removed.
#[cfg(unix)]
mod signals {
    use std::{
        fs, io,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };

    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        flag,
    };

    use crate::error::Error;

    #[derive(Debug)]
    pub(super) struct Noted(Arc<AtomicUsize>);

    impl Noted {
        pub(super) fn begin() -> io::Result<Self> {
            let noted = Arc::new(AtomicUsize::new(0));
            let ignored = ignored();
            for signal in [SIGINT, SIGTERM, SIGHUP] {
                // What the parent told us to ignore (nohup) stays ignored.
                if ignored & (1 << (signal - 1)) == 0 {
                    flag::register_usize(signal, noted.clone(), signal as usize)?;
                }
            }
            Ok(Self(noted))
        }

        pub(super) fn check(&self) -> anyhow::Result<()> {
            match self.0.load(Ordering::Relaxed) {
                0 => Ok(()),
                signal => Err(Error::Interrupted(signal as i32).into()),
            }
        }
    }

    /// The set of ignored signals, bit 0 for signal 1: proc(5). Empty where there is no such file.
    fn ignored() -> u64 {
        fs::read_to_string("/proc/self/status")
            .ok()
            .and_then(|status| {
                let mask = status
                    .lines()
                    .find_map(|line| line.strip_prefix("SigIgn:"))?;
                u64::from_str_radix(mask.trim(), 16).ok()
            })
            .unwrap_or(0)
    }
}

#[cfg(not(unix))]
mod signals {
    #[derive(Debug)]
    pub(super) struct Noted;

    impl Noted {
        pub(super) fn begin() -> std::io::Result<Self> {
            Ok(Self)
        }

        pub(super) fn check(&self) -> anyhow::Result<()> {
            Ok(())
        }
    }
}
