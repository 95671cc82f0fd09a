//! Files that are not KEY=value: each placeholder is replaced once, and everything else passes byte for byte.

use std::collections::BTreeSet;

use super::{
    Generate, Generator, Label, Part, Plan,
    file_format::FileFormat,
    near_miss::{FORM, NEARLY, near_miss, other_braces},
    placeholder::{Placeholder, is_name_of_key, placeholder, unknown_filter},
    scanner::Scanner,
    source_text::SourceText,
    value_files::{Given, Values},
};
use crate::error::Error;

/// Plans the result of `template`. `generate` understands the command line of a placeholder; `{{ KEY }}` is text unless
/// `values` has the key. With `is_of_keys`, the name of the template says that it means the keys of its own.
///
/// # Errors
/// A placeholder is wrong or nearly one, or there is none; or what it could insert does not survive where it stands.
pub(crate) fn document<'t>(
    template: SourceText<'t>,
    format: FileFormat,
    is_of_keys: bool,
    values: &[SourceText<'t>],
    generate: &mut Generate<'_>,
) -> anyhow::Result<Plan<'t>> {
    let text = template.text;
    let mut values = Values::read(values)?;
    let mut scanner = Scanner::new(template, format);
    let mut plan = Plan::default();
    // Where values were found to survive: a long one is not looked at again and again.
    let mut checked = BTreeSet::new();
    // Where the last placeholder ended, and in which line.
    let (mut passed, mut line) = (0, 1);
    let mut names_key = false;
    let mut from = 0;
    let find = |from: usize| Some(from + memchr::memmem::find(&text[from..], b"{{")?);
    let mut braces = find(from);
    let mut others = other_braces(text).into_iter().peekable();
    loop {
        if braces.is_some_and(|braces| braces < from) {
            braces = find(from);
        }
        let other = others.next_if(|other| braces.is_none_or(|braces| *other < braces));
        let Some(at) = other.or(braces) else {
            break;
        };
        // In a placeholder, or in a comment.
        if at < from {
            continue;
        }
        if scanner.pass(at) {
            from = template.end_of_line(at);
            continue;
        }
        if other.is_some() {
            return Err(template.error(at, NEARLY, FORM));
        }
        from = at + 1;
        let placed = placeholder(&template, at)?;
        let (part, shape, filter, end) = match placed {
            Some((Placeholder::Command(words, filter), end)) => {
                let Generator { number, shape } =
                    generate(words).map_err(|error| error.context(template.location(at)))?;
                (Part::Secret(number, filter), shape, filter, end)
            }
            Some((Placeholder::Key(key, filter), end)) if values.has(key) => {
                let filter = filter.ok_or_else(|| unknown_filter(&template, at))?;
                let Given { text, shape, .. } = values.get(key)?.clone();
                (Part::Given(key, text, filter), shape, filter, end)
            }
            Some((Placeholder::Key(key, Some(_)), _))
                if (is_of_keys || !values.is_empty()) && is_name_of_key(key) =>
            {
                let hint = match is_of_keys {
                    true => {
                        "--env says that FILE is KEY=value, where a key can have the value of another"
                    }
                    false => "--values names the file that has it",
                };
                return Err(template.error(at, format_args!("there is no key {key}"), hint));
            }
            other => {
                names_key |=
                    matches!(other, Some((Placeholder::Key(key, _), _)) if is_name_of_key(key));
                if let Some(hint) = near_miss(text, at, |key| values.has(key)) {
                    return Err(template.error(at, NEARLY, hint));
                }
                continue;
            }
        };
        let site = scanner.site(end)?;
        let (name, is_quotable) = match part {
            Part::Given(key, ..) => (key, false),
            _ => ("", true),
        };
        if is_quotable || checked.insert((name, site, filter)) {
            (site.takes(&shape, filter, is_quotable))
                .map_err(|lost| template.error(at, lost.message, lost.hint))?;
        }
        line += memchr::memchr_iter(b'\n', &text[passed..at]).count();
        plan.result.push(Part::Text(&text[passed..at]));
        plan.insert(Label::Line(line), vec![part]);
        passed = end;
        from = end;
    }
    scanner.finish()?;
    plan.result.push(Part::Text(&text[passed..]));
    if plan.changes.is_empty() {
        let message = format!("{} has no placeholder", template.name);
        let hint = match names_key {
            true => "--values names the file that has the keys of {{ KEY }}",
            false => "write {{ mksecret hex 32 }} where a secret shall be",
        };
        return Err(Error::usage_hint(message, hint).into());
    }
    Ok(plan)
}
