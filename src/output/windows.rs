//! Names and files where there are no owners, modes, signals and descriptors of directories: Windows.

mod folder;
mod handle;
mod temporary;

pub(super) use folder::{Access, Directory};
pub(super) use handle::{check_writable, close, enlarge_pipe, is_file_or_disk, sync, try_lock};
pub(super) use temporary::Draft;
