//! The completions, driven in the shells that load them. PowerShell and elvish are not driven.
#![cfg(unix)]

#[path = "shell/mod.rs"]
mod shell;
mod support;

use std::{collections::BTreeSet, path::Path, process::Command};

use shell::Place;
use support::goes_without;

fn script(name: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    script.join(name).to_str().unwrap().to_string()
}

fn candidates(mut shell: Command) -> BTreeSet<String> {
    let output = shell.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_string)
        .collect()
}

/// bash's function, called as readline calls it, with the words of `line` as bash splits them.
fn bash(place: &Place, line: &str) -> BTreeSet<String> {
    const DRIVE: &str = r#"
        # It can only be called while readline completes.
        compopt() { :; }
        source "$1"
        shift
        # Nothing else is asked where the function knows nothing.
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

/// A real zsh at the other end of a pseudo-terminal, where the tab key is pressed after `line`. What is added to its
/// completions is noted on the way.
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

/// fish's own answer to what it would offer; what follows a tab describes.
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
    let set = |words: &[&str]| {
        words
            .iter()
            .map(|word| word.to_string())
            .collect::<BTreeSet<_>>()
    };

    // Subcommands and options by how they begin.
    assert_eq!(complete("mksecret url"), set(&["urlsafe"]));
    assert_eq!(complete("mksecret hex --po"), set(&["--pool"]));
    // Values of which there are few, in both spellings.
    assert_eq!(
        complete("mksecret hex --pool "),
        set(&["random", "urandom"])
    );
    assert!(
        complete("mksecret hex --pool=u")
            .iter()
            .any(|word| word.ends_with("urandom"))
    );
    assert!(complete("mksecret completions ").is_superset(&set(&[
        "bash",
        "elvish",
        "fish",
        "powershell",
        "zsh",
    ])));
    assert_eq!(
        complete("mksecret password --for "),
        set(&["alnum", "full", "pin", "safe"])
    );
    assert_eq!(complete("mksecret password --start l"), set(&["letter"]));
    assert_eq!(complete("mksecret man bel"), set(&["below"]));
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

#[test]
fn bash_completes() {
    if !goes_without("bash") {
        drive(bash);
    }
}

#[test]
fn zsh_completes() {
    if !goes_without("zsh") {
        drive(zsh);
    }
}

#[test]
fn fish_completes() {
    if !goes_without("fish") {
        drive(fish);
    }
}
