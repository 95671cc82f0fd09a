//! Files that are not KEY=value: generated once, and otherwise passed byte for byte.

use std::fs;

use super::{
    Folder,
    support::{Printed, error},
};

fn folder(name: &str, template: &[u8]) -> Folder {
    let folder = Folder::new("");
    fs::write(folder.path(name), template).unwrap();
    folder
}

#[test]
fn everything_but_placeholders_passes_byte_for_byte() {
    let start = b"\xff\0 {{ KEY }} {{ .Values.x }}\r\n{{{ mustache }}} {{#if a}}{{ x | y }}\n{{";
    let template = [&start[..], b" {{ mksecret hex 4 }}}} \xfe{{\n\n"].concat();
    let folder = folder("data.in", &template);
    let done = folder.run("data.in").success().stderr("");
    let stdout = &done.get_output().stdout;
    assert_eq!(stdout[..start.len()], start[..]);
    let rest = &stdout[start.len() + 1..];
    assert!(rest[..8].is_ascii());
    assert_eq!(rest[8..], b"}} \xfe{{\n\n"[..]);
}

#[test]
fn standard_input_is_a_template() {
    let folder = Folder::new("");
    for name in ["", "-"] {
        let mut command = folder.command(name);
        let text = command
            .write_stdin("x: '{{ mksecret hex 2 }}' {{ A }}\n")
            .printed();
        assert_eq!(text.len(), "x: '1234' {{ A }}\n".len());
    }
    let mut command = folder.command("--env");
    let text = command
        .write_stdin("A={{ mksecret hex 2 }}\nB={{ A }}\n")
        .printed();
    assert_eq!(text.len(), "A=1234\nB=1234\n".len());
}

#[test]
fn existing_file_is_kept_or_replaced_as_told() {
    let folder = folder("app.ini.in", b"[db]\npassword = {{ mksecret password }}\n");
    folder
        .run("app.ini.in -o app.ini")
        .success()
        .stdout("")
        .stderr("");
    let first = folder.read("app.ini");
    assert!(first.starts_with("[db]\npassword = "));
    folder.run("app.ini.in -o app.ini").code(1).stderr(error(
        "app.ini exists",
        "--force replaces it, --keep leaves it",
    ));
    folder
        .run("app.ini.in -o app.ini --keep")
        .success()
        .stderr("");
    assert_eq!(folder.read("app.ini"), first);
    folder
        .run("app.ini.in -o app.ini --force")
        .success()
        .stderr("");
    assert_ne!(folder.read("app.ini"), first);
}

#[test]
fn options_for_keys_are_refused() {
    let folder = folder("app.ini", b"a\n");
    for option in ["--rotate A", "--check"] {
        let name = option.split(' ').next().unwrap();
        folder
            .run(&format!("app.ini {option}"))
            .code(2)
            .stdout("")
            .stderr(error(
                &format!("{name} is for KEY=value files"),
                "their names have the ending .env; --env says it of another",
            ));
    }
}

#[test]
fn secret_that_needs_quotes_in_yaml_is_an_error() {
    let takes = |template: &str| {
        let folder = folder("a.yaml.in", template.as_bytes());
        folder.run("a.yaml.in").success();
    };
    for template in [
        "a: {{ mksecret password }}\n",
        "a: \"{{ mksecret hex }}\"\n",
        "a: '{{ mksecret base64 }}'\n",
        "- {{ mksecret token --prefix acme_ }}\n",
        "- KEY={{ mksecret hex }}\n",
        "a: [x, {{ mksecret password }}, \"{{ mksecret hex }}\"]\n",
        "a: {b: {{ mksecret password }}, \"c\":\"{{ mksecret hex }}\"}\n",
        "a: postgres://u:{{ mksecret password }}@h\n",
        "a: {{ mksecret below 65536 --from 1024 }}\n",
        "a: |\n  {{ mksecret hex }}\n\n  b: {{ mksecret password --for full --exclude $ }}\nc: x\n",
        "a: ${P:-{{ mksecret password }}}\nb: ${P:-{{ mksecret hex }}}\n",
        "command: x --requirepass {{ mksecret hex }}\nb: --p={{ mksecret hex }}\n",
        "a: !!str {{ mksecret hex }}\nb: &x {{ mksecret password }}\nc: !x &y {{ mksecret password }}\n",
        "a: {{ mksecret password | base64 }}\nb: {{ mksecret hex | base64 }}\n",
        "a: 'x\'\'y\n  {{ mksecret hex }}\n  z'\nb: {{ mksecret password }}\n",
        "{{- if .x }}\na: \"{{ mksecret passphrase -s ' ' }}\"\n{{- end }}\n",
        "- a: >-  # folded\n    {{ mksecret hex }}\n  b: \"{{ mksecret hex }}\"\n",
        "a: b # {{ mksecret hex }}\n",
        "it's: {{ mksecret password }}\n",
        "a: \"x\\\"{{ mksecret hex }}\"\n",
    ] {
        takes(template);
    }
    let quote = "put it in double quotes";
    let kind = "without quotes, YAML could take this for a number or another type, \
                unless it begins with a letter and has 6 characters";
    let lost = |place: &str, chars: &str| {
        format!("{place}, not every character of this secret would survive: {chars}")
    };
    let leave_out = "use `password --for safe`, or leave these out with --exclude";
    for (line, column, message, hint) in [
        ("a: {{ mksecret hex }}", 4, kind, quote),
        ("a: 1{{ mksecret password }}", 5, kind, quote),
        ("- {{ mksecret password --for pin }}", 3, kind, quote),
        ("- - {{ mksecret choice yes no }}", 5, kind, quote),
        ("a: |-\n{{ mksecret hex }}", 1, kind, quote),
        (
            "a: {{ mksecret passphrase -s ': ' }}",
            4,
            &lost("without quotes", "the space :"),
            quote,
        ),
        (
            "a: \"{{ mksecret password --for full }}\"",
            5,
            &lost("in double quotes", "\" $ \\"),
            leave_out,
        ),
        (
            "a: '{{ mksecret password --for full }}'",
            5,
            &lost("in single quotes", "$ '"),
            leave_out,
        ),
        ("- a: |\n    text\n  b: {{ mksecret hex }}", 6, kind, quote),
        ("a: 1.{{ mksecret password }}", 6, kind, quote),
        ("a: 2001-01-0{{ mksecret below 10 }}", 13, kind, quote),
        ("a: -{{ mksecret below 10 }}", 5, kind, quote),
        ("a: {{ mksecret below 10 }}0", 4, kind, quote),
        ("a: !x {{ mksecret hex }}", 7, kind, quote),
        ("a: &x {{ mksecret hex }}", 7, kind, quote),
        (
            "a: \"first\n  # {{ mksecret password --for full }}\"",
            5,
            &lost("in double quotes", "\" $ \\"),
            leave_out,
        ),
        (
            "a: 'first\n  |\n  {{ mksecret password --for full }}'",
            3,
            &lost("in single quotes", "$ '"),
            leave_out,
        ),
        (
            "a: \"{{ mksecret password --symbols '$' }}\"",
            5,
            &lost("in double quotes", "$"),
            leave_out,
        ),
        (
            "a: |\n  x {{ mksecret password --symbols '$' }}",
            5,
            &lost("in YAML", "$"),
            leave_out,
        ),
        (
            "a: 'x\n  {{ mksecret passphrase -s ' ' }}'",
            3,
            "at the edge of a line, a space may not survive",
            leave_out,
        ),
        (
            "a: \"\\{{ mksecret choice f g }}\"",
            6,
            "behind a backslash, no character would survive",
            "remove the backslash",
        ),
        (
            "a: 'x{{ mksecret hex }}\nb: y",
            4,
            "the quote is not closed",
            "put the same quote after the value",
        ),
    ] {
        let folder = folder("a.in", format!("x: 1\n{line}\n").as_bytes());
        let number = match message.contains("closed") {
            true => 2,
            false => {
                let at = line.find("{{").unwrap();
                2 + line[..at].matches('\n').count()
            }
        };
        let message = format!("a.in:{number}:{column}: {message}");
        // It is told by either name.
        let done = folder.run("a.in -o a.yml");
        done.code(2).stdout("").stderr(error(&message, hint));
    }
}

#[test]
fn secret_that_is_no_json_string_is_an_error() {
    let folder = folder(
        "a.json.in",
        br#"{"a": "{{ mksecret base64 }}", "b":["x\"{{ mksecret hex }}",{{ mksecret below 10 }}], "it's": 1}"#,
    );
    folder.run("a.json.in").success();
    for (text, message, hint) in [
        (
            r#"{"a": {{ mksecret hex }}}"#,
            "a.json.in:1:7: this is not a string or a number in JSON",
            "put it in double quotes",
        ),
        (
            r#"{"a": [1, -{{ mksecret below 10 }}]}"#,
            "a.json.in:1:12: next to other characters, this may not be JSON",
            "put it in double quotes, or nothing beside it",
        ),
        (
            r#"{"a": {{ mksecret below 10 }}0}"#,
            "a.json.in:1:7: next to other characters, this may not be JSON",
            "put it in double quotes, or nothing beside it",
        ),
        (
            r#"{"a": "{{ mksecret password --for full }}"}"#,
            "a.json.in:1:8: in double quotes, not every character of this secret would survive: \" \\",
            "use `password --for safe`, or leave these out with --exclude",
        ),
    ] {
        folder.write("a.json.in", text);
        folder
            .run("a.json.in")
            .code(2)
            .stdout("")
            .stderr(error(message, hint));
    }
}

#[test]
fn unknown_kinds_take_safe_characters_only() {
    let hint = "use password, hex, urlsafe or base64; or insist with | raw before the }}, if you know that it \
                is read as it is";
    for name in [
        "a.sh",
        "a.conf",
        "a.ini",
        "a.xml",
        "a.toml",
        "a.php",
        "a.service",
        ".pgpass",
        "secret",
    ] {
        for quote in ["", "'", "\""] {
            let line = |placeholder: &str| format!("x={quote}{{{{ {placeholder} }}}}{quote}\n");
            let full = line("mksecret password --for full --exclude \"'\"");
            let message = format!(
                "{name}:1:{}: in a file of this kind, not every character of this secret would survive: \
                 ! \" # $ % & ( ) * , : ; < > ? @ [ \\ ] ^ ` {{ | }} ~",
                3 + quote.len()
            );
            let refused = folder(name, full.as_bytes()).run(name).code(2);
            refused.stdout("").stderr(error(&message, hint));
            for placeholder in [
                "mksecret password",
                "mksecret hex",
                "mksecret base64",
                "mksecret urlsafe",
                "mksecret passphrase",
                "mksecret password --for full | base64",
                "mksecret password --for full | raw",
            ] {
                folder(name, line(placeholder).as_bytes())
                    .run(name)
                    .success();
            }
        }
        let url = folder(name, b"x://u:{{ mksecret base64 }}@h");
        url.run(name).code(2).stdout("");
        folder(name, b"x://u:{{ mksecret urlsafe }}@h")
            .run(name)
            .success();
    }
}

#[test]
fn placeholder_in_a_comment_of_its_own_is_text() {
    for (name, text, is_text) in [
        ("a.yaml", "# {{ mksecret hex", true),
        ("a.yaml", "  # {{ mksecret hx }}", true),
        ("a.yaml", "a: |\n  # {{ mksecret hex }}", false),
        ("a.yaml", "a: 'b\n  # {{ mksecret hex }}'", false),
        ("a.yaml", "a: b # {{ mksecret hex }}", false),
        ("a.toml", "# {{ mkscret hex 2 }}", true),
        (
            "a.toml",
            "a = 1 # see \"\"\"\n# {{ mksecret }} {{ mksecret hex }}",
            true,
        ),
        ("a.toml", "a = '\"\"\"' # it's\n# {{ mksecret hex }}", true),
        ("a.toml", "a = \"\\\"\"\n# {{ mksecret hex }}", true),
        ("a.toml", "a = \"\"\"b\"\"\"\"\n# {{ mksecret hex }}", true),
        ("a.toml", "a = '''\n# {{ mksecret hex }}\n'''", false),
        ("a.toml", "a = \"\"\"\n# {{ mksecret hex }}\n\"\"\"", false),
        (
            "a.toml",
            "# ''' it's\na = '''\nx'''\n# {{ mksecret hex }}",
            true,
        ),
        ("a.ini", "; {{ mksecret hex }}", true),
        ("a.ini", " # {{ mksecret hex }}", true),
        ("a.ini", ";a={{ mksecret hex }}", false),
        ("a.ini", "#{{ mksecret hex }}", false),
        ("a.sh", "# {{ mksecret hex }}", false),
        ("a.json", "# \"{{ mksecret hex }}\"", false),
        (".env", "# {{ mksecret hex }}", true),
        (".env", " #{{ mksecret hex", true),
    ] {
        let first = match name {
            "a.json" => "\"{{ mksecret hex 1 }}\"",
            "a.yaml" => "b: \"{{ mksecret hex 1 }}\"",
            _ => "b={{ mksecret hex 1 }}",
        };
        let template = format!("{first}\n{text}\n");
        let done = folder(name, template.as_bytes()).run(name).success();
        let stdout = String::from_utf8(done.get_output().stdout.clone()).unwrap();
        let is_there = stdout.ends_with(&format!("{text}\n"));
        assert_eq!(is_there, is_text, "{name}: {text}");
        assert_eq!(stdout.contains("{{"), is_text, "{name}: {text}");
    }
}

#[test]
fn secret_where_yaml_has_no_text_is_an_error() {
    for (text, column) in [
        ("k: *{{ mksecret hex }}", 5),
        ("k: *a{{ mksecret hex }}", 6),
        ("k: &{{ mksecret hex }}", 5),
        ("k: !{{ mksecret hex }}", 5),
        ("k: !!str{{ mksecret hex }}", 9),
        ("k: @{{ mksecret hex }}", 5),
        ("k: `{{ mksecret hex }}", 5),
        ("k: |{{ mksecret hex }}", 5),
        ("k: > {{ mksecret hex }}", 6),
        ("k: \"a\"{{ mksecret hex }}", 7),
        ("k: [a]{{ mksecret hex }}", 7),
        ("- 'a' {{ mksecret hex }}", 7),
    ] {
        let done = folder("a.yaml", format!("{text}\n").as_bytes()).run("a.yaml");
        done.code(2).stdout("").stderr(error(
            &format!("a.yaml:1:{column}: in YAML, no text can stand here"),
            "put the whole value in one pair of double quotes",
        ));
    }
    for text in [
        "k: !!str {{ mksecret hex }}",
        "k: &x {{ mksecret password --for safe }}",
        "k: &x abcdef{{ mksecret hex }}",
        "k: ${P:-{{ mksecret hex }}}",
        "k: --requirepass {{ mksecret hex }}",
        "k: a@{{ mksecret hex }}",
        "k: {{ user }}@{{ mksecret hex }}",
        "k: \"*{{ mksecret hex }}\"",
        "\"k\": \"{{ mksecret hex }}\"",
        "k:\n  <<: *a\n  b: \"{{ mksecret hex }}\"",
        "k: [*a, \"{{ mksecret hex }}\"]",
        "*a : \"{{ mksecret hex }}\"",
        "k: | # x\n  {{ mksecret hex }}",
        "k: |2-\r\n  {{ mksecret hex }}",
        "k: 'a' # {{ mksecret hex }}",
    ] {
        let done = folder("a.yaml", format!("{text}\n").as_bytes()).run("a.yaml");
        done.success();
    }
}

#[test]
fn format_of_an_existing_file_is_said_by_env() {
    let folder = folder("a.txt", b"A={{ mksecret hex 4 }}\n");
    folder.write("b", "B=1\n");
    folder.run("a.txt -o b").code(1).stdout("").stderr(error(
        "b exists",
        "--env fills it in if it is a KEY=value file; otherwise --keep leaves it",
    ));
    folder.run("a.txt -o b --env").success();
    assert!(folder.read("b").starts_with("B=1\nA="));
}

#[test]
fn verbose_names_lines() {
    let folder = folder(
        "a.ini",
        b"a\nb = {{ mksecret hex 2 }} {{ mksecret hex 3 }}\n\nc = {{ mksecret hex 2 }}\n",
    );
    let done = folder.run("a.ini -o b.ini -v").success();
    done.stderr(
        "mksecret: line 2: 2 bytes, 16.00 bits (hexadecimal)\n\
         mksecret: line 2: 3 bytes, 24.00 bits (hexadecimal)\n\
         mksecret: line 4: 2 bytes, 16.00 bits (hexadecimal)\n",
    );
}
