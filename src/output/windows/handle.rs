//! Calls on an open file.

use std::{fs::File, io};

/// The first write tells.
pub(in crate::output) fn check_writable(_: &File) -> io::Result<()> {
    Ok(())
}

/// The size of a pipe stays as it is.
pub(in crate::output) fn enlarge_pipe(_: &File) {}

/// Whether it is a regular file; disks cannot be told.
pub(in crate::output) fn is_file_or_disk(file: &File) -> bool {
    file.metadata().is_ok_and(|metadata| metadata.is_file())
}

/// Nobody is kept from it: a lock would also keep others from reading the file.
pub(in crate::output) fn try_lock(_: &File) -> io::Result<bool> {
    Ok(true)
}

/// Waits until `file` has reached the disk.
pub(in crate::output) fn sync(file: &File) -> io::Result<()> {
    file.sync_all()
}

/// Closes `file`.
pub(in crate::output) fn close(file: File) -> io::Result<()> {
    drop(file);
    Ok(())
}
