//! Bands of columns: side by side for names, at their dates for periods.

use exhibit_facts::facts::Category;

use crate::scale::Scale;
use crate::scale::time::TimeAxis;

/// Room of the columns. Lengths are in points.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Left end.
    pub(super) left: f64,
    /// Right end. Few columns end before it.
    pub(super) right: f64,
    /// Largest width of a band.
    pub(super) widest: f64,
    /// Share of a band that its marks fill, 0 to 1.
    pub(super) share: f64,
}

/// Bands of columns on the canvas, one per category. Lengths are in points.
pub(super) struct ColumnBands {
    /// Begin of the first band.
    pub(super) start: f64,
    /// End of the last band.
    pub(super) end: f64,
    /// Share of a band that its marks fill, 0 to 1.
    pub(super) share: f64,
    /// Least width of a band.
    pub(super) least: f64,
    /// The axis of time, where the columns stand at their dates.
    pub(super) time: Option<TimePlace>,
    /// Middle and width of each band.
    bands: Vec<(f64, f64)>,
}

/// An axis of time on the canvas.
pub(super) struct TimePlace {
    /// The axis.
    pub(super) axis: TimeAxis,
    /// Time at `start`, in units of the axis.
    from: f64,
    start: f64,
    /// Points in a unit of the axis.
    unit: f64,
}

impl TimePlace {
    /// Point of a time in units of the axis.
    pub(super) fn map(&self, at: f64) -> f64 {
        self.start + (at - self.from) * self.unit
    }
}

impl ColumnBands {
    /// Bands of some categories.
    pub(super) fn new(categories: &[Category], room: Room) -> Self {
        Self::at_dates(categories, room).unwrap_or_else(|| Self::side_by_side(categories, room))
    }

    fn side_by_side(categories: &[Category], room: Room) -> Self {
        let count = categories.len();
        let width = ((room.right - room.left) / count as f64).min(room.widest);
        let middle = |band: usize| room.left + (band as f64 + 0.5) * width;
        Self {
            start: room.left,
            end: room.left + count as f64 * width,
            share: room.share,
            least: width,
            time: None,
            bands: (0..count).map(|band| (middle(band), width)).collect(),
        }
    }

    /// Bands around the dates of their categories. `None` where a category has no period, where periods overlap, or where
    /// the brief has them in another order than time.
    fn at_dates(categories: &[Category], room: Room) -> Option<Self> {
        let axis = TimeAxis::of(categories)?;
        let (middles, widths) = (axis.middles(), widths(&axis.spans)?);
        let (first, last) = (*widths.first()?, *widths.last()?);
        let from = middles.first()? - first / 2.0;
        let to = middles.last()? + last / 2.0;
        let least = widths.iter().copied().fold(f64::MAX, f64::min);
        let unit = ((room.right - room.left) / (to - from)).min(room.widest / least);
        let time = TimePlace {
            axis,
            from,
            start: room.left,
            unit,
        };
        let bands = middles.iter().zip(&widths);
        Some(Self {
            start: room.left,
            end: time.map(to),
            share: room.share,
            least: least * unit,
            bands: bands
                .map(|(at, width)| (time.map(*at), width * unit))
                .collect(),
            time: Some(time),
        })
    }

    /// Number of bands.
    pub(super) fn count(&self) -> usize {
        self.bands.len()
    }

    /// The scale across all bands. Its values are points.
    pub(super) fn scale(&self) -> Scale {
        // Names may leave no width, and a scale needs one.
        let ends = (self.start, self.end.max(self.start + 1.0));
        Scale::new(ends, ends)
    }

    /// Begin and end of a slot. `parts` slots stand side by side in a band, a hair apart, and `part` counts them from 0.
    pub(super) fn slot(&self, band: usize, part: usize, parts: usize) -> (f64, f64) {
        let (middle, width) = self.bands[band];
        let step = width * self.share / parts as f64;
        let start = middle - width * self.share / 2.0 + part as f64 * step;
        let hair = if parts > 1 { step * 0.06 } else { 0.0 };
        (start + hair, start + step - hair)
    }

    /// Middle of a band.
    pub(super) fn middle(&self, band: usize) -> f64 {
        self.bands[band].0
    }
}

/// Number of bands of the least width that the axis of some periods needs. `None` for categories side by side.
pub(super) fn bands_needed(categories: &[Category]) -> Option<f64> {
    let axis = TimeAxis::of(categories)?;
    let widths = widths(&axis.spans)?;
    let least = widths.iter().copied().fold(f64::MAX, f64::min);
    let (first, last) = (axis.spans.first()?, axis.spans.last()?);
    Some((last.1 - first.0) / least)
}

/// Widths of bands around the middles of some spans of time: as wide as the span, and no band thinner than the least distance
/// of two neighbours allows. Bands never overlap. `None` where spans do, or are not in order.
fn widths(spans: &[(f64, f64)]) -> Option<Vec<f64>> {
    let middle = |span: &(f64, f64)| (span.0 + span.1) / 2.0;
    // Neighbours share the time between them.
    let borders: Vec<f64> = spans
        .windows(2)
        .map(|pair| (pair[0].1 + pair[1].0) / 2.0)
        .collect();
    let mut free = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        let before = index
            .checked_sub(1)
            .map(|left| middle(span) - borders[left]);
        let after = borders.get(index).map(|right| right - middle(span));
        let half = match (before, after) {
            (Some(before), Some(after)) => before.min(after),
            (one, other) => one.or(other).unwrap_or((span.1 - span.0) / 2.0),
        };
        if half <= 0.0 {
            return None;
        }
        free.push(2.0 * half);
    }
    let least = free.iter().copied().reduce(f64::min)?;
    let widths = free.iter().zip(spans).map(|(free, span)| {
        let own = (span.1 - span.0).max(least);
        own.min(*free)
    });
    Some(widths.collect())
}

#[cfg(test)]
mod tests {
    use exhibit_facts::period::Period;

    use super::*;

    fn bands(periods: &[&str]) -> ColumnBands {
        let category = |text: &&str| Category {
            label: (*text).to_owned(),
            detail: String::new(),
            period: Period::parse(text),
        };
        let categories: Vec<Category> = periods.iter().map(category).collect();
        let room = Room {
            left: 0.0,
            right: 140.0,
            widest: 100.0,
            share: 0.5,
        };
        ColumnBands::new(&categories, room)
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn missing_years_leave_white() {
        // Fourteen years on 140 points.
        let years = bands(&["2010", "2011", "2012", "2019", "2023"]);
        let middles: Vec<f64> = (0..5).map(|band| years.middle(band)).collect();
        let wanted = [5.0, 15.0, 25.0, 95.0, 135.0];
        assert!(
            middles.iter().zip(wanted).all(|(a, b)| close(*a, b)),
            "{middles:?}"
        );
        assert!(close(years.least, 10.0) && close(years.end, 140.0));
        let (from, to) = years.slot(0, 0, 1);
        assert!(close(from, 2.5) && close(to, 7.5));
    }

    #[test]
    fn lone_days_are_as_wide_as_their_distance_allows() {
        let days = bands(&["2024-01-01", "2024-01-11", "2024-02-10"]);
        // Ten days apart at least, fifty days on the axis.
        assert!(close(days.middle(1) - days.middle(0), 28.0));
        assert!(close(days.middle(2) - days.middle(1), 84.0));
        assert!(close(days.least, 28.0));
    }

    #[test]
    fn a_year_is_wider_than_a_quarter() {
        let mixed = bands(&["2022", "2023", "2024-Q1", "2024-Q2"]);
        let width = |band: usize| mixed.slot(band, 0, 1).1 - mixed.slot(band, 0, 1).0;
        assert!(close(width(0), 4.0 * width(3)), "{} {}", width(0), width(3));
    }

    #[test]
    fn names_and_unsorted_periods_stand_side_by_side() {
        for periods in [
            ["2023", "2021", "2022"],
            ["2020", "2021", "Plan"],
            ["2024", "2024-Q1", "2024-Q2"],
        ] {
            let bands = bands(&periods);
            assert!(bands.time.is_none(), "{periods:?}");
            assert!(close(
                bands.middle(2) - bands.middle(1),
                bands.middle(1) - bands.middle(0)
            ));
        }
    }
}
