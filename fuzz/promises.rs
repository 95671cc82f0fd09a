//! What the fuzz targets call: each function takes what an attacker could write, and panics if a promise is broken.
//! Nothing here opens a file, prints, or asks the kernel for random bytes.

use std::{collections::BTreeSet, ffi::OsString, path::Path};

use num_bigint::{BigInt, BigUint};

use crate::{
    args::{
        self, Integer, MAX_BITS, Span,
        sets::{self, SetOption},
    },
    chars::unusable,
    cli,
    entropy::{Batch, Entropy, EntropyError},
    error::{self, End},
    mask::Mask,
    output::Output,
    phrase::{Passphrases, Style, WordList},
    policy::{Edge, Policy, Refusal, Sampler, passwordrules},
    secret::{Inline, Secret},
    strength::Length,
    template::{self, FileFormat, Generator, Inputs, Origin, Plan, SourceText},
};

/// Secrets that take more random bytes are not drawn, and texts of more bytes are not searched: they take too long.
const MANY: u64 = 1024;

/// Policies and lists with more strings than this are not counted string by string.
const COUNTED: usize = 4096;

/// Bytes that look random, and are the same for the same input (Steele, Lea and Flood's SplitMix64).
struct Bytes(u64);

impl Bytes {
    fn of(input: &[u8]) -> Self {
        Self(crc32fast::hash(input).into())
    }
}

impl Entropy for Bytes {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        for byte in buf {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (mixed ^ mixed >> 31) as u8;
        }
        Ok(())
    }
}

/// A command line, one word a line. The text has the [`Secret::shape`]; what is refused is the
/// user's to mend.
pub fn command_line(input: &[u8]) {
    let words = input.split(|byte| *byte == b'\n');
    let args: Vec<OsString> = std::iter::once("mksecret".into())
        .chain(words.map(word))
        .collect();
    match cli::secret(&args) {
        Ok(mut secret) => check_secret(&mut *secret, input),
        Err(refused) => check_refusal(&refused),
    }
}

#[cfg(unix)]
fn word(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn word(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn check_refusal(refused: &anyhow::Error) {
    assert!(!refused.to_string().is_empty());
    assert!(
        matches!(error::end(refused), End::Message(2, _)),
        "{refused:?}"
    );
}

fn check_secret(secret: &mut dyn Secret, input: &[u8]) {
    if secret.expected_bytes() > MANY {
        return;
    }
    let (mut source, mut memory) = (Bytes::of(input), Output::memory());
    let mut entropy = Batch::new(&mut source, secret.expected_bytes());
    secret.write(&mut entropy, &mut memory).unwrap();
    let text = memory.take().unwrap();
    let text = str::from_utf8(&text).unwrap();
    let shape = secret.shape();
    assert!(text.chars().all(|char| shape.all.contains(char)), "{text}");
    assert!(
        text.chars().take(1).all(|char| shape.first.contains(char)),
        "{text}"
    );
    assert!(text.chars().count() >= shape.shortest, "{text}");
    assert!(
        !shape.is_integer || text.parse::<BigInt>().is_ok(),
        "{text}"
    );
    assert!(secret.summary().bits.parse::<f64>().unwrap() >= 0.0);
}

const ALPHABET: SetOption = SetOption::Alphabet { length: None };
const EXCLUDE: SetOption = SetOption::Exclude { has_classes: true };

/// The SETs of a password, each in a line: `--alphabet` and `--exclude`, and then `--length`, `--max-run`, `--start`
/// and `--end` as words. Both are taken literally, and what is drawn of them is what an independent count says.
pub fn sets(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    for option in [ALPHABET, SetOption::Symbols, EXCLUDE] {
        for set in text.lines() {
            sets::read(set, option).map_or_else(|refused| check_refusal(&refused.into()), drop);
        }
    }
    let mut lines = text.split('\n');
    let Ok(alphabet) = sets::read(lines.next().unwrap_or_default(), ALPHABET) else {
        return;
    };
    check_set(text.split('\n').next().unwrap_or_default(), &alphabet);
    let mut policy = Policy {
        alphabet,
        ..Policy::default()
    };
    let excluded = lines.next().filter(|line| !line.is_empty());
    if let Some(Ok(excluded)) = excluded.map(|set| sets::read(set, EXCLUDE)) {
        policy.exclude(&excluded.into_iter().collect());
    }
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut number = || args::count(words.next()?).ok();
    let (length, max_run) = (number().unwrap_or(24), number());
    let mut edge = || match words.next() {
        Some("letter") => Edge::Letter,
        Some("alnum") => Edge::Alnum,
        _ => Edge::Any,
    };
    (policy.max_run, policy.first, policy.last) = (max_run, edge(), edge());
    check_policy(&policy, Length::Units(length), input);
    check_policy(&policy, Length::Bits(length), input);
}

fn check_set(set: &str, chars: &[char]) {
    assert!(
        set.chars().eq(chars.iter().copied()),
        "it is taken literally"
    );
    assert_eq!(
        chars.iter().collect::<BTreeSet<_>>().len(),
        chars.len(),
        "each stands there once"
    );
    assert!(chars.iter().all(|char| unusable(*char).is_none()));
    assert_eq!(sets::read(set, EXCLUDE).ok().as_deref(), Some(chars));
    for char in chars {
        let alone = sets::read(&char.to_string(), ALPHABET);
        assert_eq!(alone.ok(), Some(vec![*char]));
    }
}

/// The text of `--rules`. Said twice, it says the same; and what is drawn is what an independent count says.
pub fn rules(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let Ok(policy) = passwordrules::read(text) else {
        return;
    };
    let once = text.trim_end().trim_end_matches(';');
    let twice = passwordrules::read(&format!("{once}; {text}")).unwrap();
    assert_eq!(twice.alphabet, policy.alphabet);
    assert_eq!(
        (twice.max_run, &twice.lengths),
        (policy.max_run, &policy.lengths)
    );
    assert_eq!(twice.required.len(), 2 * policy.required.len());
    let (least, most) = (*policy.lengths.start(), *policy.lengths.end());
    assert!(1 <= least && least <= most);
    check_policy(&policy, Length::Units(24.min(most).max(least)), input);
    check_policy(&policy, Length::Units(least), input);
    check_policy(&policy, Length::Bits(12), input);
}

/// What the sampler draws is allowed, and as many strings are allowed as it says.
fn check_policy(policy: &Policy, size: Length, input: &[u8]) {
    match Sampler::new(policy, size) {
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            let Length::Units(length) = size else { return };
            if !matches!(refusal, Refusal::TooLarge { .. }) && policy.lengths.contains(&length) {
                assert!(
                    allowed(policy, length as usize).is_none_or(|count| count < 2),
                    "{refusal:?}"
                );
            }
        }
        Ok(mut sampler) => {
            let length = sampler.length();
            assert!(policy.lengths.contains(&(length as u64)));
            match size {
                Length::Units(wanted) => assert_eq!(length as u64, wanted),
                Length::Bits(bits) => assert!(sampler.count().bits() > bits),
            }
            assert!(sampler.count() > &BigUint::from(1_u32));
            if let Some(count) = allowed(policy, length) {
                assert_eq!(*sampler.count(), count.into());
            }
            let mut bytes = Bytes::of(input);
            for _ in 0..4 {
                let mut text = Vec::new();
                sampler.sample(&mut bytes, &mut text).unwrap();
                assert!(text.len() <= sampler.max_bytes());
                let text: Vec<char> = str::from_utf8(&text).unwrap().chars().collect();
                assert!(
                    text.len() == length && is_allowed(policy, &text),
                    "{text:?}"
                );
            }
        }
    }
}

/// How many strings of `length` characters are allowed, found by looking at each; nothing, if that takes too long.
fn allowed(policy: &Policy, length: usize) -> Option<usize> {
    let size = policy.alphabet.len();
    let all = size.checked_pow(u32::try_from(length).ok()?)?;
    let string = |mut number: usize| -> Vec<char> {
        let digit = |_| {
            let char = policy.alphabet[number % size];
            number /= size;
            char
        };
        (0..length).map(digit).collect()
    };
    let is_allowed = |number: &usize| is_allowed(policy, &string(*number));
    (all <= COUNTED).then(|| (0..all).filter(is_allowed).count())
}

/// Whether a string holds to every rule, straight from what the rules say.
fn is_allowed(policy: &Policy, text: &[char]) -> bool {
    let stands = |edge, char: Option<&char>| match edge {
        Edge::Letter => char.is_some_and(|char| char.is_alphabetic()),
        Edge::Alnum => char.is_some_and(|char| char.is_alphanumeric()),
        Edge::Any => true,
    };
    let longest = text
        .chunk_by(|one, next| one == next)
        .map(<[char]>::len)
        .max();
    text.iter().all(|char| policy.alphabet.contains(char))
        && stands(policy.first, text.first())
        && stands(policy.last, text.last())
        && policy
            .max_run
            .is_none_or(|most| longest.unwrap_or(0) as u64 <= most)
        && policy.required.iter().all(|set| {
            let held = text.iter().filter(|char| set.chars.contains(char));
            held.count() as u64 >= set.minimum
        })
}

/// A PATTERN. What is drawn has its length and is what its shape says, and behind backslashes it is a PATTERN itself;
/// of a few texts, all are drawn.
pub fn pattern(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let mut mask = match Mask::read(text) {
        Ok(mask) => mask,
        Err(bad) => {
            let message = bad.to_string();
            let after = message.strip_prefix("PATTERN, column ").unwrap();
            let column: usize = after.split(':').next().unwrap().parse().unwrap();
            assert!((1..=text.chars().count() + 1).contains(&column));
            check_refusal(&bad.into());
            return;
        }
    };
    let (count, length, shape) = (mask.count(), mask.length(), mask.shape());
    assert!(count > BigUint::from(1_u32));
    assert!((1..=1024).contains(&length));
    let few = usize::try_from(&count).ok().filter(|count| *count <= 64);
    let mut bytes = Bytes::of(input);
    let mut seen = BTreeSet::new();
    // One of a few texts is missed with a probability below 2^-80.
    for _ in 0..few.map_or(4, |few| 60 * few) {
        let mut drawn = Vec::new();
        mask.sample(&mut bytes, &mut drawn).unwrap();
        assert!(drawn.len() <= mask.max_bytes());
        let drawn = String::from_utf8(drawn).unwrap();
        assert_eq!(drawn.chars().count(), length);
        assert!(drawn.chars().all(|char| shape.all.contains(char)));
        assert!(drawn.chars().take(1).all(|char| shape.first.contains(char)));
        assert!(!shape.is_integer || drawn.parse::<BigInt>().is_ok());
        seen.insert(drawn);
    }
    assert!(few.is_none_or(|few| few == seen.len()));
    for drawn in seen.iter().filter(|drawn| drawn.chars().count() < 1024) {
        let literal = |char: char| match char.is_alphanumeric() {
            true => char.to_string(),
            // `\{6\}` is refused: it could mean a repetition.
            false if char == '{' => "[{]".into(),
            false => format!("\\{char}"),
        };
        let pattern: String = drawn.chars().map(literal).chain(["[ab]".into()]).collect();
        assert_eq!(
            Mask::read(&pattern).unwrap().length(),
            length + 1,
            "{pattern}"
        );
    }
}

/// A word list; its first line is the separator. Each word is a part of its line, the list that is printed is the list
/// that was read, and no two sequences of words look the same.
pub fn word_list(input: &[u8]) {
    let (separator, list) = match memchr::memchr(b'\n', input) {
        Some(end) => (&input[..end], &input[end + 1..]),
        None => (&b"-"[..], input),
    };
    let Ok(words) = WordList::parse(list.into()) else {
        return;
    };
    let read: Vec<&str> = words.iter().collect();
    assert!(read.len() >= 2 && read.is_sorted_by(|one, next| one < next));
    let text = str::from_utf8(list).unwrap();
    let lines: Vec<&str> = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .collect();
    assert!(
        read.iter()
            .all(|word| lines.iter().any(|line| line.ends_with(word)))
    );
    // A word of the list could look like the throw of dice before another.
    if read.iter().all(|word| lines.contains(word)) {
        let printed = read.join("\n");
        let again = WordList::parse(printed.into()).unwrap();
        assert!(again.iter().eq(read.iter().copied()) && again.duplicates() == 0);
    }
    let Ok(separator) = str::from_utf8(separator) else {
        return;
    };
    for options in 0..8 {
        let style = Style {
            separator: separator.into(),
            capitalize: options & 1 > 0,
            add_digit: options & 2 > 0,
            add_symbol: options & 4 > 0,
            max_word: None,
        };
        for length in [Length::Units(1), Length::Units(2), Length::Bits(40)] {
            if let Ok(phrases) = Passphrases::new(words.clone(), length, style.clone()) {
                check_phrases(phrases, length, options == 0, &words, input);
            }
        }
    }
}

fn check_phrases(
    mut phrases: Passphrases,
    length: Length,
    is_plain: bool,
    words: &WordList,
    input: &[u8],
) {
    if let Length::Bits(bits) = length {
        assert!(phrases.count().bits() > bits);
    }
    let shape = phrases.shape();
    let mut bytes = Bytes::of(input);
    let mut sample = || {
        let mut text = Vec::new();
        phrases.sample(&mut bytes, &mut text).unwrap();
        assert!(text.len() <= phrases.max_bytes());
        String::from_utf8(text).unwrap()
    };
    let text = sample();
    assert!(text.chars().all(|char| shape.all.contains(char)), "{text}");
    assert!(
        text.chars().take(1).all(|char| shape.first.contains(char)),
        "{text}"
    );
    assert!(text.chars().count() >= shape.shortest, "{text}");
    if is_plain && length == Length::Units(2) && words.len() <= 8 {
        // One of the at most 64 phrases is missed with a probability below 2^-80.
        let seen: BTreeSet<String> = (0..60 * words.len().pow(2)).map(|_| sample()).collect();
        assert_eq!(BigUint::from(seen.len()), *phrases.count());
    }
}

/// A template; its first line is the ending of its name, `env` if there is none. Around the placeholders the result is the
/// template, and a KEY=value file that is filled in lacks nothing.
pub fn template(input: &[u8]) {
    let (kind, text) = match memchr::memchr(b'\n', input) {
        Some(end) => (&input[..end], &input[end + 1..]),
        None => (&b"env"[..], input),
    };
    let template = SourceText {
        name: "template",
        text,
        origin: Origin::Template,
    };
    let mut secrets = Secrets::default();
    let name = format!("a.{}", String::from_utf8_lossy(kind));
    let format = match FileFormat::by_name(Path::new(&name)) {
        Some(FileFormat::KeyValue) => return env(template, &mut secrets, input),
        format => format.unwrap_or(FileFormat::Unknown),
    };
    let plan = match template::document(template, format, false, &[], &mut |words| {
        secrets.get(words)
    }) {
        Ok(plan) => plan,
        Err(refused) => return check_refusal(&refused),
    };
    if text.contains(&b'|') {
        // A filter would change the mark.
        secrets.render(&plan, input);
        return;
    }
    // A byte that marks the places of the secrets.
    let Some(mark) = (0..=u8::MAX).find(|byte| !text.contains(byte)) else {
        return;
    };
    let marked = plan.render(|_| Ok(vec![mark].into())).unwrap();
    let pieces: Vec<&[u8]> = marked.split(|byte| *byte == mark).collect();
    assert_eq!(pieces.len(), plan.changes.len() + 1);
    assert!(
        is_around(text, &pieces),
        "the text around the placeholders changed"
    );
    secrets.render(&plan, input);
}

/// Whether `text` is these pieces with a placeholder, which is a part of a line, between each two.
fn is_around(text: &[u8], pieces: &[&[u8]]) -> bool {
    let [first, rest @ ..] = pieces else {
        return false;
    };
    let Some(text) = text.strip_prefix(*first) else {
        return false;
    };
    if rest.is_empty() {
        return text.is_empty();
    }
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.starts_with(b"{{")
        && memchr::memmem::find_iter(line, b"}}").any(|end| is_around(&text[end + 2..], rest))
}

fn env(template: SourceText<'_>, secrets: &mut Secrets, input: &[u8]) {
    let fill = |original| Inputs {
        template: Some(template),
        original,
        is_same: false,
        options: &[],
        values: &[],
        rotate: &[],
    };
    let plan = match template::key_value(fill(None), &mut |words| secrets.get(words)) {
        Ok(plan) => plan,
        Err(refused) => return check_refusal(&refused),
    };
    let filled = secrets.render(&plan, input);
    let lines = |text: &[u8]| memchr::memchr_iter(b'\n', text).count();
    // A comment behind a value goes to a line of its own.
    assert!(lines(&filled) >= lines(template.text));
    let original = SourceText {
        name: "original",
        text: &filled,
        origin: Origin::Values,
    };
    let again = template::key_value(fill(Some(original)), &mut |words| secrets.get(words)).unwrap();
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    assert_eq!(secrets.render(&again, input), filled);
}

/// What the placeholders ask for.
#[derive(Default)]
struct Secrets(Vec<Inline>);

impl Secrets {
    fn get(&mut self, words: &str) -> anyhow::Result<Generator> {
        let inline = cli::placeholder(words)?;
        if inline.secret.expected_bytes() > MANY {
            return Err(error::Error::usage("it is too large").into());
        }
        let shape = inline.shape().into();
        self.0.push(inline);
        Ok(Generator {
            number: self.0.len() - 1,
            shape,
        })
    }

    fn render(&mut self, plan: &Plan<'_>, input: &[u8]) -> Vec<u8> {
        let (mut source, mut memory) = (Bytes::of(input), Output::memory());
        let mut entropy = Batch::new(&mut source, 32);
        let result = plan.render(|number| self.0[number].generate(&mut entropy, &mut memory));
        result.unwrap().to_vec()
    }
}

/// The value of an argument, read as each kind that there is. What is accepted, printed and read again is the same.
pub fn values(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    assert_eq!(args::size(text).ok(), size(text), "{text}");
    if let Ok(count) = args::count(text) {
        assert_eq!(
            (args::whole(text), args::size(text)),
            (Ok(count), Ok(count))
        );
    }
    if let Ok(mode) = args::mode(text) {
        assert_eq!(args::mode(&format!("{mode:o}")), Ok(mode));
    }
    if let Ok(duration) = args::duration(text) {
        let millis = duration.as_millis();
        assert_eq!(args::duration(&format!("{millis}ms")), Ok(duration));
    }
    if let Ok(integer) = text.parse::<Integer>() {
        assert_eq!(integer.typed, text);
        let magnitude = integer.value.magnitude();
        assert!(*magnitude <= BigUint::from(1_u32) << MAX_BITS, "{text}");
        if integer.value.bits() <= MANY {
            let again = |text: String| text.parse::<Integer>().unwrap().value;
            assert_eq!(again(integer.value.to_string()), integer.value);
            assert_eq!(again(format!("{:#x}", integer.value)), integer.value);
        }
    }
    if let Ok(span) = text.parse::<Span>() {
        assert!(span.size.bits() >= 1 && span.size.bits() <= MAX_BITS + 1);
        if span.low.bits() + span.size.bits() <= MANY {
            let high = &span.low + BigInt::from(span.size.clone()) - 1;
            let again: Span = format!("{}-{high}", span.low).parse().unwrap();
            assert_eq!((again.low, again.size), (span.low, span.size));
        }
    }
}

/// A size as the help describes it.
fn size(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    let power = |thousand: u128, letter: &str| {
        Some(thousand.pow(1 + "KMGT".find(letter)? as u32)).filter(|_| letter.len() == 1)
    };
    let factor = match (unit, unit.strip_suffix("iB"), unit.strip_suffix('B')) {
        ("", ..) => 1,
        (_, Some(letter), _) => power(1024, letter)?,
        (.., Some(letter)) => power(1000, letter)?,
        _ => power(1024, unit)?,
    };
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = digits.parse().ok().filter(|_| is_number)?;
    let bytes = u64::try_from(factor * u128::from(number)).ok()?;
    (bytes > 0).then_some(bytes)
}
