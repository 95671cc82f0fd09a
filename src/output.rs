//! Where secrets leave the program: standard output, files, terminals.
//!
//! Every answer is looked at, since exit status 0 says that every byte arrived. Standard output is therefore used
//! through a `File` and not through `std::io::Stdout`, which keeps an unwiped copy of what was written, loses what is
//! left of it at exit, and takes a closed or read-only descriptor for success.
//!
//! - [`Output`]: one destination, opened with its rules, written to and finished.
//! - [`Output::memory`]: no destination, for a text that becomes part of another.
//! - [`Texts`]: texts one after another, with what stands before and after each.
//!
//! What was written is wiped from the buffers here; copies on the stack and in the kernel are not chased.

#[cfg(unix)]
mod access;
mod base;
mod buffered;
mod destination;
#[cfg(any(test, not(unix)))]
mod device_name;
#[cfg(unix)]
mod directory;
mod kind;
#[cfg(unix)]
mod new_file;
#[cfg(unix)]
mod place;
mod progress;
mod sink;
mod texts;
#[cfg(not(unix))]
mod windows_file;
#[cfg(not(unix))]
mod windows_place;
mod write;

pub(crate) use buffered::Output;
pub(crate) use destination::{Destination, Existing};
pub(crate) use texts::{Format, Texts};
