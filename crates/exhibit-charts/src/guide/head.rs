//! Head and foot of an exhibit: the texts above and below its plot.

use exhibit_facts::facts::Exhibit;
use exhibit_scene::{Frame, MissingGlyph, Size};

use super::text::{Anchor, TextBlock};
use crate::draw::Canvas;
use crate::style::ChartStyle;

/// Number, title and subtitle. The frame's baseline is the baseline of the number.
pub(crate) fn head(
    style: &ChartStyle,
    exhibit: &Exhibit,
    width: f64,
) -> Result<Frame, MissingGlyph> {
    let gap = style.tokens.gap;
    let kicker = TextBlock::single(style, &exhibit.kicker, &style.kicker())?;
    let title = TextBlock::balanced(style, &exhibit.title.text(), &style.title(), width)?;
    let subtitle = TextBlock::wrapped(style, &exhibit.subtitle.text(), &style.small(), width)?;
    // A subtitle belongs to its title, so a hair of white is enough.
    let above_subtitle = if subtitle.count() > 0 { gap / 3.0 } else { 0.0 };
    let height = kicker.height() + gap / 3.0 + title.height() + above_subtitle + subtitle.height();
    let canvas = Canvas::new(Size::new(width, height));
    canvas.group("head", || {
        let mut y = 0.0;
        canvas.group("kicker", || kicker.draw(&canvas, 0.0, y, Anchor::Start));
        y += kicker.height() + gap / 3.0;
        canvas.group("title", || title.draw(&canvas, 0.0, y, Anchor::Start));
        y += title.height() + above_subtitle;
        canvas.group("subtitle", || subtitle.draw(&canvas, 0.0, y, Anchor::Start));
    });
    let mut frame = canvas.finish();
    frame.baseline = Some(kicker.baseline());
    Ok(frame)
}

/// Notes and source. The frame has no height where the exhibit has neither.
pub(crate) fn foot(
    style: &ChartStyle,
    exhibit: &Exhibit,
    width: f64,
) -> Result<Frame, MissingGlyph> {
    let mut paragraphs = Vec::new();
    let notes = exhibit.notes.iter().map(|note| ("note", note.text()));
    let source = ("source", exhibit.source_line.clone());
    for (class, text) in notes.chain(std::iter::once(source)) {
        let lines = TextBlock::wrapped(style, &text, &style.small(), width)?;
        if lines.count() > 0 {
            paragraphs.push((class, lines));
        }
    }
    let between = style.tokens.gap / 3.0;
    let height: f64 = paragraphs
        .iter()
        .map(|(_, lines)| lines.height() + between)
        .sum();
    let canvas = Canvas::new(Size::new(width, (height - between).max(0.0)));
    canvas.group("foot", || {
        let mut y = 0.0;
        for (class, lines) in &paragraphs {
            canvas.group(class, || lines.draw(&canvas, 0.0, y, Anchor::Start));
            y += lines.height() + between;
        }
    });
    Ok(canvas.finish())
}
