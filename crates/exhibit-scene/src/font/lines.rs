//! Lines of text for charts, titles and furniture: measured, wrapped, put on a frame.

use super::fonts::Fonts;
use super::shaped::Shaped;
use super::style::{MissingGlyph, TextStyle};
use crate::breaks::breaks;
use crate::frame::Frame;
use crate::geom::{Point, Size};

impl Fonts {
    /// Width of one line in points.
    ///
    /// ```
    /// # use exhibit_scene::{Fonts, TextStyle, Theme};
    /// let fonts = Fonts::builtin();
    /// let style = TextStyle { tabular: true, ..Theme::standard().text(8.0) };
    /// assert_eq!(fonts.width("111,111", &style), fonts.width("888,888", &style));
    /// ```
    ///
    /// # Errors
    /// A character that no face has.
    pub fn width(&self, text: &str, style: &TextStyle) -> Result<f64, MissingGlyph> {
        let mut width = 0.0;
        for (range, family) in self.families(text, 0..text.len(), style)? {
            let units = self.units(&text[range], family, style);
            width += self
                .scale(&units, family, style)
                .map(|glyph| glyph.advance)
                .sum::<f64>();
        }
        Ok(width)
    }

    /// One line as a frame with a baseline, as wide as the text and as high as the line of the text's face.
    ///
    /// ```
    /// # use exhibit_scene::{Fonts, Theme};
    /// let fonts = Fonts::builtin();
    /// let style = Theme::standard().text(10.0);
    /// let frame = fonts.line("Deliveries", &style).unwrap();
    /// assert_eq!(frame.size.width, fonts.width("Deliveries", &style).unwrap());
    /// assert_eq!(frame.baseline, Some(fonts.metrics(&style).ascent * 10.0));
    /// ```
    ///
    /// # Errors
    /// A character that no face has.
    pub fn line(&self, text: &str, style: &TextStyle) -> Result<Frame, MissingGlyph> {
        let shaped = self.shape(text, style)?;
        let metrics = self.metrics(style);
        let ascent = metrics.ascent * style.size;
        let mut frame = Frame::new(Size::new(
            shaped.width,
            ascent + metrics.descent * style.size,
        ));
        frame.baseline = Some(ascent);
        frame.push_text(Point::new(0.0, ascent), shaped);
        Ok(frame)
    }

    /// Wraps text into lines at most `width` points wide, each as full as it can be. For titles and notes: paragraphs are set by
    /// `exhibit-pages`.
    ///
    /// A line feed forces a line end. The space at a line's end stays in its run, with no advance, so that the texts of the runs
    /// put together are the text. A word wider than `width` gets a line of its own, which is then wider than `width`: see
    /// [`Shaped::width`]. Empty text gives one empty line.
    ///
    /// ```
    /// # use exhibit_scene::{Fonts, Theme};
    /// let fonts = Fonts::builtin();
    /// let style = Theme::standard().text(8.0);
    /// let lines = fonts.wrap("Deliveries passed 10,000 a month in June", &style, 80.0).unwrap();
    /// assert!(lines.len() > 1 && lines.iter().all(|line| line.width <= 80.0));
    /// let text: String = lines.iter().map(|line| line.text()).collect();
    /// assert_eq!(text, "Deliveries passed 10,000 a month in June");
    /// ```
    ///
    /// # Errors
    /// A character that no face has.
    pub fn wrap(
        &self,
        text: &str,
        style: &TextStyle,
        width: f64,
    ) -> Result<Vec<Shaped>, MissingGlyph> {
        // Shaped once as a whole to see where lines may end; each line is then shaped by itself, which is what counts.
        let mut whole = self.shape(text, style)?;
        let forced =
            text.contains(|ch| matches!(ch, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}'));
        // Most texts are one line, and fit with the space at their end.
        let mut fits = whole.width <= width;
        let mut pens = None;
        if !forced && !fits {
            let pens = pens.insert(Pens::new(&whole));
            fits = pens.width(text, 0, text.len()) <= width;
        }
        if !forced && fits {
            whole.close();
            return Ok(vec![whole]);
        }
        let pens = pens.unwrap_or_else(|| Pens::new(&whole));
        let about = width + style.size * CONTEXT;
        let places = breaks(text);
        let mut lines = Vec::new();
        let (mut start, mut first) = (0, 0);
        while first < places.len() {
            let mut last = first;
            while !places[last].forced
                && last + 1 < places.len()
                && pens.width(text, start, places[last + 1].at) <= about
            {
                last += 1;
            }
            let mut line = self.closed_line(text, start, places[last].at, style)?;
            while line.width > width && last > first {
                last -= 1;
                line = self.closed_line(text, start, places[last].at, style)?;
            }
            lines.push(line);
            (start, first) = (places[last].at, last + 1);
        }
        if lines.is_empty() {
            lines.push(Shaped::default());
        }
        Ok(lines)
    }

    /// Width of one line, and of the longest part of the text that no line may end in. Both are in points.
    ///
    /// ```
    /// # use exhibit_scene::{Fonts, Theme};
    /// let fonts = Fonts::builtin();
    /// let style = Theme::standard().text(8.0);
    /// let (whole, word) = fonts.widths("a longest b", &style).unwrap();
    /// assert_eq!(whole, fonts.width("a longest b", &style).unwrap());
    /// assert!((word - fonts.width("longest", &style).unwrap()).abs() < 0.1);
    /// ```
    ///
    /// # Errors
    /// A character that no face has.
    pub fn widths(&self, text: &str, style: &TextStyle) -> Result<(f64, f64), MissingGlyph> {
        let pens = self.pens(text, style)?;
        let mut longest: f64 = 0.0;
        let mut start = 0;
        for place in breaks(text) {
            longest = longest.max(pens.width(text, start, place.at));
            start = place.at;
        }
        Ok((pens.end, longest))
    }

    /// Positions of the pen in a line that is measured only.
    fn pens(&self, text: &str, style: &TextStyle) -> Result<Pens, MissingGlyph> {
        let mut pens = Pens::with_capacity(text.len());
        for (range, family) in self.families(text, 0..text.len(), style)? {
            let units = self.units(&text[range.clone()], family, style);
            for glyph in self.scale(&units, family, style) {
                pens.put(range.start + glyph.cluster as usize, glyph.advance);
            }
        }
        Ok(pens)
    }

    /// A line of its own from a part of a text; white space at its end takes no room.
    fn closed_line(
        &self,
        text: &str,
        start: usize,
        end: usize,
        style: &TextStyle,
    ) -> Result<Shaped, MissingGlyph> {
        let mut shaped = self.shape_part(text, start..end, style)?;
        shaped.close();
        Ok(shaped)
    }
}

/// Difference, in em, that the width of a line may have from the same letters inside a longer text: contextual forms see over the ends.
const CONTEXT: f64 = 0.1;

/// Positions of the pen at the bytes at which clusters of glyphs begin.
struct Pens {
    at: Vec<(usize, f64)>,
    end: f64,
}

impl Pens {
    fn new(shaped: &Shaped) -> Self {
        let glyphs = shaped.runs.iter().map(|(_, run)| run.glyphs.len());
        let mut pens = Self::with_capacity(glyphs.sum());
        let mut byte = 0;
        for (_, run) in &shaped.runs {
            for glyph in &run.glyphs {
                pens.put(byte + glyph.cluster as usize, glyph.advance);
            }
            byte += run.text.len();
        }
        pens
    }

    fn with_capacity(glyphs: usize) -> Self {
        Self {
            at: Vec::with_capacity(glyphs),
            end: 0.0,
        }
    }

    /// Sets a glyph of the cluster at a byte.
    fn put(&mut self, byte: usize, advance: f64) {
        if self.at.last().is_none_or(|(last, _)| *last < byte) {
            self.at.push((byte, self.end));
        }
        self.end += advance;
    }

    fn pen(&self, byte: usize) -> f64 {
        let next = self.at.partition_point(|(begin, _)| *begin < byte);
        self.at.get(next).map_or(self.end, |(_, pen)| *pen)
    }

    /// Width of a part of the text, white space at its end left out.
    fn width(&self, text: &str, start: usize, end: usize) -> f64 {
        let inked = start + text[start..end].trim_end().len();
        self.pen(inked) - self.pen(start)
    }
}
