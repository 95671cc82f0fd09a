//! Where random bytes come from.
//!
//! One promise, [`Entropy::fill`]: the whole buffer holds fresh secret bytes, or the call failed. There is no partial
//! answer and no weaker source: nothing here mixes, seeds or substitutes.
//!
//! - [`Kernel`]: the operating system's generator, and the rules for asking it.
//! - [`Batch`]: serves many small requests from a few large ones.
//! - [`Stream`]: one value longer than 64 KiB, expanded from the kernel's bytes.

mod batch;
#[cfg(all(target_os = "linux", not(mksecret_portable)))]
mod device;
#[cfg(all(target_os = "linux", not(mksecret_portable)))]
#[path = "entropy/linux.rs"]
mod kernel;
// The build with `--cfg mksecret_portable` tests this branch on Linux.
#[cfg(any(not(target_os = "linux"), mksecret_portable))]
#[path = "entropy/portable.rs"]
mod kernel;
#[cfg(all(target_os = "linux", not(mksecret_portable)))]
mod requests;
mod source;
mod stream;

pub(crate) use batch::Batch;
pub(crate) use kernel::Kernel;
#[cfg(test)]
pub(crate) use source::Scripted;
pub(crate) use source::{Entropy, EntropyError, Options, Pool, Wait};
pub(crate) use stream::{CHUNK, Stream, value_bits};
