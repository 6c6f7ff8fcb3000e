//! Hand-made facts: what the tests and the example compose.

#![allow(dead_code, reason = "every test file uses its own part of the sample")]

use std::collections::BTreeMap;

use exhibit_facts::facts::Facts;
use exhibit_facts::facts::*;
use exhibit_facts::language::Language;
use exhibit_facts::period::{CalendarUnit, Date, Extent, Period};
use exhibit_facts::quantity::{Amount, Reading, Shape, Status, Value};
use exhibit_facts::span::Span;

/// A set of facts that grows while blocks are made.
pub(crate) struct Sample {
    pub(crate) facts: Facts,
}

impl Sample {
    /// A brief with a title and two sources, and nothing in it.
    pub(crate) fn new() -> Self {
        let source = |id: &str, title: &str, url: Option<&str>| Source {
            id: id.into(),
            title: title.into(),
            author: None,
            editor: None,
            publisher: None,
            kind: None,
            published: None,
            accessed: None,
            url: url.map(str::to_owned),
            licence: None,
            note: None,
            citation: match url {
                Some(url) => {
                    format!("{title}. Beijing, 14 August 2024. {url}, read in August 2024.")
                }
                None => format!("{title}. Article, read in August 2024."),
            },
        };
        let meta = BriefMeta {
            title: Prose::plain("Deliveries passed ten thousand a month in June"),
            subtitle: Some(Prose::plain(
                "What one carmaker says of its first year on the market, and what the figures can and cannot show.",
            )),
            kicker: Some("Briefing · August 2024".into()),
            short_title: "First year on the market".into(),
            authors: vec!["A. Analyst".into(), "B. Writer".into()],
            date: Date {
                year: 2024,
                month: 8,
                day: 31,
            },
            date_text: "31 August 2024".into(),
            language: Language::English,
            keywords: vec!["cars".into()],
            contents: true,
            register: RegisterForm::Full,
            key_figures: Vec::new(),
        };
        let facts = Facts {
            meta,
            sources: vec![
                source("article", "How a phone maker came to build cars", None),
                source(
                    "report",
                    "Interim report 2024",
                    Some("https://example.org/investors/2024/interim-report"),
                ),
            ],
            metrics: Vec::new(),
            facts: Vec::new(),
            events: Vec::new(),
            exhibits: Vec::new(),
            body: Vec::new(),
            notes: Vec::new(),
            register: Vec::new(),
            inputs: Vec::new(),
        };
        Self { facts }
    }

    /// The metric of a label, made when it is new.
    pub(crate) fn metric(&mut self, label: &str, unit: &str) -> MetricId {
        if let Some(index) = self
            .facts
            .metrics
            .iter()
            .position(|metric| metric.label == label)
        {
            return MetricId(index);
        }
        self.facts.metrics.push(Metric {
            id: label.to_lowercase().replace(' ', "_"),
            label: label.into(),
            description: None,
            unit: unit.into(),
            formula: None,
            value_labels: std::collections::BTreeMap::new(),
        });
        MetricId(self.facts.metrics.len() - 1)
    }

    /// A stated fact in the register: label of its metric, year, printed number, unit.
    pub(crate) fn fact(&mut self, label: &str, year: i32, number: &str, unit: &str) -> FactId {
        let metric = self.metric(label, unit);
        let space = if unit == "%" || unit.is_empty() {
            ""
        } else {
            "\u{A0}"
        };
        let printed = format!("{number}{space}{unit}");
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let amount = Amount {
            value: num_rational::BigRational::from_integer(digits.parse().unwrap_or(0.into())),
            digits: 3,
            scale: None,
        };
        self.facts.facts.push(Fact {
            address: format!("{}@{year}", self.facts.metrics[metric.0].id),
            metric,
            dimensions: BTreeMap::new(),
            at: Period {
                about: false,
                extent: Extent::Unit(CalendarUnit::Year(year)),
            },
            at_text: year.to_string(),
            due: None,
            reading: Reading::Value(Value {
                shape: Shape::Exact(amount),
                about: false,
            }),
            status: Status::Actual,
            by: None,
            origin: Origin::Stated {
                source: SourceId(0),
                place: format!("§{} ¶{}", year % 7, year % 5),
                evidence: None,
            },
            note: None,
            conflicts: Vec::new(),
            preferred: None,
            corrects: None,
            rounded: false,
            corrected: Vec::new(),
            forms: Forms {
                number: number.into(),
                label: printed.clone(),
                sentence: printed.clone(),
                spoken: printed,
                unit: unit.into(),
                interval: String::new(),
            },
            span: Span::default(),
        });
        let fact = FactId(self.facts.facts.len() - 1);
        let row = self.facts.register.len() + 1;
        self.facts.register.push(RegisterEntry {
            fact,
            exhibits: Vec::new(),
            mentions: 1,
            row,
        });
        fact
    }

    /// A run that says a fact.
    pub(crate) fn says(&self, fact: FactId) -> Run {
        let number = self
            .facts
            .register
            .iter()
            .position(|entry| entry.fact == fact)
            .expect("registered")
            + 1;
        Run {
            annotation: Some(Annotation::Fact { fact, number }),
            ..plain(&self.facts.facts[fact.0].forms.sentence)
        }
    }

    /// The datum of a fact.
    pub(crate) fn datum(&self, fact: FactId) -> Datum {
        let of = &self.facts.facts[fact.0];
        Datum {
            fact,
            address: of.address.clone(),
            reading: of.reading.clone(),
            rounded: of.rounded,
            signed: false,
            status: of.status,
            forms: of.forms.clone(),
            role: None,
            conflict: false,
            by: None,
        }
    }

    /// A key figure.
    pub(crate) fn key(&self, fact: FactId, label: &str, detail: &str) -> KeyFigure {
        KeyFigure {
            label: label.into(),
            detail: detail.into(),
            datum: self.datum(fact),
        }
    }

    /// A note, and the run that marks it.
    pub(crate) fn note(&mut self, text: &str) -> Run {
        self.facts
            .notes
            .push(vec![Block::Paragraph(Prose::plain(text))]);
        let index = self.facts.notes.len() - 1;
        Run {
            annotation: Some(Annotation::Note(index)),
            ..plain(&(index + 1).to_string())
        }
    }

    /// A citation of a source.
    pub(crate) fn cites(&self, source: usize) -> Run {
        Run {
            annotation: Some(Annotation::Cite(SourceId(source))),
            ..plain(&format!("[{}]", source + 1))
        }
    }

    /// A column chart of facts, and its block.
    pub(crate) fn chart(&mut self, kind: ChartKind, title: &str, facts: &[FactId]) -> Block {
        let category = |fact: &FactId| Category {
            label: self.facts.facts[fact.0].at_text.clone(),
            detail: String::new(),
            period: Some(self.facts.facts[fact.0].at.clone()),
        };
        let chart = Chart {
            kind,
            categories: facts.iter().map(category).collect(),
            series: vec![Series {
                label: "Deliveries".into(),
                named: true,
                role: ColorRole::Accent,
                data: facts.iter().map(|fact| Some(self.datum(*fact))).collect(),
            }],
            references: Vec::new(),
            exponent: 0,
            unit: "vehicles".into(),
            language: Language::English,
            whole: None,
        };
        self.exhibit(title, Content::Chart(chart), facts)
    }

    /// An exhibit, and its block.
    pub(crate) fn exhibit(&mut self, title: &str, content: Content, facts: &[FactId]) -> Block {
        let number = self.facts.exhibits.len() + 1;
        self.facts.exhibits.push(Exhibit {
            id: format!("e{number}"),
            number,
            kicker: format!("Exhibit {number}"),
            title: Prose::plain(title),
            subtitle: Prose::plain("Vehicles handed over to buyers, by year"),
            notes: vec![Prose::plain("Open bars: the source says “more than”.")],
            source_line: "Source: How a phone maker came to build cars".into(),
            content,
            alt: None,
            slide: true,
            language: Language::English,
            facts: facts.to_vec(),
            span: Span::default(),
        });
        Block::Exhibit(number - 1)
    }

    /// A table exhibit of rows of cells, the second column on the decimal sign.
    pub(crate) fn table(&mut self, title: &str, rows: usize) -> Block {
        let numbers = [
            "17,800", "> 10,000", "~ 9.5", "40–50", "no data", "1,200.25",
        ];
        let row = |index: usize| TableRow {
            label: format!("Row {}", index + 1),
            cells: vec![
                TableCell {
                    text: numbers[index % numbers.len()].into(),
                    fact: None,
                    says: None,
                },
                TableCell {
                    text: numbers[(index + 2) % numbers.len()].into(),
                    fact: self.facts.register.get(index).map(|entry| entry.fact),
                    says: None,
                },
                TableCell {
                    text: "said by the company".into(),
                    fact: None,
                    says: None,
                },
            ],
            emphasis: index == 1,
        };
        let table = Table {
            head: ["What", "Expected", "Actual, as far as is known", "Remark"]
                .map(str::to_owned)
                .to_vec(),
            align: vec![Align::Left, Align::Decimal, Align::Decimal, Align::Left],
            rows: (0..rows).map(row).collect(),
        };
        self.exhibit(title, Content::Table(table), &[])
    }
}

/// An item of a list that is one paragraph.
pub(crate) fn item(prose: Prose) -> Vec<Block> {
    vec![Block::Paragraph(prose)]
}

/// A run without meaning.
pub(crate) fn plain(text: &str) -> Run {
    Run {
        text: text.into(),
        strong: false,
        emphasis: false,
        annotation: None,
    }
}

/// Prose of runs.
pub(crate) fn prose(runs: Vec<Run>) -> Prose {
    Prose { runs }
}

/// A heading.
pub(crate) fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: Prose::plain(text),
    }
}

/// Sentences to fill pages with: `count` of them, beginning with number `from`.
pub(crate) fn sentences(from: usize, count: usize) -> String {
    const SENTENCES: [&str; 7] = [
        "The company had said little about cars before the spring of that year, and what it had said was vague.",
        "Engineers moved over from the phone business, where margins had been thin for as long as anyone could remember.",
        "Buyers were younger than expected.",
        "No other entrant had reached that pace in its first summer, though comparisons are difficult because the sources count differently.",
        "Whether the second plant opens in time depends on approvals that nobody outside the ministry can see.",
        "The figures come from an article and from an interim report; neither was audited.",
        "Analysts disagreed.",
    ];
    let picked: Vec<&str> = (from..from + count)
        .map(|index| SENTENCES[index % SENTENCES.len()])
        .collect();
    picked.join(" ")
}

/// A brief with everything in it.
pub(crate) fn full() -> Facts {
    let mut s = Sample::new();
    let june = s.fact("SU7 deliveries", 2023, "> 10,000", "vehicles");
    let july = s.fact("SU7 deliveries", 2024, "> 11,300", "vehicles");
    let target = s.fact("Annual delivery target", 2024, "100,000", "vehicles");
    s.facts.facts[target.0].status = Status::Target;
    s.facts.facts[target.0].by = Some("Xiaomi".into());
    let spend = s.fact(
        "Research and development spend",
        2023,
        "19.1",
        "billion yuan",
    );
    let share = s.fact("Female share of buyers", 2024, "40–50", "%");
    s.facts.facts[share.0].note = Some("The media forecast was lower".into());
    let staff = s.fact("Research staff", 2024, "~ 17,800", "people");
    let per = s.fact("Spend per head", 2024, "~ 1.07", "million yuan per person");
    s.facts.facts[per.0].origin = Origin::Derived {
        formula: "rd_spend / rd_staff".into(),
        inputs: vec![spend, staff],
    };
    s.facts.meta.key_figures = vec![
        s.key(july, "Deliveries in July", "second month in a row"),
        s.key(target, "Target for the year", "to be reached by November"),
        s.key(spend, "Spent on research in 2023", ""),
        s.key(share, "Women among buyers", "forecast: 30 %"),
    ];
    let note =
        s.note("Deliveries are cars handed over; orders are more, and are not counted here.");
    let second = s.note("The article rounds; the interim report does not say how the count was made, nor on which day it was closed, so the two are not compared in this briefing.");
    let mut body = vec![heading(1, "A fast first summer")];
    body.push(Block::Paragraph(prose(vec![
        plain("In June the company delivered "),
        s.says(june),
        plain(" and in July "),
        s.says(july),
        plain(", so that half of its target of "),
        s.says(target),
        plain(" was reached before autumn "),
        s.cites(0),
        plain(". "),
        plain(&sentences(0, 3)),
        note,
    ])));
    body.push(Block::Paragraph(prose(vec![plain(&sentences(2, 5))])));
    body.push(s.chart(
        ChartKind::Column,
        "Deliveries passed 10,000 a month in June and July",
        &[june, july],
    ));
    body.push(heading(2, "What slows the second plant"));
    body.push(Block::Paragraph(prose(vec![
        plain("Research cost "),
        s.says(spend),
        plain(" and employs "),
        s.says(staff),
        plain(", as "),
        Run {
            annotation: Some(Annotation::Exhibit(0)),
            ..plain("Exhibit 1")
        },
        plain(" shows; "),
        s.says(per),
        plain(" a head. "),
        plain(&sentences(3, 4)),
        second,
    ])));
    body.push(Block::List {
        first: None,
        items: vec![
            item(prose(vec![plain(
                "Land was bought in the spring; the permit is open.",
            )])),
            vec![
                Block::Paragraph(prose(vec![plain(&sentences(3, 2))])),
                Block::List {
                    first: Some(9),
                    items: vec![
                        item(Prose::plain("A list in a list.")),
                        item(Prose::plain(sentences(1, 2))),
                    ],
                },
            ],
            item(prose(vec![
                plain("Women are "),
                s.says(share),
                plain(" of buyers."),
            ])),
        ],
    });
    body.push(Block::Paragraph(prose(vec![plain(&sentences(0, 6))])));
    body.push(s.table("Most expectations were met, one was not", 6));
    body.push(heading(1, "Who buys"));
    body.push(Block::Paragraph(prose(vec![plain(&sentences(4, 6))])));
    body.push(Block::Callout {
        title: Some(Prose::plain("How far the figures go")),
        blocks: vec![
            Block::Paragraph(prose(vec![plain(&sentences(5, 2))])),
            Block::Paragraph(prose(vec![
                plain("“More than” is a lower bound, not a value. "),
                s.says(july),
                plain(" may be any number above it."),
            ])),
        ],
    });
    body.push(Block::Paragraph(prose(vec![plain(&sentences(1, 7))])));
    body.push(s.chart(
        ChartKind::Bar,
        "Every year brought more buyers than the one before",
        &[june, july],
    ));
    body.push(Block::Paragraph(prose(vec![plain(&sentences(2, 7))])));
    body.push(Block::Columns(vec![
        vec![
            heading(2, "For"),
            Block::Paragraph(prose(vec![plain(&sentences(0, 3))])),
        ],
        vec![
            heading(2, "Against"),
            Block::Paragraph(prose(vec![plain(&sentences(3, 4))])),
        ],
    ]));
    body.push(Block::KeyFigures(vec![
        s.key(staff, "People in research", ""),
        s.key(share, "Women among buyers", "2024"),
        s.key(per, "Spend per head", "computed"),
    ]));
    body.push(heading(1, "What comes next"));
    for from in 0..4 {
        body.push(Block::Paragraph(prose(vec![plain(&sentences(from, 6))])));
    }
    body.push(s.chart(
        ChartKind::Column,
        "The target is within reach if summer sales hold",
        &[june, july],
    ));
    body.push(Block::Paragraph(prose(vec![plain(&sentences(6, 3))])));
    s.facts.body = body;
    s.facts
}

/// Stand-ins for what charts draw: a head of three lines, a plot of `height` with two bars, a foot of two lines.
pub(crate) fn drawn(
    facts: &Facts,
    theme: &exhibit_scene::Theme,
    fonts: &exhibit_scene::Fonts,
    height: f64,
) -> Vec<exhibit_pages::Drawn> {
    use exhibit_scene::*;
    let width = exhibit_pages::exhibit_width(theme);
    let lines = |lines: &[(&str, f64, f64)]| {
        let mut frame = Frame::new(Size::new(width, 0.0));
        for (text, size, leading) in lines {
            for line in fonts
                .wrap(text, &theme.text(*size), width)
                .expect("faces have the sample's characters")
            {
                frame.size.height += leading;
                frame.baseline = frame.baseline.or(Some(leading - 3.0));
                frame.push_text(Point::new(0.0, frame.size.height - 3.0), line);
            }
        }
        frame
    };
    let draw = |exhibit: &Exhibit| {
        let chart = &theme.chart;
        let mut plot = Frame::new(Size::new(width, height));
        for (x, share) in [(100.0, 0.7), (250.0, 0.9)] {
            let bar = Rect::new(x, height * (1.0 - share), 80.0, height * share);
            plot.push(
                Point::ZERO,
                Item::Path(Path::rect(bar, Fill::Solid(theme.colors.accent))),
            );
        }
        exhibit_pages::Drawn {
            head: lines(&[
                (exhibit.kicker.as_str(), chart.kicker, chart.small_leading),
                (&exhibit.title.text(), chart.title, chart.title_leading),
                (&exhibit.subtitle.text(), chart.small, chart.small_leading),
            ]),
            plot,
            foot: lines(&[
                (
                    &exhibit
                        .notes
                        .iter()
                        .map(Prose::text)
                        .collect::<Vec<_>>()
                        .join(" "),
                    chart.small,
                    chart.small_leading,
                ),
                (
                    exhibit.source_line.as_str(),
                    chart.small,
                    chart.small_leading,
                ),
            ]),
            alt: exhibit.title.text(),
            overflow: None,
        }
    };
    facts.exhibits.iter().map(draw).collect()
}
