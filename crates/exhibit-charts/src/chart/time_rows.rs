//! Rows of a chart, in one column or in two: one below the other, with a free row where periods are missing.

use exhibit_facts::facts::Category;
use exhibit_scene::{Fill, Item, Path, Point};

use super::stretches::gaps;
use crate::draw::Canvas;
use crate::scale::Bands;
use crate::style::ChartStyle;

/// Dots of the sign for left-out time.
const BREAK_DOTS: i32 = 3;

/// Places of rows. A row that names a period is no neighbour of one years before it: a free row parts them.
pub(super) struct RowPlaces {
    /// Row of each category within its column.
    rows: Vec<usize>,
    /// Number of categories in a column; the last column may have fewer.
    each: usize,
    /// Free rows of each column.
    free: Vec<Vec<usize>>,
    /// Number of rows of the longest column.
    pub(super) longest: usize,
}

impl RowPlaces {
    /// Places in `columns` columns, 1 or 2.
    pub(super) fn new(categories: &[Category], columns: usize) -> Self {
        let each = categories.len().div_ceil(columns);
        let gaps = gaps_in_time(categories);
        let mut places = Self {
            rows: Vec::new(),
            each,
            free: vec![Vec::new(); columns],
            longest: 0,
        };
        for index in 0..categories.len() {
            let (column, first) = (index / each, index.is_multiple_of(each));
            let mut row = if first { 0 } else { places.rows[index - 1] + 1 };
            if !first && gaps[index - 1] {
                places.free[column].push(row);
                row += 1;
            }
            places.rows.push(row);
            places.longest = places.longest.max(row + 1);
        }
        places
    }

    /// The categories of a column.
    pub(super) fn categories(&self, column: usize) -> std::ops::Range<usize> {
        let end = ((column + 1) * self.each).min(self.rows.len());
        (column * self.each).min(end)..end
    }

    /// The row of a category within its column.
    pub(super) fn row(&self, category: usize) -> usize {
        self.rows[category]
    }

    /// Number of rows of a column, free ones included.
    pub(super) fn height(&self, column: usize) -> usize {
        let last = self.categories(column).last();
        last.map_or(0, |last| self.rows[last] + 1)
    }

    /// Draws the sign for left-out time in the free rows of a column, with its left edge at `x`.
    pub(super) fn draw_breaks(
        &self,
        style: &ChartStyle,
        canvas: &Canvas,
        bands: &Bands,
        column: usize,
        x: f64,
    ) {
        let t = &style.tokens;
        let radius = t.small / 10.0;
        canvas.group("break", || {
            for row in &self.free[column] {
                for dot in 0..BREAK_DOTS {
                    let from_middle = f64::from(dot - BREAK_DOTS / 2);
                    let y = bands.middle(*row) + from_middle * 4.0 * radius;
                    let center = Point::new(x + 2.0 * radius, y);
                    let fill = Some(Fill::Solid(style.colors.grey));
                    let disc = Path::disc(center, radius, fill, None);
                    canvas.item(Point::ZERO, Item::Path(disc));
                }
            }
        });
    }
}

/// True for each pair of neighbours between which periods are missing. Names and unsorted periods have no gaps.
fn gaps_in_time(categories: &[Category]) -> Vec<bool> {
    let none = vec![false; categories.len().saturating_sub(1)];
    let periods = categories.iter().map(|category| category.period.as_ref());
    let Some(order) = periods
        .map(|period| period.map(|period| period.order()))
        .collect::<Option<Vec<_>>>()
    else {
        return none;
    };
    let entries: Vec<usize> = (0..categories.len()).collect();
    let refs: Vec<&Category> = categories.iter().collect();
    if order.is_sorted() {
        return gaps(&refs, &entries);
    }
    if order.is_sorted_by(|a, b| a >= b) {
        // The newest stands first.
        let backwards: Vec<&Category> = refs.into_iter().rev().collect();
        let mut gaps = gaps(&backwards, &entries);
        gaps.reverse();
        return gaps;
    }
    none
}

#[cfg(test)]
mod tests {
    use exhibit_facts::period::Period;

    use super::*;

    fn rows(names: &[&str], columns: usize) -> Vec<usize> {
        let category = |text: &&str| Category {
            label: (*text).to_owned(),
            detail: String::new(),
            period: Period::parse(text),
        };
        let categories: Vec<Category> = names.iter().map(category).collect();
        RowPlaces::new(&categories, columns).rows
    }

    #[test]
    fn missing_years_leave_a_free_row() {
        let years = ["2010", "2011", "2012", "2019", "2023"];
        assert_eq!(rows(&years, 1), [0, 1, 2, 4, 6]);
        let newest_first = ["2023", "2019", "2012", "2011", "2010"];
        assert_eq!(rows(&newest_first, 1), [0, 2, 4, 5, 6]);
        // The second column begins anew.
        assert_eq!(rows(&years, 2), [0, 1, 2, 0, 2]);
    }

    #[test]
    fn names_and_sorted_values_leave_none() {
        assert_eq!(rows(&["A", "B", "C"], 1), [0, 1, 2]);
        assert_eq!(rows(&["2012", "2019", "2010"], 1), [0, 1, 2]);
        assert_eq!(rows(&["1990", "2000", "2010"], 1), [0, 1, 2]);
        assert!(rows(&[], 1).is_empty());
    }
}
