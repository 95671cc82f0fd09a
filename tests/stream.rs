//! What is requested from the kernel, and what becomes of it: the bytes of a long value, and the bits of a short one.
#![cfg(target_os = "linux")]

use std::{
    fs,
    io::Read,
    process::{self, Child, ChildStdout, Stdio},
};

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use assert_cmd::Command;
use ctr::cipher::{KeyIvInit, StreamCipher};
use predicates::str::contains;

mod support;

use support::{goes_without, program, strace, traced};

const CHUNK: usize = 64 * 1024;

/// How many bytes each of the program's requests to the kernel returned, and what the program reported; `runner` is
/// the command that runs the program.
fn requests(runner: &str, line: &str) -> (Vec<usize>, String) {
    let (done, trace) = traced(&format!("-e trace=getrandom {runner}"), line);
    let report = String::from_utf8(done.success().get_output().stderr.clone()).unwrap();
    let requests = trace
        .lines()
        // The first is the C library's own.
        .skip(1)
        .map(|call| call.rsplit(" = ").next().unwrap().parse().unwrap())
        .collect();
    (requests, report)
}

#[test]
fn each_64_kib_after_the_first_take_one_fresh_key() {
    if goes_without("strace") {
        return;
    }
    assert!(
        aes::hardware_accelerated(),
        "this test needs AES instructions"
    );
    for command in ["bytes", "hex", "urlsafe"] {
        for (size, expected) in [
            ("1", vec![1]),
            ("64K", vec![CHUNK]),
            ("65537", vec![CHUNK, 32]),
            ("128K", vec![CHUNK, 32]),
            ("131073", vec![CHUNK, 32, 32]),
            ("1M", [&[CHUNK][..], &[32; 15]].concat()),
            ("131073 --no-expand", vec![CHUNK, CHUNK, 1]),
        ] {
            let line = format!("{command} {size}");
            assert_eq!(requests("", &line).0, expected, "{line}");
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn without_aes_instructions_every_byte_comes_from_the_kernel() {
    if goes_without("strace") || goes_without("qemu-x86_64") {
        return;
    }
    // The emulator has requests of its own, of other lengths.
    let large = |cpu| -> Vec<usize> {
        let (mut requests, _) = requests(&format!("qemu-x86_64 -cpu {cpu}"), "bytes 256K");
        requests.retain(|bytes| [32, CHUNK].contains(bytes));
        requests
    };
    assert_eq!(large("Westmere"), [CHUNK, 32, 32, 32]);
    assert_eq!(large("Westmere,-aes"), [CHUNK; 4]);
    assert_eq!(large("qemu64"), [CHUNK; 4]);
}

#[test]
fn at_least_the_reported_bits_are_requested() {
    if goes_without("strace") {
        return;
    }
    let items = tempfile::NamedTempFile::new().unwrap();
    // More than one block of a stream.
    let text: String = (0..100_000).map(|item| format!("{item:06}\n")).collect();
    fs::write(&items, text).unwrap();
    let items = items.path().display();
    for line in [
        "bytes",
        "bytes 1",
        "bytes 64K",
        "bytes 200K --no-expand",
        "hex",
        "hex 1",
        "hex -l 33",
        "hex -c 1000",
        "hex 64K -c 3",
        "urlsafe -l 11 -c 1000",
        "base64 20 -c 7",
        "base32 -l 5 -c 3000",
        "token",
        "token -c 500",
        "uuid",
        "uuid -c 500",
        "choice -c 1000 --range 1-6",
        "choice -c 10 --range 1-10**60",
        "sample 20 --range 1-49",
        "sample 1000 --range 1-10**9",
        "sample 100 --range 1-10**30",
        "password",
        "password -l 7 -c 2000",
        "passphrase",
        "passphrase -c 300",
        "below 2",
        "below 3 -c 10000",
        "below 65536 -c 1000",
        "below 2**64 -c 100",
        "below 10**60 -c 100",
        "choice a b c",
        "choice -c 20000 a b c d e",
        &format!("choice -i {items}"),
        &format!("choice -c 300 -i {items}"),
        "sample 3 a b c d",
        "sample all -c 100 a b c d",
        &format!("sample 20 -i {items}"),
        &format!("sample 2 -c 5 -i {items}"),
        &format!("sample all -i {items}"),
    ] {
        let (requests, report) = requests("", &format!("{line} -v"));
        let requested = 8 * requests.iter().sum::<usize>();
        let report = report.strip_prefix("mksecret: ").expect(&report);
        let count: f64 = report
            .split_once(" times ")
            .map_or(1.0, |(count, _)| count.parse().unwrap());
        let bits = report.split(" bits").next().unwrap();
        let bits: f64 = bits.rsplit(' ').next().unwrap().parse().expect(report);
        assert!(bits > 0.0, "{line}: {report}");
        assert!(
            requested as f64 >= count * bits,
            "{line}: {requested} bits requested: {report}"
        );
    }
}

#[test]
fn expanded_bytes_are_the_keystream_that_openssl_computes() {
    if goes_without("strace") || goes_without("root") || goes_without("openssl") {
        return;
    }
    // From the third call on, which is the second of the program, every answer is this key.
    let key = "0123456789abcdeffedcba9876543210".repeat(2);
    let options = format!(
        "-o /dev/null -e trace=getrandom -e inject=getrandom:retval=32:poke_exit=@arg1={key}:when=3+"
    );
    let value = |command: &str| {
        let done = strace(&options, &format!("{command} 196709")).assert();
        done.success().get_output().stdout.clone()
    };
    let openssl = Command::new("openssl")
        .args(["enc", "-aes-256-ctr", "-K", &key, "-iv", &"0".repeat(32)])
        .write_stdin([0; CHUNK])
        .assert()
        .success();
    let keystream = &openssl.get_output().stdout;
    assert_eq!(keystream.len(), CHUNK);
    let hex = value("hex");
    for value in [value("bytes"), hex::decode(hex.trim_ascii_end()).unwrap()] {
        assert_eq!(value.len(), 3 * CHUNK + 101);
        for chunk in value.chunks(CHUNK).skip(1) {
            assert!(chunk == &keystream[..chunk.len()]);
        }
    }
}

/// The fast way through the cipher, as in the program, against its one-block way.
#[test]
fn cipher_gives_the_same_blocks_together_and_alone() {
    let key = std::array::from_fn::<u8, 32, _>(|index| 7 * index as u8).into();
    let mut fast = vec![0; CHUNK];
    ctr::Ctr32BE::<aes::Aes256Enc>::new(&key, &Default::default()).write_keystream(&mut fast);
    let cipher = aes::Aes256Enc::new(&key);
    for (counter, block) in fast.chunks(16).enumerate() {
        let mut one = (counter as u128).to_be_bytes().into();
        cipher.encrypt_block(&mut one);
        assert_eq!(block, one.as_slice(), "block {counter}");
    }
    // From `openssl enc -aes-256-ctr`.
    assert_eq!(crc32fast::hash(&fast), 0xbb33_dd45);
}

/// The test above on emulated processors. The back ends of the cipher that they use: software, AES-NI, 256-bit VAES;
/// this machine itself may use the 512-bit one.
#[cfg(target_arch = "x86_64")]
#[test]
fn every_back_end_of_the_cipher_gives_the_same() {
    if goes_without("qemu-x86_64") {
        return;
    }
    for cpu in ["qemu64", "Westmere", "max"] {
        let done = Command::new("qemu-x86_64")
            .args(["-cpu", cpu])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "cipher_gives_the_same_blocks_together_and_alone"])
            .args(["--test-threads", "1"])
            .assert();
        done.success().stdout(contains("1 passed"));
    }
}

/// Starts the program with a pipe as its standard output.
fn started(line: &str) -> (Child, ChildStdout) {
    let mut command = process::Command::new(program());
    let mut child = command
        .args(line.split(' '))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = child.stdout.take().unwrap();
    (child, stdout)
}

/// Odds of a false alarm: 2^51 pairs in 2^128.
#[test]
fn no_block_of_16_bytes_repeats_in_1_gib() {
    let (mut child, mut stdout) = started("bytes 1G");
    let mut blocks: Vec<u128> = Vec::with_capacity(1 << 26);
    let mut piece = vec![0; CHUNK];
    for _ in 0..1 << 14 {
        stdout.read_exact(&mut piece).unwrap();
        let fresh = piece.chunks(16).map(|block| block.try_into().unwrap());
        blocks.extend(fresh.map(u128::from_ne_bytes));
    }
    assert_eq!(stdout.read(&mut piece).unwrap(), 0);
    assert!(child.wait().unwrap().success());
    assert_eq!(blocks.len(), 1 << 26);
    blocks.sort_unstable();
    assert!(blocks.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn two_gib_take_less_than_8_mib_of_memory() {
    const SIZE: u64 = 2 << 30;
    for (line, length) in [
        ("bytes 2G", SIZE),
        ("hex 2G", 2 * SIZE + 1),
        ("urlsafe 2G", (4 * SIZE).div_ceil(3) + 1),
    ] {
        let (mut child, mut stdout) = started(line);
        let mut piece = vec![0; CHUNK];
        let mut read = 0;
        let mut peak = None;
        loop {
            // More is left than a pipe holds: the program cannot have ended.
            if peak.is_none() && read > length - 4 * CHUNK as u64 {
                peak = Some(peak_memory(child.id()));
            }
            match stdout.read(&mut piece).unwrap() {
                0 => break,
                bytes => read += bytes as u64,
            }
        }
        assert!(child.wait().unwrap().success());
        assert_eq!(read, length, "{line}");
        let peak = peak.unwrap();
        assert!(0 < peak && peak < 8 * 1024, "{line}: {peak} KiB");
    }
}

/// The most memory that a running process has used so far, in KiB.
fn peak_memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
