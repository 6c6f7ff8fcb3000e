//! Where a thing was written: a file, and bytes in it.

/// A place in one of the input files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Which file, by order of reading.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A part of this span: bytes `start..end` counted from its begin.
    ///
    /// ```
    /// use exhibit_facts::Span;
    /// let line = Span { file: 0, start: 100, end: 120 };
    /// assert_eq!(line.part(4, 7), Span { file: 0, start: 104, end: 107 });
    /// ```
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Self {
        let at = |offset: usize| {
            self.start + u32::try_from(offset).expect("files are smaller than 4 GiB")
        };
        Self {
            file: self.file,
            start: at(start),
            end: at(end),
        }
    }
}
