//! Indices into the lists of [`Facts`](super::Facts): how its parts name each other.

/// Index of a fact in [`super::Facts::facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(pub usize);

/// Index of a source in [`super::Facts::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub usize);

/// Index of a metric in [`super::Facts::metrics`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MetricId(pub usize);
