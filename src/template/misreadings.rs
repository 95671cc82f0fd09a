//! Errors in KEY=value files before anything is made: lines that are read otherwise, and placeholders that are
//! nearly one.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    key_value_file::{Form, Piece},
    near_miss::{FORM, NEARLY, near_miss, other_braces, runs_this_program},
    placeholder::{Placeholder, placeholder},
    recipes::{Recipes, unknown_recipe},
    wanting::nothing_asked,
};
use crate::error::Error;

impl Recipes<'_, '_> {
    /// Refuses lines that something is wrong with, and a template that asks for nothing.
    pub(super) fn check_lines(&self) -> anyhow::Result<()> {
        let has_own = self.by_key.values().any(|recipe| !recipe.is_option);
        for file in [self.template, self.into] {
            let is_into = std::ptr::eq(file, self.into);
            for other in &file.others {
                let is_ours = |found: &Placeholder<'_>| self.is_ours(*found);
                let is_wrong = match other.form {
                    Form::Conflict => true,
                    Form::Foreign if has_own && (!is_into || self.is_new) => true,
                    _ => {
                        std::ptr::eq(file, self.template) && other.placeholders.iter().any(is_ours)
                    }
                };
                if is_wrong {
                    return Err(file
                        .file
                        .error(other.at, "this is not KEY=value", other.hint));
                }
            }
        }
        let is_example = |key| {
            let recipe = self.by_key.get(key);
            recipe.is_some_and(|recipe| recipe.is_option)
        };
        let file = &self.template.file;
        let mut entries = self.template.entries.iter().peekable();
        for &at in &self.template.braces {
            while entries.next_if(|entry| entry.end <= at).is_some() {}
            let entry = entries.peek().filter(|entry| entry.start <= at);
            if entry.is_some_and(|entry| is_example(entry.key)) {
                continue;
            }
            if let Some(hint) = near_miss(file.text, at, |key| self.is_key(key)) {
                return Err(file.error(at, NEARLY, hint));
            }
        }
        for entry in &self.template.entries {
            if is_example(entry.key) {
                continue;
            }
            if runs_this_program(entry.raw(self.template)) {
                let hint = format!("write {}={{{{ mksecret … }}}}", entry.key);
                let message = "readers disagree about a command in a value";
                return Err(file.error(entry.value.start, message, hint));
            }
            let placeholders = entry.pieces.iter().filter_map(|piece| match piece {
                Piece::Placeholder(_, start, end) => Some(*start..*end),
                Piece::Text(_) => None,
            });
            let mut placeholders = placeholders.peekable();
            let braces = other_braces(&file.text[entry.value.clone()]);
            let mut braces = braces.iter().map(|at| entry.value.start + at);
            if let Some(at) = braces.find(|at| {
                while placeholders.next_if(|range| range.end <= *at).is_some() {}
                placeholders.peek().is_none_or(|range| !range.contains(at))
            }) {
                return Err(file.error(at, NEARLY, FORM));
            }
            let comment = entry.comment(self.template).unwrap_or_default();
            if entry.pieces.is_empty()
                && let Some(within) = comment.find("{{")
            {
                let at = entry.end - comment.len() + within;
                let found = placeholder(file, at)?;
                if found.is_some_and(|(found, _)| self.is_ours(found)) {
                    let message =
                        format!("the placeholder is in a comment, and {} empty", entry.key);
                    return Err(file.error(at, message, "remove the # before it"));
                }
            }
        }
        if self.by_key.is_empty() {
            if let Some(key) = self.inputs.rotate.first() {
                return Err(unknown_recipe(key).into());
            }
            return Err(nothing_asked(self.template));
        }
        self.check_likes()?;
        for entry in &self.into.entries {
            let key = entry.key;
            // Where nobody wrote a template for it, the braces of a key may be another language's.
            let unfilled = match self.inputs.template {
                Some(_) => self.unfilled(entry),
                None => entry.command(),
            };
            if let Some(at) = unfilled
                && !self.by_key.contains_key(key)
            {
                let by = match self.inputs.template {
                    Some(template) => format!("{} has none for {key}", template.name),
                    None => format!("no -g makes {key}"),
                };
                return Err(self.into.file.error(
                    at,
                    format_args!("the placeholder cannot be filled in: {by}"),
                    "give the key a value, or a placeholder in the template",
                ));
            }
        }
        Ok(())
    }

    /// Refuses a key of an option that is spelt otherwise in the files.
    fn check_likes(&self) -> anyhow::Result<()> {
        let files = [self.template, self.into];
        let keys = || {
            files.into_iter().flat_map(|file| {
                let commented = file.commented.iter().map(|(key, _)| *key);
                let others = file.others.iter().filter_map(|other| other.key);
                let entries = file.entries.iter().map(|entry| entry.key);
                entries.chain(commented).chain(others)
            })
        };
        let alike = |key: &str| key.replace('_', "").to_ascii_lowercase();
        let known: BTreeSet<&str> = keys().collect();
        let mut likes = BTreeMap::new();
        for option in self.inputs.options {
            if known.contains(option.entry().key) {
                continue;
            }
            if likes.is_empty() {
                likes = known.iter().map(|key| (alike(key), *key)).collect();
            }
            if let Some(like) = likes.get(&alike(option.entry().key)) {
                let key = option.entry().key;
                let message = format!("-g {key}: there is no such key, but {like}");
                return Err(Error::usage_hint(message, format!("write -g {like}=…")).into());
            }
        }
        Ok(())
    }
}
