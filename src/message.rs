//! Messages on standard error.

use std::{
    fmt::Display,
    io::{self, Write},
};

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Prints one line on standard error. Failures are ignored: a message must never cost the secret.
pub(crate) fn say(message: impl Display) {
    // A file's name may hold any.
    let mut line = String::from("mksecret: ");
    for character in message.to_string().chars() {
        if is_hidden(character) {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line.push('\n');
    show(&line);
}

/// Whether `character` would break a line, steer the terminal, or show what follows in another order.
pub(crate) fn is_hidden(character: char) -> bool {
    matches!(
        character.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    )
}

/// Prints a text as it is, and allocates nothing. Failures are ignored, too.
pub(crate) fn show(text: &str) {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        match io::stderr().write(rest) {
            // Of more than there is, nothing is left.
            Ok(written @ 1..) => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return,
        }
    }
}

/// The width of a line that is redrawn, in columns.
const COLUMNS: usize = 79;

/// Draws a line of at most [`COLUMNS`] ASCII characters over the one drawn before.
pub(crate) fn redraw_line(line: &str) {
    show(&format!("\r{line:COLUMNS$.COLUMNS$}"));
}

/// Removes what [`redraw_line`] has drawn.
pub(crate) fn clear_line() {
    redraw_line("");
    show("\r");
}

/// A number of things, in words: `1 item`, `2 items`.
pub(crate) fn counted(count: impl Display, thing: &str) -> String {
    let count = count.to_string();
    let ending = if count == "1" { "" } else { "s" };
    format!("{count} {thing}{ending}")
}
