//! Writing, synchronising and closing, with every answer looked at.

use std::{
    fs::File,
    io::{self, Read, Write},
};

use zeroize::Zeroizing;

use crate::{error::transferred, memory};

/// Writes all of `bytes`, however few are taken at a time, and waits where the descriptor itself would not.
pub(super) fn write_all(file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[transferred(written, bytes.len())?..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_writable(file)?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Waits until a non-blocking `file`, as some parents make their child's standard output, takes more.
#[cfg(unix)]
fn wait_writable(file: &File) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};

    match poll(&mut [PollFd::new(file, PollFlags::OUT)], None) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(errno) => Err(errno.into()),
    }
}

#[cfg(not(unix))]
fn wait_writable(_: &File) -> io::Result<()> {
    Err(io::ErrorKind::WouldBlock.into())
}

/// Asks for a larger pipe, where `file` is one: on an idle machine each turn of writer and reader wakes a processor. The
/// system may refuse, for its limits in pipe(7), and the output is then slower and nothing else.
#[cfg(target_os = "linux")]
pub(super) fn enlarge_pipe(file: &File) {
    use rustix::{
        io::Errno,
        pipe::{fcntl_getpipe_size, fcntl_setpipe_size},
    };

    let Ok(present) = fcntl_getpipe_size(file) else {
        return;
    };
    let mut size = 1 << 20;
    while size > present && fcntl_setpipe_size(file, size) == Err(Errno::PERM) {
        size /= 2;
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn enlarge_pipe(_: &File) {}

/// Whether a write failed because nobody reads any more.
pub(super) fn is_reader_gone(error: &io::Error) -> bool {
    /// One of three errors that Windows has for it, and the one that std does not know.
    const ERROR_PIPE_NOT_CONNECTED: i32 = 233;
    error.kind() == io::ErrorKind::BrokenPipe
        || cfg!(windows) && error.raw_os_error() == Some(ERROR_PIPE_NOT_CONNECTED)
}

/// Reads all of `file`, at most `most` bytes, into a buffer that does not grow.
pub(super) fn read_all(mut file: File, most: usize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    // One byte more, to see the end.
    let mut bytes = Zeroizing::new(memory::vec_of(
        0,
        file.metadata()?.len().min(most as u64) as usize + 1,
    )?);
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => {
                bytes.truncate(filled);
                return Ok(bytes);
            }
            Ok(read) => filled += transferred(read, bytes.len() - filled)?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    anyhow::bail!("it is larger than {most} bytes, or grows")
}

/// Waits until `file` has reached the disk.
pub(super) fn sync(file: &File) -> io::Result<()> {
    let synchronised = file.sync_all();
    #[cfg(target_vendor = "apple")]
    if synchronised.as_ref().is_err_and(has_no_full_sync) {
        return Ok(rustix::fs::fsync(file)?);
    }
    synchronised
}

/// Whether a file system has no F_FULLFSYNC, which std asks for on macOS: SMB, WebDAV and others have not. Any other
/// error says that bytes may be lost.
#[cfg(all(unix, any(test, target_vendor = "apple")))]
fn has_no_full_sync(error: &io::Error) -> bool {
    use rustix::io::Errno;

    // The first two are one on Linux.
    [Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOTTY, Errno::INVAL]
        .map(Some)
        .contains(&Errno::from_io_error(error))
}

/// Closes `file`; some file systems say only now that bytes were lost.
pub(super) fn close(file: File) -> io::Result<()> {
    #[cfg(unix)]
    nix::unistd::close(file)?;
    #[cfg(not(unix))]
    drop(file);
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use rustix::io::Errno;

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
