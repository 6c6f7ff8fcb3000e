//! Blocks of a brief, in order, to stacks and sections.

use exhibit_charts::Drawn;
use exhibit_facts::facts::{Block, Prose};
use exhibit_scene::{MissingGlyph, OutlineEntry, Role, Structure, TagId};

use crate::block::{
    callout, columns, exhibit::exhibit, heading, key_figures::key_figures, list::list,
    paragraph::paragraph,
};
use crate::flow::Stack;
use crate::region::Region;
use crate::style::PageStyle;
use crate::tags::TagTree;

/// State of the composition of the body: open sections in the structure, and the outline so far.
pub(crate) struct BodyComposer<'a, 'b> {
    styles: &'a PageStyle<'b>,
    drawn: &'a [Drawn],
    region: &'a Region,
    /// Open sections, the outermost first.
    sections: Vec<TagId>,
    /// Number of headings so far, those in columns and callouts included.
    headings: usize,
    /// Headings of sections so far, in reading order.
    pub(crate) outline: Vec<OutlineEntry>,
}

impl<'a, 'b> BodyComposer<'a, 'b> {
    /// State before the first block.
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

    /// Node of the innermost open section, or the root.
    pub(crate) fn parent(&self) -> TagId {
        self.sections.last().copied().unwrap_or(Structure::ROOT)
    }

    /// Opens a section of level 1 or 2, and sets its heading. A section of level 2 outside every section has level 1.
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

    /// Stack and outline entry of the next heading.
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

    /// Blocks inside another block, all below one node. `width` is in points.
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

    /// Stacks of one block. `width` is in points.
    fn block(
        &mut self,
        tree: &mut TagTree,
        parent: TagId,
        block: &Block,
        width: f64,
    ) -> Result<Vec<Stack>, MissingGlyph> {
        let styles = self.styles;
        Ok(match block {
            // A heading in a column or callout opens no section: the contents do not list it, and its level is one
            // below that of the section around it.
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
