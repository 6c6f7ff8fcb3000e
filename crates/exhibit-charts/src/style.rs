//! The style of every chart: sizes, colours, faces, language, and the paragraph styles.

use exhibit_facts::facts::{Chart, ChartKind, ColorRole, Datum};
use exhibit_facts::language::Language;
use exhibit_scene::theme::{ChartTokens, Colors};
use exhibit_scene::{Color, Fonts, TextStyle, Theme, Weight};

/// Style of one exhibit. The style stays the same while the exhibit is drawn.
#[derive(Clone)]
pub(crate) struct ChartStyle<'a> {
    /// Sizes and gaps in points, of a brief or of a slide.
    pub(crate) tokens: ChartTokens,
    /// Colours of the theme.
    pub(crate) colors: &'a Colors,
    /// Faces.
    pub(crate) fonts: &'a Fonts,
    /// Language of the exhibit's texts.
    pub(crate) language: Language,
    theme: &'a Theme,
}

/// Look of the marks of a series, which no other series of its chart has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Color role of the series.
    pub(crate) role: ColorRole,
    /// Colour of marks.
    pub(crate) color: Color,
    /// Colour of text beside marks.
    pub(crate) text: Color,
    /// A line of paper runs inside the edge of a mark and along the middle of a line, and a dot is a square.
    pub(crate) inlined: bool,
}

/// A text style and the leading of its lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParagraphStyle {
    /// Face, size, weight and colour.
    pub(crate) text: TextStyle,
    /// Distance from baseline to baseline, in points.
    pub(crate) leading: f64,
}

impl ParagraphStyle {
    /// The same style in another colour.
    pub(crate) fn colored(mut self, color: Color) -> Self {
        self.text.color = color;
        self
    }

    /// The same style, semibold.
    pub(crate) fn bold(mut self) -> Self {
        self.text.weight = Weight::SemiBold;
        self
    }

    /// The same style, semibold where `emphasized`.
    pub(crate) fn bold_if(self, emphasized: bool) -> Self {
        if emphasized { self.bold() } else { self }
    }
}

impl<'a> ChartStyle<'a> {
    /// Style of an exhibit in a language. `tokens` are the sizes of a brief or of a slide.
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

    /// Style of an exhibit's number, such as "Exhibit 3".
    pub(crate) fn kicker(&self) -> ParagraphStyle {
        let t = &self.tokens;
        let mut paragraph = self
            .text(t.kicker, t.small_leading, self.colors.accent_text)
            .bold();
        paragraph.text.tracking = t.tracking;
        paragraph
    }

    /// Style of a title.
    pub(crate) fn title(&self) -> ParagraphStyle {
        let t = &self.tokens;
        self.text(t.title, t.title_leading, self.colors.ink).bold()
    }

    /// Style of subtitle, notes and source.
    pub(crate) fn small(&self) -> ParagraphStyle {
        let t = &self.tokens;
        self.text(t.small, t.small_leading, self.colors.grey)
    }

    /// Style of category names and values.
    pub(crate) fn label(&self) -> ParagraphStyle {
        let t = &self.tokens;
        self.text(t.label, t.label_leading, self.colors.ink)
    }

    /// Style of the detail below a label.
    pub(crate) fn detail(&self) -> ParagraphStyle {
        self.small()
    }

    /// Style of tick labels: grey, digits of one width.
    pub(crate) fn tick(&self) -> ParagraphStyle {
        let mut paragraph = self.small();
        paragraph.text.tabular = true;
        paragraph
    }

    /// Style of a key figure's number.
    pub(crate) fn figure(&self) -> ParagraphStyle {
        let size = self.tokens.figure;
        let mut paragraph = self.text(size, size * 27.0 / 22.0, self.colors.ink).bold();
        paragraph.text.tracking = self.theme.page.title_tracking;
        paragraph
    }

    /// Distance of the baseline from the top of a line, in points. The height of the face is centred in the leading.
    pub(crate) fn baseline(&self, paragraph: &ParagraphStyle) -> f64 {
        let metrics = self.fonts.metrics(&paragraph.text);
        let size = paragraph.text.size;
        (paragraph.leading + (metrics.ascent - metrics.descent) * size) / 2.0
    }

    /// Distance of the baseline below the centre of a line's capitals and digits, in points: half of their height.
    pub(crate) fn half_cap(&self, paragraph: &ParagraphStyle) -> f64 {
        self.fonts.metrics(&paragraph.text).cap_height * paragraph.text.size / 2.0
    }

    /// Colour of a mark.
    pub(crate) fn mark_color(&self, role: ColorRole) -> Color {
        let [fourth, fifth, sixth, seventh, eighth] = self.colors.further;
        match role {
            ColorRole::Accent => self.colors.accent,
            ColorRole::Second => self.colors.second,
            ColorRole::Third => self.colors.third,
            ColorRole::Fourth => fourth,
            ColorRole::Fifth => fifth,
            ColorRole::Sixth => sixth,
            ColorRole::Seventh => seventh,
            ColorRole::Eighth => eighth,
            ColorRole::Neutral => self.colors.neutral,
        }
    }

    /// Looks of the series of a chart, in their order. Series of one role differ: a second one is inlined, and greys grow darker first. The
    /// lines of a chart have names at their ends, so that one grey serves for all.
    pub(crate) fn looks(&self, chart: &Chart) -> Vec<Look> {
        let mut looks = Vec::new();
        let mut before: Vec<ColorRole> = Vec::new();
        for series in &chart.series {
            let count = before.iter().filter(|role| **role == series.role).count();
            before.push(series.role);
            looks.push(match (series.role, chart.kind) {
                (ColorRole::Neutral, ChartKind::Line) => self.look(series.role, false),
                (ColorRole::Neutral, _) => {
                    let greys = [self.colors.neutral]
                        .into_iter()
                        .chain(self.colors.context)
                        .collect::<Vec<_>>();
                    Look {
                        color: greys[count % greys.len()],
                        ..self.look(series.role, count / greys.len() % 2 == 1)
                    }
                }
                (role, _) => self.look(role, count % 2 == 1),
            });
        }
        looks
    }

    fn look(&self, role: ColorRole, inlined: bool) -> Look {
        Look {
            role,
            color: self.mark_color(role),
            text: self.text_color(role),
            inlined,
        }
    }

    /// Look of a mark of a series: the series' own, or that of the role of the datum.
    pub(crate) fn datum_look(&self, datum: &Datum, series: Look) -> Look {
        match datum.role {
            Some(role) if role != series.role => self.look(role, series.inlined),
            _ => series,
        }
    }

    /// Colour of a text beside a mark: the mark's own, dark enough to be read.
    pub(crate) fn text_color(&self, role: ColorRole) -> Color {
        match role {
            ColorRole::Accent => self.colors.accent_text,
            ColorRole::Second => self.colors.second_text,
            ColorRole::Third => self.colors.third_text,
            // These are dark enough as they are.
            ColorRole::Fourth
            | ColorRole::Fifth
            | ColorRole::Sixth
            | ColorRole::Seventh
            | ColorRole::Eighth => self.mark_color(role),
            ColorRole::Neutral => self.colors.ink,
        }
    }

    /// Pale shade of a colour, for the possible part of a mark.
    pub(crate) fn pale(&self, color: Color) -> Color {
        color.over(self.colors.paper, self.colors.pale)
    }

    /// Tint of a colour, for the fill of an estimated, provisional or claimed mark.
    pub(crate) fn tint(&self, color: Color) -> Color {
        color.over(self.colors.paper, self.colors.tint)
    }

    /// Colour of a text on a fill: paper or ink, whichever contrasts more.
    pub(crate) fn text_on(&self, fill: Color) -> Color {
        // Rec. 601 luma tells dark from light without a power function.
        let luma = 299 * u32::from(fill.r) + 587 * u32::from(fill.g) + 114 * u32::from(fill.b);
        if luma < 118_000 {
            self.colors.paper
        } else {
            self.colors.ink
        }
    }
}

/// Label of a mark: the printed number, with a dagger where sources disagree.
pub(crate) fn value_label(datum: &Datum) -> String {
    if datum.conflict {
        format!("{}\u{202f}†", datum.forms.number)
    } else {
        datum.forms.number.clone()
    }
}
