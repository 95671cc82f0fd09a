//! What people used to other tools type, and what to type here.

/// What to type instead of `argument` after `subcommand`.
pub(super) fn habit(subcommand: &str, argument: &str) -> Option<&'static str> {
    let is_number = argument.bytes().all(|byte| byte.is_ascii_digit()) && !argument.is_empty();
    match (subcommand, argument) {
        ("password", _) if is_number => Some("the length is -l N, as in `mksecret password -l 32`"),
        ("passphrase", _) if is_number => {
            Some("the number of words is -w N, as in `mksecret passphrase -w 6`")
        }
        ("choice" | "sample", "-n") => {
            Some("how many is -c N; no newline after the last is --no-newline")
        }
        ("base64" | "base32" | "urlsafe" | "hex", "-w" | "--wrap") => {
            Some("the output is always one line, never wrapped")
        }
        _ => None,
    }
}
