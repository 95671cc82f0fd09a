//! How a placeholder is written.

use super::{filter::Filter, source_text::SourceText};

/// What stands between `{{` and `}}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder<'t> {
    /// A command line of this program: what follows its name.
    Command(&'t str, Filter),
    /// The name of a key, if there is one of that name. With no filter of ours, another language's stands behind it.
    Key(&'t str, Option<Filter>),
}

/// Whether keys mostly have names like this one, so that braces around it are ours rather than another language's.
pub(super) fn is_name_of_key(name: &str) -> bool {
    !name.contains(char::is_lowercase)
}

/// The most bytes in another language's filter.
const NEARBY: usize = 256;

/// What a filter can be, for messages.
const FILTERS: &str =
    "the filters are url, base64 and raw; a | in the command line itself is quoted";

/// The placeholder that begins at `start`, where `{{` stands, and the byte after its end. None if the braces are
/// another program's.
///
/// # Errors
/// A command line has no end in its line, is not text, or has an unknown filter.
pub(super) fn placeholder<'t>(
    file: &SourceText<'t>,
    start: usize,
) -> anyhow::Result<Option<(Placeholder<'t>, usize)>> {
    if start > 0 && matches!(file.text[start - 1], b'{' | b'$') {
        return Ok(None);
    }
    let inside = start + 2 + blanks(&file.text[start + 2..]);
    let word = key_length(&file.text[inside..]);
    let after = inside + word;
    let word = &file.text[inside..after];
    let next = file.text.get(after);
    if word == b"mksecret" && next.is_none_or(|next| b" \t\r\n}|".contains(next)) {
        let Some((end, bar)) = end_of_command(file.text, after) else {
            let hint = "it ends with }} in the same line, outside of quotes";
            return Err(file.error(start, "the placeholder `{{ mksecret` has no end", hint));
        };
        let text = |range: std::ops::Range<usize>| match str::from_utf8(&file.text[range]) {
            Ok(text) => Ok(text.trim()),
            Err(_) => {
                let hint = "save the file as UTF-8";
                Err(file.error(start, "the placeholder is not valid UTF-8", hint))
            }
        };
        let words = text(after..bar.unwrap_or(end))?;
        let filter = match bar {
            None => Some(Filter::Plain),
            Some(bar) => Filter::by_name(text(bar + 1..end)?),
        };
        let Some(filter) = filter else {
            let at = bar.unwrap_or(start);
            return Err(file.error(at, "the placeholder has an unknown filter", FILTERS));
        };
        return Ok(Some((Placeholder::Command(words, filter), end + 2)));
    }
    let Ok(name) = str::from_utf8(word) else {
        return Ok(None);
    };
    let bar = after + blanks(&file.text[after..]);
    if name.is_empty() {
        return Ok(None);
    }
    if file.text[bar..].starts_with(b"}}") {
        let plain = Some(Filter::Plain);
        return Ok(Some((Placeholder::Key(name, plain), bar + 2)));
    }
    if file.text.get(bar) != Some(&b'|') {
        return Ok(None);
    }
    // Looked for nearby alone: otherwise many of them in one line would take long.
    let rest = &file.text[bar..(bar + NEARBY).min(file.text.len())];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    Ok(match memchr::memmem::find(line, b"}}") {
        Some(end) => {
            let filter = str::from_utf8(&line[1..end]).unwrap_or_default();
            let filter = Filter::by_name(filter.trim());
            Some((Placeholder::Key(name, filter), bar + end + 2))
        }
        _ => None,
    })
}

/// The error about the filter of a key that is none of ours.
pub(super) fn unknown_filter(file: &SourceText<'_>, at: usize) -> anyhow::Error {
    let hint = "the filters are url, base64 and raw";
    file.error(at, "the placeholder has an unknown filter", hint)
}

/// Where the `}}` is that ends the command line, which stands in one line and may have others in quotes; and where its
/// first `|` is outside of quotes.
fn end_of_command(text: &[u8], mut at: usize) -> Option<(usize, Option<usize>)> {
    let (mut quote, mut bar) = (None, None);
    loop {
        let byte = *text.get(at).filter(|byte| **byte != b'\n')?;
        match quote {
            None if text[at..].starts_with(b"}}") => return Some((at, bar)),
            None if byte == b'\'' || byte == b'"' => quote = Some(byte),
            None | Some(b'"') if byte == b'\\' => {
                at += 1;
                text.get(at).filter(|byte| **byte != b'\n')?;
            }
            None if byte == b'|' => bar = bar.or(Some(at)),
            Some(open) if byte == open => quote = None,
            _ => {}
        }
        at += 1;
    }
}

/// How many spaces and tabs `text` begins with.
pub(super) fn blanks(text: &[u8]) -> usize {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    text.iter().take_while(|byte| is_blank(byte)).count()
}

/// The first sign of `text` that is no white space.
pub(super) fn next_sign(text: &[u8]) -> Option<u8> {
    text.trim_ascii_start().first().copied()
}

/// Length of the key that `text` begins with: what every shell takes for a variable's name.
pub(super) fn key_length(text: &[u8]) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    match text.first() {
        Some(first) if !first.is_ascii_digit() => text.iter().take_while(|b| is_part(b)).count(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::source_text::Origin, *};

    fn parse(text: &str, start: usize) -> anyhow::Result<Option<(Placeholder<'_>, &str)>> {
        let file = SourceText {
            name: "t",
            text: text.as_bytes(),
            origin: Origin::Template,
        };
        let found = placeholder(&file, start)?;
        Ok(found.map(|(found, end)| (found, &text[end..])))
    }

    #[test]
    fn commands_and_keys_are_placeholders() {
        let plain = Filter::Plain;
        for (text, expected) in [
            (
                "{{ mksecret hex 32 }}x",
                Placeholder::Command("hex 32", plain),
            ),
            (
                "{{mksecret hex 32}}x",
                Placeholder::Command("hex 32", plain),
            ),
            ("{{\tmksecret }}x", Placeholder::Command("", plain)),
            (
                "{{ mksecret choice '}}' \"}}\\\"}}\" }}x",
                Placeholder::Command("choice '}}' \"}}\\\"}}\"", plain),
            ),
            (
                "{{ mksecret choice \\}} }}x",
                Placeholder::Command("choice \\}}", plain),
            ),
            (
                "{{ mksecret choice '|' \\| \"|\"|url}}x",
                Placeholder::Command("choice '|' \\| \"|\"", Filter::Url),
            ),
            (
                "{{ DB_PASSWORD }}x",
                Placeholder::Key("DB_PASSWORD", Some(plain)),
            ),
            ("{{_1}}x", Placeholder::Key("_1", Some(plain))),
            ("{{ A | url }}x", Placeholder::Key("A", Some(Filter::Url))),
            ("{{A|base64}}x", Placeholder::Key("A", Some(Filter::Base64))),
            ("{{ A |raw}}x", Placeholder::Key("A", Some(Filter::Raw))),
            ("{{ a | upper }}x", Placeholder::Key("a", None)),
            ("{{ a | url | x }}x", Placeholder::Key("a", None)),
        ] {
            assert_eq!(parse(text, 0).unwrap(), Some((expected, "x")), "{text}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "{{ .Values.key }}",
            "{{- KEY -}}",
            "{{#if x}}",
            "{{{ key }}}",
            "{{ mksecret.hex }}",
            "{{ 1a }}",
            "{{ a",
            "{{ a |",
            "{{ a |\n}}",
            "{{ a b | url }}",
            "{{",
            "{{}}",
        ] {
            assert_eq!(parse(text, 0).unwrap(), None, "{text}");
        }
        for text in ["{{{ A }}}", "${{ A }}", "${{ mksecret hex }}"] {
            assert_eq!(parse(text, 1).unwrap(), None, "{text}");
        }
    }

    #[test]
    fn a_command_ends_in_its_line_outside_quotes() {
        for text in [
            "{{ mksecret",
            "{{ mksecret hex }",
            "{{ mksecret hex\n}}",
            "{{ mksecret choice '}}",
            "{{ mksecret choice \"}}\n",
            "{{ mksecret choice \\",
            "{{ mksecret choice \\\n}}",
            "{{ mksecret hex | upper }}",
            "{{ mksecret hex | url | base64 }}",
            "{{ mksecret hex | }}",
        ] {
            assert!(parse(text, 0).is_err(), "{text}");
        }
    }
}
