//! What is read: standard input, files, and items one after another.

mod blocks;
mod read;
mod source;
mod stdin;

pub(crate) use blocks::Blocks;
pub(crate) use read::read_at_most;
pub(crate) use source::Source;
