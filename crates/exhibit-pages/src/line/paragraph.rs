//! A paragraph after measurement: its text, shaped and split into clusters, with glue between them.

use std::ops::Range;

use exhibit_scene::{Fonts, GlyphRun, MissingGlyph, Shaped};

use super::fit::Glue;
use super::han::{self, CharClass, CharFrame};
use super::length::units;
use super::text::TextRun;

/// Text of a paragraph, with its clusters.
pub(super) struct Paragraph<'a> {
    fonts: &'a Fonts,
    /// Text with collapsed white space.
    pub(super) text: String,
    /// Text runs, each with its bytes of the text.
    pub(super) text_runs: Vec<(Range<usize>, &'a TextRun)>,
    /// Shaped runs, which clusters refer to by index.
    pub(super) glyph_runs: Vec<ShapedRun>,
    /// Clusters in reading order.
    pub(super) clusters: Vec<Cluster>,
    /// Sums from the start of the paragraph to each cluster, and to its end.
    sums: Vec<Glue>,
}

/// Shaped part of a paragraph.
pub(super) struct ShapedRun {
    /// First byte in the text of the paragraph.
    pub(super) begin: usize,
    /// Glyphs and text.
    pub(super) glyphs: GlyphRun,
}

/// Smallest unit of a line. A page has thousands of clusters, so that a cluster repeats nothing of its class or text
/// run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    /// First byte and end in the text of the paragraph.
    bytes: (u32, u32),
    /// First glyph and end in the glyph run.
    glyphs: (u32, u32),
    /// Index of the glyph run.
    pub(super) glyph_run: u32,
    /// Index of the text run.
    pub(super) text_run: u32,
    /// Width, in 1/65536 pt.
    width: i64,
    /// Class of the cluster.
    pub(super) class: CharClass,
}

impl Cluster {
    /// Bytes in the text of the paragraph.
    pub(super) fn bytes(&self) -> Range<usize> {
        self.bytes.0 as usize..self.bytes.1 as usize
    }

    /// Glyphs in the glyph run.
    pub(super) fn glyphs(&self) -> Range<usize> {
        self.glyphs.0 as usize..self.glyphs.1 as usize
    }

    /// Width with stretch and shrink. A space stretches by half and shrinks by a third of its width, as in TeX's text
    /// faces.
    pub(super) fn glue(&self) -> Glue {
        let width = self.width;
        match self.class {
            CharClass::Space | CharClass::NoBreakSpace => Glue {
                width,
                stretch: width / 2,
                shrink: width / 3,
            },
            CharClass::LineSeparator => Glue::default(),
            _ => Glue {
                width,
                stretch: 0,
                shrink: 0,
            },
        }
    }
}

impl<'a> Paragraph<'a> {
    /// A paragraph of text runs.
    ///
    /// # Errors
    /// A character that no face has.
    pub(super) fn new(fonts: &'a Fonts, text_runs: &'a [TextRun]) -> Result<Self, MissingGlyph> {
        let (text, text_runs) = collapse(text_runs);
        // Most letters are one byte and one cluster.
        let mut clusters = Vec::with_capacity(text.len());
        let mut glyph_runs = Vec::with_capacity(text_runs.len());
        for (index, (bytes, text_run)) in text_runs.iter().enumerate() {
            let shaped = fonts.shape_part(&text, bytes.clone(), &text_run.style)?;
            let em = units(text_run.style.size);
            push_runs(
                &mut glyph_runs,
                &mut clusters,
                shaped,
                bytes.start,
                (index, em),
                0,
            );
        }
        let mut paragraph = Self {
            fonts,
            text,
            text_runs,
            glyph_runs,
            clusters,
            sums: Vec::new(),
        };
        paragraph.sums = paragraph.sums();
        Ok(paragraph)
    }

    /// Sums for the field of that name.
    fn sums(&self) -> Vec<Glue> {
        let mut sums = Vec::with_capacity(self.clusters.len() + 1);
        let mut sum = Glue::default();
        sums.push(sum);
        let mut rest = self.clusters.iter().peekable();
        while let Some(cluster) = rest.next() {
            sum = sum + cluster.glue();
            if let Some(next) = rest.peek() {
                sum = sum + self.gap(cluster, next);
            }
            sums.push(sum);
        }
        sums
    }

    /// Glue between two neighbours on one line.
    pub(super) fn gap(&self, left: &Cluster, right: &Cluster) -> Glue {
        if !left.class.is_chinese() && !right.class.is_chinese() {
            return Glue::default();
        }
        // A raised number stands close to the text before it.
        if self.text_run(left).rise == self.text_run(right).rise {
            han::gap(self.char_frame(left), self.char_frame(right))
        } else {
            Glue::default()
        }
    }

    /// Character frame of a cluster.
    pub(super) fn char_frame(&self, cluster: &Cluster) -> CharFrame {
        CharFrame {
            class: cluster.class,
            em: units(self.text_run(cluster).style.size),
        }
    }

    /// Text run of a cluster.
    pub(super) fn text_run(&self, cluster: &Cluster) -> &'a TextRun {
        self.text_runs[cluster.text_run as usize].1
    }

    /// Width of a hyphen in a text run, in 1/65536 pt.
    pub(super) fn hyphen_width(&self, text_run: &TextRun) -> i64 {
        let width = self.fonts.width("-", &text_run.style);
        units(width.expect("every Latin face has a hyphen"))
    }

    /// Sum before a line that begins with a cluster. The sum includes the empty half of an opening mark.
    pub(super) fn sum_to_line_start(&self, index: usize) -> Glue {
        let mut sum = self.sums[index];
        if let Some(first) = self.clusters.get(index) {
            sum.width += self.char_frame(first).trim_start();
        }
        sum
    }

    /// Sum up to the end of a line that ends before a cluster. The sum excludes spaces, the gap, and the empty half of
    /// a closing mark.
    pub(super) fn sum_to_line_end(&self, index: usize) -> Glue {
        let end = self.content_end(index);
        let mut sum = self.sums[end];
        if let Some(last) = self.clusters[..end].last() {
            if let Some(next) = self.clusters.get(end) {
                sum = sum - self.gap(last, next);
            }
            sum.width -= self.char_frame(last).trim_end();
        }
        sum
    }

    /// Cluster after the last visible one of a line that ends before a cluster.
    pub(super) fn content_end(&self, index: usize) -> usize {
        self.clusters[..index]
            .iter()
            .rposition(|cluster| !cluster.class.is_space())
            .map_or(0, |last| last + 1)
    }

    /// Cluster that begins at a byte, or the number of clusters at the end of the text. None inside a cluster.
    pub(super) fn cluster_at(&self, byte: usize) -> Option<usize> {
        if byte == self.text.len() {
            return Some(self.clusters.len());
        }
        self.clusters
            .binary_search_by_key(&byte, |cluster| cluster.bytes.0 as usize)
            .ok()
    }
}

/// Concatenated text with single spaces, and the bytes of each text run. Text runs without remaining text are dropped.
fn collapse(text_runs: &[TextRun]) -> (String, Vec<(Range<usize>, &TextRun)>) {
    const WHITE: [char; 5] = [' ', '\t', '\n', '\r', '\u{2028}'];
    let mut text =
        String::with_capacity(text_runs.iter().map(|text_run| text_run.text.len()).sum());
    let mut found: Vec<(Range<usize>, &TextRun)> = Vec::with_capacity(text_runs.len());
    for text_run in text_runs {
        let start = text.len();
        // Each word with the white space behind it.
        for word in text_run.text.split_inclusive(WHITE) {
            let white = word.chars().next_back().filter(|ch| WHITE.contains(ch));
            text.push_str(&word[..word.len() - white.map_or(0, char::len_utf8)]);
            match white {
                Some('\u{2028}') => {
                    if text.len() > start && text.ends_with(' ') {
                        text.pop();
                    }
                    text.push('\u{2028}');
                }
                Some(_) if !text.is_empty() && !text.ends_with([' ', '\u{2028}']) => {
                    text.push(' ');
                }
                _ => {}
            }
        }
        if text.len() > start {
            found.push((start..text.len(), text_run));
        }
    }
    let end = text.trim_end_matches([' ', '\u{2028}']).len();
    text.truncate(end);
    found.retain_mut(|(bytes, _)| {
        bytes.end = bytes.end.min(end);
        bytes.start < bytes.end
    });
    (text, found)
}

/// Appends shaped text: glyph runs and clusters. `begin` is the first byte in the paragraph, `text_run` the index and
/// `em` the size of the text run, `others` the number of glyph runs stored elsewhere.
pub(super) fn push_runs(
    glyph_runs: &mut Vec<ShapedRun>,
    clusters: &mut Vec<Cluster>,
    shaped: Shaped,
    mut begin: usize,
    (text_run, em): (usize, i64),
    others: usize,
) {
    for (_, run) in shaped.runs {
        let place = (
            count(begin),
            count(others + glyph_runs.len()),
            count(text_run),
        );
        push_clusters(clusters, &run, place, em);
        let next = begin + run.text.len();
        glyph_runs.push(ShapedRun { begin, glyphs: run });
        begin = next;
    }
}

/// Appends the clusters of a glyph run. `base` is its first byte in the paragraph, `index` its own index.
fn push_clusters(
    out: &mut Vec<Cluster>,
    run: &GlyphRun,
    (base, index, text_run): (u32, u32, u32),
    em: i64,
) {
    let mut rest = run.glyphs.iter().zip(0_u32..).peekable();
    while let Some((glyph, first)) = rest.next() {
        let (mut last, mut width) = (first, units(glyph.advance));
        while let Some((more, place)) = rest.next_if(|(next, _)| next.cluster == glyph.cluster) {
            last = place;
            width += units(more.advance);
        }
        let end = rest
            .peek()
            .map_or(count(run.text.len()), |(next, _)| next.cluster);
        let text = &run.text[glyph.cluster as usize..end as usize];
        out.push(Cluster {
            bytes: (base + glyph.cluster, base + end),
            glyphs: (first, last + 1),
            glyph_run: index,
            text_run,
            width,
            class: CharClass::new(text, width, em),
        });
    }
}

/// A number as `u32`. Panics beyond the range, which only a paragraph of 4 GB reaches.
fn count(number: usize) -> u32 {
    u32::try_from(number).expect("a paragraph is shorter than 4 GB")
}
