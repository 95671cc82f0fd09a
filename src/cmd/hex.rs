//! `mksecret hex`: bytes as hexadecimal digits.

use clap::Args;

use super::encode::{self, Amount, Encoding};
use crate::cli::{Common, TextArgs};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret hex                  64 digits, 256 bits
  mksecret hex 16               32 digits, 128 bits
  mksecret hex -l 7             exactly 7 digits
  mksecret hex 16 -c 3          three of them, one a line")]
pub(super) struct Hex {
    #[command(flatten)]
    amount: Amount,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Hex {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let encoding = Encoding {
            name: "hexadecimal",
            bits: 4,
            encode,
        };
        encode::run(&encoding, &self.amount, &self.text, &self.common)
    }
}

pub(super) fn encode(bytes: &[u8], text: &mut [u8]) -> usize {
    let length = 2 * bytes.len();
    hex::encode_to_slice(bytes, &mut text[..length]).expect("the text has two digits a byte");
    length
}
