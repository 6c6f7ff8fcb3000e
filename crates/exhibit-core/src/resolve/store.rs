//! The store: every source, metric, event and fact of the data sets.

use std::collections::{BTreeMap, BTreeSet};

use exhibit_facts::address::Address;
use exhibit_facts::facts::{Event, Fact, FactId, MetricId, Origin, Source, SourceId};
use exhibit_facts::format::{self, Scaling, UnitLabel};
use exhibit_facts::language::Language;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Reading, Value};
use exhibit_facts::span::Span;
use exhibit_facts::unit::{CurrencyStyle, Unit, UnitDef, UnitWords, Units};

use super::duration::Duration;
use super::link;
use crate::diag::{Code, Finding, Report};
use crate::model::{DataModel, Measure, MetricModel, Text};
use crate::rules::{SIGNED_HELP, below_zero};

/// A metric with its unit and its facts.
pub(crate) struct MetricEntry {
    pub model: MetricModel,
    pub unit: Unit,
    pub phrase: UnitLabel,
    /// Facts in written order, without those that another fact is preferred to.
    pub facts: Vec<FactId>,
    /// The same facts by period, so that an address is found without a look at all facts.
    pub at: BTreeMap<Period, Vec<FactId>>,
}

impl MetricEntry {
    /// Adds a fact behind all others.
    pub(crate) fn add(&mut self, fact: FactId, at: Period) {
        self.facts.push(fact);
        self.at.entry(at).or_default().push(fact);
    }

    /// The period of a fact in words. A flow covers a span; a stock and a ratio belong to its moment.
    pub(crate) fn when(&self, language: Language, at: &Period) -> String {
        match self.model.measure.as_ref().map(|measure| measure.value) {
            Some(Measure::Flow) => format::period(language, at),
            Some(Measure::Stock | Measure::Ratio) | None => format::moment(language, at),
        }
    }
}

/// Sources, metrics, events and facts.
pub(crate) struct Store {
    pub language: Language,
    pub units: Units,
    pub sources: Vec<Source>,
    pub metrics: Vec<MetricEntry>,
    pub events: Vec<Event>,
    pub facts: Vec<Fact>,
    /// The time that a derived fact is over, where its formula tells.
    pub durations: BTreeMap<FactId, Duration>,
    /// Metrics by id.
    ids: BTreeMap<String, usize>,
    /// What values of dimensions are called for people, by dimension and value. What is computed from a metric has its names.
    pub value_labels: BTreeMap<String, BTreeMap<String, String>>,
    /// The order of the values of a dimension, as the first metric declares it.
    order: BTreeMap<String, Vec<String>>,
    /// Ids of metrics with facts that have findings of their own, and `event:id` and `source:id` of such events and sources. What these
    /// lack is not told again.
    pub broken: BTreeSet<String>,
}

impl Store {
    /// Takes in the data sets of a brief.
    pub(crate) fn new(language: Language, data: Vec<DataModel>, report: &mut Report) -> Self {
        let mut store = Self {
            language,
            units: Units::builtin(),
            sources: Vec::new(),
            metrics: Vec::new(),
            events: Vec::new(),
            facts: Vec::new(),
            durations: BTreeMap::new(),
            ids: BTreeMap::new(),
            value_labels: BTreeMap::new(),
            order: BTreeMap::new(),
            broken: BTreeSet::new(),
        };
        let mut spans: BTreeMap<(&'static str, String), Span> = BTreeMap::new();
        let mut fresh = |kind: &'static str, name: &str, span: Span, report: &mut Report| {
            let first = spans.insert((kind, name.to_owned()), span);
            if let Some(first) = first {
                report.push(
                    Finding::error(
                        Code::DuplicateKey,
                        span,
                        format!("{kind} `{name}` is defined twice"),
                    )
                    .label("again here")
                    .other(first, "first here")
                    .help("rename one of the two, or remove one of the two"),
                );
            }
            first.is_none()
        };
        for set in &data {
            for unit in &set.units {
                if fresh("unit", &unit.name.value, unit.name.span, report) {
                    store.add_unit(unit);
                }
            }
            for source in &set.sources {
                if fresh("source", &source.id.value, source.id.span, report) {
                    let url = source.url.as_ref();
                    let unfit = url.and_then(|url| link::unfit_address(&url.raw, url.span));
                    if let Some(finding) = unfit {
                        report.push(finding);
                    }
                    store.add_source(source);
                }
            }
        }
        for set in &data {
            store.broken.extend(set.broken.iter().cloned());
        }
        for set in data {
            for metric in set.metrics {
                if fresh("metric", &metric.id.value, metric.id.span, report) {
                    store.add_metric(metric, report);
                }
            }
            for event in set.events {
                if !fresh("event", &event.id.value, event.id.span, report) {
                    continue;
                }
                let Some((source, place)) = event
                    .from
                    .as_ref()
                    .and_then(|from| store.origin(from, report))
                else {
                    store.broken.insert(format!("event:{}", event.id.value));
                    continue;
                };
                let at_text = format::moment(language, &event.at.value);
                store.events.push(Event {
                    id: event.id.value,
                    at: event.at.value,
                    at_text,
                    label: event.label.raw,
                    status: event.status,
                    source,
                    place,
                    evidence: event.evidence.map(|text| text.raw),
                    note: event.note.map(|text| text.raw),
                    span: event.id.span,
                });
            }
        }
        for index in 0..store.metrics.len() {
            store.observe(index, report);
        }
        store
    }

    fn add_unit(&mut self, unit: &crate::model::UnitModel) {
        let name = &unit.name.value;
        // A currency keeps what the program knows of it.
        if let Some(style) = unit.style
            && self.units.set_style(name, style)
        {
            return;
        }
        let pair = |one: &str, other: &str| UnitWords {
            one: one.to_owned(),
            other: other.to_owned(),
        };
        let other = unit
            .other
            .as_ref()
            .map_or(name.as_str(), |text| text.raw.as_str());
        let one = unit.one.as_ref().map_or(other, |text| text.raw.as_str());
        let mut words = BTreeMap::from([(Language::English, pair(one, other))]);
        if let Some((one, other)) = &unit.german {
            words.insert(Language::German, pair(one, other));
        }
        if let Some(word) = &unit.chinese {
            words.insert(Language::Chinese, pair(word, word));
        }
        self.units.add(UnitDef {
            name: name.clone(),
            dimension: name.clone(),
            factor: num_traits::One::one(),
            words,
            sign: None,
            style: CurrencyStyle::Name,
        });
    }

    fn add_source(&mut self, model: &crate::model::SourceModel) {
        // What is empty is not there: no stop stands behind it.
        let text = |text: &Option<Text>| {
            let text = text.as_ref().map(|text| text.raw.trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let when = |at: &Option<crate::model::Spanned<Period>>| {
            at.as_ref()
                .map(|at| format::moment(self.language, &at.value))
        };
        let mut source = Source {
            id: model.id.value.clone(),
            title: model.title.raw.clone(),
            author: text(&model.author),
            editor: text(&model.editor),
            publisher: text(&model.publisher),
            kind: text(&model.kind),
            published: when(&model.published),
            accessed: when(&model.accessed),
            url: text(&model.url),
            licence: text(&model.licence),
            note: text(&model.note),
            citation: String::new(),
        };
        let accessed = model
            .accessed
            .as_ref()
            .map(|at| format::accessed(self.language, &at.value));
        let parts = [
            &source.author,
            &Some(source.title.clone()),
            &source.publisher,
            &source.published,
            &accessed,
            &source.licence,
            &source.url,
        ];
        let parts = parts.into_iter().flatten().map(String::as_str);
        source.citation = format::sentences(self.language, parts);
        if let Some(note) = &source.note {
            if self.language != Language::Chinese {
                source.citation.push(' ');
            }
            source.citation.push_str(note.trim());
        }
        self.sources.push(source);
    }

    fn add_metric(&mut self, model: MetricModel, report: &mut Report) {
        self.add_values(&model, report);
        if model.broken {
            self.broken.insert(model.id.value.clone());
        }
        let unit = match &model.unit {
            None => Unit::default(),
            Some(text) => self.units.parse(&text.raw).unwrap_or_else(|unknown| {
                let name = unknown.name;
                report.push(
                    Finding::error(
                        Code::UnknownUnit,
                        text.span,
                        format!("unit `{name}` is not defined"),
                    )
                    .help(format!(
                        "add the unit to `units:` of the data set, as `{name}: {{one: …, other: …}}`"
                    ))
                    .nearest(&name, self.units.names()),
                );
                Unit::default()
            }),
        };
        let phrase = format::unit_words(self.language, &self.units, &unit);
        self.ids.insert(model.id.value.clone(), self.metrics.len());
        self.metrics.push(MetricEntry {
            model,
            unit,
            phrase,
            facts: Vec::new(),
            at: BTreeMap::new(),
        });
    }

    /// Takes in names and order of the dimension values of a metric. Two names of one value are a finding.
    fn add_values(&mut self, model: &MetricModel, report: &mut Report) {
        for (dimension, value, label) in &model.value_labels {
            let labels = self.value_labels.entry(dimension.clone()).or_default();
            let known = labels
                .entry(value.clone())
                .or_insert_with(|| label.raw.clone());
            if *known != label.raw {
                report.push(
                    Finding::error(
                        Code::DuplicateKey,
                        label.span,
                        format!("`{dimension}={value}` is called `{known}` and `{}`", label.raw),
                    )
                    .help("write one label: what is computed from several metrics has the labels of all"),
                );
            }
        }
        let said = model.value_order.iter();
        let said = said.map(|(dimension, order)| (dimension.clone(), order.clone()));
        let declared = model.dimensions.iter().map(|(dimension, values)| {
            let values = values.iter().map(|value| value.value.clone());
            (dimension.value.clone(), values.collect::<Vec<String>>())
        });
        for (dimension, order) in said.chain(declared) {
            if !order.is_empty() {
                self.order.entry(dimension).or_insert(order);
            }
        }
    }

    /// What a dimension value is called for people.
    pub(crate) fn value_label<'s>(&'s self, dimension: &str, value: &'s str) -> &'s str {
        let labels = self.value_labels.get(dimension);
        labels
            .and_then(|labels| labels.get(value))
            .map_or(value, String::as_str)
    }

    /// The place of a dimension value in the order that a metric declares; behind all others where no metric declares it.
    pub(crate) fn value_place(&self, dimension: &str, value: &str) -> usize {
        let order = self.order.get(dimension);
        order
            .and_then(|order| order.iter().position(|known| known == value))
            .unwrap_or(usize::MAX)
    }

    /// The source and the place in it of a text such as `article §2 ¶5`. `None` where no source has the id; the finding says so.
    pub(crate) fn origin(&self, from: &Text, report: &mut Report) -> Option<(SourceId, String)> {
        let (id, place) = from
            .raw
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((from.raw.trim(), ""));
        let Some(index) = self.sources.iter().position(|source| source.id == id) else {
            if self.broken.contains(&format!("source:{id}")) {
                return None;
            }
            report.push(
                Finding::error(Code::UnknownSource, from.span, format!("source `{id}` is not defined"))
                    .help("write the id of a source, then the place in the source; add a new source to `sources:` of the data set")
                    .nearest(id, self.sources.iter().map(|source| source.id.as_str())),
            );
            return None;
        };
        Some((SourceId(index), place.trim().to_owned()))
    }

    fn observe(&mut self, index: usize, report: &mut Report) {
        let observations = self.metrics[index].model.observations.clone();
        let mut first_at: BTreeMap<String, Vec<FactId>> = BTreeMap::new();
        for observation in observations {
            if let Reading::Value(value) = &observation.reading.value
                && !self.metrics[index].model.signed
                && let Some(why) = below_zero(&value.shape, &self.metrics[index].model.id.value)
            {
                report.push(
                    Finding::error(Code::NegativeValue, observation.reading.span, why)
                        .help(SIGNED_HELP),
                );
            }
            if let (Reading::Value(value), Some(evidence)) =
                (&observation.reading.value, &observation.evidence)
                && !crate::evidence::holds(&evidence.raw, value)
            {
                report.push(
                    Finding::error(
                        Code::EvidenceNumber,
                        evidence.span,
                        format!("the evidence of `{}` does not contain the number", self.metrics[index].model.id.value),
                    )
                    .label("the number is not in this text")
                    .other(observation.reading.span, "the number")
                    .help("correct the number or the evidence; evidence is the shortest text of the source that states the number, such as \"10,000\" or \"three\""),
                );
            }
            let Some((source, place)) = observation
                .from
                .as_ref()
                .and_then(|from| self.origin(from, report))
            else {
                let id = self.metrics[index].model.id.value.clone();
                self.broken.insert(id);
                continue;
            };
            let dimensions: BTreeMap<String, String> = observation
                .dimensions
                .iter()
                .map(|(name, value)| (name.value.clone(), value.value.clone()))
                .collect();
            let address = Address {
                metric: self.metrics[index].model.id.value.clone(),
                dimensions: dimensions.clone(),
                period: Some(observation.at.value.clone()),
            }
            .to_string();
            let id = FactId(self.facts.len());
            first_at.entry(address.clone()).or_default().push(id);
            let reading = if self.metrics[index].phrase.compact {
                in_cents(observation.reading.value)
            } else {
                observation.reading.value
            };
            let forms = format::reading_forms(
                self.language,
                &reading,
                &self.metrics[index].phrase,
                Scaling::Natural,
            );
            self.facts.push(Fact {
                address,
                metric: MetricId(index),
                dimensions,
                at_text: self.metrics[index].when(self.language, &observation.at.value),
                at: observation.at.value,
                due: observation.due.map(|due| due.value),
                reading,
                rounded: observation.rounded,
                status: observation.status.value,
                by: observation.by.map(|text| text.raw),
                origin: Origin::Stated {
                    source,
                    place,
                    evidence: observation.evidence.map(|text| text.raw),
                },
                note: observation.note.map(|text| text.raw.trim().to_owned()),
                conflicts: Vec::new(),
                preferred: observation.preferred.map(|text| text.raw),
                corrects: observation.corrects.map(|text| text.raw),
                corrected: Vec::new(),
                forms,
                span: observation.span,
            });
        }
        let mut chosen: Vec<FactId> = first_at
            .into_iter()
            .map(|(address, ids)| self.settle(&address, &ids, report))
            .collect();
        chosen.sort();
        for id in chosen {
            let at = self.facts[id.0].at.clone();
            self.metrics[index].add(id, at);
        }
    }

    /// The fact that stands at an address. Several that disagree are a finding, unless one of them is preferred with a reason.
    fn settle(&mut self, address: &str, ids: &[FactId], report: &mut Report) -> FactId {
        // A correction supersedes what is written before it. What is superseded keeps its place in history and is in no conflict.
        let corrected = ids
            .iter()
            .rposition(|id| self.facts[id.0].corrects.is_some());
        let (old, ids) = ids.split_at(corrected.unwrap_or(0));
        if corrected == Some(0) {
            let finding = Finding::error(
                Code::NeedlessCorrection,
                self.facts[ids[0].0].span,
                format!("`{address}` has no earlier observation to correct"),
            );
            report.push(finding.help("write the correction below the observation to correct, with the same period and dimension values, or remove `corrects`"));
        }
        for (nth, id) in old.iter().enumerate() {
            self.facts[id.0].address = format!("{address}#was{}", nth + 1);
        }
        self.facts[ids[0].0].corrected = old.to_vec();
        let preferred: Vec<FactId> = ids
            .iter()
            .copied()
            .filter(|id| self.facts[id.0].preferred.is_some())
            .collect();
        let chosen = match (ids, preferred.as_slice()) {
            ([only], _) => {
                if !preferred.is_empty() {
                    report.push(
                        Finding::warning(
                            Code::NeedlessPreference,
                            self.facts[only.0].span,
                            format!(
                                "`{address}` has one observation only, so `preferred` has no effect"
                            ),
                        )
                        .help("remove `preferred`"),
                    );
                }
                *only
            }
            (_, [one]) => *one,
            (_, found) => {
                let (span, first) = (self.facts[ids[1].0].span, self.facts[ids[0].0].span);
                let reason = if found.is_empty() {
                    "none is preferred"
                } else {
                    "more than one is preferred"
                };
                report.push(
                    Finding::error(Code::Conflict, span, format!("`{address}` has {} observations, and {reason}", ids.len()))
                        .label("also observed here")
                        .other(first, "observed here")
                        .help("add `preferred: reason` to one observation (the briefing shows all), or separate the observations by a dimension"),
                );
                ids[0]
            }
        };
        for (nth, id) in ids.iter().filter(|id| **id != chosen).enumerate() {
            // Both are kept. The one that is not used by its address gets one of its own, so that every fact can be named.
            self.facts[id.0].address = format!("{address}#{}", nth + 2);
        }
        for id in ids {
            self.facts[id.0].conflicts = ids.iter().copied().filter(|other| other != id).collect();
        }
        chosen
    }

    pub(crate) fn metric(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The dimensions of a metric: those that the metric declares, then those that a derived metric has from its inputs.
    pub(crate) fn dimensions(&self, metric: usize) -> Vec<String> {
        let entry = &self.metrics[metric];
        let declared = entry.model.dimensions.iter().map(|(name, _)| &name.value);
        let computed = entry
            .facts
            .iter()
            .flat_map(|id| self.fact(*id).dimensions.keys());
        let mut names: Vec<String> = Vec::new();
        // A handful at most.
        for name in declared.chain(computed) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    pub(crate) fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.0]
    }

    pub(crate) fn entry_of(&self, fact: FactId) -> &MetricEntry {
        &self.metrics[self.facts[fact.0].metric.0]
    }
}

/// A reading of money whose sign stands beside it: one decimal is two, 28.8 is 28.80.
fn in_cents(reading: Reading) -> Reading {
    let Reading::Value(value) = reading else {
        return reading;
    };
    let shape = value.shape.map(|mut amount| {
        if let Some(scale) = &mut amount.scale
            && (scale.decimals, scale.multiplier) == (1, 0)
        {
            scale.decimals = 2;
        }
        amount
    });
    Reading::Value(Value { shape, ..value })
}
