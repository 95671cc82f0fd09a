//! `mksecret password`: what it prints, the strength it reports, and what it refuses. That it is uniform is proved in
//! the unit tests of the policies and tested on the program in `uniformity.rs`.

use predicates::str::starts_with;

mod support;

use support::{Printed, error, mksecret};

/// What `mksecret password` prints with the options in `line`.
fn passwords(line: &str) -> Vec<String> {
    mksecret("password").args(line.split_whitespace()).lines()
}

fn count(password: &str, is_one: impl Fn(char) -> bool) -> usize {
    password.chars().filter(|char| is_one(*char)).count()
}

#[test]
fn strength_is_reported_to_the_bit() {
    for (line, report) in [
        (
            "",
            "24 characters, 143.48 bits (safe: A-Za-z0-9-_., first a letter, last a letter or digit, \
             one of each class)",
        ),
        (
            "--for full -l 20",
            r##"20 characters, 130.92 bits (full: A-Za-z0-9!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~, one of each class)"##,
        ),
        (
            "--for full -l 20 --digit 10 --lower 0 --upper 0 --symbol 0",
            r##"20 characters, 114.79 bits (full: A-Za-z0-9!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~, at least 10 digits)"##,
        ),
        (
            "--for alnum",
            "24 characters, 142.87 bits (alnum: A-Za-z0-9, one of each class)",
        ),
        ("--for pin", "6 characters, 19.93 bits (pin: 0-9)"),
        // 10 · 9^23
        (
            "--for pin -l 24 --max-run 1",
            "24 characters, 76.23 bits (pin: 0-9, no character twice in a row)",
        ),
        ("--alphabet 01 -l 128", "128 characters, 128.00 bits (01)"),
        ("--alphabet 01 -l 1", "1 character, 1.00 bits (01)"),
        ("--alphabet 01 -b 128", "128 characters, 128.00 bits (01)"),
        ("--alphabet éè -l 9", "9 characters, 9.00 bits (éè)"),
        (
            "--for alnum -b 128",
            "22 characters, 130.96 bits (alnum: A-Za-z0-9, one of each class)",
        ),
        (
            "-l 128 --digit 4 --upper 4 --lower 4 --symbol 4",
            "128 characters, 770.21 bits (safe: A-Za-z0-9-_., first a letter, last a letter or digit, \
             at least 4 lower-case letters, at least 4 upper-case letters, at least 4 digits, \
             at least 4 symbols)",
        ),
        (
            "-c 3 --alphabet -ab --start letter",
            "3 times 24 characters, 37.45 bits each (-ab, first a letter)",
        ),
    ] {
        let done = mksecret(&format!("password -v {line}")).assert().success();
        done.stderr(format!("mksecret: {report}\n"));
    }
}

#[test]
fn presets_keep_their_rules() {
    for password in passwords("-c 2000") {
        assert_eq!(password.len(), 24);
        assert!(password.starts_with(|char: char| char.is_ascii_alphabetic()));
        assert!(password.ends_with(|char: char| char.is_ascii_alphanumeric()));
        let classes: [fn(char) -> bool; 4] = [
            |char| char.is_ascii_lowercase(),
            |char| char.is_ascii_uppercase(),
            |char| char.is_ascii_digit(),
            |char| "-_.".contains(char),
        ];
        let counts = classes.map(|is_one| count(&password, is_one));
        assert!(counts.iter().all(|count| *count > 0), "{password}");
        assert_eq!(counts.iter().sum::<usize>(), 24, "{password}");
    }
    for password in passwords("-c 2000 --for full -l 4") {
        assert_eq!(password.len(), 4);
        assert_eq!(count(&password, |char| char.is_ascii_graphic()), 4);
        assert_eq!(count(&password, |char| char.is_ascii_punctuation()), 1);
    }
    for password in passwords("-c 2000 --for alnum -l 3") {
        assert_eq!(count(&password, |char| char.is_ascii_lowercase()), 1);
        assert_eq!(count(&password, |char| char.is_ascii_digit()), 1);
    }
    for password in passwords("-c 2000 --for pin") {
        assert_eq!(password.len(), 6);
        assert_eq!(count(&password, |char| char.is_ascii_digit()), 6);
    }
}

#[test]
fn every_rule_is_kept_in_long_and_strict_policies() {
    for password in passwords("-c 1000 -l 128 --digit 32 --upper 16 --lower 2 --symbol 0") {
        assert_eq!(password.len(), 128);
        assert!(count(&password, |char| char.is_ascii_digit()) >= 32);
        assert!(count(&password, |char| char.is_ascii_uppercase()) >= 16);
        assert!(count(&password, |char| char.is_ascii_lowercase()) >= 2);
        assert!(password.starts_with(|char: char| char.is_ascii_alphabetic()));
        assert!(!password.ends_with(['-', '_', '.']));
    }
    for password in passwords("-c 500 -l 64 --digit 20 --max-run 2 -B") {
        assert!(count(&password, |char| char.is_ascii_digit()) >= 20);
        assert_eq!(count(&password, |char| "0O1lI|".contains(char)), 0);
        let is_run = |three: &[u8]| three[0] == three[1] && three[1] == three[2];
        assert!(!password.as_bytes().windows(3).any(is_run), "{password}");
    }
    for length in [512, 1_000, 1_024] {
        assert_eq!(passwords(&format!("-l {length}"))[0].len(), length);
    }
    assert_eq!(passwords("-l 500 --for pin --max-run 1")[0].len(), 500);
}

#[test]
fn alphabet_may_have_any_visible_characters() {
    for (alphabet, length) in [("äöüß", 20), ("€😀漢", 7), (" x", 8)] {
        let mut command = mksecret(&format!("password -c 300 -l {length}"));
        for password in command.args(["--alphabet", alphabet]).lines() {
            assert_eq!(password.chars().count(), length);
            assert_eq!(count(&password, |char| !alphabet.contains(char)), 0);
        }
    }
}

#[test]
fn values_may_begin_with_a_hyphen() {
    assert_eq!(passwords("--symbols -_ --exclude -a")[0].len(), 24);
    assert_eq!(passwords("--alphabet -a -l 5")[0].len(), 5);
}

#[test]
fn text_options_apply_to_passwords() {
    let mut command = mksecret("password --alphabet xy -l 1 -c 3 -0 -n --prefix p:");
    let text = command.printed().replace('y', "x");
    assert_eq!(text, "p:x\0p:x\0p:x");
}

/// `mksecret password` must exit with 2 and this message, and print nothing.
fn refuses(line: &str, message: &str, hint: &str) {
    let done = mksecret("password").args(line.split(' ')).assert();
    done.code(2).stdout("").stderr(error(message, hint));
}

#[test]
fn impossible_policies_are_refused_with_a_hint() {
    refuses(
        "-l 3",
        "the minimum counts add up to 4 characters, but the length is 3",
        "--for safe requires that: -l 4 is long enough; or lower a minimum",
    );
    refuses(
        "--digit 30",
        "the minimum counts add up to 33 characters, but the length is 24",
        "-l 33 is long enough; or lower a minimum",
    );
    refuses(
        "--digit 18446744073709551615",
        "the minimum counts add up to 18446744073709551618 characters, but the length is 24",
        "lower a minimum",
    );
    refuses(
        "--no-lower --no-upper --no-digit --no-symbol",
        "no characters are left to choose from",
        "allow another class, or exclude fewer characters",
    );
    refuses(
        "--alphabet abc --exclude abc",
        "no characters are left to choose from",
        "exclude fewer characters",
    );
    refuses(
        "--for pin --digit 1 --exclude 0123456789",
        "at least 1 digit is required, but none is left",
        "--no-digit drops the class, --digit 0 makes it optional; or exclude fewer characters",
    );
    refuses(
        "--exclude 0123456789",
        "at least 1 digit is required, but none is left",
        "--for safe requires that: --no-digit drops the class, --digit 0 makes it optional; \
         or exclude fewer characters",
    );
    refuses(
        "--alphabet x --max-run 1",
        "no character twice in a row: there is one character to choose from, \
         which makes no password of length 24",
        "allow more characters or longer runs",
    );
    refuses(
        "--alphabet x",
        "only one password satisfies the rules: it has 0 bits",
        "allow more characters",
    );
    refuses(
        "--no-lower --no-upper",
        "the first character must be a letter, but no letter is left to choose from",
        "--for safe requires that: --start any removes the rule",
    );
    refuses(
        "--for pin --end letter",
        "the last character must be a letter, but no letter is left to choose from",
        "--end any removes the rule",
    );
    for (line, message) in [
        (
            "--digit 1 --no-digit",
            "--digit cannot be used with --no-digit",
        ),
        (
            "--alphabet abc --digit 1",
            "--alphabet cannot be used with --digit",
        ),
        (
            "--symbols ! --no-symbol",
            "--symbols cannot be used with --no-symbol",
        ),
    ] {
        refuses(line, message, "see `mksecret password --help`");
    }
    refuses(
        "-l 4 --lower 0 --upper 0 --digit 3 --symbol 1",
        "no password of length 4 satisfies both the minimum counts and the rules for the first and last character",
        "--for safe requires that: -l 5 is long enough; or lower a minimum; \
         or remove a rule with --start any or --end any",
    );
    refuses(
        "-l 1025",
        "a password of 1025 characters is too long: at most 1024",
        "`mksecret urlsafe -l 1025` prints text of that length",
    );
    refuses(
        "-b 1000000",
        "no password of up to 1024 characters has 1000000 bits under these rules: at most 6166.51",
        "use fewer bits, or allow more characters or longer runs",
    );
    refuses(
        "-l 128 --digit 16 --upper 16 --lower 16 --symbol 0",
        "the passwords of 128 characters with these minimum counts take too long to count",
        "-l 90 is short enough; or lower a minimum",
    );
    refuses(
        "-l 256 --digit 64 --upper 64 --lower 64 --symbol 32 --max-run 2",
        "the passwords of 256 characters with these minimum counts take too long to count",
        "lower a minimum",
    );
}

#[test]
fn sets_that_mean_something_else_elsewhere_are_refused() {
    for (line, message, hint) in [
        (
            "--alphabet a-z",
            "`a-z` in --alphabet could mean the range from a to z, or the characters a, - and z",
            "for the range: --for alnum --no-upper --no-digit; literally: --alphabet az-",
        ),
        (
            "--symbols !-~",
            "`!-~` in --symbols could mean the range from ! to ~, or the characters !, - and ~",
            "for the range: --for full; literally: --symbols '!~-'",
        ),
        (
            "--exclude digits",
            "`digits` as --exclude could mean an alphabet, or its letters",
            "--no-digit",
        ),
        (
            "--alphabet 01 --exclude digits",
            "`digits` as --exclude could mean an alphabet, or its letters",
            "--exclude 0123456789",
        ),
        (
            "--symbols !!",
            "`!` stands twice in --symbols",
            "list each character once: --symbols '!'",
        ),
    ] {
        refuses(line, message, hint);
    }
}

/// What a hint about a SET offers: options of `mksecret password`, or whole command lines.
fn offers(hint: &str) -> Vec<String> {
    let ways = hint.split("; ").flat_map(|ways| ways.split(", or "));
    let offers = ways.filter_map(|way| {
        let way = way.split_once(": ").map_or(way, |(_, offer)| offer);
        match way.strip_prefix('`') {
            Some(line) => line
                .strip_suffix('`')?
                .strip_prefix("mksecret ")
                .map(Into::into),
            None => way.starts_with("--").then(|| format!("password {way}")),
        }
    });
    offers.collect()
}

#[test]
fn hints_about_sets_work() {
    let mut offered = 0;
    for option in ["--alphabet", "--symbols", "--exclude"] {
        for set in [
            "a-z",
            "A-Z",
            "0-9",
            "a-zA-Z0-9",
            "[A-Za-z0-9]{16}",
            "A-Za-z0-9_-",
            "a-f0-9",
            "!-~",
            "!-/",
            "!-/:-@",
            "a–z",
            "a..z",
            "A-z",
            "é-ü",
            "😀-😎",
            "z-a",
            "[abc]",
            "[!@#]",
            "[:alnum:]",
            "[[:punct:]]",
            "[:lower:][:digit:]",
            "\\w",
            "\\d",
            "&amp;",
            "!&lt;&gt;",
            "hex",
            "base32",
            "base36",
            "base58",
            "base62",
            "base64",
            "url",
            "urlsafe",
            "safe",
            "alnum",
            "alpha",
            "ascii",
            "digits",
            "numbers",
            "lower",
            "upper",
            "letters",
            "symbols",
            "special",
            "punct",
            "vowels",
            "similar",
            "ambiguous",
            "lookalikes",
            "unambiguous",
            "printable",
            "brackets",
            "quotes",
            "lower,digits",
            "string.ascii_letters",
            "?l?d",
            "a,b,c",
            "xyx",
            "(abc)",
            "%d",
            "az",
            // Symbols as other tools list them, with the hyphen in between.
            "!@#$%^&*()_+-=",
            "!$*-_",
            "0123456789ABC-abc",
        ] {
            let done = mksecret(&format!("password {option}")).arg(set).assert();
            let done = done.code(2).stdout("");
            let said = str::from_utf8(&done.get_output().stderr).unwrap();
            let (_, hint) = said.trim_end().split_once("\nmksecret: hint: ").unwrap();
            for offer in offers(hint) {
                // All of them must be read, and make a password unless only one is left.
                let mut words = shlex::split(&offer).unwrap();
                if option == "--exclude" && !words.iter().any(|word| word == "--for") {
                    words.extend(
                        ["--symbols".into(), "!?äöü".into()]
                            .into_iter()
                            .filter(|_| !offer.contains("--no-symbol")),
                    );
                }
                let done = mksecret("").args(words).assert();
                let is_single = done
                    .get_output()
                    .stderr
                    .starts_with(b"mksecret: error: only one password");
                if !is_single {
                    done.success();
                }
                offered += 1;
            }
        }
    }
    assert!(offered > 180, "{offered}");
}

#[test]
fn invisible_characters_are_refused_by_number() {
    for (set, character) in [
        ("a\u{7}", "U+0007, a control character"),
        ("a\n", "U+000A, a control character"),
        ("e\u{301}", "U+0301, a combining mark"),
        ("x\u{fe0f}", "U+FE0F, an invisible character"),
        ("a\u{200d}b", "U+200D, an invisible character"),
        ("\u{202e}", "U+202E, an invisible character"),
        ("x\u{a0}", "U+00A0, an invisible character"),
        ("x\u{3164}", "U+3164, an invisible character"),
        ("x\u{e000}", "U+E000, an unassigned character"),
        (
            "x\u{212a}",
            "U+212A, a character that normalisation replaces",
        ),
    ] {
        let done = mksecret("password --alphabet").arg(set).assert();
        let says = format!("mksecret: error: --alphabet contains {character}\n");
        done.code(2).stdout("").stderr(starts_with(says));
    }
}

#[test]
fn ascii_punctuation_in_its_order_is_a_set() {
    let punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    for line in ["--symbols", "--alphabet", "--symbol 0 --exclude"] {
        assert_eq!(passwords(&format!("{line} {punctuation}"))[0].len(), 24);
    }
}

#[test]
fn length_and_bits_conflict() {
    mksecret("password -l 10 -b 10").assert().code(2).stdout("");
}
