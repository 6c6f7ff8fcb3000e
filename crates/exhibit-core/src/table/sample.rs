//! The first rows of a file, all columns of them: what a first data set is guessed from.

use super::error::{Head, Sink, TableError};
use crate::model::{BookModel, Dialect, Format};

/// The head of a file, and its first rows.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    /// The names of the columns, each of which stands once.
    pub names: Vec<String>,
    /// The cells of the first rows; empty where there is none.
    pub rows: Vec<Vec<String>>,
    /// The file has more rows.
    pub more: bool,
    /// Most rows.
    limit: usize,
    /// A row of names must have at least so many.
    least: usize,
}

/// Reads the head and the first rows of a file.
///
/// # Errors
/// The first fault of the file, so read.
pub(crate) fn sample(
    format: Format,
    dialect: &Dialect,
    book: &BookModel,
    input: Box<dyn std::io::Read + '_>,
    limit: usize,
) -> Result<Sample, TableError> {
    let mut sample = Sample {
        limit,
        least: if format == Format::Book { 2 } else { 1 },
        ..Sample::default()
    };
    super::rows::rows(format, dialect, book, input, &mut sample).0?;
    Ok(sample)
}

impl Sink for Sample {
    fn head(&mut self, head: &Head<'_>) -> Result<Vec<String>, TableError> {
        let named: Vec<&str> = head
            .names
            .iter()
            .copied()
            .filter(|name| !name.is_empty())
            .collect();
        let once = |name: &&str| named.iter().filter(|other| other == &name).count() == 1;
        if named.len() < self.least || !named.iter().all(once) {
            return Err(TableError::whole(
                "no row has a name of its own for every column",
                "write a head with one name for each column",
            ));
        }
        self.names = named.iter().map(|name| (*name).to_owned()).collect();
        Ok(self.names.clone())
    }

    fn row(&mut self, _: u64, cells: &[Option<&str>]) -> Result<(), TableError> {
        if self.rows.len() == self.limit {
            self.more = true;
            return Ok(());
        }
        let text = |cell: &Option<&str>| cell.unwrap_or("").trim().to_owned();
        self.rows.push(cells.iter().map(text).collect());
        Ok(())
    }

    fn is_number(&self, _: usize) -> bool {
        false
    }
}
