//! Files that are not KEY=value: each placeholder is replaced once, and everything else passes byte for byte.

use super::{
    Change, Generator, Part, Plan,
    markup::{Scanner, Syntax},
    placeholder::{Placeholder, placeholder},
    replace,
    source_text::SourceText,
};

/// Plans the result of `template`. `command` understands the command line of a placeholder.
///
/// # Errors
/// A placeholder is wrong, or what it could draw does not survive where it stands.
pub(crate) fn document<'t>(
    template: SourceText<'t>,
    syntax: Syntax,
    command: &mut dyn FnMut(&'t str) -> anyhow::Result<Generator>,
) -> anyhow::Result<Plan<'t>> {
    let text = template.text;
    let mut scanner = Scanner::new(syntax);
    let (mut edits, mut changes) = (Vec::new(), Vec::new());
    // Where the last placeholder ended, and in which line.
    let (mut passed, mut line) = (0, 1);
    let mut from = 0;
    while let Some(found) = memchr::memmem::find(&text[from..], b"{{") {
        let at = from + found;
        from = at + 1;
        let Some((Placeholder::Generator(words), end)) = placeholder(&template, at)? else {
            continue;
        };
        let Generator { number, shape } =
            command(words).map_err(|error| error.context(template.location(at)))?;
        scanner.pass(&text[passed..at]);
        (scanner.site(text.get(end).copied()).takes(&shape))
            .map_err(|lost| template.error(at, lost.message, lost.hint))?;
        line += memchr::memchr_iter(b'\n', &text[passed..at]).count();
        changes.push(Change {
            name: format!("line {line}"),
            commands: vec![number],
            keys: Vec::new(),
        });
        edits.push((at..end, vec![Part::Secret(number)]));
        passed = end;
        from = end;
    }
    Ok(Plan {
        changes,
        values: Vec::new(),
        result: replace(&template, &edits),
    })
}
