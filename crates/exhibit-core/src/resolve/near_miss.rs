//! Signs of other programs that look like ours: `@source`, `[see @source]`, `#exhibit`, `^[note]`, `:::`, `\\pagebreak`. They would be
//! printed as they stand; each is a finding with the way to write it here.

use super::context::Context;
use super::fill::Filled;
use crate::diag::{Code, Finding};

/// A sign that is printed as it stands: where, how long, what it is and the way out.
struct Miss {
    at: usize,
    length: usize,
    what: String,
    help: String,
}

/// Finds signs that were meant as marks. `printed` is true for a byte of the filled text that Markdown takes for words.
pub(super) fn near_misses(
    context: &mut Context<'_>,
    filled: &Filled<'_>,
    printed: &dyn Fn(usize) -> bool,
) {
    if filled.unclosed {
        return;
    }
    let rest = filled.rest.as_str();
    let mut found: Vec<Miss> = Vec::new();
    for (at, sign) in rest.match_indices(['@', '#', '^', ':', '\\', '~', '{', '[', ']', '=']) {
        let escaped = sign != "\\" && rest[..at].ends_with('\\');
        let inside = found.last().is_some_and(|last| at < last.at + last.length);
        if escaped || inside || !printed(at) {
            continue;
        }
        let miss = match sign {
            "@" => citation(context, rest, at),
            "#" => reference(context, rest, at),
            "^" => raised(rest, at),
            ":" => fence(rest, at),
            "\\" => command(rest, at),
            "~" => enclosed(rest, at, "~").map(|end| {
                miss(
                    at,
                    end,
                    "a sign below the line",
                    "write the sign itself, such as ₂, or `\\~` to print a tilde",
                )
            }),
            "{" => braces(context, rest, at),
            "[" => bracketed(context, rest, at),
            "]" => reference_link(rest, at),
            _ => marked(rest, at),
        };
        found.extend(miss);
    }
    for miss in found {
        let span = filled.span(context.sources, miss.at..miss.at + miss.length);
        context.push(
            Finding::error(
                Code::Markdown,
                span,
                format!("{} is not made this way", miss.what),
            )
            .label("printed as it stands")
            .help(miss.help),
        );
    }
}

fn miss(at: usize, end: usize, what: &str, help: impl Into<String>) -> Miss {
    Miss {
        at,
        length: end - at,
        what: what.to_owned(),
        help: help.into(),
    }
}

/// The id that a text begins with; empty for none.
fn id(text: &str) -> &str {
    let length = text.find(|ch: char| !(ch.is_ascii_alphanumeric() || "-_".contains(ch)));
    text[..length.unwrap_or(text.len())].trim_end_matches('-')
}

/// True where a word may begin.
fn opens(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|ch| ch.is_whitespace() || "([„“‘-–—;,".contains(ch))
}

/// `@source`, `@fig-exhibit`.
fn citation(context: &Context<'_>, rest: &str, at: usize) -> Option<Miss> {
    let name = id(&rest[at + 1..]);
    let end = at + 1 + name.len();
    if name.is_empty() || !opens(&rest[..at]) {
        return None;
    }
    if context.store.sources.iter().any(|source| source.id == name) {
        return Some(miss(
            at,
            end,
            "a citation",
            format!("write `[@{name}]`, or `\\@` to print the sign"),
        ));
    }
    let exhibit = ["fig-", "tbl-", "fig:", "tab:"]
        .iter()
        .find_map(|begin| name.strip_prefix(begin))
        .unwrap_or(name);
    context.numbers.contains_key(exhibit).then(|| {
        miss(
            at,
            end,
            "the name of an exhibit",
            format!("write `[#{exhibit}]`, or `\\@` to print the sign"),
        )
    })
}

/// `#exhibit`.
fn reference(context: &Context<'_>, rest: &str, at: usize) -> Option<Miss> {
    let name = id(&rest[at + 1..]);
    (opens(&rest[..at]) && context.numbers.contains_key(name)).then(|| {
        miss(
            at,
            at + 1 + name.len(),
            "the name of an exhibit",
            format!("write `[#{name}]`, or `\\#` to print the sign"),
        )
    })
}

/// `^[note]`, `x^2^`.
fn raised(rest: &str, at: usize) -> Option<Miss> {
    if rest[at + 1..].starts_with('[') {
        return Some(miss(
            at,
            at + 2,
            "a note",
            "write `[^name]` here, and at the end of the text on a line of its own `[^name]: the note`",
        ));
    }
    // "[^name]" is a note, found elsewhere.
    if rest[..at].ends_with('[') {
        return None;
    }
    enclosed(rest, at, "^").map(|end| {
        miss(
            at,
            end,
            "a raised sign",
            "write the sign itself, such as ², or `\\^` to print the sign",
        )
    })
}

/// Up to a few letters or digits between two signs, close behind a letter: H~2~O. Where they end.
fn enclosed(rest: &str, at: usize, sign: &str) -> Option<usize> {
    let behind = rest[..at].ends_with(char::is_alphanumeric);
    let inner = &rest[at + sign.len()..];
    let length = inner.find(sign)?;
    let short = (1..=12).contains(&length)
        && inner[..length]
            .chars()
            .all(|ch| ch.is_alphanumeric() || "+-".contains(ch));
    (behind && short).then_some(at + length + 2 * sign.len())
}

/// `::: note` and the `:::` that ends it.
fn fence(rest: &str, at: usize) -> Option<Miss> {
    let line = rest[..at].rfind('\n').map_or(0, |end| end + 1);
    let opens = rest[line..at].trim().is_empty() && rest[at..].starts_with(":::");
    opens.then(|| {
        let length = rest[at..]
            .find(|ch: char| ch != ':')
            .unwrap_or(rest.len() - at);
        miss(
            at,
            at + length,
            "a box",
            "make the box a block of the body: `- callout: {title: …, text: …}`",
        )
    })
}

/// `\\pagebreak`, `\\cite{…}`.
fn command(rest: &str, at: usize) -> Option<Miss> {
    let name = id(&rest[at + 1..]);
    let letters = name.starts_with(|ch: char| ch.is_ascii_alphabetic());
    if !letters || !opens(&rest[..at]) {
        return None;
    }
    let help = match name {
        "pagebreak" | "newpage" | "clearpage" => {
            "remove the command: pages end where they are full"
        }
        _ => "remove the command: a text has no commands, and signs are written as they are",
    };
    Some(miss(at, at + 1 + name.len(), "a command", help))
}

/// `{ address }` with one bracket, `{.class}`.
fn braces(context: &Context<'_>, rest: &str, at: usize) -> Option<Miss> {
    let inner = &rest[at + 1..];
    let length = inner.find(['}', '\n', '{'])?;
    if !inner[length..].starts_with('}') {
        return None;
    }
    let end = at + length + 2;
    let body = inner[..length].trim();
    let name = id(body);
    let named = context.store.metric(name).is_some() || body.starts_with("event:");
    if named && !name.is_empty() {
        return Some(miss(
            at,
            end,
            "a figure",
            format!("write `{{{{ {body} }}}}` with two brackets"),
        ));
    }
    (body.starts_with(['.', '#']) && body.len() > 1).then(|| {
        miss(
            at,
            end,
            "the look of words",
            "remove the brackets and what is in them",
        )
    })
}

/// `[see @source]`, `[-@source]`, `[[page]]`.
fn bracketed(context: &Context<'_>, rest: &str, at: usize) -> Option<Miss> {
    let inner = &rest[at + 1..];
    let length = inner.find([']', '\n'])?;
    if !inner[length..].starts_with(']') {
        return None;
    }
    if inner.starts_with('[') {
        let body = &inner[1..length];
        return Some(miss(
            at,
            at + length + 3,
            "a link",
            format!("write `[{body}](https://example.org)`, or `[#id]` for an exhibit"),
        ));
    }
    let body = &inner[..length];
    let sign = body.match_indices('@').find(|(sign, _)| {
        let name = id(&body[sign + 1..]);
        opens(&body[..*sign]) && context.store.sources.iter().any(|source| source.id == name)
    })?;
    let name = id(&body[sign.0 + 1..]);
    let before = body[..sign.0].trim_end_matches('-').trim();
    let place = body[sign.0 + 1 + name.len()..].trim();
    let gap = if before.is_empty() { "" } else { " " };
    Some(miss(
        at,
        at + length + 2,
        "a citation",
        format!("write the words outside of the brackets: `{before}{gap}[@{name}{place}]`"),
    ))
}

/// `[words][name]`, `[words]{.class}`.
fn reference_link(rest: &str, at: usize) -> Option<Miss> {
    let after = &rest[at + 1..];
    let close = match after.chars().next()? {
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    let length = after
        .find([close, '\n'])
        .filter(|length| after[*length..].starts_with(close))?;
    // "[1][2]" may be words; a name begins with a letter.
    after[1..]
        .starts_with(|ch: char| ch.is_ascii_alphabetic() || "#.".contains(ch))
        .then(|| {
            miss(
                at,
                at + length + 2,
                "a link",
                "write `[words](https://example.org)`",
            )
        })
}

/// `==words==`.
fn marked(rest: &str, at: usize) -> Option<Miss> {
    let inner = rest[at..].strip_prefix("==")?;
    let length = inner.find("==")?;
    let words = inner.starts_with(char::is_alphanumeric) && !inner[..length].contains('\n');
    words.then(|| {
        miss(
            at,
            at + length + 4,
            "a marked word",
            "write *emphasis* or **strong**",
        )
    })
}
