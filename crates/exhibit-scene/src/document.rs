//! A finished document: pages, structure, outline, metadata, attachments.

use std::collections::BTreeMap;

use crate::frame::Frame;
use crate::geom::Point;
use crate::tag::Structure;

/// Everything a page backend needs, and nothing it must look up elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Who, what, when.
    pub meta: Meta,
    /// Pages in order. Each top-level item is a tagged group or a link.
    pub pages: Vec<Page>,
    /// What a screen reader walks.
    pub structure: Structure,
    /// Bookmarks.
    pub outline: Vec<OutlineEntry>,
    /// Named places that links and bookmarks lead to.
    pub destinations: BTreeMap<String, Destination>,
    /// Files that ride along.
    pub attachments: Vec<Attachment>,
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its contents; the frame's size is the page's.
    pub frame: Frame,
}

/// Who, what, when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Title, shown in the window's title bar.
    pub title: String,
    /// Authors in order.
    pub authors: Vec<String>,
    /// What it is about, in a sentence.
    pub subject: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// BCP 47 language of the text.
    pub lang: String,
    /// Year, month, day: from the brief, never from the clock.
    pub date: (i32, u8, u8),
    /// Program and version.
    pub producer: String,
}

/// A place in the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Destination {
    /// Page, from 0.
    pub page: usize,
    /// Place on it; the reader scrolls it to the top.
    pub at: Point,
}

/// One bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Depth, from 1; never more than one deeper than the entry before.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// Where it leads: a key of [`Document::destinations`].
    pub destination: String,
}

/// A file inside the document (PDF/A-3, 6.8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// File name, without folders.
    pub name: String,
    /// MIME type.
    pub mime: &'static str,
    /// What it holds, for people.
    pub description: String,
    /// What it is to the document.
    pub relationship: Relationship,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What an attached file is to the document (ISO 19005-3, table E.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// What the document was made from.
    Source,
    /// What its tables and charts show.
    Data,
    /// Something else that belongs to it.
    Supplement,
}
