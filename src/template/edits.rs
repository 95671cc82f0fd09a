//! The lines of a KEY=value file that values go to: in the place of old ones, below a comment of their key, or at the
//! end.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Change, Label, Part, Plan,
    filter::Filter,
    key_value::Filler,
    key_value_file::{Entry, KeyValueFile},
};

impl<'t> Filler<'_, 't> {
    /// The value with its quotes.
    fn quoted(&self, number: usize, key: &'t str) -> [Part<'t>; 3] {
        let quote = Part::Text(self.values[number].quote.as_bytes());
        [quote, Part::New(key, number, Filter::Plain), quote]
    }

    /// The line that a key is in, with its new value: a comment behind it goes to a line above it.
    fn line(
        &self,
        file: &KeyValueFile<'t>,
        entry: &Entry<'t>,
        number: usize,
    ) -> anyhow::Result<Vec<Part<'t>>> {
        let key = entry.key;
        if entry.is_continued {
            let message = format!("to some readers, the line above goes on in the line of {key}");
            let hint = "remove the backslash or colon at its end";
            return Err(file.file.error(entry.key_at, message, hint));
        }
        let mut line = Vec::new();
        check_comment(file, entry)?;
        if let Some(comment) = entry.comment(file) {
            line.extend(["# ", comment, self.line_end].map(|text| Part::Text(text.as_bytes())));
        }
        let before = &file.text[entry.start..entry.value.start];
        line.push(Part::Text(before.as_bytes()));
        line.extend(self.quoted(number, key));
        Ok(line)
    }

    /// What the result is made of.
    ///
    /// # Errors
    /// A line would reach into another one.
    pub(super) fn plan(self) -> anyhow::Result<Plan<'t>> {
        let into = self.recipes.into;
        // The text that takes the place of a range, and its new key.
        let mut edits: Vec<(Range<usize>, Vec<Part<'t>>, Option<Change<'t>>)> = Vec::new();
        for entry in &into.entries {
            let last = self.recipes.present[entry.key];
            let counts = last.start == entry.start;
            let change = |value| {
                counts.then_some(Change {
                    label: Label::Key(entry.key),
                    value,
                })
            };
            let Some(&number) = self.number_of.get(entry.key) else {
                if self.recipes.is_new && counts {
                    edits.push((entry.start..entry.start, Vec::new(), change(None)));
                }
                continue;
            };
            let is_other = !counts
                && !self.recipes.is_of_template(entry)
                && !entry.is_empty(into)?
                && entry.inside(into) != last.inside(into);
            if is_other {
                let message = format!("{} has another value here than below", entry.key);
                let hint = "remove one of the lines";
                return Err(into.file.error(entry.key_at, message, hint));
            }
            let line = self.line(into, entry, number)?;
            // To a shell, a return would be a part of the value.
            let is_return = self.line_end == "\n" && into.text[entry.end..].starts_with('\r');
            let end = entry.end + usize::from(is_return);
            edits.push((entry.start..end, line, change(Some(number))));
        }
        let mut end = Vec::new();
        let mut is_line_open = !matches!(into.text, "" | "\u{feff}") && !into.text.ends_with('\n');
        let mut is_continued = into.is_open;
        let room: BTreeMap<&str, usize> = into.commented.iter().copied().collect();
        let export = !into.entries.is_empty()
            && into
                .entries
                .iter()
                .all(|entry| into.text[entry.start..entry.key_at].contains("export"));
        let wanted = self.recipes.template.entries.iter();
        let wanted = wanted.filter(|entry| self.recipes.wanted[entry.key].start == entry.start);
        let wanted = wanted.map(|entry| (self.recipes.template, entry));
        let options = self.recipes.asked.iter().filter_map(|key| {
            let recipe = self.recipes.by_key[key];
            let is_new = !self.recipes.wanted.contains_key(key);
            (recipe.is_option && is_new).then_some((recipe.file, recipe.entry))
        });
        for (file, entry) in wanted.chain(options) {
            let key = entry.key;
            if self.recipes.present.contains_key(key) {
                continue;
            }
            let value = self.number_of.get(key).copied();
            let has_export = file.text[entry.start..entry.key_at].contains("export");
            let mut line = match value {
                Some(number) => self.line(file, entry, number)?,
                None => {
                    check_comment(file, entry)?;
                    added_as_it_is(file, entry)
                }
            };
            if export && !has_export {
                let at = value.map_or(0, |_| line.len() - 4);
                line.insert(at, Part::Text(b"export "));
            }
            line.push(Part::Text(self.line_end.as_bytes()));
            let label = Label::Key(key);
            let change = Change { label, value };
            if let Some(&at) = room.get(key)
                && into.text[..at].ends_with('\n')
            {
                edits.push((at..at, line, Some(change)));
                continue;
            }
            if std::mem::take(&mut is_line_open) {
                end.push(Part::Text(self.line_end.as_bytes()));
            }
            if std::mem::take(&mut is_continued) {
                end.push(Part::Text(self.line_end.as_bytes()));
            }
            let comments = &file.text[entry.comments..entry.start];
            end.extend(self.lines(comments).map(|line| Part::Text(line.as_bytes())));
            end.extend(line);
            edits.push((
                into.text.len()..into.text.len(),
                std::mem::take(&mut end),
                Some(change),
            ));
        }
        // A new line stands before the line that begins there.
        edits.sort_by_key(|(range, ..)| (range.start, range.end));
        let mut plan = Plan::default();
        let mut next = 0;
        for (range, parts, change) in edits {
            plan.result
                .push(Part::Text(&into.file.text[next..range.start]));
            plan.result.extend(parts);
            plan.changes.extend(change);
            next = range.end;
        }
        plan.result.push(Part::Text(&into.file.text[next..]));
        plan.new_values = self.values.into_iter().map(|value| value.parts).collect();
        Ok(plan)
    }
}

/// The line of a template that has no placeholder. Its value gets quotes where some shell would read no further; not an
/// array.
fn added_as_it_is<'t>(file: &KeyValueFile<'t>, entry: &Entry<'t>) -> Vec<Part<'t>> {
    let value = &file.text[entry.value.clone()];
    let is_broken = entry.quote.is_empty()
        && entry.check_agreed(file).is_err()
        && value.contains(['(', ')', '<', '>', '&', '~', '{', '*', '='])
        && !value.contains(['\'', '`', '$', '\\'])
        && !value.starts_with(['(', '"']);
    let parts = match is_broken {
        false => vec![&file.text[entry.start..entry.end]],
        true => vec![
            &file.text[entry.start..entry.value.start],
            "'",
            entry.inside(file),
            "'",
            &file.text[entry.value.end..entry.end],
        ],
    };
    parts
        .into_iter()
        .map(|part| Part::Text(part.as_bytes()))
        .collect()
}

/// Refuses a comment behind a value that would go on in the line below, where another line will stand.
fn check_comment(file: &KeyValueFile<'_>, entry: &Entry<'_>) -> anyhow::Result<()> {
    let comment = entry.comment(file).unwrap_or_default();
    let backslashes = comment.len() - comment.trim_end_matches('\\').len();
    if backslashes % 2 == 1 {
        let message = format!(
            "the comment behind {} would go on in the line below",
            entry.key
        );
        let hint = "remove the backslash at its end";
        return Err(file.file.error(entry.end - 1, message, hint));
    }
    Ok(())
}
