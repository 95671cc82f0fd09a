//! Lists of distinct words.

use std::borrow::Cow;

use super::phrase_error::PhraseError;
use crate::{
    chars::{UnicodeNormalization, Unusable, is_nfc, unusable},
    memory::OutOfMemory,
};

/// EFF Large Wordlist for Passphrases, CC BY 3.0 US; see LICENSE-WORDLIST.
const EFF_LARGE: &str = include_str!("eff_large.txt");

// Its words are found by their lengths: a checkout with other line ends would move them.
const _: () = assert!(EFF_LARGE.len() == 62_144);

/// Word lists are no longer than that: a file that never ends is not read for ever.
pub(crate) const MAX_LIST_BYTES: usize = 64 << 20;

/// Distinct words to draw from.
#[derive(Clone, Debug)]
pub(crate) struct WordList<'a> {
    text: Cow<'a, str>,
    /// In ascending order.
    words: Vec<Word>,
    duplicates: usize,
}

/// Where in the text a word is. Four bytes for each: the text has at most 64 MiB, and capitals make it a few times as
/// long at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: u32,
    length: u32,
}

impl Word {
    fn new(start: usize, length: usize) -> Self {
        Self {
            start: start as u32,
            length: length as u32,
        }
    }

    /// The bytes of `text` that it is.
    pub(super) fn of(self, text: &[u8]) -> &[u8] {
        &text[self.range()]
    }

    pub(super) fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start + self.length as usize
    }
}

impl WordList<'static> {
    /// The EFF's large list: 7776 English words of 3 to 9 characters.
    pub(crate) fn eff_large() -> Self {
        let mut start = 0;
        let span = |line: &str| {
            let word = Word::new(start, line.len());
            start += line.len() + 1;
            word
        };
        Self {
            words: EFF_LARGE.lines().map(span).collect(),
            text: Cow::Borrowed(EFF_LARGE),
            duplicates: 0,
        }
    }
}

impl<'a> WordList<'a> {
    /// The lines of `text`, each a word, without white space around it; the same line again adds nothing. The numbers
    /// of dice, as lists for throwing dice have them, are left out if they stand on every line.
    ///
    /// # Errors
    /// If a line is no word or cannot be told from another, or there are fewer than two words, or not enough memory.
    pub(crate) fn parse(text: &'a [u8]) -> Result<Self, PhraseError> {
        if text.len() > MAX_LIST_BYTES {
            return Err(PhraseError::TooLarge);
        }
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        let text = str::from_utf8(text).map_err(|error| {
            let before = &text[..error.valid_up_to()];
            PhraseError::NotUtf8(1 + memchr::memchr_iter(b'\n', before).count())
        })?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        if text.is_empty() {
            return Err(PhraseError::TooFewWords(0));
        }
        let (mut words, mut lines, mut start) = (Vec::new(), 0, 0);
        let mut has_dice = false;
        for line in text.split('\n') {
            lines += 1;
            let trimmed = line.trim();
            let without = without_dice(trimmed);
            if lines == 1 {
                has_dice = without.is_some();
            } else if has_dice != without.is_some() {
                return Err(PhraseError::Dice {
                    line: lines,
                    has_dice,
                });
            }
            let word = without.unwrap_or(trimmed);
            check_word(word, lines)?;
            // Both are parts of the text, the word of the line.
            let before = word.as_ptr() as usize - line.as_ptr() as usize;
            add(
                &mut words,
                Word::new(start + before, word.len()),
                text.as_bytes(),
            )?;
            start += line.len() + 1;
        }
        sort(&mut words, text.as_bytes());
        if words.len() < 2 {
            return Err(PhraseError::TooFewWords(words.len()));
        }
        Ok(Self {
            text: Cow::Borrowed(text),
            duplicates: lines - words.len(),
            words,
        })
    }

    /// The list with a capital at the beginning of each word; words that become the same are one.
    ///
    /// # Errors
    /// There are fewer than two words, or not enough memory.
    pub(super) fn capitalized(self) -> Result<WordList<'static>, PhraseError> {
        let mut text = String::new();
        let mut words = Vec::new();
        for word in self.iter() {
            let mut chars = word.chars();
            let first: String = chars
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .collect();
            let start = text.len();
            // A capital can be several characters.
            text.try_reserve(word.len() + 32)
                .map_err(OutOfMemory::from)?;
            if first.is_ascii() {
                text.extend([&first, chars.as_str()]);
            } else {
                text.extend(first.chars().chain(chars).nfc());
            }
            add(
                &mut words,
                Word::new(start, text.len() - start),
                text.as_bytes(),
            )?;
        }
        sort(&mut words, text.as_bytes());
        if words.len() < 2 {
            return Err(PhraseError::TooFewWords(words.len()));
        }
        Ok(WordList {
            text: Cow::Owned(text),
            words,
            duplicates: self.duplicates,
        })
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at `index` in ascending order.
    #[inline]
    pub(super) fn word(&self, index: usize) -> &str {
        &self.text[self.words[index].range()]
    }

    /// The words in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &self.text[word.range()])
    }

    /// Where the words are, and in what.
    pub(super) fn spans(&self) -> (&[Word], &str) {
        (&self.words, &self.text)
    }

    /// How many lines repeat another.
    pub(crate) fn duplicates(&self) -> usize {
        self.duplicates
    }
}

/// Whether `word` is one and can be told from any other.
fn check_word(word: &str, line: usize) -> Result<(), PhraseError> {
    if word.is_empty() {
        return Err(PhraseError::EmptyLine(line));
    }
    if word.starts_with('#') {
        return Err(PhraseError::Comment(line));
    }
    for (at, char) in word.char_indices() {
        match unusable(char) {
            // A mark that is written with the letter before it is how many languages write it.
            Some(Unusable::Combining) if at > 0 => {}
            Some(reason) => return Err(PhraseError::Unusable { line, char, reason }),
            None => {}
        }
    }
    match word.is_ascii() || is_nfc(word) {
        true => Ok(()),
        false => Err(PhraseError::NotNormalised(line)),
    }
}

/// What follows the numbers of dice at the beginning of `line`, if that is what there is.
fn without_dice(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|char| ('1'..='6').contains(&char));
    let word = rest.trim_start();
    let is_numbered = rest.len() < line.len() && word.len() < rest.len();
    is_numbered.then_some(word)
}

/// Adds a word; the vector grows only if it is full of distinct ones.
fn add(words: &mut Vec<Word>, word: Word, text: &[u8]) -> Result<(), OutOfMemory> {
    if words.len() == words.capacity() {
        sort(words, text);
        if words.len() >= words.capacity() / 2 {
            words.try_reserve_exact(words.len().max(4096))?;
        }
    }
    words.push(word);
    Ok(())
}

/// Puts the words into ascending order, each of them once.
fn sort(words: &mut Vec<Word>, text: &[u8]) {
    words.sort_unstable_by(|one, other| one.of(text).cmp(other.of(text)));
    words.dedup_by(|one, other| one.of(text) == other.of(text));
}

#[cfg(test)]
impl WordList<'static> {
    /// A list of these words, which may hold anything.
    pub(super) fn of(words: &[&str]) -> Self {
        let text = words.concat();
        let mut start = 0;
        let span = |word: &&str| {
            start += word.len();
            Word::new(start - word.len(), word.len())
        };
        let mut words: Vec<Word> = words.iter().map(span).collect();
        sort(&mut words, text.as_bytes());
        Self {
            text: Cow::Owned(text),
            words,
            duplicates: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Result<(String, usize), PhraseError> {
        let list = WordList::parse(text.as_bytes())?;
        let words: Vec<&str> = list.iter().collect();
        Ok((words.join(" "), list.duplicates()))
    }

    #[test]
    fn a_list_is_read_line_by_line() {
        let words = |words: &str, duplicates| Ok((words.to_string(), duplicates));
        assert_eq!(read("one\ntwo\n"), words("one two", 0));
        assert_eq!(read("one\ntwo"), words("one two", 0));
        assert_eq!(read("\u{feff}two\r\none\r\n"), words("one two", 0));
        assert_eq!(read("a\nb\na\n b\nb\n"), words("a b", 3));
        assert_eq!(read("1111\tone\n1112 two\n"), words("one two", 0));
        assert_eq!(read("11\n12\n"), words("11 12", 0));
        assert_eq!(read("New York\nParis\n"), words("New York Paris", 0));
        assert_eq!(read("été\nहिन्दी\n"), words("été हिन्दी", 0));
        assert_eq!(read(""), Err(PhraseError::TooFewWords(0)));
        assert_eq!(read("\n"), Err(PhraseError::TooFewWords(0)));
        assert_eq!(read("a\na\n"), Err(PhraseError::TooFewWords(1)));
        assert_eq!(read("a\n\nb\n"), Err(PhraseError::EmptyLine(2)));
        assert_eq!(read("a\nb\n\n"), Err(PhraseError::EmptyLine(3)));
        assert_eq!(read("a\nb\n \n"), Err(PhraseError::EmptyLine(3)));
        let latin1 = WordList::parse(b"a\nb\nstra\xdfe\n").err();
        assert_eq!(latin1, Some(PhraseError::NotUtf8(3)));
    }

    #[test]
    fn words_that_look_like_another_are_refused() {
        let unusable = |line, char, reason| Err(PhraseError::Unusable { line, char, reason });
        for (text, refused) in [
            ("a\nb\u{7}c\n", unusable(2, '\u{7}', Unusable::Control)),
            ("a\tb\nc\n", unusable(1, '\t', Unusable::Control)),
            (
                "ab\na\u{200b}b\n",
                unusable(2, '\u{200b}', Unusable::Invisible),
            ),
            (
                "a b\na\u{a0}b\n",
                unusable(2, '\u{a0}', Unusable::Invisible),
            ),
            ("a\n\u{301}b\n", unusable(2, '\u{301}', Unusable::Combining)),
            ("\u{e9}t\ne\u{301}t\n", Err(PhraseError::NotNormalised(2))),
            (
                "\u{2126}\nb\n",
                unusable(1, '\u{2126}', Unusable::Unnormalised),
            ),
        ] {
            assert_eq!(read(text), refused, "{text:?}");
        }
    }

    #[test]
    fn comments_and_dice_on_some_lines_are_refused() {
        let dice = |line, has_dice| Err(PhraseError::Dice { line, has_dice });
        assert_eq!(read("1111\tone\n1112\ttwo\nthree\n"), dice(3, true));
        assert_eq!(read("one\ntwo\n1113 three\n"), dice(3, false));
        assert_eq!(read("# words\none\ntwo\n"), Err(PhraseError::Comment(1)));
        assert_eq!(read("one\n#two\n"), Err(PhraseError::Comment(2)));
    }

    #[test]
    fn repeated_words_take_no_memory() {
        let text = "b\na\n".repeat(100_000);
        let list = WordList::parse(text.as_bytes()).unwrap();
        assert_eq!((list.len(), list.duplicates()), (2, 199_998));
        assert!(list.words.capacity() < 10_000);
    }
}
