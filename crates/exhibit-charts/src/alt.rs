//! Alternative text: the content of an exhibit in words, for readers who do not see it. The text holds every value in
//! its spoken form, with its qualifier.

use exhibit_facts::facts::{Chart, Content, Datum, Exhibit, KeyFigure, Table, TimelineEvent};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::quantity::Status;

/// Largest number of marks named one by one in a series. A longer series is named by its first and its last mark, and the
/// marks between are counted.
const MAX_NAMED_MARKS: usize = 40;

/// Names of the kinds of exhibits that are no charts, and punctuation, in one language.
struct AltWords {
    timeline: &'static str,
    key_figures: &'static str,
    table: &'static str,
    /// Between two items of a list.
    semicolon: &'static str,
    /// After a name.
    colon: &'static str,
    /// After a sentence.
    stop: &'static str,
    /// Marks of a long series that are not named.
    more: &'static str,
}

const fn alt_words(language: Language) -> AltWords {
    match language {
        Language::English => AltWords {
            timeline: "Timeline",
            key_figures: "Key figures",
            table: "Table",
            semicolon: "; ",
            colon: ": ",
            stop: ". ",
            more: "{count} more values",
        },
        Language::German => AltWords {
            timeline: "Zeitleiste",
            key_figures: "Kennzahlen",
            table: "Tabelle",
            semicolon: "; ",
            colon: ": ",
            stop: ". ",
            more: "{count} weitere Werte",
        },
        Language::Chinese => AltWords {
            timeline: "时间线",
            key_figures: "关键数据",
            table: "表格",
            semicolon: "；",
            colon: "：",
            stop: "。",
            more: "另有{count}个数值",
        },
    }
}

/// Alternative text of an exhibit: the author's, or else one made from the content.
pub(crate) fn alt(exhibit: &Exhibit) -> String {
    if let Some(text) = &exhibit.alt {
        return text.clone();
    }
    let words = alt_words(exhibit.language);
    let (kind, content) = match &exhibit.content {
        Content::Chart(chart) => (
            chart.kind.spec().spoken(exhibit.language),
            marks(&words, chart),
        ),
        Content::Timeline(shown) => (
            words.timeline,
            timeline(&words, exhibit.language, &shown.events),
        ),
        Content::KeyFigures(figures) => (words.key_figures, key_figures(&words, figures)),
        Content::Table(table) => (words.table, cells(&words, table)),
    };
    let mut text = format!("{kind}{}{content}", words.colon);
    // A spoken form ends without a stop, and a text ends with one.
    text.push_str(words.stop.trim_end());
    text
}

/// Every mark of a chart, series by series, then every reference line.
fn marks(words: &AltWords, chart: &Chart) -> String {
    let mut series = Vec::new();
    for of in &chart.series {
        let mut spoken: Vec<String> = of
            .data
            .iter()
            .zip(&chart.categories)
            .filter_map(|(datum, category)| {
                let datum = datum.as_ref()?;
                Some(named(words, chart.language, &category.label, datum))
            })
            .collect();
        if spoken.len() > MAX_NAMED_MARKS {
            let last = spoken.pop();
            let between = spoken.split_off(1);
            let count = i64::try_from(between.len()).unwrap_or(i64::MAX);
            let count = format::tick(chart.language, count, 0);
            spoken.push(words.more.replace("{count}", &count));
            spoken.extend(last);
        }
        let spoken = spoken.join(words.semicolon);
        series.push(if of.label.is_empty() {
            spoken
        } else {
            format!("{}{}{spoken}", of.label, words.colon)
        });
    }
    let mut text = series.join(words.stop);
    for reference in &chart.references {
        text.push_str(words.stop);
        text.push_str(&named(
            words,
            chart.language,
            &reference.label,
            &reference.datum,
        ));
    }
    text
}

/// One value with its name: "July 2024: more than ten thousand vehicles (target)".
fn named(words: &AltWords, language: Language, name: &str, datum: &Datum) -> String {
    let status = status(language, datum.status, datum.by.as_deref());
    let colon = if name.is_empty() { "" } else { words.colon };
    format!("{name}{colon}{}{status}", datum.forms.spoken)
}

/// Status in brackets, with the source of a claim. Empty for an actual value.
fn status(language: Language, status: Status, by: Option<&str>) -> String {
    let words = format::words(language);
    let index = Status::ALL.iter().position(|known| *known == status);
    match (status, index) {
        (Status::Actual, _) | (_, None) => String::new(),
        (_, Some(index)) => {
            let name = words.status[index];
            let spoken = match by {
                Some(who) => words.by.replace("{status}", name).replace("{who}", who),
                None => name.to_owned(),
            };
            if language == Language::Chinese {
                format!("（{spoken}）")
            } else {
                format!(" ({spoken})")
            }
        }
    }
}

/// Every event with its date and its status.
fn timeline(words: &AltWords, language: Language, events: &[TimelineEvent]) -> String {
    let spoken: Vec<String> = events
        .iter()
        .map(|event| {
            let status = status(language, event.status, None);
            format!("{}{}{}{status}", event.date_label, words.colon, event.label)
        })
        .collect();
    spoken.join(words.semicolon)
}

/// Every key figure with its label.
fn key_figures(words: &AltWords, figures: &[KeyFigure]) -> String {
    let spoken: Vec<String> = figures
        .iter()
        .map(|figure| {
            format!(
                "{}{}{}",
                figure.label, words.colon, figure.datum.forms.spoken
            )
        })
        .collect();
    spoken.join(words.semicolon)
}

/// Every cell of a table with the heads of its row and its column.
fn cells(words: &AltWords, table: &Table) -> String {
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .cells
                .iter()
                .zip(table.head.iter().skip(1))
                .filter(|(cell, _)| !cell.text.is_empty())
                .map(|(cell, head)| format!("{head}{}{}", words.colon, cell.text))
                .collect();
            format!(
                "{}{}{}",
                row.label,
                words.colon,
                cells.join(words.semicolon)
            )
        })
        .collect();
    rows.join(words.stop)
}

/// Accessible name of a mark: its series, its category, and its value in spoken form.
pub(crate) fn accessible_name(
    chart: &Chart,
    category: usize,
    series: usize,
    datum: &Datum,
) -> String {
    let parts = [
        chart.series[series].label.as_str(),
        chart.categories[category].label.as_str(),
    ];
    let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", named.join(", "), datum.forms.spoken)
}
