//! `mksecret base32`: bytes as base32.

use base32::Alphabet;
use clap::Args;
use zeroize::Zeroizing;

use super::encode::{self, Amount, Encoding};
use crate::cli::{Common, TextArgs};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret base32 20            32 characters, 160 bits: a TOTP seed
  mksecret base32 -l 26         exactly 26 characters, 130 bits

The alphabet is A-Z 2-7 (RFC 4648). With -l N, each character stands for 5 bits;
not every N decodes to whole bytes.")]
pub(super) struct Base32 {
    #[command(flatten)]
    amount: Amount,
    /// Pad with = to a multiple of eight characters
    #[arg(long, conflicts_with = "chars")]
    pad: bool,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Base32 {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let encode = if self.pad { padded } else { unpadded };
        let encoding = Encoding {
            name: "base32",
            bits: 5,
            encode,
        };
        encode::run(&encoding, &self.amount, &self.text, &self.common)
    }
}

pub(super) fn unpadded(bytes: &[u8], text: &mut [u8]) -> usize {
    encode(Alphabet::Rfc4648 { padding: false }, bytes, text)
}

pub(super) fn padded(bytes: &[u8], text: &mut [u8]) -> usize {
    encode(Alphabet::Rfc4648 { padding: true }, bytes, text)
}

fn encode(alphabet: Alphabet, bytes: &[u8], text: &mut [u8]) -> usize {
    let encoded = Zeroizing::new(base32::encode(alphabet, bytes));
    text[..encoded.len()].copy_from_slice(encoded.as_bytes());
    encoded.len()
}
