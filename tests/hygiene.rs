//! What is left of a secret after it is delivered: nothing in memory, no core dump, and never raw bytes on a terminal.
#![cfg(target_os = "linux")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

mod support;

use support::goes_without;

/// Runs the program until it is about to exit, with everything delivered, and searches its memory for `needles` made
/// of what it printed.
fn memory_holds(args: &[&str], needles: impl Fn(&[u8]) -> Vec<Vec<u8>>) -> Vec<bool> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut strace = Command::new("strace")
        .args([
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=exit_group",
            "-e",
            "inject=exit_group:delay_enter=60s",
        ])
        .arg(env!("CARGO_BIN_EXE_mksecret"))
        .args(args)
        .stdout(fs::File::create(&out).unwrap())
        .spawn()
        .unwrap();
    // Delivered and closed: only the end is left, and strace holds it back.
    let pid = loop {
        thread::sleep(Duration::from_millis(20));
        let children = format!("/proc/{0}/task/{0}/children", strace.id());
        let pid = fs::read_to_string(children).unwrap().trim().to_string();
        if !pid.is_empty()
            && fs::read_to_string(format!("/proc/{pid}/syscall"))
                .is_ok_and(|call| call.starts_with("231 "))
        {
            break pid;
        }
        assert!(
            strace.try_wait().unwrap().is_none(),
            "{args:?} ended too soon"
        );
    };
    let printed = fs::read(&out).unwrap();
    let memory = memory(&pid);
    let found = needles(&printed)
        .iter()
        .map(|needle| {
            memory
                .iter()
                .any(|area| memchr::memmem::find(area, needle).is_some())
        })
        .collect();
    // In this order: strace would sit out its delay before it passes a signal on.
    strace.kill().unwrap();
    let pid = rustix::process::Pid::from_raw(pid.parse().unwrap()).unwrap();
    let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    strace.wait().unwrap();
    found
}

/// All writable memory of a process, area by area.
fn memory(pid: &str) -> Vec<Vec<u8>> {
    let maps = BufReader::new(fs::File::open(format!("/proc/{pid}/maps")).unwrap());
    let mut memory = fs::File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut areas = Vec::new();
    for line in maps
        .lines()
        .map(Result::unwrap)
        .filter(|line| line.contains(" rw"))
    {
        let (from, to) = line
            .split_whitespace()
            .next()
            .unwrap()
            .split_once('-')
            .unwrap();
        let from = u64::from_str_radix(from, 16).unwrap();
        let to = u64::from_str_radix(to, 16).unwrap();
        memory.seek(SeekFrom::Start(from)).unwrap();
        let mut area = vec![0; (to - from) as usize];
        if memory.read_exact(&mut area).is_ok() {
            areas.push(area);
        }
    }
    assert!(areas.len() > 2);
    areas
}

#[test]
fn no_copy_of_a_delivered_secret_is_left_in_memory() {
    // Nobody but root may look into an undumpable process.
    if goes_without("strace") || goes_without("root") {
        return;
    }
    // The search itself works: what the command line holds is found.
    let prefix = "the-prefix-is-no-secret-";
    for args in [
        &["hex", "--prefix", prefix][..],
        &["hex", "-c", "1000", "--prefix", prefix],
        &["hex", "40K", "--prefix", prefix],
        &["hex", "1M", "--prefix", prefix],
        &["urlsafe", "1000003", "--prefix", prefix],
        &["urlsafe", "--prefix", prefix],
        &["base64", "--prefix", prefix],
        &["base32", "--prefix", prefix],
        &["token", "--prefix", prefix],
        &["password", "-l", "40", "--prefix", prefix],
        &["password", "-c", "1000", "--prefix", prefix],
        &["passphrase", "--prefix", prefix],
        &[
            "choice", "-c", "40", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "--prefix",
            prefix,
        ],
    ] {
        let found = memory_holds(args, |printed| {
            let secret = &printed[prefix.len()..];
            vec![
                prefix.into(),
                secret[..16].into(),
                secret[secret.len() - 17..secret.len() - 1].into(),
            ]
        });
        assert_eq!(found, [true, false, false], "{args:?}");
    }
    // Neither are the bytes behind the text.
    let found = memory_holds(&["hex"], |printed| {
        vec![
            hex::decode(&printed[..32]).unwrap(),
            hex::decode(&printed[32..64]).unwrap(),
        ]
    });
    assert_eq!(found, [false, false]);
    for size in ["32", "64K", "1M", "1000003"] {
        let found = memory_holds(&["bytes", size], |printed| {
            vec![printed[..16].into(), printed[printed.len() - 16..].into()]
        });
        assert_eq!(found, [false, false], "bytes {size}");
    }
}

#[test]
fn the_process_cannot_be_dumped_once_its_output_is_open() {
    if goes_without("strace") {
        return;
    }
    let done = Command::new("strace")
        .args([
            "-qq",
            "-e",
            "trace=prctl,getrandom",
            env!("CARGO_BIN_EXE_mksecret"),
            "hex",
        ])
        .output()
        .unwrap();
    let trace = String::from_utf8_lossy(&done.stderr).into_owned();
    let undumpable = trace
        .find("PR_SET_DUMPABLE, SUID_DUMP_DISABLE")
        .expect(&trace);
    let drawn = trace.find(", 32, GRND_NONBLOCK").expect(&trace);
    assert!(undumpable < drawn, "{trace}");
}

/// Runs `command` in a terminal; what it printed there, and its status.
fn in_terminal(command: &str) -> (String, Option<i32>) {
    let done = Command::new("script")
        .args(["-qefc", command, "/dev/null"])
        .env("TERM", "xterm")
        .env("program", env!("CARGO_BIN_EXE_mksecret"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (
        String::from_utf8_lossy(&done.stdout).replace("\r\n", "\n"),
        done.status.code(),
    )
}

#[test]
fn raw_bytes_do_not_go_to_a_terminal_unless_they_are_sent_there() {
    if goes_without("script") {
        return;
    }
    let refused = "mksecret: error: refusing to write raw bytes to the terminal\n\
                   mksecret: hint: redirect the output, print digits with `mksecret hex`, or allow it with -o -\n";
    for args in [
        "bytes",
        "bytes 1M",
        "bytes --endless",
        "bytes -o /dev/stdout",
        "bytes -o /dev/tty",
    ] {
        assert_eq!(
            in_terminal(&format!("$program {args}")),
            (refused.into(), Some(1)),
            "{args}"
        );
    }
    let (printed, status) = in_terminal("$program bytes 1000 -o -");
    assert!(printed.len() >= 1000 && status == Some(0));
    let (printed, status) = in_terminal("$program hex");
    assert!(printed.len() == 65 && status == Some(0));
}

#[test]
fn items_are_not_waited_for_on_a_terminal() {
    if goes_without("script") {
        return;
    }
    for args in ["choice", "sample 3", "choice -i -"] {
        let (said, status) = in_terminal(&format!("$program {args} </dev/tty"));
        assert_eq!(status, Some(2), "{args}: {said}");
        assert!(
            said.contains("error: there are no items\n"),
            "{args}: {said}"
        );
    }
}

#[test]
fn a_long_value_to_a_file_shows_how_far_it_has_come_but_only_on_a_terminal() {
    if goes_without("script") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    // As long as it takes until there is a bar.
    let shown = |redirection: &str| {
        let mut script = Command::new("script")
            .args([
                "-qefc",
                &format!("exec $program bytes 1T {redirection}"),
                "/dev/null",
            ])
            .env("TERM", "xterm")
            .env("program", env!("CARGO_BIN_EXE_mksecret"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut screen = script.stdout.take().unwrap();
        let mut piece = [0; 4096];
        let length = screen.read(&mut piece).unwrap();
        script.kill().unwrap();
        script.wait().unwrap();
        String::from_utf8_lossy(&piece[..length]).into_owned()
    };
    let name = file.display();
    for redirection in [format!("-o {name}"), format!("> {name}")] {
        let screen = shown(&redirection);
        assert!(
            screen.contains("of 1.00 TiB") && screen.contains("/s, "),
            "{screen}"
        );
        let _ = fs::remove_file(&file);
    }
    // Standard error is no terminal, or the output no file: not a word, even after more than a second.
    for redirection in [
        format!("-o {name} 2>{name}.log"),
        format!("2>{name}.log | cat >/dev/null"),
    ] {
        let said = in_terminal(&format!("timeout 1.5 $program bytes 1T {redirection}")).0;
        assert_eq!(said, "", "{redirection}");
        assert_eq!(
            fs::read_to_string(format!("{name}.log")).unwrap(),
            "",
            "{redirection}"
        );
        let _ = fs::remove_file(&file);
    }
}
