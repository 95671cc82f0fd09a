//! The `passwordrules` language, in which sites and forms say what a password may be.
//!
//! It is that of Apple's "Customizing Password AutoFill Rules" and of the attribute proposed for HTML (whatwg/html issue
//! 3518):
//!
//! ```text
//! rules    = rule *( ";" rule ) [ ";" ]
//! rule     = ( "minlength" / "maxlength" / "max-consecutive" ) ":" 1*DIGIT
//!          / ( "required" / "allowed" ) ":" class *( "," class )
//! class    = "upper" / "lower" / "digit" / "special" / "ascii-printable" / "unicode" / "[" set "]"
//! ```
//!
//! with names in any case and white space between any two parts. In a set a hyphen stands first and `]`, written `]]`, at
//! the end. Browsers skip what they do not understand; here it is an error, since a rule that is dropped makes
//! passwords that the site refuses.

use std::{collections::BTreeSet, fmt};

use super::{MAX_LENGTH, Name, Policy, Required, sort};
use crate::chars::unusable;

/// What is not understood, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadRules {
    /// The character that it begins at, counted from 1.
    pub(crate) column: usize,
    message: String,
}

impl fmt::Display for BadRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// The policy that `rules` describe.
pub(crate) fn read(rules: &str) -> Result<Policy, BadRules> {
    let mut reader = Reader {
        chars: rules.chars().collect(),
        at: 0,
    };
    let mut rules = Rules::default();
    loop {
        rules.read_one(&mut reader)?;
        if reader.next_part().is_none() {
            return Ok(rules.policy());
        }
        reader.expect(';')?;
        if reader.next_part().is_none() {
            return Ok(rules.policy());
        }
    }
}

/// What the rules say; of what they say twice, the strictest.
#[derive(Default)]
struct Rules {
    min_length: Option<u64>,
    max_length: Option<u64>,
    max_run: Option<u64>,
    required: Vec<(String, BTreeSet<char>)>,
    allowed: BTreeSet<char>,
}

impl Rules {
    fn read_one(&mut self, reader: &mut Reader) -> Result<(), BadRules> {
        reader.next_part();
        let start = reader.at;
        let name = reader.word();
        if name.is_empty() {
            return Err(reader.unexpected("the name of a rule"));
        }
        let known = [
            "minlength",
            "maxlength",
            "max-consecutive",
            "required",
            "allowed",
        ];
        if !known.contains(&&*name) {
            return Err(bad(start, format!("unknown rule `{name}`")));
        }
        reader.expect(':')?;
        reader.next_part();
        let start = reader.at;
        match &*name {
            "minlength" => {
                let number = reader.number(0)?;
                if number > MAX_LENGTH {
                    let message = format!("{number} is too long: at most {MAX_LENGTH}");
                    return Err(bad(start, message));
                }
                self.min_length = self.min_length.max(Some(number));
            }
            "maxlength" => {
                let number = reader.number(1)?;
                self.max_length = Some(self.max_length.map_or(number, |other| other.min(number)));
            }
            "max-consecutive" => {
                let number = reader.number(1)?;
                self.max_run = Some(self.max_run.map_or(number, |other| other.min(number)));
            }
            "required" => {
                let chars = reader.classes()?;
                let text = reader.chars[start..reader.at].iter().collect();
                self.required.push((text, chars));
            }
            _ => self.allowed.append(&mut reader.classes()?),
        }
        if let (Some(least), Some(most)) = (self.min_length, self.max_length)
            && least > most
        {
            let message = format!("a minlength of {least} is more than a maxlength of {most}");
            return Err(bad(start, message));
        }
        Ok(())
    }

    fn policy(mut self) -> Policy {
        let mut alphabet = self.allowed;
        for (_, chars) in &self.required {
            alphabet.extend(chars);
        }
        if alphabet.is_empty() {
            alphabet.extend(ASCII_PRINTABLE);
        }
        // Forms trim it.
        let space = BTreeSet::from([' ']);
        if !self.required.iter().any(|(_, chars)| *chars == space) {
            alphabet.remove(&' ');
            for (_, chars) in &mut self.required {
                chars.remove(&' ');
            }
        }
        let mut alphabet: Vec<char> = alphabet.into_iter().collect();
        sort(&mut alphabet);
        let required = self.required.into_iter().map(|(text, chars)| Required {
            name: Name::Listed(text),
            chars,
            minimum: 1,
        });
        Policy {
            alphabet,
            required: required.collect(),
            max_run: self.max_run,
            lengths: self.min_length.unwrap_or(1).max(1)
                ..=self.max_length.unwrap_or(MAX_LENGTH).min(MAX_LENGTH),
            ..Policy::default()
        }
    }
}

const ASCII_PRINTABLE: std::ops::RangeInclusive<char> = ' '..='~';

/// The text and the next character of it.
struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    /// Goes to the next character that is not white space, and tells it.
    fn next_part(&mut self) -> Option<char> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.peek()
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn expect(&mut self, char: char) -> Result<(), BadRules> {
        if self.next_part() != Some(char) {
            return Err(self.unexpected(&format!("`{char}`")));
        }
        self.at += 1;
        Ok(())
    }

    /// Letters, digits and hyphens, in lower case.
    fn word(&mut self) -> String {
        let rest = self.chars[self.at..].iter();
        let word = rest.take_while(|char| char.is_ascii_alphanumeric() || **char == '-');
        let word: String = word.map(char::to_ascii_lowercase).collect();
        self.at += word.len();
        word
    }

    fn number(&mut self, least: u64) -> Result<u64, BadRules> {
        let start = self.at;
        let word = self.word();
        if word.is_empty() {
            return Err(self.unexpected("a number"));
        }
        if !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad(start, format!("`{word}` is not a whole number")));
        }
        match word.parse() {
            Ok(number) if number >= least => Ok(number),
            Ok(number) => Err(bad(start, format!("{number} must be {least} or more"))),
            Err(_) => Err(bad(start, format!("{word} is too large"))),
        }
    }

    /// The union of one or more classes.
    fn classes(&mut self) -> Result<BTreeSet<char>, BadRules> {
        let mut union = BTreeSet::new();
        loop {
            if self.next_part() == Some('[') {
                union.append(&mut self.set()?);
            } else {
                union.append(&mut self.named_class()?);
            }
            let end = self.at;
            if self.next_part() != Some(',') {
                self.at = end;
                return Ok(union);
            }
            self.at += 1;
        }
    }

    fn named_class(&mut self) -> Result<BTreeSet<char>, BadRules> {
        let start = self.at;
        let name = self.word();
        if name.is_empty() {
            return Err(self.unexpected("a class or a set"));
        }
        let is_one: fn(&char) -> bool = match &*name {
            "upper" => char::is_ascii_uppercase,
            "lower" => char::is_ascii_lowercase,
            "digit" => char::is_ascii_digit,
            "special" => |char| !char.is_ascii_alphanumeric(),
            "ascii-printable" | "unicode" => |_| true,
            _ => return Err(bad(start, format!("unknown class `{name}`"))),
        };
        Ok(ASCII_PRINTABLE.filter(is_one).collect())
    }

    /// A set in brackets, in which white space is a character, too.
    fn set(&mut self) -> Result<BTreeSet<char>, BadRules> {
        let start = self.at;
        let mut set = BTreeSet::new();
        loop {
            self.at += 1;
            let char = self
                .peek()
                .ok_or_else(|| bad(start, "the set has no `]`".into()))?;
            if char == ']' {
                break;
            }
            if char == '-' && self.at > start + 1 {
                return Err(bad(self.at, "a hyphen must come first in a set".into()));
            }
            if let Some(reason) = unusable(char) {
                let message = format!("U+{:04X} is {}", u32::from(char), reason.noun());
                return Err(bad(self.at, message));
            }
            set.insert(char);
        }
        self.at += 1;
        if self.peek() == Some(']') {
            self.at += 1;
            set.insert(']');
        }
        match set.is_empty() {
            true => Err(bad(start, "the set is empty".into())),
            false => Ok(set),
        }
    }

    fn unexpected(&self, expected: &str) -> BadRules {
        let found = self
            .peek()
            .map_or("the end".into(), |char| match unusable(char) {
                None => format!("`{char}`"),
                Some(_) => format!("U+{:04X}", u32::from(char)),
            });
        bad(self.at, format!("expected {expected}, found {found}"))
    }
}

/// An error at the character with this index.
fn bad(index: usize, message: String) -> BadRules {
    BadRules {
        column: index + 1,
        message,
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::{
        super::{Refusal, Sampler},
        *,
    };
    use crate::{
        entropy::{Entropy, EntropyError},
        strength::Length,
    };

    fn summary(rules: &str) -> String {
        let policy = read(rules).unwrap();
        let (least, most) = policy.lengths.clone().into_inner();
        format!("{least} to {most}: {policy}")
    }

    #[test]
    fn rules_of_sites_are_read_by_shape() {
        let printable = r##"A-Za-z0-9!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##;
        for (rules, expected) in [
            (
                "minlength: 6; maxlength: 16;",
                format!("6 to 16: {printable}"),
            ),
            (
                "required: lower, upper; required: digit; required: [-!#$%]",
                "1 to 1024: A-Za-z0-9!#$%-, at least 1 of `lower, upper`, at least 1 of `digit`, \
                 at least 1 of `[-!#$%]`"
                    .into(),
            ),
            (
                "maxlength: 8; max-consecutive: 3; required: upper,lower,[#$+./:=?@[^_|~]]",
                "1 to 8: A-Za-z#$+./:=?@[]^_|~, at least 1 of `upper,lower,[#$+./:=?@[^_|~]]`, \
                 no character more than 3 times in a row"
                    .into(),
            ),
            ("allowed: [-äöü]", "1 to 1024: -äöü".into()),
            (
                " \n MinLength\t:08 ;MAXLENGTH:9\n",
                format!("8 to 9: {printable}"),
            ),
            (
                "allowed: UPPER , Digit ;max-consecutive:1;",
                "1 to 1024: A-Z0-9, no character twice in a row".into(),
            ),
            // Repeated, the strictest counts.
            (
                "minlength: 8; minlength: 6; maxlength: 20; maxlength: 30; max-consecutive: 4; \
                 max-consecutive: 2; max-consecutive: 3; allowed: [a]; allowed: [b]",
                "8 to 20: ab, no character more than 2 times in a row".into(),
            ),
            (
                "allowed: ascii-printable",
                format!("1 to 1024: {printable}"),
            ),
            (
                "required: unicode",
                format!("1 to 1024: {printable}, at least 1 of `unicode`"),
            ),
            ("required: special; allowed: [a]", {
                let special = &printable[9..];
                format!("1 to 1024: a{special}, at least 1 of `special`")
            }),
            // The space, and brackets.
            (
                "allowed: [ a]; required: [b ]",
                "1 to 1024: ab, at least 1 of `[b ]`".into(),
            ),
            (
                "allowed: [a]; required: [ ]; required: [b ]",
                "1 to 1024: ab , at least 1 of `[ ]`, at least 1 of `[b ]`".into(),
            ),
            ("allowed: []]", "1 to 1024: ]".into()),
            ("allowed: [-[]], [a], [;,]", "1 to 1024: a,-;[]".into()),
            (
                "minlength: 0; maxlength: 5000",
                format!("1 to 1024: {printable}"),
            ),
        ] {
            assert_eq!(summary(rules), expected, "{rules}");
        }
    }

    #[test]
    fn what_is_not_understood_has_its_column() {
        for (rules, column, message) in [
            ("", 1, "expected the name of a rule, found the end"),
            ("  ", 3, "expected the name of a rule, found the end"),
            (";", 1, "expected the name of a rule, found `;`"),
            (
                "minlength: 8;; maxlength: 9",
                14,
                "expected the name of a rule, found `;`",
            ),
            (
                "minlength: 8; minclasses: 3",
                15,
                "unknown rule `minclasses`",
            ),
            ("minlength 8", 11, "expected `:`, found `8`"),
            ("minlength: 8 maxlength: 9", 14, "expected `;`, found `m`"),
            ("minlength: ", 12, "expected a number, found the end"),
            ("minlength: 8.5", 13, "expected `;`, found `.`"),
            ("minlength: 8a", 12, "`8a` is not a whole number"),
            ("minlength: -8", 12, "`-8` is not a whole number"),
            ("minlength: ٣", 12, "expected a number, found `٣`"),
            ("maxlength: 0", 12, "0 must be 1 or more"),
            ("max-consecutive: 0", 18, "0 must be 1 or more"),
            (
                "minlength: 99999999999999999999",
                12,
                "99999999999999999999 is too large",
            ),
            ("minlength: 1025", 12, "1025 is too long: at most 1024"),
            (
                "minlength: 9; maxlength: 8",
                26,
                "a minlength of 9 is more than a maxlength of 8",
            ),
            ("required: ", 11, "expected a class or a set, found the end"),
            (
                "required: lower,; allowed: upper",
                17,
                "expected a class or a set, found `;`",
            ),
            ("required: lower upper", 17, "expected `;`, found `u`"),
            ("required: letters", 11, "unknown class `letters`"),
            (
                "required: \"lower\"",
                11,
                "expected a class or a set, found `\"`",
            ),
            ("allowed: []", 10, "the set is empty"),
            ("allowed: [abc", 10, "the set has no `]`"),
            (
                "äö: 1; allowed: [a-c]",
                1,
                "expected the name of a rule, found `ä`",
            ),
            ("allowed: [äöa-c]", 14, "a hyphen must come first in a set"),
            ("allowed: [a]b]", 13, "expected `;`, found `b`"),
            ("allowed: [a]]]", 14, "expected `;`, found `]`"),
            ("allowed: [a\u{301}]", 12, "U+0301 is a combining mark"),
            ("allowed: [a\n]", 12, "U+000A is a control character"),
            ("\u{202e}", 1, "expected the name of a rule, found U+202E"),
        ] {
            assert_eq!(
                read(rules).unwrap_err(),
                bad(column - 1, message.into()),
                "{rules:?}"
            );
        }
    }

    /// Rules of a site, to write them down and to check passwords from their description alone.
    struct Site {
        rules: Vec<Rule>,
    }

    enum Rule {
        Min(usize),
        Max(usize),
        Run(usize),
        Required(Vec<Part>),
        Allowed(Vec<Part>),
    }

    enum Part {
        Class(&'static str),
        Set(String),
    }

    impl Part {
        fn holds(&self, char: char) -> bool {
            match self {
                Self::Class("upper") => char.is_ascii_uppercase(),
                Self::Class("lower") => char.is_ascii_lowercase(),
                Self::Class("digit") => char.is_ascii_digit(),
                Self::Class("special") => " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".contains(char),
                Self::Class(_) => (' '..='~').contains(&char),
                Self::Set(chars) => chars.contains(char),
            }
        }

        fn written(&self) -> String {
            match self {
                Self::Class(name) => (*name).into(),
                Self::Set(chars) => {
                    let hyphen = if chars.contains('-') { "-" } else { "" };
                    let others = chars.replace(['-', ']'], "");
                    let bracket = if chars.contains(']') { "]" } else { "" };
                    format!("[{hyphen}{others}{bracket}]")
                }
            }
        }
    }

    impl Site {
        fn accepts(&self, password: &str) -> bool {
            let chars: Vec<char> = password.chars().collect();
            let holds = |parts: &[Part], char| parts.iter().any(|part| part.holds(char));
            let lists = |rule: &Rule, char| match rule {
                Rule::Required(parts) | Rule::Allowed(parts) => holds(parts, char),
                _ => false,
            };
            let is_listing = |rule: &Rule| matches!(rule, Rule::Required(_) | Rule::Allowed(_));
            let is_meant = |char| match self.rules.iter().any(is_listing) {
                true => self.rules.iter().any(|rule| lists(rule, char)),
                false => (' '..='~').contains(&char),
            };
            let needs_space = self.rules.iter().any(|rule| match rule {
                Rule::Required(parts) => (parts.iter())
                    .all(|part| matches!(part, Part::Set(set) if set.trim().is_empty())),
                _ => false,
            });
            let is_met = |rule: &Rule| match rule {
                Rule::Min(least) => chars.len() >= *least,
                Rule::Max(most) => chars.len() <= *most,
                Rule::Run(most) => {
                    let mut runs = chars.windows(most + 1);
                    !runs.any(|run| run.iter().all(|char| *char == run[0]))
                }
                Rule::Required(parts) => chars.iter().any(|char| holds(parts, *char)),
                Rule::Allowed(_) => true,
            };
            chars
                .iter()
                .all(|char| is_meant(*char) && (*char != ' ' || needs_space))
                && self.rules.iter().all(is_met)
        }

        /// As somebody may write it: `noise` decides on white space and capitals.
        fn written(&self, noise: &mut Noise) -> String {
            let mut text = String::new();
            for (index, rule) in self.rules.iter().enumerate() {
                if index > 0 {
                    text += ";";
                }
                let (name, value) = match rule {
                    Rule::Min(number) => ("minlength", number.to_string()),
                    Rule::Max(number) => ("maxlength", number.to_string()),
                    Rule::Run(number) => ("max-consecutive", number.to_string()),
                    Rule::Required(parts) => ("required", noise.list(parts)),
                    Rule::Allowed(parts) => ("allowed", noise.list(parts)),
                };
                let name = match noise.below(3) {
                    0 => name.to_ascii_uppercase(),
                    _ => name.into(),
                };
                text += &[
                    noise.space(),
                    &name,
                    noise.space(),
                    ":",
                    noise.space(),
                    &value,
                ]
                .concat();
                text += noise.space();
            }
            text + ["", ";", "; "][noise.below(3)]
        }
    }

    /// Not random at all, but different enough.
    struct Noise(u64);

    impl Noise {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self.0.wrapping_mul(0xd133_5420_5e1d_a5c3).wrapping_add(1);
            (self.0 >> 33) as usize % n
        }

        fn space(&mut self) -> &'static str {
            ["", "", " ", "\n\t"][self.below(4)]
        }

        fn list(&mut self, parts: &[Part]) -> String {
            let parts: Vec<String> = parts.iter().map(Part::written).collect();
            parts.join([",", ", ", " ,\t"][self.below(3)])
        }

        fn parts(&mut self, from: &[char]) -> Vec<Part> {
            let classes = [
                "upper",
                "lower",
                "digit",
                "special",
                "ascii-printable",
                "unicode",
            ];
            let mut parts = Vec::new();
            for _ in 0..=self.below(2) {
                // Few characters are for brute force.
                if from.len() > 4 && self.below(2) == 0 {
                    parts.push(Part::Class(classes[self.below(6)]));
                } else {
                    let size = 1 + self.below(3);
                    parts.push(Part::Set(
                        (0..size).map(|_| from[self.below(from.len())]).collect(),
                    ));
                }
            }
            parts
        }

        fn site(&mut self, chars: &str, longest: usize) -> Site {
            let chars: Vec<char> = chars.chars().collect();
            let mut rules = Vec::new();
            for _ in 0..=self.below(6) {
                rules.push(match self.below(6) {
                    0 => Rule::Min(self.below(longest)),
                    1 => Rule::Max(1 + self.below(longest)),
                    2 => Rule::Run(1 + self.below(4)),
                    3 => Rule::Allowed(self.parts(&chars)),
                    _ => Rule::Required(self.parts(&chars)),
                });
            }
            Site { rules }
        }
    }

    impl Entropy for Noise {
        fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
            buf.fill_with(|| self.below(256) as u8);
            Ok(())
        }
    }

    #[test]
    fn random_rules_accept_every_password_drawn() {
        let mut noise = Noise(1);
        let mut drawn = 0;
        for _ in 0..2_000 {
            let site = noise.site("abzAZ09-[]; ,!\"~äß€漢", 40);
            let text = site.written(&mut noise);
            let policy = match read(&text) {
                Ok(policy) => policy,
                Err(bad) => {
                    assert!(
                        bad.message.contains("is more than a maxlength"),
                        "{bad} in {text:?}"
                    );
                    continue;
                }
            };
            let length = 24.clamp(*policy.lengths.start(), *policy.lengths.end());
            let mut sampler = match Sampler::new(&policy, Length::Units(length)) {
                Ok(sampler) => sampler,
                Err(Refusal::TooLarge { .. }) => panic!("{text:?} is too large"),
                Err(_) => continue,
            };
            for _ in 0..20 {
                let mut password = Vec::new();
                sampler.sample(&mut noise, &mut password).unwrap();
                let password = String::from_utf8(password).unwrap();
                assert_eq!(password.chars().count() as u64, length);
                assert!(site.accepts(&password), "{password:?} by {text:?}");
            }
            drawn += 1;
        }
        assert!(drawn > 1_000, "{drawn}");
    }

    #[test]
    fn small_rules_allow_what_brute_force_finds() {
        let mut noise = Noise(2);
        let mut counted = 0;
        for _ in 0..3_000 {
            let chars = ["ab-]", "a b", "äZ0", " -"][noise.below(4)];
            let site = noise.site(chars, 5);
            let text = site.written(&mut noise);
            let Ok(policy) = read(&text) else { continue };
            // Without a set, there are more than can be counted one by one.
            if policy.alphabet.len() > 4 {
                continue;
            }
            for length in 1..=5 {
                let mut strings = vec![String::new()];
                for _ in 0..length {
                    let longer = |string: &String| -> Vec<String> {
                        chars
                            .chars()
                            .map(|char| format!("{string}{char}"))
                            .collect()
                    };
                    strings = strings.iter().flat_map(longer).collect();
                }
                let expected = strings.iter().filter(|string| site.accepts(string)).count();
                match Sampler::new(&policy, Length::Units(length)) {
                    Ok(sampler) => {
                        assert_eq!(*sampler.count(), BigUint::from(expected), "{text:?}")
                    }
                    Err(Refusal::OnlyOne) => assert_eq!(expected, 1, "{text:?}"),
                    Err(refusal) => assert_eq!(expected, 0, "{refusal} for {text:?}"),
                }
                counted += 1;
            }
        }
        assert!(counted > 5_000, "{counted}");
    }
}
