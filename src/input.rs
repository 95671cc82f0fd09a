//! What is read: standard input, files, and items one after another.

mod blocks;
mod named;
mod read;
mod stdin;

pub(crate) use blocks::Blocks;
pub(crate) use named::Source;
pub(crate) use read::{BLOCK, read_at_most};
