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
    recipes::{Inputs, Recipe, Recipes, Referent},
    source_text::{Origin, SourceText},
    survival::{Rejection, Url},
    value_files::Given,
    wanting::is_example,
};
use crate::{chars::Shape, error::Error};

/// Plans the result. `generate` understands the command line of a placeholder.
///
/// # Errors
/// A file cannot be understood, a placeholder is wrong or nearly one, nothing is asked for, or what could be drawn does
/// not survive where it stands.
pub(crate) fn key_value<'t>(
    inputs: Inputs<'_, 't>,
    generate: &mut Generate<'_>,
) -> anyhow::Result<Plan<'t>> {
    let nothing = SourceText {
        name: "the template",
        text: b"",
        origin: Origin::Template,
    };
    let template = KeyValueFile::read(inputs.template.unwrap_or(nothing))?;
    let original = inputs.original.map(KeyValueFile::read).transpose()?;
    let recipes = Recipes::new(inputs, &template, original.as_ref(), generate)?;
    let line_end = recipes.into.line_end().or(recipes.template.line_end());
    let mut filler = Filler {
        recipes,
        line_end: line_end.unwrap_or("\n"),
        number_of: BTreeMap::new(),
        values: Vec::new(),
        given: BTreeMap::new(),
        steps: 0,
        looked_at: 0,
        referred: BTreeSet::new(),
    };
    filler.referred = filler.recipes.referred();
    filler.make()?;
    filler.check_kept_lines()?;
    filler.plan()
}

/// More characters beyond ASCII than these are not looked at for one file, and copied: some tens of megabytes.
const MOST_LOOKED_AT: usize = 1 << 22;

/// Makes values, each of values before it.
pub(super) struct Filler<'a, 't> {
    pub(super) recipes: Recipes<'a, 't>,
    pub(super) line_end: &'static str,
    /// The number of the value of a key.
    pub(super) number_of: BTreeMap<&'t str, usize>,
    pub(super) values: Vec<NewValue<'t>>,
    /// Values that keys have, and keep.
    given: BTreeMap<&'t str, Given<'t>>,
    /// Keys that something refers to.
    referred: BTreeSet<&'t str>,
    /// What it took to compare values.
    steps: usize,
    /// How many characters were looked at to know what values could be made of.
    looked_at: usize,
}

pub(super) struct NewValue<'t> {
    was: Was,
    pub(super) shape: Rc<Shape>,
    /// The quotes that it stands in.
    pub(super) quote: &'static str,
    /// Whether what follows it is in a URL.
    pub(super) is_url: bool,
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
            if let Some(was) = self.before(recipe)? {
                let value = self.value(recipe, was)?;
                self.number_of.insert(recipe.entry.key, self.values.len());
                self.values.push(value);
            }
        }
        Ok(())
    }

    /// What a key had before, if it gets a value.
    fn before(&mut self, recipe: Recipe<'a, 't>) -> anyhow::Result<Option<Was>> {
        let Recipes { into, inputs, .. } = self.recipes;
        let key = recipe.entry.key;
        let Some(present) = self.recipes.present.get(key).copied() else {
            return Ok(Some(Was::Missing));
        };
        if self.recipes.is_of_template(present) {
            return Ok(Some(Was::Unfilled));
        }
        if inputs.rotate.iter().any(|rotated| rotated == key) {
            return Ok(Some(match present.is_empty(into) {
                Ok(true) => Was::Unfilled,
                _ => Was::Filled,
            }));
        }
        self.check_example(recipe, present)?;
        if present.is_empty(into)? {
            return Ok(Some(Was::Unfilled));
        }
        let is_new = self.is_to_be_renewed(recipe, present)?;
        Ok(is_new.then_some(Was::Filled))
    }

    /// Refuses to take an example's value for one that somebody has chosen, unless it could have been generated.
    fn check_example(&mut self, recipe: Recipe<'a, 't>, present: &Entry<'t>) -> anyhow::Result<()> {
        let inside = present.inside(self.recipes.into);
        if !is_example(inside) {
            return Ok(());
        }
        // What another key has, is not known yet.
        let any = Shape::of(inside).all;
        let known = self.known(recipe, |_, _| Ok(Known::AnyOf(any.clone(), 1)))?;
        if could_be(inside, &known, &mut self.steps) {
            return Ok(());
        }
        let key = present.key;
        let message = format!("the value of {key} is an example's");
        let hint = match (recipe.entry.command(), self.recipes.inputs.template) {
            (None, _) => format!("empty {key} to have it made"),
            (_, Some(_)) => format!("--rotate {key} generates one"),
            (_, None) => format!(
                "--rotate {key} generates one; so does the example's name, as in `mksecret fill .env.example -o .env`"
            ),
        };
        let file = &self.recipes.into.file;
        Err(file.error(present.value.start, message, hint))
    }

    pub(super) fn made(&self, key: &str) -> Option<&NewValue<'t>> {
        Some(&self.values[*self.number_of.get(key)?])
    }

    /// The value that a key has, and keeps, or its value in another file.
    fn given(&mut self, key: &'t str, referent: Referent) -> anyhow::Result<&Given<'t>> {
        if referent == Referent::Other {
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
                let referent = self.recipes.referent(recipe, other, at);
                self.number_of.contains_key(other)
                    || referent.is_ok_and(|referent| referent == Referent::Other)
            }
            _ => false,
        };
        if !recipe.entry.placeholders().any(is_made) {
            return Ok(false);
        }
        let (mut is_new, mut foreign, mut foreign_parts) = (None, Vec::new(), 0);
        // A long value is copied once.
        let mut texts = BTreeMap::new();
        let known = self.known(recipe, |filler, (other, filter, at)| {
            let referent = filler.recipes.referent(recipe, other, at)?;
            foreign_parts += usize::from(referent == Referent::Other);
            if let Some(text) = texts.get(&(other, filter)) {
                return Ok(Known::Text(Rc::clone(text)));
            }
            let before = match filler.made(other).filter(|_| referent == Referent::Own) {
                Some(value) => {
                    is_new = Some((other, value.was));
                    let entry = filler.recipes.present.get(other);
                    entry.map_or("", |entry| entry.inside(filler.recipes.into))
                }
                None => filler.given(other, referent)?.text,
            };
            let text = Rc::new(filter.apply(before.as_bytes())?);
            texts.insert((other, filter), Rc::clone(&text));
            if referent == Referent::Other {
                foreign.push((other, Known::Text(Rc::clone(&text))));
            }
            Ok(Known::Text(text))
        })?;
        let inside = present.inside(self.recipes.into);
        let is_generated = could_be(inside, &known, &mut self.steps);
        if let Some((other, was)) = is_new {
            let what = match was {
                Was::Filled | Was::Unfilled if is_generated => return Ok(true),
                Was::Filled => {
                    return refuse(
                        format!("{key} is made of {other}, which gets a new value, but was edited"),
                        format!("change {key} by hand, or empty it to have it made anew"),
                    );
                }
                Was::Unfilled => "has no value",
                Was::Missing => "is missing",
            };
            // The secret may be in this value alone.
            return refuse(
                format!("{other} {what}, but {key}, which is made of it, has a value"),
                format!("write {other} with its value, or empty {key} to generate both"),
            );
        }
        // What stands around the value may have been edited.
        let is_edited = known.len() > foreign_parts;
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
    fn value(&mut self, recipe: Recipe<'a, 't>, was: Was) -> anyhow::Result<NewValue<'t>> {
        let Recipe { file, entry, .. } = recipe;
        let quote = self.recipes.quote(recipe);
        // Nobody looks at the characters of a value that nothing refers to.
        let is_referred = self.referred.contains(entry.key);
        let mut shape = Shape::of("");
        let mut parts = Vec::new();
        let mut url = Url::default();
        for (piece, mut site) in self.recipes.sites(recipe, quote) {
            // A URL can begin in the value of another key, too.
            site.in_url |= url.is_open();
            let (plain, filter) = match piece {
                Piece::Text(text) => {
                    url.pass(text.as_bytes());
                    parts.extend(self.lines(text).map(|line| Part::Text(line.as_bytes())));
                    self.look_at(&shape, recipe)?;
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
                    (generator.shape.clone(), filter)
                }
                Piece::Placeholder(Placeholder::Key(key, filter), at, _) => {
                    let filter = filter.ok_or_else(|| unknown_filter(&file.file, at))?;
                    let referent = self.recipes.referent(recipe, key, at)?;
                    let number = self.number_of.get(key).copied();
                    let number = number.filter(|_| referent == Referent::Own);
                    let (part, plain, is_url) = match number {
                        Some(number) => {
                            let value = &self.values[number];
                            let part = Part::New(key, number, filter);
                            (part, value.shape.clone(), value.is_url)
                        }
                        None => {
                            let given = self.given(key, referent)?.clone();
                            if given.text.is_empty() {
                                let hint = format!("give {key} a value first");
                                return Err(file.file.error(at, format!("{key} is empty"), hint));
                            }
                            let part = Part::Given(key, given.text, filter);
                            (part, given.shape, given.is_url)
                        }
                    };
                    let is_quotable = number.is_some() && file.file.is_quotable();
                    site.takes(&plain, filter, is_quotable).map_err(|lost| {
                        let Rejection { message, hint } = lost;
                        file.file.error(at, format_args!("{key}: {message}"), hint)
                    })?;
                    if is_url && !filter.changes() {
                        url.open();
                    }
                    parts.push(part);
                    (plain, filter)
                }
            };
            self.look_at(&plain, recipe)?;
            self.look_at(&shape, recipe)?;
            match is_referred {
                true => shape = shape.then(&filter.shape(&plain)),
                false => shape.shortest = shape.shortest.saturating_add(plain.shortest),
            }
        }
        if shape.shortest == 0 {
            let message = format!("the value of {} could be empty", entry.key);
            let hint = "leave out what could be empty, such as an empty item of `choice`";
            return Err(file.file.error(entry.value.start, message, hint));
        }
        Ok(NewValue {
            was,
            shape: Rc::new(shape),
            quote,
            is_url: url.is_open(),
            parts,
        })
    }

    /// Counts the characters of `shape`, and refuses too many of them.
    fn look_at(&mut self, shape: &Shape, recipe: Recipe<'a, 't>) -> anyhow::Result<()> {
        self.looked_at = self.looked_at.saturating_add(shape.all.stored());
        if self.looked_at > MOST_LOOKED_AT {
            let message = "values that refer to each other have too many different characters";
            let at = recipe.entry.value.start;
            return Err(recipe.file.file.error(at, message, "use several files"));
        }
        Ok(())
    }

    /// The known parts of a value that `recipe` makes. `of_key` knows the value of another key, by its name, the filter, and
    /// the place.
    fn known(
        &mut self,
        recipe: Recipe<'a, 't>,
        mut of_key: impl FnMut(&mut Self, (&'t str, Filter, usize)) -> anyhow::Result<Known>,
    ) -> anyhow::Result<Vec<Known>> {
        let mut known = Vec::new();
        for (piece, _) in self.recipes.sites(recipe, "") {
            match piece {
                Piece::Text(text) => {
                    let lines = self.lines(text).map(|line| line.as_bytes().to_vec());
                    known.extend(lines.map(|line| Known::Text(Rc::new(line.into()))));
                }
                Piece::Placeholder(Placeholder::Command(words, filter), ..) => {
                    let shape = filter.shape(&self.recipes.generators[words].shape);
                    known.push(Known::AnyOf(shape.all, shape.shortest));
                }
                Piece::Placeholder(Placeholder::Key(other, filter), at, _) => {
                    known.push(of_key(self, (other, filter.unwrap_or_default(), at))?);
                }
            }
        }
        Ok(known)
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
}
