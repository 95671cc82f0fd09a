//! Whether a text is what a value could have been, where parts of it are not known.

use std::rc::Rc;

use zeroize::Zeroizing;

use crate::chars::CharSet;

/// A part of a value.
pub(super) enum Known {
    /// This text.
    Text(Rc<Zeroizing<Vec<u8>>>),
    /// This number of these characters, or more.
    AnyOf(CharSet, usize),
}

/// More steps than this are not taken for one file: about a second.
const MOST_STEPS: usize = 1 << 28;

impl Known {
    /// Whether it is a text that is in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Text(known) => memchr::memmem::find(text.as_bytes(), known.as_slice()).is_some(),
            Self::AnyOf(..) => false,
        }
    }
}

/// Whether `text` could be these parts one after another. `steps` were taken before.
pub(super) fn could_be(text: &str, parts: &[Known], steps: &mut usize) -> bool {
    // A known part is compared once, if it is all there is.
    if let [Known::Text(known)] = parts {
        return text.as_bytes() == known.as_slice();
    }
    *steps = steps.saturating_add(text.len().saturating_mul(parts.len()));
    if *steps > MOST_STEPS {
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
                    let rest = text.as_bytes()[at..].iter();
                    let alike = rest.zip(known.iter()).take_while(|(a, b)| a == b).count();
                    *steps = steps.saturating_add(alike);
                    if *steps > MOST_STEPS {
                        return false;
                    }
                    if alike == known.len() {
                        next[at + alike] = true;
                    }
                }
            }
            Known::AnyOf(chars, least) => {
                // How many of them there are at most, up to here.
                let mut most = None;
                for (at, char) in text.char_indices() {
                    most = most
                        .or(ends[at].then_some(0))
                        .filter(|_| chars.contains(char));
                    most = most.map(|most| most + 1);
                    next[at + char.len_utf8()] = most.is_some_and(|most| most >= *least);
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

    fn text(text: &str) -> Known {
        Known::Text(Rc::new(text.as_bytes().to_vec().into()))
    }

    #[test]
    fn unknown_parts_take_their_own_characters_only() {
        let parts = [
            text("é://"),
            Known::AnyOf(('0'..='9').collect(), 1),
            Known::AnyOf(('a'..='f').collect(), 1),
            text("a"),
        ];
        for text in ["é://1ba", "é://12aaaa", "é://123fa"] {
            assert!(could_be(text, &parts, &mut 0), "{text}");
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
            assert!(!could_be(text, &parts, &mut 0), "{text}");
        }
        let parts = [text("x"), Known::AnyOf(('0'..='9').collect(), 2), text("1")];
        assert!(could_be("x111", &parts, &mut 0) && could_be("x12341", &parts, &mut 0));
        assert!(!could_be("x11", &parts, &mut 0) && !could_be("x1a11", &parts, &mut 0));
        assert!(could_be("", &[], &mut 0));
        assert!(!could_be("a", &[], &mut 0));
        assert!(could_be("a", &[text("a")], &mut 0));
        assert!(!could_be("é://1ba", &parts, &mut MOST_STEPS.clone()));
    }
}
