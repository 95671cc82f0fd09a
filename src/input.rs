//! What is read: standard input, files, and items one after another.

mod blocks;
mod source;
mod stdin;

pub(crate) use blocks::Blocks;
pub(crate) use source::Source;
