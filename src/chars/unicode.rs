//! Which characters can be told from others when they are seen.

use unicode_normalization::{IsNormalized, is_nfc_quick};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

pub(crate) use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Why a character cannot be told from others, or from none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It would act on the terminal or end the line.
    Control,
    /// It would change the character in front of it.
    Combining,
    /// It would change, or make one with, the emoji in front of it: a colour of skin, or half of a flag.
    Emoji,
    /// Nobody could see it, or tell it from a space.
    Invisible,
    /// Nobody knows what it looks like.
    Unassigned,
    /// Normalisation would replace it.
    Unnormalised,
}

impl Unusable {
    /// What such a character is called.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Control => "a control character",
            Self::Combining => "a combining mark",
            Self::Emoji => "a part of an emoji",
            Self::Invisible => "an invisible character",
            Self::Unassigned => "an unassigned character",
            Self::Unnormalised => "a character that normalisation replaces",
        }
    }
}

/// Why `char` cannot be told from others; nothing if it can.
#[inline]
pub(crate) fn unusable(char: char) -> Option<Unusable> {
    match char {
        ' '..='~' => None,
        _ if char.is_ascii() => Some(Unusable::Control),
        _ => unusable_beyond_ascii(char),
    }
}

fn unusable_beyond_ascii(char: char) -> Option<Unusable> {
    match char.general_category() {
        GeneralCategory::Control => return Some(Unusable::Control),
        _ if is_invisible(char) => return Some(Unusable::Invisible),
        GeneralCategory::Format
        | GeneralCategory::SpaceSeparator
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => return Some(Unusable::Invisible),
        GeneralCategory::Unassigned | GeneralCategory::PrivateUse => {
            return Some(Unusable::Unassigned);
        }
        _ if is_part_of_emoji(char) => return Some(Unusable::Emoji),
        _ if char.general_category_group() == GeneralCategoryGroup::Mark => {
            return Some(Unusable::Combining);
        }
        _ => {}
    }
    match is_nfc_quick(std::iter::once(char)) {
        IsNormalized::Yes => None,
        IsNormalized::Maybe => Some(Unusable::Combining),
        IsNormalized::No => Some(Unusable::Unnormalised),
    }
}

/// Whether nothing of `char` is to be seen, though its category does not say so: Default_Ignorable_Code_Point of
/// Unicode's DerivedCoreProperties.txt, the Braille blank, the null notehead and the object replacement character.
fn is_invisible(char: char) -> bool {
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
            | '\u{fffc}'
            | '\u{1d159}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Halves of flags, and colours of skin.
fn is_part_of_emoji(char: char) -> bool {
    matches!(char, '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_seen_for_itself_is_usable() {
        use Unusable::*;
        for (chars, reason) in [
            ("\0\t\n\u{7f}\u{85}", Control),
            ("\u{301}\u{308}\u{93e}\u{20dd}\u{1161}\u{11a8}", Combining),
            ("\u{1f3fd}\u{1f1e6}", Emoji),
            (
                "\u{ad}\u{200b}\u{200d}\u{202e}\u{2028}\u{fe0f}\u{feff}\u{e0041}",
                Invisible,
            ),
            (
                "\u{a0}\u{2003}\u{202f}\u{3000}\u{115f}\u{3164}\u{ffa0}\u{2800}",
                Invisible,
            ),
            ("\u{378}\u{e000}\u{ffff}\u{10fffd}", Unassigned),
            // KELVIN SIGN, OHM SIGN, a compatibility ideograph, GREEK OXIA.
            ("\u{212a}\u{2126}\u{f900}\u{1ffd}", Unnormalised),
        ] {
            for char in chars.chars() {
                assert_eq!(unusable(char), Some(reason), "{char:?}");
            }
        }
        for char in (' '..='~').chain("äßéñΩЖ漢你가あ한½€→😀🎲ﬁ²".chars()) {
            assert_eq!(unusable(char), None, "{char:?}");
        }
    }
}
