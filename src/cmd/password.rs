//! `mksecret password`: a password, uniform over all that its policy allows.

mod refused;

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use crate::{
    args::{
        Common, TextArgs, any_value, count,
        sets::{self, SetOption},
        whole,
    },
    chars::Shape,
    entropy::Batch,
    error::Error,
    message::counted,
    output::Output,
    policy::{Class, Edge, LOOKALIKES, Policy, Preset, Sampler, passwordrules},
    secret::{self, Secret, Summary, Supply},
    strength::{Length, shown},
};

/// With `--rules`, `-v` warns of a password of fewer bits.
const FEW_BITS: u64 = 64;

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret password                       24 characters that need no quotes
  mksecret password -v -b 256             at least 256 bits
  mksecret password --for full -l 20      all printable ASCII characters
  mksecret password --for pin --max-run 1
  mksecret password --digit 4 --no-symbol -B
  mksecret password --symbols '!#%' --symbol 2 --start any
  mksecret password --alphabet 01234567 -l 12
  mksecret password --rules 'maxlength: 16; required: lower; required: digit'

All passwords that satisfy the rules are equally likely, and -v prints the
resulting strength. A rule that cannot be met is an error.

safe, alnum and full contain at least one character of each of their classes.
--digit 2 requires two digits, --digit 0 allows digits but requires none. safe
begins with a letter and ends with a letter or digit. --alphabet replaces the
classes and these rules; --start and --end can still be given.

A SET is written out, each character once, a hyphen first or last. What means
something else in other tools is refused, also in --exclude: a-z, !-~, a..z,
[abc], [:alnum:], \\w, &amp;, and names such as hex, base58 or digits.
Letters and digits in --symbols count as letters and digits. Characters beyond
ASCII are allowed, except those that are invisible or look like another.

--rules reads the language of the passwordrules attribute: minlength, maxlength
and max-consecutive with a number, and required and allowed with upper, lower,
digit, special, ascii-printable, unicode or [SET]. The length is 24 or the
nearest that the rules allow, spaces are left out, and anything not understood
is an error. -v warns if the rules leave fewer than 64 bits.

A password has at most 1024 characters; for longer texts there is
`mksecret urlsafe -l N`.")]
#[command(mut_args(any_value))]
pub(crate) struct Password {
    /// Number of characters (default 24, or 6 with --for pin; at most 1024)
    #[arg(short, long, value_name = "N", value_parser = count, conflicts_with = "bits")]
    length: Option<u64>,
    /// Use the shortest length with at least B bits
    #[arg(short, long, value_name = "B", value_parser = count)]
    bits: Option<u64>,
    /// The preset to start from
    #[arg(
        long = "for",
        value_enum,
        value_name = "PRESET",
        default_value = "safe",
        conflicts_with = "rules"
    )]
    preset: Preset,
    /// At least N lower-case letters
    #[arg(long, value_name = "N", value_parser = whole, conflicts_with_all = ["no_lower", "alphabet", "rules"])]
    lower: Option<u64>,
    /// At least N upper-case letters
    #[arg(long, value_name = "N", value_parser = whole, conflicts_with_all = ["no_upper", "alphabet", "rules"])]
    upper: Option<u64>,
    /// At least N digits
    #[arg(long, value_name = "N", value_parser = whole, conflicts_with_all = ["no_digit", "alphabet", "rules"])]
    digit: Option<u64>,
    /// At least N symbols
    #[arg(long, value_name = "N", value_parser = whole, conflicts_with_all = ["no_symbol", "alphabet", "rules"])]
    symbol: Option<u64>,
    /// No lower-case letters
    #[arg(long, conflicts_with_all = ["alphabet", "rules"])]
    no_lower: bool,
    /// No upper-case letters
    #[arg(long, conflicts_with_all = ["alphabet", "rules"])]
    no_upper: bool,
    /// No digits
    #[arg(long, conflicts_with_all = ["alphabet", "rules"])]
    no_digit: bool,
    /// No symbols
    #[arg(long, conflicts_with_all = ["alphabet", "rules"])]
    no_symbol: bool,
    /// Use these symbols
    #[arg(long, value_name = "SET", conflicts_with_all = ["no_symbol", "alphabet", "rules"])]
    symbols: Option<String>,
    /// Use these characters instead of the classes
    #[arg(long, value_name = "SET")]
    alphabet: Option<String>,
    /// Use the rules of a site (its passwordrules attribute) instead of classes and presets
    #[arg(long, value_name = "TEXT", conflicts_with = "alphabet")]
    rules: Option<String>,
    /// Exclude these characters
    #[arg(long, value_name = "CHARS")]
    exclude: Option<String>,
    /// Exclude the look-alikes 0 O 1 l I |
    #[arg(short = 'B', long)]
    no_lookalikes: bool,
    /// First character: a letter, a letter or digit, or any
    #[arg(long, value_enum, value_name = "KIND")]
    start: Option<Edge>,
    /// Last character: a letter, a letter or digit, or any
    #[arg(long, value_enum, value_name = "KIND")]
    end: Option<Edge>,
    /// No character more than K times in a row
    #[arg(long, value_name = "K", value_parser = count)]
    max_run: Option<u64>,
    #[command(flatten)]
    texts: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Password {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let passwords = self.secret()?;
        secret::print(passwords, &self.texts, &self.common)
    }

    pub(crate) fn secret(&self) -> anyhow::Result<Passwords> {
        let policy = self.policy()?;
        let sampler = Sampler::new(&policy, self.size(&policy))
            .map_err(|refusal| self.explain(&policy, &refusal))?;
        let how = match (&self.alphabet, &self.rules, self.preset.to_possible_value()) {
            (None, None, Some(preset)) => format!("{}: {policy}", preset.get_name()),
            _ => policy.to_string(),
        };
        let chars = || policy.alphabet.iter().copied();
        let shape = Shape {
            first: chars().filter(|char| policy.first.allows(*char)).collect(),
            ..Shape::any(chars(), sampler.length())
        };
        Ok(Passwords {
            sampler,
            shape,
            by_rules: self.rules.is_some(),
            how,
        })
    }

    fn policy(&self) -> Result<Policy, Error> {
        let mut policy = if let Some(rules) = &self.rules {
            passwordrules::read(rules)?
        } else if let Some(alphabet) = &self.alphabet {
            let bits = self.bits.map(Length::Bits);
            let length = self.length.map(Length::Units).or(bits);
            Policy {
                alphabet: sets::read(alphabet, SetOption::Alphabet { length })?,
                ..Policy::default()
            }
        } else {
            self.classes()?
        };
        let mut excluded = BTreeSet::new();
        if let Some(exclude) = &self.exclude {
            let has_classes = self.alphabet.is_none() && self.rules.is_none();
            excluded.extend(sets::read(exclude, SetOption::Exclude { has_classes })?);
        }
        if self.no_lookalikes {
            excluded.extend(LOOKALIKES.chars());
        }
        policy.exclude(&excluded);
        policy.first = self.start.unwrap_or(policy.first);
        policy.last = self.end.unwrap_or(policy.last);
        let limits = [policy.max_run, self.max_run];
        policy.max_run = limits.into_iter().flatten().min();
        Ok(policy)
    }

    fn classes(&self) -> Result<Policy, Error> {
        let preset = self.preset;
        let symbols = self.symbols.as_deref();
        let symbols = symbols.map(|set| sets::read(set, SetOption::Symbols));
        let symbols = symbols.transpose()?;
        let mut classes = Vec::new();
        for class in [Class::Lower, Class::Upper, Class::Digit, Class::Symbol] {
            let options = self.options(class);
            let symbols = symbols.as_ref().filter(|_| class == Class::Symbol);
            let by_preset = preset.minimum(class).or(symbols.map(|_| 0));
            let Some(minimum) = options.minimum.or(by_preset).filter(|_| !options.dropped) else {
                continue;
            };
            let chars = match symbols {
                Some(symbols) => symbols.clone(),
                None => preset.chars(class).chars().collect(),
            };
            classes.push((class, minimum, chars));
        }
        let mut policy = Policy::of_classes(classes);
        (policy.first, policy.last) = preset.edges();
        Ok(policy)
    }

    fn options(&self, class: Class) -> ClassOptions {
        let (name, minimum, dropped) = match class {
            Class::Upper => ("upper", self.upper, self.no_upper),
            Class::Lower => ("lower", self.lower, self.no_lower),
            Class::Digit => ("digit", self.digit, self.no_digit),
            Class::Symbol => ("symbol", self.symbol, self.no_symbol),
        };
        ClassOptions {
            name,
            minimum,
            dropped,
        }
    }

    fn size(&self, policy: &Policy) -> Length {
        if let Some(bits) = self.bits {
            return Length::Bits(bits);
        }
        // Rules may have no room for as many as the preset has.
        let (least, most) = (*policy.lengths.start(), *policy.lengths.end());
        let by_default = self.preset.length().min(most).max(least);
        Length::Units(self.length.unwrap_or(by_default))
    }
}

/// What the options say about a class.
struct ClassOptions {
    name: &'static str,
    minimum: Option<u64>,
    dropped: bool,
}

/// Passwords of one policy.
pub(crate) struct Passwords {
    sampler: Sampler,
    shape: Shape,
    /// Whether the rules are a site's.
    by_rules: bool,
    /// For `-v`.
    how: String,
}

impl Secret for Passwords {
    fn expected_bytes(&self) -> u64 {
        // Most characters take less than a byte.
        self.sampler.length() as u64
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        let text = out.room(self.sampler.max_bytes())?;
        Ok(self.sampler.sample(entropy, text)?)
    }

    fn shape(&self) -> Shape {
        self.shape.clone()
    }

    fn supply(&self) -> Option<Supply> {
        Some(Supply {
            count: self.sampler.count().clone(),
            max_bytes: self.sampler.max_bytes(),
        })
    }

    fn work(&self) -> u64 {
        self.sampler.work().max(10_000)
    }

    fn summary(&self) -> Summary {
        Summary {
            what: counted(self.sampler.length(), "character"),
            bits: shown(self.sampler.count()),
            how: self.how.clone(),
        }
    }

    fn warning(&self) -> Option<String> {
        let count = self.sampler.count();
        (self.by_rules && count.bits() <= FEW_BITS).then(|| {
            let bits = shown(count);
            format!("warning: the rules leave {bits} bits, fewer than {FEW_BITS}")
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        password: Password,
    }

    fn summary(args: &[&str]) -> String {
        let line = Line::try_parse_from([&["password"], args].concat()).unwrap();
        let policy = line.password.policy().unwrap();
        let sampler = Sampler::new(&policy, line.password.size(&policy)).unwrap();
        format!("{}: {policy}", sampler.length())
    }

    #[test]
    fn each_option_reaches_its_rule() {
        for (args, expected) in [
            (
                &[][..],
                "24: A-Za-z0-9-_., first a letter, last a letter or digit, one of each class",
            ),
            (&["--for", "pin"], "6: 0-9"),
            (
                &["--for", "alnum", "-b", "64"],
                "11: A-Za-z0-9, one of each class",
            ),
            (
                &[
                    "--lower", "2", "--upper", "3", "--digit", "4", "--symbol", "0", "-l", "9",
                ],
                "9: A-Za-z0-9-_., first a letter, last a letter or digit, \
                 at least 2 lower-case letters, at least 3 upper-case letters, at least 4 digits",
            ),
            (
                &[
                    "--no-lower",
                    "--no-digit",
                    "--start",
                    "any",
                    "--end",
                    "alnum",
                ],
                "24: A-Z-_., last a letter or digit, one of each class",
            ),
            (
                &[
                    "--no-upper",
                    "--no-symbol",
                    "--start",
                    "alnum",
                    "--end",
                    "letter",
                ],
                "24: a-z0-9, first a letter or digit, last a letter, one of each class",
            ),
            (
                &[
                    "--for",
                    "full",
                    "--symbols",
                    "-!",
                    "--exclude",
                    "abc",
                    "-B",
                    "--max-run",
                    "2",
                ],
                "24: A-HJ-NP-Zd-km-z2-9-!, one of each class, no character more than 2 times in a row",
            ),
            (&["--alphabet", "-xyz"], "24: -xyz"),
        ] {
            assert_eq!(summary(args), expected, "{args:?}");
        }
    }
}
