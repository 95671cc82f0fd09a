//! What a placeholder stands in in YAML 1.2: enough of its grammar to know the scalar, over several lines, too.

use super::{
    placeholder::blanks,
    source_text::SourceText,
    survival::{Begun, Context, Site},
};

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct Yaml<'t> {
    file: SourceText<'t>,
    at: usize,
    state: State,
    /// Where the scalar began.
    begun: usize,
    /// How far the node is indented that the scalar belongs to: what is indented more belongs to it, too. And how much
    /// further a key is behind `- `.
    indent: isize,
    further: isize,
    /// How many brackets and braces are open.
    open: usize,
    /// Whether a tag before the scalar says that it is text.
    is_tagged: bool,
    /// Whether the scalar begins with a sign that none may begin with.
    is_broken: bool,
    /// Where the last tag or anchor ended.
    property_end: Option<usize>,
    /// Where the first sign of the line is, and whether the comment begins there.
    first: usize,
    is_own_line: bool,
    /// Whether a backslash stands right before.
    is_escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Where a node can begin.
    Start,
    Plain,
    Single,
    Double,
    /// Behind a closing quote.
    Closed,
    Comment,
    /// In the lines of a block scalar, or on the line that announces it.
    Block,
}

impl<'t> Yaml<'t> {
    pub(super) fn new(file: SourceText<'t>) -> Self {
        let mut yaml = Self {
            file,
            at: if file.text.starts_with(b"\xef\xbb\xbf") {
                3
            } else {
                0
            },
            state: State::Start,
            begun: 0,
            indent: 0,
            further: 0,
            open: 0,
            is_tagged: false,
            is_broken: false,
            property_end: None,
            first: 0,
            is_own_line: false,
            is_escaped: false,
        };
        yaml.begin_line();
        yaml
    }

    /// Goes over text up to `to`.
    pub(super) fn pass(&mut self, to: usize) {
        while self.at < to {
            self.step();
        }
    }

    /// Whether a comment with a line of its own goes on here.
    pub(super) fn is_comment(&self) -> bool {
        self.state == State::Comment && self.is_own_line
    }

    /// Goes over a placeholder that ends at `end`, and says where it stands.
    ///
    /// # Errors
    /// No text can stand there.
    pub(super) fn site(&mut self, end: usize) -> anyhow::Result<Site> {
        let is_impossible = match self.state {
            State::Start => self.property_end == Some(self.at),
            State::Plain => self.is_broken,
            State::Closed => true,
            State::Single | State::Double | State::Comment | State::Block => false,
        };
        if is_impossible {
            let hint = "put the whole value in one pair of double quotes";
            let message = "in YAML, no text can stand here";
            return Err(self.file.error(self.at, message, hint));
        }
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
        let (before, after) = self.file.text.split_at(end);
        let after = after.iter().find(|byte| !is_blank(byte));
        let before = before[..self.at].iter().rfind(|byte| !is_blank(byte));
        let is_end = |byte: Option<&u8>| matches!(byte, None | Some(b'\n'));
        let context = match self.state {
            _ if self.is_escaped => Context::Escape,
            State::Single => Context::YamlSingle,
            State::Double => Context::YamlDouble,
            State::Comment | State::Block => Context::YamlText,
            State::Start | State::Plain | State::Closed => Context::YamlPlain(self.begun(end)),
        };
        let site = Site {
            context,
            in_url: false,
            at_start: false,
            at_edge: is_end(before)
                || is_end(after) && matches!(self.state, State::Single | State::Double),
        };
        // What follows belongs to it.
        if self.state == State::Start {
            self.begin(State::Plain);
        }
        self.is_escaped = false;
        self.at = end;
        Ok(site)
    }

    /// Where a quote was opened that is not closed at the end of the text.
    pub(super) fn open_quote(&self) -> Option<usize> {
        matches!(self.state, State::Single | State::Double).then_some(self.begun)
    }

    /// What stands before a secret that ends at `end`.
    fn begun(&self, end: usize) -> Begun {
        let is_alone = self.file.text[end..]
            .iter()
            .next()
            .is_none_or(|next| b" \t\r\n,]}".contains(next));
        let before = match self.state {
            State::Start if self.is_tagged => return Begun::Tag,
            State::Start => return Begun::Not { is_alone },
            // Its beginning says it, and is not read again and again.
            _ => {
                let text = &self.file.text[self.begun..self.at];
                String::from_utf8_lossy(&text[..text.len().min(64)])
            }
        };
        // What numbers, dates and times can be made of.
        let is_of_number =
            |char: char| char.is_ascii_hexdigit() || " \t\r\n_+-.:xXoOtTzZ".contains(char);
        match before.chars().next() {
            None => Begun::Not { is_alone: false },
            Some(_) if self.is_tagged => Begun::Text,
            Some(first) if first.is_alphabetic() => Begun::Letter(before.chars().count()),
            Some(_) if before.chars().all(is_of_number) => Begun::Number,
            Some(_) => Begun::Text,
        }
    }

    fn rest(&self) -> &'t [u8] {
        &self.file.text[self.at..]
    }

    fn begin(&mut self, state: State) {
        self.state = state;
        self.begun = self.at;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let byte = rest[0];
        self.is_escaped = false;
        if byte == b'\n' {
            self.at += 1;
            return self.begin_line();
        }
        match self.state {
            State::Comment | State::Block => {}
            State::Single if rest.starts_with(b"''") => self.at += 1,
            State::Single if byte == b'\'' => self.state = State::Closed,
            State::Double if byte == b'\\' => match rest.get(1) {
                Some(b'{') => self.is_escaped = true,
                Some(b'\n') | None => {}
                Some(_) => self.at += 1,
            },
            State::Double if byte == b'"' => self.state = State::Closed,
            State::Single | State::Double => {}
            State::Start | State::Plain | State::Closed => return self.step_outside(rest),
        }
        self.at += 1;
    }

    /// Goes over what stands outside of quotes and blocks.
    fn step_outside(&mut self, rest: &'t [u8]) {
        let is_start = self.state == State::Start;
        let is_in_flow = self.open > 0;
        let is_end = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let is_behind_blank = self.at == 0 || is_end(self.file.text.get(self.at - 1));
        match rest[0] {
            // The braces of another language may become anything.
            b'{' if rest.starts_with(b"{{") => {
                self.state = State::Plain;
                self.at += foreign(rest).unwrap_or(1);
                self.begun = self.at;
                return;
            }
            b'#' if is_behind_blank => {
                self.is_own_line = self.at == self.first;
                self.state = State::Comment;
            }
            b':' if is_end(rest.get(1)) || is_in_flow && self.state == State::Closed => {
                self.indent += std::mem::take(&mut self.further);
                self.start();
            }
            b',' if is_in_flow => self.start(),
            b']' | b'}' if is_in_flow => {
                self.open -= 1;
                self.state = State::Closed;
            }
            _ if !is_start => {}
            b' ' | b'\t' | b'\r' => {}
            b'[' | b'{' => {
                self.open += 1;
                self.start();
            }
            b'-' | b'?' if is_end(rest.get(1)) => {
                self.further += 1 + blanks(&rest[1..]) as isize;
            }
            b'&' | b'!' => {
                let is_part = |byte: &&u8| !byte.is_ascii_whitespace() && !b",[]{}".contains(*byte);
                let length = rest.iter().take_while(is_part).count();
                self.is_tagged |= rest[..length] == *b"!!str";
                self.at += length;
                self.property_end = Some(self.at);
                return;
            }
            b'\'' => self.begin(State::Single),
            b'"' => self.begin(State::Double),
            b'|' | b'>' if !is_in_flow && is_block(&rest[1..]) => self.begin(State::Block),
            byte => {
                self.is_broken = b"*@`|>%,]}".contains(&byte);
                self.begin(State::Plain);
            }
        }
        self.at += 1;
    }

    fn start(&mut self) {
        self.state = State::Start;
        self.is_broken = false;
        self.is_tagged = false;
    }

    /// At the first byte of a line: what goes on from the one before.
    fn begin_line(&mut self) {
        let rest = self.rest();
        let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
        let is_blank = matches!(rest.get(spaces), None | Some(b'\r' | b'\n'));
        self.first = self.at + blanks(rest);
        let is_inside = spaces as isize > self.indent;
        match self.state {
            State::Single | State::Double => return,
            State::Block | State::Plain if is_blank => return,
            State::Block if is_inside => return,
            // A line of another language's braces alone is no scalar.
            State::Plain if self.open > 0 || is_inside && self.begun < self.at - 1 => return,
            _ => self.start(),
        }
        if self.open > 0 || is_blank {
            return;
        }
        self.indent = spaces as isize;
        self.further = 0;
        self.at += spaces;
        let is_marker = |marker: &[u8]| {
            rest.starts_with(marker) && rest.get(3).is_none_or(u8::is_ascii_whitespace)
        };
        if is_marker(b"---") || is_marker(b"...") {
            self.indent = -1;
            self.at += 3;
        }
    }
}

/// Length of the braces of another language that `text` begins with, in one line and with no others in them.
fn foreign(text: &[u8]) -> Option<usize> {
    // Not further: otherwise many of them in one line would take long.
    let text = &text[..text.len().min(256)];
    let line = &text[..memchr::memchr(b'\n', text).unwrap_or(text.len())];
    let end = memchr::memmem::find(line, b"}}")?;
    let is_nested = memchr::memmem::find(&line[1..end], b"{{").is_some();
    (!is_nested).then_some(end + 2)
}

/// Whether nothing but indicators and a comment follows, so that a block scalar begins.
fn is_block(text: &[u8]) -> bool {
    // No further than what it needs: a line can have many of them.
    let is_indicator = |byte: &&u8| matches!(byte, b'+' | b'-' | b'0'..=b'9');
    let rest = &text[text.iter().take_while(is_indicator).count()..];
    let gap = blanks(rest);
    match rest.get(gap) {
        None | Some(b'\r' | b'\n') => true,
        Some(b'#') => gap > 0,
        Some(_) => false,
    }
}
