//! Distribution of fragments over pages.
//!
//! Each block arrives as a [`Stack`] of [`Fragment`]s. No page cuts a fragment. A page may end between two fragments,
//! unless the upper one says [`Fragment::keep_with_next`]. That one flag expresses every rule: two lines of a paragraph
//! at each end, a heading with the text below, a table head with the first row, an exhibit in one piece. Fragments kept
//! together make a *chunk*, and the distributor places chunk by chunk, in the order of the brief.
//!
//! A chunk that does not fit begins the next page. Where that would leave more than [`PageTokens::EMPTY`] of a page empty
//! and the section goes on, the distributor fills the page, within what is legible: a table is parted; plots become lower
//! until the chunk fits; plots on the page become higher; an exhibit is made smaller as a whole ([`fill`]). An exhibit
//! may also let text go before it, as its [`Float`] says, and then stands at the top of the next page. No heading, no
//! callout, no other exhibit and no end of the document goes before it.
//!
//! The file is long because it is one state machine: the page so far, the pending float and the repeated head change
//! together.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use exhibit_scene::theme::PageTokens;
use exhibit_scene::{Destination, Group, Item, Point, Rect, Size, TagId};

use crate::fill::{self, Redraw};
use crate::fragment::{Float, Fragment, PageNumber, Stack};
use crate::region::Region;

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

/// Distributes stacks over pages, in order. The result has one page at least. `redraw` draws a plot at another height.
pub(crate) fn flow(region: Region, stacks: Vec<Stack>, redraw: &mut Redraw) -> Layout {
    let mut distributor = Distributor {
        region,
        layout: Layout::default(),
        page: Vec::new(),
        cursor: Cursor::TOP,
        pending: None,
        redraw,
    };
    let mut chunks: VecDeque<Chunk> = chunks(children(stacks)).into();
    while let Some(chunk) = chunks.pop_front() {
        distributor.let_pass(&chunk);
        distributor.place(chunk, &mut chunks);
    }
    distributor.flush();
    distributor.close_page();
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
    /// [`Stack::text`].
    text: bool,
    /// [`Stack::exhibit`].
    exhibit: bool,
    /// [`Stack::float`].
    float: Float,
    /// [`Stack::breaks`], of the first child only.
    breaks: bool,
    /// [`Stack::section`], of the first child only.
    section: Option<String>,
    /// [`Stack::repeat`].
    repeat: Option<Rc<Fragment>>,
    /// [`Stack::parted`] as children.
    parted: Vec<Child>,
}

/// Children that stay together.
#[derive(Debug)]
struct Chunk {
    children: Vec<Child>,
}

impl Chunk {
    /// First child.
    fn head(&self) -> &Child {
        &self.children[0]
    }

    /// True when the page before the chunk may be left as empty as it is: the last of a section, or one that the author
    /// ends.
    fn may_leave_empty(&self) -> bool {
        self.head().section.is_some() || self.head().breaks
    }

    /// The same chunk with its tables parted. None without a table that may be.
    fn parted(&mut self) -> Option<Vec<Chunk>> {
        if self.children.iter().all(|child| child.parted.is_empty()) {
            return None;
        }
        let mut all = Vec::new();
        for mut child in std::mem::take(&mut self.children) {
            if child.parted.is_empty() {
                all.push(child);
            } else {
                all.append(&mut child.parted);
            }
        }
        Some(chunks(all))
    }
}

/// Children of all stacks, in order.
fn children(stacks: Vec<Stack>) -> Vec<Child> {
    let mut children = Vec::new();
    for mut stack in stacks {
        let parted = stack.parted.take();
        let keep = stack
            .fragments
            .last()
            .is_some_and(|last| last.keep_with_next);
        let parted = parted.map_or_else(Vec::new, |parted| {
            let mut parts = stack_children(Stack {
                fragments: parted.fragments,
                repeat: parted.head,
                section: None,
                ..stack.clone()
            });
            if let Some(last) = parts.last_mut() {
                last.fragment.keep_with_next = keep;
            }
            parts
        });
        let mut own = stack_children(stack);
        if let [only] = own.as_mut_slice() {
            only.parted = parted;
        }
        children.append(&mut own);
    }
    children
}

/// Children of one stack.
fn stack_children(stack: Stack) -> Vec<Child> {
    let last = stack.fragments.len().saturating_sub(1);
    let mut section = stack.section;
    let mut children = Vec::new();
    for (index, fragment) in stack.fragments.into_iter().enumerate() {
        children.push(Child {
            fragment,
            above: if index == 0 { stack.above } else { 0.0 },
            below: if index == last { stack.below } else { 0.0 },
            first: index == 0,
            text: stack.text,
            exhibit: stack.exhibit,
            float: stack.float,
            breaks: stack.breaks && index == 0,
            section: section.take(),
            repeat: stack.repeat.clone(),
            parted: Vec::new(),
        });
    }
    children
}

/// Chunks of some children, in order. A child that keeps with the next one joins it, across stacks too.
fn chunks(children: Vec<Child>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open = false;
    for child in children {
        let keep = child.fragment.keep_with_next;
        match chunks.last_mut() {
            // A page that begins by the author's will begins whatever stands above.
            Some(chunk) if open && !child.breaks => chunk.children.push(child),
            _ => chunks.push(Chunk {
                children: vec![child],
            }),
        }
        open = keep;
    }
    chunks
}

/// What stands on a page.
enum Entry {
    /// A fragment.
    Child(Box<Child>),
    /// The head of a table that the page continues.
    Head(Rc<Fragment>),
}

/// State of the distribution.
struct Distributor<'r, 'd> {
    /// Region of every page.
    region: Region,
    /// Finished pages.
    layout: Layout,
    /// Current page, from the top.
    page: Vec<Entry>,
    /// Position on the current page.
    cursor: Cursor,
    /// Exhibit that did not fit, and how many more stacks of text may go before it.
    pending: Option<(Chunk, usize)>,
    /// Draws a plot at another height.
    redraw: &'r mut Redraw<'d>,
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

    /// Top of a repeated head.
    fn begin_head(self) -> f64 {
        self.y + if self.at_top { 0.0 } else { self.below }
    }

    /// Cursor below a repeated head.
    fn after_head(self, head: &Fragment) -> Self {
        Self {
            y: self.begin_head() + head.height,
            below: 0.0,
            at_top: false,
            fresh: self.at_top,
        }
    }

    /// Cursor below an entry.
    fn after_entry(self, entry: &Entry, step: f64) -> Self {
        match entry {
            Entry::Child(child) => self.after(child, step),
            Entry::Head(head) => self.after_head(head),
        }
    }
}

/// Fragments of a page and of a chunk.
fn fragments<'f>(page: &'f mut [Entry], chunk: &'f mut [Child]) -> Vec<&'f mut Fragment> {
    let on_page = page.iter_mut().filter_map(|entry| match entry {
        Entry::Child(child) => Some(&mut child.fragment),
        Entry::Head(_) => None,
    });
    let in_chunk = chunk.iter_mut().map(|child| &mut child.fragment);
    on_page
        .chain(in_chunk)
        .filter(|fragment| fragment.plot.is_some())
        .collect()
}

impl Distributor<'_, '_> {
    /// Lower edge of some children set from the cursor down, in points.
    fn end_of(&self, children: &[Child]) -> f64 {
        let step = self.region.step;
        let after = |cursor: Cursor, child: &Child| cursor.after(child, step);
        children.iter().fold(self.cursor, after).y
    }

    /// Height that some children lack on the page, in points; 0 or less where they fit.
    fn lack(&self, children: &[Child]) -> f64 {
        self.end_of(children) - self.region.size.height
    }

    /// True when the page has space for all of `children` from the cursor down.
    fn fits(&self, children: &[Child]) -> bool {
        self.lack(children) <= 1e-6
    }

    /// True when the page, ended here, would be left too empty.
    fn is_loose(&self) -> bool {
        self.cursor.y < self.region.size.height * (1.0 - PageTokens::EMPTY)
    }

    /// Places the pending float before a chunk that may not go before it.
    fn let_pass(&mut self, chunk: &Chunk) {
        let Some((_, passes)) = &mut self.pending else {
            return;
        };
        let head = chunk.head();
        if !head.first {
            return;
        }
        if head.text && !head.breaks && *passes > 0 {
            *passes -= 1;
        } else {
            self.flush();
        }
    }

    /// Places a chunk here, else on the next page. See the head of the file for how pages are filled.
    fn place(&mut self, mut chunk: Chunk, rest: &mut VecDeque<Chunk>) {
        if chunk.head().breaks && !self.cursor.at_top {
            self.next_page();
        }
        if chunk.head().float == Float::Top && !self.cursor.at_top && floats(&chunk, rest) {
            self.pending = Some((chunk, usize::MAX));
            return;
        }
        while !self.cursor.fresh && !self.fits(&chunk.children) {
            let fill = self.is_loose() && !chunk.may_leave_empty();
            if fill {
                if let Some(parts) = chunk.parted() {
                    for part in parts.into_iter().rev() {
                        rest.push_front(part);
                    }
                    return;
                }
                if self.lower(&mut chunk.children, fill::GENTLE) {
                    break;
                }
            }
            let passes = match chunk.head().float {
                Float::Own if fill => 1,
                Float::Free | Float::Top => usize::MAX,
                Float::Own | Float::Fixed => 0,
            };
            if passes > 0 && floats(&chunk, rest) {
                self.pending = Some((chunk, passes));
                return;
            }
            if fill && self.squeeze(&mut chunk.children) {
                break;
            }
            self.next_page();
            self.repeat_head(chunk.head());
        }
        if !self.fits(&chunk.children) {
            // Higher than a page, with the headings above it.
            if let Some(parts) = chunk.parted() {
                for part in parts.into_iter().rev() {
                    rest.push_front(part);
                }
                return;
            }
            let _ = self.lower(&mut chunk.children, fill::LEAST) || self.scale(&mut chunk.children);
        }
        self.put(chunk);
    }

    /// Fills a page that would be left too empty. True when the children fit now.
    fn squeeze(&mut self, children: &mut [Child]) -> bool {
        self.raise();
        self.is_loose()
            && (self.lower(children, fill::LEAST)
                || self.scale(children)
                || self.lower_and_scale(children))
    }

    /// Makes the plots of some children as low as they may be, and their exhibit smaller as a whole. False where that is
    /// not enough; then nothing has changed.
    fn lower_and_scale(&mut self, children: &mut [Child]) -> bool {
        let mut all = fragments(&mut [], children);
        let before = fill::plots(&all);
        fill::lowest(&mut all, self.redraw);
        let fits = self.fits(children) || self.scale(children);
        if !fits {
            fill::restore(&mut fragments(&mut [], children), before);
        }
        fits
    }

    /// Makes plots of the page and of some children lower until the children fit. False where they cannot; then nothing
    /// has changed.
    fn lower(&mut self, children: &mut [Child], floor: f64) -> bool {
        let before = fill::plots(&fragments(&mut self.page, children));
        // A stack begins on the grid, which may take a part of what was gained.
        for _ in 0..3 {
            let need = self.lack(children);
            let mut all = fragments(&mut self.page, children);
            if need <= 1e-6 || !fill::lower(&mut all, need, floor, self.redraw) {
                break;
            }
            self.measure();
        }
        if self.fits(children) {
            return true;
        }
        fill::restore(&mut fragments(&mut self.page, children), before);
        self.measure();
        false
    }

    /// Makes plots of the page higher, up to its end.
    fn raise(&mut self) {
        let before = fill::plots(&fragments(&mut self.page, &mut []));
        let room = self.region.size.height - self.cursor.y;
        let mut all = fragments(&mut self.page, &mut []);
        fill::raise(&mut all, room, self.redraw);
        self.measure();
        if self.cursor.y > self.region.size.height {
            fill::restore(&mut fragments(&mut self.page, &mut []), before);
            self.measure();
        }
    }

    /// Makes an exhibit of some children smaller as a whole until the children fit. False where its type would be too
    /// small.
    fn scale(&mut self, children: &mut [Child]) -> bool {
        let need = self.lack(children);
        let exhibits = children.iter_mut().filter(|child| child.exhibit);
        for child in exhibits {
            if fill::scale(&mut child.fragment, need, self.region.smallest) {
                return true;
            }
        }
        false
    }

    /// Takes the cursor to the lower end of what stands on the page.
    fn measure(&mut self) {
        let step = self.region.step;
        let after = |cursor: Cursor, entry: &Entry| cursor.after_entry(entry, step);
        self.cursor = self.page.iter().fold(Cursor::TOP, after);
    }

    /// Sets a chunk on the page. A chunk higher than a page breaks where the page ends.
    fn put(&mut self, chunk: Chunk) {
        let whole = self.fits(&chunk.children);
        for child in chunk.children {
            if !whole && !self.cursor.fresh && !self.fits(std::slice::from_ref(&child)) {
                self.next_page();
                self.repeat_head(&child);
            }
            self.push(Entry::Child(Box::new(child)));
        }
    }

    /// Adds an entry to the page.
    fn push(&mut self, entry: Entry) {
        self.cursor = self.cursor.after_entry(&entry, self.region.step);
        self.page.push(entry);
    }

    /// Places the pending float: here if it fits, else at the top of a page.
    fn flush(&mut self) {
        let Some((mut chunk, _)) = self.pending.take() else {
            return;
        };
        let top = chunk.head().float == Float::Top;
        if !self.cursor.at_top
            && (top || !self.fits(&chunk.children))
            && (top || !self.is_loose() || !self.squeeze(&mut chunk.children))
        {
            self.next_page();
        }
        self.put(chunk);
    }

    /// Opens a page, with the pending float at its top.
    fn next_page(&mut self) {
        self.close_page();
        if let Some((chunk, _)) = self.pending.take() {
            self.put(chunk);
        }
    }

    /// Draws the head of a table again where the table continues on a page.
    fn repeat_head(&mut self, child: &Child) {
        if let (false, Some(head)) = (child.first, &child.repeat) {
            self.push(Entry::Head(Rc::clone(head)));
        }
    }

    /// Draws the page, and begins an empty one.
    fn close_page(&mut self) {
        self.layout.pages.push(Vec::new());
        let mut cursor = Cursor::TOP;
        let step = self.region.step;
        for entry in std::mem::take(&mut self.page) {
            let after = cursor.after_entry(&entry, step);
            match entry {
                Entry::Child(child) => self.draw_child(*child, cursor),
                Entry::Head(head) => {
                    for (at, item) in head.items.clone() {
                        self.draw(cursor.begin_head(), at, item);
                    }
                }
            }
            cursor = after;
        }
        self.cursor = Cursor::TOP;
    }

    /// Draws a child and records its section, destinations, figures and page numbers.
    fn draw_child(&mut self, child: Child, cursor: Cursor) {
        let y = cursor.begin(&child, self.region.step);
        let page = self.layout.pages.len() - 1;
        if let Some(title) = child.section {
            self.layout.sections.push(Section {
                page,
                at_top: cursor.at_top,
                title,
            });
        }
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
            .expect("a page is open while it is drawn");
        push_merged(page, place, item);
    }
}

/// True when a chunk may float: an exhibit alone, with running text behind it.
fn floats(chunk: &Chunk, rest: &VecDeque<Chunk>) -> bool {
    let text = |next: &Chunk| next.head().first && next.head().text && !next.head().breaks;
    chunk.children.len() == 1 && rest.front().is_some_and(text)
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
