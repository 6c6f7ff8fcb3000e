//! One source of truth for every printed form: label, sentence, speech, JSON and CSV say the same of each qualifier in each language;
//! and what people write is read back as it was written.

use exhibit_core::diag::one_line;
use exhibit_core::evidence::{numbers, supports};
use exhibit_core::{Compilation, compile, export};
use exhibit_facts::address::Address;
use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Annotation, Block, Fact};
use exhibit_facts::period::Period;
use exhibit_facts::quantity::Reading;
use exhibit_facts::unit::Units;
use exhibit_facts::{formula, number};
use proptest::prelude::*;

const SHAPES: [(&str, &str); 12] = [
    ("17_800", "exact"),
    ("> 10_000", "more_than"),
    (">= 10_000", "at_least"),
    ("< 34_000", "less_than"),
    ("<= 5_000", "at_most"),
    ("40..50", "range"),
    ("-40..50", "range"),
    ("-50..-40", "range"),
    ("> -40", "more_than"),
    ("<= -40", "at_most"),
    ("40 ± 5", "estimate"),
    ("-40 (95%: -50..-39)", "estimate"),
];

fn compiled(language: &str, body: &str, metrics: &str) -> Compilation {
    let brief = format!(
        "title: T\ndate: 2024-01-31\nlanguage: {language}\ndata: [d.yaml]\nbody:\n  - text: |\n      {body}\n"
    );
    let data = format!(
        "sources: {{s: {{title: S}}}}\nunits:\n  cars: {{one: car, other: cars, de: {{one: Auto, other: Autos}}, zh: 辆}}\nmetrics:\n{metrics}"
    );
    compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    })
}

fn facts(done: Compilation) -> Facts {
    let faults: Vec<String> = done
        .report
        .findings()
        .iter()
        .map(|finding| one_line(finding, &done.sources))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    done.facts.expect("no finding, so there are facts")
}

/// True when a text, read like a source's, says the number and the qualifier of a fact.
fn says(text: &str, fact: &Fact) -> bool {
    let Reading::Value(value) = &fact.reading else {
        return false;
    };
    let mentions = numbers(text);
    value.shape.named().all(|amount| {
        mentions.iter().any(|mention| {
            let before = &text[..mention.place.0];
            let minus = before.ends_with('\u{2212}') || before.ends_with("minus ");
            mention.may_be(amount)
                && minus == amount.is_negative()
                && supports(mention, value).is_ok()
        })
    })
}

#[test]
fn every_form_says_the_same_for_each_qualifier_and_language() {
    for language in ["en", "de", "zh"] {
        for (written, qualifier) in SHAPES {
            for about in [false, true] {
                for unit in ["cars", "\"%\"", "CNY"] {
                    let value = if about {
                        format!("~ {written}")
                    } else {
                        written.to_owned()
                    };
                    let metrics = format!(
                        "  a: {{label: A, unit: {unit}, signed: true, observations: [{{at: 2023, value: \"{value}\", from: s}}]}}\n"
                    );
                    let facts = facts(compiled(language, "{{ a }}", &metrics));
                    let fact = &facts.facts[0];
                    let json = export::json(&facts, export::Selection::ALL);
                    let json = &json["facts"][0];
                    assert_eq!(json["qualifier"], qualifier);
                    assert_eq!(json["approximate"], about);
                    let forms = &fact.forms;
                    let what = format!("{language} {value} {unit}: {forms:?}");
                    assert!(says(&forms.label, fact), "label, {what}");
                    assert!(says(&forms.number, fact), "number, {what}");
                    assert!(says(&forms.sentence, fact), "sentence, {what}");
                    if language == "en" {
                        assert!(says(&forms.spoken, fact), "speech, {what}");
                    }
                    assert!(
                        !forms.spoken.chars().any(|ch| ch.is_ascii_digit()),
                        "{what}"
                    );
                    // A line of the CSV has the same words as the JSON.
                    let csv = export::csv(&facts, export::Selection::ALL);
                    let row = csv.lines().nth(1).expect("one fact");
                    let display = json["display"].as_str().expect("a text");
                    assert!(
                        row.contains(display) && row.contains(&format!(",{qualifier},{about},")),
                        "{row}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_missing_is_said_in_words_and_never_as_zero() {
    for (language, words) in [("en", "no data"), ("de", "keine Angabe"), ("zh", "无数据")] {
        let metrics =
            "  a: {label: A, observations: [{at: 2023, value: {unknown: not stated}, from: s}]}\n";
        let facts = facts(compiled(language, "{{ a }}", metrics));
        let forms = &facts.facts[0].forms;
        for form in [&forms.number, &forms.label, &forms.sentence, &forms.spoken] {
            assert_eq!(form, words);
        }
        let json = export::json(&facts, export::Selection::ALL);
        assert_eq!(json["facts"][0]["qualifier"], "unknown");
        assert_eq!(json["facts"][0]["reason"], "not stated");
    }
}

#[test]
fn filters_give_each_form_of_a_fact() {
    let metrics = "  a: {label: A, unit: cars, observations: [{at: 2024-06, value: '> 10_000', from: s, status: target, due: 2024-11}]}\n";
    for (filter, expected) in [
        ("", "more than 10,000 cars"),
        ("| sentence", "more than 10,000 cars"),
        ("| label", "> 10,000 cars"),
        ("| number", "> 10,000"),
        ("| bare", "more than 10,000"),
        ("| words", "more than ten thousand cars"),
        ("| unit", "cars"),
        ("| at", "June 2024"),
        ("| year", "2024"),
        ("| month", "June"),
        ("| iso", "2024-06"),
        ("| due", "November 2024"),
        ("| status", "target"),
        ("| sentence | capital", "More than 10,000 cars"),
        ("| in thousand", "more than 10 thousand cars"),
        ("| in million | label", "> 0.01 million cars"),
        ("| in thousand | bare | capital", "More than 10 thousand"),
        ("| digits 3", "more than 10,000 cars"),
    ] {
        let facts = facts(compiled(
            "en",
            &format!("x {{{{ a@2024-06 {filter} }}}}"),
            metrics,
        ));
        let exhibit_facts::facts::Block::Paragraph(prose) = &facts.body[0] else {
            panic!("a paragraph")
        };
        let run = &prose.runs[1];
        assert_eq!(run.text.replace('\u{a0}', " "), expected, "{filter}");
        assert!(matches!(
            run.annotation,
            Some(Annotation::Fact { number: 1, .. })
        ));
    }
    let done = compiled("en", "{{ a | labels }}", metrics);
    let finding = done.report.findings()[0];
    assert_eq!(
        (finding.code.as_str(), finding.help.as_deref()),
        ("unknown-filter", Some("did you mean `label`?"))
    );
}

#[test]
fn filters_say_how_fine_a_number_is() {
    for (value, filter, expected) in [
        ("17_845", "digits 2", "about 18,000 cars"),
        ("17_845", "digits 5", "17,845 cars"),
        ("> 17_845", "digits 2", "more than 17,000 cars"),
        ("< 17_845", "digits 2", "fewer than 18,000 cars"),
        ("12_345..17_845", "digits 2 | label", "12,000–18,000 cars"),
        (
            "17_845",
            "in thousand | decimals 1",
            "about 17.8 thousand cars",
        ),
        ("17_845", "decimals 1 | number", "17,845"),
        ("9.95", "digits 2 | number", "~ 10"),
        ("<= 9_999_999", "digits 2", "at most 10 million cars"),
    ] {
        let metrics = format!(
            "  a: {{label: A, unit: cars, observations: [{{at: 2024, value: '{value}', from: s}}]}}\n"
        );
        let facts = facts(compiled(
            "en",
            &format!("x {{{{ a | {filter} }}}}"),
            &metrics,
        ));
        let exhibit_facts::facts::Block::Paragraph(prose) = &facts.body[0] else {
            panic!("a paragraph")
        };
        assert_eq!(
            prose.runs[1].text.replace('\u{a0}', " "),
            expected,
            "{value} {filter}"
        );
    }
    for filters in [
        "digits 0",
        "digits x",
        "in dozen",
        "digits 2 | decimals 1",
        "in million | in thousand",
    ] {
        let metrics =
            "  a: {label: A, unit: cars, observations: [{at: 2024, value: 5, from: s}]}\n";
        let done = compiled("en", &format!("{{{{ a | {filters} }}}}"), metrics);
        assert_eq!(
            done.report.findings()[0].code.as_str(),
            "template",
            "{filters}"
        );
    }
}

/// The findings of a text of prose: code and the words at the place.
fn prose_findings(body: &str) -> Vec<(&'static str, String)> {
    let metrics =
        "  a: {label: A, unit: cars, observations: [{at: 2024-06, value: '> 10_000', from: s}]}\n";
    let done = compiled("en", body, metrics);
    done.report
        .findings()
        .iter()
        .map(|finding| {
            let span = finding.span.expect("a place");
            (finding.code.as_str(), done.sources.slice(span).to_owned())
        })
        .collect()
}

#[test]
fn a_typed_number_is_found_wherever_it_hides() {
    for (body, number) in [
        ("there are 12 of them", "12"),
        ("*12* of them", "12"),
        ("some 10,000 cars", "10,000"),
        ("a share of 5%", "5%"),
        ("[12 of them](https://example.org/)", "12"),
        ("{{ a }}7", "7"),
        ("7{{ a }}", "7"),
        ("SU8", "8"),
        ("once, ½ of it", "½"),
    ] {
        assert_eq!(
            prose_findings(body),
            [("orphan-number", number.to_owned())],
            "{body}"
        );
    }
    // A note is prose too.
    let found = prose_findings("x[^n]\n\n      [^n]: In 1999.\n");
    assert_eq!(found, [("orphan-number", "1999".to_owned())]);
}

#[test]
fn what_is_no_data_is_said_so_in_place() {
    assert_eq!(prose_findings("the \\#{SU7} of \\#{2024}, {{ a }}"), []);
    assert_eq!(
        prose_findings("the \\#{SU7").first().map(|(code, _)| *code),
        Some("template")
    );
}

#[test]
fn a_date_has_only_the_parts_it_was_given() {
    let done = compiled(
        "en",
        "{{ a | month }}",
        "  a: {label: A, observations: [{at: 2024, value: 5, from: s}]}\n",
    );
    assert_eq!(done.report.findings()[0].code.as_str(), "template");
    let data = "  a: {label: A, observations: [{at: 2024, value: 5, from: s}]}\nevents: {e: {at: 2024-03-09, label: E, from: s}}\n";
    let facts = facts(compiled(
        "de",
        "{{ event:e | month }} {{ event:e | year }}, {{ event:e | iso }}, {{ event:e }}",
        data,
    ));
    let exhibit_facts::facts::Block::Paragraph(prose) = &facts.body[0] else {
        panic!("a paragraph")
    };
    assert_eq!(prose.text(), "März 2024, 2024-03-09, 9. März 2024");
}

#[test]
fn a_deadline_is_not_a_span() {
    let metrics = "  a: {label: A, observations: [{at: 2024, value: 5, from: s, status: target, due: '..2024-11'}]}\n";
    assert_eq!(
        compiled("en", "{{ a }}", metrics).report.findings()[0]
            .code
            .as_str(),
        "bad-period"
    );
}

#[test]
fn an_address_is_refused_where_it_goes_wrong() {
    for (text, at) in [
        ("", 0),
        ("7up", 0),
        ("a[b", 1),
        ("a[b]", 2),
        ("a[b=1,b=2]", 2),
        ("a@", 2),
        ("a@2024-13", 2),
        ("a b", 1),
        ("a@2024 b", 6),
    ] {
        assert_eq!(Address::parse(text).expect_err(text).at, at, "{text}");
    }
}

#[test]
fn a_conflict_is_a_finding_until_one_is_preferred() {
    let metric = |extra: &str| {
        format!(
            "  a: {{label: A, observations: [{{at: 2023, value: 5, from: s}}, {{at: 2023, value: 6, from: s{extra}}}]}}\n"
        )
    };
    let done = compiled("en", "{{ a }}", &metric(""));
    assert!(done.facts.is_none());
    let codes: Vec<_> = done
        .report
        .findings()
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(codes, ["conflict"]);
    let facts = facts(compiled(
        "en",
        "{{ a }}",
        &metric(", preferred: counted twice"),
    ));
    let used = facts
        .fact("a@2023")
        .expect("the preferred one has the address");
    assert_eq!(used.forms.number, "6");
    assert_eq!(used.preferred.as_deref(), Some("counted twice"));
    assert_eq!(facts.facts[used.conflicts[0].0].forms.number, "5");
}

#[test]
fn a_status_is_kept_and_a_derived_figure_takes_the_farthest() {
    let metrics =
        "  a: {label: A, observations: [{at: 2023, value: 5, from: s, status: target, by: us}]}
  b: {label: B, observations: [{at: 2023, value: 6, from: s, status: estimated}]}
  c: {label: C, formula: a / b}
  d: {label: D, status: actual, formula: a / b}\n";
    let facts = facts(compiled(
        "en",
        "{{ a | status }}, {{ c | status }}, {{ d | status }}",
        metrics,
    ));
    let exhibit_facts::facts::Block::Paragraph(prose) = &facts.body[0] else {
        panic!("a paragraph")
    };
    assert_eq!(prose.text(), "target, target, actual");
    assert_eq!(
        facts.fact("c@2023").and_then(|fact| fact.by.as_deref()),
        Some("us")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Addresses, periods and units print back as they were written.
    #[test]
    fn written_forms_read_and_print_back(
        metric in "[a-z][a-z0-9_]{0,12}",
        dimension in "[a-z][a-z ]{0,6}[a-z]",
        year in 1..9999_i32,
        month in 1..=12_u8,
        form in 0..9,
        about in any::<bool>(),
    ) {
        let period = match form {
            0 => format!("{year:04}"),
            1 => format!("{year:04}-{month:02}"),
            2 => format!("{year:04}-Q{}", month % 4 + 1),
            3 => format!("{year:04}-H{}", month % 2 + 1),
            4 => format!("{year:04}-W{month:02}"),
            5 => format!("{year:04}-{month:02}-28"),
            6 if month == 1 || year == 1 => format!("FY{:04}", year + 1),
            6 => format!("FY{year:04}-{month:02}"),
            7 => format!("{year:04}.."),
            _ => format!("..{year:04}-{month:02}"),
        };
        let period = if about { format!("~{period}") } else { period };
        let read = Period::parse(&period).unwrap();
        prop_assert_eq!(read.to_string(), period.clone());
        let address = format!("{metric}[x={dimension}]@{period}");
        prop_assert_eq!(Address::parse(&address).unwrap().to_string(), address.clone());
        let (_, references) = formula::parse(&format!("2 * ({address} - 1) / sum({address}, b)")).unwrap();
        prop_assert_eq!(references[0].address.to_string(), address);
    }

    /// Nothing that can be typed makes a parser panic, and a written number is exact to the last digit.
    #[test]
    fn parsers_take_any_text(text in "\\PC{0,24}", whole in 0..1_000_000_u64, part in 0..1_000_u32) {
        let _ = number::value(&text);
        let _ = Period::parse(&text);
        let _ = Address::parse(&text);
        let _ = formula::parse(&text);
        let _ = Units::builtin().parse(&text);
        let _ = numbers(&text);
        let written = format!("{whole}.{part:03}");
        let amount = number::amount(&written).unwrap();
        let printed = exhibit_facts::format::exact_decimal(&amount.value);
        prop_assert_eq!(written.trim_end_matches('0').trim_end_matches('.'), printed);
    }
}

/// The first paragraph of a text in a language.
fn paragraph(language: &str, body: &str) -> String {
    let brief = format!(
        "title: T\nlanguage: {language}\ndate: 2024-01-31\ndata: [d.yaml]\nbody:\n  - text: |\n{body}"
    );
    let data = "sources: {s: {title: S}}\nmetrics: {a: {label: A, unit: people, observations: [{at: 2023, value: 5, from: s}]}}\n";
    let done = compile("b.yaml", &brief, &mut |_| {
        Ok(("d.yaml".to_owned(), data.to_owned()))
    });
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{:#?}", done.report.findings()));
    match &facts.body[0] {
        Block::Paragraph(prose) => prose.text().replace('\u{a0}', " "),
        other => panic!("{other:?}"),
    }
}

#[test]
fn lines_of_chinese_are_joined_without_a_space() {
    assert_eq!(
        paragraph(
            "zh",
            "      人口确实增加了，\n      但并不是更多的\n      **孩子**，有\n      {{ a@2023 }}，即 A\n      B。\n"
        ),
        "人口确实增加了，但并不是更多的孩子，有5人，即 A B。"
    );
    // A Chinese name in another language stands between spaces.
    assert_eq!(
        paragraph(
            "en",
            "      The name 雷军\n      is Chinese, and so is 小米\n      汽车.\n"
        ),
        "The name 雷军 is Chinese, and so is 小米汽车."
    );
}
