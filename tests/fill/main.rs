//! `fill`: files that hold secrets, made once, and what they lack later.
//!
//! - `asked`: what is asked for, and what is nearly so.
//! - `options`: keys that are made by `-g`.
//! - `values`: values of other files, and filters.
//! - `bounds`: time and memory.
//! - `keys`: what happens to the keys of an existing file.
//! - `places`: where a secret may stand, and what may stand in a placeholder.
//! - `documents`: files that are not KEY=value.
//! - `lines`: what is understood as KEY=value, and what is not.
//! - `replaced`: how an existing file is replaced.
//! - `random`: random templates and files.
//! - `readers`: templates of the kinds that are in use, read back by the programs that read them.
#![cfg(unix)]

use std::{
    fs,
    ops::Deref,
    os::unix::fs::{MetadataExt, PermissionsExt},
};

use assert_cmd::{Command, assert::Assert};

mod asked;
mod bounds;
mod documents;
mod keys;
mod lines;
mod options;
mod places;
mod random;
mod readers;
mod replaced;
#[path = "../support/mod.rs"]
mod support;
mod values;

/// A folder for one test, and the program run in it.
struct Folder(support::folder::Folder);

impl Deref for Folder {
    type Target = support::folder::Folder;

    fn deref(&self) -> &support::folder::Folder {
        &self.0
    }
}

impl Folder {
    /// With a template.
    fn new(template: &str) -> Self {
        let folder = Self(support::folder::Folder::new());
        folder.write(".env.example", template);
        folder
    }

    /// Writes a file that only its owner may read, as a file with secrets has to be; one that exists keeps its mode.
    fn write(&self, name: &str, content: &str) {
        let is_new = !self.path(name).exists();
        self.0.write(name, content);
        if is_new {
            fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// The value of a key of `.env`, which stands there without quotes.
    fn value(&self, key: &str) -> String {
        let env = self.read(".env");
        let start = format!("{key}=");
        let mut values = env.lines().filter_map(|line| line.strip_prefix(&start));
        values.next_back().unwrap().to_owned()
    }

    /// The program with `fill` and the arguments in `line`, which are separated by spaces.
    fn command(&self, line: &str) -> Command {
        let mut command = support::mksecret("fill");
        command.args(line.split_whitespace()).current_dir(&self.0);
        command
    }

    fn run(&self, line: &str) -> Assert {
        self.command(line).assert()
    }

    /// Fills in `.env`, without a word.
    fn fill(&self) -> String {
        self.run(".env.example -o .env")
            .success()
            .stdout("")
            .stderr("");
        self.read(".env")
    }

    /// `.env` as it is told apart from another file of that name and content.
    fn identity(&self) -> (u64, i64, i64, u32) {
        let file = fs::metadata(self.path(".env")).unwrap();
        let mode = file.permissions().mode();
        (file.ino(), file.mtime(), file.mtime_nsec(), mode)
    }

    /// The names in the folder but for the template, sorted.
    fn names(&self) -> Vec<String> {
        let mut names = self.0.names();
        names.retain(|name| name != ".env.example");
        names
    }
}
