//! The random devices, for a kernel or a sandbox without getrandom(2).
//!
//! `/dev/random` shows whether the pool is initialised. Reading it waits until it is *and* makes the kernel gather
//! entropy, which poll(2) does not. `/dev/urandom` is opened only after that: with an uninitialised pool it returns
//! weak bytes (before Linux 5.18) or blocks (since then).

use std::{
    fs::File,
    io::{self, ErrorKind},
};

use anyhow::{Context, bail};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{FileType, Mode, OFlags, fcntl_setfl, fstat, major, minor, open},
    io::read,
};

use super::{
    EntropyError, Options, Pool, Wait,
    requests::{fill_exactly, uninterrupted, wait},
};

/// A random device whose pool is initialised.
pub(super) struct Device {
    file: File,
    path: &'static str,
}

impl Device {
    /// Opens the device that `options` ask for; `reason` says why the system call cannot serve.
    pub(super) fn open(reason: io::Error, options: Options) -> Result<Self, EntropyError> {
        let random = match Self::checked("/dev/random", 8) {
            Ok(random) => random,
            Err(device) => return Err(EntropyError::NoSource(reason, device)),
        };
        if !random.is_readable()? {
            if options.wait == Wait::Never {
                return Err(EntropyError::NotReady);
            }
            (options.on_wait)();
            random.wait_until_initialised(options.wait)?;
        }
        if options.pool == Pool::Random {
            if options.wait != Wait::Never {
                random.let_reads_wait()?;
            }
            return Ok(random);
        }
        let urandom = match Self::checked("/dev/urandom", 9) {
            Ok(urandom) => urandom,
            Err(device) => return Err(EntropyError::NoSource(reason, device)),
        };
        urandom.let_reads_wait()?;
        Ok(urandom)
    }

    /// Fills all of `buf`.
    pub(super) fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        match fill_exactly(buf, |rest| read(&self.file, rest)) {
            // Before Linux 5.6 `/dev/random` may run dry at any time.
            Err(error) if error.kind() == ErrorKind::WouldBlock => Err(EntropyError::NotReady),
            filled => filled.map_err(|error| self.failed(error)),
        }
    }

    /// Opens `path` if it is the character device 1:`number`. Reads do not wait.
    fn checked(path: &'static str, number: u32) -> anyhow::Result<Self> {
        // Without NONBLOCK, opening a FIFO would hang; without NOCTTY, a terminal would become ours.
        let file = open(
            path,
            OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOCTTY | OFlags::NONBLOCK,
            Mode::empty(),
        )
        .with_context(|| format!("cannot open {path}"))?;
        let stat = fstat(&file).with_context(|| format!("cannot inspect {path}"))?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::CharacterDevice
            || (major(stat.st_rdev), minor(stat.st_rdev)) != (1, number)
        {
            bail!("{path} is not the kernel's random device");
        }
        Ok(Self {
            file: file.into(),
            path,
        })
    }

    /// Whether a read would return at once, because the pool is initialised.
    fn is_readable(&self) -> Result<bool, EntropyError> {
        let mut fds = [PollFd::new(&self.file, PollFlags::IN)];
        let at_once = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        match uninterrupted(|| poll(&mut fds, Some(&at_once))) {
            Ok(_) => Ok(fds[0].revents().contains(PollFlags::IN)),
            Err(errno) => Err(self.failed(errno)),
        }
    }

    fn wait_until_initialised(&self, limit: Wait) -> Result<(), EntropyError> {
        self.let_reads_wait()?;
        let file = self.file.try_clone().map_err(|error| self.failed(error))?;
        wait(limit, move || {
            fill_exactly(&mut [0], |byte| read(&file, byte))
        })?
        .map_err(|error| self.failed(error))
    }

    fn let_reads_wait(&self) -> Result<(), EntropyError> {
        fcntl_setfl(&self.file, OFlags::empty()).map_err(|errno| self.failed(errno))
    }

    fn failed(&self, error: impl Into<io::Error>) -> EntropyError {
        let context = format!("cannot read {}", self.path);
        EntropyError::Device(anyhow::Error::new(error.into()).context(context))
    }
}
