//! What is understood as KEY=value, and what is not.

use super::{Folder, support::error};

/// What the program says about a file with these lines, which need not be filled in: place, message and hint.
fn refused(lines: &str, place: &str, message: &str, hint: &str) {
    let folder = Folder::new("A={{ mksecret hex }}\n");
    folder.write(".env", lines);
    let message = format!(".env:{place}: {message}");
    folder
        .run(".env.example -o .env")
        .code(2)
        .stdout("")
        .stderr(error(&message, hint));
    assert_eq!(folder.read(".env"), lines);
}

#[test]
fn lines_of_another_form_are_kept() {
    let folder = Folder::new("A={{ mksecret hex }}\n");
    for line in [
        "KEY",
        "KEY: value",
        "KEY = value",
        "KEY =value # why \\",
        "discovery.type=single-node",
        "my-key=value",
        "1KEY=value",
        "=value",
        "; a comment",
        "export KEY",
        "source other.env",
        "'KEY'=value",
        "ÄKEY=value",
        "[section]",
        "---",
        "# ends in a backslash \\",
        "K=\"a\" 'b';",
        "K='a'b # c",
        "K=1 # a comment \\",
    ] {
        let before = format!("# first\nX=1\n {line}\n\nY=2\n");
        folder.write(".env", &before);
        let after = folder.fill();
        assert!(after.starts_with(&before), "{line}: {after}");
        folder.write(".env", &format!("{line}\n"));
        let after = folder.fill();
        let added = after.strip_prefix(&format!("{line}\n")).unwrap();
        let added = match line.ends_with('\\') {
            true => added.strip_prefix('\n').unwrap(),
            false => added,
        };
        assert!(added.starts_with("A="), "{line}: {after}");
    }
}

#[test]
fn line_that_sets_an_asked_key_is_an_error() {
    let message = "readers disagree about whether A is set here";
    let other = "write KEY=value, or put a # before it";
    let invisible = "remove the invisible character before it: at the beginning of a file, it is a byte order mark";
    for (line, hint) in [
        ("A", "write KEY=value or export KEY=value, both in one line"),
        (
            "export A",
            "write KEY=value or export KEY=value, both in one line",
        ),
        (
            "A = x",
            "write KEY=value, with no blanks or quotes before the =",
        ),
        (
            "'A'=x",
            "write KEY=value, with no blanks or quotes before the =",
        ),
        (
            "export A += x",
            "write KEY=value, with no blanks or quotes before the =",
        ),
        (
            "A: x",
            "write KEY=value; a file of YAML has the ending .yaml",
        ),
        ("unset A", other),
        ("readonly A=x", other),
        ("declare -x A=x", other),
        ("export X A=x", other),
        ("if true; then A=x; fi", other),
        ("A[0]=x", other),
        ("\u{a0}A=x", invisible),
        ("export\u{a0}A=x", other),
        ("\u{a0}export A=x", invisible),
    ] {
        refused(&format!("X=1\n{line}\n"), "2:1", message, hint);
    }
}

#[test]
fn template_of_another_format_is_an_error() {
    let yaml = "write KEY=value; a file of YAML has the ending .yaml";
    for (line, hint) in [
        ("KEY: x", yaml),
        ("KEY: {{ mksecret hex }}", yaml),
        ("---", "remove it; a file of YAML has the ending .yaml"),
        (
            "[section]",
            "remove it; a file with [sections] has the ending .ini or .toml",
        ),
        ("<<<<<<< HEAD", "resolve the merge conflict first"),
        ("=======", "resolve the merge conflict first"),
        (
            "KEY {{ mksecret hex }}",
            "write KEY=value, or put a # before it",
        ),
    ] {
        Folder::new(&format!("A={{{{ mksecret hex }}}}\n{line}\n"))
            .run(".env.example")
            .code(2)
            .stdout("")
            .stderr(error(".env.example:2:1: this is not KEY=value", hint));
    }
    refused(
        "X=1\n>>>>>>> theirs\n",
        "2:1",
        "this is not KEY=value",
        "resolve the merge conflict first",
    );
}

#[test]
fn placeholder_behind_a_backslash_is_an_error() {
    let folder = Folder::new("A=x\\{{ mksecret hex }}\n");
    let message = ".env.example:1:4: readers disagree about \\ in the value of A";
    let hint = "leave out the \\, which they disagree about in all quotes";
    let done = folder.run(".env.example -o .env").code(2).stdout("");
    done.stderr(error(message, hint));
}

#[test]
fn value_whose_end_is_not_agreed_on_is_an_error() {
    let double = "put the whole value in double quotes";
    let single = "put the whole value in single quotes";
    let goes_on = "a shell goes on in the next line because of this";
    let end = "end it in its line, or put a # before the line";
    let continued = "some readers go on in the next line after a backslash";
    let remove = "remove it, or put the value in quotes";
    let escaped = "readers disagree about whether the value ends at this quote";
    let other = "put no backslash before it, or use the other quotes";
    for (line, column, message, hint) in [
        (
            "K='open",
            3,
            "the quote is not closed",
            "put the same quote after the value",
        ),
        (
            "K=\"open'",
            3,
            "the quote is not closed",
            "put the same quote after the value",
        ),
        ("NAME = \"a", 8, goes_on, end),
        ("NAME \\", 6, continued, remove),
        ("K=it's", 5, goes_on, double),
        ("K=a \"b", 5, goes_on, single),
        ("K=`date", 3, goes_on, single),
        ("K=\"`\"", 3, goes_on, single),
        ("K=C:\\dir\\", 9, continued, remove),
        ("K='it\\'s'", 7, escaped, other),
        ("K=\"dir\\\\\"", 9, escaped, other),
    ] {
        refused(
            &format!("X=1\n{line}\nY=2\n"),
            &format!("2:{column}"),
            message,
            hint,
        );
    }
}

#[test]
fn values_that_readers_see_differently_are_kept() {
    let folder = Folder::new("A={{ mksecret hex }}\n");
    let lines = "A=x\nB=a b c\nC= spaced\nD=a#b\nE=a;b&c|d\nF=$HOME\nG=\"$HOME \\n\"\nH=a'b'c\nI=# x\nJ= # y\n\
                 K=\"a\\\"b\" # z\nL=a\\ b\\\\\nM=`id`\nN={{ .x }}\nO='{{ key }}\n{'\n";
    folder.write(".env", lines);
    assert_eq!(folder.fill(), lines);
}

#[test]
fn emptiness_that_is_not_agreed_on_is_an_error() {
    for value in [
        "#comment",
        "``",
        " 2",
        "\t'x'",
        "\u{a0}",
        "\u{feff}\u{2003}",
        ";x",
        "&x",
        ">x",
        "\"\" x",
        "''x",
    ] {
        refused(
            &format!("A={value}\n"),
            "1:3",
            "readers disagree about whether A is empty here",
            "remove what follows the =, or put the value in quotes right behind it",
        );
    }
}

#[test]
fn character_that_may_end_a_line_is_an_error() {
    for char in ["\r", "\0", "\u{b}", "\u{85}", "\u{2028}"] {
        refused(
            &format!("A=1\n# ü{char}B=2\n"),
            "2:4",
            "readers disagree about whether a line ends at this character",
            "remove the control character",
        );
    }
}

#[test]
fn what_follows_a_quote_of_several_lines_is_an_error() {
    refused(
        "X=1\nK='a\nb'c\n",
        "3:3",
        "something follows the closing quote",
        "put the whole value in single quotes",
    );
}

#[test]
fn file_that_is_not_utf8_is_an_error() {
    let folder = Folder::new("A={{ mksecret hex }}\n");
    std::fs::write(folder.path(".env"), b"A=1\nB=\xff\n").unwrap();
    folder.run(".env.example -o .env").code(2).stderr(error(
        ".env:2:3: this is not UTF-8",
        "save the file as UTF-8",
    ));
}

#[test]
fn value_with_a_placeholder_is_agreed_on() {
    for (line, column, char) in [
        ("A=a b {{ mksecret hex }}", 4, "the space"),
        ("A={{ mksecret hex }}&x", 21, "&"),
        ("A=$X{{ mksecret hex }}", 3, "$"),
        ("A=a#{{ mksecret hex }}", 4, "#"),
        ("A=ä\"{{ mksecret hex }}\"", 4, "\""),
        ("A=\"$X{{ mksecret hex }}\"", 4, "$"),
        ("A='{{ mksecret hex }}\\x'", 22, "\\"),
    ] {
        let message =
            format!(".env.example:2:{column}: readers disagree about {char} in the value of A");
        let hint = match char {
            "$" => {
                "write {{ KEY }} for ${KEY}, and no other $, which they disagree about in all quotes"
            }
            "\\" => "leave out the \\, which they disagree about in all quotes",
            _ => "put the value in single quotes",
        };
        Folder::new(&format!("# ü\n{line}\n"))
            .run(".env.example")
            .code(2)
            .stderr(error(&message, hint));
    }
    Folder::new("A= '{{ mksecret hex }}'")
        .run(".env.example")
        .code(2)
        .stderr(error(
            ".env.example:1:3: readers disagree about the space in the value of A",
            "remove it: the value begins right behind the =",
        ));
    Folder::new("A='{{ x y }} {{ mksecret hex }}'")
        .run(".env.example")
        .code(2)
        .stderr(error(
            ".env.example:1:3: a value with a placeholder can have no other {{",
            "put one of them into a key of its own",
        ));
}

#[test]
fn key_in_a_line_of_another_form_is_an_error() {
    let odd = "write KEY=value, with no blanks or quotes before the =";
    let other = "write KEY=value, or put a # before it";
    for (line, hint) in [
        ("URL = http://u:{{ A }}@h", odd),
        ("a.b={{ A }}", other),
        ("my-key='{{ A | url }}'", other),
        ("note {{ X }}", other),
    ] {
        let folder = Folder::new(&format!("A={{{{ mksecret hex }}}}\nX=1\n{line}\n"));
        folder
            .run(".env.example -o .env")
            .code(2)
            .stdout("")
            .stderr(error(".env.example:3:1: this is not KEY=value", hint));
        assert!(folder.names().is_empty());
    }
    // Of another program.
    let line = "my-key={{ .Values.x }}\n";
    let env = Folder::new(&format!("{line}A={{{{ mksecret hex }}}}\n")).fill();
    assert!(env.starts_with(line), "{env}");
}

#[test]
fn added_line_cannot_reach_into_the_next() {
    let folder = Folder::new("A=1 # \\\nB={{ mksecret hex }}\nX=1\n");
    folder.write(".env", "B=x\nC=1\n");
    folder.run(".env.example -o .env").code(2).stderr(error(
        ".env.example:1:7: the comment behind A would go on in the line below",
        "remove the backslash at its end",
    ));
    refused(
        "K='a' 'b #c' \\\n",
        "1:14",
        "some readers go on in the next line after a backslash",
        "remove it, or put the value in quotes",
    );
}

#[test]
fn key_set_behind_a_value_is_an_error() {
    let message = "readers disagree about whether A is set here";
    let hint = "write each KEY=value on a line of its own, or put the value in quotes";
    for line in [
        "export X=1 A=old",
        "X=1 A=old # why",
        "X=1;A+=old",
        "X='1' A=old",
        "X= 'A'=old",
        "export X=1 \"A=old\"",
        "X=1; unset A",
        "X=$((A=1))",
        "X=\"$((A=1))\"",
        "X=$[A=1]",
        "X=`A=1`",
        "X=(A)",
    ] {
        let column = line.find('=').unwrap() + 2;
        refused(&format!("{line}\n"), &format!("1:{column}"), message, hint);
    }
    let folder = Folder::new("A={{ mksecret hex }}\n");
    let lines = "A=x A\nB='1 A=x'\nC=1 BA=x A-x a.A\nD=1 # A=x\nE=x?A=y\nF==A=x\nG=see ${A} $A\nH=\"see A\"\n";
    folder.write(".env", lines);
    assert_eq!(folder.fill(), lines);
}

#[test]
fn line_that_a_shell_does_not_end_is_an_error() {
    let message = "a shell goes on in the next line because of this";
    let single = "put the whole value in single quotes";
    let end = "end it in its line, or put a # before the line";
    for (line, column, hint) in [
        ("K=(1", 3, single),
        ("K=$(echo", 3, single),
        ("K=a${B", 4, single),
        ("K=\"$(echo", 3, "put the same quote after the value"),
        ("K=\"$(echo \"", 3, single),
        ("K=<<END", 3, single),
        ("K=1 |", 5, single),
        ("K=1 &&", 6, single),
        ("K=1; if true", 6, single),
        ("if true; then", 1, end),
        ("for a in b", 1, end),
        ("while a; do", 1, end),
        ("f()", 3, end),
        ("K=;if a", 4, single),
        ("K=$(#)", 3, single),
        ("f()#a", 3, end),
        ("f() {", 5, end),
        ("function f {", 1, end),
        ("case x in a) b;;", 1, end),
        ("{ a; (b", 1, end),
    ] {
        let message = match hint {
            "put the same quote after the value" => "the quote is not closed",
            _ => message,
        };
        refused(
            &format!("X=1\n{line}\n"),
            &format!("2:{column}"),
            message,
            hint,
        );
    }
    let folder = Folder::new("A={{ mksecret hex }}\n");
    let lines = "A=x\nB=(1 2)\nC=$(echo \"a\" ')')\nD=\"$(echo \"a\")\"\nE=\"${F:-it's}\"\nG=<x>\nH=<<your key>>\n\
                 I=$((1<<2))\nP=1;#it's\nJ=<<<x\nif a; then b; fi\nfor a in b; do c; done\nf() { a; }\ncase x in a) b;; esac\n\
                 K=do if {\nL=a & # b |\nM={\n}\nN=if (a) && { b; }\n";
    folder.write(".env", lines);
    assert_eq!(folder.fill(), lines);
}

#[test]
fn key_behind_a_byte_order_mark_is_an_error() {
    let message = "readers disagree about whether A is set here";
    let hint = "remove the invisible character before it: at the beginning of a file, it is a byte order mark";
    for lines in [
        "\u{feff}A=x\n",
        "\u{feff}A=\n",
        "\u{feff} export A=x\nA=x\n",
    ] {
        refused(lines, "1:1", message, hint);
    }
    let folder = Folder::new("\u{feff}A=\nB=\n");
    folder
        .run(".env.example -g A=hex")
        .code(2)
        .stderr(error(&format!(".env.example:1:1: {message}"), hint));
    Folder::new("\u{feff}A={{ mksecret hex }}\n")
        .run(".env.example")
        .code(2)
        .stderr(error(".env.example:1:1: this is not KEY=value", hint));
    // Nobody asks for what stands behind it.
    let folder = Folder::new("A={{ mksecret hex 4 }}\n");
    for lines in [
        "\u{feff}# A=\nA=x\n",
        "\u{feff}\r\nA=x\r\n",
        "\u{feff}B=1\nA=x\n",
    ] {
        folder.write(".env", lines);
        assert_eq!(folder.fill(), lines);
    }
}

#[test]
fn return_at_the_end_of_each_line_stays() {
    let folder = Folder::new("A={{ mksecret hex 4 }}\nB={{ mksecret hex 4 }}\n");
    for (before, after) in [
        ("A=\r\nC=1\r\n", "A=V\r\nC=1\r\nB=V\r\n"),
        // Shells read the others of such a file.
        ("A=\r\nC=1\n", "A=V\nC=1\nB=V\n"),
        ("C=1\r\nA= # x\r\nD=1\n", "C=1\r\n# x\nA=V\nD=1\nB=V\n"),
    ] {
        folder.write(".env", before);
        let text = folder.fill();
        let [a, b] = ["A", "B"].map(|key| folder.value(key).trim_end().to_owned());
        assert_eq!(text.replace(&a, "V").replace(&b, "V"), after);
        assert_eq!(folder.fill(), text);
    }
}
