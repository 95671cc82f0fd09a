//! The recipes as the page has them.
//!
//! A recipe is a subsection. Its displays are scripts, run one after another, each by a shell of its own; a display
//! after a line that ends with the name of a file and a colon (`.Pa compose.yaml :`) is that file.

// What a recipe prints is shown with its test, on request or if it fails.
#![allow(clippy::print_stdout)]

use std::{collections::VecDeque, fs, path::PathBuf};

use assert_cmd::assert::Assert;

use super::{
    shell::{Place, plain},
    support::target,
};

const PAGE: &str = include_str!("../../man/mksecret-recipes.7");

/// The headings of all recipes.
pub(crate) fn names() -> Vec<&'static str> {
    PAGE.lines()
        .filter_map(|line| line.strip_prefix(".Ss "))
        .collect()
}

/// The items of the list in the recipe `name`, and what stands behind each.
pub(crate) fn pairs(name: &str) -> Vec<(String, String)> {
    let heading = format!(".Ss {name}");
    let lines = PAGE.lines().skip_while(|line| *line != heading).skip(1);
    let mut pairs = Vec::new();
    for line in lines.take_while(|line| !line.starts_with(".S")) {
        let quoted = |start| Some(plain(line.strip_prefix(start)?.strip_suffix('"')?));
        if let Some(item) = quoted(".It Li \"") {
            pairs.push((item, String::new()));
        } else if let (Some(text), Some((_, last))) = (quoted(".Li \""), pairs.last_mut()) {
            *last = text;
        }
    }
    pairs
}

#[derive(Clone)]
enum Block {
    Script(String),
    File { name: String, text: String },
}

/// A recipe, and the place where it is tried. All of it has to be run.
pub(crate) struct Recipe {
    place: Place,
    environment: Vec<(&'static str, String)>,
    blocks: VecDeque<Block>,
}

impl Recipe {
    /// The recipe under the heading `name`.
    ///
    /// # Panics
    /// If the page has no such recipe.
    pub(crate) fn of(name: &str) -> Self {
        let heading = format!(".Ss {name}");
        let mut lines = PAGE.lines().skip_while(|line| *line != heading).skip(1);
        let mut blocks = VecDeque::new();
        let mut before = "";
        while let Some(line) = lines.next() {
            if line.starts_with(".S") {
                break;
            }
            if line.starts_with(".Bd -literal") {
                let text: Vec<_> = lines
                    .by_ref()
                    .take_while(|line| *line != ".Ed")
                    .map(plain)
                    .collect();
                let text = text.join("\n") + "\n";
                let file = before
                    .strip_prefix(".Pa ")
                    .and_then(|file| file.strip_suffix(" :"));
                blocks.push_back(match file {
                    Some(name) => Block::File {
                        name: plain(name),
                        text,
                    },
                    None => Block::Script(text),
                });
            }
            before = line;
        }
        assert!(!blocks.is_empty(), "the page has no recipe {name}");
        println!("{name}\n");
        Self {
            place: Place::new(),
            environment: Vec::new(),
            blocks,
        }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Sets a variable of the environment, for what is next.
    pub(crate) fn env(&mut self, name: &'static str, value: impl Into<String>) {
        self.environment.push((name, value.into()));
    }

    /// Puts the program `name`, which is installed from PyPI, on the PATH.
    pub(crate) fn bring(&self, name: &str) {
        let program = target().join("recipes/bin").join(name);
        self.place
            .stub(name, &format!("exec '{}' \"$@\"", program.display()));
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.folder().join(name)
    }

    /// The text of a file in the folder, without the newline at its end.
    pub(crate) fn read(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path(name)).unwrap();
        text.strip_suffix('\n').unwrap_or(&text).to_string()
    }

    /// Changes a file of the recipe, where it names what this machine has elsewhere.
    pub(crate) fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{text}");
        self.place.file(name, &(text.replace(from, to) + "\n"));
    }

    /// Runs `script`, which is not in the page, where the recipe is tried.
    pub(crate) fn bash(&self, script: &str) -> Assert {
        self.place
            .command("bash")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .args(["-euo", "pipefail", "-c", script])
            .assert()
    }

    /// What `script`, which is not in the page, prints; it must succeed.
    pub(crate) fn prints(&self, script: &str) -> String {
        let done = self.bash(script).success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    }

    pub(crate) fn fails(&self, script: &str) {
        self.bash(script).failure();
    }

    /// Runs the next script of the page, or puts the next file in its place. Returns what the script prints on its two
    /// streams.
    pub(crate) fn step(&mut self) -> (String, String) {
        let script = match self.blocks.pop_front().expect("no step is left") {
            Block::File { name, text } => {
                println!("{name}:\n{}", indented(&text));
                self.place.file(&name, &text);
                return Default::default();
            }
            Block::Script(script) => script,
        };
        print!("{}", indented(&script));
        let done = self.bash(&script);
        let home = self.place.folder().to_str().unwrap();
        let text = |bytes| String::from_utf8_lossy(bytes).replace(home, "~");
        let output = done.get_output();
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        println!("{stdout}{stderr}");
        done.success();
        (stdout, stderr)
    }

    /// Runs all steps that are left. Returns what the last one prints on standard output.
    pub(crate) fn run(&mut self) -> String {
        let mut printed = String::new();
        while !self.blocks.is_empty() {
            (printed, _) = self.step();
        }
        printed
    }

    /// Runs all steps twice: the second time leaves the file `name` as it is. Returns what the last one prints.
    pub(crate) fn run_twice(&mut self, name: &str) -> String {
        let blocks = self.blocks.clone();
        self.run();
        let made = self.read(name);
        self.blocks = blocks;
        let printed = self.run();
        assert_eq!(self.read(name), made);
        printed
    }
}

impl Drop for Recipe {
    fn drop(&mut self) {
        assert!(
            std::thread::panicking() || self.blocks.is_empty(),
            "not all of the recipe was run"
        );
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
