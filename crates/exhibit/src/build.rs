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

    /// Adds a finding for each character of the brief and its data that no face has. Done once.
    pub fn check_glyphs(&mut self, fonts: &Fonts) {
        if !self.glyphs_checked {
            self.glyphs_checked = true;
            glyphs::check(fonts, &mut self.compilation);
        }
    }

    /// Draws what is selected, to be exported afterwards. `observe` is told of each exhibit that is done.
    ///
    /// # Errors
    /// When the selection names an exhibit that there is not, or an error was found, before or by drawing.
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

    /// Exports what was drawn by [`Brief::draw`] with the same selection. Pictures are gone afterwards. `observe` is told of each file that takes time.
    ///
    /// # Panics
    /// When a picture that was just written cannot be read back: a fault of this library, not of the input.
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

    /// Composes the brief's document, without its pictures.
    ///
    /// # Errors
    /// When an error was found, before or by drawing.
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
