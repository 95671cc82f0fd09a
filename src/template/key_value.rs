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
    recipes::{Files, Inputs, Recipe, Recipes, Referent},
    source_text::{Origin, SourceText},
    survival::{Rejection, Site, Url},
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
    let files = Files {
        template: KeyValueFile::read(inputs.template.unwrap_or(nothing))?,
        original: inputs.original.map(KeyValueFile::read).transpose()?,
    };
    let recipes = Recipes::new(inputs, &files, generate)?;
    let line_end = recipes.into.line_end().or(recipes.template.line_end());
    let mut filler = Filler {
        recipes,
        line_end: line_end.unwrap_or("\n"),
        number_of: BTreeMap::new(),
        values: Vec::new(),
        given: BTreeMap::new(),
        checked: BTreeSet::new(),
        steps: 0,
        copied: 0,
        referred: BTreeSet::new(),
    };
    filler.referred = filler.recipes.referred();
    filler.make()?;
    filler.check_kept_lines()?;
    filler.plan()
}

/// More characters beyond ASCII than these are not copied for one file: some tens of megabytes.
const MOST_COPIED: usize = 1 << 22;

/// Makes values, each of values before it.
pub(super) struct Filler<'a, 't> {
    pub(super) recipes: Recipes<'a, 't>,
    pub(super) line_end: &'static str,
    /// The number of the value of a key.
    pub(super) number_of: BTreeMap<&'t str, usize>,
    pub(super) values: Vec<NewValue<'t>>,
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
        let mut shortest = 0;
        let mut known = Vec::new();
        for (piece, _) in self.recipes.sites(recipe, "") {
            let shape = match piece {
                Piece::Text(text) => {
                    known.extend(self.known_lines(text));
                    continue;
                }
                Piece::Placeholder(Placeholder::Command(words, filter), ..) => {
                    filter.shape(&self.recipes.generators[words].shape)
                }
                // What a key has, is not known yet.
                Piece::Placeholder(..) => Shape {
                    shortest: 1,
                    ..Shape::of(inside)
                },
            };
            shortest += shape.shortest;
            known.push(Known::AnyOf(shape.all));
        }
        if inside.chars().count() >= shortest && could_be(inside, &known, &mut self.steps) {
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
        Err(self
            .recipes
            .into
            .file
            .error(present.value.start, message, hint))
    }

    pub(super) fn made(&self, key: &str) -> Option<&NewValue<'t>> {
        Some(&self.values[*self.number_of.get(key)?])
    }

    /// The value that a key has, and keeps, or that of another file.
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
        let (mut known, mut is_new, mut foreign) = (Vec::new(), None, Vec::new());
        for (piece, _) in self.recipes.sites(recipe, "") {
            let (other, filter, at) = match piece {
                Piece::Text(text) => {
                    known.extend(self.known_lines(text));
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
            let referent = self.recipes.referent(recipe, other, at)?;
            let before = match self.made(other).filter(|_| referent == Referent::Own) {
                Some(value) => {
                    is_new = Some((other, value.was));
                    match self.recipes.present.get(other) {
                        Some(entry) => entry.inside(self.recipes.into),
                        None => "",
                    }
                }
                None => self.given(other, referent)?.text,
            };
            let text = filter.apply(before.as_bytes())?;
            if referent == Referent::Other {
                foreign.push((other, Known::Text(text.clone())));
            }
            known.push(Known::Text(text));
        }
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
    fn value(&mut self, recipe: Recipe<'a, 't>, was: Was) -> anyhow::Result<NewValue<'t>> {
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
            site.in_url |= url.is_open();
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
                    if self.checked.insert((key, site, filter)) {
                        let is_quotable = number.is_some() && file.file.is_quotable();
                        site.takes(&plain, filter, is_quotable).map_err(|lost| {
                            let Rejection { message, hint } = lost;
                            file.file.error(at, format_args!("{key}: {message}"), hint)
                        })?;
                    }
                    if is_url && !filter.changes() {
                        url.open();
                    }
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
        Ok(NewValue {
            was,
            shape: Rc::new(shape),
            quote,
            is_url: url.is_open(),
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

    fn known_lines(&self, text: &'t str) -> impl Iterator<Item = Known> + use<'t> {
        let lines = self.lines(text);
        lines.map(|line| Known::Text(line.as_bytes().to_vec().into()))
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
