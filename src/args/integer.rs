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
    // Before anything is computed; what is a little more than fits is refused once it is.
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
