//! Drawing from items and printing what was drawn: what `choice` and `sample` have in common.

use std::{ffi::OsString, path::Path};

use crate::{
    args::ItemArgs,
    entropy::Batch,
    error::Error,
    input::{Blocks, Source},
    items::{Draw, Items, Reservoir, Shuffle, draw_all},
    output::{Output, Texts},
};

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selection {
    /// How many items, and whether one can come twice.
    pub(crate) draw: Draw,
    /// How often.
    pub(crate) times: u64,
    /// Fewer items than this are an error.
    pub(crate) needed: u64,
}

/// Draws from the items of `args` and prints what was drawn; returns how many items there were, and nothing if an
/// existing file was kept.
///
/// # Errors
/// There are too few items, or not every byte arrived.
pub(crate) fn print(selection: Selection, args: &ItemArgs) -> anyhow::Result<Option<u64>> {
    // Before the items are looked at: a file that is kept needs none.
    let Some(out) = Output::open(&args.common.destination(), false)? else {
        return Ok(None);
    };
    let population = Population::open(args)?;
    let mut kernel = args.common.pool.kernel()?;
    // An index of some bytes for each item drawn.
    let (Draw::Distinct(wanted) | Draw::Independent(wanted)) = selection.draw;
    let mut entropy = Batch::new(&mut kernel, wanted.saturating_mul(2));
    let mut texts = Texts::new(out, args.format());
    let print = |item: &[u8]| texts.begin()?.write(item);
    let available = match population {
        Population::Arguments(items) => from_arguments(selection, items, &mut entropy, print)?,
        Population::Stream(blocks) => from_stream(selection, blocks, &mut entropy, print)?,
    };
    texts.finish()?;
    Ok(Some(available))
}

/// The items before they are read.
enum Population<'a> {
    Arguments(&'a [OsString]),
    Stream(Blocks<Source>),
}

impl<'a> Population<'a> {
    fn open(args: &'a ItemArgs) -> anyhow::Result<Self> {
        if !args.items.is_empty() {
            return Ok(Self::Arguments(&args.items));
        }
        let path = args.input.as_deref();
        if let Some(path) = path.filter(|path| !path.exists()) {
            refuse_range(path)?;
        }
        let source = Source::open(
            path,
            "there are no items",
            "give them as arguments, with -i FILE, or on standard input",
        )?;
        let name = source.name.clone();
        Ok(Self::Stream(Blocks::new(source, name, args.terminator())))
    }
}

fn from_arguments(
    selection: Selection,
    items: &[OsString],
    entropy: &mut Batch<'_>,
    mut print: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let available = items.len();
    enough(available as u64, selection.needed, "the arguments")?;
    for _ in 0..selection.times {
        draw_all(selection.draw, items, available, entropy, &mut print)?;
    }
    Ok(available as u64)
}

fn from_stream(
    selection: Selection,
    mut blocks: Blocks<Source>,
    entropy: &mut Batch<'_>,
    mut print: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let Selection {
        draw,
        times,
        needed,
    } = selection;
    let name = blocks.name().to_string();
    let at_once = match draw {
        // To draw again takes all items at hand.
        _ if times > 1 => u64::MAX,
        Draw::Distinct(_) => 1,
        Draw::Independent(wanted) => wanted,
    };
    let (mut block, mut count, mut is_last) = blocks.next(at_once)?;
    if is_last {
        enough(count as u64, needed, &name)?;
        for _ in 0..times {
            draw_all(draw, &block, count, entropy, &mut print)?;
        }
        return Ok(count as u64);
    }
    match draw {
        Draw::Distinct(wanted) => {
            let mut shuffle = Shuffle::new(wanted, block.delimiter);
            loop {
                shuffle.add(&block, count, entropy)?;
                if is_last {
                    break;
                }
                (block, count, is_last) = blocks.next(at_once)?;
            }
            let seen = shuffle.seen();
            enough(seen, needed, &name)?;
            shuffle.finish(entropy, print)?;
            Ok(seen)
        }
        Draw::Independent(wanted) => {
            let mut reservoir = Reservoir::new(wanted as usize);
            loop {
                reservoir.add(&block, count, entropy)?;
                if is_last {
                    break;
                }
                (block, count, is_last) = blocks.next(at_once)?;
            }
            reservoir.drawn().try_for_each(print)?;
            Ok(reservoir.seen())
        }
    }
}

/// What shuf calls `-i LO-HI` is not the name of a file.
fn refuse_range(path: &Path) -> Result<(), Error> {
    let bounds = path.to_str().and_then(|text| {
        let (low, high) = text.split_once('-')?;
        let (low, high): (u64, u64) = (low.parse().ok()?, high.parse().ok()?);
        Some((low, high.checked_add(1)?))
    });
    match bounds {
        Some((low, bound)) => Err(Error::usage_hint(
            format!("there is no file {}", path.display()),
            format!(
                "for an integer from {low} to {}: `mksecret below {bound} --from {low}`",
                bound - 1
            ),
        )),
        None => Ok(()),
    }
}

/// There must be items, and as many as `needed`.
fn enough(available: u64, needed: u64, name: &str) -> Result<(), Error> {
    if available == 0 {
        Err(Error::usage(format!("there are no items in {name}")))
    } else if available < needed {
        Err(Error::usage(format!(
            "K '{needed}': there are only {available} items in {name}, and none is taken twice"
        )))
    } else {
        Ok(())
    }
}

impl Items for [OsString] {
    fn entries(&self) -> impl Iterator<Item = usize> {
        0..self.len()
    }

    fn span(&self) -> usize {
        self.len()
    }

    fn item(&self, entry: usize) -> &[u8] {
        self[entry].as_encoded_bytes()
    }
}
