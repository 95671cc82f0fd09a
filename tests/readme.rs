//! The README: every command in it runs, and prints what it shows, up to randomness.
//!
//! - `console` blocks are sessions; what they print must have the shape of what is shown.
//! - `sh` blocks are scripts, which must succeed.
//! - `yaml` and `ini` blocks have their commands taken out and run.
//! - `rust` blocks are compiled and run with the documentation tests.
//!
//! What cannot run here, such as kubectl, is stood for by a stub that looks at what mksecret made.
#![cfg(unix)]

mod shell;
mod support;

use std::{fs, path::Path};

use shell::Place;
use support::goes_without;

/// The code blocks of the README: their language and their text.
fn blocks() -> Vec<(String, String)> {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let mut blocks = Vec::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push((language.to_string(), text.join("\n")));
    }
    blocks
}

fn blocks_in(language: &str) -> Vec<String> {
    let blocks: Vec<_> = blocks()
        .into_iter()
        .filter(|(found, _)| found == language)
        .map(|(_, text)| text)
        .collect();
    assert!(!blocks.is_empty(), "there is no {language} block");
    blocks
}

/// What is left of a line when its letters and digits may be others.
fn shape(line: &str) -> String {
    if line.starts_with("mksecret:") || line.starts_with("mksecret ") {
        return line.to_string();
    }
    line.chars()
        .map(|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => 'x',
            other => other,
        })
        .collect()
}

/// Runs a session in one shell and returns it as it looks then.
fn replay(place: &Place, session: &str) -> String {
    let mut script = "status=0\n".to_string();
    for command in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        script += &format!("printf '%s\\n' '$ {}'\n", command.replace('\'', r"'\''"));
        script += &format!("(exit $status)\n{command}\nstatus=$?\n");
    }
    let output = place
        .command("bash")
        .args(["-c", &format!("exec 2>&1\n{script}exit 0")])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_sessions_look_as_they_are_shown() {
    for session in blocks_in("console") {
        let replayed = replay(&Place::new(), &session);
        let mut shown = session.lines();
        let mut command = "";
        for line in replayed.lines() {
            let shown = shown.next().unwrap_or_else(|| panic!("not shown: {line}"));
            if shown.starts_with("$ ") {
                assert_eq!(line, shown);
                command = shown;
            } else if command.starts_with("$ mksecret passphrase") {
                // Words have any length.
                assert_eq!(shape(line).replace("x", ""), shape(shown).replace("x", ""));
            } else {
                assert_eq!(shape(line), shape(shown), "{line}");
            }
        }
        assert_eq!(shown.next(), None, "shown but not printed");
    }
}

/// The texts of a picture, line by line, as far as they are not random.
fn texts(picture: &str) -> Vec<String> {
    let lines = picture.lines().filter(|line| line.starts_with("<text "));
    let plain = |line: &str| {
        let parts = line.split('<').filter_map(|part| part.split_once('>'));
        let text: String = parts.map(|(_, text)| text).collect();
        let is_random = !["# ", "$ ", "mksecret: "]
            .iter()
            .any(|start| text.starts_with(start));
        if is_random { String::new() } else { text }
    };
    lines.map(plain).collect()
}

#[test]
fn the_picture_is_what_its_session_looks_like() {
    if goes_without("python3") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = std::process::Command::new("python3")
        .arg(root.join("docs/session.py"))
        .arg(env!("CARGO_BIN_EXE_mksecret"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let drawn = texts(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(
        drawn,
        texts(&fs::read_to_string(root.join("docs/session.svg")).unwrap())
    );
    assert!(
        drawn
            .iter()
            .filter(|line| line.starts_with("$ mksecret "))
            .count()
            > 3
    );
}

/// What stands for the programs that do not run here.
fn prepare(place: &Place) {
    // `cargo run ... -- ARGUMENTS` is the program of this build.
    place.stub(
        "cargo",
        r#"
        case $1 in
        run) while [[ $1 != -- ]]; do shift; done; shift; exec mksecret "$@" ;;
        install) [[ $* == "install --path . --locked" ]] ;;
        *) exit 1 ;;
        esac"#,
    );
    place.file("tests/run", "#!/bin/sh\n");
    place.stub("tests-run", "");
    // The value is the password and nothing more: 24 characters, no newline.
    place.stub(
        "kubectl",
        r#"
        [[ $* == "create secret generic db --from-file=password=db-password" ]]
        [[ $(stat -c %s db-password) == 24 && $(wc -l < db-password) == 0 ]]"#,
    );
    place.stub(
        "docker",
        r#"
        [[ $* == "compose up -d" ]]
        [[ $(stat -c %a .env) == 600 ]]
        grep -Eqx 'POSTGRES_PASSWORD=[A-Za-z0-9._-]{24}' .env"#,
    );
    place.file(
        "my-words.txt",
        "abacus\nbanjo\ncactus\ndaisy\neagle\nfabric\ngarlic\nhammer\n",
    );
}

#[test]
fn the_scripts_succeed() {
    for script in blocks_in("sh") {
        let place = Place::new();
        prepare(&place);
        let output = place.bash(&script.replace("tests/run", "tests-run"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{stderr}");
        // Only -v has anything to say.
        assert!(stderr.is_empty() || script.contains(" -v"), "{stderr}");
    }
}

#[test]
fn the_second_command_is_there() {
    use std::os::unix::fs::PermissionsExt;

    let run = fs::metadata(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/run")).unwrap();
    assert!(run.permissions().mode() & 0o111 != 0);
}

/// The lines of a block that are indented deeper than the line that ends with `head`.
fn indented(text: &str, head: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| !line.ends_with(head));
    let depth = |line: &str| line.len() - line.trim_start().len();
    let outer = depth(lines.next()?);
    let inner: Vec<_> = lines.take_while(|line| depth(line) > outer).collect();
    Some(inner.join("\n"))
}

#[test]
fn the_jobs_and_tasks_succeed() {
    for yaml in blocks_in("yaml") {
        let place = Place::new();
        if let Some(script) = indented(&yaml, "run: |") {
            let printed = place.succeeds(&format!("GITHUB_ENV=$PWD/env\n{script}"));
            let env = fs::read_to_string(place.folder().join("env")).unwrap();
            let password = env.strip_prefix("DB_PASSWORD=").unwrap();
            assert_eq!(password.len(), 25);
            assert_eq!(printed, format!("::add-mask::{password}"));
        } else {
            let value = |key: &str| {
                let line = yaml.lines().find_map(|line| line.trim().strip_prefix(key));
                let value = line.unwrap_or_else(|| panic!("{yaml}"));
                value.replace("/etc/myapp", &place.folder().display().to_string())
            };
            place.succeeds(&value("cmd: "));
            assert!(fs::exists(value("creates: ")).unwrap());
        }
    }
}

#[test]
fn the_units_succeed_as_often_as_they_start() {
    for unit in blocks_in("ini") {
        let place = Place::new();
        place.stub("myapp", r#"[[ $(stat -c %s "$2") == 32 ]]"#);
        for _ in 0..2 {
            for line in unit.lines().filter(|line| line.starts_with("Exec")) {
                let (_, command) = line.split_once('=').unwrap();
                let command = command
                    .replace("/usr/bin/", "")
                    .replace("/var/lib/myapp", &place.folder().display().to_string());
                place.succeeds(&command);
            }
        }
    }
}

/// What is written on the command line in running text is understood, too.
#[test]
fn the_commands_in_the_text_are_subcommands() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let program = mksecret::command();
    for (_, rest) in readme
        .match_indices("`mksecret ")
        .map(|(at, found)| readme.split_at(at + found.len()))
    {
        let name = rest.split([' ', '`']).next().unwrap();
        assert!(
            name == "COMMAND" || program.find_subcommand(name).is_some(),
            "`mksecret {name}"
        );
    }
}

/// The tests that the README names for its promises are there.
#[test]
fn every_promise_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    let mut folders = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (_, promises) = readme.split_once("| promise |").unwrap();
    let (promises, _) = promises.split_once("\n\n").unwrap();
    let mut named = 0;
    for name in promises.split('`').skip(1).step_by(2) {
        if name.starts_with("tests/") {
            assert!(root.join(name).exists(), "{name}");
            named += 1;
        } else if name.contains('_') {
            assert!(sources.contains(&format!("fn {name}()")), "{name}");
            named += 1;
        }
    }
    assert!(named > 20);
}

/// The figures under "Speed" are those of the last run of `benches/run`.
#[test]
fn the_figures_are_those_of_the_last_measurement() {
    let read = |name: &str| {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
            .unwrap()
    };
    let (readme, results) = (read("README.md"), read("benches/results.md"));
    let speed = readme
        .split("## Speed")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let mut rows = 0;
    for row in speed.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let ratio = cells.last().unwrap().trim_end_matches(" |");
        let work = row.split('`').nth(1).unwrap();
        let measured = results.lines().any(|line| {
            line.contains(&format!("`{work}`")) && line.contains(&format!("**{ratio}**"))
        });
        assert!(measured, "{row}");
        rows += 1;
    }
    assert!(rows > 5);
}
