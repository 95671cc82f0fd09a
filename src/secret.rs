//! A text secret, and how any number of them is printed: what the subcommands that print texts have in common.

mod distinct;
mod encoded;
mod encoding;
mod interval;
pub(crate) mod selection;

pub(crate) use distinct::Supply;
pub(crate) use encoded::Encoded;
pub(crate) use encoding::Encoding;
pub(crate) use interval::{Integers, Interval};

use zeroize::Zeroizing;

use self::distinct::Distinct;
use crate::{
    args::{Common, RecordArgs, TextArgs},
    chars::Shape,
    entropy::Batch,
    memory,
    message::say,
    output::{Output, Records},
    strength::shown,
};

/// A secret that is one text, as the command line asks for it. Any number of them can be generated.
///
/// A short text (at most 64 KiB) is made whole: ask [`Output::room`] for its greatest length and append to that, so that
/// no other copy is left. A longer one is written in chunks of [`CHUNK`](crate::entropy::CHUNK) bytes, as [`Encoded`]
/// does it: memory stays the same whatever its length is, and the output shows its progress.
pub(crate) trait Secret {
    /// Random bytes that one is expected to take: the first request is for what all of them take. A guess that is wrong
    /// costs time alone.
    fn expected_bytes(&self) -> u64;

    /// Generates one and writes it to `out`.
    ///
    /// # Errors
    /// There are no random bytes, or the output does not take the text.
    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()>;

    /// What each of them is made of: `fill` checks it against the place where it will stand. Too wide a shape refuses
    /// templates that are right, too narrow a shape lets a secret break a file.
    fn shape(&self) -> Shape;

    /// Whether there is only one that it could be.
    fn is_certain(&self) -> bool {
        false
    }

    /// What it took to count what it could be, and takes of memory: at most [`MAX_WORK`](crate::policy::MAX_WORK).
    fn work(&self) -> u64 {
        10_000
    }

    /// What it is and how strong, for the line of `-v`.
    fn summary(&self) -> Summary;

    /// The texts that there are, for `--distinct`; nothing if one is a value of more than 64 KiB.
    fn supply(&self) -> Option<Supply> {
        None
    }

    /// A warning that `-v` prints, if there is a reason for one.
    fn warning(&self) -> Option<String> {
        None
    }
}

/// A secret with its prefix, to be put into a text.
pub(crate) struct Inline {
    pub(crate) prefix: String,
    pub(crate) secret: Box<dyn Secret>,
}

impl Inline {
    /// What one could be made of.
    pub(crate) fn shape(&self) -> Shape {
        Shape::of(&self.prefix).then(&self.secret.shape())
    }

    /// Generates one, by way of [`Output::memory`].
    ///
    /// # Errors
    /// There are no random bytes, or there is too little memory.
    pub(crate) fn generate(
        &mut self,
        entropy: &mut Batch<'_>,
        memory: &mut Output,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        memory.write(self.prefix.as_bytes())?;
        self.secret.write(entropy, memory)?;
        memory.take()
    }
}

/// What was generated, in the words of `-v`.
#[derive(Debug)]
pub(crate) struct Summary {
    /// What it is, as in `24 characters`.
    pub(crate) what: String,
    /// Its strength in bits, as [`strength`](crate::strength) shows it.
    pub(crate) bits: String,
    /// How it was generated, as in `hexadecimal`.
    pub(crate) how: String,
}

impl Summary {
    /// Prints the line of `-v` for the secret called `name`.
    pub(crate) fn say_of(&self, name: &str) {
        let Self { what, bits, how } = self;
        say(format_args!("{name}: {what}, {bits} bits ({how})"));
    }

    /// Prints the line of `-v` for `count` of them.
    pub(crate) fn say(&self, count: u64) {
        let Self { what, bits, how } = self;
        if count == 1 {
            say(format_args!("{what}, {bits} bits ({how})"));
        } else {
            say(format_args!(
                "{count} times {what}, {bits} bits each ({how})"
            ));
        }
    }
}

/// Prints as many texts as `args` says, where and how `common` says. Before this is called, everything is checked that
/// the command line alone decides.
///
/// # Errors
/// There are too few different ones, or not every byte arrived.
pub(crate) fn print<S: Secret>(secret: S, args: &TextArgs, common: &Common) -> anyhow::Result<()> {
    if args.distinct {
        distinct::check(secret.supply(), args.records.count)?;
    }
    print_read(|| Ok(secret), args, common)
}

/// As [`print()`], for a secret that has to be read first: `read` is called only if there is something to generate. An
/// existing file that is kept needs no input.
///
/// # Errors
/// Those of `read`, and as [`print()`].
pub(crate) fn print_read<S: Secret>(
    read: impl FnOnce() -> anyhow::Result<S>,
    args: &TextArgs,
    common: &Common,
) -> anyhow::Result<()> {
    print_all(read, &args.records, args.distinct, common)
}

/// As [`print_read`], for texts that may repeat.
///
/// # Errors
/// Not every byte arrived.
pub(crate) fn print_records<S: Secret>(
    secret: S,
    args: &RecordArgs,
    common: &Common,
) -> anyhow::Result<()> {
    print_all(|| Ok(secret), args, false, common)
}

fn print_all<S: Secret>(
    read: impl FnOnce() -> anyhow::Result<S>,
    args: &RecordArgs,
    are_distinct: bool,
    common: &Common,
) -> anyhow::Result<()> {
    let mut kernel = common.pool.kernel()?;
    let Some(out) = Output::open(&common.destination(), false)? else {
        return Ok(());
    };
    let mut secret = read()?;
    let mut texts = match are_distinct {
        true => Some(Distinct::of(secret.supply(), args.count)?),
        false => None,
    };
    let expected = secret.expected_bytes().saturating_mul(args.count);
    let mut entropy = Batch::new(&mut kernel, expected);
    // Without random bytes, not even a prefix is printed.
    entropy.begin()?;
    let mut records = Records::new(out, args.format());
    let mut one = Output::memory();
    for _ in 0..args.count {
        match &mut texts {
            None => secret.write(&mut entropy, records.begin()?)?,
            Some(texts) => {
                let text = texts.next(|text| {
                    secret.write(&mut entropy, &mut one)?;
                    memory::append(text, &one.take()?);
                    Ok(())
                })?;
                records.begin()?.write(text)?;
            }
        }
    }
    records.finish()?;
    if common.verbose {
        let mut summary = secret.summary();
        if let Some(texts) = texts.filter(|_| args.count > 1) {
            summary.bits = format!("at least {}", shown(&texts.left));
        }
        summary.say(args.count);
        secret.warning().iter().for_each(say);
    }
    Ok(())
}
