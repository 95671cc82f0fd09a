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

/// Both digits of a byte at once and by arithmetic, which the compiler turns into vectors: the table of the `hex` crate
/// held the stream back, and a look-up depends on the secret.
pub(super) fn encode(bytes: &[u8], text: &mut [u8]) -> usize {
    let length = 2 * bytes.len();
    let (pairs, _) = text[..length].as_chunks_mut();
    for (pair, byte) in pairs.iter_mut().zip(bytes) {
        let byte = u16::from(*byte);
        // The first digit in the low half.
        let nibbles = (byte >> 4) | ((byte & 15) << 8);
        // 1 in each half that is above 9.
        let letters = ((nibbles + 0x0606) >> 4) & 0x0101;
        *pair = (nibbles + 0x3030 + letters * 39).to_le_bytes();
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_written_as_the_hex_crate_writes_it() {
        let bytes: Vec<u8> = (0..=255).collect();
        let mut text = vec![0; 512];
        assert_eq!(encode(&bytes, &mut text), 512);
        assert_eq!(text, hex::encode(&bytes).into_bytes());
    }
}
