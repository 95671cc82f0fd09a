//! Passphrases: how many there are of a word list, and one of them with each equally likely.
//!
//! The words are drawn independently, so that all *sequences* of words are equally likely. The *phrases* are, if no
//! two sequences read the same, and only then is their number known. So a list under which they might is refused:
//!
//! - Let s be the separator. If no w·s is the beginning of another w'·s (a prefix code), a phrase with s after it
//!   can be taken apart from the front, in one way; if no s·w is the end of another s·w', from the back. One of the
//!   two has to hold. With a separator that is in no word the first does; without separator it says that no word
//!   begins another, and the second is what capitals bring about.
//! - A digit or a symbol that is added stands after one word. It can be told and taken away if no word holds one, nor
//!   the separator.
//!
//! Words that capitals make equal are one word.

mod decodable;
mod wordlist;

pub(crate) use wordlist::{MAX_LIST_BYTES, WordList};

use num_bigint::BigUint;
use zeroize::Zeroizing;

use self::decodable::check_decodable;
use crate::{
    chars::{Shape, unusable},
    entropy::EntropyError,
    error::Error,
    memory,
    strength::Length,
    uniform::Uniform,
};

/// The strength where none is asked for, in bits: ten words of the embedded list have 129.
pub(crate) const DEFAULT_BITS: u64 = 128;

/// The longest phrase, in bytes of UTF-8: it is built whole.
const MAX_BYTES: usize = 64 * 1024;

const DIGITS: &str = "0123456789";
/// What [`Style::add_symbol`] adds one of.
pub(crate) const SYMBOLS: &str = "!#$%&*+=?@";

/// How a phrase is written.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    /// Stands between two words.
    pub(crate) separator: String,
    /// Words begin with a capital.
    pub(crate) capitalize: bool,
    /// A digit stands after one of the words.
    pub(crate) add_digit: bool,
    /// One of [`SYMBOLS`] stands after one of the words; after the digit, if both stand after one word.
    pub(crate) add_symbol: bool,
    /// Words of more characters are left out.
    pub(crate) max_word: Option<u64>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            separator: "-".into(),
            capitalize: false,
            add_digit: false,
            add_symbol: false,
            max_word: None,
        }
    }
}

/// Makes phrases of one list in one style, any number of them.
pub(crate) struct Passphrases {
    words: WordList,
    style: Style,
    count: BigUint,
    max_bytes: usize,
    indices: Zeroizing<Vec<u32>>,
}

impl Passphrases {
    /// Phrases of `list`; `length` is at least 1.
    ///
    /// # Errors
    /// If two draws could make one phrase, or there is no phrase of that size.
    pub(crate) fn new(list: WordList, length: Length, style: Style) -> anyhow::Result<Self> {
        style.check()?;
        let words = match style.capitalize {
            true => list.capitalized()?,
            false => list,
        };
        let words = match style.max_word {
            Some(max) => words.of_at_most(max)?,
            None => words,
        };
        for (option, added) in style.added() {
            let held = |word: &&str| word.contains(|char| added.contains(char));
            if let Some(word) = words.iter().find(held) {
                let message = format!(
                    "{option}: the word `{word}` contains one, so two passphrases could look the same"
                );
                return Err(
                    Error::usage_hint(message, "omit the option, or use another list").into(),
                );
            }
        }
        let limit = style.limit(&words);
        let length = match length {
            Length::Units(length) if length > limit => {
                let message = format!(
                    "a passphrase of {length} words is too long: the maximum with this list is {limit}"
                );
                return Err(Error::usage_hint(message, "use fewer words").into());
            }
            Length::Units(length) => length,
            Length::Bits(bits) => style.shortest(words.len(), bits, limit).ok_or_else(|| {
                let message = format!("no passphrase of up to {limit} words has {bits} bits");
                Error::usage_hint(
                    message,
                    "use fewer bits with -b, or a number of words with -w",
                )
            })?,
        } as usize; // At most the limit, which is small.
        if length > 1 {
            check_decodable(&words, &style.separator)?;
        }
        Ok(Self {
            count: style.count(words.len(), length),
            max_bytes: length * style.word_bytes(&words) + 2,
            indices: Zeroizing::new(vec![0; length]),
            words,
            style,
        })
    }

    /// The number of phrases, exactly.
    pub(crate) fn count(&self) -> &BigUint {
        &self.count
    }

    /// How many words a phrase has.
    pub(crate) fn length(&self) -> usize {
        self.indices.len()
    }

    /// How many words there are to choose from, in this style.
    pub(crate) fn words(&self) -> usize {
        self.words.len()
    }

    /// What a phrase could be made of.
    pub(crate) fn shape(&self) -> Shape {
        let all = self.words.iter().flat_map(|word| word.chars());
        let added = self.style.added().flat_map(|(_, chars)| chars.chars());
        let between = self.style.separator.chars();
        Shape {
            first: self
                .words
                .iter()
                .flat_map(|word| word.chars().next())
                .collect(),
            ..Shape::any(all.chain(added).chain(between), self.length())
        }
    }

    /// The length of the longest phrase, in bytes of UTF-8.
    pub(crate) fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    /// Appends one phrase to `text`, in UTF-8. A caller that has reserved [`max_bytes`](Self::max_bytes) is left with
    /// no copy of it elsewhere in memory.
    pub(crate) fn sample<U: Uniform + ?Sized>(
        &mut self,
        uniform: &mut U,
        text: &mut Vec<u8>,
    ) -> Result<(), EntropyError> {
        uniform.fill_below(self.words.len() as u32, &mut self.indices)?;
        let mut added = [None; 2];
        for ((_, chars), added) in self.style.added().zip(&mut added) {
            let after = uniform.below(self.indices.len() as u64)? as usize;
            let char = uniform.below(chars.len() as u64)? as usize;
            *added = Some((after, chars.as_bytes()[char]));
        }
        for (place, &index) in self.indices.iter().enumerate() {
            if place > 0 {
                memory::append(text, self.style.separator.as_bytes());
            }
            memory::append(text, self.words.word(index as usize).as_bytes());
            for (_, char) in added.iter().flatten().filter(|(after, _)| *after == place) {
                text.push(*char);
            }
        }
        Ok(())
    }
}

impl Style {
    /// Checks the rules that do not depend on the list.
    ///
    /// # Errors
    /// The separator holds a character that cannot be told from others, or one that an option adds.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for char in self.separator.chars() {
            if let Some(reason) = unusable(char) {
                let (code, noun) = (u32::from(char), reason.noun());
                let message = format!("the separator contains U+{code:04X}, {noun}");
                return Err(Error::usage_hint(message, "choose another with -s"));
            }
        }
        for (option, added) in self.added() {
            if self.separator.contains(|char| added.contains(char)) {
                let message = format!(
                    "{option}: the separator contains one, so two passphrases could look the same"
                );
                let hint = "choose another with -s, or omit the option";
                return Err(Error::usage_hint(message, hint));
            }
        }
        Ok(())
    }

    /// The options that add a character, and of what.
    fn added(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let digit = self.add_digit.then_some(("--add-digit", DIGITS));
        let symbol = self.add_symbol.then_some(("--add-symbol", SYMBOLS));
        digit.into_iter().chain(symbol)
    }

    /// The number of phrases of `length` out of `words` words.
    fn count(&self, words: usize, length: usize) -> BigUint {
        let sequences = BigUint::from(words).pow(length as u32);
        self.added()
            .fold(sequences, |count, (_, chars)| count * length * chars.len())
    }

    /// The least number of words, of at most `limit`, that carries `bits` bits.
    fn shortest(&self, words: usize, bits: u64, limit: u64) -> Option<u64> {
        let (mut least, mut most) = (1, limit + 1);
        while least < most {
            let middle = least.midpoint(most);
            match self.count(words, middle as usize).bits() > bits {
                true => most = middle,
                false => least = middle + 1,
            }
        }
        (least <= limit).then_some(least)
    }

    /// The longest word and a separator, in bytes.
    fn word_bytes(&self, words: &WordList) -> usize {
        words.iter().map(str::len).max().unwrap_or(0) + self.separator.len()
    }

    /// How many words there are room for.
    fn limit(&self, words: &WordList) -> u64 {
        ((MAX_BYTES - 2) / self.word_bytes(words)) as u64
    }
}

#[cfg(test)]
mod tests;
