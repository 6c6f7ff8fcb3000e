//! Findings on exhibits that have more than there is room for.

use exhibit_charts::Overflow;
use exhibit_core::diag::{Code, Finding};
use exhibit_facts::facts::{Content, Exhibit};
use exhibit_scene::Size;

use crate::select::Medium;

/// More than there is room for in legible type.
pub(crate) fn too_much(exhibit: &Exhibit, overflow: Overflow, medium: Medium) -> Finding {
    let Overflow {
        parts,
        fits,
        narrow,
    } = overflow;
    let what = match &exhibit.content {
        Content::Chart(_) => "categories",
        Content::Timeline(_) => "events",
        Content::KeyFigures(_) => "figures",
        Content::Table(_) => "rows",
    };
    let place_name = match medium {
        Medium::Page => "page",
        Medium::Slide => "slide",
    };
    let id = &exhibit.id;
    let message = if narrow {
        format!(
            "exhibit `{id}` has names and numbers that leave no width to its marks on a {place_name}"
        )
    } else if fits == 0 {
        format!("exhibit `{id}` has no room for its marks on a {place_name}: its texts take it all")
    } else {
        format!(
            "exhibit `{id}` has {parts} {what}, and a {place_name} holds {fits} of them in type that can be read"
        )
    };
    let less = if narrow {
        "shorten its labels, or count in a larger unit (`in: billion`)"
    } else if fits == 0 {
        "shorten its title, notes and labels"
    } else {
        match &exhibit.content {
            Content::Chart(chart) => {
                let roomier = chart.kind.spec().roomier;
                let roomier = roomier.map_or_else(String::new, |kind| format!("{kind} or "));
                &format!(
                    "show fewer (`where`, `rows`), sum them into groups, use {roomier}a table, or part the exhibit in two"
                )
            }
            Content::Timeline(_) => {
                "name the events that matter in `events`, or part the exhibit in two"
            }
            Content::KeyFigures(_) | Content::Table(_) => "part the exhibit in two",
        }
    };
    let help = match medium {
        Medium::Page => less.to_owned(),
        Medium::Slide => format!("{less}; or say `slide: false` if it is for the page alone"),
    };
    Finding::error(Code::TooCrowded, exhibit.span, message).help(help)
}

/// A table whose longest words and numbers do not fit beside each other.
pub(crate) fn too_wide(exhibit: &Exhibit, wide: &exhibit_pages::TooWide) -> Finding {
    Finding::error(
        Code::TableTooWide,
        exhibit.span,
        format!(
            "table `{}` needs {:.0} points for its longest words and numbers, and has {:.0}",
            exhibit.id,
            wide.needs.ceil(),
            wide.has
        ),
    )
    .label("would have broken numbers")
    .help("shorten its longest words, say units in the heads (`| number`), or make it two tables; out of `columns:` it has the whole width")
}

/// A picture that no program shows.
pub(crate) fn too_large(exhibit: &Exhibit, size: Size) -> Finding {
    Finding::error(
        Code::PictureTooLarge,
        exhibit.span,
        format!(
            "exhibit `{}` comes out {:.0} points wide and {:.0} high",
            exhibit.id, size.width, size.height
        ),
    )
    .label("this one")
    .help(format!(
        "no side of a picture may have more than {:.0} points; shorten its texts, or part it into several exhibits",
        exhibit_png::LONGEST
    ))
}
