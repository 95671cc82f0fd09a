//! What std does not do with an open file, or not well enough.

use std::{fs::File, io, os::unix::fs::FileTypeExt};

use rustix::{
    fs::{FlockOperation, OFlags, fcntl_getfl, flock},
    io::Errno,
};

/// Refuses a descriptor that cannot be written to.
pub(in crate::output) fn check_writable(file: &File) -> io::Result<()> {
    if fcntl_getfl(file)? & OFlags::RWMODE == OFlags::RDONLY {
        return Err(Errno::BADF.into());
    }
    Ok(())
}

/// Asks for a larger pipe, where `file` is one: on an idle machine each turn of writer and reader wakes a processor. The
/// system may refuse, for its limits in pipe(7), and the output is then slower and nothing else.
#[cfg(target_os = "linux")]
pub(in crate::output) fn enlarge_pipe(file: &File) {
    use rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size};

    let Ok(present) = fcntl_getpipe_size(file) else {
        return;
    };
    let mut size = 1 << 20;
    while size > present && fcntl_setpipe_size(file, size) == Err(Errno::PERM) {
        size /= 2;
    }
}

#[cfg(not(target_os = "linux"))]
pub(in crate::output) fn enlarge_pipe(_: &File) {}

/// Whether it is a regular file or a block device.
pub(in crate::output) fn is_file_or_disk(file: &File) -> bool {
    file.metadata()
        .is_ok_and(|metadata| metadata.is_file() || metadata.file_type().is_block_device())
}

/// Locks `file` until it is closed; `false` if another process has locked it. Without a lock, the file is taken as it
/// is: NFS locks none that is open for reading only, and some file systems have no locks.
pub(in crate::output) fn try_lock(file: &File) -> io::Result<bool> {
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) | Err(Errno::BADF | Errno::NOLCK | Errno::OPNOTSUPP | Errno::NOSYS) => Ok(true),
        Err(Errno::WOULDBLOCK) => Ok(false),
        Err(errno) => Err(errno.into()),
    }
}

/// Waits until `file` has reached the disk.
pub(in crate::output) fn sync(file: &File) -> io::Result<()> {
    let synchronised = file.sync_all();
    if cfg!(target_vendor = "apple") && synchronised.as_ref().is_err_and(has_no_full_sync) {
        return Ok(rustix::fs::fsync(file)?);
    }
    synchronised
}

/// Whether a file system has no F_FULLFSYNC, which std asks for on macOS: SMB, WebDAV and others have not. Any other
/// error says that bytes may be lost.
fn has_no_full_sync(error: &io::Error) -> bool {
    // The first two are one on Linux.
    [Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOTTY, Errno::INVAL]
        .map(Some)
        .contains(&Errno::from_io_error(error))
}

/// Closes `file`; some file systems say only now that bytes were lost.
pub(in crate::output) fn close(file: File) -> io::Result<()> {
    Ok(nix::unistd::close(file)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_missing_full_sync_is_replaced() {
        for errno in [Errno::NOTSUP, Errno::NOTTY, Errno::INVAL] {
            assert!(has_no_full_sync(&errno.into()), "{errno}");
        }
        for errno in [Errno::IO, Errno::NOSPC, Errno::DQUOT] {
            assert!(!has_no_full_sync(&errno.into()), "{errno}");
        }
    }
}
