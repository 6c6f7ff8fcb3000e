//! Links to the web: which addresses a reader can follow from a page.

use exhibit_facts::span::Span;

use crate::diag::{Code, Finding};

/// Begins of addresses that a reader can follow.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// The finding of a link that a page cannot have; `None` for a sound link.
pub(super) fn unfit(uri: &str, title: &str, span: Span) -> Option<Finding> {
    if !title.is_empty() {
        return Some(
            Finding::error(Code::Link, span, "a link cannot have a title")
                .label("this title would be lost")
                .help(format!(
                    "write `[words]({uri})`, and write the title into the text"
                )),
        );
    }
    unfit_address(uri, span)
}

/// The finding of an address that a reader cannot follow; `None` for a sound address. A relative address, and one of somebody's own machine,
/// lead nowhere from a PDF that was sent out.
pub(super) fn unfit_address(uri: &str, span: Span) -> Option<Finding> {
    let help = "write the full address: `https://example.org/page`, or `mailto:name@example.org`";
    let rest = SCHEMES.iter().find_map(|scheme| {
        let head = uri.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme)
            .then(|| &uri[scheme.len()..])
    });
    let message = match rest {
        _ if uri.is_empty() => "the link has no address".to_owned(),
        None => format!("`{uri}` is not a web address"),
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '#']) => {
            format!("`{uri}` has no host name")
        }
        // RFC 3986, 2: neither white space nor these signs stand in an address.
        Some(rest)
            if rest.contains(|ch: char| {
                ch.is_whitespace() || ch.is_control() || "<>\"{}|\\^`".contains(ch)
            }) =>
        {
            return Some(
                Finding::error(
                    Code::Link,
                    span,
                    format!("`{uri}` contains a character that web addresses cannot have"),
                )
                .help("write the code of the character, such as `%20` for a space"),
            );
        }
        Some(_) => return None,
    };
    Some(Finding::error(Code::Link, span, message).help(help))
}
