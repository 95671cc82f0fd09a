//! Lists of distinct words.

use std::borrow::Cow;

use crate::{
    chars::{UnicodeNormalization, Unusable, is_nfc, unusable},
    error::Error,
    memory::{self, OutOfMemory},
    message::counted,
};

/// EFF Large Wordlist for Passphrases, CC BY 3.0 US; see LICENSE-WORDLIST.
const EFF_LARGE: &str = include_str!("eff_large.txt");

// Its words are found by their lengths: a checkout with other line ends would move them.
const _: () = assert!(EFF_LARGE.len() == 62_111);

/// Word lists are no longer than that: a file that never ends is not read for ever.
pub(crate) const MAX_LIST_BYTES: usize = 64 << 20;

/// Distinct words to draw from.
#[derive(Clone, Debug)]
pub(crate) struct WordList {
    text: Cow<'static, str>,
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

impl WordList {
    /// The EFF's large list without its words that hold a hyphen, which is the usual separator: 7772 English words of 3 to 9
    /// letters.
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

    /// The lines of `text`, each a word, without white space around it; the same line again adds nothing. The numbers
    /// of dice, as lists for throwing dice have them, are left out if they stand on every line.
    ///
    /// # Errors
    /// If a line is no word or cannot be told from another, or there are fewer than two words, or not enough memory.
    pub(crate) fn parse(text: Vec<u8>) -> anyhow::Result<Self> {
        if text.len() > MAX_LIST_BYTES {
            return Err(Error::usage("the word list is larger than 64 MiB").into());
        }
        let text = String::from_utf8(text).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + memchr::memchr_iter(b'\n', before).count();
            bad_line(line, "is not UTF-8", "convert it with iconv")
        })?;
        let content = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut start = text.len() - content.len();
        let content = content.strip_suffix('\n').unwrap_or(content);
        if content.is_empty() {
            return Err(too_few_words("is empty").into());
        }
        let (mut words, mut lines) = (Vec::new(), 0);
        let mut has_dice = false;
        for line in content.split('\n') {
            lines += 1;
            let trimmed = line.trim();
            let without = without_dice(trimmed);
            if lines == 1 {
                has_dice = without.is_some();
            } else if has_dice != without.is_some() {
                let what = match has_dice {
                    true => "has no number of dice, and line 1 has some",
                    false => "has a number of dice, and line 1 has none",
                };
                let hint = "numbers of dice are left out if every line has some";
                return Err(bad_line(lines, what, hint).into());
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
        let mut list = Self::of_words(text, words)?;
        list.duplicates = lines - list.len();
        Ok(list)
    }

    /// The list with a capital at the beginning of each word; words that become equal are one.
    ///
    /// # Errors
    /// There are fewer than two words, or not enough memory.
    pub(super) fn capitalized(self) -> anyhow::Result<Self> {
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
            memory::reserve(|| text.try_reserve(word.len() + 32))?;
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
        let mut list = Self::of_words(text, words)?;
        list.duplicates = self.duplicates;
        Ok(list)
    }

    /// The list of these words of `text`, each of them once.
    fn of_words(text: String, mut words: Vec<Word>) -> anyhow::Result<Self> {
        sort(&mut words, text.as_bytes());
        if words.len() < 2 {
            return Err(too_few_words("has fewer than two different words").into());
        }
        Ok(Self {
            text: Cow::Owned(text),
            words,
            duplicates: 0,
        })
    }

    /// The words of at most `max` characters.
    ///
    /// # Errors
    /// There are fewer than two.
    pub(super) fn of_at_most(mut self, max: u64) -> Result<Self, Error> {
        let characters = |word: &str| word.chars().count() as u64;
        let mut shortest = [u64::MAX; 2];
        for word in self.iter() {
            let [first, second] = shortest;
            match characters(word) {
                length if length < first => shortest = [length, first],
                length => shortest = [first, length.min(second)],
            }
        }
        let enough = shortest[1];
        if max < enough {
            let most = counted(max, "character");
            let message = format!("--max-word {max}: fewer than two words have at most {most}");
            let hint = format!("--max-word {enough} leaves two words or more");
            return Err(Error::usage_hint(message, hint));
        }
        let text = &self.text;
        (self.words).retain(|word| characters(&text[word.range()]) <= max);
        Ok(self)
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
fn check_word(word: &str, line: usize) -> Result<(), Error> {
    let refuse = |what: &str| Err(bad_line(line, what, "a word list has one word per line"));
    if word.is_empty() {
        return refuse("is empty");
    }
    if word.starts_with('#') {
        return refuse("begins with #");
    }
    for (at, char) in word.char_indices() {
        match unusable(char) {
            // A mark that is written with the letter before it is how many languages write it.
            Some(Unusable::Combining | Unusable::Emoji) if at > 0 => {}
            Some(reason) => {
                let verb = match reason {
                    Unusable::Combining | Unusable::Emoji => "begins with",
                    _ => "contains",
                };
                let (code, noun) = (u32::from(char), reason.noun());
                return refuse(&format!("{verb} U+{code:04X}, {noun}"));
            }
            None => {}
        }
    }
    if word.is_ascii() || is_nfc(word) {
        return Ok(());
    }
    let what = "is not in Unicode's form NFC, and could look like another one";
    Err(bad_line(line, what, "`uconv -x any-nfc` converts it"))
}

fn bad_line(line: usize, what: &str, hint: &str) -> Error {
    Error::usage_hint(format!("line {line} of the word list {what}"), hint)
}

fn too_few_words(what: &str) -> Error {
    let hint = "at least two words are required";
    Error::usage_hint(format!("the word list {what}"), hint)
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
            let more = words.len().max(4096);
            memory::reserve(|| words.try_reserve_exact(more))?;
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
impl WordList {
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

    fn read(text: &str) -> Result<(String, usize), String> {
        let list = WordList::parse(text.into()).map_err(|error| error.to_string())?;
        let words: Vec<&str> = list.iter().collect();
        Ok((words.join(" "), list.duplicates()))
    }

    /// The message about a line.
    fn refused(line: usize, what: &str) -> Result<(String, usize), String> {
        Err(format!("line {line} of the word list {what}"))
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
        let none = Err("the word list is empty".to_string());
        assert_eq!((read(""), read("\n")), (none.clone(), none));
        let few = "the word list has fewer than two different words";
        assert_eq!(read("a\na\n"), Err(few.into()));
        assert_eq!(read("a\n\nb\n"), refused(2, "is empty"));
        assert_eq!(read("a\nb\n\n"), refused(3, "is empty"));
        assert_eq!(read("a\nb\n \n"), refused(3, "is empty"));
        let latin1 = WordList::parse(b"a\nb\nstra\xdfe\n".into()).unwrap_err();
        assert_eq!(Err(latin1.to_string()), refused(3, "is not UTF-8"));
    }

    #[test]
    fn words_that_look_like_another_are_refused() {
        for (text, line, what) in [
            ("a\nb\u{7}c\n", 2, "contains U+0007, a control character"),
            ("a\tb\nc\n", 1, "contains U+0009, a control character"),
            (
                "ab\na\u{200b}b\n",
                2,
                "contains U+200B, an invisible character",
            ),
            (
                "a b\na\u{a0}b\n",
                2,
                "contains U+00A0, an invisible character",
            ),
            ("a\n\u{301}b\n", 2, "begins with U+0301, a combining mark"),
            (
                "\u{e9}t\ne\u{301}t\n",
                2,
                "is not in Unicode's form NFC, and could look like another one",
            ),
            (
                "\u{2126}\nb\n",
                1,
                "contains U+2126, a character that normalisation replaces",
            ),
        ] {
            assert_eq!(read(text), refused(line, what), "{text:?}");
        }
    }

    #[test]
    fn comments_and_dice_on_some_lines_are_refused() {
        for (text, line, what) in [
            (
                "1111\tone\n1112\ttwo\nthree\n",
                3,
                "has no number of dice, and line 1 has some",
            ),
            (
                "one\ntwo\n1113 three\n",
                3,
                "has a number of dice, and line 1 has none",
            ),
            ("# words\none\ntwo\n", 1, "begins with #"),
            ("one\n#two\n", 2, "begins with #"),
        ] {
            assert_eq!(read(text), refused(line, what), "{text:?}");
        }
    }

    #[test]
    fn repeated_words_take_no_memory() {
        let text = "b\na\n".repeat(100_000);
        let list = WordList::parse(text.into()).unwrap();
        assert_eq!((list.len(), list.duplicates()), (2, 199_998));
        assert!(list.words.capacity() < 10_000);
    }
}
