use std::io;

use super::*;
use crate::input::BLOCK;

/// Hands out few bytes at a time.
struct Pieces<'a> {
    rest: &'a [u8],
    most: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let length = self.most.min(buf.len()).min(self.rest.len());
        let (piece, rest) = self.rest.split_at(length);
        buf[..length].copy_from_slice(piece);
        self.rest = rest;
        Ok(length)
    }
}

/// The items of a stream in blocks, block by block.
fn blocks(text: &[u8], delimiter: u8, wanted: u64, most: usize) -> Vec<Vec<Vec<u8>>> {
    let stream = Pieces { rest: text, most };
    let mut blocks = Blocks::new(stream, "the test".into(), delimiter, BLOCK);
    let mut found = Vec::new();
    loop {
        let (block, count, is_last) = blocks.next(wanted).unwrap();
        let items: Vec<_> = block.items().map(<[u8]>::to_vec).collect();
        assert_eq!(items.len(), count);
        assert!(is_last || count as u64 >= wanted);
        found.push(items);
        if is_last {
            return found;
        }
    }
}

/// The items of the whole text at once; written another way than in the program.
fn items(text: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
    let mut items: Vec<_> = text
        .split(|byte| *byte == delimiter)
        .map(<[u8]>::to_vec)
        .collect();
    if items.last().is_some_and(Vec::is_empty) {
        items.pop();
    }
    items
}

#[test]
fn blocks_have_the_same_items_as_the_stream() {
    let many: Vec<u8> = (0..60_000)
        .flat_map(|item| format!("item {item}\n").into_bytes())
        .collect();
    assert!(many.len() > 2 * BLOCK);
    let line = |length| [vec![b'x'; length], vec![b'\n']].concat();
    for (what, text) in [
        ("nothing", Vec::new()),
        ("an empty line", b"\n".to_vec()),
        ("no newline", b"a".to_vec()),
        ("many", many.clone()),
        ("many, no newline at the end", [&many[..], b"last"].concat()),
        ("empty lines", vec![b'\n'; BLOCK + 3]),
        ("only empty lines to a boundary", vec![b'\n'; 2 * BLOCK]),
        ("a line that ends with the block", line(BLOCK - 1)),
        ("a line that ends after the block", line(BLOCK)),
        ("a line as long as the block", vec![b'x'; BLOCK]),
        ("blocks that end with lines", line(BLOCK / 2 - 1).repeat(6)),
        (
            "a line of more than two blocks between short ones",
            [&many[..100], &line(2 * BLOCK + 7), &many[..BLOCK]].concat(),
        ),
        (
            "a long line at the end",
            [&many[..], &[b'x'; BLOCK + 1]].concat(),
        ),
        (
            "a boundary between two empty lines",
            [&line(BLOCK - 2)[..], b"\n\nend"].concat(),
        ),
    ] {
        for wanted in [1, 50_000, u64::MAX] {
            for most in [7, usize::MAX] {
                let found = blocks(&text, b'\n', wanted, most);
                assert!(
                    found.concat() == items(&text, b'\n'),
                    "{what}, {wanted} wanted, {most} at a time"
                );
                if wanted == u64::MAX {
                    assert_eq!(found.len(), 1, "{what}");
                }
            }
        }
    }
}

#[test]
fn items_that_end_with_nul_may_have_newlines_in_them() {
    let text: Vec<u8> = (0..60_000)
        .flat_map(|item| format!("item\n{item}\n\0").into_bytes())
        .collect();
    for text in [&text[..], &text[..text.len() - 1]] {
        let found = blocks(text, 0, 10, 1000);
        assert!(found.len() > 2);
        assert!(found.concat() == items(text, 0));
        assert_eq!(found.concat()[59_999], b"item\n59999\n");
    }
}

#[test]
fn a_sample_larger_than_a_block_reads_on() {
    let text: Vec<u8> = b"0123456\n".repeat(3 * BLOCK / 8);
    let per_block = BLOCK / 8;
    let lengths = |wanted: usize| -> Vec<usize> {
        blocks(&text, b'\n', wanted as u64, usize::MAX)
            .iter()
            .map(Vec::len)
            .collect()
    };
    // The end is seen only when nothing more is read.
    assert_eq!(lengths(1), [per_block, per_block, per_block, 0]);
    assert_eq!(lengths(per_block + 1), [2 * per_block, per_block]);
    assert_eq!(lengths(3 * per_block), [3 * per_block, 0]);
    assert_eq!(lengths(3 * per_block + 1), [3 * per_block]);
}

#[test]
fn an_unreadable_stream_is_an_error_with_its_name() {
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("worn out"))
        }
    }

    let mut blocks = Blocks::new(Broken, "tape".into(), b'\n', BLOCK);
    let error = blocks.next(1).unwrap_err();
    assert_eq!(format!("{error:#}"), "cannot read tape: worn out");
}
