//! A finished picture, read back: which facts its marks show, and in which words.
//!
//! Whatever wrote it, a group with `data-fact` is a mark. The file is somebody else's: what is wrong in it is an error,
//! never a panic.

use std::fmt;

use roxmltree::{Document, Node};

/// What a picture says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its name: the id of the root, empty where it has none.
    pub id: String,
    /// Its title, empty where it has none.
    pub title: String,
    /// BCP 47 language of its text, empty where it does not say.
    pub lang: String,
    /// Its marks in drawing order.
    pub marks: Vec<Mark>,
}

/// A mark and what it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The key of the fact: [`exhibit_scene::Trace`].
    pub trace: String,
    /// Its name for people, spoken; empty where it has none.
    pub label: String,
    /// The words drawn in it, one entry a line.
    pub words: Vec<String>,
}

/// Why a text cannot be read as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is XML, but no SVG.
    Foreign,
    /// It is no XML: why and where, in the words of the reader.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("it is no SVG"),
            Self::Damaged(why) => write!(f, "it is damaged ({why})"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads the marks of a picture.
///
/// ```
/// let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" id="a"><g data-fact="sales@2023" aria-label="2023: five cars">
///     <g data-text="5 "/><g data-text="cars"/></g></svg>"#;
/// let picture = exhibit_svg::read(svg).unwrap();
/// assert_eq!(picture.marks[0].trace, "sales@2023");
/// assert_eq!(picture.marks[0].words, ["5", "cars"]);
/// ```
///
/// # Errors
/// When the text is no XML, or no SVG.
pub fn read(text: &str) -> Result<Picture, Unreadable> {
    let document = Document::parse(text).map_err(|error| Unreadable::Damaged(error.to_string()))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Unreadable::Foreign);
    }
    let said = |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap_or("").to_owned();
    let title = root
        .children()
        .find(|node| node.has_tag_name((root_space(&root), "title")));
    Ok(Picture {
        id: said(root, "id"),
        title: title
            .and_then(|title| title.text())
            .unwrap_or("")
            .to_owned(),
        lang: said(root, "lang"),
        marks: root
            .descendants()
            .filter_map(|node| {
                Some(Mark {
                    trace: node.attribute("data-fact")?.to_owned(),
                    label: said(node, "aria-label"),
                    words: words(node),
                })
            })
            .collect(),
    })
}

/// The namespace of the root, which its title shares.
fn root_space<'a>(root: &Node<'a, '_>) -> &'a str {
    root.tag_name().namespace().unwrap_or("")
}

/// The words drawn in a mark; those of a mark inside it are that one's.
fn words(mark: Node<'_, '_>) -> Vec<String> {
    mark.descendants()
        .filter(|node| {
            let marks = |above: &Node<'_, '_>| above.has_attribute("data-fact");
            node.ancestors().find(marks) == Some(mark)
        })
        .filter_map(|node| node.attribute("data-text"))
        .map(|words| words.trim().to_owned())
        .filter(|words| !words.is_empty())
        .collect()
}
