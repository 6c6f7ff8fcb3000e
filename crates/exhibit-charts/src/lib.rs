//! Draws one exhibit's facts as frames, through plotters.
//!
//! Layout comes first: texts are shaped and scales fitted, so that every label has its place. Drawing follows: marks go
//! through plotters' low-level parts onto a recorded scene. A kind of chart (`chart`) composes marks (`mark`)
//! and guides (`guide`) and has no geometry of marks of its own. A qualified value therefore looks the same in every
//! kind.
//!
//! Reading order: this file, `region`, `style`, `scale`, `mark`, `guide`, `chart`, `overflow`, `draw`, `recorder`,
//! `alt`.
//!
//! All lengths are in points. The y axis points down.

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

use exhibit_facts::facts::{Content, Exhibit};
use exhibit_scene::theme::ChartTokens;
use exhibit_scene::{Fonts, Frame, MissingGlyph, Point, Size, Theme};

use guide::head::{foot, head};
use region::Region;
use style::ChartStyle;

pub use overflow::Overflow;

/// One drawn exhibit in three parts. The parts stand under each other and share their left edge and their width.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Number, title and subtitle. The frame's baseline is the baseline of the number.
    pub head: Frame,
    /// The chart, timeline, key figures or table.
    pub plot: Frame,
    /// Notes and source. The height is 0 where the exhibit has neither.
    pub foot: Frame,
    /// Alternative text of the plot.
    pub alt: String,
    /// The excess of content over the page, in legible type. `None` where the page holds all of it.
    pub overflow: Option<Overflow>,
}

/// A finished picture of one exhibit that stands on its own.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The whole picture: number, title, subtitle, plot, notes, source.
    pub frame: Frame,
    /// Name of the picture: the exhibit's title.
    pub title: String,
    /// Alternative text of the picture.
    pub alt: String,
    /// The excess of content over the picture, in legible type. `None` where the picture holds all of it.
    pub overflow: Option<Overflow>,
}

/// Draws an exhibit for a page. `width` is in points, and every part fills it exactly.
///
/// ```
/// use exhibit_facts::facts::{Align, Content, Exhibit, Prose, Table, TableCell, TableRow};
/// use exhibit_facts::{Language, Span};
/// use exhibit_scene::{Fonts, Theme};
///
/// let cell = TableCell { text: "9".to_owned(), fact: None, says: None };
/// let row = TableRow { label: "North".to_owned(), cells: vec![cell], emphasis: false };
/// let exhibit = Exhibit {
///     id: "sales".to_owned(),
///     number: 1,
///     kicker: "Exhibit 1".to_owned(),
///     title: Prose::plain("The north sells"),
///     subtitle: Prose::plain("Sales by region"),
///     notes: Vec::new(),
///     source_line: String::new(),
///     content: Content::Table(Table {
///         head: vec!["Region".to_owned(), "Sales".to_owned()],
///         align: vec![Align::Left, Align::Decimal],
///         rows: vec![row],
///     }),
///     alt: None,
///     slide: true,
///     language: Language::English,
///     facts: Vec::new(),
///     span: Span::default(),
/// };
/// let drawn = exhibit_charts::draw(&exhibit, 459.0, &Theme::standard(), &Fonts::builtin()).unwrap();
/// assert_eq!(drawn.plot.size.width, 459.0);
/// ```
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the exhibit.
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
        // A table breaks across pages. Nothing else does.
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

/// Draws the plot of an exhibit for a page at another height, in the type of [`draw()`]. The plot fills `size` as far as its
/// kind allows, and may come out lower or higher. `None` for a table, and where the plot would lose a mark or a label.
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the exhibit.
pub fn plot_at(
    exhibit: &Exhibit,
    size: Size,
    theme: &Theme,
    fonts: &Fonts,
) -> Result<Option<Frame>, MissingGlyph> {
    if matches!(exhibit.content, Content::Table(_)) {
        return Ok(None);
    }
    let style = ChartStyle::new(theme, theme.chart, fonts, exhibit.language);
    let region = Region {
        width: size.width,
        height: Some(size.height),
        max_height: theme.page.highest(),
    };
    let plotted = chart::plot(&style, exhibit, region)?;
    Ok(region::fits(&plotted, region).then_some(plotted.frame))
}

/// Draws an exhibit as a picture for a text. The picture is as wide as in print, and as high as its content.
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the exhibit.
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

/// Draws an exhibit as a slide: the composition of [`picture`] in the theme's slide sizes. The plot fills the height
/// of the slide.
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the exhibit.
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

/// Largest share of a slide's height for the head at full size. A higher head is set in smaller type.
const MAX_HEAD_SHARE: f64 = 0.25;

/// Largest share of a slide's height for the foot at full size. A higher foot is set in smaller type.
const MAX_FOOT_SHARE: f64 = 0.16;

/// Factors of type size for the parts of a slide, from 1 down. The last factor gives the smallest text the least
/// legible size.
fn size_steps(tokens: &ChartTokens) -> [f64; 5] {
    let least = tokens.legible / tokens.small.min(tokens.kicker).min(tokens.label);
    [0.0, 0.25, 0.5, 0.75, 1.0].map(|step| 1.0 - step * (1.0 - least))
}

/// Head or foot of a slide. The type shrinks until the frame takes at most `share` of the slide's height, or until
/// the last step.
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

/// Plot of a slide, in the largest type in which the plot fits. A plot that does not fit in legible type is scaled
/// down as a whole, and its overflow is returned.
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
    // A long head may leave no height at all.
    let factor = (region.max_height / plot.size.height).clamp(MIN_PLOT_FACTOR, 1.0);
    Ok((plot.scaled(factor), overflow))
}

/// Least factor of a plot that is too high. The plot stays visible.
const MIN_PLOT_FACTOR: f64 = 0.01;

/// White between head, plot and foot, in points.
fn part_gap(tokens: &ChartTokens) -> f64 {
    2.0 * tokens.gap
}

/// Composes the three parts inside the margin. `size` is the size of a slide, whose foot stands at the bottom. `None`
/// takes the height of the content.
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
    // A plot that does not fill a slide stands near the top, not in the middle: plots of a deck begin near one line.
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
