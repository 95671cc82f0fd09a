//! The promise of `password --for safe`: it can be pasted without quotes where passwords are pasted, and is read back
//! as it was. Every reader here is the real one.
#![cfg(unix)]

use std::{
    fmt::Write as _,
    io::Write as _,
    process::{Command, Stdio},
    sync::OnceLock,
};

mod support;

use support::goes_without;

fn passwords(preset: &str) -> Vec<String> {
    let done = Command::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(["password", "-c", "500", "--for", preset])
        .output()
        .unwrap();
    assert!(done.status.success());
    let text = String::from_utf8(done.stdout).unwrap();
    text.lines().map(str::to_string).collect()
}

fn safe() -> &'static [String] {
    static SAFE: OnceLock<Vec<String>> = OnceLock::new();
    SAFE.get_or_init(|| passwords("safe"))
}

/// What `program` prints, line by line, when it is given `input`.
fn read_by(program: &str, args: &[&str], input: &str) -> Result<Vec<String>, String> {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that gives up early does not read to the end.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let done = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    if !done.status.success() || !told.is_empty() {
        return Err(told);
    }
    let read = String::from_utf8_lossy(&done.stdout).into_owned();
    Ok(read.lines().map(str::to_string).collect())
}

/// One line for each password, with its number.
fn lines(passwords: &[String], line: impl Fn(usize, &str) -> String) -> String {
    let mut text = String::new();
    for (number, password) in passwords.iter().enumerate() {
        writeln!(text, "{}", line(number, password)).unwrap();
    }
    text
}

/// Checks that `program` reads back each password `per_password` times from what `line` writes.
fn survives(
    program: &str,
    args: &[&str],
    per_password: usize,
    line: impl Fn(usize, &str) -> String,
) {
    if goes_without(program) {
        return;
    }
    let expected: Vec<String> = (safe().iter())
        .flat_map(|password| vec![password.clone(); per_password])
        .collect();
    let read = read_by(program, args, &lines(safe(), line));
    assert_eq!(read, Ok(expected), "{program} {args:?}");
}

#[test]
fn shells_take_it_as_a_word_in_an_assignment_and_in_a_here_document() {
    for shell in ["bash", "dash", "zsh"] {
        survives(shell, &["-s"], 4, |_, password| {
            format!(
                "printf '%s\\n' {password}\n\
                 password={password}; printf '%s\\n' $password\n\
                 case $password in {password}) echo {password};; esac\n\
                 cat <<END\n{password}\nEND"
            )
        });
    }
    survives("fish", &[], 2, |_, password| {
        format!("printf '%s\\n' {password}; set password {password}; printf '%s\\n' $password")
    });
}

#[test]
fn the_environment_carries_it_from_a_sourced_file() {
    for shell in ["bash", "dash", "zsh"] {
        survives(shell, &["-s"], 1, |_, password| {
            format!("set -a; . /dev/fd/3 3<<END; printenv PASSWORD\nPASSWORD={password}\nEND")
        });
    }
}

#[test]
fn options_and_arguments_of_programs_are_not_mistaken() {
    survives("bash", &["-s"], 2, |_, password| {
        format!(
            "awk 'BEGIN {{ print ARGV[1] }}' {password}\n\
             awk -v password={password} 'BEGIN {{ print password }}'"
        )
    });
}

#[test]
fn make_and_sed_take_it() {
    let mut makefile = lines(safe(), |number, password| {
        format!("password{number} = {password}")
    });
    makefile += "all:\n";
    makefile += &lines(safe(), |number, _| format!("\t@echo $(password{number})"));
    if !goes_without("make") {
        let read = read_by("make", &["--no-print-directory", "-f", "-"], &makefile);
        assert_eq!(read.as_deref(), Ok(safe()));
    }
    survives("sed", &["-e", "s/.* //"], 1, |number, password| {
        format!("{number} {password}")
    });
    if !goes_without("sed") {
        let script = lines(safe(), |number, password| {
            format!("{}s/^.*$/{password}/", number + 1)
        });
        let read = read_by(
            "sed",
            &["-e", &script],
            &"placeholder\n".repeat(safe().len()),
        );
        assert_eq!(read.as_deref(), Ok(safe()));
    }
}

#[test]
fn git_reads_it_from_its_configuration() {
    if goes_without("git") {
        return;
    }
    let configuration = lines(safe(), |number, password| {
        format!("[n{number}]\npassword = {password}")
    });
    let args = ["config", "--file", "-", "--get-regexp", "password"];
    let read = read_by("git", &args, &configuration).unwrap();
    let values: Vec<&str> = read
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    assert_eq!(values, safe());
}

/// The system's own: it is the one that packages bring modules for.
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

#[test]
fn yaml_takes_it_for_a_string() {
    let values = "v if isinstance(v, str) else repr(v) for v in yaml.safe_load(text)";
    survives(
        python3(),
        &["-c", &python("import yaml", values)],
        1,
        |_, password| format!("- {password}"),
    );
    let values = "v for m in yaml.safe_load(text) for k, v in m.items() if k == v";
    survives(
        python3(),
        &["-c", &python("import yaml", values)],
        1,
        |_, password| format!("- {{{password}: {password}}}"),
    );
}

#[test]
fn json_takes_it_in_its_quotes() {
    let values = "json.loads(line) for line in text.splitlines()";
    survives(
        python3(),
        &["-c", &python("import json", values)],
        1,
        |_, password| format!("\"{password}\""),
    );
}

#[test]
fn ini_readers_take_it() {
    let program = python(
        "import configparser\nini = configparser.ConfigParser()",
        "ini.read_string('[s]\\n' + text) or ini['s'].values()",
    );
    survives(python3(), &["-c", &program], 1, |number, password| {
        format!("key{number} = {password}")
    });
}

#[test]
fn env_readers_take_it() {
    let program = python(
        "import dotenv, io",
        "dotenv.dotenv_values(stream=io.StringIO(text)).values()",
    );
    survives(python3(), &["-c", &program], 1, |number, password| {
        format!("PASSWORD_{number}={password}")
    });
}

#[test]
fn url_parsers_take_it_in_every_part() {
    let program = python(
        "from urllib.parse import urlsplit, parse_qs, unquote",
        "p for line in text.splitlines() for u in [urlsplit(line)] \
         for p in (u.password, unquote(u.path[1:]), parse_qs(u.query)['key'][0], unquote(u.fragment))",
    );
    survives(python3(), &["-c", &program], 4, |_, password| {
        format!("https://user:{password}@host.example/{password}?key={password}#{password}")
    });
}

#[test]
fn connection_strings_take_it() {
    // libpq itself, which psql and every driver of it use.
    let program = python(
        "from ctypes import CDLL, POINTER, Structure, c_char_p, c_int, c_void_p\n\
         class Option(Structure):\n    _fields_ = [(n, c_char_p) for n in \
         ('keyword', 'envvar', 'compiled', 'val', 'label', 'dispchar')] + [('dispsize', c_int)]\n\
         parse = CDLL('libpq.so.5').PQconninfoParse\n\
         parse.restype, parse.argtypes = POINTER(Option), [c_char_p, c_void_p]\n\
         def password(line):\n    options = parse(line.encode(), None)\n    i = 0\n    \
         while options[i].keyword != b'password': i += 1\n    return options[i].val.decode()",
        "password(line) for line in text.splitlines()",
    );
    survives(python3(), &["-c", &program], 2, |_, password| {
        format!(
            "host=db.example user=app password={password} dbname=app\n\
             postgresql://app:{password}@db.example/app"
        )
    });
}

/// The readers are not so patient that anything would survive them. Nothing is run here: such a password can be any
/// command.
#[test]
fn a_full_password_would_not_survive() {
    let full = passwords("full");
    let values = python("import yaml", "yaml.safe_load(text)");
    let list = lines(&full, |_, password| format!("- {password}"));
    assert_ne!(read_by(python3(), &["-c", &values], &list), Ok(full));
}
