//! `mksecret passphrase`: words in a row.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, ValueHint};
use zeroize::Zeroizing;

use super::{input::stdin, say_made};
use crate::{
    cli::{self, Common, TextArgs},
    entropy::Batch,
    error::Error,
    output::{Output, Texts},
    sample::{
        passphrase::{DEFAULT_WORDS, Passphrases, Size, Style, WordList},
        strength::shown,
    },
};

/// Word lists are no longer than that: a file that never ends is not read for ever.
const LARGEST_LIST: u64 = 64 << 20;

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret passphrase                     ten words
  mksecret passphrase -b 80 -v            as many as 80 bits take
  mksecret passphrase -w 7 -s ' '
  mksecret passphrase -w 5 --capitalize --add-digit --add-symbol -s ''
  mksecret passphrase -W words.txt
  aspell dump master de | mksecret passphrase -W -

The words are the EFF's large list, 7776 English words, 12.9 bits each. A list
of your own is UTF-8, one word a line; a line that comes again counts once, and
the numbers of dice are left out if every line begins with some.

-v tells the strength, which counts only phrases that differ. Where two draws
could read the same, as with -s '' if one word begins another, the list is
refused.")]
pub(super) struct Passphrase {
    /// How many words: 10 unless given
    #[arg(short, long, value_name = "N", value_parser = cli::count, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with = "bits")]
    words: Option<u64>,
    /// As few words as carry at least B bits
    #[arg(short, long, value_name = "B", value_parser = cli::count, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    bits: Option<u64>,
    /// Take the words from FILE, one a line; - is standard input
    #[arg(short = 'W', long, value_name = "FILE", value_hint = ValueHint::FilePath,
        allow_hyphen_values = true)]
    wordlist: Option<PathBuf>,
    /// What stands between two words
    #[arg(short, long, value_name = "STR", default_value = "-", value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    separator: String,
    /// Begin each word with a capital
    #[arg(long)]
    capitalize: bool,
    /// Put a digit after one of the words
    #[arg(long)]
    add_digit: bool,
    /// Put one of !#$%&*+=?@ after one of the words
    #[arg(long)]
    add_symbol: bool,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Passphrase {
    pub(super) fn run(self) -> anyhow::Result<()> {
        // Before the list is read: a file that is kept needs none.
        let Some(out) = Output::open(&self.common.destination(), false)? else {
            return Ok(());
        };
        let (name, own) = match &self.wordlist {
            None => ("EFF large list".into(), None),
            Some(path) => {
                let (name, text) = read_list(path)?;
                (name, Some(text))
            }
        };
        let list = match &own {
            None => WordList::eff_large(),
            Some(text) => WordList::parse(text).map_err(|error| Error::Usage {
                message: format!("{name}: {error}"),
                hint: error.hint().map(Into::into),
            })?,
        };
        let duplicates = list.duplicates();
        let mut phrases = Passphrases::new(list, self.size(), self.style()).map_err(Error::from)?;
        let mut kernel = self.common.pool.kernel()?;
        // Most words take less than two bytes.
        let expected = (2 * phrases.length() as u64).saturating_mul(self.text.count);
        let mut entropy = Batch::new(&mut kernel, expected as usize);
        let mut texts = Texts::new(out, self.text.format());
        let mut phrase = Zeroizing::new(Vec::with_capacity(phrases.max_bytes()));
        for _ in 0..self.text.count {
            phrase.clear();
            phrases.sample(&mut entropy, &mut phrase)?;
            texts.begin()?.write(&phrase)?;
        }
        texts.finish()?;
        if self.common.verbose {
            let what = match phrases.length() {
                1 => "1 word".into(),
                length => format!("{length} words"),
            };
            let how = match duplicates {
                0 => format!("{name}: {} words", phrases.words()),
                _ => format!(
                    "{name}: {} words, {duplicates} duplicates left out",
                    phrases.words()
                ),
            };
            say_made(self.text.count, &what, &shown(phrases.count()), &how);
        }
        Ok(())
    }

    fn size(&self) -> Size {
        let words = |words: u64| Size::Words(usize::try_from(words).unwrap_or(usize::MAX));
        match (self.words, self.bits) {
            (_, Some(bits)) => Size::Bits(bits),
            (Some(number), None) => words(number),
            (None, None) => Size::Words(DEFAULT_WORDS),
        }
    }

    fn style(&self) -> Style {
        Style {
            separator: self.separator.clone(),
            capitalize: self.capitalize,
            add_digit: self.add_digit,
            add_symbol: self.add_symbol,
        }
    }
}

/// The name of the list for messages, and what is in it.
fn read_list(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let (name, stream): (String, Box<dyn Read>) = if path == Path::new("-") {
        let stream = stdin("there is no word list", "give one on standard input")?;
        ("standard input".into(), Box::new(stream))
    } else {
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        (name, Box::new(file))
    };
    let mut text = Vec::new();
    let read = stream.take(LARGEST_LIST + 1).read_to_end(&mut text);
    read.with_context(|| format!("cannot read {name}"))?;
    if text.len() as u64 > LARGEST_LIST {
        let message = format!("{name}: a word list has at most 64 MiB");
        return Err(Error::usage(message).into());
    }
    Ok((name, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::passphrase::SYMBOLS;

    #[test]
    fn the_help_names_the_symbols() {
        use clap::CommandFactory;

        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            _passphrase: Passphrase,
        }
        assert!(
            Line::command()
                .render_long_help()
                .to_string()
                .contains(SYMBOLS)
        );
    }
}
