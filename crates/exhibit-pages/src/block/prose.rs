//! Prose to lines: structure, style and links of each run.

use std::borrow::Cow;
use std::collections::BTreeSet;

use exhibit_facts::facts::{Annotation, Prose, Run};
use exhibit_scene::breaks::breaks;
use exhibit_scene::{
    Frame, Group, Item, Link, LinkTarget, MissingGlyph, Point, Role, Size, Tag, TagId, TextStyle,
    Weight,
};

use super::overflow_wrap::{MAX_GLYPH_WIDTH_EM, ZERO_WIDTH_SPACE, add_break_opportunities};
use crate::fragment::Fragment;
use crate::line::{Hyphens, Line, TextRun, balance, break_lines};
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::{self, LinkNode, TagTree};

/// Greatest error of a sum of widths, in points. No reader sees it.
pub(crate) const WIDTH_TOLERANCE: f64 = 0.01;

/// Presence of raised numbers behind facts and notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markers {
    /// Present, in running text.
    Shown,
    /// Absent, in titles and headings.
    Hidden,
}

/// Edge that lines share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Left edge.
    Left,
    /// Right edge.
    Right,
}

/// Text with its leaves in the structure, before line breaking.
#[derive(Clone, Debug, Default)]
pub(crate) struct TaggedText {
    /// Text runs in reading order; [`TextRun::leaf`] is an index into the leaves.
    text_runs: Vec<TextRun>,
    /// Leaves in reading order.
    leaves: Vec<Leaf>,
    /// Destinations of the text, which its first line takes.
    pub(crate) anchors: Vec<String>,
}

/// A leaf of the structure, filled by one text run or more.
#[derive(Clone, Debug)]
struct Leaf {
    /// Node of the leaf.
    id: TagId,
    /// Link around the leaf, if there is one.
    link: Option<LinkNode>,
    /// Destinations of the leaf.
    anchors: Vec<String>,
}

impl TaggedText {
    /// Prose as children of `parent`.
    pub(crate) fn new(
        styles: &PageStyle,
        tree: &mut TagTree,
        parent: TagId,
        prose: &Prose,
        style: &ParagraphStyle,
        markers: Markers,
    ) -> Self {
        let mut builder = Builder {
            styles,
            tree,
            parent,
            markers,
            text: Self::default(),
            open: false,
            seen: BTreeSet::new(),
        };
        for run in &prose.runs {
            builder.run(run, style.text);
        }
        builder.text
    }

    /// Plain text as one leaf of `parent`. Empty text has no leaf.
    pub(crate) fn plain(
        tree: &mut TagTree,
        parent: TagId,
        text: &str,
        style: &ParagraphStyle,
    ) -> Self {
        let mut set = Self::default();
        // A leaf without content would be a fault of the structure.
        if !text.is_empty() {
            set.push(Leaf::plain(tree.add_leaf(parent)), text, style.text, 0.0);
        }
        set
    }

    /// Text in an existing leaf, which may belong to a link.
    pub(crate) fn in_leaf(
        leaf: TagId,
        link: Option<LinkNode>,
        text: &str,
        style: &ParagraphStyle,
    ) -> Self {
        let mut set = Self::default();
        let leaf = Leaf {
            id: leaf,
            link,
            anchors: Vec::new(),
        };
        set.push(leaf, text, style.text, 0.0);
        set
    }

    /// Appends another text.
    pub(crate) fn append(&mut self, other: Self) {
        let shift = self.leaves.len();
        let moved = other.text_runs.into_iter();
        self.text_runs.extend(moved.map(|text_run| TextRun {
            leaf: text_run.leaf + shift,
            ..text_run
        }));
        self.leaves.extend(other.leaves);
        self.anchors.extend(other.anchors);
    }

    /// Raised register number behind a fact, as a link to the register. Empty for a fact without a number. `rise` is in
    /// points.
    pub(crate) fn fact_marker(
        styles: &PageStyle,
        tree: &mut TagTree,
        parent: TagId,
        fact: exhibit_facts::facts::FactId,
        rise: f64,
    ) -> Self {
        let mut text = Self::default();
        if let Some(number) = styles.register_number(fact) {
            let description = format!(
                "{}{}{}",
                styles.words.source,
                styles.colon(),
                styles.fact_description(fact)
            );
            let target = LinkTarget::Destination(tags::fact_destination(number));
            let (link, id) = tree.add_link(parent, target, description);
            let leaf = Leaf {
                id,
                link: Some(link),
                anchors: tree.first_use(number).into_iter().collect(),
            };
            text.push(leaf, &number.to_string(), styles.fact_marker(), rise);
        }
        text
    }

    /// Appends a new leaf with text.
    fn push(&mut self, leaf: Leaf, text: &str, style: TextStyle, rise: f64) {
        self.leaves.push(leaf);
        self.push_on(text, style, rise);
    }

    /// Appends text to the last leaf.
    fn push_on(&mut self, text: &str, style: TextStyle, rise: f64) {
        self.text_runs.push(TextRun {
            text: text.into(),
            style,
            leaf: self.leaves.len() - 1,
            rise,
            hyphens: if self.leaves.last().is_some_and(Leaf::is_address) {
                Hyphens::Never
            } else {
                Hyphens::Any
            },
        });
    }

    /// Lines at most `width` points wide, justified or ragged. The text runs are used up.
    fn lines(
        &mut self,
        styles: &PageStyle,
        width: f64,
        justified: bool,
    ) -> Result<Vec<Line>, MissingGlyph> {
        let mut text_runs = std::mem::take(&mut self.text_runs);
        prepare_breaks(&mut text_runs, styles, width, justified)?;
        break_lines(styles.fonts, &text_runs, width, justified)
    }

    /// Least width, to the point, at which ragged text takes as many lines as at `width` points. The lines are then
    /// about equally long, as the lines of a title should be. CSS calls the rule `text-wrap: balance`.
    ///
    /// # Errors
    /// A character that no face has.
    pub(crate) fn balanced(&self, styles: &PageStyle, width: f64) -> Result<f64, MissingGlyph> {
        // No word breaks for the sake of even lines.
        let mut least: f64 = 0.0;
        for text_run in &self.text_runs {
            let mut start = 0;
            for place in breaks(&text_run.text) {
                let word = text_run.text[start..place.at].trim_end();
                least = least.max(styles.fonts.width(word, &text_run.style)?);
                start = place.at;
            }
        }
        let mut text_runs = self.text_runs.clone();
        prepare_breaks(&mut text_runs, styles, width, false)?;
        balance(styles.fonts, &text_runs, least..width)
    }

    /// Lines as fragments, one each, `indent` points from the left edge. Two lines stay together at each end.
    ///
    /// # Errors
    /// A character that no face has.
    pub(crate) fn fragments(
        mut self,
        styles: &PageStyle,
        style: &ParagraphStyle,
        indent: f64,
        width: f64,
        justified: bool,
    ) -> Result<Vec<Fragment>, MissingGlyph> {
        let lines = self.lines(styles, width, justified)?;
        let count = lines.len();
        let mut fragments = Vec::with_capacity(count);
        let mut anchored = BTreeSet::new();
        for (index, line) in lines.into_iter().enumerate() {
            let mut fragment = Fragment {
                height: style.leading,
                keep_with_next: index + 1 < count && (index == 0 || index + 2 == count),
                ..Fragment::default()
            };
            if index == 0 {
                fragment
                    .anchors
                    .extend(self.anchors.iter().map(|name| (name.clone(), 0.0)));
            }
            self.put_line(
                styles,
                style,
                line,
                Point::new(indent, 0.0),
                &mut fragment,
                &mut anchored,
            );
            fragments.push(fragment);
        }
        Ok(fragments)
    }

    /// Draws lines at a point of a fragment, flush left, and returns their height in points.
    ///
    /// # Errors
    /// A character that no face has.
    pub(crate) fn put(
        self,
        styles: &PageStyle,
        style: &ParagraphStyle,
        at: Point,
        width: f64,
        fragment: &mut Fragment,
    ) -> Result<f64, MissingGlyph> {
        self.put_to(styles, style, at, width, Side::Left, fragment)
    }

    /// Draws lines at a point of a fragment, flush with one edge of a column of `width` points, and returns their
    /// height in points.
    ///
    /// # Errors
    /// A character that no face has.
    pub(crate) fn put_to(
        mut self,
        styles: &PageStyle,
        style: &ParagraphStyle,
        at: Point,
        width: f64,
        side: Side,
        fragment: &mut Fragment,
    ) -> Result<f64, MissingGlyph> {
        let lines = self.lines(styles, width, false)?;
        let height = lines.len() as f64 * style.leading;
        fragment
            .anchors
            .extend(self.anchors.iter().map(|name| (name.clone(), at.y)));
        let mut anchored = BTreeSet::new();
        for (index, line) in lines.into_iter().enumerate() {
            let right = match side {
                Side::Left => 0.0,
                Side::Right => (width - line.width()).max(0.0),
            };
            let at = at + Point::new(right, index as f64 * style.leading);
            self.put_line(styles, style, line, at, fragment, &mut anchored);
        }
        Ok(height)
    }

    /// Draws one line with its top left corner at a point. `anchored` holds the leaves whose destinations are set.
    fn put_line(
        &self,
        styles: &PageStyle,
        style: &ParagraphStyle,
        line: Line,
        at: Point,
        fragment: &mut Fragment,
        anchored: &mut BTreeSet<usize>,
    ) {
        let baseline = styles.baseline(style);
        for piece in line.pieces {
            let leaf = &self.leaves[piece.leaf];
            let size = Size::new(piece.width, style.leading);
            let mut frame = Frame::new(size);
            // Most pieces hold one run, and a document has hundreds: no spare capacity.
            frame.items.reserve_exact(piece.runs.len());
            for (x, run) in piece.runs {
                frame.push(Point::new(x, baseline - piece.rise), Item::Glyphs(run));
            }
            let place = at + Point::new(piece.x, 0.0);
            fragment.items.push((
                place,
                Item::Group(Group::tagged(frame, Tag::Content(leaf.id))),
            ));
            if let Some(link) = &leaf.link {
                fragment
                    .items
                    .push((place, Item::Link(link_area(link, size))));
            }
            if anchored.insert(piece.leaf) {
                fragment
                    .anchors
                    .extend(leaf.anchors.iter().map(|name| (name.clone(), at.y)));
            }
        }
    }
}

/// Adds break opportunities to words wider than any line, and leaves hyphens in ragged text to such words.
fn prepare_breaks(
    text_runs: &mut [TextRun],
    styles: &PageStyle,
    width: f64,
    justified: bool,
) -> Result<(), MissingGlyph> {
    // Raised numbers need space behind a word that fills its line. Without them the tolerance suffices: a column may be
    // just as wide as its longest word.
    let raised = text_runs.iter().any(|text_run| text_run.rise > 0.0);
    let max_word_width = if raised {
        width - 2.0 * styles.theme.page.mark
    } else {
        width + WIDTH_TOLERANCE
    };
    for text_run in text_runs.iter_mut() {
        // Ragged lines have no gaps to fill: titles, cells and notes are hyphenated only where a word has no room.
        if !justified && text_run.hyphens == Hyphens::Any {
            text_run.hyphens = Hyphens::Wide;
        }
        if let Cow::Owned(text) = add_break_opportunities(
            styles.fonts,
            &text_run.text,
            &text_run.style,
            text_run.hyphens,
            max_word_width,
        )? {
            text_run.text = text;
        }
    }
    part_joined_words(text_runs, styles, max_word_width)
}

/// Adds a break opportunity between two text runs whose joined word is wider than `width` points: a number of a source and
/// a long place behind it, say.
fn part_joined_words(
    text_runs: &mut [TextRun],
    styles: &PageStyle,
    width: f64,
) -> Result<(), MissingGlyph> {
    // Parts of the word at the end of the text so far.
    let mut word: Vec<(String, TextStyle)> = Vec::new();
    for text_run in text_runs {
        let text = &text_run.text;
        let first = text.find(is_place).unwrap_or(text.len());
        let parts = || {
            let own = std::iter::once((&text[..first], &text_run.style));
            word.iter()
                .map(|(text, style)| (text.as_str(), style))
                .chain(own)
        };
        // Nearly every word is short.
        let most: f64 = parts()
            .map(|(text, style)| text.len() as f64 * style.size * MAX_GLYPH_WIDTH_EM)
            .sum();
        let mut wide = false;
        if !word.is_empty() && first > 0 && text_run.rise == 0.0 && most > width {
            let mut sum = 0.0;
            for (text, style) in parts() {
                sum += styles.fonts.width(text, style)?;
            }
            wide = sum > width;
        }
        if wide {
            text_run.text.insert(0, ZERO_WIDTH_SPACE);
        }
        let text = &text_run.text;
        let last = text
            .rfind(is_place)
            .map(|at| at + text[at..].chars().next().map_or(0, char::len_utf8));
        if let Some(at) = last {
            word = vec![(text[at..].to_owned(), text_run.style)];
        } else {
            word.push((text.clone(), text_run.style));
        }
        word.retain(|(text, _)| !text.is_empty());
    }
    Ok(())
}

/// True for a character behind which a line may end in any text.
fn is_place(ch: char) -> bool {
    ch == ZERO_WIDTH_SPACE
        || ch.is_whitespace() && !matches!(ch, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// Clickable area of a link.
pub(crate) fn link_area(link: &LinkNode, size: Size) -> Link {
    Link {
        size,
        target: link.target.clone(),
        description: link.description.clone(),
        tag: Some(link.node),
    }
}

impl Leaf {
    /// True for a web address, which is not hyphenated.
    fn is_address(&self) -> bool {
        let target = self.link.as_ref().map(|link| &link.target);
        matches!(target, Some(LinkTarget::Uri(_)))
    }

    /// A leaf without a link.
    fn plain(id: TagId) -> Self {
        Self {
            id,
            link: None,
            anchors: Vec::new(),
        }
    }
}

/// Walk over the runs of prose. Neighbouring plain runs share one leaf.
struct Builder<'a, 'b> {
    styles: &'a PageStyle<'b>,
    tree: &'a mut TagTree,
    /// Node of the prose.
    parent: TagId,
    markers: Markers,
    /// Text so far.
    text: TaggedText,
    /// True when the last leaf is plain text, and more plain text may join it.
    open: bool,
    /// Register numbers already shown in the paragraph.
    seen: BTreeSet<usize>,
}

impl Builder<'_, '_> {
    /// Appends one run.
    fn run(&mut self, run: &Run, base: TextStyle) {
        if run.text.is_empty() {
            return;
        }
        let mut style = base;
        style.italic |= run.emphasis;
        if run.strong && style.weight == Weight::Regular {
            style.weight = Weight::SemiBold;
        }
        let rise = base.size * self.styles.theme.page.mark_rise;
        match &run.annotation {
            None => self.plain(&run.text, style),
            Some(Annotation::Fact { fact, .. }) => {
                self.plain(&run.text, style);
                let Some(number) = self.styles.register_number(*fact) else {
                    return;
                };
                if self.markers == Markers::Hidden {
                    self.text.anchors.extend(self.tree.first_use(number));
                } else if self.seen.insert(number) {
                    // A raised number close behind a figure would read as a power.
                    if run.text.ends_with(|ch: char| ch.is_ascii_digit()) {
                        self.plain("\u{202F}", style);
                    }
                    let marker =
                        TaggedText::fact_marker(self.styles, self.tree, self.parent, *fact, rise);
                    self.open &= marker.leaves.is_empty();
                    self.text.append(marker);
                }
            }
            Some(Annotation::Cite(source)) => {
                let citation = &self.styles.facts.sources[source.0].citation;
                let description = format!("{}: {citation}", self.styles.words.source);
                let target = LinkTarget::Destination(tags::source_destination(source.0 + 1));
                style.color = self.styles.theme.colors.grey;
                self.link(Role::Reference, &run.text, style, 0.0, target, description);
            }
            Some(Annotation::Exhibit(index)) => {
                let exhibit = &self.styles.facts.exhibits[*index];
                let description = format!(
                    "{}{}{}",
                    exhibit.kicker,
                    self.styles.colon(),
                    exhibit.title.text()
                );
                let target = LinkTarget::Destination(tags::exhibit_destination(&exhibit.id));
                style.color = self.styles.theme.colors.accent_text;
                self.link(Role::Reference, &run.text, style, 0.0, target, description);
            }
            Some(Annotation::Note(index)) => {
                if self.markers == Markers::Hidden {
                    return;
                }
                let number = index + 1;
                let description = format!("{} {}", self.styles.words.notes, run.text);
                let target = LinkTarget::Destination(tags::note_destination(number));
                let style = self.styles.note_marker();
                self.link(Role::Reference, &run.text, style, rise, target, description);
                if self.tree.notes_marked.insert(number) {
                    let leaf = self.text.leaves.last_mut().expect("the marker's own leaf");
                    leaf.anchors.push(tags::note_marker_destination(number));
                }
            }
            Some(Annotation::Uri(address)) => {
                style.color = self.styles.theme.colors.accent_text;
                let target = LinkTarget::Uri(address.clone());
                self.link(Role::Span, &run.text, style, 0.0, target, address.clone());
            }
        }
    }

    /// Appends plain text, to the last leaf if that one is open.
    fn plain(&mut self, text: &str, style: TextStyle) {
        if self.open {
            return self.text.push_on(text, style, 0.0);
        }
        let id = self.tree.add_leaf(self.parent);
        self.text.push(Leaf::plain(id), text, style, 0.0);
        self.open = true;
    }

    /// Appends a link. `around` is the role of the node around it: a `Reference` for a link inside the document.
    fn link(
        &mut self,
        around: Role,
        text: &str,
        style: TextStyle,
        rise: f64,
        target: LinkTarget,
        description: String,
    ) {
        let parent = match around {
            Role::Reference => self.tree.add(self.parent, Role::Reference),
            _ => self.parent,
        };
        let (link, id) = self.tree.add_link(parent, target, description);
        let leaf = Leaf {
            id,
            link: Some(link),
            anchors: Vec::new(),
        };
        self.text.push(leaf, text, style, rise);
        self.open = false;
    }
}
