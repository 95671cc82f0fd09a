//! `mksecret password`: a password, uniform over all that its policy allows.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum, ValueHint};
use zeroize::Zeroizing;

use super::say_made;
use crate::{
    cli::{self, Common, TextArgs},
    entropy::Batch,
    error::Error,
    output::{Output, Texts},
    policy::{
        Class, Edge, LOOKALIKES, MAX_LENGTH, Name, Place, Policy, Preset, Refusal, Sampler, Size,
        charset,
    },
    sample::strength::shown,
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
characters, combining marks and invisible ones. At most 1024 characters
make a password; `mksecret urlsafe -l` makes longer texts.")]
pub(super) struct Password {
    /// How many characters: 24 unless given, 6 with --for pin
    #[arg(short, long, value_name = "N", value_parser = cli::count, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with = "bits")]
    length: Option<u64>,
    /// As few characters as carry at least B bits
    #[arg(short, long, value_name = "B", value_parser = cli::count, value_hint = ValueHint::Other,
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
    #[arg(long, value_name = "N", value_parser = cli::whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with_all = ["no_lower", "alphabet"])]
    lower: Option<u64>,
    /// At least N upper-case letters
    #[arg(long, value_name = "N", value_parser = cli::whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with_all = ["no_upper", "alphabet"])]
    upper: Option<u64>,
    /// At least N digits
    #[arg(long, value_name = "N", value_parser = cli::whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with_all = ["no_digit", "alphabet"])]
    digit: Option<u64>,
    /// At least N symbols
    #[arg(long, value_name = "N", value_parser = cli::whole, value_hint = ValueHint::Other,
        allow_hyphen_values = true, conflicts_with_all = ["no_symbol", "alphabet"])]
    symbol: Option<u64>,
    /// No lower-case letter
    #[arg(long, conflicts_with = "alphabet")]
    no_lower: bool,
    /// No upper-case letter
    #[arg(long, conflicts_with = "alphabet")]
    no_upper: bool,
    /// No digit
    #[arg(long, conflicts_with = "alphabet")]
    no_digit: bool,
    /// No symbol
    #[arg(long, conflicts_with = "alphabet")]
    no_symbol: bool,
    /// The symbols there are
    #[arg(long, value_name = "SET", value_hint = ValueHint::Other, allow_hyphen_values = true,
        conflicts_with_all = ["no_symbol", "alphabet"])]
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
    #[arg(long, value_name = "K", value_parser = cli::count, value_hint = ValueHint::Other,
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
    pub(super) fn run(self) -> anyhow::Result<()> {
        let policy = self.policy()?;
        let mut sampler =
            Sampler::new(&policy, self.size()).map_err(|refusal| self.explain(&refusal))?;
        let Some(out) = Output::open(&self.common.file.destination(), false)? else {
            return Ok(());
        };
        let mut kernel = self.common.pool.kernel()?;
        // Most characters take less than a byte.
        let expected = (sampler.length() as u64).saturating_mul(self.text.count);
        let mut entropy = Batch::new(&mut kernel, expected as usize);
        let mut texts = Texts::new(out, self.text.format());
        let mut password = Zeroizing::new(Vec::with_capacity(sampler.max_bytes()));
        for _ in 0..self.text.count {
            password.clear();
            sampler.sample(&mut entropy, &mut password)?;
            texts.begin()?.write(&password)?;
        }
        texts.finish()?;
        if self.common.verbose {
            let what = match sampler.length() {
                1 => "1 character".into(),
                length => format!("{length} characters"),
            };
            let how = match (&self.alphabet, self.preset.to_possible_value()) {
                (None, Some(preset)) => format!("{}: {policy}", preset.get_name()),
                _ => policy.to_string(),
            };
            say_made(self.text.count, &what, &shown(sampler.count()), &how);
        }
        Ok(())
    }

    fn policy(&self) -> Result<Policy, Error> {
        let mut policy = match &self.alphabet {
            Some(alphabet) => Policy {
                alphabet: set("--alphabet", alphabet)?,
                ..Policy::default()
            },
            None => self.classes()?,
        };
        let mut excluded = BTreeSet::new();
        if let Some(exclude) = &self.exclude {
            excluded.extend(set("--exclude", exclude)?);
        }
        if self.no_lookalikes {
            excluded.extend(LOOKALIKES.chars());
        }
        policy.exclude(&excluded);
        let by_preset = match self.alphabet {
            Some(_) => (Edge::Any, Edge::Any),
            None => self.preset().edges(),
        };
        policy.first = self.start.map_or(by_preset.0, EdgeName::edge);
        policy.last = self.end.map_or(by_preset.1, EdgeName::edge);
        policy.max_run = self.max_run;
        Ok(policy)
    }

    fn classes(&self) -> Result<Policy, Error> {
        let preset = self.preset();
        let symbols = self.symbols.as_deref();
        let symbols = symbols
            .map(|symbols| set("--symbols", symbols))
            .transpose()?;
        let mut classes = Vec::new();
        for class in [Class::Upper, Class::Lower, Class::Digit, Class::Symbol] {
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
        Ok(Policy::of_classes(classes))
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

    fn preset(&self) -> Preset {
        match self.preset {
            PresetName::Safe => Preset::Safe,
            PresetName::Alnum => Preset::Alnum,
            PresetName::Full => Preset::Full,
            PresetName::Pin => Preset::Pin,
        }
    }

    fn size(&self) -> Size {
        match self.bits {
            Some(bits) => Size::Bits(bits),
            None => Size::Chars(self.length.unwrap_or(self.preset().length())),
        }
    }

    /// The refused rule in the options' words.
    fn explain(&self, refusal: &Refusal) -> Error {
        // A rule that nobody typed is the preset's.
        let preset = self.preset.to_possible_value();
        let preset = preset.map_or(String::new(), |preset| {
            format!("--for {} asks for that: ", preset.get_name())
        });
        let unless = |is_typed: bool| if is_typed { "" } else { &preset };
        let lower = "lower a minimum";
        let hint = match refusal {
            Refusal::NoCharacters => "allow another class, or exclude fewer characters".into(),
            Refusal::SetGone(set) => match set.name {
                Name::Class(class) => {
                    let ClassOptions { name, minimum, .. } = self.options(class);
                    let whose = unless(minimum.is_some());
                    format!(
                        "{whose}--no-{name} drops the class, --{name} 0 asks for none; or exclude fewer"
                    )
                }
                Name::Listed(_) => "exclude fewer characters".into(),
            },
            Refusal::EdgeGone(place, _) => {
                let (option, is_typed) = match place {
                    Place::First => ("--start", self.start.is_some()),
                    Place::Last => ("--end", self.end.is_some()),
                };
                format!("{}{option} any lifts the rule", unless(is_typed))
            }
            Refusal::TooLong(length) => {
                format!("`mksecret urlsafe -l {length}` makes a text of that length")
            }
            Refusal::Minima {
                needed,
                length: Some(_),
            } if *needed <= MAX_LENGTH.into() => {
                format!("-l {needed} is long enough; or {lower}")
            }
            Refusal::Minima { .. } => lower.into(),
            Refusal::Edges { enough, .. } => {
                let enough = enough.map(|enough| format!("-l {enough} is long enough; or "));
                let enough = enough.unwrap_or_default();
                format!("{enough}{lower}, or lift a rule with --start any or --end any")
            }
            Refusal::Runs { .. } => {
                "allow more characters, raise --max-run, or lower a minimum".into()
            }
            Refusal::Weak(_) => {
                "ask for fewer bits, or allow more characters or longer runs".into()
            }
            Refusal::TooLarge {
                shorter: Some(length),
                ..
            } => {
                format!("-l {length} is short enough; or {lower}")
            }
            Refusal::TooLarge { .. } => lower.into(),
        };
        Error::usage_hint(refusal.to_string(), hint)
    }
}

/// What the options say about a class.
struct ClassOptions {
    name: &'static str,
    minimum: Option<u64>,
    dropped: bool,
}

/// The characters of the SET that is the value of `option`.
fn set(option: &str, value: &str) -> Result<Vec<char>, Error> {
    charset::read(value).map_err(|bad| Error::usage_hint(bad.describe(option), bad.hint()))
}

impl EdgeName {
    fn edge(self) -> Edge {
        match self {
            Self::Letter => Edge::Letter,
            Self::Alnum => Edge::Alnum,
            Self::Any => Edge::Any,
        }
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
        let sampler = Sampler::new(&policy, line.password.size()).unwrap();
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
