use SetOption::*;

use super::*;

const ALPHABET: SetOption = Alphabet { length: None };
const EXCLUDE: SetOption = Exclude { has_classes: true };

/// The message and the hint for `set`.
fn refusal(set: &str, option: SetOption) -> (String, String) {
    match read(set, option) {
        Err(Error::Usage { message, hint }) => (message, hint.unwrap()),
        other => panic!("{set}: {other:?}"),
    }
}

#[test]
fn all_ascii_punctuation_in_its_order_is_a_set() {
    let punctuation: String = ('!'..='~').filter(char::is_ascii_punctuation).collect();
    assert_eq!(punctuation.len(), 32);
    let chars: Vec<char> = punctuation.chars().collect();
    for option in [ALPHABET, Symbols, EXCLUDE] {
        assert_eq!(read(&punctuation, option).ok(), Some(chars.clone()));
    }
}

#[test]
fn sets_are_taken_literally() {
    for set in [
        "01",
        "10",
        "ACGT",
        "0123456789abcdef",
        "23456789BCDFGHJKMPQRTVWXY",
        "abc",
        "lo",
        "no",
        "xyz",
        "hexagon",
        "XO",
        " ",
        "-",
        "-az",
        "az-",
        "!@#-",
        "-_.",
        "_-.",
        "+-*/",
        ")-(",
        ",-.",
        "!-#",
        "a.",
        "a.z",
        "\\1",
        "\\",
        "\\-",
        "[]",
        "[",
        "]",
        "[]{}()<>",
        "[{(<>)}]",
        "(){}[]a",
        "[:",
        ":]a[",
        "[:a",
        "z-!",
        "a[!]",
        "[!]a",
        "&;",
        "&,;",
        "a&b;",
        "&",
        "?",
        "?!",
        "%21",
        "äöüß",
        "абв",
        "αβγδ",
        "€😀漢",
        "😀🎲🔑🦀",
        "♠♥♦♣",
        "ab!-",
        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        "!@#$%^&*",
        "!@#$%^&*()_+=-",
        "~!@#$%^&*+/.,\\{}[];:-",
        "$&!?%+*#",
        // Read as a range, the hyphen and its neighbours would hold characters that are listed again.
        "!@#$%^&*()-_=+",
        "~!@#$%^&*()_+-={}[]|:;<>,.?/",
        "!@.-_*",
        "!-/#",
        ".-~@",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        "azb",
        "a09",
        "%",
        "%$",
        ".,*",
        "(a",
        "'a",
    ] {
        for option in [ALPHABET, Symbols, EXCLUDE] {
            if option == Symbols && ["01", "10", "no"].contains(&set) {
                continue;
            }
            assert_eq!(read(set, option).ok(), Some(set.chars().collect()), "{set}");
        }
    }
}
/// Habits from elsewhere, and the option that would do for `--alphabet` and for `--exclude`.
const HABITS: &[(&str, &str, &str)] = &[
    ("a-z", "--for alnum --no-upper --no-digit", "--no-lower"),
    ("A-Z", "--for alnum --no-lower --no-digit", "--no-upper"),
    ("a-zA-Z", "--for alnum --no-digit", "--no-lower --no-upper"),
    ("A-z", "--for alnum --no-digit", "--no-lower --no-upper"),
    ("0-9", "--for pin", "--no-digit"),
    ("a-zA-Z0-9", "--for alnum", "--no-digit"),
    ("[a-zA-Z0-9]", "--for alnum", "--no-digit"),
    ("[A-Za-z0-9]{16}", "--for alnum", "--no-digit"),
    ("A-Za-z0-9_-", "`mksecret urlsafe", "--exclude _-"),
    ("0-9a-f", "`mksecret hex", "--no-digit --exclude abcdef"),
    ("a-b", "--alphabet ab;", "--exclude ab;"),
    ("!-~", "--for full", "literally: --exclude '!~-'"),
    (" -~", "--for full", "literally"),
    ("!-/:-@", "--alphabet '!\"#", "--exclude '!\"#"),
    (
        "!-_",
        "literally: --alphabet '!_-'",
        "literally: --exclude '!_-'",
    ),
    (
        "!@#$%^&*()_+-=",
        "literally: --alphabet '!@#$%^&*()_+=-'",
        "literally: --exclude '!@#$%^&*()_+=-'",
    ),
    ("%-)", "--alphabet '%&'\\''()'", "--exclude '%&'\\''()'"),
    ("a–z", "--for alnum --no-upper", "--no-lower"),
    ("a—z", "--for alnum --no-upper", "--no-lower"),
    ("a\u{2011}z", "--for alnum --no-upper", "--no-lower"),
    ("a−z", "--for alnum --no-upper", "--no-lower"),
    ("a－z", "--for alnum --no-upper", "--no-lower"),
    ("a〜z", "--for alnum --no-upper", "--no-lower"),
    ("a..z", "--for alnum --no-upper", "--no-lower"),
    ("a...z", "--for alnum --no-upper", "--no-lower"),
    ("a..=z", "--for alnum --no-upper", "--no-lower"),
    ("a…z", "--for alnum --no-upper", "--no-lower"),
    ("!..~", "--for full", "list every character"),
    (
        "z-a",
        "literally: --alphabet za-",
        "literally: --exclude za-",
    ),
    ("é-ü", "--alphabet 'éêëìíîïðñòóôõöøùúûü'", "--exclude 'é"),
    ("а-я", "--alphabet 'абв", "--exclude 'абв"),
    ("😀-😎", "--alphabet '😀😁😂", "--exclude '😀😁😂"),
    ("[^a-z]", "literally: --alphabet '^az[]-'", "literally"),
    ("0x21-0x7e", "list every character", "list every character"),
    (
        "[abc]",
        "--alphabet abc; literally: --alphabet 'abc[]'",
        "--exclude abc",
    ),
    ("[!@#]", "--alphabet '!#@'", "--exclude '!#@'"),
    (
        "x[abc]y",
        "literally: --alphabet 'xabcy[]'",
        "literally: --exclude 'xabcy[]'",
    ),
    ("[a-z][0-9]", "list every character", "list every character"),
    (
        "[[:lower:][:digit:]]",
        "--alphabet 0123",
        "--no-lower --no-digit",
    ),
    ("[aeiou]{8}", "--alphabet aeiou", "--exclude aeiou"),
    ("[:alnum:]", "--for alnum", "--no-digit"),
    ("[[:alnum:]]", "--for alnum", "--no-digit"),
    (
        "[:lower:][:digit:]",
        "--alphabet 0123456789abc",
        "--no-lower --no-digit",
    ),
    ("[:punct:]", "--for full --no-lower", "--no-symbol"),
    (
        "x[:xdigit:]",
        "--alphabet 0123456789abcdefx",
        "--no-digit --exclude abcdefx",
    ),
    (
        "[:space:]",
        "as in --alphabet 'abc '",
        "for the class: --exclude ' '",
    ),
    ("[:^digit:]", "list every character", "list every character"),
    ("[:what:]", "list every character", "list every character"),
    ("\\w", "--for alnum", "--no-digit"),
    ("\\d", "--for pin", "--no-digit"),
    ("\\s", "as in --alphabet 'abc '", "--exclude ' '"),
    ("space", "as in --alphabet 'abc '", "--exclude ' '"),
    (
        "control",
        "no password holds control",
        "no password holds control",
    ),
    (
        "az",
        "--for alnum --no-upper --no-digit; literally: --alphabet za",
        "--no-lower; literally: --exclude za",
    ),
    ("AZ", "--for alnum --no-lower --no-digit;", "--no-upper;"),
    (
        "azAZ09",
        "--for alnum",
        "--no-lower --no-upper --no-digit --start any --end any",
    ),
    (
        "Az",
        "--for alnum --no-digit",
        "--no-lower --no-upper --start any;",
    ),
    ("aA0", "--for alnum", "--no-digit"),
    ("luds", "--for full", "list every character"),
    ("low", "--for alnum --no-upper --no-digit", "--no-lower"),
    ("dec", "--for pin", "--no-digit"),
    (
        "mixed",
        "--for alnum --no-digit",
        "--no-lower --no-upper --start any",
    ),
    (
        "(abc)",
        "what is inside: --alphabet abc; literally: --alphabet 'abc()'",
        "--exclude abc;",
    ),
    ("{a-z}", "--for alnum --no-upper", "--no-lower"),
    ("'abc'", "what is inside: --alphabet abc", "--exclude abc"),
    (
        "%s",
        "literally: --alphabet 's%'",
        "literally: --exclude 's%'",
    ),
    ("%d", "for the class: --for pin", "--no-digit"),
    (
        ".*",
        "for the class: --for full; literally: --alphabet '*.'",
        "literally: --exclude '*.'",
    ),
    (
        ".{16}",
        "for the class: --for full",
        "literally: --exclude '.16{}'",
    ),
    ("uuid", "`mksecret uuid`", "`mksecret uuid`"),
    ("alnum_symbols", "--for full", "list every character"),
    ("lowerdigits", "--alphabet 0123", "--no-lower --no-digit"),
    ("ascii_letters,digits", "--for alnum", "--no-digit"),
    (
        "ascii_letters,digits,.-_",
        "--for safe",
        "--start any --end any --exclude ._-",
    ),
    (
        "9-A",
        "literally: --alphabet 9A-",
        "literally: --exclude 9A-",
    ),
    ("a\\d", "--alphabet 0123456789a", "--no-digit --exclude a"),
    ("\\x41", "list every character", "list every character"),
    ("\\u0041", "list every character", "list every character"),
    ("&amp;", "literally: --alphabet 'amp;&'", "--exclude '&'"),
    ("!&lt;&gt;", "--alphabet '!<>'", "--exclude '!<>'"),
    (
        "!&apos;&quot;",
        "--alphabet '!\"'\\'''",
        "--exclude '!\"'\\'''",
    ),
    ("&#33;&#x40;", "--alphabet '!@'", "--exclude '!@'"),
    ("&nbsp;", "literally: --alphabet 'nbsp;&'", "literally"),
    (
        "hex",
        "--alphabet 0123456789abcdef",
        "--no-digit --exclude abcdef",
    ),
    (
        "base58",
        "--alphabet 123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
        "--exclude 1234",
    ),
    ("Base-58", "--alphabet 1234", "--exclude 1234"),
    ("url", "`mksecret urlsafe", "--exclude"),
    ("URL-safe", "`mksecret urlsafe", "--exclude"),
    ("safe", "--for safe", "--exclude"),
    ("ALNUM", "--for alnum", "--no-digit"),
    ("lower", "--for alnum --no-upper", "--no-lower"),
    ("digits", "--for pin", "--no-digit"),
    ("symbols", "--for full --no-lower", "--no-symbol"),
    ("special", "--for full --no-lower", "--no-symbol"),
    ("similar", "--no-lookalikes", "--no-lookalikes"),
    ("ambiguous", "--no-lookalikes", "--no-lookalikes"),
    ("lookalikes", "--no-lookalikes", "--no-lookalikes"),
    (
        "unambiguous",
        "--for alnum --no-lookalikes",
        "--no-lookalikes",
    ),
    ("vowels", "--alphabet AEIOUaeiou", "--exclude AEIOUaeiou"),
    ("printable", "--for full", "list every character"),
    (
        "string.ascii_letters + string.digits",
        "--for alnum",
        "--no-digit",
    ),
    ("lower,upper,digits", "--for alnum", "--no-digit"),
    ("{digits}", "--for pin", "--no-digit"),
    ("?l?u?d", "--for alnum", "--no-digit"),
    ("?h", "`mksecret hex", "--no-digit --exclude abcdef"),
    ("?H", "--alphabet 0123456789ABCDEF", "--exclude ABCDEF"),
    ("?a", "--for full", "literally: --exclude 'a?'"),
    ("?s", "--for full --no-lower", "--no-symbol"),
    (
        "0123456789a-b",
        "literally: --alphabet 0123456789ab-",
        "literally: --no-digit --exclude ab-",
    ),
    ("?l?s", "--alphabet '!\"#", "--no-lower --no-symbol"),
    ("yaml", "--for safe", "--for safe"),
    (
        "abca",
        "list each character once: --alphabet abc",
        "once: --exclude abc",
    ),
    (
        "~-¡",
        "literally: --alphabet '~¡-'",
        "literally: --exclude '~¡-'",
    ),
    ("x,x", "list each character once", "once: --exclude x"),
    (
        "a,b,c",
        "list each character once: --alphabet abc",
        "once: --exclude abc",
    ),
    (
        "0 1 2",
        "list each character once: --alphabet 012",
        "once: --exclude 012",
    ),
    ("--", "list each character once", "once: --exclude -"),
    ("-_-", "once: --alphabet -_", "once: --exclude -_"),
    ("+--", "once: --alphabet '+-'", "once: --exclude '+-'"),
    ("*.*", "once: --alphabet '*.'", "once: --exclude '*.'"),
    ("b64", "`mksecret base64 -l 24`", "--exclude"),
];

#[test]
fn habits_from_elsewhere_are_refused_with_what_would_do() {
    for (set, alphabet, exclude) in HABITS {
        for (option, expected) in [(ALPHABET, alphabet), (EXCLUDE, exclude)] {
            let (message, hint) = refusal(set, option);
            assert!(message.contains(option.name()), "{set}: {message}");
            assert!(hint.contains(expected), "{set}: {hint}");
        }
        refusal(set, Symbols);
    }
}

#[test]
fn hyphen_among_symbols_can_be_itself() {
    for (set, expected) in [
        (
            "!@#$%^&*()_+-=",
            "for the range: --alphabet '!#$%&()*+,./0123456789:;<=@^_-'; literally: --alphabet '!@#$%^&*()_+=-'",
        ),
        (
            "+-9",
            "for the range: --alphabet '+,./0123456789-'; literally: --alphabet '+9-'",
        ),
        (
            "a-zxy",
            "for the range: --for alnum --no-upper --no-digit; literally: --alphabet azxy-",
        ),
    ] {
        assert_eq!(refusal(set, ALPHABET).1, expected, "{set}");
    }
}

#[test]
fn a_message_says_both_meanings() {
    for (set, expected) in [
        (
            "x!-~",
            "`!-~` in --alphabet could mean the range from ! to ~, or the characters !, - and ~",
        ),
        (
            "a..=z",
            "`a..=z` in --alphabet could mean the range from a to z, or the characters a, . and z",
        ),
        (
            "[[:^digit:]]",
            "`[:^digit:]` in --alphabet could mean a class, or its characters",
        ),
        (
            "a\\dz",
            "`\\d` in --alphabet could mean a class, or its characters",
        ),
        (
            "#&amp;!",
            "`&amp;` in --alphabet could mean one character, or all that it is written with",
        ),
        (
            "x[ab]",
            "`[ab]` in --alphabet could mean what is inside, or all of it",
        ),
        (
            "Hex",
            "`Hex` as --alphabet could mean an alphabet, or its letters",
        ),
        ("abb", "`b` stands twice in --alphabet"),
        ("", "the set of --alphabet is empty"),
        (
            "a\u{200b}",
            "--alphabet contains U+200B, an invisible character",
        ),
    ] {
        assert_eq!(refusal(set, ALPHABET).0, expected);
    }
}

#[test]
fn symbols_are_symbols() {
    for (set, expected) in [
        ("", "use --no-symbol to exclude symbols"),
        ("0", "for none at all: --no-symbol"),
        ("none", "for none at all: --no-symbol"),
        ("2", "for at least 2: --symbol 2"),
        ("true", "for at least one: --symbol 1"),
        ("100", "for at least 100: --symbol 100"),
        (
            "2345",
            "digits have an option of their own, as in --digit 2",
        ),
        (
            "0123456789",
            "digits have an option of their own, as in --digit 2",
        ),
        ("special", "--for full"),
        (
            "!-~",
            "for the range: --for full; literally: --symbols '!~-'",
        ),
        (
            "!-/",
            r##"for the range: --symbols '!"#$%&'\''()*+,./-'; literally: --symbols '!/-'"##,
        ),
        ("base64", "--symbols '+/'"),
        (
            "hex",
            "letters and digits have options of their own, as in --digit 2",
        ),
        ("[:punct:]", "for the class: --for full"),
        ("brackets", "--symbols '()<>[]{}'"),
    ] {
        assert_eq!(refusal(set, Symbols).1, expected, "{set}");
    }
}

#[test]
fn classes_are_excluded_by_their_options_where_there_are_classes() {
    let no_classes = Exclude { has_classes: false };
    assert_eq!(refusal("digits", EXCLUDE).1, "--no-digit");
    assert_eq!(refusal("digits", no_classes).1, "--exclude 0123456789");
    assert_eq!(
        refusal("alnum", EXCLUDE).1,
        "--no-lower --no-upper --no-digit --start any --end any"
    );
    let unclear = "list every character, and put a hyphen first or last";
    assert_eq!(refusal("all", EXCLUDE).1, unclear);
}

/// The sets that a hint names are read as they stand.
#[test]
fn sets_in_hints_are_clear() {
    let names = KNOWN.iter().flat_map(|known| known.names.split(' '));
    let forms = HABITS.iter().map(|(set, ..)| *set);
    for set in names.chain(forms) {
        for option in [ALPHABET, Symbols, EXCLUDE, Exclude { has_classes: false }] {
            let hint = refusal(set, option).1;
            for (_, rest) in hint
                .match_indices(&format!("{} ", option.name()))
                .map(|(at, found)| hint.split_at(at + found.len()))
            {
                let offered = &shlex::split(rest.split("; ").next().unwrap()).unwrap()[0];
                assert!(
                    read(offered, option).is_ok() || hint.contains("that --alphabet or"),
                    "{set}: {hint}"
                );
            }
        }
    }
}

#[test]
fn each_name_of_an_alphabet_stands_once_and_plainly() {
    let names: Vec<_> = KNOWN
        .iter()
        .flat_map(|known| known.names.split(' '))
        .collect();
    assert_eq!(BTreeSet::from_iter(&names).len(), names.len());
    for name in names {
        let is_plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
        assert!(name.len() > 1 && name.chars().all(is_plain), "{name}");
        assert!(name.contains(char::is_alphabetic), "{name}");
    }
    for known in KNOWN {
        assert!(
            !known.chars.is_empty() || !known.instead.is_empty(),
            "{}",
            known.names
        );
        assert_eq!(
            meant(known.chars).is_some_and(|chars| !chars.is_empty()),
            !known.chars.is_empty()
        );
    }
}

#[test]
fn characters_that_cannot_be_told_apart_are_refused() {
    let way_out = |char| match char {
        '\u{301}' => "remove it, or use the precomposed character",
        '\u{212a}' => "use the character that replaces it",
        _ => "remove it",
    };
    for char in "\0\n\u{301}\u{ad}\u{a0}\u{378}\u{212a}".chars() {
        for option in [ALPHABET, Symbols, EXCLUDE] {
            let (message, hint) = refusal(&format!("x{char}"), option);
            let code = format!(" contains U+{:04X}, ", u32::from(char));
            assert!(message.contains(&code), "{message}");
            assert_eq!(hint, way_out(char));
        }
    }
}

/// A hint that names another command asks for as much as was asked for here.
#[test]
fn hints_keep_the_length_and_the_strength() {
    for (set, length, command) in [
        ("hex", Length::Units(64), "`mksecret hex -l 64`"),
        ("hex", Length::Bits(256), "`mksecret hex -l 64`"),
        ("base64", Length::Bits(256), "`mksecret base64 -l 43`"),
        ("urlsafe", Length::Units(40), "`mksecret urlsafe -l 40`"),
        ("base32", Length::Bits(128), "`mksecret base32 -l 26`"),
    ] {
        let option = Alphabet {
            length: Some(length),
        };
        let hint = refusal(set, option).1;
        assert!(hint.starts_with(command), "{set}: {hint}");
    }
}
