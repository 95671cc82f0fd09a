//! KEY=value files: what an existing file lacks, is made by the template and the options; what it has, it keeps.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    Generate, Part, Plan,
    filter::Filter,
    key_value_file::{Entry, KeyValueFile, Piece},
    known::{Known, could_be},
    placeholder::{Placeholder, unknown_filter},
    recipes::{Files, Inputs, Recipe, Recipes, Source, expanded},
    source_text::{Origin, SourceText},
    survival::{Context, Rejection, Site, Url},
    value_files::Given,
};
use crate::{chars::Shape, error::Error};

/// Plans the result. `generate` understands the command line of a placeholder.
///
/// # Errors
/// A file cannot be understood, a placeholder is wrong or nearly one, nothing is asked for, or what could be drawn does
/// not survive where it stands.
pub(crate) fn key_value<'t>(
    inputs: Inputs<'_, 't>,
    generate: &mut Generate<'_, 't>,
) -> anyhow::Result<Plan<'t>> {
    let nothing = SourceText {
        name: "the template",
        text: b"",
        origin: Origin::Template,
    };
    let options = inputs.options.iter().map(|option| option.read(generate));
    let files = Files {
        options: options.collect::<Result<_, _>>()?,
        template: KeyValueFile::read(inputs.template.unwrap_or(nothing))?,
        original: inputs.original.map(KeyValueFile::read).transpose()?,
    };
    let recipes = Recipes::new(inputs, &files, generate)?;
    let line_end = recipes.into.line_end().or(recipes.template.line_end());
    let mut filler = Filler {
        recipes,
        line_end: line_end.unwrap_or("\n"),
        numbers: BTreeMap::new(),
        values: Vec::new(),
        given: BTreeMap::new(),
        checked: BTreeSet::new(),
        steps: 0,
        copied: 0,
        referred: BTreeSet::new(),
    };
    filler.referred = filler.recipes.referred();
    filler.make()?;
    filler.check_expanded()?;
    filler.plan()
}

/// More characters beyond ASCII than these are not copied for one file: some tens of megabytes.
const MOST_COPIED: usize = 1 << 22;

/// Makes values, each of values before it.
pub(super) struct Filler<'a, 't> {
    pub(super) recipes: Recipes<'a, 't>,
    pub(super) line_end: &'static str,
    /// The number of the value of a key.
    pub(super) numbers: BTreeMap<&'t str, usize>,
    pub(super) values: Vec<Value<'t>>,
    /// Values that keys have, and keep.
    given: BTreeMap<&'t str, Given<'t>>,
    /// Where values were found to survive: a long one is not looked at again and again.
    checked: BTreeSet<(&'t str, Site, Filter)>,
    /// Keys that something refers to.
    referred: BTreeSet<&'t str>,
    /// What it took to compare values.
    steps: usize,
    /// How many characters were copied to know what values could be made of.
    copied: usize,
}

pub(super) struct Value<'t> {
    was: Was,
    shape: Rc<Shape>,
    /// The quotes that it stands in.
    pub(super) quote: &'static str,
    /// Whether what follows it is in a URL.
    is_url: bool,
    pub(super) parts: Vec<Part<'t>>,
}

/// What a key had before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Was {
    /// No line.
    Missing,
    /// No value, or one that is none.
    Unfilled,
    /// A value that is made anew.
    Filled,
}

impl<'a, 't> Filler<'a, 't> {
    fn make(&mut self) -> anyhow::Result<()> {
        for recipe in self.recipes.in_order()? {
            let key = recipe.entry.key;
            let was = match self.recipes.present.get(key).copied() {
                None => Was::Missing,
                Some(present) if self.recipes.is_unfilled(present)? => Was::Unfilled,
                Some(_)
                    if self
                        .recipes
                        .inputs
                        .rotate
                        .iter()
                        .any(|rotated| rotated == key) =>
                {
                    Was::Filled
                }
                Some(present) if self.is_to_be_renewed(recipe, present)? => Was::Filled,
                Some(_) => continue,
            };
            let value = self.value(recipe, was)?;
            self.numbers.insert(key, self.values.len());
            self.values.push(value);
        }
        Ok(())
    }

    fn made(&self, key: &str) -> Option<&Value<'t>> {
        Some(&self.values[*self.numbers.get(key)?])
    }

    /// The value that a key has, and keeps, or that of another file.
    fn given(&mut self, key: &'t str, source: Source) -> anyhow::Result<&Given<'t>> {
        if source == Source::Values {
            return self.recipes.values.get(key);
        }
        if !self.given.contains_key(key) {
            let text = match self.recipes.present.get(key) {
                Some(entry) => entry.given(self.recipes.into)?,
                // A line of the template that will be added.
                None => self.recipes.wanted[key].given(self.recipes.template)?,
            };
            self.given.insert(key, Given::of(text));
        }
        Ok(&self.given[key])
    }

    /// Whether the value that is `present` is made of one that is new.
    ///
    /// # Errors
    /// It is, but it is not what the recipe makes; or what other files have for it has changed.
    fn is_to_be_renewed(
        &mut self,
        recipe: Recipe<'a, 't>,
        present: &Entry<'t>,
    ) -> anyhow::Result<bool> {
        let refuse = |message: String, hint: String| Err(Error::Refused { message, hint }.into());
        let key = recipe.entry.key;
        let is_made = |(placeholder, at): (Placeholder<'t>, usize)| match placeholder {
            Placeholder::Key(other, _) if self.recipes.is_ours(placeholder) => {
                let source = self.recipes.source(recipe, other, at);
                self.numbers.contains_key(other)
                    || source.is_ok_and(|source| source == Source::Values)
            }
            _ => false,
        };
        if !recipe.entry.placeholders().any(is_made) {
            return Ok(false);
        }
        let (mut known, mut is_new, mut foreign) = (Vec::new(), None, Vec::new());
        for (piece, _) in self.recipes.sites(recipe, "") {
            let (other, filter, at) = match piece {
                Piece::Text(text) => {
                    known.extend(
                        self.lines(text)
                            .map(|line| Known::Text(line.as_bytes().to_vec().into())),
                    );
                    continue;
                }
                Piece::Placeholder(Placeholder::Command(words, filter), ..) => {
                    let shape = filter.shape(&self.recipes.generators[words].shape);
                    known.push(Known::AnyOf(shape.all));
                    continue;
                }
                Piece::Placeholder(Placeholder::Key(other, filter), at, _) => {
                    (other, filter.unwrap_or_default(), at)
                }
            };
            let source = self.recipes.source(recipe, other, at)?;
            if source == Source::Own
                && let Some(value) = self.made(other)
            {
                if value.was == Was::Missing {
                    return refuse(
                        format!("{other} is missing, but {key}, which is made of it, has a value"),
                        format!("write {other} with its value, or empty {key} to generate both"),
                    );
                }
                is_new = Some(other);
                if value.was == Was::Unfilled {
                    known.push(Known::AnyOf(filter.shape(&value.shape).all));
                    continue;
                }
            }
            let text = filter.apply(self.given(other, source)?.text.as_bytes())?;
            if source == Source::Values {
                foreign.push((other, Known::Text(text.clone())));
            }
            known.push(Known::Text(text));
        }
        let inside = present.inside(self.recipes.into);
        let is_generated = could_be(inside, &known, &mut self.steps);
        if let Some(other) = is_new {
            return match is_generated {
                true => Ok(true),
                false => refuse(
                    format!("{key} is made of {other}, which gets a new value, but was edited"),
                    format!("change {key} by hand, or empty it to have it made anew"),
                ),
            };
        }
        // What stands around the value may have been edited.
        let is_edited = known.len() > foreign.len();
        for (other, value) in foreign {
            let is_held = is_generated || is_edited && value.is_in(inside);
            if !is_held {
                let message = match key == other {
                    true => format!("{key} has another value in --values"),
                    false => format!("{key} is made of {other}, which has another in --values"),
                };
                return refuse(message, format!("--rotate {key} takes that value"));
            }
        }
        Ok(false)
    }

    /// A new value.
    fn value(&mut self, recipe: Recipe<'a, 't>, was: Was) -> anyhow::Result<Value<'t>> {
        let Recipe { file, entry, .. } = recipe;
        let quote = self.recipes.quote(recipe);
        // Nobody looks at the characters of a value that nothing refers to.
        let is_referred = self.referred.contains(entry.key);
        let mut shape = Shape::of("");
        let mut parts = Vec::new();
        // What has been added to the shape: a long value is not looked at again and again.
        let mut added = BTreeSet::new();
        let mut url = Url::default();
        for (piece, mut site) in self.recipes.sites(recipe, quote) {
            self.check_copied(&shape, recipe)?;
            // A URL can begin in the value of another key, too.
            site.in_url |= url.0;
            let (name, plain, filter) = match piece {
                Piece::Text(text) => {
                    url.pass(text.as_bytes());
                    parts.extend(self.lines(text).map(|line| Part::Text(line.as_bytes())));
                    shape = shape.then(&Shape::of(text));
                    continue;
                }
                Piece::Placeholder(Placeholder::Command(words, filter), at, _) => {
                    let generator = &self.recipes.generators[words];
                    if site.in_url {
                        (site.takes(&generator.shape, filter, file.file.is_quotable()))
                            .map_err(|lost| file.file.error(at, lost.message, lost.hint))?;
                    }
                    parts.push(Part::Secret(generator.number, filter));
                    (words, generator.shape.clone(), filter)
                }
                Piece::Placeholder(Placeholder::Key(key, filter), at, _) => {
                    let filter = filter.ok_or_else(|| unknown_filter(&file.file, at))?;
                    let source = self.recipes.source(recipe, key, at)?;
                    let number = self.numbers.get(key).copied();
                    let number = number.filter(|_| source == Source::Own);
                    let (part, plain, is_url) = match number {
                        Some(number) => {
                            let value = &self.values[number];
                            let part = Part::Value(key, number, filter);
                            (part, value.shape.clone(), value.is_url)
                        }
                        None => {
                            let given = self.given(key, source)?.clone();
                            if given.text.is_empty() {
                                let hint = format!("give {key} a value first");
                                return Err(file.file.error(at, format!("{key} is empty"), hint));
                            }
                            let part = Part::Given(key, given.text, filter);
                            (part, given.shape, given.is_url)
                        }
                    };
                    if self.checked.insert((key, site, filter)) {
                        let is_quotable = number.is_some() && file.file.is_quotable();
                        site.takes(&plain, filter, is_quotable).map_err(|lost| {
                            let Rejection { message, hint } = lost;
                            file.file.error(at, format_args!("{key}: {message}"), hint)
                        })?;
                    }
                    url.0 |= is_url && matches!(filter, Filter::Plain | Filter::Raw);
                    parts.push(part);
                    (key, plain, filter)
                }
            };
            match is_referred && added.insert((name, filter)) {
                true => shape = shape.then(&filter.shape(&plain)),
                false => shape.shortest = shape.shortest.saturating_add(plain.shortest),
            }
        }
        self.check_copied(&shape, recipe)?;
        if shape.shortest == 0 {
            let message = format!("the value of {} could be empty", entry.key);
            let hint = "leave out what could be empty, such as an empty item of `choice`";
            return Err(file.file.error(entry.value.start, message, hint));
        }
        Ok(Value {
            was,
            shape: Rc::new(shape),
            quote,
            is_url: url.0,
            parts,
        })
    }

    /// Counts a copy of `shape`, and refuses too many of them.
    fn check_copied(&mut self, shape: &Shape, recipe: Recipe<'a, 't>) -> anyhow::Result<()> {
        self.copied = self.copied.saturating_add(shape.all.stored());
        if self.copied > MOST_COPIED {
            let message = "values that refer to each other have too many different characters";
            let at = recipe.entry.value.start;
            return Err(recipe.file.file.error(at, message, "use several files"));
        }
        Ok(())
    }

    /// The lines of `text` with the line ends of the file.
    pub(super) fn lines(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let line_end = self.line_end;
        text.split_inclusive('\n')
            .flat_map(move |line| match line.strip_suffix('\n') {
                None => [line, ""],
                Some(line) => [line.strip_suffix('\r').unwrap_or(line), line_end],
            })
    }

    /// Refuses a value that other keys have in a URL by `$KEY`, if it would not survive there.
    fn check_expanded(&self) -> anyhow::Result<()> {
        let into = self.recipes.into;
        let added =
            self.recipes.template.entries.iter().filter(|entry| {
                !self.recipes.is_new && !self.recipes.present.contains_key(entry.key)
            });
        let added = added.map(|entry| (self.recipes.template, entry));
        // Whether a URL begins in the value of a key: a long one is not looked at again and again.
        let mut is_url = BTreeMap::new();
        for (file, entry) in into.entries.iter().map(|entry| (into, entry)).chain(added) {
            if entry.quote == "'" || self.numbers.contains_key(entry.key) {
                continue;
            }
            let raw = entry.raw(file);
            let mut url = Url::default();
            let mut next = 0;
            for (at, _) in raw.match_indices('$') {
                url.pass(&raw.as_bytes()[next..at]);
                next = at;
                let key = expanded(&raw[at + 1..]);
                let is_in_url = url.0;
                url.0 |= *is_url.entry(key).or_insert_with(|| self.is_url(key));
                let Some(value) = self.made(key).filter(|_| is_in_url) else {
                    continue;
                };
                let site = Site {
                    context: Context::Double,
                    in_url: true,
                    at_start: false,
                    at_edge: false,
                };
                site.takes(&value.shape, Filter::Plain, false).map_err(|lost| {
                    let at = entry.value.end - raw.len() + at;
                    let hint = format!(
                        "make {key} of hex, urlsafe or password; or write {{{{ {key} | url }}}} there instead"
                    );
                    file.file.error(at, format_args!("{key}: {}", lost.message), hint)
                })?;
            }
        }
        Ok(())
    }

    /// Whether what follows the value of a key is in a URL that began in it.
    fn is_url(&self, key: &str) -> bool {
        if let Some(value) = self.made(key) {
            return value.is_url;
        }
        let Recipes {
            present,
            wanted,
            into,
            template,
            ..
        } = &self.recipes;
        match (present.get(key), wanted.get(key)) {
            (Some(entry), _) => Url::is_open_behind(entry.inside(into)),
            (None, Some(entry)) => Url::is_open_behind(entry.inside(template)),
            (None, None) => false,
        }
    }
}
