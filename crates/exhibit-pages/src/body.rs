//! The blocks of a brief, one after the other, into stacks and sections.

use exhibit_charts::Drawn;
use exhibit_core::facts::{Block, Prose};
use exhibit_scene::{MissingGlyph, OutlineEntry, Role, Structure, TagId};

use crate::block::{
    callout, columns, exhibit::exhibit, heading, keyfigures::key_figures, list::list,
    paragraph::paragraph,
};
use crate::flow::Stack;
use crate::region::Region;
use crate::style::PageStyle;
use crate::tags::TagTree;

/// What goes through the body: where the next block hangs in the structure, and what the outline holds so far.
pub(crate) struct BodyComposer<'a, 'b> {
    styles: &'a PageStyle<'b>,
    drawn: &'a [Drawn],
    region: &'a Region,
    /// Open sections, the outermost first.
    sections: Vec<TagId>,
    /// Headings so far, those in columns and callouts too.
    headings: usize,
    /// Headings of sections so far.
    pub(crate) outline: Vec<OutlineEntry>,
}

impl<'a, 'b> BodyComposer<'a, 'b> {
    /// Nothing set yet.
    pub(crate) fn new(styles: &'a PageStyle<'b>, drawn: &'a [Drawn], region: &'a Region) -> Self {
        Self {
            styles,
            drawn,
            region,
            sections: Vec::new(),
            headings: 0,
            outline: Vec::new(),
        }
    }

    /// The node that the next block of the text hangs in.
    pub(crate) fn parent(&self) -> TagId {
        self.sections.last().copied().unwrap_or(Structure::ROOT)
    }

    /// Opens a section of level 1 or 2, or 1 where there is none to stand in, and sets its heading.
    pub(crate) fn section(
        &mut self,
        tree: &mut TagTree,
        level: u8,
        text: &Prose,
    ) -> Result<Stack, MissingGlyph> {
        let level = usize::from(level).clamp(1, self.sections.len() + 1);
        self.sections.truncate(level - 1);
        let node = tree.add(self.parent(), Role::Sect);
        self.sections.push(node);
        let (stack, entry) = self.heading(tree, node, level, text)?;
        self.outline.push(entry);
        Ok(stack)
    }

    fn heading(
        &mut self,
        tree: &mut TagTree,
        node: TagId,
        level: usize,
        text: &Prose,
    ) -> Result<(Stack, OutlineEntry), MissingGlyph> {
        let level = u8::try_from(level).expect("two levels of headings");
        self.headings += 1;
        heading::heading(self.styles, tree, node, text, level, self.headings)
    }

    /// Blocks of the text, over the full width.
    pub(crate) fn blocks(
        &mut self,
        tree: &mut TagTree,
        blocks: &[Block],
    ) -> Result<Vec<Stack>, MissingGlyph> {
        let mut stacks = Vec::new();
        for block in blocks {
            if let Block::Heading { level, text } = block {
                stacks.push(self.section(tree, *level, text)?);
            } else {
                let parent = self.parent();
                stacks.extend(self.block(tree, parent, block, self.styles.width())?);
            }
        }
        Ok(stacks)
    }

    /// Blocks in a region of the page, under one node.
    fn nested(
        &mut self,
        tree: &mut TagTree,
        parent: TagId,
        blocks: &[Block],
        width: f64,
    ) -> Result<Vec<Stack>, MissingGlyph> {
        let mut stacks = Vec::new();
        for block in blocks {
            stacks.extend(self.block(tree, parent, block, width)?);
        }
        Ok(stacks)
    }

    fn block(
        &mut self,
        tree: &mut TagTree,
        parent: TagId,
        block: &Block,
        width: f64,
    ) -> Result<Vec<Stack>, MissingGlyph> {
        let styles = self.styles;
        Ok(match block {
            // A heading in a column or callout opens no section of the document: it is not in the contents, and stands one level
            // below the section around it.
            Block::Heading { text, .. } => {
                vec![
                    self.heading(tree, parent, (self.sections.len() + 1).min(2), text)?
                        .0,
                ]
            }
            Block::Paragraph(prose) => {
                vec![paragraph(
                    styles,
                    tree,
                    parent,
                    prose,
                    &styles.body(),
                    width,
                )?]
            }
            Block::List { first, items } => {
                vec![list(styles, tree, parent, *first, items, width)?]
            }
            Block::KeyFigures(figures) => vec![key_figures(styles, tree, parent, figures, width)?],
            Block::Exhibit(index) => vec![exhibit(
                styles,
                tree,
                parent,
                *index,
                &self.drawn[*index],
                self.region,
                width,
            )?],
            Block::Columns(lists) => {
                let width = columns::width(styles.theme, width, lists.len());
                let mut stacked = Vec::new();
                for blocks in lists {
                    let node = tree.add(parent, Role::Div);
                    stacked.push(self.nested(tree, node, blocks, width)?);
                }
                columns::columns(styles, self.region, stacked, width)
            }
            Block::Callout { title, blocks } => {
                let inner = callout::text_width(styles.theme, width);
                let (node, mut stacks) =
                    callout::title(styles, tree, parent, title.as_ref(), inner)?;
                stacks.extend(self.nested(tree, node, blocks, inner)?);
                vec![callout::callout(styles, self.region, stacks)]
            }
        })
    }
}
