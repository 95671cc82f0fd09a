//! The code for systems other than Linux, built on Linux with `--cfg mksecret_portable`: see `tests/run`.
#![cfg(mksecret_portable)]

mod support;

use support::{error, is_key, mksecret};

#[test]
fn options_that_the_system_lacks_are_refused() {
    for command in ["hex", "password", "below 6", "ready"] {
        for (option, name) in [
            ("--nonblock", "--nonblock"),
            ("--timeout=5s", "--timeout"),
            ("--timeout=0s", "--timeout"),
            ("--pool=random", "--pool random"),
        ] {
            let done = mksecret(&format!("{command} {option}")).assert();
            done.code(2).stdout("").stderr(error(
                &format!("{name}: not available on this system"),
                "omit it; this system's generator waits until it is ready",
            ));
        }
    }
}

#[test]
fn hex_and_ready_work() {
    let is_key = predicates::function::function(is_key);
    mksecret("hex").assert().success().stdout(is_key);
    mksecret("ready --pool urandom")
        .assert()
        .success()
        .stdout("");
}

#[test]
fn failing_generator_is_an_error() {
    let done = support::denying("EIO", "any", || mksecret("hex").assert());
    let says = "mksecret: error: cannot get random bytes from the kernel: Input/output error (os error 5)\n";
    done.code(1).stdout("").stderr(says);
}
