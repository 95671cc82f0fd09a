//! What is asked of the kernel, and what is made of it: the bytes of a long value, and the bits of a short one.
#![cfg(target_os = "linux")]

use std::{
    fs,
    io::{Read, Write},
    process::{Command, Stdio},
};

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use ctr::cipher::{KeyIvInit, StreamCipher};

mod support;

use support::goes_without;

const MKSECRET: &str = env!("CARGO_BIN_EXE_mksecret");
const CHUNK: usize = 64 * 1024;

/// How many bytes each of the program's requests to the kernel brought, and what the program said; `runner` stands
/// before the program.
fn requests(runner: &[&str], args: &[&str]) -> (Vec<usize>, String) {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let done = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=getrandom", "-o"])
        .arg(&trace)
        .args(runner)
        .arg(MKSECRET)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{args:?}: {said}");
    let requests = fs::read_to_string(&trace)
        .unwrap()
        .lines()
        // The first is the C library's own.
        .skip(1)
        .map(|call| call.rsplit(" = ").next().unwrap().parse().unwrap())
        .collect();
    (requests, said)
}

#[test]
fn the_first_64_kib_come_from_the_kernel_and_each_further_64_kib_take_one_fresh_key() {
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
        ] {
            let (requests, _) = requests(&[], &[command, size]);
            assert_eq!(requests, expected, "{command} {size}");
        }
        let (requests, _) = requests(&[], &[command, "131073", "--no-expand"]);
        assert_eq!(requests, [CHUNK, CHUNK, 1], "{command} --no-expand");
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
        let (mut requests, _) = requests(&["qemu-x86_64", "-cpu", cpu], &["bytes", "256K"]);
        requests.retain(|bytes| [32, CHUNK].contains(bytes));
        requests
    };
    assert_eq!(large("Westmere"), [CHUNK, 32, 32, 32]);
    assert_eq!(large("Westmere,-aes"), [CHUNK; 4]);
    assert_eq!(large("qemu64"), [CHUNK; 4]);
}

#[test]
fn the_bits_drawn_are_at_least_the_bits_claimed() {
    if goes_without("strace") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let items = folder.path().join("items");
    // More than one block of a stream.
    let text: String = (0..100_000).map(|item| format!("{item:06}\n")).collect();
    fs::write(&items, text).unwrap();
    let items = items.to_str().unwrap();
    for args in [
        &["bytes"][..],
        &["bytes", "1"],
        &["bytes", "64K"],
        &["bytes", "200K", "--no-expand"],
        &["hex"],
        &["hex", "1"],
        &["hex", "-l", "33"],
        &["hex", "-c", "1000"],
        &["hex", "64K", "-c", "3"],
        &["urlsafe", "-l", "11", "-c", "1000"],
        &["base64", "20", "-c", "7"],
        &["base32", "-l", "5", "-c", "3000"],
        &["token"],
        &["token", "-c", "500"],
        &["password"],
        &["password", "-l", "7", "-c", "2000"],
        &["passphrase"],
        &["passphrase", "-c", "300"],
        &["below", "2"],
        &["below", "3", "-c", "10000"],
        &["below", "65536", "-c", "1000"],
        &["below", "2**64", "-c", "100"],
        &["below", "10**60", "-c", "100"],
        &["choice", "a", "b", "c"],
        &["choice", "-c", "20000", "a", "b", "c", "d", "e"],
        &["choice", "-i", items],
        &["choice", "-c", "300", "-i", items],
        &["sample", "3", "a", "b", "c", "d"],
        &["sample", "all", "-c", "100", "a", "b", "c", "d"],
        &["sample", "20", "-i", items],
        &["sample", "2", "-c", "5", "-i", items],
        &["sample", "all", "-i", items],
    ] {
        let (requests, said) = requests(&[], &[args, &["-v"]].concat());
        let drawn = 8 * requests.iter().sum::<usize>();
        let line = said.strip_prefix("mksecret: ").expect(&said);
        let count: f64 = line
            .split_once(" times ")
            .map_or(1.0, |(count, _)| count.parse().unwrap());
        let bits = line.split(" bits").next().unwrap();
        let bits: f64 = bits.rsplit(' ').next().unwrap().parse().expect(&said);
        assert!(bits > 0.0, "{args:?}: {said}");
        assert!(
            drawn as f64 >= count * bits,
            "{args:?}: {drawn} bits drawn: {said}"
        );
    }
}

/// The keystream of a key and the counter from 0, by another program.
fn openssl(key: &str, length: usize) -> Vec<u8> {
    let mut openssl = Command::new("openssl")
        .args(["enc", "-aes-256-ctr", "-K", key, "-iv", &"0".repeat(32)])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = openssl.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&vec![0; length]).unwrap());
    let done = openssl.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(done.status.success() && done.stdout.len() == length);
    done.stdout
}

#[test]
fn what_is_expanded_is_what_openssl_makes_of_the_same_key() {
    if goes_without("strace") || goes_without("root") || goes_without("openssl") {
        return;
    }
    // From the third call on, which is the second of the program, all is this key.
    let key = "0123456789abcdeffedcba9876543210".repeat(2);
    let inject = format!("inject=getrandom:retval=32:poke_exit=@arg1={key}:when=3+");
    let value = |command: &str| {
        let done = Command::new("strace")
            .args(["-qq", "-o", "/dev/null", "-e", "trace=getrandom"])
            .args(["-e", &inject])
            .args([MKSECRET, command, "196709"])
            .output()
            .unwrap();
        assert!(done.status.success());
        done.stdout
    };
    let hex = value("hex");
    for value in [value("bytes"), hex::decode(hex.trim_ascii_end()).unwrap()] {
        assert_eq!(value.len(), 3 * CHUNK + 101);
        let keystream = openssl(&key, CHUNK);
        for chunk in value.chunks(CHUNK).skip(1) {
            assert!(chunk == &keystream[..chunk.len()]);
        }
    }
}

/// The fast way through the cipher, as in src/entropy/stream.rs, against its one-block way.
#[test]
fn many_blocks_at_once_are_the_same_as_one_by_one() {
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
    assert_eq!(crc32fast::hash(&fast), KNOWN);
}

const KNOWN: u32 = 0xbb33_dd45;

/// The test above on emulated processors. Which back end each makes the cipher take: software, AES-NI, VAES of 256
/// bits; the machine itself may have that of 512.
#[cfg(target_arch = "x86_64")]
#[test]
fn every_back_end_of_the_cipher_makes_the_same() {
    if goes_without("qemu-x86_64") {
        return;
    }
    for cpu in ["qemu64", "Westmere", "max"] {
        let done = Command::new("qemu-x86_64")
            .args(["-cpu", cpu])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "many_blocks_at_once_are_the_same_as_one_by_one"])
            .args(["--test-threads", "1"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(
            done.status.success() && said.contains("1 passed"),
            "{cpu}: {said}"
        );
    }
}

/// A repetition that means nothing has odds of 2^51 pairs in 2^128.
#[test]
fn no_block_of_16_bytes_comes_twice_in_1_gib() {
    let mut program = Command::new(MKSECRET)
        .args(["bytes", "1G"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = program.stdout.take().unwrap();
    let mut blocks: Vec<u128> = Vec::with_capacity(1 << 26);
    let mut piece = vec![0; CHUNK];
    for _ in 0..1 << 14 {
        stdout.read_exact(&mut piece).unwrap();
        let fresh = piece.chunks(16).map(|block| block.try_into().unwrap());
        blocks.extend(fresh.map(u128::from_ne_bytes));
    }
    assert_eq!(stdout.read(&mut piece).unwrap(), 0);
    assert!(program.wait().unwrap().success());
    assert_eq!(blocks.len(), 1 << 26);
    blocks.sort_unstable();
    assert!(blocks.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn two_gib_take_no_more_memory_than_a_few_chunks() {
    const SIZE: u64 = 2 << 30;
    for (command, length) in [
        ("bytes", SIZE),
        ("hex", 2 * SIZE + 1),
        ("urlsafe", (4 * SIZE).div_ceil(3) + 1),
    ] {
        let mut program = Command::new(MKSECRET)
            .args([command, "2G"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = program.stdout.take().unwrap();
        let mut piece = vec![0; CHUNK];
        let mut read = 0;
        let mut peak = None;
        loop {
            // More is left than a pipe holds: the program cannot have ended.
            if peak.is_none() && read > length - 4 * CHUNK as u64 {
                peak = Some(peak_memory(program.id()));
            }
            match stdout.read(&mut piece).unwrap() {
                0 => break,
                bytes => read += bytes as u64,
            }
        }
        assert!(program.wait().unwrap().success());
        assert_eq!(read, length, "{command}");
        let peak = peak.unwrap();
        assert!(0 < peak && peak < 8 * 1024, "{command}: {peak} KiB");
    }
}

/// The most that a running process has had in memory so far, in KiB.
fn peak_memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
