//! The layout of the code is what CONTRIBUTING.md says.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The modules of `src` in the order of CONTRIBUTING.md.
fn modules() -> Vec<String> {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("    src/"));
    let mut modules: Vec<String> = lines
        .map(|line| line.split(['/', '.']).next().unwrap().into())
        .collect();
    modules.dedup();
    modules.retain(|module| !["main", "lib"].contains(&module.as_str()));
    modules
}

/// The files of `src` below a folder, each with its module.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// What `code` names behind `crate::`, in braces or not.
fn named(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let Some(inside) = rest.strip_prefix('{') else {
            names.insert(word(rest));
            continue;
        };
        let (mut depth, mut is_start) = (1, true);
        for (at, char) in inside.char_indices() {
            match char {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => is_start = true,
                _ if char.is_whitespace() => {}
                _ if is_start && depth == 1 => {
                    names.insert(word(&inside[at..]));
                    is_start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

fn word(text: &str) -> String {
    let is_end = |char: char| !char.is_ascii_alphanumeric() && char != '_';
    text.split(is_end).next().unwrap_or_default().into()
}

#[test]
fn imports_go_down_the_list_of_modules() {
    let modules = modules();
    let place = |name: &str| modules.iter().position(|module| module == name);
    let source = root().join("src");
    for file in files(&source) {
        let path = file.strip_prefix(&source).unwrap();
        let first = path.components().next().unwrap().as_os_str();
        let own = word(first.to_str().unwrap());
        if ["main", "lib"].contains(&own.as_str()) {
            continue;
        }
        let here = place(&own).unwrap_or_else(|| panic!("{own} is not in CONTRIBUTING.md"));
        let text = fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text
            .lines()
            .take_while(|line| *line != "mod tests {")
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        for name in named(&code.join("\n")) {
            let there = place(&name).unwrap_or_else(|| panic!("{name} is not in CONTRIBUTING.md"));
            assert!(here <= there, "{}: imports {name} above it", path.display());
        }
    }
}

#[test]
fn no_two_files_of_src_share_a_name() {
    let files = files(&root().join("src"));
    let names: BTreeSet<_> = files.iter().map(|file| file.file_name()).collect();
    assert_eq!(names.len(), files.len());
}
