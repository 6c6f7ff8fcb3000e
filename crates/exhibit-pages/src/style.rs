//! Styles of every text on a page, put together from the theme.

use std::collections::BTreeSet;

use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Fact, FactId};
use exhibit_facts::format::{Words, colon, comma, words};
use exhibit_scene::{Color, Fonts, TextStyle, Theme, Weight};

use crate::region::text_region;

/// What every block needs for its setting: facts, theme, faces, words. Nothing in it changes during composition.
pub(crate) struct PageStyle<'a> {
    /// Facts of the document.
    pub(crate) facts: &'a Facts,
    /// Theme of the document.
    pub(crate) theme: &'a Theme,
    /// Faces.
    pub(crate) fonts: &'a Fonts,
    /// Fixed words in the language of the document.
    pub(crate) words: Words,
    /// BCP 47 tag of the language of the document.
    lang: &'static str,
    /// Row of each fact in the register, from 1. None for a fact that the document does not show.
    register_numbers: Vec<Option<usize>>,
    /// Rows of the register that several facts share.
    series: BTreeSet<usize>,
}

/// Style of a paragraph: the style of its text, and its leading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParagraphStyle {
    /// Style of the text.
    pub(crate) text: TextStyle,
    /// Distance from baseline to baseline, in points.
    pub(crate) leading: f64,
}

impl<'a> PageStyle<'a> {
    /// Styles of a document.
    pub(crate) fn new(facts: &'a Facts, theme: &'a Theme, fonts: &'a Fonts) -> Self {
        let mut register_numbers = vec![None; facts.facts.len()];
        let mut rows = BTreeSet::new();
        let mut series = BTreeSet::new();
        for entry in &facts.register {
            register_numbers[entry.fact.0] = Some(entry.row);
            if !rows.insert(entry.row) {
                series.insert(entry.row);
            }
        }
        let language = facts.meta.language;
        Self {
            facts,
            theme,
            fonts,
            words: words(language),
            lang: language.tag(),
            register_numbers,
            series,
        }
    }

    /// Register number of a fact, from 1: its row, which facts of one series share. None for a fact that the document
    /// does not show.
    pub(crate) fn register_number(&self, fact: FactId) -> Option<usize> {
        self.register_numbers[fact.0]
    }

    /// True for a row of the register that several facts share.
    pub(crate) fn is_series(&self, row: usize) -> bool {
        self.series.contains(&row)
    }

    /// Description of a link to a fact, for a screen reader: label and value.
    pub(crate) fn fact_description(&self, fact: FactId) -> String {
        let fact = &self.facts.facts[fact.0];
        format!(
            "{}{}{}",
            self.fact_label(fact),
            self.colon(),
            fact.forms.label
        )
    }

    /// Label of a fact: label of its metric, period, dimensions.
    pub(crate) fn fact_label(&self, fact: &Fact) -> String {
        let metric = &self.facts.metrics[fact.metric.0];
        let mut parts = vec![metric.label.as_str(), fact.at_text.as_str()];
        let values = fact.dimensions.iter();
        parts.extend(values.map(|(name, value)| metric.value_label(name, value)));
        parts.join(self.comma())
    }

    /// Comma of the language, with the space behind it.
    pub(crate) fn comma(&self) -> &'static str {
        comma(self.facts.meta.language)
    }

    /// Colon of the language, with the space behind it.
    pub(crate) fn colon(&self) -> &'static str {
        colon(self.facts.meta.language)
    }

    /// Width of the text area, in points.
    pub(crate) fn width(&self) -> f64 {
        text_region(self.theme).size.width
    }

    /// Width of text where `width` points are free: at most the measure.
    pub(crate) fn measure(&self, width: f64) -> f64 {
        self.theme.page.measure.min(width)
    }

    /// Regular text of the document: size and leading in points.
    fn plain(&self, size: f64, leading: f64, color: Color) -> ParagraphStyle {
        let text = TextStyle {
            lang: self.lang,
            color,
            ..self.theme.text(size)
        };
        ParagraphStyle { text, leading }
    }

    /// The same style in another weight and tracking, the tracking in em.
    fn with_weight(mut style: ParagraphStyle, weight: Weight, tracking: f64) -> ParagraphStyle {
        style.text.weight = weight;
        style.text.tracking = tracking;
        style
    }

    /// Running text.
    pub(crate) fn body(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.body, page.body_leading, self.theme.colors.ink)
    }

    /// Small text in ink: notes, sources.
    pub(crate) fn small(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.small, page.small_leading, self.theme.colors.ink)
    }

    /// Text of the register.
    pub(crate) fn fine(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.fine, page.fine_leading, self.theme.colors.ink)
    }

    /// Small text in grey.
    pub(crate) fn quiet(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.small, page.small_leading, self.theme.colors.grey)
    }

    /// Small semibold text in a colour.
    pub(crate) fn label(&self, color: Color) -> ParagraphStyle {
        let page = &self.theme.page;
        Self::with_weight(
            self.plain(page.small, page.small_leading, color),
            Weight::SemiBold,
            0.0,
        )
    }

    /// Line above the title.
    pub(crate) fn kicker(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        let plain = self.plain(
            page.small,
            page.small_leading,
            self.theme.colors.accent_text,
        );
        Self::with_weight(plain, Weight::SemiBold, page.kicker_tracking)
    }

    /// Title of the document.
    pub(crate) fn title(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        let plain = self.plain(page.title, page.title_leading, self.theme.colors.ink);
        Self::with_weight(plain, Weight::Bold, page.title_tracking)
    }

    /// Sentence below the title.
    pub(crate) fn deck(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.deck, page.deck_leading, self.theme.colors.grey)
    }

    /// Heading of level 1 or 2.
    pub(crate) fn heading(&self, level: u8) -> ParagraphStyle {
        let page = &self.theme.page;
        let ink = self.theme.colors.ink;
        let plain = if level == 1 {
            self.plain(page.h1, page.h1_leading, ink)
        } else {
            self.plain(page.h2, page.h2_leading, ink)
        };
        Self::with_weight(plain, Weight::SemiBold, page.heading_tracking)
    }

    /// Number of a key figure.
    pub(crate) fn key_figure(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        let plain = self.plain(
            page.key_figure,
            page.key_figure_leading,
            self.theme.colors.ink,
        );
        Self::with_weight(plain, Weight::SemiBold, page.title_tracking)
    }

    /// Running head and folio.
    pub(crate) fn furniture(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.furniture, page.small_leading, self.theme.colors.grey)
    }

    /// Raised register number behind a fact.
    pub(crate) fn fact_marker(&self) -> TextStyle {
        let page = &self.theme.page;
        self.plain(page.mark, page.small_leading, self.theme.colors.grey)
            .text
    }

    /// Raised letter of a note.
    pub(crate) fn note_marker(&self) -> TextStyle {
        let page = &self.theme.page;
        let plain = self.plain(
            page.note_mark,
            page.small_leading,
            self.theme.colors.accent_text,
        );
        Self::with_weight(plain, Weight::SemiBold, 0.0).text
    }

    /// Distance from the top of a line to its baseline, in points. The face stands in the middle of the leading.
    pub(crate) fn baseline(&self, style: &ParagraphStyle) -> f64 {
        let metrics = self.fonts.metrics(&style.text);
        let (ascent, descent) = (
            metrics.ascent * style.text.size,
            metrics.descent * style.text.size,
        );
        (style.leading - ascent - descent) / 2.0 + ascent
    }
}
