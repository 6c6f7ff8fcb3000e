//! Scales: from values to points.

pub(crate) mod fit;
pub(crate) mod ticks;
pub(crate) mod time;

use exhibit_facts::facts::{Chart, Datum};
use exhibit_facts::quantity::{Reading, Shape, Value};

/// A linear scale. It maps a domain of values to a range of points, in order or reversed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// Values at the two ends. The second is larger.
    pub(crate) domain: (f64, f64),
    /// Points at the same two ends.
    pub(crate) range: (f64, f64),
}

impl Scale {
    /// A scale over a domain. Panics where the domain is not finite or is empty.
    pub(crate) fn new(domain: (f64, f64), range: (f64, f64)) -> Self {
        assert!(
            domain.0.is_finite() && domain.1.is_finite() && domain.0 < domain.1,
            "a domain is finite and not empty: {domain:?}"
        );
        Self { domain, range }
    }

    /// The same scale, `by` points further on.
    pub(crate) fn shifted(self, by: f64) -> Self {
        let (from, to) = self.range;
        Self {
            range: (from + by, to + by),
            ..self
        }
    }

    /// Point of a value. A value outside the domain maps to the nearer end of the range.
    pub(crate) fn map(&self, value: f64) -> f64 {
        let share = (value - self.domain.0) / (self.domain.1 - self.domain.0);
        self.range.0 + share.clamp(0.0, 1.0) * (self.range.1 - self.range.0)
    }
}

/// Value of a datum. `None` where the value is missing.
pub(crate) fn value_of(datum: &Datum) -> Option<&Value> {
    match &datum.reading {
        Reading::Value(value) => Some(value),
        Reading::Missing(_) => None,
    }
}

/// Lowest and highest number of the body of a mark, in units of `10^exponent`. Both are equal but for a range: the body of an estimate
/// is its point.
pub(crate) fn ends(shape: &Shape, exponent: u32) -> (f64, f64) {
    match shape {
        Shape::Exact(at)
        | Shape::MoreThan(at)
        | Shape::AtLeast(at)
        | Shape::LessThan(at)
        | Shape::AtMost(at)
        | Shape::Estimate { point: at, .. } => {
            let at = at.to_f64_at(exponent);
            (at, at)
        }
        Shape::Range { low, high } => (low.to_f64_at(exponent), high.to_f64_at(exponent)),
    }
}

/// Lowest and highest number of a shape, in units of `10^exponent`: those of its body, and the ends of an estimate's interval.
pub(crate) fn whole_ends(shape: &Shape, exponent: u32) -> (f64, f64) {
    match shape {
        Shape::Estimate { low, high, .. } => (low.to_f64_at(exponent), high.to_f64_at(exponent)),
        _ => ends(shape, exponent),
    }
}

/// Smallest and largest number of some data, intervals of estimates included, in units of `10^exponent`. `None` where every value is
/// missing.
pub(crate) fn extent<'a>(
    data: impl IntoIterator<Item = &'a Datum>,
    exponent: u32,
) -> Option<(f64, f64)> {
    data.into_iter()
        .filter_map(value_of)
        .map(|value| whole_ends(&value.shape, exponent))
        .reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
}

/// Exponent of the finest step that an axis of a chart may have: that of one unit where every number is whole. `None` where some number is not.
pub(crate) fn finest_step(chart: &Chart) -> Option<i32> {
    let series = chart.series.iter().flat_map(|series| series.data.iter());
    let references = chart.references.iter().map(|reference| &reference.datum);
    let data = series.flatten().chain(references);
    let mut amounts = data
        .filter_map(value_of)
        .flat_map(|value| value.shape.amounts());
    let whole = amounts.all(|amount| amount.value.is_integer());
    let exponent = i32::try_from(chart.exponent).ok()?;
    whole.then_some(-exponent)
}

/// Bands of equal width, one per category.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bands {
    /// Begin of the first band, in points.
    pub(crate) start: f64,
    /// Width of a band, in points.
    pub(crate) width: f64,
    /// Share of a band that its marks fill, 0 to 1.
    pub(crate) share: f64,
    /// Number of bands.
    pub(crate) count: usize,
}

impl Bands {
    /// The scale of band numbers: the first band begins at 0 and ends at 1.
    pub(crate) fn scale(&self) -> Scale {
        let count = self.count as f64;
        Scale::new((0.0, count), (self.start, self.start + count * self.width))
    }

    /// Begin and end of a slot, in band numbers. `parts` slots stand side by side in a band, a hair apart, and `part`
    /// counts them from 0.
    pub(crate) fn slot(&self, band: usize, part: usize, parts: usize) -> (f64, f64) {
        let step = self.share / parts as f64;
        let start = band as f64 + (1.0 - self.share) / 2.0 + part as f64 * step;
        let hair = if parts > 1 { step * 0.06 } else { 0.0 };
        (start + hair, start + step - hair)
    }

    /// Middle of a band, in points.
    pub(crate) fn middle(&self, band: usize) -> f64 {
        self.start + (band as f64 + 0.5) * self.width
    }
}
