//! Blocks of text: shaped lines under each other.

use exhibit_scene::{MissingGlyph, Point, Shaped};

use crate::draw::Canvas;
use crate::style::{ChartStyle, ParagraphStyle};

/// Lines of one paragraph style, broken to a width.
#[derive(Clone, Debug)]
pub(crate) struct TextBlock {
    lines: Vec<Shaped>,
    leading: f64,
    baseline: f64,
    half_cap: f64,
    /// Width of the widest line, in points.
    pub(crate) width: f64,
}

/// Side of a text that stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The text begins at the position.
    Start,
    /// The text ends at the position.
    End,
    /// The text is centred on the position.
    Middle,
}

impl TextBlock {
    /// Text broken into lines at `width` points. Empty text has no lines.
    pub(crate) fn wrapped(
        style: &ChartStyle,
        text: &str,
        paragraph: &ParagraphStyle,
        width: f64,
    ) -> Result<Self, MissingGlyph> {
        let mut lines = Vec::new();
        if !text.is_empty() {
            lines = style.fonts.wrap(text, &paragraph.text, width)?;
            // A width of a few letters holds no word, parted or not.
            if width > 3.0 * paragraph.text.size && lines.iter().any(|line| line.width > width) {
                let parted = parted(style, text, paragraph, width)?;
                lines = style.fonts.wrap(&parted, &paragraph.text, width)?;
            }
        }
        Ok(Self {
            width: lines.iter().map(|line| line.width).fold(0.0, f64::max),
            lines,
            leading: paragraph.leading,
            baseline: style.baseline(paragraph),
            half_cap: style.half_cap(paragraph),
        })
    }

    /// Text broken at `width` points into the fewest lines, of even length. For titles.
    pub(crate) fn balanced(
        style: &ChartStyle,
        text: &str,
        paragraph: &ParagraphStyle,
        width: f64,
    ) -> Result<Self, MissingGlyph> {
        let loose = Self::wrapped(style, text, paragraph, width)?;
        let count = loose.lines.len();
        if count < 2 {
            return Ok(loose);
        }
        let (mut low, mut high, mut best) = (width / 2.0, width, loose);
        for _ in 0..6 {
            let middle = (low + high) / 2.0;
            // Lines that fit a smaller width are the same in it.
            if best.width <= middle {
                high = middle;
                continue;
            }
            let tried = Self::wrapped(style, text, paragraph, middle)?;
            if tried.lines.len() == count && tried.width <= middle {
                best = tried;
                high = middle;
            } else {
                low = middle;
            }
        }
        Ok(best)
    }

    /// Text on one line, of any length.
    pub(crate) fn single(
        style: &ChartStyle,
        text: &str,
        paragraph: &ParagraphStyle,
    ) -> Result<Self, MissingGlyph> {
        Self::wrapped(style, text, paragraph, f64::INFINITY)
    }

    /// Number of lines.
    pub(crate) fn count(&self) -> usize {
        self.lines.len()
    }

    /// Height in points: one leading per line.
    pub(crate) fn height(&self) -> f64 {
        self.lines.len() as f64 * self.leading
    }

    /// Distance of the first baseline from the top edge, in points.
    pub(crate) fn baseline(&self) -> f64 {
        self.baseline
    }

    /// Draws the block with its top edge at `y`. `x` is the position that `anchor` refers to.
    pub(crate) fn draw(&self, canvas: &Canvas, x: f64, y: f64, anchor: Anchor) {
        for (index, line) in self.lines.iter().enumerate() {
            let left = match anchor {
                Anchor::Start => x,
                Anchor::End => x - line.width,
                Anchor::Middle => x - line.width / 2.0,
            };
            let down = y + self.baseline + index as f64 * self.leading;
            canvas.text(Point::new(left, down), line.clone());
        }
    }

    /// Draws the block so that capitals and digits are centred on `y`.
    pub(crate) fn draw_beside(&self, canvas: &Canvas, x: f64, y: f64, anchor: Anchor) {
        self.draw(canvas, x, self.top_beside(y), anchor);
    }

    /// Top edge of the block, where capitals and digits of the first line are centred on `y`.
    pub(crate) fn top_of_first(&self, y: f64) -> f64 {
        y + self.half_cap - self.baseline
    }

    /// Top edge of the block, where capitals and digits are centred on `y`.
    pub(crate) fn top_beside(&self, y: f64) -> f64 {
        let rest = (self.lines.len() as f64 - 1.0).max(0.0) * self.leading / 2.0;
        y + self.half_cap - self.baseline - rest
    }
}

/// The text with every word wider than `width` parted. A hyphen between letters and a line end follow each part but
/// the last.
fn parted(
    style: &ChartStyle,
    text: &str,
    paragraph: &ParagraphStyle,
    width: f64,
) -> Result<String, MissingGlyph> {
    let measure = |text: &str| style.fonts.width(text, &paragraph.text);
    let mut out = String::new();
    let mut start = 0;
    for line_end in exhibit_scene::breaks::breaks(text) {
        let mut word = &text[start..line_end.at];
        // A hyphen in an address would be read as a part of it.
        let begin = text[..start]
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + 1);
        let address = exhibit_scene::breaks::is_address(
            text[begin..]
                .split(char::is_whitespace)
                .next()
                .unwrap_or(word),
        );
        start = line_end.at;
        while measure(word.trim_end())? > width {
            // The longest part that fits with its hyphen. One letter at least ends the loop.
            let mut end = word.chars().next().map_or(0, char::len_utf8);
            for (at, _) in word.char_indices().skip(2) {
                if measure(&format!("{}-", &word[..at]))? > width {
                    break;
                }
                end = at;
            }
            out.push_str(&word[..end]);
            let letters = |text: Option<char>| text.is_some_and(char::is_alphabetic);
            if !address
                && letters(word[..end].chars().next_back())
                && letters(word[end..].chars().next())
            {
                out.push('-');
            }
            out.push('\n');
            word = &word[end..];
        }
        out.push_str(word);
    }
    Ok(out)
}
