//! `-o` and what is no file: devices, disks, and the links of `/dev` and `/proc`. They are written to, and never replaced.
#![cfg(target_os = "linux")]

use predicates::prelude::*;

mod support;

use support::{error, is_key, program};

/// Runs a shell script in which `"$0"` is the program, where it may mount what it likes.
fn alone(script: &str) -> assert_cmd::assert::Assert {
    support::in_mount_namespace(script).arg(program()).assert()
}

#[test]
fn options_for_new_files_are_refused_for_devices() {
    for option in ["--mode 0600", "--keep", "--force --preserve", "--owner 0"] {
        let name = option.replace("--force ", "");
        let name = name.split(' ').next().unwrap();
        let done = support::mksecret(&format!("hex -o /dev/null {option}")).assert();
        done.code(2).stdout("").stderr(error(
            &format!("{name} cannot be used with -o /dev/null"),
            &format!("{name} needs a file to create: omit it"),
        ));
    }
    let folder = support::folder::Folder::new();
    let script = r#"mkfifo pipe; "$0" hex -o pipe --mode 0600"#;
    let mut shell = assert_cmd::Command::new("sh");
    let shell = shell.args(["-c", script, program()]).current_dir(&folder);
    shell.assert().code(2).stdout("").stderr(error(
        "--mode cannot be used with -o pipe",
        "--mode needs a file to create: omit it",
    ));
}

#[test]
fn a_descriptor_is_known_however_it_is_spelt() {
    for name in [
        "//dev/stdout",
        "/dev/./stdout",
        "/dev//fd/1",
        "/dev/../dev/stdout",
        "/proc/thread-self/fd/1",
    ] {
        let run = |option: &str| support::mksecret(&format!("hex -o {name} {option}")).assert();
        run("").success().stdout(predicate::function(is_key));
        for option in ["--force", "--keep", "--mode 0600", "--owner 0"] {
            run(option).code(2).stdout("");
        }
    }
}

#[test]
#[ignore = "needs mounts"]
fn links_of_the_system_are_never_replaced() {
    let done = alone(
        r#"mount -t tmpfs none /dev; mkdir /dev/disk
        ln -s /proc/self/fd /dev/fd; ln -s fd/1 /dev/stdout; ln -s stdout /dev/other
        ln -s /etc/hostname /dev/core; ln -s ../core /dev/disk/name; ln -s nowhere /dev/nowhere
        mount -t tmpfs none /mnt; ln -s /dev /mnt/link
        cd /dev
        for name in /dev/other /dev/../dev/stdout /mnt/link/stdout stdout; do
            "$0" hex -o $name | wc -c; "$0" hex -o $name --force && exit 3
        done
        for name in /dev/core /dev/disk/name nowhere /mnt/link/core /proc/self/exe /proc/self/../1/cwd; do
            "$0" hex -o $name && exit 4; "$0" hex -o $name --force && exit 5
        done
        find /dev -type l | wc -l"#,
    );
    let errors = |text: &str| {
        let lines = text.lines().filter(|line| line.ends_with("of the system"));
        lines.count() == 12
    };
    done.success()
        .stdout("65\n65\n65\n65\n6\n")
        .stderr(predicate::function(errors));
}

#[test]
fn a_link_to_a_file_elsewhere_is_replaced_as_before() {
    let folder = support::folder::Folder::new();
    std::os::unix::fs::symlink("/dev/stdout", folder.path("link")).unwrap();
    let mut program = support::mksecret("hex -o link --force");
    program.current_dir(&folder).assert().success().stdout("");
    assert!(is_key(&folder.read("link")));
    assert!(!folder.path("link").is_symlink());
}

#[test]
fn no_file_is_created_among_those_of_the_system() {
    for (name, message) in [
        ("/dev/mksecret-missing", "there is no /dev/mksecret-missing"),
        ("/proc/missing", "there is no /proc/missing"),
        ("/proc/version", "/proc/version is a file of the system"),
        (
            "/proc/self/status",
            "/proc/self/status is a file of the system",
        ),
    ] {
        for option in ["", "--force", "--keep", "--force --preserve"] {
            let done = support::mksecret(&format!("hex -o {name} {option}")).assert();
            let way_out = "check the name, or write to another directory\n";
            let says = predicate::str::starts_with(format!("mksecret: error: {message}\n"))
                .and(predicate::str::ends_with(way_out));
            done.code(1).stdout("").stderr(says);
        }
    }
    assert!(!std::path::Path::new("/dev/mksecret-missing").exists());
}

#[test]
#[ignore = "needs root, losetup, mkfs.ext2"]
fn a_disk_is_overwritten_only_with_force_and_alone() {
    let done = alone(
        r#"mount -t tmpfs none /mnt; cd /mnt; truncate -s 1M image; mkdir folder
        disk=$(losetup --find --show image); trap 'losetup --detach "$disk"' EXIT
        "$0" hex -o "$disk" && exit 3
        for option in --keep '--mode 0600' '--force --preserve' '--force --owner 0'; do
            "$0" hex -o "$disk" $option && exit 4; [ $? = 2 ] || exit 5
        done
        [ "$(tr -d '\0' < image | wc -c)" = 0 ] || exit 6
        "$0" hex 1K -o "$disk" --force; head -c 2049 image | tr -cd '0-9a-f' | wc -c
        "$0" bytes 1025K -o "$disk" --force && exit 7
        mkfs.ext2 -q "$disk"; mount "$disk" folder
        "$0" hex -o "$disk" --force && exit 8
        umount folder; [ -b "$disk" ]"#,
    );
    let says = predicate::str::contains("is a block device\nmksecret: hint: --force overwrites")
        .and(predicate::str::contains(
            "it is mounted or in use\nmksecret: hint: unmount",
        ))
        .and(predicate::str::contains("No space left on device"));
    done.success().stdout("2048\n").stderr(says);
}

#[test]
#[ignore = "needs root, losetup, strace"]
fn a_disk_is_synchronised_before_it_counts() {
    alone(
        r#"mount -t tmpfs none /mnt; cd /mnt; truncate -s 1M image
        disk=$(losetup --find --show image); trap 'losetup --detach "$disk"' EXIT
        strace -o trace -e inject=fsync:error=EIO "$0" hex -o "$disk" --force && exit 3
        [ $? = 1 ] && grep -q INJECTED trace"#,
    )
    .success();
}

#[test]
#[ignore = "needs strace"]
fn a_write_of_more_than_was_given_is_an_error() {
    for line in ["hex", "hex 100K", "bytes 1M -o -", "no-such-command"] {
        let done = support::strace("-o /dev/null -e inject=write:retval=9999999", line).assert();
        done.code(if line.starts_with("no") { 2 } else { 1 });
    }
}
