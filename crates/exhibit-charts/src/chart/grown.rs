//! What bars and columns share: marks that grow from zero, with their value at the end.

use exhibit_core::facts::{Chart, Datum, Tone};
use exhibit_scene::MissingGlyph;

use crate::guide::text::Lines;
use crate::mark::beyond;
use crate::scale::{ends, value};
use crate::setting::{Setting, tone, value_label};

/// A bar or column before it is drawn.
pub(super) struct Grown<'a> {
    /// Its category.
    pub(super) band: usize,
    /// Its series.
    pub(super) series: usize,
    /// What it shows.
    pub(super) datum: &'a Datum,
    /// How loud it is.
    pub(super) tone: Tone,
    /// Its value in words.
    pub(super) label: Lines,
    /// The number farthest from zero; 0 for a missing value.
    pub(super) end: f64,
    /// Points that an open or soft end takes beyond that number.
    pub(super) open: f64,
}

/// Every mark of a chart, category by category.
pub(super) fn grown<'a>(
    setting: &Setting,
    chart: &'a Chart,
) -> Result<Vec<Grown<'a>>, MissingGlyph> {
    let mut marks = Vec::new();
    for band in 0..chart.categories.len() {
        for (series, of) in chart.series.iter().enumerate() {
            let Some(datum) = &of.data[band] else {
                continue;
            };
            let tone = tone(datum, of.tone);
            let kind = setting.label();
            let (kind, end, open) = match value(datum) {
                Some(said) => {
                    let kind = kind.inked(setting.text_color(tone));
                    let (low, high) = ends(&said.shape, chart.exponent);
                    let far = if high <= 0.0 { low } else { high };
                    let kind = kind.bold_if(tone != Tone::Neutral);
                    (kind, far, beyond(setting, said))
                }
                None => (kind.inked(setting.colors.grey), 0.0, 0.0),
            };
            marks.push(Grown {
                band,
                series,
                datum,
                tone,
                label: Lines::single(setting, &value_label(datum), &kind)?,
                end,
                open,
            });
        }
    }
    Ok(marks)
}

/// True where some categories are spoken of and others are not, and this one is: its name is set semibold.
pub(super) fn stands_out(chart: &Chart, band: usize) -> bool {
    let loud = |band: usize| {
        let data = chart
            .series
            .iter()
            .filter_map(|series| series.data[band].as_ref());
        data.filter_map(|datum| datum.tone)
            .any(|tone| tone != Tone::Neutral)
    };
    loud(band) && !(0..chart.categories.len()).all(loud)
}
