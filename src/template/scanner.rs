//! What a placeholder stands in, in files that are not KEY=value.

use super::{
    file_format::FileFormat,
    placeholder::blanks,
    source_text::SourceText,
    survival::{Context, Site, Url},
    yaml::Yaml,
};

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    file: SourceText<'t>,
    at: usize,
    line_start: usize,
    url: Url,
    syntax: Syntax<'t>,
}

/// What has to be known of the text so far.
#[derive(Debug)]
enum Syntax<'t> {
    Yaml(Yaml<'t>),
    /// Whether a string is open, and whether a backslash stands right before.
    Json {
        is_open: bool,
        is_escaped: bool,
    },
    /// The quotes that text of several lines stands in.
    Toml(Option<&'static [u8]>),
    Ini,
    Unknown,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(file: SourceText<'t>, format: FileFormat) -> Self {
        let syntax = match format {
            FileFormat::Yaml => Syntax::Yaml(Yaml::new(file)),
            FileFormat::Json => Syntax::Json {
                is_open: false,
                is_escaped: false,
            },
            FileFormat::Toml => Syntax::Toml(None),
            FileFormat::Ini => Syntax::Ini,
            FileFormat::KeyValue | FileFormat::Unknown => Syntax::Unknown,
        };
        Self {
            file,
            at: 0,
            line_start: 0,
            url: Url::default(),
            syntax,
        }
    }

    /// Goes over text up to `to`, and says whether a comment with a line of its own goes on there.
    pub(super) fn pass(&mut self, to: usize) -> bool {
        let text = &self.file.text[self.at..to];
        self.url.pass(text);
        if let Some(end) = memchr::memrchr(b'\n', text) {
            self.line_start = self.at + end + 1;
        }
        let line = &self.file.text[self.line_start..to];
        let line = &line[blanks(line)..];
        let is_comment = match &mut self.syntax {
            Syntax::Yaml(yaml) => {
                yaml.pass(to);
                yaml.is_comment()
            }
            Syntax::Json {
                is_open,
                is_escaped,
            } => {
                for byte in text {
                    let is_quote = *byte == b'"' && !*is_escaped;
                    *is_escaped = *is_open && *byte == b'\\' && !*is_escaped;
                    *is_open ^= is_quote;
                }
                false
            }
            Syntax::Toml(open) => {
                *open = toml(text, *open);
                open.is_none() && line.starts_with(b"#")
            }
            Syntax::Ini => matches!(line, [b'#' | b';', b' ' | b'\t', ..]),
            Syntax::Unknown => false,
        };
        self.at = to;
        is_comment
    }

    /// Goes over a placeholder that ends at `end`, and says where it stands.
    pub(super) fn site(&mut self, end: usize) -> Site {
        let after = self.file.text.get(end);
        let in_url = self.url.0;
        let context = match &mut self.syntax {
            Syntax::Yaml(yaml) => {
                self.at = end;
                return Site {
                    in_url,
                    ..yaml.site(end)
                };
            }
            Syntax::Json {
                is_escaped: is_escaped @ true,
                ..
            } => {
                *is_escaped = false;
                Context::Escape
            }
            Syntax::Json { is_open: true, .. } => Context::JsonString,
            Syntax::Json { .. } => {
                let before = self.file.text[..self.at].last();
                let is_alone = before.is_none_or(|byte| b" \t\r\n,:[{".contains(byte))
                    && after.is_none_or(|byte| b" \t\r\n,]}".contains(byte));
                match is_alone {
                    true => Context::JsonAlone,
                    false => Context::JsonPart,
                }
            }
            Syntax::Toml(_) | Syntax::Ini | Syntax::Unknown => Context::Unknown,
        };
        self.at = end;
        Site {
            context,
            in_url,
            at_start: context == Context::Unknown,
            at_edge: false,
        }
    }

    /// Goes to the end of the text.
    ///
    /// # Errors
    /// A quote is still open, so that it is not known what a placeholder behind it stood in.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        self.pass(self.file.text.len());
        let open = match &self.syntax {
            Syntax::Yaml(yaml) => yaml.open_quote(),
            Syntax::Json { is_open: true, .. } => Some(self.at),
            _ => None,
        };
        let hint = "put the same quote after the value";
        match open {
            None => Ok(()),
            Some(at) => Err(self.file.error(at, "the quote is not closed", hint)),
        }
    }
}

/// The quotes that are open behind `text`. In front of it, these are open.
fn toml(text: &[u8], mut open: Option<&'static [u8]>) -> Option<&'static [u8]> {
    const QUOTES: [&[u8]; 2] = [b"\"\"\"", b"'''"];
    for line in text.split(|byte| *byte == b'\n') {
        if open.is_none() && line[blanks(line)..].starts_with(b"#") {
            continue;
        }
        let mut rest = line;
        while let Some((at, quotes)) = QUOTES
            .iter()
            .filter(|quotes| open.is_none_or(|open| open == **quotes))
            .filter_map(|quotes| Some((memchr::memmem::find(rest, quotes)?, *quotes)))
            .min()
        {
            open = match open {
                None => Some(quotes),
                Some(_) => None,
            };
            rest = &rest[at + 3..];
        }
    }
    open
}
