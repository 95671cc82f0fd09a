//! KEY=value files, as their readers agree to read them.
//!
//! The readers are shells, python-dotenv, npm's dotenv, Docker Compose and systemd. Where a line begins and ends, which
//! key it sets and whether its value is empty is what has to be known; a line that could reach into the next one is an
//! error. About the value itself they may disagree, as long as nobody asks for it.
//!
//! Who does not take a file at all is none of its readers: a shell that stops at `A=<x>`, a line that stays; or one that
//! reads a return at the end of each value, where every line ends in CR LF.

use std::ops::Range;

use super::{
    placeholder::{Placeholder, key_length},
    source_text::SourceText,
};

/// A file of lines KEY=value.
#[derive(Debug)]
pub(super) struct KeyValueFile<'t> {
    pub(super) file: SourceText<'t>,
    pub(super) text: &'t str,
    pub(super) entries: Vec<Entry<'t>>,
    /// Keys of lines `# KEY=`, below which there is room, and where the next line begins.
    pub(super) commented: Vec<(&'t str, usize)>,
    /// Lines of another form.
    pub(super) others: Vec<Other<'t>>,
    /// Where `{{` stands that is no placeholder, outside of comments.
    pub(super) braces: Vec<usize>,
    /// Whether the last line may go on in one that is added.
    pub(super) is_open: bool,
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
    /// Whether a comment above goes on in its line, to some readers.
    pub(super) is_continued: bool,
}

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    /// And the byte that it begins at, and the one behind it.
    Placeholder(Placeholder<'t>, usize, usize),
}

/// A line that is not KEY=value.
#[derive(Debug)]
pub(super) struct Other<'t> {
    pub(super) at: usize,
    /// All of it but the blanks in front and a comment.
    pub(super) text: &'t str,
    /// The key that some readers take it to set.
    pub(super) key: Option<&'t str>,
    /// What may be placeholders of ours, without commands.
    pub(super) placeholders: Vec<Placeholder<'t>>,
    /// What it looks like, and what would do.
    pub(super) hint: &'static str,
    pub(super) form: Form,
}

/// What a line that is not KEY=value says about its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Odd,
    /// Its lines are of another kind.
    Foreign,
    /// It is not in order.
    Conflict,
}

impl<'t> KeyValueFile<'t> {
    /// Where `part` begins, a slice of the text.
    pub(super) fn position(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }

    /// The line end of the file, if it has one. A shell takes the return for a part of the value, so it is that of a new
    /// line only where every line has it: no shell is meant to read such a file.
    pub(super) fn line_end(&self) -> Option<&'static str> {
        let ends = memchr::memchr_iter(b'\n', self.file.text).count();
        let returns = memchr::memmem::find_iter(self.file.text, "\r\n").count();
        (ends > 0).then_some(if ends == returns { "\r\n" } else { "\n" })
    }
}

/// A line that is no comment.
pub(super) struct Line<'a, 't> {
    pub(super) file: &'a KeyValueFile<'t>,
    /// The key that it sets, to every reader.
    pub(super) key: Option<&'t str>,
    /// Its value, or all of it.
    pub(super) text: &'t str,
    at: usize,
    /// What would do, where a shell could do more with it than set its key.
    hint: Option<&'static str>,
}

impl<'t> KeyValueFile<'t> {
    /// The lines that are no comments.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_, 't>> {
        let others = self.others.iter().map(|other| Line {
            file: self,
            key: None,
            text: other.text,
            at: other.at,
            hint: Some(other.hint),
        });
        let own = "write each KEY=value on a line of its own, or put the value in quotes";
        others.chain(self.entries.iter().map(move |entry| Line {
            file: self,
            key: Some(entry.key),
            text: entry.inside(self),
            at: entry.value.start,
            hint: entry.is_more_to_shells(self).then_some(own),
        }))
    }
}

impl<'t> Line<'_, 't> {
    /// The other keys that a shell could set here, or take away: all words that are not expanded.
    pub(super) fn others_set(&self) -> impl Iterator<Item = &'t str> {
        let (text, own) = (self.text, self.key);
        let is_part = |char: char| char.is_ascii_alphanumeric() || "_.-".contains(char);
        let words = text.split(move |char| !is_part(char));
        words
            .filter(move |word| {
                let before = &text[..word.as_ptr().addr() - text.as_ptr().addr()];
                let is_expanded = before.trim_end_matches(['{', '#', '!']).ends_with('$');
                let is_in_braces = before.trim_end().ends_with("{{");
                !word.is_empty() && own != Some(word) && !is_expanded && !is_in_braces
            })
            .filter(|_| self.hint.is_some())
    }

    /// The error about one of these keys.
    pub(super) fn unclear(&self, key: &str) -> anyhow::Error {
        let message = format!("readers disagree about whether {key} is set here");
        self.file
            .file
            .error(self.at, message, self.hint.unwrap_or_default())
    }
}

impl<'t> Entry<'t> {
    /// Its value with its quotes.
    pub(super) fn raw(&self, file: &KeyValueFile<'t>) -> &'t str {
        file.text[self.value.clone()].trim_start_matches([' ', '\t'])
    }

    /// Its value as it is read.
    pub(super) fn inside(&self, file: &KeyValueFile<'t>) -> &'t str {
        let raw = self.raw(file);
        &raw[self.quote.len()..raw.len() - self.quote.len()]
    }

    /// The comment behind its value, without its sign and the blanks around that.
    pub(super) fn comment(&self, file: &KeyValueFile<'t>) -> Option<&'t str> {
        let behind = file.text[self.value.end..self.end].trim_start_matches([' ', '\t']);
        Some(behind.strip_prefix('#')?.trim_start_matches([' ', '\t']))
    }

    /// Whether its value is empty.
    ///
    /// # Errors
    /// The readers disagree about that.
    pub(super) fn is_empty(&self, file: &KeyValueFile<'t>) -> anyhow::Result<bool> {
        let behind = &file.text[self.value.clone()];
        let is_nothing = |char: char| char.is_whitespace() || char == '\u{feff}';
        // Others look behind the blank; a shell ends the value at these signs, and at a quote it goes on.
        let is_ended = behind.starts_with([' ', '\t', '#', '`', ';', '&', '|', '<', '>', '(']);
        let goes_on =
            self.quote.is_empty() && (behind.starts_with("''") || behind.starts_with("\"\""));
        let is_blank = !behind.is_empty() && behind.trim_matches(is_nothing).is_empty();
        if !self.raw(file).is_empty() && (is_ended || goes_on || is_blank) {
            return Err(file.file.error(
                self.value.start,
                format_args!("readers disagree about whether {} is empty here", self.key),
                "remove what follows the =, or put the value in quotes right behind it",
            ));
        }
        Ok(self.pieces.is_empty())
    }

    /// Whether a shell could do more with it than set its key: run commands, or count.
    fn is_more_to_shells(&self, file: &KeyValueFile<'t>) -> bool {
        let behind = &file.text[self.value.clone()];
        let is_counting = behind.contains('$') && behind.contains(['(', '[']);
        match self.quote {
            "'" => false,
            "\"" => is_counting || behind.contains('`'),
            _ => {
                is_counting || behind.contains([' ', '\t', '`', ';', '&', '|', '<', '>', '(', ')'])
            }
        }
    }

    /// Its placeholders and where they are.
    pub(super) fn placeholders(&self) -> impl Iterator<Item = (Placeholder<'t>, usize)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Placeholder(placeholder, at, _) => Some((*placeholder, *at)),
        })
    }

    /// Where its first command is.
    pub(super) fn command(&self) -> Option<usize> {
        let mut placeholders = self.placeholders();
        placeholders.find_map(|(placeholder, at)| {
            matches!(placeholder, Placeholder::Command(..)).then_some(at)
        })
    }

    /// Its value, which has no placeholder.
    ///
    /// # Errors
    /// The readers disagree about it, or it has a placeholder.
    pub(super) fn given(&self, file: &KeyValueFile<'t>) -> anyhow::Result<&'t str> {
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

    /// Refuses a value whose text the readers take for different ones.
    pub(super) fn check_agreed(&self, file: &KeyValueFile<'t>) -> anyhow::Result<()> {
        let disagreed = |char: char| match self.quote {
            "'" => "\\$".contains(char),
            "\"" => "\\$`".contains(char),
            _ => char.is_whitespace() || "\"'`\\$#;&|<>()~".contains(char),
        };
        let refuse = |at, char: char, hint| {
            let key = self.key;
            let message = match char {
                _ if !file.file.is_quotable() => {
                    format!("readers disagree about the value of {key}")
                }
                ' ' => format!("readers disagree about the space in the value of {key}"),
                '\t' => format!("readers disagree about the tab in the value of {key}"),
                char if char.is_whitespace() => {
                    let char = char.escape_unicode();
                    format!("readers disagree about {char} in the value of {key}")
                }
                char => format!("readers disagree about {char} in the value of {key}"),
            };
            let hint = match char {
                '$' => {
                    "write {{ KEY }} for ${KEY}, and no other $, which they disagree about in all quotes"
                }
                '\\' => "leave out the \\, which they disagree about in all quotes",
                _ => hint,
            };
            Err(file.file.error(at, message, hint))
        };
        if let Some(blank @ (' ' | '\t')) =
            file.text[self.value.start..self.value.end].chars().next()
        {
            return refuse(
                self.value.start,
                blank,
                "remove it: the value begins right behind the =",
            );
        }
        // Behind what zsh expands a = at.
        let mut before = match self.quote {
            "" => ':',
            _ => ' ',
        };
        for piece in &self.pieces {
            let Piece::Text(text) = piece else {
                before = ' ';
                continue;
            };
            for (within, char) in text.char_indices() {
                if disagreed(char) || before == ':' && char == '=' && self.quote.is_empty() {
                    return refuse(
                        file.position(text) + within,
                        char,
                        "put the value in single quotes",
                    );
                }
                before = char;
            }
        }
        Ok(())
    }
}

/// The keys that are named by `$KEY` or `${KEY}` in `text`, and where.
pub(super) fn expanded(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('$').map(|(at, _)| {
        let name = text[at + 1..].trim_start_matches('{');
        (at, &name[..key_length(name.as_bytes())])
    })
}
