//! Fragments onto pages.
//!
//! Blocks come as [`Stack`]s of [`Fragment`]s. A fragment is never cut; between two fragments a page may end unless the upper one says
//! [`Fragment::keep`]. Paragraphs (two lines at each end), headings (keep with what follows), table heads and whole
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
    pub(crate) keep: bool,
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
    let mut filler = Filler::new(region);
    let mut chunks: VecDeque<Chunk> = chunks(stacks).into();
    while let Some(chunk) = chunks.pop_front() {
        if chunk.entries[0].barrier {
            filler.place_waiting();
        } else if filler.owed && chunk.entries[0].first {
            filler.place_fitting();
        }
        if chunk.floats {
            filler.take_floating(chunk, &mut chunks);
        } else {
            filler.place(chunk, &chunks);
        }
    }
    filler.place_waiting();
    filler.layout
}

/// One fragment with what the flow must know of its stack.
#[derive(Debug)]
struct Entry {
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
    entries: Vec<Entry>,
    floats: bool,
}

impl Chunk {
    fn begins_section(&self) -> bool {
        self.entries[0].section.is_some()
    }
}

fn chunks(stacks: Vec<Stack>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open = false;
    for stack in stacks {
        let last = stack.fragments.len().saturating_sub(1);
        let mut section = stack.section;
        for (index, fragment) in stack.fragments.into_iter().enumerate() {
            let keep = fragment.keep;
            let entry = Entry {
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
                    chunk.floats |= entry.floats;
                    chunk.entries.push(entry);
                }
                _ => chunks.push(Chunk {
                    floats: entry.floats,
                    entries: vec![entry],
                }),
            }
            open = keep;
        }
    }
    chunks
}

/// The page being filled.
struct Filler {
    region: Region,
    layout: Layout,
    /// Floats that did not fit, in order.
    waiting: VecDeque<Chunk>,
    /// They are due on this page, where the paragraph that it begins with ends.
    owed: bool,
    pen: Pen,
}

/// How far down the page is filled.
#[derive(Clone, Copy, Debug)]
struct Pen {
    y: f64,
    below: f64,
    at_top: bool,
    /// The page holds nothing yet, or only a table's head again: another page would give no more space.
    bare: bool,
}

impl Pen {
    const TOP: Self = Self {
        y: 0.0,
        below: 0.0,
        at_top: true,
        bare: true,
    };

    /// Where an entry begins: below the white space, on the baseline grid if it begins a stack.
    fn begin(self, entry: &Entry, step: f64) -> f64 {
        if self.at_top {
            return 0.0;
        }
        let y = self.y + self.below.max(entry.above);
        if entry.first {
            (y / step - 1e-6).ceil() * step
        } else {
            y
        }
    }

    fn after(self, entry: &Entry, step: f64) -> Self {
        Self {
            y: self.begin(entry, step) + entry.fragment.height,
            below: entry.below,
            at_top: false,
            bare: false,
        }
    }
}

impl Filler {
    fn new(region: Region) -> Self {
        let layout = Layout {
            pages: vec![Vec::new()],
            ..Layout::default()
        };
        Self {
            region,
            layout,
            waiting: VecDeque::new(),
            owed: false,
            pen: Pen::TOP,
        }
    }

    fn fits<'e>(&self, entries: impl IntoIterator<Item = &'e Entry>) -> bool {
        let mut pen = self.pen;
        for entry in entries {
            pen = pen.after(entry, self.region.step);
        }
        pen.y <= self.region.size.height + 1e-6
    }

    /// Places what stays together: here, else on the next page on which it fits. Floats do not part a stack that its page began
    /// with, if they have room below its end. If they have not, and it goes on under them, there must be room for what is next in it,
    /// too, or one line would stand alone between them and the page's end.
    fn place(&mut self, chunk: Chunk, after: &VecDeque<Chunk>) {
        let rest = || after.iter().take_while(|next| !next.entries[0].first);
        let mut following: &[Entry] = &[];
        while !self.pen.bare && !self.fits(chunk.entries.iter().chain(following)) {
            let parted = !chunk.entries[0].first;
            let end = rest().flat_map(|next| &next.entries);
            if parted && self.leaves_room(chunk.entries.iter().chain(end)) {
                self.next_page();
                self.owed = true;
            } else {
                self.begin_page();
            }
            self.repeat_head(&chunk.entries[0]);
            if parted && !self.owed {
                following = rest().next().map_or(&[], |next| &next.entries);
            }
        }
        let whole = self.fits(&chunk.entries);
        for entry in chunk.entries {
            // What is kept together but higher than a page is parted where the page ends.
            if !whole && !self.pen.bare && !self.fits(std::slice::from_ref(&entry)) {
                self.begin_page();
                self.repeat_head(&entry);
            }
            self.put(entry);
        }
    }

    /// Places an exhibit here if it fits; else lets it wait, and what follows fill the page.
    fn take_floating(&mut self, mut chunk: Chunk, following: &mut VecDeque<Chunk>) {
        if self.waiting.is_empty() && self.fits(&chunk.entries) {
            return self.place(chunk, following);
        }
        let lead = chunk
            .entries
            .iter()
            .position(|entry| entry.floats)
            .expect("a floating chunk has a floating entry");
        if lead > 0 {
            // A heading keeps with the text after the exhibit instead, if its section has any before the next exhibit.
            match following.front_mut() {
                Some(next) if !next.floats && !next.begins_section() => {
                    let waits = chunk.entries.split_off(lead);
                    chunk.entries.append(&mut next.entries);
                    next.entries = chunk.entries;
                    chunk = Chunk {
                        entries: waits,
                        floats: true,
                    };
                }
                _ => {
                    self.place_waiting();
                    return self.place(chunk, following);
                }
            }
        }
        self.waiting.push_back(chunk);
    }

    /// Places all floats that wait, on new pages where they must.
    fn place_waiting(&mut self) {
        while let Some(chunk) = self.waiting.pop_front() {
            if !self.pen.at_top && !self.fits(&chunk.entries) {
                self.next_page();
            }
            for entry in chunk.entries {
                self.put(entry);
            }
        }
    }

    /// True when something waits, and the first of it has room on a new page below these.
    fn leaves_room<'e>(&'e self, entries: impl Iterator<Item = &'e Entry>) -> bool {
        let Some(float) = self.waiting.front() else {
            return false;
        };
        let mut pen = Pen::TOP;
        for entry in entries.chain(&float.entries) {
            pen = pen.after(entry, self.region.step);
        }
        pen.y <= self.region.size.height + 1e-6
    }

    fn next_page(&mut self) {
        self.layout.pages.push(Vec::new());
        self.pen = Pen::TOP;
        self.owed = false;
    }

    /// A new page, with the floats that wait at its top as far as they fit.
    fn begin_page(&mut self) {
        self.next_page();
        self.place_fitting();
    }

    /// Places floats that wait, as far as they fit on this page.
    fn place_fitting(&mut self) {
        self.owed = false;
        while let Some(chunk) = self.waiting.pop_front() {
            if !self.pen.at_top && !self.fits(&chunk.entries) {
                self.waiting.push_front(chunk);
                break;
            }
            for entry in chunk.entries {
                self.put(entry);
            }
        }
    }

    /// A table that goes on begins with its head again.
    fn repeat_head(&mut self, entry: &Entry) {
        let (false, Some(head)) = (entry.first, &entry.repeat) else {
            return;
        };
        let above = if self.pen.at_top { 0.0 } else { self.pen.below };
        let y = self.pen.y + above;
        for (at, item) in head.items.clone() {
            self.draw(y, at, item);
        }
        self.pen = Pen {
            y: y + head.height,
            below: 0.0,
            at_top: false,
            bare: self.pen.at_top,
        };
    }

    fn put(&mut self, entry: Entry) {
        let y = self.pen.begin(&entry, self.region.step);
        let page = self.layout.pages.len() - 1;
        if let Some(title) = &entry.section {
            self.layout.sections.push(Section {
                page,
                at_top: self.pen.at_top,
                title: title.clone(),
            });
        }
        self.pen = self.pen.after(&entry, self.region.step);
        let origin = self.region.origin;
        let fragment = entry.fragment;
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
            .expect("a filler has at least one page");
        push_joined(page, place, item);
    }
}

/// Adds an item to a page. Neighbouring groups with one tag become one group, so that a paragraph is one piece of
/// marked content on a page and not one a line.
pub(crate) fn push_joined(page: &mut Vec<(Point, Item)>, at: Point, item: Item) {
    let item = match (page.last_mut(), item) {
        (Some((place, Item::Group(last))), Item::Group(group)) if joins(last, &group) => {
            let (old, new) = (boxed(*place, last), boxed(at, &group));
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

fn boxed(at: Point, group: &Group) -> Rect {
    Rect::new(at.x, at.y, group.frame.size.width, group.frame.size.height)
}

/// Two groups may become one: the same tag, and nothing else that would be lost.
fn joins(a: &Group, b: &Group) -> bool {
    let bare = |group: &Group| {
        group.class.is_empty()
            && group.trace.is_none()
            && group.label.is_none()
            && group.clip.is_none()
    };
    a.tag.is_some() && a.tag == b.tag && bare(a) && bare(b)
}
