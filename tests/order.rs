//! What is decided first: the command line alone, then `-o` and `--keep`, then what has to be read.
#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt};

use assert_cmd::assert::Assert;

mod support;

use support::{error, folder::Folder};

/// A folder with a file that `--keep` keeps.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("kept", "secret");
    fs::set_permissions(folder.path("kept"), fs::Permissions::from_mode(0o600)).unwrap();
    folder
}

fn run(folder: &Folder, line: &str) -> Assert {
    support::mksecret(line).current_dir(folder).assert()
}

/// Requests that are impossible whatever is in any file.
const IMPOSSIBLE: &[&str] = &[
    "password -l 3",
    "password --rules minlength",
    "passphrase -w 100000",
    "pattern [",
    "pattern abc",
    "passphrase -s 7 --add-digit -W no-such-list",
    "passphrase -s \u{7f} -W no-such-list",
    "hex 0",
    "urlsafe -l 0",
    "base64 1X",
    "base32 0",
    "token -c 0",
    "uuid -c 0",
    "bytes 0",
    "below 0",
    "below 5 --from 7",
    "choice --range 6-1",
    "sample 9 a b",
    "sample 9 --range 1-6",
    "fill no-such-template --check",
    "fill no-such-template --rotate KEY",
];

#[test]
fn impossible_request_is_refused_whatever_the_output_is() {
    let folder = folder();
    for line in IMPOSSIBLE {
        let alone = run(&folder, line).code(2).stdout("");
        let says = alone.get_output().stderr.clone();
        for output in ["kept --keep", "kept", "kept --force", "no/such/folder"] {
            let done = run(&folder, &format!("{line} -o {output}")).code(2);
            done.stdout("").stderr(says.clone());
        }
    }
    assert_eq!(folder.names(), ["kept"]);
    assert_eq!(folder.read("kept"), "secret");
}

#[test]
fn every_subcommand_with_an_output_is_tried() {
    let command = mksecret::command();
    for subcommand in command.get_subcommands() {
        let mut subcommand = subcommand.clone();
        subcommand.build();
        if subcommand
            .get_arguments()
            .any(|argument| argument.get_id() == "output")
        {
            let name = format!("{} ", subcommand.get_name());
            let is_tried = |line: &&str| line.starts_with(&name);
            assert!(
                IMPOSSIBLE.iter().any(is_tried),
                "{name}is not in IMPOSSIBLE"
            );
        }
    }
}

#[test]
fn existing_file_is_decided_on_before_anything_is_read() {
    let folder = folder();
    for line in [
        "passphrase -W no-such-list",
        "choice -i no-such-items",
        "choice -i 1-6",
        "sample 3 -i no-such-items",
        "fill no-such-template",
    ] {
        let kept = run(&folder, &format!("{line} -o kept --keep"));
        kept.success().stdout("").stderr("");
        let hint = match line.starts_with("fill ") {
            true => "--env fills it in if it is a KEY=value file; otherwise --keep leaves it",
            false => "--force replaces it, --keep leaves it",
        };
        let refused = run(&folder, &format!("{line} -o kept")).code(1);
        refused.stdout("").stderr(error("kept exists", hint));
        // Nothing is there to be kept: what has to be read is missed.
        let done = run(&folder, &format!("{line} -o new --keep"));
        assert!(!done.get_output().status.success(), "{line}");
    }
    assert_eq!(folder.names(), ["kept"]);
}
