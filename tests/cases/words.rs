//! Texts: what is a figure, what is markup, what has the same letters; and numbers as an editor prints them.

use exhibit_core::compile;
use exhibit_facts::facts::{Block, Content, Facts};
use exhibit_tests::cases::Case;

/// The facts of a case, compiled.
fn facts(case: &Case) -> Facts {
    let read = |name: &str| std::fs::read_to_string(case.folder().join(name)).expect("a file");
    let done = compile("brief.yaml", &read("brief.yaml"), &mut |name| {
        Ok((name.to_owned(), read(name)))
    });
    done.facts.unwrap_or_else(|| panic!("{:?}", done.report))
}

/// The text of the body, a line a paragraph, ties as plain spaces.
fn prose(facts: &Facts) -> String {
    fn lines(blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(prose) => out.push(prose.text()),
                Block::List { items, .. } => items.iter().for_each(|item| lines(item, out)),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    lines(&facts.body, &mut out);
    plain(&out.join("\n"))
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The numbers that a chart prints, series by series.
fn labels(facts: &Facts, exhibit: &str) -> Vec<String> {
    let found = facts.exhibits.iter().find(|found| found.id == exhibit);
    let Content::Chart(chart) = &found.expect("an exhibit").content else {
        panic!("a chart")
    };
    let data = chart
        .series
        .iter()
        .flat_map(|series| series.data.iter().flatten());
    data.map(|datum| plain(&datum.forms.number)).collect()
}

/// The notes under an exhibit.
fn notes(facts: &Facts, exhibit: &str) -> String {
    let found = facts.exhibits.iter().find(|found| found.id == exhibit);
    let notes = &found.expect("an exhibit").notes;
    notes
        .iter()
        .map(|note| note.text())
        .collect::<Vec<_>>()
        .join(" ")
}

/// 12 deaths minus 11 is 1 death.
#[test]
fn digits_difference() {
    let case = Case::open("digits-difference");
    assert_eq!(
        prose(&facts(&case)),
        "The difference is 1 death, 1 death, 0 deaths, about 2.8 times."
    );
    let _ = case.build();
}

/// Millions have three digits, the labels of a chart one number of decimals, and their note says once that they are rounded.
#[test]
fn digits_million() {
    let case = Case::open("digits-million");
    let done = facts(&case);
    assert_eq!(
        prose(&done),
        "The difference is about 1.37 million jobs; about 12.4 million jobs."
    );
    for exhibit in ["a", "b"] {
        assert_eq!(labels(&done, exhibit), ["12.4", "13.7", "24.0"]);
        assert_eq!(notes(&done, exhibit), "Numbers are rounded in print.");
    }
    // A voice and the data say it exactly.
    let fact = done.fact("d@2022..2023").expect("the difference");
    assert_eq!(fact.forms.spoken, "one point three six five million jobs");
    let json = case.facts();
    let amount = |address: &str| {
        let all = json["facts"].as_array().expect("facts");
        let fact = all.iter().find(|fact| fact["address"] == address);
        fact.expect("a fact")["amount"].as_str().map(str::to_owned)
    };
    assert_eq!(amount("d@2022..2023").as_deref(), Some("1365000"));
    let _ = case.build();
}

/// `digits` and `decimals` of an exhibit, a series and a column of a table.
#[test]
fn digits_as_asked() {
    let chart = |keys: &str| {
        let case = Case::open("digits-million").with(
            "brief.yaml",
            "of: j, over: period, in: million}}",
            &format!("of: j, over: period, in: million, {keys}}}}}"),
        );
        labels(&facts(&case), "a")
    };
    assert_eq!(chart("decimals: 2"), ["12.36", "13.73", "24.00"]);
    assert_eq!(chart("decimals: 0"), ["12", "14", "24"]);
    assert_eq!(chart("digits: 2"), ["12", "14", "24"]);
    assert_eq!(chart("digits: 5"), ["12.360", "13.725", "24.000"]);
    let case = Case::open("digits-million").with(
        "brief.yaml",
        "  b: {column: {title: without, subtitle: Jobs, of: k, over: period, in: million}}",
        "  b:
    column:
      {title: both, subtitle: Jobs, in: million, categories: [\"2022\", \"2023\"], series: [
        {label: J, of: [j@2022, j@2023], decimals: 3},
        {label: K, of: [k@2022, k@2023]}]}
  t:
    table:
      {title: T, head: [Year, J, K], decimals: [null, 2, null], rows: [
        {label: One, cells: [\"{{ j@2022 | in million | number }}\", \"{{ k@2022 | in million | number }}\"]},
        {label: Two, cells: [\"{{ j@2024 | in million | number }}\", \"{{ k@2024 | in million | number }}\"]}]}",
    );
    let case = case.with(
        "brief.yaml",
        "  - exhibit: b",
        "  - exhibit: b\n  - exhibit: t",
    );
    let done = facts(&case);
    assert_eq!(labels(&done, "b"), ["12.360", "13.725", "12.4", "13.7"]);
    let table = done.exhibits.iter().find(|found| found.id == "t");
    let Content::Table(table) = &table.expect("the table").content else {
        panic!("a table")
    };
    let cells = |column: usize| {
        let cells = table.rows.iter().map(|row| row.cells[column].text.as_str());
        cells.collect::<Vec<_>>()
    };
    assert_eq!(cells(0), ["12.36\u{a0}million", "24.00\u{a0}million"]);
    assert_eq!(cells(1), ["12.4\u{a0}million", "24.0\u{a0}million"]);
    assert_eq!(notes(&done, "t"), "Numbers are rounded in print.");
    let both = Case::open("digits-million").with(
        "brief.yaml",
        "of: j, over: period, in: million}}",
        "of: j, over: period, in: million, digits: 2, decimals: 1}}",
    );
    let run = both.check();
    assert!(run.talk.contains("exclude each other"), "{}", run.talk);
}

/// Composed and decomposed letters are one name: in cells, filters, emphasis and addresses.
#[test]
fn csv_unicode_forms() {
    let case = Case::open("csv-unicode-forms");
    let done = facts(&case);
    let names: std::collections::BTreeSet<&str> = done
        .facts
        .iter()
        .map(|fact| fact.dimensions["city"].as_str())
        .collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["Genf", "Zürich"]);
    assert_eq!(labels(&done, "c").len(), 4);
    let _ = case.build();
    let named = Case::open("csv-unicode-forms").with(
        "brief.yaml",
        "of: a, over: year, by: city",
        "of: a, over: year, by: city, emphasis: [\"Zu\u{308}rich\"]",
    );
    let _ = named.build();
    let filtered = Case::open("csv-unicode-forms")
        .with(
            "data.yaml",
            "dimensions: {city: City}}",
            "dimensions: {city: City}, where: {City: [\"Zu\u{308}rich\"]}}",
        )
        .with(
            "brief.yaml",
            "  - exhibit: c",
            "  - exhibit: c\n  - text: \"{{ a[city=Zu\u{308}rich]@2023 }}\"",
        );
    let done = facts(&filtered);
    assert_eq!(labels(&done, "c"), ["5", "6"]);
    assert_eq!(prose(&done), "6 cars");
}

/// Ligatures of a copied text are their letters.
#[test]
fn pasted_ligature() {
    let case = Case::open("pasted-ligature");
    let done = facts(&case);
    assert_eq!(done.meta.title.text(), "Office profits");
    assert_eq!(prose(&done), "There were 5 cars in the office.");
    let _ = case.build();
}

/// NO, on, 010, 1e3, 12:30 stay texts.
#[test]
fn yaml_norway() {
    let case = Case::open("yaml-norway");
    let done = facts(&case);
    assert_eq!(prose(&done), "X 5 cars");
    for address in [
        "a[country=010]@2022",
        "a[country=1e3]@2022",
        "a[country=2024-01-01]@2022",
    ] {
        assert!(done.fact(address).is_some(), "{address}");
    }
    let _ = case.build();
}

/// Names sort with Ł beside L, Ø beside O, and 9 before 10.
#[test]
fn sort_label_stroke() {
    let case = Case::open("sort-label-stroke");
    let done = facts(&case);
    let Content::Chart(chart) = &done.exhibits[0].content else {
        panic!("a chart")
    };
    let names: Vec<&str> = chart
        .categories
        .iter()
        .map(|category| category.label.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Łódź",
            "Lublin",
            "Ørsted",
            "Oslo",
            "Region 9",
            "Region 10",
            "Zamość"
        ]
    );
    let _ = case.build();
}

/// What no font has is a finding, for every script, and never an empty box.
#[test]
fn scripts_missing() {
    let case = Case::open("scripts-missing");
    let run = case.run(&["build", "brief.yaml", "--format", "pdf"]);
    assert_eq!(run.code, 1);
    for first in ['م', 'מ', '臺', '語', '한', 'ไ', '🚗'] {
        assert!(
            run.talk
                .contains(&format!("no face has the character '{first}'")),
            "{first}: {}",
            run.talk
        );
    }
    assert!(!case.folder().join("output").exists());
}

/// A case with another text in its body.
fn body(case: &str, text: &str) -> Case {
    let case = Case::open(case);
    let path = case.folder().join("brief.yaml");
    let brief = std::fs::read_to_string(&path).expect("a brief");
    let (head, _) = brief.split_once("body:").expect("a body");
    let text = text.replace('\n', "\n      ");
    std::fs::write(&path, format!("{head}body:\n  - text: |\n      {text}\n")).expect("a file");
    case
}

/// One of something, in numbers and in words.
#[test]
fn plural_one() {
    let case = Case::open("plural-one");
    assert_eq!(
        prose(&facts(&case)),
        "1 euro; more than 1 euro; 1 million euros; 1 US dollar; 1 yuan; 1 percentage point; 0 percentage points; 1 person; 1 time; 1 hour; \
         1 euro per person; 1 gigawatt-hour; one euro; one US dollar"
    );
    let _ = case.build();
}

/// German numbers: digits, words, and the article before a noun.
#[test]
fn german_numbers() {
    let case = Case::open("german-numbers");
    let prose = prose(&facts(&case));
    assert!(
        prose.contains("\nein Auto; eine Million Autos; zwölftausend"),
        "{prose}"
    );
    assert!(
        prose.contains("einundzwanzig Autos; einhunderteins Autos"),
        "{prose}"
    );
    assert!(
        prose.starts_with(
            "1 Auto; 1.000.000 Autos; 1 Million Autos; 12.345,5 Autos; mehr als 1,5 Millionen Autos"
        ),
        "{prose}"
    );
    assert!(!prose.contains(" eins Auto"), "{prose}");
    let _ = case.build();
}

/// Currencies by sign and code, as their unit says.
#[test]
fn currency_styles() {
    let data = |style: &str| {
        Case::open("plural-one").with(
            "data.yaml",
            "metrics:",
            &format!("units: {{EUR: {{style: {style}}}, USD: {{style: {style}}}}}\nmetrics:"),
        )
    };
    let symbol = prose(&facts(&data("symbol")));
    assert!(
        symbol.starts_with("€1; more than €1; €1m; $1; 1 yuan;"),
        "{symbol}"
    );
    assert!(symbol.contains("€1 per person"), "{symbol}");
    assert!(symbol.ends_with("one euro; one US dollar"), "{symbol}");
    let code = prose(&facts(&data("code")));
    assert!(
        code.starts_with("EUR 1; more than EUR 1; EUR 1 million; USD 1;"),
        "{code}"
    );
    let _ = data("symbol").build();
    let german = data("symbol").with("brief.yaml", "date:", "language: de\ndate:");
    let german = prose(&facts(&german));
    assert!(
        german.starts_with("1 €; mehr als 1 €; 1 Mio. €; 1 $;"),
        "{german}"
    );
    let run = Case::open("plural-one")
        .with(
            "data.yaml",
            "metrics:",
            "units: {km: {style: symbol}}\nmetrics:",
        )
        .check();
    assert!(run.talk.contains("no built-in currency"), "{}", run.talk);
}

/// The unit of a scale and a part of a year are no figures.
#[test]
fn number_word_unit() {
    let case = Case::open("number-word-unit");
    let run = case.check();
    assert_eq!(run.code, 0, "{}", run.talk);
    assert!(!run.talk.contains("number-word"), "{}", run.talk);
    let _ = case.build();
    let case = case.with(
        "brief.yaml",
        "GDP in billion dollars",
        "Billions of dollars, half of it",
    );
    let run = case.check();
    assert!(
        run.talk.contains("number `Billions`") && run.talk.contains("number `half`"),
        "{}",
        run.talk
    );
}

/// A year in which the data hold something stands as it is typed; any other is told with the nearest.
#[test]
fn typed_years() {
    let sound = body(
        "markdown-near-miss",
        "In 2020, in March 2021 and in 2020–21 much was made; so in Q3 2022, the 2020s and the 20th century.",
    );
    let run = sound.check();
    assert_eq!(run.code, 0, "{}", run.talk);
    for (text, words) in [
        (
            "In 2013 cars were made.",
            "the data hold no fact and no event in 2013",
        ),
        (
            "On 12 March 2021 cars were made.",
            "no event in 12 March 2021",
        ),
        (
            "In 2021–35 cars were made.",
            "the data hold no fact and no event in 2021–35",
        ),
        (
            "There were 2020 cars.",
            "number 2020 does not come from the data",
        ),
        (
            "There were 2,020 of them.",
            "number 2,020 does not come from the data",
        ),
        ("It cost $2020.", "number 2020 does not come from the data"),
    ] {
        let run = body("markdown-near-miss", text).check();
        assert_eq!(run.code, 1, "{text}: {}", run.talk);
        assert!(run.talk.contains(words), "{text}: {}", run.talk);
    }
    let run = body("markdown-near-miss", "In 2013 cars were made.").check();
    assert!(
        run.talk
            .contains("the nearest is 2020: write {{ a@2020 | year }}"),
        "{}",
        run.talk
    );
}

/// Marks of other programs are findings, each with the way to write it, and never printed.
#[test]
fn markdown_near_miss() {
    let run = Case::open("markdown-near-miss").check();
    assert_eq!(run.code, 1);
    for help in [
        "write the words outside of the brackets: `see [@s]`",
        "write `[@s]`",
        "write the words outside of the brackets: `[@s]`",
        "write `[^name]` here",
        "remove the command: pages end where they are full",
        "`- callout: {title: …, text: …}`",
        "write the sign itself, such as ₂",
    ] {
        assert!(run.talk.contains(help), "{help}\n{}", run.talk);
    }
    for text in [
        "See @s.",
        "See (@s).",
        "As { a@2020 } says.",
        "A [word]{.red}.",
        "The ==best==.",
        "A [[page]].",
        "x^2^",
        "A [word][name].",
    ] {
        let run = body("markdown-near-miss", text).check();
        assert!(
            run.talk.contains("printed as it stands"),
            "{text}: {}",
            run.talk
        );
    }
    // What means nothing here is words.
    for text in [
        "Write to a@b.org or @nobody: 100\\% of us, C#, a ~ b, a: b :: c, [sic], {x}, a = b == c.",
        "An \\@s, a \\#c.",
    ] {
        let text = text.replace("100\\% of", "all of");
        let run = body("markdown-near-miss", &text).check();
        assert_eq!(run.code, 0, "{text}: {}", run.talk);
    }
}

/// A citation holds the place in its source.
#[test]
fn citation_with_a_place() {
    let case = body(
        "markdown-near-miss",
        "Cars were made [@s, p. 4] and sold [@s pp. 5–6] [@s].",
    );
    assert_eq!(
        prose(&facts(&case)),
        "Cars were made [1, p. 4] and sold [1, pp. 5–6] [1]."
    );
    let _ = case.build();
    let run = body("markdown-near-miss", "Cars were made [@s; @s].").check();
    assert!(
        run.talk.contains("a citation names one source"),
        "{}",
        run.talk
    );
}

/// Citations have one stop, and none behind nothing.
#[test]
fn source_punctuation() {
    let case = Case::open("source-punctuation");
    let done = facts(&case);
    let citations: Vec<&str> = done
        .sources
        .iter()
        .map(|source| source.citation.as_str())
        .collect();
    assert_eq!(
        citations,
        [
            "Example Corp. Who moved the numbers? Data Inc. 2023. Accessed January 2024.",
            "J. Doe Jr. Yahoo!",
            "Report no. 4. https://example.org/x.",
            "E. Xample. A “quoted title”. https://example.org/a_(b)?q=1&r=2#frag.",
        ]
    );
    assert!(
        !done.exhibits[0].source_line.contains("; ,"),
        "{}",
        done.exhibits[0].source_line
    );
    let _ = case.build();
}

/// The text of all pages, lines joined by a space and ties as plain spaces; words that a line end hyphenates are whole.
fn copied(case: &Case) -> String {
    let _ = case.build();
    let pages = exhibit_tests::pdf::texts(&case.output("brief.pdf")).join("\n");
    let whole = pages.replace("-\n", "");
    let words: Vec<&str> = whole.split_whitespace().collect();
    plain(&words.join(" "))
}

/// Sentences of the register follow each other with one stop, and no space before it.
#[test]
fn register_note_space() {
    let text = copied(&Case::open("register-note-space"));
    for words in [
        "[1]. Without exports",
        "[1] p. 4. With exports",
        "[1]. Not stated",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("] ."), "{text}");
    // A place that ends with a stop needs no second one; nor does a speaker.
    let text = copied(&Case::open("source-punctuation"));
    for words in [
        "[1] p. 3 ff. Without exports.",
        "[2] p. 4. Why?",
        "Claim by Example Corp. [4]",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("..") && !text.contains("!."), "{text}");
}

/// A mark behind a digit is no exponent: a space stands between them, in copied text too.
#[test]
fn mark_beside_number() {
    let text = copied(&Case::open("mark-beside-number"));
    assert!(
        text.contains("In 2010 1 there were 8, and in 2020 2 12 of them."),
        "{text}"
    );
    assert!(text.contains("The 12 founders; 8–12."), "{text}");
}

/// Ligatures and hyphenated words copy out whole.
#[test]
fn pdf_copy_text() {
    let text = copied(&Case::open("pdf-copy-text"));
    assert!(text.contains("After office fjords"), "{text}");
    for word in [
        "Officially",
        "after-effects",
        "differing",
        "configurations",
        "afflict",
        "difficultly",
        "reconfigured",
        "disproportionately",
        "overcomplicated",
        "recharacterisation",
        "interdepartmental",
        "responsibilities",
        "internationalises",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}
