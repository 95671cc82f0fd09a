//! Names that other tools have for things, and what to type here.
//!
//! They are those of `openssl rand`, pwgen, apg, makepasswd, pwqgen, pwmake, mkpasswd, xkcdpass, diceware, phraze,
//! hsxkpasswd, shuf, jot, seq, head, dd, tr, od, xxd, hexdump, base64, gpg --gen-random, uuidgen, uuid, nanoid, ulid,
//! KeePassXC, Bitwarden, 1Password, LastPass, rbw, gopass, pass, motus, genpass, rgen, passgen, wg, age-keygen,
//! ssh-keygen, htpasswd, Nushell, Python, Terraform, Vault, Ansible and operators for Kubernetes, and what people call
//! things.
//!
//! The tables are text, commands.txt and arguments.txt: the system would relocate a table of strings at every start. A
//! line with names has its hint in the line below it.
//!
//! A hint has marks for what was typed:
//!
//! - `<32>` is the number that was typed with the name, or 32.
//! - `<32+>` is the length of a key in bytes: at least half of 32, and a number from 128 counts bits.
//! - `<first>` and `<second>` are the first two numbers.
//! - `<1-6>` is the range that was typed, or one between the last two numbers.
//! - SET behind `use --alphabet`, `use --symbols` or `use --exclude` is the characters that were typed.
//!
//! A hint must work: what stands in backticks and begins with `mksecret` runs as it is, unless it has a name in capitals,
//! and every other option is one of the subcommand that was typed.

/// Names that are typed instead of a subcommand, in lower case without hyphens, and their hint.
pub(super) fn commands() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("commands.txt"))
}

/// Subcommands, arguments that are typed behind them, and their hint. `*` is any; N is a number that is no value of
/// an option, `few` one below 6.
pub(super) fn arguments() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    rows(include_str!("arguments.txt")).filter_map(|(names, instead)| {
        let (subcommands, typed) = names.split_once(": ")?;
        Some((subcommands, typed, instead))
    })
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut lines = (table.lines()).filter(|line| !line.is_empty() && !line.starts_with("# "));
    std::iter::from_fn(move || Some((lines.next()?, lines.next()?.trim_start())))
}
