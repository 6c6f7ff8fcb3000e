//! Bars and columns: marks that grow from zero.

use exhibit_facts::facts::Datum;
use exhibit_facts::quantity::{Shape, Status, Value};
use exhibit_scene::{Color, Item, Point, Rect, Stroke};

use super::hatch::{inline, texture};
use super::interval::{BarExtent, FeasibleInterval};
use super::slot::{BandSlot, Orientation};
use super::style::{MarkStyle, mark_style};
use super::whisker::{WhiskerPlacement, whisker};
use crate::draw::PlotArea;
use crate::scale;
use crate::style::{ChartStyle, Look};

/// Placement of a bar in its plot area.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BarPlacement {
    /// Axis of the values.
    pub(crate) orientation: Orientation,
    /// Both edges of the bar, in band numbers.
    pub(crate) slot: (f64, f64),
    /// Exponent of the chart's scale: values count in `10^exponent`.
    pub(crate) exponent: u32,
}

/// Draws the bar of a datum, with a whisker where it is an estimate. A missing value draws nothing.
pub(crate) fn bar(
    style: &ChartStyle,
    plot: &PlotArea,
    datum: &Datum,
    look: Look,
    placement: BarPlacement,
) {
    body(style, plot, datum, look, placement);
    let whiskers = WhiskerPlacement {
        orientation: placement.orientation,
        across: (placement.slot.0 + placement.slot.1) / 2.0,
        exponent: placement.exponent,
    };
    whisker(style, plot, datum, style.colors.ink, whiskers);
}

/// Draws the bar of a datum without its whisker.
fn body(style: &ChartStyle, plot: &PlotArea, datum: &Datum, look: Look, placement: BarPlacement) {
    let color = look.color;
    let (Some(value), Some(interval)) = (
        scale::value_of(datum),
        FeasibleInterval::of(datum, placement.exponent),
    ) else {
        return;
    };
    let extent = interval.bar();
    let at = |value: f64, band: f64| match placement.orientation {
        Orientation::Horizontal => (value, band),
        Orientation::Vertical => (band, value),
    };
    let (start, end) = placement.slot;
    let exact = matches!(value.shape, Shape::Exact(_) | Shape::Estimate { .. });
    if exact && !value.about && datum.status == Status::Actual {
        plot.rect(at(0.0, start), at(extent.certain, end), color);
        if look.inlined {
            plot.custom(&[at(0.0, start), at(extent.certain, end)], |points| {
                let (low, high) = (points[0], points[1]);
                let corner = Point::new(low.x.min(high.x), low.y.min(high.y));
                let (width, height) = ((high.x - low.x).abs(), (high.y - low.y).abs());
                let rect = Rect::new(corner.x, corner.y, width, height);
                let inline = inline(style, rect).map(|item| (Point::ZERO, item));
                inline.into_iter().collect()
            });
        }
        return;
    }
    let corners = [
        at(0.0, start),
        at(extent.certain, end),
        at(extent.possible.0, end),
        at(extent.possible.1, end),
    ];
    plot.custom(&corners, |points| {
        let along = |point: Point| match placement.orientation {
            Orientation::Horizontal => (point.x, point.y),
            Orientation::Vertical => (point.y, point.x),
        };
        let (base, first) = along(points[0]);
        let (certain, last) = along(points[1]);
        let slot = BandSlot {
            orientation: placement.orientation,
            across: (first.min(last), first.max(last)),
        };
        let painter = BarPainter {
            style,
            slot: &slot,
            solid: mark_style(style, datum.status, color),
            status: datum.status,
            color,
        };
        let positions = BarPositions {
            base,
            certain,
            low: along(points[2]).0,
            high: along(points[3]).0,
        };
        let items = if exact {
            painter.exact(positions, extent, value.about, datum.signed)
        } else {
            painter.open(positions, extent, value)
        };
        items.into_iter().map(|item| (Point::ZERO, item)).collect()
    });
}

/// Ends of a bar along its slot, in points: zero, the end of the certain part, both ends of the possible part.
#[derive(Clone, Copy)]
struct BarPositions {
    base: f64,
    certain: f64,
    low: f64,
    high: f64,
}

/// The style and the slot of one bar.
struct BarPainter<'a> {
    style: &'a ChartStyle<'a>,
    slot: &'a BandSlot,
    solid: MarkStyle,
    status: Status,
    color: Color,
}

impl BarPainter<'_> {
    /// Items of a bar of one number, with a hard or a soft end.
    fn exact(
        &self,
        positions: BarPositions,
        extent: BarExtent,
        about: bool,
        signed: bool,
    ) -> Vec<Item> {
        let BarPositions { base, certain, .. } = positions;
        if !about {
            return self.body(base, certain, &self.solid, true);
        }
        let side = self.slot.direction() * if extent.certain < 0.0 { -1.0 } else { 1.0 };
        let soft = side * self.style.tokens.soft / 2.0;
        let paper = self.style.colors.paper;
        let start = self.faded(&self.solid);
        // A value about zero may lie on both sides of zero, but below it only in a metric with a sign.
        if (certain - soft - base) * side <= 0.0 {
            let mut items =
                vec![
                    self.slot
                        .fade_from_root(base, base, certain + soft, start, paper),
                ];
            if signed && extent.certain == 0.0 {
                items.push(
                    self.slot
                        .fade_from_root(base, base, base - soft, start, paper),
                );
            }
            return items;
        }
        let mut items = self.body(base, certain - soft, &self.solid, false);
        let (from, to) = (certain - soft, certain + soft);
        items.push(self.slot.fade_from_root(base, from, to, start, paper));
        items
    }

    /// Items of a bar of a bound or a range: a solid certain part, a pale possible part, a fade where the value has
    /// no end.
    fn open(&self, positions: BarPositions, extent: BarExtent, value: &Value) -> Vec<Item> {
        let t = &self.style.tokens;
        let BarPositions {
            base,
            certain,
            low,
            high,
        } = positions;
        let paper = self.style.colors.paper;
        let pale = self.style.pale(self.color);
        let edge = Stroke::solid(self.color, t.edge);
        let direction = self.slot.direction();
        let mut items = self.body(base, certain, &self.solid, false);
        let range = matches!(value.shape, Shape::Range { .. });
        let possible = extent.possible.0 < extent.possible.1;
        if possible && range {
            items.push(self.slot.filled(low, high, pale));
        } else if possible {
            let mark = MarkStyle {
                fill: if self.status == Status::Target {
                    paper
                } else {
                    pale
                },
                ..self.solid.clone()
            };
            let (from, to) = if extent.possible.1 > 0.0 {
                (low, high)
            } else {
                (high, low)
            };
            items.extend(self.body(from, to, &mark, false));
        }
        let start = if possible {
            pale
        } else {
            self.faded(&self.solid)
        };
        for (open, from, away) in [(extent.down, low, -direction), (extent.up, high, direction)] {
            if open {
                let end = from + away * t.fade;
                // Nothing beyond zero is covered, unless a possible part lies on that side.
                let fade = if !possible {
                    self.slot.fade_from_root(base, from, end, start, paper)
                } else {
                    self.slot.fade(from, end, start, paper)
                };
                items.push(fade);
                items.push(
                    self.slot
                        .arrow(from, end + away * t.arrow, t.arrow, self.color),
                );
            }
        }
        // Ticks stand at both numbers of a range, and at the number of a bound beyond which nothing lies.
        for (at, number, away) in [
            (low, extent.possible.0, -direction),
            (high, extent.possible.1, direction),
        ] {
            if range {
                if value.about && number != extent.certain {
                    items.push(self.slot.fade(at, at + away * t.soft / 2.0, pale, paper));
                }
                items.push(self.slot.tick(at, t.tick, edge.clone()));
            } else if possible && number != 0.0 {
                if value.about {
                    // The soft end beyond the bound is never darker than the part before it.
                    items.push(self.slot.fade(at, at + away * t.soft / 2.0, pale, paper));
                }
                let half = away * t.edge / 2.0;
                items.push(self.slot.tick(at - half, 0.0, edge.clone()));
            }
        }
        items
    }

    /// First colour of a fade, the one at the end of the body.
    fn faded(&self, mark: &MarkStyle) -> Color {
        if mark.fill == self.style.colors.paper {
            self.style.pale(self.color)
        } else {
            mark.fill
        }
    }

    /// Items of a filled, hatched, outlined stretch. `closed` draws the outline at its end as well.
    fn body(&self, from: f64, to: f64, mark: &MarkStyle, closed: bool) -> Vec<Item> {
        let rect = self.slot.rect(from, to);
        if rect.width <= 0.0 || rect.height <= 0.0 {
            return Vec::new();
        }
        let mut items = Vec::new();
        if mark.fill != self.style.colors.paper {
            items.push(self.slot.filled(from, to, mark.fill));
        }
        items.extend(texture(self.style, rect, mark.texture, self.color));
        if let Some(outline) = &mark.outline {
            items.push(self.slot.outline(from, to, closed, outline.clone()));
        }
        items
    }
}
