//! A finished document: pages, structure, outline, metadata, attachments.

use std::collections::BTreeMap;

use crate::frame::Frame;
use crate::geom::Point;
use crate::tag::Structure;

/// Finished document: everything that a page backend needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Title, authors, date.
    pub meta: Meta,
    /// Pages in order. Each top-level item is a tagged group or a link.
    pub pages: Vec<Page>,
    /// Structure in reading order, for screen readers.
    pub structure: Structure,
    /// Bookmarks, in the order of their places.
    pub outline: Vec<OutlineEntry>,
    /// Named places, the targets of links and bookmarks.
    pub destinations: BTreeMap<String, Destination>,
    /// Files inside the document.
    pub attachments: Vec<Attachment>,
}

/// Page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Contents. The frame's size is the page's size.
    pub frame: Frame,
}

/// Metadata of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Title, shown in the window's title bar.
    pub title: String,
    /// Authors in order.
    pub authors: Vec<String>,
    /// Subject, in a sentence.
    pub subject: Option<String>,
    /// Words for search.
    pub keywords: Vec<String>,
    /// BCP 47 language of the text.
    pub lang: String,
    /// Year, month (1 to 12) and day (1 to 31). The brief gives the date, never the clock.
    pub date: (i32, u8, u8),
    /// Program and version.
    pub producer: String,
}

/// Place in a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Destination {
    /// Index of the page, from 0.
    pub page: usize,
    /// Point on the page. A viewer scrolls the point to the top.
    pub at: Point,
}

/// Bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Depth, from 1. An entry is at most one level deeper than the entry before.
    pub level: u8,
    /// Text of the bookmark.
    pub title: String,
    /// Target: a key of [`Document::destinations`].
    pub destination: String,
}

/// File inside a document (PDF/A-3, 6.8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// File name, without folders.
    pub name: String,
    /// MIME type.
    pub mime: &'static str,
    /// Description of the contents, for people.
    pub description: String,
    /// Relationship to the document.
    pub relationship: Relationship,
    /// Contents of the file.
    pub bytes: Vec<u8>,
}

/// Relationship of an attached file to the document (ISO 19005-3, table E.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// Source that the document was made from.
    Source,
    /// Data that tables and charts show.
    Data,
    /// Anything else that belongs to the document.
    Supplement,
}
