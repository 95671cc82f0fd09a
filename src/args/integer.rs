//! Integers of any size, and ranges of them, as they are written on the command line.

use std::str::FromStr;

use num_bigint::{BigInt, BigUint, Sign};

use super::values::BadValue;

/// Integers are at most 2 to this power, and so are the sizes of ranges, so that none takes noticeable time.
pub(crate) const MAX_BITS: u64 = 1 << 20;

/// An integer, and how it was written.
#[derive(Clone, Debug)]
pub(crate) struct Integer {
    pub(crate) typed: String,
    pub(crate) value: BigInt,
}

pub(crate) const TOO_LARGE: BadValue = BadValue("it is too large: the maximum is 2**1048576");
const FORM: BadValue = BadValue("it must be an integer such as 100, 1_000_000, 0xff or 10**100");

impl FromStr for Integer {
    type Err = BadValue;

    fn from_str(typed: &str) -> Result<Self, BadValue> {
        let (sign, rest) = match typed.strip_prefix('-') {
            Some(rest) => (Sign::Minus, rest),
            None => (Sign::Plus, typed),
        };
        let natural = match rest.split_once("**") {
            Some((base, exponent)) => power(natural(base)?, natural(exponent)?)?,
            None => natural(rest)?,
        };
        if natural > BigUint::from(1u32) << MAX_BITS {
            return Err(TOO_LARGE);
        }
        Ok(Self {
            typed: typed.into(),
            value: BigInt::from_biguint(sign, natural),
        })
    }
}

/// The integers from `low` to `low + size - 1`, and how they were written.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) typed: String,
    pub(crate) low: BigInt,
    /// At least 1.
    pub(crate) size: BigUint,
}

impl FromStr for Span {
    type Err = BadValue;

    fn from_str(typed: &str) -> Result<Self, BadValue> {
        const FORM: BadValue = BadValue(
            "it must be LO-HI, two integers with a hyphen between them: 1-6, -5-5, 0x10-0xff",
        );
        // A hyphen at the start is a sign.
        let (hyphen, _) = typed
            .match_indices('-')
            .find(|(at, _)| *at > 0)
            .ok_or(FORM)?;
        let integer = |text: &str| match text.parse::<Integer>() {
            Ok(integer) => Ok(integer.value),
            Err(TOO_LARGE) => Err(TOO_LARGE),
            Err(_) => Err(FORM),
        };
        let (low, high) = (integer(&typed[..hyphen])?, integer(&typed[hyphen + 1..])?);
        match (high - &low + 1u32).into_parts() {
            (Sign::Plus, size) if (&size - 1u32).bits() <= MAX_BITS => Ok(Self {
                typed: typed.into(),
                low,
                size,
            }),
            (Sign::Plus, _) => Err(TOO_LARGE),
            _ => Err(BadValue("it is empty: LO must not be greater than HI")),
        }
    }
}

impl Span {
    /// What to type instead of `name`, if shuf takes this for a range of integers and we take it for a file.
    pub(crate) fn instead_of_file(name: &str) -> Option<String> {
        let range = Self::elsewhere(name)?;
        Some(format!("for the integers from LO to HI: --range {range}"))
    }

    /// The range that `typed` means elsewhere, as it is written here: `1..6`, `{1..6}`, `6-1`.
    pub(crate) fn elsewhere(typed: &str) -> Option<String> {
        Self::between(typed, &["..=", "...", "..", "…", "–", "—", "−", "-"])
    }

    /// As [`elsewhere`](Self::elsewhere), and with what stands between numbers in other places: `1:6`, `1,6`.
    pub(crate) fn loosely(typed: &str) -> Option<String> {
        Self::elsewhere(typed).or_else(|| Self::between(typed, &[" to ", ":", ",", ";", "~", " "]))
    }

    fn between(typed: &str, separators: &[&str]) -> Option<String> {
        let inside = typed.trim_matches(['{', '}', '[', ']', '(', ')', ' ']);
        separators.iter().find_map(|separator| {
            // A hyphen at the start is a sign.
            let mut places = inside.match_indices(separator).filter(|(at, _)| *at > 0);
            let (at, _) = places.next()?;
            let end = |text: &str| text.trim().parse::<Integer>().ok();
            let (one, other) = (end(&inside[..at])?, end(&inside[at + separator.len()..])?);
            let (low, high) = if one.value <= other.value {
                (one, other)
            } else {
                (other, one)
            };
            let span = format!("{}-{}", low.typed, high.typed);
            span.parse::<Self>().is_ok().then_some(span)
        })
    }
}

/// The number that `typed` means elsewhere, as it is written here: `1e6`, `1,000`, `1k`, `+5`, `5.0`, `2^64`, `0b101`.
pub(crate) fn number_elsewhere(typed: &str) -> Option<String> {
    let text = typed.trim().trim_start_matches('+').to_ascii_lowercase();
    let are_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if let Some((mantissa, exponent)) = text.split_once('e') {
        let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        match (mantissa, exponent.checked_sub(fraction.len())?) {
            ("1", 19..) => format!("10**{exponent}"),
            (_, 19..) | ("", _) => return None,
            (_, zeros) => format!("{whole}{fraction}{:0<zeros$}", ""),
        }
    } else if let Some((base, exponent)) = text.split_once('^') {
        format!("{base}**{exponent}")
    } else if let Some(digits) = text.strip_prefix("0x") {
        format!("0x{digits}")
    } else if let Some(digits) = text.strip_prefix("0b") {
        u64::from_str_radix(digits, 2).ok()?.to_string()
    } else if let Some(digits) = text.strip_prefix("0o") {
        u64::from_str_radix(digits, 8).ok()?.to_string()
    } else if let Some(digits) = text.strip_suffix('k').filter(|digits| are_digits(digits)) {
        format!("{digits}000")
    } else if let Some(digits) = text.strip_suffix('m').filter(|digits| are_digits(digits)) {
        format!("{digits}000000")
    } else if let Some(digits) = text.strip_suffix('.').or_else(|| text.strip_suffix(".0")) {
        digits.to_string()
    } else {
        let mut groups = text.split([',', ' ', '\'', '_', '.']);
        let is_first = groups
            .next()
            .is_some_and(|group| group.len() <= 3 && are_digits(group));
        let is_grouped = is_first && groups.all(|group| group.len() == 3 && are_digits(group));
        match is_grouped || are_digits(&text) {
            true => text.chars().filter(char::is_ascii_digit).collect(),
            false => return None,
        }
    };
    (number != typed && number.parse::<Integer>().is_ok()).then_some(number)
}

/// A natural number: decimal digits, single underscores between them, or 0x and hexadecimal digits.
fn natural(text: &str) -> Result<BigUint, BadValue> {
    let (digits, radix, bits_per_digit) = match text.strip_prefix("0x") {
        Some(digits) => (digits.to_string(), 16, 4.0),
        None => {
            if text.split('_').any(str::is_empty) {
                return Err(FORM);
            }
            (text.replace('_', ""), 10, 3.3)
        }
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Err(FORM);
    }
    let digits = digits.trim_start_matches('0');
    // Before anything is computed; an integer that is only a little too large is refused after it.
    if digits.len() as f64 * bits_per_digit > MAX_BITS as f64 + 8.0 {
        return Err(TOO_LARGE);
    }
    Ok(BigUint::parse_bytes(digits.as_bytes(), radix).unwrap_or_default())
}

fn power(base: BigUint, exponent: BigUint) -> Result<BigUint, BadValue> {
    if base <= BigUint::from(1u32) {
        return Ok(if exponent == BigUint::ZERO {
            BigUint::from(1u32)
        } else {
            base
        });
    }
    // The power has more than (bits - 1) × exponent bits.
    let exponent = u32::try_from(exponent).map_err(|_| TOO_LARGE)?;
    if (base.bits() - 1).saturating_mul(exponent.into()) > MAX_BITS {
        return Err(TOO_LARGE);
    }
    Ok(base.pow(exponent))
}

#[cfg(test)]
mod tests;
