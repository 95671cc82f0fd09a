//! `mksecret base32`: bytes as base32.

use clap::Args;

use crate::{
    args::{AmountArgs, Common, TextArgs, any_value},
    secret::{self, Encoded, Encoding},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret base32 20            32 characters, 160 bits: a TOTP seed
  mksecret base32 -l 26         exactly 26 characters, 130 bits

The alphabet is A-Z 2-7 (RFC 4648). With -l N, each character has 5 bits; not
every N decodes to whole bytes.")]
#[command(mut_args(any_value))]
pub(crate) struct Base32 {
    #[command(flatten)]
    amount: AmountArgs,
    /// Pad with = to a multiple of eight characters
    #[arg(long, conflicts_with = "chars")]
    pad: bool,
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Base32 {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        secret::print(self.secret(), &self.texts, &self.common)
    }

    pub(crate) fn secret(&self) -> Encoded {
        let encoding = Encoding::base32(self.pad);
        Encoded::new(encoding, &self.amount, self.texts.records.count)
    }
}
