//! Whether a shell ends a line where it ends: what it has begun and not ended, it looks for in the next line.

/// Commands of several words, with the word that ends them.
const COMPOUND: &[(&str, &str)] = &[
    ("if", "fi"),
    ("case", "esac"),
    ("for", "done"),
    ("select", "done"),
    ("while", "done"),
    ("until", "done"),
    ("{", "}"),
    ("function", "}"),
];

/// Words that a command follows.
const BEFORE_COMMANDS: &[&str] = &["then", "else", "elif", "do", "time", "!"];

/// What ends that which is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// A quote or bracket.
    Sign(u8),
    /// The last word of a command.
    Word(&'static str),
}

/// What a shell has begun in a line so far.
#[derive(Debug)]
pub(super) struct ShellLine<'t> {
    text: &'t str,
    /// Quotes, brackets and commands that are open, each with its place, the innermost last.
    open: Vec<(End, usize)>,
    double_quotes: usize,
    /// An operator that a command has to follow, and one that lines have to.
    operator: Option<usize>,
    document: Option<usize>,
    /// Whether a command can begin, and where its first word does.
    is_command: bool,
    word: Option<usize>,
    /// Bytes before this have been looked at.
    next: usize,
}

impl<'t> ShellLine<'t> {
    /// At the beginning of a command, or of a value.
    pub(super) fn new(text: &'t str, is_command: bool) -> Self {
        Self {
            text,
            open: Vec::new(),
            double_quotes: 0,
            operator: None,
            document: None,
            is_command,
            word: None,
            next: 0,
        }
    }

    /// Whether quotes are open.
    pub(super) fn is_quoted(&self) -> bool {
        matches!(self.open.last(), Some((End::Sign(b'\'' | b'"' | b'`'), _)))
    }

    /// Goes over the byte at `at`.
    pub(super) fn pass(&mut self, at: usize) {
        if at < self.next {
            return;
        }
        let rest = &self.text.as_bytes()[at..];
        let inner = match self.open.last() {
            Some((End::Sign(sign), _)) => *sign,
            _ => 0,
        };
        self.next = at + 1;
        if inner == b'\'' && rest[0] != inner {
            return;
        }
        if !b"'\"}".contains(&inner) {
            self.pass_command(at);
        }
        let end = match rest {
            [b'\\', ..] => {
                self.next += 1;
                return;
            }
            [byte, ..] if *byte == inner => {
                self.open.pop();
                self.double_quotes -= usize::from(inner == b'"');
                return;
            }
            [b'`', ..] => b'`',
            [b'$', b'(', ..] => b')',
            [b'$', b'{', ..] => b'}',
            _ if inner == b'"' => return,
            // In double quotes, the quote of `${X:-it's}` is none.
            [b'\'', ..] if inner == b'}' && self.double_quotes > 0 => return,
            [b'(', ..] => b')',
            [quote @ (b'\'' | b'"'), ..] => *quote,
            _ => return,
        };
        self.next += usize::from(rest[0] == b'$');
        self.double_quotes += usize::from(end == b'"');
        self.open.push((End::Sign(end), at));
    }

    /// Goes over a byte outside of quotes: commands begin behind operators, and some end with a word of their own.
    fn pass_command(&mut self, at: usize) {
        let before = at.checked_sub(1).map(|at| self.text.as_bytes()[at]);
        let rest = &self.text.as_bytes()[at..];
        match rest[0] {
            b' ' | b'\t' => self.end_word(at),
            // A comment.
            b'#' if before.is_none_or(|before| b" \t;&|()".contains(&before)) => {
                self.next = at + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            }
            sign @ (b';' | b'&' | b'|' | b'(' | b')' | b'`') => {
                self.end_word(at);
                // Not in an array, which begins behind the =.
                self.is_command = sign != b'(' || before != Some(b'=');
                let goes_on = match sign {
                    b'|' => true,
                    b'&' => matches!(before, Some(b'&' | b'|')),
                    // A function without its body, but no empty array and no command of nothing.
                    b')' => {
                        let name = self.text[..at].strip_suffix('(').unwrap_or_default();
                        !name.is_empty() && !name.ends_with(['=', '$', '<', '>'])
                    }
                    b';' => self.operator.is_some(),
                    _ => false,
                };
                self.operator = goes_on.then_some(at);
            }
            b'<' => {
                self.end_word(at);
                let signs = rest.iter().take_while(|byte| **byte == b'<').count();
                self.next = at + signs;
                // Behind brackets, it is a number that is shifted.
                if signs == 2 && self.open.is_empty() {
                    self.document = Some(at);
                }
            }
            _ => {
                self.operator = None;
                if self.is_command {
                    self.word.get_or_insert(at);
                }
            }
        }
    }

    fn end_word(&mut self, at: usize) {
        let Some(start) = self.word.take() else {
            return;
        };
        let word = &self.text[start..at];
        let end = |of: &(&str, &'static str)| (of.0 == word).then_some(of.1);
        self.is_command = true;
        if let Some(end) = COMPOUND.iter().find_map(end) {
            self.open.push((End::Word(end), start));
        } else if matches!(self.open.last(), Some((End::Word(end), _)) if *end == word) {
            self.open.pop();
        } else {
            self.is_command = BEFORE_COMMANDS.contains(&word);
        }
    }

    /// Where that begins which a shell looks for the end of behind `at`.
    pub(super) fn unfinished(mut self, at: usize) -> Option<usize> {
        self.end_word(at);
        let open = self.open.first().map(|(_, at)| *at);
        // No shell takes `<<key>>`.
        let is_example = self.text[..at].trim_end().ends_with('>');
        open.or(self.operator)
            .or(self.document.filter(|_| !is_example))
    }
}
