//! Facts and drawn exhibits to a document: blocks, flow, furniture, in that order.

use exhibit_charts::Drawn;
use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Block, Content, Prose};
use exhibit_scene::{
    Attachment, Document, Fonts, Frame, Meta, MissingGlyph, OutlineEntry, Page, Size, Structure,
    Theme,
};

use crate::block::{callout, columns, contents, table::min_width, title};
use crate::body::BodyComposer;
use crate::flow::{Layout, flow, push_merged};
use crate::fragment::Stack;
use crate::furniture::furniture;
use crate::region::text_region;
use crate::register::register;
use crate::sources::{notes, sources};
use crate::style::PageStyle;
use crate::tags::TagTree;

/// Composes a document.
///
/// `drawn` holds one entry for each of [`Facts::exhibits`], in that order, each as wide as [`exhibit_widths`] says.
/// `producer` names the program in the metadata.
///
/// # Errors
/// A character that no face has.
///
/// # Panics
/// When `drawn` and the exhibits of the facts differ in number.
pub fn compose(
    facts: &Facts,
    drawn: Vec<Drawn>,
    theme: &Theme,
    fonts: &Fonts,
    producer: &str,
    attachments: Vec<Attachment>,
) -> Result<Document, MissingGlyph> {
    assert_eq!(
        drawn.len(),
        facts.exhibits.len(),
        "every exhibit is drawn once"
    );
    let styles = PageStyle::new(facts, theme, fonts);
    let region = text_region(theme);
    let mut tree = TagTree::new();
    let opening = title::title(&styles, &mut tree, Structure::ROOT)?;
    // The contents stand before the headings that they list, so that their node is made first and filled last.
    let toc = facts
        .meta
        .contents
        .then(|| tree.add(Structure::ROOT, exhibit_scene::Role::Div));
    let mut body = BodyComposer::new(&styles, &drawn, &region);
    let mut text = body.blocks(&mut tree, &facts.body)?;
    text.extend(back_matter(&styles, &mut body, &mut tree)?);
    let outline = body.outline;
    let mut stacks = opening;
    if let Some(node) = toc.filter(|_| !outline.is_empty()) {
        stacks.push(contents::contents(&styles, &mut tree, node, &outline)?);
    }
    stacks.extend(text);
    // The usual drawing had every glyph, so that another one has them too.
    let mut redraw = |exhibit: usize, width: f64, height: f64| {
        let size = Size::new(width, height);
        let plot = exhibit_charts::plot_at(&facts.exhibits[exhibit], size, theme, fonts);
        plot.ok().flatten()
    };
    let layout = flow(region, stacks, &mut redraw);
    finish(&styles, tree, layout, outline, producer, attachments)
}

/// Width of an exhibit on its own, in points: the width of the text area. See [`exhibit_widths`].
#[must_use]
pub fn exhibit_width(theme: &Theme) -> f64 {
    text_region(theme).size.width
}

/// Widths at which the exhibits of a brief are to be drawn, in points, in the order of [`Facts::exhibits`].
///
/// Each width is that of the text area, or of the column or callout that holds the exhibit. A wider exhibit is scaled
/// down as a whole, text included.
#[must_use]
pub fn exhibit_widths(facts: &Facts, theme: &Theme) -> Vec<f64> {
    let mut widths = vec![exhibit_width(theme); facts.exhibits.len()];
    collect_widths(&facts.body, theme, exhibit_width(theme), &mut widths);
    widths
}

/// Writes the width of every exhibit among `blocks` into `widths`. `width` is that of the blocks, in points.
fn collect_widths(blocks: &[Block], theme: &Theme, width: f64, widths: &mut [f64]) {
    for block in blocks {
        match block {
            Block::Exhibit(index) => widths[*index] = width,
            Block::Columns(lists) => {
                let width = columns::width(theme, width, lists.len());
                lists
                    .iter()
                    .for_each(|blocks| collect_widths(blocks, theme, width, widths));
            }
            Block::Callout { blocks, .. } => {
                collect_widths(blocks, theme, callout::text_width(theme, width), widths)
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::List { .. }
            | Block::KeyFigures(_)
            | Block::Directive(_) => {}
        }
    }
}

/// A table that is wider than its place. See [`too_wide`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TooWide {
    /// Index into [`Facts::exhibits`].
    pub exhibit: usize,
    /// Least width that breaks no word and no number, in points.
    pub needs: f64,
    /// Width of the place, in points.
    pub has: f64,
}

/// Tables whose columns are too narrow for their longest words and numbers, in the order of the exhibits.
///
/// The widths are those of [`exhibit_widths`]. A document with such a table composes, but words and numbers in the
/// table break.
///
/// # Errors
/// A character that no face has.
pub fn too_wide(facts: &Facts, theme: &Theme, fonts: &Fonts) -> Result<Vec<TooWide>, MissingGlyph> {
    let styles = PageStyle::new(facts, theme, fonts);
    let mut found = Vec::new();
    for (exhibit, has) in exhibit_widths(facts, theme).into_iter().enumerate() {
        if let Content::Table(table) = &facts.exhibits[exhibit].content {
            let needs = min_width(&styles, table)?;
            if needs > has {
                found.push(TooWide {
                    exhibit,
                    needs,
                    has,
                });
            }
        }
    }
    Ok(found)
}

/// Greatest height of an exhibit that stands as drawn, in points: most of the text area. A higher chart is scaled down
/// as a whole, and a higher table breaks over pages.
#[must_use]
pub fn exhibit_height(theme: &Theme) -> f64 {
    text_region(theme).max_unbroken()
}

/// Notes, sources and register. Each is a section; a section without content is left out.
fn back_matter(
    styles: &PageStyle,
    body: &mut BodyComposer,
    tree: &mut TagTree,
) -> Result<Vec<Stack>, MissingGlyph> {
    let facts = styles.facts;
    let words = &styles.words;
    let mut stacks: Vec<Stack> = Vec::new();
    if !facts.notes.is_empty() {
        stacks.push(body.section(tree, 1, &Prose::plain(words.notes))?);
        stacks.push(notes(styles, tree, body.parent())?);
    }
    if !facts.sources.is_empty() {
        stacks.push(body.section(tree, 1, &Prose::plain(words.sources))?);
        stacks.push(sources(styles, tree, body.parent())?);
    }
    if !facts.register.is_empty() {
        stacks.push(body.section(tree, 1, &Prose::plain(words.register))?);
        stacks.extend(register(styles, tree, body.parent())?);
    }
    Ok(stacks)
}

/// Completes the pages with what only the flow knows: page numbers, rectangles of figures, furniture.
fn finish(
    styles: &PageStyle,
    mut tree: TagTree,
    mut layout: Layout,
    outline: Vec<OutlineEntry>,
    producer: &str,
    attachments: Vec<Attachment>,
) -> Result<Document, MissingGlyph> {
    for (page, at, number) in &layout.page_numbers {
        let leads_to = layout.destinations[&number.destination].page;
        let (at, item) = contents::page_number_item(styles, number, *at, leads_to)?;
        layout.pages[*page].push((at, item));
    }
    for (node, page, rect) in layout.figures {
        tree.structure.node_mut(node).bbox = Some((page, rect));
    }
    let count = layout.pages.len();
    let mut pages = Vec::with_capacity(count);
    for (index, mut items) in layout.pages.into_iter().enumerate() {
        for (at, item) in furniture(styles, index, count, &layout.sections)? {
            push_merged(&mut items, at, item);
        }
        let mut frame = Frame::new(styles.theme.page.size);
        frame.items = items;
        pages.push(Page { frame });
    }
    Ok(Document {
        meta: meta(styles.facts, producer),
        pages,
        structure: tree.structure,
        outline,
        destinations: layout.destinations,
        attachments,
    })
}

/// Metadata of the document.
fn meta(facts: &Facts, producer: &str) -> Meta {
    let meta = &facts.meta;
    Meta {
        title: meta.title.text(),
        authors: meta.authors.clone(),
        subject: meta.subtitle.as_ref().map(Prose::text),
        keywords: meta.keywords.clone(),
        lang: meta.language.tag().into(),
        date: (meta.date.year, meta.date.month, meta.date.day),
        producer: producer.into(),
    }
}
