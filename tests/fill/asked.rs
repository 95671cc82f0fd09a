//! What is asked for, and what is nearly so: neither is passed over.

use predicates::{prelude::*, str::contains};

use super::{Folder, support::error};

#[test]
fn template_that_asks_for_nothing_is_an_error() {
    let folder = Folder::new(
        "PORT=8080\nNAME=\nA_TOKEN='<your token>'\nHOST=your-host\nexport DB_PASSWORD=changeme # change\n\
         X=xxxx\nY=$(openssl rand -hex 32)\nSALT=\"\"\nK1=\nK2=\nK3=\nK4=\nK5=\nZ=a # {{ mksecret hex }}\n",
    );
    let keys = "A_TOKEN, DB_PASSWORD, SALT, NAME, HOST, X, Y, K1, K2, K3 and 2 more";
    let message = format!(
        ".env.example has no placeholder, and there is no -g; without a value, or with an example: {keys}"
    );
    let hint = "-g A_TOKEN='hex 32' generates a key, and -g A_TOKEN=password a password";
    for line in [
        ".env.example",
        ".env.example -o .env",
        ".env.example --check",
    ] {
        let done = folder.run(line).code(2).stdout("");
        done.stderr(error(&message, hint));
    }
    let folder = Folder::new("# {{ mksecret hex }}\nA=x\nB={{ .Values.b }}\n");
    folder.run(".env.example").code(2).stderr(error(
        ".env.example has no placeholder, and there is no -g",
        "-g SECRET_KEY='hex 32' generates a key, and -g SECRET_KEY=password a password",
    ));
    // Any text can be an example, and a line that is commented out.
    for (template, keys) in [
        (
            "PORT=\nJWT_SECRET=supersecret\n# ADMIN_TOKEN=\nDB_PASSWORD=password\n",
            "JWT_SECRET, DB_PASSWORD, PORT",
        ),
        ("#API_KEY=x\nA=1\n", "API_KEY"),
        (
            "A_KEY=\nB_KEY=supersecret\n# C_KEY=\nD=\n",
            "A_KEY, B_KEY, D",
        ),
    ] {
        let first = keys.split(',').next().unwrap();
        Folder::new(template).run(".env.example").code(2).stderr(error(
            &format!(".env.example has no placeholder, and there is no -g; without a value, or with the name of a secret: {keys}"),
            &format!("-g {first}='hex 32' generates a key, and -g {first}=password a password"),
        ));
    }
    for value in [
        "__CHANGE_ME__",
        "__REQUIRED__",
        "***REMOVED***",
        "sk-...",
        "replace_me_now",
        "change-this-in-production",
        "generate_a_new_key",
        "sk_test_your_key",
        "insert here",
    ] {
        let folder = Folder::new(&format!("A_KEY={value}\nB=1\n"));
        folder
            .run(".env.example")
            .code(2)
            .stderr(contains("with an example: A_KEY\n"));
    }
    folder.write(".env", "A=x\n");
    folder
        .run(".env.example -o .env --rotate A")
        .code(2)
        .stderr(error(
            "--rotate 'A': nothing says how it is made",
            "give -g, as in -g A='hex 32' or -g A=password",
        ));
    for name in ["a.yaml", "a.json", "a.sh"] {
        for (text, hint) in [
            (
                "a: {{ .b }}\n",
                "write {{ mksecret hex 32 }} where a secret shall be",
            ),
            (
                "a: {{ KEY }}\n",
                "--values names the file that has the keys of {{ KEY }}",
            ),
        ] {
            folder.write(name, text);
            let message = format!("{name} has no placeholder");
            (folder.run(name).code(2).stdout("")).stderr(error(&message, hint));
        }
    }
}

#[test]
fn near_miss_is_an_error_in_every_kind_of_file() {
    let own = "a placeholder begins with the name of this program: {{ mksecret … }}";
    let name = "write the name of this program before the command: {{ mksecret … }}";
    let case =
        "a placeholder is {{ mksecret … }}, in lower case, with two braces and no other sign";
    let other = "other programs are not run: {{ mksecret hex 32 }} or {{ mksecret password }}";
    for (placeholder, hint) in [
        ("{{ mkscret hex 32 }}", own),
        ("{{ secret password }}", own),
        ("{{ MKSECRET hex }}", case),
        ("{{- mksecret hex -}}", case),
        ("{{~ mksecret hex }}", case),
        ("{{{ mksecret hex }}}", case),
        ("${{ mksecret hex }}", case),
        ("{{# mksecret hex }}", case),
        ("{{ /usr/bin/mksecret hex }}", case),
        ("{{ hex 32 }}", name),
        ("{{ password -l 32 }}", name),
        ("{{ openssl rand -hex 32 }}", other),
        ("{{ pwgen 32 1 }}", other),
        ("{{ uuidgen -r }}", other),
    ] {
        let column = 4 + placeholder.find("{{").unwrap();
        for name in [".env", "a.yaml", "a.json", "a.toml", "a.conf"] {
            let folder = Folder::new("");
            let (first, start) = match name {
                ".env" | "a.conf" => ("a={{ mksecret hex }}", "b="),
                "a.toml" => ("a=\"{{ mksecret hex }}\"", "b="),
                _ => ("a: \"{{ mksecret hex }}\"", "b:"),
            };
            folder.write(name, &format!("{first}\n{start}\"{placeholder}\"\n"));
            let message = format!("{name}:2:{column}: this is nearly a placeholder");
            let done = folder.run(name).code(2).stdout("");
            done.stderr(error(&message, hint));
        }
    }
}

#[test]
fn command_in_braces_of_another_language_is_an_error() {
    for braces in [
        "[[ mksecret hex ]]",
        "<%= mksecret hex 32 %>",
        "{% mksecret password %}",
        "${mksecret hex}",
        "{ { mksecret hex } }",
    ] {
        for name in [".env", "a.yaml", "a.conf"] {
            let folder = Folder::new("");
            let (is, column) = match name {
                "a.yaml" => (": ", 5),
                _ => ("=", 4),
            };
            let text = format!(
                "a{is}'{{{{ mksecret choice \"x[[ mksecret hex\" y | base64 }}}}'\nb{is}'{braces}'\n"
            );
            folder.write(name, &text);
            folder.run(name).code(2).stdout("").stderr(error(
                &format!("{name}:2:{column}: this is nearly a placeholder"),
                "a placeholder is {{ mksecret … }}, in lower case, with two braces and no other sign",
            ));
        }
    }
    // In a comment, and what a shell would run.
    let folder = Folder::new("");
    folder.write(
        "a.yaml",
        "# [[ mksecret hex ]]\na: '{{ mksecret hex }}' # {{ b }} [[ mksecret x ]]\n",
    );
    folder.run("a.yaml").success();
    folder.write("a.sh", "{ mksecret hex; }\nx='{{ mksecret hex }}'\n");
    folder.run("a.sh").success();
}

#[test]
fn command_that_only_a_shell_would_run_is_an_error() {
    for value in [
        "$(mksecret hex)",
        "\"$( mksecret hex 32 )\"",
        "`mksecret hex`",
        "x-$(mksecret hex)",
    ] {
        let folder = Folder::new(&format!("A={{{{ mksecret hex }}}}\nS={value}\n"));
        folder.run(".env.example").code(2).stdout("").stderr(error(
            ".env.example:2:3: readers disagree about a command in a value",
            "write S={{ mksecret … }}",
        ));
    }
}

#[test]
fn placeholder_in_an_empty_keys_comment_is_an_error() {
    for (line, column) in [
        ("NEW_KEY= # {{ mksecret hex 16 }}", 12),
        ("NEW_KEY=# {{ mksecret hex 16 }}", 11),
        ("NEW_KEY='' # or {{ A }}", 17),
    ] {
        let folder = Folder::new(&format!("A={{{{ mksecret hex }}}}\n{line}\n"));
        folder.run(".env.example").code(2).stdout("").stderr(error(
            &format!(".env.example:2:{column}: the placeholder is in a comment, and NEW_KEY empty"),
            "remove the # before it",
        ));
    }
}

#[test]
fn braces_of_other_languages_are_text() {
    for text in [
        "{{ secret \"a\" }}",
        "{{ my_secret }}",
        "{{ bytes 1024 }}",
        "{{ password | quote }}",
        "{{ .Values.hex }}",
        "{{#if x}}",
    ] {
        for name in ["a.yaml", "a.conf"] {
            let folder = Folder::new("");
            folder.write(
                name,
                &format!("a: \"{{{{ mksecret hex 2 }}}}\"\nb: {text}\n"),
            );
            let done = folder.run(name).success();
            done.stdout(predicates::str::ends_with(format!("\nb: {text}\n")));
        }
    }
    // Of these, each is a key of a KEY=value file if it is one at all.
    let folder = Folder::new("A={{ mksecret hex 2 }}\nB={{ secret \"a\" }}\nC='{{ x | quote }}'\n");
    let text = folder.fill();
    assert!(text.ends_with("\nB={{ secret \"a\" }}\nC='{{ x | quote }}'\n"));
    let folder = Folder::new("A={{ mksecret hex 2 }}\nB='{{ A | quote }}'\n");
    folder
        .run(".env.example")
        .code(2)
        .stderr(contains("unknown filter").and(contains(":2:4:")));
}

#[test]
fn secret_of_no_bits_is_an_error() {
    for command in [
        "choice hunter2",
        "below 1",
        "below 6 --from 5",
        "choice x x",
        "choice --range 5-5",
    ] {
        let message = "a secret of 0 bits: there is only one text that this could print";
        let hint = "leave the placeholder out, or ask for more than one possible text";
        for name in [".env", "a.conf"] {
            let folder = Folder::new("");
            folder.write(name, &format!("A={{{{ mksecret {command} }}}}\n"));
            let message = format!("{name}:1:3: {message}");
            let done = folder.run(name).code(2).stdout("");
            done.stderr(error(&message, hint));
        }
    }
}

#[test]
fn characters_that_turn_a_line_round_are_escaped_in_messages() {
    let folder = Folder::new("");
    for char in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{200b}', '\u{feff}'] {
        let name = format!("a{char}b.env");
        folder.write(&name, "A={{ hex 2 }}\n");
        let escaped = format!("a\\u{{{:x}}}b.env", u32::from(char));
        let done = folder.run(&name).code(2);
        done.stderr(contains(escaped).and(contains(char).not()));
    }
}
