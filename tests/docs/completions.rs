//! The completions of six shells.

use clap::{Command, ValueHint};
use clap_complete::{Generator, Shell};
use clap_complete_nushell::Nushell;

fn generated(shell: impl Generator) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut mksecret::command(), "mksecret", &mut script);
    String::from_utf8(script).unwrap()
}

#[test]
fn completions_are_what_the_program_generates() {
    for (name, script) in [
        ("mksecret.bash", bash(&generated(Shell::Bash))),
        ("_mksecret", generated(Shell::Zsh)),
        ("mksecret.fish", fish(&generated(Shell::Fish))),
        ("mksecret.nu", nushell(&generated(Nushell))),
        ("_mksecret.ps1", powershell(&generated(Shell::PowerShell))),
        ("mksecret.elv", elvish(&generated(Shell::Elvish))),
    ] {
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
    let script = script.replace(fallback, " mksecret\n");
    script.lines().map(help_last).collect()
}

/// The generated script offers `-h` and `-V` among the first; here are values, options, and then those.
fn help_last(line: &str) -> String {
    let words = line.trim_start().strip_prefix("opts=\"");
    let words = words.and_then(|rest| rest.strip_suffix('"'));
    let Some(words) = words.filter(|words| !words.is_empty()) else {
        return format!("{line}\n");
    };
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_by_key(|word| match *word {
        "-h" | "-V" => 3,
        "--help" | "--version" => 2,
        word if word.starts_with('-') => 1,
        _ => 0,
    });
    format!("            opts=\"{}\"\n", words.join(" "))
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
        }
    }
    for (name, values) in with_values() {
        let values = values.join(" ");
        script += &format!(
            "complete -c mksecret -n \"__fish_mksecret_using_subcommand {name}\" -a \"{values}\"\n"
        );
    }
    script
}

/// nushell, too, offers files for any text, unless a function offers something else, if only nothing.
fn nushell(script: &str) -> String {
    const NOTHING: &str = "nu-complete mksecret nothing";
    let start = "module completions {\n";
    let nothing = format!("{start}\n  def \"{NOTHING}\" [] {{\n    []\n  }}\n");
    replaced(script, start, &nothing).replace(": string ", &format!(": string@\"{NOTHING}\" "))
}

/// The scripts for PowerShell and elvish know the values of no argument.
fn powershell(script: &str) -> String {
    with_candidates(
        script,
        |name| format!("        'mksecret;{name}' {{\n"),
        |value| {
            format!(
                "            [CompletionResult]::new('{value}', '{value}', [CompletionResultType]::ParameterValue, '{value}')\n"
            )
        },
    )
}

fn elvish(script: &str) -> String {
    with_candidates(
        script,
        |name| format!("        &'mksecret;{name}'= {{\n"),
        |value| format!("            cand {value} ''\n"),
    )
}

/// Adds the values of arguments behind the line that `begins` what is offered for a subcommand.
fn with_candidates(
    script: &str,
    begins: impl Fn(&str) -> String,
    candidate: impl Fn(&String) -> String,
) -> String {
    let add = |script: String, (name, values): (String, Vec<String>)| {
        let begin = begins(&name);
        let candidates: String = values.iter().map(&candidate).collect();
        replaced(&script, &begin, &format!("{begin}{candidates}"))
    };
    with_values().into_iter().fold(script.to_string(), add)
}

/// The subcommands with an argument some of whose values have names, and those.
fn with_values() -> Vec<(String, Vec<String>)> {
    let values = |command: &Command| {
        let values = command
            .get_positionals()
            .flat_map(|argument| argument.get_possible_values());
        let names: Vec<_> = values.map(|value| value.get_name().to_string()).collect();
        (command.get_name().to_string(), names)
    };
    let mut all: Vec<_> = super::command().get_subcommands().map(values).collect();
    all.retain(|(_, values)| !values.is_empty());
    all
}

/// Replaces the one place where `from` is.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}
