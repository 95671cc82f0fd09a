//! `-g KEY=HOW`: how a key is made, by the command line instead of a template.

use std::cmp::Reverse;

use super::{
    Generate,
    key_value_file::{Entry, KeyValueFile, Piece},
    near_miss::{SUBCOMMANDS, near_miss},
    placeholder::{Placeholder, is_name_of_key, key_length},
    source_text::{Origin, SourceText},
};
use crate::error::{End, Error, end};

/// A key and how it is made. No message shows that: it could be a secret.
#[derive(Clone)]
pub(crate) struct KeyOption {
    key: String,
    /// What messages call it.
    name: String,
    /// `KEY=value`, where the value has placeholders.
    line: String,
    /// `line` with the value in quotes, for a text that has none and may need them.
    quoted_lines: Vec<String>,
    is_command: bool,
}

/// The line of a template that an option stands for. Its value is put in quotes if it needs them and has none.
#[derive(Debug)]
pub(crate) struct OptionRecipe<'t> {
    pub(super) file: KeyValueFile<'t>,
}

impl<'t> OptionRecipe<'t> {
    pub(super) fn entry(&self) -> &Entry<'t> {
        &self.file.entries[0]
    }
}

impl std::fmt::Debug for KeyOption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl KeyOption {
    /// Reads `KEY=HOW`.
    ///
    /// # Errors
    /// It is something else.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let Some((key, how)) = text.split_once('=') else {
            let is_key = key_length(text.as_bytes()) == text.len() && is_name_of_key(text);
            let key = if is_key && !text.is_empty() {
                text
            } else {
                "KEY"
            };
            let hint = format!("write -g {key}='hex 32', or -g {key}=password");
            return Err(Error::usage_hint("-g needs KEY=HOW", hint));
        };
        if key.is_empty() || key_length(key.as_bytes()) < key.len() {
            let hint = "a key is letters, digits and _, and begins with no digit";
            return Err(Error::usage_hint(
                "-g: what stands before the = is no key",
                hint,
            ));
        }
        let name = format!("-g {key}");
        let how = how.trim_matches([' ', '\t']);
        let why = match how {
            "" => "HOW is empty",
            how if how.contains(['\n', '\r']) => "HOW has more than one line",
            how => {
                let is_command = !how.contains("{{");
                let words = match how.strip_prefix("mksecret") {
                    Some(rest) if rest.starts_with([' ', '\t']) => rest,
                    _ => how,
                };
                let line = match is_command {
                    true => format!("{key}={{{{ mksecret {words} }}}}"),
                    false => format!("{key}={how}"),
                };
                let quotes = match is_command || how.starts_with(['\'', '"']) {
                    true => [].iter(),
                    false => ["'", "\""].iter(),
                };
                return Ok(Self {
                    key: key.into(),
                    name,
                    line,
                    quoted_lines: quotes
                        .map(|quote| format!("{key}={quote}{how}{quote}"))
                        .collect(),
                    is_command,
                });
            }
        };
        Err(Error::usage_hint(format!("{name}: {why}"), hint(key)))
    }

    /// The line of a template that it stands for, each command understood by `generate`.
    ///
    /// # Errors
    /// HOW makes no secret, as far as that is known without a file.
    pub(crate) fn read<'t>(
        &'t self,
        generate: &mut Generate<'_>,
    ) -> anyhow::Result<OptionRecipe<'t>> {
        let refuse = |why: &str| {
            let message = format!("{}: {why}", self.name);
            Err(Error::usage_hint(message, hint(&self.key)).into())
        };
        let text = |line: &'t String| SourceText {
            name: &self.name,
            text: line.as_bytes(),
            origin: Origin::Option,
        };
        let no_command = "HOW is no command line that prints a secret of more than 0 bits";
        let is_agreed = |read: &anyhow::Result<KeyValueFile<'_>>| {
            read.as_ref().is_ok_and(|file| {
                let mut entries = file.entries.iter();
                entries
                    .all(|entry| entry.end == entry.value.end && entry.check_agreed(file).is_ok())
            })
        };
        let mut read = KeyValueFile::read(text(&self.line));
        if !is_agreed(&read) {
            let mut quoted = self
                .quoted_lines
                .iter()
                .map(|line| KeyValueFile::read(text(line)));
            read = quoted.find(is_agreed).unwrap_or(read);
        }
        let Ok(file) = read else {
            return refuse(match self.is_command {
                true => no_command,
                false => "HOW is no value of a KEY=value file",
            });
        };
        let [entry] = &file.entries[..] else {
            return refuse(no_command);
        };
        let is_nearly = |at: &usize| near_miss(file.file.text, *at, |_| false).is_some();
        if file.braces.iter().any(is_nearly) {
            return refuse("a placeholder in HOW is not one");
        }
        let is_whole = matches!(
            entry.pieces[..],
            [Piece::Placeholder(Placeholder::Command(..), ..)]
        ) && entry.value.end == self.line.len();
        if self.is_command && !is_whole {
            return refuse(no_command);
        }
        for (placeholder, _) in entry.placeholders() {
            if let Placeholder::Command(words, _) = placeholder
                && let Err(error) = generate(words)
            {
                let (message, instead) =
                    without_words(&error, words).unwrap_or_else(|| (no_command.into(), "…".into()));
                let hint = match instead.contains('…') {
                    true => hint(&self.key),
                    false => instead,
                };
                return Err(Error::usage_hint(format!("{}: {message}", self.name), hint).into());
            }
        }
        if entry.placeholders().next().is_none() {
            return refuse("HOW has no placeholder");
        }
        Ok(OptionRecipe { file })
    }
}

/// The message and the hint for the command line `words`, without the words themselves; nothing if these cannot be told
/// from a secret.
fn without_words(error: &anyhow::Error, words: &str) -> Option<(String, String)> {
    let mut typed = words.split(|char: char| char.is_whitespace() || "'\"=\\".contains(char));
    let subcommand = typed.next().unwrap_or_default();
    if matches!(subcommand, "openssl" | "pwgen" | "uuidgen") {
        let hint = "write the command of this program: hex 32, password, uuid";
        return Some(("other programs are not run".into(), hint.into()));
    }
    if !SUBCOMMANDS.concat().contains(&subcommand) {
        return None;
    }
    let End::Message(_, Some(hint)) = end(error) else {
        return None;
    };
    // A word of three characters, or one that reads as an option, is no secret. A hint may have the digits of a word alone.
    let is_option = |word: &str| {
        let name = word.strip_prefix("--");
        name.is_some_and(|name| name.chars().all(|char| char == '-' || char.is_lowercase()))
    };
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect();
    let mut typed: Vec<String> = typed
        .filter(|word| !is_option(word))
        .flat_map(|word| [word.into(), digits(word)])
        .filter(|word: &String| word.len() > 3)
        .collect();
    typed.sort_by_key(|word| Reverse(word.len()));
    let hide = |text: String| {
        typed
            .iter()
            .fold(text, |text, word| text.replace(word, "…"))
    };
    Some((hide(format!("{error:#}")), hide(hint)))
}

fn hint(key: &str) -> String {
    format!(
        "write a command line, as in -g {key}='hex 32' or -g {key}=password, which `mksecret …` would print; or a text \
         with {{{{ mksecret hex 32 }}}} or {{{{ KEY }}}} in it"
    )
}
