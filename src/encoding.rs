//! Bytes as text.

mod encoders;

pub(crate) use encoders::{Encoding, GROUP};
