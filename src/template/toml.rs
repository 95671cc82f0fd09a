//! What a placeholder stands in in TOML 1.0.

use super::{
    near_miss::behind_nothing,
    source_text::SourceText,
    survival::{BACKSLASH, Context, Site, escape_length, is_escape},
    syntax::Syntax,
};

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct Toml<'t> {
    file: SourceText<'t>,
    at: usize,
    state: State,
    /// Where the string or comment began, and how far an escape in it reaches.
    begun: usize,
    escape_end: usize,
    /// Whether a backslash in the string begins no escape.
    has_no_escape: bool,
    /// The last sign of the line outside of strings and comments, or of the array.
    last: Option<u8>,
    /// How many brackets are open.
    open: usize,
    /// Where the first of them is.
    opened: usize,
    /// Whether a string is the last thing, and empty.
    is_empty: bool,
    /// Whether the line has a sign so far, and whether the comment begins with its own line.
    has_sign: bool,
    is_own_line: bool,
    /// Where a placeholder stands in the string; and the first in one that cannot stand there, or is not closed.
    placed: Option<usize>,
    misplaced: Option<(usize, &'static str)>,
    unclosed: Option<usize>,
    /// Whether another language's braces make TOML of it.
    is_foreign: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Outside,
    Comment,
    /// In these quotes.
    String(&'static [u8]),
}

const NEEDS_KEY: &str = "write KEY = before it, and nothing but a comment behind it";
const QUOTES: [&[u8]; 4] = [b"\"\"\"", b"'''", b"\"", b"'"];

impl<'t> Toml<'t> {
    pub(super) fn new(file: SourceText<'t>) -> Self {
        Self {
            file,
            at: 0,
            state: State::Outside,
            begun: 0,
            escape_end: 0,
            has_no_escape: false,
            last: None,
            open: 0,
            opened: 0,
            is_empty: false,
            has_sign: false,
            is_own_line: false,
            placed: None,
            misplaced: None,
            unclosed: None,
            is_foreign: false,
        }
    }

    /// Goes over what stands at `self.at`.
    fn step(&mut self) {
        let rest = &self.file.text[self.at..];
        let byte = rest[0];
        let mut length = 1;
        match self.state {
            State::Comment if byte == b'\n' => self.end_line(),
            // A string in one quote ends with its line, even if it is not closed.
            State::String([_]) if byte == b'\n' => {
                if self.placed.take().is_some() {
                    self.unclosed.get_or_insert(self.begun);
                }
                self.end_line();
            }
            State::String([b'"', ..]) if byte == b'\\' => {
                self.has_no_escape |= !is_escape(rest, b"btnfr\"\\uU \t\r\n");
                self.escape_end = self.at + escape_length(rest);
                // The end of a line and a brace are looked at themselves.
                let is_next = rest.get(1).is_some_and(|next| !b"\n{".contains(next));
                length += usize::from(is_next);
            }
            State::String(quotes) if rest.starts_with(quotes) => {
                let is_quote = |next: &&u8| **next == byte;
                length = rest.iter().take_while(is_quote).count();
                // One or two more are in the string.
                length = length.min(if quotes.len() == 3 { 5 } else { 1 });
                self.is_empty = self.at == self.begun + quotes.len();
                if let Some(at) = self.placed.take() {
                    if self.has_no_escape {
                        self.misplaced.get_or_insert((at, BACKSLASH));
                    } else if !self.is_in_place(&rest[length..]) {
                        self.misplaced.get_or_insert((at, NEEDS_KEY));
                    }
                }
                self.last = Some(byte);
                self.state = State::Outside;
            }
            State::Comment | State::String(_) => {}
            State::Outside => length = self.step_outside(rest),
        }
        self.at += length;
    }

    /// Goes over what stands outside of strings and comments, and says how long it is.
    fn step_outside(&mut self, rest: &[u8]) -> usize {
        let byte = rest[0];
        match byte {
            b'\n' => self.end_line(),
            b'#' => {
                self.is_own_line = !self.has_sign;
                self.state = State::Comment;
                self.begun = self.at;
            }
            _ if byte.is_ascii_whitespace() => {}
            _ => {
                self.has_sign = true;
                if let Some(quotes) = QUOTES.iter().find(|quotes| rest.starts_with(quotes)) {
                    self.has_no_escape = false;
                    self.state = State::String(quotes);
                    self.begun = self.at;
                    return quotes.len();
                }
                self.is_foreign |= rest.starts_with(b"{{") || rest.starts_with(b"{%");
                match byte {
                    b'[' | b'{' => {
                        self.open += 1;
                        if self.open == 1 {
                            self.opened = self.at;
                        }
                    }
                    b']' | b'}' => self.open = self.open.saturating_sub(1),
                    _ => {}
                }
                self.last = Some(byte);
            }
        }
        1
    }

    fn end_line(&mut self) {
        self.state = State::Outside;
        self.has_sign = false;
        if self.open == 0 {
            self.last = None;
        }
    }

    /// Whether a string can stand here, with `after` behind it.
    fn is_in_place(&self, after: &[u8]) -> bool {
        let (is_key, is_value) = match self.last {
            None | Some(b'{' | b'.') => (true, false),
            Some(b'=') => (false, true),
            Some(b'[' | b',') => (true, true),
            Some(_) => (false, false),
        };
        self.is_foreign
            || match sign_in_line(after) {
                Some(b'=' | b'.') => is_key,
                Some(b']') => self.open > 0 && (is_key || is_value),
                Some(b',' | b'}') => self.open > 0 && is_value,
                None | Some(b'#') => is_value,
                Some(_) => false,
            }
    }
}

/// The next sign of the line.
fn sign_in_line(text: &[u8]) -> Option<u8> {
    let is_blank = |byte: &&u8| b" \t\r".contains(byte);
    let sign = text.iter().find(|byte| !is_blank(byte));
    sign.copied().filter(|sign| *sign != b'\n')
}

impl Syntax for Toml<'_> {
    fn pass(&mut self, to: usize) {
        while self.at < to {
            self.step();
        }
    }

    fn is_comment(&self) -> bool {
        self.state == State::Comment && self.is_own_line
    }

    fn site(&mut self, end: usize) -> anyhow::Result<Site> {
        let is_without_value = match self.last {
            Some(b'=') => true,
            Some(b'"' | b'\'') => self.is_empty,
            _ => false,
        };
        let context = match self.state {
            State::Comment if is_without_value => {
                return Err(behind_nothing(&self.file, self.at, "#"));
            }
            State::Comment => Context::Unknown,
            State::String(quotes) => {
                self.placed.get_or_insert(self.at);
                match quotes[0] == b'"' && self.at < self.escape_end {
                    true => Context::Escape,
                    false => Context::Unknown,
                }
            }
            State::Outside => {
                let next = sign_in_line(&self.file.text[end..]);
                let (before, behind): (&[u8], &[u8]) = match self.open {
                    0 => (b"=", b"#"),
                    _ => (b"=[,", b",]}#"),
                };
                let is_alone = self.last.is_some_and(|last| before.contains(&last))
                    && next.is_none_or(|next| behind.contains(&next));
                (self.last, self.has_sign) = (Some(b'0'), true);
                Context::Number { is_alone }
            }
        };
        self.at = end;
        Ok(Site {
            at_start: true,
            ..Site::of(context)
        })
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let open = match self.state {
            State::String([_, _, _]) => Some(self.begun),
            State::String(_) => self.placed.and(Some(self.begun)),
            State::Outside | State::Comment => None,
        };
        if let Some(at) = self.unclosed.or(open) {
            let hint = "put the same quote after the value";
            return Err(self.file.error(at, "the quote is not closed", hint));
        }
        if let Some((at, hint)) = self.misplaced {
            let message = "in TOML, no string can stand here";
            return Err(self.file.error(at, message, hint));
        }
        match self.open {
            1.. if !self.is_foreign => {
                let hint = "put ] or } after the last value in it";
                Err((self.file).error(self.opened, "the bracket is not closed", hint))
            }
            _ => Ok(()),
        }
    }
}
