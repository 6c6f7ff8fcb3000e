//! What is printed of a period whose begin is not known.

use exhibit_core::compile;

#[test]
fn only_a_flow_adds_up_to_a_year_and_all_else_was_so_then_or_earlier() {
    let metric = |name: &str, measure: &str| {
        format!(
            "  {name}: {{label: L, {measure}observations: [{{at: ..2023, value: 5, from: s}}]}}\n"
        )
    };
    let data = [
        "sources: {s: {title: S}}\nmetrics:\n".to_owned(),
        metric("sold", "measure: flow, "),
        metric("staff", "measure: stock, "),
        metric("share", "measure: ratio, "),
        metric("founders", ""),
        "  twice: {label: L, measure: stock, formula: 2 * staff}\n".to_owned(),
        "events: {begun: {at: ..2023, label: Begun, from: s}}\n".to_owned(),
    ]
    .concat();
    let brief = "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    let done = compile("b.yaml", brief, &mut |_| {
        Ok(("d.yaml".to_owned(), data.clone()))
    });
    let facts = done.facts.expect("sound");
    let texts: Vec<&str> = facts
        .facts
        .iter()
        .map(|fact| fact.at_text.as_str())
        .collect();
    let earlier = "2023 or earlier";
    assert_eq!(texts, ["up to 2023", earlier, earlier, earlier, earlier]);
    assert_eq!(facts.events[0].at_text, earlier);
}
