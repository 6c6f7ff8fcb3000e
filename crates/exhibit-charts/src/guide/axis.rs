//! Axes: grid lines with tick labels, the zero line, and the steps of labels below bands.

use exhibit_facts::facts::Chart;
use exhibit_facts::format;
use exhibit_scene::{MissingGlyph, Stroke};

use super::text::{Anchor, TextBlock};
use crate::draw::{Canvas, PlotArea};
use crate::scale::Scale;
use crate::scale::ticks::Ticks;
use crate::style::ChartStyle;

/// Largest number of grid lines.
pub(crate) const MAX_GRID_LINES: i64 = 5;

/// Least distance of two tick labels, in leadings.
const MIN_TICK_LEADINGS: f64 = 0.9;

/// Tick labels of an axis, shaped.
pub(crate) struct TickLabels {
    lines: Vec<(f64, TextBlock)>,
    /// Width of the widest label, in points.
    pub(crate) width: f64,
}

impl TickLabels {
    /// Labels of some ticks, with a per cent sign where the chart's unit is one.
    pub(crate) fn new(
        style: &ChartStyle,
        chart: &Chart,
        ticks: &Ticks,
    ) -> Result<Self, MissingGlyph> {
        let sign = if chart.unit == "%" { "%" } else { "" };
        let mut lines = Vec::new();
        for (value, mantissa) in ticks.each() {
            let number = format::tick(style.language, mantissa, ticks.exponent);
            let text = format!("{number}{sign}");
            lines.push((value, TextBlock::single(style, &text, &style.tick())?));
        }
        let width = lines
            .iter()
            .map(|(_, lines)| lines.width)
            .fold(0.0, f64::max);
        Ok(Self { lines, width })
    }

    /// True where no label touches its neighbour on a scale.
    pub(crate) fn are_apart(&self, style: &ChartStyle, y: Scale) -> bool {
        let least = style.tick().leading * MIN_TICK_LEADINGS;
        let places = self.lines.iter().map(|(value, _)| y.map(*value));
        let places: Vec<f64> = places.collect();
        places
            .windows(2)
            .all(|pair| (pair[1] - pair[0]).abs() >= least)
    }

    /// Draws the grid lines of a vertical axis across the plot area. The tick labels end at `right`, in points of the
    /// canvas.
    pub(crate) fn draw_vertical(
        &self,
        style: &ChartStyle,
        canvas: &Canvas,
        plot: &PlotArea,
        right: f64,
    ) {
        let t = &style.tokens;
        canvas.group("axis", || {
            for (value, lines) in &self.lines {
                let zero = *value == 0.0;
                let (color, width) = if zero {
                    (style.colors.rule, t.zero)
                } else {
                    (style.colors.grid, t.hairline)
                };
                let (from, to) = plot.x.domain;
                plot.line(vec![(from, *value), (to, *value)], color, width);
                lines.draw_beside(canvas, right, plot.y.map(*value), Anchor::End);
            }
        });
    }
}

/// Draws the dark line at value zero, which bars grow from.
pub(crate) fn zero_line(
    style: &ChartStyle,
    canvas: &Canvas,
    from: exhibit_scene::Point,
    to: exhibit_scene::Point,
) {
    let stroke = Stroke::solid(style.colors.rule, style.tokens.zero);
    canvas.group("axis", || canvas.line(from, to, stroke));
}

/// Number of bands per label, where both the first and the last band have one. `band_width` is the width of a band and
/// `widest` the width of a label, in points. `None` where every label fits its band, or where no step up to 6 divides
/// the bands.
pub(crate) fn label_step_with_ends(count: usize, band_width: f64, widest: f64) -> Option<usize> {
    if band_width >= widest {
        return None;
    }
    (2..=6).find(|step| *step as f64 * band_width >= widest && (count - 1).is_multiple_of(*step))
}

/// Number of bands per label where not every label fits its band. The number is odd, so that a label stands at a
/// middle band.
pub(crate) fn odd_label_step(count: usize, band_width: f64, widest: f64) -> usize {
    let odd = if count.is_multiple_of(2) {
        count.saturating_sub(1)
    } else {
        count
    };
    [1, 3, 5, 7, 9, 11, 13, 15, 25, 51, 101]
        .into_iter()
        .find(|step| *step as f64 * band_width >= widest)
        .map_or(odd, |step| step.min(odd))
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::label_step_with_ends;

    #[test]
    fn names_at_both_ends_stand_in_even_steps() {
        // Seventeen years, with a label as wide as a band and a half: every second year.
        assert_eq!(label_step_with_ends(17, 20.0, 30.0), Some(2));
        // Twelve bands have no step but eleven, which is too large.
        assert_eq!(label_step_with_ends(12, 20.0, 30.0), None);
        // Three of the fifteen steps are wide enough, two are not.
        assert_eq!(label_step_with_ends(16, 10.0, 30.0), Some(3));
        // Labels that fit stay out of this rule.
        assert_eq!(label_step_with_ends(17, 30.0, 30.0), None);
    }
}
