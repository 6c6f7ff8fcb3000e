//! Bands: the intervals of estimates that follow each other along a line.

use exhibit_facts::facts::Datum;
use exhibit_scene::{Color, Fill, Item, Path, Point, Segment, Stroke};

use super::whisker::is_estimate;
use crate::draw::PlotArea;
use crate::scale::{value_of, whole_ends};
use crate::style::ChartStyle;

/// Columns of a band per point of width. Of a denser line the widest interval of each column is drawn.
const COLUMNS_PER_POINT: f64 = 2.0;

/// One interval of a band, in values.
#[derive(Clone, Copy)]
struct Slice {
    at: f64,
    low: f64,
    high: f64,
}

/// The bands of a line: stretches of two and more estimates without another value or a gap between them.
pub(crate) struct IntervalBands {
    stretches: Vec<Vec<Slice>>,
    /// By place in the series: the datum is part of a band.
    covered: Vec<bool>,
    color: Color,
}

impl IntervalBands {
    /// The bands of a series. `positions` are the places of its data along the x scale. `runs` are the places in the series of
    /// each stretch of its line, because a band breaks where its line does.
    pub(crate) fn of(
        data: &[Option<Datum>],
        positions: &[f64],
        runs: &[Vec<usize>],
        exponent: u32,
        color: Color,
    ) -> Self {
        let slice = |index: usize| {
            let datum = data[index].as_ref().filter(|datum| is_estimate(datum))?;
            let (low, high) = whole_ends(&value_of(datum)?.shape, exponent);
            let at = positions[index];
            Some((index, Slice { at, low, high }))
        };
        let mut bands = Self {
            stretches: Vec::new(),
            covered: vec![false; data.len()],
            color,
        };
        for run in runs {
            let slices: Vec<Option<(usize, Slice)>> = run.iter().map(|at| slice(*at)).collect();
            for stretch in slices.split(Option::is_none).filter(|one| one.len() > 1) {
                for (index, _) in stretch.iter().flatten() {
                    bands.covered[*index] = true;
                }
                let stretch = stretch.iter().flatten().map(|(_, slice)| *slice);
                bands.stretches.push(stretch.collect());
            }
        }
        bands
    }

    /// True where the datum at this place is part of a band; otherwise a whisker shows its interval.
    pub(crate) fn covers(&self, index: usize) -> bool {
        self.covered[index]
    }

    /// Fills the bands.
    pub(crate) fn fill(&self, style: &ChartStyle, plot: &PlotArea) {
        let pale = style.pale(self.color);
        for stretch in &self.stretches {
            let upper = stretch.iter().map(|slice| (slice.at, slice.high));
            let lower = stretch.iter().rev().map(|slice| (slice.at, slice.low));
            let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
            plot.custom(&outline, |points| {
                let mut segments = steps(points);
                segments.push(Segment::Close);
                let path = Path {
                    segments,
                    fill: Some(Fill::Solid(pale)),
                    stroke: None,
                };
                vec![(Point::ZERO, Item::Path(path))]
            });
        }
    }

    /// Draws both edges of the bands, so that each is seen where another band covers it.
    pub(crate) fn edges(&self, style: &ChartStyle, plot: &PlotArea) {
        let stroke = Stroke::solid(self.color, style.tokens.hairline);
        for stretch in &self.stretches {
            for side in [|slice: &Slice| slice.low, |slice: &Slice| slice.high] {
                let edge: Vec<(f64, f64)> = stretch
                    .iter()
                    .map(|slice| (slice.at, side(slice)))
                    .collect();
                plot.custom(&edge, |points| {
                    let path = Path {
                        segments: steps(points),
                        fill: None,
                        stroke: Some(stroke.clone()),
                    };
                    vec![(Point::ZERO, Item::Path(path))]
                });
            }
        }
    }

    /// The same bands for a plot of so many points of width.
    pub(crate) fn thinned(mut self, width: f64) -> Self {
        for stretch in &mut self.stretches {
            let most = (width * COLUMNS_PER_POINT).max(2.0);
            let size = (stretch.len() as f64 / most).ceil().max(1.0);
            let mut kept: Vec<Slice> = Vec::new();
            for (index, slice) in stretch.iter().enumerate() {
                match kept.last_mut() {
                    // The first and the last slice keep their places.
                    Some(last) if index as f64 % size != 0.0 && index + 1 < stretch.len() => {
                        last.low = last.low.min(slice.low);
                        last.high = last.high.max(slice.high);
                    }
                    _ => kept.push(*slice),
                }
            }
            *stretch = kept;
        }
        self
    }
}

/// A line through points.
fn steps(points: &[Point]) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(points.len() + 1);
    for point in points {
        segments.push(match segments.is_empty() {
            true => Segment::Move(*point),
            false => Segment::Line(*point),
        });
    }
    segments
}
