//! Every colour, size and gap. No other module names one.
//!
//! Colours were chosen in OKLCH and are stored as the sRGB bytes they come to, so that no platform's `cos` takes
//! part in the output. Text has at least 4.5:1 against paper, marks at least 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); a test holds them to it.

use crate::font::{TextStyle, Weight};
use crate::geom::{Size, from_mm};
use crate::paint::Color;

/// Design tokens: all colours, sizes and gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Colours.
    pub colors: Colors,
    /// Page and text sizes.
    pub page: PageTokens,
    /// Chart sizes in a brief.
    pub chart: ChartTokens,
    /// Chart sizes on a slide.
    pub slide: ChartTokens,
}

/// Colours. Names say the use, not the hue.
///
/// The eight subjects differ by 0.08 in OKLab at least, for normal sight and for each of three colour-vision deficiencies, and by 5 steps of
/// CIE lightness in grey. A test computes both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colors {
    /// Text. OKLCH 0.22 0.02 260.
    pub ink: Color,
    /// Quieter text. OKLCH 0.50 0.02 260.
    pub grey: Color,
    /// Grid lines and hairlines. OKLCH 0.90 0.005 260.
    pub grid: Color,
    /// Axis and table rules: ink.
    pub rule: Color,
    /// Emphasised marks, which the title speaks of. OKLCH 0.50 0.15 255.
    pub accent: Color,
    /// The accent as text. OKLCH 0.44 0.14 255.
    pub accent_text: Color,
    /// A second subject. OKLCH 0.62 0.17 35.
    pub second: Color,
    /// The second subject as text. OKLCH 0.50 0.15 35.
    pub second_text: Color,
    /// A third subject. OKLCH 0.65 0.13 160.
    pub third: Color,
    /// The third subject as text. OKLCH 0.45 0.09 170.
    pub third_text: Color,
    /// A fourth to an eighth subject, as marks and as text: violet, rose, rust, petrol, brown.
    pub further: [Color; 5],
    /// Greys for context beside context, darker with each: identity never rests on one grey.
    pub context: [Color; 2],
    /// Marks without emphasis. OKLCH 0.64 0.02 260.
    pub neutral: Color,
    /// Paper.
    pub paper: Color,
    /// Share of its colour that a pale part of a mark keeps, 0 to 1.
    pub pale: f64,
    /// Share of its colour that an estimated or provisional mark keeps, 0 to 1.
    pub tint: f64,
}

/// Sizes of pages and their text, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageTokens {
    /// Page size.
    pub size: Size,
    /// Top margin.
    pub top: f64,
    /// Bottom margin.
    pub bottom: f64,
    /// Left and right margin.
    pub side: f64,
    /// Grid columns.
    pub columns: u32,
    /// Gap between grid columns.
    pub gutter: f64,
    /// Baseline step.
    pub step: f64,
    /// Widest text.
    pub measure: f64,
    /// Text size.
    pub body: f64,
    /// Text leading.
    pub body_leading: f64,
    /// White space between paragraphs.
    pub paragraph: f64,
    /// White space between the items of a list.
    pub item: f64,
    /// Width of the bar beside a callout.
    pub bar: f64,
    /// Indent of lists and callouts.
    pub indent: f64,
    /// First level heading.
    pub h1: f64,
    /// Leading of first level headings.
    pub h1_leading: f64,
    /// Second level heading.
    pub h2: f64,
    /// Leading of second level headings.
    pub h2_leading: f64,
    /// Extra space after each glyph of a heading, in em.
    pub heading_tracking: f64,
    /// Extra space after each glyph of the title, in em.
    pub title_tracking: f64,
    /// Extra space after each glyph of a letterspaced line, in em.
    pub kicker_tracking: f64,
    /// The small raised number behind a fact.
    pub mark: f64,
    /// Rise of raised numbers above the baseline, as a share of the text size beside them.
    pub mark_rise: f64,
    /// The raised number of a note.
    pub note_mark: f64,
    /// Document title.
    pub title: f64,
    /// Title leading.
    pub title_leading: f64,
    /// Subtitle under the title.
    pub deck: f64,
    /// Leading of the subtitle.
    pub deck_leading: f64,
    /// Small text: notes, table heads, kickers.
    pub small: f64,
    /// Leading of small text.
    pub small_leading: f64,
    /// The register's text: what is looked up, not read through.
    pub fine: f64,
    /// Leading of the register's text.
    pub fine_leading: f64,
    /// Row height of the register.
    pub fine_row: f64,
    /// Running head and folio.
    pub furniture: f64,
    /// Baseline of the running head, from the page's top.
    pub head_line: f64,
    /// Baseline of the folio, from the page's bottom.
    pub foot_line: f64,
    /// Key figure number.
    pub key_figure: f64,
    /// Leading of key figure numbers.
    pub key_figure_leading: f64,
    /// Table row height.
    pub row: f64,
    /// Space above a heading.
    pub above_heading: f64,
    /// Space below a heading.
    pub below_heading: f64,
    /// Space above a second level heading.
    pub above_subheading: f64,
    /// Space below a second level heading.
    pub below_subheading: f64,
    /// Space around an exhibit.
    pub around_exhibit: f64,
    /// Thin line.
    pub hairline: f64,
    /// Table and title rule.
    pub heavy: f64,
}

/// Sizes of charts, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartTokens {
    /// Outer size of a standalone picture. A height of 0 stands for the height that the contents need.
    pub size: Size,
    /// Margin around everything in a standalone picture.
    pub margin: f64,
    /// "Exhibit 3".
    pub kicker: f64,
    /// Title size.
    pub title: f64,
    /// Title leading.
    pub title_leading: f64,
    /// Subtitle, notes and source size.
    pub small: f64,
    /// Leading of small text.
    pub small_leading: f64,
    /// Labels in the plot.
    pub label: f64,
    /// Leading of labels.
    pub label_leading: f64,
    /// Big numbers (key figures).
    pub figure: f64,
    /// Grid line width.
    pub hairline: f64,
    /// Zero line width.
    pub zero: f64,
    /// Line chart stroke.
    pub stroke: f64,
    /// Band (one bar with its share of white) of a horizontal bar.
    pub band: f64,
    /// Length of the fade at an open end.
    pub fade: f64,
    /// The gap between things that belong together.
    pub gap: f64,
    /// Height of the plot area of charts with a vertical value axis.
    pub plot: f64,
    /// Share of its band that a bar fills, 0 to 1.
    pub bar: f64,
    /// Widest band of a column.
    pub column: f64,
    /// Width of a soft edge, half of it inside.
    pub soft: f64,
    /// Size of the small arrow at an open end.
    pub arrow: f64,
    /// How far an end tick stands out on either side.
    pub tick: f64,
    /// Half the length of the cap at either end of a whisker.
    pub whisker: f64,
    /// Width of hard edges, end ticks, outlines and reference lines.
    pub edge: f64,
    /// Radius of a dot.
    pub dot: f64,
    /// Side of a square of a waffle.
    pub square: f64,
    /// Distance of hatch lines.
    pub hatch: f64,
    /// Dash and gap of what is expected.
    pub dash: [f64; 2],
    /// Dash and gap of what is provisional.
    pub long_dash: [f64; 2],
    /// Dash, gap, dot and gap of what is estimated.
    pub dash_dot: [f64; 4],
    /// Dash and gap of what is only claimed.
    pub dots: [f64; 2],
    /// Share of its width that the line of a target keeps, 0 to 1.
    pub thin: f64,
    /// Letterspacing of the kicker, in em.
    pub tracking: f64,
    /// Size of the smallest text that is still read: 7 points in print, and 9 on a slide, which are 18 of its 1,920 pixels. No chart
    /// has smaller text: contents that need smaller text are too much for one chart.
    pub legible: f64,
}

impl Theme {
    /// The built-in theme on A4.
    ///
    /// ```
    /// use exhibit_scene::Theme;
    /// let theme = Theme::standard();
    /// assert!(theme.chart.label >= theme.chart.legible && theme.slide.label >= theme.slide.legible);
    /// ```
    #[must_use]
    pub fn standard() -> Self {
        Self {
            colors: Colors::standard(),
            page: PageTokens::a4(),
            chart: ChartTokens::brief(),
            slide: ChartTokens::slide(),
        }
    }

    /// Regular English text in ink, `size` points high.
    ///
    /// ```
    /// use exhibit_scene::{TextStyle, Theme};
    /// let german = TextStyle { lang: "de", ..Theme::standard().text(8.0) };
    /// assert_eq!((german.size, german.tracking), (8.0, 0.0));
    /// ```
    #[must_use]
    pub fn text(&self, size: f64) -> TextStyle {
        TextStyle {
            weight: Weight::Regular,
            italic: false,
            size,
            color: self.colors.ink,
            tabular: false,
            tracking: 0.0,
            lang: "en",
        }
    }
}

impl Colors {
    fn standard() -> Self {
        let ink = Color::hex(0x15_1b_24);
        Self {
            ink,
            grey: Color::hex(0x5d_64_6f),
            grid: Color::hex(0xdc_de_e1),
            rule: ink,
            accent: Color::hex(0x17_62_b6),
            accent_text: Color::hex(0x07_51_9d),
            second: Color::hex(0xd9_57_37),
            second_text: Color::hex(0xa7_39_1e),
            third: Color::hex(0x2b_a6_79),
            third_text: Color::hex(0x00_65_4d),
            further: [
                Color::hex(0x6c_1f_88),
                Color::hex(0xa9_55_87),
                Color::hex(0x90_37_00),
                Color::hex(0x00_3a_5a),
                Color::hex(0x40_23_00),
            ],
            context: [Color::hex(0x5d_64_6f), Color::hex(0x38_3f_4a)],
            neutral: Color::hex(0x85_8d_99),
            paper: Color::WHITE,
            pale: 0.26,
            tint: 0.6,
        }
    }
}

impl PageTokens {
    /// Share of a page's region that the highest unbreakable block may take, 0 to 1. Headings above the block find a place on the same page.
    pub const HIGHEST: f64 = 7.0 / 8.0;

    /// Share of a page's region that may stay empty where the text goes on, 0 to 1.
    pub const EMPTY: f64 = 1.0 / 5.0;

    /// Height in points of the highest unbreakable block.
    #[must_use]
    pub fn highest(&self) -> f64 {
        (self.size.height - self.top - self.bottom) * Self::HIGHEST
    }

    fn a4() -> Self {
        Self {
            size: Size::new(from_mm(210.0), from_mm(297.0)),
            top: from_mm(24.0),
            bottom: from_mm(26.0),
            side: from_mm(24.0),
            columns: 12,
            gutter: from_mm(4.0),
            step: 4.5,
            measure: from_mm(125.0),
            body: 9.6,
            body_leading: 13.5,
            paragraph: 9.0,
            item: 4.5,
            bar: 1.5,
            indent: 13.5,
            h1: 13.5,
            h1_leading: 18.0,
            h2: 10.5,
            h2_leading: 13.5,
            heading_tracking: -0.01,
            title_tracking: -0.02,
            kicker_tracking: 0.06,
            mark: 5.5,
            mark_rise: 0.36,
            note_mark: 6.4,
            title: 26.0,
            title_leading: 30.0,
            deck: 12.5,
            deck_leading: 18.0,
            small: 7.6,
            small_leading: 10.5,
            fine: 7.0,
            fine_leading: 9.2,
            fine_row: 11.7,
            furniture: 7.2,
            head_line: 43.0,
            foot_line: 40.0,
            key_figure: 22.0,
            key_figure_leading: 27.0,
            row: 13.5,
            above_heading: 27.0,
            below_heading: 9.0,
            above_subheading: 18.0,
            below_subheading: 4.5,
            around_exhibit: 18.0,
            hairline: 0.5,
            heavy: 0.75,
        }
    }
}

impl ChartTokens {
    /// The same tokens with all type and gaps multiplied by `factor`, above 0. The outer size, the margin and the widths of lines stay.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            kicker: self.kicker * factor,
            title: self.title * factor,
            title_leading: self.title_leading * factor,
            small: self.small * factor,
            small_leading: self.small_leading * factor,
            label: self.label * factor,
            label_leading: self.label_leading * factor,
            figure: self.figure * factor,
            band: self.band * factor,
            fade: self.fade * factor,
            gap: self.gap * factor,
            plot: self.plot * factor,
            column: self.column * factor,
            soft: self.soft * factor,
            arrow: self.arrow * factor,
            tick: self.tick * factor,
            whisker: self.whisker * factor,
            dot: self.dot * factor,
            square: self.square * factor,
            hatch: self.hatch * factor,
            ..*self
        }
    }

    /// Charts of a brief.
    fn brief() -> Self {
        Self {
            size: Size::new(from_mm(162.0), 0.0),
            margin: 14.0,
            kicker: 7.6,
            title: 10.5,
            title_leading: 14.0,
            small: 7.6,
            small_leading: 10.5,
            label: 8.0,
            label_leading: 10.5,
            figure: 22.0,
            hairline: 0.5,
            zero: 0.75,
            stroke: 1.5,
            band: 22.0,
            fade: 10.0,
            gap: 4.5,
            plot: 120.0,
            bar: 0.66,
            column: 66.0,
            soft: 6.0,
            arrow: 3.2,
            tick: 2.0,
            whisker: 2.6,
            edge: 1.0,
            dot: 3.2,
            square: 13.0,
            hatch: 3.2,
            dash: [3.0, 2.0],
            long_dash: [8.0, 2.0],
            dash_dot: [6.0, 1.8, 1.2, 1.8],
            dots: [0.9, 1.6],
            thin: 0.55,
            tracking: 0.06,
            legible: 7.0,
        }
    }

    /// Charts of a 1,920 px slide, drawn on 960 x 540 points: one point is two pixels.
    fn slide() -> Self {
        Self {
            size: Size::new(960.0, 540.0),
            margin: 48.0,
            kicker: 13.0,
            title: 27.0,
            title_leading: 33.0,
            small: 13.0,
            small_leading: 17.5,
            label: 16.0,
            label_leading: 20.0,
            figure: 48.0,
            hairline: 0.75,
            zero: 1.25,
            stroke: 3.0,
            band: 44.0,
            fade: 22.0,
            gap: 9.0,
            plot: 300.0,
            bar: 0.66,
            column: 150.0,
            soft: 13.0,
            arrow: 6.0,
            tick: 4.0,
            whisker: 5.2,
            edge: 2.0,
            dot: 7.0,
            square: 30.0,
            hatch: 7.0,
            dash: [7.0, 4.5],
            long_dash: [17.0, 4.5],
            dash_dot: [13.0, 4.0, 2.6, 4.0],
            dots: [1.8, 3.4],
            thin: 0.55,
            tracking: 0.06,
            legible: 9.0,
        }
    }
}
