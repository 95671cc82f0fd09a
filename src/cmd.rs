//! The subcommands, a file for each.

pub(crate) mod base32;
pub(crate) mod base64;
pub(crate) mod below;
pub(crate) mod bytes;
pub(crate) mod choice;
pub(crate) mod completions;
pub(crate) mod fill;
pub(crate) mod help;
pub(crate) mod hex;
pub(crate) mod man;
pub(crate) mod passphrase;
pub(crate) mod password;
pub(crate) mod pattern;
pub(crate) mod ready;
pub(crate) mod sample;
pub(crate) mod token;
pub(crate) mod urlsafe;
pub(crate) mod uuid;
