//! A text that errors are located in.

use crate::error::Error;

/// A text and what messages call it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceText<'t> {
    pub(crate) name: &'t str,
    pub(crate) text: &'t [u8],
    pub(crate) origin: Origin,
}

/// Where a text comes from: what messages may say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A template: messages may quote it.
    Template,
    /// A file with values, of which messages quote nothing.
    Values,
    /// An option, which may hold a secret and has no lines.
    Option,
}

impl SourceText<'_> {
    /// An error at a byte of the text.
    pub(super) fn error(
        &self,
        at: usize,
        message: impl std::fmt::Display,
        hint: impl Into<String>,
    ) -> anyhow::Error {
        Error::usage_hint(format!("{}: {message}", self.location(at)), hint).into()
    }

    /// `FILE:LINE:COLUMN` of a byte of the text; both count from 1, and columns are characters. An option is its name.
    pub(super) fn location(&self, at: usize) -> String {
        if self.origin == Origin::Option {
            return self.name.into();
        }
        let before = &self.text[..at];
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[start..])
            .trim_start_matches('\u{feff}')
            .chars()
            .count();
        format!("{}:{line}:{}", self.name, column + 1)
    }

    /// Whether messages may quote it.
    pub(super) fn is_quotable(&self) -> bool {
        self.origin == Origin::Template
    }

    /// Where the line ends that `at` is in: at its line feed, or at the end of the text.
    pub(super) fn end_of_line(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.text[at..]).map_or(self.text.len(), |end| at + end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        let text = "\u{feff}a\nüö{{".as_bytes();
        let mut file = SourceText {
            name: "t",
            text,
            origin: Origin::Template,
        };
        assert_eq!(file.location(3), "t:1:1");
        assert_eq!(file.location(text.len() - 2), "t:2:3");
        file.origin = Origin::Option;
        assert_eq!(file.location(3), "t");
    }
}
