//! A chosen line, set: halves of broken words shaped anew, glue given out, runs grouped by leaf.

use std::ops::Range;

use exhibit_scene::breaks::is_ideograph;
use exhibit_scene::{Fonts, Glyph, GlyphRun, MissingGlyph};

use super::boxes::{Cluster, Paragraph, push_clusters};
use super::fit::{Measure, Place, Sum};
use super::{Line, Piece, points, units};

/// A cluster on the line with all that it takes of it.
struct Placed {
    cluster: Cluster,
    advance: i64,
    /// The hyphen of a broken word, which no text stands for.
    hyphen: bool,
}

/// The line from one place to the next; `start` is its first cluster where no place stands before it. `last`: it need not be filled.
pub(super) fn line(
    fonts: &Fonts,
    paragraph: &Paragraph,
    start: usize,
    (from, to, last): (Option<&Place>, &Place, bool),
    measure: &Measure,
) -> Result<Line, MissingGlyph> {
    let start = from.map_or(start, |from| from.at);
    let end = paragraph.content_end(to.at).max(start);
    let mut reshaped = Vec::new();
    let mut shown = paragraph.clusters[start..end].to_vec();
    // The later half first, so that the earlier one's places stay.
    let mut tail = shown.len();
    if to.hyphen {
        tail = word_start(paragraph, start, end) - start;
        let word = text_before_hyphen(paragraph, start + tail..end) + "-";
        splice(
            fonts,
            paragraph,
            &mut shown,
            tail..end - start,
            &mut reshaped,
            |fonts, style| fonts.shape(&word, style),
        )?;
    }
    if from.is_some_and(|from| from.hyphen) && tail > 0 {
        let head = word_end(paragraph, start, end).min(start + tail);
        let bytes = paragraph.clusters[start].bytes.start..paragraph.clusters[head - 1].bytes.end;
        splice(
            fonts,
            paragraph,
            &mut shown,
            0..head - start,
            &mut reshaped,
            |fonts, style| fonts.shape_part(&paragraph.text, bytes, style),
        )?;
    }
    let left = if start < end {
        paragraph.edge(start).trim_start()
    } else {
        0
    };
    let right = if start < end && !to.hyphen {
        paragraph.edge(end - 1).trim_end()
    } else {
        0
    };
    let mut placed = give_glue(shown, measure, left + right, last);
    if let Some(placed) = placed.last_mut() {
        placed.advance -= right;
        placed.hyphen = to.hyphen;
    }
    // The space stays for who copies the text, and takes no room.
    let spaces = paragraph.clusters[end..to.at.max(end)].iter().cloned();
    placed.extend(spaces.map(|cluster| Placed {
        cluster,
        advance: 0,
        hyphen: false,
    }));
    Ok(Writer {
        fonts,
        paragraph,
        reshaped: &reshaped,
        line: Line::default(),
        pen: -left,
    }
    .write(&placed))
}

/// The begin of the letters that end at a cluster, on this line and in one stretch.
fn word_start(paragraph: &Paragraph, start: usize, end: usize) -> usize {
    let stretch = paragraph.clusters[end - 1].stretch;
    let letters = |cluster: &Cluster| {
        let mut text = paragraph.text[cluster.bytes.clone()].chars();
        cluster.stretch == stretch
            && text.all(|ch| ch == '\u{AD}' || ch.is_alphanumeric() && !is_ideograph(ch))
    };
    let before = paragraph.clusters[start..end]
        .iter()
        .rposition(|cluster| !letters(cluster));
    // The cluster at the break is part of the word, whatever it is.
    before.map_or(start, |last| start + last + 1).min(end - 1)
}

/// The end of what is shaped together from a cluster on: a space, another stretch or a gap ends it.
fn word_end(paragraph: &Paragraph, start: usize, end: usize) -> usize {
    let clusters = &paragraph.clusters;
    let joined = |index: &usize| {
        let (left, right) = (&clusters[index - 1], &clusters[*index]);
        !right.space && right.stretch == left.stretch && left.gap == Sum::default()
    };
    (start + 1..end).take_while(joined).last().unwrap_or(start) + 1
}

/// The text of clusters without soft hyphens: the hyphen behind it stands for the one that is used.
fn text_before_hyphen(paragraph: &Paragraph, clusters: Range<usize>) -> String {
    let clusters = &paragraph.clusters[clusters];
    let bytes = clusters[0].bytes.start..clusters[clusters.len() - 1].bytes.end;
    paragraph.text[bytes].trim_end_matches('\u{AD}').to_owned()
}

/// Puts freshly shaped clusters in place of some of a line.
fn splice(
    fonts: &Fonts,
    paragraph: &Paragraph,
    shown: &mut Vec<Cluster>,
    range: Range<usize>,
    reshaped: &mut Vec<GlyphRun>,
    shape: impl FnOnce(&Fonts, &exhibit_scene::TextStyle) -> Result<exhibit_scene::Shaped, MissingGlyph>,
) -> Result<(), MissingGlyph> {
    let (first, last) = (&shown[range.start], &shown[range.end - 1]);
    let shaped = shape(fonts, &paragraph.stretch(first).style)?;
    let run = paragraph.runs.len() + reshaped.len();
    let mut fresh = Vec::new();
    push_clusters(
        &mut fresh,
        &shaped,
        first.bytes.start,
        (first.stretch, first.em),
        run,
    );
    if let Some(cluster) = fresh.last_mut() {
        cluster.gap = last.gap;
    }
    reshaped.extend(shaped.runs.into_iter().map(|(_, run)| run));
    shown.splice(range, fresh);
    Ok(())
}

/// Gives each cluster its room: its own, the gap behind it, and its part of the line's slack.
fn give_glue(shown: Vec<Cluster>, measure: &Measure, trimmed: i64, last: bool) -> Vec<Placed> {
    let count = shown.len();
    let room = |index: usize, cluster: &Cluster| {
        if index + 1 < count {
            cluster.own + cluster.gap
        } else {
            cluster.own
        }
    };
    let sum = shown
        .iter()
        .enumerate()
        .fold(Sum::default(), |sum, (index, cluster)| {
            sum + room(index, cluster)
        });
    let slack = measure.width - (sum.width - trimmed);
    // Shrinking goes a quarter further than it was planned with: a hyphen's kerning is known only now.
    let (amount, total, pick): (i64, i64, fn(Sum) -> i64) = match slack {
        ..0 => (slack.max(-sum.shrink * 5 / 4), sum.shrink, |sum| sum.shrink),
        _ if last || !measure.is_justified() => (0, 0, |_| 0),
        _ => (slack, sum.stretch, |sum| sum.stretch),
    };
    let (mut seen, mut given) = (0, 0);
    let mut placed = Vec::with_capacity(count + 1);
    for (index, cluster) in shown.into_iter().enumerate() {
        let room = room(index, &cluster);
        seen += pick(room);
        // Shares of the running sum, so that rounding never adds up and the line ends exactly where it should.
        let due = if total > 0 { amount * seen / total } else { 0 };
        placed.push(Placed {
            cluster,
            advance: room.width + due - given,
            hyphen: false,
        });
        given = due;
    }
    placed
}

/// Turns placed clusters into runs and pieces.
struct Writer<'a> {
    fonts: &'a Fonts,
    paragraph: &'a Paragraph<'a>,
    reshaped: &'a [GlyphRun],
    line: Line,
    /// Where the next cluster stands, from the left edge of the measure.
    pen: i64,
}

impl Writer<'_> {
    fn write(mut self, placed: &[Placed]) -> Line {
        let same_run = |a: &Placed, b: &Placed| {
            a.cluster.run == b.cluster.run && a.cluster.stretch == b.cluster.stretch && !b.hyphen
        };
        for group in placed.chunk_by(same_run) {
            self.run(group);
        }
        self.line
    }

    /// Clusters of one run and one stretch.
    fn run(&mut self, group: &[Placed]) {
        let first = &group[0].cluster;
        let stretch = self.paragraph.stretch(first);
        let known = self.paragraph.runs.len();
        let source = self
            .paragraph
            .runs
            .get(first.run)
            .unwrap_or_else(|| &self.reshaped[first.run - known]);
        let bytes = first.run_bytes.start..group[group.len() - 1].cluster.run_bytes.end;
        let text = match &source.text[bytes] {
            _ if group[0].hyphen => "\u{AD}".into(),
            text if text.contains('\u{2028}') => text.replace('\u{2028}', " ").into(),
            text => text.into(),
        };
        let width: i64 = group.iter().map(|placed| placed.advance).sum();
        // Counted first: half of what a document takes up is these.
        let count = group.iter().map(|placed| placed.cluster.glyphs.len());
        let mut glyphs = Vec::with_capacity(count.sum());
        for placed in group {
            glyphs.extend(self::glyphs(placed, source, first.run_bytes.start));
        }
        // Each field by itself: a copy of the source would take all of its glyphs along, to drop them.
        let run = GlyphRun {
            text,
            glyphs,
            face: source.face,
            size: source.size,
            color: source.color,
            lang: source.lang,
        };

        let metrics = self.fonts.metrics(&stretch.style);
        self.line.ascent = self
            .line
            .ascent
            .max(metrics.ascent * stretch.style.size + stretch.rise);
        self.line.descent = self
            .line
            .descent
            .max(metrics.descent * stretch.style.size - stretch.rise);
        let goes_on = |piece: &Piece| {
            piece.leaf == stretch.leaf && piece.rise.to_bits() == stretch.rise.to_bits()
        };
        if !self.line.pieces.last().is_some_and(goes_on) {
            let x = points(self.pen);
            self.line.pieces.push(Piece {
                leaf: stretch.leaf,
                x,
                rise: stretch.rise,
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
        self.pen += width;
        piece.width = points(self.pen) - piece.x;
    }
}

/// The glyphs of a cluster with its whole advance; what is beyond their own goes to the last.
fn glyphs<'a>(
    placed: &'a Placed,
    source: &'a GlyphRun,
    base: usize,
) -> impl Iterator<Item = Glyph> + 'a {
    let cluster = &placed.cluster;
    let glyphs = &source.glyphs[cluster.glyphs.clone()];
    // Most clusters are one glyph, which has all of the room.
    let own: i64 = match glyphs {
        [_] => 0,
        _ => glyphs.iter().map(|glyph| units(glyph.advance)).sum(),
    };
    let begin = u32::try_from(base).expect("a paragraph is shorter than 4 GB");
    glyphs.iter().enumerate().map(move |(index, glyph)| {
        let advance = match glyphs {
            [_] => placed.advance,
            _ if index + 1 == glyphs.len() => units(glyph.advance) + placed.advance - own,
            _ => units(glyph.advance),
        };
        Glyph {
            cluster: glyph.cluster - begin,
            advance: points(advance),
            ..*glyph
        }
    })
}
