//! Layout of bars and columns: marks that grow from zero, each with its value at its end.

use exhibit_facts::facts::{Chart, ColorRole, Datum};
use exhibit_scene::MissingGlyph;

use crate::guide::text::TextBlock;
use crate::mark::interval::FeasibleInterval;
use crate::mark::style::overhang;
use crate::mark::whisker::is_estimate;
use crate::scale::fit::BarEnd;
use crate::scale::{value_of, whole_ends};
use crate::style::{ChartStyle, Look, value_label};

/// A bar or column before it is drawn.
pub(super) struct BarLayout<'a> {
    /// Index of the category.
    pub(super) band: usize,
    /// Index of the series.
    pub(super) series: usize,
    /// The datum of the bar.
    pub(super) datum: &'a Datum,
    /// Look of the bar.
    pub(super) look: Look,
    /// The value as text.
    pub(super) label: TextBlock,
    /// Number at which the label stands: the one farthest from zero. 0 for a missing value.
    pub(super) end: f64,
    /// The label stands below (left of) that number, not above (right of) it.
    pub(super) below: bool,
    /// Points that an open or soft end takes beyond that number, before the label.
    pub(super) open: f64,
    /// Number at the other end, and the points that an open or soft end takes beyond it. Both are 0 where the bar
    /// begins at zero.
    pub(super) other: (f64, f64),
}

impl BarLayout<'_> {
    /// Both ends of the bar, with `label_size` points for the label.
    pub(super) fn ends(&self, label_size: f64) -> [BarEnd; 2] {
        [
            BarEnd {
                value: self.end,
                below: self.below,
                padding: self.open + label_size,
            },
            BarEnd {
                value: self.other.0,
                below: !self.below,
                padding: self.other.1,
            },
        ]
    }
}

/// Layouts of all bars of a chart, category by category.
pub(super) fn bar_layouts<'a>(
    style: &ChartStyle,
    chart: &'a Chart,
) -> Result<Vec<BarLayout<'a>>, MissingGlyph> {
    let looks = style.looks(chart);
    let mut marks = Vec::new();
    for band in 0..chart.categories.len() {
        for (series, of) in chart.series.iter().enumerate() {
            let Some(datum) = &of.data[band] else {
                continue;
            };
            let look = style.datum_look(datum, looks[series]);
            let paragraph = style.label();
            let mut mark = BarLayout {
                band,
                series,
                datum,
                look,
                label: TextBlock::single(style, "", &paragraph)?,
                end: 0.0,
                below: false,
                open: 0.0,
                other: (0.0, 0.0),
            };
            let paragraph = match (value_of(datum), FeasibleInterval::of(datum, chart.exponent)) {
                (Some(value), Some(interval)) => {
                    // The label of an estimate stands beyond its whisker.
                    let (low, high) = if is_estimate(datum) {
                        whole_ends(&value.shape, chart.exponent)
                    } else {
                        interval.bar().possible
                    };
                    let (down, up) = overhang(style, interval, value.about);
                    // The label of a bound stands at its number. The label of a value on either side of zero stands
                    // at the upper end.
                    mark.below = high <= 0.0 && low < 0.0 || high == 0.0 && interval.low.is_none();
                    let (lower, upper) = ((low.min(0.0), down), (high.max(0.0), up));
                    let (own, other) = if mark.below {
                        (lower, upper)
                    } else {
                        (upper, lower)
                    };
                    (mark.end, mark.open) = own;
                    // The bar itself hides a soft end beside zero, unless a value below zero is possible.
                    let hidden =
                        other.0 == 0.0 && interval.low.is_some() && interval.high.is_some();
                    let straddles = datum.signed && low == 0.0 && high == 0.0;
                    mark.other = if hidden && !straddles {
                        (0.0, 0.0)
                    } else {
                        other
                    };
                    paragraph
                        .colored(look.text)
                        .bold_if(look.role != ColorRole::Neutral)
                }
                _ => paragraph.colored(style.colors.grey),
            };
            mark.label = TextBlock::single(style, &value_label(datum), &paragraph)?;
            marks.push(mark);
        }
    }
    Ok(marks)
}

/// True where a category has an emphasized datum and not every category has one. Its name is set semibold.
pub(super) fn is_emphasized(chart: &Chart, band: usize) -> bool {
    let emphasized = |band: usize| {
        let data = chart
            .series
            .iter()
            .filter_map(|series| series.data[band].as_ref());
        data.filter_map(|datum| datum.role)
            .any(|role| role != ColorRole::Neutral)
    };
    emphasized(band) && !(0..chart.categories.len()).all(emphasized)
}
