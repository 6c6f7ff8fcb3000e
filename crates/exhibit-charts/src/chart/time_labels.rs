//! Labels of an axis of time.
//!
//! Each point has its date where all dates fit. Else labels stand at round steps of the calendar, evenly apart: years at
//! multiples of 1, 2, 5 or 10, and quarters, months, weeks or days above the year or month that they belong to. Spans, such
//! as decades, keep their own dates: each, or every second and so on. All labels of one axis have one form.

use std::collections::BTreeSet;

use exhibit_facts::facts::{Category, Chart};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::period::{CalendarUnit, Date, Extent, Period};
use exhibit_scene::MissingGlyph;

use super::bar_layout::is_emphasized;
use crate::draw::Canvas;
use crate::guide::text::{Anchor, TextBlock};
use crate::scale::time::{Grain, TimeAxis};
use crate::style::{ChartStyle, ParagraphStyle};

/// Largest number of labels in a row of parts of a year. Years alone serve a longer axis.
const MAX_PARTS: usize = 20;

/// Longest axis with weekly labels, in days.
const MAX_WEEKLY_DAYS: i64 = 70;

/// Largest number of emphasized points that have a label of their own beside those of the calendar.
const MAX_EMPHASIZED: usize = 4;

/// An axis of time on the canvas: the periods of its categories, and how time becomes points.
pub(super) struct TimePoints<'a> {
    /// The chart.
    pub(super) chart: &'a Chart,
    /// Its axis of time.
    pub(super) axis: &'a TimeAxis,
    /// Middle of each category, in points.
    pub(super) middles: &'a [f64],
    /// Points of a time in units of the axis.
    pub(super) map: &'a dyn Fn(f64) -> f64,
    /// Width of the canvas, in points.
    pub(super) width: f64,
}

/// Steps of spans of which not each has its date.
const SPAN_STEPS: [usize; 6] = [2, 3, 4, 5, 10, 20];

/// A set of labels, and the least white between two of a row in gaps.
type Candidate = (f64, Vec<Tick>);

/// A shaped label: its middle in points, its row from 0, and its text.
type Shaped = (f64, usize, TextBlock);

/// Labels of an axis of time, shaped and placed.
pub(super) struct TimeLabels {
    labels: Vec<Shaped>,
    leading: f64,
}

/// A label before it is shaped.
#[derive(Clone)]
struct Tick {
    /// Middle in points.
    at: f64,
    text: String,
    /// Row from the axis: 0 for the points, 1 for the year or the month that several of them share.
    row: usize,
    bold: bool,
}

impl TimeLabels {
    /// Labels in the style of `paragraph`. `None` where the categories have names of their own: then the names themselves
    /// must stand there. Dates below columns stand closer than on an axis, because each belongs to its column.
    pub(super) fn new(
        style: &ChartStyle,
        paragraph: &ParagraphStyle,
        points: &TimePoints,
        columns: bool,
    ) -> Result<Option<Self>, MissingGlyph> {
        if !points
            .chart
            .categories
            .iter()
            .all(|one| is_dated(one, points.chart.language))
        {
            return Ok(None);
        }
        let units = calendar_units(points.chart).unwrap_or_default();
        let writer = Writer {
            style,
            paragraph,
            points,
            units: &units,
            columns,
        };
        let mut found = Vec::new();
        for (white, ticks) in writer.candidates() {
            let (fits, labels) = writer.shaped(&ticks, white)?;
            if fits {
                found = labels;
                break;
            }
            if found.is_empty() {
                // No candidate fits an axis without width. The first label says at least where it begins.
                found = labels.into_iter().take(1).collect();
            }
        }
        Ok(Some(Self {
            labels: found,
            leading: paragraph.leading,
        }))
    }

    /// Height of all rows, in points.
    pub(super) fn height(&self) -> f64 {
        let rows = self.labels.iter().map(|(_, row, _)| row + 1).max();
        rows.unwrap_or(1) as f64 * self.leading
    }

    /// Draws the labels below `top`.
    pub(super) fn draw(&self, canvas: &Canvas, top: f64) {
        for (middle, row, text) in &self.labels {
            text.draw(
                canvas,
                *middle,
                top + *row as f64 * self.leading,
                Anchor::Middle,
            );
        }
    }
}

/// True for a category whose name is its date.
fn is_dated(category: &Category, language: Language) -> bool {
    category.detail.is_empty()
        && category.period.as_ref().is_some_and(|period| {
            let date = [
                format::period(language, period),
                format::moment(language, period),
                format::short(language, period),
                period.to_string(),
            ];
            date.contains(&category.label)
        })
}

/// The calendar units of all categories. `None` where one is a span, or about.
fn calendar_units(chart: &Chart) -> Option<Vec<CalendarUnit>> {
    let unit = |category: &Category| {
        let period = category.period.as_ref().filter(|period| !period.about)?;
        match period.extent {
            Extent::Unit(unit) => Some(unit),
            Extent::Span(..) => None,
        }
    };
    chart.categories.iter().map(unit).collect()
}

/// Writer of candidates, the preferred first.
struct Writer<'a> {
    style: &'a ChartStyle<'a>,
    paragraph: &'a ParagraphStyle,
    points: &'a TimePoints<'a>,
    /// The units of all categories. Empty where one is a span, or about.
    units: &'a [CalendarUnit],
    /// The points are columns: the dates of emphasized ones stand out.
    columns: bool,
}

impl Writer<'_> {
    fn language(&self) -> Language {
        self.points.chart.language
    }

    /// Sets of labels that serve the axis, from the one that says most to the one that needs least room.
    fn candidates(&self) -> Vec<Candidate> {
        let each = if self.columns { 1.0 } else { 2.0 };
        let short = || self.each_date(&|_, period| format::short(self.language(), period));
        let mut dates = vec![self.each_date(&|category, _| category.label.clone())];
        if self.units.is_empty() {
            dates.push(short());
            dates.extend(self.in_two_rows());
            let every = |step: usize| (2.0, short().into_iter().step_by(step).collect());
            let dates = dates.into_iter().map(|ticks| (each, ticks));
            return dates.chain(SPAN_STEPS.map(every)).collect();
        }
        if let Some(years) = self.each_year() {
            dates.insert(0, years);
        }
        dates.push(short());
        let dates = dates.into_iter().map(|ticks| (each, ticks));
        let steps = self.calendar_steps().into_iter().map(|ticks| (2.0, ticks));
        dates.chain(steps).collect()
    }

    /// Spans of years in two rows: the first year above the last one. `None` where a period is another one.
    fn in_two_rows(&self) -> Option<Vec<Tick>> {
        let mut ticks = Vec::new();
        let categories = self.points.chart.categories.iter();
        for (index, (category, at)) in categories.zip(self.points.middles).enumerate() {
            let period = category.period.as_ref().filter(|period| !period.about)?;
            let Extent::Span(Some(from @ CalendarUnit::Year(_)), Some(to)) = period.extent else {
                return None;
            };
            let year = |unit| format::part_of_year(self.language(), unit);
            let bold = self.is_bold(index);
            for (row, text) in [format!("{}–", year(from)), year(to)]
                .into_iter()
                .enumerate()
            {
                ticks.push(Tick {
                    bold,
                    ..tick(*at, text, row)
                });
            }
        }
        Some(ticks)
    }

    /// Labels at steps of the calendar, from the finest to the coarsest.
    fn calendar_steps(&self) -> Vec<Vec<Tick>> {
        let mut all = Vec::new();
        if self.is_one_frequency() && self.has_parts() {
            let named = self.units.iter().zip(self.points.middles);
            let parts = named.map(|(unit, at)| (*unit, *at)).collect();
            all.push(self.in_years(parts));
        }
        match self.finest() {
            CalendarUnit::Month(..) => all.push(self.in_years(self.months(3))),
            CalendarUnit::Week(..) | CalendarUnit::Day(_) => {
                let (first, last) = self.days();
                if last - first <= MAX_WEEKLY_DAYS {
                    all.push(self.in_months(1));
                    all.push(self.in_months(7));
                }
                all.extend([1, 3].map(|step| self.in_years(self.months(step))));
            }
            _ => {}
        }
        all.retain(|ticks| {
            ticks.iter().filter(|tick| tick.row == 0).count() <= self.units.len().max(MAX_PARTS)
        });
        all.extend([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map(|step| self.years(step)));
        all.retain(|ticks| !ticks.is_empty());
        all
    }

    /// The date of each category.
    fn each_date(&self, words: &dyn Fn(&Category, &Period) -> String) -> Vec<Tick> {
        let categories = self.points.chart.categories.iter();
        let dates = categories.filter_map(|one| Some(words(one, one.period.as_ref()?)));
        let middles = self.points.middles.iter();
        dates
            .zip(middles)
            .enumerate()
            .map(|(index, (date, at))| Tick {
                bold: self.is_bold(index),
                ..tick(*at, date, 0)
            })
            .collect()
    }

    /// The year of each category, where each lies in a year of its own. `None` elsewhere.
    fn each_year(&self) -> Option<Vec<Tick>> {
        let is_year = |unit: &CalendarUnit| !matches!(unit, CalendarUnit::FiscalYear(..));
        let years: BTreeSet<i32> = self.units.iter().map(|unit| year_of(*unit)).collect();
        let apart = years.len() == self.units.len() && years.len() > 1;
        (apart && self.units.iter().all(is_year)).then(|| {
            let year = |period: &Period| format::year(self.language(), period).unwrap_or_default();
            self.each_date(&|_, period| year(period))
        })
    }

    /// Parts of years, with the name of each year below its first part.
    fn in_years(&self, parts: Vec<(CalendarUnit, f64)>) -> Vec<Tick> {
        if parts.len() > MAX_PARTS {
            return Vec::new();
        }
        let group = |unit: CalendarUnit| {
            let year = CalendarUnit::Year(year_of(unit));
            (unit_key(year), format::part_of_year(self.language(), year))
        };
        self.grouped(
            &parts,
            &|unit| format::part_of_year(self.language(), unit),
            &group,
        )
    }

    /// Every day, or every Monday, with the name of each month below its first day.
    fn in_months(&self, step: i64) -> Vec<Tick> {
        let (first, last) = self.days();
        let is_tick = |day: &i64| step == 1 || (day + 3).rem_euclid(7) == 0;
        let days = (first..=last).filter(is_tick).map(Date::from_days);
        let days: Vec<(CalendarUnit, f64)> = days
            .map(CalendarUnit::Day)
            .map(|unit| (unit, self.at(unit)))
            .collect();
        let day = |unit: CalendarUnit| match unit {
            CalendarUnit::Day(date) => format::day_of_month(self.language(), date),
            other => format::part_of_year(self.language(), other),
        };
        let group = |unit: CalendarUnit| {
            let month = match unit {
                CalendarUnit::Day(date) => CalendarUnit::Month(date.year, date.month),
                other => other,
            };
            let name = format::period(self.language(), &Period::unit(month));
            (unit_key(month), name)
        };
        self.grouped(&days, &day, &group)
    }

    /// Labels in two rows: `name` for each unit, and below the first unit of each group the name of the group.
    fn grouped(
        &self,
        units: &[(CalendarUnit, f64)],
        name: &dyn Fn(CalendarUnit) -> String,
        group: &dyn Fn(CalendarUnit) -> (i64, String),
    ) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut last = None;
        for (unit, at) in units {
            ticks.push(Tick {
                bold: self.bold_at(*at),
                ..tick(*at, name(*unit), 0)
            });
            let (key, words) = group(*unit);
            if last != Some(key) {
                ticks.push(tick(*at, words, 1));
                last = Some(key);
            }
        }
        ticks
    }

    /// Every third month from January, or every month, of the time that the axis shows.
    fn months(&self, step: u8) -> Vec<(CalendarUnit, f64)> {
        let (first, last) = self.years_shown();
        let count = usize::try_from(last - first).map_or(0, |years| years + 1);
        // Far more than an axis of months can hold.
        if count > MAX_PARTS {
            return Vec::new();
        }
        let months = (first..=last).flat_map(|year| {
            let months = (1..=12).step_by(usize::from(step));
            months.map(move |month| CalendarUnit::Month(year, month))
        });
        self.shown(months)
    }

    /// Every year that is a multiple of a step.
    fn years(&self, step: i32) -> Vec<Tick> {
        let (first, last) = self.years_shown();
        let years = (first..=last).filter(|year| year.rem_euclid(step) == 0);
        let fiscal = self.fiscal_month();
        let unit = |year: i32| match fiscal {
            Some(month) => CalendarUnit::FiscalYear(year, month),
            None => CalendarUnit::Year(year),
        };
        let shown = self.shown(years.map(unit));
        let named = shown.into_iter().map(|(unit, at)| {
            let words = format::part_of_year(self.language(), unit);
            tick(at, words, 0)
        });
        self.with_emphasized(named.collect())
    }

    /// The units that stand on the axis, between its first and its last point.
    fn shown(&self, units: impl Iterator<Item = CalendarUnit>) -> Vec<(CalendarUnit, f64)> {
        let middles = self.points.middles;
        let (first, last) = middles
            .iter()
            .fold((f64::MAX, f64::MIN), |(low, high), at| {
                (low.min(*at), high.max(*at))
            });
        units
            .map(|unit| (unit, self.at(unit)))
            .filter(|(_, at)| first - 0.5 <= *at && *at <= last + 0.5)
            .collect()
    }

    /// Point of a unit: the middle of the first part in it that the axis could have a value for. January stands for a year
    /// among months.
    fn at(&self, unit: CalendarUnit) -> f64 {
        let grain = self.points.axis.grain;
        let (begin, end) = match (grain, unit) {
            (Grain::Day, _) => (Grain::Day.span(unit).0, Grain::Day.span(unit).0 + 1.0),
            (Grain::Month, _) => Grain::Month.span(unit),
        };
        let (from, to) = grain.span(self.finest());
        let length = (end - begin).min(to - from);
        (self.points.map)(begin + length / 2.0)
    }

    /// Labels of years with the dates of emphasized points among them. A year that a date would touch goes.
    fn with_emphasized(&self, mut ticks: Vec<Tick>) -> Vec<Tick> {
        let own: Vec<Tick> = self
            .each_date(&|_, period| format::short(self.language(), period))
            .into_iter()
            .filter(|tick| tick.bold)
            .collect();
        if own.len() > MAX_EMPHASIZED {
            return ticks;
        }
        let em = self.paragraph.text.size;
        // Half of a digit, which few letters of a date are wider than.
        let half = |tick: &Tick| 0.32 * em * tick.text.chars().count() as f64;
        for date in own {
            let needed = |other: &Tick| half(other) + half(&date) + 2.0 * self.style.tokens.gap;
            ticks.retain(|other| other.bold || (other.at - date.at).abs() >= needed(other));
            ticks.push(date);
        }
        ticks
    }

    fn is_bold(&self, category: usize) -> bool {
        self.columns && is_emphasized(self.points.chart, category)
    }

    /// True where an emphasized category stands at a point.
    fn bold_at(&self, at: f64) -> bool {
        let mut middles = self.points.middles.iter().enumerate();
        middles.any(|(index, middle)| (middle - at).abs() < 1e-6 && self.is_bold(index))
    }

    /// The shortest unit of the axis.
    fn finest(&self) -> CalendarUnit {
        let length = |unit: &&CalendarUnit| {
            let (first, last) = unit.days();
            // A month is a month, whether it has 28 days or 31.
            (last - first + 1) / 28
        };
        let day = |unit: &&CalendarUnit| unit.days().1 - unit.days().0;
        let shortest = self
            .units
            .iter()
            .min_by_key(|unit| (length(unit), day(unit)));
        shortest.copied().unwrap_or(CalendarUnit::Year(1))
    }

    fn is_one_frequency(&self) -> bool {
        let mut pairs = self.units.windows(2);
        pairs.all(|pair| pair[0].frequency() == pair[1].frequency())
    }

    /// True for units that are parts of a year.
    fn has_parts(&self) -> bool {
        !matches!(
            self.finest(),
            CalendarUnit::Year(_) | CalendarUnit::FiscalYear(..)
        )
    }

    /// First month of the fiscal years, where all units are fiscal years of one kind.
    fn fiscal_month(&self) -> Option<u8> {
        let month = |unit: &CalendarUnit| match unit {
            CalendarUnit::FiscalYear(_, month) => Some(*month),
            _ => None,
        };
        let first = month(self.units.first()?)?;
        let mut units = self.units.iter();
        units
            .all(|unit| month(unit) == Some(first))
            .then_some(first)
    }

    /// First and last day of all units.
    fn days(&self) -> (i64, i64) {
        let days = self.units.iter().map(|unit| unit.days());
        days.fold((i64::MAX, i64::MIN), |(first, last), (from, to)| {
            (first.min(from), last.max(to))
        })
    }

    fn years_shown(&self) -> (i32, i32) {
        let years = self.units.iter().map(|unit| year_of(*unit));
        let (first, last) = years.fold((i32::MAX, i32::MIN), |(first, last), year| {
            (first.min(year), last.max(year))
        });
        (first, last)
    }

    /// Shaped labels, and whether no two of a row touch with `white` gaps between them. A name of a group that would touch the next one goes: the next one
    /// has its beginning in sight.
    fn shaped(&self, ticks: &[Tick], white: f64) -> Result<(bool, Vec<Shaped>), MissingGlyph> {
        let gap = white * self.style.tokens.gap;
        let least = 0.3 * self.paragraph.text.size;
        // Shaping many texts is slow, and so many never fit.
        if ticks.len() as f64 * least > self.points.width {
            return Ok((false, Vec::new()));
        }
        let mut rows: [Vec<(f64, TextBlock)>; 2] = [Vec::new(), Vec::new()];
        for tick in ticks {
            let paragraph = self.paragraph.bold_if(tick.bold);
            let text = TextBlock::single(self.style, &tick.text, &paragraph)?;
            let half = text.width / 2.0;
            let at = tick.at.min(self.points.width - half).max(half);
            rows[tick.row.min(1)].push((at, text));
        }
        let touches = |a: &(f64, TextBlock), b: &(f64, TextBlock)| {
            b.0 - a.0 < (a.1.width + b.1.width) / 2.0 + gap
        };
        for row in &mut rows {
            row.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        let [parts, groups] = rows;
        let fits = !parts.windows(2).any(|pair| touches(&pair[0], &pair[1]));
        let mut named: Vec<(f64, TextBlock)> = Vec::new();
        for group in groups {
            while named.last().is_some_and(|last| touches(last, &group)) {
                named.pop();
            }
            named.push(group);
        }
        let parts = parts.into_iter().map(|(at, text)| (at, 0, text));
        let named = named.into_iter().map(|(at, text)| (at, 1, text));
        Ok((fits, parts.chain(named).collect()))
    }
}

fn tick(at: f64, text: String, row: usize) -> Tick {
    Tick {
        at,
        text,
        row,
        bold: false,
    }
}

/// Year in which a unit lies. A fiscal year lies in the year of its name.
fn year_of(unit: CalendarUnit) -> i32 {
    match unit {
        CalendarUnit::Year(year)
        | CalendarUnit::FiscalYear(year, _)
        | CalendarUnit::Half(year, _)
        | CalendarUnit::Quarter(year, _)
        | CalendarUnit::Month(year, _)
        | CalendarUnit::Week(year, _) => year,
        CalendarUnit::Day(date) => date.year,
    }
}

/// Key that tells years and months from each other.
fn unit_key(unit: CalendarUnit) -> i64 {
    crate::scale::time::ordinal(unit)
}
