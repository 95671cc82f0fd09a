//! What people used to other tools type: nothing is printed that would be taken for a secret, and a hint says what
//! would do.

use assert_cmd::assert::Assert;
use predicates::{prelude::*, str::contains};

mod support;

use support::{Printed, error, mksecret};

/// Status 2, nothing on standard output, and one hint, which has `hint` in it.
fn hints(line: &str, hint: &str) -> Assert {
    let is_one_hint = |said: &str| {
        let hints = said
            .lines()
            .filter_map(|line| line.strip_prefix("mksecret: hint: "));
        let hints: Vec<_> = hints.collect();
        hints.len() == 1 && hints[0].contains(hint)
    };
    let done = mksecret(line).assert().code(2).stdout("");
    done.stderr(predicate::function(is_one_hint))
}

#[test]
fn habits_from_other_tools_get_a_hint() {
    for (line, hint) in [
        ("password 32", "`mksecret password -l 32`"),
        ("password 20 5", "`mksecret password -l 20 -c 5`"),
        ("passphrase 6", "`mksecret passphrase -w 6`"),
        ("passphrase --length 6", "`mksecret passphrase -w 6`"),
        ("choice -n 3 a b", "-c N"),
        ("choice -n3 a b", "-c N"),
        ("sample 2 -n 3 a b", "`mksecret sample 2 ITEM...`"),
        ("choice -i 1-6", "--range 1-6"),
        ("sample 3 -i1-49", "--range 1-49"),
        ("sample 3 -i -5-5", "--range -5-5"),
        ("base64 -w0", "never wrapped"),
        ("base64 -w 0", "never wrapped"),
        ("urlsafe --wrap=0", "never wrapped"),
        ("hex --length 32", "-l N"),
        ("bytes -c 32", "`mksecret bytes 32`"),
        ("token -l 40", "36 characters"),
        ("hex 1k", "upper case: 1K"),
        ("bytes 10kib", "upper case: 10KiB"),
        ("bytes 2mb", "upper case: 2MB"),
        ("rand -hex 16", "`mksecret hex 16`"),
        ("rand -base64 32", "`mksecret base64 32`"),
        ("rand 32", "`mksecret bytes 32`"),
        ("-base64 24", "`mksecret base64 24`"),
        ("hex -base64 24", "`mksecret base64 24`"),
        ("uuidgen", "`mksecret uuid`"),
        ("token_bytes", "`mksecret bytes 32`"),
        ("token_hex 16", "`mksecret hex 32`"),
        ("token_urlsafe", "`mksecret urlsafe 32`"),
        ("randbelow 10", "`mksecret below 100`"),
        ("pwgen", "`mksecret password`"),
        ("shuf", "`mksecret sample all`"),
        ("pasword", "`mksecret password`"),
        ("hex --outptu x", "--output"),
        ("choice -1 -2", "after `--`"),
        ("sample 2 -3 -4", "after `--`"),
        ("choice --cuont 3 a", "did you mean --count?"),
        ("choice --heads --tails", "after `--`"),
    ] {
        hints(line, hint);
    }
    hints("choice -1 -2", "").stderr(contains("error: unexpected argument '-1'\n"));
}

#[test]
fn help_is_printed_only_for_a_word_of_its_own() {
    for (line, hint) in [
        ("-hex 16", "`mksecret hex 16`"),
        ("-hex", "`mksecret hex 32`"),
        ("hex -hex 16", "`mksecret hex 16`"),
        ("password -hex 16", "`mksecret hex 16`"),
        ("bytes -vh", "help is -h or --help alone"),
        ("password -help", "help is -h or --help alone"),
        ("-V16", "help is -h or --help alone"),
        ("-hV", "help is -h or --help alone"),
    ] {
        hints(line, hint);
    }
    for line in ["-h", "--help", "hex -h", "hex --help", "hex 16 -v -h"] {
        assert!(
            mksecret(line).printed().contains("Usage: mksecret"),
            "{line}"
        );
    }
    mksecret("").assert().code(2).stdout("");
    hints("hex --help=16", "");
}

#[test]
fn help_subcommand_prints_what_the_option_prints() {
    for (line, same) in [
        ("help", "--help"),
        ("help hex", "hex --help"),
        ("help help", "help --help"),
    ] {
        assert_eq!(mksecret(line).printed(), mksecret(same).printed());
    }
    hints("help pasword", "`mksecret password`");
    hints("help hex 16", "");
}

#[test]
fn values_may_begin_with_a_hyphen_but_are_no_options() {
    assert_eq!(mksecret("choice --prefix -x- a").printed(), "-x-a\n");
    assert_eq!(mksecret("choice --prefix=-c a").printed(), "-ca\n");
    for (line, option, value, hint) in [
        ("hex -o --force", "--output", "--force", "./--force"),
        ("hex -vo --force", "--output", "--force", "./--force"),
        ("hex -o --help", "--output", "--help", "./--help"),
        ("hex --prefix -c 3", "--prefix", "-c", "--prefix=-c"),
        ("password --symbols -B", "--symbols", "-B", "--symbols=-B"),
        ("passphrase -s -w 3", "--separator", "-w", "--separator=-w"),
        ("below 5 --from -0", "--from", "-0", "--from=-0"),
    ] {
        let says = format!("mksecret: error: {option} needs a value, and {value} is an option\n");
        hints(line, hint).stderr(contains(says));
    }
    assert_eq!(mksecret("below 1 --from=-0").printed(), "0\n");
}

#[test]
fn every_option_takes_a_value_with_a_hyphen() {
    let mut command = mksecret::command();
    command.build();
    for subcommand in command.get_subcommands() {
        for option in subcommand.get_opts() {
            let is_folder = option.get_value_hint() == clap::ValueHint::DirPath;
            assert!(
                is_folder || option.is_allow_hyphen_values_set(),
                "{} {option}: is `mut_args(any_value)` missing?",
                subcommand.get_name()
            );
        }
    }
}

#[test]
fn file_names_do_not_begin_with_a_hyphen() {
    for (line, option, value) in [
        ("hex -o -x", "--output", "-x"),
        ("hex --output=-x", "--output", "-x"),
        ("hex -o-x", "--output", "-x"),
        ("choice -i -items", "--input", "-items"),
        ("sample 1 -i-x", "--input", "-x"),
        ("passphrase -W -x", "--wordlist", "-x"),
    ] {
        let says = error(
            &format!("{option} '{value}': the name of a file does not begin with a hyphen here"),
            &format!("if there is such a file: ./{value}"),
        );
        mksecret(line).assert().code(2).stdout("").stderr(says);
    }
    assert!(mksecret("hex 1 -o -").printed().len() == 3);
}

#[test]
fn tokens_are_never_shown() {
    let token = "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";
    for line in [
        "token --check TOKEN",
        "token TOKEN",
        "token --check --TOKEN",
        "token --check -TOKEN",
        "token --check=TOKEN",
        "token --count TOKEN",
        "token --mode TOKEN -o x",
        "token --timeout TOKEN",
        "token --pool TOKEN",
        "token --check -i TOKEN",
        "token --check -i -TOKEN",
        "token --check --input=--TOKEN",
    ] {
        let done = mksecret(&line.replace("TOKEN", token)).assert().failure();
        let shows = contains("ghp").or(contains("zQWB")).or(contains("'-z"));
        done.stdout("")
            .stderr(shows.not().and(contains("mksecret: error: ")));
    }
    let says = error(
        "unexpected argument",
        "with --check, tokens are read from standard input or from -i FILE",
    );
    let done = mksecret(&format!("token --check {token}")).assert().code(2);
    done.stderr(says);
    hints("token --chekc", "did you mean --check?");
}
