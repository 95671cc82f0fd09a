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
            read(rules).unwrap_err().to_string(),
            format!("--rules, column {column}: {message}"),
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
            Rule::Required(parts) => {
                (parts.iter()).all(|part| matches!(part, Part::Set(set) if set.trim().is_empty()))
            }
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
                    bad.to_string().contains("is more than a maxlength"),
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
