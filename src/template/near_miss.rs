//! What was meant as a placeholder: passed as text, it would become the secret.

use super::source_text::SourceText;

/// The names of this program's subcommands: those that can stand in a placeholder, and the others.
pub(crate) const SUBCOMMANDS: [&[&str]; 2] = [
    &[
        "password",
        "passphrase",
        "hex",
        "urlsafe",
        "base64",
        "base32",
        "token",
        "uuid",
        "below",
        "pattern",
        "choice",
    ],
    &[
        "bytes",
        "sample",
        "fill",
        "ready",
        "completions",
        "man",
        "help",
    ],
];

const NAME: &str = "mksecret";

/// The message of a near miss.
pub(super) const NEARLY: &str = "this is nearly a placeholder";

/// The hint for braces that are no placeholder.
pub(super) const FORM: &str =
    "a placeholder is {{ mksecret … }}, in lower case, with two braces and no other sign";

/// Where another language's braces or brackets open that hold a command line of this program, sorted.
pub(super) fn other_braces(text: &[u8]) -> Vec<usize> {
    const OPEN: [&[u8]; 5] = [b"[[", b"<%", b"{%", b"${", b"{ {"];
    let found = memchr::memmem::find_iter(text, NAME).filter_map(|name| {
        // No blanks but these: otherwise many of them would take long.
        let before = text[..name].strip_suffix(b" ").unwrap_or(&text[..name]);
        let before = before.strip_suffix(b"=").unwrap_or(before);
        let open = OPEN.iter().find(|open| before.ends_with(open))?;
        let (second, _) = word(&text[name + NAME.len()..])?;
        let is_command = text[name + NAME.len()] == b' ' && SUBCOMMANDS[0].contains(&second);
        is_command.then_some(before.len() - open.len())
    });
    found.collect()
}

/// Whether the first word in braces is the name of this program, with other signs before it or a path.
fn begins_with_name(mut text: &[u8]) -> bool {
    while let [b'$', b'(', rest @ ..]
    | [b' ' | b'\t' | b'"' | b'\'' | b'`', rest @ ..]
    | [
        b'-' | b'~' | b'#' | b'/' | b'!' | b'>' | b'&' | b'^' | b'*' | b'=' | b'%' | b'@' | b'(',
        rest @ ..,
    ] = text
    {
        text = rest;
    }
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-./".contains(byte);
    // No path that is looked for is longer.
    let path = &text[..text.iter().take(64).take_while(is_part).count()];
    let path = path.strip_suffix(b"-").unwrap_or(path);
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    name.eq_ignore_ascii_case(NAME.as_bytes())
}

/// What would do, if the braces at `at`, which are no placeholder, were meant as one. `is_key` knows the keys that may
/// stand in one.
pub(super) fn near_miss(
    text: &[u8],
    at: usize,
    is_key: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    // The first of many braces has been looked at.
    if at > 0 && text[at - 1] == b'{' {
        return None;
    }
    let mut rest = &text[at + 2..];
    while let [b'{', after @ ..] = rest {
        rest = after;
    }
    if begins_with_name(rest) {
        return Some(FORM);
    }
    if let [b'-' | b'~', after @ ..] = rest {
        rest = after;
    }
    let (first, rest) = word(rest)?;
    let (second, _) = word(rest).unwrap_or_default();
    let lower = first.to_ascii_lowercase();
    let mut names = SUBCOMMANDS.concat().into_iter();
    if is_key(first) {
        return None;
    }
    if names.any(|name| name == second) && is_within_two_edits(&lower) {
        return Some("a placeholder begins with the name of this program: {{ mksecret … }}");
    }
    if SUBCOMMANDS[0].contains(&first) && (is_number(second) || is_option(second)) {
        return Some("write the name of this program before the command: {{ mksecret … }}");
    }
    let is_other = match first {
        "openssl" => second == "rand",
        "pwgen" | "uuidgen" => is_number(second) || is_option(second),
        _ => false,
    };
    is_other
        .then_some("other programs are not run: {{ mksecret hex 32 }} or {{ mksecret password }}")
}

/// The error about a placeholder in a comment that stands where a value would.
pub(super) fn behind_nothing(file: &SourceText<'_>, at: usize, sign: &str) -> anyhow::Error {
    let message = "the placeholder is in a comment, and there is no value before it";
    file.error(at, message, format!("remove the {sign} before it"))
}

/// Whether a shell would run this program in `value`.
pub(super) fn runs_this_program(value: &str) -> bool {
    ["$(", "`"].iter().any(|open| {
        let behind = value.split(open).skip(1);
        behind
            .into_iter()
            .any(|rest| matches!(word(rest.as_bytes()), Some((NAME, _))))
    })
}

/// The next word of a line, up to a blank or what cannot be in one, and what follows it.
fn word(text: &[u8]) -> Option<(&str, &[u8])> {
    let blanks = text.iter().take_while(|byte| b" \t".contains(byte)).count();
    let text = &text[blanks..];
    // No word that is looked for is longer.
    let is_part = |byte: &&u8| !b" \t\r\n}|~)`\"'".contains(*byte);
    let length = text.iter().take(32).take_while(is_part).count();
    let word = str::from_utf8(&text[..length]).ok()?;
    Some((word, &text[length..])).filter(|(word, _)| !word.is_empty())
}

fn is_number(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_digit())
}

fn is_option(word: &str) -> bool {
    let letters = word.strip_prefix("--").or(word.strip_prefix('-'));
    letters.is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_alphabetic()))
}

/// Whether at most two characters have to be inserted, removed or replaced to make it the name of this program.
fn is_within_two_edits(word: &str) -> bool {
    let word = word.as_bytes();
    if word.len().abs_diff(NAME.len()) > 2 {
        return false;
    }
    let mut row: Vec<usize> = (0..=NAME.len()).collect();
    for (line, byte) in word.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], line + 1);
        for (column, wanted) in NAME.bytes().enumerate() {
            let replaced = before + usize::from(*byte != wanted);
            before = row[column + 1];
            row[column + 1] = replaced.min(before + 1).min(row[column] + 1);
        }
    }
    row[NAME.len()] <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_as_a_placeholder_is_found() {
        for text in [
            "{{ MKSECRET hex }}",
            "{{ Mksecret }}",
            "{{- mksecret hex -}}",
            "{{-mksecret hex-}}",
            "{{~ mksecret hex ~}}",
            "{{{ mksecret hex }}}",
            "{{{{mksecret}}}}",
            "{{# mksecret hex #}}",
            "{{/mksecret}}",
            "{{= Mksecret hex }}",
            "{{ mksecret(\"hex\") }}",
            "{{ \"mksecret hex\" }}",
            "{{ '/usr/bin/mksecret' hex }}",
            "{{ ./mksecret hex }}",
            "{{ $(mksecret hex) }}",
            "{{ `mksecret hex` }}",
            "{{ mkscret hex 32 }}",
            "{{ MkSecrte hex }}",
            "{{ mk-secret fill }}",
            "{{ ksecrets hex }}",
            "{{ mmksecreet hex }}",
            "{{ mkxxcret hex }}",
            "{{ kmsecret hex }}",
            "{{ mksecrxx hex }}",
            "{{ mksecrets password }}",
            "{{ secret hex }}",
            "{{ hex 32 }}",
            "{{- password -l 20 -}}",
            "{{ below 2**64 }}",
            "{{ password --for full }}",
            "{{ openssl rand -hex 32 }}",
            "{{ pwgen 32 1 }}",
            "{{ pwgen -s }}",
            "{{ uuidgen -r }}",
        ] {
            assert!(near_miss(text.as_bytes(), 0, |_| false).is_some(), "{text}");
        }
    }

    #[test]
    fn braces_of_other_languages_are_none() {
        for text in [
            "{{ secret \"a\" }}",
            "{{ my_secret }}",
            "{{ mksecret.hex }}",
            "{{ .mksecret }}",
            "{{ $mksecret }}",
            "{{ mksecret_hex }}",
            "{{ include \"mksecret hex\" . }}",
            "{{ }} mksecret hex",
            "{{ bytes 1024 }}",
            "{{ sample -n }}",
            "{{ password | quote }}",
            "{{ hex }}",
            "{{ hex - }}",
            "{{ hex -1 }}",
            "{{ hex -}}",
            "{{ mkecre hexa }}",
            "{{ mkscrt_ hex }}",
            "{{ xmksecxxt hex }}",
            "{{ m hex }}",
            "{{ terceskm hex }}",
            "{{ abcdefgh hex }}",
            "{{ mksabcde hex }}",
            "{{ secre hex }}",
            "{{ mksecretsss hex }}",
            "{{ openssl req }}",
            "{{ uuidgen }}",
            "{{ pwgen x }}",
            "{{ .Values.x }}",
            "{{",
            "{{-",
            "{{ \n mksecret }}",
        ] {
            assert_eq!(near_miss(text.as_bytes(), 0, |_| false), None, "{text}");
        }
        let is_key = |key: &str| key == "hex" || key == "mkscret";
        assert_eq!(near_miss(b"{{ hex 32 }}", 0, is_key), None);
        assert_eq!(near_miss(b"{{ mkscret hex }}", 0, is_key), None);
    }

    #[test]
    fn command_in_other_braces_is_found() {
        for text in [
            "[[ mksecret hex ]]",
            "[[mksecret hex 32]]",
            "<% mksecret password %>",
            "<%= mksecret hex %>",
            "{% mksecret hex %}",
            "${mksecret hex}",
            "{ { mksecret hex } }",
        ] {
            let text = format!("a: {text}");
            assert_eq!(other_braces(text.as_bytes()), [3], "{text}");
        }
        for text in [
            "[ mksecret hex ]",
            "{ mksecret hex; }",
            "$(mksecret hex)",
            "{{ mksecret hex }}",
            "[[ mksecret ]]",
            "[[ mksecret",
            "[[ mksecret fill ]]",
            "[[ mksecretx hex ]]",
            "[[ mksecret-hex ]]",
            "[[ -x mksecret hex ]]",
            "${mksecret}",
        ] {
            assert!(other_braces(text.as_bytes()).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_shell_runs_what_stands_in_parentheses_or_backquotes() {
        for value in ["$(mksecret hex)", "\"x$( mksecret)\"", "`mksecret hex`"] {
            assert!(runs_this_program(value), "{value}");
        }
        for value in [
            "$(mksecretx)",
            "$mksecret",
            "(mksecret)",
            "$(openssl rand)",
            "mksecret`",
        ] {
            assert!(!runs_this_program(value), "{value}");
        }
    }
}
