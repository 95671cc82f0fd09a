//! Nothing chooses the randomness but the kernel: what is printed depends on the command line, standard input and the
//! kernel's bytes, and on nothing else.
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use assert_cmd::Command;

mod support;

use support::{program, traced};

/// A line of tests/vectors.txt, which explains them.
struct Vector {
    line: String,
    size: usize,
    args: Vec<String>,
    input: Vec<u8>,
    output: String,
}

impl Vector {
    fn of(line: &str) -> Self {
        let (wanted, output) = line.split_once(" =>").unwrap_or((line, ""));
        let (size, command) = wanted.split_once(' ').expect(line);
        let (command, input) = command.split_once(" <<< ").unwrap_or((command, ""));
        let input = match input {
            "" => String::new(),
            input => input.replace("\\n", "\n").replace("\\x00", "\0") + "\n",
        };
        Self {
            line: wanted.into(),
            size: size.parse().expect(line),
            args: shlex::split(command).expect(line),
            input: input.into(),
            output: output.trim_start().into(),
        }
    }

    /// What it prints now. `program` is how the program is called, and `runner` makes a command of these words.
    fn printed(&self, program: &Path, runner: impl Fn(Vec<String>) -> Vec<String>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let trace = folder.path().join("trace");
        let bytes: String = (0..self.size)
            .map(|n| format!("{:02x}", (97 * n + 7) % 256))
            .collect();
        // The first call is the C library's.
        let inject = format!(
            "inject=getrandom:retval={}:poke_exit=@arg1={bytes}:when=2+",
            self.size
        );
        let strace = [
            "strace",
            "-qq",
            "-xx",
            "-e",
            "trace=getrandom",
            "-e",
            &inject,
            "-o",
        ];
        let paths = [&trace, program].map(|path| path.to_str().unwrap());
        let words = strace.into_iter().chain(paths).map(String::from);
        let words = runner(words.chain(self.args.clone()).collect());
        let done = Command::new(&words[0])
            .args(&words[1..])
            .write_stdin(self.input.clone())
            .output()
            .unwrap();
        // What is more than was asked for is written beside the program's buffer.
        for call in fs::read_to_string(trace).unwrap().lines().skip(1) {
            let request = call.split(')').next().unwrap().rsplit(", ").nth(1);
            let request: usize = request.unwrap().parse().expect(call);
            let fits = request >= self.size;
            assert!(fits, "{}: SIZE is more than {request}", self.line);
        }
        let is_fine = done.status.success() && done.stderr.is_empty();
        assert!(is_fine, "{}: {done:?}", self.line);
        done.stdout.escape_ascii().to_string()
    }
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors.txt")
}

fn vectors() -> Vec<Vector> {
    let text = fs::read_to_string(file()).unwrap();
    let is_vector = |line: &&str| !line.is_empty() && !line.starts_with('#');
    text.lines().filter(is_vector).map(Vector::of).collect()
}

#[test]
#[ignore = "needs root, strace"]
fn the_kernels_bytes_are_what_is_printed() {
    let mut wanted = fs::read_to_string(file()).unwrap();
    for vector in vectors() {
        let printed = vector.printed(program().as_ref(), |words| words);
        if env::var_os("UPDATE").is_some() {
            let line =
                |output: &str| format!("\n{}\n", format!("{} => {output}", vector.line).trim_end());
            let bare = format!("\n{}\n", vector.line);
            wanted = wanted
                .replace(&line(&vector.output), &bare)
                .replace(&bare, &line(&printed));
        } else {
            assert_eq!(printed, vector.output, "{}", vector.line);
        }
    }
    if env::var_os("UPDATE").is_some() {
        fs::write(file(), wanted).unwrap();
    }
}

#[test]
fn every_subcommand_that_draws_has_a_vector() {
    let vectors = vectors();
    let tested: BTreeSet<&str> = vectors
        .iter()
        .map(|vector| vector.args[0].as_str())
        .collect();
    let mut command = mksecret::command();
    command.build();
    let draws =
        |command: &&clap::Command| command.get_arguments().any(|arg| arg.get_id() == "pool");
    let drawing = command.get_subcommands().filter(draws);
    assert_eq!(tested, drawing.map(clap::Command::get_name).collect());
}

#[test]
#[ignore = "needs strace"]
fn the_other_subcommands_ask_for_no_random_bytes() {
    for line in [
        "completions bash",
        "man",
        "help",
        "help hex",
        "hex --help",
        "--version",
    ] {
        let (done, trace) = traced("-e trace=getrandom", line);
        done.success();
        // The C library's own.
        assert!(trace.lines().count() <= 1, "{line}: {trace}");
    }
}

#[test]
#[ignore = "needs root, strace, faketime"]
fn environment_time_folder_and_name_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Some programs do what their name says.
    let name = folder.path().join("hex");
    symlink(program(), &name).unwrap();
    let folder = format!("--chdir={}", folder.path().display());
    let runner = [
        // Process 1, but for strace.
        "unshare",
        "--fork",
        "--pid",
        "env",
        "--ignore-environment",
        &folder,
        &format!("PATH={}", env::var("PATH").unwrap()),
        "LC_ALL=tr_TR.UTF-8",
        "LANG=C",
        "TZ=Asia/Kolkata",
        "SEED=1",
        "RANDOM=4",
        "MKSECRET_SEED=7",
        "RUST_BACKTRACE=full",
        "COLUMNS=20",
        "TERM=dumb",
        "SOURCE_DATE_EPOCH=0",
        "faketime",
        "1999-12-31 23:59:59",
    ];
    for vector in vectors() {
        let run = |words| [runner.map(String::from).to_vec(), words].concat();
        assert_eq!(vector.printed(&name, run), vector.output, "{}", vector.line);
    }
}

#[test]
#[ignore = "needs root, strace"]
fn a_terminal_changes_nothing() {
    // Raw bytes are refused there, and input would be shown.
    let is_shown = |vector: &Vector| vector.args[0] != "bytes" && vector.input.is_empty();
    for vector in vectors().into_iter().filter(is_shown) {
        let script = |words: Vec<String>| {
            let line = shlex::try_join(words.iter().map(String::as_str)).unwrap();
            ["script", "-qec", &line, "/dev/null"]
                .map(String::from)
                .to_vec()
        };
        let printed = vector.printed(program().as_ref(), script);
        let printed = printed.replace("\\r\\n", "\\n");
        assert_eq!(printed, vector.output, "{}", vector.line);
    }
}

#[test]
#[ignore = "needs root, strace"]
fn no_file_is_opened_but_the_programs_own_libraries() {
    let options = "-e trace=open,openat,openat2,creat,socket,execve";
    for line in [
        "hex",
        "password",
        "bytes 1M",
        "below 6",
        "choice a b",
        "token",
        "ready",
    ] {
        let (done, trace) = traced(options, line);
        done.success();
        for call in trace.lines().skip(1) {
            assert!(call.contains(".so"), "{line}: {call}");
        }
    }
}
