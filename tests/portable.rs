//! The branch of the systems that are not Linux, built on Linux with `--cfg mksecret_portable`: see `tests/run`.
#![cfg(mksecret_portable)]

use std::process::{Command, Output};

mod support;

fn mksecret(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(args)
        .output()
        .unwrap()
}

#[test]
fn what_the_system_cannot_do_is_named_and_nothing_printed() {
    for command in [&["hex"][..], &["password"], &["below", "6"], &["ready"]] {
        for (option, name) in [
            ("--nonblock", "--nonblock"),
            ("--timeout=5s", "--timeout"),
            ("--timeout=0s", "--timeout"),
            ("--pool=random", "--pool random"),
        ] {
            let output = mksecret(&[command, &[option]].concat());
            assert_eq!(output.status.code(), Some(2), "{command:?} {option}");
            assert!(output.stdout.is_empty(), "{command:?} {option}");
            assert_eq!(
                String::from_utf8(output.stderr).unwrap(),
                format!(
                    "mksecret: error: {name}: this system offers no such choice\n\
                     mksecret: hint: without it, this system's generator waits until it is ready\n"
                )
            );
        }
    }
}

#[test]
fn what_it_can_do_it_does() {
    let output = mksecret(&["hex"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 65));
    let output = mksecret(&["ready", "--pool", "urandom"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}

#[test]
fn what_its_generator_cannot_do_is_an_error() {
    let output = support::denying("EIO", "any", || mksecret(&["hex"]));
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "mksecret: error: cannot get random bytes from the kernel: Input/output error (os error 5)\n"
    );
}
