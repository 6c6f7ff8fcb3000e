//! What things are, beside how they look: names, roles, descriptions, facts.

use exhibit_scene::number::{hundredths, push};
use exhibit_scene::{Group, Size, Tag};

use crate::xml::{self, length};

/// Name, title, description and language of a picture: what readers who do not see it, and the page around it, know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About<'a> {
    /// Name of the picture: the id of the root and the prefix of every other id. Characters that an id cannot hold are
    /// escaped.
    pub id: &'a str,
    /// Title, one sentence.
    pub title: &'a str,
    /// Description in words. Empty for none.
    pub description: &'a str,
    /// BCP 47 language of the text: `en`, `de`, `zh-Hans`.
    pub lang: &'a str,
}

/// CSS pixels in a point.
const PIXELS: f64 = 4.0 / 3.0;

/// Writes the root's start tag with title and description.
pub(crate) fn open_root(out: &mut String, size: Size, id: &str, about: &About) {
    // `xlink:href` and `xml:lang` are the spellings that old and new readers share; browsers know both in HTML too.
    out.push_str(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
    );
    xml::attribute(out, "id", id);
    length(out, "width", size.width * PIXELS);
    length(out, "height", size.height * PIXELS);
    out.push_str(" viewBox=\"0 0");
    for side in [size.width, size.height] {
        out.push(' ');
        push::<2>(out, hundredths(side));
    }
    out.push('"');
    language(out, about.lang);
    out.push_str(" role=\"img\"");
    xml::attribute(out, "aria-labelledby", &format!("{id}-title"));
    if !about.description.is_empty() {
        xml::attribute(out, "aria-describedby", &format!("{id}-desc"));
    }
    // The scene's limit is 10; SVG would take 4.
    out.push_str(" stroke-miterlimit=\"10\">\n");

    element(out, "title", &format!("{id}-title"), about.title);
    if !about.description.is_empty() {
        element(out, "desc", &format!("{id}-desc"), about.description);
    }
}

fn element(out: &mut String, name: &str, id: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    xml::attribute(out, "id", id);
    out.push('>');
    xml::text(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// Writes the language of an element: `xml:lang` for readers of XML, `lang` for HTML, where the other means nothing.
pub(crate) fn language(out: &mut String, lang: &str) {
    xml::attribute(out, "lang", lang);
    xml::attribute(out, "xml:lang", lang);
}

/// True for a group that is nothing but a place.
pub(crate) fn is_plain(group: &Group) -> bool {
    group.class.is_empty()
        && group.trace.is_none()
        && group.label.is_none()
        && group.clip.is_none()
        && !is_decoration(group)
}

/// In a picture of its own only decoration matters of a group's place in a document's structure.
fn is_decoration(group: &Group) -> bool {
    match group.tag {
        Some(Tag::Artifact(_)) => true,
        Some(Tag::Content(_)) | None => false,
    }
}

/// Writes a group's start tag; `clip` is the number of its clip path.
pub(crate) fn open_group(out: &mut String, group: &Group, clip: Option<usize>, id: &str) {
    out.push_str("<g");
    if !group.class.is_empty() {
        xml::attribute(out, "class", group.class);
    }
    if let Some(trace) = &group.trace {
        xml::attribute(out, "data-fact", &trace.0);
    }
    if let Some(label) = &group.label {
        // A label without a role is ignored (WAI-ARIA 1.2, 8.6).
        out.push_str(" role=\"group\"");
        xml::attribute(out, "aria-label", label);
    }
    if is_decoration(group) {
        out.push_str(" aria-hidden=\"true\"");
    }
    if let Some(number) = clip {
        xml::attribute(out, "clip-path", &format!("url(#{id}-clip{number})"));
    }
    out.push_str(">\n");
}
