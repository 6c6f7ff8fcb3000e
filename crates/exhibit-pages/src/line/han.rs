//! Chinese spacing: marks that take half their square, and air between Chinese and Latin.
//!
//! The rules are those of the requirements for Chinese layout (W3C clreq, 3.1.6): a full-width mark holds its ink in one half of
//! its square, so the other half may go at a line's edge and is shared between two marks.

use exhibit_scene::breaks::is_ideograph;

use super::fit::Sum;

/// What a cluster is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    kind: Kind,
    em: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A character of Chinese text.
    Ideograph,
    /// A full-width mark with ink on the left: 。，、；：）》.
    Closing,
    /// A full-width mark with ink on the right: （《.
    Opening,
    /// A letter or figure of other text, or a sign that belongs to one.
    Letter,
    /// All else.
    Other,
}

/// Full-width marks with their ink in the left half.
pub(super) const CLOSING: &str = "。，、；：）》」』】〉〕”’";
/// Full-width marks with their ink in the right half.
pub(super) const OPENING: &str = "（《「『【〈〔“‘";

impl Edge {
    /// The edge of a cluster with its text, width and text size.
    pub(super) fn new(text: &str, width: i64, em: i64) -> Self {
        let ch = text.chars().next().unwrap_or(' ');
        // Quotation marks exist in both families; only the Chinese ones are a full em wide.
        let full = width * 10 > em * 9;
        let kind = match ch {
            _ if is_ideograph(ch) => Kind::Ideograph,
            _ if full && CLOSING.contains(ch) => Kind::Closing,
            _ if full && OPENING.contains(ch) => Kind::Opening,
            _ if ch.is_alphanumeric() || matches!(ch, '%' | '°' | '+' | '$' | '€' | '£' | '¥') => {
                Kind::Letter
            }
            _ => Kind::Other,
        };
        Self { kind, em }
    }

    /// How much of it goes at the begin of a line.
    pub(super) fn trim_start(self) -> i64 {
        if self.kind == Kind::Opening {
            self.em / 2
        } else {
            0
        }
    }

    /// How much of it goes at the end of a line.
    pub(super) fn trim_end(self) -> i64 {
        if self.kind == Kind::Closing {
            self.em / 2
        } else {
            0
        }
    }
}

/// What stands between two neighbours on a line.
pub(super) fn gap(left: Edge, right: Edge) -> Sum {
    let em = left.em;
    match (left.kind, right.kind) {
        // Of two white halves one is enough.
        (Kind::Closing, Kind::Closing | Kind::Opening) | (Kind::Opening, Kind::Opening) => Sum {
            width: -em / 2,
            stretch: em / 25,
            shrink: 0,
        },
        (Kind::Ideograph, Kind::Letter) | (Kind::Letter, Kind::Ideograph) => Sum {
            width: em / 4,
            stretch: em / 16,
            shrink: em / 8,
        },
        (
            Kind::Ideograph | Kind::Closing | Kind::Opening,
            Kind::Ideograph | Kind::Closing | Kind::Opening,
        ) => Sum {
            width: 0,
            stretch: em / 25,
            shrink: 0,
        },
        _ => Sum::default(),
    }
}
