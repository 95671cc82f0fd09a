//! The values of other files, which are only read: `--values`.

use std::{collections::BTreeMap, rc::Rc};

use super::{key_value_file::KeyValueFile, source_text::SourceText, survival::Url};
use crate::{
    chars::{LARGEST_INTEGER, Shape},
    error::Error,
};

/// Keys and values of KEY=value files.
#[derive(Default)]
pub(super) struct Values<'t> {
    files: Vec<KeyValueFile<'t>>,
    /// The entry of each key that counts, the last one, by the number of its file; none in a line of another form.
    entries: BTreeMap<(&'t str, usize), Option<usize>>,
    /// Lines that could set a key once more, by their numbers.
    unclear: BTreeMap<(&'t str, usize), usize>,
    /// What was asked for.
    known: BTreeMap<&'t str, Given<'t>>,
}

/// A value that is there.
#[derive(Clone)]
pub(super) struct Given<'t> {
    pub(super) text: &'t str,
    pub(super) shape: Rc<Shape>,
    /// Whether what follows it is in a URL.
    pub(super) is_url: bool,
}

impl<'t> Given<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let integer = text.parse::<i64>().ok();
        let integer = integer.filter(|integer| integer.unsigned_abs() <= LARGEST_INTEGER);
        let shape = Rc::new(Shape {
            is_integer: integer.is_some_and(|integer| integer.to_string() == text),
            ..Shape::of(text)
        });
        Self {
            text,
            shape,
            is_url: Url::is_open_behind(text),
        }
    }
}

impl<'t> Values<'t> {
    /// Reads the files.
    ///
    /// # Errors
    /// One of them cannot be understood.
    pub(super) fn read(files: &[SourceText<'t>]) -> anyhow::Result<Self> {
        let mut values = Self::default();
        for (number, file) in files.iter().enumerate() {
            let file = KeyValueFile::read(*file)?;
            for (at, entry) in file.entries.iter().enumerate() {
                values.entries.insert((entry.key, number), Some(at));
            }
            for key in file.others.iter().filter_map(|other| other.key) {
                values.entries.entry((key, number)).or_insert(None);
            }
            for (at, line) in file.lines().enumerate() {
                let keys = line.others_set().map(|key| ((key, number), at));
                values.unclear.extend(keys);
            }
            values.files.push(file);
        }
        Ok(values)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether one of the files has `key`, with or without a value.
    pub(super) fn has(&self, key: &str) -> bool {
        (0..self.files.len()).any(|number| self.entries.contains_key(&(key, number)))
    }

    /// The value of `key`, which one of the files has.
    ///
    /// # Errors
    /// It has none, or several; or the readers disagree about it.
    pub(super) fn get(&mut self, key: &'t str) -> anyhow::Result<&Given<'t>> {
        if !self.known.contains_key(key) {
            let text = self.look_up(key)?;
            self.known.insert(key, Given::of(text));
        }
        Ok(&self.known[key])
    }

    fn look_up(&self, key: &str) -> anyhow::Result<&'t str> {
        let mut found: Option<(&str, &str)> = None;
        for (number, file) in self.files.iter().enumerate() {
            let unclear = self.unclear.get(&(key, number));
            if let Some(line) = unclear.and_then(|at| file.lines().nth(*at)) {
                return Err(line.unclear(key));
            }
            let Some(entry) = self.entries.get(&(key, number)).copied().flatten() else {
                continue;
            };
            let entry = &file.entries[entry];
            let text = match entry.is_empty(file)? {
                true => "",
                false => entry.given(file)?,
            };
            let refuse = |why: &str, hint: &str| {
                Err(file.file.error(entry.key_at, format!("{key} {why}"), hint))
            };
            if text.is_empty() {
                return refuse("is empty", "give it a value first");
            }
            if text.contains("{{") {
                return refuse("has a placeholder", "give it a value first");
            }
            match found {
                Some((name, other)) if other != text => {
                    let why = format!("has another value than in {name}");
                    return refuse(&why, "leave out one of the files, or give both one value");
                }
                _ => found = Some((file.file.name, text)),
            }
        }
        match found {
            Some((_, text)) => Ok(text),
            None => Err(Error::usage(format!("no file of --values has {key}")).into()),
        }
    }
}
