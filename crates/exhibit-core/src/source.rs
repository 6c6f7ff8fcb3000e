//! Input files held in memory, and where a byte stands in them.

use exhibit_facts::span::Span;

/// The files of one compilation, in order of reading.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

/// One input file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name as the user knows it.
    pub name: String,
    /// Its text.
    pub text: String,
    lines: Vec<usize>,
}

/// A place for people: both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl SourceMap {
    /// Adds a file and gives its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        let text = text.into();
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        self.files.push(SourceFile {
            name: name.into(),
            text,
            lines,
        });
        u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files")
    }

    /// A file by number.
    #[must_use]
    pub fn file(&self, number: u32) -> &SourceFile {
        &self.files[number as usize]
    }

    /// All files, in order of reading.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The text that a span covers.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.file(span.file).text[span.start as usize..span.end as usize]
    }
}

impl SourceFile {
    /// Line and column of a byte.
    #[must_use]
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let byte = (byte as usize).min(self.text.len());
        let line = self.lines.partition_point(|&start| start <= byte);
        let column = self.text[self.lines[line - 1]..byte].chars().count() + 1;
        LineColumn { line, column }
    }

    /// The text of a line, counted from 1, without its end.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let start = self.lines[line - 1];
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }
}
