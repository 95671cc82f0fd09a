//! Keys that are made by `-g`, in files that someone else wrote, or in none.

use assert_cmd::assert::Assert;
use predicates::{prelude::*, str::contains};

use super::{
    Folder,
    support::{Printed, error},
};

/// Runs `fill` with the words of `line` and with options `-g`.
fn run(folder: &Folder, line: &str, options: &[&str]) -> Assert {
    let mut command = folder.command(line);
    for option in options {
        command.args(["-g", option]);
    }
    command.assert()
}

fn done(folder: &Folder, line: &str, options: &[&str]) -> String {
    run(folder, line, options).success().stdout("").stderr("");
    folder.read(".env")
}

#[test]
fn example_of_the_template_is_replaced() {
    let example = "# Signs\nSECRET=changeme\nDEBUG=1 # keep\nexport DB_PASSWORD=\"pass\" # change it\n\
                   URL=postgres://app:pass@db/app\n#OLD=1\n";
    let options = [
        "SECRET=hex 4",
        "URL='postgres://app:{{ DB_PASSWORD | url }}@db/app'",
        "OLD=choice a b",
    ];
    // Into a new file, a copy, one with other quotes and one that lacks some.
    for before in [
        None,
        Some(example.to_owned()),
        Some(example.replace("changeme", "'changeme'")),
        Some("SECRET=changeme\nDEBUG=1 # keep\nDB_PASSWORD=\nURL=\n#OLD=1\n".into()),
    ] {
        let folder = Folder::new(example);
        before
            .iter()
            .for_each(|before| folder.write(".env", before));
        let options = [options[0], "DB_PASSWORD=hex 5", options[1], options[2]];
        let env = done(&folder, ".env.example -o .env", &options);
        let value = folder.value("SECRET");
        assert_eq!(value.len(), 8);
        assert!(env.contains("\nDEBUG=1 # keep\n"), "{env}");
        let old = env.split("#OLD=1\nOLD=").nth(1).unwrap();
        assert!(["a\n", "b\n"].contains(&old), "{env}");
        assert_eq!(
            env.contains("# change it\nexport DB_PASSWORD="),
            env.contains("export")
        );
        let password = env
            .split("DB_PASSWORD=")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap();
        assert!(
            env.contains(&format!("URL='postgres://app:{password}@db/app'\n")),
            "{env}"
        );
        let identity = folder.identity();
        assert_eq!(done(&folder, ".env.example -o .env", &options), env);
        assert_eq!(folder.identity(), identity);
    }
}

#[test]
fn value_is_quoted_where_it_has_to_be() {
    let folder = Folder::new("");
    let text = done(
        &folder,
        "-o .env",
        &[
            "A=hex 2",
            "B=password --for full --exclude \"'\\\\\\${\"",
            "C='x{{ A }}'",
            "D=password --for full | base64",
            "E=choice =ls =cat",
        ],
    );
    let lines: Vec<&str> = text.lines().collect();
    let a = lines[0].strip_prefix("A=").unwrap();
    assert_eq!(lines[2], format!("C='x{a}'"));
    assert_eq!(lines[3].len(), "D=".len() + 32);
    assert!(lines[1].starts_with("B='") && lines[1].ends_with('\'') && lines[1].len() == 28);
    assert!(["E='=ls'", "E='=cat'"].contains(&lines[4]), "{}", lines[4]);
    assert_eq!(done(&folder, "-o .env", &["A=hex 2"]), text);
    // A text gets quotes as well, unless it has some.
    for (option, start) in [
        (
            "F=mongodb://h/d?w=1&p={{ mksecret hex 2 }}",
            "F='mongodb://h/d?w=1&p=",
        ),
        ("F=a # {{ mksecret hex 2 }}", "F='a # "),
        (
            "F=a {{ mksecret passphrase -w 2 -s '!' | base64 }} b",
            "F='a ",
        ),
        (
            "F={{ mksecret password --for full --exclude \"'\\\\\\${\" }}x",
            "F='",
        ),
        ("F=\"a&b{{ mksecret hex 2 }}\"", "F=\"a&b"),
        ("F=x{{ mksecret hex 2 }}", "F=x"),
        ("F=it's {{ mksecret hex 2 }}", "F=\"it's "),
    ] {
        let folder = Folder::new("");
        let text = done(&folder, "-o .env", &[option]);
        assert!(
            text.starts_with(start) && text.len() > start.len() + 4,
            "{text}"
        );
    }
    // Without FILE, the keys alone in the order given, and no standard input.
    let mut command = folder.command("-g Z=hex -g A=hex");
    let printed = command.write_stdin("ignored=1\n").printed();
    let keys: Vec<&str> = printed.lines().map(|line| &line[..2]).collect();
    assert_eq!(keys, ["Z=", "A="]);
}

#[test]
fn existing_value_is_kept() {
    let folder = Folder::new("A=changeme\nB=changeme\n");
    folder.write(".env", "A=own\nB=changeme\nA=own\n");
    let text = done(&folder, ".env.example -o .env", &["A=hex 2", "B=hex 2"]);
    assert_eq!(text, format!("A=own\nB={}\nA=own\n", folder.value("B")));
    // A template that is the file holds no examples.
    for line in [".env -o .env", "- -o .env", "./.env -o .env"] {
        folder.write(".env", "A=example\nB=\n");
        let run = || {
            let mut command = std::process::Command::new(super::support::program());
            command.arg("fill").args(line.split(' '));
            command.args(["-g", "A=hex", "-g", "B=hex 2"]);
            let stdin = std::fs::File::open(folder.path(".env")).unwrap();
            let mut child = command.current_dir(folder.path(".")).stdin(stdin).spawn();
            assert!(child.as_mut().unwrap().wait().unwrap().success());
            folder.read(".env")
        };
        let text = run();
        assert_eq!(text, format!("A=example\nB={}\n", folder.value("B")));
        let identity = folder.identity();
        assert_eq!(run(), text);
        assert_eq!(folder.identity(), identity);
    }
}

#[test]
fn each_line_of_a_key_gets_the_same_value() {
    let folder = Folder::new("");
    folder.write(".env", "A=\nB=1\nexport A=''\n");
    let text = done(&folder, "-o .env", &["A=hex 4"]);
    let value = folder.value("export A");
    assert_eq!(text, format!("A={value}\nB=1\nexport A={value}\n"));
    run(&folder, "-o .env --rotate A", &["A=hex 4"]).success();
    let new = folder.value("export A");
    assert_ne!(new, value);
    assert_eq!(
        folder.read(".env"),
        format!("A={new}\nB=1\nexport A={new}\n")
    );
}

#[test]
fn missing_key_goes_below_its_comment() {
    let folder = Folder::new("# Signs\nKEY=x\nNEW=1\n");
    folder.write(
        ".env",
        "#KEY=old\n# export KEY=b\nTEXT='\n# KEY=no\n'\n# KEY=c \\\n\n#  Some\n",
    );
    let text = done(&folder, ".env.example -o .env", &["KEY=hex 2"]);
    let value = folder.value("KEY");
    assert_eq!(
        text,
        format!(
            "#KEY=old\n# export KEY=b\nKEY={value}\nTEXT='\n# KEY=no\n'\n# KEY=c \\\n\n#  Some\nNEW=1\n"
        )
    );
    for (before, after) in [
        ("export X=1\n# KEY=", "export X=1\n# KEY=\nexport KEY=V\n"),
        (
            "export X=1\r\n# KEY=\r\n#",
            "export X=1\r\n# KEY=\r\nexport KEY=V\r\n#",
        ),
        ("X=1\n# KEY: x", "X=1\n# KEY: x\nKEY=V\n"),
        ("X=1\n# x \\", "X=1\n# x \\\n\nKEY=V\n"),
        ("", "KEY=V\n"),
        ("\u{feff}", "\u{feff}KEY=V\n"),
    ] {
        folder.write(".env", before);
        let text = done(&folder, "-o .env", &["KEY=hex 2"]);
        let value = text
            .rsplit("KEY=")
            .next()
            .unwrap()
            .trim_end_matches(['\n', '\r', '#']);
        assert_eq!(text, after.replace('V', value), "{before:?}");
    }
}

#[test]
fn comment_behind_a_value_goes_above_it() {
    let folder = Folder::new("");
    for (before, after) in [
        ("KEY=     # how to make it\n", "# how to make it\nKEY=V\n"),
        ("KEY=# how\n", "# how\nKEY=V\n"),
        (
            "  export KEY='' #how\r\nB=1",
            "# how\r\n  export KEY=V\r\nB=1",
        ),
        ("KEY=\"\"\t# how", "# how\nKEY=V"),
        ("KEY=  \t \nB=1 # b\n", "KEY=V\nB=1 # b\n"),
    ] {
        folder.write(".env", before);
        let text = done(&folder, "-o .env", &["KEY=hex 2"]);
        let value = &text.split("KEY=").nth(1).unwrap()[..4];
        assert_eq!(text, after.replace('V', value), "{before:?}");
    }
    folder.write(".env", "KEY= # how \\\n");
    run(&folder, "-o .env", &["KEY=hex 2"])
        .code(2)
        .stderr(error(
            ".env:1:12: the comment behind KEY would go on in the line below",
            "remove the backslash at its end",
        ));
    for line in ["# how \\", "FOO:", "export FOO.a: "] {
        folder.write(".env", &format!("{line}\nKEY=\n"));
        run(&folder, "-o .env", &["KEY=hex 2"])
            .code(2)
            .stderr(error(
                ".env:2:1: to some readers, the line above goes on in the line of KEY",
                "remove the backslash or colon at its end",
            ));
    }
    folder.write(".env", "FOO:\n");
    run(&folder, "-o .env", &["KEY=hex 2"]).success();
    assert!(folder.read(".env").starts_with("FOO:\n\nKEY="));
}

#[test]
fn option_without_a_secret_is_an_error_that_hides_it() {
    let folder = Folder::new("");
    for option in [
        "PW=hunter2",
        "PW=hex hunter2",
        "PW=choice hunter2",
        "PW=choice hunter2 'x",
        "PW=password --exclude hunter2 --bogus",
        "PW=hex | hunter2",
        "PW=hex }} hunter2",
        "PW={{ hunter2 }}",
        "PW={{ hunter2 | url }}x",
        "PW='hunter2 {{ mksecret hex",
        "PW={{ mksecret hunter2 }}",
        "PW={{ mksceret hex }} hunter2",
        "PW=$hunter2{{ mksecret hex }}",
        "PW={{ .hunter2 }}",
        "PW=hunter2\n",
        "PW=choice 'hunter2$' '$'",
        "PW=bytes hunter2",
        "PW=password --hunter2hunter2",
        "PW=hex 3232 3232hunter2",
        "PW=",
        "PW",
        "=hunter2",
        "hunter2=",
        "1PW=hunter2",
        "P-W=hunter2",
        "DEBUG=false",
    ] {
        let done = run(&folder, "-o .env", &[option]).code(2).stdout("");
        let shown = contains("hunter2").or(contains("false"));
        let is_named = contains("-g").and(contains("mksecret: hint: "));
        match option {
            // Here it is the name of a key.
            "hunter2=" => done,
            _ => done.stderr(shown.not().and(is_named)),
        };
    }
    for option in ["A=hex 12_345_678", "A=password -l 12345678bits"] {
        let done = run(&folder, "-o .env", &[option]).code(2);
        done.stderr(contains("12345678").not());
    }
    let twice = run(&folder, "-o .env", &["A=hex", "A=hex"]).code(2);
    twice.stderr(error("-g A: it is given twice", "leave out one of them"));
    assert!(folder.names().is_empty());
}

#[test]
fn other_kinds_of_files_take_no_options() {
    let folder = Folder::new("A=\n");
    for name in ["a.yaml", "a.json", "settings.py", "a.toml.in", "env.sh"] {
        folder.write(name, "a: b\n");
        for line in [name.to_owned(), format!(".env.example -o {name}")] {
            run(&folder, &line, &["A=hex"])
                .code(2)
                .stdout("")
                .stderr(error(
                    &format!("-g is for KEY=value files, and {name} is none by its name"),
                    "write {{ mksecret hex 32 }} into the template; or say --env",
                ));
        }
    }
    // It says so of any other.
    folder.write("app.conf", "A=\nB={{ A }}\n");
    run(&folder, "-o app.conf", &["A=hex 2"]).success();
    assert_eq!(folder.read("app.conf").len(), "A=1234\nB={{ A }}\n".len());
    folder.write("env.sh", "export A=\n");
    run(&folder, "-o env.sh --env", &["A=hex 2"]).success();
    assert_eq!(folder.read("env.sh").len(), "export A=1234\n".len());
    for option in ["--force", "--keep"] {
        run(&folder, &format!("-o .env {option}"), &["A=hex"]).code(2);
    }
}

#[test]
fn key_that_is_spelt_otherwise_is_an_error() {
    let folder = Folder::new("SECRET_KEY=x\n# OTHER_KEY=\n");
    for (key, like) in [
        ("SECRETKEY", "SECRET_KEY"),
        ("secret_key", "SECRET_KEY"),
        ("OtherKey", "OTHER_KEY"),
    ] {
        let option = format!("{key}=hex");
        run(&folder, ".env.example", &[&option])
            .code(2)
            .stderr(error(
                &format!("-g {key}: there is no such key, but {like}"),
                &format!("write -g {like}=…"),
            ));
    }
    run(&folder, ".env.example", &["SECRET=hex"]).success();
}

#[test]
fn key_named_in_a_url_has_to_survive_there() {
    let message = |place: &str| {
        format!("{place}: S: in a URL, not every character of its value would survive")
    };
    let hint = "make S of hex, urlsafe or password; or write {{ S | url }} there instead";
    for (value, column) in [
        ("postgres://u:${S}@h/db", 16),
        ("postgres://u:$S@h", 16),
        ("\"x y://${S:-z}\"", 10),
    ] {
        let folder = Folder::new(&format!("S={{{{ mksecret base64 32 }}}}\nU={value}\n"));
        let place = format!(".env.example:2:{column}");
        folder
            .run(".env.example")
            .code(2)
            .stderr(error(&message(&place), hint));
        let folder = Folder::new("");
        folder.write(".env", &format!("S=\nU={value}\n"));
        let place = format!(".env:2:{column}");
        run(&folder, "-o .env", &["S=base64"])
            .code(2)
            .stderr(error(&message(&place), hint));
        run(&folder, "-o .env", &["S=password"]).success();
    }
    let folder = Folder::new("");
    folder.write(".env", "S=\nU='x:/ /$S'\nV=$S://\nW=x://$SX\nX=y:$S/\n");
    run(&folder, "-o .env", &["S=base64"]).success();
    // Through other keys, in quotes that not every reader minds, and behind what may be empty.
    for (lines, place) in [
        ("P=${S}\nQ='a$P'\nU=x://u:${Q}@h\n", "4:9"),
        ("U=x://u:${Q}@h\nQ=$P\nP=${S}\n", "2:9"),
        ("B=x://u:\nC=\"a $B\"\nU=${C}${S}@h\n", "4:7"),
        ("U='redis://:${S}@h'\n", "2:13"),
        ("U=x:${X}//$S@h\n", "2:11"),
        ("U=x${X}:/${Y}/${Z}$S@h\n", "2:19"),
        ("my.url=x://u:${S}@h\n", "2:14"),
        ("U = x://$S\n", "2:9"),
        ("P=${P}$S\nU=x://${P}\n", "3:7"),
    ] {
        folder.write(".env", &format!("S=\n{lines}"));
        run(&folder, "-o .env", &["S=base64"])
            .code(2)
            .stdout("")
            .stderr(error(&message(&format!(".env:{place}")), hint));
    }
    folder.write(
        ".env",
        "S=\nB='x://u '\nU=${B}$S\nP=$S\nQ=x:$P\nR=x:$Q:$R\n",
    );
    run(&folder, "-o .env", &["S=base64"]).success();
}

#[test]
fn braces_of_another_language_stay_in_others_files() {
    let text = "A={{ my_secret }}\nB='{{ name | upper }}'\nC={{ x.y }}\nD=\n";
    let folder = Folder::new(text);
    let env = done(
        &folder,
        ".env.example -o .env",
        &["D=pattern '[a-z]{4}-[0-9]{2}'"],
    );
    let value = folder.value("D");
    assert_eq!(env, text.replace("D=", &format!("D={value}")));
    assert_eq!(value.len(), 7);
    folder.write(".env.example", "A={{ MISSING }}\nD=\n");
    run(&folder, ".env.example", &["D=hex"]).code(2).stdout("");
}

#[test]
fn value_of_an_example_is_not_kept() {
    let rotate = "--rotate S generates one; so does the example's name, as in `mksecret fill .env.example -o .env`";
    for value in [
        "changeme",
        "'your-secret-key'",
        "<secret>",
        "$(openssl rand -hex 32)",
        "xxxxxxxx",
        "********",
    ] {
        let folder = Folder::new("S={{ mksecret urlsafe }}\nU='{{ S }}@h'\n");
        let lines = format!("S={value}\n");
        folder.write(".env", &lines);
        let message = ".env:1:3: the value of S is an example's";
        for line in ["-o .env", "-o .env --check"] {
            run(&folder, line, &["S=urlsafe"])
                .code(2)
                .stdout("")
                .stderr(error(message, rotate));
        }
        folder
            .run(".env.example -o .env")
            .code(2)
            .stderr(error(message, "--rotate S generates one"));
        assert_eq!(folder.read(".env"), lines);
        run(&folder, "-o .env --rotate S", &["S=urlsafe"]).success();
        run(&folder, "-o .env", &["S=urlsafe"]).success();
        assert_eq!(folder.read(".env").len(), "S=\n".len() + 43);
        folder.write(".env", "S=own\nU=changeme\n");
        folder.run(".env.example -o .env").code(2).stderr(error(
            ".env:2:3: the value of U is an example's",
            "empty U to have it made",
        ));
    }
    // What could have been generated is a value.
    let folder = Folder::new("");
    folder.write(".env", "S=your-own\nT=replace-it\nU=xxxx\nV=replace-9\n");
    let options = [
        "S=password -l 8",
        "T=passphrase -w 2",
        "U=choice xxxx <b>",
        "V=replace-{{ mksecret below 10 }}",
    ];
    run(&folder, "-o .env", &options).success();
    run(&folder, "-o .env", &["S=password -l 9"]).code(2);
}

#[test]
fn option_that_is_nearly_a_command_has_its_rule() {
    let folder = Folder::new("");
    for (how, message, hint) in [
        (
            "choice 1-6",
            "the only item, '1-6', reads as a range of integers",
            "--range 1-6",
        ),
        (
            "password -l 3",
            "the minimum counts add up to 4 characters, but the length is 3",
            "-l 4",
        ),
        ("hex --length 32", "unexpected argument '--length'", "-l 32"),
        (
            "openssl rand -hex 32",
            "other programs are not run",
            "hex 32, password, uuid",
        ),
        ("hex my-secret", "N '…'", "hex --help"),
        (
            "password --for my-secret",
            "--for '…': unknown value",
            "safe, alnum, full, pin",
        ),
        (
            "password --for full",
            "in single quotes, not every character",
            "leave out ' \\ $ { with",
        ),
        (
            "{{ mksecret hex 0 }}",
            "N '0': it must be 1 or more",
            "hex --help",
        ),
        (
            "$X{{ mksecret hex }}",
            "readers disagree about the value of A",
            "write {{ KEY }} for ${KEY}",
        ),
        ("my-secret", "HOW is no command line", "-g A='hex 32'"),
    ] {
        let option = format!("A={how}");
        let shown = contains(format!("-g A: {message}")).and(contains(hint));
        run(&folder, "-o .env", &[&option])
            .code(2)
            .stdout("")
            .stderr(shown.and(contains("my-secret").not()));
    }
}

#[test]
fn other_ways_to_name_a_key_are_answered_with_it() {
    let folder = Folder::new("A=\n");
    let made = "-g API_KEY=HOW makes a key, as in -g API_KEY='hex 32'; --rotate API_KEY renews one";
    for option in [
        "--key API_KEY",
        "--kv API_KEY=hunter2",
        "--set=API_KEY=hunter2",
        "-k API_KEY",
        "-e API_KEY=hunter2",
        "--secret API_KEY",
        "-s API_KEY",
        "--add API_KEY",
        "API_KEY=hunter2",
    ] {
        let line = format!(".env.example -o .env {option}");
        let hint = contains(format!("mksecret: hint: {made}\n"));
        folder.run(&line).code(2).stdout("").stderr(hint);
    }
    let hint = "write -g API_KEY='hex 32', or -g API_KEY=password";
    run(&folder, "-o .env", &["API_KEY"])
        .code(2)
        .stderr(error("-g needs KEY=HOW", hint));
}
