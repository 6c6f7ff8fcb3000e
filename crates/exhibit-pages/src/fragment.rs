//! What blocks hand to the flow: fragments, and stacks of them.

use std::rc::Rc;

use exhibit_scene::{Item, Point, Rect, TagId, TextStyle};

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
    /// Plot that may be drawn at another height.
    pub(crate) plot: Option<Plot>,
    /// True when no page may end below the fragment.
    pub(crate) keep_with_next: bool,
}

/// A plot in a fragment that may be drawn at another height.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plot {
    /// Index into [`exhibit_facts::facts::Facts::exhibits`].
    pub(crate) exhibit: usize,
    /// Index of its item in [`Fragment::items`].
    pub(crate) item: usize,
    /// Width in points.
    pub(crate) width: f64,
    /// Usual height in points.
    pub(crate) usual: f64,
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
    /// True for paragraphs and lists of the running text, which may go before a float.
    pub(crate) text: bool,
    /// True for exhibits, which may be made smaller as a whole.
    pub(crate) exhibit: bool,
    /// Text that may go before the stack where the stack does not fit.
    pub(crate) float: Float,
    /// True when the stack begins a page.
    pub(crate) breaks: bool,
    /// Title of the section that the stack opens, for the running head. None for all but headings of sections.
    pub(crate) section: Option<String>,
    /// Head of a table, as an artifact, to be drawn again at the top of each page that continues the stack.
    pub(crate) repeat: Option<Rc<Fragment>>,
    /// The single fragment of the stack as several, for a page that would be left too empty. None for all but tables and
    /// columns.
    pub(crate) parted: Option<Parted>,
}

/// Text that may go before an exhibit that does not fit in its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Float {
    /// No text.
    #[default]
    Fixed,
    /// The paragraph behind the exhibit, where the page would be left too empty.
    Own,
    /// All text up to the next heading, callout or exhibit.
    Free,
    /// The same; and the exhibit stands at the top of a page in any case.
    Top,
}

/// A table, or columns of text, that a page may part.
#[derive(Clone, Debug)]
pub(crate) struct Parted {
    /// Rows, or lines.
    pub(crate) fragments: Vec<Fragment>,
    /// Head of a table as an artifact, for later pages.
    pub(crate) head: Option<Rc<Fragment>>,
}
