//! How an existing file is replaced: with its owner, group and mode, completely or not at all, and only if nobody
//! changed it meanwhile.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use rustix::fs::{FlockOperation, flock};

use super::{
    Folder,
    support::{self, Start, Started, error, folder::kill_at_each_call, is_root, program, strace},
};

const TEMPLATE: &str = "A={{ mksecret hex }}\nB={{ mksecret hex }}\n";

#[test]
fn owner_group_and_mode_stay() {
    let folder = Folder::new(TEMPLATE);
    for mode in [0o600, 0o640, 0o440, 0o700] {
        folder.write(".env", "A=\n");
        fs::set_permissions(folder.path(".env"), Permissions::from_mode(mode)).unwrap();
        if is_root() {
            chown(folder.path(".env"), Some(12_345), Some(23_456)).unwrap();
        }
        let before = fs::metadata(folder.path(".env")).unwrap();
        folder.fill();
        let after = fs::metadata(folder.path(".env")).unwrap();
        assert_eq!(after.mode(), before.mode());
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino());
        fs::remove_file(folder.path(".env")).unwrap();
    }
    folder.run(".env.example -o .env --mode 0640").success();
    assert_eq!(folder.identity().3 & 0o7777, 0o640);
    folder.run(".env.example -o .env --mode 0600").success();
    assert_eq!(folder.identity().3 & 0o7777, 0o600);
}

#[test]
#[ignore = "needs root"]
fn owner_that_cannot_be_kept_is_an_error() {
    let folder = Folder::new(TEMPLATE);
    let program = support::folder::Folder::with_program();
    fs::set_permissions(folder.path("."), Permissions::from_mode(0o777)).unwrap();
    folder.write(".env", "A=\n");
    fs::set_permissions(folder.path(".env"), Permissions::from_mode(0o640)).unwrap();
    chown(folder.path(".env"), None, Some(65534)).unwrap();
    chown(folder.path(".env.example"), Some(65534), None).unwrap();
    let mut user = assert_cmd::Command::new("setpriv");
    user.args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(program.path("mksecret"))
        .args(["fill", ".env.example", "-o", ".env"])
        .current_dir(folder.path("."));
    user.assert().code(1).stdout("").stderr(error(
        "cannot preserve the owner and mode of .env: others may write to its directory",
        "remove the permission to write to the directory from group and others",
    ));
    fs::set_permissions(folder.path("."), Permissions::from_mode(0o755)).unwrap();
    user.assert().code(1).stdout("");
    assert_eq!(folder.read(".env"), "A=\n");
    assert_eq!(folder.names(), [".env"]);
    // A group that its owner is not in.
    chown(folder.path("."), Some(65534), None).unwrap();
    chown(folder.path(".env"), Some(65534), Some(0)).unwrap();
    let done = user.assert().code(1).stdout("");
    let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    let expected = error(
        "cannot set the owner and mode of .env: Operation not permitted (os error 1)",
        "`chgrp \"$(id -g)\" .env` gives it a group that you are in, if it is yours; root can keep any",
    );
    assert_eq!(stderr, expected);
    assert_eq!(folder.read(".env"), "A=\n");
    chown(folder.path(".env"), None, Some(65534)).unwrap();
    user.assert().success();
}

#[test]
fn link_is_an_error() {
    let folder = Folder::new(TEMPLATE);
    folder.write("target", "A=\n");
    symlink("target", folder.path(".env")).unwrap();
    folder
        .run(".env.example -o .env")
        .code(1)
        .stdout("")
        .stderr(error(
            "cannot fill in .env: it is a symbolic link",
            "name the file itself: -o \"$(readlink -f .env)\" --env",
        ));
    assert_eq!(folder.read("target"), "A=\n");
    assert!(folder.path(".env").is_symlink());
}

#[test]
fn force_and_keep_are_refused() {
    let folder = Folder::new(TEMPLATE);
    for option in ["--force", "--keep"] {
        folder
            .run(&format!(".env.example -o .env {option}"))
            .code(2)
            .stdout("")
            .stderr(error(
                &format!("{option}: an existing KEY=value file is filled in"),
                "leave it out: values that are there are kept, --rotate renews one",
            ));
    }
    assert!(folder.names().is_empty());
}

#[test]
fn file_is_known_by_its_name_or_by_option() {
    let folder = Folder::new("");
    for (template, line, is_env) in [
        (".env.example", ".env.example", true),
        ("prod.env", "prod.env", true),
        ("prod.env.example", "prod.env.example", true),
        ("PROD.ENV", "PROD.ENV", true),
        (".env-local", ".env-local", true),
        ("a.env.ini", "a.env.ini", false),
        ("a.txt", "a.txt -o .env.new", true),
        ("a.txt", "--env a.txt", true),
        ("a.txt", "a.txt", false),
        ("env.txt", "env.txt", false),
        (".env.in", ".env.in", true),
        ("a.env.j2.in", "a.env.j2.in", false),
    ] {
        folder.write(template, "A={{ mksecret hex }}\nB={{ A }}\n");
        let done = folder.run(line).success();
        let text = match line.contains("-o") {
            true => folder.read(".env.new"),
            false => String::from_utf8(done.get_output().stdout.clone()).unwrap(),
        };
        assert_eq!(!text.contains("{{ A }}"), is_env, "{line}");
    }
}

#[test]
fn name_of_file_decides_before_that_of_the_template() {
    let folder = Folder::new("A={{ mksecret hex 4 }}\n");
    for name in ["a.sh", "a.service", "a.conf", "a.env.j2", "a"] {
        let line = format!(".env.example -o {name}");
        folder.run(&line).success();
        let before = folder.read(name);
        // It is generated once, and not filled in.
        folder.run(&line).code(1);
        folder.run(&format!("{line} --keep")).success();
        assert_eq!(folder.read(name), before);
        folder.run(&format!("{line} --check --force")).code(2);
    }
    folder.write(".env.example", "A={{ mksecret hex 4 }}\nB={{ A }}\n");
    for name in ["b.sh", "b.conf"] {
        let line = format!(".env.example -o {name}");
        folder.run(&line).code(2).stdout("").stderr(error(
            ".env.example:2:3: there is no key A",
            "--env says that FILE is KEY=value, where a key can have the value of another",
        ));
        folder.run(&format!("{line} --env")).success();
        assert_eq!(folder.read(name).lines().count(), 2);
    }
    let mut option = folder.command("-o b.service -g A=hex");
    option.assert().code(2).stderr(error(
        "-g is for KEY=value files, and b.service is none by its name",
        "write {{ mksecret hex 32 }} into the template; or say --env",
    ));
}

#[test]
fn file_beyond_4_mib_is_an_error() {
    let folder = Folder::new(TEMPLATE);
    let large = format!("A=\n#{}\n", "x".repeat(4 << 20));
    folder.write(".env", &large);
    folder
        .run(".env.example -o .env")
        .code(1)
        .stdout("")
        .stderr("mksecret: error: cannot read .env: it is larger than 4194304 bytes, or grows\n");
}

#[test]
#[ignore = "needs strace"]
fn file_that_changes_meanwhile_is_not_replaced() {
    for new in ["A=\nC=by hand\n", "A=\n", "A"] {
        for is_replaced in [false, true] {
            let folder = Folder::new(TEMPLATE);
            folder.write(".env", "A=\nB=x\n");
            let trace = tempfile::NamedTempFile::new().unwrap();
            let options = format!(
                "-f -o {} -e trace=write,fsync -e inject=fsync:delay_enter=1000000",
                trace.path().display()
            );
            let command = strace(&options, "fill .env.example -o .env");
            let mut command = command_of(&command);
            let child = command
                .current_dir(folder.path("."))
                .stderr(Stdio::piped())
                .start();
            while !fs::read_to_string(trace.path()).unwrap().contains("write(") {
                thread::sleep(Duration::from_millis(1));
            }
            if is_replaced {
                folder.write("other", new);
                fs::rename(folder.path("other"), folder.path(".env")).unwrap();
            } else {
                folder.write(".env", new);
            }
            let done = child.output();
            assert_eq!(done.status.code(), Some(1));
            let message = error(
                ".env was changed meanwhile",
                "nothing was written: run it again",
            );
            assert_eq!(String::from_utf8(done.stderr).unwrap(), message);
            assert_eq!(folder.read(".env"), new);
            assert_eq!(folder.names(), [".env"]);
        }
    }
}

/// The same command, to be started and left running.
fn command_of(command: &assert_cmd::Command) -> Command {
    let mut process = Command::new(command.get_program());
    process.args(command.get_args());
    process
}

#[test]
fn runs_at_the_same_time_lose_no_key() {
    let folder = Folder::new("");
    for part in 0..4 {
        let keys = (0..20).map(|key| format!("K{part}_{key}={{{{ mksecret hex 8 }}}}\n"));
        folder.write(&format!("{part}.env"), &keys.collect::<String>());
    }
    for round in 0..20 {
        let start = |part| {
            Command::new(program())
                .args(["fill", &format!("{part}.env"), "-o", ".env"])
                .current_dir(folder.path("."))
                .stderr(Stdio::null())
                .start()
        };
        let children: Vec<_> = (0..4).map(start).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(folder.read(".env").lines().count(), 80, "round {round}");
        fs::remove_file(folder.path(".env")).unwrap();
    }
}

/// Starts the program, and returns it once it says that it waits.
fn start_waiting(folder: &Folder) -> Started {
    let mut child = Command::new(program())
        .args(["fill", ".env.example", "-o", ".env"])
        .current_dir(folder.path("."))
        .stderr(Stdio::piped())
        .start();
    let waiting = b"mksecret: waiting for another process that has locked .env\n";
    let mut line = [0; 59];
    let stderr = child.stderr.as_mut().unwrap();
    std::io::Read::read_exact(stderr, &mut line).unwrap();
    assert_eq!(&line, waiting);
    child
}

#[test]
fn locked_file_is_waited_for_and_checked_again() {
    for is_replaced in [false, true] {
        let folder = Folder::new(TEMPLATE);
        folder.write(".env", "A=\n");
        let file = fs::File::open(folder.path(".env")).unwrap();
        flock(&file, FlockOperation::LockExclusive).unwrap();
        let mut child = start_waiting(&folder);
        if is_replaced {
            folder.write("other", "A=\nC=by another\n");
            fs::rename(folder.path("other"), folder.path(".env")).unwrap();
        }
        flock(&file, FlockOperation::Unlock).unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(folder.read(".env").contains("by another"), is_replaced);
        assert_eq!(folder.value("A").len(), 64);
        assert_eq!(folder.names(), [".env"]);
    }
}

#[test]
fn locked_directory_and_check_do_not_wait() {
    let folder = Folder::new(TEMPLATE);
    let directory = fs::File::open(folder.path(".")).unwrap();
    flock(&directory, FlockOperation::LockExclusive).unwrap();
    folder.fill();
    let file = fs::File::open(folder.path(".env")).unwrap();
    flock(&file, FlockOperation::LockExclusive).unwrap();
    folder
        .run(".env.example -o .env --check")
        .success()
        .stderr("");
}

#[test]
#[ignore = "needs strace"]
fn lock_that_is_never_released_is_an_error() {
    let folder = Folder::new(TEMPLATE);
    folder.write(".env", "A=\n");
    // Without the sleep in between, it is all over at once.
    let options = "-f -o /dev/null -e inject=flock:error=EAGAIN -e inject=clock_nanosleep:retval=0";
    let done = strace(options, "fill .env.example -o .env")
        .current_dir(folder.path("."))
        .assert();
    done.code(1).stdout("").stderr(
        "mksecret: waiting for another process that has locked .env\n\
         mksecret: error: cannot lock .env: another process holds the lock\n",
    );
    assert_eq!(folder.read(".env"), "A=\n");
}

/// Runs the shell's command line in the hint of a program that refused.
fn follow(folder: &Folder, stderr: &str) {
    let hint = stderr.split('`').nth(1).unwrap();
    let mut shell = assert_cmd::Command::new("sh");
    shell.args(["-c", hint]).current_dir(folder.path("."));
    shell.assert().success();
}

#[test]
fn file_that_others_know_gets_no_secret() {
    for (mode, who) in [
        (0o644, "every user may read it"),
        (0o666, "every user may write it"),
        (0o602, "every user may write it"),
        (0o660, "its group may write it"),
        (0o620, "its group may write it"),
    ] {
        let folder = Folder::new(TEMPLATE);
        folder.write(".env", "A=\n");
        let set = || {
            fs::set_permissions(folder.path(".env"), Permissions::from_mode(mode)).unwrap();
        };
        set();
        let done = folder.run(".env.example -o .env").code(1).stdout("");
        done.stderr(error(
            &format!("cannot fill in .env: {who} (mode {mode:04o})"),
            &format!("--mode 0600 restricts it, --mode {mode:04o} accepts it"),
        ));
        assert_eq!(folder.read(".env"), "A=\n");
        folder
            .run(".env.example -o .env --check")
            .code(1)
            .stderr("");
        // Both ways out work, and what is complete is not looked at.
        let line = format!(".env.example -o .env --mode {mode:04o}");
        folder.run(&line).success();
        assert_eq!(folder.identity().3 & 0o7777, mode);
        folder.fill();
        folder.run(".env.example -o .env --check").success();
        folder.write(".env", "A=\n");
        set();
        folder.run(".env.example -o .env --mode 0600").success();
        assert_eq!(folder.identity().3 & 0o7777, 0o600);
    }
}

#[test]
fn mode_alone_is_set_without_a_new_file() {
    let folder = Folder::new(TEMPLATE);
    folder.fill();
    let (inode, before) = (folder.identity().0, folder.read(".env"));
    folder.run(".env.example -o .env --mode 0640").success();
    assert_eq!(folder.identity().3 & 0o7777, 0o640);
    assert_eq!((folder.identity().0, folder.read(".env")), (inode, before));
}

#[test]
fn file_of_several_names_is_refused_until_it_is_alone() {
    let folder = Folder::new(TEMPLATE);
    folder.write(".env", "A=\n");
    fs::hard_link(folder.path(".env"), folder.path("other")).unwrap();
    let done = folder.run(".env.example -o .env").code(1).stdout("");
    let done = done.get_output();
    let stderr = String::from_utf8(done.stderr.clone()).unwrap();
    let expected = error(
        "cannot fill in .env: it has 2 names, and the others would keep the old content",
        "`cp -p .env .env.copy && mv .env.copy .env` makes it a file of its own",
    );
    assert_eq!(stderr, expected);
    folder
        .run(".env.example -o .env --check")
        .code(1)
        .stderr("");
    follow(&folder, &stderr);
    assert_eq!(folder.fill().lines().count(), 2);
    assert_eq!(folder.read("other"), "A=\n");
}

#[test]
fn hint_for_a_link_names_the_file() {
    let folder = Folder::new(TEMPLATE);
    folder.write("the file", "A=\n");
    symlink("the file", folder.path(".env")).unwrap();
    folder
        .run(".env.example -o .env --check")
        .code(1)
        .stderr("");
    let script = r#""$0" fill .env.example -o "$(readlink -f .env)" --env"#;
    let mut shell = assert_cmd::Command::new("sh");
    shell.args(["-c", script, program()]);
    shell.current_dir(folder.path(".")).assert().success();
    assert_eq!(folder.read("the file").lines().count(), 2);
    assert!(folder.path(".env").is_symlink());
    // Complete, it is not looked at.
    folder.fill();
}

#[test]
#[ignore = "needs mounts"]
fn mount_point_is_an_error() {
    let folder = Folder::new(TEMPLATE);
    folder.write(".env", "A=\n");
    folder.write("real", "A=\n");
    let script = r#"mount --bind real .env; status=0
        "$0" fill .env.example -o .env || status=$?
        ls -A; cat .env; exit $status"#;
    let mut unshare = support::in_mount_namespace(script);
    let done = unshare.arg(program()).current_dir(folder.path("."));
    let done = done.assert().code(1);
    done.stdout(".env\n.env.example\nreal\nA=\n").stderr(error(
        "cannot replace .env: it is a mount point",
        "mount its directory instead of the file: only then it can be replaced",
    ));
}

#[test]
#[ignore = "needs root"]
fn directory_that_may_not_be_read_is_enough() {
    let folder = Folder::new(TEMPLATE);
    let program = support::folder::Folder::with_program();
    fs::create_dir(folder.path("closed")).unwrap();
    folder.write("closed/.env", "A=\n");
    for name in [".", ".env.example", "closed", "closed/.env"] {
        chown(folder.path(name), Some(65534), Some(65534)).unwrap();
    }
    fs::set_permissions(folder.path("closed"), Permissions::from_mode(0o300)).unwrap();
    for file in ["closed/.env", "closed/new.env"] {
        assert_cmd::Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(program.path("mksecret"))
            .args(["fill", ".env.example", "-o", file])
            .current_dir(folder.path("."))
            .assert()
            .success()
            .stderr("");
        assert_eq!(folder.read(file).lines().count(), 2);
    }
}

#[test]
#[ignore = "needs root"]
fn existing_file_must_have_the_owner() {
    let folder = Folder::new(TEMPLATE);
    let line = ".env.example -o .env --owner 12345:23456";
    folder.run(line).success().stderr("");
    let owner = || {
        let file = fs::metadata(folder.path(".env")).unwrap();
        (file.uid(), file.gid(), file.mode() & 0o7777)
    };
    assert_eq!(owner(), (12_345, 23_456, 0o600));
    folder.write(".env", "A=\n");
    folder.run(line).success().stderr("");
    assert_eq!(owner(), (12_345, 23_456, 0o600));
    folder.write(".env", "A=\n");
    let done = folder.run(".env.example -o .env --owner 6").code(1);
    let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    let expected = error(
        ".env belongs to 12345:23456, and --owner is 6",
        "`chown 6 .env` changes that",
    );
    assert_eq!(stderr, expected);
    assert_eq!(folder.read(".env"), "A=\n");
    follow(&folder, &stderr);
    folder.run(".env.example -o .env --owner 6").success();
    assert_eq!(owner(), (6, 23_456, 0o600));
}

#[test]
#[ignore = "needs root, setfacl, setfattr"]
fn access_lists_and_notes_of_users_stay() {
    let folder = Folder::new(TEMPLATE);
    folder.write(".env", "A=\n");
    let shell = |script: &str| {
        let mut shell = assert_cmd::Command::new("sh");
        shell.args(["-euc", script]).current_dir(folder.path("."));
        String::from_utf8(shell.assert().success().get_output().stdout.clone()).unwrap()
    };
    shell("setfacl -m u:12345:r .env; setfattr -n user.note -v kept .env");
    let look = "getfacl --omit-header --numeric .env; getfattr -d .env";
    let before = shell(look);
    assert!(before.contains("user:12345:r--") && before.contains("user.note=\"kept\""));
    folder.fill();
    assert_eq!(shell(look), before);
}

#[test]
fn loser_of_the_race_fills_in_the_winners_file() {
    let folder = Folder::new("");
    for part in 0..6 {
        let text = format!("K{part}={{{{ mksecret hex 8 }}}}\n");
        folder.write(&format!("{part}.env"), &text);
    }
    for round in 0..20 {
        thread::scope(|scope| {
            for part in 0..6 {
                let folder = &folder;
                scope.spawn(move || folder.run(&format!("{part}.env -o .env")).success());
            }
        });
        assert_eq!(folder.read(".env").lines().count(), 6, "round {round}");
        fs::remove_file(folder.path(".env")).unwrap();
    }
}

#[test]
#[ignore = "needs strace"]
fn kill_at_any_system_call_leaves_old_or_complete_file() {
    let before = "A=\n# kept\nB=x\n";
    let line = "fill .env.example -o .env";
    for exists in [false, true] {
        let prepared = || {
            let folder = Folder::new(TEMPLATE);
            if exists {
                folder.write(".env", before);
            }
            folder.0
        };
        let expected = ["getrandom", "write", "fsync", "linkat", "exit_group"];
        kill_at_each_call(line, &expected, prepared, |folder, call| {
            // But for the moment of the renaming, a secret has no other name.
            let others = folder.names().into_iter();
            let others = others.filter(|name| !name.starts_with(".env"));
            assert!(call.starts_with("rename") || others.count() == 0, "{call}");
            match fs::read_to_string(folder.path(".env")) {
                Ok(env) if env == before => assert!(exists, "{call}"),
                Ok(env) => {
                    let lines: Vec<&str> = env.lines().collect();
                    let (first, rest) = lines.split_first().unwrap();
                    assert_eq!(first.len(), 2 + 64, "{call}");
                    assert_eq!(rest == ["# kept", "B=x"], exists, "{call}");
                    assert!(env.ends_with('\n'), "{call}");
                }
                Err(_) => assert!(!exists, "{call}"),
            }
        });
    }
}

#[test]
fn mode_that_is_asked_for_replaces_that_of_the_file() {
    let folder = Folder::new("A={{ mksecret hex 4 }}\nB={{ mksecret hex 4 }}\n");
    let mode = || folder.identity().3 & 0o7777;
    folder.write(".env", "A=1\n");
    std::fs::set_permissions(folder.path(".env"), PermissionsExt::from_mode(0o666)).unwrap();
    folder.run(".env.example -o .env --mode 0640").success();
    assert_eq!(mode(), 0o640);
    folder.write(".env", "A=1\n");
    folder.fill();
    assert_eq!(mode(), 0o640);
}
