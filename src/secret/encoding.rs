//! Bytes as text: hexadecimal, base64 and base32, each by a crate that does nothing else.

use std::fmt;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use base64::engine::Simd;
use base64::{
    alphabet::{Alphabet, STANDARD, URL_SAFE},
    engine::{
        Engine,
        general_purpose::{GeneralPurpose, GeneralPurposeConfig, NO_PAD, PAD},
    },
};
use data_encoding::{BASE32, BASE32_NOPAD};

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use crate::entropy::CHUNK;

/// A way to write bytes as text.
pub(crate) struct Encoding {
    /// What it is called in the line of `-v`.
    pub(crate) name: &'static str,
    /// Bits that one character stands for.
    pub(crate) bits: u32,
    /// The characters of its texts.
    pub(crate) alphabet: &'static str,
    /// Writes the text of the bytes to the start of the slice, which has [`Encoding::room`], and returns its length.
    encode: Box<Encode>,
}

const URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const URL_PADDED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=";
const STANDARD_PADDED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

type Encode = dyn Fn(&[u8], &mut [u8]) -> usize;

impl Encoding {
    /// Lower-case hexadecimal digits.
    pub(crate) fn hex() -> Self {
        Self::new("hexadecimal", 4, "0123456789abcdef", |bytes, text| {
            let length = 2 * bytes.len();
            hex::encode_to_slice(bytes, &mut text[..length]).expect("two digits for each byte");
            length
        })
    }

    /// RFC 4648 base64url, for `volume` bytes in all.
    pub(crate) fn urlsafe(pad: bool, volume: u64) -> Self {
        let (characters, config) = if pad {
            (URL_PADDED, PAD)
        } else {
            (URL, NO_PAD)
        };
        Self::base64("URL-safe base64", characters, &URL_SAFE, config, volume)
    }

    /// RFC 4648 base64, padded, for `volume` bytes in all.
    pub(crate) fn standard(volume: u64) -> Self {
        Self::base64("base64", STANDARD_PADDED, &STANDARD, PAD, volume)
    }

    fn base64(
        name: &'static str,
        characters: &'static str,
        alphabet: &Alphabet,
        config: GeneralPurposeConfig,
        volume: u64,
    ) -> Self {
        // The crate has vectors for these two only. To ask the processor for them costs as much as some system calls; a
        // short secret need not.
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        if volume > CHUNK as u64 {
            let engine = match *alphabet == URL_SAFE {
                true => Simd::url_safe(config),
                false => Simd::standard(config),
            };
            return Self::with_engine(name, characters, engine);
        }
        let _ = volume;
        Self::with_engine(name, characters, GeneralPurpose::new(alphabet, config))
    }

    fn with_engine(
        name: &'static str,
        characters: &'static str,
        engine: impl Engine + 'static,
    ) -> Self {
        Self::new(name, 6, characters, move |bytes, text| {
            engine.encode_slice(bytes, text).expect("the text has room")
        })
    }

    /// RFC 4648 base32.
    pub(crate) fn base32(pad: bool) -> Self {
        let (encoding, alphabet) = match pad {
            false => (BASE32_NOPAD, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            true => (BASE32, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567="),
        };
        Self::new("base32", 5, alphabet, move |bytes, text| {
            let length = encoding.encode_len(bytes.len());
            encoding.encode_mut(bytes, &mut text[..length]);
            length
        })
    }

    fn new(
        name: &'static str,
        bits: u32,
        alphabet: &'static str,
        encode: impl Fn(&[u8], &mut [u8]) -> usize + 'static,
    ) -> Self {
        let encode = Box::new(encode);
        Self {
            name,
            bits,
            alphabet,
            encode,
        }
    }

    /// The least number of bytes that whole characters stand for: 1 (hexadecimal), 3 (base64) or 5 (base32). Whole groups
    /// can be encoded one after another.
    pub(crate) fn group(&self) -> usize {
        match self.bits {
            4 => 1,
            6 => 3,
            _ => 5,
        }
    }

    /// Characters of the text of `bytes` bytes, without padding.
    pub(crate) fn chars(&self, bytes: usize) -> usize {
        (8 * bytes).div_ceil(self.bits as usize)
    }

    /// Whether texts are padded with `=` to whole groups.
    pub(crate) fn is_padded(&self) -> bool {
        self.alphabet.ends_with('=')
    }

    /// The most characters that the text of `bytes` bytes has, padding included: hexadecimal takes the most.
    pub(crate) fn room(bytes: usize) -> usize {
        2 * bytes + 8
    }

    /// Writes the text of `bytes` to the start of `text`, which has [`room`](Self::room), and returns its length.
    pub(crate) fn encode(&self, bytes: &[u8], text: &mut [u8]) -> usize {
        (self.encode)(bytes, text)
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
