//! How the values of arguments are read: strictly, and never changed into something else.

use std::{ffi::OsStr, fmt, time::Duration};

use clap::{
    Arg, Command, Error,
    builder::{PossibleValue, TypedValueParser},
};

use crate::output::Owner;

/// A number of things: decimal digits, 1 or more.
pub(crate) fn count(value: &str) -> Result<u64, BadValue> {
    match whole(value)? {
        0 => Err(BadValue("it must be 1 or more")),
        number => Ok(number),
    }
}

/// A size in bytes: decimal digits, then nothing or a unit; 1 or more.
pub(crate) fn size(value: &str) -> Result<u64, BadValue> {
    let (digits, unit) = value.split_at(
        value
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(value.len()),
    );
    let unit: u64 = match unit {
        _ if digits.is_empty() => return Err(NOT_A_SIZE),
        "" => 1,
        "K" | "KiB" => 1 << 10,
        "M" | "MiB" => 1 << 20,
        "G" | "GiB" => 1 << 30,
        "T" | "TiB" => 1 << 40,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        _ => return Err(NOT_A_SIZE),
    };
    count(digits)?.checked_mul(unit).ok_or(TOO_LARGE)
}

/// File permissions in octal.
pub(crate) fn mode(value: &str) -> Result<u32, BadValue> {
    let octal = !value.is_empty() && value.bytes().all(|digit| (b'0'..=b'7').contains(&digit));
    match u32::from_str_radix(value, 8) {
        Ok(mode) if octal && mode <= 0o777 => Ok(mode),
        _ => Err(BadValue(
            "it must be octal digits from 0 to 777, such as 0640",
        )),
    }
}

/// The owner of a file.
pub(crate) fn owner(value: &str) -> Result<Owner, BadValue> {
    let form = BadValue("it must be USER, USER:GROUP or :GROUP");
    value.parse().map_err(|()| form)
}

/// A duration: decimal digits, then `ms`, `s` or `m`. Zero is one.
pub(crate) fn duration(value: &str) -> Result<Duration, BadValue> {
    const FORM: BadValue = BadValue("it must be digits and a unit, such as 500ms, 5s or 2m");
    let (digits, millis) = if let Some(digits) = value.strip_suffix("ms") {
        (digits, 1)
    } else if let Some(digits) = value.strip_suffix('s') {
        (digits, 1_000)
    } else if let Some(digits) = value.strip_suffix('m') {
        (digits, 60_000)
    } else {
        return Err(FORM);
    };
    let number = whole(digits).map_err(|bad| if bad == TOO_LARGE { bad } else { FORM })?;
    number
        .checked_mul(millis)
        .map(Duration::from_millis)
        .ok_or(TOO_LARGE)
}

/// Decimal digits and nothing else: `str::parse` would take a sign.
pub(crate) fn whole(value: &str) -> Result<u64, BadValue> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadValue("it must be a whole number in decimal digits"));
    }
    value.parse().map_err(|_| TOO_LARGE)
}

const TOO_LARGE: BadValue =
    BadValue("it is too large: the maximum is 18446744073709551615 (2^64 - 1)");
const NOT_A_SIZE: BadValue =
    BadValue("it must be digits and optionally a unit: K M G T (KiB MiB GiB TiB) KB MB GB TB");

/// How a value is read of which some have names: shells complete those, and other values may be as good.
#[derive(Clone)]
pub(crate) struct WithNames<P>(pub P, pub fn() -> Vec<PossibleValue>);

impl<P: TypedValueParser> TypedValueParser for WithNames<P> {
    type Value = P::Value;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<P::Value, Error> {
        self.0.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.1)().into_iter()))
    }
}

/// What a value would have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadValue(pub &'static str);

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for BadValue {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_digits_and_a_unit() {
        for (text, bytes) in [
            ("1", 1),
            ("007", 7),
            ("32", 32),
            ("1K", 1 << 10),
            ("5KiB", 5 << 10),
            ("5KB", 5_000),
            ("3M", 3 << 20),
            ("3MB", 3_000_000),
            ("2GiB", 2 << 30),
            ("2GB", 2_000_000_000),
            ("1T", 1 << 40),
            ("1TB", 1_000_000_000_000),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn no_other_number_is_a_size_or_a_count() {
        for text in [
            "",
            " ",
            "0",
            "0K",
            "-1",
            "+5",
            "1.5",
            "1e3",
            "abc",
            "5 ",
            " 5",
            "5k",
            "5kB",
            "5Kib",
            "5B",
            "5P",
            "K",
            "0x10",
            "1_000",
            "٣",
            "５",
            "18446744073709551616",
            "10000000000000000000000",
            "16777216T",
            "2**64",
        ] {
            assert!(size(text).is_err(), "{text}");
            assert!(count(text).is_err(), "{text}");
        }
        assert!(count("5K").is_err());
    }

    #[test]
    fn a_duration_has_a_unit() {
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("5s"), Ok(Duration::from_secs(5)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("0s"), Ok(Duration::ZERO));
        for text in [
            "",
            "5",
            "s",
            "ms",
            "-1s",
            "+1s",
            "1.5s",
            "1h",
            "5 s",
            "5S",
            "٣s",
            "18446744073709551615m",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn permissions_are_octal() {
        assert_eq!(mode("0640"), Ok(0o640));
        assert_eq!(mode("400"), Ok(0o400));
        for text in ["", "8", "1000", "-1", "+7", "u=rw", "0o640"] {
            assert!(mode(text).is_err(), "{text}");
        }
    }
}
