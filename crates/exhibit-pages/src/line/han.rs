//! Chinese spacing: marks that take half their square, and air between Chinese and Latin.
//!
//! The rules are those of the requirements for Chinese layout (W3C clreq, 3.1.6): a full-width mark holds its ink in one half of
//! its square, so the other half may go at a line's edge and is shared between two marks.

use exhibit_scene::breaks::is_ideograph;

use super::fit::Glue;

/// What a cluster is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CharFrame {
    pub(super) class: CharClass,
    /// Size of its text, 1/65536 pt.
    pub(super) em: i64,
}

/// What a cluster is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharClass {
    /// A character of Chinese text.
    Ideograph,
    /// A full-width mark with ink on the left: 。，、；：）》.
    Closing,
    /// A full-width mark with ink on the right: （《.
    Opening,
    /// A letter or figure of other text, or a sign that belongs to one.
    Letter,
    /// A space, which vanishes at a line's end.
    Space,
    /// A space that no line ends at.
    NoBreakSpace,
    /// U+2028, which forces a line end and vanishes there.
    LineSeparator,
    /// All else.
    Other,
}

/// Full-width marks with their ink in the left half.
pub(super) const CLOSING: &str = "。，、；：）》」』】〉〕”’";
/// Full-width marks with their ink in the right half.
pub(super) const OPENING: &str = "（《「『【〈〔“‘";

impl CharClass {
    /// The class of a cluster with its text, width and text size.
    pub(super) fn new(text: &str, width: i64, em: i64) -> Self {
        match text {
            " " => return Self::Space,
            "\u{A0}" => return Self::NoBreakSpace,
            "\u{2028}" => return Self::LineSeparator,
            _ => {}
        }
        let ch = text.chars().next().unwrap_or(' ');
        let letter =
            || ch.is_alphanumeric() || matches!(ch, '%' | '°' | '+' | '$' | '€' | '£' | '¥');
        // Quotation marks exist in both families; only the Chinese ones are a full em wide.
        let full = width * 10 > em * 9;
        match ch {
            // Most text is ASCII, which holds no marks of Chinese.
            '\0'..='\x7F' if letter() => Self::Letter,
            '\0'..='\x7F' => Self::Other,
            _ if is_ideograph(ch) => Self::Ideograph,
            _ if full && CLOSING.contains(ch) => Self::Closing,
            _ if full && OPENING.contains(ch) => Self::Opening,
            _ if letter() => Self::Letter,
            _ => Self::Other,
        }
    }

    /// True for what vanishes at a line's end.
    pub(super) fn is_space(self) -> bool {
        matches!(self, Self::Space | Self::LineSeparator)
    }

    /// True for what has a gap to some neighbour: no two others have one.
    pub(super) fn is_chinese(self) -> bool {
        matches!(self, Self::Ideograph | Self::Closing | Self::Opening)
    }
}

impl CharFrame {
    /// How much of it goes at the begin of a line.
    pub(super) fn trim_start(self) -> i64 {
        if self.class == CharClass::Opening {
            self.em / 2
        } else {
            0
        }
    }

    /// How much of it goes at the end of a line.
    pub(super) fn trim_end(self) -> i64 {
        if self.class == CharClass::Closing {
            self.em / 2
        } else {
            0
        }
    }
}

/// What stands between two neighbours on a line.
pub(super) fn gap(left: CharFrame, right: CharFrame) -> Glue {
    let em = left.em;
    match (left.class, right.class) {
        // Of two white halves one is enough.
        (CharClass::Closing, CharClass::Closing | CharClass::Opening)
        | (CharClass::Opening, CharClass::Opening) => Glue {
            width: -em / 2,
            stretch: em / 25,
            shrink: 0,
        },
        (CharClass::Ideograph, CharClass::Letter) | (CharClass::Letter, CharClass::Ideograph) => {
            Glue {
                width: em / 4,
                stretch: em / 16,
                shrink: em / 8,
            }
        }
        (
            CharClass::Ideograph | CharClass::Closing | CharClass::Opening,
            CharClass::Ideograph | CharClass::Closing | CharClass::Opening,
        ) => Glue {
            width: 0,
            stretch: em / 25,
            shrink: 0,
        },
        _ => Glue::default(),
    }
}
