//! What `-h` and `--help` print.

use assert_cmd::assert::Assert;
use clap::Command;

use super::{
    shell::Place,
    support::{Printed, mksecret},
};

/// Runs the program where there is no terminal to ask for its width.
fn run(line: &str) -> Assert {
    mksecret(line).env_remove("COLUMNS").assert()
}

fn for_each_subcommand(mut check: impl FnMut(&Command)) {
    super::command().get_subcommands().for_each(&mut check);
}

#[test]
fn help_fits_80_columns() {
    let fits = |line: &str| {
        for text in run(line).lines() {
            assert!(text.chars().count() <= 80, "{line}: {text}");
        }
    };
    fits("-h");
    fits("--help");
    for_each_subcommand(|command| {
        let name = command.get_name();
        fits(&format!("{name} -h"));
        fits(&format!("{name} --help"));
        // What is laid out by hand is not wrapped again.
        let by_hand = command
            .get_after_long_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        for line in by_hand.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
    });
}

#[test]
fn help_goes_to_stderr_with_status_2_without_a_subcommand() {
    let done = run("").code(2).stdout("");
    done.stderr(run("-h").printed());
}

/// With `defer`, the first line of a subcommand's help can come from another place than its line in the list.
#[test]
fn help_of_a_subcommand_begins_as_in_the_list() {
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
fn own_options_come_before_the_common_ones() {
    for_each_subcommand(|command| {
        let name = command.get_name();
        let text = run(&format!("{name} -h")).printed();
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

/// A line of the examples is two spaces, a command line, two spaces and a comment.
#[test]
fn examples_in_the_help_succeed() {
    let mut count = 0;
    let place = Place::new();
    super::prepare(&place);
    for_each_subcommand(|command| {
        let Some(help) = command.get_after_long_help() else {
            panic!("{} has no examples", command.get_name());
        };
        let help = help.to_string();
        let (_, examples) = help.split_once("Examples:\n").expect("it begins with them");
        for line in examples.lines().take_while(|line| line.starts_with("  ")) {
            let command = line[2..].split("  ").next().unwrap();
            let done = place.bash(&format!("PROFILE=profile.ps1; {command}"));
            let done = done.success();
            // Only -v reports anything.
            if !command.contains(" -v") {
                done.stderr("");
            }
            count += 1;
        }
    });
    assert!(count > 30);
}
