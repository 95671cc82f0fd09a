//! Nothing chooses the randomness but the kernel: what is printed depends on the command line, standard input and the
//! kernel's bytes, and on nothing else.
#![cfg(target_os = "linux")]

use std::env;

use assert_cmd::Command;

mod support;

use support::{Printed, goes_without, strace, traced};

/// The program when every byte that it gets from the kernel is a7, one at a time. `when=2+`: the first call is the C
/// library's.
fn with_known_bytes(line: &str) -> Command {
    let inject = "inject=getrandom:retval=1:poke_exit=@arg1=a7:when=2+";
    let options = format!("-o /dev/null -e trace=getrandom -e {inject}");
    strace(&options, line)
}

#[test]
fn the_kernels_bytes_are_what_is_printed() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    for (line, printed) in [
        ("hex 8", "a7a7a7a7a7a7a7a7"),
        ("urlsafe 4", "p6enpw"),
        ("base64 4", "p6enpw=="),
        ("base32 4", "U6T2PJY"),
        // 0xa7a7 of 2^16: 0.654.
        ("below 10", "6"),
        ("below 1000", "654"),
        ("choice a b c d e f g h", "f"),
        ("choice --range 1-8", "6"),
        ("choice --range -8--1", "-3"),
        // The position after 6 others.
        ("sample 1 --range 1-10", "7"),
        ("uuid", "a7a7a7a7-a7a7-47a7-a7a7-a7a7a7a7a7a7"),
        // Nine bytes, the most significant first, of which 65 bits count: the first byte is shifted by seven.
        ("below 2**65", &0x0001_a7a7_a7a7_a7a7_a7a7_u128.to_string()),
    ] {
        assert_eq!(with_known_bytes(line).lines(), [printed], "{line}");
    }
}

#[test]
fn environment_locale_time_and_folder_change_nothing() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for line in [
        "hex",
        "urlsafe -c 3",
        "token",
        "below 2**166",
        "choice -c 20 a b c",
        "sample all a b c d e",
        "password --alphabet abc",
        "bytes 100",
    ] {
        let plain = with_known_bytes(line).assert().success();
        let strange = with_known_bytes(line)
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap())
            .env("LC_ALL", "tr_TR.UTF-8")
            .env("LANG", "C")
            .env("TZ", "Asia/Kolkata")
            .env("SEED", "1")
            .env("RANDOM", "4")
            .env("MKSECRET_SEED", "7")
            .env("RUST_BACKTRACE", "full")
            .env("COLUMNS", "20")
            .env("TERM", "dumb")
            .env("SOURCE_DATE_EPOCH", "0")
            .current_dir(&folder)
            .assert();
        assert_eq!(plain.get_output(), strange.get_output(), "{line}");
    }
}

#[test]
fn no_file_is_opened_but_the_programs_own_libraries() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    let options = "-e trace=open,openat,openat2,creat,socket,execve";
    for line in [
        "hex",
        "password",
        "bytes 1M",
        "below 6",
        "choice a b",
        "token",
        "ready",
    ] {
        let (done, trace) = traced(options, line);
        done.success();
        for call in trace.lines().skip(1) {
            assert!(call.contains(".so"), "{line}: {call}");
        }
    }
}
