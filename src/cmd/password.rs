//! `mksecret password`: a password, uniform over all that its policy allows.

use clap::{Args, ValueEnum, ValueHint};

use crate::{
    alphabet::Alphabet,
    args::{Common, TextArgs, count, whole},
    entropy::Batch,
    error::Error,
    output::Output,
    sample::policy::{Edge, PolicyError, Preset, Rules, Sampler, Size},
    secret::{self, Secret, Summary},
    strength::shown,
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret password                       24 characters, to be pasted anywhere
  mksecret password -v -b 256             as long as 256 bits take
  mksecret password --for full -l 20      all printable ASCII characters
  mksecret password --for pin --max-run 1
  mksecret password --digit 4 --no-symbol -B
  mksecret password --symbols '!#%' --symbol 2 --start any
  mksecret password --alphabet 01234567 -l 12

All passwords that keep the rules are equally likely, and -v tells how strong
that leaves them. A rule that cannot be met is an error, never relaxed.

safe, alnum and full have at least one of each class; --digit 2 asks for two,
and --digit 0 also allows none. safe begins with a letter and ends with a letter
or digit. --alphabet has neither classes nor rules, but --start and --end can be
given.

A SET is written out: a-z is not a range, and a hyphen stands first or last. A
character given twice counts once, in the first of lower, upper, digit and
symbol that has it. Characters beyond ASCII are fine, but for control
characters, combining marks and invisible ones. At most 65536 bytes make a
password.")]
pub(crate) struct Password {
    /// How many characters: 24 unless given, 6 with --for pin
    #[arg(short, long, value_name = "N", value_parser = count, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with = "bits")]
    length: Option<u64>,
    /// As few characters as carry at least B bits
    #[arg(short, long, value_name = "B", value_parser = count, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    bits: Option<u64>,
    /// What it is for
    #[arg(
        long = "for",
        value_enum,
        value_name = "PRESET",
        default_value = "safe",
        allow_hyphen_values = true
    )]
    preset: PresetName,
    /// At least N lower-case letters
    #[arg(long, value_name = "N", value_parser = whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    lower: Option<u64>,
    /// At least N upper-case letters
    #[arg(long, value_name = "N", value_parser = whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    upper: Option<u64>,
    /// At least N digits
    #[arg(long, value_name = "N", value_parser = whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    digit: Option<u64>,
    /// At least N symbols
    #[arg(long, value_name = "N", value_parser = whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    symbol: Option<u64>,
    /// No lower-case letter
    #[arg(long)]
    no_lower: bool,
    /// No upper-case letter
    #[arg(long)]
    no_upper: bool,
    /// No digit
    #[arg(long)]
    no_digit: bool,
    /// No symbol
    #[arg(long)]
    no_symbol: bool,
    /// The symbols there are
    #[arg(long, value_name = "SET", value_hint = ValueHint::Other, allow_hyphen_values = true)]
    symbols: Option<String>,
    /// The characters there are, instead of the classes
    #[arg(long, value_name = "SET", value_hint = ValueHint::Other, allow_hyphen_values = true)]
    alphabet: Option<String>,
    /// None of these characters
    #[arg(long, value_name = "CHARS", value_hint = ValueHint::Other, allow_hyphen_values = true)]
    exclude: Option<String>,
    /// None of 0 O 1 l I |, which look alike
    #[arg(short = 'B', long)]
    no_lookalikes: bool,
    /// The first character: a letter, a letter or digit, or any
    #[arg(long, value_enum, value_name = "KIND", allow_hyphen_values = true)]
    start: Option<EdgeName>,
    /// The last character, likewise
    #[arg(long, value_enum, value_name = "KIND", allow_hyphen_values = true)]
    end: Option<EdgeName>,
    /// No character more than K times in a row
    #[arg(long, value_name = "K", value_parser = count, value_hint = ValueHint::Other,
        allow_hyphen_values = true)]
    max_run: Option<u64>,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PresetName {
    /// A-Za-z0-9-_. in a form that needs no quotes: shells, YAML, .env, URLs
    Safe,
    /// A-Za-z0-9
    Alnum,
    /// The 94 printable characters of ASCII
    Full,
    /// 6 digits, 19.9 bits: only for where attempts are counted
    Pin,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EdgeName {
    Letter,
    Alnum,
    Any,
}

impl Password {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        secret::print(self.secret()?, &self.text, &self.common)
    }

    pub(crate) fn secret(&self) -> anyhow::Result<impl Secret + use<>> {
        let policy = self.rules().policy().map_err(refused)?;
        let sampler = policy.sampler().map_err(refused)?;
        let how = match (&self.alphabet, self.preset.to_possible_value()) {
            (None, Some(preset)) => format!("{}: {policy}", preset.get_name()),
            _ => policy.to_string(),
        };
        let first = |(char, can_begin): (char, bool)| can_begin.then_some(char);
        let alphabet = Alphabet {
            first: policy.characters().filter_map(first).collect(),
            ..Alphabet::any(policy.characters().map(|(char, _)| char), sampler.length())
        };
        Ok(Passwords {
            sampler,
            alphabet,
            how,
        })
    }

    fn rules(&self) -> Rules {
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let edge = |edge: EdgeName| match edge {
            EdgeName::Letter => Edge::Letter,
            EdgeName::Alnum => Edge::Alnum,
            EdgeName::Any => Edge::Any,
        };
        let length = self.length.map(|length| Size::Chars(number(length)));
        Rules {
            preset: match self.preset {
                PresetName::Safe => Preset::Safe,
                PresetName::Alnum => Preset::Alnum,
                PresetName::Full => Preset::Full,
                PresetName::Pin => Preset::Pin,
            },
            size: length.or(self.bits.map(Size::Bits)),
            minima: [self.lower, self.upper, self.digit, self.symbol].map(|n| n.map(number)),
            dropped: [self.no_lower, self.no_upper, self.no_digit, self.no_symbol],
            symbols: self.symbols.clone(),
            alphabet: self.alphabet.clone(),
            exclude: self.exclude.clone(),
            no_lookalikes: self.no_lookalikes,
            start: self.start.map(edge),
            end: self.end.map(edge),
            max_run: self.max_run.map(number),
        }
    }
}

/// Passwords of one policy.
struct Passwords {
    sampler: Sampler,
    alphabet: Alphabet,
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

    fn alphabet(&self) -> Alphabet {
        self.alphabet.clone()
    }

    fn summary(&self) -> Summary {
        Summary {
            what: match self.sampler.length() {
                1 => "1 character".into(),
                length => format!("{length} characters"),
            },
            bits: shown(self.sampler.count()),
            how: self.how.clone(),
        }
    }
}

fn refused(error: PolicyError) -> Error {
    Error::Usage {
        message: error.to_string(),
        hint: error.hint(),
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
        let policy = line.password.rules().policy().unwrap();
        format!("{}: {policy}", policy.length())
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
