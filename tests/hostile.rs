//! `-o FILE` despite hostile users, missing system calls and closed streams.
#![cfg(target_os = "linux")]

use std::{
    fs::{self, Permissions},
    io::Write,
    os::unix::{
        fs::{FileTypeExt, MetadataExt, PermissionsExt, chown, symlink},
        process::ExitStatusExt,
    },
    path::{Path, PathBuf},
    process::{self, Stdio},
    thread,
    time::Duration,
};

use assert_cmd::assert::{Assert, OutputAssertExt};
use predicates::{function::function, prelude::*, str::contains};
use rustix::{
    fs::{FileType, Mode, XattrFlags, getxattr, mknodat, setxattr},
    process::{Pid, Signal, kill_process},
};

mod support;

use support::{Start, Started, are_messages, folder::Folder, is_key};

/// Users without rights; the tests themselves run as root.
const OTHER: u32 = 65534;
const CALLER: u32 = 65533;
const ROOT: u32 = 0;

/// A folder, and another with a copy of the program that every user can run.
struct Scene {
    folder: Folder,
    program: Folder,
}

impl Scene {
    /// A folder of this owner and mode.
    fn new(owner: u32, mode: u32) -> Self {
        let scene = Self {
            folder: Folder::new(),
            program: Folder::with_program(),
        };
        set(scene.folder.as_ref(), owner, mode);
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path(name)
    }

    fn program(&self) -> PathBuf {
        self.program.path("mksecret")
    }

    fn file(&self, name: &str, owner: u32, mode: u32, content: &str) {
        self.folder.write(name, content);
        set(&self.path(name), owner, mode);
    }

    fn read(&self, name: &str) -> String {
        self.folder.read(name)
    }

    /// All names in the folder, temporary files included.
    fn names(&self) -> Vec<String> {
        self.folder.names()
    }

    /// The program, run in the folder by root.
    fn root(&self, line: &str) -> process::Command {
        let mut command = process::Command::new(self.program());
        command
            .args(line.split_whitespace())
            .current_dir(&self.folder);
        command
    }

    /// Another program, run in the folder by `user`; `$mksecret` is the program.
    fn command(&self, user: u32, name: &str) -> process::Command {
        let mut command = process::Command::new("setpriv");
        command
            .args([format!("--reuid={user}"), format!("--regid={user}")])
            .args(["--clear-groups", name])
            .env("mksecret", self.program())
            .current_dir(&self.folder);
        command
    }

    fn mksecret(&self, user: u32, line: &str) -> Assert {
        let mut command = self.command(user, self.program().to_str().unwrap());
        command.args(line.split_whitespace()).assert()
    }

    fn script(&self, user: u32, script: &str) -> Assert {
        self.command(user, "bash").args(["-c", script]).assert()
    }

    /// Runs the program with these faults, each in the words of strace's `inject`.
    fn with_faults(&self, user: u32, faults: &str, line: &str) -> Assert {
        let mut strace = self.command(user, "strace");
        strace.args(["-f", "-qq", "-o", "/dev/null"]);
        for fault in faults.split(' ') {
            strace.args(["-e", &format!("inject={fault}")]);
        }
        strace
            .arg(self.program())
            .args(line.split_whitespace())
            .assert()
    }
}

fn set(path: &Path, owner: u32, mode: u32) {
    chown(path, Some(owner), Some(owner)).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// What a run must show.
trait Shows {
    fn succeeds(self) -> Self;

    /// This status, `says` among its messages, and nothing printed.
    fn fails(self, status: i32, says: impl Into<String>);
}

impl Shows for Assert {
    #[track_caller]
    fn succeeds(self) -> Self {
        self.success().stderr("")
    }

    #[track_caller]
    fn fails(self, status: i32, says: impl Into<String>) {
        let says = contains(says).and(function(are_messages));
        self.code(status).stderr(says).stdout("");
    }
}

#[test]
#[ignore = "needs root"]
fn keep_refuses_what_another_user_planted() {
    let scene = Scene::new(ROOT, 0o1777);
    for mode in [0o600, 0o644, 0o666] {
        for caller in [ROOT, CALLER] {
            scene.file("key", OTHER, mode, "known");
            let done = scene.mksecret(caller, "hex -o key --keep --mode 0644");
            done.fails(1, "cannot keep key: it belongs to another user (65534)\n");
            assert_eq!(scene.read("key"), "known");
        }
    }
    scene.file("key", ROOT, 0o600, "root's");
    scene.mksecret(CALLER, "hex -o key --keep").succeeds();
    scene.file("key", CALLER, 0o600, "the caller's");
    scene.mksecret(CALLER, "hex -o key --keep").succeeds();
    assert_eq!(scene.read("key"), "the caller's");
}

#[test]
#[ignore = "needs root"]
fn keep_refuses_a_file_that_others_may_write() {
    let scene = Scene::new(ROOT, 0o755);
    for mode in [0o620, 0o602, 0o666] {
        scene.file("key", ROOT, mode, "known");
        let done = scene.mksecret(ROOT, "hex -o key --keep");
        let says = format!("cannot keep key: group or others may write it (mode {mode:04o})\n");
        done.fails(1, &says);
    }
    for mode in ["0620", "0602", "666"] {
        let done = scene.mksecret(ROOT, &format!("hex -o new --keep --mode {mode}"));
        done.fails(2, "cannot be used with --keep\n");
    }
    assert_eq!(scene.names(), ["key"]);
}

#[test]
#[ignore = "needs root"]
fn keep_refuses_a_file_that_grants_more_than_its_mode() {
    let scene = Scene::new(ROOT, 0o755);
    for (mode, option, more) in [
        (0o644, "", true),
        (0o640, "", true),
        (0o400, "", false),
        (0o4600, "", true),
        (0o644, "--mode 0640", true),
        (0o644, "--mode 0644", false),
        (0o600, "--mode 0640", false),
        (0o600, "--mode 0400", true),
    ] {
        scene.file("key", ROOT, mode, "secret");
        let done = scene.mksecret(ROOT, &format!("hex -o key --keep {option}"));
        if more {
            let says = format!("cannot keep key: its mode is {mode:04o}, which grants more than ");
            done.fails(1, says);
        } else {
            done.succeeds();
        }
    }
}

#[test]
#[ignore = "needs root"]
fn keep_refuses_links() {
    let scene = Scene::new(ROOT, 0o755);
    scene.file("target", ROOT, 0o600, "secret");
    symlink("target", scene.path("link")).unwrap();
    symlink("nowhere", scene.path("dangling")).unwrap();
    for name in ["link", "dangling"] {
        let done = scene.mksecret(ROOT, &format!("hex -o {name} --keep"));
        done.fails(1, "it is a symbolic link\n");
    }
}

#[test]
#[ignore = "needs root"]
fn keep_reports_a_lost_race() {
    let scene = Scene::new(ROOT, 0o755);
    let start = |_| {
        scene
            .root("hex -o key --keep -v")
            .stderr(Stdio::piped())
            .start()
    };
    let children: Vec<Started> = (0..24).map(start).collect();
    let is_kept = |child: Started| child.output().stderr == b"mksecret: kept key\n";
    assert_eq!(
        children
            .into_iter()
            .map(is_kept)
            .filter(|kept| *kept)
            .count(),
        23
    );
    assert!(is_key(&scene.read("key")));
}

#[test]
#[ignore = "needs root, strace"]
fn keep_checks_a_file_that_is_created_after_its_look() {
    let scene = Scene::new(ROOT, 0o755);
    scene.file("key", ROOT, 0o600, "old");
    let kept = |owner, mode| {
        fs::remove_file(scene.path("key")).unwrap();
        let stopped = stopped_after_its_look(&scene, "key", "--keep -v");
        scene.file("key", owner, mode, "first");
        stopped.resume()
    };
    kept(ROOT, 0o600).success().stderr("mksecret: kept key\n");
    kept(OTHER, 0o600).fails(1, "it belongs to another user");
    kept(ROOT, 0o602).fails(1, "group or others may write it");
    assert_eq!(scene.names(), ["key"]);
}

/// `mksecret hex -o NAME` under strace, stopped after it has looked what the name is.
struct Stopped(Started);

fn stopped_after_its_look(scene: &Scene, name: &str, options: &str) -> Stopped {
    const LOOKS: &str = "newfstatat,statx,lstat";
    let log = scene.program.path("log");
    let _ = fs::remove_file(&log);
    let strace = scene
        .command(ROOT, "strace")
        .args(["-q", "-P", name, "-e", &format!("trace={LOOKS}")])
        .args(["-e", &format!("inject={LOOKS}:signal=STOP:when=1")])
        .arg("-o")
        .arg(&log)
        .arg(scene.program())
        .args(["hex", "-o", name])
        .args(options.split_whitespace())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .start();
    while !fs::read_to_string(&log).is_ok_and(|log| log.contains("stopped by SIGSTOP")) {
        thread::sleep(Duration::from_millis(5));
    }
    Stopped(strace)
}

impl Stopped {
    /// Lets it continue to its end; strace's own messages are left out.
    fn resume(self) -> Assert {
        let children = format!("/proc/{0}/task/{0}/children", self.0.id());
        let pid = fs::read_to_string(children).unwrap();
        let pid = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
        kill_process(pid, Signal::CONT).unwrap();
        let mut done = self.0.output();
        let stderr = String::from_utf8(done.stderr).unwrap();
        let lines = stderr.split_inclusive('\n');
        let messages: String = lines.filter(|line| are_messages(line)).collect();
        done.stderr = messages.into();
        done.assert()
    }
}

#[test]
#[ignore = "needs root, strace"]
fn replaced_device_or_pipe_is_not_written_to() {
    let scene = Scene::new(OTHER, 0o755);
    let device = scene.path("device");
    let pipe = scene.path("pipe");
    for (name, kind) in [
        ("device", FileType::CharacterDevice),
        ("pipe", FileType::Fifo),
    ] {
        for replace in [
            |from: &PathBuf, to: &PathBuf| fs::hard_link(from, to).unwrap(),
            |from: &PathBuf, to: &PathBuf| symlink(from, to).unwrap(),
        ] {
            scene.file("victim", ROOT, 0o600, "old");
            let null = rustix::fs::makedev(1, 3);
            let at = scene.path(name);
            mknodat(rustix::fs::CWD, &at, kind, Mode::from_raw_mode(0o666), null).unwrap();
            let stopped = stopped_after_its_look(&scene, name, "");
            fs::remove_file(&at).unwrap();
            replace(&scene.path("victim"), &at);
            let done = stopped.resume();
            assert_eq!(scene.read("victim"), "old", "{name}");
            done.fails(1, format!("cannot open {name}: "));
            fs::remove_file(&at).unwrap();
        }
    }
    assert!(!device.exists() && !pipe.exists());
}

/// 300 runs in a sticky directory against a user who creates and removes whatever they can under the same name.
#[test]
#[ignore = "needs root"]
fn attacker_in_a_sticky_directory_gains_nothing() {
    let scene = Scene::new(ROOT, 0o1777);
    scene.file("victim", ROOT, 0o600, "old");
    let attack = r#"
        while [ -d /proc/$PPID ]; do
            echo known >key; chmod 666 key; rm -f key
            ln -s victim key; rm -f key
            mkfifo -m 666 key; rm -f key
            ln -s /dev/null key; rm -f key
            mkdir key; rmdir key
        done 2>/dev/null
    "#;
    let mut bash = scene.command(OTHER, "bash");
    let attacker = bash.args(["-c", attack]).start();
    for round in 0..300 {
        let option = ["--keep", "--force", ""][round % 3];
        let caller = [ROOT, CALLER][round % 2];
        let done = scene.mksecret(caller, &format!("hex -o key {option}"));
        let done = done.code(predicate::in_iter([0, 1]));
        if done.get_output().status.success() {
            // Nobody but its owner and root can take it away again.
            let metadata = fs::symlink_metadata(scene.path("key")).unwrap();
            assert!(metadata.is_file());
            assert_eq!((metadata.uid(), metadata.mode() & 0o7777), (caller, 0o600));
            assert!(is_key(&scene.read("key")));
            fs::remove_file(scene.path("key")).unwrap();
        }
    }
    drop(attacker);
    assert_eq!(scene.read("victim"), "old");
    let _ = fs::remove_file(scene.path("key")).or_else(|_| fs::remove_dir(scene.path("key")));
    assert_eq!(scene.names(), ["victim"]);
}

#[test]
#[ignore = "needs root"]
fn file_is_created_below_a_closed_directory() {
    let scene = Scene::new(ROOT, 0o700);
    // Neither can the caller find the way down to it, nor list it.
    fs::create_dir(scene.path("inner")).unwrap();
    set(&scene.path("inner"), CALLER, 0o300);
    for option in ["", "--force"] {
        let mut command = scene.command(CALLER, scene.program().to_str().unwrap());
        command.args(format!("hex -o key {option}").split_whitespace());
        let done = command.current_dir(scene.path("inner")).assert();
        done.succeeds();
        assert!(is_key(&scene.read("inner/key")));
    }
}

#[test]
#[ignore = "needs root"]
fn moved_directory_still_gets_the_file() {
    let scene = Scene::new(ROOT, 0o755);
    for option in ["--force", "--verbose"] {
        fs::create_dir(scene.path("folder")).unwrap();
        let mut child = scene
            .root(&format!("choice -o folder/choice {option}"))
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .start();
        // It has opened its output when it waits for its input: in read(2), asleep.
        let of_child = |file| fs::read_to_string(format!("/proc/{}/{file}", child.id())).unwrap();
        let reading = format!("{} ", libc::SYS_read);
        while !(of_child("syscall").starts_with(&reading) && of_child("stat").contains(") S ")) {
            thread::sleep(Duration::from_millis(1));
        }
        fs::rename(scene.path("folder"), scene.path("moved")).unwrap();
        fs::create_dir(scene.path("folder")).unwrap();
        child.stdin.take().unwrap().write_all(b"heads\n").unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(scene.read("moved/choice"), "heads\n");
        fs::remove_dir(scene.path("folder")).unwrap();
        fs::remove_dir_all(scene.path("moved")).unwrap();
    }
}

#[test]
#[ignore = "needs root"]
fn kill_leaves_nothing_of_a_new_file() {
    let scene = Scene::new(ROOT, 0o755);
    let mut child = scene.root("bytes 1T -o key").start();
    // Until some of it is written.
    let written = || {
        let io = fs::read_to_string(format!("/proc/{}/io", child.id())).unwrap();
        !io.contains("wchar: 0\n")
    };
    while !written() {
        thread::sleep(Duration::from_millis(1));
    }
    assert!(scene.names().is_empty());
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(9));
    assert!(scene.names().is_empty());
}

#[test]
#[ignore = "needs root, strace"]
fn unnamed_file_gets_its_name_in_every_way() {
    let scene = Scene::new(CALLER, 0o755);
    for faults in [
        // Before Linux 6.10 the first of two ways is missing.
        "linkat:error=ENOENT:when=1+2",
        // Without /proc, so is the second.
        "linkat:error=ENOENT",
        // Not permitted at all.
        "linkat:error=EPERM",
        // Neither the kernel nor the file system knows more than a rename or a link.
        "linkat:error=ENOENT:when=1..2 renameat2:error=ENOSYS",
        "linkat:error=ENOENT:when=1..2 renameat2:error=EINVAL",
    ] {
        let done = scene.with_faults(CALLER, faults, "hex -o key");
        done.succeeds();
        assert_eq!(scene.names(), ["key"], "{faults:?}");
        assert!(is_key(&scene.read("key")), "{faults:?}");
        let done = scene.with_faults(CALLER, faults, "hex -o key");
        done.fails(1, "key exists\n");
        fs::remove_file(scene.path("key")).unwrap();
    }
    // The last step fails.
    let done = scene.with_faults(CALLER, "linkat:error=EIO:when=2", "hex -o key");
    done.fails(1, "cannot create key: Input/output error (os error 5)\n");
    assert!(scene.names().is_empty());
}

#[test]
#[ignore = "needs root, strace"]
fn error_names_a_second_link_that_stays() {
    let scene = Scene::new(ROOT, 0o755);
    let faults = "linkat:error=ENOENT:when=1..2 renameat2:error=ENOSYS unlink,unlinkat:error=EIO";
    let done = scene.with_faults(ROOT, faults, "hex -o key");
    let names = scene.names();
    assert_eq!(names.len(), 2, "{names:?}");
    let says = format!(
        "key is complete, but so is {} beside it, which cannot be removed: Input/output error (os error 5)\n",
        names[0]
    );
    done.fails(1, &says);
    assert!(is_key(&scene.read("key")));
}

#[test]
#[ignore = "needs root, strace"]
fn warning_names_a_temporary_file_that_stays() {
    let scene = Scene::new(ROOT, 0o755);
    fs::write(scene.path("key"), "old").unwrap();
    // The name is there for the moment before the new file takes the place of the old one.
    let faults = "rename,renameat,renameat2:error=EIO unlink,unlinkat:error=EACCES";
    let done = scene.with_faults(ROOT, faults, "hex -o key --force");
    let names = scene.names();
    assert_eq!(names.len(), 2, "{names:?}");
    let says = format!("warning: cannot remove the temporary file {}: ", names[0]);
    done.fails(1, &says);
    assert_eq!(scene.read("key"), "old");
}

#[test]
#[ignore = "needs root, strace"]
fn file_system_that_cannot_refuse_to_overwrite_is_an_error() {
    let scene = Scene::new(ROOT, 0o755);
    for errno in ["EPERM", "EOPNOTSUPP"] {
        let faults = format!("linkat:error={errno} renameat2:error=EINVAL");
        let done = scene.with_faults(ROOT, &faults, "hex -o key");
        done.fails(
            1,
            "this file system cannot create a file without the risk of overwriting one\n\
             mksecret: hint: --force creates it",
        );
        assert!(scene.names().is_empty());
        let done = scene.with_faults(ROOT, &faults, "hex -o key --force");
        done.succeeds();
        fs::remove_file(scene.path("key")).unwrap();
    }
}

#[test]
#[ignore = "needs root, mounts"]
fn closed_streams_get_nothing_even_without_dev_null() {
    let scene = Scene::new(ROOT, 0o755);
    for prepare in ["", "mount -t tmpfs none /dev &&"] {
        let run = |command: &str| {
            let script = format!(r#"{prepare} exec "$mksecret" {command}"#);
            let mut unshare = support::in_mount_namespace(&script);
            unshare.env("mksecret", scene.program());
            unshare.current_dir(&scene.folder).assert()
        };
        for line in ["hex <&-", "hex 2>&-"] {
            run(line).succeeds().stdout(function(is_key));
        }
        for line in ["hex >&-", "--help <&- >&-"] {
            run(line).fails(1, "standard output is closed\n");
        }
        run("choice <&-").fails(1, "cannot read standard input: Bad file descriptor");
        // A file of ours gets no stream's number: messages would be written to it.
        for options in ["", "--force"] {
            run(&format!("hex -v -o key {options} <&- >&- 2>&-")).success();
            assert!(is_key(&scene.read("key")));
            assert_eq!(scene.names(), ["key"]);
        }
        fs::remove_file(scene.path("key")).unwrap();
        for name in ["/dev/stderr", "/dev/fd/2", "/dev/fd/0"] {
            run(&format!("hex -o {name} <&- 2>&-")).code(1);
        }
    }
}

#[test]
#[ignore = "needs root, strace"]
fn read_only_stream_is_refused_before_requesting_randomness() {
    let scene = Scene::new(ROOT, 0o755);
    let script = r#"strace -qq -o log -e trace=getrandom "$mksecret" hex 1</dev/null"#;
    let done = scene.script(ROOT, script);
    let says = "cannot write to standard output: Bad file descriptor (os error 9)\n";
    done.fails(1, says);
    assert!(!scene.read("log").contains(", 32, "));
}

#[test]
#[ignore = "needs root"]
fn endless_stream_to_a_file_is_refused() {
    let scene = Scene::new(ROOT, 0o755);
    scene.file("old", ROOT, 0o600, "old");
    for (name, option) in [
        ("new", ""),
        ("old", ""),
        ("old", "--force"),
        ("old", "--keep"),
    ] {
        // Where it does not refuse, it must not fill the disk either.
        let script = format!(r#"ulimit -f 100; "$mksecret" bytes --endless -o {name} {option}"#);
        let done = scene.script(ROOT, &script);
        done.fails(2, format!("--endless cannot be used with -o {name}\n"));
    }
    assert_eq!(scene.names(), ["old"]);
    let script =
        r#"mkfifo pipe; head -c 100000 pipe | wc -c & "$mksecret" bytes --endless -o pipe && wait"#;
    let done = scene.script(ROOT, script);
    done.succeeds().stdout("100000\n");
}

#[test]
#[ignore = "needs root"]
fn file_options_are_refused_for_streams() {
    let scene = Scene::new(ROOT, 0o755);
    for name in [
        "-",
        "/dev/stdout",
        "/dev/stderr",
        "/dev/fd/1",
        "/proc/self/fd/7",
    ] {
        for (options, named) in [
            ("--mode 0600", "--mode"),
            ("--force", "--force"),
            ("--keep", "--keep"),
            ("--force --preserve", "--preserve"),
        ] {
            let done = scene.mksecret(ROOT, &format!("hex -o {name} {options}"));
            done.fails(2, format!("{named} cannot be used with -o {name}\n"));
        }
    }
    for line in [
        "hex -o key --preserve",
        "hex -o key --preserve --keep",
        "hex --preserve",
    ] {
        scene.mksecret(ROOT, line).code(2);
    }
    assert!(scene.names().is_empty());
}

/// An access list (see acl(5)) in the form that the kernel keeps: the rights of the group, of user 7, and the mask.
fn list(group: u8, user: u8, mask: u8) -> Vec<u8> {
    let none = 0xffff_ffff_u32;
    let entries = [
        (0x01_u16, 6, none),
        (0x02, user, 7),
        (0x04, group, none),
        (0x10, mask, none),
        (0x20, 0, none),
    ];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, id) in entries {
        list.extend(tag.to_le_bytes());
        list.extend(u16::from(rights).to_le_bytes());
        list.extend(id.to_le_bytes());
    }
    list
}

const LIST: &str = "system.posix_acl_access";

#[test]
#[ignore = "needs root"]
fn preserve_copies_owner_mode_and_access_list() {
    let scene = Scene::new(ROOT, 0o755);
    let line = "hex -o key --force --preserve";
    for (owner, mode) in [(OTHER, 0o640), (ROOT, 0o644), (CALLER, 0o400)] {
        scene.file("key", owner, mode, "old");
        scene.mksecret(ROOT, line).succeeds();
        let metadata = fs::metadata(scene.path("key")).unwrap();
        let access = (metadata.uid(), metadata.gid(), metadata.mode() & 0o7777);
        assert_eq!(access, (owner, owner, mode));
        assert!(is_key(&scene.read("key")));
    }

    scene.file("key", OTHER, 0o600, "old");
    let mut value = list(4, 4, 4);
    setxattr(scene.path("key"), LIST, &value, XattrFlags::empty()).unwrap();
    scene.mksecret(ROOT, line).succeeds();
    let length = getxattr(scene.path("key"), LIST, &mut value[..]).unwrap();
    assert_eq!(value[..length], list(4, 4, 4));
    assert!(is_key(&scene.read("key")));

    // One that the directory would give the new file is not there either.
    let default = "system.posix_acl_default";
    setxattr(
        scene.folder.as_ref(),
        default,
        &list(4, 4, 4),
        XattrFlags::empty(),
    )
    .unwrap();
    scene.file("other", OTHER, 0o640, "old");
    rustix::fs::removexattr(scene.path("other"), LIST).unwrap();
    fs::set_permissions(scene.path("other"), Permissions::from_mode(0o640)).unwrap();
    let line = "hex -o other --force --preserve";
    scene.mksecret(ROOT, line).succeeds();
    assert!(getxattr(scene.path("other"), LIST, &mut value[..]).is_err());
    assert_eq!(scene.names(), ["key", "other"]);
}

#[test]
#[ignore = "needs root, strace"]
fn preserve_sets_owner_then_mode_before_the_secret_is_written() {
    let scene = Scene::new(ROOT, 0o755);
    scene.file("key", OTHER, 0o640, "old");
    let script =
        r#"strace -qq -e trace=fchown,fchmod,write "$mksecret" hex -o key --force --preserve"#;
    let done = scene.script(ROOT, script);
    let trace = String::from_utf8_lossy(&done.get_output().stderr);
    let calls: Vec<&str> = trace
        .lines()
        .filter_map(|line| line.split('(').next())
        .collect();
    assert_eq!(calls, ["fchown", "fchmod", "write"], "{trace}");
}

#[test]
#[ignore = "needs root"]
fn preserve_without_an_existing_file_uses_mode() {
    let scene = Scene::new(ROOT, 0o755);
    for (name, option, mode) in [("a", "", 0o600), ("b", "--mode 0640", 0o640)] {
        let line = format!("hex -o {name} --force --preserve {option}");
        scene.mksecret(ROOT, &line).succeeds();
        let metadata = fs::metadata(scene.path(name)).unwrap();
        assert_eq!((metadata.uid(), metadata.mode() & 0o7777), (ROOT, mode));
    }
}

#[test]
#[ignore = "needs root"]
fn preserve_refuses_what_it_cannot_preserve_safely() {
    let scene = Scene::new(ROOT, 0o755);
    let refused = |caller, why: &str| {
        let before = scene.names();
        let line = "hex -o key --force --preserve";
        scene
            .mksecret(caller, line)
            .fails(1, format!("key: {why}\n"));
        assert_eq!(scene.names(), before);
    };
    scene.file("target", ROOT, 0o600, "old");
    symlink("target", scene.path("key")).unwrap();
    refused(ROOT, "it is a symbolic link");
    fs::remove_file(scene.path("key")).unwrap();

    let special = "it has a set-user-ID, set-group-ID or sticky bit";
    for mode in [0o4700, 0o2710, 0o1600] {
        scene.file("key", ROOT, mode, "old");
        refused(ROOT, special);
    }

    scene.file("key", CALLER, 0o600, "old");
    for (owner, mode) in [(ROOT, 0o775), (ROOT, 0o1777), (OTHER, 0o755)] {
        set(scene.folder.as_ref(), owner, mode);
        refused(ROOT, "others may write to its directory");
    }
    // The directory is of the file's owner.
    set(scene.folder.as_ref(), CALLER, 0o755);
    let line = "hex -o key --force --preserve";
    scene.mksecret(ROOT, line).succeeds();

    // Nobody but root may give a file away.
    scene.file("key", ROOT, 0o644, "old");
    refused(CALLER, "Operation not permitted (os error 1)");
    assert_eq!(scene.read("key"), "old");
    // What cannot be read may have a list that cannot be copied.
    scene.file("key", ROOT, 0o600, "old");
    refused(CALLER, "Permission denied (os error 13)");
    assert_eq!(scene.read("key"), "old");
}

#[test]
#[ignore = "needs root"]
fn pipe_of_another_user_is_refused() {
    let scene = Scene::new(ROOT, 0o1777);
    let pipe = scene.path("pipe");
    let mode = Mode::from_raw_mode(0o666);
    mknodat(rustix::fs::CWD, &pipe, FileType::Fifo, mode, 0).unwrap();
    set(&pipe, OTHER, 0o666);
    for caller in [ROOT, CALLER] {
        let done = scene.mksecret(caller, "hex -o pipe");
        done.fails(1, "or a FIFO owned by you or root\n");
    }
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
#[ignore = "needs root"]
fn an_empty_item_makes_an_empty_file() {
    let scene = Scene::new(ROOT, 0o755);
    scene
        .script(ROOT, r#""$mksecret" choice '' --no-newline -o a"#)
        .success();
    scene
        .script(ROOT, r#""$mksecret" choice '' --no-newline -o b --force"#)
        .success();
    assert_eq!(
        (scene.read("a"), scene.read("b")),
        (String::new(), String::new())
    );
    assert_eq!(scene.names(), ["a", "b"]);
}

#[test]
#[ignore = "needs root"]
fn path_that_names_a_directory_is_refused() {
    let scene = Scene::new(ROOT, 0o755);
    for path in ["new/", "new/.", "..", ".", "/", "./"] {
        for option in ["--force", "--keep", "--verbose"] {
            let done = scene.mksecret(ROOT, &format!("hex -o {path} {option}"));
            done.fails(1, format!("{path} names a directory\n"));
        }
    }
    assert!(scene.names().is_empty());
}
