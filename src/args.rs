//! The command line's parts that subcommands share: options, and how values are read. No work is done here.

mod integer;
mod options;
mod values;

pub(crate) use integer::{Integer, MAX_BITS, Span, TOO_LARGE};
pub(crate) use options::{AmountArgs, Common, ItemArgs, PoolArgs, TextArgs};
pub(crate) use values::{BadValue, count, size, whole};
#[cfg(fuzzing)]
pub(crate) use values::{duration, mode};
