//! Secrets that are random bytes written as text, of any length.

use num_bigint::BigUint;
use zeroize::Zeroizing;

use super::{Secret, Summary, Supply, encoding::Encoding};
use crate::{
    args::AmountArgs,
    chars::Shape,
    entropy::{Batch, CHUNK, Entropy, Stream, value_bits},
    memory::{self, OutOfMemory},
    message::counted,
    output::Output,
    strength::shown_bits,
};

/// Random bytes in an encoding. A value longer than [`CHUNK`] is generated and written chunk by chunk; of shorter values,
/// several are encoded together.
#[derive(Debug)]
pub(crate) struct Encoded {
    encoding: Encoding,
    /// Length of the value.
    bytes: u64,
    /// How many characters of its text are wanted; `None` means all.
    chars: Option<u64>,
    expand: bool,
    /// How many values are still wanted.
    left: u64,
    /// Bytes to encode, and their text.
    raw: Zeroizing<Vec<u8>>,
    text: Zeroizing<Vec<u8>>,
    /// Where the next short value begins in `text`, and where the last one ends.
    next: usize,
    end: usize,
}

impl Encoded {
    /// `count` values of the number of bytes or characters in `amount`.
    pub(crate) fn new(encoding: Encoding, amount: &AmountArgs, count: u64) -> Self {
        let bits = |chars| u128::from(chars) * u128::from(encoding.bits);
        let bytes = match amount.chars {
            // At most as many bytes as characters, so this fits.
            Some(chars) => bits(chars).div_ceil(8) as u64,
            None => amount.bytes,
        };
        Self {
            encoding,
            bytes,
            chars: amount.chars,
            expand: !amount.no_expand,
            left: count,
            raw: Zeroizing::new(Vec::new()),
            text: Zeroizing::new(Vec::new()),
            next: 0,
            end: 0,
        }
    }

    fn is_long(&self) -> bool {
        self.bytes > CHUNK as u64
    }

    /// Characters of the text of a value of at most [`CHUNK`] bytes.
    fn short_chars(&self) -> usize {
        let bytes = self.bytes as usize;
        match self.chars {
            Some(chars) => chars as usize,
            None if self.encoding.is_padded() => {
                let slot = bytes.next_multiple_of(self.encoding.group());
                self.encoding.chars(slot)
            }
            None => self.encoding.chars(bytes),
        }
    }

    /// Makes room for `bytes` bytes, all 0, and for their text.
    fn make_room(&mut self, bytes: usize) -> Result<(), OutOfMemory> {
        if self.raw.len() < bytes {
            self.raw = Zeroizing::new(memory::vec_of(0, bytes)?);
            self.text = Zeroizing::new(memory::vec_of(0, Encoding::room(bytes))?);
        }
        Ok(())
    }

    /// Writes a value of at most [`CHUNK`] bytes.
    #[inline]
    fn write_short(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        let bytes = self.bytes as usize;
        // Zero bytes behind the value fill its last group: whole groups can be encoded one after another.
        let slot = bytes.next_multiple_of(self.encoding.group());
        if self.next == self.end {
            self.encode_short(slot, entropy)?;
        }
        let slot_chars = self.encoding.chars(slot);
        let wanted = self.short_chars();
        let text = &mut self.text[self.next..][..wanted];
        self.next += slot_chars;
        if self.chars.is_none() && self.encoding.is_padded() {
            text[self.encoding.chars(bytes)..].fill(b'=');
        }
        out.write(text)
    }

    /// Draws and encodes as many values as fit into a chunk, and no more than are wanted: everything drawn is printed.
    #[cold]
    fn encode_short(&mut self, slot: usize, entropy: &mut Batch<'_>) -> anyhow::Result<()> {
        let at_once = self.left.clamp(1, (CHUNK / slot).max(1) as u64);
        self.left -= self.left.min(at_once);
        let filled = at_once as usize * slot;
        self.make_room(filled)?;
        for value in self.raw[..filled].chunks_exact_mut(slot) {
            entropy.fill(&mut value[..self.bytes as usize])?;
        }
        self.next = 0;
        self.end = self.encoding.encode(&self.raw[..filled], &mut self.text);
        Ok(())
    }

    /// Writes the text of `stream` to `out`.
    fn write_stream(&mut self, mut stream: Stream<'_, '_>, out: &mut Output) -> anyhow::Result<()> {
        let mut bytes_left = self.bytes;
        let mut chars_left = self.chars.unwrap_or(u64::MAX);
        let mut carried = 0;
        loop {
            let filled = carried + bytes_left.min(CHUNK as u64) as usize;
            stream.fill(&mut self.raw[carried..filled])?;
            bytes_left -= (filled - carried) as u64;
            let encoded = match bytes_left {
                0 => filled,
                _ => filled - filled % self.encoding.group(),
            };
            let length = self.encoding.encode(&self.raw[..encoded], &mut self.text);
            let length = chars_left.min(length as u64);
            out.write(&self.text[..length as usize])?;
            if bytes_left == 0 {
                return Ok(());
            }
            chars_left -= length;
            // The bytes that did not fill a group go before the next chunk.
            self.raw.copy_within(encoded..filled, 0);
            carried = filled - encoded;
        }
    }
}

impl Secret for Encoded {
    fn expected_bytes(&self) -> u64 {
        self.bytes
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        if !self.is_long() {
            return self.write_short(entropy, out);
        }
        let chars = u128::from(self.bytes) * 8 / u128::from(self.encoding.bits);
        out.show_progress(chars.try_into().unwrap_or(u64::MAX));
        self.make_room(CHUNK + self.encoding.group())?;
        self.write_stream(Stream::new(entropy, self.expand), out)
    }

    fn shape(&self) -> Shape {
        let bits = u128::from(self.bytes) * 8;
        let chars = bits.div_ceil(self.encoding.bits.into()) as u64;
        let shortest = self.chars.unwrap_or(chars);
        let shortest = usize::try_from(shortest).unwrap_or(usize::MAX);
        let shape = Shape::any(self.encoding.alphabet.chars(), shortest);
        // Padding stands at the end.
        let first = shape.first.chars().filter(|char| *char != '=').collect();
        Shape { first, ..shape }
    }

    fn supply(&self) -> Option<Supply> {
        if self.is_long() {
            return None;
        }
        let bits = match self.chars {
            Some(chars) => chars * u64::from(self.encoding.bits),
            None => 8 * self.bytes,
        };
        Some(Supply {
            count: BigUint::from(1u32) << bits,
            max_bytes: self.short_chars(),
        })
    }

    fn summary(&self) -> Summary {
        let bits = value_bits(self.bytes, self.expand);
        let (what, bits) = match self.chars {
            Some(chars) => {
                let of_text = u128::from(chars) * u128::from(self.encoding.bits);
                (counted(chars, "character"), bits.min(of_text as f64))
            }
            None => (counted(self.bytes, "byte"), bits),
        };
        Summary {
            what,
            bits: shown_bits(bits),
            how: self.encoding.name.into(),
        }
    }
}

#[cfg(test)]
mod tests;
