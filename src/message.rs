//! Messages, on standard error.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Prints one line to standard error. A failure to do so is ignored: a message must never cost the secret.
pub(crate) fn say(message: impl Display) {
    // What a file's name may hold must neither break the line nor steer the terminal.
    let mut line = String::from("mksecret: ");
    for character in message.to_string().chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line.push('\n');
    let _ = io::stderr().write_all(line.as_bytes());
}
