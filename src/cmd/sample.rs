//! `mksecret sample`: several distinct items in random order.

use clap::{Args, ValueHint, builder::PossibleValue};

use crate::{
    args::{BadValue, ItemArgs, WithNames, any_value, count},
    items::Draw,
    secret::{
        Summary,
        selection::{self, Selection},
    },
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret sample 2 alice bob carol
  mksecret sample 6 --range 1-49
  mksecret sample 3 -i names.txt
  mksecret sample all < deck.txt    shuffle
  find . -type f -print0 | mksecret sample 10 -0

Every ordered selection of K items is equally likely; no position is taken
twice. A stream is read once, with memory for K items; with -c, or for all, in
memory as a whole. Items are printed byte for byte, and an item has at most
64 MiB. After `--`, items may begin with a hyphen, and a single one may read
as a range, such as 1-49, which is an error elsewhere. Integers are written as
for `mksecret below`: --range -5-5, --range 1-10**100.")]
#[command(mut_arg("null", |arg| arg.help("Read and print items that end with NUL instead of newline")))]
#[command(mut_args(any_value))]
pub(crate) struct Sample {
    /// Number of items, or `all`
    #[arg(value_name = "K", value_parser = WithNames(wanted, || vec![PossibleValue::new("all")]),
        value_hint = ValueHint::Other, hide_possible_values = true, allow_negative_numbers = true)]
    wanted: Wanted,
    /// Print N samples, each from all items
    #[arg(short, long, value_name = "N", default_value = "1", value_parser = count, help_heading = "Common options")]
    count: u64,
    #[command(flatten)]
    items: ItemArgs,
}

#[derive(Clone, Copy, Debug)]
enum Wanted {
    Items(u64),
    All,
}

fn wanted(value: &str) -> Result<Wanted, BadValue> {
    match value {
        "all" => Ok(Wanted::All),
        value => count(value)
            .map(Wanted::Items)
            .map_err(|_| BadValue("it must be a whole number of items, 1 or more, or `all`")),
    }
}

impl Sample {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let (wanted, needed) = match self.wanted {
            Wanted::Items(wanted) => (wanted, wanted),
            Wanted::All => (u64::MAX, 1),
        };
        let selection = Selection {
            draw: Draw::Distinct(wanted),
            times: self.count,
            needed,
        };
        let Some(available) = selection::print(selection, &self.items)? else {
            return Ok(());
        };
        if self.items.common.verbose {
            let all = u64::try_from(&available.count).unwrap_or(u64::MAX);
            let drawn = wanted.min(all);
            Summary {
                what: format!("{drawn} of {}", available.words),
                bits: available.bits(drawn),
                how: "every order equally likely".into(),
            }
            .say(self.count);
        }
        Ok(())
    }
}
