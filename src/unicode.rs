//! Which characters can be told from others when they are seen.

use unicode_normalization::{IsNormalized, is_nfc_quick};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

pub(crate) use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Why a character cannot be told from others, or from none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It acts on the terminal or ends the line.
    Control,
    /// It changes the character in front of it.
    Combining,
    /// Nobody can see it, or tell it from a space.
    Invisible,
}

impl Unusable {
    /// What such a character is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Control => "a control character",
            Self::Combining => "a combining mark",
            Self::Invisible => "an invisible character",
        }
    }
}

/// Why `char` cannot be told from others; nothing if it can.
pub(crate) fn unusable(char: char) -> Option<Unusable> {
    if char.is_ascii() {
        return char.is_ascii_control().then_some(Unusable::Control);
    }
    match char.general_category() {
        GeneralCategory::Control => Some(Unusable::Control),
        GeneralCategory::Format
        | GeneralCategory::SpaceSeparator
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => Some(Unusable::Invisible),
        _ if is_ignorable(char) => Some(Unusable::Invisible),
        _ if char.general_category_group() == GeneralCategoryGroup::Mark => {
            Some(Unusable::Combining)
        }
        _ if is_nfc_quick(std::iter::once(char)) == IsNormalized::Maybe => {
            Some(Unusable::Combining)
        }
        _ => None,
    }
}

/// Whether `char` leaves nothing to see, though its category does not say so: Default_Ignorable_Code_Point of Unicode's
/// DerivedCoreProperties.txt without the category Cf, and the empty pattern of Braille.
fn is_ignorable(char: char) -> bool {
    matches!(
        char,
        '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2065}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_seen_for_itself_is_usable() {
        for char in "aZ09 !~äßéñЖ你あ한½€→🎲".chars() {
            assert_eq!(unusable(char), None, "U+{:04X}", u32::from(char));
        }
        for (chars, reason) in [
            ("\0\t\n\u{7f}\u{85}", Unusable::Control),
            (
                "\u{301}\u{308}\u{20dd}\u{93e}\u{1161}\u{11a8}",
                Unusable::Combining,
            ),
            (
                "\u{a0}\u{ad}\u{200b}\u{200d}\u{2003}\u{2028}\u{2800}\u{3000}\u{3164}\u{fe0f}\u{feff}\u{e0041}",
                Unusable::Invisible,
            ),
        ] {
            for char in chars.chars() {
                assert_eq!(unusable(char), Some(reason), "U+{:04X}", u32::from(char));
            }
        }
    }
}
