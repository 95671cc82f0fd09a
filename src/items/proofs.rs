//! The complete decision tree of every draw from few items: each outcome has exactly the probability it should have.

use std::collections::BTreeMap;

use super::{
    Draw, Lines,
    draw::{Place, draw_all, draw_lines},
    reservoir::Reservoir,
    shuffle::Shuffle,
};
use crate::{
    entropy::{EntropyError, Scripted},
    uniform::{Ratio, Uniform, law},
};

/// What was drawn, in order.
type Drawn = Vec<Vec<u8>>;

/// Different items, one of them empty.
const ITEMS: [&str; 5] = ["b", "", "cc", "d\r", "e e"];

/// The text of `items`, each with its delimiter.
fn text(items: &[&str]) -> Vec<u8> {
    items
        .iter()
        .flat_map(|item| [item.as_bytes(), b"\n"].concat())
        .collect()
}

fn lines(text: &[u8]) -> Lines<'_> {
    Lines {
        text,
        delimiter: b'\n',
    }
}

/// What `draw` has to do with `items`: every outcome, all equally likely.
fn expected(draw: Draw, items: &[&str]) -> BTreeMap<Drawn, Ratio> {
    let (length, again) = match draw {
        Draw::Distinct(wanted) => (wanted.min(items.len() as u64), false),
        Draw::Independent(wanted) => (wanted, true),
    };
    let mut outcomes: Vec<Drawn> = vec![Vec::new()];
    for _ in 0..length {
        outcomes = outcomes
            .iter()
            .flat_map(|drawn| {
                items
                    .iter()
                    .map(|item| item.as_bytes())
                    .filter(|item| again || !drawn.iter().any(|old| old == item))
                    .map(|item| [drawn.as_slice(), &[item.to_vec()]].concat())
            })
            .collect();
    }
    let each = Ratio::one_in(outcomes.len() as u128);
    outcomes.into_iter().map(|drawn| (drawn, each)).collect()
}

/// Draws of 1 and more from `count` items, some of them of more items than there are.
fn draws(items: usize) -> Vec<Draw> {
    (1..=items as u64 + 1)
        .chain([u64::MAX])
        .map(Draw::Distinct)
        // The tree grows fast.
        .chain((1..=if items < 4 { 4 } else { 2 }).map(Draw::Independent))
        .collect()
}

#[test]
fn every_ordered_draw_is_equally_likely_with_either_index() {
    for count in 1..=ITEMS.len() {
        let text = text(&ITEMS[..count]);
        let items = lines(&text);
        for draw in draws(count) {
            let expected = expected(draw, &ITEMS[..count]);
            let with = |index: fn(&Lines<'_>, usize, Draw, &mut dyn Uniform) -> _| {
                law(|uniform| index(&items, count, draw, uniform))
            };
            for (name, law) in [
                ("chosen", with(chosen_index)),
                ("u32", with(chosen_by_hand::<u32>)),
                ("usize", with(chosen_by_hand::<usize>)),
            ] {
                assert!(law == expected, "{draw:?} of {count}, index {name}");
            }
        }
    }
}

fn chosen_index(
    items: &Lines<'_>,
    count: usize,
    draw: Draw,
    uniform: &mut dyn Uniform,
) -> Result<Drawn, EntropyError> {
    let mut drawn = Vec::new();
    let all = draw_all(draw, items, count, uniform, |item| {
        drawn.push(item.to_vec());
        Ok(())
    });
    all.unwrap();
    Ok(drawn)
}

fn chosen_by_hand<P: Place>(
    items: &Lines<'_>,
    count: usize,
    draw: Draw,
    uniform: &mut dyn Uniform,
) -> Result<Drawn, EntropyError> {
    let mut drawn = Vec::new();
    let all = draw_lines::<P, _>(draw, items, count, uniform, |item| {
        drawn.push(item.to_vec());
        Ok(())
    });
    all.unwrap();
    Ok(drawn)
}

#[test]
fn a_second_draw_knows_nothing_of_the_first() {
    let text = text(&ITEMS[..3]);
    let law = law(|uniform| {
        let first = chosen_index(&lines(&text), 3, Draw::Distinct(2), uniform)?;
        let second = chosen_index(&lines(&text), 3, Draw::Distinct(2), uniform)?;
        Ok((first, second))
    });
    assert_eq!(law.len(), 6 * 6);
    assert!(law.values().all(|each| *each == Ratio::one_in(36)));
}

/// Every way to cut a stream of `items` items into blocks, as the number of items in each.
fn cuts(items: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..1 << (items - 1)).map(move |cuts| {
        let mut blocks = vec![1];
        for item in 1..items {
            if cuts >> (item - 1) & 1 == 1 {
                blocks.push(1);
            } else {
                *blocks.last_mut().expect("there is a first block") += 1;
            }
        }
        blocks
    })
}

/// How a stream is sampled: [`shuffled`] with 2 or 3 labels, or [`reserved`].
type Sample = fn(Draw, &mut dyn Iterator<Item = (Vec<u8>, usize)>, &mut dyn Uniform) -> Drawn;

const SHUFFLES: [Sample; 2] = [shuffled::<2>, shuffled::<3>];

#[test]
fn samples_are_uniform_however_the_stream_is_cut() {
    for count in 1..=ITEMS.len() {
        let items = &ITEMS[..count];
        for draw in draws(count) {
            let expected = expected(draw, items);
            let samples: &[Sample] = match draw {
                Draw::Distinct(_) if count > 4 => &[reserved, SHUFFLES[0]],
                Draw::Distinct(_) => &[reserved, SHUFFLES[0], SHUFFLES[1]],
                Draw::Independent(_) => &[reserved],
            };
            for cut in cuts(count) {
                for (way, sample) in samples.iter().enumerate() {
                    let law = law(|uniform| Ok(of_blocks(*sample, draw, items, &cut, uniform)));
                    assert!(law == expected, "{draw:?} of {cut:?}, way {way}");
                }
            }
        }
    }
}

#[test]
fn a_block_without_items_changes_nothing() {
    for draw in draws(3) {
        let expected = expected(draw, &ITEMS[..3]);
        for cut in [&[3, 0][..], &[2, 0, 1], &[1, 1, 1, 0], &[0, 3, 0]] {
            for (sample, independent) in [(reserved as Sample, true), (SHUFFLES[0], false)] {
                if independent || matches!(draw, Draw::Distinct(_)) {
                    let law = law(|uniform| Ok(of_blocks(sample, draw, &ITEMS[..3], cut, uniform)));
                    assert!(law == expected, "{draw:?} of {cut:?}");
                }
            }
        }
    }
}

/// A draw from `items` that come in blocks of as many as `cut` says; the last has no delimiter.
fn of_blocks(
    sample: Sample,
    draw: Draw,
    items: &[&str],
    cut: &[usize],
    uniform: &mut dyn Uniform,
) -> Drawn {
    let mut rest = items;
    let mut blocks = cut.iter().map(|&count| {
        let (block, after) = rest.split_at(count);
        rest = after;
        let mut text = text(block);
        if rest.is_empty() && block.last().is_some_and(|last| !last.is_empty()) {
            text.pop();
        }
        (text, count)
    });
    sample(draw, &mut blocks, uniform)
}

fn shuffled<const LABELS: u32>(
    draw: Draw,
    blocks: &mut dyn Iterator<Item = (Vec<u8>, usize)>,
    uniform: &mut dyn Uniform,
) -> Drawn {
    let (Draw::Distinct(wanted) | Draw::Independent(wanted)) = draw;
    let mut shuffle = Shuffle::with_labels(LABELS, wanted, b'\n');
    let mut count = 0;
    for (text, items) in blocks {
        shuffle.add(&lines(&text), items, uniform).unwrap();
        count += items as u64;
    }
    assert_eq!(shuffle.seen(), count);
    let mut drawn = Vec::new();
    let all = shuffle.finish(uniform, |item| {
        drawn.push(item.to_vec());
        Ok(())
    });
    all.unwrap();
    drawn
}

fn reserved(
    draw: Draw,
    blocks: &mut dyn Iterator<Item = (Vec<u8>, usize)>,
    uniform: &mut dyn Uniform,
) -> Drawn {
    let mut reservoir = Reservoir::new(draw);
    let mut count = 0;
    for (text, items) in blocks {
        reservoir.add(&lines(&text), items, uniform).unwrap();
        count += items as u64;
    }
    assert_eq!(reservoir.seen(), count);
    reservoir.drawn().map(<[u8]>::to_vec).collect()
}

#[test]
fn a_long_stream_keeps_little_more_than_the_items_wanted() {
    // xorshift64*: not random, but spread evenly; this test only counts the items that are kept.
    let mut state = 1_u64;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 56) as u8
    })
    .take(2_000_000)
    .collect();
    let block = b"an item\n".repeat(1000);
    for wanted in [1, 2, 10, 1000, 5000] {
        let mut source = Scripted::new(&bytes[..]);
        let mut shuffle = Shuffle::new(wanted, b'\n');
        for _ in 0..400 {
            shuffle.add(&lines(&block), 1000, &mut source).unwrap();
            assert!(shuffle.kept >= wanted.min(shuffle.seen()), "of {wanted}");
            assert!(shuffle.kept <= 2 * wanted + 1000, "of {wanted}");
        }
        let mut reservoir = Reservoir::new(Draw::Distinct(wanted.min(100)));
        for _ in 0..400 {
            reservoir.add(&lines(&block), 1000, &mut source).unwrap();
            let drawn: usize = reservoir.drawn().map(<[u8]>::len).sum();
            assert!(reservoir.texts.len() <= 2 * drawn + 1, "of {wanted}");
        }
    }
}

#[test]
fn a_text_is_items_with_delimiters_between_them() {
    for (text, expected) in [
        ("", &[][..]),
        ("\n", &[""]),
        ("\n\n", &["", ""]),
        ("a", &["a"]),
        ("a\n", &["a"]),
        ("a\nb", &["a", "b"]),
        ("a\n\nb\n", &["a", "", "b"]),
        ("\na\0b\r\n ", &["", "a\0b\r", " "]),
    ] {
        for delimiter in [b'\n', 0] {
            let swap = |byte| match byte {
                b'\n' => delimiter,
                0 => b'\n' - delimiter,
                other => other,
            };
            let bytes: Vec<u8> = text.bytes().map(swap).collect();
            let items = Lines {
                text: &bytes,
                delimiter,
            };
            let found: Vec<&[u8]> = items.items().collect();
            let expected: Vec<Vec<u8>> = expected
                .iter()
                .map(|item| item.bytes().map(swap).collect())
                .collect();
            assert_eq!(found, expected, "{text:?}");
            assert_eq!(items.count(), expected.len(), "{text:?}");
            let starts = || items.places().map(|place| place.start);
            assert!(starts().map(|start| items.item(start)).eq(found));
        }
    }
}

#[test]
fn items_are_passed_over_in_any_number() {
    let lengths = [
        0, 1, 3, 509, 510, 511, 512, 513, 0, 0, 1025, 7, 2, 0, 600, 5,
    ];
    let bytes: Vec<u8> = lengths
        .iter()
        .cycle()
        .take(80)
        .flat_map(|&length| [vec![b'x'; length], vec![b'\n']].concat())
        .collect();
    for text in [&bytes[..], &bytes[..bytes.len() - 1]] {
        let text = lines(text);
        let starts: Vec<usize> = text.places().map(|place| place.start).collect();
        assert_eq!(starts.len(), 80);
        for from in 0..80 {
            for to in from..80 {
                assert_eq!(text.after(starts[from], to - from), starts[to]);
            }
        }
    }
}
