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

/// Checks that `text` is refused in a file of this name, with the place `LINE:COLUMN` in the message.
fn refuses(name: &str, text: &str, message: &str, hint: &str) {
    let done = folder(name, text.as_bytes()).run(name);
    assert_eq!(done.get_output().status.code(), Some(2), "{text}");
    done.stdout("")
        .stderr(error(&format!("{name}:{message}"), hint));
}

fn takes(name: &str, text: &str) {
    let done = folder(name, text.as_bytes()).run(name);
    assert_eq!(done.get_output().status.code(), Some(0), "{text}");
}

const QUOTE: &str = "put it in double quotes";
const LEAVE_OUT: &str = "use `password --for safe`, or leave these out with --exclude";

#[test]
fn secret_that_needs_no_quotes_in_yaml_is_taken() {
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
        "command: x --requirepass {{ mksecret hex }}\nb: --p={{ mksecret hex }}\nc: -f {{ mksecret hex }}\n",
        "a: .x{{ mksecret hex }}\nb: ~{{ mksecret hex }}\nc: 12 apples {{ mksecret hex }}\n",
        "a: !!str {{ mksecret hex }}\nb: &x {{ mksecret password }}\nc: !x &y {{ mksecret password }}\n",
        "a: {{ mksecret password | base64 }}\nb: {{ mksecret hex | base64 }}\n",
        "a: 'x\'\'y\n  {{ mksecret hex }}\n  z'\nb: {{ mksecret password }}\n",
        "{{- if .x }}\na: \"{{ mksecret passphrase -s ' ' }}\"\n{{- end }}\n",
        "- a: >-  # folded\n    {{ mksecret hex }}\n  b: \"{{ mksecret hex }}\"\n",
        "a: b # {{ mksecret hex }}\n",
        "it's: {{ mksecret password }}\n",
        "a: b{{ mksecret choice cdefg hijkl }}\n",
        "a: \"x\\\"{{ mksecret hex }}\"\nb: \"\\x41{{ mksecret hex }}\\u00e4\"\n",
    ] {
        takes("a.yaml", template);
    }
}

#[test]
fn secret_that_needs_quotes_in_yaml_is_an_error() {
    let kind = "without quotes, YAML could take this for a number or another type, \
                unless it begins with a letter and has 6 characters";
    for (line, column) in [
        ("a: {{ mksecret hex }}", 4),
        ("a: 1{{ mksecret password }}", 5),
        ("- {{ mksecret password --for pin }}", 3),
        ("- - {{ mksecret choice yes no }}", 5),
        ("- a: |\n    text\n  b: {{ mksecret hex }}", 6),
        ("a: 1.{{ mksecret password }}", 6),
        ("a: 2001-01-0{{ mksecret below 10 }}", 13),
        ("a: {{ mksecret below 10 }}:30", 4),
        ("a: 1:{{ mksecret below 10 }}", 6),
        ("a: -{{ mksecret below 10 }}", 5),
        ("a: .{{ mksecret hex }}", 5),
        ("a: .5{{ mksecret hex }}", 6),
        ("a: -.iN{{ mksecret choice f g }}", 8),
        ("a: .na{{ mksecret hex }}", 7),
        ("a: 0x{{ mksecret hex }}", 6),
        ("a: 1e{{ mksecret below 10 }}", 6),
        ("a: +1_0{{ mksecret below 10 }}", 8),
        ("a: fal{{ mksecret choice se x }}", 7),
        ("a: ab{{ mksecret choice cde fgh }}", 6),
        ("a: {{ mksecret below 10 }}0", 4),
        ("a: {{ mksecret below 10**16 }}", 4),
        ("a: !x {{ mksecret hex }}", 7),
        ("a: &x {{ mksecret hex }}", 7),
    ] {
        let message = format!("{}:{column}: {kind}", 2 + line.matches('\n').count());
        refuses("a.yaml", &format!("# 1\n{line}\n"), &message, QUOTE);
    }
    let lost = |chars: &str| format!("not every character of this secret would survive: {chars}");
    for (line, place, chars, hint) in [
        (
            "a: {{ mksecret passphrase -s ': ' }}",
            "1:4: without quotes",
            "the space :",
            QUOTE,
        ),
        (
            "a: \"{{ mksecret choice 'b\u{a0}c' d }}\"",
            "1:5: in double quotes",
            "\\u{a0}",
            LEAVE_OUT,
        ),
        (
            "a: \"{{ mksecret password --for full }}\"",
            "1:5: in double quotes",
            "\" $ \\",
            LEAVE_OUT,
        ),
        (
            "a: '{{ mksecret password --for full }}'",
            "1:5: in single quotes",
            "$ '",
            LEAVE_OUT,
        ),
        (
            "a: \"first\n  # {{ mksecret password --for full }}\"",
            "2:5: in double quotes",
            "\" $ \\",
            LEAVE_OUT,
        ),
        (
            "a: 'first\n  |\n  {{ mksecret password --for full }}'",
            "3:3: in single quotes",
            "$ '",
            LEAVE_OUT,
        ),
        (
            "a: \"{{ mksecret password --symbols '$' }}\"",
            "1:5: in double quotes",
            "$",
            LEAVE_OUT,
        ),
        (
            "a: |\n  x {{ mksecret password --symbols '$' }}",
            "2:5: in YAML",
            "$",
            LEAVE_OUT,
        ),
    ] {
        let text = format!("{line}\n");
        refuses("a.yaml", &text, &format!("{place}, {}", lost(chars)), hint);
    }
    let space = "2:3: at the edge of a line, a space may not survive";
    let text = "a: 'x\n  {{ mksecret passphrase -s ' ' }}'\n";
    refuses("a.yaml", text, space, LEAVE_OUT);
    for (text, column) in [
        ("a: \"\\{{ mksecret choice f g }}\"", 6),
        ("a: \"\\x{{ mksecret hex 1 }}\"", 7),
        ("a: \"\\u12{{ mksecret hex 1 }}\"", 9),
        ("a: \"\\U0000004{{ mksecret hex 1 }}\"", 14),
    ] {
        let message = format!("1:{column}: behind a backslash, no character would survive");
        refuses("a.yaml", text, &message, "remove the backslash");
    }
    for text in [
        "a: \"C:\\Users\\{{ mksecret hex }}\"",
        "a: \"\\q {{ mksecret hex }}\"",
        "a: \"{{ mksecret hex }}\\x4\"",
        "a: \"{{ mksecret hex }}\\'\"",
    ] {
        let column = text.find("{{").unwrap() + 1;
        let message = format!("1:{column}: in YAML, no text can stand here");
        refuses(
            "a.yaml",
            text,
            &message,
            "write \\\\ for each backslash in the value",
        );
    }
    // It is told by the name of FILE, too.
    let folder = folder("a.in", b"a: {{ mksecret hex }}\n");
    folder.run("a.in -o a.yml").code(2).stdout("");
}

#[test]
fn what_is_still_open_at_the_end_is_an_error() {
    let quote = "put the same quote after the value";
    let bracket = "put ] or } after the last value in it";
    for (name, text, column, is_quote) in [
        ("a.yaml", "a: 'x{{ mksecret hex }}\nb: y", 4, true),
        ("a.yaml", "a: [x, '{{ mksecret hex }}'\n", 4, false),
        ("a.json", "{\"a\": \"{{ mksecret hex }}}", 7, true),
        ("a.json", "[{\"a\": \"{{ mksecret hex }}\"}", 1, false),
        ("a.toml", "a = '{{ mksecret hex }}\nb = 1", 5, true),
        ("a.toml", "a = \"\"\"\n{{ mksecret hex }}", 5, true),
        ("a.toml", "a = '{{ mksecret hex }}", 5, true),
        ("a.toml", "a = [[1], '{{ mksecret hex }}'\nb = 1", 5, false),
    ] {
        let (what, hint) = match is_quote {
            true => ("quote", quote),
            false => ("bracket", bracket),
        };
        let message = format!("1:{column}: the {what} is not closed");
        refuses(name, text, &message, hint);
    }
    // Before a placeholder it is known to be of another language.
    takes("a.yaml", "a: \"{{ mksecret hex }}\"\nb: {{ x }} [\n");
    takes("a.json", "{\"a\": \"{{ mksecret hex }}\", {{ x }}\n");
    takes("a.toml", "a = \"{{ mksecret hex }}\"\nb = 'x\nc = 1\n");
}

#[test]
fn secret_that_is_no_json_is_an_error() {
    takes(
        "a.json",
        r#"{"a": "{{ mksecret base64 }}", "b":["x\"{{ mksecret hex }}",{{ mksecret below 10 }}], "it's": 1}"#,
    );
    takes("a.json", "{{ mksecret below 10 }}\n");
    takes(
        "a.json",
        "{\"{{ mksecret hex }}\" : 1, \"\\u00e4{{ mksecret hex }}\":2}",
    );
    takes(
        "a.json",
        "{\"a\": {{ x }}, \"b\": {{ mksecret below 10 }}, {{ y }}\"c\": \"{{ mksecret hex }}\"{{ z }}}",
    );
    takes(
        "a.json",
        "// it's \"\n[1, /* \" */ \"{{ mksecret hex }}\" // c\n]",
    );
    let backslash = "write \\\\ for each backslash in the value";
    let alone = "without quotes, this may be no number";
    let part = "next to what stands around it, this may be no number";
    let whole = "put the whole value in double quotes";
    let string = "in JSON, no value can stand here";
    let between = "put it between two of these: [ { : , ] }";
    let comment = "JSON has no comments";
    let remove = "remove the comment, or the placeholder from it";
    for (text, column, message, hint) in [
        (r#"{"a": {{ mksecret hex }}}"#, 7, alone, QUOTE),
        (r#"{"a": {{ mksecret below 10**16 }}}"#, 7, alone, QUOTE),
        (r#"{"a": [1, -{{ mksecret below 10 }}]}"#, 12, part, whole),
        (r#"{"a": {{ mksecret below 10 }}0}"#, 7, part, whole),
        (r#"{"a": 1 {{ mksecret below 10 }}}"#, 9, part, whole),
        (r#"{"a": {{ mksecret below 10 }} 1}"#, 7, part, whole),
        (r#"{"a": "b"{{ mksecret below 10 }}}"#, 10, part, whole),
        (r#"{"a" {{ mksecret below 10 }}}"#, 6, part, whole),
        (r#"{ {{ mksecret below 10 }}: 1}"#, 3, part, whole),
        (r#"{"a": 1, {{ mksecret below 10 }}}"#, 10, part, whole),
        (r#"{"a": "b" "{{ mksecret hex }}"}"#, 12, string, between),
        (r#"{"a": "{{ mksecret hex }}" "b"}"#, 8, string, between),
        (r#"{"a" "{{ mksecret hex }}"}"#, 7, string, between),
        (r#"{"a": 1, "{{ mksecret hex }}"}"#, 11, string, between),
        (r#"["{{ mksecret hex }}": 1]"#, 3, string, between),
        (r#"["{{ mksecret hex }}"}"#, 3, string, between),
        (r#"["C:\q{{ mksecret hex }}"]"#, 7, string, backslash),
        (r#"["{{ mksecret hex }}\u123x"]"#, 3, string, backslash),
        (r#"{"a": {"b": "{{ mksecret hex }}"]}"#, 14, string, between),
        (r#"{"a": [{{ mksecret below 10 }}, 1}"#, 8, string, between),
        (r#""{{ mksecret hex }}", 1"#, 2, string, between),
        (r#""a": "{{ mksecret hex }}""#, 7, string, between),
        (r#"{"a": 1} "{{ mksecret hex }}""#, 11, string, between),
        (r#"{{ mksecret below 10 }} 1"#, 1, part, whole),
        (r#"[{{ mksecret below 10 }}}"#, 2, part, whole),
        (r#"[:{{ mksecret below 10 }}]"#, 3, part, whole),
        (r#"{"a": 1} // {{ mksecret hex }}"#, 10, comment, remove),
        (r#"{/* {{ mksecret hex }} */ "a": 1}"#, 2, comment, remove),
        (
            r#"{"a": "\{{ mksecret hex }}"}"#,
            9,
            "behind a backslash, no character would survive",
            "remove the backslash",
        ),
        (
            r#"{"a": "\u00{{ mksecret hex }}"}"#,
            12,
            "behind a backslash, no character would survive",
            "remove the backslash",
        ),
        (
            r#"{"a": "{{ mksecret password --for full }}"}"#,
            8,
            "in double quotes, not every character of this secret would survive: \" \\",
            LEAVE_OUT,
        ),
    ] {
        refuses("a.json", text, &format!("1:{column}: {message}"), hint);
    }
}

#[test]
fn secret_that_is_no_toml_is_an_error() {
    for text in [
        "a = \"{{ mksecret base64 }}\" # x\nb = '{{ mksecret hex }}'\nc = {{ mksecret below 10 }}\n",
        "a = [ # it's\n  {{ mksecret below 10 }},\n  '{{ mksecret hex }}', # x\n  \"{{ mksecret hex }}\"\n]\n",
        "a = { b = {{ mksecret below 10 }}, c = \"{{ mksecret hex }}\" } # {{ mksecret hex }}\n",
        "\"{{ mksecret hex }}\".\"{{ mksecret hex }}\" = 1\n['{{ mksecret hex }}']\n",
        "a = \"\\\\{{ mksecret hex }}\\\"\"\nb = '\\{{ mksecret hex }}'\n",
        "a = '''\n\\{{ mksecret hex }}'''\nb = \"\"\"x\"\"{{ mksecret hex }}\"\"\"\n",
        "a = {{ x }} '{{ mksecret hex }}'\n",
    ] {
        takes("a.toml", text);
    }
    let alone = "without quotes, this may be no number";
    let part = "next to what stands around it, this may be no number";
    let whole = "put the whole value in double quotes";
    let string = "in TOML, no string can stand here";
    let key = "write KEY = before it, and nothing but a comment behind it";
    let backslash = "write \\\\ for each backslash in the value";
    for (text, column, message, hint) in [
        ("a = {{ mksecret hex 32 }}", 5, alone, QUOTE),
        ("a = {{ mksecret password }} # x", 5, alone, QUOTE),
        ("a = {{ mksecret below 10**16 }}", 5, alone, QUOTE),
        ("a = [{{ mksecret password }}]", 6, alone, QUOTE),
        ("a = 1{{ mksecret below 10 }}", 6, part, whole),
        ("a = {{ mksecret below 10 }}.5", 5, part, whole),
        ("a = {{ mksecret below 10 }} x", 5, part, whole),
        ("a = 'x'{{ mksecret below 10 }}", 8, part, whole),
        ("a = {{ mksecret below 10 }}, 1", 5, part, whole),
        ("a = \"C:\\d{{ mksecret hex }}\"", 10, string, backslash),
        ("a = \"{{ mksecret hex }}\\u12\"", 6, string, backslash),
        ("a = {{ mksecret below 10 }}]", 5, part, whole),
        ("a, {{ mksecret below 10 }}", 4, part, whole),
        ("{{ mksecret hex }} = 1", 1, part, whole),
        ("a: \"{{ mksecret hex }}\"", 5, string, key),
        ("\"{{ mksecret hex }}\"", 2, string, key),
        ("\"{{ mksecret hex }}\"]", 2, string, key),
        ("a = \"{{ mksecret hex }}\", 1", 6, string, key),
        ("a = \"{{ mksecret hex }}\" x", 6, string, key),
        ("a = \"{{ mksecret hex }}\" = 1", 6, string, key),
        (
            "a = \"\\u00{{ mksecret hex }}\"",
            10,
            "behind a backslash, no character would survive",
            "remove the backslash",
        ),
    ] {
        let message = format!("2:{column}: {message}");
        refuses("a.toml", &format!("# 1\n{text}\n"), &message, hint);
    }
}

#[test]
fn secret_without_a_key_in_ini_is_an_error() {
    for (text, column) in [
        ("{{ mksecret hex }}", 1),
        ("[a]\npassword {{ mksecret hex }}", 10),
    ] {
        let line = 1 + text.matches('\n').count();
        let message = format!("{line}:{column}: in an INI file, no value can stand here");
        refuses("a.ini", text, &message, "write KEY = before it");
        takes("a.conf", text);
    }
    takes(
        "a.ini",
        "a = x\n  {{ mksecret hex }}\nb: {{ mksecret hex }}",
    );
    takes(
        "a.ini",
        "[{{ mksecret hex }}]\nhost password={{ mksecret hex }}",
    );
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
            if name == "a.toml" && quote.is_empty() {
                continue;
            }
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
        let url = folder(name, b"x='x://u:{{ mksecret base64 }}@h'");
        url.run(name).code(2).stdout("");
        takes(name, "x='x://u:{{ mksecret urlsafe }}@h'");
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
        (".env", "# {{ mksecret hex }}", true),
        (".env", " #{{ mksecret hex", true),
    ] {
        let first = match name {
            "a.yaml" => "b: \"{{ mksecret hex 1 }}\"",
            "a.toml" => "b = \"{{ mksecret hex 1 }}\"",
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
    let quotes = "put the whole value in one pair of double quotes";
    let key = "write KEY: before it, with a blank behind the :";
    let indentation = "indent it as what stands around it";
    let tag = "leave out the tag before it, or write !!str";
    let tab = "write spaces instead of the tab";
    for (hint, texts) in [
        (
            quotes,
            &[
                "k: *{{ mksecret hex }}",
                "k: *a{{ mksecret hex }}",
                "k: &{{ mksecret hex }}",
                "k: !{{ mksecret hex }}",
                "k: !!str{{ mksecret hex }}",
                "k: !<tag:{{ mksecret hex }}>",
                "k: @{{ mksecret hex }}",
                "k: `{{ mksecret hex }}",
                "k: |{{ mksecret hex }}",
                "k: > {{ mksecret hex }}",
                "k: \"a\"{{ mksecret hex }}",
                "k: [a]{{ mksecret hex }}",
                "- 'a' {{ mksecret hex }}",
                "k: \"{{ mksecret hex }}\" x",
                "k: '{{ mksecret hex }}', x",
                "k: [\"{{ mksecret hex }}\" x]",
                "k: [\"{{ mksecret hex }}\"}",
                "k: [- \"{{ mksecret hex }}\"]",
                "k: {{ mksecret password }}: x",
                "k: a{{ mksecret password }}:",
                "k: \"{{ mksecret hex }}\": x",
                "k: a: \"{{ mksecret hex }}\"",
                "k: a\n  b: \"{{ mksecret hex }}\"",
                "k: - \"{{ mksecret hex }}\"",
                "k: {a: b: \"{{ mksecret hex }}\"}",
                "k: {a: {{ mksecret password }}: b}",
                "k: \"a\n  {{ mksecret hex }}\": b",
                "--- {{ mksecret password }}: b",
                "--- - {{ mksecret password }}",
                ": {{ mksecret password }}",
                "{{ mksecret password }}\nb: c",
            ][..],
        ),
        (
            key,
            &[
                "k:{{ mksecret password }}",
                "a: 1\nk:{{ mksecret password }}",
                "a: 1\nk: 1\n{{ mksecret password }}",
                "a:\n  b: 1\n  {{ mksecret password }}",
                "a:\n- 1\n{{ mksecret password }}",
                "k: {a:{{ mksecret password }}}",
                "k: {a: b, \"{{ mksecret password }}\"}",
            ],
        ),
        (
            indentation,
            &[
                "k: \"{{ mksecret hex }}\"\n  x",
                "k: \"{{ mksecret hex }}\"\n  x: y",
                "k: |\n  {{ mksecret hex }}\n x",
                "k: \"a\"\n  b: \"{{ mksecret hex }}\"",
                "k:\n    a: b\n  c: \"{{ mksecret hex }}\"",
                "k:\n  - \"{{ mksecret hex }}\"\n - x",
            ],
        ),
        (
            tag,
            &[
                "k: !!int {{ mksecret below 10 }}",
                "k: !!binary \"{{ mksecret base64 }}\"",
                "k: !<tag:yaml.org,2002:int> \"{{ mksecret below 10 }}\"",
                "k: !!int\n  \"{{ mksecret below 10 }}\"",
                "k: !!binary |\n  {{ mksecret base64 }}",
            ],
        ),
        (
            tab,
            &[
                "k:\t{{ mksecret password }}",
                "\tk: {{ mksecret password }}",
                "k: \"{{ mksecret hex }}\"\t# x",
                "k: [a,\t\"{{ mksecret hex }}\"]",
            ],
        ),
    ] {
        for text in texts {
            let at = text.find("{{").unwrap();
            let line = text[..at].matches('\n').count();
            let column = at - text[..at].rfind('\n').map_or(0, |end| end + 1);
            // A key is missing in the next line, too, but where there are others.
            let text = match hint == key {
                true => format!("z: 1\n{text}\n"),
                false => format!("\n{text}\n"),
            };
            let message = format!(
                "{}:{}: in YAML, no text can stand here",
                line + 2,
                column + 1
            );
            refuses("a.yaml", &text, &message, hint);
        }
    }
    for text in [
        "k: !!str {{ mksecret hex }}",
        "k: !!str\n  {{ mksecret hex }}",
        "k: !!int\nb: \"{{ mksecret hex }}\"",
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
        "--- |-\n{{ mksecret hex }}",
        "k: |2-\r\n  {{ mksecret hex }}",
        "k: 'a' # {{ mksecret hex }}",
        "{{ mksecret password }}",
        "--- # x\n{{ mksecret password }}\n---\nb: c",
        "{{ mksecret password }}: x\n\"{{ mksecret hex }}\": y",
        "k:\n- a: \"{{ mksecret hex }}\"\n  b:\n  - \"{{ mksecret hex }}\"\nc:\n  \"{{ mksecret hex }}\"",
        "- - a\n  - \"{{ mksecret hex }}\"\n-\n  k: \"{{ mksecret hex }}\"\n# x\n\n- \"{{ mksecret hex }}\"",
        "k:\n  # x\n    # y\n  \"{{ mksecret hex }}\"",
        "k: x\n  {{ mksecret hex }}\n  y",
        "k:\n  x -f\n  --p {{ mksecret hex }}\n  y\nz:\n- \n  {{ mksecret password }}\n  y",
        "k:\n  - x\n  - \"{{ mksecret hex }}\"\n  - a: b\n    c: \"{{ mksecret hex }}\"",
        "k: {\n  a: \"{{ mksecret hex }}\",\n\"b\"\n: {{ mksecret password }}\n}\nc: \"{{ mksecret hex }}\"",
        "{a: {b: \"{{ mksecret hex }}\",},}",
        "[a, \"{{ mksecret hex }}\"]: {\"b\":\"{{ mksecret hex }}\", c: [{{ mksecret password }}: d, e: f]}",
        "&a k: \"{{ mksecret hex }}\"\n!x b: \"{{ mksecret hex }}\"",
        "%YAML 1.2\n---\nk: \"{{ mksecret hex }}\"\n...\n---\n- \"{{ mksecret hex }}\"",
        "? a\n: \"{{ mksecret hex }}\"",
        // Of another language, whose lines say nothing.
        "k:\n{% if a %}\n    b: \"{{ mksecret hex }}\"\n{% endif %}",
        "k:\n    {{- include \"x\" . }}\n  b: \"{{ mksecret hex }}\"",
        "k: 1\n<% if a %>\n    b: \"{{ mksecret hex }}\"",
        "k: a\tb\nc:\n  d:\n e: \"{{ mksecret hex }}\"",
    ] {
        takes("a.yaml", &format!("{text}\n"));
    }
}

#[test]
fn placeholder_in_a_comment_for_a_value_is_an_error() {
    for (name, text, sign) in [
        ("a.yaml", "a: # {{ mksecret hex }}", "#"),
        ("a.yaml", "- # or {{ mksecret hex }}", "#"),
        ("a.yaml", "a: &x # {{ mksecret hex }}", "#"),
        ("a.yaml", "a: '' # {{ mksecret hex }}", "#"),
        ("a.yaml", "a: \"\" # {{ mksecret hex }}", "#"),
        ("a.yaml", "a: ~ # {{ mksecret hex }}", "#"),
        ("a.yaml", "a: {b: # {{ mksecret hex }}\n  }", "#"),
        ("a.toml", "a = # {{ mksecret hex }}", "#"),
        ("a.toml", "a = \"\" # {{ mksecret hex }}", "#"),
        ("a.toml", "a = '' # or {{ mksecret hex }}", "#"),
        ("a.ini", "a = ; {{ mksecret hex }}", ";"),
        ("a.ini", "a.b-c = # {{ mksecret hex }}", "#"),
        ("a.conf", "a = ; {{ mksecret hex }}", ";"),
        ("a.conf", "  a: # or {{ mksecret hex }}", "#"),
        ("a.conf", "a = \"\" # {{ mksecret hex }}", "#"),
        ("a.js", "a: // {{ mksecret hex }}", "//"),
    ] {
        let column = text.find("{{").unwrap() + 1;
        let message =
            format!("1:{column}: the placeholder is in a comment, and there is no value before it");
        refuses(
            name,
            text,
            &message,
            &format!("remove the {sign} before it"),
        );
    }
    for (name, text) in [
        ("a.yaml", "a: \"x\" # {{ mksecret hex }}"),
        ("a.yaml", "a: [b, # {{ mksecret hex }}\n  c]"),
        ("a.yaml", "a: ''''\nb: x# {{ mksecret hex }}"),
        ("a.toml", "a = \" \" # {{ mksecret hex }}"),
        ("a.toml", "a = 1 # {{ mksecret hex }}"),
        ("a.ini", "a = #{{ mksecret hex 3 }}"),
        (
            "a.css",
            "a: #{{ mksecret hex 3 }}; b: x # {{ mksecret hex }}",
        ),
        ("a.sh", "# a = {{ mksecret hex }}"),
        ("a.sh", ": # {{ mksecret hex }}"),
    ] {
        takes(name, text);
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
