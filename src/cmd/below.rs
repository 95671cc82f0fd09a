//! `mksecret below`: an integer below a bound of any size.

use std::str::FromStr;

use clap::{Args, ValueHint};
use num_bigint::{BigInt, BigUint, Sign};
use zeroize::Zeroizing;

use crate::{
    alphabet::Alphabet,
    args::{BadValue, Common, TextArgs},
    entropy::{Batch, CHUNK, EntropyError},
    error::Error,
    output::Output,
    secret::{self, Secret, Summary},
    strength::shown,
    uniform::Uniform,
};

/// Numbers below a bound have at most so many bits, so that none takes noticeable time.
const MAX_BITS: u64 = 1 << 20;

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret below 100            0 to 99
  mksecret below 7 --from 1     a die: 1 to 6
  mksecret below 5 --from -5    -5 to 4
  mksecret below 10**100        any size
  mksecret below 0xffff -c 3    three of them, one a line

An integer is written in decimal digits (1_000_000 is fine), as 0x and
hexadecimal digits, or as A**B, A to the power of B. Each integer from LO to
N - 1 is equally likely.")]
pub(crate) struct Below {
    /// The bound: what is printed is less than N
    #[arg(value_name = "N", value_hint = ValueHint::Other)]
    bound: Integer,
    /// The least integer, which may be negative
    #[arg(long, value_name = "LO", default_value = "0", value_hint = ValueHint::Other, allow_hyphen_values = true)]
    from: Integer,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    common: Common,
}

impl Below {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        secret::print(self.secret()?, &self.text, &self.common)
    }

    pub(crate) fn secret(&self) -> anyhow::Result<impl Secret + use<>> {
        let range = self.range()?;
        Ok(Integers::new(
            range,
            &self.from,
            &self.bound,
            self.text.count,
        ))
    }

    /// How many integers there are to choose from.
    fn range(&self) -> anyhow::Result<BigUint> {
        let (bound, from) = (&self.bound, &self.from);
        match (&bound.value - &from.value).into_parts() {
            (Sign::Plus, range) if (&range - 1u32).bits() <= MAX_BITS => Ok(range),
            (Sign::Plus, _) => {
                Err(Error::usage(format!("N '{}': {}", bound.typed, TOO_LARGE.0)).into())
            }
            _ => Err(Error::usage_hint(
                format!(
                    "N '{}': there is no integer from {} that is below it",
                    bound.typed, from.typed
                ),
                "N must be above --from, which is 0 unless given",
            )
            .into()),
        }
    }
}

/// Integers, each equally likely.
struct Integers {
    from: BigInt,
    range: BigUint,
    /// For `-v`.
    what: String,
    /// Integers of a machine word, of which as many are drawn together as fit into a word.
    small: Option<Small>,
}

struct Small {
    from: i64,
    range: u32,
    /// How many more are wanted.
    left: u64,
    /// The indices drawn last; those before `next` are used.
    indices: Zeroizing<Vec<u32>>,
    next: usize,
}

/// How many integers are drawn together.
const AT_ONCE: u64 = 1024;

impl Integers {
    fn new(range: BigUint, from: &Integer, bound: &Integer, count: u64) -> Self {
        let small = u32::try_from(&range)
            .ok()
            .zip(i64::try_from(&from.value).ok())
            .filter(|_| i64::try_from(&bound.value).is_ok())
            .map(|(range, from)| Small {
                from,
                range,
                left: count,
                indices: Zeroizing::new(Vec::new()),
                next: 0,
            });
        Self {
            from: from.value.clone(),
            what: format!("an integer from {} and below {}", from.typed, bound.typed),
            range,
            small,
        }
    }
}

impl Small {
    #[inline]
    fn next(&mut self, entropy: &mut Batch<'_>) -> Result<i64, EntropyError> {
        if self.next == self.indices.len() {
            self.refill(entropy)?;
        }
        let index = self.indices[self.next];
        self.next += 1;
        Ok(self.from + i64::from(index))
    }

    #[cold]
    fn refill(&mut self, entropy: &mut Batch<'_>) -> Result<(), EntropyError> {
        // As many as are wanted, and no more: what is drawn is printed.
        let count = self.left.clamp(1, AT_ONCE);
        self.left -= self.left.min(count);
        self.indices.resize(count as usize, 0);
        self.next = 0;
        entropy.fill_below(self.range, &mut self.indices)
    }
}

impl Secret for Integers {
    fn expected_bytes(&self) -> u64 {
        (&self.range - 1u32)
            .bits()
            .div_ceil(8)
            .clamp(1, CHUNK as u64)
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        match &mut self.small {
            Some(small) => {
                let integer = small.next(entropy)?;
                let mut digits = Zeroizing::new([0; LONGEST]);
                out.write(decimal(integer, &mut digits))
            }
            None => {
                let integer = &self.from + BigInt::from(entropy.below_big(&self.range)?);
                out.write(Zeroizing::new(integer.to_string()).as_bytes())
            }
        }
    }

    fn alphabet(&self) -> Alphabet {
        let sign = (self.from.sign() == Sign::Minus).then_some('-');
        Alphabet {
            is_integer: true,
            ..Alphabet::any(('0'..='9').chain(sign), 1)
        }
    }

    fn summary(&self) -> Summary {
        Summary {
            what: self.what.clone(),
            bits: shown(&self.range),
            how: "each equally likely".into(),
        }
    }
}

/// Length of the longest `i64`: a sign and 19 digits.
const LONGEST: usize = 20;

/// The digits of `integer`, in `text`. The standard library takes several times as long, since it can do much more.
fn decimal(integer: i64, text: &mut [u8; LONGEST]) -> &[u8] {
    let mut start = LONGEST;
    let mut rest = integer.unsigned_abs();
    // Two at a time: each step has to wait for the division before it.
    while rest >= 10 {
        let pair = (rest % 100) as u8;
        rest /= 100;
        start -= 2;
        text[start] = b'0' + pair / 10;
        text[start + 1] = b'0' + pair % 10;
    }
    if rest > 0 || start == LONGEST {
        start -= 1;
        text[start] = b'0' + rest as u8;
    }
    if integer < 0 {
        start -= 1;
        text[start] = b'-';
    }
    &text[start..]
}

/// An integer, and how it was written.
#[derive(Clone, Debug)]
struct Integer {
    typed: String,
    value: BigInt,
}

const TOO_LARGE: BadValue = BadValue("it is too large: at most 2**1048576");
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
        Ok(Self {
            typed: typed.into(),
            value: BigInt::from_biguint(sign, natural),
        })
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
    // Before anything is computed; a digit more than fits is decided exactly by the range.
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
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<BigInt> {
        text.parse().ok().map(|integer: Integer| integer.value)
    }

    #[test]
    fn digits_are_those_that_the_standard_library_writes() {
        let mut integers: Vec<i64> = (-1000..1000).collect();
        let powers = (0..63)
            .map(|power| 1 << power)
            .chain((0..19).map(|power| 10_i64.pow(power)));
        integers.extend(powers.flat_map(|power| [power - 1, power, 1 - power, -power]));
        integers.extend([i64::MIN, i64::MIN + 1, i64::MAX]);
        for integer in integers {
            let mut text = [0; LONGEST];
            assert_eq!(decimal(integer, &mut text), integer.to_string().as_bytes());
        }
    }

    #[test]
    fn an_integer_is_decimal_or_hexadecimal_or_a_power() {
        for (text, value) in [
            ("0", 0),
            ("007", 7),
            ("-5", -5),
            ("1_000_000", 1_000_000),
            ("0xff", 255),
            ("0xFF", 255),
            ("-0x10", -16),
            ("2**10", 1024),
            ("10**0", 1),
            ("0**0", 1),
            ("0**5", 0),
            ("1**99999999999999999999", 1),
            ("-2**3", -8),
            ("0x10**2", 256),
            ("1_0**0x2", 100),
        ] {
            assert_eq!(parse(text), Some(value.into()), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_integer() {
        for text in [
            "", " ", "-", "+5", "--5", "1.5", "1e3", "abc", "_1", "1_", "1__0", "0x", "0xg",
            "0x_f", "0X1", "0b1", "٣", "5K", "2**", "**2", "2**-1", "2**3**2", "9**9**9",
            "2**64+8", "2^64", "1 000",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_largest_integer_has_two_to_the_twenty_bits_and_larger_ones_are_refused_at_once() {
        assert!(parse("2**1048576").is_some());
        assert!(parse(&"9".repeat(315_652)).is_some());
        for text in [
            "2**1048577",
            "2**1000000000",
            "10**(10**9)",
            "5**1048576",
            "7**99999999999999999999999",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"9".repeat(400_000)), None);
        assert_eq!(parse(&format!("0x{}", "f".repeat(300_000))), None);
    }
}
