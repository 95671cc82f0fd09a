use super::*;
use crate::entropy::Scripted;

fn unhex<const LEN: usize>(digits: &str) -> [u8; LEN] {
    hex::decode(digits).unwrap().try_into().unwrap()
}

/// NIST SP 800-38A, F.5.5.
#[test]
fn the_published_vectors_come_out() {
    let key = unhex::<32>("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    let counter = unhex::<16>("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    let mut text = unhex::<64>(
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
         30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
    );
    Aes256Ctr::new(&key.into(), &counter.into()).apply_keystream(&mut text);
    assert_eq!(
        hex::encode(text),
        "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5\
         2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6"
    );
}

/// The answers come from `openssl enc -aes-256-ctr` with this key and the counter from 0.
#[test]
fn a_whole_chunk_matches_openssl() {
    let key = unhex::<32>(
        "00112233445566778899aabbccddeeff\
                           fedcba98765432100123456789abcdef",
    );
    let mut chunk = vec![0xff; CHUNK];
    expand(&key.into(), &mut chunk);
    let first: [u8; 16] = unhex("732bd6fb67c01653b0eeec60959ef363");
    let last: [u8; 16] = unhex("df7b81d048a80ab5b142b32f55cf2c13");
    assert_eq!(chunk[..16], first);
    assert_eq!(chunk[CHUNK - 16..], last);
    assert_eq!(crc32fast::hash(&chunk), 0xee8d_f45e);
}

#[test]
fn a_short_chunk_is_the_start_of_a_whole_one() {
    let key = [0xa7; 32].into();
    let mut whole = vec![0; CHUNK];
    expand(&key, &mut whole);
    // Every remainder of the largest number of blocks that a back end takes at once, in whole blocks and in parts.
    for length in (0..2100).chain((CHUNK - 2100..=CHUNK).step_by(61)) {
        let mut chunk = vec![0xff; length];
        expand(&key, &mut chunk);
        assert!(chunk == whole[..length], "{length} bytes");
    }
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "a test, which says what it has tried")]
fn the_cipher_writes_less_deep_than_is_wiped() {
    let mut chunk = vec![0; CHUNK];
    let depth = crate::memory::stack_depth(|| expand(&[0xa7; 32].into(), &mut chunk));
    println!(
        "{depth} bytes of the stack, on a processor with {}",
        vectors()
    );
    // A third is left for the frames in between, and for other compilers.
    assert!(
        depth <= CIPHER_STACK / 3 * 2,
        "{depth} bytes with {}",
        vectors()
    );
}

/// What chooses the back end of the cipher, which is the one of this processor.
#[cfg(target_os = "linux")]
fn vectors() -> String {
    let flags = std::fs::read_to_string("/proc/cpuinfo").unwrap();
    let has = |name: &&&str| flags.split_whitespace().any(|flag| flag == **name);
    let known = ["aes", "vaes", "avx2", "avx512f"];
    known
        .iter()
        .filter(has)
        .copied()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Writes down how much it was asked for, and answers each time with another byte.
#[derive(Default)]
struct Requests(Vec<usize>);

impl Entropy for Requests {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        self.0.push(buf.len());
        buf.fill(self.0.len() as u8);
        Ok(())
    }
}

/// A value of `bytes` bytes, and the requests that were made for it.
fn value(has_aes: bool, expand: bool, bytes: usize) -> (Vec<u8>, Vec<usize>) {
    let mut requests = Requests::default();
    let mut batch = Batch::new(&mut requests, bytes as u64);
    let mut stream = Stream::on(has_aes, &mut batch, expand);
    let mut value = vec![0; bytes];
    for chunk in value.chunks_mut(CHUNK) {
        stream.fill(chunk).unwrap();
    }
    drop(stream);
    (value, requests.0)
}

#[test]
fn each_64_kib_after_the_first_has_its_own_key() {
    let (made, requests) = value(true, true, 3 * CHUNK + 5);
    assert_eq!(requests, [CHUNK, 32, 32, 32]);
    assert!(made[..CHUNK].iter().all(|byte| *byte == 1));
    for (chunk, key) in made.chunks(CHUNK).zip(1..).skip(1) {
        let mut expected = vec![0; chunk.len()];
        expand(&[key; 32].into(), &mut expected);
        assert!(chunk == expected, "chunk {key}");
    }
}

#[test]
fn without_expansion_every_byte_comes_from_the_source() {
    for (has_aes, expand) in [(false, true), (true, false), (false, false)] {
        let (made, requests) = value(has_aes, expand, 2 * CHUNK + 5);
        assert_eq!(requests, [CHUNK, CHUNK, 5]);
        let numbers = made.chunks(CHUNK).zip(1..);
        for (chunk, number) in numbers {
            assert!(chunk.iter().all(|byte| *byte == number));
        }
    }
}

#[test]
fn a_key_that_is_refused_makes_no_chunk() {
    let mut source = Scripted::new(vec![7; CHUNK + 31]);
    let mut batch = Batch::new(&mut source, CHUNK as u64);
    let mut stream = Stream::on(true, &mut batch, true);
    let mut chunk = vec![0; CHUNK];
    stream.fill(&mut chunk).unwrap();
    chunk.fill(0);
    assert!(stream.fill(&mut chunk).is_err());
    assert!(chunk.iter().all(|byte| *byte == 0));
}

#[test]
fn strength_counts_the_bits_drawn() {
    for bytes in [0, 1, 32, CHUNK, CHUNK + 32, CHUNK + 33, 4 * CHUNK] {
        for (has_aes, expand) in [(true, true), (true, false), (false, true)] {
            let drawn: usize = value(has_aes, expand, bytes).1.iter().sum();
            let bits = bits_on(has_aes, bytes as u64, expand);
            assert_eq!(bits, 8.0 * drawn as f64, "{bytes} bytes");
        }
    }
    // A key is longer than the bytes that are made from it.
    assert_eq!(bits_on(true, CHUNK as u64 + 31, true), 8.0 * 65_567.0);
}
