//! Nothing chooses the randomness but the kernel: what is printed depends on the command line, standard input and the
//! kernel's bytes, and on nothing else.
#![cfg(target_os = "linux")]

use std::{
    fs,
    process::{Command, Output, Stdio},
};

mod support;

use support::goes_without;

/// Runs `command` with every byte that the program gets from the kernel an a7, one at a time. `when=2+`: the C library's own call at
/// the start is not the program's.
fn with_known_bytes(strace_options: &[&str], command: &mut Command, args: &[&str]) -> Output {
    command
        .args(["-qq", "-o", "/dev/null", "-e", "trace=getrandom"])
        .args(["-e", "inject=getrandom:retval=1:poke_exit=@arg1=a7:when=2+"])
        .args(strace_options)
        .arg(env!("CARGO_BIN_EXE_mksecret"))
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn the_kernels_bytes_are_what_is_printed() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    let printed = |args: &[&str]| {
        let done = with_known_bytes(&[], &mut Command::new("strace"), args);
        assert!(done.status.success(), "{args:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    assert_eq!(printed(&["hex", "8"]), "a7a7a7a7a7a7a7a7\n");
    assert_eq!(printed(&["urlsafe", "4"]), "p6enpw\n");
    assert_eq!(printed(&["base64", "4"]), "p6enpw==\n");
    assert_eq!(printed(&["base32", "4"]), "U6T2PJY\n");
    // The word is 0xa7a7 of 2^16: 0.654.
    assert_eq!(printed(&["below", "10"]), "6\n");
    assert_eq!(printed(&["below", "1000"]), "654\n");
    assert_eq!(
        printed(&["choice", "a", "b", "c", "d", "e", "f", "g", "h"]),
        "f\n"
    );
    // Nine bytes, the most significant first, of which 65 bits count: the first is halved seven times.
    assert_eq!(
        printed(&["below", "2**65"]),
        format!("{}\n", 0x01a7a7a7a7a7a7a7a7u128)
    );
}

#[test]
fn environment_locale_time_and_folder_change_nothing() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &["hex"][..],
        &["urlsafe", "-c", "3"],
        &["token"],
        &["below", "2**166"],
        &["choice", "-c", "20", "a", "b", "c"],
        &["sample", "all", "a", "b", "c", "d", "e"],
        &["password", "--alphabet", "abc"],
        &["bytes", "100"],
    ] {
        let plain = with_known_bytes(&[], &mut Command::new("strace"), args);
        assert!(plain.status.success(), "{args:?}");
        let mut strange = Command::new("strace");
        strange
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
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
            .current_dir(&folder);
        let strange = with_known_bytes(&[], &mut strange, args);
        assert_eq!(plain.stdout, strange.stdout, "{args:?}");
        assert_eq!(plain.stderr, strange.stderr, "{args:?}");
    }
}

#[test]
fn no_file_is_opened_but_the_programs_own_libraries() {
    if goes_without("strace") || goes_without("root") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    for args in [
        &["hex"][..],
        &["password"],
        &["bytes", "1M"],
        &["below", "6"],
        &["choice", "a", "b"],
        &["token"],
        &["ready"],
    ] {
        let done = Command::new("strace")
            .args([
                "-f",
                "-qq",
                "-e",
                "trace=open,openat,openat2,creat,socket,execve",
                "-o",
            ])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_mksecret"))
            .args(args)
            .env("HOME", folder.path())
            .output()
            .unwrap();
        assert!(done.status.success());
        for call in fs::read_to_string(&trace).unwrap().lines().skip(1) {
            assert!(call.contains(".so"), "{args:?}: {call}");
        }
    }
}
