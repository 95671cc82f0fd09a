//! What people used to other tools type: nothing is printed that would be taken for a secret, and a hint says what
//! would do.

use assert_cmd::assert::Assert;
use predicates::{prelude::*, str::contains};

#[path = "../src/cli/habits/slips.rs"]
mod slips;
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
        ("sample 2 -n 3 a b", "`mksecret sample 3 ITEM...`"),
        ("choice -i 1-6", "--range 1-6"),
        ("choice -i 1..6", "--range 1-6"),
        ("sample 3 -i1-49", "--range 1-49"),
        ("sample 3 -i -5-5", "--range -5-5"),
        ("base64 -w0", "never wrapped"),
        ("base64 -w 0", "never wrapped"),
        ("urlsafe --wrap=0", "never wrapped"),
        ("hex --length 32", "-l 32"),
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
        ("token_hex 16", "`mksecret hex 16`"),
        ("token_urlsafe", "`mksecret urlsafe 32`"),
        ("randbelow 10", "`mksecret below 10`"),
        ("pwgen", "`mksecret password -l 24`"),
        ("shuf", "`mksecret sample all -i FILE`"),
        ("pasword", "`mksecret password`"),
        ("hex --outptu x", "--output"),
        ("choice -1 -2", "after `--`"),
        ("sample 2 -3 -4", "after `--`"),
        ("choice --cuont 3 a", "did you mean --count?"),
        ("choice --heads --tails", "after `--`"),
        ("password --no-special", "use --no-symbol"),
        ("password --no-numbers", "use --no-digit"),
        ("password --no-vowels", "--exclude aeiouAEIOU"),
        ("password --min-upper 2", "use --upper 2"),
        ("password --append x", "the shell appends"),
        ("password --alphanumeric", "use --for alnum"),
        ("password --max-symbol 3", "there are minimum counts only"),
        ("password --seed 5", "there is no seed"),
        ("password --strength 128", "use -b 128"),
        ("password --profile strong", "use --for"),
        ("passphrase --list words.txt", "use -W FILE"),
        ("bytes --hex", "`mksecret hex 32`"),
        ("bytes 16 --hex", "`mksecret hex 32`"),
        ("bytes --hex 16", "`mksecret hex 16`"),
        ("ssh", "`ssh-keygen`"),
        ("mac", "`mksecret pattern '02:[0-9a-f]{2}:"),
        ("voucher", "`mksecret pattern '[A-HJ-NP-Z2-9]{4}-"),
        ("password --group 4", "`mksecret pattern"),
        ("password --pattern x", "`mksecret pattern"),
        ("rsa", "`openssl genpkey`"),
        ("upgrade", "does not change itself"),
        ("base58", "`mksecret pattern '[1-9A-HJ-NP-Za-km-z]{22}'`"),
        ("token 32", "`mksecret urlsafe -l 32`"),
        ("password --charset abc", "use --alphabet abc"),
        ("password --numbers 3", "use --digit 3"),
        ("password --special", "use --symbol 1"),
        ("password --unique", "--distinct"),
        ("hex --unique", "use --distinct with -c"),
        ("hex --copy", "`wl-copy`"),
        ("password --hash", "`openssl passwd -6 -stdin`"),
        ("hex --json", "leave it out"),
        ("hex --quiet", "leave it out"),
        ("password --pin", "--for pin -l 6"),
        ("password --pin 4", "--for pin -l 4"),
        ("gen", "`mksecret password -l 24`"),
        ("gen 20", "`mksecret password -l 20`"),
        ("string 40", "`mksecret pattern '[0-9A-Za-z]{40}'`"),
        ("random uuid", "`mksecret uuid`"),
        ("generate int 7", "`mksecret below 7`"),
        ("random frob", "`mksecret password`"),
        ("randint 5 10", "`mksecret choice --range 5-10`"),
        ("jot -r 1 1 100", "`mksecret choice --range 1-100`"),
        ("token 99999999999", "`mksecret urlsafe -l 32`"),
        ("pick", "`mksecret choice ITEM...`"),
        ("roll", "`mksecret choice --range 1-6`"),
        ("coin", "`mksecret choice heads tails`"),
        ("key", "`mksecret base64 32`"),
        ("jwt", "`mksecret urlsafe 64`"),
        ("wireguard", "`wg genkey`"),
        ("nanoid", "`mksecret urlsafe -l 21`"),
        ("totp", "`mksecret base32 20`"),
        ("port", "`mksecret choice --range 49152-65535`"),
        ("color", "`mksecret pattern '#[0-9a-f]{6}'`"),
        ("uuid -7", "`uuidgen --time-v7`"),
        ("ulid", "`uuidgen --time-v7`"),
        ("bytes --progress", "leave it out"),
        ("passphrase --lang de", "-W FILE"),
        ("uuid -c", "--count N: print N of them"),
        ("uuid 5", "`mksecret uuid -c 5`"),
        ("hex 32 5", "`mksecret hex 32 -c 5`"),
        ("password 3", "`mksecret password -c 3`"),
        ("ready 5", "`mksecret ready --timeout 5s`"),
        ("-l 20", "the command comes first"),
        ("-c 3 hex", "as in `mksecret hex`"),
        ("--uuid", "as in `mksecret uuid`"),
        ("32", "`mksecret password -l 32`"),
        ("TOKEN_HEX", "`mksecret hex 32`"),
        ("secrets.token_hex", "`mksecret hex 32`"),
        ("password -length 20", "did you mean --length?"),
        ("hex -out file", "use -o FILE"),
        ("hex --noNewLine", "use -n"),
        ("password --noSpecial", "use --no-symbol"),
        ("password --no_special", "use --no-symbol"),
        ("bytes count=4", "`mksecret bytes 4`"),
        ("password length=20", "use --length 20"),
        ("password charset=abc", "use --alphabet abc"),
        ("password --upper false", "--no-upper"),
        ("password --upper=true", "--upper 1"),
        ("password --upper", "--upper 1"),
        ("password --upper --lower 2", "--upper 1"),
        ("password --symbol !#", "--symbols SET"),
        ("password --no-upper=false", "leave --no-upper out"),
        ("hex --no-newline=true", "--no-newline alone"),
        ("password --symbols", "--symbol 1"),
        ("passphrase -c", "`mksecret passphrase -c 3`"),
        ("passphrase -w words.txt", "-W FILE"),
        ("hex --alphabet 01", "`mksecret password --alphabet SET`"),
        ("hex --symbols x", "an option of `mksecret password`"),
        ("password --no-uper", "did you mean --no-upper?"),
        ("choise", "`mksecret choice`"),
        ("below 100 --form 5", "did you mean --from?"),
    ] {
        hints(line, hint);
    }
    hints("choice -1 -2", "").stderr(contains("error: unexpected argument '-1'\n"));
}

/// The whole hint, where a part of it could hide what is wrong.
#[test]
fn hints_keep_the_wish_and_its_strength() {
    for (line, hint) in [
        ("password --uppercase=false", "for none at all: --no-upper"),
        (
            "password --include-upper=false",
            "for none at all: --no-upper",
        ),
        ("password --numbers=no", "for none at all: --no-digit"),
        ("password --numbers 0", "for none at all: --no-digit"),
        ("password --special false", "for none at all: --no-symbol"),
        ("password --special 0", "for none at all: --no-symbol"),
        ("password --uppercase=true", "for at least one: --upper 1"),
        ("password --min-upper 0", "use --upper 0: at least so many"),
        ("password --no-special=false", "leave --no-special out"),
        ("password -b 256 --hex", "use `mksecret hex -l 64`"),
        ("password -l 64 --hex", "use `mksecret hex -l 64`"),
        ("password -l 8 --hex", "use `mksecret hex -l 32`"),
        ("password -c 99 --hex", "use `mksecret hex -l 32`"),
        ("password -l 40 --base64", "use `mksecret base64 -l 40`"),
        ("bytes 64 --hex", "use `mksecret hex 64`"),
        ("bytes 1K --hex", "use `mksecret hex 1024`"),
        ("bytes 8 --hex", "use `mksecret hex 32`"),
        ("base64 48 --hex", "use `mksecret hex 48`"),
        ("key 64", "`mksecret base64 64`, or `mksecret hex 64`"),
        ("secret 64", "`mksecret base64 64`, or `mksecret hex 64`"),
        ("port 1024-2048", "`mksecret choice --range 1024-2048`"),
        ("port 1024 2048", "`mksecret choice --range 1024-2048`"),
        ("port 8080", "`mksecret choice --range 49152-65535`"),
        ("dice 20", "`mksecret choice --range 1-20`"),
        ("number 1 6", "`mksecret choice --range 1-6`"),
        ("int 10 20", "`mksecret choice --range 10-20`"),
        ("int 10-20", "`mksecret choice --range 10-20`"),
        ("choice --range 1 6", "both ends: --range 1-6"),
        ("sample 6 --range 1 49", "both ends: --range 1-49"),
        ("choice --range 0", "both ends: --range 1-6"),
        ("choice --range 1", "both ends: --range 1-6"),
        (
            "choice --max=9 --min=2",
            "use --range 2-9: both ends included",
        ),
        ("password --no-letters", "use --for pin -l 24"),
        ("password --only-digits -l 30", "use --for pin -l 30"),
        ("password --only-digits -l 8", "use --for pin -l 8"),
        ("passphrase --max-words 8", "use -w 8: the number of words"),
        (
            "choice --min 1 --max 6",
            "use --range 1-6: both ends included",
        ),
        (
            "sample 6 --lo 1 --hi 49",
            "use --range 1-49: both ends included",
        ),
        (
            "password --max-repeat 3",
            "use --max-run 3: at most as many in a row",
        ),
        (
            "password --max-consecutive 2",
            "use --max-run 2: at most as many in a row",
        ),
        (
            "password -l 8-5000",
            "-l is the length, as in `mksecret password -l 24`",
        ),
        ("password --symbols space", "--symbols ' '"),
        ("bytes 16 -n", "leave it out: no newline follows the bytes"),
        ("bytes bs=1M count=1", "`mksecret bytes 1M`"),
        ("bytes bs=1k count=4", "`mksecret bytes 4096`"),
        ("hex -o f --user 999", "use --owner 999"),
        ("hex -o f --group 999", "use --owner :999"),
        (
            "below --from 10 --max 20",
            "N is the bound, and not included: `mksecret below 20 --from 10`",
        ),
        ("token -p acme_", "use --prefix acme_"),
        ("token acme_", "use --prefix acme_"),
        ("key 8", "`mksecret base64 32`, or `mksecret hex 32`"),
        ("key 16", "`mksecret base64 16`, or `mksecret hex 16`"),
        ("random 1 6", "`mksecret choice --range 1-6`"),
        (
            "seed 5",
            "there is no seed: the kernel's generator is the only source, and `mksecret ready` waits for it",
        ),
        (
            "uuid -n3",
            "how many is -c N: `mksecret uuid -c 3`; the version is always 4",
        ),
        (
            "passphrase -n6",
            "the number of words is -w N: `mksecret passphrase -w 6`",
        ),
        (
            "hex 32 -n3",
            "how many is -c N, as in `mksecret hex 32 -c 3`",
        ),
        ("hex -n3", "-n omits the newline; how many is -c 3"),
        ("password hex", "use `mksecret hex -l 32`"),
        ("password hex 64", "use `mksecret hex -l 64`"),
        ("password pin", "use --for pin -l 6"),
        ("password uuid", "`mksecret uuid`"),
        (
            "password github 20",
            "nothing is stored under a name: `mksecret password -l 20`",
        ),
        (
            "password 8-16",
            "one length: -l 16; a site's bounds: --rules 'minlength: 8; maxlength: 16'",
        ),
        (
            "password --for hex",
            "`mksecret hex -l 32`, or --alphabet 0123456789abcdef",
        ),
        (
            "password --for hex -l 64",
            "`mksecret hex -l 64`, or --alphabet 0123456789abcdef",
        ),
        ("password --for digits", "--for pin"),
        (
            "password --for strong",
            "leave it out: every password is random in all of its characters",
        ),
        ("password digits", "--for pin"),
        ("password no-symbols", "did you mean --no-symbol?"),
        (
            "password symbols",
            "--symbols lists them; at least one is --symbol 1, all of ASCII are --for full",
        ),
        ("password 128 bits", "use -b 128"),
        ("password 20chars", "use -l 20"),
        ("password -b 128bits", "use -b 128"),
        ("passphrase -w 6words", "use -w 6"),
        ("bytes hex 32", "use `mksecret hex 32`"),
        ("hex --pool /dev/random", "use --pool random"),
        ("key 256", "`mksecret base64 32`, or `mksecret hex 32`"),
        ("aes 128", "`mksecret base64 16`, or `mksecret hex 16`"),
        ("random password 20", "`mksecret password -l 20`"),
        (
            "below --min 1 --max 6",
            "`mksecret choice --range 1-6`: both ends included",
        ),
        (
            "password --for 20",
            "the length is -l N: `mksecret password -l 20`",
        ),
        ("password --for alnumm", "did you mean alnum?"),
        (
            "password --for x",
            "it must be one of: safe, alnum, full, pin",
        ),
        (
            "password -cny",
            "-c is how many, as in `mksecret password -c 3`",
        ),
        (
            "password --exclude letters",
            "--no-lower --no-upper --start any",
        ),
        (
            "password --exclude-chars letters",
            "--no-lower --no-upper --start any",
        ),
        (
            "password --charset a-z",
            "for the range: --for alnum --no-upper --no-digit; literally: --alphabet az-",
        ),
        ("password chars=digits", "--for pin"),
        (
            "password --alphabet hex -b 256",
            "`mksecret hex -l 64`, or --alphabet 0123456789abcdef",
        ),
        ("hex 256 bits", "it is a number of bytes: 32"),
        ("bytes 1 M", "a unit stands directly behind the number: 1M"),
        ("hex --format base64", "use `mksecret base64 32`"),
        ("uuid v4", "leave it out: version 4 is the only one"),
        (
            "uuidgen -7",
            "`mksecret uuid`; only version 4 is random; those with a clock in them are made by `uuidgen --time-v7`",
        ),
        ("completions nu", "`mksecret completions nushell`"),
        (
            "passphrase --no-numbers",
            "leave it out: there are letters alone unless --add-digit or --add-symbol is given",
        ),
        ("passphrase -s none", "-s ''"),
        ("passphrase -s Space", "-s ' '"),
        ("passphrase -W 6", "the number of words is -w 6"),
        (
            "base85",
            "`mksecret base64 32` or `mksecret urlsafe 32`: there is no base85; `basenc --z85` encodes what `mksecret bytes 32` prints",
        ),
        ("fernet", "`mksecret urlsafe 32 --pad`"),
        ("passphrase -d _ -n 4", "use -s _"),
        ("passphrase --delimiter ' '", "use -s ' '"),
        ("passphrase --delimiter=-", "use -s -"),
        (
            "hex -engine x",
            "leave it out: the kernel's generator is the only source, and there is no seed",
        ),
        ("openssl rand -hex 16", "`mksecret hex 16`"),
        ("below", "as in `mksecret below 100`"),
        ("sample", "as in `mksecret sample 2 alice bob carol`"),
        ("hex --distinct", "-c N: print N of them, one per line"),
        (
            "hex --mode 0640",
            "-o FILE: write to a new FILE with mode 0600, complete or absent; - is standard output",
        ),
        (
            "below min=1 max=50000",
            "`mksecret choice --range 1-50000`: both ends included",
        ),
        ("apg -n 5 -m 12", "`mksecret password -l 12`"),
        ("bw generate -p --words 4", "`mksecret passphrase -w 4`"),
        (
            "random_integer min=1 max=6",
            "`mksecret choice --range 1-6`",
        ),
        ("SecureRandom.hex 16", "did you mean `mksecret hex 16`?"),
        ("securerandom hex 16", "`mksecret hex 16`"),
        ("pwqgen random=85", "`mksecret password -b 85`"),
        ("genpassword 20", "`mksecret password -l 20`"),
        (
            "passphrase -w 4-5000000",
            "it is one number, such as 5000000",
        ),
    ] {
        let words = shlex::split(line).unwrap();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(self::hint(&words), hint, "{line}");
    }
    for (line, hint) in [
        ("hex 64 --upper", "'[0-9A-F]{128}'"),
        ("hex --upper 64", "'[0-9A-F]{128}'"),
        ("pattern -l 30", "`mksecret password -l 30`"),
        ("pattern -B", "`mksecret password -B`"),
        ("pattern -b 200", "`mksecret password -b 200`"),
        (
            "pattern --charset abc",
            "`mksecret password --alphabet SET`",
        ),
        ("password --chars abc123", "use --alphabet abc123"),
        (
            "password --alphabet base64 -l 40",
            "`mksecret base64 -l 40`",
        ),
        ("password --alphabet hex -l 64", "`mksecret hex -l 64`"),
        ("password --alphabet hex", "`mksecret hex -l 32`"),
        (
            "hash",
            "`openssl passwd -6 -stdin` for Unix, `htpasswd -niB USER`",
        ),
        ("choice --foo", "there is no such option; items"),
        ("pwgen -A 20", "`mksecret password -l 20`; use --no-upper"),
        ("secpwgen -r 64", "`mksecret passphrase -b 128`"),
        (
            "openssl passwd",
            "that is the job of `openssl passwd -6 -stdin`",
        ),
        ("sample 6 49", "for the integers: --range 1-49"),
        ("sample 6 1 49", "for the integers: --range 1-49"),
    ] {
        hints(line, hint);
    }
}

/// The hint that is given for a command line, which fails without printing anything.
fn hint(line: &[&str]) -> String {
    let done = mksecret("").args(line).assert().code(2).stdout("");
    let said = str::from_utf8(&done.get_output().stderr).unwrap();
    let hint = said.trim_end().split_once(
        "
mksecret: hint: ",
    );
    let (_, hint) = hint.unwrap_or_else(|| panic!("{line:?}: {said}"));
    hint.to_owned()
}

#[test]
fn numbers_as_other_tools_write_them_get_a_hint() {
    for (line, hint) in [
        ("password -l 8-16", "--rules 'minlength: 8; maxlength: 16'"),
        ("password --length=8..16", "-l 16"),
        ("passphrase -w 4-6", "-w 6"),
        ("hex 8-16", "one number, such as 16"),
        ("below 1-10", "`mksecret choice --range 1-10`"),
        ("below 1..10", "`mksecret choice --range 1-10`"),
        ("below 1,10", "`mksecret choice --range 1-10`"),
        ("below 1 10", "`mksecret choice --range 1-10`"),
        ("below 10 3", "`mksecret below 10 -c 3`"),
        ("below 1e6", "write 1000000"),
        ("below 1.5e3", "write 1500"),
        ("below 1e100", "write 10**100"),
        ("below 2^64", "write 2**64"),
        ("below 1,000", "write 1000"),
        ("below 5 --from +2", "write 2"),
        ("hex -c 1k", "write 1000"),
        ("hex -c 1_000", "write 1000"),
        ("hex 1e3", "write 1000"),
        ("hex 1k", "upper case: 1K"),
        ("hex 32bytes", "a number of bytes: 32"),
        ("bytes 256bit", "a number of bytes: 32"),
        ("ready --timeout 5", "--timeout 5s"),
        ("choice --range 6", "--range 1-6"),
        ("choice --range 1..6", "--range 1-6"),
        ("choice --range 6-1", "--range 1-6"),
        ("choice --range 1,6", "--range 1-6"),
        ("sample a b c", "`mksecret sample 2 ITEM...`"),
    ] {
        hints(line, hint);
    }
}

#[test]
fn a_lone_item_that_reads_as_a_range_is_refused() {
    for (line, range) in [
        ("choice 1-6", "1-6"),
        ("choice 20000..30000", "20000-30000"),
        ("choice -v 6–1", "1-6"),
        ("choice -c 3 {1..6}", "1-6"),
        ("sample 3 1-49", "1-49"),
        ("sample all 0x10..=0xff", "0x10-0xff"),
    ] {
        hints(line, &format!("--range {range}; after `--` it is an item"));
    }
    for (line, item) in [
        ("choice -- 1-6", "1-6"),
        ("choice 1-6 1-6", "1-6"),
        ("sample 1 -- 1-49", "1-49"),
        ("choice 2026-11-28", "2026-11-28"),
        ("choice 1-", "1-"),
        ("choice a-z", "a-z"),
        ("choice 1:6", "1:6"),
        ("choice 10", "10"),
    ] {
        assert_eq!(mksecret(line).printed(), format!("{item}\n"), "{line}");
    }
}

#[test]
fn file_taken_for_an_item_gets_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.csv"), "a\nb\nc\n").unwrap();
    let mut command = mksecret("sample 3 d.csv");
    let done = command.current_dir(&folder).assert().code(2).stdout("");
    let says = error(
        "K '3': only 1 item in the arguments",
        "for the lines of that file: -i d.csv",
    );
    done.stderr(says);
    let done = mksecret("sample 3 d.csv").assert().code(2);
    done.stderr("mksecret: error: K '3': only 1 item in the arguments\n");
}

/// What a row of the tables says where no number was typed.
fn plainly(instead: &str) -> String {
    instead.replace("+>", "").replace(['<', '>'], "")
}

#[test]
fn names_of_other_tools_are_answered_with_the_command() {
    for (names, instead) in slips::commands() {
        for name in names.split(' ') {
            assert_eq!(hint(&[name]), plainly(instead), "{name}");
        }
    }
}

#[test]
fn arguments_of_other_tools_are_answered_with_the_option() {
    for (subcommands, typed, instead) in slips::arguments() {
        let mut said = 0;
        for subcommand in subcommands.replace('*', "hex bytes choice").split(' ') {
            for typed in typed.split(' ').filter(|typed| {
                typed.contains('-')
                    || typed.len() > 1 && typed.is_ascii() && typed.chars().all(char::is_lowercase)
            }) {
                if typed == "few" {
                    continue;
                }
                let hint = hint(&[subcommand, typed]);
                let is_this = hint == plainly(instead);
                said += u64::from(is_this);
                assert!(
                    is_this || subcommands == "*",
                    "{subcommand} {typed}: {hint}"
                );
            }
        }
        assert!(
            said > 0 || typed.contains('N') || typed == "few",
            "{subcommands} {typed}: {instead}"
        );
    }
}

#[test]
fn every_row_of_the_tables_is_read() {
    for (text, rows) in [
        (
            include_str!("../src/cli/habits/commands.txt"),
            slips::commands().count(),
        ),
        (
            include_str!("../src/cli/habits/arguments.txt"),
            slips::arguments().count(),
        ),
    ] {
        let (hints, names): (Vec<&str>, Vec<&str>) = (text.lines())
            .filter(|line| !line.is_empty() && !line.starts_with("# "))
            .partition(|line| line.starts_with("    "));
        assert_eq!((hints.len(), names.len()), (rows, rows));
    }
}

/// The command lines of this program that a hint names.
fn lines(hint: &str) -> impl Iterator<Item = &str> {
    let code = hint.split('`').skip(1).step_by(2);
    code.filter(|line| line.starts_with("mksecret ")).chain(
        hint.split("$(")
            .skip(1)
            .filter_map(|rest| rest.split(')').next()),
    )
}

#[test]
fn command_lines_in_hints_work() {
    let folder = tempfile::tempdir().unwrap();
    let template = "NAME=\nTOKEN={{ mksecret hex 32 }}\nA=1\nB=2\nC=3\nD=4\n";
    for file in ["FILE", ".env.example"] {
        std::fs::write(folder.path().join(file), template).unwrap();
    }
    let commands = slips::commands().map(|(_, instead)| instead);
    let arguments = slips::arguments().map(|(.., instead)| instead);
    let mut run = 0;
    for instead in commands.chain(arguments) {
        let instead = instead.replace("<first>", "8").replace("<second>", "9");
        for line in lines(&plainly(&instead)) {
            if ["DEVICE", "token --check"]
                .iter()
                .any(|part| line.contains(part))
            {
                continue;
            }
            let line = line
                .replace("-o FILE", "-o NEW")
                .replace("ITEM...", "a b c d e f")
                .replace("SET", "abcdef")
                .replace("NAME", "TOKEN");
            let _ = std::fs::remove_file(folder.path().join("NEW"));
            let words = shlex::split(&line).unwrap();
            let mut command = mksecret("");
            command
                .current_dir(&folder)
                .args(&words[1..])
                .assert()
                .success();
            run += 1;
        }
    }
    assert!(run > 100, "{run}");
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
        "tokens are read from standard input or from -i FILE",
    );
    let done = mksecret(&format!("token --check {token}")).assert().code(2);
    done.stderr(says);
    hints("token --chekc", "did you mean --check?");
}
