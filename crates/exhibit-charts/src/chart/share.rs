//! Parts of a whole: one bar a category, one part a series.

use exhibit_facts::facts::{Chart, ColorRole, Datum};
use exhibit_facts::format;
use exhibit_facts::quantity::{Shape, Status};
use exhibit_scene::{Color, Fill, Item, MissingGlyph, Path, Point, Rect, Size, Stroke};

use super::category_names::CategoryNames;
use crate::alt::accessible_name;
use crate::draw::Canvas;
use crate::guide::dodge::{LabelRequest, dodge_labels};
use crate::guide::legend::{Legend, Swatch};
use crate::guide::text::{Anchor, TextBlock};
use crate::mark::hatch::{inline, texture};
use crate::mark::interval::FeasibleInterval;
use crate::mark::slot::{BandSlot, Orientation};
use crate::mark::style::{Texture, mark_style, overhang};
use crate::region::{BandHeights, Plotted, Region};
use crate::scale::{Scale, ends, value_of};
use crate::style::{ChartStyle, Look, value_label};

/// Side of the swatch before a value below its bar, as a share of the leading.
const SWATCH_SHARE: f64 = 0.5;

/// A part before it is drawn. It begins at `from` and ends at `to`, in values.
struct Segment<'a> {
    series: usize,
    datum: &'a Datum,
    look: Look,
    from: f64,
    to: f64,
}

/// Least height of a bar, in leadings: a value has white above and below it.
const LEAST_LEADINGS: f64 = 1.15;

/// Share of its band that a bar fills where bars are crowded.
const CROWDED_SHARE: f64 = 0.82;

/// Most bars that may all have numbers below them. Among more bars, a number that does not fit its part is left out, and a line says so.
const MAX_SPILLING_BARS: usize = 3;

/// Draws the chart.
pub(super) fn share(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    let t = &style.tokens;
    let rows: Vec<Vec<Segment>> = (0..chart.categories.len())
        .map(|band| segments(style, chart, band))
        .collect();
    // A single row needs no name, because the title names the whole.
    let names = (chart.categories.len() > 1)
        .then(|| CategoryNames::new(style, chart, region.width))
        .transpose()?;
    let left = names.as_ref().map_or(0.0, |names| names.width);
    let x = scale(style, chart, &rows, (left, region.width));
    let direct = direct_names(style, chart, &rows, x)?;
    let legend = match &direct {
        Some(_) => None,
        None => Some(Legend::new(style, chart, Swatch::Square, region.width)?),
    };
    let top = match (&direct, &legend) {
        (Some(names), _) if names.iter().all(|(_, name)| name.count() == 0) => 0.0,
        (Some(_), _) => style.label().leading + t.gap / 2.0,
        (None, Some(legend)) => legend.height,
        (None, None) => 0.0,
    };
    let count = rows.len();
    let share = if count == 1 { 1.0 } else { t.bar.max(0.72) };
    let high = if count == 1 { t.band * 1.35 } else { t.band };
    let usual = high.max(names.as_ref().map_or(0.0, |names| names.height + t.gap));
    let heights = BandHeights {
        // A value has white above and below it inside its bar.
        min: (style.label().leading * LEAST_LEADINGS
            / if count == 1 { 1.0 } else { CROWDED_SHARE })
        .max(names.as_ref().map_or(0.0, |names| names.height) + t.gap / 2.0),
        usual,
        max: usual * if count == 1 { 2.2 } else { 1.7 },
    };
    let inside = (left, region.width);
    let labels = |spill: bool| -> Result<Vec<SegmentLabels>, MissingGlyph> {
        let rows = rows.iter().enumerate();
        rows.map(|(band, row)| SegmentLabels::new(style, chart, row, x, inside, band, spill))
            .collect()
    };
    let mut labels = labels(true).and_then(|found| {
        let spilled = found.iter().filter(|labels| labels.below > 0.0).count();
        // Lines under most of many bars would hide the bars, or take the height of some.
        let below: f64 = found.iter().map(|labels| labels.below).sum();
        let high = top + count as f64 * heights.min + below > region.max_height;
        let many = rows.len() > MAX_SPILLING_BARS && (high || 2 * spilled > rows.len());
        if many { labels(false) } else { Ok(found) }
    })?;
    let narrow = labels.iter().any(|labels| labels.broken);
    let unnumbered = labels.iter().any(SegmentLabels::is_incomplete);
    let note = if unnumbered {
        let words = format::words(chart.language).mark_notes.narrow_part;
        TextBlock::wrapped(style, words, &style.small(), region.width)?
    } else {
        TextBlock::single(style, "", &style.small())?
    };
    if note.count() > 0
        && let Some(last) = labels.last_mut()
    {
        last.below += note.height() + t.gap;
    }
    let below: f64 = labels.iter().map(|labels| labels.below).sum();
    let band = region.band_height(count, top + below, heights);
    // Crowded bars keep their height and lose white.
    let least = (style.label().leading * LEAST_LEADINGS / band).min(1.0);
    let share = share.max(least);
    let canvas = Canvas::new(Size::new(region.width, top + count as f64 * band + below));
    if let Some(legend) = &legend {
        legend.draw(style, &canvas, 0.0);
    }
    canvas.group("label", || {
        for (middle, lines) in direct.iter().flatten() {
            lines.draw(&canvas, *middle, 0.0, Anchor::Start);
        }
    });
    let mut above = top;
    for (band_index, (row, labels)) in rows.iter().zip(labels).enumerate() {
        let middle = above + band / 2.0;
        if let Some(names) = &names {
            names.draw(&canvas, band_index, 0.0, middle);
        }
        let half = band * share / 2.0;
        let slot = BandSlot {
            orientation: Orientation::Horizontal,
            across: (middle - half, middle + half),
        };
        // From the last part to the first, because an open end overlaps its right neighbour.
        for (index, part) in row.iter().enumerate().rev() {
            let label = accessible_name(chart, band_index, part.series, part.datum);
            // A part without a value or a length is no neighbour.
            let next = row[index + 1..].iter().find(|next| next.to > next.from);
            let next = next.map(|next| fill_of(style, next));
            canvas.mark(&part.datum.address, label, || {
                draw_segment(style, &canvas, chart, part, x, &slot, next);
                labels.draw(style, &canvas, index, &slot);
            });
        }
        above += band + labels.below;
    }
    canvas.group("hint", || {
        note.draw(&canvas, 0.0, above - note.height(), Anchor::Start);
    });
    Ok(Plotted {
        frame: canvas.finish(),
        complete: true,
        narrow,
    })
}

/// Parts of one bar. A range or a bound takes its upper number.
fn segments<'a>(style: &ChartStyle, chart: &'a Chart, band: usize) -> Vec<Segment<'a>> {
    let looks = style.looks(chart);
    let mut parts = Vec::new();
    let mut from = 0.0;
    for (series, of) in chart.series.iter().enumerate() {
        let Some(datum) = &of.data[band] else {
            continue;
        };
        let size = value_of(datum).map_or(0.0, |value| ends(&value.shape, chart.exponent).1);
        parts.push(Segment {
            series,
            datum,
            look: style.datum_look(datum, looks[series]),
            from,
            to: from + size,
        });
        from += size;
    }
    parts
}

/// Scale of all rows, with space on the right for open and soft ends.
fn scale(style: &ChartStyle, chart: &Chart, rows: &[Vec<Segment>], inside: (f64, f64)) -> Scale {
    let (left, right) = inside;
    let whole = whole(chart, rows);
    let end = |part: &Segment| {
        let open = right_overhang(style, chart, part.datum)?;
        // The largest end of the whole at which the open end of this part stays on the canvas.
        (part.to > 0.0).then(|| left + (right - left - open) * whole / part.to)
    };
    let end = rows.iter().flatten().filter_map(end).fold(right, f64::min);
    Scale::new((0.0, whole), (left, end))
}

/// The whole in values: 100 per cent, or the largest sum where parts are counts or overlap.
fn whole(chart: &Chart, rows: &[Vec<Segment>]) -> f64 {
    let sums = rows.iter().filter_map(|row| row.last()).map(|part| part.to);
    let most = sums.fold(0.0, f64::max);
    if chart.unit == "%" && most <= 100.0 && most > 50.0 {
        100.0
    } else if most > 0.0 {
        most
    } else {
        1.0
    }
}

/// Values of a row, in the order of its parts: inside the part, after the end of the bar, or in lines below the bar.
struct SegmentLabels {
    entries: Vec<SegmentLabel>,
    /// Height of the lines below the bar, in points.
    below: f64,
    /// No part has a length, so that the values stand in place of the bar.
    empty: bool,
    /// A number does not fit on a line of its own, and is broken.
    broken: bool,
}

/// The value of one part, with its position.
struct SegmentLabel {
    lines: TextBlock,
    position: LabelPosition,
}

/// Position of a value, in points of the canvas.
enum LabelPosition {
    /// Left edge of a value on its part, and whether the part has lines that a ground of paper must interrupt.
    Inside(f64, bool),
    /// Left edge of a value after its bar.
    Beside(f64),
    /// Left edge of a value below its bar, the distance of its top from the lines' begin, and the colour of the
    /// swatch before it.
    Below(Point, Look),
    /// The part is too narrow, and its bar is one of many.
    Nowhere,
}

impl SegmentLabels {
    fn new(
        style: &ChartStyle,
        chart: &Chart,
        row: &[Segment],
        x: Scale,
        (left, right): (f64, f64),
        band: usize,
        spill: bool,
    ) -> Result<Self, MissingGlyph> {
        let t = &style.tokens;
        let paragraph = style.label();
        let empty = row.iter().all(|part| part.to <= part.from);
        let last = row.iter().rposition(|part| part.to > part.from);
        let swatch = paragraph.leading * SWATCH_SHARE;
        let mut entries = Vec::new();
        let mut at = Point::ZERO;
        let (mut behind, mut broken) = (false, false);
        for (index, part) in row.iter().enumerate() {
            let faded = faded(style, chart, &row[..index], x);
            if let Some(label) = label_inside(style, part, x, faded)? {
                entries.push(label);
                continue;
            }
            let series = &chart.series[part.series];
            let shown = value_of(part.datum).is_some();
            let ink = if shown {
                part.look.text
            } else {
                style.colors.grey
            };
            let number = value_label(part.datum);
            let outside =
                TextBlock::single(style, &number, &paragraph.bold_if(shown).colored(ink))?;
            let open = right_overhang(style, chart, part.datum).unwrap_or(0.0);
            // A part without a length may have an open end, too.
            let behind_all = self::faded(style, chart, row, x);
            let start = behind_all.max(x.map(part.to) + open) + t.gap;
            let at_end = row.len() == 1 || last == Some(index);
            if !behind && at_end && start + outside.width <= right {
                behind = true;
                entries.push(SegmentLabel {
                    lines: outside,
                    position: LabelPosition::Beside(start),
                });
                continue;
            }
            if !spill && shown && !empty {
                entries.push(SegmentLabel {
                    lines: outside,
                    position: LabelPosition::Nowhere,
                });
                continue;
            }
            let named = [series.label.as_str(), number.as_str()];
            let words: Vec<&str> = named.into_iter().filter(|word| !word.is_empty()).collect();
            let paragraph = paragraph
                .bold_if(shown && part.look.role != ColorRole::Neutral)
                .colored(ink);
            let width = right - left - swatch - t.gap;
            let lines = TextBlock::wrapped(style, &words.join(" "), &paragraph, width)?;
            broken |= outside.width > width;
            let size = swatch + t.gap / 2.0 + lines.width;
            if at.x > 0.0 && left + at.x + size > right {
                at = Point::new(0.0, at.y + paragraph.leading);
            }
            let begin = Point::new(left + at.x, at.y);
            at.x += size + 2.5 * t.gap;
            at.y += lines.height() - paragraph.leading;
            entries.push(SegmentLabel {
                lines,
                position: LabelPosition::Below(begin, part.look),
            });
        }
        let spilled = entries
            .iter()
            .any(|label| matches!(label.position, LabelPosition::Below(..)));
        let high = if spilled {
            at.y + paragraph.leading
        } else {
            0.0
        };
        let last_row = band + 1 == chart.categories.len();
        let empty = empty && high <= paragraph.leading;
        let below = if !spilled || empty {
            0.0
        } else if last_row {
            high + t.gap / 2.0
        } else {
            high + t.gap
        };
        Ok(Self {
            entries,
            below,
            empty,
            broken,
        })
    }

    /// True where a number is left out.
    fn is_incomplete(&self) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|label| matches!(label.position, LabelPosition::Nowhere))
    }

    fn draw(&self, style: &ChartStyle, canvas: &Canvas, index: usize, slot: &BandSlot) {
        let t = &style.tokens;
        let paragraph = style.label();
        let SegmentLabel { lines, position } = &self.entries[index];
        match position {
            LabelPosition::Nowhere => {}
            LabelPosition::Inside(left, textured) => {
                if *textured {
                    let top = lines.top_beside(slot.middle());
                    let hair = t.gap / 3.0;
                    let width = lines.width + 2.0 * hair;
                    let ground =
                        Rect::new(left - hair, top + hair / 2.0, width, lines.height() - hair);
                    let ground = Path::rect(ground, Fill::Solid(style.colors.paper));
                    canvas.item(Point::ZERO, Item::Path(ground));
                }
                lines.draw_beside(canvas, *left, slot.middle(), Anchor::Start);
            }
            LabelPosition::Beside(left) => {
                lines.draw_beside(canvas, *left, slot.middle(), Anchor::Start);
            }
            LabelPosition::Below(at, look) => {
                let top = at.y
                    + if self.empty {
                        slot.middle() - paragraph.leading / 2.0
                    } else {
                        slot.across.1 + t.gap / 2.0
                    };
                let swatch = paragraph.leading * SWATCH_SHARE;
                let middle = top + paragraph.leading / 2.0;
                let square = Rect::new(at.x, middle - swatch / 2.0, swatch, swatch);
                let fill = Fill::Solid(look.color);
                canvas.item(Point::ZERO, Item::Path(Path::rect(square, fill)));
                if look.inlined
                    && let Some(item) = inline(style, square)
                {
                    canvas.item(Point::ZERO, item);
                }
                lines.draw(canvas, at.x + swatch + t.gap / 2.0, top, Anchor::Start);
            }
        }
    }
}

/// The value of a part on the part itself, right of the fade that ends at `faded` on the canvas. `None` where the
/// value does not fit.
fn label_inside(
    style: &ChartStyle,
    part: &Segment,
    x: Scale,
    faded: f64,
) -> Result<Option<SegmentLabel>, MissingGlyph> {
    let t = &style.tokens;
    let fill = fill_of(style, part);
    let ink = if fill == part.look.color {
        style.text_on(fill)
    } else if fill == style.tint(part.look.color) {
        // The colour as text is too near to its tint.
        style.colors.ink
    } else {
        part.look.text
    };
    let paragraph = style.label().bold().colored(ink);
    let lines = TextBlock::single(style, &value_label(part.datum), &paragraph)?;
    let (from, to) = (x.map(part.from), x.map(part.to));
    let inset = (faded + 2.0 * t.gap - from).max(1.5 * t.gap);
    let fits = lines.width + inset + t.gap <= to - from;
    Ok(fits.then_some(SegmentLabel {
        lines,
        position: LabelPosition::Inside(
            from + inset,
            mark_style(style, part.datum.status, part.look.color).texture != Texture::Plain,
        ),
    }))
}

/// Points that an open or a soft end takes right of a part. `None` for a missing value.
fn right_overhang(style: &ChartStyle, chart: &Chart, datum: &Datum) -> Option<f64> {
    let interval = FeasibleInterval::of(datum, chart.exponent)?;
    Some(overhang(style, interval, value_of(datum)?.about).1)
}

/// Names above the parts of the first row with their left edges. `None` where a name does not fit near its part.
fn direct_names(
    style: &ChartStyle,
    chart: &Chart,
    rows: &[Vec<Segment>],
    x: Scale,
) -> Result<Option<Vec<(f64, TextBlock)>>, MissingGlyph> {
    let t = &style.tokens;
    let Some(row) = rows.first().filter(|row| row.len() == chart.series.len()) else {
        return Ok(None);
    };
    let mut names = Vec::new();
    let mut requests = Vec::new();
    for part in row {
        let series = &chart.series[part.series];
        let paragraph = style
            .label()
            .colored(part.look.text)
            .bold_if(series.role != ColorRole::Neutral);
        let lines = TextBlock::single(style, &series.label, &paragraph)?;
        requests.push(LabelRequest {
            at: x.map(part.from) + lines.width / 2.0 + t.gap / 2.0,
            size: lines.width + t.gap,
        });
        names.push(lines);
    }
    let needed: f64 = requests.iter().map(|request| request.size).sum();
    if needed > x.range.1 + t.gap - x.range.0 {
        return Ok(None);
    }
    let middles = dodge_labels(&requests, x.range.0, x.range.1 + t.gap);
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

/// True for an upper bound, which is pale as a whole.
fn is_upper_bound(datum: &Datum) -> bool {
    value_of(datum)
        .is_some_and(|value| matches!(value.shape, Shape::LessThan(_) | Shape::AtMost(_)))
}

/// Right end of the open ends of some parts, in points of the canvas. 0 where none is open.
fn faded(style: &ChartStyle, chart: &Chart, parts: &[Segment], x: Scale) -> f64 {
    let open = parts.iter().filter(|part| is_open(part.datum));
    let end = |part: &Segment| {
        let interval = FeasibleInterval::of(part.datum, chart.exponent)?;
        Some(x.map(part.to) + overhang(style, interval, false).1)
    };
    open.filter_map(end).fold(0.0, f64::max)
}

/// True for a lower bound, which fades into its right neighbour.
fn is_open(datum: &Datum) -> bool {
    value_of(datum).is_some_and(|value| value.shape.high().is_none())
}

/// Colour of a part's fill.
fn fill_of(style: &ChartStyle, part: &Segment) -> Color {
    let color = part.look.color;
    if is_upper_bound(part.datum) {
        style.pale(color)
    } else {
        mark_style(style, part.datum.status, color).fill
    }
}

/// Draws a part. `next` is the colour of its right neighbour, into which an open end fades.
fn draw_segment(
    style: &ChartStyle,
    canvas: &Canvas,
    chart: &Chart,
    part: &Segment,
    x: Scale,
    slot: &BandSlot,
    next: Option<Color>,
) {
    let t = &style.tokens;
    let color = part.look.color;
    let (from, to) = (x.map(part.from), x.map(part.to));
    let Some(value) = value_of(part.datum) else {
        return;
    };
    let fill = fill_of(style, part);
    let mark = mark_style(style, part.datum.status, color);
    let white = Stroke::solid(style.colors.paper, t.edge);
    if to > from {
        canvas.item(Point::ZERO, slot.filled(from, to, fill));
        let rect = slot.rect(from, to);
        if let Some(item) = texture(style, rect, mark.texture, color) {
            canvas.item(Point::ZERO, item);
        }
        if part.look.inlined
            && part.datum.status == Status::Actual
            && let Some(item) = inline(style, rect)
        {
            canvas.item(Point::ZERO, item);
        }
        if let Shape::Range { low, .. } = &value.shape {
            // The merely possible part of a range is pale.
            let certain = x.map(part.from + low.to_f64_at(chart.exponent));
            let pale = style.pale(color);
            canvas.item(Point::ZERO, slot.filled(certain, to, pale));
            let half = (t.edge / 2.0).min((to - from) / 2.0);
            for end in [(certain + half).min(to - half), to - half] {
                let tick = slot.tick(end, 0.0, Stroke::solid(color, t.edge));
                canvas.item(Point::ZERO, tick);
            }
        }
        if let Some(outline) = mark.outline {
            canvas.item(Point::ZERO, slot.outline(from, to, true, outline));
        }
    }
    let beside = next.unwrap_or(style.colors.paper);
    let fade = |start: f64, end: f64| slot.fade_from_root(x.range.0, start, end, fill, beside);
    match &value.shape {
        Shape::MoreThan(_) | Shape::AtLeast(_) => {
            canvas.item(Point::ZERO, fade(to, to + t.fade));
            let tip = to + t.fade + t.arrow;
            canvas.item(Point::ZERO, slot.arrow(to, tip, t.arrow, color));
        }
        Shape::Exact(_) | Shape::Estimate { .. } if value.about && to > from => {
            let soft = t.soft / 2.0;
            let start = (to - soft).max(from);
            canvas.item(Point::ZERO, fade(start, to + soft));
        }
        // A hair of paper separates neighbours.
        Shape::Exact(_)
        | Shape::LessThan(_)
        | Shape::AtMost(_)
        | Shape::Range { .. }
        | Shape::Estimate { .. }
            if next.is_some() && to > from =>
        {
            canvas.item(Point::ZERO, slot.tick(to, 0.0, white));
        }
        Shape::Exact(_)
        | Shape::LessThan(_)
        | Shape::AtMost(_)
        | Shape::Range { .. }
        | Shape::Estimate { .. } => {}
    }
}
