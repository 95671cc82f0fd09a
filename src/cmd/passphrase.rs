//! `mksecret passphrase`: words in a row.

use std::{
    cell::OnceCell,
    path::{Path, PathBuf},
};

use clap::{Args, ValueHint};

use crate::{
    args::{Common, RecordArgs, count},
    chars::Shape,
    entropy::Batch,
    error::Error,
    input::{Source, read_at_most},
    memory::OutOfMemory,
    message::counted,
    output::Output,
    phrase::{DEFAULT_WORDS, MAX_LIST_BYTES, Passphrases, PhraseError, Style, WordList},
    secret::{self, Secret, Summary},
    strength::{Length, shown},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret passphrase                     ten words
  mksecret passphrase -b 80 -v            at least 80 bits
  mksecret passphrase -w 7 -s ' '
  mksecret passphrase -w 5 --capitalize --add-digit --add-symbol -s ''
  mksecret passphrase -W words.txt
  aspell -l de dump master | aspell -l de expand | tr ' ' '\\n' > de.txt
  mksecret passphrase -W de.txt

The default list is the EFF large list: 7776 English words with 12.9 bits each.
Your own list is UTF-8 with one word per line. Duplicate lines count once, and
dice numbers are removed if every line begins with them.

The strength that -v prints counts distinct passphrases. If two draws could give
the same passphrase, as with -s '' and a word that begins with another word, the
list is rejected.")]
pub(crate) struct Passphrase {
    /// Number of words (default 10)
    #[arg(short, long, value_name = "N", value_parser = count, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with = "bits")]
    words: Option<u64>,
    /// Use the fewest words with at least B bits
    #[arg(short, long, value_name = "B", value_parser = count, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    bits: Option<u64>,
    /// Read the words from FILE, one per line; - is standard input
    #[arg(short = 'W', long, value_name = "FILE", value_hint = ValueHint::FilePath,
        allow_hyphen_values = true)]
    wordlist: Option<PathBuf>,
    /// Separator between words
    #[arg(short, long, value_name = "STR", default_value = "-", value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    separator: String,
    /// Begin each word with a capital letter
    #[arg(long)]
    capitalize: bool,
    /// Add a digit after one of the words
    #[arg(long)]
    add_digit: bool,
    /// Add one of !#$%&*+=?@ after one of the words
    #[arg(long)]
    add_symbol: bool,
    #[command(flatten)]
    records: RecordArgs,
    #[command(flatten)]
    common: Common,
}

impl Passphrase {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let text = OnceCell::new();
        let phrases = || match self.wordlist.as_deref() {
            None => self.phrases("EFF large list", WordList::eff_large()),
            Some(path) => {
                let (name, own) = read_list(path)?;
                let list = WordList::parse(text.get_or_init(|| own))
                    .map_err(|error| refused(&format!("{name}: "), error))?;
                self.phrases(&name, list)
            }
        };
        secret::print(phrases, &self.records, &self.common)
    }

    /// A phrase of the embedded list.
    pub(crate) fn secret(&self) -> anyhow::Result<impl Secret + use<>> {
        self.phrases("EFF large list", WordList::eff_large())
    }

    fn phrases<'a>(&self, name: &str, list: WordList<'a>) -> anyhow::Result<Phrases<'a>> {
        let duplicates = list.duplicates();
        let phrases = Passphrases::new(list, self.length(), self.style())
            .map_err(|error| refused("", error))?;
        let how = match duplicates {
            0 => format!("{name}: {} words", phrases.words()),
            _ => format!(
                "{name}: {} words, {} ignored",
                phrases.words(),
                counted(duplicates, "duplicate")
            ),
        };
        Ok(Phrases { phrases, how })
    }

    fn length(&self) -> Length {
        match (self.words, self.bits) {
            (_, Some(bits)) => Length::Bits(bits),
            (Some(words), None) => Length::Units(words),
            (None, None) => Length::Units(DEFAULT_WORDS),
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

/// Passphrases of one list in one style.
struct Phrases<'a> {
    phrases: Passphrases<'a>,
    /// For `-v`.
    how: String,
}

impl Secret for Phrases<'_> {
    fn expected_bytes(&self) -> u64 {
        // Most words take less than two bytes.
        2 * self.phrases.length() as u64
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        let text = out.room(self.phrases.max_bytes())?;
        Ok(self.phrases.sample(entropy, text)?)
    }

    fn shape(&self) -> Shape {
        self.phrases.shape()
    }

    fn summary(&self) -> Summary {
        Summary {
            what: counted(self.phrases.length(), "word"),
            bits: shown(self.phrases.count()),
            how: self.how.clone(),
        }
    }
}

fn refused(place: &str, error: PhraseError) -> anyhow::Error {
    match error {
        PhraseError::OutOfMemory => OutOfMemory.into(),
        error => Error::Usage {
            message: format!("{place}{error}"),
            hint: error.hint().map(Into::into),
        }
        .into(),
    }
}

/// The name of the list for messages, and what is in it, or more than there may be.
fn read_list(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let source = Source::open(
        Some(path),
        "no word list given",
        "pass one on standard input",
    )?;
    let name = source.name.clone();
    Ok((name, read_at_most(source, MAX_LIST_BYTES)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::SYMBOLS;

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
