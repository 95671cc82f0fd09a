//! `mksecret urlsafe`: bytes as URL-safe base64.

use clap::Args;

use crate::{
    args::{AmountArgs, Common, TextArgs, any_value},
    secret::{self, Encoded, Encoding},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret urlsafe              43 characters, 256 bits
  mksecret urlsafe 16           22 characters, 128 bits
  mksecret urlsafe -l 20        exactly 20 characters, 120 bits

The alphabet is A-Z a-z 0-9 - _ (RFC 4648, base64url). One value in 64 begins
with '-', which some programs read as an option. With -l N, each character has 6
bits; not every N decodes to whole bytes.")]
#[command(mut_args(any_value))]
pub(crate) struct Urlsafe {
    #[command(flatten)]
    amount: AmountArgs,
    /// Pad with = to a multiple of four characters
    #[arg(long, conflicts_with = "chars")]
    pad: bool,
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Urlsafe {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        secret::print(self.secret(), &self.texts, &self.common)
    }

    pub(crate) fn secret(&self) -> Encoded {
        let encoding = Encoding::urlsafe(self.pad, self.amount.volume(&self.texts.records));
        Encoded::new(encoding, &self.amount, self.texts.records.count)
    }
}
