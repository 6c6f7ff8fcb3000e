//! Distribution of fragments over pages.
//!
//! Each block arrives as a [`Stack`] of [`Fragment`]s. No page cuts a fragment. A page may end between two fragments,
//! unless the upper one says [`Fragment::keep_with_next`]. That one flag expresses every rule: two lines of a paragraph
//! at each end, a heading with the text below, a table head with the first row, an exhibit in one piece. Fragments kept
//! together make a *chunk*, and the distributor places chunk by chunk.
//!
//! An exhibit that does not fit in its place floats. Later text fills the page, and the exhibit opens the next page, or
//! follows the end of the paragraph that the page break split. Floats keep their order, and none passes a
//! [`Stack::barrier`].
//!
//! The file is long because it is one state machine: the cursor, the pending floats and the repeated head change
//! together.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use exhibit_scene::{Destination, Group, Item, Point, Rect, Size, TagId, TextStyle};

use crate::region::Region;

/// Smallest unit of the flow: a line, a table row, an exhibit. Coordinates begin at the top left corner of the
/// fragment, and a fragment is as wide as the region.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fragment {
    /// Height in points.
    pub(crate) height: f64,
    /// Items to draw. Every group has a tag.
    pub(crate) items: Vec<(Point, Item)>,
    /// Destinations, each with the distance from the top of the fragment in points.
    pub(crate) anchors: Vec<(String, f64)>,
    /// Figures whose rectangle the structure records.
    pub(crate) figures: Vec<(TagId, Rect)>,
    /// Page numbers to be set after the flow, each with its left end on the baseline.
    pub(crate) page_numbers: Vec<(Point, PageNumber)>,
    /// True when no page may end below the fragment.
    pub(crate) keep_with_next: bool,
}

/// A page number to be set after the flow.
#[derive(Clone, Debug)]
pub(crate) struct PageNumber {
    /// Destination whose page the number names.
    pub(crate) destination: String,
    /// Style of the digits.
    pub(crate) style: TextStyle,
    /// Leaf that the digits fill.
    pub(crate) leaf: TagId,
}

/// Fragments of one block, each below the one before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stack {
    /// White space above, in points. Between two stacks the larger of the two spaces counts; at the top of a page none.
    pub(crate) above: f64,
    /// White space below, in points.
    pub(crate) below: f64,
    /// Fragments, the topmost first.
    pub(crate) fragments: Vec<Fragment>,
    /// True when later stacks may move above the stack.
    pub(crate) floats: bool,
    /// True when every pending float must be placed before the stack.
    pub(crate) barrier: bool,
    /// Title of the section that the stack opens, for the running head. None for all but headings of sections.
    pub(crate) section: Option<String>,
    /// Head of a table, as an artifact, to be drawn again at the top of each page that continues the stack.
    pub(crate) repeat: Option<Rc<Fragment>>,
}

/// Result of the flow, in coordinates of the pages.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Items of each page.
    pub(crate) pages: Vec<Vec<(Point, Item)>>,
    /// Destinations by name.
    pub(crate) destinations: BTreeMap<String, Destination>,
    /// Sections in reading order.
    pub(crate) sections: Vec<Section>,
    /// Figures, each with page index and rectangle.
    pub(crate) figures: Vec<(TagId, usize, Rect)>,
    /// Page numbers to be set, each with page index and the left end of its baseline.
    pub(crate) page_numbers: Vec<(usize, Point, PageNumber)>,
}

/// Begin of a section.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Page index, from 0.
    pub(crate) page: usize,
    /// True when the heading is the first thing on the page.
    pub(crate) at_top: bool,
    /// Title of the section.
    pub(crate) title: String,
}

/// Distributes stacks over pages, in order. The result has one page at least.
pub(crate) fn flow(region: Region, stacks: Vec<Stack>) -> Layout {
    let mut distributor = Distributor::new(region);
    let mut chunks: VecDeque<Chunk> = chunks(stacks).into();
    while let Some(chunk) = chunks.pop_front() {
        if chunk.children[0].barrier {
            distributor.flush_floats();
        } else if distributor.floats_due && chunk.children[0].first {
            distributor.place_pending_floats();
        }
        if chunk.floats {
            distributor.place_float(chunk, &mut chunks);
        } else {
            distributor.place(chunk, &chunks);
        }
    }
    distributor.flush_floats();
    distributor.layout
}

/// One fragment, with what the distributor must know of its stack.
#[derive(Debug)]
struct Child {
    fragment: Fragment,
    /// White space above, in points; 0 for all but the first child of a stack.
    above: f64,
    /// White space below, in points; 0 for all but the last child of a stack.
    below: f64,
    /// True for the first child of a stack.
    first: bool,
    /// [`Stack::floats`].
    floats: bool,
    /// [`Stack::barrier`], of the first child only.
    barrier: bool,
    /// [`Stack::section`], of the first child only.
    section: Option<String>,
    /// [`Stack::repeat`].
    repeat: Option<Rc<Fragment>>,
}

/// Children that stay together.
#[derive(Debug)]
struct Chunk {
    children: Vec<Child>,
    /// True when one child at least floats.
    floats: bool,
}

impl Chunk {
    /// True when the chunk begins with the heading of a section.
    fn begins_section(&self) -> bool {
        self.children[0].section.is_some()
    }
}

/// Chunks of all stacks, in order. A stack whose last fragment keeps with the next joins the stack below.
fn chunks(stacks: Vec<Stack>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open = false;
    for stack in stacks {
        let last = stack.fragments.len().saturating_sub(1);
        let mut section = stack.section;
        for (index, fragment) in stack.fragments.into_iter().enumerate() {
            let keep = fragment.keep_with_next;
            let child = Child {
                fragment,
                above: if index == 0 { stack.above } else { 0.0 },
                below: if index == last { stack.below } else { 0.0 },
                first: index == 0,
                floats: stack.floats,
                barrier: stack.barrier && index == 0,
                section: section.take(),
                repeat: stack.repeat.clone(),
            };
            match chunks.last_mut() {
                Some(chunk) if open => {
                    chunk.floats |= child.floats;
                    chunk.children.push(child);
                }
                _ => chunks.push(Chunk {
                    floats: child.floats,
                    children: vec![child],
                }),
            }
            open = keep;
        }
    }
    chunks
}

/// State of the distribution.
struct Distributor {
    /// Region of every page.
    region: Region,
    /// Pages so far; the last one is the current page.
    layout: Layout,
    /// Floats that did not fit, in order.
    pending: VecDeque<Chunk>,
    /// True when the pending floats belong on the current page, after the paragraph that continues at its top.
    floats_due: bool,
    /// Position on the current page.
    cursor: Cursor,
}

/// Position on the current page, in points below the top edge of the region.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    /// Lower edge of the last child.
    y: f64,
    /// White space wanted below that child.
    below: f64,
    /// True when nothing stands on the page.
    at_top: bool,
    /// True when the page holds nothing, or only a repeated head: another page would offer no more space.
    fresh: bool,
}

impl Cursor {
    /// Top of an empty page.
    const TOP: Self = Self {
        y: 0.0,
        below: 0.0,
        at_top: true,
        fresh: true,
    };

    /// Top of a child: below the white space, and on the baseline grid if the child begins a stack.
    fn begin(self, child: &Child, step: f64) -> f64 {
        if self.at_top {
            return 0.0;
        }
        let y = self.y + self.below.max(child.above);
        if child.first {
            (y / step - 1e-6).ceil() * step
        } else {
            y
        }
    }

    /// Cursor below a child.
    fn after(self, child: &Child, step: f64) -> Self {
        Self {
            y: self.begin(child, step) + child.fragment.height,
            below: child.below,
            at_top: false,
            fresh: false,
        }
    }
}

impl Distributor {
    /// A distribution with one empty page.
    fn new(region: Region) -> Self {
        let layout = Layout {
            pages: vec![Vec::new()],
            ..Layout::default()
        };
        Self {
            region,
            layout,
            pending: VecDeque::new(),
            floats_due: false,
            cursor: Cursor::TOP,
        }
    }

    /// True when the page has space for all of `children` from the cursor down.
    fn fits<'e>(&self, children: impl IntoIterator<Item = &'e Child>) -> bool {
        let mut cursor = self.cursor;
        for child in children {
            cursor = cursor.after(child, self.region.step);
        }
        cursor.y <= self.region.size.height + 1e-6
    }

    /// Places a chunk here, else on the next page on which the chunk fits.
    ///
    /// When the chunk continues a stack, pending floats wait for the end of that stack, provided that both fit on the
    /// new page. Otherwise the floats open the page and the stack continues below them. In that case the next chunk of
    /// the stack must fit too, or one line would stand alone between the floats and the end of the page.
    fn place(&mut self, chunk: Chunk, after: &VecDeque<Chunk>) {
        let rest = || after.iter().take_while(|next| !next.children[0].first);
        let mut following: &[Child] = &[];
        while !self.cursor.fresh && !self.fits(chunk.children.iter().chain(following)) {
            let parted = !chunk.children[0].first;
            let end = rest().flat_map(|next| &next.children);
            if parted && self.pending_float_fits_below(chunk.children.iter().chain(end)) {
                self.next_page();
                self.floats_due = true;
            } else {
                self.begin_page();
            }
            self.repeat_head(&chunk.children[0]);
            if parted && !self.floats_due {
                following = rest().next().map_or(&[], |next| &next.children);
            }
        }
        let whole = self.fits(&chunk.children);
        for child in chunk.children {
            // A chunk higher than a page breaks where the page ends.
            if !whole && !self.cursor.fresh && !self.fits(std::slice::from_ref(&child)) {
                self.begin_page();
                self.repeat_head(&child);
            }
            self.put(child);
        }
    }

    /// Places a floating chunk here if the chunk fits. Otherwise the chunk becomes pending, and later text fills the
    /// page.
    fn place_float(&mut self, mut chunk: Chunk, following: &mut VecDeque<Chunk>) {
        if self.pending.is_empty() && self.fits(&chunk.children) {
            return self.place(chunk, following);
        }
        let lead = chunk
            .children
            .iter()
            .position(|child| child.floats)
            .expect("a floating chunk has a floating child");
        if lead > 0 {
            // A heading above the exhibit stays with the text below the exhibit, if the section has text before its
            // next exhibit.
            match following.front_mut() {
                Some(next) if !next.floats && !next.begins_section() => {
                    let floating = chunk.children.split_off(lead);
                    chunk.children.append(&mut next.children);
                    next.children = chunk.children;
                    chunk = Chunk {
                        children: floating,
                        floats: true,
                    };
                }
                _ => {
                    self.flush_floats();
                    return self.place(chunk, following);
                }
            }
        }
        self.pending.push_back(chunk);
    }

    /// Places every pending float, on new pages where necessary.
    fn flush_floats(&mut self) {
        while let Some(chunk) = self.pending.pop_front() {
            if !self.cursor.at_top && !self.fits(&chunk.children) {
                self.next_page();
            }
            for child in chunk.children {
                self.put(child);
            }
        }
    }

    /// True when a float is pending and the first one fits on a new page below `children`.
    fn pending_float_fits_below<'e>(&'e self, children: impl Iterator<Item = &'e Child>) -> bool {
        let Some(float) = self.pending.front() else {
            return false;
        };
        let mut cursor = Cursor::TOP;
        for child in children.chain(&float.children) {
            cursor = cursor.after(child, self.region.step);
        }
        cursor.y <= self.region.size.height + 1e-6
    }

    /// Opens an empty page.
    fn next_page(&mut self) {
        self.layout.pages.push(Vec::new());
        self.cursor = Cursor::TOP;
        self.floats_due = false;
    }

    /// Opens a page and places pending floats at its top, as far as they fit.
    fn begin_page(&mut self) {
        self.next_page();
        self.place_pending_floats();
    }

    /// Places pending floats on the current page, as far as they fit.
    fn place_pending_floats(&mut self) {
        self.floats_due = false;
        while let Some(chunk) = self.pending.pop_front() {
            if !self.cursor.at_top && !self.fits(&chunk.children) {
                self.pending.push_front(chunk);
                break;
            }
            for child in chunk.children {
                self.put(child);
            }
        }
    }

    /// Draws the head of a table again where the table continues on a page.
    fn repeat_head(&mut self, child: &Child) {
        let (false, Some(head)) = (child.first, &child.repeat) else {
            return;
        };
        let above = if self.cursor.at_top {
            0.0
        } else {
            self.cursor.below
        };
        let y = self.cursor.y + above;
        for (at, item) in head.items.clone() {
            self.draw(y, at, item);
        }
        self.cursor = Cursor {
            y: y + head.height,
            below: 0.0,
            at_top: false,
            fresh: self.cursor.at_top,
        };
    }

    /// Draws a child at the cursor and records its section, destinations, figures and page numbers.
    fn put(&mut self, child: Child) {
        let y = self.cursor.begin(&child, self.region.step);
        let page = self.layout.pages.len() - 1;
        if let Some(title) = &child.section {
            self.layout.sections.push(Section {
                page,
                at_top: self.cursor.at_top,
                title: title.clone(),
            });
        }
        self.cursor = self.cursor.after(&child, self.region.step);
        let origin = self.region.origin;
        let fragment = child.fragment;
        for (at, item) in fragment.items {
            self.draw(y, at, item);
        }
        for (name, down) in fragment.anchors {
            let at = Point::new(origin.x, origin.y + y + down);
            self.layout
                .destinations
                .insert(name, Destination { page, at });
        }
        let shift = origin + Point::new(0.0, y);
        let figures = fragment.figures.into_iter();
        self.layout
            .figures
            .extend(figures.map(|(tag, rect)| (tag, page, rect.shifted(shift))));
        let numbers = fragment.page_numbers.into_iter();
        self.layout
            .page_numbers
            .extend(numbers.map(|(at, number)| (page, shift + at, number)));
    }

    /// Draws an item of a fragment whose top is `y` points below the top edge of the region.
    fn draw(&mut self, y: f64, at: Point, item: Item) {
        let place = self.region.origin + Point::new(at.x, y + at.y);
        let page = self
            .layout
            .pages
            .last_mut()
            .expect("a distributor has at least one page");
        push_merged(page, place, item);
    }
}

/// Adds an item to a page. Neighbouring groups of one tag become one group, so that a paragraph is one piece of marked
/// content on each page and not one piece a line.
pub(crate) fn push_merged(page: &mut Vec<(Point, Item)>, at: Point, item: Item) {
    let item = match (page.last_mut(), item) {
        (Some((place, Item::Group(last))), Item::Group(group)) if may_merge(last, &group) => {
            let (old, new) = (bounds(*place, last), bounds(at, &group));
            let x = old.x.min(new.x);
            let y = old.y.min(new.y);
            for (inner, _) in &mut last.frame.items {
                *inner = *inner + Point::new(place.x - x, place.y - y);
            }
            let moved = group.frame.items.into_iter();
            last.frame
                .items
                .extend(moved.map(|(inner, item)| (inner + Point::new(at.x - x, at.y - y), item)));
            last.frame.size = Size::new(
                old.right().max(new.right()) - x,
                old.bottom().max(new.bottom()) - y,
            );
            last.frame.baseline = None;
            *place = Point::new(x, y);
            return;
        }
        (_, item) => item,
    };
    page.push((at, item));
}

/// Rectangle of a group at a point.
fn bounds(at: Point, group: &Group) -> Rect {
    Rect::new(at.x, at.y, group.frame.size.width, group.frame.size.height)
}

/// True when two groups have the same tag and nothing else that a merger would lose.
fn may_merge(a: &Group, b: &Group) -> bool {
    let plain = |group: &Group| {
        group.class.is_empty()
            && group.trace.is_none()
            && group.label.is_none()
            && group.clip.is_none()
    };
    a.tag.is_some() && a.tag == b.tag && plain(a) && plain(b)
}
