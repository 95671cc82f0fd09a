//! What a value goes through on its way to where it stands, as in `{{ KEY | url }}`.

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use crate::{
    chars::{CharSet, Shape},
    memory::{self, OutOfMemory},
};

/// How a value is written where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Filter {
    /// As it is.
    #[default]
    Plain,
    /// Percent-encoded, for a URL.
    Url,
    /// In standard base64, padded.
    Base64,
    /// As it is, whatever becomes of it.
    Raw,
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Whether `char` means itself anywhere in a URL: unreserved in RFC 3986.
fn is_unreserved(char: char) -> bool {
    char.is_ascii_alphanumeric() || "-._~".contains(char)
}

impl Filter {
    pub(super) fn by_name(name: &str) -> Option<Self> {
        match name {
            "url" => Some(Self::Url),
            "base64" => Some(Self::Base64),
            "raw" => Some(Self::Raw),
            _ => None,
        }
    }

    /// Whether it changes text.
    pub(super) fn changes(self) -> bool {
        matches!(self, Self::Url | Self::Base64)
    }

    /// What `text` becomes, in a buffer that never grew.
    ///
    /// # Errors
    /// There is too little memory.
    pub(super) fn apply(self, text: &[u8]) -> Result<Zeroizing<Vec<u8>>, OutOfMemory> {
        let mut filtered = Zeroizing::new(memory::vec(3 * text.len() + 4)?);
        match self {
            Self::Plain | Self::Raw => filtered.extend_from_slice(text),
            Self::Url => {
                for byte in text {
                    match is_unreserved((*byte).into()) {
                        true => filtered.push(*byte),
                        false => {
                            let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
                            filtered.extend_from_slice(&[b'%', digits[0], digits[1]]);
                        }
                    }
                }
            }
            Self::Base64 => {
                filtered.resize(text.len().div_ceil(3) * 4, 0);
                let length = STANDARD.encode_slice(text, &mut filtered);
                length.expect("four characters for each three bytes");
            }
        }
        Ok(filtered)
    }

    /// What texts of `shape` become.
    pub(super) fn shape(self, shape: &Shape) -> Shape {
        match self {
            Self::Plain | Self::Raw => shape.clone(),
            Self::Url => {
                let escaped = |set: &CharSet, digits: &[u8]| {
                    let kept = set.chars().filter(|char| is_unreserved(*char));
                    let mut escaped: CharSet = kept.collect();
                    if set.chars().any(|char| !is_unreserved(char)) {
                        (digits.iter().chain(b"%")).for_each(|byte| escaped.insert((*byte).into()));
                    }
                    escaped
                };
                Shape {
                    all: escaped(&shape.all, HEX),
                    first: escaped(&shape.first, b""),
                    ..*shape
                }
            }
            Self::Base64 => {
                // The first six bits of the first byte.
                let first = |char: char| {
                    let byte = char.encode_utf8(&mut [0; 4]).as_bytes()[0];
                    char::from(BASE64[usize::from(byte >> 2)])
                };
                let all = BASE64.iter().chain(b"=").map(|byte| char::from(*byte));
                Shape {
                    all: all.collect(),
                    first: shape.first.chars().map(first).collect(),
                    shortest: shape.shortest.div_ceil(3) * 4,
                    is_integer: false,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_filter_makes_has_the_shape_it_says() {
        let texts = ["", "a", "ab", "A1-._~", "ü/?#[]@", " %\u{7f}", "字=+", "\n"];
        for filter in [Filter::Plain, Filter::Raw, Filter::Url, Filter::Base64] {
            for text in texts {
                let made = filter.apply(text.as_bytes()).unwrap();
                // It had room from the start.
                assert!(made.capacity() >= 3 * text.len());
                let made = str::from_utf8(&made).unwrap();
                let shape = filter.shape(&Shape::of(text));
                assert!(made.chars().all(|char| shape.all.contains(char)), "{made}");
                assert!(
                    made.chars().take(1).all(|char| shape.first.contains(char)),
                    "{made}"
                );
                assert!(made.chars().count() >= shape.shortest, "{made}");
            }
        }
    }

    #[test]
    fn filters_are_those_of_the_standards() {
        for (filter, text, expected) in [
            (
                Filter::Url,
                "ü/?#[]@ %a-._~",
                "%C3%BC%2F%3F%23%5B%5D%40%20%25a-._~",
            ),
            (Filter::Base64, "f", "Zg=="),
            (Filter::Base64, "foobar", "Zm9vYmFy"),
            (Filter::Raw, "a b", "a b"),
        ] {
            assert_eq!(*filter.apply(text.as_bytes()).unwrap(), expected.as_bytes());
        }
        // A letter in front stays one: YAML takes it for no number.
        let letters = Filter::Base64.shape(&Shape::any('!'..='~', 24));
        assert!(letters.first.chars().all(|char| char.is_ascii_alphabetic()));
        assert_eq!(letters.shortest, 32);
    }
}
