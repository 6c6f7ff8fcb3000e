//! Running heads and folios. They stand in bands that the flow never enters, and are set last, when the number of pages
//! is known.

use exhibit_scene::{Artifact, Frame, Group, Item, MissingGlyph, Point, Size, Tag};

use crate::flow::Section;
use crate::style::PageStyle;

/// Furniture of one page, in coordinates of the page. `page` is an index from 0, `pages` the number of pages.
///
/// Above the text stand the short title at the left and the section at the right, except on the first page. Below the
/// text stands the folio, at the right on every page: readers print single pages or read on a screen, so that no page
/// is a left-hand one.
///
/// # Errors
/// A character that no face has.
pub(crate) fn furniture(
    styles: &PageStyle,
    page: usize,
    pages: usize,
    sections: &[Section],
) -> Result<Vec<(Point, Item)>, MissingGlyph> {
    let mut items = Vec::new();
    let tokens = &styles.theme.page;
    let width = styles.width();
    let left = tokens.side;
    if page > 0 {
        let half = (width - tokens.gutter) / 2.0;
        let title = FurnitureLine::new(styles, &styles.facts.meta.short_title, half)?;
        items.push(title.at(left, tokens.head_line, Artifact::Header));
        if let Some(section) = section_of(page, sections) {
            let line = FurnitureLine::new(styles, section, half)?;
            let x = left + width - line.0.size.width;
            items.push(line.at(x, tokens.head_line, Artifact::Header));
        }
    }
    let folio = styles
        .words
        .folio
        .replace("{page}", &(page + 1).to_string())
        .replace("{pages}", &pages.to_string());
    let line = FurnitureLine::new(styles, &folio, width)?;
    let x = left + width - line.0.size.width;
    items.push(line.at(x, tokens.size.height - tokens.foot_line, Artifact::Footer));
    Ok(items)
}

/// Section in force at the top of a page: the section that begins there, else the last section that began on an earlier
/// page.
fn section_of(page: usize, sections: &[Section]) -> Option<&str> {
    let begins = sections
        .iter()
        .find(|section| section.page == page && section.at_top);
    let before = || sections.iter().rev().find(|section| section.page < page);
    begins.or_else(before).map(|section| section.title.as_str())
}

/// One line of furniture.
struct FurnitureLine(Frame);

impl FurnitureLine {
    /// Text on one line. Text wider than `max_width` points is cut at a word and ends in an ellipsis.
    fn new(styles: &PageStyle, text: &str, max_width: f64) -> Result<Self, MissingGlyph> {
        let style = styles.furniture().text;
        let mut frame = styles.fonts.line(text, &style)?;
        let mut end = text.len();
        while frame.size.width > max_width && end > 0 {
            end = text[..end]
                .trim_end()
                .rfind(' ')
                .unwrap_or_else(|| last_char(&text[..end]));
            frame = styles
                .fonts
                .line(&format!("{}…", text[..end].trim_end()), &style)?;
        }
        Ok(Self(frame))
    }

    /// Item of the line, its left end on the baseline at `x`, `y`. The item is an artifact (PDF/UA-1, 7.8).
    fn at(self, x: f64, y: f64, kind: Artifact) -> (Point, Item) {
        let up = self.0.baseline.expect("a line of text has a baseline");
        let frame = Frame {
            size: Size::new(self.0.size.width, self.0.size.height),
            ..self.0
        };
        (
            Point::new(x, y - up),
            Item::Group(Group::tagged(frame, Tag::Artifact(kind))),
        )
    }
}

/// Byte at which the last character of a text begins; 0 for an empty text.
fn last_char(text: &str) -> usize {
    text.char_indices().next_back().map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_running_head_names_the_section_at_the_top_of_the_page() {
        let section = |page, at_top, title: &str| Section {
            page,
            at_top,
            title: title.into(),
        };
        let sections = [
            section(0, false, "a"),
            section(2, false, "b"),
            section(3, true, "c"),
            section(3, false, "d"),
        ];
        let named: Vec<Option<&str>> = (0..5).map(|page| section_of(page, &sections)).collect();
        assert_eq!(named, [None, Some("a"), Some("a"), Some("c"), Some("d")]);
    }
}
