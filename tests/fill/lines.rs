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
fn other_lines_than_key_value_are_errors() {
    for (line, column) in [
        ("KEY", 4),
        ("KEY: value", 4),
        ("KEY =value", 4),
        ("KEY.x=value", 4),
        ("my-key=value", 3),
        ("1KEY=value", 1),
        ("=value", 1),
        ("; a comment", 1),
        ("export KEY", 11),
        ("source other.env", 7),
        ("'KEY'=value", 1),
        ("ÄKEY=value", 1),
    ] {
        refused(
            &format!("# first\nX=1\n {line}\n"),
            &format!("3:{}", column + 1),
            "this is not KEY=value",
            "a key is letters, digits and _, and no space stands before the =",
        );
    }
}

#[test]
fn placeholder_behind_a_backslash_is_an_error() {
    let folder = Folder::new("A=x\\{{ mksecret hex }}\n");
    let message = ".env.example:1:4: readers disagree about \\ in the value of A";
    let hint = "put the value in single quotes, where they disagree about \\ and $ alone";
    let done = folder.run(".env.example -o .env").code(2).stdout("");
    done.stderr(error(message, hint));
}

#[test]
fn value_whose_end_is_not_agreed_on_is_an_error() {
    let whole = "put the whole value in quotes";
    let single = "put the whole value in single quotes";
    let goes_on = "a shell goes on in the next line, since this quote is not closed";
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
        ("K='a'b", 6, "something follows the closing quote", single),
        ("K='a'#b", 6, "something follows the closing quote", single),
        (
            "K=\"a\" 'b'",
            6,
            "something follows the closing quote",
            single,
        ),
        ("K=it's", 5, goes_on, whole),
        ("K=a \"b", 5, goes_on, whole),
        ("K=`date", 3, goes_on, whole),
        (
            "K=\"`\"",
            3,
            "a shell goes on after the quote, since a ` is not closed",
            single,
        ),
        ("K=C:\\dir\\", 9, continued, remove),
        ("K=1 # comment \\", 15, continued, remove),
        ("# comment \\", 11, continued, remove),
        ("K='it\\'s'", 7, escaped, other),
        ("K=\"dir\\\\\"", 9, escaped, other),
    ] {
        let hint = if hint.is_empty() { whole } else { hint };
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
    for value in [" # comment", "# comment", "#", "``"] {
        refused(
            &format!("A={value}\n"),
            "1:3",
            "readers disagree about whether A is empty here",
            "remove what follows the =, or put the value in quotes",
        );
    }
}

#[test]
fn character_that_may_end_a_line_is_an_error() {
    for (char, name) in [
        ("\r", "\\u{d}"),
        ("\0", "\\u{0}"),
        ("\u{b}", "\\u{b}"),
        ("\u{85}", "\\u{85}"),
        ("\u{2028}", "\\u{2028}"),
    ] {
        let message = format!("readers disagree about the character {name}");
        refused(
            &format!("A=1\n# ü{char}B=2\n"),
            "2:4",
            &message,
            "remove it",
        );
    }
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
    let hint = "put the value in single quotes, where they disagree about \\ and $ alone";
    for (line, column, char) in [
        ("A= {{ mksecret hex }}", 3, "the space"),
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
        Folder::new(&format!("# ü\n{line}\n"))
            .run(".env.example")
            .code(2)
            .stderr(error(&message, hint));
    }
    Folder::new("A='{{ x y }} {{ mksecret hex }}'")
        .run(".env.example")
        .code(2)
        .stderr(error(
            ".env.example:1:3: a value with a placeholder can have no other {{",
            "put one of them into a key of its own",
        ));
}
