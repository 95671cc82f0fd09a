//! Names and files where there are no owners, modes, signals and descriptors of directories: Windows.

mod folder;
mod handle;
mod temporary;

pub(super) use folder::{Access, Directory, Lock};
pub(super) use handle::{check_writable, close, enlarge_pipe, is_file_or_disk, sync};
pub(super) use temporary::Draft;
