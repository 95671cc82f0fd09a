//! What a placeholder stands in in JSON (RFC 8259).

use super::{
    placeholder::next_sign,
    source_text::SourceText,
    survival::{BACKSLASH, Context, Site, escape_length, is_escape},
    syntax::Syntax,
};

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct Json<'t> {
    file: SourceText<'t>,
    at: usize,
    state: State,
    /// Where the string or comment began, and how far an escape in it reaches.
    begun: usize,
    escape_end: usize,
    /// Whether a backslash in the string begins no escape.
    has_no_escape: bool,
    /// The last sign outside of strings and comments, and the brackets that are open, each with its place.
    last: Option<u8>,
    open: Vec<(u8, usize)>,
    /// Where the last placeholder stands, and the one in this string; and where nothing can stand.
    last_placed: Option<usize>,
    placed: Option<usize>,
    misplaced: Option<(usize, &'static str)>,
    /// Whether another language's braces make JSON of it.
    is_foreign: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Outside,
    String,
    /// What some readers take for a comment, up to the end of its line or to a `*/`.
    LineComment,
    Comment,
}

const BETWEEN: &str = "put it between two of these: [ { : , ] }";

impl<'t> Json<'t> {
    pub(super) fn new(file: SourceText<'t>) -> Self {
        Self {
            file,
            at: 0,
            state: State::Outside,
            begun: 0,
            escape_end: 0,
            has_no_escape: false,
            last: None,
            open: Vec::new(),
            last_placed: None,
            placed: None,
            misplaced: None,
            is_foreign: false,
        }
    }

    /// Goes over what stands at `self.at`.
    fn step(&mut self) {
        let rest = &self.file.text[self.at..];
        let byte = rest[0];
        match self.state {
            State::String if byte == b'\\' => {
                self.has_no_escape |= !is_escape(rest, b"\"\\/bfnrtu");
                self.escape_end = self.at + escape_length(rest);
                // A brace is looked at itself.
                self.at += usize::from(rest.get(1).is_some_and(|next| *next != b'{'));
            }
            State::String if byte == b'"' => {
                self.state = State::Outside;
                if let Some(at) = self.placed.take() {
                    let next = next_sign(&self.file.text[self.at + 1..]);
                    let is_in_place = self.is_at_node() && self.is_next(next, self.is_at_key());
                    if self.has_no_escape {
                        self.misplaced.get_or_insert((at, BACKSLASH));
                    } else if !is_in_place && !self.is_foreign {
                        self.misplaced.get_or_insert((at, BETWEEN));
                    }
                }
                self.last = Some(byte);
            }
            State::LineComment if byte == b'\n' => self.state = State::Outside,
            State::Comment if rest.starts_with(b"*/") => {
                self.at += 1;
                self.state = State::Outside;
            }
            State::String | State::LineComment | State::Comment => {}
            State::Outside => self.step_outside(rest),
        }
        self.at += 1;
    }

    fn step_outside(&mut self, rest: &[u8]) {
        let begun = match rest {
            [b'"', ..] => State::String,
            [b'/', b'/', ..] => State::LineComment,
            [b'/', b'*', ..] => State::Comment,
            [byte, ..] => {
                match byte {
                    b'[' | b'{' => self.open.push((*byte, self.at)),
                    b']' | b'}' => {
                        let is_closed = self.open.pop().is_some_and(|(open, _)| open + 2 == *byte);
                        if !is_closed && !self.is_foreign {
                            let last = self.last_placed.map(|at| (at, BETWEEN));
                            self.misplaced = self.misplaced.or(last);
                        }
                    }
                    _ => {}
                }
                self.is_foreign |= rest.starts_with(b"{{");
                if !byte.is_ascii_whitespace() {
                    self.last = Some(*byte);
                }
                return;
            }
            [] => return,
        };
        self.has_no_escape = false;
        self.state = begun;
        self.begun = self.at;
    }

    /// Whether what comes next is a key.
    fn is_at_key(&self) -> bool {
        let is_in_object = matches!(self.open.last(), Some((b'{', _)));
        is_in_object && matches!(self.last, Some(b'{' | b','))
    }

    /// Whether a key or a value can come next.
    fn is_at_node(&self) -> bool {
        match self.open.last() {
            None => self.last.is_none(),
            Some((b'{', _)) => matches!(self.last, Some(b'{' | b',' | b':')),
            Some(_) => matches!(self.last, Some(b'[' | b',')),
        }
    }

    /// Whether this sign can follow a key or a value.
    fn is_next(&self, next: Option<u8>, is_key: bool) -> bool {
        match (self.open.last(), next) {
            // A comment, perhaps.
            (_, Some(b'/')) => true,
            (_, Some(b':')) => is_key,
            (None, None) => true,
            (Some((b'{', _)), Some(b',' | b'}')) | (Some((b'[', _)), Some(b',' | b']')) => !is_key,
            _ => false,
        }
    }
}

impl Syntax for Json<'_> {
    fn pass(&mut self, to: usize) {
        while self.at < to {
            self.step();
        }
    }

    fn is_comment(&self) -> bool {
        false
    }

    fn site(&mut self, end: usize) -> anyhow::Result<Site> {
        let context = match self.state {
            State::LineComment | State::Comment => {
                let message = "JSON has no comments";
                let hint = "remove the comment, or the placeholder from it";
                return Err(self.file.error(self.begun, message, hint));
            }
            State::String => {
                self.placed.get_or_insert(self.at);
                match self.at < self.escape_end {
                    true => Context::Escape,
                    false => Context::JsonString,
                }
            }
            State::Outside => {
                let after = &self.file.text[end..];
                let is_alone = match self.is_foreign {
                    true => {
                        let before = self.file.text[..self.at].last();
                        before.is_none_or(|byte| b" \t\r\n,:[{".contains(byte))
                            && after
                                .first()
                                .is_none_or(|byte| b" \t\r\n,]}".contains(byte))
                    }
                    false => {
                        let is_at_value = self.is_at_node() && !self.is_at_key();
                        is_at_value && self.is_next(next_sign(after), false)
                    }
                };
                self.last = Some(b'0');
                Context::Number { is_alone }
            }
        };
        self.last_placed = Some(self.at);
        self.at = end;
        Ok(Site::of(context))
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        if self.state == State::String {
            let hint = "put the same quote after the value";
            return Err(self.file.error(self.begun, "the quote is not closed", hint));
        }
        if let Some((at, hint)) = self.misplaced {
            let message = "in JSON, no value can stand here";
            return Err(self.file.error(at, message, hint));
        }
        match self.open.first() {
            Some((_, at)) if !self.is_foreign => {
                let hint = "put ] or } after the last value in it";
                Err(self.file.error(*at, "the bracket is not closed", hint))
            }
            _ => Ok(()),
        }
    }
}
