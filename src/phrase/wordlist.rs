//! Lists of distinct words.

use std::borrow::Cow;

use super::phrase_error::PhraseError;

/// EFF Large Wordlist for Passphrases, CC BY 3.0 US; see LICENSE-WORDLIST.
const EFF_LARGE: &str = include_str!("eff_large.txt");

/// Distinct words to draw from.
#[derive(Clone, Debug)]
pub(crate) struct WordList<'a> {
    /// In ascending order.
    pub(super) words: Vec<Cow<'a, str>>,
    duplicates: usize,
}

impl WordList<'static> {
    /// The EFF's large list: 7776 English words of 3 to 9 characters.
    pub(crate) fn eff_large() -> Self {
        Self {
            words: EFF_LARGE.lines().map(Cow::Borrowed).collect(),
            duplicates: 0,
        }
    }
}

#[cfg(test)]
impl WordList<'static> {
    pub(super) fn of(words: &[&'static str]) -> Self {
        let words = words.iter().map(|word| Cow::Borrowed(*word)).collect();
        let (words, duplicates) = (distinct(words), 0);
        Self { words, duplicates }
    }
}

impl<'a> WordList<'a> {
    /// The lines of `text`, each a word, without white space around it; the same line again adds nothing. Numbers of
    /// dice, as lists for throwing dice have them, are left out if they stand on every line.
    ///
    /// # Errors
    /// If a line is no word, or there are fewer than two words.
    pub(crate) fn parse(text: &'a [u8]) -> Result<Self, PhraseError> {
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let mut words = Vec::new();
        for (number, line) in (1..).zip(text.split(|&byte| byte == b'\n')) {
            let line = str::from_utf8(line).map_err(|_| PhraseError::NotUtf8(number))?;
            let word = line.trim();
            if word.is_empty() {
                // An empty text has one line, too.
                return Err(match text.is_empty() {
                    true => PhraseError::TooFewWords(0),
                    false => PhraseError::EmptyLine(number),
                });
            }
            words.push(word);
        }
        if let Some(without) = words.iter().map(|line| without_dice(line)).collect() {
            words = without;
        }
        for (number, word) in (1..).zip(&words) {
            if let Some(char) = word.chars().find(|char| char.is_control()) {
                return Err(PhraseError::Control { line: number, char });
            }
        }
        let lines = words.len();
        let words = distinct(words.into_iter().map(Cow::Borrowed).collect());
        if words.len() < 2 {
            return Err(PhraseError::TooFewWords(words.len()));
        }
        Ok(Self {
            duplicates: lines - words.len(),
            words,
        })
    }

    /// How many lines repeat another.
    pub(crate) fn duplicates(&self) -> usize {
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

pub(super) fn distinct(mut words: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

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
            Err(PhraseError::Control {
                line: 1,
                char: '\t'
            })
        );
        assert_eq!(read("11\n12\n"), words("11 12", 0));
        assert_eq!(read("New York\nParis\n"), words("New York Paris", 0));
        assert_eq!(read(""), Err(PhraseError::TooFewWords(0)));
        assert_eq!(read("\n"), Err(PhraseError::TooFewWords(0)));
        assert_eq!(read("a\na\n"), Err(PhraseError::TooFewWords(1)));
        assert_eq!(read("a\n\nb\n"), Err(PhraseError::EmptyLine(2)));
        assert_eq!(read("a\nb\n\n"), Err(PhraseError::EmptyLine(3)));
        assert_eq!(read("a\nb\n \n"), Err(PhraseError::EmptyLine(3)));
        assert_eq!(
            read("a\nb\u{7}c\n"),
            Err(PhraseError::Control {
                line: 2,
                char: '\u{7}'
            })
        );
        let latin1 = WordList::parse(b"a\nb\nstra\xdfe\n").err();
        assert_eq!(latin1, Some(PhraseError::NotUtf8(3)));
    }
}
