//! The promise of `password --for safe`: it can be pasted without quotes where passwords are pasted, and is read back
//! unchanged. Every reader here is the real one.
#![cfg(unix)]

use std::sync::OnceLock;

use assert_cmd::{Command, assert::Assert};

mod support;

use support::{Printed, mksecret};

fn passwords(preset: &str) -> Vec<String> {
    mksecret(&format!("password -c 500 --for {preset}")).lines()
}

fn safe() -> &'static [String] {
    static SAFE: OnceLock<Vec<String>> = OnceLock::new();
    SAFE.get_or_init(|| passwords("safe"))
}

fn run(program: &str, args: &[&str], input: String) -> Assert {
    let mut command = Command::new(program);
    command.args(args).write_stdin(input).assert()
}

/// One line for each password, with its number.
fn lines(passwords: &[String], line: impl Fn(usize, &str) -> String) -> String {
    let numbered = passwords.iter().enumerate();
    numbered
        .map(|(number, password)| line(number, password) + "\n")
        .collect()
}

/// Checks that `program` reads back each password `per_password` times from what `line` writes.
fn survives(
    program: &str,
    args: &[&str],
    per_password: usize,
    line: impl Fn(usize, &str) -> String,
) {
    let repeated = safe()
        .iter()
        .flat_map(|password| vec![password; per_password]);
    let expected: Vec<_> = repeated.collect();
    let read = run(program, args, lines(safe(), line)).lines();
    assert!(read.iter().eq(expected), "{program} {args:?}: {read:?}");
}

fn survives_in_shell(shell: &str) {
    survives(shell, &["-s"], 4, |_, password| {
        format!(
            "printf '%s\\n' {password}\n\
             password={password}; printf '%s\\n' $password\n\
             case $password in {password}) echo {password};; esac\n\
             cat <<END\n{password}\nEND"
        )
    });
    // Sourced, as a file of the environment.
    survives(shell, &["-s"], 1, |_, password| {
        format!("set -a; . /dev/fd/3 3<<END; printenv PASSWORD\nPASSWORD={password}\nEND")
    });
}

#[test]
fn shells_read_it_as_word_assignment_and_here_document() {
    survives_in_shell("bash");
    survives_in_shell("dash");
}

#[test]
#[ignore = "needs zsh"]
fn zsh_reads_it_as_word_assignment_and_here_document() {
    survives_in_shell("zsh");
}

#[test]
#[ignore = "needs fish"]
fn fish_reads_it_as_word_and_assignment() {
    survives("fish", &[], 2, |_, password| {
        format!("printf '%s\\n' {password}; set password {password}; printf '%s\\n' $password")
    });
}

#[test]
fn it_is_not_mistaken_for_an_option() {
    survives("bash", &["-s"], 2, |_, password| {
        format!(
            "awk 'BEGIN {{ print ARGV[1] }}' {password}\n\
             awk -v password={password} 'BEGIN {{ print password }}'"
        )
    });
}

#[test]
#[ignore = "needs make"]
fn make_reads_it() {
    let mut makefile = lines(safe(), |number, password| {
        format!("password{number} = {password}")
    });
    makefile += "all:\n";
    makefile += &lines(safe(), |number, _| format!("\t@echo $(password{number})"));
    let read = run("make", &["--no-print-directory", "-f", "-"], makefile).lines();
    assert_eq!(read, safe());
}

#[test]
fn sed_reads_it() {
    survives("sed", &["-e", "s/.* //"], 1, |number, password| {
        format!("{number} {password}")
    });
    let script = lines(safe(), |number, password| {
        format!("{}s/^.*$/{password}/", number + 1)
    });
    let input = "placeholder\n".repeat(safe().len());
    let read = run("sed", &["-e", &script], input).lines();
    assert_eq!(read, safe());
}

#[test]
#[ignore = "needs git"]
fn git_reads_it_from_its_configuration() {
    let configuration = lines(safe(), |number, password| {
        format!("[n{number}]\npassword = {password}")
    });
    let args = ["config", "--file", "-", "--get-regexp", "password"];
    let read = run("git", &args, configuration).lines();
    let values = read.iter().filter_map(|line| line.split(' ').nth(1));
    assert!(values.eq(safe()), "{read:?}");
}

/// The system's own, which is the one that packages install modules for.
fn python3() -> &'static str {
    const SYSTEM: &str = "/usr/bin/python3";
    if std::path::Path::new(SYSTEM).exists() {
        SYSTEM
    } else {
        "python3"
    }
}

/// A Python program that prints what `expression` finds in `text`, the whole of its standard input.
fn python(imports: &str, expression: &str) -> String {
    format!("import sys\n{imports}\ntext = sys.stdin.read()\nprint(*({expression}), sep='\\n')")
}

/// Checks that Python reads back each password `per_password` times from what `line` writes.
fn survives_in_python(
    imports: &str,
    expression: &str,
    per_password: usize,
    line: impl Fn(usize, &str) -> String,
) {
    let program = python(imports, expression);
    survives(python3(), &["-c", &program], per_password, line);
}

#[test]
#[ignore = "needs python3"]
fn yaml_reads_it_as_a_string() {
    let values = "v if isinstance(v, str) else repr(v) for v in yaml.safe_load(text)";
    survives_in_python("import yaml", values, 1, |_, password| {
        format!("- {password}")
    });
    let values = "v for m in yaml.safe_load(text) for k, v in m.items() if k == v";
    survives_in_python("import yaml", values, 1, |_, password| {
        format!("- {{{password}: {password}}}")
    });
}

#[test]
#[ignore = "needs python3"]
fn json_reads_it_in_quotes() {
    let values = "json.loads(line) for line in text.splitlines()";
    survives_in_python("import json", values, 1, |_, password| {
        format!("\"{password}\"")
    });
}

#[test]
#[ignore = "needs python3"]
fn ini_readers_read_it() {
    let imports = "import configparser\nini = configparser.ConfigParser()";
    let values = "ini.read_string('[s]\\n' + text) or ini['s'].values()";
    survives_in_python(imports, values, 1, |number, password| {
        format!("key{number} = {password}")
    });
}

#[test]
#[ignore = "needs python3"]
fn env_file_readers_read_it() {
    let values = "dotenv.dotenv_values(stream=io.StringIO(text)).values()";
    survives_in_python("import dotenv, io", values, 1, |number, password| {
        format!("PASSWORD_{number}={password}")
    });
}

#[test]
#[ignore = "needs python3"]
fn url_parsers_read_it_in_every_part() {
    let imports = "from urllib.parse import urlsplit, parse_qs, unquote";
    let values = "p for line in text.splitlines() for u in [urlsplit(line)] \
         for p in (u.password, unquote(u.path[1:]), parse_qs(u.query)['key'][0], unquote(u.fragment))";
    survives_in_python(imports, values, 4, |_, password| {
        format!("https://user:{password}@host.example/{password}?key={password}#{password}")
    });
}

#[test]
#[ignore = "needs python3"]
fn connection_strings_read_it() {
    // libpq itself, which psql and all drivers based on it use.
    let imports = "from ctypes import CDLL, POINTER, Structure, c_char_p, c_int, c_void_p\n\
         class Option(Structure):\n    _fields_ = [(n, c_char_p) for n in \
         ('keyword', 'envvar', 'compiled', 'val', 'label', 'dispchar')] + [('dispsize', c_int)]\n\
         parse = CDLL('libpq.so.5').PQconninfoParse\n\
         parse.restype, parse.argtypes = POINTER(Option), [c_char_p, c_void_p]\n\
         def password(line):\n    options = parse(line.encode(), None)\n    i = 0\n    \
         while options[i].keyword != b'password': i += 1\n    return options[i].val.decode()";
    let values = "password(line) for line in text.splitlines()";
    survives_in_python(imports, values, 2, |_, password| {
        format!(
            "host=db.example user=app password={password} dbname=app\n\
             postgresql://app:{password}@db.example/app"
        )
    });
}

/// The readers are not so tolerant that anything would survive them. No shell reads this: such a password can be any
/// command.
#[test]
#[ignore = "needs python3"]
fn full_passwords_would_not_survive() {
    let full = passwords("full");
    let values = python("import yaml", "yaml.safe_load(text)");
    let done = run(
        python3(),
        &["-c", &values],
        lines(&full, |_, password| format!("- {password}")),
    );
    let done = done.get_output();
    assert!(!done.status.success() || done.stdout != (full.join("\n") + "\n").as_bytes());
}
