use super::*;
use crate::entropy::Scripted;

/// The digits that one word gives, or nothing if it is rejected.
fn digits<W: Word, const LEN: usize>(word: &[u8], n: W, product: W) -> Option<[u64; LEN]> {
    let mut digits = [0; LEN];
    let mut entropy = Scripted::new(word);
    by_rejection(&mut entropy, n, product, &mut digits)
        .ok()
        .map(|()| digits)
}

/// The integer that a 16-bit word gives.
fn short(word: u16, n: u16) -> Option<u64> {
    digits::<u16, 1>(&word.to_le_bytes(), n, n).map(|[digit]| digit)
}

/// The integer that a 64-bit word gives.
fn long(word: u64, n: u64) -> Option<u64> {
    digits::<u64, 1>(&word.to_le_bytes(), n, n).map(|[digit]| digit)
}

/// Every bound below 2^16 and every word: more than 4·10^9 draws, on the code that is shipped.
#[test]
fn below_is_exactly_uniform_for_every_16_bit_bound() {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            scope.spawn(move || {
                let mut counts = vec![0; 1 << 16];
                for n in (1..=u16::MAX).skip(worker).step_by(workers) {
                    let counts = &mut counts[..usize::from(n)];
                    counts.fill(0);
                    let mut accepted = 0;
                    for word in 0..=u16::MAX {
                        let mut drawn = [0u32];
                        if by_rejection(&mut Word16(Some(word)), n, n, &mut drawn).is_ok() {
                            counts[drawn[0] as usize] += 1;
                            accepted += 1;
                        }
                    }
                    let each = (1 << 16) / u32::from(n);
                    assert!(counts.iter().all(|count| *count == each), "below {n}");
                    assert_eq!(accepted, each * u32::from(n), "below {n}");
                }
            });
        }
    });
}

/// Hands out one word; cheaper than a script.
struct Word16(Option<u16>);

impl Entropy for Word16 {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        let word = self.0.take().ok_or(EntropyError::ScriptEnded)?;
        buf.copy_from_slice(&word.to_le_bytes());
        Ok(())
    }
}

#[test]
fn several_digits_of_one_word_are_exactly_uniform() {
    for (n, len) in [
        (2u16, 15),
        (3, 10),
        (6, 6),
        (10, 4),
        (26, 3),
        (40, 3),
        (62, 2),
        (94, 2),
        (255, 2),
    ] {
        let product = n.pow(len);
        let mut counts = vec![0u32; product.into()];
        for word in 0..=u16::MAX {
            let mut drawn = vec![0u32; len as usize];
            if by_rejection(&mut Word16(Some(word)), n, product, &mut drawn).is_ok() {
                let number = drawn
                    .iter()
                    .fold(0, |number, digit| number * u32::from(n) + digit);
                counts[number as usize] += 1;
            }
        }
        let each = (1 << 16) / u32::from(product);
        assert!(
            counts.iter().all(|count| *count == each),
            "{len} digits below {n}"
        );
    }
}

/// The words that give an integer r are an interval; its ends are where arithmetic puts them, and it has the same
/// length for every r. The words around it are rejected or give a neighbour.
#[test]
fn every_integer_has_as_many_64_bit_words() {
    let bounds = [
        (1 << 32) + 1,
        10_000_000_000,
        1_000_000_007 * 998_244_353,
        (1 << 63) - 1,
        1 << 63,
        (1 << 63) + 1,
        u64::MAX - 1,
        u64::MAX,
    ];
    for n in bounds {
        let words = 1u128 << 64;
        let each = words / u128::from(n);
        let rejected = words % u128::from(n);
        for r in [0, 1, 2, n / 3, n / 2, n - 2, n - 1] {
            // The least word x with x·n ≥ r·2^64 + rejected.
            let first = (u128::from(r) * words + rejected).div_ceil(n.into());
            let last = first + each - 1;
            assert_eq!(long(first as u64, n), Some(r), "below {n}");
            assert_eq!(long(last as u64, n), Some(r), "below {n}");
            assert!(
                first == 0 || long((first - 1) as u64, n) != Some(r),
                "below {n}"
            );
            assert!(
                last == words - 1 || long((last + 1) as u64, n) != Some(r),
                "below {n}"
            );
        }
    }
}

#[test]
fn a_rejected_word_is_followed_by_a_fresh_one() {
    // 2^16 mod 3 is 1, and the word 0 is the one too many.
    assert_eq!(short(0, 3), None);
    let mut entropy = Scripted::new([0, 0, 0xff, 0xff]);
    assert_eq!(entropy.below(3).unwrap(), 2);
    assert_eq!(entropy.drawn, 4);
}

#[test]
fn the_shortest_word_that_holds_the_bound_is_drawn() {
    for (n, bytes) in [
        (1, 2),
        (65_535, 2),
        (65_536, 4),
        ((1 << 32) - 1, 4),
        (1 << 32, 8),
        (u64::MAX, 8),
    ] {
        let mut entropy = Scripted::new([0x5a; 8]);
        entropy.below(n).unwrap();
        assert_eq!(entropy.drawn, bytes, "below {n}");
    }
}

#[test]
fn digits_share_a_64_bit_word() {
    // 94^9 fits 64 bits and 94^2 fits 16: two words of nine digits, one of two.
    let mut entropy = Scripted::new([0x5a; 64]);
    let mut digits = [0; 20];
    entropy.fill_below(94, &mut digits).unwrap();
    assert_eq!(entropy.drawn, 18);
    assert!(digits.iter().all(|digit| *digit < 94));
}

#[test]
fn bounds_at_the_edge_of_a_word_hold() {
    for n in [1, 2, u32::MAX] {
        let mut digits = [u32::MAX; 3];
        Scripted::new([0xa5; 64])
            .fill_below(n, &mut digits)
            .unwrap();
        assert!(digits.iter().all(|digit| *digit < n), "below {n}");
    }
    Scripted::new([]).fill_below(7, &mut []).unwrap();
}

#[test]
fn bytes_that_are_always_rejected_are_an_error() {
    // The word 0 is rejected by every bound that does not divide 2^w.
    let mut zeros = Scripted::new([0; 8 * 2 * MAX_DRAWS]);
    assert!(matches!(zeros.below(3), Err(EntropyError::Rejected)));
    assert_eq!(zeros.drawn, 2 * MAX_DRAWS);
    let mut ones = Scripted::new([0xff; 16 * 2 * MAX_DRAWS]);
    let bound = BigUint::from(10u32).pow(20);
    assert!(matches!(
        ones.below_big(&bound),
        Err(EntropyError::Rejected)
    ));
    assert_eq!(ones.drawn, 9 * MAX_DRAWS);
}

#[test]
fn a_large_integer_is_the_first_draw_below_the_bound() {
    // Below 2^64 + 2 are 65 bits: nine bytes, of the first of which the top bit counts.
    let bound = (BigUint::from(1u32) << 64u32) + 2u32;
    let mut bytes = vec![0xff; 9];
    bytes.extend([0x7e, 0, 0, 0, 0, 0, 0, 0, 5]);
    assert_eq!(
        Scripted::new(bytes).below_big(&bound).unwrap(),
        BigUint::from(5u32)
    );
    let mut bytes = vec![0x80, 0, 0, 0, 0, 0, 0, 0, 2];
    bytes.extend([0x80, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(
        Scripted::new(bytes).below_big(&bound).unwrap(),
        bound - 1u32
    );
}

#[test]
fn a_power_of_two_is_never_rejected() {
    let bound = BigUint::from(1u32) << 72u32;
    let mut entropy = Scripted::new([0xff; 9]);
    assert_eq!(entropy.below_big(&bound).unwrap(), bound - 1u32);
    assert_eq!(entropy.drawn, 9);
}

#[test]
fn a_small_bound_is_drawn_from_a_word() {
    let mut entropy = Scripted::new([0x5a; 2]);
    assert!(entropy.below_big(&BigUint::from(6u32)).unwrap() < BigUint::from(6u32));
}

#[test]
#[should_panic(expected = "no integer below 0")]
fn there_is_no_integer_below_0() {
    let _ = Scripted::new([0; 8]).below(0);
}
