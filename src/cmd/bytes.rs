//! `mksecret bytes`: raw bytes.

use clap::Args;
use zeroize::Zeroizing;

use crate::{
    args::{Common, any_value, size},
    entropy::{Batch, CHUNK, Stream, value_bits},
    error::Error,
    message::counted,
    output::{Destination, Output},
    secret::Summary,
    strength::shown_bits,
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret bytes 32 > key
  mksecret bytes 4K -o keyfile
  mksecret bytes --endless | head -c 1G | sha256sum

Raw bytes are not written to a terminal, except with -o -. After the first 64
KiB, each further 64 KiB is AES-256-CTR keystream with a fresh key from the
kernel; with --no-expand, every byte comes from the kernel. If they go to a file
or a disk, and standard error is a terminal, a progress bar appears after a
second; for a pipe there is pv.")]
#[command(mut_args(any_value))]
pub(crate) struct Bytes {
    /// Number of bytes; K M G T (or KiB …) are powers of 1024, KB MB GB TB powers
    /// of 1000
    #[arg(value_name = "SIZE", default_value = "32", value_parser = size, allow_negative_numbers = true)]
    size: u64,
    /// Write until the pipe closes, then exit 0
    #[arg(long, conflicts_with = "size")]
    endless: bool,
    /// Take every byte from the kernel, even after the first 64 KiB
    #[arg(long)]
    no_expand: bool,
    #[command(flatten)]
    common: Common,
}

impl Bytes {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let destination = Destination {
            endless: self.endless,
            ..self.common.destination()
        };
        let mut kernel = self.common.pool.kernel()?;
        let Some(mut out) = Output::open(&destination, true)? else {
            return Ok(());
        };
        let size = if self.endless { u64::MAX } else { self.size };
        if size > CHUNK as u64 && !self.endless {
            out.show_progress(size);
        }
        let mut batch = Batch::new(&mut kernel, size);
        let mut stream = Stream::new(&mut batch, !self.no_expand);
        let mut chunk = Zeroizing::new(vec![0; size.min(CHUNK as u64) as usize]);
        let mut left = size;
        while left > 0 {
            let chunk = &mut chunk[..left.min(CHUNK as u64) as usize];
            stream.fill(chunk)?;
            match out.write(chunk) {
                Err(error)
                    if self.endless && matches!(error.downcast_ref(), Some(Error::ReaderGone)) =>
                {
                    return Ok(());
                }
                written => written?,
            }
            left -= chunk.len() as u64;
        }
        out.finish()?;
        if self.common.verbose {
            Summary {
                what: counted(size, "byte"),
                bits: shown_bits(value_bits(size, !self.no_expand)),
                how: "raw".into(),
            }
            .say(1);
        }
        Ok(())
    }
}
