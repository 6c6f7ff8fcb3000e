//! Callouts: blocks beside a bar.

use exhibit_facts::facts::Prose;
use exhibit_scene::theme::PageTokens;
use exhibit_scene::{
    Artifact, Fill, Frame, Group, Item, MissingGlyph, Path, Point, Rect, Role, Size, Tag, TagId,
    Theme,
};

use super::prose::{Markers, TaggedText};
use super::vstack::vstack;
use crate::fragment::{Fragment, Stack};
use crate::region::Region;
use crate::style::PageStyle;
use crate::tags::TagTree;

/// Node of a callout, and the stack of its title, if there is one. `width` is in points.
///
/// # Errors
/// A character that no face has.
pub(crate) fn title(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    title: Option<&Prose>,
    width: f64,
) -> Result<(TagId, Vec<Stack>), MissingGlyph> {
    let node = tree.add(parent, Role::BlockQuote);
    let Some(prose) = title else {
        return Ok((node, Vec::new()));
    };
    let style = styles.heading(2);
    let paragraph = tree.add(node, Role::P);
    let text = TaggedText::new(styles, tree, paragraph, prose, &style, Markers::Hidden);
    let mut fragments = text.fragments(styles, &style, 0.0, width, false)?;
    for fragment in &mut fragments {
        fragment.keep_with_next = true;
    }
    let stack = Stack {
        below: styles.theme.page.below_subheading,
        fragments,
        ..Stack::default()
    };
    Ok((node, vec![stack]))
}

/// Width of the text beside the bar, in points.
pub(crate) fn text_width(theme: &Theme, width: f64) -> f64 {
    theme.page.measure.min(width) - theme.page.indent
}

/// Stacks beside a bar, as one stack. A callout up to a fifth of the region stays in one piece. In a higher callout a
/// page may end between two fragments, and each fragment has its own piece of the bar.
pub(crate) fn callout(styles: &PageStyle, region: &Region, stacks: Vec<Stack>) -> Stack {
    let page = &styles.theme.page;
    let whole = vstack(stacks.clone());
    let mut fragments = if whole.height <= region.size.height * PageTokens::EMPTY {
        vec![whole]
    } else {
        fragments_with_space(stacks)
    };
    for (index, fragment) in fragments.iter_mut().enumerate() {
        // The bar is as high as the fragment.
        fragment.plot = None;
        fragment
            .items
            .iter_mut()
            .for_each(|(at, _)| at.x += page.indent);
        fragment
            .figures
            .iter_mut()
            .for_each(|(_, rect)| rect.x += page.indent);
        fragment
            .items
            .insert(0, bar(styles, fragment.height, index > 0));
    }
    Stack {
        above: page.around_exhibit,
        below: page.around_exhibit,
        fragments,
        ..Stack::default()
    }
}

/// Fragments of all stacks. The height of each fragment includes the white space below.
fn fragments_with_space(stacks: Vec<Stack>) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut below: Option<f64> = None;
    for stack in stacks {
        if let (Some(below), Some(last)) = (below, fragments.last_mut()) {
            last.height += below.max(stack.above);
        }
        fragments.extend(stack.fragments);
        below = Some(stack.below);
    }
    fragments
}

/// Bar beside a fragment of `height` points. The bar is an artifact, because the structure already says what the bar
/// shows (PDF/UA-1, 7.1). A bar that continues from the fragment above overlaps it by a hairline, so that no seam
/// shows.
fn bar(styles: &PageStyle, height: f64, goes_on: bool) -> (Point, Item) {
    let page = &styles.theme.page;
    let seam = if goes_on { page.hairline } else { 0.0 };
    let size = Size::new(page.bar, height + seam);
    let mut frame = Frame::new(size);
    let fill = Fill::Solid(styles.theme.colors.accent);
    let rect = Rect::new(0.0, 0.0, size.width, size.height);
    frame.push(Point::ZERO, Item::Path(Path::rect(rect, fill)));
    let group = Group::tagged(frame, Tag::Artifact(Artifact::Layout));
    (Point::new(0.0, -seam), Item::Group(group))
}
