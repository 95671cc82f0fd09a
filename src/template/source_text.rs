//! A text that errors are source_text in.

use crate::error::Error;

/// A text and what messages call it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceText<'t> {
    pub(crate) name: &'t str,
    pub(crate) text: &'t [u8],
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

    /// `FILE:LINE:COLUMN` of a byte of the text; both count from 1, and columns are characters.
    pub(super) fn location(&self, at: usize) -> String {
        let (line, column) = self.line_and_column(at);
        format!("{}:{line}:{column}", self.name)
    }

    /// The line and the column of a byte of the text.
    pub(super) fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..at];
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[start..])
            .trim_start_matches('\u{feff}')
            .chars()
            .count();
        (line, column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        let text = "\u{feff}a\nüö{{".as_bytes();
        let file = SourceText { name: "t", text };
        assert_eq!(file.location(3), "t:1:1");
        assert_eq!(file.location(text.len() - 2), "t:2:3");
    }
}
