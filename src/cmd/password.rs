//! `mksecret password`: a password (first form: a length, of the 94 printable characters).

use clap::{Args, ValueHint};

use crate::{
    cli::{self, Common, TextArgs},
    entropy::Batch,
    output::{Output, Texts},
    sample::Uniform,
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret password             24 characters
  mksecret password -l 32       32 characters")]
pub(super) struct Password {
    /// How many characters
    #[arg(short, long, value_name = "N", default_value = "24", value_parser = cli::count,
        value_hint = ValueHint::Other, allow_hyphen_values = true)]
    length: u64,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Password {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Some(out) = Output::open(&self.common.file.destination(), false)? else {
            return Ok(());
        };
        let mut kernel = self.common.pool.kernel()?;
        let mut entropy = Batch::new(&mut kernel, self.length as usize);
        let mut texts = Texts::new(out, self.text.format());
        let mut indices = vec![0; self.length as usize];
        for _ in 0..self.text.count {
            entropy.fill_below(94, &mut indices)?;
            let out = texts.begin()?;
            indices
                .iter()
                .try_for_each(|index| out.write(&[b'!' + *index as u8]))?;
        }
        texts.finish()
    }
}
