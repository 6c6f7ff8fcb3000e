//! What every chart is set from: tokens, faces, language, and the few kinds of text that a chart has.

use exhibit_core::facts::{Datum, Tone};
use exhibit_core::format::Language;
use exhibit_scene::theme::{ChartTokens, Colors};
use exhibit_scene::{Color, Fonts, TextStyle, Theme, Weight};

/// Look, faces and language of one exhibit. Nothing in it changes while the exhibit is drawn.
#[derive(Clone)]
pub(crate) struct ChartStyle<'a> {
    /// Sizes and gaps: those of a brief or of a slide.
    pub(crate) tokens: ChartTokens,
    /// Colours.
    pub(crate) colors: &'a Colors,
    /// Faces.
    pub(crate) fonts: &'a Fonts,
    /// Language of the exhibit's texts.
    pub(crate) language: Language,
    theme: &'a Theme,
}

/// A style and the distance of its lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParagraphStyle {
    /// How the text is set.
    pub(crate) text: TextStyle,
    /// From baseline to baseline.
    pub(crate) leading: f64,
}

impl ParagraphStyle {
    /// The same text in another colour.
    pub(crate) fn colored(mut self, color: Color) -> Self {
        self.text.color = color;
        self
    }

    /// The same text, semibold.
    pub(crate) fn bold(mut self) -> Self {
        self.text.weight = Weight::SemiBold;
        self
    }

    /// The same text, semibold if `loud`.
    pub(crate) fn bold_if(self, emphasized: bool) -> Self {
        if emphasized { self.bold() } else { self }
    }
}

impl<'a> ChartStyle<'a> {
    pub(crate) fn new(
        theme: &'a Theme,
        tokens: ChartTokens,
        fonts: &'a Fonts,
        language: Language,
    ) -> Self {
        Self {
            tokens,
            colors: &theme.colors,
            fonts,
            language,
            theme,
        }
    }

    fn text(&self, size: f64, leading: f64, color: Color) -> ParagraphStyle {
        let text = TextStyle {
            color,
            lang: self.language.tag(),
            ..self.theme.text(size)
        };
        ParagraphStyle { text, leading }
    }

    /// "Exhibit 3".
    pub(crate) fn kicker(&self) -> ParagraphStyle {
        let t = &self.tokens;
        let mut paragraph = self
            .text(t.kicker, t.small_leading, self.colors.accent_text)
            .bold();
        paragraph.text.tracking = t.tracking;
        paragraph
    }

    /// The finding.
    pub(crate) fn title(&self) -> ParagraphStyle {
        let t = &self.tokens;
        self.text(t.title, t.title_leading, self.colors.ink).bold()
    }

    /// Subtitle, notes, source.
    pub(crate) fn small(&self) -> ParagraphStyle {
        let t = &self.tokens;
        self.text(t.small, t.small_leading, self.colors.grey)
    }

    /// Names of categories, values.
    pub(crate) fn label(&self) -> ParagraphStyle {
        let t = &self.tokens;
        self.text(t.label, t.label_leading, self.colors.ink)
    }

    /// Smaller words below a label.
    pub(crate) fn detail(&self) -> ParagraphStyle {
        self.small()
    }

    /// Numbers of an axis: grey, figures of one width.
    pub(crate) fn tick(&self) -> ParagraphStyle {
        let mut paragraph = self.small();
        paragraph.text.tabular = true;
        paragraph
    }

    /// A big number.
    pub(crate) fn figure(&self) -> ParagraphStyle {
        let size = self.tokens.figure;
        let mut paragraph = self.text(size, size * 27.0 / 22.0, self.colors.ink).bold();
        paragraph.text.tracking = self.theme.page.title_tracking;
        paragraph
    }

    /// Distance of the baseline from the top of a line, the face's height centred in the leading.
    pub(crate) fn baseline(&self, paragraph: &ParagraphStyle) -> f64 {
        let metrics = self.fonts.metrics(&paragraph.text);
        let size = paragraph.text.size;
        (paragraph.leading + (metrics.ascent - metrics.descent) * size) / 2.0
    }

    /// Distance of the baseline below the middle of something beside which one line stands: half the height of capitals and digits.
    pub(crate) fn half_cap(&self, paragraph: &ParagraphStyle) -> f64 {
        self.fonts.metrics(&paragraph.text).cap_height * paragraph.text.size / 2.0
    }

    /// Colour of a mark.
    pub(crate) fn mark_color(&self, role: Tone) -> Color {
        match role {
            Tone::Accent => self.colors.accent,
            Tone::Second => self.colors.second,
            Tone::Third => self.colors.third,
            Tone::Neutral => self.colors.neutral,
        }
    }

    /// Colour of the words beside a mark: the mark's own, dark enough to be read.
    pub(crate) fn text_color(&self, role: Tone) -> Color {
        match role {
            Tone::Accent => self.colors.accent_text,
            Tone::Second => self.colors.second_text,
            Tone::Third => self.colors.third_text,
            Tone::Neutral => self.colors.ink,
        }
    }

    /// A colour as the pale part of a mark.
    pub(crate) fn pale(&self, color: Color) -> Color {
        color.over(self.colors.paper, self.colors.pale)
    }

    /// A colour as the fill of a mark that is estimated or provisional.
    pub(crate) fn tint(&self, color: Color) -> Color {
        color.over(self.colors.paper, self.colors.tint)
    }

    /// Words on top of a fill: paper or ink, whichever stands out more.
    pub(crate) fn text_on(&self, fill: Color) -> Color {
        // Rec. 601 luma: enough to tell dark from light, without a power function.
        let luma = 299 * u32::from(fill.r) + 587 * u32::from(fill.g) + 114 * u32::from(fill.b);
        if luma < 100_000 {
            self.colors.paper
        } else {
            self.colors.ink
        }
    }
}

/// Loudness of one mark: its own, or its series'.
pub(crate) fn color_role(datum: &Datum, series: Tone) -> Tone {
    datum.tone.unwrap_or(series)
}

/// The words beside a mark: its number, with a dagger where sources disagree.
pub(crate) fn value_label(datum: &Datum) -> String {
    if datum.conflict {
        format!("{}\u{202f}†", datum.forms.number)
    } else {
        datum.forms.number.clone()
    }
}
