//! One exhibit's facts into frames, drawn through plotters.
//!
//! Layout comes first: texts are measured, scales fitted so that every label finds its room, and only then are marks drawn, through
//! plotters' low-level parts, onto a recorded scene. A kind of chart (`chart`) composes marks (`mark`) and guides (`guide`) and
//! has no geometry of marks of its own, so a qualified value looks the same everywhere.
//!
//! Reading order: this file, `style`, `scale`, `mark`, `guide`, `chart`, `draw`, `recorder`, `alt`.

mod alt;
mod chart;
pub mod columns;
mod draw;
mod guide;
mod mark;
mod overflow;
mod recorder;
mod region;
mod scale;
mod style;

use exhibit_core::facts::{Content, Exhibit};
use exhibit_scene::theme::ChartTokens;
use exhibit_scene::{Fonts, Frame, MissingGlyph, Point, Size, Theme};

use guide::head::{foot, head};
use region::Region;
use style::ChartStyle;

pub use overflow::Overflow;

/// What was drawn of one exhibit, in three parts that stand under each other and share their left edge and width.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Number, title and subtitle. Its baseline is that of the number.
    pub head: Frame,
    /// The chart.
    pub plot: Frame,
    /// Notes and source; without height if there are none.
    pub foot: Frame,
    /// Alternative text of the plot.
    pub alt: String,
    /// There is more than a page holds in legible type.
    pub overflow: Option<Overflow>,
}

/// A finished picture of an exhibit that stands on its own.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Everything: number, title, subtitle, plot, notes, source.
    pub frame: Frame,
    /// Its name: the exhibit's title.
    pub title: String,
    /// What it shows, in words.
    pub alt: String,
    /// There is more than the picture holds in legible type.
    pub overflow: Option<Overflow>,
}

/// Draws an exhibit for a page, `width` points wide.
///
/// ```
/// use exhibit_scene::{Fonts, Theme};
/// let facts = exhibit_core::article::facts();
/// let drawn = exhibit_charts::draw(&facts.exhibits[0], 459.0, &Theme::standard(), &Fonts::builtin()).unwrap();
/// assert_eq!(drawn.plot.size.width, 459.0);
/// ```
///
/// # Errors
/// A character that no face has.
pub fn draw(
    exhibit: &Exhibit,
    width: f64,
    theme: &Theme,
    fonts: &Fonts,
) -> Result<Drawn, MissingGlyph> {
    let style = ChartStyle::new(theme, theme.chart, fonts, exhibit.language);
    let head = head(&style, exhibit, width)?;
    let foot = foot(&style, exhibit, width)?;
    let gaps = 2.0 * part_gap(&theme.chart);
    let region = Region {
        width,
        height: None,
        // A page parts a table, and nothing else.
        max_height: match exhibit.content {
            Content::Table(_) => f64::INFINITY,
            Content::Chart(_) | Content::Timeline(_) | Content::KeyFigures(_) => {
                theme.page.highest() - head.size.height - foot.size.height - gaps
            }
        },
    };
    let plotted = chart::plot(&style, exhibit, region)?;
    Ok(Drawn {
        head,
        overflow: overflow::overflow(&style, exhibit, region, &plotted)?,
        plot: plotted.frame,
        foot,
        alt: alt::alt(exhibit),
    })
}

/// Draws an exhibit as a picture for a text, as wide as in print and as high as it needs.
///
/// # Errors
/// A character that no face has.
pub fn picture(exhibit: &Exhibit, theme: &Theme, fonts: &Fonts) -> Result<Picture, MissingGlyph> {
    let tokens = &theme.chart;
    let drawn = draw(
        exhibit,
        tokens.size.width - 2.0 * tokens.margin,
        theme,
        fonts,
    )?;
    Ok(composed(exhibit, drawn, tokens, None))
}

/// Draws an exhibit as a slide: the same composition in the theme's slide sizes, filling its height.
///
/// # Errors
/// A character that no face has.
pub fn slide(exhibit: &Exhibit, theme: &Theme, fonts: &Fonts) -> Result<Picture, MissingGlyph> {
    let tokens = &theme.slide;
    let width = tokens.size.width - 2.0 * tokens.margin;
    let (head, foot) = (
        shrunk(exhibit, theme, fonts, MAX_HEAD_SHARE, |style| {
            head(style, exhibit, width)
        })?,
        shrunk(exhibit, theme, fonts, MAX_FOOT_SHARE, |style| {
            foot(style, exhibit, width)
        })?,
    );
    let gaps = if foot.size.height > 0.0 { 2.0 } else { 1.0 } * part_gap(tokens);
    let height =
        tokens.size.height - 2.0 * tokens.margin - head.size.height - foot.size.height - gaps;
    let (plot, overflow) = slide_plot(exhibit, theme, fonts, Size::new(width, height))?;
    let drawn = Drawn {
        head,
        plot,
        foot,
        alt: alt::alt(exhibit),
        overflow,
    };
    Ok(composed(exhibit, drawn, tokens, Some(tokens.size)))
}

/// Shares of its height that the head and the foot of a slide may take before they are set smaller.
const MAX_HEAD_SHARE: f64 = 0.25;

/// See [`HEAD`].
const MAX_FOOT_SHARE: f64 = 0.16;

/// Steps of size that the parts of a slide are tried at. At the last its smallest text is as small as can be read.
fn size_steps(tokens: &ChartTokens) -> [f64; 5] {
    let least = tokens.legible / tokens.small.min(tokens.kicker).min(tokens.label);
    [0.0, 0.25, 0.5, 0.75, 1.0].map(|step| 1.0 - step * (1.0 - least))
}

/// The head or the foot of a slide, in smaller type where it is long.
fn shrunk(
    exhibit: &Exhibit,
    theme: &Theme,
    fonts: &Fonts,
    share: f64,
    draw: impl Fn(&ChartStyle) -> Result<Frame, MissingGlyph>,
) -> Result<Frame, MissingGlyph> {
    let mut frame = Frame::default();
    for factor in size_steps(&theme.slide) {
        let tokens = theme.slide.scaled(factor);
        frame = draw(&ChartStyle::new(theme, tokens, fonts, exhibit.language))?;
        if frame.size.height <= share * theme.slide.size.height {
            break;
        }
    }
    Ok(frame)
}

/// The plot of a slide: at full size if it fits, else with smaller type. What does not fit in legible type is made smaller as a whole, and
/// said to be too much.
fn slide_plot(
    exhibit: &Exhibit,
    theme: &Theme,
    fonts: &Fonts,
    size: Size,
) -> Result<(Frame, Option<Overflow>), MissingGlyph> {
    let region = Region {
        width: size.width,
        height: Some(size.height.max(0.0)),
        max_height: size.height.max(0.0),
    };
    let mut found = None;
    for factor in size_steps(&theme.slide) {
        let tokens = theme.slide.scaled(factor);
        let style = ChartStyle::new(theme, tokens, fonts, exhibit.language);
        let plotted = chart::plot(&style, exhibit, region)?;
        if region::fits(&plotted, region) {
            return Ok((plotted.frame, None));
        }
        found = Some((style, plotted));
    }
    let (style, plotted) = found.expect("there are steps");
    let overflow = overflow::overflow(&style, exhibit, region, &plotted)?;
    let plot = plotted.frame;
    // A head without end leaves no room at all.
    let factor = (region.max_height / plot.size.height).clamp(MIN_PLOT_FACTOR, 1.0);
    Ok((plot.scaled(factor), overflow))
}

/// The least factor of a plot that is too high, so that it is still there.
const MIN_PLOT_FACTOR: f64 = 0.01;

/// White between head, plot and foot.
fn part_gap(tokens: &ChartTokens) -> f64 {
    2.0 * tokens.gap
}

/// Puts the parts under each other inside a margin. In a fixed size the foot stands at the bottom.
fn composed(exhibit: &Exhibit, drawn: Drawn, tokens: &ChartTokens, size: Option<Size>) -> Picture {
    let gap = part_gap(tokens);
    let margin = tokens.margin;
    let mut plot_top = margin + drawn.head.size.height + gap;
    let below = plot_top + drawn.plot.size.height;
    let foot_height = drawn.foot.size.height;
    let needed = below
        + if foot_height > 0.0 {
            gap + foot_height
        } else {
            0.0
        }
        + margin;
    let size = size.unwrap_or(Size::new(tokens.size.width, needed));
    // A plot that does not fill a slide stands a little lower, not in its middle: plots of a deck begin near one line.
    plot_top += ((size.height - needed).max(0.0) * 0.4).min(2.0 * gap);
    let mut frame = Frame::new(size);
    frame.push_frame(Point::new(margin, margin), drawn.head);
    frame.push_frame(Point::new(margin, plot_top), drawn.plot);
    frame.push_frame(
        Point::new(margin, size.height - margin - foot_height),
        drawn.foot,
    );
    Picture {
        frame,
        title: exhibit.title.text(),
        alt: drawn.alt,
        overflow: drawn.overflow,
    }
}
