//! Files that hold secrets: where a template has placeholders, what belongs there, and whether it survives there.
//!
//! A placeholder `{{ mksecret hex 32 }}` is a command line of this program, `{{ KEY }}` the value of another key of the
//! same KEY=value file; any other `{{` is text. Nothing here is random and nothing is read or written: a [`Plan`] says
//! what is to be drawn and where it goes. Whatever is wrong is found before anything is drawn, from what could be
//! drawn, and is an error with file, line and column.

mod document;
mod key_value;
mod key_value_file;
mod known;
mod markup;
mod placeholder;
mod source_text;
mod survival;

pub(crate) use document::document;
pub(crate) use key_value::{Inputs, fill};
pub(crate) use markup::Syntax;
pub(crate) use source_text::SourceText;

use std::ops::Range;

use zeroize::Zeroizing;

use crate::{chars::Shape, error::Error, memory};

/// Bytes that a template, the file that it is filled into and the result have at most.
pub(crate) const LARGEST: usize = 4 << 20;

/// A command line of a placeholder, once it is understood.
#[derive(Clone, Debug)]
pub(crate) struct Generator {
    /// By which number it is asked for a secret.
    pub(crate) number: usize,
    /// What its secrets could be made of.
    pub(crate) shape: Shape,
}

/// What is to be drawn and where it goes.
#[derive(Debug, Default)]
pub(crate) struct Plan<'t> {
    /// What the result has that the file has not yet, in the order of the result.
    pub(crate) changes: Vec<Change<'t>>,
    /// Each made of values before it.
    values: Vec<Vec<Part<'t>>>,
    result: Vec<Part<'t>>,
}

/// Something that is new in the result.
#[derive(Debug)]
pub(crate) struct Change<'t> {
    /// The key, or the place of the placeholder.
    pub(crate) name: String,
    /// The commands its value is drawn by.
    pub(crate) commands: Vec<usize>,
    /// The keys its value is made of.
    pub(crate) keys: Vec<&'t str>,
}

/// A part of the result or of a value.
#[derive(Clone, Copy, Debug)]
enum Part<'t> {
    Text(&'t [u8]),
    /// A new secret by the command of this number.
    Secret(usize),
    /// The value of this number.
    Value(usize),
}

impl Plan<'_> {
    /// The result. `draw` generates a secret by the command of a number.
    ///
    /// # Errors
    /// Those of `draw`; or it would be larger than [`LARGEST`], or than memory.
    pub(crate) fn render(
        &self,
        mut draw: impl FnMut(usize) -> anyhow::Result<Zeroizing<Vec<u8>>>,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        let mut values = Vec::with_capacity(self.values.len());
        // Each value is in the result, so they are no longer together.
        let mut left = LARGEST;
        for parts in &self.values {
            let value = join(parts, &values, &mut draw, left)?;
            left -= value.len();
            values.push(value);
        }
        join(&self.result, &values, &mut draw, LARGEST)
    }
}

/// The parts one after another, at most so many bytes, in a buffer that never grows: no copy is left behind.
fn join(
    parts: &[Part<'_>],
    values: &[Zeroizing<Vec<u8>>],
    draw: &mut impl FnMut(usize) -> anyhow::Result<Zeroizing<Vec<u8>>>,
    most: usize,
) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let mut secrets = Vec::new();
    let mut length = 0;
    for part in parts {
        length += match part {
            Part::Text(text) => text.len(),
            Part::Value(number) => values[*number].len(),
            Part::Secret(command) => {
                let secret = draw(*command)?;
                let length = secret.len();
                secrets.push(secret);
                length
            }
        };
        if length > most {
            return Err(Error::usage("the result would be larger than 4 MiB").into());
        }
    }
    let mut joined = Zeroizing::new(memory::vec(length)?);
    let mut secrets = secrets.iter();
    for part in parts {
        joined.extend_from_slice(match part {
            Part::Text(text) => text,
            Part::Value(number) => &values[*number],
            Part::Secret(_) => secrets.next().expect("drawn above"),
        });
    }
    Ok(joined)
}

/// The text of a file with parts in the place of ranges of it, which are in ascending order.
fn replace<'t>(file: &SourceText<'t>, edits: &[(Range<usize>, Vec<Part<'t>>)]) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let mut next = 0;
    for (range, new) in edits {
        parts.push(Part::Text(&file.text[next..range.start]));
        parts.extend(new);
        next = range.end;
    }
    parts.push(Part::Text(&file.text[next..]));
    parts
}
