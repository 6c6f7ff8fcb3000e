//! A paragraph measured: its text put together, shaped, and cut into clusters with their glue.

use std::ops::Range;

use exhibit_scene::{Fonts, GlyphRun, MissingGlyph, Shaped};

use super::fit::Sum;
use super::{Stretch, han, units};

/// The text of a paragraph and its clusters.
pub(super) struct Paragraph<'a> {
    /// White space collapsed.
    pub(super) text: String,
    /// The stretches, and which bytes of the text are theirs.
    pub(super) stretches: Vec<(Range<usize>, &'a Stretch)>,
    /// Shaped runs, which clusters point into.
    pub(super) runs: Vec<GlyphRun>,
    /// Clusters in reading order.
    pub(super) clusters: Vec<Cluster>,
    /// Width of a hyphen in each stretch.
    hyphens: Vec<i64>,
    /// Sums from the paragraph's start to each cluster; one more than clusters.
    sums: Vec<Sum>,
}

/// The smallest thing that a line holds whole or not at all.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    /// Its bytes in the paragraph's text.
    pub(super) bytes: Range<usize>,
    /// Index of its stretch.
    pub(super) stretch: usize,
    /// Index of its run.
    pub(super) run: usize,
    /// Its glyphs in the run.
    pub(super) glyphs: Range<usize>,
    /// Its bytes in the run's text.
    pub(super) run_bytes: Range<usize>,
    /// Its own width, with what it may give and take.
    pub(super) own: Sum,
    /// What stands between it and the next cluster on the same line.
    pub(super) gap: Sum,
    /// Size of its text, 1/65536 pt.
    pub(super) em: i64,
    /// A space, which vanishes at a line's end.
    pub(super) space: bool,
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(fonts: &Fonts, stretches: &'a [Stretch]) -> Result<Self, MissingGlyph> {
        let (text, stretches) = collapse(stretches);
        let mut paragraph = Self {
            text,
            stretches,
            runs: Vec::new(),
            clusters: Vec::new(),
            hyphens: Vec::new(),
            sums: Vec::new(),
        };
        for (index, (bytes, stretch)) in paragraph.stretches.clone().into_iter().enumerate() {
            let shaped = fonts.shape_part(&paragraph.text, bytes.clone(), &stretch.style)?;
            paragraph
                .hyphens
                .push(units(fonts.width("-", &stretch.style)?));
            push_clusters(
                &mut paragraph.clusters,
                &shaped,
                bytes.start,
                (index, units(stretch.style.size)),
                paragraph.runs.len(),
            );
            paragraph
                .runs
                .extend(shaped.runs.into_iter().map(|(_, run)| run));
        }
        paragraph.set_gaps();
        let mut sum = Sum::default();
        paragraph.sums.reserve_exact(paragraph.clusters.len() + 1);
        paragraph.sums.push(sum);
        for cluster in &paragraph.clusters {
            sum = sum + cluster.own + cluster.gap;
            paragraph.sums.push(sum);
        }
        Ok(paragraph)
    }

    fn set_gaps(&mut self) {
        for index in 1..self.clusters.len() {
            let (left, right) = (&self.clusters[index - 1], &self.clusters[index]);
            // A raised mark belongs to what it follows.
            let level = self.stretches[left.stretch].1.rise == self.stretches[right.stretch].1.rise;
            if level && !left.space && !right.space {
                self.clusters[index - 1].gap = han::gap(self.edge(index - 1), self.edge(index));
            }
        }
    }

    /// What Chinese rules ask of a cluster.
    pub(super) fn edge(&self, index: usize) -> han::Edge {
        let cluster = &self.clusters[index];
        let text = &self.text[cluster.bytes.clone()];
        han::Edge::new(text, cluster.own.width, cluster.em)
    }

    /// The stretch of a cluster.
    pub(super) fn stretch(&self, cluster: &Cluster) -> &'a Stretch {
        self.stretches[cluster.stretch].1
    }

    /// Width of the hyphen behind a cluster.
    pub(super) fn hyphen_width(&self, cluster: &Cluster) -> i64 {
        self.hyphens[cluster.stretch]
    }

    /// Everything before a line that begins with a cluster, the white half of an opening mark included.
    pub(super) fn opening(&self, index: usize) -> Sum {
        let mut sum = self.sums[index];
        if index < self.clusters.len() {
            sum.width += self.edge(index).trim_start();
        }
        sum
    }

    /// Everything up to the end of a line that ends before a cluster: without spaces, gap, and the white half of a closing mark.
    pub(super) fn closing(&self, index: usize) -> Sum {
        let end = self.content_end(index);
        let mut sum = self.sums[end];
        if end > 0 {
            sum = sum - self.clusters[end - 1].gap;
            sum.width -= self.edge(end - 1).trim_end();
        }
        sum
    }

    /// The end of what a line shows that ends before a cluster.
    pub(super) fn content_end(&self, index: usize) -> usize {
        self.clusters[..index]
            .iter()
            .rposition(|cluster| !cluster.space)
            .map_or(0, |last| last + 1)
    }

    /// The cluster that begins at a byte; the number of clusters at the text's end. `None` inside a cluster.
    pub(super) fn cluster_at(&self, byte: usize) -> Option<usize> {
        if byte == self.text.len() {
            return Some(self.clusters.len());
        }
        self.clusters
            .binary_search_by_key(&byte, |cluster| cluster.bytes.start)
            .ok()
    }
}

/// The texts put together with single spaces, and the bytes of each stretch. Stretches without text left are dropped.
fn collapse(stretches: &[Stretch]) -> (String, Vec<(Range<usize>, &Stretch)>) {
    let mut text = String::new();
    let mut found: Vec<(Range<usize>, &Stretch)> = Vec::new();
    for stretch in stretches {
        let start = text.len();
        for ch in stretch.text.chars() {
            match ch {
                ' ' | '\t' | '\n' | '\r' => {
                    if !text.is_empty() && !text.ends_with([' ', '\u{2028}']) {
                        text.push(' ');
                    }
                }
                '\u{2028}' => {
                    if text.len() > start && text.ends_with(' ') {
                        text.pop();
                    }
                    text.push('\u{2028}');
                }
                _ => text.push(ch),
            }
        }
        if text.len() > start {
            found.push((start..text.len(), stretch));
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

/// The clusters of shaped text that begins at a byte of the paragraph and whose first run gets the index `run`. What it is
/// a part of: the stretch, and the size of its text.
pub(super) fn push_clusters(
    out: &mut Vec<Cluster>,
    shaped: &Shaped,
    start: usize,
    (stretch, em): (usize, i64),
    run: usize,
) {
    // Most glyphs are a cluster each.
    out.reserve(shaped.runs.iter().map(|(_, run)| run.glyphs.len()).sum());
    let mut base = start;
    for (index, (_, shaped_run)) in shaped.runs.iter().enumerate() {
        let glyphs = &shaped_run.glyphs;
        let mut first = 0;
        while first < glyphs.len() {
            let cluster = glyphs[first].cluster;
            let count = glyphs[first..]
                .iter()
                .take_while(|glyph| glyph.cluster == cluster)
                .count();
            let begin = cluster as usize;
            let end = glyphs
                .get(first + count)
                .map_or(shaped_run.text.len(), |next| next.cluster as usize);
            let width: i64 = glyphs[first..first + count]
                .iter()
                .map(|glyph| units(glyph.advance))
                .sum();
            let text = &shaped_run.text[begin..end];
            out.push(Cluster {
                bytes: base + begin..base + end,
                stretch,
                run: run + index,
                glyphs: first..first + count,
                run_bytes: begin..end,
                own: own(text, width),
                gap: Sum::default(),
                em,
                space: matches!(text, " " | "\u{2028}"),
            });
            first += count;
        }
        base += shaped_run.text.len();
    }
}

/// Width of a cluster with what it gives and takes: a space half and a third of itself, as TeX's text faces have it.
fn own(text: &str, width: i64) -> Sum {
    match text {
        " " | "\u{A0}" => Sum {
            width,
            stretch: width / 2,
            shrink: width / 3,
        },
        "\u{2028}" => Sum::default(),
        _ => Sum {
            width,
            stretch: 0,
            shrink: 0,
        },
    }
}
