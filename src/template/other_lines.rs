//! Files of which only their lines are known: INI, and all of an unknown kind.

use super::{
    near_miss::behind_nothing,
    placeholder::blanks,
    source_text::SourceText,
    survival::{Context, Site},
    syntax::Syntax,
};

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct OtherLines<'t> {
    file: SourceText<'t>,
    at: usize,
    /// Where the line has its first sign, as far as it is known.
    first: usize,
    /// Whether that is the first byte of the line.
    is_at_start: bool,
    is_ini: bool,
}

impl<'t> OtherLines<'t> {
    pub(super) fn new(file: SourceText<'t>, is_ini: bool) -> Self {
        Self {
            file,
            at: 0,
            first: 0,
            is_at_start: true,
            is_ini,
        }
    }

    fn line(&self) -> &'t [u8] {
        &self.file.text[self.first..self.at]
    }
}

impl Syntax for OtherLines<'_> {
    fn pass(&mut self, to: usize) {
        if let Some(end) = memchr::memrchr(b'\n', &self.file.text[self.at..to]) {
            self.first = self.at + end + 1;
            self.is_at_start = true;
        }
        // Each blank is looked at once.
        let blanks = blanks(&self.file.text[self.first..to]);
        self.first += blanks;
        self.is_at_start &= blanks == 0;
        self.at = to;
    }

    fn is_comment(&self) -> bool {
        self.is_ini && matches!(self.line(), [b'#' | b';', b' ' | b'\t', ..])
    }

    fn site(&mut self, end: usize) -> anyhow::Result<Site> {
        if let Some(sign) = comment_for_value(self.line()) {
            return Err(behind_nothing(&self.file, self.at, sign));
        }
        // A line that begins with a blank goes on with the value before it.
        let has_key = matches!(self.line(), [b'[' | b'#' | b';', ..])
            || self.line().iter().any(|byte| matches!(byte, b'=' | b':'));
        if self.is_ini && self.is_at_start && !has_key {
            let message = "in an INI file, no value can stand here";
            return Err((self.file).error(self.at, message, "write KEY = before it"));
        }
        self.at = end;
        Ok(Site {
            at_start: true,
            ..Site::of(Context::Unknown)
        })
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// The sign of the comment that stands behind a key, a `=` or `:`, and no value.
fn comment_for_value(line: &[u8]) -> Option<&'static str> {
    // No key is longer: otherwise many placeholders in one line would take long.
    let start = &line[..line.len().min(256)];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let key = start.iter().take_while(|byte| is_part(byte)).count();
    let (b'=' | b':', rest) = start[key..].trim_ascii_start().split_first()? else {
        return None;
    };
    let rest = rest.trim_ascii_start();
    let rest = (rest.strip_prefix(b"\"\"").or(rest.strip_prefix(b"''"))).unwrap_or(rest);
    let rest = rest.trim_ascii_start();
    if key == 0 {
        return None;
    }
    // Without a blank, it could be a colour.
    ["#", ";", "//"].into_iter().find(|sign| {
        let behind = rest.strip_prefix(sign.as_bytes());
        behind.is_some_and(|behind| behind.starts_with(b" ") || behind.starts_with(b"\t"))
    })
}
