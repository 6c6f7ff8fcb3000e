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
        apart,
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
            "the names and numbers of exhibit `{id}` leave no width for its marks on a {place_name}"
        )
    } else if apart {
        format!(
            "the columns of exhibit `{id}` stand at their dates, and the dates lie so far apart that the columns have no width on a {place_name}"
        )
    } else if fits == 0 {
        format!("the texts of exhibit `{id}` leave no height for its marks on a {place_name}")
    } else {
        format!(
            "exhibit `{id}` has {parts} {what}, but a {place_name} has room for {fits} in readable type"
        )
    };
    let less = if narrow {
        "shorten the labels, or count in a larger unit (`in: billion`)"
    } else if apart {
        "show a shorter time, sum the values into longer periods, or use a line chart or a bar chart"
    } else if fits == 0 {
        "shorten the title, notes and labels"
    } else {
        match &exhibit.content {
            Content::Chart(chart) => {
                let roomier = chart.kind.spec().roomier;
                let roomier = roomier.map_or_else(String::new, |kind| format!("{kind} or "));
                &format!(
                    "show fewer categories (`where`, `rows`), sum categories into groups, use {roomier}a table, or split the exhibit in two"
                )
            }
            Content::Timeline(_) => {
                "choose the most important events in `events`, or split the exhibit in two"
            }
            Content::KeyFigures(_) | Content::Table(_) => "split the exhibit in two",
        }
    };
    let help = match medium {
        Medium::Page => less.to_owned(),
        Medium::Slide => format!("{less}; or write `slide: false` to leave out the slide"),
    };
    Finding::error(Code::TooCrowded, exhibit.span, message).help(help)
}

/// A table whose longest words and numbers do not fit beside each other.
pub(crate) fn too_wide(exhibit: &Exhibit, wide: &exhibit_pages::TooWide) -> Finding {
    Finding::error(
        Code::TableTooWide,
        exhibit.span,
        format!(
            "table `{}` needs {:.0} points for its longest words and numbers, but has {:.0}",
            exhibit.id,
            wide.needs.ceil(),
            wide.has
        ),
    )
    .label("numbers would break across lines")
    .help("shorten the longest words, move units into the heads (`| number`), or make two tables; a table outside `columns:` has the whole width")
}

/// A picture that no program shows.
pub(crate) fn too_large(exhibit: &Exhibit, size: Size) -> Finding {
    Finding::error(
        Code::PictureTooLarge,
        exhibit.span,
        format!(
            "the picture of exhibit `{}` is too large: {:.0} points wide and {:.0} points high",
            exhibit.id, size.width, size.height
        ),
    )
    .label("too large")
    .help(format!(
        "shorten the texts, or split the exhibit into several: {:.0} points are allowed on each side",
        exhibit_png::LONGEST
    ))
}
