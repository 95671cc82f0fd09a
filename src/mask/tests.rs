use std::collections::BTreeSet;

use super::*;
use crate::{
    entropy::Scripted,
    uniform::{Ratio, law},
};

/// Every text of `sets`, one set for each place.
fn texts(sets: &[&str]) -> BTreeSet<String> {
    let mut texts = BTreeSet::from([String::new()]);
    for set in sets {
        let longer = |text: &String| {
            let text = text.clone();
            set.chars().map(move |char| format!("{text}{char}"))
        };
        texts = texts.iter().flat_map(longer).collect();
    }
    texts
}

#[test]
fn each_text_is_drawn_with_the_same_probability() {
    for (pattern, sets) in [
        ("[ab]", &["ab"][..]),
        ("[0-9]{3}", &["0123456789"; 3]),
        (
            "a[xyz]{2}-[xyz]b{2}",
            &["a", "xyz", "xyz", "-", "xyz", "b", "b"],
        ),
        (r"[\]\[\^\\-]\.[-.$]", &["][^\\-", ".", "-.$"]),
        ("[A-CX-Z][7-9]", &["ABCXYZ", "789"]),
        ("[aä€😀]{2}é", &["aä€😀", "aä€😀", "é"]),
        ("[a]{2}[ab][b]", &["a", "a", "ab", "b"]),
        (
            "[ab][ab]{2}[abc]{3}",
            &["ab", "ab", "ab", "abc", "abc", "abc"],
        ),
    ] {
        let mut mask = Mask::read(pattern).unwrap();
        let expected = texts(sets);
        let law = law(|uniform| {
            let mut text = Vec::new();
            mask.sample(uniform, &mut text)?;
            assert!(text.len() <= mask.max_bytes(), "{pattern}");
            Ok(String::from_utf8(text).unwrap())
        });
        assert!(law.keys().eq(&expected), "{pattern}");
        let each = Ratio::one_in(expected.len() as u128);
        assert!(law.values().all(|probability| *probability == each));
        assert_eq!(mask.count(), expected.len().into(), "{pattern}");
        assert_eq!(mask.length(), sets.len(), "{pattern}");
        let chosen = sets.iter().filter(|set| set.chars().count() > 1);
        assert_eq!(mask.chosen(), chosen.count(), "{pattern}");
        let longest = expected.iter().map(String::len).max();
        assert_eq!(Some(mask.max_bytes()), longest, "{pattern}");
    }
}

#[test]
fn the_shape_is_that_of_all_texts() {
    for pattern in [
        "[ab]",
        "x[0-9]{2}é",
        "[7-9][0-9]{3}",
        "[0-9]{2}",
        "[0-9]",
        "1[0-9]",
        "0[0-9]",
    ] {
        let mut mask = Mask::read(pattern).unwrap();
        let drawn = law(|uniform| {
            let mut text = Vec::new();
            mask.sample(uniform, &mut text)?;
            Ok(String::from_utf8(text).unwrap())
        });
        let (all, first): (BTreeSet<char>, BTreeSet<char>) = (
            drawn.keys().flat_map(|text| text.chars()).collect(),
            drawn.keys().flat_map(|text| text.chars().next()).collect(),
        );
        let shape = mask.shape();
        assert!(shape.all.chars().eq(all), "{pattern}");
        assert!(shape.first.chars().eq(first), "{pattern}");
        assert_eq!(shape.shortest, mask.length());
        let is_integer =
            |text: &String| text.parse::<u64>().is_ok_and(|it| it.to_string() == *text);
        assert_eq!(shape.is_integer, drawn.keys().all(is_integer), "{pattern}");
    }
}

#[test]
fn a_place_with_one_character_takes_no_random_bytes() {
    let mut mask = Mask::read("abc[01]").unwrap();
    let (mut source, mut text) = (Scripted::new([0, 0xff]), Vec::new());
    mask.sample(&mut source, &mut text).unwrap();
    assert_eq!((text, source.drawn), (b"abc1".to_vec(), 2));
}
