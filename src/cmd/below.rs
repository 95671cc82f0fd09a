//! `mksecret below`: an integer below a bound of any size.

use clap::Args;
use num_bigint::{BigUint, Sign};

use crate::{
    args::{Common, Integer, MAX_BITS, RecordArgs, TOO_LARGE, any_value},
    chars::Shape,
    entropy::Batch,
    error::Error,
    output::Output,
    secret::{self, Integers, Interval, Secret, Summary},
    strength::shown,
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret below 100            0 to 99
  mksecret below 7 --from 1     a die: 1 to 6
  mksecret below 5 --from -5    -5 to 4
  mksecret below -5 --from -9   -9 to -6
  mksecret below 10**100        any size
  mksecret below 0xffff -c 3    three of them, one a line

An integer is written in decimal digits (1_000_000 is fine), as 0x and
hexadecimal digits, or as A**B, A to the power of B; N as -0x10 or -2**4 goes
last, after `--`. Each integer from LO to N - 1 is equally likely.")]
#[command(mut_args(any_value))]
pub(crate) struct Below {
    /// Print an integer less than N
    #[arg(value_name = "N", allow_negative_numbers = true)]
    bound: Integer,
    /// The smallest integer; may be negative
    #[arg(long, value_name = "LO", default_value = "0")]
    from: Integer,
    #[command(flatten)]
    records: RecordArgs,
    #[command(flatten)]
    common: Common,
}

impl Below {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let integers = self.secret()?;
        secret::print_records(integers, &self.records, &self.common)
    }

    pub(crate) fn secret(&self) -> anyhow::Result<impl Secret + use<>> {
        let range = Interval::new(self.from.value.clone(), self.size()?);
        let what = format!(
            "an integer, at least {} and below {}",
            self.from.typed, self.bound.typed
        );
        Ok(Bounded::new(what, range, self.records.count))
    }

    /// How many integers there are to choose from.
    fn size(&self) -> anyhow::Result<BigUint> {
        let (bound, from) = (&self.bound, &self.from);
        match (&bound.value - &from.value).into_parts() {
            (Sign::Plus, size) if (&size - 1u32).bits() <= MAX_BITS => Ok(size),
            (Sign::Plus, _) => {
                Err(Error::usage(format!("N '{}': {}", bound.typed, TOO_LARGE.0)).into())
            }
            _ => Err(Error::usage_hint(
                format!(
                    "N '{}': the range from {} is empty",
                    bound.typed, from.typed
                ),
                "N must be greater than --from (default 0)",
            )
            .into()),
        }
    }
}

/// Integers between two bounds.
pub(super) struct Bounded {
    integers: Integers,
    /// For `-v`.
    what: String,
}

impl Bounded {
    pub(super) fn new(what: String, range: Interval, count: u64) -> Self {
        let integers = Integers::new(range, count);
        Self { integers, what }
    }
}

impl Secret for Bounded {
    fn expected_bytes(&self) -> u64 {
        self.integers.range().expected_bytes()
    }

    fn write(&mut self, entropy: &mut Batch<'_>, out: &mut Output) -> anyhow::Result<()> {
        self.integers.write(entropy, out)
    }

    fn shape(&self) -> Shape {
        self.integers.range().shape()
    }

    fn is_certain(&self) -> bool {
        self.integers.range().size().bits() == 1
    }

    fn summary(&self) -> Summary {
        Summary {
            what: self.what.clone(),
            bits: shown(self.integers.range().size()),
            how: "each equally likely".into(),
        }
    }
}
