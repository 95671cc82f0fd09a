use std::fs;

use super::*;
use crate::{
    entropy::Scripted,
    output::{Destination, Format, Records},
};

/// Every encoding, for a volume that uses vectors or not, and the text of bytes by the letter of its standard.
type Case = (fn() -> Encoding, fn(&[u8]) -> String);

const CASES: [Case; 9] = [
    (Encoding::hex, |bytes| {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }),
    (
        || Encoding::urlsafe(false, 0),
        |bytes| url(by_bits(bytes, 6, BASE64)),
    ),
    (
        || Encoding::urlsafe(false, u64::MAX),
        |bytes| url(by_bits(bytes, 6, BASE64)),
    ),
    (
        || Encoding::urlsafe(true, 0),
        |bytes| url(padded(by_bits(bytes, 6, BASE64), 4)),
    ),
    (
        || Encoding::urlsafe(true, u64::MAX),
        |bytes| url(padded(by_bits(bytes, 6, BASE64), 4)),
    ),
    (
        || Encoding::standard(0),
        |bytes| padded(by_bits(bytes, 6, BASE64), 4),
    ),
    (
        || Encoding::standard(u64::MAX),
        |bytes| padded(by_bits(bytes, 6, BASE64), 4),
    ),
    (
        || Encoding::base32(false),
        |bytes| by_bits(bytes, 5, BASE32),
    ),
    (
        || Encoding::base32(true),
        |bytes| padded(by_bits(bytes, 5, BASE32), 8),
    ),
];

fn url(text: String) -> String {
    text.replace('+', "-").replace('/', "_")
}

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

/// The text that is printed for values of `bytes` bytes, without newlines.
fn printed(case: &Case, script: &[u8], bytes: usize, chars: Option<u64>) -> String {
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
    let mut records = Records::new(out, format);
    let amount = AmountArgs {
        bytes: bytes as u64,
        chars,
        no_expand: true,
    };
    let count = script.len() / bytes;
    let mut value = Encoded::new(case.0(), &amount, count as u64);
    // More than is needed: a batch asks in advance.
    let mut source = Scripted::new([script, &[0; 4 * CHUNK]].concat());
    let mut entropy = Batch::new(&mut source, bytes as u64);
    for _ in 0..count {
        value.write(&mut entropy, records.begin().unwrap()).unwrap();
    }
    records.finish().unwrap();
    fs::read_to_string(path).unwrap().replace('\n', "")
}

/// Lengths around which a chunk or a group ends.
fn lengths() -> impl Iterator<Item = usize> {
    let around = |middle: usize| middle - 16..=middle + 16;
    (1..=46).chain(around(CHUNK)).chain(around(2 * CHUNK))
}

#[test]
fn chunked_text_equals_the_text_of_the_whole() {
    let script = bytes(2 * CHUNK + 16);
    for case in &CASES {
        for length in lengths() {
            let script = &script[..length];
            assert!(
                printed(case, script, length, None) == case.1(script),
                "{length} bytes, {:?}",
                case.0()
            );
        }
    }
}

#[test]
fn n_characters_are_the_start_of_the_whole_text() {
    let script = bytes(2 * CHUNK + 16);
    for case in &CASES {
        let whole = case.1(&script);
        for length in lengths() {
            // Around the ends of chunks of bytes, and of as many characters.
            for chars in [length, length * 8 / case.0().bits as usize] {
                let bytes = (chars * case.0().bits as usize).div_ceil(8);
                let text = printed(case, &script[..bytes], bytes, Some(chars as u64));
                assert!(text == whole[..chars], "{chars} characters");
            }
        }
    }
}

#[test]
fn consecutive_values_do_not_share_a_group() {
    for case in &CASES {
        for length in [1, 7, 32, CHUNK - 1, CHUNK + 1] {
            let script = bytes(3 * length);
            let expected: String = script.chunks(length).map(case.1).collect();
            assert!(printed(case, &script, length, None) == expected);
        }
    }
}
