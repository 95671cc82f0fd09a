//! What a template without a placeholder could be asked for: the keys that have no value, or an example's.

use std::collections::BTreeSet;

use super::key_value_file::{Entry, KeyValueFile};
use crate::error::Error;

/// As many keys are named.
const NAMED: usize = 10;

/// Parts of the names of keys that secrets have.
const SECRETS: &[&str] = &["SECRET", "PASSWORD", "PASS", "TOKEN", "KEY", "SALT"];

/// The error about a template that asks for nothing.
pub(super) fn nothing_asked(file: &KeyValueFile<'_>) -> anyhow::Error {
    let entries = || file.entries.iter();
    let wanting = entries().filter(|entry| is_wanting(entry, file));
    let mut keys: Vec<&str> = wanting.map(|entry| entry.key).collect();
    let wanted: BTreeSet<&str> = keys.iter().copied().collect();
    // Any text can be an example; and if there is nothing else, so can a line that is commented out.
    keys.extend(
        entries()
            .map(|entry| entry.key)
            .filter(|key| is_secret(key)),
    );
    if !keys.iter().any(|key| is_secret(key)) {
        let commented = file.commented.iter().map(|(key, _)| *key);
        keys.extend(commented.filter(|key| is_secret(key)));
    }
    let what = match keys.iter().all(|key| wanted.contains(key)) {
        true => "without a value, or with an example",
        false => "without a value, or with the name of a secret",
    };
    let mut seen = BTreeSet::new();
    keys.retain(|key| seen.insert(*key));
    keys.sort_by_key(|key| !is_secret(key));
    let name = file.file.name;
    let first = keys.first().copied().unwrap_or("SECRET_KEY");
    let more = keys.len().saturating_sub(NAMED);
    keys.truncate(NAMED);
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = match keys[..] {
        [] => format!("{name} has no placeholder, and there is no -g"),
        _ => format!(
            "{name} has no placeholder, and there is no -g; {what}: {}{more}",
            keys.join(", ")
        ),
    };
    let hint = format!("-g {first}='hex 32' generates a key, and -g {first}=password a password");
    Error::usage_hint(message, hint).into()
}

/// Whether a key is named as secrets are.
fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_uppercase();
    SECRETS.iter().any(|part| key.contains(part))
}

/// Whether a key has no value, or one that nobody uses.
fn is_wanting(entry: &Entry<'_>, file: &KeyValueFile<'_>) -> bool {
    let value = entry.inside(file).trim();
    value.is_empty() || value.starts_with('#') || is_example(value)
}

/// Whether a value is there to be replaced by whoever uses the file.
pub(super) fn is_example(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let is_between =
        |sign: &str| value.len() > 4 && value.starts_with(sign) && value.ends_with(sign);
    let has = |words: &[&str]| words.iter().any(|word| value.contains(word));
    let begins = |words: &[&str]| words.iter().any(|word| value.starts_with(word));
    begins(&[
        "<",
        "your ",
        "xxx",
        "replace",
        "insert",
        "todo",
        "$(openssl",
        "`openssl",
    ]) || has(&[
        "changeme",
        "change-me",
        "change_me",
        "change me",
        "changethis",
        "change-this",
        "change_this",
        "change this",
        "changeit",
        "generate_",
        "your-",
        "your_",
    ]) || value.ends_with("...")
        || is_between("**")
        || is_between("__")
        || value == "***"
}
