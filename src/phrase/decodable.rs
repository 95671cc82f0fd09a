//! Whether a phrase can be read back, so that no two sequences of words look alike.

use std::cmp::Ordering;

use super::wordlist::{Word, WordList};
use crate::{
    error::Error,
    memory::{self, OutOfMemory},
};

/// Whether any sequence of the words in `list` can be read back from what it looks like.
///
/// # Errors
/// It cannot, or there is not enough memory to know.
pub(super) fn check_decodable(list: &WordList, separator: &str) -> anyhow::Result<()> {
    let (words, text) = list.spans();
    let Some((shorter, longer)) = beginning(words, text.as_bytes(), separator.as_bytes())? else {
        return Ok(());
    };
    let mut backward = memory::vec(text.len())?;
    backward.extend_from_slice(text.as_bytes());
    words
        .iter()
        .for_each(|word| backward[word.range()].reverse());
    let reversed: Vec<u8> = separator.bytes().rev().collect();
    if beginning(words, &backward, &reversed)?.is_none() {
        return Ok(());
    }
    let (shorter, longer) = (&text[shorter.range()], &text[longer.range()]);
    let message = format!(
        "with '{separator}' between words, it cannot be ruled out that two passphrases look the same: \
         `{shorter}{separator}` begins `{longer}{separator}`"
    );
    let hint = "choose a separator that no word contains, such as -s ' ', or use --capitalize";
    Err(Error::usage_hint(message, hint).into())
}

/// Two of the distinct `words` in `text`, the first of which with `separator` is the beginning of the second with it.
fn beginning(
    words: &[Word],
    text: &[u8],
    separator: &[u8],
) -> Result<Option<(Word, Word)>, OutOfMemory> {
    let mut sorted = memory::vec(words.len())?;
    sorted.extend_from_slice(words);
    sorted.sort_unstable_by(|one: &Word, other| compare(one.of(text), other.of(text), separator));
    // What begins another one begins all that stand between the two.
    let mut neighbours = sorted.windows(2).map(|pair| (pair[0], pair[1]));
    Ok(neighbours.find(|(one, other)| begins(one.of(text), other.of(text), separator)))
}

/// The order of two words, each with `separator` after it.
fn compare(one: &[u8], other: &[u8], separator: &[u8]) -> Ordering {
    let common = one.len().min(other.len());
    let order = one[..common].cmp(&other[..common]);
    order.then_with(|| {
        let rest = one[common..].iter().chain(separator);
        rest.cmp(other[common..].iter().chain(separator))
    })
}

/// Whether `one` with `separator` after it is the beginning of `other`, a different word, with it.
fn begins(one: &[u8], other: &[u8], separator: &[u8]) -> bool {
    other.strip_prefix(one).is_some_and(|rest| {
        let after = rest.iter().chain(separator);
        after.take(separator.len()).eq(separator)
    })
}
