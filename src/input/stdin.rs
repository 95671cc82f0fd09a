//! Standard input, for the subcommands that read it.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
};

use anyhow::Context;

use crate::error::Error;

/// Standard input without the buffer in between. A terminal is not waited for: `missing` and `hint` say what to do.
pub(super) fn stdin(missing: &str, hint: &str) -> anyhow::Result<impl Read + use<>> {
    if io::stdin().is_terminal() {
        return Err(Error::usage_hint(missing, hint).into());
    }
    #[cfg(unix)]
    let own = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned();
    #[cfg(windows)]
    let own = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned();
    Ok(Patient(File::from(
        own.context("cannot open standard input")?,
    )))
}

/// Waits for a non-blocking standard input, as some parents make it for their child.
struct Patient(File);

impl Read for Patient {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(buf) {
                #[cfg(unix)]
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_readable(&self.0)?,
                read => return read,
            }
        }
    }
}

#[cfg(unix)]
fn wait_readable(file: &File) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};

    match poll(&mut [PollFd::new(file, PollFlags::IN)], None) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(errno) => Err(errno.into()),
    }
}
