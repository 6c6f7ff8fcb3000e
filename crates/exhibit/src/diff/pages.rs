//! Two documents by what is printed on their pages.

use exhibit_scene::{Artifact, Document, Frame, Item, Point, Tag};
use serde::Serialize;

/// Which pages print differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// How many there were.
    pub old: usize,
    /// How many there are.
    pub new: usize,
    /// Numbers of the new pages, from 1, that differ from the old page of the same number, or have none.
    pub changed: Vec<usize>,
}

impl Pages {
    /// Compares page by page what is drawn: text, its place, shapes. Running heads and folios count for nothing, as one page
    /// more would change them all.
    pub(super) fn compare(old: &Document, new: &Document) -> Self {
        let (old, new) = (&old.pages, &new.pages);
        let changed = (0..new.len()).filter(|index| {
            old.get(*index)
                .is_none_or(|was| printed(&was.frame) != printed(&new[*index].frame))
        });
        Self {
            old: old.len(),
            new: new.len(),
            changed: changed.map(|index| index + 1).collect(),
        }
    }

    /// True when nobody who holds both could tell them apart.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.old == self.new
    }

    /// "1, 3 of 7", and how many there were if that is another number.
    #[must_use]
    pub fn text(&self) -> String {
        let numbers: Vec<String> = self.changed.iter().map(ToString::to_string).collect();
        let numbers = if numbers.is_empty() {
            "none".to_owned()
        } else {
            numbers.join(", ")
        };
        let before = if self.old == self.new {
            String::new()
        } else {
            format!(" (before: {})", self.old)
        };
        format!("{numbers} of {}{before}", self.new)
    }
}

/// What a page prints, each thing with its place. Groups and links print nothing themselves, and their numbers in the structure
/// move when anything is added before them.
fn printed(frame: &Frame) -> Vec<(Point, &Item)> {
    fn walk<'f>(frame: &'f Frame, origin: Point, found: &mut Vec<(Point, &'f Item)>) {
        for (at, item) in &frame.items {
            let place = origin + *at;
            match item {
                Item::Group(group) => match group.tag {
                    Some(Tag::Artifact(Artifact::Header | Artifact::Footer)) => {}
                    Some(Tag::Artifact(Artifact::Layout) | Tag::Content(_)) | None => {
                        walk(&group.frame, place, found);
                    }
                },
                Item::Glyphs(_) | Item::Path(_) => found.push((place, item)),
                Item::Link(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(frame, Point::ZERO, &mut found);
    found
}
