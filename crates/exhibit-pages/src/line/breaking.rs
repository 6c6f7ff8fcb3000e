//! Steps from a paragraph to lines: a pass without hyphens, a pass with hyphens, the emergency pass, then the chosen
//! lines.

use std::ops::Range;

use exhibit_scene::{Fonts, MissingGlyph};

use super::fit::{self, Breakpoint, Measure};
use super::length::units;
use super::paragraph::Paragraph;
use super::text::{Line, TextRun};
use super::{breakpoints, build};

/// Least measure of justified text, in points: 200 for Chinese, 240 for other text. [`break_lines`] sets text ragged in
/// a narrower measure.
///
/// Few spaces share the slack of a short line. A Latin line needs about fifty letters, so that text in two columns of a
/// page is ragged. Chinese stretches beside each character.
#[must_use]
pub fn min_justified_width(text_runs: &[TextRun]) -> f64 {
    let chinese = |text_run: &TextRun| text_run.style.lang.starts_with("zh");
    if text_runs.iter().all(chinese) {
        200.0
    } else {
        240.0
    }
}

/// Lines of a paragraph, at most `width` points wide, justified or ragged. Empty text has no line.
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
    // Rounded down, so that no line ends beyond the width.
    let full = (width * 65536.0).floor() / 65536.0;
    let measure = if justified {
        Measure::justified(units(full))
    } else {
        Measure::ragged(units(full))
    };
    // Most cells and labels take one line, and a single line is always the cheapest choice.
    if let Some(end) = breakpoints::single_line_end(&paragraph, &measure) {
        let line = build::line(fonts, &paragraph, 0, (None, &end, true), &measure)?;
        return Ok(vec![line]);
    }
    let logical_lines = breakpoints::logical_lines(&paragraph);
    let fit = |measure: &Measure| -> Vec<(Vec<Breakpoint>, Vec<usize>)> {
        let logical_lines = logical_lines.iter();
        logical_lines
            .map(|logical_line| fit_logical_line(&paragraph, logical_line, measure))
            .collect()
    };
    let mut fitted = fit(&measure);
    let overstretched =
        logical_lines
            .iter()
            .zip(&fitted)
            .any(|(logical_line, (breakpoints, chosen))| {
                fit::overstretched(
                    paragraph.sum_to_line_start(logical_line.start),
                    breakpoints,
                    chosen,
                    &measure,
                )
            });
    let measure = if overstretched {
        Measure::ragged(measure.width)
    } else {
        measure
    };
    if overstretched {
        fitted = fit(&measure);
    }
    let mut lines = Vec::new();
    for (logical_line, (breakpoints, chosen)) in logical_lines.iter().zip(&fitted) {
        let mut from = None;
        for &index in chosen {
            let to = &breakpoints[index];
            let last = index + 1 == breakpoints.len();
            lines.push(build::line(
                fonts,
                &paragraph,
                logical_line.start,
                (from, to, last),
                &measure,
            )?);
            from = Some(to);
        }
    }
    Ok(lines)
}

/// Least width, to the point, at which ragged text takes as many lines as at `widths.end` points. Text of one line
/// gives `widths.end`.
///
/// # Errors
/// A character that no face has.
pub(crate) fn balance(
    fonts: &Fonts,
    text_runs: &[TextRun],
    widths: Range<f64>,
) -> Result<f64, MissingGlyph> {
    let paragraph = Paragraph::new(fonts, text_runs)?;
    let logical_lines = breakpoints::logical_lines(&paragraph);
    let lines = |width: f64| -> usize {
        let measure = Measure::ragged(units(width));
        let counts = logical_lines
            .iter()
            .map(|logical_line| fit_logical_line(&paragraph, logical_line, &measure).1.len());
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

/// Breakpoints of a logical line, and the indices of those chosen by the first pass that succeeds.
pub(super) fn fit_logical_line(
    paragraph: &Paragraph,
    logical_line: &breakpoints::LogicalLine,
    measure: &Measure,
) -> (Vec<Breakpoint>, Vec<usize>) {
    let first = paragraph.sum_to_line_start(logical_line.start);
    let breakpoints = breakpoints::unhyphenated(paragraph, logical_line, measure);
    if let Some(chosen) = fit::total_fit(first, &breakpoints, measure, measure.tolerance_plain()) {
        return (breakpoints, chosen.breaks);
    }
    let breakpoints = breakpoints::hyphenated(paragraph, logical_line, breakpoints);
    let careful = measure
        .tolerance_hyphens()
        .and_then(|tolerance| fit::total_fit(first, &breakpoints, measure, tolerance));
    let chosen = careful.unwrap_or_else(|| fit::emergency_fit(first, &breakpoints, measure));
    (breakpoints, chosen.breaks)
}
