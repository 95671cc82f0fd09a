//! `-o FILE`: whatever happens, the file is absent, old or complete. It is overwritten only with `--force`, and nobody
//! else can read it.
#![cfg(unix)]

use std::{
    fs,
    os::unix::{
        fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink},
        net::UnixListener,
        process::ExitStatusExt,
    },
    thread,
    time::Duration,
};

use assert_cmd::{Command, assert::Assert};
use predicates::prelude::*;
use rustix::process::{Pid, Signal, kill_process};

mod support;

use support::{
    Printed, Start, Started, error,
    folder::{Folder, kill_at_each_call},
    is_key, is_root, program, program_that_heeds_signals,
};

fn mode(folder: &Folder, name: &str) -> u32 {
    fs::metadata(folder.path(name)).unwrap().mode() & 0o7777
}

/// Lets the program begin to write. What the tests claim holds at any moment, so that no time is too short.
fn begin(child: &mut Started) {
    thread::sleep(Duration::from_millis(100));
    assert!(child.try_wait().unwrap().is_none(), "it ended too soon");
}

fn run(folder: &Folder, line: &str) -> Assert {
    support::mksecret(line).current_dir(folder).assert()
}

/// The program must succeed, and print nothing to either stream.
fn succeeds(folder: &Folder, line: &str) {
    run(folder, line).success().stdout("").stderr("");
}

/// The program must fail with this status and message, and change no name in the folder.
fn fails(folder: &Folder, line: &str, status: i32, says: &str) {
    let before = folder.names();
    let done = run(folder, line).code(status).stdout("");
    done.stderr(says.to_owned());
    assert_eq!(folder.names(), before, "{line}");
}

fn strace(folder: &Folder, options: &str, line: &str) -> Assert {
    support::strace(options, line).current_dir(folder).assert()
}

/// Runs a shell script in which `"$0"` is the program.
fn shell(folder: &Folder, script: &str) -> Assert {
    let mut bash = Command::new("bash");
    bash.args(["-c", script, program()]);
    bash.current_dir(folder).assert()
}

/// The message for a file that exists.
fn exists(name: &str) -> String {
    let hint = "--force replaces it, --keep leaves it";
    error(&format!("{name} exists"), hint)
}

#[test]
fn new_file_is_complete_and_private_to_its_owner() {
    let folder = Folder::new();
    succeeds(&folder, "hex -o token.txt");
    assert!(is_key(&folder.read("token.txt")));
    assert_eq!(mode(&folder, "token.txt"), 0o600);
    assert_eq!(folder.names(), ["token.txt"]);
    succeeds(&folder, "bytes 200K -o key");
    assert_eq!(fs::metadata(folder.path("key")).unwrap().len(), 200 * 1024);
}

#[test]
fn mode_is_as_requested_under_any_umask() {
    for umask in ["000", "022", "077", "777"] {
        let folder = Folder::new();
        let script = format!(
            r#"umask {umask}; "$0" hex -o a && "$0" hex -o b --mode 0640 && "$0" hex -o c --mode 444"#
        );
        shell(&folder, &script).success().stderr("");
        let modes = ["a", "b", "c"].map(|name| mode(&folder, name));
        assert_eq!(modes, [0o600, 0o640, 0o444], "umask {umask}");
    }
}

#[test]
fn existing_file_is_not_changed_without_force() {
    let folder = Folder::new();
    folder.write("token.txt", "old");
    fails(&folder, "hex -o token.txt", 1, &exists("token.txt"));
    assert_eq!(folder.read("token.txt"), "old");
}

#[test]
fn force_overwrites_the_file_and_makes_it_private() {
    let folder = Folder::new();
    folder.write("token.txt", "old");
    fs::set_permissions(folder.path("token.txt"), fs::Permissions::from_mode(0o644)).unwrap();
    succeeds(&folder, "hex -o token.txt --force");
    assert!(is_key(&folder.read("token.txt")));
    assert_eq!(mode(&folder, "token.txt"), 0o600);
    succeeds(&folder, "hex -f -o new.txt");
    assert_eq!(folder.names(), ["new.txt", "token.txt"]);
}

#[test]
fn keep_leaves_an_existing_file() {
    let folder = Folder::new();
    succeeds(&folder, "hex --keep -o token.txt");
    let first = folder.read("token.txt");
    assert!(is_key(&first));
    succeeds(&folder, "hex --keep -o token.txt");
    assert_eq!(folder.read("token.txt"), first);
}

#[test]
#[ignore = "needs strace"]
fn keep_of_an_existing_file_requests_no_randomness() {
    let folder = Folder::new();
    succeeds(&folder, "hex --keep -o token.txt");
    // Only the C library's own request of 8 bytes.
    let is_library = |trace: &str| {
        trace
            .lines()
            .all(|call| call.contains(", 8, GRND_NONBLOCK"))
    };
    let done = strace(&folder, "-f -e trace=getrandom", "hex --keep -o token.txt");
    done.success().stderr(predicate::function(is_library));
}

#[test]
fn keep_refuses_an_empty_file() {
    let folder = Folder::new();
    folder.write("token.txt", "");
    let says = error(
        "cannot keep token.txt: it is empty",
        "a generator that failed may have left it: remove it, or overwrite it with --force",
    );
    fails(&folder, "hex --keep -o token.txt", 1, &says);
    succeeds(&folder, "hex --force -o token.txt");
    assert!(is_key(&folder.read("token.txt")));
}

#[test]
fn keep_refuses_a_link_and_reads_no_input() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    symlink("folder", folder.path("link")).unwrap();
    let says = error(
        "cannot keep link: it is a symbolic link",
        "use the name of the file itself",
    );
    fails(&folder, "hex --keep -o link", 1, &says);
    folder.write("kept", "secret");
    fs::set_permissions(folder.path("kept"), fs::Permissions::from_mode(0o600)).unwrap();
    succeeds(&folder, "choice -i no-such-file --keep -o kept");
    succeeds(&folder, "passphrase -W no-such-file --keep -o kept");
}

#[test]
fn keep_and_force_conflict_and_require_output() {
    let folder = Folder::new();
    for line in [
        "hex --keep --force -o a",
        "hex --keep",
        "hex --force",
        "hex --mode 0600",
        "hex -o a --mode 8",
        "hex -o a -o b",
    ] {
        run(&folder, line).code(2).stdout("");
        assert!(folder.names().is_empty(), "{line}");
    }
}

/// Starts 24 programs at once, which must end with the status 0 or 1, and returns how many end with 0.
fn winners(folder: &Folder, line: &str) -> usize {
    thread::scope(|scope| {
        let race = |_| scope.spawn(|| run(folder, line).get_output().status.code().unwrap());
        let racers: Vec<_> = (0..24).map(race).collect();
        let statuses = racers.into_iter().map(|racer| racer.join().unwrap());
        statuses
            .filter(|status| {
                assert!([0, 1].contains(status));
                *status == 0
            })
            .count()
    })
}

#[test]
fn one_of_24_racing_processes_creates_the_file() {
    let folder = Folder::new();
    assert_eq!(winners(&folder, "hex -o one"), 1);
    assert_eq!(winners(&folder, "hex --keep -o kept"), 24);
    assert!(is_key(&folder.read("one")) && is_key(&folder.read("kept")));
    assert_eq!(folder.names(), ["kept", "one"]);
}

#[test]
fn error_names_the_file_that_cannot_be_created() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    folder.write("plain", "x");
    let missing = "cannot create no/token: No such file or directory (os error 2)\n\
        mksecret: hint: `mkdir -p no` creates the directory";
    // Bash and zsh read this as the name that was given.
    let unseen = "cannot create no\\n'x/token: No such file or directory (os error 2)\n\
        mksecret: hint: `mkdir -p $'no\\U0000000a\\'x'` creates the directory";
    let in_file = "cannot create plain/x: Not a directory (os error 20)";
    for (line, says) in [
        ("hex -o no/token", missing),
        ("hex -o folder", "folder is a directory"),
        ("hex -o folder --force", "folder is a directory"),
        ("hex -o folder --keep", "folder is a directory"),
        ("hex -o plain/x", in_file),
    ] {
        fails(&folder, line, 1, &format!("mksecret: error: {says}\n"));
    }
    let done = shell(&folder, r#""$0" hex -o $'no\n\'x/token'"#).code(1);
    done.stderr(format!("mksecret: error: {unseen}\n"));
    let hint = "--output FILE: write to a new FILE with mode 0600, complete or absent; - is standard output";
    let says = error("--output needs a value", hint);
    let done = shell(&folder, r#""$0" hex -o """#).code(2);
    done.stdout("").stderr(says);
    assert_eq!(folder.names(), ["folder", "plain"]);
}

#[test]
fn directory_without_write_permission_is_an_error() {
    let folder = Folder::with_program();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write anywhere.
    let mut user = match is_root() {
        true => Command::new("setpriv"),
        false => Command::new("env"),
    };
    if is_root() {
        user.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    }
    let done = user
        .args(["./mksecret", "hex", "-o", "token"])
        .current_dir(&folder)
        .assert();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let says = "mksecret: error: cannot create token: Permission denied (os error 13)\n";
    done.code(1).stdout("").stderr(says);
    assert_eq!(folder.names(), ["mksecret"]);
}

#[test]
fn force_overwrites_a_symbolic_link_and_not_its_target() {
    let folder = Folder::new();
    folder.write("target", "old");
    symlink("target", folder.path("link")).unwrap();
    symlink("nowhere", folder.path("dangling")).unwrap();
    for link in ["link", "dangling"] {
        fails(&folder, &format!("hex -o {link}"), 1, &exists(link));
    }
    for link in ["link", "dangling"] {
        succeeds(&folder, &format!("hex -o {link} --force"));
        assert!(fs::symlink_metadata(folder.path(link)).unwrap().is_file());
    }
    assert_eq!(folder.read("target"), "old");
    assert_eq!(folder.names(), ["dangling", "link", "target"]);
}

#[test]
fn device_is_written_to_and_never_replaced() {
    let folder = Folder::new();
    let is_device = |path| {
        fs::symlink_metadata(path)
            .unwrap()
            .file_type()
            .is_char_device()
    };
    for option in ["", "--force"] {
        succeeds(&folder, &format!("hex {option} -o /dev/null"));
        assert!(is_device("/dev/null"), "{option}");
    }
    let says =
        "mksecret: error: cannot write to /dev/full: No space left on device (os error 28)\n";
    fails(&folder, "hex -o /dev/full", 1, says);
    assert!(is_device("/dev/full"));
}

/// The message for what `-o` does not write to.
fn unsuitable(name: &str) -> String {
    format!(
        "mksecret: error: {name} is not a regular file, a character device, or a FIFO owned by you or root\n"
    )
}

#[test]
fn fifo_of_the_caller_is_written_to() {
    let folder = Folder::new();
    let pipe = folder.path("pipe");
    Command::new("mkfifo").arg(&pipe).printed();
    let reader = thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    succeeds(&folder, "hex -o pipe --force");
    assert!(is_key(&reader.join().unwrap()));
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn socket_is_refused() {
    let folder = Folder::new();
    let _socket = UnixListener::bind(folder.path("socket")).unwrap();
    fails(&folder, "hex -o socket", 1, &unsuitable("socket"));
    fails(&folder, "hex -o socket --force", 1, &unsuitable("socket"));
}

#[test]
fn descriptor_named_as_a_file_is_not_reopened() {
    let folder = Folder::new();
    for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let done = run(&folder, &format!("hex -o {name}"));
        done.stdout(predicate::function(is_key));
        // Opened again, a regular file would be written from its start.
        let script = format!(r#"{{ echo before; "$0" hex -o {name}; echo after; }} >out"#);
        shell(&folder, &script).success().stderr("");
        let out = folder.read("out");
        assert!(
            out.starts_with("before\n") && out.ends_with("\nafter\n"),
            "{name}"
        );
        let done = shell(&folder, &format!(r#""$0" hex -o {name} >&-"#));
        let says = "mksecret: error: standard output is closed\n";
        done.code(1).stderr(says);
    }
    for (name, redirection) in [
        ("/dev/stderr", "2>out"),
        ("/dev/fd/2", "2>out"),
        ("/dev/fd/7", "7>out"),
        ("/proc/self/fd/23", "23>out"),
    ] {
        let script = format!(r#""$0" hex -o {name} {redirection}"#);
        shell(&folder, &script).success().stderr("");
        assert!(is_key(&folder.read("out")), "{name}");
    }
    // Something else would have been opened in the place of the first three.
    for number in [0, 2, 9] {
        for name in ["/dev/fd", "/proc/self/fd"].map(|folder| format!("{folder}/{number}")) {
            let script = format!(r#""$0" hex -o {name} {number}>&- 3>&-"#);
            shell(&folder, &script).code(1);
        }
    }
    shell(&folder, r#""$0" hex -o /dev/stderr 2>&-"#).code(1);
    let done = shell(&folder, r#""$0" hex -o /dev/fd/9 9>&-"#);
    let says = "mksecret: error: cannot open /dev/fd/9: Bad file descriptor (os error 9)\n";
    done.code(1).stderr(says);
}

#[test]
#[ignore = "needs mounts"]
fn full_disk_leaves_the_old_file_and_no_temporary() {
    for (line, old) in [
        ("hex 40K", false),
        ("hex 40K --force", true),
        ("bytes 1M", false),
        ("bytes 1M --force", true),
    ] {
        let script = format!(
            r#"mount -t tmpfs -o size=64k none /mnt
            [ {old} = false ] || echo old >/mnt/token
            status=0; "$0" {line} -o /mnt/token || status=$?
            ls -A /mnt; [ ! -e /mnt/token ] || cat /mnt/token; exit $status"#
        );
        let mut unshare = support::in_mount_namespace(&script);
        let done = unshare.arg(program()).assert().code(1);
        done.stdout(if old { "token\nold\n" } else { "" }).stderr(
            "mksecret: error: cannot write /mnt/token: No space left on device (os error 28)\n",
        );
    }
}

#[test]
#[ignore = "needs strace"]
fn failed_system_call_leaves_the_old_file_and_no_temporary() {
    for fault in [
        "write",
        "fsync",
        "fchmod",
        "rename,renameat,renameat2,link,linkat",
    ] {
        for force in [false, true] {
            let folder = Folder::new();
            if force {
                folder.write("token", "old");
            }
            let before = folder.names();
            let options = format!("-o /dev/null -e trace={fault} -e inject={fault}:error=EIO");
            let line = if force {
                "hex -o token --force"
            } else {
                "hex -o token"
            };
            strace(&folder, &options, line).code(1);
            assert_eq!(folder.names(), before, "{fault} {force}");
            if force {
                assert_eq!(folder.read("token"), "old", "{fault}");
            }
        }
    }
}

/// Kills the program at each of its system calls.
#[test]
#[ignore = "needs strace"]
fn kill_at_any_system_call_leaves_no_partial_file() {
    for force in [false, true] {
        let line = if force {
            "hex -o token --force"
        } else {
            "hex -o token"
        };
        let prepared = || {
            let folder = Folder::new();
            if force {
                folder.write("token", "old");
            }
            folder
        };
        let expected = ["getrandom", "write", "fsync", "close", "exit_group"];
        kill_at_each_call(
            line,
            &expected,
            prepared,
            |folder, call| match fs::read_to_string(folder.path("token")) {
                Ok(content) if content == "old" => assert!(force, "{call}"),
                Ok(content) => assert!(is_key(&content), "{call}: {content:?}"),
                Err(_) => assert!(!force, "{call}"),
            },
        );
    }
}

fn send(signal: Signal, child: &Started) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn signal_while_writing_leaves_no_temporary_file() {
    for signal in [
        Signal::HUP,
        Signal::INT,
        Signal::QUIT,
        Signal::ABORT,
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::TERM,
        Signal::XCPU,
        Signal::VTALARM,
        Signal::PROF,
    ] {
        let folder = Folder::new();
        let mut command = program_that_heeds_signals("bytes 16G -o key --force");
        let mut child = command.current_dir(&folder).start();
        begin(&mut child);
        send(signal, &child);
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()));
        assert!(folder.names().is_empty(), "{signal:?}");
    }
}

/// On a file system where a file cannot be without a name, as bindfs is one, and no rename tells that it overwrites.
#[test]
#[ignore = "needs root, bindfs"]
fn file_system_without_nameless_files_has_the_same_promises() {
    let folder = Folder::new();
    let script = r#"mkdir bound; bindfs --no-allow-other . bound >/dev/null 2>&1
        trap 'cd ..; umount bound' EXIT; cd bound
        "$0" hex -o new && "$0" hex -o new && exit 3
        "$0" hex -o new --force && "$0" hex -o owned --owner 5:6 && "$0" hex -o new --keep
        echo A= > .env; chmod 600 .env; echo 'A={{ mksecret hex 32 }}' | "$0" fill - -o .env
        for signal in HUP INT QUIT USR1 TERM; do
            env --default-signal "$0" bytes 16G -o key --force & child=$!
            until ls -A | grep -q '^[.]mksecret'; do kill -0 $child || exit 4; done
            kill -$signal $child; wait $child && exit 5
        done
        ls -A; wc -c < .env; stat -c '%u:%g %a' owned"#;
    let done = shell(&folder, script).success();
    done.stdout(".env\nbound\nnew\nowned\n67\n5:6 600\n")
        .stderr(predicate::str::contains("new exists"));
}

#[test]
fn ignored_hangup_stays_ignored() {
    let folder = Folder::new();
    let mut child = std::process::Command::new("sh")
        .args([
            "-c",
            r#"trap "" HUP; exec "$0" bytes 16G -o key --force"#,
            program(),
        ])
        .current_dir(&folder)
        .start();
    begin(&mut child);
    send(Signal::HUP, &child);
    thread::sleep(Duration::from_millis(50));
    assert!(child.try_wait().unwrap().is_none());
    send(Signal::TERM, &child);
    assert_eq!(child.wait().unwrap().signal(), Some(15));
    assert!(folder.names().is_empty());
}

#[test]
#[ignore = "needs strace"]
fn file_is_synced_before_it_is_named_and_directory_after() {
    let folder = Folder::new();
    let calls = "write,fsync,fdatasync,rename,renameat,renameat2,linkat,unlink,unlinkat";
    let done = strace(&folder, &format!("-e trace={calls}"), "hex -o token");
    let is_in_order = |trace: &str| {
        let calls = trace.lines().filter_map(|line| line.split('(').next());
        calls.eq(["linkat", "write", "fsync", "linkat", "fsync"])
    };
    done.success().stderr(predicate::function(is_in_order));
}

#[test]
fn every_text_subcommand_can_write_to_a_file() {
    let folder = Folder::new();
    for (name, line) in [
        ("1", "password"),
        ("2", "urlsafe 100K"),
        ("3", "base64"),
        ("4", "base32"),
        ("5", "token"),
        ("6", "below 10"),
        ("7", "choice a"),
        ("8", "sample all a b"),
        ("9", "passphrase"),
        ("10", "uuid"),
        ("11", "sample 6 --range 1-49"),
    ] {
        succeeds(&folder, &format!("{line} -o {name}"));
        let content = folder.read(name);
        assert!(content.len() > 1 && content.ends_with('\n'), "{line}");
    }
}
