//! What `-h` and `--help` print.

use std::process::Command as Process;

use clap::Command;

/// Runs the program where there is no terminal to ask for its width.
fn printed(arguments: &[&str]) -> std::process::Output {
    Process::new(env!("CARGO_BIN_EXE_mksecret"))
        .args(arguments)
        .env_remove("COLUMNS")
        .output()
        .unwrap()
}

fn for_each_subcommand(mut check: impl FnMut(&Command)) {
    super::command().get_subcommands().for_each(&mut check);
}

#[test]
fn help_fits_80_columns() {
    let fits = |arguments: &[&str]| {
        let output = printed(arguments);
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
        }
    };
    fits(&["-h"]);
    fits(&["--help"]);
    for_each_subcommand(|command| {
        fits(&[command.get_name(), "-h"]);
        fits(&[command.get_name(), "--help"]);
        // What is laid out by hand is not wrapped again.
        let by_hand = command
            .get_after_long_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        for line in by_hand.lines() {
            assert!(line.chars().count() <= 80, "{}: {line}", command.get_name());
        }
    });
}

#[test]
fn without_a_subcommand_the_help_is_on_standard_error_and_the_status_2() {
    let output = printed(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(output.stderr, printed(&["-h"]).stdout);
}

#[test]
fn a_typing_error_is_answered_with_what_was_meant() {
    for (typed, meant) in [
        (&["pasword"][..], "there is `mksecret password`"),
        (&["urlsave"], "there is `mksecret urlsafe`"),
        (&["hex", "--cuont", "3"], "there is --count"),
        (&["man", "hx"], "it must be one of: mksecret, "),
    ] {
        let output = printed(typed);
        assert_eq!(output.status.code(), Some(2));
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.contains(&format!("mksecret: hint: {meant}")),
            "{typed:?}: {stderr}"
        );
    }
}

/// With `defer`, the first line of a subcommand's help can come from another place than its line in the list.
#[test]
fn a_subcommand_says_of_itself_what_the_list_says() {
    let listed = mksecret::command();
    for_each_subcommand(|command| {
        let line = listed.find_subcommand(command.get_name()).unwrap();
        assert_eq!(
            line.get_about().unwrap().to_string(),
            command.get_about().unwrap().to_string()
        );
    });
}

#[test]
fn the_options_of_a_subcommand_come_before_the_common_ones() {
    for_each_subcommand(|command| {
        let name = command.get_name();
        let text = String::from_utf8(printed(&[name, "-h"]).stdout).unwrap();
        let place = |heading| text.find(&format!("\n{heading}:\n"));
        let own = place("Options").unwrap_or_else(|| panic!("{name}"));
        let is_common =
            |argument: &&clap::Arg| argument.get_help_heading() == Some("Common options");
        match command.get_arguments().find(is_common) {
            Some(_) => assert!(own < place("Common options").unwrap(), "{name}"),
            None => assert!(["completions", "help", "man"].contains(&name), "{name}"),
        }
    });
}

/// The examples of `--help` are what they say they are: two spaces, a command line, and after two more its comment.
#[test]
fn the_examples_in_the_help_run() {
    let place = super::shell::Place::new();
    super::prepare(&place);
    for_each_subcommand(|command| {
        let Some(help) = command.get_after_long_help() else {
            panic!("{} has no examples", command.get_name());
        };
        let help = help.to_string();
        let (_, examples) = help.split_once("Examples:\n").expect("it begins with them");
        for line in examples.lines().take_while(|line| line.starts_with("  ")) {
            let command = line[2..].split("  ").next().unwrap();
            if command.contains("| man ") && super::support::goes_without("man") {
                continue;
            }
            let output = place.bash(&format!("PROFILE=profile.ps1; {command}"));
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{command}: {stderr}");
            // Only -v has anything to say.
            assert!(stderr.is_empty() || command.contains(" -v"), "{stderr}");
        }
    });
}
