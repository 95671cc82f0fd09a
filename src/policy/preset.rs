//! Policies to begin with.

use clap::ValueEnum;

use super::{Class, Edge};

/// Characters that are taken for one another in print: 0 and O, and 1, l, I and |.
pub(crate) const LOOKALIKES: &str = "0O1lI|";

/// A policy to begin with, as the help of `password` describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Preset {
    /// A-Za-z0-9-_. in a form that needs no quotes in shells, YAML, .env files and URLs
    Safe,
    /// A-Za-z0-9
    Alnum,
    /// All 94 printable ASCII characters
    Full,
    /// 6 digits, 19.9 bits: only where guesses are rate-limited
    Pin,
}

impl Preset {
    /// Length where none is asked for, in characters.
    pub(crate) fn length(self) -> u64 {
        match self {
            Self::Safe | Self::Alnum | Self::Full => 24,
            Self::Pin => 6,
        }
    }

    /// How many of the class there are at least; nothing, if there are none.
    pub(crate) fn minimum(self, class: Class) -> Option<u64> {
        match (self, class) {
            (Self::Safe | Self::Full, _) => Some(1),
            (Self::Alnum, Class::Symbol) => None,
            (Self::Alnum, _) => Some(1),
            (Self::Pin, Class::Digit) => Some(0),
            (Self::Pin, _) => None,
        }
    }

    /// The characters of the class.
    pub(crate) fn chars(self, class: Class) -> &'static str {
        match (class, self) {
            (Class::Upper, _) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            (Class::Lower, _) => "abcdefghijklmnopqrstuvwxyz",
            (Class::Digit, _) => "0123456789",
            (Class::Symbol, Self::Full) => "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
            // They keep their meaning to themselves in shells, configuration files and URLs.
            (Class::Symbol, Self::Safe | Self::Alnum | Self::Pin) => "-_.",
        }
    }

    /// What the first and the last character are.
    pub(crate) fn edges(self) -> (Edge, Edge) {
        match self {
            Self::Safe => (Edge::Letter, Edge::Alnum),
            Self::Alnum | Self::Full | Self::Pin => (Edge::Any, Edge::Any),
        }
    }
}
