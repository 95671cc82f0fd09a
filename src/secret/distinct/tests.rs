use std::collections::BTreeSet;

use super::*;
use crate::uniform::{Ratio, law};

/// Room for `count` texts of at most `max_bytes`, of which there are enough.
fn room(count: u64, max_bytes: usize) -> Result<Distinct, OutOfMemory> {
    let count_of_all = BigUint::from(u64::MAX);
    Distinct::new(
        count,
        &Supply {
            count: count_of_all,
            max_bytes,
        },
    )
}

/// All sequences of `count` different texts out of this number.
fn sequences(texts: &[&str], count: usize) -> BTreeSet<Vec<String>> {
    let mut sequences = BTreeSet::from([Vec::new()]);
    for _ in 0..count {
        let longer = |sequence: &Vec<String>| {
            let sequence = sequence.clone();
            (texts.iter().map(ToString::to_string))
                .filter(|text| !sequence.contains(text))
                .map(|text| [&*sequence, &[text]].concat())
                .collect::<Vec<_>>()
        };
        sequences = sequences.iter().flat_map(longer).collect();
    }
    sequences
}

#[test]
fn every_sequence_of_different_texts_is_equally_likely() {
    // Also where more than half are taken, which is refused: the law is the same.
    for (texts, counts, draws) in [
        (&["a", "b"][..], 1..=2, 4),
        (&["a", "ab", "b"], 1..=3, 3),
        (&["a", "ab", "abc", "b"], 1..=3, 2),
        (&["a", "ab", "abc", "b", "bc"], 1..=5, 1),
    ] {
        for count in counts {
            let expected = sequences(texts, count);
            let law = law(|uniform| {
                let mut distinct = room(count as u64, 3).unwrap();
                let mut sequence = Vec::new();
                for _ in 0..count {
                    let text = distinct.next_of(draws, |text| {
                        let index = uniform.below(texts.len() as u64)?;
                        text.extend_from_slice(texts[index as usize].as_bytes());
                        Ok(())
                    });
                    match text.unwrap() {
                        Some(text) => sequence.push(String::from_utf8(text.to_vec()).unwrap()),
                        // After this number of draws, the rest is as if they had not been.
                        None => return Ok(None),
                    }
                }
                Ok(Some(sequence))
            });
            assert!(law.keys().flatten().eq(&expected), "{count} of {texts:?}");
            let each: Vec<Ratio> = expected.into_iter().map(|it| law[&Some(it)]).collect();
            assert!(
                each.iter().all(|one| *one == each[0]),
                "{count} of {texts:?}"
            );
        }
    }
}

#[test]
fn texts_are_told_apart_up_to_the_last_slot() {
    let count = 20_000;
    let mut distinct = room(count, 10).unwrap();
    let reserved = (distinct.texts.capacity(), distinct.starts.capacity());
    for number in 0..count {
        // Each but the first was there before, and some are the beginning of others.
        let mut numbers = [number.saturating_sub(1), number / 10, 0, number].into_iter();
        let text = distinct.next(|text| {
            text.extend_from_slice(numbers.next().unwrap().to_string().as_bytes());
            Ok(())
        });
        assert_eq!(text.unwrap(), number.to_string().as_bytes());
    }
    assert_eq!(
        (distinct.texts.capacity(), distinct.starts.capacity()),
        reserved
    );
    assert_eq!(reserved.1 as u64 * 8, 16 * count);
}

#[test]
fn two_texts_are_told_apart_in_every_slot() {
    for number in 10..1000 {
        let mut distinct = room(2, 4).unwrap();
        let mut numbers = [number, number, number + 1].into_iter();
        for expected in [number, number + 1] {
            let text = distinct.next(|text| {
                text.extend_from_slice(numbers.next().unwrap().to_string().as_bytes());
                Ok(())
            });
            assert_eq!(text.unwrap(), expected.to_string().as_bytes());
        }
    }
}

#[test]
fn half_of_the_texts_and_64_kib_are_the_most() {
    let supply = |count: u32, max_bytes| {
        Some(Supply {
            count: count.into(),
            max_bytes,
        })
    };
    for (texts, most) in [(10, 5), (11, 5), (2, 1)] {
        assert!(check(supply(texts, 1), most).is_ok());
        let refused = check(supply(texts, 1), most + 1).unwrap_err().to_string();
        let says = format!("more than half of the {texts} different texts");
        assert!(refused.ends_with(&says), "{refused}");
    }
    assert!(check(supply(10, CHUNK), 5).is_ok());
    for long in [supply(10, CHUNK + 1), None] {
        let refused = check(long, 5).unwrap_err().to_string();
        assert!(refused.contains("more than 64 KiB"), "{refused}");
    }
}

#[test]
fn a_source_that_repeats_itself_is_an_error() {
    let mut distinct = room(2, 1).unwrap();
    let mut draw = |text: &mut Vec<u8>| {
        text.push(b'a');
        Ok(())
    };
    assert_eq!(distinct.next(&mut draw).unwrap(), b"a");
    let error = distinct.next(&mut draw).unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(EntropyError::Rejected)));
}

#[test]
fn room_that_there_is_not_is_an_error() {
    for (count, max_bytes) in [
        (u64::MAX, 1),
        (1 << 62, 1),
        (2, usize::MAX),
        (1 << 40, 1 << 20),
    ] {
        assert_eq!(room(count, max_bytes).err(), Some(OutOfMemory));
    }
}
