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
    let template = [&start[..], b"{{ mksecret hex 4 }}}} \xfe{{\n\n"].concat();
    let folder = folder("data.in", &template);
    let done = folder.run("data.in").success().stderr("");
    let stdout = &done.get_output().stdout;
    assert_eq!(stdout[..start.len()], start[..]);
    let rest = &stdout[start.len()..];
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
        "a: |\n  {{ mksecret hex }}\n\n  b: {{ mksecret password --for full }}\nc: x\n",
        "- a: >-  # folded\n    {{ mksecret hex }}\n  b: \"{{ mksecret hex }}\"\n",
        "# {{ mksecret hex }}\n",
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
            &lost("in double quotes", "\" \\"),
            leave_out,
        ),
        (
            "a: '{{ mksecret password --for full }}'",
            5,
            &lost("in single quotes", "'"),
            leave_out,
        ),
        ("- a: |\n    text\n  b: {{ mksecret hex }}", 6, kind, quote),
    ] {
        let folder = folder("a.in", format!("x: 1\n{line}\n").as_bytes());
        let number = 1 + line.lines().count();
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
fn quotes_and_urls_are_known_in_any_file() {
    let lost = "not every character of this secret would survive";
    for (line, place) in [
        (
            r#"password = "{{ mksecret password --for full }}""#,
            "in double quotes",
        ),
        (
            "password = '{{ mksecret password --for full }}'",
            "in single quotes",
        ),
        (
            "url = x://u:{{ mksecret password --for full }}@h",
            "in a URL",
        ),
    ] {
        let folder = folder("a.toml.in", line.as_bytes());
        let done = folder.run("a.toml.in").code(2).stdout("");
        let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains(&format!("{place}, {lost}")), "{stderr}");
    }
    let plain = folder(
        "a.ini",
        b"; don't\npassword = {{ mksecret password --for full }}\n",
    );
    plain.run("a.ini").success();
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
