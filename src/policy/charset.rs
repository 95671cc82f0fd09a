//! Reading a set of characters that is written out.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// A set that is not clear. [`describe`](Self::describe) says so of the place where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadSet {
    /// It holds no character.
    Empty,
    /// A hyphen between two characters, which could be meant as a range.
    Range(char, char),
    /// A character that no password may hold.
    Unusable(char, Unusable),
}

/// What is wrong with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It would act on the terminal or end the line.
    Control,
    /// It would change the character in front of it.
    Combining,
    /// Nobody could see it.
    Invisible,
}

/// The characters of `set`.
pub(crate) fn read(set: &str) -> Result<Vec<char>, BadSet> {
    let chars: Vec<char> = set.chars().collect();
    if chars.is_empty() {
        return Err(BadSet::Empty);
    }
    for &char in &chars {
        if let Some(reason) = unusable(char) {
            return Err(BadSet::Unusable(char, reason));
        }
    }
    match chars.windows(3).find(|three| three[1] == '-') {
        Some(&[from, _, to]) => Err(BadSet::Range(from, to)),
        _ => Ok(chars),
    }
}

fn unusable(char: char) -> Option<Unusable> {
    match char.general_category() {
        GeneralCategory::Control => Some(Unusable::Control),
        GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => Some(Unusable::Invisible),
        _ if char.general_category_group() == GeneralCategoryGroup::Mark => {
            Some(Unusable::Combining)
        }
        _ => None,
    }
}

impl BadSet {
    /// What is wrong with the set of `place`.
    pub(crate) fn describe(&self, place: &str) -> String {
        match self {
            Self::Empty => format!("the set of {place} is empty"),
            Self::Range(from, to) => format!(
                "`{from}-{to}` in {place} could mean the range from {from} to {to}, \
                 or the three characters {from}, - and {to}"
            ),
            Self::Unusable(char, reason) => {
                let what = match reason {
                    Unusable::Control => "a control character",
                    Unusable::Combining => "a combining mark",
                    Unusable::Invisible => "an invisible character",
                };
                format!("{place} holds U+{:04X}, {what}", u32::from(*char))
            }
        }
    }

    /// What would do.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "name the characters",
            Self::Range(..) => {
                "ranges are not read: write every character out, and a hyphen that is meant first or last"
            }
            Self::Unusable(_, Unusable::Combining) => {
                "leave it out, or use the character that has it built in"
            }
            Self::Unusable(..) => "leave it out",
        }
    }
}
