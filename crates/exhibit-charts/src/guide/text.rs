//! Blocks of text: shaped lines under each other.

use exhibit_scene::breaks::is_address;
use exhibit_scene::hyphens::hyphens;
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
    /// Number of words that a hyphen parts at the end of a line.
    hyphens: usize,
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
        let mut hyphens = 0;
        if !text.is_empty() {
            lines = style.fonts.wrap(text, &paragraph.text, width)?;
            // A width of a few letters holds no word, parted or not.
            if width > 3.0 * paragraph.text.size && lines.iter().any(|line| line.width > width) {
                let parted = parted(style, text, paragraph, width)?;
                hyphens = parted.1;
                lines = style.fonts.wrap(&parted.0, &paragraph.text, width)?;
            }
        }
        Ok(Self {
            width: lines.iter().map(|line| line.width).fold(0.0, f64::max),
            lines,
            hyphens,
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
            // Even lines are not worth a hyphen.
            let parted = tried.hyphens > best.hyphens;
            if tried.lines.len() == count && tried.width <= middle && !parted {
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

/// Texts of one axis, each with its style and its width, that wrap alike: where one takes more than one line, each that may end inside takes two.
pub(crate) fn wrapped_alike(
    style: &ChartStyle,
    texts: &[(&str, ParagraphStyle, f64)],
) -> Result<Vec<TextBlock>, MissingGlyph> {
    let mut blocks = Vec::new();
    for (text, paragraph, width) in texts {
        blocks.push(TextBlock::wrapped(style, text, paragraph, *width)?);
    }
    if blocks.iter().all(|block| block.count() <= 1) {
        return Ok(blocks);
    }
    for (block, (text, paragraph, width)) in blocks.iter_mut().zip(texts) {
        if block.count() == 1
            && let Some(two) = in_two(style, text, paragraph)?
        {
            *block = TextBlock::wrapped(style, &two, paragraph, *width)?;
        }
    }
    Ok(blocks)
}

/// The text with a line end where its two parts are most even. `None` for a text that no line may end in.
fn in_two(
    style: &ChartStyle,
    text: &str,
    paragraph: &ParagraphStyle,
) -> Result<Option<String>, MissingGlyph> {
    let mut best: Option<(f64, String)> = None;
    for place in exhibit_scene::breaks::breaks(text) {
        let (first, second) = (text[..place.at].trim_end(), &text[place.at..]);
        if second.is_empty() {
            continue;
        }
        let first_width = style.fonts.width(first, &paragraph.text)?;
        let wide = first_width.max(style.fonts.width(second, &paragraph.text)?);
        if best.as_ref().is_none_or(|(least, _)| wide < *least) {
            best = Some((wide, format!("{first}\n{second}")));
        }
    }
    Ok(best.map(|(_, text)| text))
}

/// A text in lines at most `width` points wide, where a word is wider than that. The patterns of the language part such a word, or its letters
/// where no pattern serves. A hyphen stands at the end of each part between letters.
fn parted(
    style: &ChartStyle,
    text: &str,
    paragraph: &ParagraphStyle,
    width: f64,
) -> Result<(String, usize), MissingGlyph> {
    let measure = |text: &str| style.fonts.width(text.trim_end(), &paragraph.text);
    let mut lines = Lines::default();
    let mut start = 0;
    for line_end in exhibit_scene::breaks::breaks(text) {
        let word = &text[start..line_end.at];
        // A hyphen in an address would be read as a part of it.
        let before = text[..start].rsplit(char::is_whitespace).next();
        let begin = start - before.map_or(0, str::len);
        let whole = text[begin..].split(char::is_whitespace).next();
        let address = whole.is_some_and(is_address);
        start = line_end.at;
        if measure(word)? <= width {
            if measure(&format!("{}{word}", lines.last))? > width {
                lines.end("");
            }
            lines.last.push_str(word);
            continue;
        }
        let points = if address {
            Vec::new()
        } else {
            hyphens(word, paragraph.text.lang)
        };
        let mut from = 0;
        while measure(&format!("{}{}", lines.last, &word[from..]))? > width {
            let mut fits = None;
            for to in points.iter().copied().filter(|to| *to > from) {
                if measure(&format!("{}{}-", lines.last, &word[from..to]))? <= width {
                    fits = Some(to);
                }
            }
            if let Some(to) = fits {
                lines.last.push_str(&word[from..to]);
                lines.end("-");
                from = to;
            } else if !lines.last.is_empty() {
                lines.end("");
            } else {
                let to = from + letters_that_fit(&word[from..], width, &measure)?;
                lines.last.push_str(&word[from..to]);
                let letter = |ch: Option<char>| ch.is_some_and(char::is_alphabetic);
                let inside = !address
                    && letter(word[..to].chars().next_back())
                    && letter(word[to..].chars().next());
                lines.end(if inside { "-" } else { "" });
                from = to;
            }
        }
        lines.last.push_str(&word[from..]);
    }
    lines.text.push_str(&lines.last);
    Ok((lines.text, lines.hyphens))
}

/// Lines of a text on the way.
#[derive(Default)]
struct Lines {
    /// Lines that have ended.
    text: String,
    /// The line that has not ended.
    last: String,
    /// Number of hyphens at the ends of lines.
    hyphens: usize,
}

impl Lines {
    /// Ends the last line, with a hyphen or without.
    fn end(&mut self, hyphen: &str) {
        self.text.push_str(self.last.trim_end());
        self.text.push_str(hyphen);
        self.text.push('\n');
        self.last.clear();
        self.hyphens += hyphen.len();
    }
}

/// Bytes of the longest begin of a word that fits with a hyphen. One letter at least, so that a word ends.
fn letters_that_fit(
    word: &str,
    width: f64,
    measure: &impl Fn(&str) -> Result<f64, MissingGlyph>,
) -> Result<usize, MissingGlyph> {
    let mut end = word.chars().next().map_or(0, char::len_utf8);
    for (at, _) in word.char_indices().skip(2) {
        if measure(&format!("{}-", &word[..at]))? > width {
            break;
        }
        end = at;
    }
    Ok(end)
}
