//! Line-end labels: the name of each line with its last value.
//!
//! A line that reaches the end of the axis has its label in the column beside the plot. A line that ends earlier has its
//! label at its own end, with the date, so that nobody reads an old value beside the newest date. Where the plot has no
//! place for it, the label stands in the column, with its date and a leader.

use exhibit_facts::facts::{Category, Chart, Datum, Series};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_scene::{Color, Fill, Item, MissingGlyph, Path, Point, Rect, Stroke};

use super::gap_labels::crosses;
use crate::draw::Canvas;
use crate::guide::text::{Anchor, TextBlock};
use crate::scale::{ends, value_of};
use crate::style::{ChartStyle, value_label};

/// Largest share of the chart's width for labels with name and number on one line of text.
const ONE_LINE_SHARE: f64 = 0.38;

/// Largest share of the chart's width for names that are broken into lines, with the number below.
const BROKEN_SHARE: f64 = 0.28;

/// Least shift of a label from the end of its line, in lines of text, that needs a leader.
const LEADER_SHIFT: f64 = 0.45;

/// True where a line has a name at its end.
pub(super) fn is_named(chart: &Chart, series: &Series) -> bool {
    !series.label.is_empty() && (chart.series.len() > 1 || series.named)
}

/// Name and last value at the end of a line: on one line of text where both fit, else on two.
pub(super) struct LineEndLabel {
    name: TextBlock,
    number: TextBlock,
    /// Date of the last value. Empty where the line reaches the end of the axis.
    date: TextBlock,
    /// Gap between name and number on one line, in points. `None` where the number stands below.
    beside: Option<f64>,
    /// Value beside which the label stands.
    pub(super) at: f64,
    /// Category of the last value. `None` for a line without values.
    pub(super) end: Option<usize>,
    /// The axis goes on after the last value.
    pub(super) early: bool,
    color: Color,
    /// Gap between the number and the date, in points.
    gap: f64,
}

impl LineEndLabel {
    /// Width of number and date on one line, in points.
    fn number_width(&self) -> f64 {
        if self.date.count() == 0 {
            self.number.width
        } else if self.number.count() == 0 {
            self.date.width
        } else {
            self.number.width + self.gap + self.date.width
        }
    }

    /// Width of the label, in points.
    pub(super) fn width(&self) -> f64 {
        match self.beside {
            Some(gap) => self.name.width + gap + self.number_width(),
            None => self.name.width.max(self.number_width()),
        }
    }

    /// Height of the label, in points.
    pub(super) fn height(&self) -> f64 {
        let number = self.number.height().max(self.date.height());
        match self.beside {
            Some(_) => number.max(self.name.height()),
            None => self.name.height() + number,
        }
    }

    /// Draws the label. `left` is its left edge and `middle` its middle, in points.
    pub(super) fn draw(&self, canvas: &Canvas, left: f64, middle: f64) {
        let top = middle - self.height() / 2.0;
        self.name.draw(canvas, left, top, Anchor::Start);
        let (left, top) = match self.beside {
            Some(gap) => (left + self.name.width + gap, top),
            None => (left, top + self.name.height()),
        };
        self.number.draw(canvas, left, top, Anchor::Start);
        let behind = self.number_width() - self.date.width;
        self.date.draw(canvas, left + behind, top, Anchor::Start);
    }

    /// True where a label around `middle` is so far from its line at `end` that a leader must join them.
    pub(super) fn needs_leader(&self, style: &ChartStyle, end: f64, middle: f64) -> bool {
        let shift = (middle - end).abs();
        self.end.is_some() && (self.early || shift > LEADER_SHIFT * style.label().leading)
    }

    /// Draws the leader from the end of the line to the label.
    pub(super) fn draw_leader(
        &self,
        style: &ChartStyle,
        canvas: &Canvas,
        end: Point,
        label: Point,
    ) {
        let t = &style.tokens;
        let away = |from: Point, to: Point, by: f64| {
            let (x, y) = (to.x - from.x, to.y - from.y);
            let length = (x * x + y * y).sqrt().max(by);
            Point::new(from.x + x * by / length, from.y + y * by / length)
        };
        let stroke = Stroke::solid(self.color, t.hairline);
        canvas.group("leader", || {
            canvas.line(
                away(end, label, t.dot),
                away(label, end, t.gap / 3.0),
                stroke,
            );
        });
    }

    /// Place of the label at the end of its own line inside the plot: right of the end, else above or below it. `None`
    /// where each of them is taken.
    pub(super) fn place_at_end(
        &self,
        style: &ChartStyle,
        end: Point,
        inside: Rect,
        taken: &[Rect],
        lines: &[(Point, Point)],
    ) -> Option<Rect> {
        let t = &style.tokens;
        let (width, height) = (self.width(), self.height());
        let white = t.dot + t.tick;
        let right = end.x + white;
        let beside = [0.0, -1.0, 1.0, -1.5, 1.5].map(|step| (right, end.y + step * height));
        let around = [-1.2, 1.2, -1.6, 1.6, -2.2, 2.2].map(|step| {
            let left = end.x - width / 2.0;
            (left, end.y + step * height)
        });
        let before = [-1.2, 1.2, -1.6, 1.6].map(|step| (end.x - width, end.y + step * height));
        let candidates = beside.into_iter().chain(around).chain(before);
        candidates
            .map(|(left, middle)| Rect::new(left, middle - height / 2.0, width, height))
            .find(|rect| {
                rect.x >= inside.x
                    && rect.right() <= inside.right()
                    && rect.y >= inside.y
                    && rect.bottom() <= inside.bottom()
                    && !taken.iter().any(|other| other.overlaps(rect))
                    && !lines.iter().any(|line| crosses(*line, rect))
            })
    }
}

/// Paper under a label in the plot, which interrupts the grid lines.
pub(super) fn draw_ground(style: &ChartStyle, canvas: &Canvas, rect: Rect) {
    let fill = Fill::Solid(style.colors.paper);
    canvas.item(Point::ZERO, Item::Path(Path::rect(rect, fill)));
}

/// Labels of all lines that have a name or a value, in a chart that is `width` points wide. `middle` is the value beside
/// which the label of a line without values stands. `positions` are the positions of the categories.
pub(super) fn line_end_labels(
    style: &ChartStyle,
    chart: &Chart,
    middle: f64,
    width: f64,
    positions: &[f64],
) -> Result<Vec<LineEndLabel>, MissingGlyph> {
    let mut labels = Vec::new();
    for series in &chart.series {
        let paragraph = style.label().colored(style.text_color(series.role));
        let name = if is_named(chart, series) {
            series.label.as_str()
        } else {
            ""
        };
        let known =
            |datum: &Option<Datum>| datum.as_ref().is_some_and(|one| value_of(one).is_some());
        let end = series.data.iter().rposition(known);
        let first = series.data.iter().flatten().next();
        let (datum, at) = match end.and_then(|end| series.data[end].as_ref()) {
            Some(datum) => {
                let value = value_of(datum).map(|value| ends(&value.shape, chart.exponent));
                (
                    datum,
                    value.map_or(middle, |(low, high)| (low + high) / 2.0),
                )
            }
            // A line without a value has no position. Its label says that there is none.
            None if !name.is_empty() => match first {
                Some(datum) => (datum, middle),
                None => continue,
            },
            None => continue,
        };
        let number = if end.is_some() {
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
        let last = positions.last().copied();
        let early = end.is_some_and(|end| last.is_some_and(|last| positions[end] < last));
        let date = match end.filter(|_| early) {
            Some(end) => bracketed(
                chart.language,
                &date(chart.language, &chart.categories[end]),
            ),
            None => String::new(),
        };
        let gap = style.tokens.gap;
        let mut label = LineEndLabel {
            name: TextBlock::single(style, name, &paragraph)?,
            number: TextBlock::single(style, &words, &number)?,
            date: TextBlock::single(style, &date, &style.label().colored(style.colors.grey))?,
            beside: Some(if name.is_empty() { 0.0 } else { gap }),
            at,
            end,
            early,
            color: style.mark_color(series.role),
            gap: gap / 2.0,
        };
        if label.width() > ONE_LINE_SHARE * width || label.number_width() == 0.0 {
            label.beside = None;
            label.name = TextBlock::wrapped(style, name, &paragraph, BROKEN_SHARE * width)?;
        }
        labels.push(label);
    }
    Ok(labels)
}

/// Date of a category beside a number: short for a period, else its name.
fn date(language: Language, category: &Category) -> String {
    match &category.period {
        Some(period) => format::short(language, period),
        None => category.label.clone(),
    }
}

fn bracketed(language: Language, text: &str) -> String {
    match language {
        Language::English | Language::German => format!("({text})"),
        Language::Chinese => format!("（{text}）"),
    }
}
