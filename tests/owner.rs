//! `--owner`: a new file is given to a user or a group before the secret is in it.
#![cfg(unix)]

use std::{fs, os::unix::fs::MetadataExt};

use assert_cmd::{Command, assert::Assert};

mod support;

use support::{Printed, error, folder::Folder, is_key, program};

fn run(folder: &Folder, line: &str) -> Assert {
    support::mksecret(line).current_dir(folder).assert()
}

/// Without random bytes, what is said was known before they were asked for.
#[cfg(target_os = "linux")]
#[test]
fn an_existing_file_is_checked_before_the_draw() {
    let folder = Folder::new();
    folder.write("x.env", "A=\n");
    let fill = |options: &str| {
        let line = format!("fill -g A=hex -o x.env {options}");
        support::denying("EIO", "any", || run(&folder, &line))
    };
    let says = predicates::str::contains;
    fill("")
        .code(1)
        .stderr(says("x.env: every user may read it"));
    fill("--owner 4000000000")
        .code(1)
        .stderr(says("and --owner is 4000000000"));
    fill("--mode 0600")
        .code(1)
        .stderr(says("Input/output error"));
    assert_eq!(folder.read("x.env"), "A=\n");
    assert_eq!(folder.names(), ["x.env"]);
}

/// User, group and permissions.
fn access(folder: &Folder, name: &str) -> (u32, u32, u32) {
    let file = fs::metadata(folder.path(name)).unwrap();
    (file.uid(), file.gid(), file.mode() & 0o7777)
}

#[test]
#[ignore = "needs root"]
fn numbers_and_names_are_owners() {
    let folder = Folder::new();
    for (name, owner, expected) in [
        ("both", "12345:23456", (12_345, 23_456)),
        ("user", "12345", (12_345, 0)),
        ("group", ":23456", (0, 23_456)),
        ("name", "daemon", (1, 0)),
        ("names", "daemon:root", (1, 0)),
        ("mixed", "root:23456", (0, 23_456)),
    ] {
        let line = format!("hex -o {name} --owner {owner} --mode 0440");
        assert_eq!(run(&folder, &line).printed(), "");
        assert_eq!(
            access(&folder, name),
            (expected.0, expected.1, 0o440),
            "{owner}"
        );
        assert!(is_key(&folder.read(name)));
    }
    run(&folder, "hex -o user --force --owner 6:7").success();
    assert_eq!(access(&folder, "user"), (6, 7, 0o600));
}

#[test]
#[ignore = "needs root"]
fn a_script_that_root_runs_twice_keeps_the_file() {
    let folder = Folder::new();
    let line = "base64 756 -v -o mongo.key --owner 999:999 --mode 0400 --keep";
    run(&folder, line).success();
    let first = folder.read("mongo.key");
    run(&folder, line)
        .success()
        .stderr("mksecret: kept mongo.key\n");
    assert_eq!(folder.read("mongo.key"), first);
    assert_eq!(access(&folder, "mongo.key"), (999, 999, 0o400));
}

#[test]
#[ignore = "needs root"]
fn keep_wants_exactly_that_owner() {
    let folder = Folder::new();
    run(&folder, "hex -o key --owner 999:998").success();
    for owner in ["999", "999:998"] {
        run(&folder, &format!("hex -o key --keep --owner {owner}")).success();
    }
    for owner in ["998", "999:999", "0", "root"] {
        let done = run(&folder, &format!("hex -o key --keep --owner {owner}")).code(1);
        let shown = owner.replace("root", "0");
        done.stdout("").stderr(error(
            &format!("cannot keep key: it belongs to 999:998, and --owner is {shown}"),
            "--force instead of --keep overwrites it with a file of that owner",
        ));
    }
    run(&folder, "hex -o key --keep").code(1);
    run(&folder, "hex -o key --keep --owner :998").code(1);
    run(&folder, "hex -o key --force --owner 998").success();
    assert_eq!(access(&folder, "key").0, 998);
}

#[test]
fn unknown_names_are_errors() {
    let folder = Folder::new();
    for (owner, what, name, list) in [
        ("no-such-user", "user", "no-such-user", "/etc/passwd"),
        ("0:no-such-group", "group", "no-such-group", "/etc/group"),
        (":no-such-group", "group", "no-such-group", "/etc/group"),
    ] {
        let done = run(&folder, &format!("hex -o key --owner {owner}")).code(1);
        let hint = format!("names are looked up in {list} only; a number needs no entry there");
        done.stdout("")
            .stderr(error(&format!("--owner: there is no {what} {name}"), &hint));
    }
    for (owner, what, number) in [
        ("4294967295", "user", "4294967295"),
        ("0:99999999999", "group", "99999999999"),
    ] {
        let done = run(&folder, &format!("hex -o key --owner {owner}")).code(2);
        let message = format!("--owner: no {what} has the number {number}");
        done.stdout("")
            .stderr(error(&message, "the highest is 4294967294"));
    }
    assert!(folder.names().is_empty());
}

#[test]
fn an_owner_without_a_file_to_create_is_refused() {
    let folder = Folder::new();
    for line in [
        "hex --owner 5",
        "hex -o - --owner 5",
        "hex -o /dev/stdout --owner 5",
        "hex -o /dev/fd/1 --owner 5",
        "hex -o /dev/null --owner 5",
        "hex -o key --force --preserve --owner 5",
        "hex -o key --owner a:",
        "hex -o key --owner :",
        "hex -o key --owner a:b:c",
    ] {
        run(&folder, line).code(2).stdout("");
        assert!(folder.names().is_empty(), "{line}");
    }
}

#[test]
#[ignore = "needs root, strace"]
fn forbidden_owner_is_an_error_before_the_draw() {
    let folder = Folder::with_program();
    for (owner, status) in [("0", 1), (":0", 1), ("65534:65534", 0)] {
        let done = Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .args(["strace", "-o", "trace", "-e", "trace=getrandom", "-e"])
            .args(["signal=none", "./mksecret", "hex", "-o", "key", "--owner"])
            .arg(owner)
            .current_dir(&folder)
            .assert();
        let done = done.code(status).stdout("");
        let trace = folder.read("trace");
        let drawn = trace.lines().filter(|call| call.contains(", 32, ")).count();
        assert_eq!(drawn, usize::from(status == 0), "{owner}: {trace}");
        if status == 1 {
            done.stderr(error(
                "cannot set the owner and mode of key: Operation not permitted (os error 1)",
                "only root can give a file to any user or group",
            ));
            assert_eq!(folder.names(), ["mksecret", "trace"]);
        }
    }
}

/// The owner is set before the permissions, and both before the secret is written.
#[test]
#[ignore = "needs root, strace"]
fn owner_and_mode_are_set_before_the_content() {
    let folder = Folder::new();
    let calls = "-e trace=write,fchown,fchmod,linkat,getrandom";
    let done = support::strace(calls, "hex -o key --owner 5:6 --mode 0440")
        .current_dir(&folder)
        .assert()
        .success();
    let trace = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    let calls = trace
        .lines()
        .filter(|call| !call.contains("GRND_NONBLOCK") || call.contains(", 32, "))
        .filter_map(|call| call.split('(').next());
    let calls: Vec<&str> = calls.collect();
    assert_eq!(
        calls,
        ["linkat", "fchown", "fchmod", "getrandom", "write", "linkat"],
        "{}",
        program()
    );
}
