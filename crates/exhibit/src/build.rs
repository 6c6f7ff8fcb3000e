//! What a brief gives: checks, drawings, finished files.

use std::collections::BTreeSet;

use exhibit_core::diag::{Finding, Report};
use exhibit_scene::{Document, Fonts};

use crate::brief::Brief;
use crate::glyphs;
use crate::outputs::{self, Drawings, Observe, Output};
use crate::select::{DrawError, Medium, Selection};

impl Brief {
    /// Looks for all that is wrong, also for what only drawing finds: characters that no face has, exhibits without room.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Memory};
    /// let text = "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nbody: [{text: No figure.}]\n";
    /// let mut brief = Brief::from_str("b.yaml", text, &Memory::default());
    /// brief.check(&Fonts::builtin());
    /// let finding = brief.report().findings()[0];
    /// assert_eq!(finding.code.as_str(), "unreadable-file");
    /// assert_eq!(brief.sources().slice(finding.span.unwrap()), "d.yaml");
    /// ```
    pub fn check(&mut self, fonts: &Fonts) -> &Report {
        // What stands in the way of drawing is in the report.
        let _ = self.draw(fonts, &Selection::all(), &|_| {});
        self.report()
    }

    /// Adds a finding for each character of the brief and its data that no face has. A second call adds nothing.
    ///
    /// ```
    /// use exhibit::Fonts;
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// use exhibit::diag::Code;
    /// let mut brief = BriefBuilder::new("Thai", "2024-01-31").text("The letter ก.").compile(&DataSet::new());
    /// brief.check_glyphs(&Fonts::builtin());
    /// let finding = brief.report().findings()[0];
    /// assert_eq!(finding.code, Code::MissingGlyph);
    /// assert_eq!(brief.sources().slice(finding.span.unwrap()), "ก");
    /// ```
    pub fn check_glyphs(&mut self, fonts: &Fonts) {
        if !self.glyphs_checked {
            self.glyphs_checked = true;
            glyphs::check(fonts, &mut self.compilation);
        }
    }

    /// Draws what is selected, to be exported afterwards by [`Brief::export`]. `observe` gets the id of each exhibit that is done.
    ///
    /// # Errors
    /// [`DrawError::UnknownExhibit`] when the selection names an exhibit that the brief lacks. [`DrawError::Findings`] when an error was
    /// found, before or by drawing; the [report](Brief::report) has the error.
    ///
    /// ```
    /// use exhibit::{Brief, DrawError, Fonts, Selection};
    /// use std::sync::Mutex;
    /// let (mut brief, fonts) = (Brief::article(), Fonts::builtin());
    /// let drawn = Mutex::new(Vec::new());
    /// let observe = |id: &str| drawn.lock().unwrap().push(id.to_owned());
    /// brief.draw(&fonts, &Selection::svg().only(["value"]), &observe).unwrap();
    /// assert_eq!(drawn.into_inner().unwrap(), ["value"]);
    /// let unknown = brief.draw(&fonts, &Selection::svg().only(["values"]), &|_| {});
    /// assert_eq!(unknown.unwrap_err(), DrawError::UnknownExhibit("values".into()));
    /// ```
    pub fn draw(
        &mut self,
        fonts: &Fonts,
        selection: &Selection,
        observe: &Observe<'_>,
    ) -> Result<Drawings, DrawError> {
        self.check_glyphs(fonts);
        let facts = self.facts().ok_or(DrawError::Findings)?;
        let exhibits = selection.indices(facts)?;
        let drawn = outputs::draw(self, facts, fonts, selection, &exhibits, observe);
        drawn.map_err(|findings| self.refuse(findings))
    }

    /// Builds what is selected: named byte buffers, the PDF first, then each exhibit's pictures.
    ///
    /// # Errors
    /// As [`Brief::draw`].
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Selection};
    /// let mut brief = Brief::article();
    /// let outputs = brief.build(&Fonts::builtin(), &Selection::svg().only(["value"])).unwrap();
    /// let paths: Vec<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    /// assert_eq!(paths, ["charts/value.svg", "charts/value@slide.svg"]);
    /// ```
    pub fn build(
        &mut self,
        fonts: &Fonts,
        selection: &Selection,
    ) -> Result<Vec<Output>, DrawError> {
        let mut drawings = self.draw(fonts, selection, &|_| {})?;
        Ok(self.export(&mut drawings, fonts, selection, &|_| {}))
    }

    /// Exports what [`Brief::draw`] drew with the same selection: the PDF first, then each exhibit's pictures. Afterwards `drawings` holds
    /// no picture. `observe` gets the path of each file that takes time. Empty where the brief has errors.
    ///
    /// # Panics
    /// When a picture that was just written cannot be read back: a fault of this library, not of the input.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Selection};
    /// let (mut brief, fonts, selection) = (Brief::article(), Fonts::builtin(), Selection::svg().only(["value"]));
    /// let mut drawings = brief.draw(&fonts, &selection, &|_| {}).unwrap();
    /// let outputs = brief.export(&mut drawings, &fonts, &selection, &|_| {});
    /// assert_eq!(outputs[1].path, "charts/value@slide.svg");
    /// assert!(outputs[1].bytes.starts_with(b"<svg"));
    /// ```
    pub fn export(
        &self,
        drawings: &mut Drawings,
        fonts: &Fonts,
        selection: &Selection,
        observe: &Observe<'_>,
    ) -> Vec<Output> {
        match self.facts() {
            Some(facts) => outputs::export(drawings, self, facts, fonts, selection, observe),
            None => Vec::new(),
        }
    }

    /// Composes the brief's document: pages in points, structure, outline and attachments. Pictures of single exhibits are not drawn.
    ///
    /// # Errors
    /// [`DrawError::Findings`] when an error was found, before or by drawing; the [report](Brief::report) has the error.
    ///
    /// ```
    /// use exhibit::Fonts;
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// let mut brief = BriefBuilder::new("Nothing", "2024-01-31").text("No figure.").compile(&DataSet::new());
    /// let document = brief.document(&Fonts::builtin()).unwrap();
    /// assert_eq!((document.pages.len(), document.meta.date), (1, (2024, 1, 31)));
    /// ```
    pub fn document(&mut self, fonts: &Fonts) -> Result<Document, DrawError> {
        self.check_glyphs(fonts);
        let facts = self.facts().ok_or(DrawError::Findings)?;
        let composed = outputs::compose(self, facts, fonts);
        composed.map_err(|findings| self.refuse(findings))
    }

    /// Every path that the brief's outputs may have, whatever is selected.
    ///
    /// ```
    /// assert!(exhibit::Brief::article().output_paths().contains("charts/value@slide.png"));
    /// ```
    #[must_use]
    pub fn output_paths(&self) -> BTreeSet<String> {
        self.facts()
            .map_or_else(BTreeSet::new, |facts| outputs::paths(self, facts))
    }

    /// One exhibit as SVG, for the page or as a 16:9 slide. Text is drawn as outlines, so that no font is needed.
    ///
    /// # Errors
    /// When the brief has errors, no exhibit of this id, or no slide of it.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Medium};
    /// let svg = Brief::article().svg("deliveries", Medium::Page, &Fonts::builtin()).unwrap();
    /// assert!(svg.contains("data-fact=\"deliveries@2024-06\""));
    /// ```
    pub fn svg(
        &mut self,
        exhibit: &str,
        medium: Medium,
        fonts: &Fonts,
    ) -> Result<String, DrawError> {
        self.check_glyphs(fonts);
        let facts = self.facts().ok_or(DrawError::Findings)?;
        let index = Selection::index(facts, exhibit)?;
        if medium == Medium::Slide && !facts.exhibits[index].slide {
            return Err(DrawError::NoSlide(exhibit.to_owned()));
        }
        let svg = outputs::svg(facts, index, medium, fonts);
        svg.map_err(|findings| self.refuse(findings))
    }

    /// Adds what drawing found to the report.
    fn refuse(&mut self, findings: Vec<Finding>) -> DrawError {
        for finding in findings {
            self.compilation.report.push(finding);
        }
        DrawError::Findings
    }
}
