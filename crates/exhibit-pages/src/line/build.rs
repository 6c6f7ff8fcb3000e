//! Lines from chosen breakpoints: halves of broken words are shaped again, glue is distributed, glyph runs are grouped
//! by leaf.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use exhibit_scene::breaks::is_ideograph;
use exhibit_scene::{Fonts, Glyph, GlyphRun, MissingGlyph};

use super::fit::{Breakpoint, Glue, Measure};
use super::han::CharClass;
use super::length::{points, units};
use super::paragraph::{Cluster, Paragraph, ShapedRun, push_runs};
use super::text::{Line, Piece};

/// Line between two breakpoints.
///
/// `start` is the first cluster of a line without a breakpoint before it. `last` is true for the last line, which need
/// not be filled.
///
/// # Errors
/// A character that no face has.
pub(super) fn line(
    fonts: &Fonts,
    paragraph: &Paragraph,
    start: usize,
    (from, to, last): (Option<&Breakpoint>, &Breakpoint, bool),
    measure: &Measure,
) -> Result<Line, MissingGlyph> {
    let start = from.map_or(start, |from| from.at);
    let end = paragraph.content_end(to.at).max(start);
    let mut reshaped = Vec::new();
    // The space at the end remains for copied text.
    let mut shown = Cow::Borrowed(&paragraph.clusters[start..to.at.max(end)]);
    let spaces = shown.len() - (end - start);
    // The later half first, so that indices into the earlier half stay valid.
    let mut tail = end - start;
    if to.hyphen {
        tail = word_start(paragraph, start, end) - start;
        let word = text_before_hyphen(paragraph, start + tail..end) + "-";
        splice(
            fonts,
            paragraph,
            shown.to_mut(),
            tail..end - start,
            &mut reshaped,
            |fonts, style| fonts.shape(&word, style),
        )?;
    }
    if from.is_some_and(|from| from.hyphen) && tail > 0 {
        let head = word_end(paragraph, start, end).min(start + tail);
        let clusters = &paragraph.clusters;
        let bytes = clusters[start].bytes().start..clusters[head - 1].bytes().end;
        splice(
            fonts,
            paragraph,
            shown.to_mut(),
            0..head - start,
            &mut reshaped,
            |fonts, style| fonts.shape_part(&paragraph.text, bytes, style),
        )?;
    }
    let left = if start < end {
        paragraph
            .char_frame(&paragraph.clusters[start])
            .trim_start()
    } else {
        0
    };
    let right = if start < end && !to.hyphen {
        paragraph
            .char_frame(&paragraph.clusters[end - 1])
            .trim_end()
    } else {
        0
    };
    let filled = shown.len() - spaces;
    let mut advances = distribute_glue(paragraph, &shown[..filled], measure, left + right, last);
    if let Some(advance) = advances.last_mut() {
        *advance -= right;
    }
    // Spaces at the end have no advance.
    advances.resize(shown.len(), 0);
    let mut builder = LineBuilder {
        fonts,
        paragraph,
        reshaped: &reshaped,
        line: Line::default(),
        pen: -left,
    };
    // The hyphen of a broken word is a glyph run of its own, because no text stands for it.
    let whole = shown.len() - usize::from(to.hyphen);
    let mut rest = &advances[..];
    for group in shown[..whole].chunk_by(|left, right| left.glyph_run == right.glyph_run) {
        let (own, others) = rest.split_at(group.len());
        builder.run(group, own, false);
        rest = others;
    }
    if to.hyphen {
        builder.run(&shown[whole..], rest, true);
    }
    Ok(builder.line)
}

/// First cluster of the letters that end at a cluster, on the same line and in the same text run.
fn word_start(paragraph: &Paragraph, start: usize, end: usize) -> usize {
    let text_run = paragraph.clusters[end - 1].text_run;
    let letters = |cluster: &Cluster| {
        let mut text = paragraph.text[cluster.bytes()].chars();
        cluster.text_run == text_run
            && text.all(|ch| ch == '\u{AD}' || ch.is_alphanumeric() && !is_ideograph(ch))
    };
    let before = paragraph.clusters[start..end]
        .iter()
        .rposition(|cluster| !letters(cluster));
    // The cluster at the break belongs to the word in any case.
    before.map_or(start, |last| start + last + 1).min(end - 1)
}

/// Cluster after the last that is shaped together with the first. A space, another text run or a gap ends the sequence.
fn word_end(paragraph: &Paragraph, start: usize, end: usize) -> usize {
    let clusters = &paragraph.clusters;
    let joined = |index: &usize| {
        let (left, right) = (&clusters[index - 1], &clusters[*index]);
        !right.class.is_space()
            && right.text_run == left.text_run
            && paragraph.gap(left, right) == Glue::default()
    };
    (start + 1..end).take_while(joined).last().unwrap_or(start) + 1
}

/// Text of clusters without a soft hyphen at the end. The visible hyphen takes its place.
fn text_before_hyphen(paragraph: &Paragraph, clusters: Range<usize>) -> String {
    let clusters = &paragraph.clusters[clusters];
    let bytes = clusters[0].bytes().start..clusters[clusters.len() - 1].bytes().end;
    paragraph.text[bytes].trim_end_matches('\u{AD}').to_owned()
}

/// Replaces clusters of a line by freshly shaped ones.
fn splice(
    fonts: &Fonts,
    paragraph: &Paragraph,
    shown: &mut Vec<Cluster>,
    range: Range<usize>,
    reshaped: &mut Vec<ShapedRun>,
    shape: impl FnOnce(&Fonts, &exhibit_scene::TextStyle) -> Result<exhibit_scene::Shaped, MissingGlyph>,
) -> Result<(), MissingGlyph> {
    let first = &shown[range.start];
    let style = &paragraph.text_run(first).style;
    let mut fresh = Vec::new();
    push_runs(
        reshaped,
        &mut fresh,
        shape(fonts, style)?,
        first.bytes().start,
        (first.text_run as usize, units(style.size)),
        paragraph.glyph_runs.len(),
    );
    shown.splice(range, fresh);
    Ok(())
}

/// Advance of each cluster in 1/65536 pt: its own width, the gap behind it, and its share of the slack of the line.
fn distribute_glue(
    paragraph: &Paragraph,
    shown: &[Cluster],
    measure: &Measure,
    trimmed: i64,
    last: bool,
) -> Vec<i64> {
    let extent = |index: usize| {
        let cluster = &shown[index];
        let gap = shown
            .get(index + 1)
            .map(|next| paragraph.gap(cluster, next));
        cluster.glue() + gap.unwrap_or_default()
    };
    let sum = (0..shown.len()).fold(Glue::default(), |sum, index| sum + extent(index));
    let slack = measure.width - (sum.width - trimmed);
    // Shrinking may exceed its plan by a quarter, because the kerning of a hyphen is known only now.
    let (amount, total, pick): (i64, i64, fn(Glue) -> i64) = match slack {
        ..0 => (slack.max(-sum.shrink * 5 / 4), sum.shrink, |sum| sum.shrink),
        _ if last || !measure.is_justified() => (0, 0, |_| 0),
        _ => (slack, sum.stretch, |sum| sum.stretch),
    };
    let (mut seen, mut given) = (0, 0);
    let advances = (0..shown.len()).map(|index| {
        let extent = extent(index);
        seen += pick(extent);
        // Shares of the running sum, so that rounding errors do not add up and the line ends exactly.
        let due = if total > 0 { amount * seen / total } else { 0 };
        let advance = extent.width + due - given;
        given = due;
        advance
    });
    advances.collect()
}

/// Conversion of clusters and advances to glyph runs and pieces.
struct LineBuilder<'a> {
    fonts: &'a Fonts,
    paragraph: &'a Paragraph<'a>,
    /// Glyph runs of the halves of broken words, whose indices follow those of the paragraph.
    reshaped: &'a [ShapedRun],
    /// Line so far.
    line: Line,
    /// Left edge of the next cluster, from the left edge of the measure, in 1/65536 pt.
    pen: i64,
}

impl LineBuilder<'_> {
    /// Appends clusters of one glyph run, or the hyphen of a broken word.
    fn run(&mut self, group: &[Cluster], advances: &[i64], hyphen: bool) {
        let (first, last) = (&group[0], &group[group.len() - 1]);
        let text_run = self.paragraph.text_run(first);
        let (index, glyph_runs) = (first.glyph_run as usize, &self.paragraph.glyph_runs);
        let shaped = glyph_runs
            .get(index)
            .unwrap_or_else(|| &self.reshaped[index - glyph_runs.len()]);
        let source = &shaped.glyphs;
        let bytes = first.bytes().start - shaped.begin..last.bytes().end - shaped.begin;
        let begin = source.glyphs[first.glyphs().start].cluster;
        let text = match last.class {
            _ if hyphen => "\u{AD}".into(),
            CharClass::LineSeparator => source.text[bytes].replace('\u{2028}', " ").into(),
            _ if bytes.len() == source.text.len() => Arc::clone(&source.text),
            _ => source.text[bytes].into(),
        };
        // Exact capacity: half the memory of a document is glyphs.
        let mut glyphs = Vec::with_capacity(last.glyphs().end - first.glyphs().start);
        for (cluster, advance) in group.iter().zip(advances) {
            push_glyphs(
                &mut glyphs,
                &source.glyphs[cluster.glyphs()],
                begin,
                *advance,
            );
        }
        // Field by field: a clone of the source would copy all glyphs and drop them.
        let run = GlyphRun {
            text,
            glyphs,
            face: source.face,
            size: source.size,
            color: source.color,
            lang: source.lang,
        };

        let metrics = self.fonts.metrics(&text_run.style);
        self.line.ascent = self
            .line
            .ascent
            .max(metrics.ascent * text_run.style.size + text_run.rise);
        self.line.descent = self
            .line
            .descent
            .max(metrics.descent * text_run.style.size - text_run.rise);
        let goes_on = |piece: &Piece| {
            piece.leaf == text_run.leaf && piece.rise.to_bits() == text_run.rise.to_bits()
        };
        if !self.line.pieces.last().is_some_and(goes_on) {
            let x = points(self.pen);
            self.line.pieces.push(Piece {
                leaf: text_run.leaf,
                x,
                rise: text_run.rise,
                width: 0.0,
                runs: Vec::new(),
            });
        }
        let piece = self
            .line
            .pieces
            .last_mut()
            .expect("a piece was pushed where none was");
        piece.runs.push((points(self.pen) - piece.x, run));
        self.pen += advances.iter().sum::<i64>();
        piece.width = points(self.pen) - piece.x;
    }
}

/// Appends the glyphs of a cluster. The last glyph takes the advance beyond those of the others.
fn push_glyphs(out: &mut Vec<Glyph>, own: &[Glyph], begin: u32, advance: i64) {
    let mut rest = advance;
    for (index, glyph) in own.iter().enumerate() {
        let advance = if index + 1 == own.len() {
            rest
        } else {
            units(glyph.advance)
        };
        rest -= advance;
        out.push(Glyph {
            cluster: glyph.cluster - begin,
            advance: points(advance),
            ..*glyph
        });
    }
}
