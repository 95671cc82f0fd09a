//! `deny ERRNO WHICH COMMAND…`: runs COMMAND on a kernel whose getrandom(2) fails with ERRNO.
//!
//! WHICH of its calls: `any`, `nonblock` (with `GRND_NONBLOCK`), `block` (without it) or `random` (with
//! `GRND_RANDOM`). The C library's own calls are denied too; it gets along without.
//!
//!     unshare -m sh -c 'mount --bind /dev/zero /dev/urandom && exec deny ENOSYS any mksecret hex'

#[cfg(target_os = "linux")]
#[path = "filter.rs"]
mod filter;

#[cfg(target_os = "linux")]
fn main() -> Result<(), String> {
    use std::{env, os::unix::process::CommandExt, process::Command};

    let words: Vec<String> = env::args().skip(1).collect();
    let [errno, which, program, arguments @ ..] = &words[..] else {
        return Err("usage: deny ERRNO any|nonblock|block|random COMMAND...".into());
    };
    filter::deny(errno, which);
    let error = Command::new(program).args(arguments).exec();
    Err(format!("cannot run {program}: {error}"))
}

#[cfg(not(target_os = "linux"))]
fn main() {}
