//! Whiskers: the interval of an estimate across its mark.

use exhibit_facts::facts::Datum;
use exhibit_facts::quantity::Shape;
use exhibit_scene::{Color, Item, Path, Point, Stroke};

use super::slot::{BandSlot, Orientation};
use crate::draw::PlotArea;
use crate::scale::{value_of, whole_ends};
use crate::style::ChartStyle;

/// Placement of a whisker in its plot area.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WhiskerPlacement {
    /// Axis of the values.
    pub(crate) orientation: Orientation,
    /// Middle of the mark across, in values of the other scale.
    pub(crate) across: f64,
    /// Exponent of the chart's scale: values count in `10^exponent`.
    pub(crate) exponent: u32,
}

/// True for an estimate, whose mark has a whisker.
pub(crate) fn is_estimate(datum: &Datum) -> bool {
    value_of(datum).is_some_and(|value| matches!(value.shape, Shape::Estimate { .. }))
}

/// Draws the interval of an estimate: a line from its lower to its upper end, with a cap at each. On a mark of another colour the line
/// has a rim of paper, so that it is seen in grey, too. Every other datum has no whisker.
pub(crate) fn whisker(
    style: &ChartStyle,
    plot: &PlotArea,
    datum: &Datum,
    color: Color,
    placement: WhiskerPlacement,
) {
    let Some(value) = value_of(datum).filter(|_| is_estimate(datum)) else {
        return;
    };
    let (low, high) = whole_ends(&value.shape, placement.exponent);
    let at = |value: f64| match placement.orientation {
        Orientation::Horizontal => (value, placement.across),
        Orientation::Vertical => (placement.across, value),
    };
    plot.custom(&[at(low), at(high)], |points| {
        let along = |point: Point| match placement.orientation {
            Orientation::Horizontal => (point.x, point.y),
            Orientation::Vertical => (point.y, point.x),
        };
        let ((low, middle), (high, _)) = (along(points[0]), along(points[1]));
        let slot = BandSlot {
            orientation: placement.orientation,
            across: (middle, middle),
        };
        let t = &style.tokens;
        let rim = Stroke::solid(style.colors.paper, t.edge + 2.0 * t.hairline);
        let line = Stroke::solid(color, t.edge);
        let strokes = [rim, line];
        let items = strokes.iter().flat_map(|stroke| {
            let stem = Path::line(
                slot.point(low, middle),
                slot.point(high, middle),
                stroke.clone(),
            );
            let caps = [low, high].map(|end| slot.tick(end, t.whisker, stroke.clone()));
            std::iter::once(Item::Path(stem)).chain(caps)
        });
        items.map(|item| (Point::ZERO, item)).collect()
    });
}
