//! What a column holds: periods, numbers, names, or nothing.

use std::collections::BTreeSet;

use exhibit_facts::dated::{Dated, enclosing, read, read_as};
use exhibit_facts::period::{Date, Period};

use crate::table::{Numerals, Sample};

/// Values of a column of names that are kept in order; a column with more is no dimension.
const MAX_VALUES: usize = 500;

/// A column.
pub(super) struct Column {
    pub name: String,
    /// Cells that hold nothing.
    pub empty: usize,
    pub kind: Kind,
}

/// What a column holds.
pub(super) enum Kind {
    Empty,
    Periods(Periods),
    Numbers(Numbers),
    /// Names, each once, in the order of the rows; none where there are too many.
    Names(Option<Vec<String>>),
}

/// How a column of periods is written.
pub(super) struct Periods {
    /// The format, where the cells need one.
    pub format: Option<String>,
    /// Other formats that fit all cells as well.
    pub others: Vec<String>,
    /// How many different periods there are.
    pub distinct: usize,
    /// The frequency that the periods are better taken as.
    pub grain: Option<Grain>,
}

/// Why days are better taken as months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    /// Each day is the first of its month, and stands for it.
    FirstDays,
    /// There are more days than a chart can show: their mean is taken.
    ManyDays,
    /// There are more months, too: the mean of a year is taken.
    ManyMonths,
}

/// Days that a chart can show.
const MANY_DAYS: usize = 400;

impl Periods {
    /// The period of a cell.
    pub(super) fn read(&self, cell: &str) -> Option<Period> {
        let fine = self.as_written(cell)?;
        match self.grain {
            Some(Grain::FirstDays | Grain::ManyDays) => enclosing(&fine, "month"),
            Some(Grain::ManyMonths) => enclosing(&fine, "year"),
            None => Some(fine),
        }
    }

    fn as_written(&self, cell: &str) -> Option<Period> {
        match &self.format {
            Some(format) => read_as(cell, format),
            None => match read(cell) {
                Dated::Certain(period) => Some(period),
                Dated::Several(_) | Dated::Unknown => None,
            },
        }
    }
}

/// How a column of numbers is written.
pub(super) struct Numbers {
    pub decimal: Option<char>,
    pub thousands: Option<char>,
    /// The unit that stands in the cells, else that the name of the column names.
    pub unit: Option<&'static str>,
    /// Cells that are no numbers.
    pub marks: Vec<String>,
    /// Some are below zero.
    pub signed: bool,
}

/// What each column of a sample holds.
pub(super) fn columns(sample: &Sample) -> Vec<Column> {
    let mut columns: Vec<Column> = sample
        .names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let cells: Vec<&str> = sample
                .rows
                .iter()
                .map(|row| row[index].as_str())
                .filter(|cell| !cell.is_empty())
                .collect();
            Column {
                name: name.clone(),
                empty: sample.rows.len() - cells.len(),
                kind: kind(name, index == 0, &cells),
            }
        })
        .collect();
    // Of several columns of periods one says when: without gaps, then of such a name, then with the most periods.
    let fitness = |column: &Column| match &column.kind {
        Kind::Periods(periods) => {
            let named = names_a_period(&column.name);
            Some((column.empty == 0, named, periods.distinct))
        }
        _ => None,
    };
    let best = columns.iter().filter_map(fitness).max();
    let chosen = columns
        .iter()
        .position(|column| best.is_some() && fitness(column) == best);
    for (index, column) in columns.iter_mut().enumerate() {
        let part_of_time = match &column.kind {
            Kind::Periods(_) => true,
            // The number of the month beside a date.
            Kind::Numbers(_) => chosen.is_some() && is_part_of_time(&column.name),
            Kind::Names(_) | Kind::Empty => false,
        };
        if Some(index) != chosen && part_of_time {
            column.kind = Kind::Empty;
        }
    }
    columns
}

/// Words that a column of periods is named by.
fn names_a_period(name: &str) -> bool {
    const WORDS: [&str; 20] = [
        "year", "date", "time", "period", "month", "quarter", "week", "day", "jahr", "datum",
        "monat", "quartal", "tag", "zeit", "année", "fecha", "año", "年", "日期", "season",
    ];
    let name = name.to_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

/// Words that a column of parts of dates is named by, and nothing else.
fn is_part_of_time(name: &str) -> bool {
    [
        "year", "month", "quarter", "week", "day", "hour", "jahr", "monat", "quartal", "tag",
    ]
    .contains(&name.to_lowercase().as_str())
}

/// A year of four digits.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text
            .parse::<u16>()
            .is_ok_and(|year| (1500..=2200).contains(&year))
}

fn kind(name: &str, first: bool, cells: &[&str]) -> Kind {
    if cells.is_empty() {
        return Kind::Empty;
    }
    if let Some(periods) = periods(name, first, cells) {
        return Kind::Periods(periods);
    }
    numbers(name, cells).map_or_else(|| names(cells), Kind::Numbers)
}

/// How all cells are read as periods; none where they are not.
fn periods(name: &str, first: bool, cells: &[&str]) -> Option<Periods> {
    let whole = |cell: &&str| cell.bytes().all(|byte| byte.is_ascii_digit());
    // Whole numbers are years where the name says so, or in the first column.
    let years = first && cells.iter().all(|cell| is_year(cell));
    if cells.iter().all(whole) && !names_a_period(name) && !years {
        return None;
    }
    let mut formats: Option<Vec<String>> = None;
    for cell in cells {
        match read(cell) {
            Dated::Certain(_) => {}
            Dated::Several(readings) => {
                formats.get_or_insert_with(|| {
                    readings
                        .into_iter()
                        .map(|(_, format)| format.to_owned())
                        .collect()
                });
            }
            Dated::Unknown => return None,
        }
    }
    let mut periods = Periods {
        format: None,
        others: Vec::new(),
        distinct: 0,
        grain: None,
    };
    if let Some(formats) = formats {
        let all = |format: &String| cells.iter().all(|cell| read_as(cell, format).is_some());
        let mut fitting: Vec<String> = formats.into_iter().filter(all).collect();
        // Points stand in dates that begin with the day.
        fitting.sort_by_key(|format| format.contains('.') && !format.starts_with("%d"));
        let mut fitting = fitting.into_iter();
        periods.format = Some(fitting.next()?);
        periods.others = fitting.collect();
    }
    let mut days: BTreeSet<(i64, i64)> = BTreeSet::new();
    let (mut all_days, mut all_first) = (true, true);
    for period in cells.iter().filter_map(|cell| periods.as_written(cell)) {
        all_days &= period.frequency() == "day";
        let first = period.days().0.map(Date::from_days);
        all_first &= first.is_some_and(|day| day.day == 1);
        days.insert(period.order());
    }
    periods.distinct = days.len();
    if all_days && all_first && days.len() > 1 {
        periods.grain = Some(Grain::FirstDays);
    } else if all_days && days.len() > MANY_DAYS {
        let months = |(first, _): &(i64, i64)| {
            let day = Date::from_days(*first);
            (day.year, day.month)
        };
        let months = days.iter().map(months).collect::<BTreeSet<_>>().len();
        periods.grain = Some(if months > MANY_DAYS {
            Grain::ManyMonths
        } else {
            Grain::ManyDays
        });
    }
    Some(periods)
}

/// How most cells are read as numbers; none where they are not.
pub(super) fn numbers(name: &str, cells: &[&str]) -> Option<Numbers> {
    // No column is a measurement whose name says that it only numbers or codes.
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|ch: char| !ch.is_alphanumeric()).collect();
    if [
        "id", "code", "nr", "no", "index", "rank", "zip", "fips", "naics",
    ]
    .iter()
    .any(|word| words.contains(word))
    {
        return None;
    }
    let signs = [(None, None), (None, Some(',')), (Some(','), None)];
    let units = ["", "%", "USD", "EUR", "GBP", "CNY", "INR"];
    let numerals = |decimal, thousands, unit| Numerals {
        decimal,
        thousands,
        signs: &[],
        unit,
        points_may_group: false,
    };
    let (mut best, mut most) = (None, 0);
    for (decimal, thousands) in signs {
        for unit in units {
            let numerals = numerals(decimal, thousands, unit);
            let read = cells
                .iter()
                .filter(|cell| numerals.value(cell).is_ok())
                .count();
            if read > most {
                (best, most) = (Some((decimal, thousands, unit)), read);
            }
        }
    }
    let (decimal, thousands, unit) = best?;
    let numerals = numerals(decimal, thousands, unit);
    let mut marks: Vec<String> = Vec::new();
    for cell in cells.iter().filter(|cell| numerals.value(cell).is_err()) {
        if !marks.iter().any(|mark| mark == cell) {
            marks.push((*cell).to_owned());
        }
    }
    let few = marks.len() <= 5 && marks.iter().all(|mark| mark.chars().count() <= 20);
    let unit = match unit {
        "" => ["%", "percent", "pct", "prozent"]
            .iter()
            .any(|word| lower.contains(word))
            .then_some("%"),
        unit => Some(unit),
    };
    (few && most * 2 > cells.len()).then(|| Numbers {
        decimal,
        thousands,
        unit,
        signed: cells
            .iter()
            .any(|cell| cell.starts_with(['-', '(', '\u{2212}'])),
        marks,
    })
}

/// The names of a column.
fn names(cells: &[&str]) -> Kind {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut all = Vec::new();
    for cell in cells {
        if seen.insert(cell) {
            all.push((*cell).to_owned());
            if all.len() > MAX_VALUES {
                return Kind::Names(None);
            }
        }
    }
    Kind::Names(Some(all))
}
