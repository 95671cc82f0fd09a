//! Random templates and files.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use assert_cmd::Command;
use tempfile::TempDir;

use super::support::{Printed, mksecret};

const CASES: u64 = 10_000;

/// The same numbers in each run: a case that fails fails again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

const KEYS: usize = 8;

/// What a template has for a key; `{}` is a key before it.
const GENERATED: &[&str] = &[
    "{{ mksecret hex 4 }}",
    "{{mksecret urlsafe 6}}",
    "'{{ mksecret password }}'",
    "\"{{ mksecret passphrase -w 3 -s ' ' }}\"",
    "base64:{{ mksecret base64 9 }}",
    "'{{ mksecret choice \"a b\" '}}' '#' c=d }}'",
    "{{ mksecret below 1000 --prefix p_ }} # a comment",
    "\"{{ mksecret token --prefix t_ }}\nand {{ mksecret hex 2 }}\"",
    "postgres://app:{{ {} }}@db/app?a=b",
    "{{ {} }}",
    "'{{{}}}, {{ mksecret hex 3 }}'",
];

const GIVEN: &[&str] = &[
    "value",
    "'single # quoted'",
    "\"double \\\" quoted\"",
    "with spaces in it",
    "a=b # and a comment",
    "{{ .Values.other }}",
    "\"two\nlines\"",
    "'${HOME} and\n\nthree lines'",
    "a#b",
    "a'b'c",
    "ünï\u{00a0}code",
    "C:\\path\\",
    "",
    "\"\"",
    "''  ",
];

const BETWEEN: &[&str] = &[
    "",
    "# a comment",
    "  # an indented one: it's \"open",
    "#KEY3={{ mksecret hex",
    "\t",
    "# {{ KEY1 }} \\\\",
];

fn line(random: &mut Random, key: usize, value: &str) -> String {
    let start = random.pick(&["", "", "", "export ", "  ", "export\t "]);
    format!("{start}KEY{key}={value}")
}

/// A value as it stands in a file whose lines may be moved apart: not one that ends with a backslash.
fn given(random: &mut Random) -> &'static str {
    let value = random.pick(GIVEN);
    if value.ends_with('\\') {
        "C:\\path"
    } else {
        value
    }
}

/// A template with the keys that it generates.
fn template(random: &mut Random) -> String {
    let mut lines = Vec::new();
    let mut keys = Vec::new();
    for key in 0..KEYS {
        if random.one_in(4) {
            continue;
        }
        let value = match (random.one_in(3), &keys[..]) {
            (true, _) => given(random).to_string(),
            (false, []) => "{{ mksecret hex 1 }}".to_string(),
            (false, keys) => {
                let other = format!("KEY{}", random.pick(keys));
                random.pick(GENERATED).replace("{}", &other)
            }
        };
        lines.push(line(random, key, &value));
        keys.push(key);
        if random.one_in(3) {
            lines.push(random.pick(BETWEEN).into());
        }
    }
    random.shuffle(&mut lines);
    ends(random, lines)
}

/// A file that has some of the keys of the template, and some others.
fn base(random: &mut Random) -> String {
    let mut lines = Vec::new();
    for key in 0..KEYS + 3 {
        if random.one_in(3) {
            continue;
        }
        for _ in 0..1 + usize::from(random.one_in(16)) {
            let value = match random.below(24) {
                0..8 => "",
                8 => "{{ mksecret hex 4 }}",
                _ => given(random),
            };
            // A placeholder that the template has nothing for is an error.
            let value = if key >= KEYS && value.contains("mksecret") {
                "x"
            } else {
                value
            };
            lines.push(line(random, key, value));
        }
        if random.one_in(3) {
            lines.push(random.pick(BETWEEN).into());
        }
    }
    random.shuffle(&mut lines);
    ends(random, lines)
}

fn ends(random: &mut Random, lines: Vec<String>) -> String {
    let mut text = lines.join("\n");
    if !random.one_in(3) {
        text.push('\n');
    }
    if random.one_in(4) {
        text = text.replace('\n', "\r\n");
    }
    if random.one_in(16) {
        text.insert(0, '\u{feff}');
    }
    text
}

/// Runs `fill` in `folder`; the keys that were made, or nothing if it was refused.
fn fill(folder: &Path) -> Option<BTreeSet<String>> {
    let mut command: Command = mksecret("fill .env.example -o .env -v");
    let done = command.current_dir(folder).output().unwrap();
    let stderr = String::from_utf8(done.stderr).unwrap();
    assert!(done.stdout.is_empty());
    match done.status.code() {
        Some(0) => {}
        Some(1 | 2) => return None,
        status => panic!("{status:?}: {stderr}"),
    }
    let keys = stderr.lines().filter_map(|line| {
        let (key, _) = line.strip_prefix("mksecret: ")?.split_once(": ")?;
        Some(key.to_owned())
    });
    Some(keys.collect())
}

/// Checks that each line of `before` is in `after`, in order, but for the values of the keys that were made.
fn assert_nothing_is_lost(before: &str, after: &str, made: &BTreeSet<String>, case: u64) {
    let mut rest = after;
    for line in before.split_inclusive('\n') {
        // A comment goes between the byte order mark and its line.
        let line = line.trim_end_matches('\n').trim_start_matches('\u{feff}');
        let key = line.trim_start_matches('\u{feff}').trim_start();
        let key = key.strip_prefix("export").map_or(key, str::trim_start);
        let kept = match key.split_once('=') {
            Some((key, _)) if made.contains(key) => &line[..line.find('=').unwrap() + 1],
            // The second line of a value that was made.
            _ if line.starts_with("and {{ mksecret") => continue,
            _ => line,
        };
        let Some(at) = rest.find(kept) else {
            panic!("case {case}: {line:?} is lost\n{before:?}\n{after:?}");
        };
        rest = &rest[at + kept.len()..];
    }
}

/// Compares what python-dotenv reads before and after: it prints the cases that differ in other keys than those made.
const COMPARE: &str = r#"
import io, os, sys
from dotenv import dotenv_values
for case in sorted(os.listdir('.')):
    if not os.path.exists(case + '/made'):
        continue
    made = set(open(case + '/made').read().split())
    def values(name):
        if not os.path.exists(case + '/' + name):
            return {}
        text = open(case + '/' + name, encoding='utf-8-sig', newline='').read()
        return dotenv_values(stream=io.StringIO(text, newline=''), interpolate=False)
    before, after = values('before'), values('.env')
    differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    missing = before.keys() - after.keys()
    unmade = {key for key in made if key not in after}
    if not differ <= made or missing or unmade:
        print(case, differ - made, missing, unmade)
print('compared')
"#;

#[test]
fn random_files_lose_nothing_and_are_filled_once() {
    fill_random_files();
}

#[test]
#[ignore = "needs python3"]
fn random_files_lose_no_key_that_another_reader_knows() {
    let folder = fill_random_files();
    let mut python = Command::new("python3");
    let compared = python.args(["-c", COMPARE]).current_dir(&folder).printed();
    assert_eq!(compared, "compared\n");
}

/// Fills random files, each twice, and checks what they hold then; returns the folder with all of them.
fn fill_random_files() -> TempDir {
    // In memory, where there is such a place: each file is synchronised.
    let memory = Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    };
    let folder = folder.unwrap();
    let filled = AtomicUsize::new(0);
    let run = |case: u64| {
        let mut random =
            Random(0x9e37_79b9_7f4a_7c15 ^ (case + 1).wrapping_mul(0xd134_2543_de82_ef95));
        let folder = folder.path().join(case.to_string());
        fs::create_dir(&folder).unwrap();
        let template = template(&mut random);
        if template.is_empty() {
            return;
        }
        fs::write(folder.join(".env.example"), &template).unwrap();
        let before = (!random.one_in(5)).then(|| base(&mut random));
        if let Some(before) = &before {
            fs::write(folder.join(".env"), before).unwrap();
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            fs::set_permissions(folder.join(".env"), mode).unwrap();
            fs::write(folder.join("before"), before).unwrap();
        }
        let read = || fs::read_to_string(folder.join(".env")).ok();
        let Some(made) = fill(&folder) else {
            assert_eq!(read(), before, "case {case}");
            return;
        };
        filled.fetch_add(1, Ordering::Relaxed);
        let after = read().unwrap();
        assert_nothing_is_lost(before.as_deref().unwrap_or(&template), &after, &made, case);
        assert!(fill(&folder).unwrap().is_empty(), "case {case}");
        assert_eq!(read(), Some(after), "case {case}");
        let names: Vec<_> = made.into_iter().collect();
        if before.is_some() {
            fs::write(folder.join("made"), names.join("\n")).unwrap();
        }
    };
    thread::scope(|scope| {
        for part in 0..4 {
            let run = &run;
            scope.spawn(move || (part..CASES).step_by(4).for_each(run));
        }
    });
    let filled = filled.into_inner();
    assert!(filled as u64 > CASES / 2, "{filled} of {CASES}");
    folder
}

/// What lines of shells are made of.
const WORDS: &[&str] = &[
    "A",
    "A=2",
    "$A",
    "B=",
    "X=1",
    "=",
    "+=",
    ":",
    "-",
    ".",
    "*",
    "~",
    "1",
    " ",
    "\t",
    "\u{a0}",
    ";",
    "; ",
    "&",
    "| ",
    "&& ",
    "||",
    "(",
    ")",
    "{",
    "}",
    "{ ",
    "; }",
    "$(",
    "${",
    "$((",
    "`",
    "'",
    "\"",
    "\\",
    "#",
    " #",
    "<",
    "<<E",
    "!",
    "[[",
    "]]",
    "export ",
    "unset ",
    "readonly ",
    "true",
    "echo",
    "if true",
    "then",
    "fi",
    "for i in a",
    "while false",
    "; do ",
    "done",
    "case x in",
    "x)",
    ";;",
    "esac",
    "f()",
    "function f",
];

const STARTS: &[&str] = &["B=", "C=", "export B=", "D=", "", "true;", "B=1 true;"];

/// Fills a key in between random lines, and has shells read the files that are not refused: each that says nothing has
/// taken the file, and must have read the value.
fn fill_between_random_lines(shells: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut read = 0;
    for case in 0..400 {
        let mut lines: Vec<String> = (0..1 + random.below(2))
            .map(|_| {
                let words = (0..1 + random.below(5)).map(|_| random.pick(WORDS));
                let words: String = words.collect();
                random.pick(STARTS).to_owned() + &words
            })
            .collect();
        lines.insert(random.below(lines.len() + 1), "A=".into());
        let text = lines.join("\n") + "\n";
        let _ = fs::remove_file(folder.path().join(".env"));
        fs::write(folder.path().join(".env"), &text).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(folder.path().join(".env"), mode).unwrap();
        let mut command = mksecret("fill -o .env");
        command.args(["-g", "A=hex 8"]).current_dir(&folder);
        let done = command.output().unwrap();
        if !done.status.success() {
            assert_eq!(done.status.code(), Some(2), "case {case}: {text:?}");
            continue;
        }
        let filled = fs::read_to_string(folder.path().join(".env")).unwrap();
        let mut values = filled.lines().filter_map(|line| line.strip_prefix("A="));
        let value = values.find(|value| value.len() == 16).unwrap_or_default();
        if filled.matches("\nA=").count() + usize::from(filled.starts_with("A=")) != 1
            || value.is_empty()
        {
            continue;
        }
        for shell in shells {
            let (shell, option) = shell.split_once(' ').unwrap_or((shell, "-c"));
            let mut command = Command::new(shell);
            let script = "set -a; . ./.env; exec 1>&2; printf %s \"$A\" > value";
            command
                .args([option, script])
                .current_dir(&folder)
                .env_clear();
            let path = std::env::var_os("PATH").unwrap();
            let said = command
                .env("PATH", path)
                .timeout(std::time::Duration::from_secs(5))
                .output();
            let is_quiet = said.is_ok_and(|said| said.stderr.is_empty());
            let got = fs::read_to_string(folder.path().join("value")).unwrap_or_default();
            let _ = fs::remove_file(folder.path().join("value"));
            if is_quiet {
                read += 1;
                assert_eq!(got, value, "{shell}: {filled:?}");
            }
        }
    }
    assert!(read > 20 * shells.len(), "{read}");
}

#[test]
fn no_line_keeps_a_shell_from_what_was_generated() {
    fill_between_random_lines(&["sh"]);
}

#[test]
#[ignore = "needs zsh"]
fn no_line_keeps_bash_or_zsh_from_what_was_generated() {
    fill_between_random_lines(&["bash", "zsh -fc"]);
}

/// A kind of file: its ending, how a line gives a key a value, what a value can be (`{}` is a placeholder), lines beside
/// it, and how Python reads all keys.
type Kind<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str], &'a str);

const DOCUMENTS: &[Kind<'_>] = &[
    (
        "yaml",
        "KEY: ",
        &[
            "{}",
            "a {} b",
            "\"{}\"",
            "\"a: {} # b\"",
            "'{}'",
            "'it''s {}'",
            "a{}",
            "{} # why",
            "- {}",
            "[{}",
            "\"{}\" x",
        ],
        &[
            "x: 1\n",
            "y:\n  - a\n  - b: 2\n",
            "# it's {\n",
            "z: |\n  \"\n  : [\n",
            "m: {a: [1, 2]}\n",
            "l:\n- a\n",
            "t: \"a\n  b\"\n",
        ],
        "import yaml; read = lambda text: yaml.load(text, yaml.BaseLoader)",
    ),
    (
        "json",
        "\"KEY\": ",
        &[
            "\"{}\"",
            "\"a \\\" {} \\u0041\"",
            "{}",
            "\"{}\" x",
            "\"a\\{}\"",
        ],
        &[
            "\"x\": [1, {\"a\": \"b\\\\\"}]",
            "\"y\": \"{[,\"",
            "\"z\": null",
        ],
        "import json; read = json.loads",
    ),
    (
        "toml",
        "KEY = ",
        &[
            "\"{}\"",
            "'{}'",
            "\"a \\\" {} #\"",
            "\"\"\"a \"{}\" b\"\"\"",
            "{}",
            "\"{}\" # why",
            "\"{}\" x",
            "'''{}'''",
        ],
        &[
            "x = [\n  'a]', # b\n  \"[\",\n]\n",
            "# it's \"\n",
            "y = { a = 1, b = '}' }\n",
            "z = 1979-05-27\n",
        ],
        "import tomllib; read = tomllib.loads",
    ),
];

const SECRETS: &[&str] = &[
    "{{ mksecret hex 4 }}",
    "{{ mksecret password }}",
    "{{ mksecret password --for full }}",
    "{{ mksecret base64 9 }}",
    "{{ mksecret below 1000 }}",
    "{{ mksecret passphrase -w 2 -s ': ' }}",
];

/// A value with escapes and doubled quotes is read as something else than it is written, but for these.
fn as_read(form: &str, kind: &str) -> String {
    let inside = match form.strip_suffix(" # why").unwrap_or(form) {
        form if kind == "toml" && form.len() > 6 && form[..3] == form[form.len() - 3..] => {
            &form[3..form.len() - 3]
        }
        form if form.starts_with(['"', '\'']) => &form[1..form.len() - 1],
        form => form,
    };
    inside
        .replace("\\\"", "\"")
        .replace("''", "'")
        .replace("\\u0041", "A")
}

#[test]
#[ignore = "needs python3"]
fn random_documents_are_read_as_they_were_generated() {
    for (ending, key, forms, others, reader) in DOCUMENTS {
        let folder = tempfile::tempdir().unwrap();
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        let mut expected = Vec::new();
        for case in 0..1000 {
            let form = random.pick(forms);
            let mut lines: Vec<String> = (0..random.below(3))
                .map(|_| random.pick(others).into())
                .collect();
            lines.sort();
            lines.dedup();
            let at = random.below(lines.len() + 1);
            let line = key.replace("KEY", "key") + form;
            let end = if *ending == "json" { "" } else { "\n" };
            lines.insert(at, line.clone() + end);
            let text = match *ending {
                "json" => format!("{{{}}}\n", lines.join(",\n")),
                _ => lines.concat(),
            };
            let (before, after) = text.split_once(&line).unwrap();
            let (start, rest) = line.split_once("{}").unwrap();
            let name = format!("{case}.{ending}");
            fs::write(
                folder.path().join(&name),
                format!("{before}{start}{}{rest}{after}", random.pick(SECRETS)),
            )
            .unwrap();
            let done = mksecret("fill")
                .arg(&name)
                .current_dir(&folder)
                .output()
                .unwrap();
            fs::remove_file(folder.path().join(&name)).unwrap();
            if !done.status.success() {
                assert_eq!(done.status.code(), Some(2), "{text}");
                continue;
            }
            let filled = String::from_utf8(done.stdout).unwrap();
            let secret = filled.strip_prefix(&*format!("{before}{start}")).unwrap();
            let secret = secret.strip_suffix(&*format!("{rest}{after}")).unwrap();
            expected.push((name.clone(), as_read(form, ending).replace("{}", secret)));
            fs::write(folder.path().join(name), filled).unwrap();
        }
        assert!(expected.len() > 200, "{ending}: {}", expected.len());
        let script = format!(
            "{reader}\nimport sys\nfor name in sys.stdin.read().split():\n    print(name, read(open(name, encoding='utf-8').read())['key'])"
        );
        let names: String = expected
            .iter()
            .map(|(name, _)| format!("{name}\n"))
            .collect();
        let read = Command::new("python3")
            .args(["-c", &script])
            .current_dir(&folder)
            .write_stdin(names)
            .printed();
        let lines: Vec<String> = expected
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        for (read, expected) in read.lines().zip(&lines) {
            assert_eq!(read, expected);
        }
        assert_eq!(read.lines().count(), lines.len());
    }
}
