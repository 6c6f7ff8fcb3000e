//! Blocks of a brief, in order, to stacks and sections.

use exhibit_charts::Drawn;
use exhibit_facts::facts::{Annotation, Block, Directive, Prose};
use exhibit_scene::{MissingGlyph, OutlineEntry, Role, Structure, TagId};

use crate::block::{
    callout, columns, exhibit::exhibit, heading, key_figures::key_figures, list::list,
    paragraph::paragraph,
};
use crate::fragment::{Float, Stack};
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

    /// Keeps the end of a paragraph on the page of the list that it announces.
    fn announce(stacks: &mut [Stack], above: Option<&Block>, block: &Block) {
        if let (Some(Block::Paragraph(_)), Block::List { .. }, Some(stack)) =
            (above, block, stacks.last_mut())
            && let Some(last) = stack.fragments.last_mut()
        {
            last.keep_with_next = true;
        }
    }

    /// Blocks of the text, over the full width.
    pub(crate) fn blocks(
        &mut self,
        tree: &mut TagTree,
        blocks: &[Block],
    ) -> Result<Vec<Stack>, MissingGlyph> {
        let mut stacks: Vec<Stack> = Vec::new();
        let mut said: Vec<Directive> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            if let Block::Directive(directive) = block {
                said.push(*directive);
                continue;
            }
            Self::announce(
                &mut stacks,
                index.checked_sub(1).map(|above| &blocks[above]),
                block,
            );
            let mut own = if let Block::Heading { level, text } = block {
                vec![self.section(tree, *level, text)?]
            } else {
                let parent = self.parent();
                self.block(tree, parent, block, self.styles.width())?
            };
            if let Block::Exhibit(exhibit) = block
                && let [stack] = own.as_mut_slice()
                && speaks_of(blocks.get(index + 1), *exhibit)
            {
                stack.float = Float::Own;
            }
            for directive in std::mem::take(&mut said) {
                direct(&mut own, directive);
            }
            stacks.append(&mut own);
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
        let mut stacks: Vec<Stack> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            Self::announce(
                &mut stacks,
                index.checked_sub(1).map(|above| &blocks[above]),
                block,
            );
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
                let style = styles.body();
                let stack = paragraph(styles, tree, parent, prose, &style, width)?;
                vec![Stack {
                    text: true,
                    ..stack
                }]
            }
            Block::List { first, items } => {
                let stack = list(styles, tree, parent, *first, items, width)?;
                vec![Stack {
                    text: true,
                    ..stack
                }]
            }
            // Columns and callouts hold no directives.
            Block::Directive(_) => Vec::new(),
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

/// True for a paragraph that names an exhibit.
fn speaks_of(block: Option<&Block>, exhibit: usize) -> bool {
    let Some(Block::Paragraph(prose)) = block else {
        return false;
    };
    let names = |annotation: &Annotation| matches!(annotation, Annotation::Exhibit(named) if *named == exhibit);
    let mut annotations = prose.runs.iter().filter_map(|run| run.annotation.as_ref());
    annotations.any(names)
}

/// Does to the stacks of a block what the author says of its place.
fn direct(stacks: &mut [Stack], directive: Directive) {
    if directive == Directive::Keep {
        let fragments = stacks.iter_mut().flat_map(|stack| &mut stack.fragments);
        fragments.for_each(|fragment| fragment.keep_with_next = true);
        return;
    }
    let Some(first) = stacks.first_mut() else {
        return;
    };
    match directive {
        Directive::PageBreak => first.breaks = true,
        Directive::Here => first.float = Float::Fixed,
        Directive::Top => first.float = Float::Top,
        Directive::Float => first.float = Float::Free,
        Directive::Keep => {}
    }
}
