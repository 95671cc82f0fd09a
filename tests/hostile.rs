//! `-o FILE` where other users, missing system calls and closed streams are in its way.
#![cfg(target_os = "linux")]

use std::{
    fs::{self, Permissions},
    io::Write,
    os::unix::{
        fs::{FileTypeExt, MetadataExt, PermissionsExt, chown, symlink},
        process::ExitStatusExt,
    },
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use rustix::{
    fs::{FileType, Mode, XattrFlags, getxattr, mknodat, setxattr},
    process::{Pid, Signal, kill_process},
};

mod support;

use support::goes_without;

/// Users without rights; the tests themselves run as root.
const OTHER: u32 = 65534;
const CALLER: u32 = 65533;
const ROOT: u32 = 0;

/// A folder, and in a folder of its own a copy of the program that every user can run.
struct Scene {
    folder: tempfile::TempDir,
    program: tempfile::TempDir,
}

impl Scene {
    /// A folder of this owner and mode; `None` where the tests cannot become other users.
    fn new(owner: u32, mode: u32) -> Option<Self> {
        if goes_without("root") || goes_without("setpriv") {
            return None;
        }
        let scene = Self {
            folder: tempfile::tempdir().unwrap(),
            program: tempfile::tempdir().unwrap(),
        };
        set(scene.program.path(), ROOT, 0o755);
        support::copy_program(&scene.program.path().join("mksecret"));
        set(scene.folder.path(), owner, mode);
        Some(scene)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self) -> PathBuf {
        self.program.path().join("mksecret")
    }

    fn file(&self, name: &str, owner: u32, mode: u32, content: &str) {
        fs::write(self.path(name), content).unwrap();
        set(&self.path(name), owner, mode);
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names in the folder: no temporary file is among those that a test expects.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// `words`, the first of them the program of this name, run by `user` in the folder.
    fn command(&self, user: u32, words: &[&str]) -> Command {
        let mut command = Command::new("setpriv");
        command
            .args([format!("--reuid={user}"), format!("--regid={user}")])
            .arg("--clear-groups")
            .args(words)
            .env("mksecret", self.program())
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    fn mksecret(&self, user: u32, words: &[&str]) -> Output {
        let program = self.program();
        let words = [&[program.to_str().unwrap()], words].concat();
        self.command(user, &words).output().unwrap()
    }

    /// A shell script in which `$mksecret` is the program.
    fn script(&self, user: u32, script: &str) -> Output {
        self.command(user, &["bash", "-c", script])
            .output()
            .unwrap()
    }

    /// Runs it with these faults, in the words of strace's `inject`.
    fn with_faults(&self, user: u32, faults: &[&str], words: &[&str]) -> Output {
        let mut command = self.command(user, &["strace", "-f", "-qq", "-o", "/dev/null"]);
        for fault in faults {
            command.args(["-e", &format!("inject={fault}")]);
        }
        command.arg(self.program()).args(words).output().unwrap()
    }
}

fn set(path: &std::path::Path, owner: u32, mode: u32) {
    chown(path, Some(owner), Some(owner)).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn told(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[track_caller]
fn succeeded(done: &Output) {
    assert_eq!((done.status.code(), told(done).as_str()), (Some(0), ""));
}

/// It failed with this status and this line among its own lines, and printed nothing.
#[track_caller]
fn failed(done: &Output, status: i32, says: &str) {
    let told = told(done);
    assert_eq!(done.status.code(), Some(status), "{told}");
    assert!(told.contains(says), "{told}");
    assert!(
        told.lines().all(|line| line.starts_with("mksecret: ")),
        "{told}"
    );
    assert!(done.stdout.is_empty());
}

fn is_key(text: &str) -> bool {
    text.len() == 65
        && text.ends_with('\n')
        && text[..64]
            .bytes()
            .all(|byte| b"0123456789abcdef".contains(&byte))
}

#[test]
fn keep_refuses_what_another_user_planted() {
    let Some(scene) = Scene::new(ROOT, 0o1777) else {
        return;
    };
    for mode in [0o600, 0o644, 0o666] {
        for caller in [ROOT, CALLER] {
            scene.file("key", OTHER, mode, "known");
            let done = scene.mksecret(caller, &["hex", "-o", "key", "--keep", "--mode", "0644"]);
            failed(
                &done,
                1,
                "cannot keep key: it belongs to another user (65534)\n",
            );
            assert_eq!(scene.read("key"), "known");
        }
    }
    scene.file("key", ROOT, 0o600, "root's");
    succeeded(&scene.mksecret(CALLER, &["hex", "-o", "key", "--keep"]));
    scene.file("key", CALLER, 0o600, "the caller's");
    succeeded(&scene.mksecret(CALLER, &["hex", "-o", "key", "--keep"]));
    assert_eq!(scene.read("key"), "the caller's");
}

#[test]
fn keep_refuses_a_file_that_others_may_write() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    for mode in [0o620, 0o602, 0o666] {
        scene.file("key", ROOT, mode, "known");
        let done = scene.mksecret(ROOT, &["hex", "-o", "key", "--keep"]);
        let says = format!("cannot keep key: group or others may write it (mode {mode:04o})\n");
        failed(&done, 1, &says);
    }
    for mode in ["0620", "0602", "666"] {
        let done = scene.mksecret(ROOT, &["hex", "-o", "new", "--keep", "--mode", mode]);
        failed(&done, 2, "and --keep exclude each other\n");
    }
    assert_eq!(scene.names(), ["key"]);
}

#[test]
fn keep_refuses_a_file_that_grants_more_than_its_mode() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    for (mode, asked, more) in [
        (0o644, None, true),
        (0o640, None, true),
        (0o400, None, false),
        (0o4600, None, true),
        (0o644, Some("0640"), true),
        (0o644, Some("0644"), false),
        (0o600, Some("0640"), false),
        (0o600, Some("0400"), true),
    ] {
        scene.file("key", ROOT, mode, "secret");
        let mut words = vec!["hex", "-o", "key", "--keep"];
        words.extend(asked.iter().flat_map(|asked| ["--mode", asked]));
        let done = scene.mksecret(ROOT, &words);
        if more {
            let says = format!("cannot keep key: its mode is {mode:04o}, which grants more than ");
            failed(&done, 1, &says);
        } else {
            succeeded(&done);
        }
    }
}

#[test]
fn keep_refuses_links() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    scene.file("target", ROOT, 0o600, "secret");
    symlink("target", scene.path("link")).unwrap();
    symlink("nowhere", scene.path("dangling")).unwrap();
    for name in ["link", "dangling"] {
        let done = scene.mksecret(ROOT, &["hex", "-o", name, "--keep"]);
        failed(&done, 1, "it is a symbolic link\n");
    }
}

#[test]
fn keep_says_so_also_where_it_lost_a_race() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    let children: Vec<Child> = (0..24)
        .map(|_| {
            Command::new(scene.program())
                .args(["hex", "-o", "key", "--keep", "-v"])
                .current_dir(scene.folder.path())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let said: Vec<String> = children
        .into_iter()
        .map(|child| told(&child.wait_with_output().unwrap()))
        .collect();
    let kept = said.iter().filter(|said| *said == "mksecret: kept key\n");
    assert_eq!(kept.count(), 23, "{said:?}");
    assert!(is_key(&scene.read("key")));

    // The race itself, without luck: the file is created when the program looks for it the first time.
    if goes_without("strace") {
        return;
    }
    let kept = |owner, mode| {
        fs::remove_file(scene.path("key")).unwrap();
        let stopped = stopped_after_its_look(&scene, &["hex", "-o", "key", "--keep", "-v"]);
        scene.file("key", owner, mode, "first");
        stopped.resume()
    };
    assert_eq!(kept(ROOT, 0o600), (Some(0), "mksecret: kept key\n".into()));
    let (status, said) = kept(OTHER, 0o600);
    assert_eq!(status, Some(1));
    assert!(said.contains("it belongs to another user"), "{said}");
    let (status, said) = kept(ROOT, 0o602);
    assert_eq!(status, Some(1));
    assert!(said.contains("group or others may write it"), "{said}");
    assert_eq!(scene.names(), ["key"]);
}

/// The program under strace, stopped after it has looked what the name after `-o`, the third word, is.
struct Stopped {
    strace: Child,
}

fn stopped_after_its_look(scene: &Scene, words: &[&str]) -> Stopped {
    const LOOKS: &str = "newfstatat,statx,lstat";
    let log = scene.program.path().join("log");
    let _ = fs::remove_file(&log);
    let strace = Command::new("strace")
        .args(["-q", "-P", words[2], "-e", &format!("trace={LOOKS}")])
        .args(["-e", &format!("inject={LOOKS}:signal=STOP:when=1")])
        .arg("-o")
        .arg(&log)
        .arg(scene.program())
        .args(words)
        .current_dir(scene.folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !fs::read_to_string(&log).is_ok_and(|log| log.contains("stopped by SIGSTOP")) {
        thread::sleep(Duration::from_millis(5));
    }
    Stopped { strace }
}

impl Stopped {
    /// Lets it go on to its end; its status and what it said.
    fn resume(self) -> (Option<i32>, String) {
        let children = format!("/proc/{0}/task/{0}/children", self.strace.id());
        let pid = fs::read_to_string(children).unwrap();
        let pid = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
        kill_process(pid, Signal::CONT).unwrap();
        let done = self.strace.wait_with_output().unwrap();
        let said = told(&done);
        let said = said.lines().filter(|line| line.starts_with("mksecret: "));
        let said = said.map(|line| format!("{line}\n")).collect();
        (done.status.code(), said)
    }
}

#[test]
fn what_replaces_a_device_or_pipe_is_not_written_to() {
    let Some(scene) = Scene::new(OTHER, 0o755) else {
        return;
    };
    if goes_without("strace") {
        return;
    }
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
            let stopped = stopped_after_its_look(&scene, &["hex", "-o", name]);
            fs::remove_file(&at).unwrap();
            replace(&scene.path("victim"), &at);
            let (status, said) = stopped.resume();
            assert_eq!(scene.read("victim"), "old", "{name}");
            assert_eq!(status, Some(1), "{said}");
            assert!(said.contains(&format!("cannot open {name}: ")), "{said}");
            fs::remove_file(&at).unwrap();
        }
    }
    assert!(!device.exists() && !pipe.exists());
}

/// 300 runs in a sticky directory against a user who creates and removes whatever they can under the same name.
#[test]
fn an_attacker_in_a_sticky_directory_gains_nothing() {
    let Some(scene) = Scene::new(ROOT, 0o1777) else {
        return;
    };
    scene.file("victim", ROOT, 0o600, "old");
    let attack = r#"
        while :; do
            echo known >key; chmod 666 key; rm -f key
            ln -s victim key; rm -f key
            mkfifo -m 666 key; rm -f key
            ln -s /dev/null key; rm -f key
            mkdir key; rmdir key
        done 2>/dev/null
    "#;
    let mut attacker = scene
        .command(OTHER, &["bash", "-c", attack])
        .spawn()
        .unwrap();
    let mut outcomes = std::collections::BTreeMap::new();
    for round in 0..300 {
        let options: &[&str] = [&["--keep"][..], &["--force"], &[]][round % 3];
        let caller = [ROOT, CALLER][round % 2];
        let done = scene.mksecret(caller, &[&["hex", "-o", "key"], options].concat());
        let status = done.status.code().unwrap();
        *outcomes.entry((options, status)).or_insert(0) += 1;
        assert!(matches!(status, 0 | 1), "{}", told(&done));
        if status == 0 {
            // Nobody but its owner and root can take it away again.
            let metadata = fs::symlink_metadata(scene.path("key")).unwrap();
            assert!(metadata.is_file());
            assert_eq!((metadata.uid(), metadata.mode() & 0o7777), (caller, 0o600));
            assert!(is_key(&scene.read("key")));
            fs::remove_file(scene.path("key")).unwrap();
        }
    }
    attacker.kill().unwrap();
    attacker.wait().unwrap();
    // For whoever wants to see what the attacker achieved: cargo test -- --nocapture.
    println!("{outcomes:?}");
    assert_eq!(scene.read("victim"), "old");
    let _ = fs::remove_file(scene.path("key")).or_else(|_| fs::remove_dir(scene.path("key")));
    assert_eq!(scene.names(), ["victim"]);
}

#[test]
fn a_file_is_created_below_a_directory_that_is_closed() {
    let Some(scene) = Scene::new(ROOT, 0o700) else {
        return;
    };
    // Neither can the caller find the way down to it, nor list it.
    fs::create_dir(scene.path("inner")).unwrap();
    set(&scene.path("inner"), CALLER, 0o300);
    for options in [&[][..], &["--force"]] {
        let done = scene
            .command(CALLER, &["env", scene.program().to_str().unwrap()])
            .args(["hex", "-o", "key"])
            .args(options)
            .current_dir(scene.path("inner"))
            .output()
            .unwrap();
        succeeded(&done);
        assert!(is_key(&scene.read("inner/key")));
    }
}

#[test]
fn a_directory_that_is_moved_away_still_gets_the_file() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    for option in ["--force", "--verbose"] {
        fs::create_dir(scene.path("folder")).unwrap();
        let mut child = Command::new(scene.program())
            .args(["choice", "-o", "folder/choice", option])
            .current_dir(scene.folder.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It has opened its output before it reads: the directory is then among its descriptors.
        let descriptors = format!("/proc/{}/fd", child.id());
        let is_folder = |fd: fs::DirEntry| {
            fs::read_link(fd.path()).is_ok_and(|path| path == scene.path("folder"))
        };
        while !fs::read_dir(&descriptors)
            .unwrap()
            .any(|fd| is_folder(fd.unwrap()))
        {
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
fn a_new_file_leaves_nothing_when_it_is_killed() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    let mut child = Command::new(scene.program())
        .args(["bytes", "1T", "-o", "key"])
        .current_dir(scene.folder.path())
        .spawn()
        .unwrap();
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
fn a_nameless_file_is_named_by_proc_or_not_begun() {
    let Some(scene) = Scene::new(CALLER, 0o755) else {
        return;
    };
    if goes_without("strace") {
        return;
    }
    for faults in [
        // Before Linux 6.10 the first of two ways is missing.
        &["linkat:error=ENOENT:when=1+2"][..],
        // Without /proc, so is the second.
        &["linkat:error=ENOENT"],
        // Not permitted at all.
        &["linkat:error=EPERM"],
        // Neither the kernel nor the file system knows more than a rename or a link.
        &["linkat:error=ENOENT:when=1..2", "renameat2:error=ENOSYS"],
        &["linkat:error=ENOENT:when=1..2", "renameat2:error=EINVAL"],
    ] {
        let done = scene.with_faults(CALLER, faults, &["hex", "-o", "key"]);
        succeeded(&done);
        assert_eq!(scene.names(), ["key"], "{faults:?}");
        assert!(is_key(&scene.read("key")), "{faults:?}");
        let done = scene.with_faults(CALLER, faults, &["hex", "-o", "key"]);
        failed(&done, 1, "key exists\n");
        fs::remove_file(scene.path("key")).unwrap();
    }
    // The last step fails.
    let done = scene.with_faults(CALLER, &["linkat:error=EIO:when=2"], &["hex", "-o", "key"]);
    failed(
        &done,
        1,
        "cannot create key: Input/output error (os error 5)\n",
    );
    assert!(scene.names().is_empty());
}

#[test]
fn a_second_link_that_stays_is_an_error_that_names_it() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    if goes_without("strace") {
        return;
    }
    let faults = [
        "linkat:error=ENOENT:when=1..2",
        "renameat2:error=ENOSYS",
        "unlink,unlinkat:error=EIO",
    ];
    let done = scene.with_faults(ROOT, &faults, &["hex", "-o", "key"]);
    let names = scene.names();
    assert_eq!(names.len(), 2, "{names:?}");
    let says = format!(
        "key is complete, but so is {} beside it, which cannot be removed: Input/output error (os error 5)\n",
        names[0]
    );
    failed(&done, 1, &says);
    assert!(is_key(&scene.read("key")));
}

#[test]
fn a_temporary_file_that_stays_is_named() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    if goes_without("strace") {
        return;
    }
    let faults = ["fsync:error=EIO", "unlink,unlinkat:error=EACCES"];
    let done = scene.with_faults(ROOT, &faults, &["hex", "-o", "key", "--force"]);
    let names = scene.names();
    assert_eq!(names.len(), 1, "{names:?}");
    let says = format!("warning: cannot remove the temporary file {}: ", names[0]);
    failed(&done, 1, &says);
}

#[test]
fn a_file_system_that_cannot_refuse_to_overwrite_is_an_error() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    if goes_without("strace") {
        return;
    }
    for errno in ["EPERM", "EOPNOTSUPP"] {
        let faults = [
            &format!("linkat:error={errno}")[..],
            "renameat2:error=EINVAL",
        ];
        let done = scene.with_faults(ROOT, &faults, &["hex", "-o", "key"]);
        failed(
            &done,
            1,
            "this file system cannot create a file without overwriting another\n\
             mksecret: hint: --force creates it",
        );
        assert!(scene.names().is_empty());
        let done = scene.with_faults(ROOT, &faults, &["hex", "-o", "key", "--force"]);
        succeeded(&done);
        fs::remove_file(scene.path("key")).unwrap();
    }
}

#[test]
fn closed_streams_take_nothing_also_without_dev_null() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    if goes_without("mounts") {
        return;
    }
    for prepare in ["", "mount -t tmpfs none /dev &&"] {
        let run = |command: &str| {
            let script = format!(r#"{prepare} exec "$mksecret" {command}"#);
            support::in_mount_namespace(&script)
                .env("mksecret", scene.program())
                .current_dir(scene.folder.path())
                .output()
                .unwrap()
        };
        let done = run("hex <&-");
        succeeded_with_key(&done);
        let done = run("hex 2>&-");
        succeeded_with_key(&done);
        failed(&run("hex >&-"), 1, "standard output is closed\n");
        failed(&run("--help <&- >&-"), 1, "standard output is closed\n");
        failed(
            &run("choice <&-"),
            1,
            "cannot read standard input: Bad file descriptor",
        );
        // A file of ours gets no stream's number: messages would be written to it.
        for options in ["", "--force"] {
            let done = run(&format!("hex -v -o key {options} <&- >&- 2>&-"));
            assert_eq!(done.status.code(), Some(0));
            assert!(is_key(&scene.read("key")));
            assert_eq!(scene.names(), ["key"]);
        }
        fs::remove_file(scene.path("key")).unwrap();
        for name in ["/dev/stderr", "/dev/fd/2", "/dev/fd/0"] {
            let done = run(&format!("hex -o {name} <&- 2>&-"));
            assert_eq!(done.status.code(), Some(1), "{name}");
        }
    }
}

#[track_caller]
fn succeeded_with_key(done: &Output) {
    assert_eq!((done.status.code(), told(done).as_str()), (Some(0), ""));
    assert!(is_key(&String::from_utf8_lossy(&done.stdout)));
}

#[test]
fn a_read_only_stream_is_refused_before_anything_is_drawn() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    if goes_without("strace") {
        return;
    }
    let script = r#"strace -qq -o log -e trace=getrandom "$mksecret" hex 1</dev/null"#;
    let done = scene.script(ROOT, script);
    let says = "cannot write to standard output: Bad file descriptor (os error 9)\n";
    failed(&done, 1, says);
    assert!(!scene.read("log").contains(", 32, "));
}

#[test]
fn an_endless_stream_is_never_a_file() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    scene.file("old", ROOT, 0o600, "old");
    for words in [
        &["new"][..],
        &["old"],
        &["old", "--force"],
        &["old", "--keep"],
    ] {
        let words = [&["bytes", "--endless", "-o"], words].concat();
        failed(
            &scene.mksecret(ROOT, &words),
            2,
            &format!("--endless and -o {} exclude each other\n", words[3]),
        );
    }
    assert_eq!(scene.names(), ["old"]);
    let script =
        r#"mkfifo pipe; head -c 100000 pipe | wc -c & "$mksecret" bytes --endless -o pipe && wait"#;
    let done = scene.script(ROOT, script);
    assert_eq!(String::from_utf8_lossy(&done.stdout), "100000\n");
    succeeded(&done);
}

#[test]
fn options_of_a_file_are_refused_for_a_stream() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    for name in [
        "-",
        "/dev/stdout",
        "/dev/stderr",
        "/dev/fd/1",
        "/proc/self/fd/7",
    ] {
        for (options, named) in [
            (&["--mode", "0600"][..], "--mode"),
            (&["--force"], "--force"),
            (&["--keep"], "--keep"),
            (&["--force", "--preserve"], "--preserve"),
        ] {
            let done = scene.mksecret(ROOT, &[&["hex", "-o", name], options].concat());
            failed(
                &done,
                2,
                &format!("{named} and -o {name} exclude each other\n"),
            );
        }
    }
    for words in [
        &["hex", "-o", "key", "--preserve"][..],
        &["hex", "-o", "key", "--preserve", "--keep"],
        &["hex", "--preserve"],
    ] {
        assert_eq!(scene.mksecret(ROOT, words).status.code(), Some(2));
    }
    assert!(scene.names().is_empty());
}

/// Whoever is of the group, and user 7, may read: acl(5), as the kernel keeps it.
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
fn preserve_gives_the_new_file_the_old_ones_access() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    let words = ["hex", "-o", "key", "--force", "--preserve"];
    for (owner, mode) in [(OTHER, 0o640), (ROOT, 0o644), (CALLER, 0o400)] {
        scene.file("key", owner, mode, "old");
        succeeded(&scene.mksecret(ROOT, &words));
        let metadata = fs::metadata(scene.path("key")).unwrap();
        let access = (metadata.uid(), metadata.gid(), metadata.mode() & 0o7777);
        assert_eq!(access, (owner, owner, mode));
        assert!(is_key(&scene.read("key")));
    }

    scene.file("key", OTHER, 0o600, "old");
    let mut value = list(4, 4, 4);
    setxattr(scene.path("key"), LIST, &value, XattrFlags::empty()).unwrap();
    succeeded(&scene.mksecret(ROOT, &words));
    let length = getxattr(scene.path("key"), LIST, &mut value[..]).unwrap();
    assert_eq!(value[..length], list(4, 4, 4));
    assert!(is_key(&scene.read("key")));

    // One that the directory would give the new file is not there either.
    let default = "system.posix_acl_default";
    setxattr(
        scene.folder.path(),
        default,
        &list(4, 4, 4),
        XattrFlags::empty(),
    )
    .unwrap();
    scene.file("other", OTHER, 0o640, "old");
    rustix::fs::removexattr(scene.path("other"), LIST).unwrap();
    fs::set_permissions(scene.path("other"), Permissions::from_mode(0o640)).unwrap();
    let words = ["hex", "-o", "other", "--force", "--preserve"];
    succeeded(&scene.mksecret(ROOT, &words));
    assert!(getxattr(scene.path("other"), LIST, &mut value[..]).is_err());
    assert_eq!(scene.names(), ["key", "other"]);
}

#[test]
fn preserve_sets_owner_then_mode_before_the_secret_is_written() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    if goes_without("strace") {
        return;
    }
    scene.file("key", OTHER, 0o640, "old");
    let trace = scene.script(
        ROOT,
        r#"strace -qq -e trace=fchown,fchmod,write "$mksecret" hex -o key --force --preserve"#,
    );
    let trace = told(&trace);
    let calls: Vec<&str> = trace
        .lines()
        .filter_map(|line| line.split('(').next())
        .collect();
    assert_eq!(calls, ["fchown", "fchmod", "write"], "{trace}");
}

#[test]
fn preserve_without_an_existing_file_takes_the_mode() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    for (name, options, mode) in [("a", &[][..], 0o600), ("b", &["--mode", "0640"], 0o640)] {
        let words = [&["hex", "-o", name, "--force", "--preserve"], options].concat();
        succeeded(&scene.mksecret(ROOT, &words));
        let metadata = fs::metadata(scene.path(name)).unwrap();
        assert_eq!((metadata.uid(), metadata.mode() & 0o7777), (ROOT, mode));
    }
}

#[test]
fn preserve_refuses_what_it_cannot_preserve_safely() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    let refused = |caller, why: &str| {
        let before = scene.names();
        let words = ["hex", "-o", "key", "--force", "--preserve"];
        let says = format!("key: {why}\n");
        failed(&scene.mksecret(caller, &words), 1, &says);
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
        set(scene.folder.path(), owner, mode);
        refused(ROOT, "others may write to its directory");
    }
    // The directory is of the file's owner.
    set(scene.folder.path(), CALLER, 0o755);
    let words = ["hex", "-o", "key", "--force", "--preserve"];
    succeeded(&scene.mksecret(ROOT, &words));

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
fn a_pipe_of_another_user_is_refused() {
    let Some(scene) = Scene::new(ROOT, 0o1777) else {
        return;
    };
    let pipe = scene.path("pipe");
    let mode = Mode::from_raw_mode(0o666);
    mknodat(rustix::fs::CWD, &pipe, FileType::Fifo, mode, 0).unwrap();
    set(&pipe, OTHER, 0o666);
    for caller in [ROOT, CALLER] {
        failed(
            &scene.mksecret(caller, &["hex", "-o", "pipe"]),
            1,
            "nor a pipe of yours\n",
        );
    }
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn a_path_that_ends_in_a_directory_is_no_file() {
    let Some(scene) = Scene::new(ROOT, 0o755) else {
        return;
    };
    for path in ["new/", "new/.", "..", ".", "/", "./"] {
        for option in ["--force", "--keep", "--verbose"] {
            let done = scene.mksecret(ROOT, &["hex", "-o", path, option]);
            failed(&done, 1, &format!("{path} names a directory\n"));
        }
    }
    assert!(scene.names().is_empty());
}
