//! What the subcommands that encode bytes have in common: how much, and the way from chunk to text.

use clap::{Args, ValueHint};
use zeroize::Zeroizing;

use super::say_made;
use crate::{
    cli::{self, Common, TextArgs},
    entropy::{Batch, CHUNK, Entropy, Stream, strength},
    output::{Output, Texts},
    sample::strength::shown_bits,
};

// How much to encode.
#[derive(Args, Debug)]
pub(super) struct Amount {
    /// How many bytes to encode: digits, then nothing or one of K M G T (powers
    /// of 1024, also KiB …) or KB MB GB TB (powers of 1000)
    #[arg(value_name = "N", default_value = "32", value_parser = cli::size, value_hint = ValueHint::Other)]
    bytes: u64,
    /// Print exactly N characters instead
    #[arg(short = 'l', long, value_name = "N", value_parser = cli::count, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with = "bytes")]
    chars: Option<u64>,
    /// Take every byte from the kernel, also beyond 64 KiB
    #[arg(long)]
    no_expand: bool,
}

/// A way to write bytes as text.
pub(super) struct Encoding {
    /// For the line of `-v`.
    pub(super) name: &'static str,
    /// Bits that one character stands for.
    pub(super) bits: u32,
    /// Writes the text of the bytes, and returns its length. The text of a whole number of groups of 15 bytes can be
    /// followed by another text.
    pub(super) encode: fn(&[u8], &mut [u8]) -> usize,
}

/// Bytes that every encoding here takes as whole groups: of 1 (hex), 3 (base64) and 5 (base32).
const GROUP: usize = 15;

/// Prints `amount` in `encoding`, as often as `text` says.
pub(super) fn run(
    encoding: &Encoding,
    amount: &Amount,
    text: &TextArgs,
    common: &Common,
) -> anyhow::Result<()> {
    let Some(mut out) = Output::open(&common.file.destination(), false)? else {
        return Ok(());
    };
    let bits_wanted = amount
        .chars
        .map(|chars| u128::from(chars) * u128::from(encoding.bits));
    let bytes = bits_wanted.map_or(amount.bytes, |bits| bits.div_ceil(8) as u64);
    if bytes > CHUNK as u64 && text.count == 1 {
        out.show_progress((u128::from(bytes) * 8 / u128::from(encoding.bits)) as u64);
    }
    let mut kernel = common.pool.kernel()?;
    let mut batch;
    let source: &mut dyn Entropy = if bytes > CHUNK as u64 {
        &mut kernel
    } else {
        batch = Batch::new(
            &mut kernel,
            (bytes as usize).saturating_mul(text.count.min(CHUNK as u64) as usize),
        );
        &mut batch
    };
    let mut encoder = Encoder::new(encoding, bytes);
    let mut texts = Texts::new(out, text.format());
    for _ in 0..text.count {
        let stream = Stream::new(source, !amount.no_expand);
        encoder.print(stream, bytes, amount.chars, texts.begin()?)?;
    }
    texts.finish()?;
    if common.verbose {
        let strength = strength(bytes, !amount.no_expand);
        let strength = bits_wanted.map_or(strength, |bits| strength.min(bits as f64));
        let what = match amount.chars {
            Some(chars) => format!("{chars} characters"),
            None => format!("{bytes} bytes"),
        };
        say_made(text.count, &what, &shown_bits(strength), encoding.name);
    }
    Ok(())
}

/// The buffers on the way, wiped at the end.
struct Encoder<'a> {
    encoding: &'a Encoding,
    raw: Zeroizing<Vec<u8>>,
    text: Zeroizing<Vec<u8>>,
}

impl<'a> Encoder<'a> {
    /// Buffers for values of `bytes` bytes.
    fn new(encoding: &'a Encoding, bytes: u64) -> Self {
        let raw = bytes.min(CHUNK as u64) as usize + GROUP;
        // Hexadecimal takes the most characters; the rest is padding.
        Self {
            encoding,
            raw: Zeroizing::new(vec![0; raw]),
            text: Zeroizing::new(vec![0; 2 * raw + 8]),
        }
    }

    /// Prints a value of `bytes` bytes, or as much of its text as `chars` says.
    fn print(
        &mut self,
        mut stream: Stream<'_>,
        bytes: u64,
        chars: Option<u64>,
        out: &mut Output,
    ) -> anyhow::Result<()> {
        let mut bytes_left = bytes;
        let mut chars_left = chars.unwrap_or(u64::MAX);
        // Bytes at the start of `raw` that did not make a whole group with their chunk.
        let mut carried = 0;
        while bytes_left > 0 {
            let filled = carried + bytes_left.min(CHUNK as u64) as usize;
            stream.fill(&mut self.raw[carried..filled])?;
            bytes_left -= (filled - carried) as u64;
            let encoded = if bytes_left == 0 {
                filled
            } else {
                filled - filled % GROUP
            };
            let length = (self.encoding.encode)(&self.raw[..encoded], &mut self.text);
            let length = chars_left.min(length as u64);
            out.write(&self.text[..length as usize])?;
            chars_left -= length;
            self.raw.copy_within(encoded..filled, 0);
            carried = filled - encoded;
        }
        Ok(())
    }
}
