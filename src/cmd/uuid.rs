//! `mksecret uuid`: a random UUID.

use clap::Args;
use num_bigint::BigUint;
use zeroize::Zeroizing;

use crate::{
    args::{Common, TextArgs, any_value},
    chars::Shape,
    entropy::{Batch, Entropy},
    output::Output,
    secret::{self, Secret, Summary, Supply},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret uuid
  mksecret uuid -c 3            three of them, one a line
  mksecret uuid --prefix urn:uuid:

A UUID of version 4 (RFC 9562) has 122 random bits, in lower-case hexadecimal
digits.")]
#[command(mut_args(any_value))]
pub(crate) struct Uuid {
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Uuid {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        secret::print(self.secret(), &self.texts, &self.common)
    }

    pub(crate) fn secret(&self) -> impl Secret + use<> {
        Uuids
    }
}

/// Bytes of a UUID.
const BYTES: usize = 16;

/// Length of its text: two digits for each byte, and four hyphens.
const TEXT: usize = 36;

/// UUIDs of version 4.
struct Uuids;

impl Secret for Uuids {
    fn expected_bytes(&self) -> u64 {
        BYTES as u64
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        entropy.fill(&mut *bytes)?;
        let text = out.room(TEXT)?;
        let start = text.len();
        text.resize(start + TEXT, b'-');
        write_text(&mut bytes, &mut text[start..]);
        Ok(())
    }

    fn shape(&self) -> Shape {
        let digits = "0123456789abcdef".chars();
        Shape {
            first: digits.clone().collect(),
            ..Shape::any(digits.chain(['-']), TEXT)
        }
    }

    fn supply(&self) -> Option<Supply> {
        Some(Supply {
            count: BigUint::from(1u32) << 122,
            max_bytes: TEXT,
        })
    }

    fn summary(&self) -> Summary {
        Summary {
            what: "a UUID".into(),
            bits: "122.00".into(),
            how: "version 4".into(),
        }
    }
}

/// Writes the digits of a UUID between the hyphens of `text`; six bits of `bytes` say what kind of UUID it is.
fn write_text(bytes: &mut [u8; BYTES], text: &mut [u8]) {
    bytes[6] = 0x40 | bytes[6] & 0x0f;
    bytes[8] = 0x80 | bytes[8] & 0x3f;
    for (start, group) in [(0, 0..4), (9, 4..6), (14, 6..8), (19, 8..10), (24, 10..16)] {
        let digits = &mut text[start..start + 2 * group.len()];
        hex::encode_to_slice(&bytes[group], digits).expect("two digits for each byte");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_variant_replace_six_bits() {
        let text = |byte| {
            let mut text = [b'-'; TEXT];
            write_text(&mut [byte; BYTES], &mut text);
            String::from_utf8(text.to_vec()).unwrap()
        };
        assert_eq!(text(0x00), "00000000-0000-4000-8000-000000000000");
        assert_eq!(text(0xff), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(text(0x5a), "5a5a5a5a-5a5a-4a5a-9a5a-5a5a5a5a5a5a");
    }
}
