//! So many of so many: a square each.

use exhibit_core::facts::{Chart, Datum};
use exhibit_core::format;
use exhibit_core::quantity::Shape;
use exhibit_scene::{Color, Frame, MissingGlyph, Point, Rect, Size, Stroke};

use super::names::Names;
use super::{Room, spoken};
use crate::draw::Sheet;
use crate::guide::text::{Lines, Side};
use crate::mark::{Growth, Lane, look};
use crate::scale::{Scale, ends, value};
use crate::setting::{Setting, tone, value_label};

/// White between squares, as a share of their side.
const WHITE: f64 = 0.28;

/// Draws the chart.
pub(super) fn waffle(setting: &Setting, chart: &Chart, room: Room) -> Result<Frame, MissingGlyph> {
    let t = &setting.tokens;
    let whole = chart.whole.unwrap_or(1) as usize;
    let names = Names::new(setting, chart, room.width)?;
    let mut labels = Vec::new();
    for row in 0..chart.categories.len() {
        // "6 / 8": of how many, said once.
        let of = match &chart.series[..] {
            [_] => format!(
                " / {}",
                format::decimal(setting.language, &whole.to_string())
            ),
            _ => String::new(),
        };
        let mut said = Vec::new();
        for series in &chart.series {
            if let Some(datum) = &series.data[row] {
                let color = setting.text_color(tone(datum, series.tone));
                let name = if chart.series.len() > 1 {
                    format!("{} ", series.label)
                } else {
                    String::new()
                };
                let text = format!("{name}{}{of}", value_label(datum));
                let kind = setting.label().bold().inked(color);
                said.push(Lines::single(setting, &text, &kind)?);
            }
        }
        labels.push(said);
    }
    let all = labels.iter().flatten();
    let beside = all.map(|label| label.width).fold(0.0, f64::max) + 2.0 * t.gap;
    let free = room.width - names.width - beside;
    let rows = chart.categories.len();
    // On a slide squares grow until they fill what there is.
    let side = match room.height {
        Some(height) => {
            let by_width = free / (whole.min(20) as f64 * (1.0 + WHITE));
            let by_height =
                height / rows as f64 / (whole.div_ceil(20) as f64 * (1.0 + WHITE)) * 0.8;
            by_width.min(by_height).clamp(t.square, t.square * 2.4)
        }
        None => t.square,
    };
    let step = side * (1.0 + WHITE);
    let across = across(whole, free, step);
    let lines = whole.div_ceil(across);
    let block = lines as f64 * step - side * WHITE;
    let band = (block + 2.0 * t.gap).max(names.height + t.gap).max(t.band);
    let height = rows as f64 * band;
    let sheet = Sheet::new(Size::new(room.width, height));
    for (index, label) in labels.iter().enumerate() {
        let middle = (index as f64 + 0.5) * band;
        names.put(&sheet, index, 0.0, middle);
        let origin = Point::new(names.width, middle - block / 2.0);
        let grid = Grid {
            origin,
            side,
            step,
            across,
            whole,
        };
        draw_row(setting, &sheet, chart, index, &grid);
        let right = names.width + across.min(whole) as f64 * step - side * WHITE;
        let height: f64 = label.iter().map(Lines::height).sum();
        let mut top = middle - height / 2.0;
        for lines in label {
            lines.put(&sheet, right + 2.0 * t.gap, top, Side::Left);
            top += lines.height();
        }
    }
    Ok(sheet.finish())
}

/// How many squares stand side by side: all in one line if there is room, else tens or fives.
fn across(whole: usize, free: f64, step: f64) -> usize {
    [whole.min(20), 20, 10, 5]
        .into_iter()
        .find(|count| *count as f64 * step <= free)
        .unwrap_or(1)
}

/// Squares of one row, filled line by line.
struct Grid {
    origin: Point,
    side: f64,
    step: f64,
    across: usize,
    whole: usize,
}

impl Grid {
    fn square(&self, index: usize) -> Rect {
        let column = (index % self.across) as f64;
        let line = (index / self.across) as f64;
        Rect::new(
            self.origin.x + column * self.step,
            self.origin.y + line * self.step,
            self.side,
            self.side,
        )
    }
}

fn draw_row(setting: &Setting, sheet: &Sheet, chart: &Chart, row: usize, grid: &Grid) {
    let mut next = 0;
    for (series, of) in chart.series.iter().enumerate() {
        let Some(datum) = &of.data[row] else {
            continue;
        };
        let color = setting.mark_color(tone(datum, of.tone));
        let end = next + filled(chart, datum).min(grid.whole - next);
        sheet.mark(&datum.address, spoken(chart, row, series, datum), || {
            for index in next..end {
                square(setting, sheet, grid.square(index), datum, color);
            }
            // What may be more: the next square fades.
            let open = value(datum).is_some_and(|said| said.shape.high().is_none());
            if open && end < grid.whole {
                let rect = grid.square(end);
                let lane = Lane {
                    growth: Growth::Right,
                    across: (rect.y, rect.bottom()),
                };
                let paper = setting.colors.paper;
                sheet.item(Point::ZERO, lane.fade(rect.x, rect.right(), color, paper));
            }
        });
        next = end;
    }
    let edge = Stroke::solid(setting.colors.neutral, setting.tokens.zero);
    sheet.part("rest", || {
        for index in next..grid.whole {
            let rect = grid.square(index);
            let lane = Lane {
                growth: Growth::Right,
                across: (rect.y, rect.bottom()),
            };
            let outline = lane.outline(rect.x, rect.right(), true, edge.clone());
            sheet.item(Point::ZERO, outline);
        }
    });
}

/// Whole squares of a datum, to the nearest; none for a missing value.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of at most 400 squares"
)]
fn filled(chart: &Chart, datum: &Datum) -> usize {
    value(datum).map_or(0, |said| {
        let (low, _) = ends(&said.shape, chart.exponent);
        low.round().clamp(0.0, 400.0) as usize
    })
}

/// A square drawn through a plot of its own size, pale where the count is an upper bound.
fn square(setting: &Setting, sheet: &Sheet, rect: Rect, datum: &Datum, color: Color) {
    let upper = value(datum)
        .is_some_and(|said| matches!(said.shape, Shape::LessThan(_) | Shape::AtMost(_)));
    let look = look(setting, datum.status, color);
    let fill = if upper {
        setting.pale(color)
    } else {
        look.fill
    };
    let plot = sheet.plot(
        Scale::new((0.0, 1.0), (rect.x, rect.right())),
        Scale::new((0.0, 1.0), (rect.y, rect.bottom())),
    );
    plot.rect((0.0, 0.0), (1.0, 1.0), fill);
    if let Some(outline) = look.outline {
        let lane = Lane {
            growth: Growth::Right,
            across: (rect.y, rect.bottom()),
        };
        sheet.item(
            Point::ZERO,
            lane.outline(rect.x, rect.right(), true, outline),
        );
    }
}
