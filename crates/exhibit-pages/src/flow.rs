//! Fragments onto pages.
//!
//! Blocks come as [`Stack`]s of [`Fragment`]s. A fragment is never cut; between two fragments a page may end unless the upper one says
//! [`Fragment::keep_with_next`]. Paragraphs (two lines at each end), headings (keep with what follows), table heads and whole
//! exhibits all say what they need by that one flag. Fragments kept together make a *chunk*, and pages are filled chunk by chunk.
//!
//! An exhibit that does not fit where it stands floats down: it waits, what follows fills the page, and the next page begins
//! with it, or with the end of the paragraph that the page's end parted. Exhibits keep their order, and none passes a
//! [`Stack::barrier`].

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use exhibit_scene::{Destination, Group, Item, Point, Rect, Size, TagId, TextStyle};

use crate::region::Region;

/// The smallest part of a page: a line, a table row, an exhibit. As wide as the region.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fragment {
    /// Height in points.
    pub(crate) height: f64,
    /// What is drawn, from the fragment's top left corner. Groups are tagged.
    pub(crate) items: Vec<(Point, Item)>,
    /// Named places, by their distance from the fragment's top.
    pub(crate) anchors: Vec<(String, f64)>,
    /// Figures whose place on the page the structure wants to know.
    pub(crate) figures: Vec<(TagId, Rect)>,
    /// Page numbers that are known only after the flow.
    pub(crate) page_numbers: Vec<(Point, PageNumber)>,
    /// No page may end below this fragment.
    pub(crate) keep_with_next: bool,
}

/// A page number to be written once the pages are known.
#[derive(Clone, Debug)]
pub(crate) struct PageNumber {
    /// The place whose page it is.
    pub(crate) destination: String,
    /// How it is set; its left end on the baseline is the point beside it.
    pub(crate) style: TextStyle,
    /// The leaf it fills.
    pub(crate) leaf: TagId,
}

/// Fragments of one block, one under the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stack {
    /// White space wanted above, in points; the larger of two neighbours' wishes counts, and none at the top of a page.
    pub(crate) above: f64,
    /// White space wanted below.
    pub(crate) below: f64,
    /// The fragments.
    pub(crate) fragments: Vec<Fragment>,
    /// May move down past what follows.
    pub(crate) floats: bool,
    /// What floats must have been placed before this.
    pub(crate) barrier: bool,
    /// A heading: the section's name, for the running head.
    pub(crate) section: Option<String>,
    /// Stands again at the top when a page ends inside the stack: a table's head, as an artifact.
    pub(crate) repeat: Option<Rc<Fragment>>,
}

/// Where everything came to stand.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Items of each page, on the page.
    pub(crate) pages: Vec<Vec<(Point, Item)>>,
    /// Named places.
    pub(crate) destinations: BTreeMap<String, Destination>,
    /// Headings of sections: page and name.
    pub(crate) sections: Vec<Section>,
    /// Figures: page and place.
    pub(crate) figures: Vec<(TagId, usize, Rect)>,
    /// Page numbers to be written: page and place.
    pub(crate) page_numbers: Vec<(usize, Point, PageNumber)>,
}

/// Where a section begins.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Page, from 0.
    pub(crate) page: usize,
    /// It is the first thing on that page.
    pub(crate) at_top: bool,
    /// Its name.
    pub(crate) title: String,
}

/// Fills pages with stacks, in order.
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

/// One fragment with what the flow must know of its stack.
#[derive(Debug)]
struct Child {
    fragment: Fragment,
    above: f64,
    below: f64,
    first: bool,
    floats: bool,
    barrier: bool,
    section: Option<String>,
    repeat: Option<Rc<Fragment>>,
}

/// Entries that stay together.
#[derive(Debug)]
struct Chunk {
    children: Vec<Child>,
    floats: bool,
}

impl Chunk {
    fn begins_section(&self) -> bool {
        self.children[0].section.is_some()
    }
}

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

/// The page being filled.
struct Distributor {
    region: Region,
    layout: Layout,
    /// Floats that did not fit, in order.
    pending: VecDeque<Chunk>,
    /// They are due on this page, where the paragraph that it begins with ends.
    floats_due: bool,
    cursor: Cursor,
}

/// How far down the page is filled.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    y: f64,
    below: f64,
    at_top: bool,
    /// The page holds nothing yet, or only a table's head again: another page would give no more space.
    fresh: bool,
}

impl Cursor {
    const TOP: Self = Self {
        y: 0.0,
        below: 0.0,
        at_top: true,
        fresh: true,
    };

    /// Where an item begins: below the white space, on the baseline grid if it begins a stack.
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

    fn fits<'e>(&self, children: impl IntoIterator<Item = &'e Child>) -> bool {
        let mut cursor = self.cursor;
        for child in children {
            cursor = cursor.after(child, self.region.step);
        }
        cursor.y <= self.region.size.height + 1e-6
    }

    /// Places what stays together: here, else on the next page on which it fits. Floats do not part a stack that its page began
    /// with, if they have room below its end. If they have not, and it goes on under them, there must be room for what is next in it,
    /// too, or one line would stand alone between them and the page's end.
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
            // What is kept together but higher than a page is parted where the page ends.
            if !whole && !self.cursor.fresh && !self.fits(std::slice::from_ref(&child)) {
                self.begin_page();
                self.repeat_head(&child);
            }
            self.put(child);
        }
    }

    /// Places an exhibit here if it fits; else lets it wait, and what follows fill the page.
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
            // A heading keeps with the text after the exhibit instead, if its section has any before the next exhibit.
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

    /// Places all floats that wait, on new pages where they must.
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

    /// True when something waits, and the first of it has room on a new page below these.
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

    fn next_page(&mut self) {
        self.layout.pages.push(Vec::new());
        self.cursor = Cursor::TOP;
        self.floats_due = false;
    }

    /// A new page, with the floats that wait at its top as far as they fit.
    fn begin_page(&mut self) {
        self.next_page();
        self.place_pending_floats();
    }

    /// Places floats that wait, as far as they fit on this page.
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

    /// A table that goes on begins with its head again.
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

/// Adds an item to a page. Neighbouring groups with one tag become one group, so that a paragraph is one piece of
/// marked content on a page and not one a line.
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

fn bounds(at: Point, group: &Group) -> Rect {
    Rect::new(at.x, at.y, group.frame.size.width, group.frame.size.height)
}

/// Two groups may become one: the same tag, and nothing else that would be lost.
fn may_merge(a: &Group, b: &Group) -> bool {
    let plain = |group: &Group| {
        group.class.is_empty()
            && group.trace.is_none()
            && group.label.is_none()
            && group.clip.is_none()
    };
    a.tag.is_some() && a.tag == b.tag && plain(a) && plain(b)
}
