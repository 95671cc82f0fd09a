//! What a placeholder stands in, in files that are not KEY=value: enough of YAML, JSON and quotes to know what a
//! secret must not hold there.

use super::survival::{Context, Site};

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// Anything else, of which only quotes are known.
    Other,
}

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct Scanner {
    syntax: Syntax,
    state: State,
    /// The word so far, up to the `://` that makes it a URL.
    url: Url,
    /// How far the line is indented, as far as it is known, and whether its text has not begun.
    indent: usize,
    is_indent: bool,
    /// How much further the key is that follows a `- `.
    further: usize,
    /// What the line's last scalar is, if it could begin a block.
    block: Block,
    previous: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Where a value can begin.
    Start,
    /// In a plain scalar that begins with this character and has so many.
    Plain(char, usize),
    Single,
    Double,
    /// Behind a backslash in double quotes.
    Escaped,
    /// In a comment, or in a block, where all is text.
    Free,
}

/// Scalars of YAML that stand in the lines below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    None,
    /// The line so far ends as one that begins a block.
    Begins,
    /// Lines that are indented more than this belong to it.
    Above(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Url {
    No,
    Colon,
    Slash,
    Yes,
}

impl Scanner {
    pub(super) fn new(syntax: Syntax) -> Self {
        Self {
            syntax,
            state: State::Start,
            url: Url::No,
            indent: 0,
            is_indent: true,
            further: 0,
            block: Block::None,
            previous: b'\n',
        }
    }

    /// Goes over text.
    pub(super) fn pass(&mut self, text: &[u8]) {
        for byte in text {
            self.step(*byte);
            self.previous = *byte;
        }
    }

    /// Goes over a placeholder that `next` follows, and says where it stands.
    pub(super) fn site(&mut self, next: Option<u8>) -> Site {
        self.end_indent();
        let context = match (self.syntax, self.state) {
            (_, State::Free) => Context::Free,
            (_, State::Double | State::Escaped) => Context::TextDouble,
            (Syntax::Yaml, State::Single) => Context::YamlSingle,
            (_, State::Single) => Context::TextSingle,
            (Syntax::Json, _) if self.is_alone(next) => Context::JsonBare,
            (Syntax::Json, _) => Context::JsonPart,
            (Syntax::Yaml, State::Start) => Context::YamlPlain { begun: None },
            (Syntax::Yaml, State::Plain(first, length)) => Context::YamlPlain {
                begun: Some((first, length)),
            },
            (Syntax::Other, _) => Context::Free,
        };
        let site = Site {
            context,
            in_url: self.url == Url::Yes,
        };
        // What follows belongs to it.
        match self.state {
            State::Start => self.state = State::Plain('{', 1),
            State::Escaped => self.state = State::Double,
            _ => {}
        }
        if self.block == Block::Begins {
            self.block = Block::None;
        }
        self.previous = b'}';
        site
    }

    /// Whether a value of JSON begins here and ends before `next`.
    fn is_alone(&self, next: Option<u8>) -> bool {
        b" \t\r\n,:[{".contains(&self.previous)
            && next.is_none_or(|next| b" \t\r\n,]}".contains(&next))
    }

    fn step(&mut self, byte: u8) {
        self.url = match (self.url, byte) {
            (_, b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'') => Url::No,
            (Url::Yes, _) => Url::Yes,
            (_, b':') => Url::Colon,
            (Url::Colon, b'/') => Url::Slash,
            (Url::Slash, b'/') => Url::Yes,
            _ => Url::No,
        };
        if byte == b'\n' {
            return self.end_line();
        }
        if self.is_indent {
            if byte == b' ' {
                self.indent += 1;
                return;
            }
            self.end_indent();
        }
        let after_blank = matches!(self.previous, b' ' | b'\t' | b'\n');
        let is_comment = byte == b'#' && after_blank && self.syntax == Syntax::Yaml;
        self.state = match (self.state, byte) {
            (State::Free, _) => State::Free,
            (State::Single, b'\'') => State::Plain('\'', 1),
            (State::Double, b'\\') => State::Escaped,
            (State::Escaped, _) => State::Double,
            (State::Double, b'"') => State::Plain('"', 1),
            (State::Single | State::Double, _) => self.state,
            _ if is_comment => State::Free,
            (State::Start, b'"') => State::Double,
            (State::Start, b'\'') if self.syntax != Syntax::Json => State::Single,
            // As in JSON, where no space has to stand before it.
            (State::Plain('"', _), b'"') if matches!(self.previous, b':' | b',' | b'[' | b'{') => {
                State::Double
            }
            // Where it is not known what a value is, a quote is one anywhere.
            (_, b'"') if self.syntax != Syntax::Yaml => State::Double,
            (_, b'\'') if self.syntax == Syntax::Other => State::Single,
            (State::Start, b' ' | b'\t' | b'\r' | b'[' | b'{' | b',') => State::Start,
            (State::Plain(..), b' ') if matches!(self.previous, b':' | b',' | b'-' | b'?') => {
                self.after_indicator()
            }
            (State::Start, first) => State::Plain(first.into(), 1),
            (State::Plain(first, length), _) => State::Plain(first, length + 1),
        };
        self.block = match (self.block, byte, self.state) {
            (_, b'|' | b'>', State::Plain(_, 1)) => Block::Begins,
            (Block::Begins, b'+' | b'-' | b'0'..=b'9' | b' ' | b'\r', _) => Block::Begins,
            (Block::Begins, _, State::Free) => Block::Begins,
            (Block::Above(indent), ..) => Block::Above(indent),
            _ => Block::None,
        };
    }

    /// Behind `- `, `? ` and `: ` a value begins, and behind `, ` in a list; a `- ` or `? ` in a text is text.
    fn after_indicator(&mut self) -> State {
        match (self.previous, self.state) {
            (b':', _) => {
                self.indent += std::mem::take(&mut self.further);
                State::Start
            }
            (b',', _) => State::Start,
            (_, State::Plain(_, 1)) => {
                self.further += 2;
                State::Start
            }
            (_, State::Plain(first, length)) => State::Plain(first, length + 1),
            (_, state) => state,
        }
    }

    fn end_indent(&mut self) {
        if !self.is_indent {
            return;
        }
        self.is_indent = false;
        if let Block::Above(indent) = self.block {
            if self.indent > indent {
                self.state = State::Free;
            } else {
                self.block = Block::None;
            }
        }
    }

    fn end_line(&mut self) {
        self.block = match self.block {
            Block::Begins if self.syntax == Syntax::Yaml => Block::Above(self.indent),
            Block::Above(indent) => Block::Above(indent),
            _ => Block::None,
        };
        // Quotes of several lines are rare; one that is not closed would spoil the rest of the file.
        self.state = State::Start;
        self.indent = 0;
        self.further = 0;
        self.is_indent = true;
    }
}
