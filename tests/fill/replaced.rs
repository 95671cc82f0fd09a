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
    support::{self, Start, error, folder::kill_at_each_call, is_root, program, strace},
};

const TEMPLATE: &str = "A={{ mksecret hex }}\nB={{ mksecret hex }}\n";

#[test]
fn owner_group_and_mode_stay() {
    let folder = Folder::new(TEMPLATE);
    for mode in [0o600, 0o640, 0o444, 0o664] {
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
    assert_eq!(folder.identity().3 & 0o7777, 0o640);
}

#[test]
#[ignore = "needs root"]
fn owner_that_cannot_be_kept_is_an_error() {
    let folder = Folder::new(TEMPLATE);
    let program = support::folder::Folder::with_program();
    fs::set_permissions(folder.path("."), Permissions::from_mode(0o777)).unwrap();
    folder.write(".env", "A=\n");
    fs::set_permissions(folder.path(".env"), Permissions::from_mode(0o644)).unwrap();
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
            "use the name of the file itself",
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
        ("a.env.yaml", "a.env.yaml", false),
        ("a.txt", "a.txt -o .env.new", true),
        ("a.txt", "--env a.txt", true),
        ("a.txt", "a.txt", false),
        ("env.txt", "env.txt", false),
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
            let options = "-f -o /dev/null -e inject=fsync:delay_enter=1000000";
            let command = strace(options, "fill .env.example -o .env");
            let mut command = command_of(&command);
            let child = command
                .current_dir(folder.path("."))
                .stderr(Stdio::piped())
                .start();
            while folder.names().len() == 1 {
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

#[test]
fn locked_directory_is_waited_for() {
    let folder = Folder::new(TEMPLATE);
    let directory = fs::File::open(folder.path(".")).unwrap();
    flock(&directory, FlockOperation::LockExclusive).unwrap();
    let mut child = Command::new(program())
        .args(["fill", ".env.example", "-o", ".env"])
        .current_dir(folder.path("."))
        .stderr(Stdio::piped())
        .start();
    let mut line = [0; 68];
    let mut stderr = child.stderr.take().unwrap();
    std::io::Read::read_exact(&mut stderr, &mut line).unwrap();
    let waiting = b"mksecret: waiting for another process that has locked the directory\n";
    assert_eq!(&line, waiting);
    assert!(folder.names().is_empty());
    flock(&directory, FlockOperation::Unlock).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(folder.names(), [".env"]);
}

#[test]
#[ignore = "needs strace"]
fn lock_that_is_never_released_is_an_error() {
    let folder = Folder::new(TEMPLATE);
    // Without the sleep in between, it is all over at once.
    let options = "-f -o /dev/null -e inject=flock:error=EAGAIN -e inject=clock_nanosleep:retval=0";
    let done = strace(options, "fill .env.example -o .env")
        .current_dir(folder.path("."))
        .assert();
    done.code(1).stdout("").stderr(
        "mksecret: waiting for another process that has locked the directory\n\
         mksecret: error: cannot lock the directory of .env: another process holds the lock\n",
    );
    assert!(folder.names().is_empty());
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
        let expected = ["flock", "getrandom", "write", "fsync", "exit_group"];
        kill_at_each_call(
            line,
            &expected,
            prepared,
            |folder, call| match fs::read_to_string(folder.path(".env")) {
                Ok(env) if env == before => assert!(exists, "{call}"),
                Ok(env) => {
                    let lines: Vec<&str> = env.lines().collect();
                    let (first, rest) = lines.split_first().unwrap();
                    assert_eq!(first.len(), 2 + 64, "{call}");
                    assert_eq!(rest == ["# kept", "B=x"], exists, "{call}");
                    assert!(env.ends_with('\n'), "{call}");
                }
                Err(_) => assert!(!exists, "{call}"),
            },
        );
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
