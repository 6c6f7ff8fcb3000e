//! How each kind of text on a page is set: theme tokens put together.

use exhibit_core::Facts;
use exhibit_core::facts::{Fact, FactId};
use exhibit_core::format::{Words, colon, comma, words};
use exhibit_scene::{Color, Fonts, TextStyle, Theme, Weight};

use crate::region::text_region;

/// What every block is set from. Nothing in it changes while a document is composed.
pub(crate) struct PageStyle<'a> {
    /// The facts.
    pub(crate) facts: &'a Facts,
    /// The look.
    pub(crate) theme: &'a Theme,
    /// The faces.
    pub(crate) fonts: &'a Fonts,
    /// Fixed words of the document's language.
    pub(crate) words: Words,
    /// Tag of that language.
    lang: &'static str,
    /// Number of each fact in the register, from 1; none for a fact that the document does not show.
    register_numbers: Vec<Option<usize>>,
}

/// A style and the distance of its lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParagraphStyle {
    /// How the text is set.
    pub(crate) text: TextStyle,
    /// From baseline to baseline.
    pub(crate) leading: f64,
}

impl<'a> PageStyle<'a> {
    /// A styles of a document.
    pub(crate) fn new(facts: &'a Facts, theme: &'a Theme, fonts: &'a Fonts) -> Self {
        let mut register_numbers = vec![None; facts.facts.len()];
        for (index, entry) in facts.register.iter().enumerate() {
            register_numbers[entry.fact.0] = Some(index + 1);
        }
        let language = facts.meta.language;
        Self {
            facts,
            theme,
            fonts,
            words: words(language),
            lang: language.tag(),
            register_numbers,
        }
    }

    /// Number of a fact in the register, from 1; none for a fact that the document does not show.
    pub(crate) fn register_number(&self, fact: FactId) -> Option<usize> {
        self.register_numbers[fact.0]
    }

    /// What a fact is, for whoever hears a link to it: what it is for, and its value.
    pub(crate) fn fact_description(&self, fact: FactId) -> String {
        let fact = &self.facts.facts[fact.0];
        format!(
            "{}{}{}",
            self.fact_label(fact),
            self.colon(),
            fact.forms.label
        )
    }

    /// What a fact is for: label, period, and what tells it from others of its metric.
    pub(crate) fn fact_label(&self, fact: &Fact) -> String {
        let mut parts = vec![
            self.facts.metrics[fact.metric.0].label.as_str(),
            fact.at_text.as_str(),
        ];
        parts.extend(fact.dimensions.values().map(String::as_str));
        parts.join(self.comma())
    }

    /// A comma, and what stands after it.
    pub(crate) fn comma(&self) -> &'static str {
        comma(self.facts.meta.language)
    }

    /// A colon, and what stands after it.
    pub(crate) fn colon(&self) -> &'static str {
        colon(self.facts.meta.language)
    }

    /// Width between the margins.
    pub(crate) fn width(&self) -> f64 {
        text_region(self.theme).size.width
    }

    /// Widest text, where `width` is at hand.
    pub(crate) fn measure(&self, width: f64) -> f64 {
        self.theme.page.measure.min(width)
    }

    fn plain(&self, size: f64, leading: f64, color: Color) -> ParagraphStyle {
        let text = TextStyle {
            lang: self.lang,
            color,
            ..self.theme.text(size)
        };
        ParagraphStyle { text, leading }
    }

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

    /// Small text in ink: notes, table cells.
    pub(crate) fn small(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.small, page.small_leading, self.theme.colors.ink)
    }

    /// The register's text.
    pub(crate) fn fine(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.fine, page.fine_leading, self.theme.colors.ink)
    }

    /// Small text in grey.
    pub(crate) fn quiet(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.small, page.small_leading, self.theme.colors.grey)
    }

    /// Small text, semibold, in a colour.
    pub(crate) fn label(&self, color: Color) -> ParagraphStyle {
        let page = &self.theme.page;
        Self::with_weight(
            self.plain(page.small, page.small_leading, color),
            Weight::SemiBold,
            0.0,
        )
    }

    /// The line above the title.
    pub(crate) fn kicker(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        let plain = self.plain(
            page.small,
            page.small_leading,
            self.theme.colors.accent_text,
        );
        Self::with_weight(plain, Weight::SemiBold, page.kicker_tracking)
    }

    /// The title.
    pub(crate) fn title(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        let plain = self.plain(page.title, page.title_leading, self.theme.colors.ink);
        Self::with_weight(plain, Weight::Bold, page.title_tracking)
    }

    /// The sentence under the title.
    pub(crate) fn deck(&self) -> ParagraphStyle {
        let page = &self.theme.page;
        self.plain(page.deck, page.deck_leading, self.theme.colors.grey)
    }

    /// A heading of level 1 or 2.
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

    /// The number of a key figure.
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

    /// The raised number behind a fact.
    pub(crate) fn fact_marker(&self) -> TextStyle {
        let page = &self.theme.page;
        self.plain(page.mark, page.small_leading, self.theme.colors.grey)
            .text
    }

    /// The raised number of a note.
    pub(crate) fn note_marker(&self) -> TextStyle {
        let page = &self.theme.page;
        let plain = self.plain(
            page.note_mark,
            page.small_leading,
            self.theme.colors.accent_text,
        );
        Self::with_weight(plain, Weight::SemiBold, 0.0).text
    }

    /// Distance of the baseline from the top of a line, with the face's height centred in the leading.
    pub(crate) fn baseline(&self, style: &ParagraphStyle) -> f64 {
        let metrics = self.fonts.metrics(&style.text);
        let (ascent, descent) = (
            metrics.ascent * style.text.size,
            metrics.descent * style.text.size,
        );
        (style.leading - ascent - descent) / 2.0 + ascent
    }
}
