//! What of a brief is built.

use std::fmt;

use exhibit_facts::facts::Facts;

/// What an exhibit is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Medium {
    /// A page, or a picture beside text.
    Page,
    /// A slide of 960 x 540 points.
    Slide,
}

/// Which files of a brief are built.
///
/// ```
/// use exhibit::Selection;
/// let charts = Selection::svg().only(["deliveries"]);
/// assert!(charts.svg && !charts.pdf);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// The PDF. It holds every exhibit, whichever are selected.
    pub pdf: bool,
    /// Charts and slides as SVG.
    pub svg: bool,
    /// Charts and slides as PNG.
    pub png: bool,
    /// Ids of the exhibits whose pictures are built; `None` for all.
    pub exhibits: Option<Vec<String>>,
}

impl Selection {
    /// Everything that a brief gives.
    ///
    /// ```
    /// let all = exhibit::Selection::all();
    /// assert!(all.pdf && all.svg && all.png);
    /// assert_eq!(all.exhibits, None);
    /// ```
    #[must_use]
    pub const fn all() -> Self {
        Self {
            pdf: true,
            svg: true,
            png: true,
            exhibits: None,
        }
    }

    /// No file; to switch single formats on.
    ///
    /// ```
    /// let mut selection = exhibit::Selection::none();
    /// assert!(!(selection.pdf || selection.svg || selection.png));
    /// selection.pdf = true;
    /// assert_eq!(selection, exhibit::Selection::pdf());
    /// ```
    #[must_use]
    pub const fn none() -> Self {
        Self {
            pdf: false,
            svg: false,
            png: false,
            exhibits: None,
        }
    }

    /// The PDF alone.
    ///
    /// ```
    /// let selection = exhibit::Selection::pdf();
    /// assert_eq!((selection.pdf, selection.svg, selection.png), (true, false, false));
    /// ```
    #[must_use]
    pub fn pdf() -> Self {
        Self {
            pdf: true,
            ..Self::none()
        }
    }

    /// Charts and slides as SVG.
    ///
    /// ```
    /// let selection = exhibit::Selection::svg();
    /// assert_eq!((selection.pdf, selection.svg, selection.png), (false, true, false));
    /// ```
    #[must_use]
    pub fn svg() -> Self {
        Self {
            svg: true,
            ..Self::none()
        }
    }

    /// Charts and slides as PNG: 3 pixels a point for pages and 2 for slides, fewer for a very large picture.
    ///
    /// ```
    /// let selection = exhibit::Selection::png();
    /// assert_eq!((selection.pdf, selection.svg, selection.png), (false, false, true));
    /// ```
    #[must_use]
    pub fn png() -> Self {
        Self {
            png: true,
            ..Self::none()
        }
    }

    /// The pictures of these exhibits alone, by id. An id that the brief lacks is an error of [`Brief::draw`](crate::Brief::draw). The PDF
    /// keeps every exhibit.
    ///
    /// ```
    /// let selection = exhibit::Selection::all().only(["deliveries", "value"]);
    /// assert_eq!(selection.exhibits.unwrap(), ["deliveries", "value"]);
    /// assert!(selection.pdf);
    /// ```
    #[must_use]
    pub fn only<I: Into<String>>(mut self, exhibits: impl IntoIterator<Item = I>) -> Self {
        self.exhibits = Some(exhibits.into_iter().map(Into::into).collect());
        self
    }

    /// Indices of the exhibits that are selected, in the order of their numbers.
    ///
    /// # Errors
    /// [`DrawError::UnknownExhibit`] with the first id that the brief does not have.
    pub(crate) fn indices(&self, facts: &Facts) -> Result<Vec<usize>, DrawError> {
        let Some(ids) = &self.exhibits else {
            return Ok((0..facts.exhibits.len()).collect());
        };
        let mut indices = ids
            .iter()
            .map(|id| Self::index(facts, id))
            .collect::<Result<Vec<usize>, DrawError>>()?;
        indices.sort_unstable();
        indices.dedup();
        Ok(indices)
    }

    /// Index of an exhibit.
    ///
    /// # Errors
    /// [`DrawError::UnknownExhibit`].
    pub(crate) fn index(facts: &Facts, id: &str) -> Result<usize, DrawError> {
        let found = facts.exhibits.iter().position(|exhibit| exhibit.id == id);
        found.ok_or_else(|| DrawError::UnknownExhibit(id.to_owned()))
    }
}

/// Why nothing was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawError {
    /// The brief or its data have errors; [`Brief::report`](crate::Brief::report) has them.
    Findings,
    /// The brief has no exhibit of this id.
    UnknownExhibit(String),
    /// The brief says `slide: false` for this exhibit.
    NoSlide(String),
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Findings => f.write_str("the brief or its data have errors"),
            Self::UnknownExhibit(id) => write!(f, "the brief has no exhibit `{id}`"),
            Self::NoSlide(id) => write!(f, "exhibit `{id}` has no slide"),
        }
    }
}

impl std::error::Error for DrawError {}
