//! `mksecret password --rules`: the rules of sites, read, followed and refused.

use predicates::str::{contains, ends_with};

mod support;

use support::{Printed, error, mksecret};

/// What `mksecret password` prints under `rules` with the options in `line`.
fn passwords(rules: &str, line: &str) -> Vec<String> {
    let mut command = mksecret(&format!("password {line} --rules"));
    command.arg(rules).lines()
}

#[test]
fn rules_of_sites_are_followed() {
    let among =
        |password: &str, set: &str| password.chars().filter(|char| set.contains(*char)).count();
    for password in passwords("minlength: 6; maxlength: 16;", "-c 300") {
        assert_eq!(password.len(), 16);
        assert!(
            password.bytes().all(|byte| byte.is_ascii_graphic()),
            "{password}"
        );
    }
    let rules = "required: lower, upper; required: digit; required: [-!#$%]";
    for password in passwords(rules, "-c 300 -l 3") {
        assert_eq!(password.len(), 3);
        assert_eq!(among(&password, "0123456789"), 1, "{password}");
        assert_eq!(among(&password, "-!#$%"), 1, "{password}");
    }
    let rules = "maxlength: 8; max-consecutive: 3; required: upper,lower,[#$+./:=?@[^_|~]]";
    for password in passwords(rules, "-c 300") {
        assert_eq!(password.len(), 8);
        let others = password.replace(|char: char| char.is_ascii_alphabetic(), "");
        assert_eq!(
            among(&others, "#$+./:=?@[^_|~]"),
            others.len(),
            "{password}"
        );
    }
    for password in passwords("allowed: [-äöü]", "-c 300") {
        assert_eq!(among(&password, "-äöü"), 24, "{password}");
    }
}

#[test]
fn strength_of_rules_is_exact() {
    for (rules, line, report) in [
        (
            "minlength: 6; maxlength: 16;",
            "",
            r##"16 characters, 104.87 bits (A-Za-z0-9!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~)"##,
        ),
        // 57^10 - 49^10 - 8^10
        (
            "required: lower, upper; required: digit",
            "-l 10 -B",
            "10 characters, 57.96 bits (A-HJ-NP-Za-km-z2-9, at least 1 of `lower, upper`, at least 1 of `digit`)",
        ),
        (
            "allowed: digit; minlength: 30; max-consecutive: 1",
            "",
            "30 characters, 95.24 bits (0-9, no character twice in a row)",
        ),
        (
            "allowed: lower; minlength: 8",
            "-b 64 --start letter --max-run 4",
            "14 characters, 65.80 bits (a-z, first a letter, no character more than 4 times in a row)",
        ),
    ] {
        let mut command = mksecret(&format!("password -v {line} --rules"));
        let done = command.arg(rules).assert().success();
        let warning = match report.contains("57.96") {
            true => "mksecret: warning: the rules leave 57.96 bits, fewer than 64\n",
            false => "",
        };
        done.stderr(format!("mksecret: {report}\n{warning}"));
    }
}

#[test]
fn lengths_and_bits_stay_within_the_rules() {
    let rules = "minlength: 8; maxlength: 20; allowed: digit";
    for (line, length) in [("", 20), ("-l 8", 8), ("-b 10", 8), ("-b 60", 19)] {
        assert_eq!(passwords(rules, line)[0].len(), length, "{line}");
    }
    assert_eq!(passwords("minlength: 40", "")[0].len(), 40);
    for (line, message, hint) in [
        (
            "-l 21",
            "the rules allow at most 20 characters, not 21",
            "-l 20 is the nearest length that they allow",
        ),
        (
            "-l 7",
            "the rules allow at least 8 characters, not 7",
            "-l 8 is the nearest length that they allow",
        ),
        (
            "-b 128",
            "no password of up to 20 characters has 128 bits under these rules: at most 66.43",
            "use fewer bits, or allow more characters or longer runs",
        ),
    ] {
        let done = mksecret(&format!("password {line} --rules"))
            .arg(rules)
            .assert();
        done.code(2).stdout("").stderr(error(message, hint));
    }
}

#[test]
fn rules_that_cannot_be_met_are_named() {
    for (rules, line, message, hint) in [
        (
            "required: digit; required: [-_]",
            "--exclude -_",
            "at least 1 of `[-_]` is required, but none is left",
            "exclude fewer characters",
        ),
        (
            "maxlength: 2; required: lower; required: digit; required: upper",
            "",
            "the minimum counts add up to 3 characters, but the length is 2",
            "no password satisfies these rules",
        ),
        (
            "required: digit",
            "--start letter",
            "the first character must be a letter, but no letter is left to choose from",
            "--start any removes the rule",
        ),
        (
            "allowed: [ ]",
            "",
            "no characters are left to choose from",
            "exclude fewer characters",
        ),
        (
            "allowed: [a]",
            "",
            "only one password satisfies the rules: it has 0 bits",
            "allow more characters",
        ),
    ] {
        let mut command = mksecret(&format!("password {line} --rules"));
        let done = command.arg(rules).assert();
        done.code(2).stdout("").stderr(error(message, hint));
    }
}

#[test]
fn what_is_not_understood_is_refused_with_its_column() {
    for (rules, message) in [
        ("", "column 1: expected the name of a rule, found the end"),
        (
            "minlength: 8; minclasses: 3",
            "column 15: unknown rule `minclasses`",
        ),
        (
            "allowed: [äöa-c]",
            "column 14: a hyphen must come first in a set",
        ),
        ("required: letters", "column 11: unknown class `letters`"),
        (
            "minlength: 9; maxlength: 8",
            "column 26: a minlength of 9 is more than a maxlength of 8",
        ),
    ] {
        let done = mksecret("password --rules").arg(rules).assert();
        let says = format!("mksecret: error: --rules, {message}\n");
        done.code(2)
            .stdout("")
            .stderr(predicates::str::starts_with(says));
    }
}

#[test]
fn rules_stand_instead_of_classes_and_presets() {
    for options in [
        "--lower 1",
        "--upper 1",
        "--digit 1",
        "--symbol 1",
        "--no-lower",
        "--no-upper",
        "--no-digit",
        "--no-symbol",
        "--symbols !",
        "--alphabet ab",
        "--for safe",
    ] {
        let line = format!("password {options} --rules allowed:digit");
        let option = options.split(' ').next().unwrap();
        let done = mksecret(&line).assert().code(2).stdout("");
        let done = done.stderr(contains(option)).stderr(contains("--rules"));
        done.stderr(ends_with(
            "mksecret: hint: see `mksecret password --help`\n",
        ));
    }
}

#[test]
fn weak_rules_are_no_message_without_verbose() {
    assert_eq!(passwords("allowed: digit; maxlength: 4", "")[0].len(), 4);
}

#[test]
fn an_unknown_name_is_cut_short() {
    for rules in [
        "a".repeat(100_000),
        format!("allowed: {}", "a".repeat(100_000)),
    ] {
        let done = mksecret("password --rules").arg(rules).assert().code(2);
        assert!(done.get_output().stderr.len() < 400);
    }
}
