//! Reference lines across the plot, such as targets and averages, with their names.

use exhibit_facts::facts::{Chart, Reference};
use exhibit_facts::quantity::Shape;
use exhibit_scene::{MissingGlyph, Point, Rect, Stroke};

use super::dodge::{LabelRequest, dodge_unsorted_labels};
use super::text::{Anchor, TextBlock};
use crate::draw::Canvas;
use crate::mark::slot::{BandSlot, Orientation};
use crate::mark::style::line_style;
use crate::scale::fit::BarEnd;
use crate::scale::{Scale, ends, value_of, whole_ends};
use crate::style::{ChartStyle, value_label};

/// Reference lines of a chart, with their texts shaped.
pub(crate) struct References<'a> {
    entries: Vec<Entry<'a>>,
    orientation: Orientation,
    /// Points for the names, right of a plot with a vertical scale or above a plot with a horizontal one. 0 without
    /// references.
    pub(crate) margin: f64,
}

/// One reference line with its texts and its numbers.
struct Entry<'a> {
    reference: &'a Reference,
    shape: &'a Shape,
    low: f64,
    high: f64,
    /// Both ends, the interval of an estimate included.
    whole: (f64, f64),
    name: TextBlock,
    number: TextBlock,
}

impl<'a> References<'a> {
    /// Reference lines of a chart that is `width` points wide. `orientation` is the axis of the values.
    pub(crate) fn new(
        style: &ChartStyle,
        chart: &'a Chart,
        orientation: Orientation,
        width: f64,
    ) -> Result<Self, MissingGlyph> {
        let gap = style.tokens.gap;
        let mut entries = Vec::new();
        // Names above a plot stand side by side and share its width.
        let count = chart.references.len().max(1) as f64;
        let widest = match orientation {
            Orientation::Vertical => width * 0.3,
            Orientation::Horizontal => (width * 0.3).min(width * 0.6 / count - 2.0 * gap),
        };
        for reference in &chart.references {
            // A reference without a value draws no line. The list of figures gives the reason.
            let Some(value) = value_of(&reference.datum) else {
                continue;
            };
            let (low, high) = ends(&value.shape, chart.exponent);
            let paragraph = style.label();
            entries.push(Entry {
                reference,
                shape: &value.shape,
                low,
                high,
                whole: whole_ends(&value.shape, chart.exponent),
                name: TextBlock::balanced(style, &reference.label, &paragraph, widest)?,
                number: TextBlock::single(
                    style,
                    &value_label(&reference.datum),
                    &paragraph.bold(),
                )?,
            });
        }
        let margin = match orientation {
            Orientation::Vertical => entries
                .iter()
                .map(|entry| entry.name.width.max(entry.number.width) + 2.0 * gap)
                .fold(0.0, f64::max),
            Orientation::Horizontal => entries
                .iter()
                .map(|entry| entry.name.height() + entry.number.height() + gap)
                .fold(0.0, f64::max),
        };
        Ok(Self {
            entries,
            orientation,
            margin,
        })
    }

    /// Smallest and largest number of all references. `None` without references.
    pub(crate) fn extent(&self) -> Option<(f64, f64)> {
        self.entries
            .iter()
            .map(|entry| entry.whole)
            .reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
    }

    /// Smallest and largest number as ends of bars, with `padding` points beyond each.
    pub(crate) fn bar_ends(&self, padding: f64) -> impl Iterator<Item = BarEnd> {
        let ends = self.extent().into_iter();
        ends.flat_map(|(low, high)| [low, high])
            .map(move |value| BarEnd {
                value,
                below: value < 0.0,
                padding,
            })
    }

    /// Draws what lies under the marks: the shade on the open side of a bound, and the span of a range. `across` are
    /// both ends of the lines, in points.
    pub(crate) fn draw_under_marks(
        &self,
        style: &ChartStyle,
        canvas: &Canvas,
        scale: Scale,
        across: (f64, f64),
    ) {
        let slot = BandSlot {
            orientation: self.orientation,
            across,
        };
        let away = if scale.range.1 >= scale.range.0 {
            1.0
        } else {
            -1.0
        };
        let pale = style.pale(style.colors.neutral);
        let side = away * style.tokens.soft;
        let shade = |from: f64, to: f64| slot.fade(from, to, pale, style.colors.paper);
        for entry in &self.entries {
            let (low, high) = (scale.map(entry.low), scale.map(entry.high));
            let item = match entry.shape {
                Shape::Exact(_) => continue,
                Shape::MoreThan(_) | Shape::AtLeast(_) => shade(high, high + side),
                Shape::LessThan(_) | Shape::AtMost(_) => shade(low, low - side),
                Shape::Range { .. } => slot.filled(low, high, pale),
                Shape::Estimate { .. } => {
                    let (from, to) = entry.whole;
                    slot.filled(scale.map(from), scale.map(to), pale)
                }
            };
            canvas.group("reference", || canvas.item(Point::ZERO, item));
        }
    }

    /// Height of all names under each other, in points.
    pub(crate) fn height(&self) -> f64 {
        self.entries
            .iter()
            .map(|entry| entry.name.height() + entry.number.height())
            .sum()
    }

    /// Left end of the names above a plot whose marks lie between `left` and `right`. The names stand over the marks
    /// where all fit there, else also over the names of the rows. `None` where they do not fit.
    pub(crate) fn names_begin(&self, style: &ChartStyle, left: f64, right: f64) -> Option<f64> {
        let sizes = self
            .entries
            .iter()
            .map(|entry| self.label_size(style, entry));
        let begin = left.min(right - sizes.sum::<f64>());
        (begin >= 0.0).then_some(begin)
    }

    /// Requests of the names along the scale, in the order of the chart's references.
    pub(crate) fn requests(&self, style: &ChartStyle, scale: Scale) -> Vec<LabelRequest> {
        self.entries
            .iter()
            .map(|entry| LabelRequest {
                at: (scale.map(entry.low) + scale.map(entry.high)) / 2.0,
                size: self.label_size(style, entry),
            })
            .collect()
    }

    /// Points that the name and the number of a line take along the scale.
    fn label_size(&self, style: &ChartStyle, entry: &Entry) -> f64 {
        match self.orientation {
            Orientation::Vertical => entry.name.height() + entry.number.height(),
            Orientation::Horizontal => {
                entry.name.width.max(entry.number.width) + 2.0 * style.tokens.gap
            }
        }
    }

    /// Draws the lines from end to end of `across`. The names stand in a row above the plot, apart from each other
    /// between the ends of `along`.
    pub(crate) fn draw_with_names_above(
        &self,
        style: &ChartStyle,
        canvas: &Canvas,
        scale: Scale,
        across: (f64, f64),
        along: (f64, f64),
    ) {
        let middles = dodge_unsorted_labels(&self.requests(style, scale), along.0, along.1);
        let names = across.0 - style.tokens.gap / 2.0;
        self.draw(style, canvas, scale, across, names, &middles);
    }

    /// Draws the lines from end to end of `across`, in points. The names stand around `middles` along the scale.
    /// `names` is the left edge of the column beside the plot, or the bottom edge of the row above the plot.
    pub(crate) fn draw(
        &self,
        style: &ChartStyle,
        canvas: &Canvas,
        scale: Scale,
        across: (f64, f64),
        names: f64,
        middles: &[f64],
    ) {
        for (entry, &middle) in self.entries.iter().zip(middles) {
            let datum = &entry.reference.datum;
            let label = format!("{}: {}", entry.reference.label, datum.forms.spoken);
            canvas.mark(&datum.address, label, || {
                self.draw_line(style, canvas, entry, scale, across);
                match self.orientation {
                    Orientation::Vertical => {
                        let top = middle - self.label_size(style, entry) / 2.0;
                        entry.name.draw(canvas, names, top, Anchor::Start);
                        let below = top + entry.name.height();
                        entry.number.draw(canvas, names, below, Anchor::Start);
                    }
                    Orientation::Horizontal => {
                        let top = names - entry.name.height() - entry.number.height();
                        entry.name.draw(canvas, middle, top, Anchor::Middle);
                        let below = top + entry.name.height();
                        entry.number.draw(canvas, middle, below, Anchor::Middle);
                    }
                }
            });
        }
    }

    /// Draws a line, with gaps where texts stand.
    fn draw_line(
        &self,
        style: &ChartStyle,
        canvas: &Canvas,
        entry: &Entry,
        scale: Scale,
        across: (f64, f64),
    ) {
        let slot = BandSlot {
            orientation: self.orientation,
            across,
        };
        let (low, high) = (scale.map(entry.low), scale.map(entry.high));
        let stroke = line_style(
            style,
            entry.reference.datum.status,
            Stroke::solid(style.colors.ink, style.tokens.edge),
        );
        let mut positions = vec![low];
        if high != low {
            positions.push(high);
        }
        let texts = canvas.texts();
        let white = style.tokens.gap / 3.0;
        canvas.group("reference", || {
            for position in positions {
                for across in clear_pieces(&slot, position, white, &texts) {
                    let piece = BandSlot { across, ..slot };
                    canvas.item(Point::ZERO, piece.tick(position, 0.0, stroke.clone()));
                }
            }
        });
    }
}

/// The pieces of a line across `slot` at `position` that no text interrupts, with `white` points around each text. A
/// piece shorter than that white is a speck and is left out.
pub(crate) fn clear_pieces(
    slot: &BandSlot,
    position: f64,
    white: f64,
    texts: &[Rect],
) -> Vec<(f64, f64)> {
    let sides = |text: &Rect| match slot.orientation {
        Orientation::Vertical => ((text.y, text.bottom()), (text.x, text.right())),
        Orientation::Horizontal => ((text.x, text.right()), (text.y, text.bottom())),
    };
    let mut gaps: Vec<(f64, f64)> = texts
        .iter()
        .map(sides)
        .filter(|((from, to), _)| from - white < position && position < to + white)
        .map(|(_, (from, to))| (from - white, to + white))
        .collect();
    gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut from, end) = slot.across;
    let mut pieces = Vec::new();
    for gap in gaps.into_iter().chain([(end, end)]) {
        let to = gap.0.min(end);
        if to - from > white {
            pieces.push((from, to));
        }
        from = from.max(gap.1);
    }
    pieces
}
