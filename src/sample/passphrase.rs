//! Words in a row: how many phrases there are, and one of them with each equally likely.
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

use std::{borrow::Cow, fmt};

use num_bigint::BigUint;
use zeroize::Zeroizing;

use super::{MAX_BYTES, Uniform, strength};
use crate::entropy::EntropyError;

/// Words where no number of them is asked for. Ten of the embedded list have 129 bits.
pub const DEFAULT_WORDS: usize = 10;

const DIGITS: &str = "0123456789";
/// What [`Style::add_symbol`] adds one of.
pub const SYMBOLS: &str = "!#$%&*+=?@";

/// EFF Large Wordlist for Passphrases, CC BY 3.0 US; see LICENSE-WORDLIST.
const EFF_LARGE: &str = include_str!("eff_large.txt");

/// Distinct words to draw from.
#[derive(Clone, Debug)]
pub struct WordList<'a> {
    /// In ascending order.
    words: Vec<Cow<'a, str>>,
    duplicates: usize,
}

impl WordList<'static> {
    /// The EFF's large list: 7776 English words of 3 to 9 characters.
    pub fn eff_large() -> Self {
        Self {
            words: EFF_LARGE.lines().map(Cow::Borrowed).collect(),
            duplicates: 0,
        }
    }
}

impl<'a> WordList<'a> {
    /// The lines of `text`, each a word, without white space around it; the same line again adds nothing. Numbers of
    /// dice, as lists for throwing dice have them, are left out if they stand on every line.
    ///
    /// # Errors
    /// If a line is no word, or there are fewer than two words.
    pub fn parse(text: &'a [u8]) -> Result<Self, PassphraseError> {
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let mut words = Vec::new();
        for (number, line) in (1..).zip(text.split(|&byte| byte == b'\n')) {
            let line = str::from_utf8(line).map_err(|_| PassphraseError::NotUtf8(number))?;
            let word = line.trim();
            if word.is_empty() {
                // An empty text has one line, too.
                return Err(match text.is_empty() {
                    true => PassphraseError::TooFewWords(0),
                    false => PassphraseError::EmptyLine(number),
                });
            }
            words.push(word);
        }
        if let Some(without) = words.iter().map(|line| without_dice(line)).collect() {
            words = without;
        }
        for (number, word) in (1..).zip(&words) {
            if let Some(char) = word.chars().find(|char| char.is_control()) {
                return Err(PassphraseError::Control { line: number, char });
            }
        }
        let lines = words.len();
        let words = distinct(words.into_iter().map(Cow::Borrowed).collect());
        if words.len() < 2 {
            return Err(PassphraseError::TooFewWords(words.len()));
        }
        Ok(Self {
            duplicates: lines - words.len(),
            words,
        })
    }

    /// How many distinct words there are.
    #[expect(clippy::len_without_is_empty, reason = "there are at least two")]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// How many lines said what another had said.
    pub fn duplicates(&self) -> usize {
        self.duplicates
    }
}

/// What follows the numbers of dice at the beginning of `line`, if that is what there is.
fn without_dice(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|char| ('1'..='6').contains(&char));
    let word = rest.trim_start();
    let is_numbered = rest.len() < line.len() && word.len() < rest.len();
    is_numbered.then_some(word)
}

fn distinct(mut words: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    words.sort_unstable();
    words.dedup();
    words
}

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// So many words.
    Words(usize),
    /// As few words as carry so many bits.
    Bits(u64),
}

/// How a phrase is written.
#[derive(Clone, Debug)]
pub struct Style {
    /// Stands between two words.
    pub separator: String,
    /// Words begin with a capital.
    pub capitalize: bool,
    /// A digit stands after one of the words.
    pub add_digit: bool,
    /// One of [`SYMBOLS`] stands after one of the words; after the digit, if that is the same one.
    pub add_symbol: bool,
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
pub struct Passphrases<'a> {
    words: Vec<Cow<'a, str>>,
    style: Style,
    count: BigUint,
    indices: Zeroizing<Vec<u32>>,
}

impl<'a> Passphrases<'a> {
    /// Phrases of `list`.
    ///
    /// # Errors
    /// If two draws could lead to the same phrase, or there is no phrase of that size.
    pub fn new(list: WordList<'a>, size: Size, style: Style) -> Result<Self, PassphraseError> {
        let mut words = list.words;
        if style.capitalize {
            for word in &mut words {
                capitalize(word);
            }
            words = distinct(words);
            if words.len() < 2 {
                return Err(PassphraseError::TooFewWords(words.len()));
            }
        }
        check_separator(&style.separator)?;
        for (option, added) in style.added() {
            let held = |text: &str| text.contains(|char| added.contains(char));
            if held(&style.separator) {
                return Err(PassphraseError::InSeparator(option));
            }
            if let Some(word) = words.iter().find(|word| held(word)) {
                let word = word.to_string();
                return Err(PassphraseError::InWord { option, word });
            }
        }
        let limit = style.limit(&words);
        let length = match size {
            Size::Words(0) => return Err(PassphraseError::Zero("--words")),
            Size::Bits(0) => return Err(PassphraseError::Zero("--bits")),
            Size::Words(length) if length > limit => {
                return Err(PassphraseError::TooLong { length, limit });
            }
            Size::Words(length) => length,
            Size::Bits(bits) => (style.shortest(words.len(), bits))
                .filter(|&length| length <= limit)
                .ok_or(PassphraseError::Unreachable { bits, limit })?,
        };
        if length > 1 {
            check_decodable(&words, &style.separator)?;
        }
        Ok(Self {
            count: style.count(words.len(), length),
            indices: Zeroizing::new(vec![0; length]),
            words,
            style,
        })
    }

    /// The number of phrases, exactly.
    pub fn count(&self) -> &BigUint {
        &self.count
    }

    /// Their strength: log₂ of their number, in bits.
    pub fn bits(&self) -> f64 {
        strength::bits(&self.count)
    }

    /// How many words a phrase has.
    pub fn length(&self) -> usize {
        self.indices.len()
    }

    /// How many words there are to choose from, in this style.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// The length of the longest phrase, in bytes of UTF-8.
    pub fn max_bytes(&self) -> usize {
        self.length() * self.style.word_bytes(&self.words) + 2
    }

    /// Appends one phrase to `text`, in UTF-8. A caller that has reserved [`max_bytes`](Self::max_bytes) is left with
    /// no copy of it elsewhere in memory.
    pub fn sample<U: Uniform + ?Sized>(
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
                text.extend_from_slice(self.style.separator.as_bytes());
            }
            text.extend_from_slice(self.words[index as usize].as_bytes());
            for (_, char) in added.iter().flatten().filter(|(after, _)| *after == place) {
                text.push(*char);
            }
        }
        Ok(())
    }
}

impl Style {
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

    /// The least number of words that carries `bits` bits; nothing, if it is absurdly great.
    fn shortest(&self, words: usize, bits: u64) -> Option<usize> {
        // What is added has less than 40 bits.
        let least = bits.saturating_sub(40) as f64 / (words as f64).log2();
        let mut length = (least as usize).max(1);
        while length <= MAX_BYTES {
            if self.count(words, length).bits() > bits {
                return Some(length);
            }
            length += 1;
        }
        None
    }

    /// The longest word and a separator, in bytes.
    fn word_bytes(&self, words: &[Cow<'_, str>]) -> usize {
        words.iter().map(|word| word.len()).max().unwrap_or(0) + self.separator.len()
    }

    /// How many words there are room for.
    fn limit(&self, words: &[Cow<'_, str>]) -> usize {
        (MAX_BYTES - 2) / self.word_bytes(words)
    }
}

fn capitalize(word: &mut Cow<'_, str>) {
    let mut chars = word.chars();
    let Some(first) = chars.next().filter(|char| !char.is_uppercase()) else {
        return;
    };
    let capital: String = first.to_uppercase().collect();
    *word = Cow::Owned(capital + chars.as_str());
}

fn check_separator(separator: &str) -> Result<(), PassphraseError> {
    match separator.chars().find(|char| char.is_control()) {
        Some(char) => Err(PassphraseError::ControlInSeparator(char)),
        None => Ok(()),
    }
}

/// Whether any sequence of the ascending `words` can be read back from what it looks like.
fn check_decodable(words: &[Cow<'_, str>], separator: &str) -> Result<(), PassphraseError> {
    let forward: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    let Some((shorter, longer)) = beginning(&forward, separator.as_bytes()) else {
        return Ok(());
    };
    let reversed = |text: &str| -> Vec<u8> { text.bytes().rev().collect() };
    let mut backward: Vec<Vec<u8>> = words.iter().map(|word| reversed(word)).collect();
    backward.sort_unstable();
    if beginning(&backward, &reversed(separator)).is_none() {
        return Ok(());
    }
    Err(PassphraseError::Ambiguous {
        separator: separator.into(),
        shorter: words[shorter].to_string(),
        longer: words[longer].to_string(),
    })
}

/// Two of the ascending `words`, the first of which with `separator` is the beginning of the second with it.
fn beginning<W: AsRef<[u8]>>(words: &[W], separator: &[u8]) -> Option<(usize, usize)> {
    words.iter().enumerate().find_map(|(shorter, word)| {
        // What a word begins follows it at once.
        let longer = words[shorter + 1..]
            .iter()
            .map_while(|longer| longer.as_ref().strip_prefix(word.as_ref()))
            .position(|rest| {
                let after = rest.iter().chain(separator);
                after.take(separator.len()).eq(separator)
            })?;
        Some((shorter, shorter + 1 + longer))
    })
}

/// Why there is no such passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassphraseError {
    /// That line of the word list is not UTF-8.
    NotUtf8(usize),
    /// That line of the word list is empty.
    EmptyLine(usize),
    /// A line of the word list holds a control character.
    Control {
        /// The line's number.
        line: usize,
        /// The character.
        char: char,
    },
    /// So few distinct words are in the list.
    TooFewWords(usize),
    /// The separator holds a control character.
    ControlInSeparator(char),
    /// The separator holds what an option adds.
    InSeparator(&'static str),
    /// A word holds what an option adds.
    InWord {
        /// The option.
        option: &'static str,
        /// The word.
        word: String,
    },
    /// Two sequences of words might look the same.
    Ambiguous {
        /// What stands between words.
        separator: String,
        /// A word that begins another.
        shorter: String,
        /// That other.
        longer: String,
    },
    /// An option that needs a positive number, and did not get one.
    Zero(&'static str),
    /// The phrase would be too long.
    TooLong {
        /// Its length, in words.
        length: usize,
        /// The greatest possible one, in words.
        limit: usize,
    },
    /// No possible length is strong enough.
    Unreachable {
        /// What was asked for.
        bits: u64,
        /// The greatest possible length, in words.
        limit: usize,
    },
}

impl PassphraseError {
    /// What would make it possible.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotUtf8(_) => Some("iconv can convert it"),
            Self::EmptyLine(_) | Self::Control { .. } => Some("a word list holds one word a line"),
            Self::TooFewWords(_) => Some("it takes at least two"),
            Self::ControlInSeparator(_) => Some("choose another with -s"),
            Self::InSeparator(_) => Some("choose another with -s, or leave the option out"),
            Self::InWord { .. } => Some("leave the option out, or use another list"),
            Self::Ambiguous { .. } => {
                Some("choose a separator that is in no word, such as -s ' ', or try --capitalize")
            }
            Self::Zero(_) => None,
            Self::TooLong { .. } => Some("ask for fewer words"),
            Self::Unreachable { .. } => Some("ask for fewer bits"),
        }
    }
}

impl fmt::Display for PassphraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8(line) => write!(f, "line {line} of the word list is not UTF-8"),
            Self::EmptyLine(line) => write!(f, "line {line} of the word list is empty"),
            Self::Control { line, char } => write!(
                f,
                "line {line} of the word list holds U+{:04X}, a control character",
                u32::from(*char)
            ),
            Self::TooFewWords(0) => f.write_str("the word list is empty"),
            Self::TooFewWords(_) => f.write_str("the word list holds no two different words"),
            Self::ControlInSeparator(char) => write!(
                f,
                "the separator holds U+{:04X}, a control character",
                u32::from(*char)
            ),
            Self::InSeparator(option) => write!(
                f,
                "{option}: the separator holds one, so that two phrases could look the same"
            ),
            Self::InWord { option, word } => write!(
                f,
                "{option}: the word `{word}` holds one, so that two phrases could look the same"
            ),
            Self::Ambiguous {
                separator,
                shorter,
                longer,
            } => write!(
                f,
                "with '{separator}' between words, two phrases could look the same: \
                 `{shorter}{separator}` begins `{longer}{separator}`"
            ),
            Self::Zero(option) => write!(f, "{option} must be at least 1"),
            Self::TooLong { length, limit } => write!(
                f,
                "a phrase of {length} words is too long: at most {limit} of this list"
            ),
            Self::Unreachable { bits, limit } => write!(
                f,
                "--bits {bits}: no phrase of up to {limit} words is as strong as that"
            ),
        }
    }
}

impl std::error::Error for PassphraseError {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sample::walker::{Ratio, law};

    fn list(words: &[&'static str]) -> WordList<'static> {
        WordList {
            words: distinct(words.iter().map(|&word| word.into()).collect()),
            duplicates: 0,
        }
    }

    fn style(separator: &str, options: &str) -> Style {
        Style {
            separator: separator.into(),
            capitalize: options.contains('c'),
            add_digit: options.contains('d'),
            add_symbol: options.contains('s'),
        }
    }

    #[test]
    fn the_embedded_list_is_the_effs() {
        let list = WordList::eff_large();
        assert_eq!(list.len(), 7776);
        assert_eq!(distinct(list.words.clone()), list.words);
        assert_eq!((&*list.words[0], &*list.words[7775]), ("abacus", "zoom"));
        let lower = |char: char| char.is_ascii_lowercase() || char == '-';
        assert!(
            list.words
                .iter()
                .all(|word| word.len() >= 3 && word.chars().all(lower))
        );
        let phrases = Passphrases::new(list, Size::Words(DEFAULT_WORDS), Style::default()).unwrap();
        assert_eq!(strength::shown(phrases.count()), "129.24");
    }

    #[test]
    fn the_embedded_list_can_be_read_back_in_every_style() {
        for separator in ["", "-", " ", ".", "a", "ly"] {
            for options in ["", "c", "d", "s", "cds"] {
                let (size, style) = (Size::Words(3), style(separator, options));
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
            let mut phrases = Passphrases::new(list.clone(), Size::Words(length), style).unwrap();
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
    fn a_list_that_is_taken_has_as_many_phrases_as_are_counted() {
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
                        let words = [one, two, three].map(|word| Cow::Owned(word.clone()));
                        let words = distinct(words.to_vec());
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
        let size = Size::Words(2);
        let phrases = Passphrases::new(words.clone(), size, style("-", "c")).unwrap();
        assert_eq!(phrases.words, ["Polish", "SS", "Éclair"]);
        assert_eq!(*phrases.count(), 9_u32.into());
        let phrases = Passphrases::new(words, size, style("-", "")).unwrap();
        assert_eq!(*phrases.count(), 16_u32.into());
        let refused = Passphrases::new(list(&["a", "A"]), size, style("-", "c")).err();
        assert_eq!(refused, Some(PassphraseError::TooFewWords(1)));
    }

    #[test]
    fn a_strength_is_reached_with_the_fewest_words_that_have_it() {
        for options in ["", "d", "ds"] {
            for bits in [1, 2, 12, 13, 100, 128, 129, 130, 5_000] {
                let phrases = |size| {
                    Passphrases::new(WordList::eff_large(), size, style("-", options)).unwrap()
                };
                let enough = phrases(Size::Bits(bits));
                assert!(enough.bits() >= bits as f64);
                if enough.length() > 1 {
                    let fewer = phrases(Size::Words(enough.length() - 1));
                    assert!(fewer.bits() < bits as f64, "{options} {bits}");
                }
            }
        }
    }

    #[test]
    fn a_list_is_read_line_by_line() {
        let read = |text: &'static str| {
            let list = WordList::parse(text.as_bytes())?;
            Ok((list.words.join(" "), list.duplicates()))
        };
        let words = |words: &str, duplicates| Ok((words.to_string(), duplicates));
        assert_eq!(read("one\ntwo\n"), words("one two", 0));
        assert_eq!(read("one\ntwo"), words("one two", 0));
        assert_eq!(read("\u{feff}two\r\none\r\n"), words("one two", 0));
        assert_eq!(read("a\nb\na\n b\nb\n"), words("a b", 3));
        assert_eq!(read("1111\tone\n1112 two\n"), words("one two", 0));
        assert_eq!(
            read("1111\tone\ntwo\n"),
            Err(PassphraseError::Control {
                line: 1,
                char: '\t'
            })
        );
        assert_eq!(read("11\n12\n"), words("11 12", 0));
        assert_eq!(read("New York\nParis\n"), words("New York Paris", 0));
        assert_eq!(read(""), Err(PassphraseError::TooFewWords(0)));
        assert_eq!(read("\n"), Err(PassphraseError::TooFewWords(0)));
        assert_eq!(read("a\na\n"), Err(PassphraseError::TooFewWords(1)));
        assert_eq!(read("a\n\nb\n"), Err(PassphraseError::EmptyLine(2)));
        assert_eq!(read("a\nb\n\n"), Err(PassphraseError::EmptyLine(3)));
        assert_eq!(read("a\nb\n \n"), Err(PassphraseError::EmptyLine(3)));
        assert_eq!(
            read("a\nb\u{7}c\n"),
            Err(PassphraseError::Control {
                line: 2,
                char: '\u{7}'
            })
        );
        let latin1 = WordList::parse(b"a\nb\nstra\xdfe\n").err();
        assert_eq!(latin1, Some(PassphraseError::NotUtf8(3)));
    }

    #[test]
    fn what_could_read_the_same_is_refused() {
        let refused = |words: &[&'static str], separator, options| {
            let style = style(separator, options);
            Passphrases::new(list(words), Size::Words(2), style).err()
        };
        let ambiguous = |separator: &str, shorter: &str, longer: &str| {
            Some(PassphraseError::Ambiguous {
                separator: separator.into(),
                shorter: shorter.into(),
                longer: longer.into(),
            })
        };
        // "in" "dependent" and "independent" "in" ...
        let words = ["in", "indeed", "eed", "d"];
        assert_eq!(refused(&words, "", ""), ambiguous("", "in", "indeed"));
        assert_eq!(refused(&words, "", "c"), None);
        assert_eq!(refused(&words, " ", ""), None);
        assert_eq!(
            refused(&["a", "a-a", "b"], "-", ""),
            ambiguous("-", "a", "a-a")
        );
        assert_eq!(refused(&["a", "a-a", "b"], "_", ""), None);
        let in_word = |option, word: &str| {
            let word = word.to_string();
            Some(PassphraseError::InWord { option, word })
        };
        assert_eq!(
            refused(&["x", "x1"], "-", "d"),
            in_word("--add-digit", "x1")
        );
        assert_eq!(
            refused(&["x", "x!"], "-", "s"),
            in_word("--add-symbol", "x!")
        );
        assert_eq!(
            refused(&["x", "y"], "7", "d"),
            Some(PassphraseError::InSeparator("--add-digit"))
        );
        assert_eq!(
            refused(&["x", "y"], "\n", ""),
            Some(PassphraseError::ControlInSeparator('\n'))
        );
        // A phrase of one word has no second one to run into.
        assert!(Passphrases::new(list(&words), Size::Words(1), style("", "")).is_ok());
    }

    #[test]
    fn a_phrase_has_at_least_one_word_and_at_most_64_kib() {
        let refused = |size| Passphrases::new(WordList::eff_large(), size, Style::default()).err();
        assert_eq!(
            refused(Size::Words(0)),
            Some(PassphraseError::Zero("--words"))
        );
        assert_eq!(
            refused(Size::Bits(0)),
            Some(PassphraseError::Zero("--bits"))
        );
        let limit = 6_553;
        assert_eq!(refused(Size::Words(limit)), None);
        let length = limit + 1;
        assert_eq!(
            refused(Size::Words(length)),
            Some(PassphraseError::TooLong { length, limit })
        );
        for bits in [90_000, u64::MAX] {
            let unreachable = Some(PassphraseError::Unreachable { bits, limit });
            assert_eq!(refused(Size::Bits(bits)), unreachable);
        }
    }
}
