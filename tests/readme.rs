//! README.md and docs/*.md: every command in them runs, and every test and file that they name exists.
//!
//! - `sh` blocks are scripts, which must succeed.
//! - `ini` blocks have their commands extracted and run.
//!
//! Programs that cannot run here, such as kubectl, are replaced by stubs that check what mksecret generated.
#![cfg(unix)]

mod shell;
mod support;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use shell::Place;
use support::{Printed, program};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// README.md and docs/*.md.
fn documents() -> Vec<PathBuf> {
    let mut documents = vec![root().join("README.md")];
    let folder = fs::read_dir(root().join("docs")).unwrap();
    documents.extend(
        folder
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "md")),
    );
    documents
}

/// The texts of the code blocks in `language`.
fn blocks_in(language: &str, document: &Path) -> Vec<String> {
    let mut blocks = Vec::new();
    let text = fs::read_to_string(document).unwrap();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(found) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        if found == language {
            blocks.push(block.join("\n"));
        }
    }
    blocks
}

/// The code in running text.
fn inline_code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.starts_with("```"))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The texts of a picture, line by line; a line of random text is left empty.
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
#[ignore = "needs python3"]
fn the_picture_shows_what_its_session_prints() {
    let session = root().join("docs/session.py");
    let mut python = Command::new("python3");
    let drawn = texts(&python.arg(session).arg(program()).printed());
    assert_eq!(drawn, texts(&read("docs/session.svg")));
    let commands = drawn.iter().filter(|line| line.starts_with("$ mksecret "));
    assert!(commands.count() > 3);
}

/// Stubs for the programs that cannot run here.
fn prepare(place: &Place) {
    // `cargo run ... -- ARGUMENTS` runs the program of this build.
    place.stub(
        "cargo",
        r#"
        case $1 in
        run) while [[ $1 != -- ]]; do shift; done; shift; exec mksecret "$@" ;;
        *) [[ $* == "test --locked" || $* == "install --path . --locked" || $* == "uninstall mksecret" ]] ;;
        esac"#,
    );
    place.file(".env.example", "KEY={{ mksecret password }}\n");
    // A release with a program and its man page, under the name that was asked for.
    place.stub(
        "curl",
        r#"
        [[ $1 == -fsSLO ]]
        name=${2##*/}
        case $name in
        SHA256SUMS) { sha256sum *.tar.gz; echo "$(printf '%064d' 0)  another"; } > SHA256SUMS ;;
        *)
            mkdir -p a/bin a/share/man/man1
            touch a/bin/mksecret a/share/man/man1/mksecret.1.gz
            tar -czf "$name" a/bin/mksecret a/share/man/man1/mksecret.1.gz
            ;;
        esac"#,
    );
    // As root, with a folder of this place instead of /usr/local.
    place.stub(
        "sudo",
        r#"
        mkdir -p local
        touch local/others
        case $1 in
        tar) "${@//\/usr\/local/local}" && [[ -e local/bin/mksecret ]] ;;
        xargs) sed 's|/usr/local|local|' | "$@" && [[ $(find local -type f) == local/others ]] ;;
        *) exit 1 ;;
        esac"#,
    );
}

/// The scripts of a document in the order in which it has them, and the place where they ran.
fn run_scripts(document: &Path) -> Place {
    let place = Place::new();
    prepare(&place);
    let scripts = blocks_in("sh", document);
    scripts.iter().for_each(|script| {
        place.succeeds(script);
    });
    place
}

#[test]
fn every_script_in_the_documents_succeeds() {
    let scripts = |document: &PathBuf| blocks_in("sh", document).len();
    assert!(documents().iter().map(scripts).sum::<usize>() > 10);
    for document in documents() {
        run_scripts(&document);
    }
}

#[test]
fn the_readme_leaves_no_file_that_others_can_read() {
    let place = run_scripts(&root().join("README.md"));
    let readable = "find . -type f ! -name .env.example -perm /077; stat -c %a header.txt .env";
    assert_eq!(place.succeeds(readable), "600\n600\n");
}

#[test]
fn what_is_installed_can_be_removed() {
    let place = run_scripts(&root().join("docs/install.md"));
    assert_eq!(
        place.succeeds("find local .cargo .local -type f"),
        "local/others\n"
    );
}

#[test]
fn this_version_is_downloaded_from_the_repository() {
    let (place, version) = (env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
    let install = read("docs/install.md");
    let release = format!("release={place}/releases/download/v{version}\n");
    assert!(install.contains(&release), "{release}");
    let files = install
        .matches("mksecret-0")
        .chain(install.matches("mksecret_0"));
    let current = |start| install.matches(&format!("{start}{version}-")).count();
    let all = files.count();
    assert_eq!(all, current("mksecret-") + current("mksecret_"));
    assert!(all > 3);
}

#[test]
fn the_test_command_can_be_executed() {
    use std::os::unix::fs::PermissionsExt;

    let run = fs::metadata(root().join("tests/run")).unwrap();
    assert!(run.permissions().mode() & 0o111 != 0);
}

#[test]
fn the_unit_succeeds_at_every_start() {
    let units = blocks_in("ini", &root().join("README.md"));
    assert_eq!(units.len(), 1);
    for unit in units {
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

#[test]
fn the_readme_has_all_commands_and_no_others() {
    let program = mksecret::command();
    let readme = read("README.md");
    for code in inline_code(&readme) {
        if let Some(rest) = code.strip_prefix("mksecret ") {
            let name = rest.split(' ').next().unwrap();
            assert!(
                name == "COMMAND" || program.find_subcommand(name).is_some(),
                "{code}"
            );
        }
    }
    for command in program.get_subcommands() {
        let name = command.get_name();
        assert!(
            readme.contains(&format!("mksecret {name}")) || readme.contains(&format!("`{name} [")),
            "{name} is missing"
        );
    }
}

#[test]
fn every_option_in_the_readme_exists() {
    let mut program = mksecret::command();
    program.build();
    let spelled = |argument: &clap::Arg| {
        let short = argument.get_short().map(|short| format!("-{short}"));
        let long = argument.get_long().map(|long| format!("--{long}"));
        [short, long].into_iter().flatten().collect::<Vec<_>>()
    };
    let known: BTreeSet<String> = program
        .get_subcommands()
        .flat_map(|command| command.get_arguments())
        .flat_map(spelled)
        .collect();
    let readme = read("README.md");
    let (_, commands) = readme.split_once("\n## What it does\n").unwrap();
    let (commands, _) = commands.split_once("\n## ").unwrap();
    let mut found = 0;
    for word in inline_code(commands).flat_map(str::split_whitespace) {
        if word.starts_with('-') && word != "-" {
            assert!(known.contains(word), "{word}");
            found += 1;
        }
    }
    assert!(found > 10);
}

#[test]
fn the_readme_has_at_most_130_lines() {
    assert!(read("README.md").lines().count() <= 130);
}

#[test]
fn every_link_between_the_documents_leads_to_a_file() {
    let others = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
    let others = others.map(|name| root().join(name));
    let mut found = 0;
    for document in documents().into_iter().chain(others) {
        let text = fs::read_to_string(&document).unwrap();
        for link in text.split("](").skip(1) {
            let (target, _) = link.split_once(')').unwrap();
            if !target.contains("://") {
                let path = document.with_file_name(target);
                assert!(path.exists(), "{}: {target}", document.display());
                found += 1;
            }
        }
    }
    assert!(found > 5);
}

#[test]
fn every_test_in_the_guarantees_exists() {
    let mut sources = String::new();
    let mut folders = vec![root().join("src"), root().join("tests")];
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
    let guarantees = read("docs/guarantees.md");
    let mut named = 0;
    for row in guarantees.lines().filter(|line| line.starts_with("| ")) {
        for name in inline_code(row) {
            if name.starts_with("tests/") {
                assert!(root().join(name).exists(), "{name}");
                named += 1;
            } else if name.contains('_') {
                assert!(sources.contains(&format!("fn {name}()")), "{name}");
                named += 1;
            }
        }
    }
    assert!(named > 20);
}

#[test]
fn the_readme_has_the_figures_of_the_last_measurement() {
    let (readme, results) = (read("README.md"), read("benches/results.md"));
    let (_, speed) = readme.split_once("\n## Speed\n").unwrap();
    let mut rows = 0;
    for row in speed.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_end_matches(" |").split(" | ").collect();
        let (work, peer) = (
            cells[0].split('`').nth(1).unwrap(),
            cells[1].trim_matches('`'),
        );
        let program = peer.split(' ').next().unwrap();
        let ratio = format!("| **{}**", cells[2]);
        let measured = results.lines().any(|line| {
            line.contains(&format!("`{work}`")) && line.contains(program) && line.contains(&ratio)
        });
        assert!(measured, "{row}");
        rows += 1;
    }
    assert!(rows > 2);
}
