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
    /// Where the line has its first sign, as far as it is known.
    first: usize,
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
    Toml(Toml),
    Ini,
    Unknown,
}

/// What a text of TOML is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Toml {
    Outside,
    Comment,
    /// A string in these quotes.
    String(&'static [u8]),
}

impl<'t> Scanner<'t> {
    pub(super) fn new(file: SourceText<'t>, format: FileFormat) -> Self {
        let syntax = match format {
            FileFormat::Yaml => Syntax::Yaml(Yaml::new(file)),
            FileFormat::Json => Syntax::Json {
                is_open: false,
                is_escaped: false,
            },
            FileFormat::Toml => Syntax::Toml(Toml::Outside),
            FileFormat::Ini => Syntax::Ini,
            FileFormat::KeyValue | FileFormat::Unknown => Syntax::Unknown,
        };
        Self {
            file,
            at: 0,
            first: 0,
            url: Url::default(),
            syntax,
        }
    }

    /// Goes over text up to `to`, and says whether a comment with a line of its own goes on there.
    pub(super) fn pass(&mut self, to: usize) -> bool {
        let text = &self.file.text[self.at..to];
        self.url.pass(text);
        if let Some(end) = memchr::memrchr(b'\n', text) {
            self.first = self.at + end + 1;
        }
        // Each blank is looked at once.
        self.first += blanks(&self.file.text[self.first..to]);
        let line = &self.file.text[self.first..to];
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
            Syntax::Toml(toml) => {
                *toml = toml.behind(text);
                *toml == Toml::Comment && line.starts_with(b"#")
            }
            Syntax::Ini => matches!(line, [b'#' | b';', b' ' | b'\t', ..]),
            Syntax::Unknown => false,
        };
        self.at = to;
        is_comment
    }

    /// Goes over a placeholder that ends at `end`, and says where it stands.
    ///
    /// # Errors
    /// Nothing can stand there.
    pub(super) fn site(&mut self, end: usize) -> anyhow::Result<Site> {
        let after = self.file.text.get(end);
        let in_url = self.url.is_open();
        let context = match &mut self.syntax {
            Syntax::Yaml(yaml) => {
                self.at = end;
                return Ok(Site {
                    in_url,
                    ..yaml.site(end)?
                });
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
        Ok(Site {
            context,
            in_url,
            at_start: context == Context::Unknown,
            at_edge: false,
        })
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

impl Toml {
    /// What follows `text` is in, if `text` itself is in this.
    fn behind(mut self, text: &[u8]) -> Self {
        const QUOTES: [&[u8]; 4] = [b"\"\"\"", b"'''", b"\"", b"'"];
        let mut rest = text;
        while let Some(&byte) = rest.first() {
            let mut length = 1;
            match self {
                // Strings in one quote end with their line, even if it is not closed.
                Self::Comment | Self::String([_]) if byte == b'\n' => self = Self::Outside,
                Self::Comment => {}
                Self::Outside if byte == b'#' => self = Self::Comment,
                Self::Outside => {
                    if let Some(quotes) = QUOTES.iter().find(|quotes| rest.starts_with(quotes)) {
                        length = quotes.len();
                        self = Self::String(quotes);
                    }
                }
                Self::String([b'"', ..]) if byte == b'\\' => {
                    // The end of a line is looked at itself.
                    length += usize::from(rest.get(1).is_some_and(|next| *next != b'\n'));
                }
                Self::String(quotes) if rest.starts_with(quotes) => {
                    let is_quote = |next: &&u8| **next == byte;
                    length = rest.iter().take_while(is_quote).count();
                    // One or two more are in the string.
                    length = length.min(if quotes.len() == 3 { 5 } else { 1 });
                    self = Self::Outside;
                }
                Self::String(_) => {}
            }
            rest = &rest[length..];
        }
        self
    }
}
