//! Text and lengths into XML: what must be escaped, and what no XML 1.0 file can hold.

use std::fmt::Write as _;

use exhibit_scene::number::{hundredths, push};

/// Writes text between tags.
pub(crate) fn text(out: &mut String, text: &str) {
    escaped(out, text, |ch| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        // Only `]]>` needs it (XML 1.0, 2.4); always is simpler to see through.
        '>' => Some("&gt;"),
        // A reader turns a bare carriage return into a line feed (XML 1.0, 2.11).
        '\r' => Some("&#13;"),
        '\t' | '\n' => None,
        _ => barred(ch),
    });
}

/// Writes ` name="value"`.
pub(crate) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escaped(out, value, |ch| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        // A reader turns bare white space in attributes into spaces (XML 1.0, 3.3.3).
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => barred(ch),
    });
    out.push('"');
}

/// Writes ` name="12.5"`.
pub(crate) fn length(out: &mut String, name: &str, value: f64) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push::<2>(out, hundredths(value));
    out.push('"');
}

/// Writes text with something instead of some characters, and what is between these in one piece.
fn escaped(out: &mut String, text: &str, instead: impl Fn(char) -> Option<&'static str>) {
    let mut done = 0;
    for (at, ch) in text.char_indices() {
        if let Some(instead) = instead(ch) {
            out.push_str(&text[done..at]);
            out.push_str(instead);
            done = at + ch.len_utf8();
        }
    }
    out.push_str(&text[done..]);
}

/// U+FFFD for a control or other character that XML 1.0 cannot hold, not even escaped (2.2, production `Char`).
fn barred(ch: char) -> Option<&'static str> {
    matches!(ch, '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}').then_some("\u{fffd}")
}

/// An id that XML, `url(#…)` and a style sheet take without quoting: letters and digits of any script, `-` and `_` stay;
/// anything else becomes its code point, and a `_` stands before what may not begin an id.
pub(crate) fn id(name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 1);
    if !name.starts_with(|ch: char| ch.is_alphabetic() || ch == '_') {
        id.push('_');
    }
    for ch in name.chars() {
        if ch.is_alphanumeric() || matches!(ch, '-' | '_') {
            id.push(ch);
        } else {
            write!(id, "_{:x}_", u32::from(ch)).expect("a String takes all text");
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        text(&mut out, "R&D <\"x\"> ]]>\r\n小米\u{0}\u{b}\u{fffe}");
        assert_eq!(
            out,
            "R&amp;D &lt;\"x\"&gt; ]]&gt;&#13;\n小米\u{fffd}\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn attributes_are_escaped() {
        let mut out = String::new();
        attribute(&mut out, "data-text", "a \"b\" <c> & 'd'\t\n\r\u{1b}");
        assert_eq!(
            out,
            " data-text=\"a &quot;b&quot; &lt;c> &amp; 'd'&#9;&#10;&#13;\u{fffd}\""
        );
    }

    #[test]
    fn ids_need_no_quotes() {
        assert_eq!(id("deliveries-2"), "deliveries-2");
        assert_eq!(id("2024 plan"), "_2024_20_plan");
        assert_eq!(id("小米"), "小米");
        assert_eq!(id("a\"b)#"), "a_22_b_29__23_");
        assert_eq!(id(""), "_");
    }
}
