//! What a placeholder stands in, in files that are not KEY=value.

use super::{
    file_format::FileFormat,
    json::Json,
    other_lines::OtherLines,
    source_text::SourceText,
    survival::{Site, Url},
    syntax::Syntax,
    toml::Toml,
    yaml::Yaml,
};

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    file: SourceText<'t>,
    at: usize,
    url: Url,
    syntax: Box<dyn Syntax + 't>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(file: SourceText<'t>, format: FileFormat) -> Self {
        let syntax: Box<dyn Syntax + 't> = match format {
            FileFormat::Yaml => Box::new(Yaml::new(file)),
            FileFormat::Json => Box::new(Json::new(file)),
            FileFormat::Toml => Box::new(Toml::new(file)),
            FileFormat::Ini => Box::new(OtherLines::new(file, true)),
            FileFormat::KeyValue | FileFormat::Unknown => Box::new(OtherLines::new(file, false)),
        };
        Self {
            file,
            at: 0,
            url: Url::default(),
            syntax,
        }
    }

    /// Goes over text up to `to`, and says whether a comment with a line of its own goes on there.
    pub(super) fn pass(&mut self, to: usize) -> bool {
        self.url.pass(&self.file.text[self.at..to]);
        self.at = to;
        self.syntax.pass(to);
        self.syntax.is_comment()
    }

    /// Goes over a placeholder that ends at `end`, and says where it stands.
    ///
    /// # Errors
    /// Nothing can stand there.
    pub(super) fn site(&mut self, end: usize) -> anyhow::Result<Site> {
        let mut site = self.syntax.site(end)?;
        site.in_url = self.url.is_open();
        self.at = end;
        Ok(site)
    }

    /// Goes to the end of the text.
    ///
    /// # Errors
    /// As [`Syntax::finish`].
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        self.syntax.pass(self.file.text.len());
        self.syntax.finish()
    }
}
