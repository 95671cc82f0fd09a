//! Reads KEY=value files: where their lines and values begin and end, to every reader.

use super::{
    key_value_file::{Entry, Form, KeyValueFile, Other, Piece},
    placeholder::{Placeholder, blanks, key_length, placeholder},
    shell_line::ShellLine,
    source_text::SourceText,
};

/// More keys or placeholders than this, nobody has written.
const MOST: usize = 1 << 18;

impl<'t> KeyValueFile<'t> {
    /// Reads a file.
    ///
    /// # Errors
    /// The readers disagree about where its lines end.
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
            at: mark_length(text),
            read: Self {
                file,
                text,
                entries: Vec::new(),
                commented: Vec::new(),
                others: Vec::new(),
                braces: Vec::new(),
                is_open: false,
            },
            placeholders: 0,
        };
        let mut comments = reader.at;
        while reader.at < text.len() {
            let start = reader.at;
            reader.at += blanks(reader.rest());
            let is_comment = reader.in_line() == Some(b'#');
            match reader.in_line() {
                Some(b'#') => reader.comment(),
                None => reader.read.is_open = false,
                Some(_) => reader.line(comments, start)?,
            }
            reader.next_line();
            if !is_comment {
                comments = reader.at;
            }
        }
        Ok(reader.read)
    }
}

/// Length of the byte order mark that `text` begins with, unless a key or a command stands behind it: some readers take
/// the mark for a part of that.
fn mark_length(text: &str) -> usize {
    match text.strip_prefix('\u{feff}') {
        Some(rest)
            if rest
                .trim_start_matches([' ', '\t'])
                .starts_with(['#', '\r', '\n']) =>
        {
            3
        }
        Some("") => 3,
        _ => 0,
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
            let message = "readers disagree about whether a line ends at this character";
            return Err(file.error(at, message, "remove the control character"));
        }
    }
    Ok(())
}

struct Reader<'t> {
    at: usize,
    read: KeyValueFile<'t>,
    placeholders: usize,
}

/// A value as it is read: its quote, what stands in it, and where it ends.
type ReadValue<'t> = (&'static str, Vec<Piece<'t>>, usize);

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        &self.read.file.text[self.at..]
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

    /// Goes to the end of the line, and looks whether some readers go on in the next.
    fn end_line(&mut self) {
        while self.in_line().is_some() {
            self.at += 1;
        }
        self.read.is_open = self.is_behind_backslash();
    }

    /// Goes over a line that is a comment.
    fn comment(&mut self) {
        let text = self.read.text[self.at + 1..].trim_start_matches([' ', '\t']);
        let text = without_export(text);
        let key = &text[..key_length(text.as_bytes())];
        self.end_line();
        if !key.is_empty() && text[key.len()..].starts_with('=') && !self.read.is_open {
            let end = self.read.file.end_of_line(self.at);
            let next = (end + 1).min(self.read.text.len());
            self.read.commented.push((key, next));
        }
    }

    /// Whether some readers go on in the next line.
    fn is_behind_backslash(&self) -> bool {
        let before = &self.read.file.text[..self.at];
        let is_backslash = |byte: &&u8| **byte == b'\\';
        before.iter().rev().take_while(is_backslash).count() % 2 == 1
    }

    /// A line that is no comment.
    fn line(&mut self, comments: usize, start: usize) -> anyhow::Result<()> {
        let is_continued = std::mem::take(&mut self.read.is_open);
        let line = &self.read.text[self.at..self.read.file.end_of_line(self.at)];
        let key_at = self.at + line.len() - without_export(line).len();
        let length = key_length(&self.read.file.text[key_at..]);
        let key = &self.read.text[key_at..key_at + length];
        if key.is_empty() || !self.read.text[key_at + length..].starts_with('=') {
            return self.other(line.trim_end());
        }
        self.at = key_at + length + 1;
        let value_at = self.at;
        self.at += blanks(self.rest());
        let (quote, pieces, value_end) = match self.in_line() {
            Some(b'\'') => self.quoted("'")?,
            Some(b'"') => self.quoted("\"")?,
            _ => self.bare(false)?,
        };
        // After the value: a comment or nothing.
        if self.in_line().is_some() {
            self.end_line();
        }
        self.read.entries.push(Entry {
            key,
            comments,
            start,
            key_at,
            value: value_at..value_end,
            end: self.at,
            quote,
            pieces,
            is_continued,
        });
        self.check_count(self.read.entries.len())
    }

    /// Takes a line of another form as it is, if it ends where it ends.
    fn other(&mut self, line: &'t str) -> anyhow::Result<()> {
        let at = self.at;
        let (_, pieces, end) = self.bare(true)?;
        self.end_line();
        // npm's dotenv takes the next line for the value of `NAME:`.
        let name = without_export(line).strip_suffix(':');
        self.read.is_open |= name.is_some_and(|name| {
            let is_part = |char: char| char.is_ascii_alphanumeric() || "_.-".contains(char);
            !name.is_empty() && name.chars().all(is_part)
        });
        let mut other = Other::of(line);
        other.at = at;
        other.text = &self.read.text[at..end];
        for piece in pieces {
            match piece {
                Piece::Placeholder(Placeholder::Command(..), ..) => {
                    let file = &self.read.file;
                    return Err(file.error(at, "this is not KEY=value", other.hint));
                }
                Piece::Placeholder(placeholder, ..) => other.placeholders.push(placeholder),
                Piece::Text(_) => {}
            }
        }
        self.read.others.push(other);
        self.check_count(self.read.others.len())
    }

    fn check_count(&self, count: usize) -> anyhow::Result<()> {
        if count > MOST || self.placeholders > MOST || self.read.braces.len() > MOST {
            let message = format_args!("more than {MOST} keys or placeholders");
            return Err(self.read.file.error(self.at, message, "use several files"));
        }
        Ok(())
    }

    /// A value in quotes, which may have several lines.
    fn quoted(&mut self, quote: &'static str) -> anyhow::Result<ReadValue<'t>> {
        let open = self.at;
        let file = self.read.file;
        let sign = quote.as_bytes()[0];
        let mut shell = ShellLine::new(self.read.text, false);
        let mut pieces = Pieces::new(self.read.text, open + 1);
        let mut backslashes = 0;
        loop {
            if self.placeholder(&mut pieces)? {
                backslashes = 0;
                continue;
            }
            let Some(&byte) = self.rest().first() else {
                let hint = "put the same quote after the value";
                return Err(file.error(open, "the quote is not closed", hint));
            };
            if byte == sign && self.at > open {
                if backslashes == 0 {
                    break;
                }
                if quote == "'" || backslashes % 2 == 0 {
                    return Err(file.error(
                        self.at,
                        "readers disagree about whether the value ends at this quote",
                        "put no backslash before it, or use the other quotes",
                    ));
                }
            }
            backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
            shell.pass(self.at);
            self.at += 1;
        }
        shell.pass(self.at);
        let pieces = pieces.finish(self.at);
        self.at += 1;
        let end = self.at;
        let is_whole = shell.unfinished(end).is_none();
        let gap = blanks(self.rest());
        let is_ended = match self.rest().get(gap) {
            None | Some(b'\n' | b'\r') => true,
            Some(b'#') => gap > 0,
            Some(_) => false,
        };
        if is_whole && is_ended {
            self.at += gap;
            return Ok((quote, pieces, end));
        }
        // More than one word, of which the readers make what they like, if it ends with the line.
        let is_one_line = memchr::memchr(b'\n', &file.text[open..end]).is_none();
        let is_text = |piece: &Piece<'t>| matches!(piece, Piece::Text(_));
        if !is_one_line || !pieces.iter().all(is_text) {
            let message = match is_whole {
                true => "something follows the closing quote",
                false => "a shell does not end the value at this quote",
            };
            let hint = "put the whole value in single quotes";
            return Err(file.error(end - usize::from(!is_whole), message, hint));
        }
        self.at = open;
        self.bare(false)
    }

    /// A value without quotes around it, or a command, which ends with its line.
    fn bare(&mut self, is_command: bool) -> anyhow::Result<ReadValue<'t>> {
        let start = self.at;
        let file = self.read.file;
        let mut pieces = Pieces::new(self.read.text, start);
        // Where the value ends for those to whom a quote in it is a character.
        let mut end = None;
        let mut shell = ShellLine::new(self.read.text, is_command);
        while let Some(byte) = self.in_line() {
            let before = file.text.get(self.at.wrapping_sub(1));
            // Right behind the `=` as well, if a blank follows: no value begins so.
            let is_comment = byte == b'#'
                && match before {
                    Some(b' ' | b'\t') => true,
                    Some(b'=') if self.at == start => {
                        matches!(
                            self.rest().get(1),
                            None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'#')
                        )
                    }
                    _ => false,
                };
            if is_comment {
                end = end.or(Some(self.at));
                if !shell.is_quoted() {
                    break;
                }
            }
            if end.is_some() || !self.placeholder(&mut pieces)? {
                shell.pass(self.at);
                let next = self.read.text[self.at..].chars().next();
                self.at += next.map_or(1, char::len_utf8);
            }
        }
        if let Some(at) = shell.unfinished(self.at) {
            let hint = match (is_command, file.text[start..self.at].contains(&b'\'')) {
                (true, _) => "end it in its line, or put a # before the line",
                (false, false) => "put the whole value in single quotes",
                (false, true) => "put the whole value in double quotes",
            };
            let message = "a shell goes on in the next line because of this";
            return Err(file.error(at, message, hint));
        }
        // A comment has not been gone over, only what a shell has in quotes.
        if self.is_behind_backslash() {
            return Err(file.error(
                self.at - 1,
                "some readers go on in the next line after a backslash",
                "remove it, or put the value in quotes",
            ));
        }
        let end = end.unwrap_or(self.at);
        let value = self.read.text[start..end].trim_end_matches([' ', '\t']);
        let end = start + value.len();
        Ok(("", pieces.finish(end), end))
    }

    /// Takes the placeholder that begins here, if there is one.
    fn placeholder(&mut self, pieces: &mut Pieces<'t>) -> anyhow::Result<bool> {
        if !self.rest().starts_with(b"{{") {
            return Ok(false);
        }
        let Some((placeholder, end)) = placeholder(&self.read.file, self.at)? else {
            self.read.braces.push(self.at);
            return Ok(false);
        };
        pieces.add_text(self.at);
        pieces
            .pieces
            .push(Piece::Placeholder(placeholder, self.at, end));
        pieces.next = end;
        self.at = end;
        self.placeholders += 1;
        Ok(true)
    }
}

/// `line` without the `export` in front of its key.
fn without_export(line: &str) -> &str {
    match line.strip_prefix("export") {
        Some(rest) if blanks(rest.as_bytes()) > 0 => rest.trim_start_matches([' ', '\t']),
        _ => line,
    }
}

impl<'t> Other<'t> {
    /// What `line` is.
    fn of(line: &'t str) -> Self {
        let is_mark = |char: char| char.is_whitespace() || char == '\u{feff}';
        let unmarked = line.trim_start_matches(is_mark);
        let rest = without_export(unmarked);
        let unquoted = rest.trim_start_matches(['\'', '"']);
        let key = &unquoted[..key_length(unquoted.as_bytes())];
        let behind = unquoted[key.len()..].trim_start_matches(['\'', '"', ' ', '\t', '+']);
        let is_marker = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
            .iter()
            .any(|marker| {
                line.strip_prefix(marker)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            });
        let (form, is_key, hint) = match behind.as_bytes() {
            _ if is_marker => (Form::Conflict, false, "resolve the merge conflict first"),
            _ if line == "---" => (
                Form::Foreign,
                false,
                "remove it; a file of YAML has the ending .yaml",
            ),
            _ if line.starts_with('[') => {
                let hint = "remove it; a file with [sections] has the ending .ini or .toml";
                (Form::Foreign, false, hint)
            }
            [b'=', ..] if unmarked.len() < line.len() => (
                Form::Odd,
                true,
                "remove the invisible character before it: at the beginning of a file, it is a byte order mark",
            ),
            [b'=', ..] => (
                Form::Odd,
                true,
                "write KEY=value, with no blanks or quotes before the =",
            ),
            [b':', ..] => (
                Form::Foreign,
                true,
                "write KEY=value; a file of YAML has the ending .yaml",
            ),
            [] => (
                Form::Odd,
                true,
                "write KEY=value or export KEY=value, both in one line",
            ),
            _ => (Form::Odd, false, "write KEY=value, or put a # before it"),
        };
        Self {
            at: 0,
            text: line,
            key: Some(key).filter(|key| is_key && !key.is_empty()),
            placeholders: Vec::new(),
            hint,
            form,
        }
    }
}

/// The parts of a value as they are found.
struct Pieces<'t> {
    text: &'t str,
    /// Where the text begins that is in no part yet.
    next: usize,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Pieces<'t> {
    fn new(text: &'t str, next: usize) -> Self {
        Self {
            text,
            next,
            pieces: Vec::new(),
        }
    }

    fn add_text(&mut self, end: usize) {
        let text = &self.text[self.next..end];
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text));
        }
    }

    fn finish(mut self, end: usize) -> Vec<Piece<'t>> {
        self.add_text(end);
        self.pieces
    }
}
