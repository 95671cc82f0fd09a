//! `-o FILE`: absent, old or complete, whatever happens; never overwritten unless told; readable by nobody else.
#![cfg(unix)]

use std::{
    fs,
    os::unix::{
        fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink},
        process::ExitStatusExt,
    },
    path::PathBuf,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

mod support;

use support::goes_without;

/// A folder for one test, and the program run in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().mode() & 0o7777
    }

    /// The names in the folder: what is not mentioned in a test must not be there.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mksecret"));
        command.args(words).current_dir(self.0.path());
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Runs it, and it must succeed without a word.
    fn succeeds(&self, words: &[&str]) {
        let done = self.run(words);
        assert_eq!(told(&done), "", "{words:?}");
        assert_eq!(done.status.code(), Some(0), "{words:?}");
        assert!(done.stdout.is_empty(), "{words:?}");
    }

    /// Runs it, and it must fail with these words, and change nothing in the folder.
    fn fails(&self, words: &[&str], status: i32, says: &str) {
        let before = self.names();
        let done = self.run(words);
        assert_eq!(told(&done), says, "{words:?}");
        assert_eq!(done.status.code(), Some(status), "{words:?}");
        assert!(done.stdout.is_empty(), "{words:?}");
        assert_eq!(self.names(), before, "{words:?}");
    }
}

fn told(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

fn is_key(text: &str) -> bool {
    text.len() == 65
        && text.ends_with('\n')
        && text[..64]
            .bytes()
            .all(|byte| b"0123456789abcdef".contains(&byte))
}

#[test]
fn a_new_file_is_complete_and_readable_by_its_owner_alone() {
    let folder = Folder::new();
    folder.succeeds(&["hex", "-o", "token.txt"]);
    assert!(is_key(&folder.read("token.txt")));
    assert_eq!(folder.mode("token.txt"), 0o600);
    assert_eq!(folder.names(), ["token.txt"]);
    folder.succeeds(&["bytes", "200K", "-o", "key"]);
    assert_eq!(fs::metadata(folder.path("key")).unwrap().len(), 200 * 1024);
}

#[test]
fn the_mode_is_what_was_asked_for_under_any_umask() {
    for umask in ["000", "022", "077", "777"] {
        let folder = Folder::new();
        let script = format!(
            r#"umask {umask}; "$1" hex -o a && "$1" hex -o b --mode 0640 && "$1" hex -o c --mode 444"#
        );
        let done = Command::new("sh")
            .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_mksecret")])
            .current_dir(folder.0.path())
            .output()
            .unwrap();
        assert_eq!(told(&done), "");
        assert_eq!(folder.mode("a"), 0o600, "umask {umask}");
        assert_eq!(folder.mode("b"), 0o640, "umask {umask}");
        assert_eq!(folder.mode("c"), 0o444, "umask {umask}");
    }
}

#[test]
fn a_file_that_is_there_is_not_touched() {
    let folder = Folder::new();
    folder.write("token.txt", "old");
    let says = "mksecret: error: token.txt exists\nmksecret: hint: --force replaces it, --keep leaves it\n";
    folder.fails(&["hex", "-o", "token.txt"], 1, says);
    assert_eq!(folder.read("token.txt"), "old");
}

#[test]
fn force_replaces_the_file_and_closes_it_to_others() {
    let folder = Folder::new();
    folder.write("token.txt", "old");
    fs::set_permissions(folder.path("token.txt"), fs::Permissions::from_mode(0o644)).unwrap();
    folder.succeeds(&["hex", "-o", "token.txt", "--force"]);
    assert!(is_key(&folder.read("token.txt")));
    assert_eq!(folder.mode("token.txt"), 0o600);
    folder.succeeds(&["hex", "-f", "-o", "new.txt"]);
    assert_eq!(folder.names(), ["new.txt", "token.txt"]);
}

#[test]
fn keep_leaves_the_file_and_draws_nothing() {
    let folder = Folder::new();
    folder.succeeds(&["hex", "--keep", "-o", "token.txt"]);
    let first = folder.read("token.txt");
    assert!(is_key(&first));
    folder.succeeds(&["hex", "--keep", "-o", "token.txt"]);
    assert_eq!(folder.read("token.txt"), first);
    if goes_without("strace") {
        return;
    }
    let done = Command::new("strace")
        .args([
            "-f",
            "-qq",
            "-e",
            "trace=getrandom",
            env!("CARGO_BIN_EXE_mksecret"),
        ])
        .args(["hex", "--keep", "-o", "token.txt"])
        .current_dir(folder.0.path())
        .output()
        .unwrap();
    // Nothing but what the C library asks for itself: 8 bytes.
    let calls = told(&done);
    assert!(
        calls
            .lines()
            .all(|call| call.contains(", 8, GRND_NONBLOCK")),
        "{calls}"
    );
}

#[test]
fn keep_takes_an_empty_file_for_what_it_is() {
    let folder = Folder::new();
    folder.write("token.txt", "");
    folder.fails(
        &["hex", "--keep", "-o", "token.txt"],
        1,
        "mksecret: error: cannot keep token.txt: it is empty\n\
         mksecret: hint: a generator that failed may have left it: remove it, or overwrite it with --force\n",
    );
    folder.succeeds(&["hex", "--force", "-o", "token.txt"]);
    assert!(is_key(&folder.read("token.txt")));
}

#[test]
fn keep_takes_only_a_file_for_a_secret_and_needs_nothing_else_then() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    symlink("folder", folder.path("link")).unwrap();
    let says = "mksecret: error: cannot keep link: it is a symbolic link\n\
                mksecret: hint: give the file's own name\n";
    folder.fails(&["hex", "--keep", "-o", "link"], 1, says);
    folder.write("kept", "secret");
    fs::set_permissions(folder.path("kept"), fs::Permissions::from_mode(0o600)).unwrap();
    folder.succeeds(&["choice", "-i", "no-such-file", "--keep", "-o", "kept"]);
    folder.succeeds(&["passphrase", "-W", "no-such-file", "--keep", "-o", "kept"]);
}

#[test]
fn keep_and_force_exclude_each_other_and_both_need_a_file() {
    let folder = Folder::new();
    for words in [
        &["hex", "--keep", "--force", "-o", "a"][..],
        &["hex", "--keep"],
        &["hex", "--force"],
        &["hex", "--mode", "0600"],
        &["hex", "-o", "a", "--mode", "8"],
        &["hex", "-o", "a", "-o", "b"],
    ] {
        let done = folder.run(words);
        assert_eq!(done.status.code(), Some(2), "{words:?}");
        assert!(folder.names().is_empty() && done.stdout.is_empty());
    }
}

#[test]
fn of_many_that_race_to_create_a_file_one_wins() {
    let folder = Folder::new();
    for (option, losers) in [("--keep", 0), ("--verbose", 1)] {
        let name = format!("token{option}");
        let children: Vec<_> = (0..24)
            .map(|_| {
                folder
                    .command(&["hex", option, "-o", &name])
                    .stderr(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let statuses: Vec<_> = children
            .into_iter()
            .map(|mut child| child.wait().unwrap().code().unwrap())
            .collect();
        let winners = statuses.iter().filter(|status| **status == 0).count();
        assert_eq!(winners, if losers == 0 { 24 } else { 1 }, "{statuses:?}");
        assert!(
            statuses
                .iter()
                .all(|status| *status == 0 || *status == losers)
        );
        assert!(is_key(&folder.read(&name)));
    }
    assert_eq!(folder.names(), ["token--keep", "token--verbose"]);
}

#[test]
fn what_cannot_be_created_is_an_error_that_names_it() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    folder.write("plain", "x");
    let missing = "No such file or directory (os error 2)\n";
    folder.fails(
        &["hex", "-o", "no/token"],
        1,
        &format!("mksecret: error: cannot create no/token: {missing}"),
    );
    folder.fails(
        &["hex", "-o", "folder"],
        1,
        "mksecret: error: folder is a directory\n",
    );
    folder.fails(
        &["hex", "-o", "folder", "--force"],
        1,
        "mksecret: error: folder is a directory\n",
    );
    folder.fails(
        &["hex", "-o", "folder", "--keep"],
        1,
        "mksecret: error: folder is a directory\n",
    );
    let not_a_folder = "Not a directory (os error 20)\n";
    folder.fails(
        &["hex", "-o", "plain/x"],
        1,
        &format!("mksecret: error: cannot create plain/x: {not_a_folder}"),
    );
    folder.fails(
        &["hex", "-o", ""],
        2,
        "mksecret: error: --output needs a value
mksecret: hint: see `mksecret hex --help`
",
    );
}

#[test]
fn a_directory_that_may_not_be_written_to_is_an_error() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let folder = Folder::new();
    fs::set_permissions(folder.0.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = folder.path("mksecret");
    support::copy_program(&program);
    let done = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&program)
        .args(["hex", "-o", "token"])
        .current_dir(folder.0.path())
        .output()
        .unwrap();
    assert_eq!(
        told(&done),
        "mksecret: error: cannot create token: Permission denied (os error 13)\n"
    );
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(folder.names(), ["mksecret"]);
}

#[test]
fn a_symbolic_link_exists_and_force_replaces_it_and_not_its_target() {
    let folder = Folder::new();
    folder.write("target", "old");
    symlink("target", folder.path("link")).unwrap();
    symlink("nowhere", folder.path("dangling")).unwrap();
    for link in ["link", "dangling"] {
        let says = format!(
            "mksecret: error: {link} exists\nmksecret: hint: --force replaces it, --keep leaves it\n"
        );
        folder.fails(&["hex", "-o", link], 1, &says);
    }
    for link in ["link", "dangling"] {
        folder.succeeds(&["hex", "-o", link, "--force"]);
        assert!(fs::symlink_metadata(folder.path(link)).unwrap().is_file());
    }
    assert_eq!(folder.read("target"), "old");
    assert_eq!(folder.names(), ["dangling", "link", "target"]);
}

#[test]
fn a_device_stays_a_device() {
    let folder = Folder::new();
    for words in [
        &["hex", "-o", "/dev/null"][..],
        &["hex", "--force", "-o", "/dev/null"],
        &["hex", "--keep", "-o", "/dev/null"],
    ] {
        folder.succeeds(words);
        assert!(
            fs::symlink_metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
    }
    let says =
        "mksecret: error: cannot write to /dev/full: No space left on device (os error 28)\n";
    folder.fails(&["hex", "-o", "/dev/full"], 1, says);
    assert!(
        fs::symlink_metadata("/dev/full")
            .unwrap()
            .file_type()
            .is_char_device()
    );
}

#[test]
fn a_pipe_of_the_callers_is_written_to_and_another_users_is_not() {
    let folder = Folder::new();
    let made = Command::new("mkfifo")
        .arg(folder.path("pipe"))
        .status()
        .unwrap();
    assert!(made.success());
    let reader = thread::spawn({
        let pipe = folder.path("pipe");
        move || fs::read_to_string(pipe).unwrap()
    });
    folder.succeeds(&["hex", "-o", "pipe", "--force"]);
    assert!(is_key(&reader.join().unwrap()));
    assert!(
        fs::metadata(folder.path("pipe"))
            .unwrap()
            .file_type()
            .is_fifo()
    );

    if rustix::process::geteuid().is_root() {
        let made = Command::new("chown")
            .arg("65534")
            .arg(folder.path("pipe"))
            .status()
            .unwrap();
        assert!(made.success());
        let says = "mksecret: error: pipe is neither a file, nor a character device, nor a pipe of yours\n";
        folder.fails(&["hex", "-o", "pipe"], 1, says);
    }
}

#[test]
fn a_socket_is_refused() {
    let folder = Folder::new();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("socket")).unwrap();
    let says =
        "mksecret: error: socket is neither a file, nor a character device, nor a pipe of yours\n";
    folder.fails(&["hex", "-o", "socket"], 1, says);
    folder.fails(&["hex", "-o", "socket", "--force"], 1, says);
}

/// Runs a shell script in which `"$1"` is the program.
fn script(folder: &Folder, script: &str) -> Output {
    Command::new("bash")
        .args(["-c", script, "bash", env!("CARGO_BIN_EXE_mksecret")])
        .current_dir(folder.0.path())
        .output()
        .unwrap()
}

#[test]
fn a_descriptor_named_as_a_file_is_that_descriptor() {
    let folder = Folder::new();
    for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let done = folder.run(&["hex", "-o", name]);
        assert!(is_key(&String::from_utf8_lossy(&done.stdout)), "{name}");
        // Opened anew, a regular file would be written from its start.
        let done = script(
            &folder,
            &format!(r#"{{ echo before; "$1" hex -o {name}; echo after; }} >out"#),
        );
        assert_eq!(told(&done), "");
        assert!(
            folder.read("out").starts_with("before\n") && folder.read("out").ends_with("\nafter\n"),
            "{name}"
        );
        let done = script(&folder, &format!(r#""$1" hex -o {name} >&-"#));
        assert_eq!(
            told(&done),
            "mksecret: error: standard output is closed\n",
            "{name}"
        );
        assert_eq!(done.status.code(), Some(1));
    }
    for (name, redirection) in [
        ("/dev/stderr", "2>out"),
        ("/dev/fd/2", "2>out"),
        ("/dev/fd/7", "7>out"),
        ("/proc/self/fd/23", "23>out"),
    ] {
        let done = script(&folder, &format!(r#""$1" hex -o {name} {redirection}"#));
        assert_eq!(
            (done.status.code(), told(&done).as_str()),
            (Some(0), ""),
            "{name}"
        );
        assert!(is_key(&folder.read("out")), "{name}");
    }
    // Something else would have been opened in the place of the first three.
    for number in [0, 2, 9] {
        for name in ["/dev/fd", "/proc/self/fd"].map(|folder| format!("{folder}/{number}")) {
            let closed = format!(r#""$1" hex -o {name} {number}>&- 3>&-"#);
            assert_eq!(script(&folder, &closed).status.code(), Some(1), "{name}");
        }
    }
    let done = script(&folder, r#""$1" hex -o /dev/stderr 2>&-"#);
    assert_eq!(done.status.code(), Some(1));
    let done = script(&folder, r#""$1" hex -o /dev/fd/9 9>&-"#);
    assert_eq!(
        told(&done),
        "mksecret: error: cannot open /dev/fd/9: Bad file descriptor (os error 9)\n"
    );
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn a_full_disk_leaves_the_old_file_and_no_temporary() {
    if goes_without("mounts") {
        return;
    }
    for (command, old) in [
        ("hex 40K", false),
        ("hex 40K --force", true),
        ("bytes 1M", false),
        ("bytes 1M --force", true),
    ] {
        let script = format!(
            r#"mount -t tmpfs -o size=64k none /mnt
            [ {old} = false ] || echo old >/mnt/token
            status=0; "$0" {command} -o /mnt/token || status=$?
            ls -A /mnt; [ ! -e /mnt/token ] || cat /mnt/token; exit $status"#
        );
        let done = support::in_mount_namespace(&script)
            .arg(env!("CARGO_BIN_EXE_mksecret"))
            .output()
            .unwrap();
        assert_eq!(
            told(&done),
            "mksecret: error: cannot write /mnt/token: No space left on device (os error 28)\n"
        );
        assert_eq!(done.status.code(), Some(1), "{command}");
        let left = String::from_utf8_lossy(&done.stdout).into_owned();
        assert_eq!(left, if old { "token\nold\n" } else { "" }, "{command}");
    }
}

#[test]
fn a_failing_write_sync_close_or_rename_leaves_the_old_file_and_no_temporary() {
    if goes_without("strace") {
        return;
    }
    for fault in [
        "write",
        "fsync",
        "fchmod",
        "rename,renameat,renameat2,link,linkat",
    ] {
        for options in [&[][..], &["--force"]] {
            let folder = Folder::new();
            if !options.is_empty() {
                folder.write("token", "old");
            }
            let before = folder.names();
            let done = Command::new("strace")
                .args(["-qq", "-o", "/dev/null", "-e", &format!("trace={fault}")])
                .args(["-e", &format!("inject={fault}:error=EIO")])
                .args([env!("CARGO_BIN_EXE_mksecret"), "hex", "-o", "token"])
                .args(options)
                // Not a pipe: the words would be written with the call that fails.
                .current_dir(folder.0.path())
                .output()
                .unwrap();
            assert_eq!(done.status.code(), Some(1), "{fault} {options:?}");
            assert_eq!(folder.names(), before, "{fault} {options:?}");
            if !options.is_empty() {
                assert_eq!(folder.read("token"), "old");
            }
        }
    }
}

/// Killed at each of its system calls, whatever N it is the N-th.
#[test]
fn killed_at_any_system_call_the_file_is_absent_or_old_or_complete() {
    if goes_without("strace") {
        return;
    }
    for force in [false, true] {
        let mut killed = 0;
        for call in 1.. {
            let folder = Folder::new();
            if force {
                folder.write("token", "old");
            }
            let done = Command::new("strace")
                .args([
                    "-f",
                    "-qq",
                    "-o",
                    "/dev/null",
                    "-e",
                    &format!("inject=all:signal=KILL:when={call}"),
                ])
                .args([env!("CARGO_BIN_EXE_mksecret"), "hex", "-o", "token"])
                .args(force.then_some("--force"))
                .current_dir(folder.0.path())
                .output()
                .unwrap();
            match fs::read_to_string(folder.path("token")) {
                Ok(content) if content == "old" => assert!(force && !done.status.success()),
                Ok(content) => assert!(is_key(&content), "call {call}: {content:?}"),
                Err(_) => assert!(!force && !done.status.success(), "call {call}"),
            }
            if done.status.success() {
                break;
            }
            assert_eq!(done.status.signal(), Some(9), "call {call}");
            killed += 1;
        }
        // Loading the program alone takes more.
        assert!(killed > 30, "{killed}");
    }
}

#[test]
fn a_signal_while_the_file_is_written_leaves_no_temporary() {
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
        let mut child = support::program_that_heeds_signals()
            .args(["bytes", "1T", "-o", "key", "--force"])
            .current_dir(folder.0.path())
            .spawn()
            .unwrap();
        while folder.names().is_empty() {
            thread::sleep(Duration::from_millis(1));
        }
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()));
        assert!(folder.names().is_empty(), "{signal:?}");
    }
}

#[test]
fn a_hangup_that_is_ignored_stays_ignored() {
    let folder = Folder::new();
    let mut child = Command::new("sh")
        .args([
            "-c",
            r#"trap "" HUP; exec "$0" bytes 1T -o key --force"#,
            env!("CARGO_BIN_EXE_mksecret"),
        ])
        .current_dir(folder.0.path())
        .spawn()
        .unwrap();
    while folder.names().is_empty() {
        thread::sleep(Duration::from_millis(1));
    }
    let pid = Pid::from_child(&child);
    kill_process(pid, Signal::HUP).unwrap();
    thread::sleep(Duration::from_millis(50));
    assert!(child.try_wait().unwrap().is_none());
    kill_process(pid, Signal::TERM).unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(15));
    assert!(folder.names().is_empty());
}

#[test]
fn file_and_directory_are_synchronised_before_and_after_the_rename() {
    if goes_without("strace") {
        return;
    }
    let folder = Folder::new();
    let done = Command::new("strace")
        .args([
            "-qq",
            "-e",
            "trace=write,fsync,fdatasync,rename,renameat,renameat2,linkat,unlink,unlinkat",
        ])
        .args([env!("CARGO_BIN_EXE_mksecret"), "hex", "-o", "token"])
        .current_dir(folder.0.path())
        .output()
        .unwrap();
    let trace = told(&done);
    let calls: Vec<&str> = trace
        .lines()
        .filter_map(|line| line.split('(').next())
        .collect();
    let expected = ["linkat", "write", "fsync", "linkat", "fsync"];
    assert_eq!(calls, expected, "{trace}");
}

#[test]
fn the_table_of_texts_and_streams_goes_to_files_too() {
    let folder = Folder::new();
    for (number, words) in [
        &["password"][..],
        &["urlsafe", "100K"],
        &["base64"],
        &["base32"],
        &["token"],
        &["below", "10"],
        &["choice", "a"],
        &["sample", "all", "a", "b"],
    ]
    .iter()
    .enumerate()
    {
        let name = format!("file{number}");
        folder.succeeds(&[*words, &["-o", &name]].concat());
        let content = folder.read(&name);
        assert!(content.len() > 1 && content.ends_with('\n'), "{words:?}");
    }
}
