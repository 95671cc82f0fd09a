//! `mksecret ready`: the state of the kernel's pool.

use std::time::Instant;

use clap::Args;

use crate::{args::PoolArgs, entropy::Entropy, message::say};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret ready                wait as long as it takes
  mksecret ready --nonblock     only ask
  mksecret ready --timeout 5s || echo 'no randomness yet'

Nothing is printed. The exit status is 0 if the pool is initialised, 75 if not.")]
pub(crate) struct Ready {
    #[command(flatten)]
    pool: PoolArgs,
    /// Say on standard error how long it waited
    #[arg(short, long)]
    verbose: bool,
}

impl Ready {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let start = Instant::now();
        // Only a request makes the kernel gather entropy; its one byte is dropped.
        self.pool.kernel()?.fill(&mut [0])?;
        if self.verbose {
            let seconds = start.elapsed().as_secs_f64();
            say(format_args!(
                "the kernel's random pool is initialised, waited {seconds:.2} s"
            ));
        }
        Ok(())
    }
}
