//! A policy as it is asked for: a preset, and what is changed of it.

use std::collections::BTreeSet;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{Class, Edge, Kind, Policy, PolicyError, Unusable};

/// Characters that are taken for one another in print: 0 and O, and 1, l, I and |.
pub const LOOKALIKES: &str = "0O1lI|";

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
/// Symbols that keep their meaning to themselves in shells, configuration files and URLs.
const SAFE_SYMBOLS: &str = "-_.";
const ALL_SYMBOLS: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// A policy to begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// 65 characters that survive unquoted where passwords are pasted, the first a letter, the last a letter or a
    /// digit, one of each class.
    #[default]
    Safe,
    /// Letters and digits, one of each class.
    Alnum,
    /// The 94 printable ASCII characters, one of each class.
    Full,
    /// 6 digits.
    Pin,
}

impl Preset {
    /// Length where none is asked for, in characters.
    pub fn length(self) -> usize {
        match self {
            Self::Safe | Self::Alnum | Self::Full => 24,
            Self::Pin => 6,
        }
    }

    /// How many of the kind there are at least; nothing, if there are none.
    fn minimum(self, kind: Kind) -> Option<usize> {
        match (self, kind) {
            (Self::Safe | Self::Full, _) => Some(1),
            (Self::Alnum, Kind::Symbol) => None,
            (Self::Alnum, _) => Some(1),
            (Self::Pin, Kind::Digit) => Some(0),
            (Self::Pin, _) => None,
        }
    }

    fn symbols(self) -> &'static str {
        match self {
            Self::Full => ALL_SYMBOLS,
            Self::Safe | Self::Alnum | Self::Pin => SAFE_SYMBOLS,
        }
    }

    fn edges(self) -> (Edge, Edge) {
        match self {
            Self::Safe => (Edge::Letter, Edge::Alnum),
            Self::Alnum | Self::Full | Self::Pin => (Edge::Any, Edge::Any),
        }
    }
}

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// So many characters.
    Chars(usize),
    /// As few characters as carry so many bits.
    Bits(u64),
}

/// What is asked for. What is left out is as the preset has it.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The policy to begin with.
    pub preset: Preset,
    /// The length or the strength.
    pub size: Option<Size>,
    /// The least number of lower-case letters, upper-case letters, digits and symbols. A class that the preset lacks
    /// is allowed by naming it.
    pub minima: [Option<usize>; 4],
    /// Whether none of that class is wanted.
    pub dropped: [bool; 4],
    /// What the symbols are.
    pub symbols: Option<String>,
    /// The characters, instead of the classes and the preset's rules.
    pub alphabet: Option<String>,
    /// Characters to leave out.
    pub exclude: Option<String>,
    /// Leave out [`LOOKALIKES`].
    pub no_lookalikes: bool,
    /// What the first character is.
    pub start: Option<Edge>,
    /// What the last character is.
    pub end: Option<Edge>,
    /// The most equal characters in a row.
    pub max_run: Option<usize>,
}

/// The classes in the order in which they claim characters, and that of [`Rules::minima`].
const KINDS: [Kind; 4] = [Kind::Lower, Kind::Upper, Kind::Digit, Kind::Symbol];

impl Rules {
    /// The policy that is asked for.
    ///
    /// # Errors
    /// If two rules contradict each other, or one is unclear or cannot be met.
    pub fn policy(&self) -> Result<Policy, PolicyError> {
        let mut classes = match &self.alphabet {
            Some(alphabet) => self.alphabet(alphabet)?,
            None => self.classes()?,
        };
        let mut excluded = BTreeSet::new();
        if let Some(exclude) = &self.exclude {
            excluded.extend(set("--exclude", exclude)?);
        }
        if self.no_lookalikes {
            excluded.extend(LOOKALIKES.chars());
        }
        for class in &mut classes {
            class.chars.retain(|char| !excluded.contains(char));
        }
        let (start, end) = match self.alphabet {
            Some(_) => (Edge::Any, Edge::Any),
            None => self.preset.edges(),
        };
        let (start, end) = (self.start.unwrap_or(start), self.end.unwrap_or(end));
        match self.size.unwrap_or(Size::Chars(self.preset.length())) {
            Size::Chars(length) => Policy::new(classes, length, start, end, self.max_run),
            Size::Bits(0) => Err(PolicyError::Zero("--bits")),
            Size::Bits(bits) => {
                let minima = classes.iter().map(|class| class.minimum);
                let needed = minima.fold(0, usize::saturating_add).max(1);
                Policy::new(classes, needed, start, end, self.max_run)?.with_bits(bits)
            }
        }
    }

    fn alphabet(&self, alphabet: &str) -> Result<Vec<Class>, PolicyError> {
        let asked = KINDS.iter().zip(self.minima).zip(self.dropped);
        for ((kind, minimum), dropped) in asked {
            if minimum.is_some() {
                return Err(PolicyError::Conflict("--alphabet", kind.option()));
            }
            if dropped {
                return Err(PolicyError::Conflict("--alphabet", kind.no_option()));
            }
        }
        if self.symbols.is_some() {
            return Err(PolicyError::Conflict("--alphabet", "--symbols"));
        }
        Ok(vec![Class {
            kind: Kind::Alphabet,
            chars: set("--alphabet", alphabet)?,
            minimum: 0,
        }])
    }

    fn classes(&self) -> Result<Vec<Class>, PolicyError> {
        let mut classes = Vec::new();
        for ((kind, minimum), dropped) in KINDS.into_iter().zip(self.minima).zip(self.dropped) {
            let symbols = self.symbols.as_deref().filter(|_| kind == Kind::Symbol);
            if dropped {
                if minimum.is_some() {
                    return Err(PolicyError::Conflict(kind.option(), kind.no_option()));
                }
                if symbols.is_some() {
                    return Err(PolicyError::Conflict("--symbols", "--no-symbol"));
                }
                continue;
            }
            let by_preset = self.preset.minimum(kind).or(symbols.map(|_| 0));
            let Some(minimum) = minimum.or(by_preset) else {
                continue;
            };
            let chars = match kind {
                Kind::Lower => LOWER.chars().collect(),
                Kind::Upper => UPPER.chars().collect(),
                Kind::Digit => DIGITS.chars().collect(),
                Kind::Symbol | Kind::Alphabet => match symbols {
                    Some(symbols) => set("--symbols", symbols)?,
                    None => self.preset.symbols().chars().collect(),
                },
            };
            classes.push(Class {
                kind,
                chars,
                minimum,
            });
        }
        Ok(classes)
    }
}

/// The characters of a set that is given as the value of `option`.
fn set(option: &'static str, value: &str) -> Result<Vec<char>, PolicyError> {
    let chars: Vec<char> = value.chars().collect();
    if chars.is_empty() {
        return Err(PolicyError::EmptySet(option));
    }
    for &char in &chars {
        if let Some(reason) = unusable(char) {
            return Err(PolicyError::Unusable {
                option,
                char,
                reason,
            });
        }
    }
    match chars.windows(3).find(|three| three[1] == '-') {
        Some(&[from, _, to]) => Err(PolicyError::Range { option, from, to }),
        _ => Ok(chars),
    }
}

fn unusable(char: char) -> Option<Unusable> {
    match char.general_category() {
        GeneralCategory::Control => Some(Unusable::Control),
        GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => Some(Unusable::Invisible),
        _ if char.general_category_group() == GeneralCategoryGroup::Mark => {
            Some(Unusable::Combining)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(change: impl FnOnce(&mut Rules)) -> Result<Policy, PolicyError> {
        let mut rules = Rules::default();
        change(&mut rules);
        let policy = rules.policy()?;
        policy.sampler()?;
        Ok(policy)
    }

    fn summary(change: impl FnOnce(&mut Rules)) -> String {
        policy(change).unwrap().to_string()
    }

    #[test]
    fn presets_are_what_they_say() {
        let preset = |preset| summary(|rules| rules.preset = preset);
        assert_eq!(
            preset(Preset::Safe),
            "A-Za-z0-9-_., first a letter, last a letter or digit, one of each class"
        );
        assert_eq!(preset(Preset::Alnum), "A-Za-z0-9, one of each class");
        assert_eq!(
            preset(Preset::Full),
            r##"A-Za-z0-9!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~, one of each class"##
        );
        assert_eq!(preset(Preset::Pin), "0-9");
    }

    #[test]
    fn each_option_changes_its_part_of_the_preset() {
        assert_eq!(
            summary(|rules| {
                rules.minima = [None, Some(3), Some(2), Some(0)];
                rules.start = Some(Edge::Any);
                rules.max_run = Some(2);
            }),
            "A-Za-z0-9-_., last a letter or digit, at least 1 lower-case letter, \
             at least 3 upper-case letters, at least 2 digits, no character more than 2 times in a row"
        );
        assert_eq!(
            summary(|rules| {
                rules.dropped = [true, false, false, true];
                rules.no_lookalikes = true;
                rules.max_run = Some(1);
            }),
            "A-HJ-NP-Z2-9, first a letter, last a letter or digit, one of each class, \
             no character twice in a row"
        );
        assert_eq!(
            summary(|rules| {
                rules.symbols = Some("!ab!".into());
                rules.exclude = Some("zaQ-".into());
                rules.end = Some(Edge::Letter);
            }),
            "A-PR-Zb-y0-9!, first a letter, last a letter, one of each class"
        );
        assert_eq!(
            summary(|rules| {
                rules.preset = Preset::Pin;
                rules.minima[1] = Some(0);
                rules.symbols = Some("#".into());
            }),
            "A-Z0-9#"
        );
    }

    #[test]
    fn an_alphabet_stands_instead_of_classes_and_rules() {
        let alphabet = |set: &str| {
            let set = Some(set.into());
            summary(|rules| rules.alphabet = set)
        };
        assert_eq!(alphabet("aab-"), "ab-");
        assert_eq!(alphabet("äß€😀 "), "äß€😀 ");
        let many: String = ('\u{4e00}'..'\u{4f00}').collect();
        assert_eq!(alphabet(&many), "256 characters");
        assert_eq!(
            policy(|rules| {
                rules.alphabet = Some("x".into());
                rules.preset = Preset::Pin;
            })
            .unwrap()
            .length(),
            6
        );
    }

    fn assert_refused(change: impl FnOnce(&mut Rules), error: &str, hint: &str) {
        let refused = policy(change).unwrap_err();
        assert_eq!(refused.to_string(), error);
        assert_eq!(refused.hint().as_deref(), Some(hint), "{error}");
    }

    #[test]
    fn a_set_that_is_not_clear_is_refused() {
        for set in ["a-z", "a-", "-a", "-", "ab-c-", "é-ü"] {
            let refused = policy(|rules| rules.alphabet = Some(set.into())).err();
            assert_eq!(
                refused.is_some(),
                set.find('-').is_some_and(|at| at > 0 && at + 1 < set.len())
            );
        }
        assert_refused(
            |rules| rules.alphabet = Some("a-z".into()),
            "`a-z` in --alphabet could mean the range from a to z, or the three characters a, - and z",
            "ranges are not read: write every character out, and a hyphen that is meant first or last",
        );
        assert_refused(
            |rules| rules.exclude = Some("0-9".into()),
            "`0-9` in --exclude could mean the range from 0 to 9, or the three characters 0, - and 9",
            "ranges are not read: write every character out, and a hyphen that is meant first or last",
        );
        assert_refused(
            |rules| rules.symbols = Some("!\t".into()),
            "--symbols holds U+0009, a control character",
            "leave it out",
        );
        assert_refused(
            |rules| rules.alphabet = Some("e\u{301}".into()),
            "--alphabet holds U+0301, a combining mark",
            "leave it out, or use the character that has it built in",
        );
        assert_refused(
            |rules| rules.exclude = Some("\u{200b}".into()),
            "--exclude holds U+200B, an invisible character",
            "leave it out",
        );
        assert_refused(
            |rules| rules.symbols = Some(String::new()),
            "the set of --symbols is empty",
            "--no-symbol leaves the symbols out",
        );
        assert_refused(
            |rules| rules.alphabet = Some(String::new()),
            "the set of --alphabet is empty",
            "name the characters",
        );
    }

    #[test]
    fn rules_that_contradict_each_other_are_refused() {
        let conflict = |change: fn(&mut Rules)| policy(change).unwrap_err().to_string();
        assert_eq!(
            conflict(|rules| {
                rules.minima[2] = Some(1);
                rules.dropped[2] = true;
            }),
            "--digit and --no-digit contradict each other"
        );
        assert_eq!(
            conflict(|rules| {
                rules.symbols = Some("!".into());
                rules.dropped[3] = true;
            }),
            "--symbols and --no-symbol contradict each other"
        );
        for change in [
            (|rules| rules.minima[0] = Some(1)) as fn(&mut Rules),
            |rules| rules.dropped[3] = true,
            |rules| rules.symbols = Some("!".into()),
        ] {
            let error = policy(|rules| {
                rules.alphabet = Some("abc".into());
                change(rules);
            });
            assert!(matches!(error, Err(PolicyError::Conflict("--alphabet", _))));
        }
    }

    #[test]
    fn a_rule_that_cannot_be_met_is_named_with_what_would_do() {
        assert_refused(
            |rules| rules.size = Some(Size::Chars(3)),
            "the minima add up to 4 characters, but the length is 3",
            "-l 4 is long enough; or lower a minimum",
        );
        assert_refused(
            |rules| rules.minima[2] = Some(usize::MAX),
            &format!(
                "the minima add up to {} characters, but the length is 24",
                usize::MAX
            ),
            "lower a minimum",
        );
        assert_refused(
            |rules| rules.dropped = [true; 4],
            "no character is left to choose from",
            "allow another class, or exclude fewer characters",
        );
        assert_refused(
            |rules| {
                rules.alphabet = Some("abc".into());
                rules.exclude = Some("cba".into());
            },
            "no character is left to choose from",
            "allow another class, or exclude fewer characters",
        );
        assert_refused(
            |rules| rules.exclude = Some(DIGITS.into()),
            "at least 1 digit is asked for, but none is left",
            "--no-digit drops the class, --digit 0 asks for none; or exclude fewer",
        );
        assert_refused(
            |rules| {
                rules.minima[3] = Some(2);
                rules.exclude = Some("-_.".into());
            },
            "at least 2 symbols are asked for, but none is left",
            "--no-symbol drops the class, --symbol 0 asks for none; or exclude fewer",
        );
        assert_refused(
            |rules| {
                rules.dropped[0] = true;
                rules.dropped[1] = true;
            },
            "--start letter: no letter is left to choose from",
            "--start any lifts the rule",
        );
        assert_refused(
            |rules| {
                rules.alphabet = Some("!?".into());
                rules.end = Some(Edge::Alnum);
            },
            "--end alnum: no letter or digit is left to choose from",
            "--end any lifts the rule",
        );
        assert_refused(
            |rules| {
                rules.alphabet = Some("a".into());
                rules.max_run = Some(1);
            },
            "--max-run 1: there is one character to choose from, which makes no password of length 24",
            "allow more characters, raise --max-run, or lower a minimum",
        );
        assert_refused(
            |rules| {
                rules.exclude = Some("123456789".into());
                rules.minima[2] = Some(20);
                rules.max_run = Some(2);
            },
            "--max-run 2: no password of length 24 meets that and the other rules",
            "allow more characters, raise --max-run, or lower a minimum",
        );
        assert_refused(
            |rules| {
                rules.size = Some(Size::Chars(4));
                rules.minima = [Some(0), Some(0), Some(3), Some(1)];
            },
            "no password of length 4 meets both the minima and the rules for the first and last character",
            "-l 5 is long enough; or lower a minimum, or lift a rule with --start any or --end any",
        );
        assert_refused(
            |rules| {
                rules.size = Some(Size::Chars(1));
                rules.minima = [Some(0), Some(0), Some(1), Some(0)];
            },
            "no password of length 1 meets both the minima and the rules for the first and last character",
            "-l 2 is long enough; or lower a minimum, or lift a rule with --start any or --end any",
        );
        for change in [
            (|rules| rules.size = Some(Size::Chars(0))) as fn(&mut Rules),
            |rules| rules.size = Some(Size::Bits(0)),
            |rules| rules.max_run = Some(0),
        ] {
            assert!(matches!(policy(change), Err(PolicyError::Zero(_))));
        }
        assert_refused(
            |rules| {
                rules.size = Some(Size::Bits(10));
                rules.alphabet = Some("x".into());
            },
            "--bits 10: no password of up to 65536 characters is as strong as that",
            "ask for fewer bits, or allow more characters or longer runs",
        );
    }
}
