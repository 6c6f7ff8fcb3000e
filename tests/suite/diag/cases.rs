//! Inputs with something wrong in them: the sound brief and data of the parent module, each with a few words changed.

/// One kind of bad input.
pub(super) struct Case {
    /// The code it is told by.
    pub code: &'static str,
    /// What is wrong, for people.
    pub what: &'static str,
    /// What is changed in the brief: old words, which stand there once, and new ones.
    pub brief: &'static [(&'static str, &'static str)],
    /// What is changed in the data.
    pub data: &'static [(&'static str, &'static str)],
    /// The text of the source, where it is to be compared with the data.
    pub source: Option<&'static str>,
}

const fn brief(
    code: &'static str,
    what: &'static str,
    brief: &'static [(&'static str, &'static str)],
) -> Case {
    Case {
        code,
        what,
        brief,
        data: &[],
        source: None,
    }
}

const fn data(
    code: &'static str,
    what: &'static str,
    data: &'static [(&'static str, &'static str)],
) -> Case {
    Case {
        code,
        what,
        brief: &[],
        data,
        source: None,
    }
}

const fn verify(
    code: &'static str,
    what: &'static str,
    data: &'static [(&'static str, &'static str)],
    source: &'static str,
) -> Case {
    Case {
        code,
        what,
        brief: &[],
        data,
        source: Some(source),
    }
}

/// Where a derived metric can be put into the data.
const EVENTS: &str = "events:\n";

/// The last words of the brief's text.
const END: &str = "{{ sales@2023 }}.";

/// The chart's data.
const OF: &str = "      of: sales\n      over: period\n";

/// All cases, by code.
#[rustfmt::skip]
pub(super) const CASES: &[Case] = &[
    // Addresses and names.
    brief("unknown-metric", "a metric that is misspelt", &[(END, "{{ saels@2023 }}.")]),
    brief("unknown-metric", "a metric that is like no other, in a chart", &[("of: sales", "of: weather")]),
    data("unknown-metric", "a metric that is misspelt, in a formula", &[(EVENTS, "  all: {label: All, unit: EUR, at: 2023, formula: sales@2023 * prize@2023}\nevents:\n")]),
    brief("no-observation", "an address without observation", &[(END, "{{ sales@2024 }}.")]),
    data("no-observation", "a formula whose inputs share no period", &[(EVENTS, "  all: {label: All, formula: sales / old}\n  old: {label: Old, unit: cars, observations: [{at: 1990, value: 1, from: report}]}\nevents:\n")]),
    brief("ambiguous-address", "an address that may be two facts", &[(END, "{{ price@2023 }}.")]),
    brief("ambiguous-address", "a mark that may be two facts", &[("of: sales", "of: price")]),
    data("ambiguous-address", "a formula whose address may be two facts", &[(EVENTS, "  twice: {label: Twice, unit: EUR, at: 2023, formula: 2 * sales}\nevents:\n")]),
    brief("bad-address", "an address that is none", &[(END, "{{ sales@soon }}.")]),
    brief("unknown-dimension", "a dimension that the metric has not", &[(END, "{{ price[colour=red] }}.")]),
    brief("unknown-dimension", "a chart over a dimension that there is not", &[("over: period", "over: trimm")]),
    brief("unknown-dimension-value", "a value that is misspelt", &[(END, "{{ price[trim=rihc] }}.")]),
    data("unknown-dimension-value", "an observation with a value that is not allowed", &[("trim: rich, from", "trim: poor, from")]),
    brief("unknown-event", "an event that is misspelt", &[(END, "{{ event:lunch }}.")]),
    Case {
        code: "bad-period",
        what: "an event of no date, which the brief names",
        brief: &[("column:", "timeline:"), (OF, "      events: [launch]\n"), (END, "{{ event:launch }}.")],
        data: &[("2022-03", "2022-13")],
        source: None,
    },
    Case {
        code: "unknown-event",
        what: "an event where there are none",
        brief: &[(END, "{{ event:launch }}.")],
        data: &[("events:\n  launch: {at: 2022-03, label: Launch, from: report p. 1}\n", "")],
        source: None,
    },
    brief("unknown-event", "a timeline with an event that there is not", &[("column:", "timeline:"), (OF, "      events: [launch, landing]\n")]),
    brief("unknown-exhibit", "an exhibit that is misspelt, in the body", &[("- exhibit: sales", "- exhibit: sale\n  - exhibit: sales")]),
    brief("unknown-exhibit", "an exhibit that is misspelt, in a text", &[(END, "{{ sales@2023 }} [#salse].")]),
    brief("unknown-source", "a citation of no source", &[(END, "{{ sales@2023 }} [@reprot].")]),
    data("unknown-source", "an observation from no source", &[("from: report p. 1}\n  price", "from: memory}\n  price")]),
    brief("unknown-note", "a mark without its note", &[(END, "{{ sales@2023 }}.[^a]")]),
    brief("table-too-wide", "a table of more words than a line has room for", &[("exhibits:\n", "exhibits:\n  wide:\n    table: {title: Words, head: [Year, Unfortunately, Notwithstanding, Representative, Misunderstanding, Acknowledgement, Characteristics, Responsibilities], rows: [{label: Old, cells: [a, b, c, d, e, f, g]}]}\n"), ("body:\n", "body:\n  - exhibit: wide\n")]),
    brief("duplicate-note", "two notes of one name", &[(END, "{{ sales@2023 }}.[^a]\n\n      [^a]: Cars only.\n\n      [^a]: Vans, too.")]),
    brief("unknown-note", "a note without its mark", &[(END, "{{ sales@2023 }}.\n\n      [^a]: Cars only.")]),
    brief("unknown-filter", "a filter that is misspelt", &[("2023 | at", "2023 | att")]),
    brief("unknown-filter", "a filter that events have not", &[(END, "{{ event:launch | number }}.")]),
    brief("unknown-category", "an emphasis of no category", &[("over: period", "over: period\n      emphasis: [2021]")]),
    data("unknown-unit", "a unit that is misspelt", &[("unit: cars", "unit: crs")]),
    brief("unknown-word", "a language that there is not", &[("date:", "language: fr\ndate:")]),
    brief("unknown-word", "a scale that is no multiplier word", &[("over: period", "over: period\n      in: dozens")]),
    data("unknown-word", "a status that is misspelt", &[("at: 2022,", "at: 2022, status: tarrget,")]),

    // Keys and types.
    brief("unknown-key", "a key that is misspelt", &[("title: Sales of a year", "title: Sales of a year\nsubtitel: In cars")]),
    brief("unknown-key", "a key of another way to say a chart's data", &[(OF, "      rows: [{of: sales@2023}]\n      over: period\n")]),
    data("unknown-key", "a period on a metric without formula", &[("label: Sales", "label: Sales\n    at: 2023")]),
    data("unknown-key", "digits of a metric without formula", &[("label: Sales", "label: Sales\n    digits: 2")]),
    brief("missing-key", "a brief without date", &[("date: 2024-01-31\n", "")]),
    brief("missing-key", "a brief without data", &[("data: [data.yaml]", "data: []")]),
    brief("missing-key", "a key with nothing behind it", &[("title: Sales rose", "title:")]),
    brief("missing-key", "a waffle without its whole", &[("column:", "waffle:")]),
    data("missing-key", "a metric without observations", &[(EVENTS, "  none: {label: None}\nevents:\n")]),
    data("missing-key", "an observation without source", &[("trim: rich, from: report p. 2", "trim: rich")]),
    brief("duplicate-key", "a key that stands twice", &[("date:", "title: Sales again\ndate:")]),
    brief("duplicate-key", "an exhibit that stands twice in the body", &[("- exhibit: sales", "- exhibit: sales\n  - exhibit: sales")]),
    brief("duplicate-key", "a data set that is named twice", &[("[data.yaml]", "[data.yaml, data.yaml]")]),
    brief("wrong-type", "a text where a list belongs", &[("[data.yaml]", "data.yaml")]),
    brief("wrong-type", "a list where a text belongs", &[("title: Sales rose", "title: [Sales, rose]")]),
    brief("wrong-type", "a word where true or false belongs", &[("date:", "contents: maybe\ndate:")]),
    brief("wrong-type", "an exhibit of two kinds", &[("    column:", "    bar: {title: Two, of: sales}\n    column:")]),
    brief("wrong-type", "a block with two keys", &[("- exhibit: sales", "- exhibit: sales\n    heading: More")]),
    data("wrong-type", "a metric that is a number", &[(EVENTS, "  more: 5\nevents:\n")]),
    brief("bad-id", "an id with a space", &[("  sales:", "  the sales:"), ("exhibit: sales", "exhibit: the sales")]),
    brief("bad-id", "an id that is a device on Windows", &[("  sales:", "  con:"), ("exhibit: sales", "exhibit: con")]),
    brief("bad-id", "two ids that differ in capitals only", &[("body:", "  Sales: {bar: {title: Again, of: sales}}\nbody:"), ("- exhibit: sales", "- exhibit: sales\n  - exhibit: Sales")]),
    data("bad-id", "a unit with a stroke", &[("  cars:", "  a/b: {one: a}\n  cars:")]),
    data("bad-id", "a dimension value that no address can say", &[("[plain, rich]", "[plain, rich, ' poor']")]),
    data("bad-id", "an observation with a value that no address can say", &[("dimensions: {trim: [plain, rich]}", "dimensions: {trim: []}"), ("trim: plain, from", "trim: 'plain ', from")]),
    data("bad-id", "a dimension that is a key of observations", &[("rich]}", "rich], note: [new]}")]),
    brief("too-long", "a text of absurd size", &[("Sales rose", LONG)]),
    brief("too-long", "a word of absurd size", &[("Sales rose", WORD)]),
    brief("control-character", "a control character", &[("Sales rose", "\"Sales \\x07rose\"")]),

    // Values, periods, data.
    data("bad-value", "NaN", &[("value: 100", "value: .nan")]),
    data("bad-value", "a number beyond all measure", &[("value: 100", "value: 1e999")]),
    data("bad-value", "a comma, which means two things", &[("20_000", "\"20,000\"")]),
    data("bad-value", "a range from high to low", &[("value: 100", "value: 100..50")]),
    data("bad-value", "a value of two shapes", &[("value: 100", "value: {at_least: 1, at_most: 2}")]),
    data("bad-value", "nothing where a value belongs", &[("value: 100", "value: [1, 2]")]),
    data("bad-value", "a result with no digits at all", &[(EVENTS, "  half: {label: Half, unit: cars, digits: 0, formula: sales / 2}\nevents:\n")]),
    data("unknown-key", "digits and decimals together", &[(EVENTS, "  half: {label: Half, unit: cars, digits: 2, decimals: 1, formula: sales / 2}\nevents:\n")]),
    brief("bad-value", "a waffle of half a square", &[("column:", "waffle:"), (OF, "      whole: price[trim=rich]\n      rows: [{of: 'price[trim=plain]'}]\n")]),
    brief("part-exceeds-whole", "a waffle of more squares than there are", &[("column:", "waffle:"), (OF, "      whole: sales@2022\n      rows: [{of: sales@2023}]\n")]),
    data("bad-period", "a month that there is not", &[("2022-03", "2022-13")]),
    brief("bad-period", "a brief dated by a month", &[("2024-01-31", "2024-01")]),
    data("negative-value", "fewer than none", &[("value: 100", "value: -100")]),
    data("negative-value", "less than nothing, which nothing is", &[("value: 100", "value: \"< 0\"")]),
    data("negative-value", "at most one less than nothing", &[("value: 100", "value: \"<= -1\"")]),
    Case {
        code: "negative-value",
        what: "a part of a whole that is less than nothing",
        brief: &[("column:", "share:")],
        data: &[("label: Sales", "label: Sales\n    signed: true"), ("value: 100", "value: -100")],
        source: None,
    },
    data("conflict", "two observations of one thing", &[("at: 2022, value", "at: 2023, value")]),
    data("needless-preference", "a preference without a choice", &[("at: 2022,", "at: 2022, preferred: it is newer,")]),

    data("needless-correction", "a correction of nothing", &[("at: 2022,", "at: 2022, corrects: a misprint,")]),
    brief("stale", "figures older than the brief allows", &[("date:", "max-age: 6 months\ndate:"), (END, "{{ sales@2023 }}, after {{ sales@2022 }}.")]),
    data("bad-table", "a table without the column of the number", &[(EVENTS, "  rows: {label: Rows, table: {file: brief.yaml, format: csv, from: report, at: Year, value: Count}}\nevents:\n")]),
    data("bad-table", "a Parquet file, for a program without their reader", &[(EVENTS, "  rows: {label: Rows, table: {file: brief.yaml, format: parquet, from: report, at: Year, value: Count}}\nevents:\n")]),
    data("evidence-number", "evidence of another number", &[("value: 100,", "value: 100, evidence: \"110\",")]),
    data("inventory", "an inventory that does not fit", &[("metrics:", "inventory:\n  sales: 3 cars\n  prices: 2 EUR\nmetrics:")]),
    data("inventory", "an inventory of other units", &[("metrics:", "inventory:\n  sales: 2 vans\n  price: two\nmetrics:")]),

    // Evidence against the source.
    verify("verify-place", "a place that the source has not", &[(SAYS, "value: 100, from: report §4 ¶1, evidence: \"100\""), (REST, SOUND)], SOURCE),
    verify("verify-evidence", "evidence that stands elsewhere", &[(SAYS, "value: 100, from: report §1 ¶2, evidence: \"100\""), (REST, SOUND)], SOURCE),
    verify("verify-evidence", "evidence that stands nowhere", &[(SAYS, "value: 100, from: report §1 ¶1, evidence: \"100.0\""), (REST, SOUND)], SOURCE),
    verify("verify-qualifier", "a number that the source has bare", &[(SAYS, "value: \"> 100\", from: report §1 ¶1, evidence: \"100\""), (REST, SOUND)], SOURCE),
    verify("verify-number", "a multiplier that was lost", &[(SAYS, "value: 3, from: report §1 ¶1, evidence: \"3\""), (REST, SOUND)], SOURCE),
    verify("verify-date", "an event of another month", &[(SAYS, "value: 100, from: report §1 ¶1, evidence: \"100\""), (REST, DATED)], SOURCE),
    verify("verify-silent", "a figure without evidence", &[(SAYS, "value: 100, from: report §1 ¶1"), (REST, SOUND)], SOURCE),

    // Formulas.
    data("unknown-metric", "a minus without spaces", &[(EVENTS, "  less: {label: Less, unit: cars, at: 2023, formula: sales-price}\nevents:\n")]),
    data("bad-formula", "a formula with something missing", &[(EVENTS, "  half: {label: Half, unit: cars, formula: sales /}\nevents:\n")]),
    data("cycle", "two metrics that need each other", &[(EVENTS, "  a: {label: A, formula: b + 1}\n  b: {label: B, formula: a + 1}\nevents:\n")]),
    data("unit-mismatch", "cars added to money", &[(EVENTS, "  all: {label: All, unit: cars, at: 2023, formula: \"sales@2023 + price[trim=rich]@2023\"}\nevents:\n")]),
    data("unit-mismatch", "a unit that the formula does not give", &[(EVENTS, "  worth: {label: Worth, unit: cars, at: 2023, formula: \"sales@2023 * price[trim=rich]@2023\"}\nevents:\n")]),
    brief("unit-mismatch", "a scale of two units", &[(OF, "      rows: [{of: sales@2023}, {of: 'price[trim=rich]'}]\n")]),
    data("refused", "a difference of two floors", &[("value: 100", "value: \"> 100\""), (EVENTS, "  more: {label: More, unit: cars, at: 2023, formula: sales@2023 - sales@2022}\nevents:\n")]),
    data("wrong-aggregation", "stocks summed over time", &[("measure: flow", "measure: stock"), (EVENTS, "  all: {label: All, unit: cars, at: 2023, formula: \"sum(sales@2022, sales@2023)\"}\nevents:\n")]),

    data("refused", "growth from a loss", &[(EVENTS, "  profit: {label: Profit, unit: EUR, signed: true, measure: flow, observations: [{at: 2022, value: -50, from: report}, {at: 2023, value: 30, from: report}]}\n  rate: {label: Rate, unit: \"%\", at: 2023, formula: \"growth(profit@2022, profit@2023)\"}\nevents:\n")]),
    data("mixed-periods", "growth from a year to a quarter", &[(EVENTS, "  spring: {label: Spring, unit: cars, measure: flow, observations: [{at: 2023-Q2, value: 40, from: report}]}\n  rate: {label: Rate, unit: \"%\", at: 2023, formula: \"growth(sales@2022, spring@2023-Q2)\"}\nevents:\n")]),
    data("mixed-periods", "a decade that is not over", &[(EVENTS, "  decade: {label: Decade, unit: cars, measure: flow, observations: [{at: 2000..2009, value: 40, from: report}, {at: 2010..2018, value: 44, from: report}]}\n  best: {label: Best, unit: cars, formula: most(decade over period)}\nevents:\n")]),
    brief("label-drift", "a row under another year", &[(OF, "      rows: [{label: \"{{ sales@2022 | at }}\", of: sales@2023}]\n")]),
    Case {
        code: "parts-not-whole",
        what: "percentages that leave a rest",
        brief: &[("column:", "share:"), (OF, "      of: mix\n      over: fuel\n")],
        data: &[(EVENTS, "  mix: {label: Mix, unit: \"%\", measure: ratio, dimensions: {fuel: [petrol, gas]}, observations: [{at: 2023, fuel: petrol, value: 40, from: report}, {at: 2023, fuel: gas, value: 25, from: report}]}\nevents:\n")],
        source: None,
    },

    brief("unsupported-claim", "a claim that the data refute", &[(END, "{{ sales@2023 }}{{ check: sales@2023 < sales@2022 }}.")]),
    brief("unsupported-claim", "a claim that a floor does not support", &[(END, "{{ sales@2023 }}{{ check: sales@2023 > 2 * sales@2022 }}.")]),

    // Texts and exhibits.
    brief("orphan-number", "a number that is typed, though the data have it", &[(END, "{{ sales@2023 }}, after 100.")]),
    brief("orphan-number", "numbers among authors and keywords", &[("date:", "authors: [The 7 analysts]\nkeywords: [sales, 120 cars]\ndate:")]),
    brief("orphan-number", "a number that the data do not have", &[("title: Sales rose", "title: Sales rose by 20%")]),
    brief("template", "an end without a begin", &[(END, "{{ sales@2023 }}, and a }} more.")]),
    brief("template", "an address that is not closed", &[(END, "{{ sales@2023.")]),
    brief("template", "the deadline of what has none", &[("2023 | at", "2023 | due")]),
    brief("markdown", "asterisks that Markdown takes for asterisks", &[(END, "**说话。**如此 {{ sales@2023 }}.")]),
    brief("template", "two forms of one address", &[("2023 | at", "2023 | label | number")]),
    brief("link", "a link that runs a program", &[(END, "{{ sales@2023 }}, [see](javascript:alert).")]),
    brief("link", "a link to a file of this machine", &[(END, "{{ sales@2023 }}, [see](../report.html).")]),
    brief("link", "a link with white space", &[(END, "{{ sales@2023 }}, [see](<https://example.org/a report>).")]),
    data("link", "a source whose address is a file", &[("report: {title: Annual report}", "report: {title: Annual report, url: 'file:///report.pdf'}")]),
    brief("link", "a link that leads nowhere", &[(END, "{{ sales@2023 }}, [see]().")]),
    brief("link", "a link with a title", &[(END, "{{ sales@2023 }}, [see](https://example.org \"The report\").")]),
    brief("markdown", "a table in a text", &[(END, "{{ sales@2023 }}.\n\n      | a | b |\n      | --- | --- |\n      | c | d |")]),
    brief("markdown", "words struck out", &[(END, "{{ sales@2023 }} ~~and more~~.")]),
    brief("markdown", "code in a text", &[(END, "{{ sales@2023 }}, from `sales`.")]),
    brief("markdown", "a list of tasks", &[(END, "{{ sales@2023 }}.\n\n      - [ ] Ask again.")]),
    brief("markdown", "lists four deep", &[(END, "{{ sales@2023 }}.\n\n      - a\n        - b\n          - c\n            - d")]),
    brief("markdown", "emphasis in a title", &[("title: Sales of a year", "title: Sales of *a year*")]),
    brief("markdown", "a line that ends in a paragraph", &[(END, "{{ sales@2023 }}.\\\n      And more.")]),
    brief("markdown", "a link in a link", &[(END, "{{ sales@2023 }}, [see [this](https://example.org) page](https://example.org).")]),
    brief("markdown", "emphasis that nothing ends", &[(END, "{{ sales@2023 }}, *see.")]),
    brief("markdown", "a heading in a text", &[(END, "{{ sales@2023 }}.\n\n      # A heading")]),
    brief("chart-without-data", "a chart that says no data", &[(OF, "")]),
    brief("unknown-key", "a detail that a line has no room for", &[("column:", "line:"), (OF, "      rows: [{label: A, of: sales@2022, detail: of a year}, {label: B, of: sales@2023}]\n")]),
    Case { data: &[("value: 100", "value: {unknown: not stated}")], ..brief("chart-without-data", "a line at no value", &[("over: period", "over: period\n      references: [{of: sales@2022}]")]) },
    brief("chart-without-data", "a chart without rows", &[(OF, "      rows: []\n")]),
    brief("chart-without-data", "a table without rows", &[("column:", "table:"), (OF, "      head: [A, B]\n      rows: []\n")]),
    Case {
        code: "unsupported-order",
        what: "an order that a floor does not support",
        brief: &[("over: period", "over: period\n      sort: value")],
        data: &[("value: 100", "value: 130")],
        source: None,
    },
    brief("unknown-word", "a scale that English has no word for", &[("over: period", "over: period\n      in: 万")]),
    brief("unknown-word", "an order that there is not", &[("over: period", "over: period\n      sort: size")]),
    brief("unknown-key", "a line across parts of a whole", &[("column:", "share:"), ("over: period", "over: period\n      references: [{of: sales@2022}]")]),
    brief("unknown-key", "an order of what has one", &[("column:", "line:"), ("over: period", "over: period\n      sort: value")]),
    Case {
        code: "too-crowded",
        what: "numbers as long as a page is wide",
        brief: &[("column:", "bar:")],
        data: &[
            ("label: Sales", "label: Sales\n    signed: true"),
            ("value: 100", "value: -888888888888888888888888888888"),
            ("\"> 120\"", "888888888888888888888888888888"),
        ],
        source: None,
    },
    brief("too-crowded", "a slide of sixty rows", &[("column:", "table:"), (OF, SIXTY)]),
    brief("table-shape", "a row with a cell too many", &[("column:", "table:"), (OF, "      head: [A, B]\n      rows: [{label: x, cells: [y, z]}]\n")]),
    brief("table-shape", "a series with an entry too few", &[(OF, "      categories: [Then, Now]\n      series: [{label: All, of: [sales@2023]}]\n")]),
    brief("missing-key", "a heading that says nothing", &[("body:\n", "body:\n  - heading: \" \"\n")]),
    brief("missing-key", "a heading of which nothing is left", &[("body:\n", "body:\n  - heading: \"{{ check: sales@2023 > sales@2022 }}\"\n")]),
    brief("number-word", "figures in words", &[(END, "{{ sales@2023 }}: two thirds of fifty thousand.")]),
    brief("unplaced-exhibit", "an exhibit that the body does not show", &[("  - exhibit: sales\n", "")]),
    brief("unplaced-exhibit", "the same, though a text names it", &[("  - exhibit: sales\n", ""), (END, "{{ sales@2023 }}, as [#sales] shows.")]),
    brief("missing-glyph", "a character that no face has", &[("Sales rose", "Sales rose ☃")]),
    brief("missing-glyph", "the same, written as Markdown writes it", &[(END, "{{ sales@2023 }} &#x2603;.")]),
    data("missing-glyph", "the same, written as YAML writes it", &[("label: Launch", "label: \"Launch \\u2603\"")]),

    // Files.
    brief("unreadable-file", "a data set that is not there", &[("data.yaml", "date.yaml")]),
    brief("unreadable-file", "a data set that is a folder", &[("[data.yaml]", "[.]")]),
    brief("yaml-syntax", "a bracket that is not closed", &[("[data.yaml]", "[data.yaml")]),
    data("yaml-syntax", "a value that begins with a sign", &[("value: \"> 120\"", "value: *120")]),
    data("yaml-syntax", "a tab where spaces belong", &[("    label: Sales", "\tlabel: Sales")]),
    brief("yaml-syntax", "a second document", &[(END, "{{ sales@2023 }}.\n---\ntitle: Another")]),
    data("yaml-limit", "a YAML bomb", &[(EVENTS, BOMB)]),
    brief("yaml-limit", "brackets without end", &[("Sales of a year", DEEP)]),
];

/// A source's text.
const SOURCE: &str = "\
1. Sales
In 2022 the company sold 100 cars and earned 3 million euros.
In 2023 it sold more than 120 cars.
The launch was in April 2022.
";

/// The first observation, from its value on.
const SAYS: &str = "value: 100, from: report p. 1";

/// All data behind it.
const REST: &str = "      - {at: 2023, value: \"> 120\", from: report p. 1}
  price:
    label: Price
    unit: EUR
    dimensions: {trim: [plain, rich]}
    observations:
      - {at: 2023, value: 20_000, trim: plain, from: report p. 2}
      - {at: 2023, value: 30_000, trim: rich, from: report p. 2}
events:
  launch: {at: 2022-03, label: Launch, from: report p. 1}
";

/// Another observation, which stands in the source.
const SOUND: &str = "      - {at: 2023, value: \"> 120\", from: report §1 ¶2, evidence: \"120\"}
";

/// The same, and an event that the source dates otherwise.
const DATED: &str = "      - {at: 2023, value: \"> 120\", from: report §1 ¶2, evidence: \"120\"}
events:
  launch: {at: 2022-03, label: Launch, from: report §1 ¶3, evidence: April 2022}
";

/// A word of 300,000 letters.
const LONG: &str = ascii(&[b'a'; 300_000]);

/// A word of 3,000 letters.
const WORD: &str = ascii(&[b'a'; 3_000]);

/// The same row sixty times.
const SIXTY: &str = "      head: [A, B]
      rows: [&r {label: x, cells: [y]}, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r,
        *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r,
        *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r, *r]
";

/// 500 brackets.
const DEEP: &str = ascii(&[b'['; 500]);

const fn ascii(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => unreachable!(),
    }
}

/// Ten billion words in ten lines.
const BOMB: &str = "  \
a: &a [x, x, x, x, x, x, x, x, x, x]
  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
  d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
  e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
  f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
  g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
  h: &h [*g, *g, *g, *g, *g, *g, *g, *g, *g, *g]
  i: &i [*h, *h, *h, *h, *h, *h, *h, *h, *h, *h]
  j: &j [*i, *i, *i, *i, *i, *i, *i, *i, *i, *i]
events:
";
