//! Frames, items, pages, paint, theme and shaped text.
//!
//! The scene is what every backend draws and nothing more: finished rectangles ([`Frame`]) of positioned
//! [`Item`]s, in points, y down. A chart and a page are the same thing here. The scene never learns what a
//! fact is; items carry an opaque [`Trace`] that later rooms hand back.
//!
//! Reading order: [`geom`], [`paint`], [`theme`], [`font`], [`breaks`], [`frame`], [`tag`], [`document`], [`number`],
//! [`dump`].

pub mod breaks;
pub mod document;
pub mod dump;
pub mod font;
pub mod frame;
pub mod geom;
pub mod hyphens;
pub mod number;
pub mod paint;
mod scale;
pub mod tag;
pub mod theme;

pub use document::{Attachment, Destination, Document, Meta, OutlineEntry, Page, Relationship};
pub use font::{FaceId, FaceInfo, Fonts, MissingGlyph, Shaped, TextStyle, Weight};
pub use frame::{Frame, Glyph, GlyphRun, Group, Item, Link, LinkTarget, Trace};
pub use geom::{Point, Rect, Size};
pub use paint::{Cap, Color, Fill, Path, Segment, Stroke};
pub use tag::{Artifact, Role, Scope, Structure, Tag, TagId, TagNode};
pub use theme::Theme;
