//! What happens to the keys of an existing file.

use super::{Folder, support::error};

const TEMPLATE: &str = "\
# Signs the sessions
# for a day
SECRET_KEY={{ mksecret hex 16 }}

PORT=8080
DATABASE_URL=postgres://app:{{ DB_PASSWORD }}@db/app
export DB_PASSWORD='{{ mksecret password }}'
";

#[test]
fn new_file_has_every_line_of_the_template() {
    let folder = Folder::new(TEMPLATE);
    let env = folder.fill();
    let lines: Vec<&str> = env.lines().collect();
    assert_eq!(lines[..2], ["# Signs the sessions", "# for a day"]);
    assert_eq!(lines[2].len(), "SECRET_KEY=".len() + 32);
    assert_eq!(lines[3..5], ["", "PORT=8080"]);
    let password = lines[6].strip_prefix("export DB_PASSWORD='").unwrap();
    let password = password.strip_suffix('\'').unwrap();
    assert_eq!(password.len(), 24);
    let url = format!("DATABASE_URL=postgres://app:{password}@db/app");
    assert_eq!(lines[5], url);
    assert_eq!(lines.len(), 7);
}

#[test]
fn second_run_changes_neither_bytes_nor_time() {
    let folder = Folder::new(TEMPLATE);
    let first = folder.fill();
    let identity = folder.identity();
    assert_eq!(identity.3 & 0o7777, 0o600);
    assert_eq!(folder.fill(), first);
    assert_eq!(folder.identity(), identity);
    folder
        .run(".env.example -o .env --check")
        .success()
        .stdout("");
}

#[test]
fn empty_key_alone_gets_a_value() {
    let folder = Folder::new(TEMPLATE);
    for empty in ["", "''", "\"\"", "  ", "'' # none yet"] {
        let before = folder.fill();
        let old = folder.value("SECRET_KEY");
        let emptied = before.replace(&format!("={old}\n"), &format!("={empty}\n"));
        assert_ne!(before, emptied);
        folder.write(".env", &emptied);
        folder
            .run(".env.example -o .env --check")
            .code(1)
            .stdout("SECRET_KEY\n")
            .stderr("");
        assert_eq!(folder.read(".env"), emptied);
        let after = folder.fill();
        let new = folder.value("SECRET_KEY");
        assert_eq!(new.split(' ').next().unwrap().len(), 32);
        // A comment behind it goes to a line above it.
        let after = after.replace("# none yet\n", "");
        assert_eq!(
            after,
            before.replace(&format!("={old}\n"), &format!("={new}\n"))
        );
        folder.write(".env", &after);
    }
}

#[test]
fn missing_keys_are_added_under_their_comments() {
    let folder = Folder::new(TEMPLATE);
    for (before, end) in [
        ("OTHER=1", "\n"),
        ("OTHER=1\n", "\n"),
        ("OTHER=1\r\n", "\r\n"),
    ] {
        folder.write(".env", before);
        let after = folder.fill();
        let lines: Vec<&str> = after.split_terminator(end).collect();
        assert_eq!(
            lines[..3],
            ["OTHER=1", "# Signs the sessions", "# for a day"]
        );
        assert!(lines[3].starts_with("SECRET_KEY="));
        assert_eq!(lines[4], "PORT=8080");
        assert!(lines[5].starts_with("DATABASE_URL="));
        assert!(lines[6].starts_with("export DB_PASSWORD="));
        assert_eq!(lines.len(), 7);
        assert_eq!(after.matches('\n').count(), after.matches(end).count());
    }
}

#[test]
fn added_line_that_no_shell_takes_gets_quotes() {
    let folder = Folder::new(
        "A=<your name>\nB= (MongoDB) # which\nC=(1 2)\nD='<x>'\nE=a $(b)\nG=x&y=z\nH={\"a\": 1}\nI=a b\nJ==x\nK=a=b\nF={{ mksecret hex 1 }}\n",
    );
    folder.write(".env", "export X=1\n");
    let text = folder.fill();
    let value = folder.value("export F");
    assert_eq!(
        text,
        format!(
            "export X=1\nexport A='<your name>'\nexport B='(MongoDB)' # which\nexport C=(1 2)\nexport D='<x>'\n\
             export E=a $(b)\nexport G='x&y=z'\nexport H='{{\"a\": 1}}'\nexport I=a b\nexport J='=x'\nexport K=a=b\nexport F={value}\n"
        )
    );
    assert_eq!(folder.fill(), text);
}

#[test]
fn lines_of_an_existing_file_stay_byte_for_byte() {
    let folder = Folder::new("A={{ mksecret hex 1 }}\nB={{ mksecret hex 1 }}\n");
    for before in [
        "A=x",
        "\u{feff}# x\r\nA=x\r\n\r\nC='two\r\nlines'",
        "  export A=x  # why\n\n\n",
        "A=1\nA=\"last one\"\nD=a b c\n#A=\n",
        "A=\"say \\\"hi\\\"\"\nE='{{ .Values.x }}'",
        "A=a#b;c&d\nF=$HOME/`id`\n",
    ] {
        folder.write(".env", before);
        let after = folder.fill();
        assert!(after.starts_with(before), "{before:?}: {after:?}");
        let added = after[before.len()..].trim_start_matches(['\r', '\n']);
        let is_exported = before.contains("export");
        assert!(
            added.starts_with(if is_exported { "export B=" } else { "B=" }),
            "{added:?}"
        );
    }
}

#[test]
fn last_of_several_lines_of_a_key_counts() {
    let folder = Folder::new("A={{ mksecret hex 4 }}\n");
    folder.write(".env", "A=\nA=x\n");
    assert_eq!(folder.fill(), "A=\nA=x\n");
    // A value that somebody has written is not lost, and not another one beside the new one.
    for (lines, option) in [("A=x\nB=1\nA=\n", ""), ("A=x\nA=y\n", "--rotate A")] {
        folder.write(".env", lines);
        let done = folder.run(&format!(".env.example -o .env {option}"));
        done.code(2).stdout("").stderr(error(
            ".env:1:1: A has another value here than below",
            "remove one of the lines",
        ));
        assert_eq!(folder.read(".env"), lines);
    }
    folder.write(".env", "A=\nA=''\n");
    folder.fill();
    let value = folder.value("A");
    assert_eq!(folder.read(".env"), format!("A={value}\nA={value}\n"));

    let folder = Folder::new("A={{ mksecret hex 4 }}\nB={{ A }}\nA={{ mksecret hex 8 }}\n");
    let env = folder.fill();
    let value = folder.value("A");
    assert_eq!(value.len(), 16);
    assert_eq!(env, format!("A={value}\nB={value}\nA={value}\n"));

    let folder = Folder::new("A={{ mksecret hex 4 }}\nA=x\n");
    folder.run(".env.example").code(2).stdout("").stderr(error(
        ".env.example:1:1: A is set again below, and the last line counts",
        "remove one of the lines",
    ));
}

#[test]
fn text_of_a_copied_template_is_no_value() {
    let folder = Folder::new(TEMPLATE);
    folder.write(".env", &format!("{TEMPLATE}MORE=1\n"));
    let env = folder.fill();
    assert!(!env.contains("{{"), "{env}");
    assert!(env.ends_with("'\nMORE=1\n"), "{env}");

    folder.write(".env", "OTHER='{{ mksecret hex }}'\n");
    folder.run(".env.example -o .env").code(2).stderr(error(
        ".env:1:8: the placeholder cannot be filled in: .env.example has none for OTHER",
        "give the key a value, or a placeholder in the template",
    ));
    assert_eq!(folder.read(".env"), "OTHER='{{ mksecret hex }}'\n");
}

#[test]
fn braces_of_another_program_are_a_value() {
    let folder = Folder::new("A={{ mksecret hex }}\nB='{{ A }}'\nC={{ mksecret hex 1 }}\n");
    folder.write(".env", "A='{{ name }}'\nB={{ name }}\nC={{ .Values.c }}\n");
    assert_eq!(
        folder.fill(),
        "A='{{ name }}'\nB={{ name }}\nC={{ .Values.c }}\n"
    );
    folder.write(".env", "A=x\nB='{{ A }}'\nC=y\n");
    assert_eq!(folder.fill(), "A=x\nB='x'\nC=y\n");
}

#[test]
fn keys_are_referred_to_in_any_order() {
    let folder = Folder::new(
        "A={{ B }}-{{ B }}\nB=\"{{ C }}\"\nC={{ mksecret hex 2 }}\nD={{ E }}\nE=plain\n",
    );
    folder.fill();
    let value = folder.value("C");
    assert_eq!(folder.value("A"), format!("{value}-{value}"));
    assert_eq!(folder.value("B"), format!("\"{value}\""));
    assert_eq!(folder.value("D"), "plain");
}

#[test]
fn reference_takes_the_value_that_the_file_has() {
    let folder = Folder::new("A={{ mksecret hex }}\nURL=x://u:{{ A }}@h\nB={{ C }}\n");
    folder.write(".env", "A='own value'\nC=c\n");
    folder.run(".env.example -o .env").code(2).stderr(error(
        ".env.example:2:11: A: in a URL, not every character of its value would survive",
        "write | url before the }}, which escapes them; hex, urlsafe and `password --for safe` need no escapes",
    ));
    folder.write(".env", "A='own-value'\nC=c\n");
    let env = folder.fill();
    assert_eq!(env, "A='own-value'\nC=c\nURL=x://u:own-value@h\nB=c\n");
}

#[test]
fn reference_without_a_value_is_an_error() {
    for (template, place, message, hint) in [
        (
            "A={{ B }}",
            "1:3",
            "there is no key B",
            "write it as the file has it; a command begins with mksecret",
        ),
        (
            "A=1\nB='x{{ A }}{{ C }}'\nC={{ D }}\nD={{ B }}",
            "4:3",
            "B would be made of itself",
            "one of the keys has to have a value of its own",
        ),
        (
            "A={{ A }}",
            "1:3",
            "A would be made of itself",
            "one of the keys has to have a value of its own, or --values names a file that has it",
        ),
        ("A=\nB={{ A }}", "2:3", "A is empty", "give A a value first"),
        (
            "A=a$b\nB={{ A }}",
            "1:4",
            "readers disagree about $ in the value of A",
            "write {{ KEY }} for ${KEY}, and no other $, which they disagree about in all quotes",
        ),
        (
            "A=x{{ mksecret choice a '' }}\nB='{{ mksecret choice \"\" b }}'",
            "2:3",
            "the value of B could be empty",
            "leave out what could be empty, such as an empty item of `choice`",
        ),
    ] {
        let message = format!(".env.example:{place}: {message}");
        Folder::new(template)
            .run(".env.example")
            .code(2)
            .stdout("")
            .stderr(error(&message, hint));
    }
}

#[test]
fn rotated_key_is_new_with_what_refers_to_it() {
    let folder = Folder::new(TEMPLATE);
    let before = folder.fill();
    let (key, url) = (folder.value("SECRET_KEY"), folder.value("DATABASE_URL"));
    folder
        .run(".env.example -o .env --rotate DB_PASSWORD")
        .success()
        .stderr("");
    assert_eq!(folder.value("SECRET_KEY"), key);
    let new = folder.value("DATABASE_URL");
    assert_ne!(new, url);
    let password = new
        .strip_prefix("postgres://app:")
        .unwrap()
        .strip_suffix("@db/app")
        .unwrap();
    assert_eq!(folder.value("export DB_PASSWORD"), format!("'{password}'"));
    assert_eq!(folder.read(".env").lines().count(), before.lines().count());

    folder
        .run(".env.example -o .env --rotate DB_PASSWORD --rotate SECRET_KEY --check")
        .code(1)
        .stdout("SECRET_KEY\nDATABASE_URL\nDB_PASSWORD\n");
    assert_eq!(folder.value("DATABASE_URL"), new);
}

#[test]
fn edited_value_is_not_renewed() {
    let folder = Folder::new(TEMPLATE);
    let env = folder.fill();
    let edited = env.replace("@db/app", "@db/app?sslmode=require");
    folder.write(".env", &edited);
    let refused = error(
        "DATABASE_URL is made of DB_PASSWORD, which gets a new value, but was edited",
        "change DATABASE_URL by hand, or empty it to have it made anew",
    );
    folder
        .run(".env.example -o .env --rotate DB_PASSWORD")
        .code(1)
        .stdout("")
        .stderr(refused.clone());
    assert_eq!(folder.read(".env"), edited);

    // The same when the key was emptied, unless nothing else stands in the value: the secret may be there alone.
    let password = folder.value("export DB_PASSWORD");
    for text in [&edited, &env] {
        let emptied = text.replace(&password, "");
        folder.write(".env", &emptied);
        folder.run(".env.example -o .env").code(1).stderr(error(
            "DB_PASSWORD has no value, but DATABASE_URL, which is made of it, has a value",
            "write DB_PASSWORD with its value, or empty DATABASE_URL to generate both",
        ));
        assert_eq!(folder.read(".env"), emptied);
    }
    folder.write(".env", &env.replace(password.trim_matches('\''), ""));
    folder.fill();
    let password = folder.value("export DB_PASSWORD");
    let url = format!("postgres://app:{}@db/app", password.trim_matches('\''));
    assert_eq!(folder.value("DATABASE_URL"), url);
}

#[test]
fn value_made_of_a_missing_key_is_not_renewed() {
    let folder = Folder::new(TEMPLATE);
    let before = "DATABASE_URL=postgres://app:by-hand@db/app\n";
    folder.write(".env", before);
    folder.run(".env.example -o .env").code(1).stderr(error(
        "DB_PASSWORD is missing, but DATABASE_URL, which is made of it, has a value",
        "write DB_PASSWORD with its value, or empty DATABASE_URL to generate both",
    ));
    assert_eq!(folder.read(".env"), before);
}

#[test]
fn only_a_generated_key_can_be_rotated() {
    let folder = Folder::new(TEMPLATE);
    let rotate = |key: &str, why: &str, hint: &str| {
        let message = format!("--rotate '{key}': {why}");
        let line = format!(".env.example -o .env --rotate {key}");
        folder
            .run(&line)
            .code(2)
            .stdout("")
            .stderr(error(&message, hint));
    };
    rotate(
        "SECRET_KEY",
        "the file does not exist yet",
        "leave --rotate out: the first run generates every value",
    );
    assert!(folder.names().is_empty());
    folder.fill();
    rotate(
        "SECRET",
        ".env has no such key",
        "a key that is missing is generated without --rotate",
    );
    rotate(
        "PORT",
        ".env.example has no placeholder for it",
        "write PORT={{ mksecret … }} there, or give -g PORT=…",
    );
    rotate(
        "DATABASE_URL",
        ".env.example makes it of other keys",
        "rotate a key that it refers to",
    );
}

#[test]
fn verbose_names_keys_and_bits_but_no_value() {
    let folder = Folder::new(TEMPLATE);
    let done = folder.run(".env.example -o .env -v").success().stdout("");
    let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert_eq!(
        stderr,
        "mksecret: SECRET_KEY: 16 bytes, 128.00 bits (hexadecimal)\n\
         mksecret: PORT: added as it is in the template\n\
         mksecret: DATABASE_URL: made of DB_PASSWORD\n\
         mksecret: DB_PASSWORD: 24 characters, 143.48 bits (safe: A-Za-z0-9-_., first a letter, \
         last a letter or digit, one of each class)\n"
    );
    folder
        .run(".env.example -o .env -v")
        .success()
        .stderr("mksecret: nothing is missing\n");
    folder.write(".env", "SECRET_KEY=x\nDB_PASSWORD=y\nDATABASE_URL=z\n");
    folder
        .run(".env.example -o .env -v")
        .success()
        .stderr("mksecret: PORT: added as it is in the template\n");
}

#[test]
fn check_of_a_missing_file_prints_every_key() {
    let folder = Folder::new("A=1\nB={{ mksecret hex 4 }}\nA=2\n");
    let run = |line: &str| folder.run(&format!(".env.example -o .env {line}"));
    run("--check").code(1).stdout("B\nA\n").stderr("");
    run("-v").success().stderr(
        "mksecret: B: 4 bytes, 32.00 bits (hexadecimal)\n\
         mksecret: A: added as it is in the template\n",
    );
    run("--check").success().stdout("");
}

#[test]
fn warning_of_weak_rules_names_the_key() {
    let folder =
        Folder::new("PIN='{{ mksecret password --rules \"required: digit; maxlength: 6\" }}'\n");
    folder.run(".env.example -o .env -v").success().stderr(
        "mksecret: PIN: 6 characters, 19.93 bits (0-9, at least 1 of `digit`)\n\
         mksecret: PIN: warning: the rules leave 19.93 bits, fewer than 64\n",
    );
}

#[test]
fn key_in_braces_is_no_value() {
    let folder = Folder::new("A={{ mksecret hex }}\nB=x{{ A }}\nX=1\n");
    folder.write(".env", "A={{ X }}\nB='{{ A }}'\nX=1\n");
    let env = folder.fill();
    let value = folder.value("A");
    assert_eq!(value.len(), 64);
    assert_eq!(env, format!("A={value}\nB=x{value}\nX=1\n"));
}

#[test]
fn placeholder_that_nothing_fills_in_is_an_error() {
    for (lines, at) in [
        ("X={{ mksecret hex 4 }}\n", "1:3"),
        ("X=1 {{ mksecret hex 4 }}\nX=2\n", "1:5"),
        ("X='{{ A }}'\n", "1:4"),
    ] {
        let folder = Folder::new("A={{ mksecret hex }}\n");
        folder.write(".env", lines);
        let message =
            format!(".env:{at}: the placeholder cannot be filled in: .env.example has none for X");
        folder.run(".env.example -o .env").code(2).stderr(error(
            &message,
            "give the key a value, or a placeholder in the template",
        ));
        assert_eq!(folder.read(".env"), lines);
    }
}
