//! Lines over time, named at their ends.

use exhibit_core::facts::{Chart, Datum, Series};
use exhibit_core::quantity::Status;
use exhibit_scene::{Frame, Item, MissingGlyph, Path, Point, Segment, Size, Stroke};

use super::{Room, spoken};
use crate::draw::{Plot, Sheet};
use crate::guide::axis::{LINES, Numbers, every};
use crate::guide::reference::References;
use crate::guide::spread::{Taken, Wish, spread_any};
use crate::guide::text::{Lines, Side};
use crate::mark::dot::{Spot, dot};
use crate::mark::reach::Reach;
use crate::mark::{Growth, beyond, line_look};
use crate::scale::ticks::Ticks;
use crate::scale::{Scale, ends, extent, value};
use crate::setting::{Setting, tone, value_label};

/// Up to so many points a line, each point gets a dot.
const DOTTED: usize = 16;

/// Points a line may have for each point of width; denser ones are drawn by their extremes.
const DENSE: f64 = 4.0;

/// Draws the chart.
pub(super) fn lines(setting: &Setting, chart: &Chart, room: Room) -> Result<Frame, MissingGlyph> {
    let t = &setting.tokens;
    let references = References::new(setting, chart, Growth::Up, room.width)?;
    let data = || {
        chart
            .series
            .iter()
            .flat_map(|series| series.data.iter().flatten())
    };
    let (low, high) = domain(extent(data(), chart.exponent), references.extent());
    let ticks = Ticks::inside(low, high, LINES);
    let numbers = Numbers::new(setting, chart, &ticks)?;
    let left = numbers.width + 2.0 * t.gap;
    let tags = tags(setting, chart, room.width * 0.28)?;
    let widest = tags.iter().map(Tag::width).fold(0.0, f64::max);
    let right = room.width - (widest + 2.5 * t.gap).max(references.room);
    let line = setting.label().leading;
    let places = places(chart);
    // Half a band of white at both ends, so that first and last names are centred below their points.
    let inset = t.dot + t.gap;
    let x = Scale::new(ends_of(&places), (left + inset, right - inset));
    let names = names(setting, chart, x, &places, room.width)?;
    let highest = names.iter().map(|(_, lines)| lines.height());
    let below = t.gap + highest.fold(line, f64::max);
    let height = room.plot_height(below, t.plot);
    // The column of names must hold them all.
    let named: f64 = tags.iter().map(Tag::height).sum();
    let height = height.max(named + references.height());
    // Room above the highest point for half a number, a halo, or an open end.
    let opens = data().filter_map(|datum| {
        let reach = Reach::of(datum, chart.exponent)?;
        Some(beyond(setting, reach, value(datum)?.about))
    });
    let (under, top) = opens.fold(
        (0.0, (line / 2.0).max(t.dot + t.soft / 2.0)),
        |most, one| (f64::max(most.0, one.0), f64::max(most.1, one.1)),
    );
    // A halo may reach into the white below the plot, an arrow may not.
    let under = if under > t.soft { under } else { 0.0 };
    let y = Scale::new((low, high), (height - under, top));
    let sheet = Sheet::new(Size::new(room.width, height + below));
    let grid = sheet.plot(Scale::new((0.0, 1.0), (left, right)), y);
    numbers.put_up(setting, &sheet, &grid, left - t.gap);
    drop(grid);
    let plot = sheet.plot(x, y);
    references.put_under(setting, &sheet, y, (left, right));
    let missing = missing(setting, chart)?;
    let mut taken = Taken::default();
    sheet.part("series", || {
        for (index, series) in chart.series.iter().enumerate() {
            draw_line(setting, &sheet, &plot, chart, series, &places);
            draw_dots(
                setting, &sheet, &plot, chart, index, &places, &missing, &mut taken,
            );
        }
    });
    sheet.part("axis", || {
        for (middle, lines) in &names {
            lines.put(&sheet, *middle, height + t.gap, Side::Middle);
        }
    });
    // Names of lines and of references stand in one column and make room for each other.
    let mut wishes = references.wishes(setting, y);
    let referred = wishes.len();
    wishes.extend(tags.iter().map(|tag| Wish {
        at: y.map(tag.at),
        size: tag.height(),
    }));
    let middles = spread_any(&wishes, 0.0, height + line / 2.0);
    let edge = right + 1.5 * t.gap;
    references.put(
        setting,
        &sheet,
        y,
        (left, right),
        edge,
        &middles[..referred],
    );
    put_tags(&sheet, &tags, edge, &middles[referred..]);
    drop(plot);
    Ok(sheet.finish())
}

/// The words that stand in a gap, for each series that has one.
fn missing(setting: &Setting, chart: &Chart) -> Result<Vec<Option<Lines>>, MissingGlyph> {
    let mut all = Vec::new();
    for series in &chart.series {
        let mut data = series.data.iter().flatten();
        let words = data
            .find(|datum| value(datum).is_none())
            .map(|datum| {
                let kind = setting.small().inked(setting.text_color(series.tone));
                Lines::single(setting, &datum.forms.number, &kind)
            })
            .transpose()?;
        all.push(words);
    }
    Ok(all)
}

/// From zero unless the numbers lie far from it.
fn domain(data: Option<(f64, f64)>, references: Option<(f64, f64)>) -> (f64, f64) {
    let found = [data, references]
        .into_iter()
        .flatten()
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let (low, high) = found.unwrap_or((0.0, 1.0));
    let far = low > 0.0 && low > 0.6 * high;
    if low == high && low == 0.0 {
        (0.0, 1.0)
    } else if low == high && far {
        (low - 1.0, low + 1.0)
    } else if far {
        // A little white, so that the lowest point does not lie on the edge.
        (low - (high - low) * 0.1, high)
    } else {
        (low.min(0.0), high.max(0.0))
    }
}

/// Where each category lies: the middle of its period in days where all have one, else evenly.
fn places(chart: &Chart) -> Vec<f64> {
    let days: Option<Vec<f64>> = chart
        .categories
        .iter()
        .map(|category| {
            let (first, last) = category.period.as_ref()?.days();
            Some((first? as f64 + last? as f64) / 2.0)
        })
        .collect();
    match days {
        Some(days) if days.windows(2).all(|pair| pair[0] < pair[1]) => days,
        _ => (0..chart.categories.len())
            .map(|index| index as f64)
            .collect(),
    }
}

fn ends_of(places: &[f64]) -> (f64, f64) {
    match places {
        [] => (0.0, 1.0),
        [only] => (only - 1.0, only + 1.0),
        [first, .., last] => (*first, *last),
    }
}

/// A point of a line.
#[derive(Clone, Copy)]
struct Vertex {
    at: (f64, f64),
    status: Status,
}

/// Stretches without a gap: a missing value or nothing at all breaks a line.
fn stretches(chart: &Chart, series: &Series, places: &[f64]) -> Vec<Vec<Vertex>> {
    let mut stretches: Vec<Vec<Vertex>> = vec![Vec::new()];
    for (datum, place) in series.data.iter().zip(places) {
        let said = datum
            .as_ref()
            .and_then(|datum| Some((value(datum)?, datum.status)));
        match (said, stretches.last_mut()) {
            (Some((said, status)), Some(last)) => {
                let (low, high) = ends(&said.shape, chart.exponent);
                last.push(Vertex {
                    at: (*place, (low + high) / 2.0),
                    status,
                });
            }
            _ => stretches.push(Vec::new()),
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

fn draw_line(
    setting: &Setting,
    sheet: &Sheet,
    plot: &Plot,
    chart: &Chart,
    series: &Series,
    places: &[f64],
) {
    let color = setting.mark_color(series.tone);
    let width = setting.tokens.stroke;
    let room = plot.x.range.1 - plot.x.range.0;
    sheet.part("line", || {
        for stretch in stretches(chart, series, places) {
            let dense = stretch.len() as f64 > DENSE * room;
            let stretch = if dense {
                extremes(&stretch, plot.x, 2.0 * room)
            } else {
                stretch
            };
            // Runs of one look: a segment takes that of its later end.
            let mut run: Vec<(f64, f64)> = vec![stretch[0].at];
            for (index, vertex) in stretch.iter().enumerate().skip(1) {
                run.push(vertex.at);
                let ends = stretch
                    .get(index + 1)
                    .is_none_or(|next| next.status != vertex.status);
                if ends {
                    let points = std::mem::replace(&mut run, vec![vertex.at]);
                    if vertex.status == Status::Actual {
                        plot.line(points, color, width);
                    } else {
                        let stroke = line_look(setting, vertex.status, Stroke::solid(color, width));
                        plot.figure(&points, |points| {
                            vec![(Point::ZERO, open_path(points, &stroke))]
                        });
                    }
                }
            }
        }
    });
}

fn open_path(points: &[Point], stroke: &Stroke) -> Item {
    let segments = points
        .iter()
        .enumerate()
        .map(|(index, at)| {
            if index == 0 {
                Segment::Move(*at)
            } else {
                Segment::Line(*at)
            }
        })
        .collect();
    Item::Path(Path {
        segments,
        fill: None,
        stroke: Some(stroke.clone()),
    })
}

/// First, lowest, highest and last vertex of each of `columns` equal parts of the width: what the eye can tell apart, no extreme lost.
fn extremes(stretch: &[Vertex], x: Scale, columns: f64) -> Vec<Vertex> {
    let column = |vertex: &Vertex| {
        let share = (x.map(vertex.at.0) - x.range.0) / (x.range.1 - x.range.0);
        (share * columns).floor()
    };
    let mut kept: Vec<Vertex> = Vec::new();
    let mut rest = stretch;
    while let Some(first) = rest.first() {
        let own = column(first);
        let count = rest
            .iter()
            .take_while(|vertex| column(vertex) == own)
            .count();
        let (part, after) = rest.split_at(count);
        let by = |a: &(usize, &Vertex), b: &(usize, &Vertex)| a.1.at.1.total_cmp(&b.1.at.1);
        let lowest = part
            .iter()
            .enumerate()
            .min_by(by)
            .map_or(0, |(index, _)| index);
        let highest = part
            .iter()
            .enumerate()
            .max_by(by)
            .map_or(0, |(index, _)| index);
        let mut keep = vec![0, lowest, highest, count - 1];
        keep.sort_unstable();
        keep.dedup();
        kept.extend(keep.into_iter().map(|index| part[index]));
        rest = after;
    }
    kept
}

#[expect(
    clippy::too_many_arguments,
    reason = "a dot needs its series, its place and what stands there already"
)]
fn draw_dots(
    setting: &Setting,
    sheet: &Sheet,
    plot: &Plot,
    chart: &Chart,
    index: usize,
    places: &[f64],
    missing: &[Option<Lines>],
    taken: &mut Taken,
) {
    let series = &chart.series[index];
    let dotted = series.data.len() <= DOTTED;
    for (category, datum) in series.data.iter().enumerate() {
        let Some(datum) = datum else {
            continue;
        };
        let Some(said) = value(datum) else {
            if let Some(words) = &missing[index] {
                let label = spoken(chart, category, index, datum);
                sheet.mark(&datum.address, label, || {
                    let at = (places[category], beside(chart, index, category));
                    put_missing(setting, sheet, plot, words, at, taken);
                });
            }
            continue;
        };
        let exact = said.shape.low() == said.shape.high() && !said.about;
        if !dotted && exact {
            continue;
        }
        let color = setting.mark_color(tone(datum, series.tone));
        let label = spoken(chart, category, index, datum);
        sheet.mark(&datum.address, label, || {
            let spot = Spot {
                growth: Growth::Up,
                across: places[category],
                exponent: chart.exponent,
                half: setting.tokens.dot * 0.8,
                floor: plot.y.domain.0,
            };
            dot(setting, plot, datum, color, spot);
        });
    }
}

/// The value half way between a gap's neighbours, where words in the gap stand: nowhere near zero, which a gap is not.
fn beside(chart: &Chart, series: usize, category: usize) -> f64 {
    let data = &chart.series[series].data;
    let known = |datum: &Option<Datum>| {
        let said = value(datum.as_ref()?)?;
        let (low, high) = ends(&said.shape, chart.exponent);
        Some((low + high) / 2.0)
    };
    let before = data[..category].iter().rev().find_map(known);
    let after = data[category..].iter().find_map(known);
    match (before, after) {
        (Some(before), Some(after)) => (before + after) / 2.0,
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => 0.0,
    }
}

/// Puts words into a gap, unless other gaps' words stand there.
fn put_missing(
    setting: &Setting,
    sheet: &Sheet,
    plot: &Plot,
    words: &Lines,
    at: (f64, f64),
    taken: &mut Taken,
) {
    let t = &setting.tokens;
    let half = words.width / 2.0;
    let edge = t.dot + t.gap;
    let (from, to) = plot.x.range;
    let middle = plot
        .x
        .map(at.0)
        .min(to + edge - half)
        .max(from - edge + half);
    if taken.claim(middle, words.width + t.gap) {
        words.put_beside(sheet, middle, plot.y.map(at.1), Side::Middle);
    }
}

/// The name and the last value of a line, at its end: one line of text where there is room, else two.
struct Tag {
    name: Lines,
    number: Lines,
    /// Name and number side by side, this far apart.
    beside: Option<f64>,
    at: f64,
}

impl Tag {
    fn width(&self) -> f64 {
        match self.beside {
            Some(gap) => self.name.width + gap + self.number.width,
            None => self.name.width.max(self.number.width),
        }
    }

    fn height(&self) -> f64 {
        match self.beside {
            Some(_) => self.number.height(),
            None => self.name.height() + self.number.height(),
        }
    }
}

fn tags(setting: &Setting, chart: &Chart, widest: f64) -> Result<Vec<Tag>, MissingGlyph> {
    let mut tags = Vec::new();
    for series in &chart.series {
        let last = series
            .data
            .iter()
            .flatten()
            .rev()
            .find(|datum| value(datum).is_some());
        let Some((datum, said)) = last.and_then(|datum| Some((datum, value(datum)?))) else {
            continue;
        };
        let (low, high) = ends(&said.shape, chart.exponent);
        let kind = setting.label().inked(setting.text_color(series.tone));
        let name = if chart.series.len() > 1 {
            series.label.as_str()
        } else {
            ""
        };
        let number = Lines::single(setting, &value_label(datum), &kind.bold())?;
        let name = Lines::wrapped(setting, name, &kind, widest)?;
        let gap = if name.count() == 0 {
            0.0
        } else {
            setting.tokens.gap
        };
        let fits = name.count() <= 1 && name.width + gap + number.width <= widest;
        tags.push(Tag {
            name,
            number,
            beside: fits.then_some(gap),
            at: (low + high) / 2.0,
        });
    }
    Ok(tags)
}

fn put_tags(sheet: &Sheet, tags: &[Tag], left: f64, middles: &[f64]) {
    sheet.part("label", || {
        for (tag, middle) in tags.iter().zip(middles) {
            let top = middle - tag.height() / 2.0;
            tag.name.put(sheet, left, top, Side::Left);
            match tag.beside {
                Some(gap) => {
                    let right = left + tag.name.width + gap;
                    tag.number.put(sheet, right, top, Side::Left);
                }
                None => {
                    let below = top + tag.name.height();
                    tag.number.put(sheet, left, below, Side::Left);
                }
            }
        }
    });
}

/// Names of categories below their places, from the last backwards; who would touch the one after it is left out.
fn names(
    setting: &Setting,
    chart: &Chart,
    x: Scale,
    places: &[f64],
    width: f64,
) -> Result<Vec<(f64, Lines)>, MissingGlyph> {
    let kind = setting.tick();
    let gap = 2.0 * setting.tokens.gap;
    let mut widest: f64 = 0.0;
    for category in &chart.categories {
        widest = widest.max(Lines::single(setting, &category.label, &kind)?.width);
    }
    let apart = places
        .windows(2)
        .map(|pair| x.map(pair[1]) - x.map(pair[0]))
        .fold(width, f64::min);
    let step = every(places.len(), apart, widest.min(width / 4.0) + gap);
    let room = (apart * step as f64 - gap).clamp(width / 6.0, width / 2.0);
    let mut names: Vec<(f64, Lines)> = Vec::new();
    let mut before = width + gap;
    for (index, category) in chart.categories.iter().enumerate().rev() {
        if !(places.len() - 1 - index).is_multiple_of(step) {
            continue;
        }
        let lines = Lines::wrapped(setting, &category.label, &kind, room)?;
        let half = lines.width / 2.0;
        let middle = x.map(places[index]).min(width - half).max(half);
        if middle + half + gap / 2.0 <= before {
            before = middle - half - gap / 2.0;
            names.push((middle, lines));
        }
    }
    Ok(names)
}
