//! Timelines: events above and below one axis in turn, with leaders to their dates. Many events stand in a list.
//!
//! The axis is true to scale but for one break: a stretch without events that is longer than all the rest is cut out, and the break is drawn,
//! unless the author wants none.

use exhibit_facts::facts::{ColorRole, Timeline, TimelineEvent};
use exhibit_facts::period::Extent;
use exhibit_facts::quantity::Status;
use exhibit_scene::{Color, Fill, Frame, Item, MissingGlyph, Path, Point, Segment, Size, Stroke};

use crate::draw::Canvas;
use crate::guide::dodge::{LabelRequest, dodge_labels};
use crate::guide::text::{Anchor, TextBlock};
use crate::mark::slot::{BandSlot, Orientation};
use crate::region::Region;
use crate::scale::Scale;
use crate::style::ChartStyle;

/// Narrowest label, in em of its text. Events with less width stand in a list.
const MIN_LABEL_EM: f64 = 7.5;

/// Narrowest column of a list, in em of its text.
const MIN_COLUMN_EM: f64 = 17.0;

/// Share of the whole time above which a gap is broken. No two gaps have such a share.
const BREAK_SHARE: f64 = 0.5;

/// Most white between the rows of a list on a slide, in leadings of its text.
const MAX_LIST_LEADINGS: f64 = 1.2;

/// Width of a broken gap, as a share of the width.
const BREAK_WIDTH: f64 = 0.07;

/// Draws the timeline.
pub(super) fn timeline(
    style: &ChartStyle,
    timeline: &Timeline,
    region: Region,
) -> Result<Frame, MissingGlyph> {
    let events = &timeline.events;
    let side = events.len().div_ceil(2) as f64;
    let narrow = MIN_LABEL_EM * style.tokens.label;
    if region.width / side >= narrow
        && let Some(frame) = along_axis(style, timeline, region)?
    {
        return Ok(frame);
    }
    // A list higher than the region stands in columns, read one after the other.
    let usual = style.tokens.gap;
    let single = event_list(style, events, region.width, usual)?;
    let (gap, least) = (6.0 * style.tokens.gap, MIN_COLUMN_EM * style.tokens.label);
    let high = region
        .height
        .map_or(region.max_height, |height| height.min(region.max_height));
    let mut columns = 1_usize;
    let mut found = single;
    for tried in 2..=3_usize {
        let width = (region.width - gap * (tried as f64 - 1.0)) / tried as f64;
        let many = region.height.is_some() && events.len() >= 8;
        if found.size.height <= high && !(tried == 2 && many) || width < least {
            break;
        }
        columns = tried;
        found = in_list_columns(style, events, region.width, columns, usual)?;
    }
    // A slide's list fills its height, within reason.
    let rows = events.len().div_ceil(columns) as f64;
    let more = (region.height.unwrap_or(0.0) - found.size.height) / rows;
    let more = more.min(MAX_LIST_LEADINGS * style.label().leading);
    if more > 0.0 {
        return in_list_columns(style, events, region.width, columns, usual + more);
    }
    Ok(found)
}

/// A list in columns, read one after the other, with `white` points between rows.
fn in_list_columns(
    style: &ChartStyle,
    events: &[TimelineEvent],
    width: f64,
    columns: usize,
    white: f64,
) -> Result<Frame, MissingGlyph> {
    let gap = 6.0 * style.tokens.gap;
    let own = (width - gap * (columns as f64 - 1.0)) / columns as f64;
    let mut frame = Frame::new(Size::new(width, 0.0));
    for (index, part) in events.chunks(events.len().div_ceil(columns)).enumerate() {
        let part = event_list(style, part, own, white)?;
        frame.size.height = frame.size.height.max(part.size.height);
        frame.push_frame(Point::new(index as f64 * (own + gap), 0.0), part);
    }
    Ok(frame)
}

/// Texts of an event.
struct EventText {
    date: TextBlock,
    label: TextBlock,
}

impl EventText {
    fn new(style: &ChartStyle, event: &TimelineEvent, width: f64) -> Result<Self, MissingGlyph> {
        let (date, label) = text_styles(style, event);
        let date = TextBlock::single(style, &event.date_label, &date)?;
        let width = width.max(date.width);
        Ok(Self {
            label: TextBlock::wrapped(style, &event.label, &label, width)?,
            date,
        })
    }

    fn width(&self) -> f64 {
        self.date.width.max(self.label.width)
    }

    fn height(&self) -> f64 {
        self.date.height() + self.label.height()
    }

    fn draw(&self, canvas: &Canvas, x: f64, y: f64) {
        self.date.draw(canvas, x, y, Anchor::Start);
        self.label
            .draw(canvas, x, y + self.date.height(), Anchor::Start);
    }
}

/// Styles of the date and of the label of an event.
fn text_styles(
    style: &ChartStyle,
    event: &TimelineEvent,
) -> (crate::style::ParagraphStyle, crate::style::ParagraphStyle) {
    let color = style.text_color(event.role);
    let date = style.label().bold().colored(color);
    (date, style.label())
}

fn color(style: &ChartStyle, event: &TimelineEvent) -> Color {
    match event.role {
        ColorRole::Neutral => style.colors.ink,
        role => style.mark_color(role),
    }
}

/// The axis with all texts. `None` where the texts do not fit side by side.
fn along_axis(
    style: &ChartStyle,
    timeline: &Timeline,
    region: Region,
) -> Result<Option<Frame>, MissingGlyph> {
    let t = &style.tokens;
    let events = &timeline.events;
    let radius = t.dot + t.edge;
    let ends = (radius, region.width - radius);
    let axis = TimeAxis::new(events, ends, timeline.breaks);
    // Events in the order of their positions: leaders of one side never cross.
    let mut events: Vec<&TimelineEvent> = events.iter().collect();
    events.sort_by(|a, b| middle_day(a).total_cmp(&middle_day(b)));
    let per_side = events.len().div_ceil(2) as f64;
    let gap = 2.5 * t.gap;
    let widest = (region.width / per_side - gap).min(15.0 * t.label);
    let mut sides: [Vec<(usize, EventText)>; 2] = [Vec::new(), Vec::new()];
    for (index, event) in events.iter().enumerate() {
        sides[index % 2].push((index, EventText::new(style, event, widest)?));
    }
    let [above, below] = &sides;
    // The white after the last label may overlap the edge, the white before a label may not.
    let end = region.width + gap - t.gap;
    let wide = |side: &[(usize, EventText)]| -> f64 {
        side.iter().map(|(_, words)| words.width() + gap).sum()
    };
    if wide(above).max(wide(below)) > end {
        return Ok(None);
    }
    let high = |side: &[(usize, EventText)]| {
        side.iter()
            .map(|(_, words)| words.height())
            .fold(0.0, f64::max)
    };
    let leader = 5.0 * t.gap;
    let mut line_at = high(above) + leader;
    let needed = line_at + leader + high(below);
    let height = region
        .height
        .map_or(needed, |height| needed.max(height.min(needed * 1.25)));
    line_at += (height - needed) / 2.0;
    let canvas = Canvas::new(Size::new(region.width, height));
    axis.draw(style, &canvas, line_at);
    canvas.group("axis", || {
        for event in &events {
            draw_period(style, &canvas, &axis, event, line_at);
        }
        for (side, away) in [(above, -1.0), (below, 1.0)] {
            let spans = side.iter().map(|(index, _)| events[*index]);
            draw_brackets(style, &canvas, &axis, spans, line_at, away);
        }
    });
    for (index, labels) in sides.iter().enumerate() {
        let side = TimelineSide {
            axis: &axis,
            line_at,
            up: index == 0,
            leader,
            high: high(labels),
        };
        let requests: Vec<LabelRequest> = labels
            .iter()
            .map(|(event, words)| LabelRequest {
                // A label begins at its leader, so its middle lies further right.
                at: axis.middle(events[*event]) + (words.width() + gap) / 2.0,
                size: words.width() + gap,
            })
            .collect();
        let middles = dodge_labels(&requests, 0.0, end);
        for ((event, words), (middle, request)) in labels.iter().zip(middles.iter().zip(&requests))
        {
            let event = events[*event];
            let left = middle - request.size / 2.0;
            canvas.mark(
                &event.address,
                format!("{}: {}", event.date_label, event.label),
                || side.draw_event(style, &canvas, event, words, left),
            );
        }
    }
    Ok(Some(canvas.finish()))
}

/// One side of the axis, with the labels of its events. Lengths are in points of the canvas.
#[derive(Clone, Copy)]
struct TimelineSide<'a> {
    axis: &'a TimeAxis,
    /// Vertical position of the axis.
    line_at: f64,
    /// The labels stand above the axis, not below it.
    up: bool,
    /// Distance between axis and labels.
    leader: f64,
    /// Height of the highest label.
    high: f64,
}

impl TimelineSide<'_> {
    /// Draws the marker, the leader and the label of an event. `left` is the left edge of the label.
    fn draw_event(
        self,
        style: &ChartStyle,
        canvas: &Canvas,
        event: &TimelineEvent,
        words: &EventText,
        left: f64,
    ) {
        let Self {
            axis,
            line_at,
            up,
            leader,
            high,
        } = self;
        let t = &style.tokens;
        let away = if up { -1.0 } else { 1.0 };
        let from = axis.middle(event);
        let stroke = Stroke::solid(style.colors.neutral, t.hairline);
        // A leader runs straight out of the marker, slants to the left edge of the label, and runs along the label.
        // Leaders of one side never cross, because labels keep the order of their events.
        let start = line_at + away * t.dot;
        let bend = line_at + away * leader * 0.35;
        let end = line_at + away * leader * 0.85;
        let tail = line_at + away * (leader + if up { high } else { words.height() });
        let edge = left;
        let path = Path {
            segments: vec![
                Segment::Move(Point::new(from, start)),
                Segment::Line(Point::new(from, bend)),
                Segment::Line(Point::new(edge, end)),
                Segment::Line(Point::new(edge, tail)),
            ],
            fill: None,
            stroke: Some(stroke),
        };
        canvas.item(Point::ZERO, Item::Path(path));
        let top = if up {
            line_at - leader - high
        } else {
            line_at + leader
        };
        words.draw(canvas, left + t.gap, top);
        draw_marker(style, canvas, axis, event, line_at);
    }
}

/// Draws a pale bar along the axis: the event lies somewhere inside.
fn draw_period(
    style: &ChartStyle,
    canvas: &Canvas,
    axis: &TimeAxis,
    event: &TimelineEvent,
    y: f64,
) {
    if is_span(event) {
        return;
    }
    let (from, to) = (axis.map(event.days.0 as f64), axis.map(event.days.1 as f64));
    if to - from > 4.0 * style.tokens.dot {
        let bar = Stroke::solid(style.pale(color(style, event)), style.tokens.dot);
        canvas.line(Point::new(from, y), Point::new(to, y), bar);
    }
}

/// Draws spans as brackets on the side of their texts, from first to last day, with an arrow at an open end. The
/// later of two overlapping spans stands farther out.
fn draw_brackets<'a>(
    style: &ChartStyle,
    canvas: &Canvas,
    axis: &TimeAxis,
    events: impl Iterator<Item = &'a TimelineEvent>,
    y: f64,
    away: f64,
) {
    let t = &style.tokens;
    let mut ends = [f64::MIN; 2];
    for event in events {
        let Extent::Span(first, last) = &event.at.extent else {
            continue;
        };
        let (begin, end) = (axis.map(event.days.0 as f64), axis.map(event.days.1 as f64));
        let from = if first.is_some() {
            begin
        } else {
            axis.range.0 - t.dot
        };
        let to = if last.is_some() {
            end
        } else {
            axis.range.1 + t.dot
        };
        let level = usize::from(ends[0] >= from && ends[1] < from);
        ends[level] = ends[level].max(to);
        let out = y + away * (t.dot + t.edge * (1.5 + 2.5 * level as f64));
        let color = color(style, event);
        let stroke = Stroke::solid(color, t.edge);
        let slot = BandSlot {
            orientation: Orientation::Horizontal,
            across: (out, out),
        };
        let tip = t.arrow;
        if first.is_some() {
            canvas.line(Point::new(from, y), Point::new(from, out), stroke.clone());
        } else {
            canvas.item(Point::ZERO, slot.arrow(to, from, tip, color));
        }
        if last.is_some() {
            canvas.line(Point::new(to, y), Point::new(to, out), stroke.clone());
        } else {
            canvas.item(Point::ZERO, slot.arrow(from, to, tip, color));
        }
        let half = t.edge / 2.0;
        let start = if first.is_some() {
            from - half
        } else {
            from + tip
        };
        let stop = if last.is_some() { to + half } else { to - tip };
        canvas.line(Point::new(start, out), Point::new(stop, out), stroke);
    }
}

/// Draws a disc on the axis, with an open disc for an event to come.
fn draw_marker(
    style: &ChartStyle,
    canvas: &Canvas,
    axis: &TimeAxis,
    event: &TimelineEvent,
    y: f64,
) {
    let t = &style.tokens;
    let color = color(style, event);
    let happened = matches!(
        event.status,
        Status::Actual | Status::Estimated | Status::Provisional
    );
    let fill = if happened { color } else { style.colors.paper };
    let outline = Stroke::solid(color, t.edge);
    let outline = if happened {
        outline
    } else {
        outline.dashed(&t.dash)
    };
    let center = Point::new(axis.middle(event), y);
    let radius = t.dot - outline.width / 2.0;
    // A ring of paper separates neighbours.
    let ring = Path::disc(
        center,
        t.dot + t.edge,
        Some(Fill::Solid(style.colors.paper)),
        None,
    );
    canvas.item(Point::ZERO, Item::Path(ring));
    let disc = Path::disc(center, radius, Some(Fill::Solid(fill)), Some(outline));
    canvas.item(Point::ZERO, Item::Path(disc));
}

/// The axis of time: pieces of one scale with breaks between them.
struct TimeAxis {
    pieces: Vec<Scale>,
    range: (f64, f64),
}

impl TimeAxis {
    /// Axis over the days of all events, between both ends of `range` in points.
    fn new(events: &[TimelineEvent], range: (f64, f64), breaks: bool) -> Self {
        let mut taken: Vec<(f64, f64)> = events.iter().flat_map(event_days).collect();
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let first = taken.first().map_or(0.0, |(from, _)| *from);
        let last = taken.iter().map(|(_, to)| *to).fold(first, f64::max);
        let all = last - first;
        if all <= 0.0 {
            return Self {
                pieces: vec![Scale::new((first - 1.0, first + 1.0), range)],
                range,
            };
        }
        // Stretches without events.
        let mut gaps: Vec<(f64, f64)> = Vec::new();
        let mut end = first;
        for (from, to) in taken {
            if breaks && from - end > BREAK_SHARE * all {
                gaps.push((end, from));
            }
            end = end.max(to);
        }
        let cut: f64 = gaps.iter().map(|(from, to)| to - from).sum();
        let width = range.1 - range.0;
        let kept = all - cut;
        let unit =
            (width * (1.0 - BREAK_WIDTH * gaps.len() as f64)) / if kept > 0.0 { kept } else { 1.0 };
        let mut pieces = Vec::new();
        let mut at = range.0;
        let mut from = first;
        for (end, next) in gaps.into_iter().chain(std::iter::once((last, last))) {
            let length = (end - from) * unit;
            // A piece of one day has no length, but a position.
            let piece = if end > from {
                Scale::new((from, end), (at, at + length))
            } else {
                Scale::new((from, from + 1.0), (at, at))
            };
            pieces.push(piece);
            at += length + BREAK_WIDTH * width;
            from = next;
        }
        Self { pieces, range }
    }

    /// Position of a day along the axis, in points. A day inside a break stands at the end of the piece before.
    fn map(&self, day: f64) -> f64 {
        let after = self.pieces.iter().rev().find(|piece| piece.domain.0 <= day);
        after
            .or(self.pieces.first())
            .map_or(self.range.0, |piece| piece.map(day))
    }

    fn middle(&self, event: &TimelineEvent) -> f64 {
        self.map(middle_day(event))
    }

    /// Draws the axis, with two slanted strokes at each break.
    fn draw(&self, style: &ChartStyle, canvas: &Canvas, y: f64) {
        let t = &style.tokens;
        let stroke = Stroke::solid(style.colors.rule, t.zero);
        canvas.group("axis", || {
            let mut from = self.range.0 - t.dot;
            for pair in self.pieces.windows(2) {
                let cut = (pair[0].range.1 + pair[1].range.0) / 2.0;
                let half = t.gap * 0.5;
                canvas.line(
                    Point::new(from, y),
                    Point::new(cut - half, y),
                    stroke.clone(),
                );
                for at in [cut - half, cut + half] {
                    let (low, high) = (
                        Point::new(at - half * 0.7, y + t.gap),
                        Point::new(at + half * 0.7, y - t.gap),
                    );
                    canvas.line(low, high, stroke.clone());
                }
                from = cut + half;
            }
            canvas.line(
                Point::new(from, y),
                Point::new(self.range.1 + t.dot, y),
                stroke.clone(),
            );
        });
    }
}

/// Days that the axis must show: a whole calendar period, but only both ends of a span, because its middle may be cut
/// out.
fn event_days(event: &TimelineEvent) -> Vec<(f64, f64)> {
    let (first, last) = (event.days.0 as f64, event.days.1 as f64);
    if is_span(event) {
        vec![(first, first), (last, last)]
    } else {
        vec![(first, last)]
    }
}

fn is_span(event: &TimelineEvent) -> bool {
    matches!(event.at.extent, Extent::Span(..))
}

/// Position of an event in days: the middle of a calendar period, the first day of a span, the last day of a span
/// without a first.
fn middle_day(event: &TimelineEvent) -> f64 {
    let (first, last) = (event.days.0 as f64, event.days.1 as f64);
    if is_span(event) {
        first
    } else {
        (first + last) / 2.0
    }
}

/// Draws a list: date, marker on a vertical line and text, one row an event, with `white` points between rows.
fn event_list(
    style: &ChartStyle,
    events: &[TimelineEvent],
    width: f64,
    white: f64,
) -> Result<Frame, MissingGlyph> {
    let t = &style.tokens;
    let mut dates = Vec::new();
    for event in events {
        dates.push(TextBlock::single(
            style,
            &event.date_label,
            &text_styles(style, event).0,
        )?);
    }
    let column = dates.iter().map(|lines| lines.width).fold(0.0, f64::max);
    let axis = column + 3.0 * t.gap;
    let left = axis + 3.0 * t.gap;
    let mut labels = Vec::new();
    for event in events {
        labels.push(TextBlock::wrapped(
            style,
            &event.label,
            &text_styles(style, event).1,
            width - left,
        )?);
    }
    let height: f64 = labels
        .iter()
        .map(|label| label.height().max(style.label().leading) + white)
        .sum();
    let canvas = Canvas::new(Size::new(width, height));
    let stroke = Stroke::solid(style.colors.rule, t.zero);
    canvas.group("axis", || {
        canvas.line(Point::new(axis, 0.0), Point::new(axis, height), stroke)
    });
    let mut y = white / 2.0;
    // Each marker has an axis of its own with one position.
    for ((event, date), label) in events.iter().zip(&dates).zip(&labels) {
        let single = TimeAxis {
            pieces: vec![Scale::new((0.0, 1.0), (axis, axis))],
            range: (axis, axis),
        };
        canvas.mark(
            &event.address,
            format!("{}: {}", event.date_label, event.label),
            || {
                date.draw(&canvas, 0.0, y, Anchor::Start);
                label.draw(&canvas, left, y, Anchor::Start);
                draw_marker(
                    style,
                    &canvas,
                    &single,
                    event,
                    y + style.label().leading / 2.0,
                );
            },
        );
        y += label.height().max(style.label().leading) + white;
    }
    Ok(canvas.finish())
}
