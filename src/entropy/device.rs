//! The random devices, for a kernel or a sandbox without getrandom(2).
//!
//! `/dev/random` tells whether the pool is initialised, and a read of it waits until it is *and* makes the kernel
//! gather entropy, which a poll(2) does not. `/dev/urandom` is opened only after that: on an uninitialised pool it
//! answers at once with weak bytes (before Linux 5.18) or blocks (since).

use std::{fs::File, io};

use anyhow::{Context, bail};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{FileType, Mode, OFlags, fcntl_setfl, fstat, major, minor, open as open_file},
    io::{Errno, read},
};

use super::{
    EntropyError, Options, Pool, Wait,
    kernel::{fill_exactly, uninterrupted, wait},
};

const RANDOM: (&str, u32) = ("/dev/random", 8);
const URANDOM: (&str, u32) = ("/dev/urandom", 9);

/// The device to read from, its pool initialised; `reason` is why the system call cannot serve.
pub(super) fn open(reason: io::Error, options: Options) -> Result<File, EntropyError> {
    let random = match open_checked(RANDOM) {
        Ok(random) => random,
        Err(device) => return Err(EntropyError::NoSource(reason, device)),
    };
    if !is_readable(&random).map_err(|errno| failed(RANDOM.0, errno))? {
        if options.wait == Wait::Never {
            return Err(EntropyError::NotReady);
        }
        (options.on_wait)();
        let waiting = random
            .try_clone()
            .map_err(|error| EntropyError::Device(error.into()))?;
        wait(options.wait, move || {
            fill_exactly(&mut [0], |byte| read(&waiting, byte))
        })?
        .map_err(|errno| failed(RANDOM.0, errno))?;
    }
    match options.pool {
        Pool::Random => Ok(random),
        Pool::Urandom => {
            open_checked(URANDOM).map_err(|device| EntropyError::NoSource(reason, device))
        }
    }
}

/// Fills all of `buf` from `device`.
pub(super) fn fill(device: &mut File, buf: &mut [u8]) -> Result<(), EntropyError> {
    fill_exactly(buf, |rest| read(&*device, rest))
        .map_err(|errno| failed("the random device", errno))
}

fn failed(device: &str, errno: Errno) -> EntropyError {
    EntropyError::Device(anyhow::Error::new(errno).context(format!("cannot read {device}")))
}

/// Opens the character device 1:`number` at `path`, and nothing else that may stand there.
fn open_checked((path, number): (&str, u32)) -> anyhow::Result<File> {
    // Without NONBLOCK, opening a FIFO that stands there would hang.
    let file = open_file(
        path,
        OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK,
        Mode::empty(),
    )
    .with_context(|| format!("cannot open {path}"))?;
    let stat = fstat(&file)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::CharacterDevice
        || (major(stat.st_rdev), minor(stat.st_rdev)) != (1, number)
    {
        bail!("{path} is not the kernel's random device");
    }
    fcntl_setfl(&file, OFlags::empty())?;
    Ok(file.into())
}

/// Whether a read would be answered at once: the pool is initialised.
fn is_readable(random: &File) -> Result<bool, Errno> {
    let mut fds = [PollFd::new(random, PollFlags::IN)];
    let at_once = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    Ok(uninterrupted(|| poll(&mut fds, Some(&at_once)))? > 0)
}
