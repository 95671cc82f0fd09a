//! The layout of the code is what CONTRIBUTING.md says, and no test is ignored by accident.

use std::{
    collections::{BTreeMap, BTreeSet},
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

/// The code of a file: without its tests and comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines()
        .take_while(|line| *line != "mod tests {")
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The path of a file of `src` without its ending, as in `policy/table`.
fn name(file: &Path) -> String {
    let path = file.strip_prefix(root().join("src")).unwrap();
    path.with_extension("").to_str().unwrap().replace('\\', "/")
}

fn is_test(name: &str) -> bool {
    name.ends_with("/tests") || name.ends_with("/proofs")
}

#[test]
fn imports_go_down_the_list_of_modules() {
    let modules = modules();
    let position = |name: &str| modules.iter().position(|module| module == name);
    for file in files(&root().join("src")) {
        let name = name(&file);
        let own = name.split('/').next().unwrap();
        if ["main", "lib"].contains(&own) || is_test(&name) {
            continue;
        }
        let here = position(own).unwrap_or_else(|| panic!("{own} is not in CONTRIBUTING.md"));
        for other in named(&code(&file)) {
            let there =
                position(&other).unwrap_or_else(|| panic!("{other} is not in CONTRIBUTING.md"));
            assert!(here <= there, "{name}: imports {other} above it");
        }
    }
}

/// The modules and items that the `use` of `code` takes from the file's own room, by their first names.
fn used(code: &str) -> BTreeSet<String> {
    ["\nuse super::", "\nuse self::"]
        .into_iter()
        .flat_map(|start| code.split(start).skip(1))
        .flat_map(|rest| {
            named(&format!(
                "crate::{}",
                rest.split(';').next().unwrap_or_default()
            ))
        })
        .collect()
}

#[test]
fn no_two_files_import_each_other() {
    let files = files(&root().join("src"));
    let names: BTreeSet<String> = files.iter().map(|file| name(file)).collect();
    // What stands for several files, of which each system has one: `use unix as system;`.
    let all_code: String = files.iter().map(|file| code(file)).collect();
    let renamed = all_code.lines().filter_map(|line| {
        let (name, alias) = line.strip_prefix("use ")?.split_once(" as ")?;
        Some((alias.trim_end_matches(';').to_string(), name))
    });
    let aliases: BTreeMap<String, &str> = renamed.collect();
    let mut imports = BTreeSet::new();
    for file in &files {
        let file_name = name(file);
        if is_test(&file_name) {
            continue;
        }
        let room = file_name.split('/').next().unwrap();
        for other in used(&code(file)) {
            let other = aliases.get(&other).copied().unwrap_or(&other);
            // An item, and no file: it is the room's own.
            let in_file = Some(format!("{room}/{other}")).filter(|path| names.contains(path));
            imports.insert((file_name.clone(), in_file.unwrap_or_else(|| room.into())));
        }
    }
    assert!(imports.len() > 50, "they are found");
    for (one, other) in &imports {
        let back = (other.clone(), one.clone());
        assert!(
            one == other || !imports.contains(&back),
            "{one} and {other} import each other"
        );
    }
}

#[test]
fn no_two_files_of_src_share_a_name() {
    let mut seen = BTreeSet::new();
    for file in files(&root().join("src")) {
        let name = name(&file);
        let last = name.split('/').next_back().unwrap().to_string();
        assert!(is_test(&name) || seen.insert(last), "{name}");
    }
}

#[test]
fn the_file_of_a_room_holds_its_main_type() {
    for (room, main) in [
        ("args", "struct Common"),
        ("chars", "struct CharSet"),
        ("cli", "struct Cli"),
        ("entropy", "trait Entropy"),
        ("input", "struct Source"),
        ("items", "enum Draw"),
        ("mask", "struct Mask"),
        ("output", "struct Output"),
        ("phrase", "struct Passphrases"),
        ("policy", "struct Policy"),
        ("secret", "trait Secret"),
        ("template", "struct Plan"),
        ("uniform", "trait Uniform"),
    ] {
        let code = code(&root().join(format!("src/{room}.rs")));
        let is_there = code.lines().any(|line| {
            let rest = line.strip_prefix(&format!("pub(crate) {main}"));
            rest.is_some_and(|rest| !rest.starts_with(|char: char| char.is_alphanumeric()))
        });
        assert!(is_there, "src/{room}.rs: {main}");
    }
}

#[test]
fn few_files_stand_beside_the_rooms() {
    let names: BTreeSet<String> = (files(&root().join("src")).iter())
        .map(|file| name(file))
        .collect();
    let is_flat = |name: &&String| {
        let room = format!("{name}/");
        !name.contains('/') && !names.iter().any(|other| other.starts_with(&room))
    };
    let flat: Vec<&String> = names.iter().filter(is_flat).collect();
    assert_eq!(
        flat,
        [
            "error", "lib", "main", "memory", "message", "process", "strength"
        ]
    );
}

#[test]
fn files_are_read_in_one_sitting() {
    const MOST_LINES: usize = 520;
    for file in files(&root().join("src")) {
        let name = name(&file);
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().take_while(|line| *line != "mod tests {");
        assert!(is_test(&name) || lines.count() <= MOST_LINES + 1, "{name}");
    }
}

#[test]
fn long_tests_have_a_file_of_their_own() {
    const FEW_LINES: usize = 100;
    for file in files(&root().join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        let code = text
            .lines()
            .take_while(|line| *line != "mod tests {")
            .count();
        let tests = text.lines().count() - code;
        assert!(tests <= code.max(FEW_LINES), "{}", name(&file));
    }
}

/// How many tests need what `cargo test` cannot expect, by its name in `#[ignore = "needs NAME, NAME"]`. `tests/run`
/// installs and runs all of them.
const NEEDS: &[(&str, usize)] = &[
    ("ansible", 2),
    ("argon2", 1),
    ("bindfs", 1),
    ("borg", 1),
    ("cryptsetup", 1),
    ("faketime", 1),
    ("fish", 2),
    ("git", 2),
    ("gpg", 2),
    ("groff", 1),
    ("htpasswd", 2),
    ("jq", 1),
    ("losetup", 3),
    ("make", 1),
    ("man", 3),
    ("mandoc", 1),
    ("mkfs.ext2", 1),
    ("mkpasswd", 1),
    ("mounts", 10),
    ("named-checkconf", 2),
    ("ngerman", 1),
    ("node", 1),
    ("nushell", 1),
    ("oathtool", 1),
    ("openssl", 6),
    ("pass", 1),
    ("php", 3),
    ("pre-commit", 1),
    ("pypi", 10),
    ("python3", 24),
    ("qemu", 6),
    ("qemu-user", 2),
    ("restic", 1),
    ("root", 50),
    ("ruby", 1),
    ("servers", 4),
    ("setfacl", 1),
    ("setfattr", 1),
    ("ss", 1),
    ("ssh-keygen", 1),
    ("strace", 46),
    ("systemd", 1),
    ("systemd-analyze", 1),
    ("wg", 2),
    ("wpa_supplicant", 2),
    ("xxd", 2),
    ("zsh", 4),
];

#[test]
fn tests_are_ignored_only_for_what_they_need() {
    let mut found = BTreeMap::new();
    for file in [files(&root().join("src")), files(&root().join("tests"))].concat() {
        let text = fs::read_to_string(&file).unwrap();
        for line in text.lines().filter(|line| line.starts_with("#[ignore")) {
            let needs = line.strip_prefix("#[ignore = \"needs ");
            let needs = needs.and_then(|rest| rest.strip_suffix("\"]"));
            let needs = needs.unwrap_or_else(|| panic!("{}: {line}", file.display()));
            for need in needs.split(", ") {
                *found.entry(need.to_owned()).or_insert(0) += 1;
            }
        }
    }
    let listed: BTreeMap<_, _> = NEEDS
        .iter()
        .map(|(name, tests)| (name.to_string(), *tests))
        .collect();
    assert_eq!(found, listed);
}
