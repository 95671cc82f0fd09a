//! What is made of random bytes: passwords.

pub mod policy;

/// The longest password or passphrase, in bytes of UTF-8: text so long is built whole.
pub const MAX_BYTES: usize = 64 * 1024;
