//! How a placeholder is written.

use super::source_text::SourceText;

/// What stands between `{{` and `}}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder<'t> {
    /// A command line of this program: what follows its name.
    Generator(&'t str),
    /// The name of another key.
    Key(&'t str),
}

/// The placeholder that begins at `start`, where `{{` stands, and the byte after its end. None if the braces are
/// another program's.
///
/// # Errors
/// A command line has no end in its line, or is not text.
pub(super) fn placeholder<'t>(
    file: &SourceText<'t>,
    start: usize,
) -> anyhow::Result<Option<(Placeholder<'t>, usize)>> {
    let inside = start + 2 + blanks(&file.text[start + 2..]);
    let word = key_length(&file.text[inside..]);
    let after = inside + word;
    let word = &file.text[inside..after];
    let next = file.text.get(after);
    if word == b"mksecret" && next.is_none_or(|next| b" \t\r\n}".contains(next)) {
        let Some(end) = end_of_command(file.text, after) else {
            let hint = "it ends with }} in the same line, outside of quotes";
            return Err(file.error(start, "the placeholder `{{ mksecret` has no end", hint));
        };
        let Ok(words) = str::from_utf8(&file.text[after..end]) else {
            let hint = "save the file as UTF-8";
            return Err(file.error(start, "the placeholder is not valid UTF-8", hint));
        };
        return Ok(Some((Placeholder::Generator(words.trim()), end + 2)));
    }
    let end = after + blanks(&file.text[after..]);
    let is_key = !word.is_empty() && file.text[end..].starts_with(b"}}");
    Ok(is_key.then(|| {
        let name = str::from_utf8(word).expect("keys are ASCII");
        (Placeholder::Key(name), end + 2)
    }))
}

/// Where the `}}` is that ends the command line, which stands in one line and may have others in quotes.
fn end_of_command(text: &[u8], mut at: usize) -> Option<usize> {
    let mut quote = None;
    loop {
        let byte = *text.get(at).filter(|byte| **byte != b'\n')?;
        match quote {
            None if text[at..].starts_with(b"}}") => return Some(at),
            None if byte == b'\'' || byte == b'"' => quote = Some(byte),
            None | Some(b'"') if byte == b'\\' => {
                at += 1;
                text.get(at).filter(|byte| **byte != b'\n')?;
            }
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
    use super::*;

    fn read(text: &str) -> Option<(Placeholder<'_>, &str)> {
        let text = text.as_bytes();
        let found = placeholder(&SourceText { name: "t", text }, 0).unwrap()?;
        Some((found.0, str::from_utf8(&text[found.1..]).unwrap()))
    }

    #[test]
    fn commands_and_keys_are_placeholders() {
        for (text, expected) in [
            ("{{ mksecret hex 32 }}x", Placeholder::Generator("hex 32")),
            ("{{mksecret hex 32}}x", Placeholder::Generator("hex 32")),
            ("{{\tmksecret }}x", Placeholder::Generator("")),
            (
                "{{ mksecret choice '}}' \"}}\\\"}}\" }}x",
                Placeholder::Generator("choice '}}' \"}}\\\"}}\""),
            ),
            (
                "{{ mksecret choice \\}} }}x",
                Placeholder::Generator("choice \\}}"),
            ),
            ("{{ DB_PASSWORD }}x", Placeholder::Key("DB_PASSWORD")),
            ("{{_1}}x", Placeholder::Key("_1")),
        ] {
            assert_eq!(read(text), Some((expected, "x")), "{text}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "{{ .Values.key }}",
            "{{- KEY -}}",
            "{{ key | upper }}",
            "{{#if x}}",
            "{{{ key }}}",
            "{{ mksecret.hex }}",
            "{{ 1a }}",
            "{{ a",
            "{{",
            "{{}}",
        ] {
            assert_eq!(read(text), None, "{text}");
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
        ] {
            let text = text.as_bytes();
            assert!(placeholder(&SourceText { name: "t", text }, 0).is_err());
        }
    }
}
