use super::*;

fn parse(text: &str) -> Option<BigInt> {
    text.parse().ok().map(|integer: Integer| integer.value)
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
        "", " ", "-", "+5", "--5", "1.5", "1e3", "abc", "_1", "1_", "1__0", "0x", "0xg", "0x_f",
        "0X1", "0b1", "٣", "5K", "2**", "**2", "2**-1", "2**3**2", "9**9**9", "2**64+8", "2^64",
        "1 000",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn integers_above_a_million_bits_are_refused_at_once() {
    assert!(parse("2**1048576").is_some());
    assert!(parse(&"9".repeat(315_652)).is_some());
    for text in [
        "2**1048577",
        "3**1048576",
        "-3**700000",
        "2**1000000000",
        "10**(10**9)",
        "5**1048576",
        "7**99999999999999999999999",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
    for digits in [315_653, 317_700, 400_000] {
        assert_eq!(parse(&"9".repeat(digits)), None, "{digits}");
    }
    assert_eq!(parse(&format!("0x{}", "f".repeat(300_000))), None);
}

#[test]
fn a_range_has_two_integers_and_both_belong_to_it() {
    for (text, low, size) in [
        ("1-6", 1, 6),
        ("5-5", 5, 1),
        ("-5--1", -5, 5),
        ("-5-5", -5, 11),
        ("0--0", 0, 1),
        ("0x10-0xff", 16, 240),
        ("2**4-10**2", 16, 85),
        ("1_000-1_001", 1000, 2),
    ] {
        let span: Span = text.parse().unwrap();
        assert_eq!(
            (span.low, span.size),
            (low.into(), BigUint::from(size as u32)),
            "{text}"
        );
    }
    let huge: Span = "1-2**1048576".parse().unwrap();
    assert_eq!(huge.size, BigUint::from(2u32).pow(1 << 20));
}

#[test]
fn nothing_else_is_a_range() {
    for text in [
        "",
        "-",
        "--",
        "6",
        "-6",
        "1-",
        "-1-",
        "1--",
        "-5--",
        "1-6-9",
        "1..6",
        "1 - 6",
        "1-6 ",
        "a-z",
        "1:6",
        "1,6",
        "6-1",
        "-1--5",
        "0--1",
        "+1-6",
        "1---6",
        "1-2**",
        "0-2**1048576",
        "-2**1048576-2**1048576",
    ] {
        assert!(text.parse::<Span>().is_err(), "{text}");
    }
}

#[test]
fn ranges_of_other_tools_are_understood() {
    for (typed, range) in [
        ("1-6", "1-6"),
        ("6-1", "1-6"),
        ("5-5", "5-5"),
        ("-5-5", "-5-5"),
        ("-1--5", "-5--1"),
        ("1..6", "1-6"),
        ("-5..-1", "-5--1"),
        ("1..=6", "1-6"),
        ("{1..6}", "1-6"),
        ("1–6", "1-6"),
        ("0x10-0xff", "0x10-0xff"),
    ] {
        assert_eq!(Span::elsewhere(typed).as_deref(), Some(range), "{typed}");
    }
    for typed in [
        "",
        "1",
        "-5",
        "1-",
        "-",
        "..",
        "a-z",
        "1-6-9",
        "1.6",
        "2026-11-28",
        "1,6",
        "1:6",
    ] {
        assert_eq!(Span::elsewhere(typed), None, "{typed}");
    }
    for typed in ["1:6", "1,6", "6, 1", "1 to 6", "[1;6]", "1-6"] {
        assert_eq!(Span::loosely(typed).as_deref(), Some("1-6"), "{typed}");
    }
}

#[test]
fn numbers_of_other_tools_are_understood() {
    for (typed, number) in [
        ("1e6", "1000000"),
        ("1E6", "1000000"),
        ("1e+3", "1000"),
        ("1.5e3", "1500"),
        ("1e18", "1000000000000000000"),
        ("1e19", "10**19"),
        ("1e400", "10**400"),
        ("2^64", "2**64"),
        ("0XFF", "0xff"),
        ("0b101", "5"),
        ("0o17", "15"),
        ("+5", "5"),
        (" 5", "5"),
        ("5.0", "5"),
        ("5.", "5"),
        ("1,000", "1000"),
        ("1 000 000", "1000000"),
        ("1'000", "1000"),
        ("1.000.000", "1000000"),
        ("5k", "5000"),
        ("2M", "2000000"),
    ] {
        assert_eq!(number_elsewhere(typed).as_deref(), Some(number), "{typed}");
    }
    for typed in [
        "",
        "5",
        "0",
        "abc",
        "1.5",
        "2.50e1",
        "1e-3",
        "2e19",
        "1e99999999999999999999",
        "e",
        "1e",
        "e5",
        "-",
        "1,00",
        "1000,000",
        "k",
        "--5",
        "0b2",
    ] {
        assert_eq!(number_elsewhere(typed), None, "{typed}");
    }
}
