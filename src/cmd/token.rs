//! `mksecret token`: a token with a checksum, so that a scanner can tell a leaked one from other text.

use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, bail};
use clap::Args;
use num_bigint::BigUint;
use zeroize::{Zeroize, Zeroizing};

use crate::{
    alphabet::Alphabet,
    args::{Common, TextArgs},
    entropy::Batch,
    error::Error,
    input::Source,
    output::Output,
    secret::{self, Secret, Summary},
    strength::shown,
    uniform::Uniform,
};

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Random characters in a token.
const BODY: usize = 30;

/// Characters of checksum: as many as 2^32 takes in base 62.
const CHECKSUM: usize = 6;

/// A token is no longer than that; what is longer is not read whole.
const LONGEST: u64 = 64 * 1024;

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret token --prefix acme_
  mksecret token --check --prefix acme_ < tokens.txt

A token is the prefix, 30 random characters of 0-9 A-Z a-z (178 bits), and the
CRC-32 of those 30 in 6 more of them, as GitHub's tokens are made. The prefix is
not covered by the checksum. --check reads tokens, one a line, prints nothing,
and exits with 1 if one is bad; the line is named, the token is not.")]
pub(crate) struct Token {
    /// Check the tokens on standard input instead of making one
    #[arg(long, conflicts_with_all = ["count", "no_newline", "output", "nonblock", "timeout"])]
    check: bool,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Token {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if self.check {
            self.check()
        } else {
            secret::print(self.secret(), &self.text, &self.common)
        }
    }

    pub(crate) fn secret(&self) -> impl Secret + use<> {
        let prefix = String::from_utf8_lossy(&self.text.format().prefix)
            .chars()
            .count();
        Tokens::new(prefix)
    }

    fn check(self) -> anyhow::Result<()> {
        let format = self.text.format();
        let mut stream = BufReader::new(Source::open(
            None,
            "there are no tokens to check",
            "give them on standard input, one a line",
        )?);
        let mut token = Zeroizing::new(Vec::new());
        for line in 1u64.. {
            token.zeroize();
            let read = (&mut stream)
                .take(LONGEST)
                .read_until(format.terminator, &mut token)
                .context("cannot read standard input")?;
            if read == 0 {
                return match line {
                    1 => Err(Error::usage("there are no tokens on standard input").into()),
                    _ => Ok(()),
                };
            }
            if token.last() == Some(&format.terminator) {
                token.pop();
            } else if read as u64 == LONGEST {
                bail!("line {line} is not a token: it is too long");
            }
            is_token(&token, &format.prefix)
                .with_context(|| format!("line {line} is not a token"))?;
        }
        unreachable!("the lines of a stream can be counted")
    }
}

/// Tokens after a prefix of so many characters.
struct Tokens {
    prefix: usize,
    digits: Zeroizing<Vec<u32>>,
}

impl Tokens {
    fn new(prefix: usize) -> Self {
        let digits = Zeroizing::new(vec![0; BODY]);
        Self { prefix, digits }
    }
}

impl Secret for Tokens {
    fn expected_bytes(&self) -> u64 {
        BODY as u64
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        entropy.fill_below(BASE62.len() as u32, &mut self.digits)?;
        let text = out.room(BODY + CHECKSUM)?;
        let start = text.len();
        text.extend(self.digits.iter().map(|digit| BASE62[*digit as usize]));
        text.extend(checksum(&text[start..]));
        Ok(())
    }

    fn alphabet(&self) -> Alphabet {
        let chars = BASE62.iter().copied().map(char::from);
        Alphabet::any(chars, BODY + CHECKSUM)
    }

    fn summary(&self) -> Summary {
        Summary {
            what: format!("{} characters", self.prefix + BODY + CHECKSUM),
            bits: shown(&BigUint::from(BASE62.len()).pow(BODY as u32)),
            how: "30 of base62 and their checksum".into(),
        }
    }
}

/// The checksum of a token's body.
fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    let mut rest = crc32fast::hash(body);
    let mut digits = [0; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    digits
}

/// Whether `text` is a token, with `prefix` if that is not empty; if not, why.
fn is_token(text: &[u8], prefix: &[u8]) -> anyhow::Result<()> {
    let Some(start) = text.len().checked_sub(BODY + CHECKSUM) else {
        bail!("it is too short");
    };
    let (its_prefix, rest) = text.split_at(start);
    let (body, its_checksum) = rest.split_at(BODY);
    if !rest.iter().all(u8::is_ascii_alphanumeric) {
        bail!("its last 36 characters are not all letters and digits");
    }
    if its_checksum != checksum(body) {
        bail!("its checksum is wrong");
    }
    if !prefix.is_empty() && its_prefix != prefix {
        bail!("its prefix is another one");
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
    fn a_token_is_accepted_with_its_prefix_and_with_none_asked_for() {
        let token = format!("ghp_{BODY_OF_GITHUB}0mLq17");
        assert!(accepts(&token, "ghp_"));
        assert!(accepts(&token, ""));
        assert!(accepts(&token[4..], ""));
        assert!(!accepts(&token, "acme_"));
        assert!(!accepts(&token, "p_"));
    }

    #[test]
    fn a_token_with_any_one_character_changed_is_refused() {
        let token = format!("{BODY_OF_GITHUB}0mLq17");
        for place in 0..token.len() {
            for other in BASE62.iter().chain(b" -_\r\xff") {
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
