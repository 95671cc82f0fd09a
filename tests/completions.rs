//! The completion scripts in the shells that load them. PowerShell and elvish are not tested.
#![cfg(unix)]

#[path = "shell/mod.rs"]
mod shell;
mod support;

use std::{collections::BTreeSet, path::Path};

use assert_cmd::Command;
use shell::Place;
use support::{Printed, target};

fn script(name: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    script.join(name).to_str().unwrap().to_string()
}

fn candidates(mut shell: Command) -> BTreeSet<String> {
    let text = shell.printed();
    text.lines().map(str::to_string).collect()
}

/// What bash's function offers when it is called as readline calls it, with the words of `line` as bash splits them.
fn bash(place: &Place, line: &str) -> BTreeSet<String> {
    const DRIVE: &str = r#"
        # The real one works only while readline completes.
        compopt() { :; }
        source "$1"
        shift
        # Where the function offers nothing, nothing else is offered.
        [[ $(complete -p mksecret) != *default* ]]
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        set +eu
        _mksecret mksecret "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let line = line.replace('=', " = ");
    let words = line.split(' ').collect::<Vec<_>>();
    // `--pool=` has `=` itself for its last word.
    let words = match words.as_slice() {
        [front @ .., "=", ""] => [front, &["="]].concat(),
        words => words.to_vec(),
    };
    let mut bash = place.command("bash");
    bash.args(["-euc", DRIVE, "bash", &script("mksecret.bash")])
        .args(words);
    candidates(bash)
}

/// What a real zsh in a pseudo-terminal offers when the tab key is pressed after `line`; its `compadd` is replaced by
/// one that also writes a list.
fn zsh(place: &Place, line: &str) -> BTreeSet<String> {
    const DRIVE: &str = r#"
        zmodload zsh/zpty
        zpty inner zsh -f -i
        zpty -w inner "source $PWD/.inner; print ready"
        zpty -r -m inner REPLY $'*ready\r\n*'
        zpty -w -n inner "$1"$'\t'
        zpty -r -m inner REPLY '*END-OF-COMPLETIONS*'
        zpty -d inner
        sort -u .candidates
    "#;
    let inner = format!(
        r#"
        PROMPT=
        fpath=({} $fpath)
        autoload -Uz compinit
        compinit -u -D
        compadd() {{
            # With these, it fills arrays and adds nothing.
            if [[ " ${{@[1,(i)(-|--)]}} " == *" -"[^-]#[OAD]" "* ]]; then
                builtin compadd "$@"
                return
            fi
            local -a added
            builtin compadd -O added "$@"
            (( $#added )) && print -rl -- $added >> .candidates
            builtin compadd "$@"
        }}
        noted() {{ print END-OF-COMPLETIONS }}
        comppostfuncs=(noted)
        setopt extended_glob
        unsetopt list_beep
        zstyle ':completion:*' insert-tab false
        "#,
        Path::new(&script("_mksecret")).parent().unwrap().display()
    );
    place.file(".inner", &inner);
    place.file(".candidates", "");
    let mut zsh = place.command("timeout");
    zsh.args(["60", "zsh", "-fc", DRIVE, "zsh", line]);
    candidates(zsh)
}

/// What fish says it would offer; what follows a tab is a description.
fn fish(place: &Place, line: &str) -> BTreeSet<String> {
    const DRIVE: &str = "source $argv[1]; complete -C $argv[2]";
    let mut fish = place.command("fish");
    fish.args(["--no-config", "-c", DRIVE, &script("mksecret.fish"), line]);
    candidates(fish)
        .into_iter()
        .map(|line| line.split('\t').next().unwrap().to_string())
        .collect()
}

type Complete = fn(&Place, &str) -> BTreeSet<String>;

fn drive(complete: Complete) {
    let place = Place::new();
    place.file("here.txt", "");
    place.file("1.txt", "");
    let complete = |line| complete(&place, line);
    let set = |words: &str| {
        words
            .split(' ')
            .map(str::to_string)
            .collect::<BTreeSet<_>>()
    };

    for (line, offered) in [
        // Subcommands and options by their first letters.
        ("mksecret url", "urlsafe"),
        ("mksecret hex --po", "--pool"),
        // The values of options and arguments that have only a few.
        ("mksecret hex --pool ", "random urandom"),
        ("mksecret password --for ", "alnum full pin safe"),
        ("mksecret password --start l", "letter"),
        ("mksecret man bel", "below"),
        ("mksecret help pass", "passphrase password"),
        ("mksecret help rec", "recipes"),
        ("mksecret sample a", "all"),
    ] {
        assert_eq!(complete(line), set(offered), "{line}");
    }
    let mut with_equals_sign = complete("mksecret hex --pool=u").into_iter();
    assert!(with_equals_sign.any(|word| word.ends_with("urandom")));
    let shells = set("bash elvish fish nushell powershell zsh");
    assert!(complete("mksecret completions ").is_superset(&shells));
    // Files where files belong.
    for line in [
        "mksecret hex -o ",
        "mksecret hex 16 --output ",
        "mksecret choice -i ",
        "mksecret sample 3 --input h",
        "mksecret passphrase -W ",
        "mksecret token --check -i ",
    ] {
        assert!(complete(line).contains("here.txt"), "{line}");
    }
    // No files anywhere else.
    for line in [
        "mksecret ",
        "mksecret hex ",
        "mksecret hex 1",
        "mksecret hex -c ",
        "mksecret hex --mode ",
        "mksecret hex --prefix ",
        "mksecret hex --timeout ",
        "mksecret password -l ",
        "mksecret password --symbols ",
        "mksecret passphrase -w ",
        "mksecret below ",
        "mksecret below 5 --from ",
        "mksecret choice h",
        "mksecret sample 1",
        "mksecret choice --range ",
        "mksecret help ",
        "mksecret completions ",
        "mksecret man ",
        "mksecret ready --timeout 1",
    ] {
        let offered = complete(line);
        let is_file = |word: &String| word.ends_with(".txt");
        assert!(!offered.iter().any(is_file), "{line}: {offered:?}");
    }
}

/// What nu says it would offer; it has `mksecret` in front of a subcommand.
fn nushell(place: &Place, line: &str) -> BTreeSet<String> {
    let mut nu = place.command(target().join("npm/node_modules/@nushell/linux-x64/bin/nu"));
    let drive = "source SCRIPT; 'LINE' | commandline complete | each {|word| print $word} | ignore";
    let drive = drive.replace("SCRIPT", &script("mksecret.nu"));
    nu.args(["--no-config-file", "-c", &drive.replace("LINE", line)]);
    candidates(nu)
        .into_iter()
        .map(|word| word.trim_start_matches("mksecret ").to_string())
        .collect()
}

#[test]
fn bash_completes() {
    drive(bash);
}

#[test]
#[ignore = "needs zsh"]
fn zsh_completes() {
    drive(zsh);
}

#[test]
#[ignore = "needs fish"]
fn fish_completes() {
    drive(fish);
}

#[test]
#[ignore = "needs nushell"]
fn nushell_completes() {
    drive(nushell);
}
