//! `mksecret base64`: bytes as standard base64.

use clap::Args;

use crate::{
    args::{AmountArgs, Common, TextArgs, any_value},
    secret::{self, Encoded, Encoding},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret base64               44 characters, 256 bits
  mksecret base64 48            64 characters without padding, 384 bits
  mksecret base64 -l 20         exactly 20 characters, 120 bits

The alphabet is A-Z a-z 0-9 + / (RFC 4648), padded with =, always on one line.
With -l N, each character has 6 bits and there is no padding; not every N
decodes to whole bytes.")]
#[command(mut_args(any_value))]
pub(crate) struct Base64 {
    #[command(flatten)]
    amount: AmountArgs,
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Base64 {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        secret::print(self.secret(), &self.texts, &self.common)
    }

    pub(crate) fn secret(&self) -> Encoded {
        let encoding = Encoding::standard(self.amount.volume(&self.texts.records));
        Encoded::new(encoding, &self.amount, self.texts.records.count)
    }
}
