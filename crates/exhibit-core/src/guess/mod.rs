//! A first data set and brief for a file of rows: which columns are periods, numbers and names, and a chart that fits.
//!
//! Everything is a guess, and says so in a comment. What cannot be guessed stands in the list of what is to be settled.

mod column;
mod draft;
mod file;
mod write;
mod yaml;

pub use draft::{FirstDraft, Reopen};

/// An empty brief and data set, whose comments say what goes where.
///
/// ```
/// let blank = exhibit_core::guess::blank();
/// let done = exhibit_core::compile("brief.yaml", &blank.brief, &mut |name| Ok((name.to_owned(), blank.data.clone())));
/// assert!(done.report.is_empty(), "{:?}", done.report);
/// ```
#[must_use]
pub fn blank() -> FirstDraft {
    FirstDraft {
        data: include_str!("../../built-in/blank/data.yaml").to_owned(),
        brief: include_str!("../../built-in/blank/brief.yaml").to_owned(),
        settle: Vec::new(),
    }
}

/// Guesses a data set and a brief for a file. `file` is its name as seen from the folder of the brief.
///
/// # Errors
/// Why the file cannot be read as rows, as words that follow "cannot be read: ".
///
/// ```
/// use exhibit_core::guess::first_draft;
/// let rows = "Year,Region,Visitors\n2022,North,120\n2022,South,80\n2023,North,130\n2023,South,95\n";
/// let draft = first_draft("visitors.csv", &mut || Ok(Box::new(rows.as_bytes()))).unwrap();
/// assert!(draft.data.contains("at: \"Year\""), "{}", draft.data);
/// assert!(draft.brief.contains("of: visitors"), "{}", draft.brief);
/// ```
pub fn first_draft(file: &str, open: &mut Reopen<'_>) -> Result<FirstDraft, String> {
    let found = file::read(file, open)?;
    let columns = column::columns(&found.sample);
    Ok(write::draft(file, &found, &columns))
}
