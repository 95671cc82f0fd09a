//! Strength: the logarithm of the number of equally likely secrets.

use num_bigint::BigUint;

/// The length of a secret that is made of units, such as characters or words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// This number of units.
    Units(u64),
    /// The least number of units that have this strength, in bits.
    Bits(u64),
}

/// Leading bits of a count that decide its strength. The rest changes it by less than 2^-1000 bits.
const LEADING: u64 = 1024;

/// log₂ of `count` as it is shown: in bits, with two decimals, rounded down. A power of two shows `.00`.
///
/// # Panics
/// If `count` is 0.
pub(crate) fn shown(count: &BigUint) -> String {
    shown_scaled(count, 0)
}

/// As [`shown`], for `count` · 2^`dropped`.
fn shown_scaled(count: &BigUint, mut dropped: i64) -> String {
    assert!(count.bits() > 0, "nothing to choose from has no strength");
    let excess = count.bits().saturating_sub(LEADING);
    dropped += excess as i64;
    // ⌊100 log₂ n⌋ = ⌊log₂ n^100⌋, in integers: no rounding to go wrong at a whole number of bits.
    let hundredths = (count >> excess).pow(100).bits() as i64 - 1 + 100 * dropped;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The strength of an ordered selection of `drawn` out of `available` items, as [`shown`] shows it: log₂ of how many
/// there are, divided by how many of them look like the most frequent one. `repeats` says how often that is, as
/// [`repeats`](crate::items::repeats) does.
///
/// # Panics
/// If `drawn` is greater than `available`, or 0.
pub(crate) fn shown_selections(available: &BigUint, drawn: u64, repeats: &[u64]) -> String {
    let factors = (0..drawn).map(|drawn| available - drawn);
    let (all, dropped) = product(factors);
    let alike = repeats.iter().take(drawn.try_into().unwrap_or(usize::MAX));
    let (alike, dropped_of_alike) = product(alike.map(|factor| BigUint::from(*factor)));
    // As many bits more as the quotient needs.
    let added = alike.bits() + 2 * LEADING;
    let dropped = dropped - dropped_of_alike - added as i64;
    shown_scaled(&((all << added) / alike), dropped)
}

/// The product of `factors`, and how many bits at its end were dropped.
fn product(factors: impl Iterator<Item = BigUint>) -> (BigUint, i64) {
    let (mut product, mut dropped) = (BigUint::from(1u32), 0);
    for factor in factors {
        product *= factor;
        // The dropped bits change it by less than 2^-1000 bits for each factor.
        if product.bits() > 2 * LEADING {
            let excess = product.bits() - LEADING;
            product >>= excess;
            dropped += excess as i64;
        }
    }
    (product, dropped)
}

/// A strength that is known only in bits, as it is shown: with two decimals, rounded down.
pub(crate) fn shown_bits(bits: f64) -> String {
    format!("{:.2}", (bits * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn power(base: u32, exponent: u32) -> BigUint {
        BigUint::from(base).pow(exponent)
    }

    #[test]
    fn what_is_shown_is_the_logarithm_of_the_count() {
        let floor = |bits: f64| format!("{:.2}", (bits * 100.0).floor() / 100.0);
        for count in 1..100_000_u32 {
            assert_eq!(
                shown(&count.into()),
                floor(f64::from(count).log2()),
                "{count}"
            );
        }
        for exponent in [1, 63, 64, 65, 128, 1_000, 50_000, 200_000] {
            let exact = f64::from(exponent) * 10_f64.log2();
            assert_eq!(shown(&power(10, exponent)), floor(exact), "10^{exponent}");
        }
    }

    #[test]
    fn what_is_shown_is_rounded_down() {
        for (count, expected) in [
            (1_u32.into(), "0.00"),
            (2_u32.into(), "1.00"),
            (3_u32.into(), "1.58"),
            (1_000_000_u32.into(), "19.93"),
            (power(94, 20), "131.09"),
            (power(7776, 10), "129.24"),
        ] {
            assert_eq!(shown(&count), expected, "{count}");
        }
    }

    #[test]
    fn only_a_power_of_two_shows_a_whole_number() {
        for exponent in [1, 2, 7, 52, 53, 54, 63, 64, 65, 128, 1_000] {
            let whole = power(2, exponent);
            assert_eq!(shown(&whole), format!("{exponent}.00"));
            assert_eq!(
                shown(&(&whole + 1_u32)) == format!("{exponent}.00"),
                exponent > 7
            );
            assert_ne!(shown(&(whole - 1_u32)), format!("{exponent}.00"));
        }
        assert_eq!(shown(&power(2, 1_048_576)), "1048576.00");
        assert_eq!(shown(&(power(2, 1_048_576) - 1_u32)), "1048575.99");
    }

    #[test]
    fn selections_are_counted_exactly() {
        for (available, drawn, expected) in [
            (3_u32, 2, "2.58"),
            (2, 2, "1.00"),
            (1, 1, "0.00"),
            (49, 6, "33.22"),
            // log₂ 1000!, and log₂ (1,000,000! / 900,000!)
            (1000, 1000, "8529.39"),
            (1_000_000, 100_000, "1985690.21"),
        ] {
            assert_eq!(shown_selections(&available.into(), drawn, &[]), expected);
        }
        let words = BigUint::from(u64::MAX) + 1u32;
        assert_eq!(shown_selections(&words, 1, &[]), "64.00");
        assert_eq!(shown_selections(&(&words - 1u32), 1, &[]), "63.99");
        assert_eq!(shown_selections(&words, 2, &[]), "127.99");
    }
}
