//! One exhibit's facts into frames, drawn through plotters.
//!
//! Layout comes first: texts are measured, scales fitted so that every label finds its room, and only then are marks drawn, through
//! plotters' low-level parts, onto a recorded scene. A kind of chart (`chart`) composes marks (`mark`) and guides (`guide`) and
//! has no geometry of marks of its own, so a qualified value looks the same everywhere.
//!
//! Reading order: this file, `setting`, `scale`, `mark`, `guide`, `chart`, `draw`, `recorder`, `alt`.

mod alt;
mod chart;
pub mod columns;
mod draw;
mod guide;
mod mark;
mod recorder;
mod scale;
mod setting;

use exhibit_core::facts::Exhibit;
use exhibit_scene::theme::ChartTokens;
use exhibit_scene::{Fonts, Frame, MissingGlyph, Point, Size, Theme};

use chart::Room;
use guide::head::{foot, head};
use setting::Setting;

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
    let setting = Setting::new(theme, theme.chart, fonts, exhibit.language);
    let room = Room {
        width,
        height: None,
    };
    Ok(Drawn {
        head: head(&setting, exhibit, width)?,
        plot: chart::plot(&setting, exhibit, room)?,
        foot: foot(&setting, exhibit, width)?,
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
    Ok(stacked(exhibit, drawn, tokens, None))
}

/// Draws an exhibit as a slide: the same composition in the theme's slide sizes, filling its height.
///
/// # Errors
/// A character that no face has.
pub fn slide(exhibit: &Exhibit, theme: &Theme, fonts: &Fonts) -> Result<Picture, MissingGlyph> {
    let tokens = &theme.slide;
    let width = tokens.size.width - 2.0 * tokens.margin;
    let setting = Setting::new(theme, *tokens, fonts, exhibit.language);
    let head = head(&setting, exhibit, width)?;
    let foot = foot(&setting, exhibit, width)?;
    let gaps = if foot.size.height > 0.0 { 2.0 } else { 1.0 } * between(tokens);
    let height =
        tokens.size.height - 2.0 * tokens.margin - head.size.height - foot.size.height - gaps;
    let plot = fitting(exhibit, theme, fonts, Size::new(width, height))?;
    let drawn = Drawn {
        head,
        plot,
        foot,
        alt: alt::alt(exhibit),
    };
    Ok(stacked(exhibit, drawn, tokens, Some(tokens.size)))
}

/// Steps of size that a slide's plot is tried at before it is made smaller as a whole.
const STEPS: [f64; 6] = [1.0, 0.92, 0.84, 0.76, 0.68, 0.6];

/// The plot of a slide: at full size if it fits, else with smaller type, at last made smaller as a whole.
fn fitting(
    exhibit: &Exhibit,
    theme: &Theme,
    fonts: &Fonts,
    size: Size,
) -> Result<Frame, MissingGlyph> {
    let mut smallest = None;
    for factor in STEPS {
        let tokens = theme.slide.scaled(factor);
        let setting = Setting::new(theme, tokens, fonts, exhibit.language);
        let room = Room {
            width: size.width,
            height: Some(size.height),
        };
        let plot = chart::plot(&setting, exhibit, room)?;
        if plot.size.height <= size.height + 0.01 {
            return Ok(plot);
        }
        smallest = Some(plot);
    }
    let plot = smallest.unwrap_or_default();
    Ok(plot.scaled((size.height / plot.size.height).min(1.0)))
}

/// White between head, plot and foot.
fn between(tokens: &ChartTokens) -> f64 {
    2.0 * tokens.gap
}

/// Puts the parts under each other inside a margin. In a fixed size the foot stands at the bottom.
fn stacked(exhibit: &Exhibit, drawn: Drawn, tokens: &ChartTokens, size: Option<Size>) -> Picture {
    let gap = between(tokens);
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
    }
}
