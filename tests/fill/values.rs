//! Values of other files, and filters.

use super::{
    Folder,
    support::{Printed, error},
};

#[test]
fn value_of_another_file_is_inserted() {
    let folder = Folder::new("DB_PASSWORD={{ DB_PASSWORD }}\nURL=x://u:{{ DB_PASSWORD }}@h\n");
    folder.write(
        "shared.env",
        "# shared\nexport DB_PASSWORD='a-b' # it\nX = 1\n",
    );
    let line = ".env.example -o .env --values shared.env";
    folder.run(line).success().stderr("");
    let filled = "DB_PASSWORD=a-b\nURL=x://u:a-b@h\n";
    assert_eq!(folder.read(".env"), filled);
    let identity = folder.identity();
    folder.run(line).success();
    assert_eq!(folder.identity(), identity);

    folder.write("shared.env", "DB_PASSWORD=c\n");
    folder.run(line).code(1).stdout("").stderr(error(
        "DB_PASSWORD has another value in --values",
        "--rotate DB_PASSWORD takes that value",
    ));
    assert_eq!(folder.read(".env"), filled);
    folder
        .run(&format!("{line} --rotate DB_PASSWORD"))
        .success();
    assert_eq!(folder.read(".env"), "DB_PASSWORD=c\nURL=x://u:c@h\n");
}

#[test]
fn edited_text_around_a_value_of_another_file_is_kept() {
    let folder = Folder::new("URL=x://u:{{ P | url }}@h\n");
    folder.write("a.env", "P='a/b'\n");
    let line = ".env.example -o .env --values a.env";
    folder.run(line).success();
    assert_eq!(folder.read(".env"), "URL=x://u:a%2Fb@h\n");
    folder.write(".env", "URL=y://v:a%2Fb@other\n");
    folder.run(line).success();
    assert_eq!(folder.read(".env"), "URL=y://v:a%2Fb@other\n");
    folder.write("a.env", "P=other\n");
    folder.run(line).success();
    folder.write("a.env", "P=new\n");
    folder.run(line).code(1).stderr(error(
        "URL is made of P, which has another in --values",
        "--rotate URL takes that value",
    ));
    folder
        .run(&format!("{line} --rotate P"))
        .code(2)
        .stderr(error(
            "--rotate 'P': it is a key of --values",
            "rotate it there, and then what refers to it here",
        ));
}

#[test]
fn values_go_into_files_of_every_kind() {
    let folder = Folder::new("");
    folder.write("a.env", "PW='Z!q#9'\nN=5\nKEY=abc\n");
    for (name, template, expected) in [
        (
            "a.yaml",
            "a: \"{{ PW }}\"\nb: {{ N }}\nc: {{ key }} {{ x | y }}\n",
            "a: \"Z!q#9\"\nb: 5\nc: {{ key }} {{ x | y }}\n",
        ),
        (
            "a.json",
            "{\"a\": \"{{ PW | base64 }}\"}",
            "{\"a\": \"WiFxIzk=\"}",
        ),
        (
            "a.conf",
            "a={{ KEY }} {{ PW | raw }} {{ .PW }}\n",
            "a=abc Z!q#9 {{ .PW }}\n",
        ),
    ] {
        folder.write(name, template);
        let mut command = folder.command(&format!("{name} --values a.env"));
        assert_eq!(command.printed(), expected, "{name}");
    }
    folder.write("a.yaml", "a: \"{{ OTHER }}\"\nb: \"{{ KEY }}\"\n");
    folder
        .run("a.yaml --values a.env")
        .code(2)
        .stdout("")
        .stderr(error(
            "a.yaml:1:5: there is no key OTHER",
            "--values names the file that has it",
        ));
    folder.write("a.conf", "a={{ PW }}\n");
    folder.run("a.conf --values a.env").code(2).stdout("").stderr(error(
        "a.conf:1:3: in a file of this kind, not every character of its value would survive",
        "use password, hex, urlsafe or base64; or insist with | raw before the }}, if you know that it is read as it is",
    ));
    folder.write("a.conf", "a={{ KEY }}\n");
    folder.run("a.conf").code(2);
}

#[test]
fn values_that_are_no_values_are_errors() {
    let folder = Folder::new("A={{ K }}\n");
    folder.write("one.env", "K=a\n");
    let give = "give it a value first";
    for (values, place, message, hint) in [
        (
            "K=b\n",
            "1:1",
            "K has another value than in one.env",
            "leave out one of the files, or give both one value",
        ),
        ("K=\n", "1:1", "K is empty", give),
        ("K= # later\n", "1:1", "K is empty", give),
        (
            "K={{ mksecret hex }}\n",
            "1:3",
            "the value of K is a placeholder",
            "give it a value, or a placeholder in the template",
        ),
        ("K='{{ x y }}'\n", "1:1", "K has a placeholder", give),
        (
            "K = a\n",
            "1:1",
            "readers disagree about whether K is set here",
            "write KEY=value, with no blanks or quotes before the =",
        ),
        (
            "K=a\nX=1 K=b\n",
            "2:3",
            "readers disagree about whether K is set here",
            "write each KEY=value on a line of its own, or put the value in quotes",
        ),
        (
            "unset K\nK=a\n",
            "1:1",
            "readers disagree about whether K is set here",
            "write KEY=value, or put a # before it",
        ),
        (
            "K=$a\n",
            "1:3",
            "readers disagree about the value of K",
            "write {{ KEY }} for ${KEY}, and no other $, which they disagree about in all quotes",
        ),
    ] {
        folder.write("two.env", values);
        let done = folder.run(".env.example --values one.env --values two.env");
        let message = format!("two.env:{place}: {message}");
        done.code(2).stdout("").stderr(error(&message, hint));
    }
    folder.write("two.env", "K=a\n");
    folder
        .run(".env.example --values one.env --values two.env")
        .success();
    folder.write(".env", "K=a\n");
    folder
        .run(".env.example -o .env --values ./.env")
        .code(2)
        .stderr(error(
            "--values ./.env: it is FILE itself",
            "leave it out: {{ KEY }} finds the keys of FILE without it",
        ));
    folder.run(".env.example --values none.env").code(1);
}

#[test]
fn keys_of_the_file_come_before_those_of_others() {
    let folder = Folder::new("A={{ mksecret hex 2 }}\nB={{ A }}\nC={{ D }}\n");
    folder.write("a.env", "A=other\nD=d\n");
    folder.run(".env.example -o .env --values a.env").success();
    let a = folder.value("A");
    assert_eq!(folder.read(".env"), format!("A={a}\nB={a}\nC=d\n"));
}

#[test]
fn filtered_reference_is_renewed_with_its_key() {
    let folder = Folder::new(
        "P='{{ mksecret password --for full --exclude \"'{\\\\$\" }}'\nU='x://{{ P | url }}@h'\nB={{ P | base64 }}\n",
    );
    let line = ".env.example -o .env";
    folder.run(line).success();
    let before = folder.read(".env");
    folder.run(line).success();
    assert_eq!(folder.read(".env"), before);
    folder
        .run(&format!("{line} --rotate P --check"))
        .code(1)
        .stdout("P\nU\nB\n");
    folder.run(&format!("{line} --rotate P")).success();
    let after = folder.read(".env");
    let changed = before
        .lines()
        .zip(after.lines())
        .filter(|(before, after)| before != after);
    assert_eq!(changed.count(), 3);
    folder.write(".env", &after.replace("@h", "@other"));
    folder.run(&format!("{line} --rotate P")).code(1);
}

#[test]
fn raw_is_for_files_of_unknown_kinds() {
    let folder = Folder::new("");
    let hint = "leave it out: what survives in this file is known";
    for (name, text) in [
        (".env.x", "A={{ mksecret hex | raw }}\n"),
        ("a.yaml", "a: '{{ mksecret hex | raw }}'\n"),
        ("a.json", "\"{{ mksecret hex | raw }}\"\n"),
    ] {
        folder.write(name, text);
        let column = text.find("{{").unwrap() + 1;
        let message =
            format!("{name}:1:{column}: | raw is for files of which nothing else is known");
        folder
            .run(name)
            .code(2)
            .stdout("")
            .stderr(error(&message, hint));
    }
}
