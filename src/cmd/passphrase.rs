//! `mksecret passphrase`: words in a row.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueHint};

use crate::{
    args::{Common, TextArgs, any_value, count, whole},
    chars::Shape,
    entropy::Batch,
    error::Error,
    input::{Source, read_at_most},
    message::counted,
    output::Output,
    phrase::{DEFAULT_BITS, MAX_LIST_BYTES, Passphrases, Style, WordList},
    secret::{self, Secret, Summary, Supply},
    strength::{Length, shown},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret passphrase                     ten words
  mksecret passphrase -b 80 -v            at least 80 bits
  mksecret passphrase -w 7 -s ' '
  mksecret passphrase -w 5 --capitalize --add-digit --add-symbol -s ''
  mksecret passphrase --max-word 5 -v     short words, and more of them
  mksecret passphrase -W words.txt
  aspell -l de dump master | aspell -l de expand | tr ' ' '\\n' > de.txt
  mksecret passphrase -W de.txt

The default list is the EFF large list, without its four words that hold a
hyphen: 7772 English words with 12.9 bits each, ten of which have 129.
Your own list is UTF-8 with one word per line. Duplicate lines count once, and
dice numbers are removed if every line begins with them.

The strength that -v prints counts distinct passphrases. If two draws could give
the same passphrase, as with -s '' and a word that begins with another word, the
list is rejected.")]
#[command(mut_args(any_value))]
pub(crate) struct Passphrase {
    /// Number of words (default: the fewest with 128 bits)
    #[arg(short, long, value_name = "N", value_parser = count, conflicts_with = "bits")]
    words: Option<u64>,
    /// Use the fewest words with at least B bits
    #[arg(short, long, value_name = "B", value_parser = count)]
    bits: Option<u64>,
    /// Read the words from FILE, one per line; - is standard input
    #[arg(short = 'W', long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    wordlist: Option<PathBuf>,
    /// Leave out words of more than N characters
    #[arg(long, value_name = "N", value_parser = count)]
    max_word: Option<u64>,
    /// Separator between words
    #[arg(short, long, value_name = "STR", default_value = "-")]
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
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

/// Separators that other tools know by name. As words, nobody wants them between all others.
const NAMED: &[(&str, &str)] = &[
    ("none no empty null nothing", ""),
    ("space spaces blank", " "),
    ("hyphen hyphens dash dashes minus", "-"),
    ("underscore underscores", "_"),
    ("dot dots period periods", "."),
    ("comma commas", ","),
    ("colon colons", ":"),
    ("slash slashes", "/"),
];

impl Passphrase {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        self.check_separator()?;
        let Some(path) = self.wordlist.as_deref() else {
            let phrases = self.secret()?;
            return secret::print(phrases, &self.texts, &self.common);
        };
        self.style().check()?;
        let phrases = || {
            let (name, list) = read_list(path)?;
            self.phrases(&name, list)
        };
        secret::print_read(phrases, &self.texts, &self.common)
    }

    fn check_separator(&self) -> Result<(), Error> {
        let typed = self.separator.to_lowercase();
        let is_it = |(names, _): &&(&str, &str)| names.split(' ').any(|name| name == typed);
        match NAMED.iter().find(is_it) {
            None => Ok(()),
            Some((_, meant)) => Err(Error::usage_hint(
                format!(
                    "--separator '{}' could mean the word, or what it is the name of",
                    self.separator
                ),
                format!("-s '{meant}'"),
            )),
        }
    }

    /// A phrase of the embedded list.
    pub(crate) fn secret(&self) -> anyhow::Result<Phrases> {
        self.check_separator()?;
        self.phrases("EFF large list", WordList::eff_large())
    }

    fn phrases(&self, name: &str, list: WordList) -> anyhow::Result<Phrases> {
        let duplicates = list.duplicates();
        let phrases = Passphrases::new(list, self.length(), self.style())?;
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
            (None, None) => Length::Bits(DEFAULT_BITS),
        }
    }

    fn style(&self) -> Style {
        Style {
            separator: self.separator.clone(),
            capitalize: self.capitalize,
            add_digit: self.add_digit,
            add_symbol: self.add_symbol,
            max_word: self.max_word,
        }
    }
}

/// Passphrases of one list in one style.
pub(crate) struct Phrases {
    phrases: Passphrases,
    /// For `-v`.
    how: String,
}

impl Secret for Phrases {
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

    fn supply(&self) -> Option<Supply> {
        Some(Supply {
            count: self.phrases.count().clone(),
            max_bytes: self.phrases.max_bytes(),
        })
    }

    fn summary(&self) -> Summary {
        Summary {
            what: counted(self.phrases.length(), "word"),
            bits: shown(self.phrases.count()),
            how: self.how.clone(),
        }
    }
}

/// The name of a list for messages, and the list.
fn read_list(path: &Path) -> anyhow::Result<(String, WordList)> {
    let number = path.to_str().filter(|name| whole(name).is_ok());
    if let Some(number) = number.filter(|_| !path.exists()) {
        let hint = format!("the number of words is -w {number}");
        return Err(Error::usage_hint(format!("no such file: {number}"), hint).into());
    }
    let source = Source::open(
        Some(path),
        "no word list given",
        "pass one on standard input",
    )?;
    let name = source.name.clone();
    let text = read_at_most(source, MAX_LIST_BYTES)?;
    let list = WordList::parse(text).with_context(|| name.clone())?;
    Ok((name, list))
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
