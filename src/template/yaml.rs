//! What a placeholder stands in in YAML 1.2: enough of its grammar to know the scalar, over several lines, too, and
//! whether one can stand there.

use super::{
    near_miss::behind_nothing,
    placeholder::blanks,
    source_text::SourceText,
    survival::{BACKSLASH, Begun, Context, Site, escape_length, is_escape},
    syntax::Syntax,
    yaml_blocks::Blocks,
};

/// Follows a text up to a placeholder.
#[derive(Debug)]
pub(super) struct Yaml<'t> {
    file: SourceText<'t>,
    at: usize,
    state: State,
    /// Where the scalar began, or the brackets that were closed last.
    begun: usize,
    /// How far the node is indented that the scalar belongs to: what is indented more belongs to it, too.
    indent: isize,
    /// How far the lines of the block scalar are indented at least, once one of them says it.
    block: Option<isize>,
    /// The brackets that are open.
    open: Vec<Bracket>,
    /// Whether a tag before the scalar says that it is text.
    is_tagged: bool,
    /// Where the last tag or anchor ended.
    property_end: Option<usize>,
    /// Where the line begins, its first sign is, and whether the comment begins there.
    line: usize,
    first: usize,
    is_own_line: bool,
    /// Whether there is no value before the comment.
    is_behind_nothing: bool,
    /// How far an escape reaches.
    escape_end: usize,
    blocks: Blocks,
    /// The column of the node that could be a key.
    column: Option<usize>,
    /// What would do, if no text can stand in this node or in this entry.
    bad_node: Option<&'static str>,
    bad_entry: Option<&'static str>,
    /// The last placeholder of this entry; and one that no text can stand at, with what would do.
    placed: Option<usize>,
    misplaced: Option<(usize, &'static str)>,
    /// Whether the text becomes YAML later only, such as by another language's braces: its lines say nothing.
    is_foreign: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Where a node can begin.
    Start,
    Plain,
    Single,
    Double,
    /// Behind a closing quote or bracket.
    Closed,
    Comment,
    /// In the lines of a block scalar, or on the line that announces it.
    Block,
}

/// A `[` or `{` that is open.
#[derive(Debug)]
struct Bracket {
    at: usize,
    /// Whether the entry in it has its key.
    has_key: bool,
}

const IN_QUOTES: &str = "put the whole value in one pair of double quotes";
const NEEDS_KEY: &str = "write KEY: before it, with a blank behind the :";
const NO_TAG: &str = "leave out the tag before it, or write !!str";
const NO_TAB: &str = "write spaces instead of the tab";
const INDENTATION: &str = "indent it as what stands around it";

impl<'t> Yaml<'t> {
    pub(super) fn new(file: SourceText<'t>) -> Self {
        let is_marked = file.text.starts_with(b"\xef\xbb\xbf");
        let mut yaml = Self {
            file,
            at: if is_marked { 3 } else { 0 },
            state: State::Start,
            begun: 0,
            indent: 0,
            block: None,
            open: Vec::new(),
            is_tagged: false,
            property_end: None,
            line: 0,
            first: 0,
            is_own_line: false,
            is_behind_nothing: false,
            escape_end: 0,
            blocks: Blocks::new(),
            column: None,
            bad_node: None,
            bad_entry: None,
            placed: None,
            misplaced: None,
            is_foreign: false,
        };
        yaml.begin_line();
        yaml
    }

    fn check(&self) -> anyhow::Result<()> {
        match self.misplaced {
            None => Ok(()),
            Some((at, hint)) => {
                let message = "in YAML, no text can stand here";
                Err(self.file.error(at, message, hint))
            }
        }
    }

    /// This entry is not YAML: if it has a placeholder, that is an error.
    fn misfit(&mut self, hint: &'static str) {
        match self.placed {
            _ if self.is_foreign => {}
            Some(at) => _ = self.misplaced.get_or_insert((at, hint)),
            None => _ = self.bad_entry.get_or_insert(hint),
        }
    }

    /// What stands before a secret that ends at `end`.
    fn begun(&self, end: usize) -> Begun {
        let after = self.file.text.get(end);
        let is_alone = after.is_none_or(|next| b" \t\r\n,]}".contains(next));
        let before = match self.state {
            State::Start if self.is_tagged => return Begun::Tag,
            State::Start => return Begun::Not { is_alone },
            // Its beginning says it, and is not read again and again.
            _ => {
                let text = &self.file.text[self.begun..self.at];
                String::from_utf8_lossy(&text[..text.len().min(64)])
            }
        };
        match self.is_tagged && !before.is_empty() {
            true => Begun::Text,
            false => Begun::by(&before),
        }
    }

    fn rest(&self) -> &'t [u8] {
        &self.file.text[self.at..]
    }

    fn begin(&mut self, state: State) {
        if self.open.is_empty() {
            self.blocks.node();
            self.mark_column();
        }
        self.state = state;
        self.begun = self.at;
    }

    /// Where the node could begin that stands here.
    fn mark_column(&mut self) -> usize {
        *self.column.get_or_insert(self.at - self.line)
    }

    fn step(&mut self) {
        let rest = self.rest();
        let byte = rest[0];
        if byte == b'\n' {
            self.at += 1;
            return self.begin_line();
        }
        match self.state {
            State::Comment | State::Block => {}
            State::Single if rest.starts_with(b"''") => self.at += 1,
            State::Single if byte == b'\'' => self.state = State::Closed,
            State::Double if byte == b'\\' => {
                if !is_escape(rest, b"0abt\tnvfre \"/\\N_LPxuU\r\n") {
                    self.misfit(BACKSLASH);
                }
                self.escape_end = self.at + escape_length(rest);
                let is_next_seen = matches!(rest.get(1), None | Some(b'\n' | b'{'));
                self.at += usize::from(!is_next_seen);
            }
            State::Double if byte == b'"' => self.state = State::Closed,
            State::Single | State::Double => {}
            State::Start | State::Plain | State::Closed => return self.step_outside(rest),
        }
        self.at += 1;
    }

    /// Goes over what stands outside of quotes and blocks.
    fn step_outside(&mut self, rest: &'t [u8]) {
        let is_start = self.state == State::Start;
        let is_in_flow = !self.open.is_empty();
        let is_end = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let is_behind_blank = self.at == 0 || is_end(self.file.text.get(self.at - 1));
        match rest[0] {
            // The braces of another language may become anything.
            b'{' | b'<' if is_foreign(rest) => {
                self.is_foreign = true;
                self.state = State::Plain;
                self.at += foreign(rest).unwrap_or(1);
                self.begun = self.at;
                return;
            }
            b'#' if is_behind_blank => {
                self.is_own_line = self.at == self.first;
                self.is_behind_nothing = !self.is_own_line && self.has_no_value();
                self.state = State::Comment;
            }
            b':' if is_end(rest.get(1)) || is_in_flow && self.is_key_in_brackets(rest) => {
                self.key();
            }
            b',' if is_in_flow => self.end_in_brackets(),
            close @ (b']' | b'}') if is_in_flow => {
                self.end_in_brackets();
                let bracket = self.open.pop().expect("one is open");
                if self.file.text[bracket.at] + 2 != close {
                    self.misfit(IN_QUOTES);
                }
                self.begun = bracket.at;
                self.state = State::Closed;
            }
            b'\t' => self.misfit(NO_TAB),
            b' ' | b'\r' => {}
            _ if self.state == State::Closed => self.misfit(IN_QUOTES),
            _ if !is_start => {}
            b'[' | b'{' => {
                self.begin(State::Start);
                self.open.push(Bracket {
                    at: self.at,
                    has_key: false,
                });
                self.start();
            }
            b'-' if is_end(rest.get(1)) => {
                let column = self.mark_column();
                self.column = None;
                self.indent = column as isize;
                if is_in_flow || !self.blocks.dash(column) {
                    self.misfit(IN_QUOTES);
                }
            }
            // A key of any form, which is not followed.
            b'?' if is_end(rest.get(1)) => {
                self.is_foreign = true;
            }
            b'&' | b'!' => {
                let others: &[u8] = match rest.starts_with(b"!<") {
                    true => b"{}",
                    false => b",[]{}",
                };
                let is_part = |byte: &&u8| !byte.is_ascii_whitespace() && !others.contains(*byte);
                let length = rest.iter().take_while(is_part).count();
                let property = &rest[..length];
                self.is_tagged |= property == b"!!str";
                if property.starts_with(b"!!") && !self.is_tagged || property.starts_with(b"!<") {
                    self.bad_node = Some(NO_TAG);
                }
                self.mark_column();
                self.at += length;
                self.property_end = Some(self.at);
                return;
            }
            b'\'' => self.begin(State::Single),
            b'"' => self.begin(State::Double),
            b'|' | b'>' if !is_in_flow && is_block(&rest[1..]) => {
                let digit = rest[1..].iter().take(2).find(|byte| byte.is_ascii_digit());
                let further = digit.map(|digit| isize::from(digit - b'0'));
                self.block = further.map(|further| self.indent.max(0) + further);
                self.begin(State::Block);
            }
            byte => {
                if b"*@`|>%,]}".contains(&byte) {
                    self.bad_node = Some(IN_QUOTES);
                }
                self.begin(State::Plain);
            }
        }
        self.at += 1;
    }

    /// Whether nothing stands here for a value, or an empty one.
    fn has_no_value(&self) -> bool {
        match self.state {
            State::Start => self.open.last().is_none_or(|bracket| bracket.has_key),
            State::Plain | State::Closed => {
                let value = self.file.text[self.begun..self.at].trim_ascii_end();
                [&b"''"[..], b"\"\"", b"~", b"null"].contains(&value)
            }
            _ => false,
        }
    }

    /// Whether the `:` that stands here in brackets ends a key, though no blank follows.
    fn is_key_in_brackets(&self, rest: &[u8]) -> bool {
        let is_sign = |next: &u8| b",[]{}".contains(next);
        self.state == State::Closed
            || rest.get(1).is_some_and(is_sign) && !rest[1..].starts_with(b"{{")
    }

    /// At the `:` behind a key.
    fn key(&mut self) {
        let is_allowed = match self.open.last_mut() {
            Some(bracket) => !std::mem::replace(&mut bracket.has_key, true),
            None => {
                let column = self.column.unwrap_or_default();
                self.indent = column as isize;
                self.blocks.key(column) && self.begun >= self.line
            }
        };
        if !is_allowed {
            self.misfit(IN_QUOTES);
        }
        self.start();
    }

    /// At the end of an entry in brackets.
    fn end_in_brackets(&mut self) {
        let Some(bracket) = self.open.last_mut() else {
            return;
        };
        let has_key = std::mem::take(&mut bracket.has_key);
        let is_empty = self.state == State::Start;
        let needs_key = self.file.text[bracket.at] == b'{' && !has_key && !is_empty;
        if needs_key && self.placed.is_some_and(|at| at >= self.begun) {
            self.misfit(NEEDS_KEY);
        }
        self.start();
    }

    fn start(&mut self) {
        self.state = State::Start;
        self.bad_node = None;
        self.is_tagged = false;
    }

    /// At the first byte of a line: what goes on from the one before.
    fn begin_line(&mut self) {
        let rest = self.rest();
        let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
        let is_blank = matches!(rest.get(spaces), None | Some(b'\r' | b'\n'));
        self.line = self.at;
        self.first = self.at + blanks(rest);
        let column = spaces as isize;
        let is_inside = column > self.indent && !is_marker(rest);
        match self.state {
            State::Single | State::Double => return,
            State::Block | State::Plain if is_blank => return,
            State::Block if is_inside && column >= *self.block.get_or_insert(column) => return,
            // A line of another language's braces alone is no scalar.
            State::Plain if !self.open.is_empty() || is_inside && self.begun < self.at - 1 => {
                return;
            }
            State::Closed if !self.open.is_empty() => return,
            _ => self.state = State::Start,
        }
        let is_comment = self.file.text.get(self.first) == Some(&b'#');
        if !self.open.is_empty() || is_blank || is_comment {
            return;
        }
        self.begin_entry(spaces);
        self.at += spaces;
    }

    /// At a line outside of brackets, which goes on with nothing before it.
    fn begin_entry(&mut self, spaces: usize) {
        let rest = self.rest();
        if !self.blocks.end() {
            self.misfit(NEEDS_KEY);
        }
        self.column = None;
        self.indent = spaces as isize;
        let is_document = is_marker(rest);
        let sign = &rest[spaces..];
        let is_dash = sign[0] == b'-' && sign.get(1).is_none_or(u8::is_ascii_whitespace);
        let is_allowed = is_document || self.blocks.line(spaces, is_dash);
        let misfit = (!is_allowed && !is_foreign(sign)).then_some(INDENTATION);
        // Text without a placeholder that is no YAML may become it later.
        self.is_foreign |= self.bad_entry.take().is_some();
        // The line before could be the one with the wrong indentation.
        if let Some(hint) = misfit {
            self.misfit(hint);
            self.placed = None;
            self.misfit(hint);
        }
        self.placed = None;
        match self.blocks.is_wanted() {
            // A scalar goes on in lines that are indented like this one.
            true => self.indent = self.blocks.column().map_or(-1, |column| column as isize),
            false => self.start(),
        }
        if is_document {
            self.indent = -1;
            self.blocks = Blocks::behind_marker();
            self.at += 3;
        }
    }
}

impl Syntax for Yaml<'_> {
    fn pass(&mut self, to: usize) {
        while self.at < to {
            self.step();
        }
    }

    fn is_comment(&self) -> bool {
        self.state == State::Comment && self.is_own_line
    }

    fn site(&mut self, end: usize) -> anyhow::Result<Site> {
        if self.state == State::Comment {
            if self.is_behind_nothing {
                return Err(behind_nothing(&self.file, self.at, "#"));
            }
        } else {
            self.placed = Some(self.at);
            let hint = match self.state {
                State::Start if self.property_end == Some(self.at) => Some(IN_QUOTES),
                State::Closed => Some(IN_QUOTES),
                _ => self.bad_node,
            };
            if let Some(hint) = hint {
                self.misplaced.get_or_insert((self.at, hint));
            }
            if let Some(hint) = self.bad_entry {
                self.misfit(hint);
            }
        }
        self.check()?;
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
        let (before, after) = self.file.text.split_at(end);
        let after = after.iter().find(|byte| !is_blank(byte));
        let before = before[..self.at].iter().rfind(|byte| !is_blank(byte));
        let is_end = |byte: Option<&u8>| matches!(byte, None | Some(b'\n'));
        let context = match self.state {
            _ if self.at < self.escape_end => Context::Escape,
            State::Single => Context::YamlSingle,
            State::Double => Context::YamlDouble,
            State::Comment | State::Block => Context::YamlText,
            State::Start | State::Plain | State::Closed => Context::YamlPlain(self.begun(end)),
        };
        let site = Site {
            at_edge: is_end(before)
                || is_end(after) && matches!(self.state, State::Single | State::Double),
            ..Site::of(context)
        };
        // What follows belongs to it.
        if self.state == State::Start {
            self.begin(State::Plain);
        }
        self.at = end;
        Ok(site)
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        if matches!(self.state, State::Single | State::Double) {
            let hint = "put the same quote after the value";
            return Err(self.file.error(self.begun, "the quote is not closed", hint));
        }
        if !self.blocks.end() {
            self.misfit(NEEDS_KEY);
        }
        self.check()?;
        match self.open.first() {
            Some(bracket) if !self.is_foreign && self.placed.is_some() => {
                let hint = "put ] or } after the last value in it";
                Err((self.file).error(bracket.at, "the bracket is not closed", hint))
            }
            _ => Ok(()),
        }
    }
}

/// Length of the braces of another language that `text` begins with, in one line and with no others in them.
fn foreign(text: &[u8]) -> Option<usize> {
    // Not further: otherwise many of them in one line would take long.
    let text = &text[..text.len().min(256)];
    let line = &text[..memchr::memchr(b'\n', text).unwrap_or(text.len())];
    let close = match &text[..2] {
        b"{{" => b"}}",
        b"{%" => b"%}",
        b"{#" => b"#}",
        _ => b"%>",
    };
    let end = memchr::memmem::find(line, close)?;
    let is_nested = memchr::memmem::find(&line[1..end], b"{{").is_some();
    (!is_nested).then_some(end + 2)
}

/// Whether `text` begins with what no YAML begins with, but templates of other languages.
fn is_foreign(text: &[u8]) -> bool {
    matches!(text, [b'{', b'{' | b'%' | b'#', ..] | [b'<', b'%', ..])
}

/// Whether a document begins or ends with this line.
fn is_marker(line: &[u8]) -> bool {
    (line.starts_with(b"---") || line.starts_with(b"..."))
        && line.get(3).is_none_or(u8::is_ascii_whitespace)
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
