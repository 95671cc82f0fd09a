//! `mksecret base64`: bytes as standard base64.

use base64::engine::{Engine as _, general_purpose::STANDARD};
use clap::Args;

use super::encode::{self, Amount, Encoding};
use crate::cli::{Common, TextArgs};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret base64               44 characters, 256 bits
  mksecret base64 48            64 characters without padding, 384 bits
  mksecret base64 -l 20         exactly 20 characters, 120 bits

The alphabet is A-Z a-z 0-9 + / (RFC 4648), padded with =, always on one line.
With -l N there is no padding; each character stands for 6 bits, and not every N
decodes to whole bytes.")]
pub(super) struct Base64 {
    #[command(flatten)]
    amount: Amount,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Base64 {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let encoding = Encoding {
            name: "base64",
            bits: 6,
            encode,
        };
        encode::run(&encoding, &self.amount, &self.text, &self.common)
    }
}

pub(super) fn encode(bytes: &[u8], text: &mut [u8]) -> usize {
    STANDARD
        .encode_slice(bytes, text)
        .expect("the text has two characters a byte and room for padding")
}
