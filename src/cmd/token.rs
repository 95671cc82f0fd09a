//! `mksecret token`: a token with a checksum, so that a scanner can tell a leaked one from other text.

use std::{
    io::Read,
    mem,
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, ValueHint};
use zeroize::Zeroizing;

use crate::{
    args::{Common, TextArgs, any_value},
    chars::Shape,
    entropy::Batch,
    error::Error,
    input::Source,
    mask::Mask,
    message::{counted, say},
    output::Output,
    process::become_undumpable,
    secret::{self, Secret, Summary, Supply},
    strength::shown,
};

const BASE62: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Random characters in a token.
const BODY: usize = 30;

/// Characters of checksum: as many as 2^32 takes in base 62.
const CHECKSUM: usize = 6;

/// The longest line that could be a token, in bytes.
const LONGEST: usize = 64 * 1024;

/// A line longer than this, in bytes, is not read to its end.
const ENDLESS: usize = 64 << 20;

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret token --prefix acme_
  mksecret token --check --prefix acme_ < tokens.txt
  mksecret token --check --all -i tokens.txt

A token is the prefix (letters, digits, -, _ and .), 30 random characters of
0-9 A-Z a-z (178 bits), and the CRC-32 of those 30 in 6 more of them, as in
GitHub's tokens. The prefix is not covered by the checksum. --check reads
tokens, one a line, prints nothing, and exits with 1 if one is bad; its line is
named, and no token is ever shown. Without --prefix, any such one will do.
Tokens are not read from the command line, where other users could see them.")]
#[command(mut_args(any_value))]
pub(crate) struct Token {
    /// Check tokens, one a line, instead of generating one
    #[arg(long, conflicts_with_all = ["count", "distinct", "no_newline", "output", "nonblock", "timeout", "pool"])]
    check: bool,
    /// With --check: read the tokens from FILE; - is standard input
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "check")]
    input: Option<PathBuf>,
    /// With --check: name every bad line, and not only the first
    #[arg(long, requires = "check")]
    all: bool,
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Token {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if self.check {
            self.check()
        } else {
            secret::print(self.secret()?, &self.texts, &self.common)
        }
    }

    pub(crate) fn secret(&self) -> Result<impl Secret + use<>, Error> {
        let prefix = self.texts.records.prefix().unwrap_or_default();
        if !prefix.bytes().all(is_usual) {
            return Err(Error::usage_hint(
                "--prefix: `token --check` takes letters, digits, -, _ and . for a prefix",
                "put other text before it where the token is used",
            ));
        }
        Ok(Tokens::new(prefix.len()))
    }

    fn check(self) -> anyhow::Result<()> {
        if self.texts.records.prefix() == Some("") {
            return Err(Error::usage_hint(
                "--prefix '': with --check, an empty prefix would accept every token",
                "is a variable not set? Without --prefix, any usual prefix is accepted",
            )
            .into());
        }
        let format = self.texts.records.format();
        let mut lines = Lines::new(self.source()?, format.terminator);
        become_undumpable()?;
        let (mut good, mut bad) = (0_u64, 0_u64);
        while let Some(token) = lines.next()? {
            match token.and_then(|token| is_token(token, &format.prefix)) {
                Ok(()) => good += 1,
                Err(reason) => {
                    let reason = reason.context(format!("line {} is not a token", lines.number));
                    if !self.all {
                        return Err(reason);
                    }
                    bad += 1;
                    say(format_args!("error: {reason:#}"));
                }
            }
        }
        let checked = counted(lines.number, "line");
        match (good, bad) {
            (0, 0) => {
                let message = format!("there are no tokens in {}", lines.source.name);
                Err(Error::usage(message).into())
            }
            (_, 0) => {
                if self.common.verbose {
                    say(format_args!("{checked}, each of them a token"));
                }
                Ok(())
            }
            _ if bad == 1 => bail!("1 of {checked} is not a token"),
            _ => bail!("{bad} of {checked} are not tokens"),
        }
    }

    /// Where the tokens are. A token that is given in the place of a file's name is not shown either.
    fn source(&self) -> anyhow::Result<Source> {
        match self.input.as_deref().filter(|path| *path != Path::new("-")) {
            Some(path) => Source::named(path, "the file given with -i".into()),
            None => Source::open(
                None,
                "no tokens to check",
                "pass them on standard input, one per line, or with -i FILE",
            ),
        }
    }
}

/// The lines of a stream, in a buffer that is wiped.
struct Lines {
    source: Source,
    terminator: u8,
    /// Has room for the longest line.
    buffer: Zeroizing<Vec<u8>>,
    /// Where in the buffer what was read and not yet handed out is.
    rest: Range<usize>,
    /// Whether the end of the last line, which was too long, is still to be read.
    is_cut: bool,
    /// How many lines there were.
    number: u64,
}

impl Lines {
    fn new(source: Source, terminator: u8) -> Self {
        Self {
            source,
            terminator,
            buffer: Zeroizing::new(vec![0; LONGEST]),
            rest: 0..0,
            is_cut: false,
            number: 0,
        }
    }

    /// The next line without its end, or that it is too long; `None` after the last.
    ///
    /// # Errors
    /// The stream cannot be read.
    fn next(&mut self) -> anyhow::Result<Option<anyhow::Result<&[u8]>>> {
        if self.is_cut {
            self.skip()?;
        }
        loop {
            if let Some(line) = self.complete() {
                self.number += 1;
                return Ok(Some(Ok(&self.buffer[line])));
            }
            if self.rest.len() == LONGEST {
                self.number += 1;
                self.is_cut = true;
                return Ok(Some(Err(anyhow::anyhow!("it is too long"))));
            }
            if !self.read()? {
                let last = mem::take(&mut self.rest);
                if last.is_empty() {
                    return Ok(None);
                }
                self.number += 1;
                return Ok(Some(Ok(&self.buffer[last])));
            }
        }
    }

    /// Takes a line that has an end from what was read.
    fn complete(&mut self) -> Option<Range<usize>> {
        let rest = self.rest.clone();
        let end = rest.start + memchr::memchr(self.terminator, &self.buffer[rest.clone()])?;
        self.rest.start = end + 1;
        Some(rest.start..end)
    }

    /// Reads on; `false` at the end of the stream.
    fn read(&mut self) -> anyhow::Result<bool> {
        self.buffer.copy_within(self.rest.clone(), 0);
        self.rest = 0..self.rest.len();
        let read = (self.source)
            .read(&mut self.buffer[self.rest.end..])
            .with_context(|| format!("cannot read {}", self.source.name))?;
        self.rest.end += read;
        Ok(read > 0)
    }

    /// Goes on to the end of a line that is too long.
    fn skip(&mut self) -> anyhow::Result<()> {
        let mut skipped = 0;
        while self.complete().is_none() {
            skipped += mem::take(&mut self.rest).len();
            if skipped > ENDLESS {
                let (number, name) = (self.number, &self.source.name);
                let message = format!("line {number} of {name} is longer than 64 MiB");
                return Err(Error::usage(message).into());
            }
            if !self.read()? {
                break;
            }
        }
        self.is_cut = false;
        Ok(())
    }
}

/// Tokens whose prefix has `prefix` characters.
struct Tokens {
    prefix: usize,
    body: Mask,
}

impl Tokens {
    fn new(prefix: usize) -> Self {
        let body = Mask::of(BASE62, BODY);
        Self { prefix, body }
    }
}

impl Secret for Tokens {
    fn expected_bytes(&self) -> u64 {
        BODY as u64
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        let text = out.room(BODY + CHECKSUM)?;
        let start = text.len();
        self.body.sample(entropy, text)?;
        text.extend(checksum(&text[start..]));
        Ok(())
    }

    fn shape(&self) -> Shape {
        Shape::any(BASE62.chars(), BODY + CHECKSUM)
    }

    fn supply(&self) -> Option<Supply> {
        Some(Supply {
            count: self.body.count(),
            max_bytes: BODY + CHECKSUM,
        })
    }

    fn summary(&self) -> Summary {
        Summary {
            what: format!("{} characters", self.prefix + BODY + CHECKSUM),
            bits: shown(&self.body.count()),
            how: "30 base62 characters and a checksum".into(),
        }
    }
}

/// The checksum of a token's body.
fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    let mut rest = crc32fast::hash(body);
    let mut digits = [0; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62.as_bytes()[(rest % 62) as usize];
        rest /= 62;
    }
    digits
}

/// Whether a prefix may have this `byte`. Not what could be in front of a token by mistake: a name, a quote, a byte order
/// mark.
fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

/// Whether `text` is a token, with `prefix`, or with any usual one if that is empty; if not, why.
fn is_token(text: &[u8], prefix: &[u8]) -> anyhow::Result<()> {
    let Some(start) = text.len().checked_sub(BODY + CHECKSUM) else {
        bail!("it is too short");
    };
    let (its_prefix, rest) = text.split_at(start);
    let (body, its_checksum) = rest.split_at(BODY);
    if text.ends_with(b"\r") {
        bail!("it ends with a carriage return");
    }
    if !rest.iter().all(u8::is_ascii_alphanumeric) {
        bail!("its last 36 characters are not all letters and digits");
    }
    if its_checksum != checksum(body) {
        bail!("its checksum is wrong");
    }
    if prefix.is_empty() {
        if !its_prefix.iter().copied().all(is_usual) {
            bail!("its prefix has characters other than letters, digits, -, _ and .");
        }
    } else if its_prefix != prefix {
        bail!("its prefix does not match");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY_OF_GITHUB: &str = "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ";

    fn accepts(text: &str, prefix: &str) -> bool {
        is_token(text.as_bytes(), prefix.as_bytes()).is_ok()
    }

    #[test]
    fn the_checksum_is_the_one_that_github_publishes() {
        assert_eq!(&checksum(BODY_OF_GITHUB.as_bytes()), b"0mLq17");
    }

    #[test]
    fn a_token_is_accepted_with_or_without_its_prefix() {
        let token = format!("ghp_{BODY_OF_GITHUB}0mLq17");
        assert!(accepts(&token, "ghp_"));
        assert!(accepts(&token, ""));
        assert!(accepts(&token[4..], ""));
        assert!(!accepts(&token, "acme_"));
        let unusual = format!("ключ {token}");
        assert!(accepts(&unusual, "ключ ghp_"));
        assert!(!accepts(&unusual, ""));
        assert!(accepts(&format!("my-app.{token}"), ""));
        assert!(!accepts(&token, "p_"));
    }

    #[test]
    fn a_token_with_any_one_character_changed_is_refused() {
        let token = format!("{BODY_OF_GITHUB}0mLq17");
        for place in 0..token.len() {
            for other in BASE62.as_bytes().iter().chain(b" -_\r\xff") {
                let mut changed = token.clone().into_bytes();
                if changed[place] != *other {
                    changed[place] = *other;
                    assert!(is_token(&changed, b"").is_err(), "{place} {other}");
                }
            }
        }
        assert!(!accepts(&token[1..], ""));
        assert!(!accepts("", ""));
    }
}
