//! What takes the bytes: something that is open, or a file to be.

use std::{fs::File, io::IsTerminal};

use anyhow::Context;
use zeroize::Zeroizing;

use super::{
    new_file::NewFile,
    system::{check_writable, enlarge_pipe},
    write::{is_reader_gone, write_all},
};
use crate::{error::Error, memory};

#[derive(Debug)]
pub(super) enum Sink {
    /// Something that was there before, by its name in messages.
    Open {
        file: File,
        name: String,
        /// Whether what was written has to reach the disk before it counts as delivered.
        is_disk: bool,
    },
    /// A file that will be there once it is complete.
    New(Box<NewFile>),
    /// Memory.
    Memory(Zeroizing<Vec<u8>>),
}

impl Sink {
    /// A descriptor that was open before. One that cannot be written to is refused now, before anything is drawn.
    pub(super) fn open(file: File, name: impl Into<String>) -> anyhow::Result<Self> {
        let name = name.into();
        check_writable(&file).with_context(|| format!("cannot write to {name}"))?;
        Ok(Self::Open {
            file,
            name,
            is_disk: false,
        })
    }

    /// A disk that was opened for writing.
    pub(super) fn disk(file: File, name: String) -> Self {
        Self::Open {
            file,
            name,
            is_disk: true,
        }
    }

    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Open { file, .. } if file.is_terminal())
    }

    /// Prepares for more than the system takes at once.
    pub(super) fn expect_more(&self) {
        if let Self::Open { file, .. } = self {
            enlarge_pipe(file);
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Open { file, name, .. } => write_all(file, bytes).map_err(|error| {
                if is_reader_gone(&error) {
                    Error::ReaderGone.into()
                } else {
                    anyhow::Error::new(error).context(format!("cannot write to {name}"))
                }
            }),
            Self::New(file) => file.write(bytes),
            Self::Memory(text) => {
                let capacity = text.len() + bytes.len();
                memory::regrow(text, capacity)?;
                text.extend_from_slice(bytes);
                Ok(())
            }
        }
    }
}
