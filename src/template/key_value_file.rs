//! KEY=value files, as their readers agree to read them.
//!
//! The readers are shells, python-key_value_file, npm's key_value_file, Docker Compose and systemd. Where a line begins and ends, which
//! key it sets and whether its value is empty is what has to be known; a line that any of them takes for another one is
//! an error. About the value itself they may disagree, as long as nobody asks for it.

use std::ops::Range;

use super::{
    placeholder::{Placeholder, blanks, key_length, placeholder},
    source_text::SourceText,
    survival::{Context, Site},
};

/// A file of lines KEY=value.
#[derive(Debug)]
pub(super) struct KeyValueFile<'t> {
    pub(super) file: SourceText<'t>,
    pub(super) text: &'t str,
    pub(super) entries: Vec<Entry<'t>>,
}

/// One key and its value.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    /// Where the comment lines begin that stand right above it.
    pub(super) comments: usize,
    /// Where its own line begins.
    pub(super) start: usize,
    /// Where its key begins.
    pub(super) key_at: usize,
    /// From behind the `=` to the end of the value.
    pub(super) value: Range<usize>,
    /// Where its line ends: at the line feed, the return before it, or the end of the file.
    pub(super) end: usize,
    /// `'`, `"` or nothing.
    pub(super) quote: &'static str,
    /// What stands in the quotes.
    pub(super) pieces: Vec<Piece<'t>>,
    /// Whether a comment follows the value in its line.
    has_comment: bool,
}

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Placeholder {
        placeholder: Placeholder<'t>,
        at: usize,
        site: Site,
    },
}

impl<'t> KeyValueFile<'t> {
    /// Reads a file.
    ///
    /// # Errors
    /// The readers disagree about it.
    pub(super) fn read(file: SourceText<'t>) -> anyhow::Result<Self> {
        let text = match str::from_utf8(file.text) {
            Ok(text) => text,
            Err(error) => {
                let hint = "save the file as UTF-8";
                return Err(file.error(error.valid_up_to(), "this is not UTF-8", hint));
            }
        };
        check_characters(&file, text)?;
        let mut reader = Reader {
            file,
            text,
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        };
        let mut entries = Vec::new();
        let mut comments = reader.at;
        while reader.at < text.len() {
            let start = reader.at;
            reader.at += blanks(reader.rest());
            match reader.rest() {
                [b'#', ..] => reader.comment()?,
                [] | [b'\n' | b'\r', ..] => {}
                _ => entries.push(reader.entry(comments, start)?),
            }
            let is_comment = text[start..]
                .trim_start_matches([' ', '\t'])
                .starts_with('#');
            reader.next_line();
            if !is_comment {
                comments = reader.at;
            }
        }
        Ok(Self {
            file,
            text,
            entries,
        })
    }

    /// The line end of the file, if it has one.
    pub(super) fn line_end(&self) -> Option<&'static str> {
        let end = self.text.find('\n')?;
        Some(match self.text[..end].ends_with('\r') {
            true => "\r\n",
            false => "\n",
        })
    }
}

impl<'t> Entry<'t> {
    /// Its value with its quotes.
    pub(super) fn raw(&self, file: &KeyValueFile<'t>) -> &'t str {
        file.text[self.value.clone()].trim_start_matches([' ', '\t'])
    }

    /// Whether its value is empty.
    ///
    /// # Errors
    /// The readers disagree about that.
    pub(super) fn is_empty(&self, file: &KeyValueFile<'t>) -> anyhow::Result<bool> {
        let raw = self.raw(file);
        if raw.is_empty() && self.has_comment || raw.starts_with(['#', '`']) {
            return Err(file.file.error(
                self.value.start,
                format_args!("readers disagree about whether {} is empty here", self.key),
                "remove what follows the =, or put the value in quotes",
            ));
        }
        Ok(self.pieces.is_empty())
    }

    /// Whether a part of its value is a placeholder.
    pub(super) fn has_placeholder(&self) -> bool {
        self.placeholders().next().is_some()
    }

    /// Where its first command is.
    pub(super) fn command(&self) -> Option<usize> {
        self.placeholders().find_map(|(placeholder, at, _)| {
            matches!(placeholder, Placeholder::Generator(_)).then_some(at)
        })
    }

    pub(super) fn placeholders(&self) -> impl Iterator<Item = (Placeholder<'t>, usize, Site)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Placeholder {
                placeholder,
                at,
                site,
            } => Some((*placeholder, *at, *site)),
        })
    }

    /// Its value, which has no placeholder.
    ///
    /// # Errors
    /// The readers disagree about it, or it has a placeholder.
    pub(super) fn text(&self, file: &KeyValueFile<'t>) -> anyhow::Result<&'t str> {
        self.check_agreed(file)?;
        match self.pieces[..] {
            [] => Ok(""),
            [Piece::Text(text)] => Ok(text),
            _ => Err(file.file.error(
                self.value.start,
                format_args!("the value of {} is a placeholder", self.key),
                "give it a value, or a placeholder in the template",
            )),
        }
    }

    /// Refuses text that would look like a placeholder in the result.
    pub(super) fn check_text(&self, file: &KeyValueFile<'t>) -> anyhow::Result<()> {
        let has_braces =
            |piece: &Piece<'_>| matches!(piece, Piece::Text(text) if text.contains("{{"));
        if self.pieces.iter().any(has_braces) {
            return Err(file.file.error(
                self.value.start,
                "a value with a placeholder can have no other {{",
                "put one of them into a key of its own",
            ));
        }
        Ok(())
    }

    /// Refuses a value whose text the readers take for different ones.
    pub(super) fn check_agreed(&self, file: &KeyValueFile<'t>) -> anyhow::Result<()> {
        let disagreed = |char: char| match self.quote {
            "'" => "\\$".contains(char),
            "\"" => "\\$`".contains(char),
            _ => char.is_whitespace() || "\"'`\\$#;&|<>()~".contains(char),
        };
        let raw = &file.text[self.value.clone()];
        let found = match raw.starts_with([' ', '\t']) {
            true => Some((self.value.start, in_words(raw.as_bytes()[0].into()))),
            false => self.pieces.iter().find_map(|piece| match piece {
                Piece::Text(text) => {
                    let (within, char) = text.char_indices().find(|(_, c)| disagreed(*c))?;
                    // A piece is a slice of the file.
                    let at = text.as_ptr().addr() - file.text.as_ptr().addr() + within;
                    Some((at, in_words(char)))
                }
                Piece::Placeholder { .. } => None,
            }),
        };
        match found {
            None => Ok(()),
            Some((at, char)) => Err(file.file.error(
                at,
                format_args!("readers disagree about {char} in the value of {}", self.key),
                "put the value in single quotes, where they disagree about \\ and $ alone",
            )),
        }
    }
}

/// A character as a message names it.
fn in_words(char: char) -> String {
    match char {
        ' ' => "the space".into(),
        '\t' => "the tab".into(),
        char if char.is_whitespace() => char.escape_unicode().to_string(),
        char => char.to_string(),
    }
}

/// Refuses what some readers take for the end of a line, and others do not.
fn check_characters(file: &SourceText<'_>, text: &str) -> anyhow::Result<()> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let is_fine = match char {
            '\n' | '\t' => true,
            '\r' => chars.peek().is_some_and(|(_, next)| *next == '\n'),
            '\u{2028}' | '\u{2029}' => false,
            char => !char.is_control(),
        };
        if !is_fine {
            return Err(file.error(
                at,
                format_args!(
                    "readers disagree about the character {}",
                    char.escape_unicode()
                ),
                "remove it",
            ));
        }
    }
    Ok(())
}

struct Reader<'t> {
    file: SourceText<'t>,
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        &self.file.text[self.at..]
    }

    /// The next byte; nothing at the end of a line.
    fn in_line(&self) -> Option<u8> {
        let next = self.rest().first().copied();
        next.filter(|byte| !matches!(byte, b'\n' | b'\r'))
    }

    fn next_line(&mut self) {
        let rest = self.rest();
        self.at += memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
    }

    /// Goes to the end of the line.
    fn comment(&mut self) -> anyhow::Result<()> {
        while self.in_line().is_some() {
            self.at += 1;
        }
        self.check_line_end()
    }

    /// At the end of a line: no reader may go on in the next.
    fn check_line_end(&self) -> anyhow::Result<()> {
        let before = &self.file.text[..self.at];
        let backslashes = before
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        match backslashes % 2 {
            0 => Ok(()),
            _ => Err(self.file.error(
                self.at - 1,
                "some readers go on in the next line after a backslash",
                "remove it, or put the value in quotes",
            )),
        }
    }

    fn entry(&mut self, comments: usize, start: usize) -> anyhow::Result<Entry<'t>> {
        let mut key_at = self.at;
        if let Some(rest) = self.rest().strip_prefix(b"export") {
            let gap = blanks(rest);
            if gap > 0 {
                key_at += "export".len() + gap;
            }
        }
        let length = key_length(&self.file.text[key_at..]);
        self.at = key_at + length;
        let key = &self.text[key_at..self.at];
        if key.is_empty() || self.in_line() != Some(b'=') {
            return Err(self.file.error(
                self.at,
                "this is not KEY=value",
                "a key is letters, digits and _, and no space stands before the =",
            ));
        }
        self.at += 1;
        let value_at = self.at;
        self.at += blanks(self.rest());
        let (quote, pieces, value_end) = match self.in_line() {
            Some(b'\'') => self.quoted("'")?,
            Some(b'"') => self.quoted("\"")?,
            _ => self.bare()?,
        };
        // After the value: a comment or nothing.
        let has_comment = self.in_line().is_some();
        self.comment()?;
        Ok(Entry {
            key,
            comments,
            start,
            key_at,
            value: value_at..value_end,
            end: self.at,
            quote,
            pieces,
            has_comment,
        })
    }

    /// A value in quotes, which may have several lines.
    fn quoted(
        &mut self,
        quote: &'static str,
    ) -> anyhow::Result<(&'static str, Vec<Piece<'t>>, usize)> {
        let open = self.at;
        let context = match quote {
            "'" => Context::Single,
            _ => Context::Double,
        };
        self.at += 1;
        let mut pieces = Pieces::new(self.text, self.at);
        let mut is_in_backquotes = false;
        loop {
            let Some(byte) = self.rest().first() else {
                let hint = "put the same quote after the value";
                return Err(self.file.error(open, "the quote is not closed", hint));
            };
            match byte {
                b'\\' => {
                    let rest = self.rest();
                    let count = rest.iter().take_while(|byte| **byte == b'\\').count();
                    self.at += count;
                    if self.rest().first() != Some(&quote.as_bytes()[0]) {
                        continue;
                    }
                    if quote == "'" || count % 2 == 0 {
                        return Err(self.file.error(
                            self.at,
                            "readers disagree about whether the value ends at this quote",
                            "put no backslash before it, or use the other quotes",
                        ));
                    }
                    self.at += 1;
                }
                b'{' if self.placeholder(&mut pieces, context)? => {}
                byte if *byte == quote.as_bytes()[0] => break,
                byte => {
                    is_in_backquotes ^= *byte == b'`' && quote == "\"";
                    self.at += 1;
                }
            }
        }
        let pieces = pieces.finish(self.at);
        self.at += 1;
        let end = self.at;
        let gap = blanks(self.rest());
        let is_ended = match self.rest().get(gap) {
            None | Some(b'\n' | b'\r') => true,
            Some(b'#') => gap > 0,
            Some(_) => false,
        };
        if !is_ended || is_in_backquotes {
            let (at, message) = match is_in_backquotes {
                true => (
                    open,
                    "a shell goes on after the quote, since a ` is not closed",
                ),
                false => (end, "something follows the closing quote"),
            };
            let hint = "put the whole value in single quotes";
            return Err(self.file.error(at, message, hint));
        }
        self.at += gap;
        Ok((quote, pieces, end))
    }

    /// A value without quotes around it, which ends with its line.
    fn bare(&mut self) -> anyhow::Result<(&'static str, Vec<Piece<'t>>, usize)> {
        let start = self.at;
        let mut pieces = Pieces::new(self.text, start);
        // Where the value ends for those to whom a quote in it is a character.
        let mut end = None;
        // What a shell is in.
        let mut quote: Option<(u8, usize)> = None;
        while let Some(byte) = self.in_line() {
            let is_comment =
                byte == b'#' && self.at > 0 && matches!(self.file.text[self.at - 1], b' ' | b'\t');
            if is_comment {
                end = end.or(Some(self.at));
                if quote.is_none() {
                    break;
                }
            }
            match (byte, quote) {
                (b'{', _) if end.is_none() && self.placeholder(&mut pieces, Context::Bare)? => {
                    continue;
                }
                // Not over the end of the line, which is looked at later.
                (b'\\', None | Some((b'"', _))) => {
                    self.at += 1;
                    match self.in_line() {
                        None => break,
                        // A placeholder begins behind it all the same, in a value that is refused for it.
                        Some(b'{') => continue,
                        Some(_) => {}
                    }
                }
                (b'\'' | b'"' | b'`', None) => quote = Some((byte, self.at)),
                (byte, Some((open, _))) if byte == open => quote = None,
                _ => {}
            }
            self.at += self.text[self.at..]
                .chars()
                .next()
                .map_or(1, char::len_utf8);
        }
        if let Some((_, at)) = quote {
            return Err(self.file.error(
                at,
                "a shell goes on in the next line, since this quote is not closed",
                "put the whole value in quotes",
            ));
        }
        let end = end.unwrap_or(self.at);
        let value = self.text[start..end].trim_end_matches([' ', '\t']);
        let end = start + value.len();
        Ok(("", pieces.finish(end), end))
    }

    /// Takes the placeholder that begins here, if there is one.
    fn placeholder(&mut self, pieces: &mut Pieces<'t>, context: Context) -> anyhow::Result<bool> {
        if !self.rest().starts_with(b"{{") {
            return Ok(false);
        }
        let Some((placeholder, end)) = placeholder(&self.file, self.at)? else {
            return Ok(false);
        };
        pieces.add(self.at, end, placeholder, context);
        self.at = end;
        Ok(true)
    }
}

/// The parts of a value as they are found.
struct Pieces<'t> {
    text: &'t str,
    /// Where the text begins that is in no part yet.
    next: usize,
    pieces: Vec<Piece<'t>>,
    in_url: bool,
}

impl<'t> Pieces<'t> {
    fn new(text: &'t str, next: usize) -> Self {
        Self {
            text,
            next,
            pieces: Vec::new(),
            in_url: false,
        }
    }

    fn add(&mut self, at: usize, end: usize, placeholder: Placeholder<'t>, context: Context) {
        self.add_text(at);
        self.pieces.push(Piece::Placeholder {
            placeholder,
            at,
            site: Site {
                context,
                in_url: self.in_url,
            },
        });
        self.next = end;
    }

    fn add_text(&mut self, end: usize) {
        let text = &self.text[self.next..end];
        if !text.is_empty() {
            let word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
            self.in_url = self.in_url && word == text || word.contains("://");
            self.pieces.push(Piece::Text(text));
        }
    }

    fn finish(mut self, end: usize) -> Vec<Piece<'t>> {
        self.add_text(end);
        self.pieces
    }
}
