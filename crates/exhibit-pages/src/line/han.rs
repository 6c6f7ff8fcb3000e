//! Chinese spacing: punctuation of half a character frame, and white space between Chinese and Latin.
//!
//! The rules follow the Requirements for Chinese Text Layout (W3C clreq, 3.1.6). A full-width mark has its ink in one
//! half of its frame. The other half may vanish at the edge of a line, and two neighbours share one half.

use exhibit_scene::breaks::is_ideograph;

use super::fit::Glue;

/// Character frame of a cluster: what spacing rules depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CharFrame {
    /// Class of the cluster.
    pub(super) class: CharClass,
    /// Size of the text, in 1/65536 pt.
    pub(super) em: i64,
}

/// Class of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharClass {
    /// Character of Chinese text.
    Ideograph,
    /// Full-width mark with ink at the left: 。，、；：）》.
    Closing,
    /// Full-width mark with ink at the right: （《.
    Opening,
    /// Letter or figure of other text, or a sign that belongs to a number.
    Letter,
    /// Space. A space at the end of a line has no width.
    Space,
    /// Space at which no line ends.
    NoBreakSpace,
    /// U+2028, which forces a line end and has no width there.
    LineSeparator,
    /// Any other cluster.
    Other,
}

/// Full-width marks with ink in the left half.
pub(super) const CLOSING: &str = "。，、；：）》」』】〉〕”’";
/// Full-width marks with ink in the right half.
pub(super) const OPENING: &str = "（《「『【〈〔“‘";

impl CharClass {
    /// Class of a cluster of text. `width` and `em` are in 1/65536 pt.
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
        // Chinese and Latin text share quotation marks, but only the Chinese ones are a full em wide.
        let full = width * 10 > em * 9;
        match ch {
            // Most text is ASCII, which holds no Chinese marks.
            '\0'..='\x7F' if letter() => Self::Letter,
            '\0'..='\x7F' => Self::Other,
            _ if is_ideograph(ch) => Self::Ideograph,
            _ if full && CLOSING.contains(ch) => Self::Closing,
            _ if full && OPENING.contains(ch) => Self::Opening,
            _ if letter() => Self::Letter,
            _ => Self::Other,
        }
    }

    /// True for a cluster without width at the end of a line.
    pub(super) fn is_space(self) -> bool {
        matches!(self, Self::Space | Self::LineSeparator)
    }

    /// True for a class with a gap beside some neighbours. Two clusters of other classes have no gap.
    pub(super) fn is_chinese(self) -> bool {
        matches!(self, Self::Ideograph | Self::Closing | Self::Opening)
    }
}

impl CharFrame {
    /// Width to remove at the start of a line, in 1/65536 pt.
    pub(super) fn trim_start(self) -> i64 {
        if self.class == CharClass::Opening {
            self.em / 2
        } else {
            0
        }
    }

    /// Width to remove at the end of a line, in 1/65536 pt.
    pub(super) fn trim_end(self) -> i64 {
        if self.class == CharClass::Closing {
            self.em / 2
        } else {
            0
        }
    }
}

/// Glue between two neighbours on a line.
pub(super) fn gap(left: CharFrame, right: CharFrame) -> Glue {
    let em = left.em;
    match (left.class, right.class) {
        // Two neighbours share one empty half.
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
