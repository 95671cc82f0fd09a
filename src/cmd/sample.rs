//! `mksecret sample`: several distinct items in random order.

use clap::{Args, ValueHint};

use super::{items::ItemArgs, say_made};
use crate::{
    cli,
    cli::BadValue,
    sample::{Draw, strength::shown_bits},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret sample 2 alice bob carol
  mksecret sample 6 -i numbers.txt
  mksecret sample all < deck.txt    shuffle
  find . -type f -print0 | mksecret sample 10 -0

Every ordered selection of K items is equally likely; no position is taken
twice. A stream is read once, with memory for K items; with -c, or for all, in
memory as a whole. Items are printed byte for byte. After `--`, items may begin
with a hyphen.")]
#[command(mut_arg("null", |arg| arg.help("Items are read and printed with NUL at their end instead of newline")))]
pub(super) struct Sample {
    /// How many items, or `all`
    #[arg(value_name = "K", value_parser = size, value_hint = ValueHint::Other)]
    size: Size,
    /// Print N samples, one after another
    #[arg(short, long, value_name = "N", default_value = "1", value_parser = cli::count,
        value_hint = ValueHint::Other, allow_hyphen_values = true, help_heading = "Common options")]
    count: u64,
    #[command(flatten)]
    items: ItemArgs,
}

#[derive(Clone, Copy, Debug)]
enum Size {
    Items(u64),
    All,
}

fn size(value: &str) -> Result<Size, BadValue> {
    match value {
        "all" => Ok(Size::All),
        value => cli::count(value)
            .map(Size::Items)
            .map_err(|_| BadValue("it must be a whole number of items, 1 or more, or `all`")),
    }
}

impl Sample {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let (wanted, needed) = match self.size {
            Size::Items(size) => (size, size),
            Size::All => (u64::MAX, 1),
        };
        let Some(available) = self
            .items
            .print(Draw::Distinct(wanted), self.count, needed)?
        else {
            return Ok(());
        };
        if self.items.common.verbose {
            let size = wanted.min(available);
            let bits = (available - size + 1..=available)
                .map(|left| (left as f64).log2())
                .sum();
            say_made(
                self.count,
                &format!("{size} of {available} items"),
                &shown_bits(bits),
                "every order of positions equally likely",
            );
        }
        Ok(())
    }
}
