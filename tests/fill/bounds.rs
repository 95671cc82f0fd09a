//! Time and memory for a whole template.

use std::fmt::Write;

use super::{Folder, support::error};

#[test]
fn policies_of_a_template_are_counted_together() {
    let mut template = String::new();
    for number in 0..160 {
        let policy = format!(
            "password -l 100 --upper 9 --lower 9 --digit 9 --symbols '#-{}'",
            'a'
        );
        let _ = policy;
        writeln!(
            template,
            "K{number}={{{{ mksecret password -l {} --upper 9 --lower 9 --digit 9 }}}}",
            100 + number
        )
        .unwrap();
    }
    let folder = Folder::new(&template);
    let done = folder.run(".env.example -o .env").code(2).stdout("");
    let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    let message = "it would take too long to count what all placeholders could be";
    assert!(stderr.contains(message), "{stderr}");
    // The same line again is counted once.
    let line = template.lines().next().unwrap();
    let (_, placeholder) = line.split_once('=').unwrap();
    let same = (0..160).fold(String::new(), |text, key| {
        text + &format!("K{key}={placeholder}\n")
    });
    Folder::new(&same).run(".env.example").success();
}

#[test]
fn long_value_that_is_referred_to_often_is_an_error() {
    let mut template = format!("A='{}'\n", "ab1_".repeat(15_000));
    for number in 0..2_000 {
        writeln!(template, "K{number}=x{{{{ A }}}}").unwrap();
    }
    let folder = Folder::new(&template);
    folder
        .run(".env.example")
        .code(2)
        .stdout("")
        .stderr("mksecret: error: the result would be larger than 4 MiB\n");
}

#[test]
fn value_compared_too_long_counts_as_edited() {
    let keys: String = (0..2_000).fold(String::new(), |text, key| {
        text + &format!("{{{{ K{key} }}}}")
    });
    let mut template = format!("A={keys}\n");
    for number in 0..2_000 {
        writeln!(template, "K{number}={{{{ mksecret hex }}}}").unwrap();
    }
    let folder = Folder::new(&template);
    let mut env = format!("A={}\n", "0".repeat(750_000));
    for number in 0..2_000 {
        writeln!(env, "K{number}=").unwrap();
    }
    folder.write(".env", &env);
    folder.run(".env.example -o .env").code(1).stderr(error(
        "K1999 has no value, but A, which is made of it, has a value",
        "write K1999 with its value, or empty A to generate both",
    ));
}

#[test]
fn files_of_many_short_lines_are_read_in_time() {
    // Braces, keys and placeholders that are as short as they can be.
    for (line, code) in [
        ("{{", 2),
        ("A=\n", 2),
        ("{{A}}", 2),
        ("#A=\n", 0),
        ("A={{", 2),
        ("{{a|", 2),
    ] {
        let most = 2 << 20;
        let body = line.repeat(most / line.len());
        let folder = Folder::new("");
        folder.write(
            "a.env",
            &format!(
                "B={{{{ mksecret hex }}}}\n{}{body}\n",
                if line.starts_with('{') { "C=" } else { "" }
            ),
        );
        folder.run("a.env").code(code);
    }
}

#[test]
fn lines_of_many_signs_are_read_in_time() {
    for (open, inside) in [("${", "'"), ("$(", "if "), ("\"${", "A ")] {
        let most = 1 << 20;
        let line = format!("A={}{}", open.repeat(most / 2), inside.repeat(most / 2));
        let folder = Folder::new("");
        folder.write("a.env", &format!("B={{{{ mksecret hex }}}}\n{line}\n"));
        folder.run("a.env").code(2);
    }
    for (name, start, sign) in [
        ("a.yaml", "", ": |"),
        ("a.yaml", "", "{{ "),
        ("a.yaml", "", "- "),
        ("a.conf", "", "{{ [[ mksecret "),
        ("a.conf", "\t", "{{"),
    ] {
        let most = 2 << 20;
        let body = start.repeat(most / 2) + &sign.repeat(most / 2 / sign.len());
        let folder = Folder::new("");
        folder.write(name, &format!("a: \"{{{{ mksecret hex }}}}\"\n{body}\n"));
        folder.run(name).success();
    }
}

#[test]
fn many_values_of_very_many_characters_are_an_error() {
    let chars: String = ('\u{4e00}'..='\u{9fff}').collect();
    let template = |keys: usize| {
        let mut template = format!("A={chars}\n");
        let mut all = String::from("Z=");
        for number in 0..keys {
            writeln!(template, "K{number}={{{{ A }}}}").unwrap();
            write!(all, "{{{{ K{number} }}}}").unwrap();
        }
        Folder::new(&format!("{template}{all}\n"))
    };
    template(5).run(".env.example").success();
    let done = template(400).run(".env.example").code(2).stdout("");
    let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    let message = "values that refer to each other have too many different characters";
    assert!(stderr.contains(message), "{stderr}");
}
