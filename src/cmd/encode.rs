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
    let Some(mut out) = Output::open(&common.destination(), false)? else {
        return Ok(());
    };
    let bits_wanted = amount
        .chars
        .map(|chars| u128::from(chars) * u128::from(encoding.bits));
    let bytes = bits_wanted.map_or(amount.bytes, |bits| bits.div_ceil(8) as u64);
    if bytes > CHUNK as u64 && text.count == 1 {
        let total = u128::from(bytes) * 8 / u128::from(encoding.bits);
        out.show_progress(total.try_into().unwrap_or(u64::MAX));
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
    // To ask the processor what it can do costs as much as some system calls; what is short need not.
    let expand = !amount.no_expand && bytes > CHUNK as u64;
    for _ in 0..text.count {
        let stream = Stream::new(source, expand);
        encoder.print(stream, bytes, amount.chars, &mut texts)?;
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
        texts: &mut Texts,
    ) -> anyhow::Result<()> {
        let mut bytes_left = bytes;
        let mut chars_left = chars.unwrap_or(u64::MAX);
        // Before the text begins: without entropy there shall be no prefix either.
        let mut filled = self.fill(&mut stream, 0, &mut bytes_left)?;
        let out = texts.begin()?;
        loop {
            let encoded = if bytes_left == 0 {
                filled
            } else {
                filled - filled % GROUP
            };
            let length = (self.encoding.encode)(&self.raw[..encoded], &mut self.text);
            let length = chars_left.min(length as u64);
            out.write(&self.text[..length as usize])?;
            if bytes_left == 0 {
                return Ok(());
            }
            chars_left -= length;
            // What did not make a whole group goes before the next chunk.
            self.raw.copy_within(encoded..filled, 0);
            filled = self.fill(&mut stream, filled - encoded, &mut bytes_left)?;
        }
    }

    /// Puts the next chunk behind the first `carried` bytes of `raw`, and tells where it ends.
    fn fill(
        &mut self,
        stream: &mut Stream<'_>,
        carried: usize,
        bytes_left: &mut u64,
    ) -> anyhow::Result<usize> {
        let filled = carried + (*bytes_left).min(CHUNK as u64) as usize;
        stream.fill(&mut self.raw[carried..filled])?;
        *bytes_left -= (filled - carried) as u64;
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{
        cmd::{base32, base64, hex, urlsafe},
        entropy::Scripted,
        output::{Destination, Format},
    };

    /// Every way to encode: bits of a character, the program's own function, and the text of bytes taken whole.
    type Way = (u32, fn(&[u8], &mut [u8]) -> usize, fn(&[u8]) -> String);

    const WAYS: [Way; 6] = [
        (4, hex::encode, |bytes| {
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        }),
        (6, urlsafe::unpadded, |bytes| {
            let text = by_bits(bytes, 6, BASE64);
            text.replace('+', "-").replace('/', "_")
        }),
        (6, urlsafe::padded, |bytes| {
            let text = padded(by_bits(bytes, 6, BASE64), 4);
            text.replace('+', "-").replace('/', "_")
        }),
        (6, base64::encode, |bytes| {
            padded(by_bits(bytes, 6, BASE64), 4)
        }),
        (5, base32::unpadded, |bytes| by_bits(bytes, 5, BASE32)),
        (5, base32::padded, |bytes| {
            padded(by_bits(bytes, 5, BASE32), 8)
        }),
    ];

    const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// RFC 4648 by the letter: the bits of all bytes in a row, some for each character.
    fn by_bits(bytes: &[u8], width: u32, alphabet: &[u8]) -> String {
        let (mut bits, mut held) = (0u32, 0);
        let mut text = String::new();
        for byte in bytes {
            bits = bits << 8 | u32::from(*byte);
            held += 8;
            while held >= width {
                held -= width;
                text.push(alphabet[(bits >> held) as usize].into());
                bits &= (1 << held) - 1;
            }
        }
        if held > 0 {
            text.push(alphabet[(bits << (width - held)) as usize].into());
        }
        text
    }

    fn padded(text: String, group: usize) -> String {
        let missing = text.len().next_multiple_of(group) - text.len();
        text + &"=".repeat(missing)
    }

    /// Bytes without a period that chunks or groups could share.
    fn bytes(length: usize) -> Vec<u8> {
        let mut state = 1u32;
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(length)
        .collect()
    }

    /// What is printed of values of so many bytes one after another.
    fn printed(way: &Way, script: &[u8], bytes: usize, chars: Option<u64>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text");
        let destination = Destination {
            path: Some(path.clone()),
            ..Destination::default()
        };
        let out = Output::open(&destination, false).unwrap().unwrap();
        let format = Format {
            prefix: Vec::new(),
            terminator: b'\n',
            ends_last: false,
        };
        let mut texts = Texts::new(out, format);
        let encoding = Encoding {
            name: "",
            bits: way.0,
            encode: way.1,
        };
        let mut encoder = Encoder::new(&encoding, bytes as u64);
        let mut source = Scripted::new(script);
        while source.drawn < script.len() {
            let stream = Stream::new(&mut source, false);
            encoder
                .print(stream, bytes as u64, chars, &mut texts)
                .unwrap();
        }
        texts.finish().unwrap();
        fs::read_to_string(path).unwrap().replace('\n', "")
    }

    /// Lengths around which a chunk or a group ends.
    fn lengths() -> impl Iterator<Item = usize> {
        let around = |middle: usize| middle - 16..=middle + 16;
        (1..=46).chain(around(CHUNK)).chain(around(2 * CHUNK))
    }

    #[test]
    fn text_made_chunk_by_chunk_is_the_text_of_the_whole() {
        let script = bytes(2 * CHUNK + 16);
        for way in &WAYS {
            for length in lengths() {
                let script = &script[..length];
                assert!(
                    printed(way, script, length, None) == way.2(script),
                    "{length} bytes, {} bits a character",
                    way.0
                );
            }
        }
    }

    #[test]
    fn so_many_characters_are_the_beginning_of_the_text_of_the_whole() {
        let script = bytes(2 * CHUNK + 16);
        for way in &WAYS {
            let whole = way.2(&script);
            for length in lengths() {
                // Around the ends of chunks of bytes, and of as many characters.
                for chars in [length, length * 8 / way.0 as usize] {
                    let bytes = (chars * way.0 as usize).div_ceil(8);
                    let text = printed(way, &script[..bytes], bytes, Some(chars as u64));
                    assert!(text == whole[..chars], "{chars} characters");
                }
            }
        }
    }

    #[test]
    fn values_one_after_another_do_not_share_a_group() {
        for way in &WAYS {
            for length in [1, 7, 32, CHUNK - 1, CHUNK + 1] {
                let script = bytes(3 * length);
                let expected: String = script.chunks(length).map(way.2).collect();
                assert!(printed(way, &script, length, None) == expected);
            }
        }
    }
}
