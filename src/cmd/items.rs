//! What `choice` and `sample` have in common: where the items come from, and how drawn ones are printed.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, ValueHint};

use super::input::stdin;
use crate::{
    cli::{Common, ShapeArgs},
    entropy::{Batch, EntropyError},
    error::Error,
    output::{Output, Texts},
    sample::{Draw, Items, Reservoir, Shuffle, Text, draw_all},
};

/// How much of a stream is read at a time, unless a sample has more items than that.
const BLOCK: usize = 256 * 1024;

// Where the items come from and how they are printed.
#[derive(Args, Debug)]
pub(super) struct ItemArgs {
    /// The items; without any, they are the lines of standard input
    #[arg(value_name = "ITEM", value_hint = ValueHint::Other)]
    items: Vec<OsString>,
    /// Take the lines of FILE as items; - is standard input
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath,
        allow_hyphen_values = true, conflicts_with = "items")]
    input: Option<PathBuf>,
    /// Print no newline (or NUL) after the last one
    #[arg(long, help_heading = "Common options")]
    no_newline: bool,
    #[command(flatten)]
    shape: ShapeArgs,
    #[command(flatten)]
    pub(super) common: Common,
}

impl ItemArgs {
    /// Draws and prints, `times` over; returns how many items there were to draw from, and nothing if nothing was to
    /// be done. Fewer items than `needed` are an error.
    pub(super) fn print(&self, draw: Draw, times: u64, needed: u64) -> anyhow::Result<Option<u64>> {
        // Before the items are looked at: a file that is kept needs none.
        let Some(out) = Output::open(&self.common.destination(), false)? else {
            return Ok(None);
        };
        let mut source = Source::open(self)?;
        let mut kernel = self.common.pool.kernel()?;
        // An index of some bytes for each item drawn.
        let (Draw::Distinct(wanted) | Draw::Independent(wanted)) = draw;
        let mut entropy = Batch::new(&mut kernel, wanted.min(8192) as usize * 2);
        let mut texts = Texts::new(out, self.shape.format(self.no_newline));
        let mut print = |item: &[u8]| texts.begin()?.write(item);

        let available = match &mut source {
            Source::Arguments(arguments) => {
                let available = arguments.len();
                enough(available as u64, needed, "the arguments")?;
                for _ in 0..times {
                    draw_all(draw, *arguments, available, &mut entropy, &mut print)?;
                }
                available as u64
            }
            Source::Stream { stream, name } => {
                let mut blocks = Blocks {
                    stream,
                    name,
                    delimiter: self.shape.terminator(),
                    buffer: Vec::new(),
                    done: 0,
                };
                let at_once = match draw {
                    // To draw again takes all items at hand.
                    _ if times > 1 => u64::MAX,
                    Draw::Distinct(_) => 1,
                    Draw::Independent(wanted) => wanted,
                };
                let (block, count, is_last) = blocks.next(at_once)?;
                if is_last {
                    enough(count as u64, needed, name)?;
                    for _ in 0..times {
                        draw_all(draw, &block, count, &mut entropy, &mut print)?;
                    }
                    count as u64
                } else {
                    match draw {
                        Draw::Distinct(wanted) => {
                            let mut shuffle = Shuffle::new(wanted, block.delimiter);
                            shuffle.add(&block, count, &mut entropy)?;
                            blocks.each_left(at_once, |block, count| {
                                shuffle.add(block, count, &mut entropy)
                            })?;
                            let seen = shuffle.seen();
                            enough(seen, needed, name)?;
                            shuffle.finish(&mut entropy, print)?;
                            seen
                        }
                        Draw::Independent(wanted) => {
                            let mut reservoir = Reservoir::new(wanted as usize);
                            reservoir.add(&block, count, &mut entropy)?;
                            blocks.each_left(at_once, |block, count| {
                                reservoir.add(block, count, &mut entropy)
                            })?;
                            reservoir.drawn().try_for_each(print)?;
                            reservoir.seen()
                        }
                    }
                }
            }
        };
        texts.finish()?;
        Ok(Some(available))
    }
}

/// The items before they are read.
enum Source<'a> {
    Arguments(&'a [OsString]),
    Stream { stream: Box<dyn Read>, name: String },
}

impl<'a> Source<'a> {
    fn open(args: &'a ItemArgs) -> anyhow::Result<Self> {
        match args.input.as_deref() {
            None if !args.items.is_empty() => Ok(Self::Arguments(&args.items)),
            Some(path) if path != Path::new("-") => {
                let name = path.display().to_string();
                let stream = File::open(path).map_err(|error| cannot_read(error, &name))?;
                Ok(Self::Stream {
                    stream: Box::new(stream),
                    name,
                })
            }
            _ => Ok(Self::Stream {
                stream: Box::new(stdin(
                    "there are no items",
                    "give them as arguments, with -i FILE, or on standard input",
                )?),
                name: "standard input".into(),
            }),
        }
    }
}

fn cannot_read(error: io::Error, name: &str) -> anyhow::Error {
    if error.kind() == io::ErrorKind::NotFound
        && let Some((low, high)) = range(name)
        && let Some(bound) = high.checked_add(1)
    {
        // What shuf calls -i.
        return Error::usage_hint(
            format!("there is no file {name}"),
            format!("for an integer from {low} to {high}: `mksecret below {bound} --from {low}`"),
        )
        .into();
    }
    anyhow::Error::new(error).context(format!("cannot read {name}"))
}

/// The bounds in `LOW-HIGH`.
fn range(text: &str) -> Option<(u64, u64)> {
    let (low, high) = text.split_once('-')?;
    Some((low.parse().ok()?, high.parse().ok()?))
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

/// A stream in blocks of whole items.
struct Blocks<'a> {
    stream: &'a mut dyn Read,
    name: &'a str,
    delimiter: u8,
    buffer: Vec<u8>,
    /// Length of the block handed out last, at the start of the buffer.
    done: usize,
}

impl Blocks<'_> {
    /// Hands all further blocks and their numbers of items to `take`.
    fn each_left(
        &mut self,
        wanted: u64,
        mut take: impl FnMut(&Text<'_>, usize) -> Result<(), EntropyError>,
    ) -> anyhow::Result<()> {
        loop {
            let (block, count, is_last) = self.next(wanted)?;
            take(&block, count)?;
            if is_last {
                return Ok(());
            }
        }
    }

    /// The next block, how many items are in it, and whether it is the last. But for the last it has at least
    /// `wanted` items.
    fn next(&mut self, wanted: u64) -> anyhow::Result<(Text<'_>, usize, bool)> {
        self.buffer.drain(..self.done);
        let mut complete = 0;
        let mut count = 0;
        loop {
            let start = self.buffer.len();
            // By half as much again each time, for a stream that is read whole.
            let size = (start / 2).max(BLOCK) as u64;
            let read = (&mut self.stream)
                .take(size)
                .read_to_end(&mut self.buffer)
                .with_context(|| format!("cannot read {}", self.name))?;
            if (read as u64) < size {
                self.done = self.buffer.len();
                let block = Text {
                    text: &self.buffer,
                    delimiter: self.delimiter,
                };
                return Ok((block, block.count(), true));
            }
            let fresh = &self.buffer[start..];
            count += memchr::memchr_iter(self.delimiter, fresh).count();
            if let Some(last) = memchr::memrchr(self.delimiter, fresh) {
                complete = start + last + 1;
            }
            if count as u64 >= wanted {
                self.done = complete;
                let block = Text {
                    text: &self.buffer[..complete],
                    delimiter: self.delimiter,
                };
                return Ok((block, count, false));
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out few bytes at a time.
    struct Pieces<'a> {
        rest: &'a [u8],
        most: usize,
    }

    impl Read for Pieces<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let length = self.most.min(buf.len()).min(self.rest.len());
            let (piece, rest) = self.rest.split_at(length);
            buf[..length].copy_from_slice(piece);
            self.rest = rest;
            Ok(length)
        }
    }

    /// The items of a stream in blocks, block by block.
    fn blocks(text: &[u8], delimiter: u8, wanted: u64, most: usize) -> Vec<Vec<Vec<u8>>> {
        let mut stream = Pieces { rest: text, most };
        let mut blocks = Blocks {
            stream: &mut stream,
            name: "the test",
            delimiter,
            buffer: Vec::new(),
            done: 0,
        };
        let mut found = Vec::new();
        loop {
            let (block, count, is_last) = blocks.next(wanted).unwrap();
            let items: Vec<_> = block
                .entries()
                .map(|entry| block.item(entry).to_vec())
                .collect();
            assert_eq!(items.len(), count);
            assert!(is_last || count as u64 >= wanted);
            found.push(items);
            if is_last {
                return found;
            }
        }
    }

    /// The items of the whole text at once; written another way than in the program.
    fn items(text: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
        let mut items: Vec<_> = text
            .split(|byte| *byte == delimiter)
            .map(<[u8]>::to_vec)
            .collect();
        if items.last().is_some_and(Vec::is_empty) {
            items.pop();
        }
        items
    }

    #[test]
    fn a_stream_has_the_same_items_in_blocks_as_at_once() {
        let many: Vec<u8> = (0..60_000)
            .flat_map(|item| format!("item {item}\n").into_bytes())
            .collect();
        assert!(many.len() > 2 * BLOCK);
        let line = |length| [vec![b'x'; length], vec![b'\n']].concat();
        for (what, text) in [
            ("nothing", Vec::new()),
            ("an empty line", b"\n".to_vec()),
            ("no newline", b"a".to_vec()),
            ("many", many.clone()),
            ("many, no newline at the end", [&many[..], b"last"].concat()),
            ("empty lines", vec![b'\n'; BLOCK + 3]),
            ("only empty lines to a boundary", vec![b'\n'; 2 * BLOCK]),
            ("a line that ends with the block", line(BLOCK - 1)),
            ("a line that ends after the block", line(BLOCK)),
            ("a line as long as the block", vec![b'x'; BLOCK]),
            ("blocks that end with lines", line(BLOCK / 2 - 1).repeat(6)),
            (
                "a line of more than two blocks between short ones",
                [&many[..100], &line(2 * BLOCK + 7), &many[..BLOCK]].concat(),
            ),
            (
                "a long line at the end",
                [&many[..], &[b'x'; BLOCK + 1]].concat(),
            ),
            (
                "a boundary between two empty lines",
                [&line(BLOCK - 2)[..], b"\n\nend"].concat(),
            ),
        ] {
            for wanted in [1, 50_000, u64::MAX] {
                for most in [7, usize::MAX] {
                    let found = blocks(&text, b'\n', wanted, most);
                    assert!(
                        found.concat() == items(&text, b'\n'),
                        "{what}, {wanted} wanted, {most} at a time"
                    );
                    if wanted == u64::MAX {
                        assert_eq!(found.len(), 1, "{what}");
                    }
                }
            }
        }
    }

    #[test]
    fn items_that_end_with_nul_may_have_newlines_in_them() {
        let text: Vec<u8> = (0..60_000)
            .flat_map(|item| format!("item\n{item}\n\0").into_bytes())
            .collect();
        for text in [&text[..], &text[..text.len() - 1]] {
            let found = blocks(text, 0, 10, 1000);
            assert!(found.len() > 2);
            assert!(found.concat() == items(text, 0));
            assert_eq!(found.concat()[59_999], b"item\n59999\n");
        }
    }

    #[test]
    fn a_sample_larger_than_a_block_reads_on_until_there_are_enough() {
        let text: Vec<u8> = b"0123456\n".repeat(3 * BLOCK / 8);
        let per_block = BLOCK / 8;
        let lengths = |wanted: usize| -> Vec<usize> {
            blocks(&text, b'\n', wanted as u64, usize::MAX)
                .iter()
                .map(Vec::len)
                .collect()
        };
        // The end is seen only when nothing more is read.
        assert_eq!(lengths(1), [per_block, per_block, per_block, 0]);
        assert_eq!(lengths(per_block + 1), [2 * per_block, per_block]);
        assert_eq!(lengths(3 * per_block), [3 * per_block, 0]);
        assert_eq!(lengths(3 * per_block + 1), [3 * per_block]);
    }

    #[test]
    fn a_stream_that_cannot_be_read_is_an_error_with_its_name() {
        struct Broken;

        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("worn out"))
            }
        }

        let mut blocks = Blocks {
            stream: &mut Broken,
            name: "tape",
            delimiter: b'\n',
            buffer: Vec::new(),
            done: 0,
        };
        let error = blocks.next(1).unwrap_err();
        assert_eq!(format!("{error:#}"), "cannot read tape: worn out");
    }
}
