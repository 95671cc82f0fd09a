//! What a KEY=value file is asked for: the keys that are made, by the template or by an option, and whether that can be.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Generate, Generator,
    filter::Filter,
    key_value_file::{Entry, KeyValueFile, Piece, expanded},
    option::OptionRecipe,
    placeholder::{Placeholder, is_name_of_key},
    source_text::SourceText,
    survival::{Context, Site, Url},
    value_files::Values,
};
use crate::error::Error;

/// What a file is filled in from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inputs<'a, 't> {
    /// TEMPLATE, if there is one.
    pub(crate) template: Option<SourceText<'t>>,
    /// What FILE holds. Without one, the template itself is filled in.
    pub(crate) original: Option<SourceText<'t>>,
    /// Whether both are one file, so that its values are no examples.
    pub(crate) is_same: bool,
    /// Keys that are made by an option, whatever the template has.
    pub(crate) options: &'a [OptionRecipe<'t>],
    /// KEY=value files whose values can be referred to.
    pub(crate) values: &'a [SourceText<'t>],
    /// Keys that get a new value although they have one.
    pub(crate) rotate: &'t [String],
}

/// The keys that are made, and the files that they are made from and for.
pub(super) struct Recipes<'a, 't> {
    pub(super) inputs: Inputs<'a, 't>,
    pub(super) template: &'a KeyValueFile<'t>,
    /// The file that is filled in: the original, or the template.
    pub(super) into: &'a KeyValueFile<'t>,
    pub(super) is_new: bool,
    /// The entry of each key that counts: the last one.
    pub(super) present: BTreeMap<&'t str, &'a Entry<'t>>,
    pub(super) wanted: BTreeMap<&'t str, &'a Entry<'t>>,
    /// Whether the template has placeholders with commands.
    pub(super) has_commands: bool,
    /// How keys are made, and in which order they were asked for.
    pub(super) by_key: BTreeMap<&'t str, Recipe<'a, 't>>,
    pub(super) asked: Vec<&'t str>,
    /// Keys with what the template has for them, as it is read, where that is no value.
    pub(super) examples: BTreeSet<(&'t str, &'t str)>,
    /// What was understood, by the words of the command.
    pub(super) generators: BTreeMap<&'t str, Generator>,
    pub(super) values: Values<'t>,
}

/// How a key is made: by an entry with placeholders.
#[derive(Clone, Copy)]
pub(super) struct Recipe<'a, 't> {
    pub(super) file: &'a KeyValueFile<'t>,
    pub(super) entry: &'a Entry<'t>,
    /// Whether an option says it, and not the template.
    pub(super) is_option: bool,
}

/// What a reference leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Referent {
    /// A key of the file.
    Own,
    /// A key of another file.
    Other,
}

/// The error about a key to be renewed that neither a template nor an option makes.
pub(super) fn unknown_recipe(key: &str) -> Error {
    Error::usage_hint(
        format!("--rotate '{key}': nothing says how it is made"),
        format!("give -g, as in -g {key}='hex 32' or -g {key}=password"),
    )
}

fn last_entries<'a, 't>(file: &'a KeyValueFile<'t>) -> BTreeMap<&'t str, &'a Entry<'t>> {
    let entries = file.entries.iter();
    entries.map(|entry| (entry.key, entry)).collect()
}

impl<'a, 't> Recipes<'a, 't> {
    /// Reads the keys that are asked for, and how they are made.
    ///
    /// # Errors
    /// It is nothing, or cannot be done.
    pub(super) fn new(
        inputs: Inputs<'a, 't>,
        template: &'a KeyValueFile<'t>,
        original: Option<&'a KeyValueFile<'t>>,
        generate: &mut Generate<'_>,
    ) -> anyhow::Result<Self> {
        let into = original.unwrap_or(template);
        let mut recipes = Self {
            inputs,
            template,
            into,
            is_new: original.is_none(),
            present: last_entries(into),
            wanted: last_entries(template),
            has_commands: template
                .entries
                .iter()
                .any(|entry| entry.command().is_some()),
            by_key: BTreeMap::new(),
            asked: Vec::new(),
            examples: BTreeSet::new(),
            generators: BTreeMap::new(),
            values: Values::read(inputs.values)?,
        };
        recipes.find()?;
        recipes.check_lines()?;
        recipes.understand(generate)?;
        recipes.check_rotate()?;
        Ok(recipes)
    }

    /// Whether `{{ key }}` can stand for a value.
    pub(super) fn is_key(&self, key: &str) -> bool {
        self.wanted.contains_key(key)
            || self.present.contains_key(key)
            || self.values.has(key)
            || self.by_key.contains_key(key)
    }

    /// Whether braces are a placeholder of ours, and not text of another language.
    pub(super) fn is_ours(&self, placeholder: Placeholder<'_>) -> bool {
        match placeholder {
            Placeholder::Command(..) => true,
            // Written for this program, or as the names of keys mostly are.
            Placeholder::Key(_, Some(Filter::Plain)) if self.has_commands => true,
            Placeholder::Key(key, filter) => {
                filter.is_some() && is_name_of_key(key) || self.is_key(key)
            }
        }
    }

    fn has_placeholder(&self, entry: &Entry<'t>) -> bool {
        let mut placeholders = entry.placeholders();
        placeholders.any(|(placeholder, _)| self.is_ours(placeholder))
    }

    /// The keys that are made. What the template has for one of an option, is an example.
    fn find(&mut self) -> anyhow::Result<()> {
        let options = self.inputs.options;
        for option in options {
            let (file, entry) = (&option.file, option.entry());
            let recipe = Recipe {
                file,
                entry,
                is_option: true,
            };
            if self.by_key.insert(entry.key, recipe).is_some() {
                let message = format!("-g {}: it is given twice", entry.key);
                return Err(Error::usage_hint(message, "leave out one of them").into());
            }
        }
        for option in options {
            let file = &option.file;
            for (placeholder, at) in option.entry().placeholders() {
                if !self.is_ours(placeholder) {
                    let hint = "write it as the file has it; a command begins with mksecret";
                    let message = "it refers to a key that is not there";
                    return Err(file.file.error(at, message, hint));
                }
            }
        }
        for entry in &self.template.entries {
            let (key, file) = (entry.key, self.template);
            let is_option = self.by_key.get(key).is_some_and(|recipe| recipe.is_option);
            let has_placeholder = self.has_placeholder(entry);
            if is_option && !self.inputs.is_same || has_placeholder {
                self.examples.insert((key, entry.inside(file)));
            }
            if is_option || !has_placeholder {
                continue;
            }
            if !self.has_placeholder(self.wanted[key]) {
                return Err(file.file.error(
                    entry.key_at,
                    format_args!("{key} is set again below, and the last line counts"),
                    "remove one of the lines",
                ));
            }
            let entry = self.wanted[key];
            let recipe = Recipe {
                file,
                entry,
                is_option: false,
            };
            if self.by_key.insert(key, recipe).is_none() {
                self.asked.push(key);
            }
        }
        self.asked
            .extend(options.iter().map(|option| option.entry().key));
        Ok(())
    }

    /// Understands each command, and refuses what would not survive.
    fn understand(&mut self, generate: &mut Generate<'_>) -> anyhow::Result<()> {
        let template = (self.template.entries.iter()).filter(|entry| {
            let recipe = self.by_key.get(entry.key);
            recipe.is_some_and(|recipe| !recipe.is_option)
        });
        let template = template.map(|entry| Recipe {
            file: self.template,
            entry,
            is_option: false,
        });
        let of_options = self
            .by_key
            .values()
            .copied()
            .filter(|recipe| recipe.is_option);
        let recipes: Vec<Recipe<'a, 't>> = template.chain(of_options).collect();
        for recipe in recipes {
            let Recipe { file, entry, .. } = recipe;
            for (placeholder, at) in entry.placeholders() {
                if let Placeholder::Command(words, _) = placeholder {
                    let understood = generate(words);
                    let generator =
                        understood.map_err(|error| error.context(file.file.location(at)))?;
                    self.generators.insert(words, generator);
                }
            }
            for (piece, site) in self.sites(recipe, self.quote(recipe)) {
                if let Piece::Placeholder(Placeholder::Command(words, filter), at, _) = piece {
                    let shape = &self.generators[words].shape;
                    (site.takes(shape, filter, file.file.is_quotable()))
                        .map_err(|lost| file.file.error(at, lost.message, lost.hint))?;
                }
            }
            if self.has_placeholder(entry) {
                entry.check_agreed(file)?;
                let has_braces = |(piece, _): (Piece<'t>, Site)| matches!(piece, Piece::Text(text) if text.contains("{{"));
                if self.sites(recipe, "").into_iter().any(has_braces) {
                    return Err(file.file.error(
                        entry.value.start,
                        "a value with a placeholder can have no other {{",
                        "put one of them into a key of its own",
                    ));
                }
            }
        }
        Ok(())
    }

    /// The quotes that the value of a recipe stands in. The value of an option gets some where it needs them.
    pub(super) fn quote(&self, recipe: Recipe<'a, 't>) -> &'static str {
        let takes = |quote| {
            self.sites(recipe, quote)
                .into_iter()
                .all(|(piece, site)| match piece {
                    Piece::Placeholder(Placeholder::Command(words, filter), ..) => site
                        .takes(&self.generators[words].shape, filter, false)
                        .is_ok(),
                    _ => true,
                })
        };
        match recipe.is_option && recipe.entry.quote.is_empty() && !takes("") {
            true => "'",
            false => recipe.entry.quote,
        }
    }

    /// The pieces of a recipe, and where each stands if its value stands in `quote`.
    pub(super) fn sites(&self, recipe: Recipe<'a, 't>, quote: &str) -> Vec<(Piece<'t>, Site)> {
        let mut site = Site {
            context: match quote {
                "'" => Context::Single,
                "\"" => Context::Double,
                _ => Context::Bare,
            },
            in_url: false,
            at_start: true,
            at_edge: false,
        };
        let mut url = Url::default();
        let mut sites = Vec::with_capacity(recipe.entry.pieces.len());
        for piece in &recipe.entry.pieces {
            let piece = match *piece {
                Piece::Placeholder(found, at, end) if !self.is_ours(found) => {
                    Piece::Text(&recipe.file.text[at..end])
                }
                piece => piece,
            };
            sites.push((piece, site));
            match piece {
                Piece::Text(text) => {
                    url.pass(text.as_bytes());
                    site.in_url = url.is_open();
                    site.at_start = text.ends_with(':');
                }
                Piece::Placeholder(Placeholder::Command(words, _), ..) => {
                    let generator = self.generators.get(words);
                    site.at_start =
                        generator.is_some_and(|generator| generator.shape.all.contains(':'));
                }
                // What a key has is not known yet.
                Piece::Placeholder(..) => site.at_start = true,
            }
        }
        sites
    }

    /// Which value `{{ key }}` at `at` stands for in `recipe`.
    pub(super) fn referent(
        &self,
        recipe: Recipe<'a, 't>,
        key: &str,
        at: usize,
    ) -> anyhow::Result<Referent> {
        let own = recipe.entry.key;
        let is_there = self.by_key.contains_key(key)
            || self.present.contains_key(key)
            || self.wanted.contains_key(key);
        if key != own && is_there {
            return Ok(Referent::Own);
        }
        if self.values.has(key) {
            return Ok(Referent::Other);
        }
        let file = &recipe.file.file;
        let (what, hint) = match key == own {
            true => (
                format!("{key} would be made of itself"),
                "one of the keys has to have a value of its own, or --values names a file that has it",
            ),
            false if file.is_quotable() => (
                format!("there is no key {key}"),
                "write it as the file has it; a command begins with mksecret",
            ),
            false => (
                "it refers to a key that is not there".into(),
                "write it as the file has it; a command begins with mksecret",
            ),
        };
        Err(file.error(at, what, hint))
    }

    /// Whether a value of other files is a part of it.
    pub(super) fn is_of_values(&self, recipe: Recipe<'a, 't>) -> bool {
        recipe
            .entry
            .placeholders()
            .any(|(placeholder, at)| match placeholder {
                Placeholder::Key(key, _) => {
                    let referent = self.referent(recipe, key, at);
                    referent.is_ok_and(|referent| referent == Referent::Other)
                }
                Placeholder::Command(..) => false,
            })
    }

    /// Where the first placeholder is that `entry`, of the file that is filled in, still has: a command, or a key that
    /// there is. Other braces are those of another language, whatever the template has.
    pub(super) fn unfilled(&self, entry: &Entry<'t>) -> Option<usize> {
        let mut placeholders = entry.placeholders();
        placeholders.find_map(|(placeholder, at)| {
            let is_known = match placeholder {
                Placeholder::Command(..) => true,
                Placeholder::Key(key, _) => self.is_key(key),
            };
            is_known.then_some(at)
        })
    }

    /// Whether `entry`, of the file that is filled in, has what the template has, or a placeholder.
    pub(super) fn is_of_template(&self, entry: &Entry<'t>) -> bool {
        let inside = entry.inside(self.into);
        self.unfilled(entry).is_some() || self.examples.contains(&(entry.key, inside))
    }

    fn check_rotate(&self) -> Result<(), Error> {
        for key in self.inputs.rotate {
            let refuse = |why: String, hint: String| {
                Err(Error::usage_hint(format!("--rotate '{key}': {why}"), hint))
            };
            let name = self.template.file.name;
            if self.is_new {
                let hint = "leave --rotate out: the first run generates every value";
                return refuse("the file does not exist yet".into(), hint.into());
            }
            if !self.present.contains_key(key.as_str()) {
                if self.values.has(key) {
                    let hint = "rotate it there, and then what refers to it here";
                    return refuse("it is a key of --values".into(), hint.into());
                }
                let why = format!("{} has no such key", self.into.file.name);
                let hint = "a key that is missing is generated without --rotate";
                return refuse(why, hint.into());
            }
            let Some(recipe) = self.by_key.get(key.as_str()) else {
                return match self.inputs.template {
                    Some(_) => refuse(
                        format!("{name} has no placeholder for it"),
                        format!("write {key}={{{{ mksecret … }}}} there, or give -g {key}=…"),
                    ),
                    None => Err(unknown_recipe(key)),
                };
            };
            if recipe.entry.command().is_none() && !self.is_of_values(*recipe) {
                return refuse(
                    match recipe.is_option {
                        true => "it is made of other keys".into(),
                        false => format!("{name} makes it of other keys"),
                    },
                    "rotate a key that it refers to".into(),
                );
            }
        }
        Ok(())
    }

    /// The keys that recipes refer to, or values by `$KEY`.
    pub(super) fn referred(&self) -> BTreeSet<&'t str> {
        let recipes = self.by_key.values();
        let placeholders = recipes.flat_map(|recipe| recipe.entry.placeholders());
        let by_placeholder = placeholders.filter_map(|(placeholder, _)| match placeholder {
            Placeholder::Key(key, _) => Some(key),
            Placeholder::Command(..) => None,
        });
        let files = [self.template, self.into].into_iter();
        let texts = files.flat_map(|file| {
            let entries = file.entries.iter().map(|entry| entry.raw(file));
            entries.chain(file.others.iter().map(|other| other.text))
        });
        let by_name = texts.flat_map(expanded).map(|(_, name)| name);
        by_placeholder.chain(by_name).collect()
    }

    /// The recipes, each after those that it refers to.
    pub(super) fn in_order(&self) -> anyhow::Result<Vec<Recipe<'a, 't>>> {
        let mut order = Vec::new();
        // Whether a key is in the order; if not, it is on the way there.
        let mut is_done: BTreeMap<&str, bool> = BTreeMap::new();
        for key in &self.asked {
            // No recursion: a chain of references can be as long as the file.
            let mut path = Vec::new();
            if !is_done.contains_key(key) {
                is_done.insert(key, false);
                let recipe = self.by_key[key];
                path.push((recipe, recipe.entry.placeholders()));
            }
            while let Some((recipe, placeholders)) = path.last_mut() {
                let recipe = *recipe;
                let Some((placeholder, at)) = placeholders.next() else {
                    is_done.insert(recipe.entry.key, true);
                    order.push(recipe);
                    path.pop();
                    continue;
                };
                let key = match placeholder {
                    Placeholder::Key(key, _) if self.is_ours(placeholder) => key,
                    _ => continue,
                };
                if self.referent(recipe, key, at)? == Referent::Other {
                    continue;
                }
                let Some(next) = self.by_key.get(key).copied() else {
                    continue;
                };
                match is_done.get(key) {
                    Some(true) => {}
                    Some(false) => {
                        let hint = "one of the keys has to have a value of its own";
                        let message = format!("{key} would be made of itself");
                        return Err(recipe.file.file.error(at, message, hint));
                    }
                    None => {
                        is_done.insert(key, false);
                        path.push((next, next.entry.placeholders()));
                    }
                }
            }
        }
        Ok(order)
    }
}
