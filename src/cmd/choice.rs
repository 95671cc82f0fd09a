//! `mksecret choice`: one of several items.

use clap::Args;

use super::below::Bounded;
use crate::{
    args::{ItemArgs, any_value, count},
    chars::Shape,
    entropy::Batch,
    items::Draw,
    memory::OutOfMemory,
    output::Output,
    secret::{
        Interval, Secret, Summary,
        selection::{self, Available, Selection},
    },
    uniform::Uniform,
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret choice heads tails
  mksecret choice -i names.txt
  getent passwd | mksecret choice
  mksecret choice -c 5 a b c    five times, each independent of the others
  mksecret choice --range 1-6   a die
  find . -type f -print0 | mksecret choice -0

Each item is equally likely; one that is given twice is twice as likely. An
empty item is an item, an item has at most 64 MiB, and items are printed byte
for byte. After `--`, items may begin with a hyphen, and a single one may read
as a range, such as 1-6, which is an error elsewhere. Integers are written as
for `mksecret below`: --range -5-5, --range 1-10**100.")]
#[command(mut_arg("null", |arg| arg.help("Read and print items that end with NUL instead of newline")))]
#[command(mut_args(any_value))]
pub(crate) struct Choice {
    /// Choose N times, each time from all items
    #[arg(short, long, value_name = "N", default_value = "1", value_parser = count, help_heading = "Common options")]
    count: u64,
    #[command(flatten)]
    items: ItemArgs,
}

impl Choice {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let selection = Selection {
            draw: Draw::Independent(self.count),
            times: 1,
            needed: 1,
        };
        let Some(available) = selection::print(selection, &self.items)? else {
            return Ok(());
        };
        if self.items.common.verbose {
            summary(&available).say(self.count);
        }
        Ok(())
    }

    /// One of the items on the command line, or of the range; none if they are elsewhere.
    pub(crate) fn secret(&self) -> Result<Option<Box<dyn Secret>>, OutOfMemory> {
        if let Some(range) = &self.items.range {
            let what = format!("one of the integers {}", range.typed);
            let range = Interval::new(range.low.clone(), range.size.clone());
            return Ok(Some(Box::new(Bounded::new(what, range, 1))));
        }
        let items: Vec<String> = (self.items.items.iter())
            .map(|item| item.to_string_lossy().into_owned())
            .collect();
        if items.is_empty() {
            return Ok(None);
        }
        let bytes = items.iter().map(|item| item.as_bytes());
        let available = Available::items(bytes, items.len())?;
        Ok(Some(Box::new(Chosen { items, available })))
    }
}

fn summary(available: &Available) -> Summary {
    Summary {
        what: format!("one of {}", available.words),
        bits: available.bits(1),
        how: "each equally likely".into(),
    }
}

/// One of several items, chosen at random, which are text.
struct Chosen {
    items: Vec<String>,
    available: Available,
}

impl Secret for Chosen {
    fn expected_bytes(&self) -> u64 {
        2
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        let index = entropy.below(self.items.len() as u64)?;
        out.write(self.items[index as usize].as_bytes())
    }

    fn shape(&self) -> Shape {
        let items = self.items.iter().map(|item| Shape::of(item));
        let either = items.reduce(|either, item| either.or(&item));
        either.unwrap_or_default()
    }

    fn is_certain(&self) -> bool {
        self.items.iter().all(|item| *item == self.items[0])
    }

    fn summary(&self) -> Summary {
        summary(&self.available)
    }
}
