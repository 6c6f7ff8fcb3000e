//! What bars and columns share: marks that grow from zero, with their value at the end.

use exhibit_core::facts::{Chart, Datum, Tone};
use exhibit_scene::MissingGlyph;

use crate::guide::text::TextBlock;
use crate::mark::interval::FeasibleInterval;
use crate::mark::style::overhang;
use crate::scale::fit::BarEnd;
use crate::scale::value_of;
use crate::style::{ChartStyle, color_role, value_label};

/// A bar or column before it is drawn.
pub(super) struct BarLayout<'a> {
    /// Its category.
    pub(super) band: usize,
    /// Its series.
    pub(super) series: usize,
    /// What it shows.
    pub(super) datum: &'a Datum,
    /// How loud it is.
    pub(super) role: Tone,
    /// Its value in words.
    pub(super) label: TextBlock,
    /// The number that its label stands at: the one farthest from zero; 0 for a missing value.
    pub(super) end: f64,
    /// The label stands below that number (left of it), not above.
    pub(super) below: bool,
    /// Points that an open or soft end takes beyond that number, before the label.
    pub(super) open: f64,
    /// The number at the other end, and the points that an open or soft end takes beyond it. Zero and 0 where the mark is rooted.
    pub(super) other: (f64, f64),
}

impl BarLayout<'_> {
    /// What the mark needs of its scale, with `room` points for its label.
    pub(super) fn ends(&self, room: f64) -> [BarEnd; 2] {
        [
            BarEnd {
                value: self.end,
                below: self.below,
                padding: self.open + room,
            },
            BarEnd {
                value: self.other.0,
                below: !self.below,
                padding: self.other.1,
            },
        ]
    }
}

/// Every mark of a chart, category by category.
pub(super) fn bar_layouts<'a>(
    style: &ChartStyle,
    chart: &'a Chart,
) -> Result<Vec<BarLayout<'a>>, MissingGlyph> {
    let mut marks = Vec::new();
    for band in 0..chart.categories.len() {
        for (series, of) in chart.series.iter().enumerate() {
            let Some(datum) = &of.data[band] else {
                continue;
            };
            let role = color_role(datum, of.tone);
            let paragraph = style.label();
            let mut mark = BarLayout {
                band,
                series,
                datum,
                role,
                label: TextBlock::single(style, "", &paragraph)?,
                end: 0.0,
                below: false,
                open: 0.0,
                other: (0.0, 0.0),
            };
            let paragraph = match (value_of(datum), FeasibleInterval::of(datum, chart.exponent)) {
                (Some(value), Some(interval)) => {
                    let (low, high) = interval.bar().possible;
                    let (down, up) = overhang(style, interval, value.about);
                    // A bound's label stands at its number; what can be both is read from its upper end.
                    mark.below = high <= 0.0 && low < 0.0 || high == 0.0 && interval.low.is_none();
                    let (lower, upper) = ((low.min(0.0), down), (high.max(0.0), up));
                    let (own, other) = if mark.below {
                        (lower, upper)
                    } else {
                        (upper, lower)
                    };
                    (mark.end, mark.open) = own;
                    // A soft end beside zero is hidden by the bar itself, unless there is something below zero.
                    let hidden =
                        other.0 == 0.0 && interval.low.is_some() && interval.high.is_some();
                    let straddles = datum.signed && low == 0.0 && high == 0.0;
                    mark.other = if hidden && !straddles {
                        (0.0, 0.0)
                    } else {
                        other
                    };
                    paragraph
                        .colored(style.text_color(role))
                        .bold_if(role != Tone::Neutral)
                }
                _ => paragraph.colored(style.colors.grey),
            };
            mark.label = TextBlock::single(style, &value_label(datum), &paragraph)?;
            marks.push(mark);
        }
    }
    Ok(marks)
}

/// True where some categories are spoken of and others are not, and this one is: its name is set semibold.
pub(super) fn is_emphasized(chart: &Chart, band: usize) -> bool {
    let emphasized = |band: usize| {
        let data = chart
            .series
            .iter()
            .filter_map(|series| series.data[band].as_ref());
        data.filter_map(|datum| datum.tone)
            .any(|role| role != Tone::Neutral)
    };
    emphasized(band) && !(0..chart.categories.len()).all(emphasized)
}
