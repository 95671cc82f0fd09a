//! What is left of a secret after it is delivered: nothing in memory, no core dump, and never raw bytes on a terminal.
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Seek, SeekFrom},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

mod support;

use support::{Start, error, is_key, program, strace};

/// Runs the program until it is about to exit, with everything delivered; returns what it printed, and its memory.
fn at_exit(line: &str) -> (Vec<u8>, Vec<Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let options = "-qq -o /dev/null -e trace=exit_group -e inject=exit_group:delay_enter=60s";
    let mut strace = Command::new("strace");
    strace
        .args(options.split(' '))
        .arg(program())
        .args(line.split(' '))
        .stdout(fs::File::create(&out).unwrap());
    let mut strace = strace.start();
    // Everything is delivered and closed when strace holds back the last call.
    let last = format!("{} ", libc::SYS_exit_group);
    let pid = loop {
        thread::sleep(Duration::from_millis(20));
        let children = format!("/proc/{0}/task/{0}/children", strace.id());
        let pid = fs::read_to_string(children).unwrap().trim().to_string();
        if !pid.is_empty()
            && fs::read_to_string(format!("/proc/{pid}/syscall"))
                .is_ok_and(|call| call.starts_with(&last))
        {
            break pid;
        }
        assert!(
            strace.try_wait().unwrap().is_none(),
            "{line} ended too soon"
        );
    };
    let printed = fs::read(&out).unwrap();
    let memory = memory(&pid);
    // In this order: strace would finish its delay before it passes a signal on.
    strace.kill().unwrap();
    let pid = Pid::from_raw(pid.parse().unwrap()).unwrap();
    let _ = kill_process(pid, Signal::KILL);
    strace.wait().unwrap();
    (printed, memory)
}

/// All writable memory of a process, area by area.
fn memory(pid: &str) -> Vec<Vec<u8>> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let mut memory = fs::File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut areas = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (bounds, _) = line.split_once(' ').unwrap();
        let (from, to) = bounds.split_once('-').unwrap();
        let [from, to] = [from, to].map(|bound| u64::from_str_radix(bound, 16).unwrap());
        memory.seek(SeekFrom::Start(from)).unwrap();
        let mut area = vec![0; (to - from) as usize];
        if memory.read_exact(&mut area).is_ok() {
            areas.push(area);
        }
    }
    assert!(areas.len() > 2);
    areas
}

/// Bytes that are looked for as one. Fewer could be there by chance.
const BLOCK: usize = 16;

/// Every block of the first bytes, wherever it begins, that is also in the memory.
fn blocks_in<'a>(memory: &[Vec<u8>], bytes: &'a [u8]) -> BTreeSet<&'a [u8]> {
    // What begins like a block is looked up among them.
    let start = |block: &[u8]| usize::from(u16::from_le_bytes([block[0], block[1]]));
    let mut blocks = vec![Vec::new(); 1 << 16];
    for block in bytes.windows(BLOCK) {
        blocks[start(block)].push(block);
    }
    for blocks in &mut blocks {
        blocks.sort_unstable();
    }
    let windows = memory.iter().flat_map(|area| area.windows(BLOCK));
    windows
        .filter_map(|window| {
            let blocks = &blocks[start(window)];
            let at = blocks.binary_search(&window).ok()?;
            Some(blocks[at])
        })
        .collect()
}

#[test]
// Only root can read the memory of an undumpable process.
#[ignore = "needs root, strace"]
fn no_copy_of_a_delivered_secret_is_left_in_memory() {
    for line in [
        "hex",
        "hex -c 1000",
        "hex -c 1000 --distinct",
        "hex 40K",
        "hex 1M",
        "urlsafe 1000003",
        "urlsafe",
        "base64",
        "base64 1M",
        "base32",
        "base32 1M",
        "token",
        "uuid",
        "choice --range 10**30-10**31",
        "sample 40 --range 1000000-1999999",
        "password -l 40",
        "password -c 1000",
        "passphrase",
        "pattern [a-z]{20}-[a-z]{20}",
        // None of these is the size of a block of memory, as glibc writes it behind the one before: those are odd.
        "choice -c 40 b d f h j l n p r t",
        "bytes 32",
        "bytes 64K",
        "bytes 1M",
        "bytes 1000003",
        "bytes 1M --no-expand",
    ] {
        let (printed, memory) = at_exit(line);
        let left = blocks_in(&memory, &printed).len();
        assert_eq!(left, 0, "{line}");
        // The search itself works: it finds the command line.
        let name = program().as_bytes();
        assert!(!blocks_in(&memory, name).is_empty(), "{line}");
        // Nor is there what the text encodes.
        if line.starts_with("hex") && !line.contains("-c") {
            let bytes = hex::decode(printed.trim_ascii_end()).unwrap();
            assert!(blocks_in(&memory, &bytes).is_empty(), "{line}");
        }
    }
}

#[test]
#[ignore = "needs strace"]
fn process_is_undumpable_before_the_first_secret_byte() {
    let done = strace("-e trace=prctl,getrandom", "hex").assert();
    let trace = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    let place = |call| trace.find(call).expect(&trace);
    let undumpable = place("PR_SET_DUMPABLE, SUID_DUMP_DISABLE");
    assert!(undumpable < place(", 32, GRND_NONBLOCK"), "{trace}");
}

#[test]
#[ignore = "needs strace"]
fn tokens_are_checked_by_an_undumpable_process() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tokens"), "a token\n").unwrap();
    let mut strace = strace("-e trace=prctl,read", "token --check -i tokens");
    let done = strace.current_dir(&folder).assert().code(1);
    let trace = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    let place = |call| trace.find(call).expect(&trace);
    assert!(
        place("PR_SET_DUMPABLE, SUID_DUMP_DISABLE") < place("\"a token"),
        "{trace}"
    );
}

/// A command that runs another in a terminal, with which it ends; `$program` is the program.
fn terminal(command: &str) -> Command {
    let command = format!(
        "exec setpriv --pdeathsig=KILL sh -c {}",
        shlex::try_quote(command).unwrap()
    );
    let mut script = Command::new("script");
    script
        .args(["-qefc", &command, "/dev/null"])
        .env("TERM", "xterm")
        .env("program", program())
        .stdin(Stdio::null());
    script
}

/// What the command printed in a terminal, and its status.
fn in_terminal(command: &str) -> (String, Option<i32>) {
    let done = terminal(command).output().unwrap();
    let text = String::from_utf8_lossy(&done.stdout).replace("\r\n", "\n");
    (text, done.status.code())
}

#[test]
fn raw_bytes_go_to_a_terminal_only_on_request() {
    let refused = error(
        "refusing to write raw bytes to the terminal",
        "redirect the output, use `mksecret hex`, or allow it with -o -",
    );
    for line in [
        "bytes",
        "bytes 1M",
        "bytes --endless",
        "bytes -o /dev/stdout",
        "bytes -o /dev/tty",
    ] {
        let shown = in_terminal(&format!("$program {line}"));
        assert_eq!(shown, (refused.clone(), Some(1)), "{line}");
    }
    let (printed, status) = in_terminal("$program bytes 1000 -o -");
    assert!(printed.len() >= 1000 && status == Some(0));
    let (printed, status) = in_terminal("$program hex");
    assert!(is_key(&printed) && status == Some(0));
}

#[test]
fn items_are_not_read_from_a_terminal() {
    for line in ["choice", "sample 3", "choice -i -"] {
        let (shown, status) = in_terminal(&format!("$program {line} </dev/tty"));
        assert_eq!(status, Some(2), "{line}: {shown}");
        let says = "error: no items given\n";
        assert!(shown.contains(says), "{line}: {shown}");
    }
}

#[test]
fn progress_is_shown_for_long_values_on_a_terminal_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    // Runs until a bar is shown.
    let bar = |redirection: &str| {
        let mut script = terminal(&format!("exec $program bytes 1T --no-expand {redirection}"));
        let mut script = script.stdout(Stdio::piped()).start();
        let mut screen = script.stdout.take().unwrap();
        let mut piece = [0; 4096];
        let length = screen.read(&mut piece).unwrap();
        String::from_utf8_lossy(&piece[..length]).into_owned()
    };
    let name = file.display();
    for redirection in [format!("-o {name}"), format!("> {name}")] {
        let bar = bar(&redirection);
        assert!(bar.contains("of 1.00 TiB") && bar.contains("/s, "), "{bar}");
        let _ = fs::remove_file(&file);
    }
    // Standard error is no terminal, or the output no file: nothing is shown, even after more than a second.
    for redirection in [
        format!("-o {name} 2>{name}.log"),
        format!("2>{name}.log | cat >/dev/null"),
    ] {
        let (shown, _) = in_terminal(&format!(
            "timeout 1.5 $program bytes 1T --no-expand {redirection}"
        ));
        let logged = fs::read_to_string(format!("{name}.log")).unwrap();
        assert_eq!(shown + &logged, "", "{redirection}");
        let _ = fs::remove_file(&file);
    }
}
