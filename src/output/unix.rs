//! Names, files and descriptors on Unix. `windows` has their counterparts for other systems.

mod access;
mod descriptor;
mod directory;
mod draft;

pub(super) use access::Access;
pub(super) use descriptor::{check_writable, close, enlarge_pipe, is_file_or_disk, sync, try_lock};
pub(super) use directory::Directory;
pub(super) use draft::Draft;
