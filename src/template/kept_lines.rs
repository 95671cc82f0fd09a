//! What the lines that stay as they are do to the values that are made: they may set a key anew, or put its value into
//! a URL by `$KEY`.

use std::collections::BTreeMap;

use super::{
    filter::Filter,
    key_value::Filler,
    key_value_file::{Line, expanded},
    recipes::Recipes,
    survival::{Context, Site, Url},
};

impl<'t> Filler<'_, 't> {
    fn kept_lines(&self) -> impl Iterator<Item = Line<'_, 't>> {
        let added = self.recipes.template.lines();
        let added = added.filter(|line| !self.recipes.is_new && self.is_added(line.key));
        let kept = self.recipes.into.lines().chain(added);
        kept.filter(|line| line.key.is_none_or(|key| !self.number_of.contains_key(key)))
    }

    /// Whether the line of a template is added to the file.
    fn is_added(&self, key: Option<&str>) -> bool {
        let Recipes {
            wanted, present, ..
        } = &self.recipes;
        key.is_some_and(|key| wanted.contains_key(key) && !present.contains_key(key))
    }

    /// Refuses lines that could set a key that is asked for or added, and a `$KEY` of a value that would not survive in
    /// its URL.
    pub(super) fn check_kept_lines(&self) -> anyhow::Result<()> {
        for line in self.kept_lines() {
            let is_new =
                |key: &&str| self.recipes.by_key.contains_key(key) || self.is_added(Some(key));
            if let Some(key) = line.others_set().find(is_new) {
                return Err(line.unclear(key));
            }
        }
        self.check_urls()
    }

    fn check_urls(&self) -> anyhow::Result<()> {
        let site = Site {
            context: Context::Double,
            in_url: true,
            at_start: false,
            at_edge: false,
        };
        let (mut lost, mut urls) = (BTreeMap::new(), BTreeMap::new());
        for key in self.number_of.keys().copied() {
            let value = self.made(key).expect("it has a number");
            if let Err(rejection) = site.takes(&value.shape, Filter::Plain, false) {
                lost.insert(key, (key, rejection.message));
            }
            if value.is_url {
                urls.insert(key, ());
            }
        }
        if lost.is_empty() {
            return Ok(());
        }
        let (mut users, mut ends) = (BTreeMap::new(), BTreeMap::new());
        for line in self.kept_lines() {
            let Some(key) = line.key else {
                continue;
            };
            let word = line.text.rfind(Url::is_end).unwrap_or(0);
            let url = pass(line.text, |at, name, _| {
                users.entry(name).or_insert_with(Vec::new).push(key);
                if at >= word {
                    ends.entry(name).or_insert_with(Vec::new).push(key);
                }
            });
            if url.is_open() {
                urls.insert(key, ());
            }
        }
        spread(&mut lost, &users);
        spread(&mut urls, &ends);
        for line in self.kept_lines() {
            let mut found = None;
            pass(line.text, |at, name, url| {
                if let Some(lost) = lost.get(name).filter(|_| url.is_open()) {
                    found = found.or(Some((at, lost)));
                }
                if urls.contains_key(name) {
                    url.open();
                }
            });
            if let Some((at, (key, message))) = found {
                let hint = format!(
                    "make {key} of hex, urlsafe or password; or write {{{{ {key} | url }}}} there instead"
                );
                let at = line.file.position(line.text) + at;
                return Err(line
                    .file
                    .file
                    .error(at, format_args!("{key}: {message}"), hint));
            }
        }
        Ok(())
    }
}

/// Goes over `text`, and calls `visit` with each key that it names by `$KEY` or `${KEY}`, where, and whether that is in
/// a URL. Returns whether what follows is in one.
fn pass<'t>(text: &'t str, mut visit: impl FnMut(usize, &'t str, &mut Url)) -> Url {
    let (mut url, mut next) = (Url::default(), 0);
    for (at, name) in expanded(text) {
        url.pass(&text.as_bytes()[next..at]);
        visit(at, name, &mut url);
        next = name.as_ptr().addr() - text.as_ptr().addr() + name.len();
    }
    url.pass(&text.as_bytes()[next..]);
    url
}

/// Passes on the marks of keys to the keys that use them.
fn spread<'t, T: Clone>(known: &mut BTreeMap<&'t str, T>, users: &BTreeMap<&'t str, Vec<&'t str>>) {
    let mut new: Vec<&str> = known.keys().copied().collect();
    while let Some(key) = new.pop() {
        for user in users.get(key).into_iter().flatten() {
            if !known.contains_key(user) {
                known.insert(user, known[key].clone());
                new.push(user);
            }
        }
    }
}
