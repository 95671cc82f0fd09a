//! What a text could be made of, known before it is generated.

use super::CharSet;

/// What a text could be made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Every character that could be in the text.
    pub(crate) all: CharSet,
    /// Every character that the text could begin with.
    pub(crate) first: CharSet,
    /// Characters that the text has at least.
    pub(crate) shortest: usize,
    /// Whether the text is always an integer in decimal digits, and at most [`LARGEST_INTEGER`] or minus that.
    pub(crate) is_integer: bool,
}

/// 2^53 - 1: every reader of numbers knows the integers up to it exactly, also one that takes them for 64-bit floats.
pub(crate) const LARGEST_INTEGER: u64 = (1 << 53) - 1;

impl Shape {
    /// Any text of these characters, `shortest` or more of them.
    pub(crate) fn any(chars: impl IntoIterator<Item = char>, shortest: usize) -> Self {
        let all: CharSet = chars.into_iter().collect();
        Self {
            first: all.clone(),
            all,
            shortest,
            is_integer: false,
        }
    }

    /// This text alone.
    pub(crate) fn of(text: &str) -> Self {
        Self {
            all: text.chars().collect(),
            first: text.chars().take(1).collect(),
            shortest: text.chars().count(),
            is_integer: false,
        }
    }

    /// Such a text with one of `next` behind it.
    pub(crate) fn then(&self, next: &Self) -> Self {
        let mut both = self.clone();
        both.all.add(&next.all);
        if self.shortest == 0 {
            both.first.add(&next.first);
        }
        both.shortest = self.shortest.saturating_add(next.shortest);
        both.is_integer = self.all == CharSet::default() && next.is_integer;
        both
    }

    /// Such a text, or one of `other`.
    pub(crate) fn or(&self, other: &Self) -> Self {
        let mut either = self.clone();
        either.all.add(&other.all);
        either.first.add(&other.first);
        either.shortest = self.shortest.min(other.shortest);
        either.is_integer = self.is_integer && other.is_integer;
        either
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(set: &CharSet) -> String {
        set.chars().collect()
    }

    #[test]
    fn a_text_begins_with_its_first_nonempty_part() {
        let digits = Shape::any('0'..='9', 2);
        let after = Shape::of("aé").then(&digits);
        assert_eq!(text(&after.all), "0123456789aé");
        assert_eq!(text(&after.first), "a");
        assert_eq!(after.shortest, 4);
        let maybe = Shape::of("").or(&Shape::of("x")).then(&digits);
        assert_eq!(text(&maybe.first), "0123456789x");
        assert_eq!(maybe.shortest, 2);
    }
}
