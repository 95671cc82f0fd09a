use std::collections::BTreeSet;

use super::*;
use crate::{
    strength,
    uniform::{Ratio, law},
};

fn list(words: &[&'static str]) -> WordList {
    WordList::of(words)
}

fn style(separator: &str, options: &str) -> Style {
    Style {
        separator: separator.into(),
        capitalize: options.contains('c'),
        add_digit: options.contains('d'),
        add_symbol: options.contains('s'),
        max_word: None,
    }
}

/// The message of the error; empty if there is none.
fn refused(list: WordList, length: Length, style: Style) -> String {
    match Passphrases::new(list, length, style) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_embedded_list_is_the_effs() {
    let list = WordList::eff_large();
    assert_eq!(list.len(), 7772);
    assert!(list.iter().is_sorted_by(|one, next| one < next));
    assert_eq!((list.word(0), list.word(7771)), ("abacus", "zoom"));
    let is_word = |word: &str| word.len() >= 3 && word.bytes().all(|it| it.is_ascii_lowercase());
    assert!(list.iter().all(is_word));
    let phrases = Passphrases::new(list, Length::Bits(DEFAULT_BITS), Style::default()).unwrap();
    assert_eq!(phrases.length(), 10);
    assert_eq!(strength::shown(phrases.count()), "129.24");
}

#[test]
fn the_embedded_list_can_be_read_back_in_every_style() {
    for separator in ["", "-", " ", ".", "a", "ly"] {
        for options in ["", "c", "d", "s", "cds"] {
            let (size, style) = (Length::Units(3), style(separator, options));
            let phrases = Passphrases::new(WordList::eff_large(), size, style).unwrap();
            let added = 30_u64.pow(options.matches(['d', 's']).count() as u32);
            assert_eq!(*phrases.count(), BigUint::from(7772_u64.pow(3)) * added);
        }
    }
}

#[test]
fn each_phrase_is_drawn_with_the_same_probability() {
    let words = list(&["be", "bee", "Be", "or", "not-be", "to"]);
    let few = list(&["eins", "zwei"]);
    for (list, length, separator, options) in [
        (&words, 1, "", ""),
        (&words, 3, " ", ""),
        (&words, 2, " ", "c"),
        (&words, 2, "", "c"),
        (&words, 2, " ", "cd"),
        (&words, 1, "", "ds"),
        (&few, 2, "", "ds"),
        (&few, 2, "-", "cds"),
        (&few, 3, "-", "s"),
        (&few, 5, "", ""),
    ] {
        let style = style(separator, options);
        let mut phrases = Passphrases::new(list.clone(), Length::Units(length), style).unwrap();
        let count = phrases.count().try_into().unwrap();
        let law = law(|uniform| {
            let mut text = Vec::new();
            phrases.sample(uniform, &mut text)?;
            assert!(text.len() <= phrases.max_bytes());
            Ok(text)
        });
        assert_eq!(law.len() as u128, count, "{length} '{separator}' {options}");
        assert!(law.values().all(|each| *each == Ratio::one_in(count)));
    }
}

#[test]
fn an_accepted_list_has_as_many_phrases_as_counted() {
    let short: Vec<String> = (1..=3_u32)
        .flat_map(|length| (0..1 << length).map(move |bits| (length, bits)))
        .map(|(length, bits): (u32, u32)| {
            (0..length)
                .map(|at| if bits >> at & 1 == 0 { 'a' } else { 'b' })
                .collect()
        })
        .collect();
    let (mut taken, mut refused) = (0, 0);
    for one in &short {
        for two in &short {
            for three in &short {
                for separator in ["", "a", "b", "ab", "ba", "aa", "-"] {
                    let words = WordList::of(&[one, two, three]);
                    if words.len() < 2 {
                        continue;
                    }
                    if check_decodable(&words, separator).is_err() {
                        refused += 1;
                        continue;
                    }
                    taken += 1;
                    let mut phrases = vec![String::new()];
                    for length in 1..=4_u32 {
                        phrases = (phrases.iter())
                            .flat_map(|phrase| {
                                words.iter().map(move |word| match phrase.as_str() {
                                    "" => word.to_string(),
                                    _ => format!("{phrase}{separator}{word}"),
                                })
                            })
                            .collect();
                        let distinct: BTreeSet<&String> = phrases.iter().collect();
                        assert_eq!(
                            distinct.len(),
                            words.len().pow(length),
                            "{words:?} '{separator}'"
                        );
                    }
                }
            }
        }
    }
    assert!(taken > 1_000 && refused > 1_000, "{taken} {refused}");
}

#[test]
fn words_that_become_the_same_by_capitals_are_one() {
    let words = list(&["polish", "Polish", "ß", "éclair"]);
    let size = Length::Units(2);
    let phrases = Passphrases::new(words.clone(), size, style("-", "c")).unwrap();
    let capitals: Vec<&str> = phrases.words.iter().collect();
    assert_eq!(capitals, ["Polish", "SS", "Éclair"]);
    assert_eq!(*phrases.count(), 9_u32.into());
    let phrases = Passphrases::new(words, size, style("-", "")).unwrap();
    assert_eq!(*phrases.count(), 16_u32.into());
    let few = "the word list has fewer than two different words";
    assert_eq!(refused(list(&["a", "A"]), size, style("-", "c")), few);
}

#[test]
fn bits_are_reached_with_the_fewest_words() {
    for options in ["", "d", "ds"] {
        for bits in [1, 2, 12, 13, 100, 128, 129, 130, 5_000] {
            let phrases =
                |size| Passphrases::new(WordList::eff_large(), size, style("-", options)).unwrap();
            let enough = phrases(Length::Bits(bits));
            assert!(enough.count().bits() > bits);
            if enough.length() > 1 {
                let fewer = phrases(Length::Units(enough.length() as u64 - 1));
                assert!(fewer.count().bits() <= bits, "{options} {bits}");
            }
        }
    }
}

#[test]
fn what_could_read_the_same_is_refused() {
    let refused = |words: &[&'static str], separator, options| {
        refused(list(words), Length::Units(2), style(separator, options))
    };
    // "in" "dependent" and "independent" "in" ...
    let words = ["in", "indeed", "eed", "d"];
    assert!(refused(&words, "", "").ends_with("the same: `in` begins `indeed`"));
    assert_eq!(refused(&words, "", "c"), "");
    assert_eq!(refused(&words, " ", ""), "");
    let hyphens = ["a", "a-a", "b"];
    assert!(refused(&hyphens, "-", "").ends_with("the same: `a-` begins `a-a-`"));
    assert_eq!(refused(&hyphens, "_", ""), "");
    for (words, separator, options, beginning) in [
        (
            ["x", "x1"],
            "-",
            "d",
            "--add-digit: the word `x1` contains one",
        ),
        (
            ["x", "x!"],
            "-",
            "s",
            "--add-symbol: the word `x!` contains one",
        ),
        (
            ["x", "y"],
            "7",
            "d",
            "--add-digit: the separator contains one",
        ),
        (
            ["x", "y"],
            "\n",
            "",
            "the separator contains U+000A, a control",
        ),
    ] {
        let message = refused(&words, separator, options);
        assert!(message.starts_with(beginning), "{message}");
    }
    // A phrase of one word has no second one to run into.
    assert!(Passphrases::new(list(&words), Length::Units(1), style("", "")).is_ok());
}

#[test]
fn a_phrase_has_at_most_64_kib() {
    let refused = |length| refused(WordList::eff_large(), length, Style::default());
    assert_eq!(refused(Length::Units(6_553)), "");
    let too_long = refused(Length::Units(6_554));
    assert!(too_long.ends_with("the maximum with this list is 6553"));
    for bits in [90_000, u64::MAX] {
        let expected = format!("no passphrase of up to 6553 words has {bits} bits");
        assert_eq!(refused(Length::Bits(bits)), expected);
    }
}

#[test]
fn longer_words_are_left_out_as_they_are_printed() {
    let words = ["a", "to", "öl", "tree", "ß", "bee"];
    for (max, options, expected) in [
        (1, "", Some("a ß")),
        (2, "", Some("a to ß öl")),
        (3, "", Some("a bee to ß öl")),
        (9, "", Some("a bee to tree ß öl")),
        // Two capitals.
        (1, "c", None),
        (2, "c", Some("A SS To Öl")),
    ] {
        let style = Style {
            max_word: Some(max),
            ..style("-", options)
        };
        let phrases = Passphrases::new(list(&words), Length::Units(2), style);
        let kept = phrases.as_ref().ok().map(|phrases| {
            let kept: Vec<&str> = phrases.words.iter().collect();
            assert_eq!(*phrases.count(), BigUint::from(kept.len().pow(2)));
            kept.join(" ")
        });
        assert_eq!(kept.as_deref(), expected, "{max} {options}");
    }
}

#[test]
fn the_default_has_128_bits_with_the_fewest_words() {
    for max in [3, 4, 5, 6, 7, 8, 9, 10] {
        for options in ["", "c", "d", "ds"] {
            let phrases = |length| {
                let style = Style {
                    max_word: Some(max),
                    ..style("-", options)
                };
                Passphrases::new(WordList::eff_large(), length, style).unwrap()
            };
            let enough = phrases(Length::Bits(DEFAULT_BITS));
            assert!(enough.words.iter().all(|word| word.len() as u64 <= max));
            assert!(enough.count().bits() > DEFAULT_BITS);
            let fewer = phrases(Length::Units(enough.length() as u64 - 1));
            assert!(fewer.count().bits() <= DEFAULT_BITS, "{max} {options}");
        }
    }
}
