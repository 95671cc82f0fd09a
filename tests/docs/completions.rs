//! The completions of five shells.

use clap::{Command, ValueHint};
use clap_complete::Shell;

#[test]
fn completions_are_what_the_program_generates() {
    for (shell, name) in [
        (Shell::Bash, "mksecret.bash"),
        (Shell::Zsh, "_mksecret"),
        (Shell::Fish, "mksecret.fish"),
        (Shell::PowerShell, "_mksecret.ps1"),
        (Shell::Elvish, "mksecret.elv"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut mksecret::command(), "mksecret", &mut script);
        let script = String::from_utf8(script).unwrap();
        let script = match shell {
            Shell::Bash => bash(&script),
            Shell::Fish => fish(&script),
            _ => script,
        };
        super::hold(&format!("completions/{name}"), &script);
    }
}

/// The subcommands with an argument that is a file.
fn with_file_argument() -> Vec<String> {
    let has_file = |command: &&Command| {
        command
            .get_positionals()
            .any(|argument| argument.get_value_hint() == ValueHint::FilePath)
    };
    super::command()
        .get_subcommands()
        .filter(has_file)
        .map(|command| command.get_name().to_string())
        .collect()
}

/// The generated script falls back to file names wherever it knows nothing, also where a number belongs; and it takes
/// the `=` of `--pool=random` for a word, as bash does.
fn bash(script: &str) -> String {
    let mut start = "\
    if [[ \"${cur}\" == \"=\" ]]; then
        cur=\"\"
    elif [[ \"${prev}\" == \"=\" ]]; then
        prev=\"${COMP_WORDS[COMP_CWORD-2]}\"
    fi
    cmd=\"\"
"
    .to_string();
    let mut dispatch = String::new();
    let files = with_file_argument();
    if !files.is_empty() {
        let arms: Vec<_> = files
            .iter()
            .map(|name| format!("mksecret__subcmd__{name}"))
            .collect();
        dispatch = format!(
            "    case \"${{cmd}}\" in\n        {})\n            compopt -o bashdefault -o default\n            ;;\n    esac\n\n",
            arms.join("|")
        );
    }
    start = replaced(script, "    cmd=\"\"\n", &start);
    let end = "    case \"${cmd}\" in\n";
    let script = replaced(&start, end, &format!("{dispatch}{end}"));
    let fallback = " -o bashdefault -o default mksecret\n";
    assert_eq!(script.matches(fallback).count(), 2);
    script.replace(fallback, " mksecret\n")
}

/// fish, too, offers files for any argument unless told otherwise; and the generated script knows the values of options
/// alone.
fn fish(script: &str) -> String {
    let mut script = format!("complete -c mksecret -f\n{script}");
    for command in super::command().get_subcommands() {
        let condition = format!(
            "complete -c mksecret -n \"__fish_mksecret_using_subcommand {}\"",
            command.get_name()
        );
        for argument in command.get_positionals() {
            if argument.get_value_hint() == ValueHint::FilePath {
                script += &format!("{condition} -F\n");
            }
            let values = argument.get_possible_values();
            if !values.is_empty() {
                let names: Vec<_> = values.iter().map(|value| value.get_name()).collect();
                script += &format!("{condition} -a \"{}\"\n", names.join(" "));
            }
        }
    }
    script
}

/// Replaces the one place where `from` is.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}
