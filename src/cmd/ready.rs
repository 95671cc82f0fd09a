//! `mksecret ready`: the state of the kernel's pool.

use std::time::Instant;

use clap::Args;

use crate::{
    args::{PoolArgs, any_value},
    entropy::Entropy,
    message::say,
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret ready                wait without a limit
  mksecret ready --nonblock     check without waiting
  mksecret ready --timeout 5s || echo 'not ready yet'

Exits with 0 if the pool is initialised, with 75 if not. Prints nothing.")]
#[command(mut_args(any_value))]
pub(crate) struct Ready {
    #[command(flatten)]
    pool: PoolArgs,
    /// Print the time waited to standard error
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
