//! What users read and what their shells load, held to the program: `UPDATE=1 cargo test --test docs` renews it.
//!
//! - `completions`: the committed scripts are what the program generates.
//! - `man`: the pages have every subcommand and option of the program and no other.
//! - `help`: what `-h` and `--help` print.
#![cfg(unix)]

use std::{env, fs, path::Path};

mod completions;
mod help;
mod man;
#[path = "../shell/mod.rs"]
mod shell;
#[path = "../support/mod.rs"]
mod support;

/// Holds the file at `path` to be `wanted`, or makes it so.
fn hold(path: &str, wanted: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, wanted).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wanted,
        "{path} is out of step with the program: UPDATE=1 cargo test --test docs renews it"
    );
}

/// The program's command line, complete in all its subcommands.
fn command() -> clap::Command {
    let mut command = mksecret::command();
    command.build();
    command
}

/// Puts what the examples read where they read it.
fn prepare(place: &shell::Place) {
    place.file("names.txt", "alice\nbob\ncarol\n");
    place.file("words.txt", "abacus\nbanjo\ncactus\ndaisy\n");
    place.file("deck.txt", "hearts\nspades\nclubs\n");
    place.file("tokens.txt", "acme_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17\n");
    place.file(
        ".env.example",
        "SECRET_KEY={{ mksecret hex 32 }}\nDB_PASSWORD={{ mksecret password -l 32 }}\n\
         DATABASE_URL=postgres://app:{{ DB_PASSWORD }}@db/app\n",
    );
    place.file(
        ".env",
        "SECRET_KEY=a\nDB_PASSWORD=b\nDATABASE_URL=postgres://app:b@db/app\n",
    );
    place.file("secret.yaml.in", "password: {{ mksecret password }}\n");
    for number in 0..10 {
        place.file(&format!("images/{number}.png"), "");
    }
    // A dictionary has entries with flags, which `expand` turns into all forms of a word on one line.
    let aspell = r#"
        case "$*" in
            "-l de dump master") printf '%s\n' Apfel/S Birne/N Kirsche/N grün/A ;;
            "-l de expand") sed -E 's|(.*)/.*|\1 \1n|' ;;
            *) exit 1 ;;
        esac
    "#;
    place.stub("aspell", aspell);
    for folder in [
        ".local/share/bash-completion/completions",
        ".zfunc",
        ".config/fish/completions",
        ".config/nushell/autoload",
        ".config/elvish/lib",
    ] {
        fs::create_dir_all(place.folder().join(folder)).unwrap();
    }
    let numbers: String = (1..=49).map(|number| format!("{number}\n")).collect();
    place.file("numbers.txt", &numbers);
}
