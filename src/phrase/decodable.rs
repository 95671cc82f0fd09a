//! Whether a phrase can be read back, so that no two sequences of words look the same.

use std::borrow::Cow;

use super::phrase_error::PhraseError;

/// Whether any sequence of the ascending `words` can be read back from what it looks like.
pub(super) fn check_decodable(words: &[Cow<'_, str>], separator: &str) -> Result<(), PhraseError> {
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
    Err(PhraseError::Ambiguous {
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
