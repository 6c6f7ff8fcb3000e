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

    /// True when both documents have the same number of pages, and every page prints the same.
    ///
    /// ```
    /// use exhibit::diff::Pages;
    /// assert!(Pages { old: 7, new: 7, changed: Vec::new() }.is_empty());
    /// // The last page is gone.
    /// assert!(!Pages { old: 7, new: 6, changed: Vec::new() }.is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.old == self.new
    }

    /// The pages that changed, of how many: "1, 3 of 7". Where the number of pages changed, the old number follows.
    ///
    /// ```
    /// use exhibit::diff::Pages;
    /// assert_eq!(Pages { old: 7, new: 7, changed: vec![1, 3] }.text(), "1, 3 of 7");
    /// assert_eq!(Pages { old: 7, new: 6, changed: Vec::new() }.text(), "none of 6 (before: 7)");
    /// ```
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
