//! The command line's parts that subcommands share: options, and how values are read. No work is done here.

mod options;
mod values;

pub(crate) use options::{AmountArgs, Common, ItemArgs, PoolArgs, TextArgs};
pub(crate) use values::{BadValue, count, size, whole};
