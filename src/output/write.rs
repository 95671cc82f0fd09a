//! Writing and reading, with every answer looked at.

use std::{
    fs::File,
    io::{self, Read, Write},
};

use zeroize::Zeroizing;

use crate::{error::transferred, memory, process::wait_writable};

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

/// Whether a write failed because nobody reads any more.
pub(super) fn is_reader_gone(error: &io::Error) -> bool {
    /// One of three errors that Windows has for it, and the one that std does not know.
    const ERROR_PIPE_NOT_CONNECTED: i32 = 233;
    error.kind() == io::ErrorKind::BrokenPipe
        || cfg!(windows) && error.raw_os_error() == Some(ERROR_PIPE_NOT_CONNECTED)
}

/// Reads all of `file`, at most `most` bytes, into a buffer that does not grow.
pub(super) fn read_all(mut file: &File, most: usize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
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
