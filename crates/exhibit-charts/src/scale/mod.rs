//! From values to points.

pub(crate) mod fit;
pub(crate) mod ticks;

use exhibit_core::facts::Datum;
use exhibit_core::quantity::{Reading, Shape, Value};

/// A straight scale: values of the domain fall on points of the range, in order or reversed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// Values at the two ends; the second is larger.
    pub(crate) domain: (f64, f64),
    /// Points at the same two ends.
    pub(crate) range: (f64, f64),
}

impl Scale {
    /// A scale over a domain that is finite and not empty.
    pub(crate) fn new(domain: (f64, f64), range: (f64, f64)) -> Self {
        assert!(
            domain.0.is_finite() && domain.1.is_finite() && domain.0 < domain.1,
            "a domain is finite and not empty: {domain:?}"
        );
        Self { domain, range }
    }

    /// The same scale, so many points further on.
    pub(crate) fn shifted(self, by: f64) -> Self {
        let (from, to) = self.range;
        Self {
            range: (from + by, to + by),
            ..self
        }
    }

    /// Where a value falls, in points. Values outside the domain fall on its ends.
    pub(crate) fn map(&self, value: f64) -> f64 {
        let share = (value - self.domain.0) / (self.domain.1 - self.domain.0);
        self.range.0 + share.clamp(0.0, 1.0) * (self.range.1 - self.range.0)
    }
}

/// The value of a datum; `None` where it is missing.
pub(crate) fn value_of(datum: &Datum) -> Option<&Value> {
    match &datum.reading {
        Reading::Value(value) => Some(value),
        Reading::Missing(_) => None,
    }
}

/// Where a shape's ends lie on a scale that counts in `10^exponent`: the same number twice but for a range.
pub(crate) fn ends(shape: &Shape, exponent: u32) -> (f64, f64) {
    match shape {
        Shape::Exact(at)
        | Shape::MoreThan(at)
        | Shape::AtLeast(at)
        | Shape::LessThan(at)
        | Shape::AtMost(at) => {
            let at = at.to_f64_at(exponent);
            (at, at)
        }
        Shape::Range { low, high } => (low.to_f64_at(exponent), high.to_f64_at(exponent)),
    }
}

/// Smallest and largest number of some data at a scale; `None` if all are missing.
pub(crate) fn extent<'a>(
    data: impl IntoIterator<Item = &'a Datum>,
    exponent: u32,
) -> Option<(f64, f64)> {
    data.into_iter()
        .filter_map(value_of)
        .map(|value| ends(&value.shape, exponent))
        .reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
}

/// Evenly wide bands one after the other, from the first category to the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bands {
    /// Where the first begins, in points.
    pub(crate) start: f64,
    /// Width of each in points.
    pub(crate) width: f64,
    /// How much of a band its marks fill, 0 to 1.
    pub(crate) share: f64,
    /// How many.
    pub(crate) count: usize,
}

impl Bands {
    /// The scale whose values are band numbers: 0 is the begin of the first band, 1 its end.
    pub(crate) fn scale(&self) -> Scale {
        let count = self.count as f64;
        Scale::new((0.0, count), (self.start, self.start + count * self.width))
    }

    /// Begin and end of the marks of a band, in band numbers; `part` of `parts` stand side by side, a hair apart.
    pub(crate) fn slot(&self, band: usize, part: usize, parts: usize) -> (f64, f64) {
        let step = self.share / parts as f64;
        let start = band as f64 + (1.0 - self.share) / 2.0 + part as f64 * step;
        let hair = if parts > 1 { step * 0.06 } else { 0.0 };
        (start + hair, start + step - hair)
    }

    /// The middle of a band, in points.
    pub(crate) fn middle(&self, band: usize) -> f64 {
        self.start + (band as f64 + 0.5) * self.width
    }
}
