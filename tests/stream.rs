//! What is requested from the kernel, and what becomes of it: the bytes of a long value, and the bits of a short one.
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs,
    io::Read,
    iter,
    process::{self, ChildStdout, Stdio},
};

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use assert_cmd::Command;
use clap::{Id, parser::ValueSource};
use ctr::cipher::{KeyIvInit, StreamCipher};
use predicates::str::contains;

mod support;

use support::{Start, Started, program, strace, traced};

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
#[ignore = "needs strace"]
fn each_64_kib_after_the_first_take_one_fresh_key() {
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
#[ignore = "needs strace, qemu-user"]
fn without_aes_instructions_every_byte_comes_from_the_kernel() {
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

/// Options that change no strength.
const NO_STRENGTH: &[&str] = &[
    "output",
    "mode",
    "owner",
    "force",
    "preserve",
    "keep",
    "nonblock",
    "timeout",
    "pool",
    "verbose",
    "no_newline",
    "null",
    "prefix",
    "pad",
    // Of `fill`: which file it is, what is generated, inserted and generated again.
    "env",
    "generate",
    "values",
    "rotate",
    // No strength is reported: of tokens that are read, and of bytes without an end.
    "check",
    "input",
    "all",
    "endless",
];

/// Command lines of all subcommands that draw, with all options that change the strength. ITEMS is a file of more than
/// one block of a stream, WORDS one of 100 words and TEMPLATE one with placeholders.
const DRAWS: &[&str] = &[
    "bytes",
    "bytes 1",
    "bytes 64K",
    "bytes 200K --no-expand",
    "hex",
    "hex 1",
    "hex -l 33",
    "hex -c 1000",
    "hex 64K -c 3",
    "hex 70K --no-expand",
    "urlsafe -l 11 -c 1000",
    "urlsafe 70K --no-expand",
    "base64 20 -c 7",
    "base64 -l 7",
    "base64 70K --no-expand",
    "base32 -l 5 -c 3000",
    "base32 20",
    "base32 70K --no-expand",
    "token",
    "token -c 500",
    "uuid",
    "uuid -c 500",
    "password",
    "password -l 7 -c 2000",
    "password -b 128",
    "password -b 256 --for full --max-run 1",
    "password --for pin -c 50",
    "password --for alnum --lower 2 --upper 3 --digit 4 --exclude abc -B",
    "password --symbol 2 --symbols !#% --start any --end letter",
    "password --no-lower --no-digit -l 30",
    "password --no-upper --no-symbol -l 30",
    "password --alphabet 01 -l 300",
    "pattern [0-9]",
    "pattern [0-9]{3} -c 500 --distinct",
    "hex 1 -c 128 --distinct",
    "urlsafe -l 2 -c 2048 --distinct",
    "base64 1 -c 128 --distinct",
    "base32 1 -c 128 --distinct",
    "password --for pin -l 3 -c 500 --distinct",
    "passphrase -w 1 -c 3000 --distinct",
    "token -c 50 --distinct",
    "uuid -c 50 --distinct",
    "pattern [A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4} -c 500",
    "pattern a[01][abc]{100}x[äöü€]{7}",
    "password --alphabet äöüß€ -l 9 -c 30",
    "password --rules maxlength:16;required:lower;required:digit -c 20",
    "passphrase",
    "passphrase -c 300",
    "passphrase -w 3 -s . --capitalize -c 20",
    "passphrase -b 90 --add-digit --add-symbol",
    "passphrase -W WORDS -w 2 -c 100",
    "passphrase --max-word 5 -c 50",
    "below 2",
    "below 3 -c 10000",
    "below 65536 -c 1000",
    "below 2**64 -c 100",
    "below 10**60 -c 100",
    "below 7 --from 1 -c 7",
    "below -5 --from -10**40",
    "choice a b c",
    "choice -c 20000 a b c d e",
    "choice -c 1000 --range 1-6",
    "choice -c 10 --range 1-10**60",
    "choice -i ITEMS",
    "choice -c 300 -i ITEMS",
    "sample 3 a b c d",
    "sample all -c 100 a b c d",
    "sample 20 -i ITEMS",
    "sample 2 -c 5 -i ITEMS",
    "sample all -i ITEMS",
    "sample 20 --range 1-49",
    "sample 1000 --range 1-10**9",
    "sample 100 --range 1-10**30",
    "fill TEMPLATE",
    "fill --env TEMPLATE",
];

#[test]
#[ignore = "needs strace"]
fn single_integer_takes_one_request() {
    // Bounds whose words are never rejected.
    for (line, bytes) in [
        ("below 1", 2),
        ("below 256", 2),
        ("below 65536", 4),
        ("below 2**32", 8),
        ("below 2**80", 10),
        ("choice --range 1-256", 2),
        ("choice --range 1-65536", 4),
    ] {
        assert_eq!(requests("", line).0, [bytes], "{line}");
    }
}

#[test]
#[ignore = "needs strace"]
fn at_least_the_reported_bits_are_requested() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_string()
    };
    let lines = |count| (0..count).map(|item| format!("{item:06}\n")).collect();
    let items = file("items", lines(100_000));
    let words = file("words", lines(100));
    let template =
        "A={{ mksecret hex 9 }}\nB={{ mksecret password }}\nC={{ mksecret below 10**20 }}\n";
    let template = file("template", template.into());
    for line in DRAWS {
        let line = line.replace("ITEMS", &items).replace("WORDS", &words);
        let line = line.replace("TEMPLATE", &template);
        let (requests, report) = requests("", &format!("{line} -v"));
        let requested = 8 * requests.iter().sum::<usize>();
        let reported: f64 = report.lines().map(reported_bits).sum();
        assert!(reported > 0.0, "{line}: {report}");
        assert!(
            requested as f64 >= reported,
            "{line}: {requested} bits requested: {report}"
        );
    }
}

/// The bits that a line of `-v` reports, of all secrets together.
fn reported_bits(line: &str) -> f64 {
    let report = line.strip_prefix("mksecret: ").expect(line);
    let count: f64 = report
        .split_once(" times ")
        .map_or(1.0, |(count, _)| count.parse().unwrap());
    let bits = report.split(" bits").next().unwrap();
    count * bits.rsplit(' ').next().unwrap().parse::<f64>().expect(line)
}

#[test]
fn every_option_that_changes_the_strength_is_accounted_for() {
    let mut tested = BTreeSet::new();
    for line in DRAWS {
        let words = iter::once("mksecret").chain(line.split(' '));
        let matches = mksecret::command().get_matches_from(words);
        let (name, given) = matches.subcommand().unwrap();
        let is_given = |id: &&Id| given.value_source(id.as_str()) == Some(ValueSource::CommandLine);
        let ids = given.ids().filter(is_given);
        tested.extend(ids.map(|id| (name.to_string(), id.to_string())));
    }
    let mut command = mksecret::command();
    command.build();
    for subcommand in command.get_subcommands() {
        let ids: Vec<&str> = subcommand
            .get_arguments()
            .map(|argument| argument.get_id().as_str())
            .collect();
        // What has no pool asks for no random bytes, and `ready` prints none.
        let name = subcommand.get_name();
        if !ids.contains(&"pool") || name == "ready" {
            continue;
        }
        assert!(
            DRAWS
                .iter()
                .any(|line| line.split(' ').next() == Some(name)),
            "{name}"
        );
        for id in ids {
            let is_tested = tested.contains(&(name.to_string(), id.to_string()));
            let is_help = ["help", "version"].contains(&id);
            assert!(
                is_tested || is_help || NO_STRENGTH.contains(&id),
                "{name}: {id}"
            );
        }
    }
}

#[test]
#[ignore = "needs root, strace, openssl"]
fn expanded_bytes_are_the_keystream_that_openssl_computes() {
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
#[ignore = "needs qemu-user"]
fn every_back_end_of_the_cipher_gives_the_same() {
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
fn started(line: &str) -> (Started, ChildStdout) {
    let mut command = process::Command::new(program());
    let mut child = command.args(line.split(' ')).stdout(Stdio::piped()).start();
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
            // More is left than the largest pipe and its writer hold: the program cannot have ended.
            if peak.is_none() && read > length - (4 << 20) {
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
