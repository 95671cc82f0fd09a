//! Drawing from items and printing what was drawn: what `choice` and `sample` have in common.

use std::{ffi::OsString, fmt::Write, path::Path};

use num_bigint::BigUint;

use super::interval::{Integers, Interval};
use crate::{
    args::{ItemArgs, Span},
    entropy::Batch,
    error::Error,
    input::{BLOCK, Blocks, Source},
    items::{Draw, Lines, Reservoir, Shuffle, draw_all, repeats},
    memory::{self, OutOfMemory},
    message::counted,
    output::{Output, Records},
    strength::shown_selections,
};

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selection {
    /// How many items, and whether an item can be drawn twice.
    pub(crate) draw: Draw,
    /// How often.
    pub(crate) times: u64,
    /// Fewer items than this are an error.
    pub(crate) needed: u64,
}

/// Random bytes for the index of an item, in most draws.
const BYTES_FOR_ITEM: u64 = 2;

/// A stream with fewer bytes than this is held whole, and items are drawn by their index: it fits into a cache.
const AT_HAND: usize = 2 << 20;

/// Up to this number of distinct items are drawn anew with each block.
const FEW: u64 = 4096;

/// Bytes that a reservoir takes for each item drawn, at least.
const RESERVED: u64 = 40;

impl Selection {
    /// Whether the items are drawn by a reservoir, if the stream is long.
    fn has_reservoir(self) -> bool {
        match self.draw {
            _ if self.times > 1 => false,
            Draw::Distinct(wanted) => wanted <= FEW,
            Draw::Independent(_) => true,
        }
    }

    /// How many bytes and how many items of a stream are looked at together, at least.
    fn at_once(self) -> (usize, u64) {
        match self.draw {
            // To draw several times, all items have to be held.
            _ if self.times > 1 => (AT_HAND, u64::MAX),
            // With each block they are drawn anew.
            Draw::Distinct(wanted) if wanted <= FEW => (BLOCK, 8 * wanted),
            Draw::Distinct(_) => (AT_HAND, 1),
            // An input shorter than its reservoir would be is kept whole.
            Draw::Independent(wanted) => {
                let reserved = usize::try_from(wanted.saturating_mul(RESERVED));
                (BLOCK.max(reserved.unwrap_or(usize::MAX)), wanted)
            }
        }
    }

    /// Checks that there are items in `name`, and as many as are needed.
    fn check(self, available: &BigUint, name: &str) -> Result<(), Error> {
        let needed = self.needed;
        if *available == BigUint::ZERO {
            return Err(Error::usage(format!("no items in {name}")));
        }
        if *available < needed.into() {
            return Err(Error::usage(format!(
                "K '{needed}': only {} in {name}",
                counted(available, "item")
            )));
        }
        Ok(())
    }

    /// Requests random bytes for no more items than there are.
    fn limit_requests(self, available: &BigUint, entropy: &mut Batch<'_>) {
        if let Draw::Distinct(_) = self.draw {
            let all = u64::try_from(available).unwrap_or(u64::MAX);
            let expected = all.saturating_mul(self.times);
            entropy.request_at_most(expected.saturating_mul(BYTES_FOR_ITEM));
        }
    }
}

/// The items that there were to draw from.
#[derive(Debug)]
pub(crate) struct Available {
    /// Their number.
    pub(crate) count: BigUint,
    /// The words for them in the line of `-v`.
    pub(crate) words: String,
    /// What [`repeats`] says of the items; nothing where they were not all in memory.
    repeats: Option<Vec<u64>>,
}

impl Available {
    /// A draw of this number of `items`, which are all in memory.
    ///
    /// # Errors
    /// There is not enough memory.
    pub(crate) fn items<'a>(
        items: impl Iterator<Item = &'a [u8]>,
        count: usize,
    ) -> Result<Self, OutOfMemory> {
        let repeats = repeats(items, count)?;
        let mut words = counted(count, "item");
        if !repeats.is_empty() {
            write!(words, " ({} different)", count - repeats.len()).expect("a text takes all");
        }
        Ok(Self {
            count: count.into(),
            words,
            repeats: Some(repeats),
        })
    }

    /// A draw of this number of items, some of which may be equal.
    fn unseen(count: u64) -> Self {
        Self {
            count: count.into(),
            words: counted(count, "item"),
            repeats: None,
        }
    }

    /// The strength of this number of drawn items, in bits.
    pub(crate) fn bits(&self, drawn: u64) -> String {
        match &self.repeats {
            Some(repeats) => shown_selections(&self.count, drawn, repeats),
            None => format!("at most {}", shown_selections(&self.count, drawn, &[])),
        }
    }
}

/// Draws from the items of `args` and prints the selection. Returns what there was to draw from, or `None` if an existing
/// file was kept.
///
/// # Errors
/// There are too few items, or not every byte arrived.
pub(crate) fn print(selection: Selection, args: &ItemArgs) -> anyhow::Result<Option<Available>> {
    // What the command line alone decides, then the output, then what has to be read.
    if let Some(span) = &args.range {
        selection.check(&span.size, &span.typed)?;
    } else if !args.items.is_empty() {
        let enough = selection.check(&args.items.len().into(), "the arguments");
        enough.map_err(|error| explain_file(error, &args.items))?;
    }
    let mut kernel = args.common.pool.kernel()?;
    let Some(out) = Output::open(&args.common.destination(), false)? else {
        return Ok(None);
    };
    let population = Population::open(args, selection)?;
    let bytes = match &population {
        Population::Interval(_, range) => range.expected_bytes(),
        Population::Arguments(_) | Population::Stream(_) => BYTES_FOR_ITEM,
    };
    let mut entropy = Batch::new(&mut kernel, selection.draw.wanted().saturating_mul(bytes));
    let mut records = Records::new(out, args.format());
    let available = match population {
        Population::Interval(span, range) => {
            from_range(selection, span, range, &mut entropy, &mut records)?;
            Available {
                count: span.size.clone(),
                words: format!("the integers {}", span.typed),
                repeats: Some(Vec::new()),
            }
        }
        Population::Arguments(items) => {
            from_arguments(selection, items, &mut entropy, &mut records)?;
            Available::items(
                items.iter().map(|item| item.as_encoded_bytes()),
                items.len(),
            )?
        }
        Population::Stream(blocks) => {
            let is_asked = args.common.verbose;
            from_stream(selection, blocks, is_asked, &mut entropy, &mut records)?
        }
    };
    records.finish()?;
    Ok(Some(available))
}

/// Where the items are.
enum Population<'a> {
    Interval(&'a Span, Interval),
    Arguments(&'a [OsString]),
    Stream(Blocks<Source>),
}

impl<'a> Population<'a> {
    fn open(args: &'a ItemArgs, selection: Selection) -> anyhow::Result<Self> {
        if let Some(span) = &args.range {
            let range = Interval::new(span.low.clone(), span.size.clone());
            return Ok(Self::Interval(span, range));
        }
        if !args.items.is_empty() {
            return Ok(Self::Arguments(&args.items));
        }
        let path = args.input.as_deref();
        if let Some(path) = path.filter(|path| !path.exists()) {
            refuse_range(path)?;
        }
        let source = Source::open(
            path,
            "no items given",
            "give them as arguments, with -i FILE, with --range LO-HI, or on standard input",
        )?;
        let name = source.name.clone();
        let blocks = Blocks::new(source, name, args.terminator(), selection.at_once().0);
        Ok(Self::Stream(blocks))
    }
}

fn from_range(
    selection: Selection,
    span: &Span,
    range: Interval,
    entropy: &mut Batch<'_>,
    records: &mut Records,
) -> anyhow::Result<()> {
    selection.limit_requests(&span.size, entropy);
    // Without random bytes, not even a prefix is printed.
    entropy.begin()?;
    match selection.draw {
        Draw::Distinct(wanted) => {
            let all = u64::try_from(&span.size).unwrap_or(u64::MAX);
            for _ in 0..selection.times {
                range.sample(wanted.min(all), entropy, |integer| {
                    integer.write(records.begin()?)
                })?;
            }
        }
        Draw::Independent(wanted) => {
            let mut integers = Integers::new(range, wanted);
            for _ in 0..wanted {
                integers.write(entropy, records.begin()?)?;
            }
        }
    }
    Ok(())
}

fn from_arguments(
    selection: Selection,
    items: &[OsString],
    entropy: &mut Batch<'_>,
    records: &mut Records,
) -> anyhow::Result<()> {
    selection.limit_requests(&items.len().into(), entropy);
    // No argument holds a NUL.
    let bytes = items.iter().map(|item| item.len() + 1).sum();
    let mut text = memory::vec(bytes)?;
    for item in items {
        text.extend_from_slice(item.as_encoded_bytes());
        text.push(0);
    }
    let lines = Lines {
        text: &text,
        delimiter: 0,
    };
    for _ in 0..selection.times {
        draw_all(selection.draw, &lines, items.len(), entropy, |item| {
            records.begin()?.write(item)
        })?;
    }
    Ok(())
}

/// Looks for equal items if the strength `is_asked` for.
fn from_stream(
    selection: Selection,
    mut blocks: Blocks<Source>,
    is_asked: bool,
    entropy: &mut Batch<'_>,
    records: &mut Records,
) -> anyhow::Result<Available> {
    let Selection { draw, times, .. } = selection;
    let name = blocks.name().to_string();
    let mut print = |item: &[u8]| records.begin()?.write(item);
    let at_once = selection.at_once().1;
    let (block, count, is_last) = blocks.next(at_once)?;
    let available = match is_last && is_asked {
        true => Some(Available::items(block.items(), count)?),
        false => None,
    };
    let are_few = selection.has_reservoir() && draw.wanted() <= count as u64 / 8;
    if is_last && !are_few {
        selection.check(&count.into(), &name)?;
        selection.limit_requests(&count.into(), entropy);
        for _ in 0..times {
            draw_all(draw, &block, count, entropy, &mut print)?;
        }
        return Ok(available.unwrap_or_else(|| Available::unseen(count as u64)));
    }
    if selection.has_reservoir() {
        let mut reservoir = Reservoir::new(draw);
        reservoir.add(&block, count, entropy)?;
        if !is_last {
            blocks.each(at_once, |block, count| reservoir.add(block, count, entropy))?;
        }
        let seen = reservoir.seen();
        selection.check(&seen.into(), &name)?;
        reservoir.drawn().try_for_each(print)?;
        return Ok(available.unwrap_or_else(|| Available::unseen(seen)));
    }
    let mut shuffle = Shuffle::new(draw.wanted(), block.delimiter);
    shuffle.add(&block, count, entropy)?;
    // Labels for more items at once take memory, and save no time.
    let mut blocks = blocks.of_at_least(BLOCK);
    blocks.each(at_once, |block, count| shuffle.add(block, count, entropy))?;
    let seen = shuffle.seen();
    selection.check(&seen.into(), &name)?;
    selection.limit_requests(&seen.into(), entropy);
    shuffle.finish(entropy, print)?;
    Ok(Available::unseen(seen))
}

/// shuf's `-i LO-HI` is a range, and no file.
fn refuse_range(path: &Path) -> Result<(), Error> {
    match path.to_str().and_then(Span::instead_of_file) {
        Some(hint) => {
            let message = format!("no such file: {}", path.display());
            Err(Error::usage_hint(message, hint))
        }
        None => Ok(()),
    }
}

/// What shuf takes for a file is an item.
fn explain_file(error: Error, items: &[OsString]) -> Error {
    match items {
        [item] if Path::new(item).is_file() => {
            let hint = format!("for the lines of that file: -i {}", item.to_string_lossy());
            Error::usage_hint(error.to_string(), hint)
        }
        _ => error,
    }
}
