//! The mappings and sequences of YAML outside of brackets, as far as the columns show them.

/// Follows the entries of a text. Each step says whether YAML has such an entry there, and goes on in any case.
#[derive(Debug)]
pub(super) struct Blocks {
    /// From the outermost to the innermost.
    levels: Vec<Level>,
    /// Whether a node is still to come, and whether one was when the last one began.
    is_wanted: bool,
    was_wanted: bool,
    /// Whether a node began that is no key yet, and whether there was a key in this line.
    has_node: bool,
    has_key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    column: usize,
    is_sequence: bool,
}

impl Blocks {
    /// The start of a document.
    pub(super) fn new() -> Self {
        Self {
            levels: Vec::new(),
            is_wanted: true,
            was_wanted: false,
            has_node: false,
            has_key: false,
        }
    }

    /// Behind the `---` of a document, where no mapping or sequence can begin.
    pub(super) fn behind_marker() -> Self {
        Self {
            has_key: true,
            ..Self::new()
        }
    }

    /// Whether a node is still to come.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_wanted
    }

    /// The column of the innermost mapping or sequence.
    pub(super) fn column(&self) -> Option<usize> {
        self.levels.last().map(|level| level.column)
    }

    /// The end of an entry: a line that needs a key must have had one.
    pub(super) fn end(&self) -> bool {
        self.was_wanted || self.has_key || !self.has_node
    }

    /// A line that goes on with nothing before it, and whether `- ` stands at its column.
    pub(super) fn line(&mut self, column: usize, is_dash: bool) -> bool {
        while self.levels.last().is_some_and(|last| last.column > column) {
            self.levels.pop();
        }
        let last = self.levels.last().copied();
        self.is_wanted &= last.is_none_or(|last| {
            last.column < column || is_dash && last.column == column && !last.is_sequence
        });
        self.has_node = false;
        self.has_key = false;
        self.is_wanted || last.is_some_and(|last| last.column == column)
    }

    /// A `- `.
    pub(super) fn dash(&mut self, column: usize) -> bool {
        let level = Level {
            column,
            is_sequence: true,
        };
        let is_next = self.levels.last() == Some(&level);
        if !is_next {
            self.levels.push(level);
        }
        let is_allowed = !self.has_key && (is_next || self.is_wanted);
        self.is_wanted = true;
        is_allowed
    }

    /// The first sign of a scalar, or a bracket.
    pub(super) fn node(&mut self) {
        self.was_wanted = self.is_wanted;
        self.is_wanted = false;
        self.has_node = true;
    }

    /// The `: ` behind a node that began at this column.
    pub(super) fn key(&mut self, column: usize) -> bool {
        let level = Level {
            column,
            is_sequence: false,
        };
        // The sequence of a key may stand at the column of the key.
        if let [.., before, _] = &self.levels[..]
            && *before == level
        {
            self.levels.pop();
        }
        let is_next = self.levels.last() == Some(&level);
        let is_allowed = self.has_node && !self.has_key && (is_next || self.was_wanted);
        if !is_next {
            self.levels.push(level);
        }
        self.is_wanted = true;
        self.has_node = false;
        self.has_key = true;
        is_allowed
    }
}
