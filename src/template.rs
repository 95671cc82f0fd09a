//! Files that hold secrets: where a template has placeholders, what belongs there, and whether it survives there.
//!
//! A placeholder `{{ mksecret hex 32 }}` is a command line of this program, `{{ KEY }}` the value of another key, and
//! behind both a filter may stand; any other `{{` is text. Nothing here is random and nothing is read or written: a
//! [`Plan`] says what is to be drawn and where it goes. Whatever is wrong is found before anything is drawn, from what
//! could be drawn, and is an error with file, line and column.
//!
//! - `document`: files that are generated whole. `scanner` knows what a placeholder stands in, by the `Syntax` of the
//!   file: `yaml`, `json`, `toml` or `other_lines`.
//! - `key_value`: KEY=value files, of which an existing one is filled in; `key_value_file` reads them.
//! - `survival`: which characters survive where.

mod document;
mod edits;
mod file_format;
mod filter;
mod json;
mod kept_lines;
mod key_value;
mod key_value_file;
mod key_value_reader;
mod known;
mod misreadings;
mod near_miss;
mod option;
mod other_lines;
mod placeholder;
mod recipes;
mod scanner;
mod shell_line;
mod source_text;
mod survival;
mod syntax;
mod toml;
mod value_files;
mod wanting;
mod yaml;
mod yaml_blocks;

pub(crate) use document::document;
pub(crate) use file_format::FileFormat;
pub(crate) use key_value::key_value;
#[cfg(test)]
pub(crate) use near_miss::SUBCOMMANDS;
pub(crate) use option::{KeyOption, OptionRecipe};
pub(crate) use recipes::Inputs;
pub(crate) use source_text::{Origin, SourceText};

use std::{fmt, rc::Rc};

use zeroize::Zeroizing;

use self::filter::Filter;
use crate::{chars::Shape, error::Error, memory};

/// Bytes that a template, the file that it is filled into and the result have at most.
pub(crate) const LARGEST: usize = 4 << 20;

/// A command line of a placeholder, once it is understood.
#[derive(Clone, Debug)]
pub(crate) struct Generator {
    /// By which number it is asked for a secret.
    pub(crate) number: usize,
    /// What its secrets could be made of.
    pub(crate) shape: Rc<Shape>,
}

/// Understands the command line of a placeholder.
pub(crate) type Generate<'a> = dyn FnMut(&str) -> anyhow::Result<Generator> + 'a;

/// The secrets to draw, and their places.
#[derive(Debug, Default)]
pub(crate) struct Plan<'t> {
    /// What the result has that the file has not yet, in the order of the result.
    pub(crate) changes: Vec<Change<'t>>,
    /// Each made of others before it.
    new_values: Vec<Vec<Part<'t>>>,
    result: Vec<Part<'t>>,
}

/// Something that is new in the result.
#[derive(Debug)]
pub(crate) struct Change<'t> {
    pub(crate) label: Label<'t>,
    /// The number of its value; none if it is added as the template has it.
    value: Option<usize>,
}

/// What messages call something new.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Label<'t> {
    Key(&'t str),
    /// The line of the template.
    Line(usize),
}

/// A part of the result or of a value.
#[derive(Clone, Copy, Debug)]
enum Part<'t> {
    Text(&'t [u8]),
    /// A new secret by the command of this number.
    Secret(usize, Filter),
    /// The new value of this number, which the key gets.
    New(&'t str, usize, Filter),
    /// The value that the key has already.
    Given(&'t str, &'t str, Filter),
}

impl<'t> Plan<'t> {
    /// The numbers of the generators that the value of `change` is drawn by.
    pub(crate) fn generators(&self, change: &Change<'t>) -> impl Iterator<Item = usize> {
        self.parts(change).filter_map(|part| match part {
            Part::Secret(number, _) => Some(*number),
            _ => None,
        })
    }

    /// The keys that the value of `change` is made of.
    pub(crate) fn keys(&self, change: &Change<'t>) -> impl Iterator<Item = &'t str> {
        self.parts(change).filter_map(|part| match part {
            Part::New(key, ..) | Part::Given(key, ..) => Some(*key),
            _ => None,
        })
    }

    /// Adds a value where the result ends so far.
    fn insert(&mut self, label: Label<'t>, parts: Vec<Part<'t>>) {
        let value = self.new_values.len();
        self.new_values.push(parts);
        self.result.push(Part::New("", value, Filter::Plain));
        let value = Some(value);
        self.changes.push(Change { label, value });
    }

    fn parts(&self, change: &Change<'t>) -> impl Iterator<Item = &Part<'t>> {
        change
            .value
            .iter()
            .flat_map(|value| &self.new_values[*value])
    }

    /// The result. `draw` generates a secret by the command of a number.
    ///
    /// # Errors
    /// Those of `draw`; or it would be larger than [`LARGEST`], or than memory.
    pub(crate) fn render(
        &self,
        mut draw: impl FnMut(usize) -> anyhow::Result<Zeroizing<Vec<u8>>>,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        let mut values = Vec::with_capacity(self.new_values.len());
        // Each value is in the result, so they are no longer together.
        let mut left = LARGEST;
        for parts in &self.new_values {
            let value = join(parts, &values, &mut draw, left)?;
            left -= value.len();
            values.push(value);
        }
        join(&self.result, &values, &mut draw, LARGEST)
    }
}

/// The parts one after another, at most `most` bytes, in a buffer that never grows: no copy is left behind.
fn join(
    parts: &[Part<'_>],
    values: &[Zeroizing<Vec<u8>>],
    draw: &mut impl FnMut(usize) -> anyhow::Result<Zeroizing<Vec<u8>>>,
    most: usize,
) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let filtered = |text, filter: Filter| match filter.changes() {
        true => anyhow::Ok(Rendered::Owned(filter.apply(text)?)),
        false => Ok(Rendered::Borrowed(text)),
    };
    let mut rendered = Vec::with_capacity(parts.len());
    let mut length = 0;
    for part in parts {
        let text = match part {
            Part::Text(text) => Rendered::Borrowed(text),
            Part::New(_, number, filter) => filtered(&values[*number], *filter)?,
            Part::Given(_, text, filter) => filtered(text.as_bytes(), *filter)?,
            Part::Secret(command, filter) => {
                let drawn = draw(*command)?;
                Rendered::Owned(match filter.changes() {
                    true => filter.apply(&drawn)?,
                    false => drawn,
                })
            }
        };
        length += text.bytes().len();
        if length > most {
            return Err(Error::usage("the result would be larger than 4 MiB").into());
        }
        rendered.push(text);
    }
    let mut joined = Zeroizing::new(memory::vec(length)?);
    for text in &rendered {
        joined.extend_from_slice(text.bytes());
    }
    Ok(joined)
}

/// What a part is, once it is drawn and filtered.
enum Rendered<'a> {
    Borrowed(&'a [u8]),
    Owned(Zeroizing<Vec<u8>>),
}

impl Rendered<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Line(line) => write!(f, "line {line}"),
        }
    }
}
