//! Whether a text is what a value could have been, where parts of it are not known.

use crate::chars::CharSet;

/// A part of a value.
pub(super) enum Known<'t> {
    /// This text.
    Text(&'t str),
    /// Some of these characters, at least one.
    AnyOf(&'t CharSet),
}

/// More steps than this are not taken: about a second.
const MOST_STEPS: usize = 1 << 30;

/// Whether `text` could be these parts one after another.
pub(super) fn could_be(text: &str, parts: &[Known<'_>]) -> bool {
    if text.len().saturating_mul(parts.len()) > MOST_STEPS {
        return false;
    }
    // Where the parts so far could end.
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    for part in parts {
        let mut next = vec![false; text.len() + 1];
        match part {
            Known::Text(known) => {
                for (at, _) in ends.iter().enumerate().filter(|(_, ends)| **ends) {
                    if text[at..].starts_with(known) {
                        next[at + known.len()] = true;
                    }
                }
            }
            Known::AnyOf(chars) => {
                let mut is_inside = false;
                for (at, char) in text.char_indices() {
                    is_inside = (is_inside || ends[at]) && chars.contains(char);
                    next[at + char.len_utf8()] = is_inside;
                }
            }
        }
        ends = next;
    }
    ends[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_parts_take_their_own_characters_only() {
        let digits: CharSet = ('0'..='9').collect();
        let letters: CharSet = ('a'..='f').collect();
        let parts = [
            Known::Text("é://"),
            Known::AnyOf(&digits),
            Known::AnyOf(&letters),
            Known::Text("a"),
        ];
        for text in ["é://1ba", "é://12aaaa", "é://123fa"] {
            assert!(could_be(text, &parts), "{text}");
        }
        for text in [
            "",
            "é://",
            "é://1a",
            "é://ba",
            "é://1ga",
            "e://1ba",
            "é://1bab",
            "é://1é2ba",
        ] {
            assert!(!could_be(text, &parts), "{text}");
        }
        assert!(could_be("", &[]));
        assert!(!could_be("a", &[]));
    }
}
