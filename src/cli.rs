//! The subcommands and their dispatch. A new one is a file in `cmd`, its variant in [`Command`] and its arm in
//! [`Cli::run`].

mod answers;
mod argv;
mod habits;
mod inline;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::cmd::{
    base32, base64, below, bytes, choice, completions, fill, help, hex, man, passphrase, password,
    pattern, ready, sample, token, urlsafe, uuid,
};
use crate::memory::{COMMAND_STACK, wipe_stack};
use crate::secret::{Inline, Secret};

/// Generate passwords, keys and tokens from the kernel's random number generator
#[derive(Parser, Debug)]
#[command(
    name = "mksecret",
    version,
    max_term_width = 80,
    disable_help_subcommand = true
)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "\
`mksecret COMMAND --help` has details and examples. `mksecret man recipes` has
what databases, frameworks and deployments want, ready to copy.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

// In the order in which people need them. The help of a subcommand is built only when it runs (`defer`), so its first
// line stands here.
#[derive(Subcommand, Debug)]
#[command(defer = true)]
enum Command {
    /// A password, drawn uniformly from all that the rules allow
    Password(password::Password),
    /// A passphrase of random words
    Passphrase(passphrase::Passphrase),
    /// A text with a set of characters for each place
    Pattern(pattern::Pattern),
    /// Random bytes in hexadecimal
    Hex(hex::Hex),
    /// Random bytes in URL-safe base64
    Urlsafe(urlsafe::Urlsafe),
    /// Random bytes in standard base64
    Base64(base64::Base64),
    /// Random bytes in base32
    Base32(base32::Base32),
    /// A token with a prefix and a checksum
    Token(token::Token),
    /// A random UUID
    Uuid(uuid::Uuid),
    /// Raw random bytes
    Bytes(bytes::Bytes),
    /// A random integer below a bound of any size
    Below(below::Below),
    /// One of several items, chosen at random
    Choice(choice::Choice),
    /// Several distinct items, or all of them, in random order
    Sample(sample::Sample),
    /// Fill in the secrets of a file, such as .env
    Fill(fill::Fill),
    /// Wait until the kernel's random pool is initialised
    Ready(ready::Ready),
    /// Print a shell completion script
    Completions(completions::Completions),
    /// Print a man page
    Man(man::Man),
    /// Print the help of a subcommand
    Help(help::Help),
}

/// Does what the command line asks for.
///
/// # Errors
/// It does not ask for what can be done, or not every byte that was asked for arrived; [`crate::error`] tells how to
/// say it.
pub(crate) fn run(args: &[OsString]) -> anyhow::Result<()> {
    let mut command = Cli::command();
    match read(args, &mut command)? {
        Ok(cli) => {
            let done = cli.run();
            wipe_stack::<COMMAND_STACK>();
            done
        }
        Err(error) => answers::answer(error.format(&mut command), args, &command),
    }
}

/// Reads the command line; the inner error is clap's.
fn read(
    args: &[OsString],
    command: &mut clap::Command,
) -> anyhow::Result<clap::error::Result<Cli>> {
    let parsed = command
        .try_get_matches_from_mut(argv::spelled_out(args))
        .and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    argv::check_values(args, command)?;
    if parsed.is_ok() {
        argv::check_items(args, command)?;
    }
    Ok(parsed)
}

/// The text that a command line asks for. Nothing is printed, opened or drawn.
///
/// # Errors
/// It asks for something else, or for nothing that can be done.
#[cfg(any(test, fuzzing))]
pub(crate) fn secret(args: &[OsString]) -> anyhow::Result<Box<dyn Secret>> {
    let mut command = Cli::command();
    match read(args, &mut command)? {
        Ok(cli) => cli.command.secret(),
        Err(error) => Err(answers::explain(&error.format(&mut command), args, &command).into()),
    }
}

/// Understands what follows `mksecret` in a placeholder.
#[cfg(any(test, fuzzing))]
pub(crate) fn placeholder(words: &str) -> anyhow::Result<Inline> {
    Cli::inline(words)
}

impl Cli {
    // Not inlined: what it leaves on the stack has to lie below the frame that wipes it.
    #[inline(never)]
    fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Password(password) => password.run(),
            Command::Passphrase(passphrase) => passphrase.run(),
            Command::Pattern(pattern) => pattern.run(),
            Command::Hex(hex) => hex.run(),
            Command::Urlsafe(urlsafe) => urlsafe.run(),
            Command::Base64(base64) => base64.run(),
            Command::Base32(base32) => base32.run(),
            Command::Token(token) => token.run(),
            Command::Uuid(uuid) => uuid.run(),
            Command::Bytes(bytes) => bytes.run(),
            Command::Below(below) => below.run(),
            Command::Choice(choice) => choice.run(),
            Command::Sample(sample) => sample.run(),
            Command::Fill(fill) => fill.run(Self::inline),
            Command::Ready(ready) => ready.run(),
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(),
            Command::Help(help) => run(&help.words()),
        }
    }

    /// Understands what follows `mksecret` in a placeholder.
    ///
    /// # Errors
    /// It is no command line of this program, or one that does not print one text.
    fn inline(words: &str) -> anyhow::Result<Inline> {
        let matches = inline::read(words, &mut Self::command())?;
        Ok(Inline {
            prefix: inline::prefix(&matches).unwrap_or_default(),
            secret: Self::from_arg_matches(&matches)?.command.secret()?,
        })
    }
}

impl Command {
    /// The text that it prints.
    fn secret(self) -> anyhow::Result<Box<dyn Secret>> {
        let refuse = |subcommand, hint| Err(inline::refused(subcommand, hint).into());
        match self {
            Self::Password(password) => Ok(Box::new(password.secret()?)),
            Self::Passphrase(passphrase) => Ok(Box::new(passphrase.secret()?)),
            Self::Pattern(pattern) => Ok(Box::new(pattern.secret()?)),
            Self::Hex(hex) => Ok(Box::new(hex.secret())),
            Self::Urlsafe(urlsafe) => Ok(Box::new(urlsafe.secret())),
            Self::Base64(base64) => Ok(Box::new(base64.secret())),
            Self::Base32(base32) => Ok(Box::new(base32.secret())),
            Self::Token(token) => Ok(Box::new(token.secret()?)),
            Self::Uuid(uuid) => Ok(Box::new(uuid.secret())),
            Self::Below(below) => Ok(Box::new(below.secret()?)),
            Self::Choice(choice) => match choice.secret()? {
                Some(secret) => Ok(secret),
                None => refuse("choice", "write its items behind it: nothing else is read"),
            },
            Self::Bytes(_) => refuse("bytes", "it prints raw bytes: use hex, urlsafe or base64"),
            Self::Sample(_) => refuse("sample", "it prints several items: `choice` prints one"),
            Self::Fill(_)
            | Self::Ready(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Help(_) => Err(inline::no_secret().into()),
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::{
        entropy::{Batch, Scripted},
        memory::stack_depth,
        output::Output,
    };

    /// The encoders, with vectors and without, and what makes digits and characters of random bytes. The cipher has a
    /// test of its own, as it has its own wipe.
    #[test]
    fn stack_is_wiped_deeper_than_secrets_reach() {
        let bytes = (0..2u32 << 20).map(|at| (at.wrapping_mul(0x9e37_79b1) >> 24) as u8);
        let bytes: Vec<u8> = bytes.collect();
        for line in [
            "hex",
            "hex 40K",
            "hex 1M --no-expand",
            "urlsafe",
            "urlsafe 1M --no-expand",
            "base64",
            "base64 1M --no-expand",
            "base32",
            "base32 1M --no-expand",
            "token",
            "uuid",
            "below 1000",
            "below 10**3000",
            "choice --range 1-9",
            "choice --range 10**30-10**31",
            "choice a b c",
            "password",
            "password -l 1000",
            "passphrase",
        ] {
            let mut source = Scripted::new(bytes.clone());
            let mut batch = Batch::new(&mut source, 32);
            let mut inline = Cli::inline(line).unwrap();
            let depth = stack_depth(|| {
                inline.generate(&mut batch, &mut Output::memory()).unwrap();
                drop(inline);
            });
            // What is left is for the frames in between. With optimisation, no line takes a quarter.
            assert!(depth <= COMMAND_STACK - 2048, "{line}: {depth} bytes");
        }
    }
}
