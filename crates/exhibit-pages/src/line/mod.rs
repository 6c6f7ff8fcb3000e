//! A paragraph into lines: total fit, justified or ragged, in English, German and Chinese.
//!
//! [`set`] takes stretches of styled text and gives lines of shaped runs. It knows nothing of prose, pages or structure:
//! a stretch carries the caller's index of a leaf, and each line gives its runs back grouped by it. Leading, widows and
//! orphans are the flow's business.
//!
//! What a caller can rely on:
//! - White space is collapsed to single spaces, and dropped at both ends of the paragraph; U+2028 forces a line end.
//! - No line is wider than `width`, unless one unbreakable word is. Justified lines end exactly at it, except the last; a paragraph
//!   in which spaces would be twice as wide for it, beside a long address for instance, is ragged.
//! - The space at a line's end stays in its run as a glyph without advance, and a hyphen that breaks a word is a run of
//!   its own with the text U+00AD: what a reader copies keeps its words.
//! - A word is hyphenated only where the paragraph does not fit otherwise; never a name, a number or a stretch that is [`Stretch::whole`].
//! - Lengths are counted in 1/65536 pt, so that no platform rounds differently.
//!
//! ```
//! use exhibit_pages::line::{Line, Stretch, set};
//! use exhibit_scene::{Fonts, Theme};
//! let style = Theme::standard().text(9.6);
//! let text = "Deliveries passed 10,000 a month in June and July.".to_owned();
//! let stretch = Stretch { text, style, leaf: 0, rise: 0.0, whole: false };
//! let lines = set(&Fonts::builtin(), &[stretch], 120.0, false).unwrap();
//! assert!(lines.len() > 1 && lines.iter().all(|line| line.width() <= 120.0));
//! assert_eq!(lines.iter().map(Line::text).collect::<String>(), "Deliveries passed 10,000 a month in June and July.");
//! ```
//!
//! Reading order: this file, `boxes`, `han`, `places`, `fit`, `build`.

mod boxes;
mod build;
mod fit;
mod han;
mod places;
#[cfg(test)]
mod tests;

use std::ops::Range;

use exhibit_scene::{Fonts, GlyphRun, MissingGlyph, TextStyle};

use boxes::Paragraph;
use fit::{Measure, Place};

/// A stretch of text of one style and one leaf of the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// What it says.
    pub text: String,
    /// How it is set. Its language decides the hyphens.
    pub style: TextStyle,
    /// The leaf it fills, by the caller's count.
    pub leaf: usize,
    /// How far it is raised above the baseline, in points. No line begins with a raised stretch.
    pub rise: f64,
    /// No word in it is hyphenated: links, code.
    pub whole: bool,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces from left to right.
    pub pieces: Vec<Piece>,
    /// Highest ascent of its stretches above the baseline, in points.
    pub ascent: f64,
    /// Lowest descent below the baseline, positive.
    pub descent: f64,
}

/// Neighbouring runs of one leaf on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The leaf it fills.
    pub leaf: usize,
    /// Its left end on the line. Less than 0 where an opening Chinese mark hangs its white half out.
    pub x: f64,
    /// How far it is raised.
    pub rise: f64,
    /// Its width; the space at the line's end has none.
    pub width: f64,
    /// Its runs from its left end, in reading order.
    pub runs: Vec<(f64, GlyphRun)>,
}

impl Line {
    /// Where its ink ends, in points from the left edge of the measure.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.pieces
            .last()
            .map_or(0.0, |piece| piece.x + piece.width)
    }

    /// What it says, with the space or soft hyphen at its end.
    #[must_use]
    pub fn text(&self) -> String {
        let runs = self.pieces.iter().flat_map(|piece| &piece.runs);
        runs.map(|(_, run)| &*run.text).collect()
    }
}

/// The measure in points below which text is ragged even where justified text was asked for: too few spaces share the slack. Latin text
/// wants some fifty letters a line, so that two columns of a page are ragged; Chinese gives way beside each character.
#[must_use]
pub fn narrowest_justified(stretches: &[Stretch]) -> f64 {
    let chinese = |stretch: &Stretch| stretch.style.lang.starts_with("zh");
    if stretches.iter().all(chinese) {
        200.0
    } else {
        240.0
    }
}

/// Breaks a paragraph into lines `width` points wide. Empty text gives no line.
///
/// # Errors
/// A character that no face has.
pub fn set(
    fonts: &Fonts,
    stretches: &[Stretch],
    width: f64,
    justified: bool,
) -> Result<Vec<Line>, MissingGlyph> {
    let justified = justified && width >= narrowest_justified(stretches);
    let paragraph = Paragraph::new(fonts, stretches)?;
    // Rounded down: no line may end beyond the width by a rounding.
    let full = (width * 65536.0).floor() / 65536.0;
    let measure = if justified {
        Measure::justified(units(full))
    } else {
        Measure::ragged(units(full))
    };
    // Most cells and labels are one line, and one line is always the cheapest way.
    if let Some(end) = places::only(&paragraph, &measure) {
        let line = build::line(fonts, &paragraph, 0, (None, &end, true), &measure)?;
        return Ok(vec![line]);
    }
    let parts = places::parts(&paragraph);
    let fit = |measure: &Measure| -> Vec<(Vec<Place>, Vec<usize>)> {
        let parts = parts.iter();
        parts
            .map(|part| fit_part(&paragraph, part, measure))
            .collect()
    };
    let mut fitted = fit(&measure);
    let uneven = parts.iter().zip(&fitted).any(|(part, (places, chosen))| {
        fit::uneven(paragraph.opening(part.start), places, chosen, &measure)
    });
    let measure = if uneven {
        Measure::ragged(measure.width)
    } else {
        measure
    };
    if uneven {
        fitted = fit(&measure);
    }
    let mut lines = Vec::new();
    for (part, (places, chosen)) in parts.iter().zip(&fitted) {
        let mut from = None;
        for &index in chosen {
            let to = &places[index];
            let last = index + 1 == places.len();
            lines.push(build::line(
                fonts,
                &paragraph,
                part.start,
                (from, to, last),
                &measure,
            )?);
            from = Some(to);
        }
    }
    Ok(lines)
}

/// The least width, to the point, in which ragged text takes no more lines than in the widest; that one for text of one line.
///
/// # Errors
/// A character that no face has.
pub(crate) fn balance(
    fonts: &Fonts,
    stretches: &[Stretch],
    widths: Range<f64>,
) -> Result<f64, MissingGlyph> {
    let paragraph = Paragraph::new(fonts, stretches)?;
    let parts = places::parts(&paragraph);
    let lines = |width: f64| -> usize {
        let measure = Measure::ragged(units(width));
        let counts = parts
            .iter()
            .map(|part| fit_part(&paragraph, part, &measure).1.len());
        counts.sum()
    };
    let (mut least, mut most) = (widths.start, widths.end);
    let count = lines(most);
    while count > 1 && most - least > 1.0 {
        let middle = f64::midpoint(least, most);
        if lines(middle) > count {
            least = middle;
        } else {
            most = middle;
        }
    }
    Ok(most)
}

/// The places of a part, and the best ones by the first pass that succeeds.
fn fit_part(
    paragraph: &Paragraph,
    part: &places::Part,
    measure: &Measure,
) -> (Vec<Place>, Vec<usize>) {
    let first = paragraph.opening(part.start);
    let places = places::plain(paragraph, part);
    if let Some(chosen) = fit::total(first, &places, measure, measure.tolerance_plain()) {
        return (places, chosen.breaks);
    }
    let places = places::with_hyphens(paragraph, part, places);
    let careful = measure
        .tolerance_hyphens()
        .and_then(|tolerance| fit::total(first, &places, measure, tolerance));
    let chosen = careful.unwrap_or_else(|| fit::last_resort(first, &places, measure));
    (places, chosen.breaks)
}

/// Lengths in 1/65536 pt.
#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths on paper are far below 2^47 pt"
)]
fn units(points: f64) -> i64 {
    // To the nearest, without the call that `round` is where no instruction does it.
    let scaled = points * 65536.0;
    (scaled + 0.5_f64.copysign(scaled)) as i64
}

/// Lengths in points; exact, as the divisor is a power of two.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths on paper are far below 2^53 units"
)]
fn points(units: i64) -> f64 {
    units as f64 / 65536.0
}
