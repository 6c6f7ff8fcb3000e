//! The road from a paragraph to lines: passes without and with hyphens, then the lines that they chose.

use std::ops::Range;

use exhibit_scene::{Fonts, MissingGlyph};

use super::fit::{self, Measure, Place};
use super::length::units;
use super::paragraph::Paragraph;
use super::text::{Line, TextRun};
use super::{breakpoints, build};

/// The measure in points below which text is ragged even where justified text was asked for: too few spaces share the slack. Latin text
/// wants some fifty letters a line, so that two columns of a page are ragged; Chinese gives way beside each character.
#[must_use]
pub fn min_justified_width(text_runs: &[TextRun]) -> f64 {
    let chinese = |text_run: &TextRun| text_run.style.lang.starts_with("zh");
    if text_runs.iter().all(chinese) {
        200.0
    } else {
        240.0
    }
}

/// Breaks a paragraph into lines `width` points wide. Empty text gives no line.
///
/// # Errors
/// A character that no face has.
pub fn break_lines(
    fonts: &Fonts,
    text_runs: &[TextRun],
    width: f64,
    justified: bool,
) -> Result<Vec<Line>, MissingGlyph> {
    let justified = justified && width >= min_justified_width(text_runs);
    let paragraph = Paragraph::new(fonts, text_runs)?;
    // Rounded down: no line may end beyond the width by a rounding.
    let full = (width * 65536.0).floor() / 65536.0;
    let measure = if justified {
        Measure::justified(units(full))
    } else {
        Measure::ragged(units(full))
    };
    // Most cells and labels are one line, and one line is always the cheapest way.
    if let Some(end) = breakpoints::only(&paragraph, &measure) {
        let line = build::line(fonts, &paragraph, 0, (None, &end, true), &measure)?;
        return Ok(vec![line]);
    }
    let parts = breakpoints::parts(&paragraph);
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
    text_runs: &[TextRun],
    widths: Range<f64>,
) -> Result<f64, MissingGlyph> {
    let paragraph = Paragraph::new(fonts, text_runs)?;
    let parts = breakpoints::parts(&paragraph);
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
pub(super) fn fit_part(
    paragraph: &Paragraph,
    part: &breakpoints::Part,
    measure: &Measure,
) -> (Vec<Place>, Vec<usize>) {
    let first = paragraph.opening(part.start);
    let places = breakpoints::plain(paragraph, part);
    if let Some(chosen) = fit::total(first, &places, measure, measure.tolerance_plain()) {
        return (places, chosen.breaks);
    }
    let places = breakpoints::with_hyphens(paragraph, part, places);
    let careful = measure
        .tolerance_hyphens()
        .and_then(|tolerance| fit::total(first, &places, measure, tolerance));
    let chosen = careful.unwrap_or_else(|| fit::last_resort(first, &places, measure));
    (places, chosen.breaks)
}
