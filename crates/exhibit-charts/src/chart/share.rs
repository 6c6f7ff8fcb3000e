//! Parts of a whole: one row of 100 % a category, one part a series.

use exhibit_core::facts::{Chart, Datum};
use exhibit_core::quantity::Shape;
use exhibit_scene::{Color, Frame, MissingGlyph, Point, Rect, Size, Stroke};

use super::names::Names;
use super::{Room, spoken};
use crate::draw::Sheet;
use crate::guide::legend::{Legend, Sample};
use crate::guide::spread::{Wish, spread};
use crate::guide::text::{Lines, Side};
use crate::mark::hatch::hatch;
use crate::mark::{Growth, Lane, look};
use crate::scale::{Bands, Scale, ends, value};
use crate::setting::{Setting, tone, value_label};

/// A part before it is drawn: where it begins and ends in values.
struct Part<'a> {
    series: usize,
    datum: &'a Datum,
    from: f64,
    to: f64,
}

/// Draws the chart.
pub(super) fn share(setting: &Setting, chart: &Chart, room: Room) -> Result<Frame, MissingGlyph> {
    let t = &setting.tokens;
    let rows: Vec<Vec<Part>> = (0..chart.categories.len())
        .map(|band| parts_of(chart, band))
        .collect();
    // One row needs no name: its title says what is parted.
    let names = (chart.categories.len() > 1)
        .then(|| Names::new(setting, chart, room.width))
        .transpose()?;
    let left = names.as_ref().map_or(0.0, |names| names.width);
    let x = Scale::new((0.0, whole(&rows)), (left, room.width));
    let direct = direct_names(setting, chart, &rows, x)?;
    let legend = match &direct {
        Some(_) => None,
        None => Some(Legend::new(
            setting,
            &chart.series,
            Sample::Square,
            room.width,
        )?),
    };
    let top = match (&direct, &legend) {
        (Some(_), _) => setting.label().leading + t.gap / 2.0,
        (None, Some(legend)) => legend.height,
        (None, None) => 0.0,
    };
    let count = rows.len();
    let high = if count == 1 { t.band * 1.35 } else { t.band };
    let least = high.max(names.as_ref().map_or(0.0, |names| names.height + t.gap));
    let band = room.stretched(count, top, least, least * 1.7);
    let bands = Bands {
        start: top,
        width: band,
        share: if count == 1 { 1.0 } else { t.bar.max(0.72) },
        count,
    };
    let sheet = Sheet::new(Size::new(room.width, top + count as f64 * band));
    if let Some(legend) = &legend {
        legend.put(&sheet, t.gap, 0.0);
    }
    sheet.part("label", || {
        for (middle, lines) in direct.iter().flatten() {
            lines.put(&sheet, *middle, 0.0, Side::Left);
        }
    });
    let y = bands.scale();
    for (band, row) in rows.iter().enumerate() {
        if let Some(names) = &names {
            names.put(&sheet, band, bands.middle(band));
        }
        let (from, to) = bands.lane(band, 0, 1);
        let lane = Lane {
            growth: Growth::Right,
            across: (y.map(from), y.map(to)),
        };
        // From the last to the first: an open end lies on its neighbour.
        for (index, part) in row.iter().enumerate().rev() {
            let label = spoken(chart, band, part.series, part.datum);
            let next = row.get(index + 1).map(|next| fill_of(setting, chart, next));
            sheet.mark(&part.datum.address, label, || {
                put(setting, &sheet, chart, part, x, &lane, next)
            })?;
        }
    }
    Ok(sheet.finish())
}

fn parts_of(chart: &Chart, band: usize) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut from = 0.0;
    for (series, of) in chart.series.iter().enumerate() {
        let Some(datum) = &of.data[band] else {
            continue;
        };
        let size = value(datum).map_or(0.0, |said| ends(&said.shape, chart.exponent).1);
        parts.push(Part {
            series,
            datum,
            from,
            to: from + size,
        });
        from += size;
    }
    parts
}

/// What the rows are parts of: 100, or the largest sum where parts are counts or overlap.
fn whole(rows: &[Vec<Part>]) -> f64 {
    let sums = rows.iter().filter_map(|row| row.last()).map(|part| part.to);
    let most = sums.fold(0.0, f64::max);
    if most <= 100.0 && most > 50.0 {
        100.0
    } else if most > 0.0 {
        most
    } else {
        1.0
    }
}

/// Names above the parts of the first row, where every one finds room near its part; `None` where one does not.
fn direct_names(
    setting: &Setting,
    chart: &Chart,
    rows: &[Vec<Part>],
    x: Scale,
) -> Result<Option<Vec<(f64, Lines)>>, MissingGlyph> {
    let t = &setting.tokens;
    let Some(row) = rows.first().filter(|row| row.len() == chart.series.len()) else {
        return Ok(None);
    };
    let mut names = Vec::new();
    let mut wishes = Vec::new();
    for part in row {
        let series = &chart.series[part.series];
        let kind = setting
            .label()
            .inked(setting.text_color(series.tone))
            .bold_if(series.tone != exhibit_core::facts::Tone::Neutral);
        let lines = Lines::single(setting, &series.label, &kind)?;
        wishes.push(Wish {
            at: x.map(part.from) + lines.width / 2.0 + t.gap / 2.0,
            size: lines.width + t.gap,
        });
        names.push(lines);
    }
    let middles = spread(&wishes, x.range.0, x.range.1 + t.gap);
    let near = row
        .iter()
        .zip(&middles)
        .zip(&names)
        .all(|((part, middle), name)| {
            let shift = middle - name.width / 2.0 - t.gap / 2.0 - x.map(part.from);
            shift.abs() <= (x.map(part.to) - x.map(part.from)).max(t.gap)
        });
    if !near {
        return Ok(None);
    }
    let placed = middles.into_iter().zip(names);
    Ok(Some(
        placed
            .map(|(middle, name)| (middle - name.width / 2.0 - t.gap / 2.0, name))
            .collect(),
    ))
}

fn is_upper_bound(datum: &Datum) -> bool {
    value(datum).is_some_and(|said| matches!(said.shape, Shape::LessThan(_) | Shape::AtMost(_)))
}

/// The colour that a part is filled with.
fn fill_of(setting: &Setting, chart: &Chart, part: &Part) -> Color {
    let color = setting.mark_color(tone(part.datum, chart.series[part.series].tone));
    if is_upper_bound(part.datum) {
        setting.pale(color)
    } else {
        look(setting, part.datum.status, color).fill
    }
}

/// Draws a part and its value. `next` is the colour of the part after it, into which an open end fades.
fn put(
    setting: &Setting,
    sheet: &Sheet,
    chart: &Chart,
    part: &Part,
    x: Scale,
    lane: &Lane,
    next: Option<Color>,
) -> Result<(), MissingGlyph> {
    let t = &setting.tokens;
    let own_tone = tone(part.datum, chart.series[part.series].tone);
    let color = setting.mark_color(own_tone);
    let (from, to) = (x.map(part.from), x.map(part.to));
    let Some(said) = value(part.datum) else {
        return Ok(());
    };
    let fill = fill_of(setting, chart, part);
    let look = look(setting, part.datum.status, color);
    let white = Stroke::solid(setting.colors.paper, t.edge);
    sheet.item(Point::ZERO, lane.filled(from, to, fill));
    if look.hatched {
        let rect: Rect = lane.rect(from, to);
        let line = Stroke::solid(color, t.hairline);
        sheet.item(Point::ZERO, hatch(rect, t.hatch, line));
    }
    if let Some(outline) = look.outline {
        sheet.item(Point::ZERO, lane.outline(from, to, true, outline));
    }
    let beside = next.unwrap_or(setting.colors.paper);
    match &said.shape {
        Shape::MoreThan(_) | Shape::AtLeast(_) => {
            sheet.item(Point::ZERO, lane.fade(to, to + t.fade, fill, beside));
            let tip = to + t.fade + t.arrow;
            sheet.item(Point::ZERO, lane.arrow(to, tip, t.arrow, color));
        }
        Shape::Exact(_) if said.about => {
            let soft = t.soft / 2.0;
            sheet.item(Point::ZERO, lane.fade(to - soft, to + soft, fill, beside));
        }
        // A hair of paper keeps neighbours apart.
        Shape::Exact(_) | Shape::LessThan(_) | Shape::AtMost(_) | Shape::Range { .. }
            if next.is_some() =>
        {
            sheet.item(Point::ZERO, lane.tick(to, 0.0, white));
        }
        Shape::Exact(_) | Shape::LessThan(_) | Shape::AtMost(_) | Shape::Range { .. } => {}
    }
    let ink = if fill == color {
        setting.ink_on(fill)
    } else {
        setting.text_color(own_tone)
    };
    let label = Lines::single(
        setting,
        &value_label(part.datum),
        &setting.label().bold().inked(ink),
    )?;
    // Behind what fades in from the left neighbour.
    let inset = if part.from > 0.0 && is_upper_bound(part.datum) {
        t.fade + t.arrow + 2.0 * t.gap
    } else {
        1.5 * t.gap
    };
    if label.width + inset + t.gap <= to - from {
        label.put_beside(sheet, from + inset, lane.middle(), Side::Left);
    }
    Ok(())
}
