//! `mksecret hex`: bytes as hexadecimal digits.

use clap::Args;

use crate::{
    args::{AmountArgs, Common, TextArgs, any_value},
    secret::{self, Encoded, Encoding},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret hex                  64 digits, 256 bits
  mksecret hex 16               32 digits, 128 bits
  mksecret hex -l 7             exactly 7 digits
  mksecret hex 16 -c 3          three of them, one per line")]
#[command(mut_args(any_value))]
pub(crate) struct Hex {
    #[command(flatten)]
    amount: AmountArgs,
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Hex {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        secret::print(self.secret(), &self.texts, &self.common)
    }

    pub(crate) fn secret(&self) -> Encoded {
        let encoding = Encoding::hex();
        Encoded::new(encoding, &self.amount, self.texts.records.count)
    }
}
