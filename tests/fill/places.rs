//! Where a secret may stand, and what may stand in a placeholder.

use predicates::{prelude::*, str::contains};

use super::{
    Folder,
    support::{Printed, error},
};

/// Fills in one line.
fn fill(line: &str) -> assert_cmd::assert::Assert {
    Folder::new(&format!("# first\n{line}\n")).run(".env.example")
}

fn refused(line: &str, column: usize, message: &str, hint: &str) {
    let message = format!(".env.example:2:{column}: {message}");
    fill(line).code(2).stdout("").stderr(error(&message, hint));
}

#[test]
fn whatever_prints_one_text_can_stand_in_a_placeholder() {
    for command in [
        "password",
        "password -l 12 --exclude 'xyz'",
        "passphrase -w 4",
        "hex 16",
        "hex -l 7",
        "urlsafe",
        "base64 48",
        "base32 --pad",
        "token --prefix acme_",
        "below 10**30 --from 10**29",
        "below 5 --from -5",
        "choice red green 'blue'",
        "hex --prefix \"a\"b'c'\\d",
        "hex 16 # as in a shell",
    ] {
        let text = fill(&format!("A={{{{ mksecret {command} }}}}")).printed();
        let value = text.strip_prefix("# first\nA=").unwrap().trim_end();
        assert!(!value.is_empty() && !value.contains(['{', ' ']), "{text}");
        if command.contains("prefix \"a\"") {
            assert!(value.starts_with("abcd"), "{value}");
        }
    }
}

#[test]
fn what_cannot_stand_in_a_placeholder_has_its_reason() {
    let here = "the secret goes where the placeholder is";
    let itself = "it is an option of `mksecret fill` itself, for all secrets";
    let read = "a template reads no other file";
    for (command, what, hint) in [
        ("hex -c 2", "--count", "a placeholder is one secret"),
        ("hex -n", "--no-newline", "nothing is put behind the secret"),
        (
            "choice a b --no-newline",
            "--no-newline",
            "nothing is put behind the secret",
        ),
        ("hex -0", "--null", "nothing is put behind the secret"),
        ("hex -o x", "--output", here),
        ("hex -o x --force", "--output", here),
        ("choice -i names.txt", "--input", read),
        ("passphrase -W words.txt", "--wordlist", read),
        ("hex -v", "--verbose", itself),
        ("hex --nonblock", "--nonblock", itself),
        ("hex --timeout 5s", "--timeout", itself),
        ("hex --pool random", "--pool", itself),
        ("token --check", "--check", "it makes no secret"),
        (
            "bytes",
            "`bytes`",
            "it prints raw bytes: use hex, urlsafe or base64",
        ),
        (
            "sample 2 a b c",
            "`sample`",
            "it prints several items: `choice` prints one",
        ),
        (
            "choice",
            "`choice`",
            "write its items behind it: nothing else is read",
        ),
    ] {
        refused(
            &format!("A=x-{{{{ mksecret {command} }}}}"),
            5,
            &format!("{what} cannot stand in a placeholder"),
            hint,
        );
    }
    for command in [
        "",
        "--help",
        "--version",
        "hex --help",
        "fill",
        "ready",
        "man",
        "completions bash",
    ] {
        refused(
            &format!("A={{{{ mksecret {command} }}}}"),
            3,
            "this placeholder makes no secret",
            "write a subcommand that prints one text, as in {{ mksecret password }}",
        );
    }
}

#[test]
fn invalid_placeholder_is_an_error_at_its_place() {
    for (placeholder, message) in [
        ("{{ mksecret hx }}", "unknown command 'hx'"),
        ("{{ mksecret hex 0 }}", "N '0': it must be 1 or more"),
        (
            "{{ mksecret hex --cuont }}",
            "unexpected argument '--cuont'",
        ),
        ("{{ mksecret below }}", "N is missing"),
        ("{{ mksecret password --lower 2000 }}", "password"),
        (
            "{{ mksecret hex 100K }}",
            "a placeholder takes at most 64 KiB of random bytes",
        ),
        (
            "{{ mksecret hex",
            "the placeholder `{{ mksecret` has no end",
        ),
        (
            "{{ mksecret hex '}}",
            "the placeholder `{{ mksecret` has no end",
        ),
    ] {
        let place = contains(".env.example:7:9: ");
        let message = if message == "password" { "" } else { message };
        let folder = Folder::new(&format!(
            "#1\n#2\n#3\n\nA=1\n#6\n  KEY=ü:{placeholder}\nB=2\n"
        ));
        folder.write(".env", "B=old\n");
        folder
            .run(".env.example -o .env")
            .code(2)
            .stdout("")
            .stderr(place.and(contains(message)));
        assert_eq!(folder.read(".env"), "B=old\n");
        assert_eq!(folder.names(), [".env"]);
    }
}

/// Characters that could be lost, with what would do.
#[test]
fn what_could_be_drawn_must_survive_where_it_stands() {
    let bare = "use `password --for safe`; or put the value in single quotes, where only ' \\ $ { do not survive";
    let leave_out = "use `password --for safe`, or leave out ' \\ $ { with --exclude";
    let url = "write | url before the }}, which escapes them; hex, urlsafe and `password --for safe` need no escapes";
    for (line, column, place, lost, hint) in [
        (
            "A={{ mksecret password --for full }}",
            3,
            "without quotes",
            "! \" # $ & ' ( ) * ; < > ? [ \\ ] ^ ` { | } ~",
            bare,
        ),
        (
            "A=x{{ mksecret passphrase -s ' ' }}",
            4,
            "without quotes",
            "the space",
            bare,
        ),
        (
            "A=\"{{ mksecret password --for full }}\"",
            4,
            "in double quotes",
            "\" $ \\ ` {",
            bare,
        ),
        (
            "A='{{ mksecret password --for full }}'",
            4,
            "in single quotes",
            "$ ' \\ {",
            leave_out,
        ),
        (
            "A='{{ mksecret choice \"it's\" x }}'",
            4,
            "in single quotes",
            "'",
            leave_out,
        ),
        (
            "A=https://u:{{ mksecret base64 }}@h",
            13,
            "in a URL",
            "+ / =",
            url,
        ),
        (
            "A='x y://u:{{ mksecret passphrase -s ! }}@h'",
            12,
            "in a URL",
            "!",
            url,
        ),
        (
            "A={{ mksecret hex --prefix 'ü ' }}",
            3,
            "without quotes",
            "the space",
            bare,
        ),
    ] {
        refused(
            line,
            column,
            &format!("{place}, not every character of this secret would survive: {lost}"),
            hint,
        );
    }
    for line in [
        "A='{{ mksecret password --for full --exclude \"'\\\\\\${\" }}'",
        "A=\"{{ mksecret password --for full --exclude '\"\\$`{' }}\"",
        "A=postgres://u:{{ mksecret password }}@h/d",
        "A=postgres://u:{{ mksecret urlsafe }}@h/d",
        "A='see http://x/ for {{ mksecret base64 }}'",
        "A={{ mksecret base64 }}",
        "A={{ mksecret hex --prefix ü }}",
        "export A={{ mksecret password }}  # comment",
    ] {
        fill(line).success();
    }
}

#[test]
fn url_that_begins_in_another_value_is_one() {
    let secret = "{{ mksecret base64 32 }}";
    for (template, at) in [
        (
            format!("BASE=postgres://app:\nURL={{{{ BASE }}}}{secret}@db\n"),
            "2:15",
        ),
        (
            format!("BASE='postgres://app:'\nB={{{{ BASE }}}}x\nURL={{{{ B }}}}{secret}@db\n"),
            "3:12",
        ),
        (
            format!("BASE=postgres://app:\nPW={secret}\nURL=${{BASE}}${{PW}}@db\n"),
            "3:12",
        ),
        (
            format!("BASE=postgres://app:\nPW={secret}\nURL=\"$BASE$PW@db\"\n"),
            "3:11",
        ),
    ] {
        let done = Folder::new(&template)
            .run(".env.example")
            .code(2)
            .stdout("");
        let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains(&format!(".env.example:{at}: ")), "{stderr}");
        assert!(stderr.contains("in a URL"), "{stderr}");
    }
    for template in [
        format!("BASE=postgres:\nURL={{{{ BASE }}}}{secret}@db\n"),
        format!("BASE='postgres://app '\nURL='{{{{ BASE }}}}{secret}@db'\n"),
        format!("BASE=postgres://app:\nURL={{{{ BASE | base64 }}}}{secret}@db\n"),
        "BASE=postgres://app:\nURL={{ BASE }}{{ mksecret base64 32 | url }}@db\n".into(),
    ] {
        Folder::new(&template).run(".env.example").success();
    }
}

#[test]
fn same_command_gives_another_secret_each_time() {
    let text =
        fill("A={{ mksecret hex }}\nB={{ mksecret hex }}\nC={{ mksecret hex }}{{ mksecret hex }}")
            .printed();
    let digits: String = text.lines().skip(1).map(|line| &line[2..]).collect();
    let secrets: std::collections::BTreeSet<&str> = (0..4)
        .map(|number| &digits[64 * number..64 * (number + 1)])
        .collect();
    assert_eq!(digits.len(), 256);
    assert_eq!(secrets.len(), 4);
}

#[test]
fn template_and_result_are_at_most_16_mib() {
    let large = |length: usize| {
        let start = "A={{ mksecret hex }}\n";
        format!("{start}#{}\n", "x".repeat(length - start.len() - 2))
    };
    const MOST: usize = 4 << 20;
    let folder = Folder::new(&large(MOST - 64));
    assert_eq!(
        folder.fill().len(),
        MOST - 64 + 64 - "{{ mksecret hex }}".len()
    );
    let folder = Folder::new(&large(MOST));
    let message = "mksecret: error: the result would be larger than 4 MiB\n";
    folder
        .run(".env.example -o .env")
        .code(2)
        .stdout("")
        .stderr(message);
    let folder = Folder::new(&large(MOST + 1));
    let message = "mksecret: error: .env.example is larger than 4 MiB\n";
    folder
        .run(".env.example -o .env")
        .code(2)
        .stdout("")
        .stderr(message);
    assert!(folder.names().is_empty());
    // References that double what they refer to are stopped before memory is.
    let keys = (1..64).map(|key| format!("K{key}={{{{ K{0} }}}}{{{{ K{0} }}}}\n", key - 1));
    let folder = Folder::new(&format!(
        "K0={{{{ mksecret hex }}}}\n{}",
        keys.collect::<String>()
    ));
    let message = "mksecret: error: the result would be larger than 4 MiB\n";
    folder
        .run(".env.example -o .env")
        .code(2)
        .stdout("")
        .stderr(message);
}

#[test]
fn long_chain_of_references_is_followed() {
    let keys = (1..100_000).map(|key| format!("K{key}={{{{ K{} }}}}\n", key - 1));
    let template: String = keys.collect();
    let folder = Folder::new(&format!("{template}K0={{{{ mksecret hex 2 }}}}\n"));
    let env = folder.fill();
    let value = folder.value("K0");
    assert!(env.lines().all(|line| line.ends_with(&value)));
}

#[test]
fn empty_template_is_an_error() {
    Folder::new("")
        .run(".env.example -o .env")
        .code(2)
        .stderr(error(
            ".env.example is empty",
            "-g KEY=HOW needs no template, as in -g SECRET='hex 32'",
        ));
}

#[test]
fn equals_sign_that_zsh_expands_is_an_error() {
    let message = "zsh expands a = at the start of a value or behind a :";
    let hint = "use `password --for safe`; or put the value in single quotes, where only ' \\ $ { do not survive";
    for (line, column) in [
        ("A={{ mksecret choice =a b }}", 3),
        ("A=x:{{ mksecret choice =a b }}", 5),
        ("A=x{{ mksecret choice a:=b c }}", 4),
    ] {
        refused(line, column, message, hint);
    }
    for line in [
        "A=x{{ mksecret choice =a b }}",
        "A={{ mksecret choice a=b c }}",
        "A={{ mksecret choice a:b c }}",
        "A='{{ mksecret choice =a b }}'",
    ] {
        fill(line).success();
    }
    let folder = Folder::new("");
    folder.write("a.conf", "A={{ mksecret choice =a b }}\n");
    let hint = "use password, hex, urlsafe or base64; or insist with | raw before the }}, if you know that it is read \
                as it is";
    let message = format!("a.conf:1:3: {message}");
    let done = folder.run("a.conf").code(2).stdout("");
    done.stderr(error(&message, hint));
}
