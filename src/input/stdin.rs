//! Standard input, for the subcommands that read it.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
};

use anyhow::Context;

use crate::{error::Error, process};

/// Standard input without the buffer in between. A terminal is not waited for: `missing` and `hint` say what to do.
pub(super) fn stdin(missing: &str, hint: &str) -> anyhow::Result<impl Read + use<>> {
    if io::stdin().is_terminal() {
        return Err(Error::usage_hint(missing, hint).into());
    }
    let own = process::stdin().context("cannot open standard input")?;
    Ok(Patient(own))
}

/// Waits for a non-blocking standard input, as some parents make it for their child.
struct Patient(File);

impl Read for Patient {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(buf) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    process::wait_readable(&self.0)?
                }
                read => return read,
            }
        }
    }
}
