//! `mksecret urlsafe`: bytes as URL-safe base64.

use base64::engine::{
    Engine as _,
    general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};
use clap::Args;

use super::encode::{self, Amount, Encoding};
use crate::cli::{Common, TextArgs};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret urlsafe              43 characters, 256 bits
  mksecret urlsafe 16           22 characters, 128 bits
  mksecret urlsafe -l 20        exactly 20 characters, 120 bits

The alphabet is A-Z a-z 0-9 - _ (RFC 4648, base64url). One value in 64 begins
with '-', which some programs take for an option. With -l N, each character
stands for 6 bits; not every N decodes to whole bytes.")]
pub(super) struct Urlsafe {
    #[command(flatten)]
    amount: Amount,
    /// Pad with = to a multiple of four characters
    #[arg(long, conflicts_with = "chars")]
    pad: bool,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Urlsafe {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let encode = if self.pad { padded } else { unpadded };
        let encoding = Encoding {
            name: "URL-safe base64",
            bits: 6,
            encode,
        };
        encode::run(&encoding, &self.amount, &self.text, &self.common)
    }
}

pub(super) fn unpadded(bytes: &[u8], text: &mut [u8]) -> usize {
    URL_SAFE_NO_PAD
        .encode_slice(bytes, text)
        .expect("the text has two characters a byte")
}

pub(super) fn padded(bytes: &[u8], text: &mut [u8]) -> usize {
    URL_SAFE
        .encode_slice(bytes, text)
        .expect("the text has two characters a byte and room for padding")
}
