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
//! Words that become the same by capitals are one word.

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

/// Words where no number of them is asked for. Ten of the embedded list have 129 bits.
pub(crate) const DEFAULT_WORDS: u64 = 10;

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
    /// One of [`SYMBOLS`] stands after one of the words; after the digit, if that is the same one.
    pub(crate) add_symbol: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            separator: "-".into(),
            capitalize: false,
            add_digit: false,
            add_symbol: false,
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
    /// If two draws could lead to the same phrase, or there is no phrase of that size.
    pub(crate) fn new(list: WordList, length: Length, style: Style) -> anyhow::Result<Self> {
        style.check()?;
        let words = match style.capitalize {
            true => list.capitalized()?,
            false => list,
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
                let message = format!(
                    "--bits {bits}: no passphrase of up to {limit} words has that many bits"
                );
                Error::usage_hint(message, "use fewer bits")
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
    /// Checks what is the same for every list.
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
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        strength,
        uniform::{Ratio, law},
    };

    fn list(words: &[&'static str]) -> WordList {
        WordList::of(words)
    }

    fn style(separator: &str, options: &str) -> Style {
        Style {
            separator: separator.into(),
            capitalize: options.contains('c'),
            add_digit: options.contains('d'),
            add_symbol: options.contains('s'),
        }
    }

    /// What is said of it; nothing, if it is accepted.
    fn refused(list: WordList, length: Length, style: Style) -> String {
        match Passphrases::new(list, length, style) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_embedded_list_is_the_effs() {
        let list = WordList::eff_large();
        assert_eq!(list.len(), 7776);
        assert!(list.iter().is_sorted_by(|one, next| one < next));
        assert_eq!((list.word(0), list.word(7775)), ("abacus", "zoom"));
        let lower = |char: char| char.is_ascii_lowercase() || char == '-';
        assert!(
            list.iter()
                .all(|word| word.len() >= 3 && word.chars().all(lower))
        );
        let phrases =
            Passphrases::new(list, Length::Units(DEFAULT_WORDS), Style::default()).unwrap();
        assert_eq!(strength::shown(phrases.count()), "129.24");
    }

    #[test]
    fn the_embedded_list_can_be_read_back_in_every_style() {
        for separator in ["", "-", " ", ".", "a", "ly"] {
            for options in ["", "c", "d", "s", "cds"] {
                let (size, style) = (Length::Units(3), style(separator, options));
                let phrases = Passphrases::new(WordList::eff_large(), size, style).unwrap();
                let added = 30_u64.pow(options.matches(['d', 's']).count() as u32);
                assert_eq!(*phrases.count(), BigUint::from(7776_u64.pow(3)) * added);
            }
        }
    }

    #[test]
    fn each_phrase_is_drawn_with_the_same_probability() {
        let words = list(&["be", "bee", "Be", "or", "not-be", "to"]);
        let few = list(&["eins", "zwei"]);
        for (list, length, separator, options) in [
            (&words, 1, "", ""),
            (&words, 3, " ", ""),
            (&words, 2, " ", "c"),
            (&words, 2, "", "c"),
            (&words, 2, " ", "cd"),
            (&words, 1, "", "ds"),
            (&few, 2, "", "ds"),
            (&few, 2, "-", "cds"),
            (&few, 3, "-", "s"),
            (&few, 5, "", ""),
        ] {
            let style = style(separator, options);
            let mut phrases = Passphrases::new(list.clone(), Length::Units(length), style).unwrap();
            let count = phrases.count().try_into().unwrap();
            let law = law(|uniform| {
                let mut text = Vec::new();
                phrases.sample(uniform, &mut text)?;
                assert!(text.len() <= phrases.max_bytes());
                Ok(text)
            });
            assert_eq!(law.len() as u128, count, "{length} '{separator}' {options}");
            assert!(law.values().all(|each| *each == Ratio::one_in(count)));
        }
    }

    #[test]
    fn an_accepted_list_has_as_many_phrases_as_counted() {
        let short: Vec<String> = (1..=3_u32)
            .flat_map(|length| (0..1 << length).map(move |bits| (length, bits)))
            .map(|(length, bits): (u32, u32)| {
                (0..length)
                    .map(|at| if bits >> at & 1 == 0 { 'a' } else { 'b' })
                    .collect()
            })
            .collect();
        let (mut taken, mut refused) = (0, 0);
        for one in &short {
            for two in &short {
                for three in &short {
                    for separator in ["", "a", "b", "ab", "ba", "aa", "-"] {
                        let words = WordList::of(&[one, two, three]);
                        if words.len() < 2 {
                            continue;
                        }
                        if check_decodable(&words, separator).is_err() {
                            refused += 1;
                            continue;
                        }
                        taken += 1;
                        let mut phrases = vec![String::new()];
                        for length in 1..=4_u32 {
                            phrases = (phrases.iter())
                                .flat_map(|phrase| {
                                    words.iter().map(move |word| match phrase.as_str() {
                                        "" => word.to_string(),
                                        _ => format!("{phrase}{separator}{word}"),
                                    })
                                })
                                .collect();
                            let distinct: BTreeSet<&String> = phrases.iter().collect();
                            assert_eq!(
                                distinct.len(),
                                words.len().pow(length),
                                "{words:?} '{separator}'"
                            );
                        }
                    }
                }
            }
        }
        assert!(taken > 1_000 && refused > 1_000, "{taken} {refused}");
    }

    #[test]
    fn words_that_become_the_same_by_capitals_are_one() {
        let words = list(&["polish", "Polish", "ß", "éclair"]);
        let size = Length::Units(2);
        let phrases = Passphrases::new(words.clone(), size, style("-", "c")).unwrap();
        let capitals: Vec<&str> = phrases.words.iter().collect();
        assert_eq!(capitals, ["Polish", "SS", "Éclair"]);
        assert_eq!(*phrases.count(), 9_u32.into());
        let phrases = Passphrases::new(words, size, style("-", "")).unwrap();
        assert_eq!(*phrases.count(), 16_u32.into());
        let few = "the word list has fewer than two different words";
        assert_eq!(refused(list(&["a", "A"]), size, style("-", "c")), few);
    }

    #[test]
    fn bits_are_reached_with_the_fewest_words() {
        for options in ["", "d", "ds"] {
            for bits in [1, 2, 12, 13, 100, 128, 129, 130, 5_000] {
                let phrases = |size| {
                    Passphrases::new(WordList::eff_large(), size, style("-", options)).unwrap()
                };
                let enough = phrases(Length::Bits(bits));
                assert!(enough.count().bits() > bits);
                if enough.length() > 1 {
                    let fewer = phrases(Length::Units(enough.length() as u64 - 1));
                    assert!(fewer.count().bits() <= bits, "{options} {bits}");
                }
            }
        }
    }

    #[test]
    fn what_could_read_the_same_is_refused() {
        let refused = |words: &[&'static str], separator, options| {
            refused(list(words), Length::Units(2), style(separator, options))
        };
        // "in" "dependent" and "independent" "in" ...
        let words = ["in", "indeed", "eed", "d"];
        assert!(refused(&words, "", "").ends_with("the same: `in` begins `indeed`"));
        assert_eq!(refused(&words, "", "c"), "");
        assert_eq!(refused(&words, " ", ""), "");
        let hyphens = ["a", "a-a", "b"];
        assert!(refused(&hyphens, "-", "").ends_with("the same: `a-` begins `a-a-`"));
        assert_eq!(refused(&hyphens, "_", ""), "");
        for (words, separator, options, beginning) in [
            (
                ["x", "x1"],
                "-",
                "d",
                "--add-digit: the word `x1` contains one",
            ),
            (
                ["x", "x!"],
                "-",
                "s",
                "--add-symbol: the word `x!` contains one",
            ),
            (
                ["x", "y"],
                "7",
                "d",
                "--add-digit: the separator contains one",
            ),
            (
                ["x", "y"],
                "\n",
                "",
                "the separator contains U+000A, a control",
            ),
        ] {
            let message = refused(&words, separator, options);
            assert!(message.starts_with(beginning), "{message}");
        }
        // A phrase of one word has no second one to run into.
        assert!(Passphrases::new(list(&words), Length::Units(1), style("", "")).is_ok());
    }

    #[test]
    fn a_phrase_has_at_most_64_kib() {
        let refused = |length| refused(WordList::eff_large(), length, Style::default());
        assert_eq!(refused(Length::Units(6_553)), "");
        let too_long = refused(Length::Units(6_554));
        assert!(too_long.ends_with("the maximum with this list is 6553"));
        for bits in [90_000, u64::MAX] {
            let expected =
                format!("--bits {bits}: no passphrase of up to 6553 words has that many bits");
            assert_eq!(refused(Length::Bits(bits)), expected);
        }
    }
}
