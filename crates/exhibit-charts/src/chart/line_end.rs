//! Line-end labels: the name of each line with its last value.

use exhibit_facts::facts::{Chart, Series};
use exhibit_scene::MissingGlyph;

use crate::draw::Canvas;
use crate::guide::text::{Anchor, TextBlock};
use crate::scale::{ends, value_of};
use crate::style::{ChartStyle, value_label};

/// True where a line has a name at its end.
pub(super) fn is_named(chart: &Chart, series: &Series) -> bool {
    !series.label.is_empty() && (chart.series.len() > 1 || series.named)
}

/// Name and last value at the end of a line: on one line of text where both fit, else on two.
pub(super) struct LineEndLabel {
    name: TextBlock,
    number: TextBlock,
    /// Gap between name and number on one line, in points. `None` where the number stands below.
    beside: Option<f64>,
    /// Value beside which the label stands.
    pub(super) at: f64,
}

impl LineEndLabel {
    /// Width of the label, in points.
    pub(super) fn width(&self) -> f64 {
        match self.beside {
            Some(gap) => self.name.width + gap + self.number.width,
            None => self.name.width.max(self.number.width),
        }
    }

    /// Height of the label, in points.
    pub(super) fn height(&self) -> f64 {
        match self.beside {
            Some(_) => self.number.height(),
            None => self.name.height() + self.number.height(),
        }
    }
}

/// Labels of all lines that have a name or a value, at most `widest` points wide. `middle` is the value beside which
/// the label of a line without values stands.
pub(super) fn line_end_labels(
    style: &ChartStyle,
    chart: &Chart,
    middle: f64,
    widest: f64,
) -> Result<Vec<LineEndLabel>, MissingGlyph> {
    let mut labels = Vec::new();
    for series in &chart.series {
        let paragraph = style.label().colored(style.text_color(series.role));
        let name = if is_named(chart, series) {
            series.label.as_str()
        } else {
            ""
        };
        let known = series
            .data
            .iter()
            .flatten()
            .rev()
            .find_map(|datum| Some((datum, value_of(datum)?)));
        let (datum, at) = match known {
            Some((datum, value)) => {
                let (low, high) = ends(&value.shape, chart.exponent);
                (datum, (low + high) / 2.0)
            }
            // A line without a value has no position. Its label says that there is none.
            None if !name.is_empty() => match series.data.iter().flatten().next() {
                Some(datum) => (datum, middle),
                None => continue,
            },
            None => continue,
        };
        let number = if known.is_some() {
            paragraph.bold()
        } else {
            paragraph.colored(style.colors.grey)
        };
        // A reference line for the same fact carries the number already.
        let mut references = chart.references.iter();
        let on_reference = references.any(|reference| reference.datum.fact == datum.fact);
        if on_reference && name.is_empty() {
            continue;
        }
        let words = if on_reference {
            String::new()
        } else {
            value_label(datum)
        };
        let number = TextBlock::single(style, &words, &number)?;
        let name = TextBlock::wrapped(style, name, &paragraph, widest)?;
        let gap = if name.count() == 0 {
            0.0
        } else {
            style.tokens.gap
        };
        let fits =
            number.count() > 0 && name.count() <= 1 && name.width + gap + number.width <= widest;
        labels.push(LineEndLabel {
            name,
            number,
            beside: fits.then_some(gap),
            at,
        });
    }
    Ok(labels)
}

/// Draws the labels. `left` is their left edge, and `middles` are their middles in points.
pub(super) fn draw_line_end_labels(
    canvas: &Canvas,
    labels: &[LineEndLabel],
    left: f64,
    middles: &[f64],
) {
    canvas.group("label", || {
        for (label, middle) in labels.iter().zip(middles) {
            let top = middle - label.height() / 2.0;
            label.name.draw(canvas, left, top, Anchor::Start);
            match label.beside {
                Some(gap) => {
                    let right = left + label.name.width + gap;
                    label.number.draw(canvas, right, top, Anchor::Start);
                }
                None => {
                    let below = top + label.name.height();
                    label.number.draw(canvas, left, below, Anchor::Start);
                }
            }
        }
    });
}
