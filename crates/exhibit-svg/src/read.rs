//! A finished picture, read back: which facts its marks show, and in which words.
//!
//! A group with `data-fact` is a mark, whichever program wrote the file. A file of another program may be wrong anywhere:
//! each fault is an error, never a panic.

use std::fmt;

use roxmltree::{Document, Node};

/// Name, title, language and marks of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Id of the root. Empty for none.
    pub id: String,
    /// Title. Empty for none.
    pub title: String,
    /// BCP 47 language of the text. Empty for none.
    pub lang: String,
    /// Marks in drawing order.
    pub marks: Vec<Mark>,
}

/// Mark of a picture: the fact that it shows, and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Key of the fact: [`exhibit_scene::Trace`].
    pub trace: String,
    /// Label that a screen reader speaks. Empty for none.
    pub label: String,
    /// Words drawn in the mark, one entry a line. Words of a mark within this one are not among them.
    pub words: Vec<String>,
}

/// Reason why a text cannot be read as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The text is XML, but its root is no `svg`.
    Foreign,
    /// The text is no XML: cause and place, in the words of the XML reader.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("the file is not an SVG"),
            Self::Damaged(why) => write!(f, "the file is damaged ({why})"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads the marks of an SVG.
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
/// [`Unreadable::Damaged`] when the text is no XML, [`Unreadable::Foreign`] when it is XML without an `svg` as root.
pub fn read(text: &str) -> Result<Picture, Unreadable> {
    let document = Document::parse(text).map_err(|error| Unreadable::Damaged(error.to_string()))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Unreadable::Foreign);
    }
    let attribute = |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap_or("").to_owned();
    let title = root
        .children()
        .find(|node| node.has_tag_name((root_space(&root), "title")));
    Ok(Picture {
        id: attribute(root, "id"),
        title: title
            .and_then(|title| title.text())
            .unwrap_or("")
            .to_owned(),
        lang: attribute(root, "lang"),
        marks: root
            .descendants()
            .filter_map(|node| {
                Some(Mark {
                    trace: node.attribute("data-fact")?.to_owned(),
                    label: attribute(node, "aria-label"),
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
