//! `mksecret pattern`: a text with a set of characters for each place.

use clap::Args;

use crate::{
    args::{Common, TextArgs, any_value},
    chars::Shape,
    entropy::Batch,
    error::Error,
    mask::Mask,
    message::counted,
    output::Output,
    secret::{self, Secret, Summary, Supply},
    strength::shown,
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret pattern '[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}' -c 500 --distinct
  mksecret pattern '52:54:00:[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}'
  mksecret pattern '[A-Z][0-9]{6}' -v
  mksecret pattern 'acme\\.[A-Za-z0-9]{22}'

A character stands for itself. [CHARS] is one of its characters, each as likely
as the others; it may hold ranges within 0-9, A-Z or a-z, and a hyphen first or
last. {N} repeats the character or set before it N times. These characters stand
for themselves only behind a backslash: . ^ $ * + ? | ( ) [ ] { } \\ and, in a
set, [ ] ^ \\

A PATTERN is no regular expression: it describes the whole text, which has one
length, so that all texts are equally likely. What would mean something else in
a regular expression is an error.")]
#[command(mut_args(any_value))]
pub(crate) struct Pattern {
    /// What stands in each place, as in '[A-Z]{3}-[0-9]{4}'
    #[arg(value_name = "PATTERN")]
    pattern: String,
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Pattern {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let texts = self.secret()?;
        secret::print(texts, &self.texts, &self.common)
    }

    pub(crate) fn secret(&self) -> Result<impl Secret + use<>, Error> {
        Mask::read(&self.pattern).map(Texts)
    }
}

/// Texts of one pattern.
struct Texts(Mask);

impl Secret for Texts {
    fn expected_bytes(&self) -> u64 {
        self.0.expected_bytes() as u64
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        let text = out.room(self.0.max_bytes())?;
        Ok(self.0.sample(entropy, text)?)
    }

    fn shape(&self) -> Shape {
        self.0.shape()
    }

    fn supply(&self) -> Option<Supply> {
        Some(Supply {
            count: self.0.count(),
            max_bytes: self.0.max_bytes(),
        })
    }

    fn summary(&self) -> Summary {
        Summary {
            what: counted(self.0.length(), "character"),
            bits: shown(&self.0.count()),
            how: format!("{} of them random", self.0.chosen()),
        }
    }
}
