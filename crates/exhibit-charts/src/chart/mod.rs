//! Kinds of exhibits: each composes marks and guides, and has no geometry of marks of its own.

mod bar;
mod column;
mod dates;
mod grown;
mod key_figures;
mod line;
mod names;
mod range;
mod share;
mod table;
mod tag;
mod timeline;
mod waffle;

use exhibit_facts::facts::{Chart, ChartKind, Content, Datum, Exhibit};
use exhibit_scene::{Frame, MissingGlyph};

use crate::crowd::{HAIR, fits};
use crate::setting::Setting;

/// Where a plot is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// Its width in points; filled exactly.
    pub(crate) width: f64,
    /// The height in points that it should fill where that makes it better; `None` for as high as it needs.
    pub(crate) height: Option<f64>,
    /// The height in points that there is: marks come closer to each other, or stand in two columns, before it is exceeded.
    pub(crate) most: f64,
}

impl Room {
    /// Height of each of some bands: `least` on a page, as high as there is room on a slide, up to `most`; not less than `tight` where there
    /// are many.
    fn stretched(self, parts: usize, besides: f64, bands: Bands) -> f64 {
        let Bands { tight, least, most } = bands;
        let share = |height: f64| (height - besides) / parts.max(1) as f64;
        match self.height {
            Some(height) => share(height).clamp(tight, most.max(tight)),
            None => share(self.most).clamp(tight, least.max(tight)),
        }
    }

    /// Width of each of one or two columns with `gutter` between them.
    fn column(self, columns: usize, gutter: f64) -> f64 {
        match columns {
            1 => self.width,
            _ => (self.width - gutter) / 2.0,
        }
    }

    /// Height of a plot with an upright scale: the wanted one on a page; what there is on a slide, from half of that to half as much again.
    fn plot_height(self, besides: f64, wanted: f64) -> f64 {
        match self.height {
            Some(height) => (height - besides).clamp(wanted * 0.5, wanted * 1.5),
            None => wanted,
        }
    }
}

/// Heights that a band may have.
#[derive(Clone, Copy, Debug)]
struct Bands {
    /// The least at which its texts do not touch its neighbours'.
    tight: f64,
    /// The usual one.
    least: f64,
    /// The most.
    most: f64,
}

/// Bands that stand in two columns rather than in smaller type.
const MANY: usize = 12;

/// Draws bands in one column, or in two where one does not hold them. Both are drawn before anything is said to be too much: else some
/// would be refused where more fit.
fn arranged(
    setting: &Setting,
    room: Room,
    parts: usize,
    draw: impl Fn(usize) -> Result<Plotted, MissingGlyph>,
) -> Result<Plotted, MissingGlyph> {
    let one = draw(1)?;
    let t = &setting.tokens;
    // On a slide a few are set smaller first.
    let smallest = t.small.min(t.kicker).min(t.label) <= t.legible + HAIR;
    let stays = parts < MANY && room.height.is_some() && !smallest;
    if parts < 2 || stays || fits(&one, room) {
        return Ok(one);
    }
    let two = draw(2)?;
    let lower = two.frame.size.height < one.frame.size.height;
    Ok(if lower && !two.narrow { two } else { one })
}

/// A finished plot.
pub(crate) struct Plotted {
    /// What was drawn.
    pub(crate) frame: Frame,
    /// Nothing was left out for want of room.
    pub(crate) whole: bool,
    /// Names and numbers leave no width to the marks.
    pub(crate) narrow: bool,
}

impl From<Frame> for Plotted {
    fn from(frame: Frame) -> Self {
        Self {
            frame,
            whole: true,
            narrow: false,
        }
    }
}

/// Draws the plot of an exhibit.
pub(crate) fn plot(
    setting: &Setting,
    exhibit: &Exhibit,
    room: Room,
) -> Result<Plotted, MissingGlyph> {
    let frame = match &exhibit.content {
        Content::Chart(chart) => match chart.kind {
            ChartKind::Bar => return bar::bars(setting, chart, room),
            ChartKind::Column => return column::columns(setting, chart, room),
            ChartKind::Range => return range::range(setting, chart, room),
            ChartKind::Line => return line::lines(setting, chart, room),
            ChartKind::Share => return share::share(setting, chart, room),
            ChartKind::Waffle => waffle::waffle(setting, chart, room),
        },
        Content::Timeline(events) => timeline::timeline(setting, events, room),
        Content::KeyFigures(figures) => key_figures::key_figures(setting, figures, room),
        Content::Table(rows) => table::table(setting, rows, room),
    };
    Ok(frame?.into())
}

/// The spoken name of a mark: where it stands and what it says.
fn spoken(chart: &Chart, category: usize, series: usize, datum: &Datum) -> String {
    let parts = [
        chart.series[series].label.as_str(),
        chart.categories[category].label.as_str(),
    ];
    let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", named.join(", "), datum.forms.spoken)
}
