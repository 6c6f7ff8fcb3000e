//! Fixed words of a language: headings, notes, punctuation, marks of notes.

use super::period::period;
use crate::language::Language;
use crate::period::Period;
use crate::reason::Absence;

/// The fixed words of a document, by language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// "Contents".
    pub contents: &'static str,
    /// "Notes".
    pub notes: &'static str,
    /// "Sources".
    pub sources: &'static str,
    /// "Figures and where they come from".
    pub register: &'static str,
    /// "Exhibit".
    pub exhibit: &'static str,
    /// "Source".
    pub source: &'static str,
    /// "no data".
    pub no_data: &'static str,
    /// Reasons for a missing value, in the order of [`crate::reason::Absence::NAMED`].
    pub absent: [&'static str; 7],
    /// Before the ends of an interval without a level, for a voice: "interval ".
    pub interval_spoken: &'static str,
    /// "target".
    pub target: &'static str,
    /// "forecast".
    pub forecast: &'static str,
    /// Page of pages: "{page} of {pages}".
    pub folio: &'static str,
    /// Head cells of the register: figure, value, where it comes from (status where it is not plainly actual, source and place).
    pub register_head: [&'static str; 3],
    /// Where the single values of the rows of series are, a sentence under the register.
    pub register_series: &'static str,
    /// Where the register is that the document does not print, a sentence.
    pub register_attached: &'static str,
    /// "computed".
    pub computed: &'static str,
    /// Names of the statuses, in the order of [`crate::quantity::Status::ALL`].
    pub status: [&'static str; 6],
    /// "Target", "Forecast" by somebody: "{status} by {who}".
    pub by: &'static str,
    /// Notes on the marks that occur: more than, less than, about, range, target, forecast, claim, missing, conflict.
    pub mark_notes: MarkNotes,
}

/// What the marks of qualified values mean, for the notes under a chart.
#[derive(Clone, Copy, Debug)]
pub struct MarkNotes {
    /// Open upper end.
    pub lower_bound: &'static str,
    /// Pale up to an upper bound.
    pub upper_bound: &'static str,
    /// Pale down to a lower bound, below zero.
    pub hard_lower_bound: &'static str,
    /// Pale to bounds of both kinds.
    pub hard_bounds: &'static str,
    /// An end that is open to either side, where bounds of both kinds have one.
    pub open: &'static str,
    /// "About", in numbers alone.
    pub about: &'static str,
    /// "About", in numbers and marks.
    pub soft: &'static str,
    /// "About" because the number printed is rounded.
    pub rounded: &'static str,
    /// Numbers beside each other are rounded in print.
    pub all_rounded: &'static str,
    /// Two ends.
    pub range: &'static str,
    /// The whiskers of estimates, before their level: "Whiskers: {what}."
    pub whiskers: &'static str,
    /// The band of estimates along a line.
    pub band: &'static str,
    /// Both, in one chart.
    pub whiskers_and_band: &'static str,
    /// Estimates whose intervals a chart of this kind cannot draw.
    pub intervals_not_drawn: &'static str,
    /// How a target looks.
    pub target_look: StatusLook,
    /// How a forecast looks.
    pub forecast_look: StatusLook,
    /// How an estimate looks.
    pub estimated_look: StatusLook,
    /// How what is provisional looks.
    pub provisional_look: StatusLook,
    /// How a claim looks.
    pub claimed_look: StatusLook,
    /// Behind its look and a colon, as all five: target.
    pub target: &'static str,
    /// Forecast.
    pub forecast: &'static str,
    /// Claim; `{who}` is whose.
    pub claimed: &'static str,
    /// Estimate.
    pub estimated: &'static str,
    /// Provisional.
    pub provisional: &'static str,
    /// For a chart of estimates alone.
    pub all_estimated: &'static str,
    /// For a chart of provisional figures alone.
    pub all_provisional: &'static str,
    /// A part of one of many bars is too narrow for its number.
    pub narrow_part: &'static str,
    /// No data; `{what}` is what stands in the place of the number.
    pub missing: &'static str,
    /// The end of a sentence.
    pub stop: &'static str,
    /// Sources disagree.
    pub conflict: &'static str,
    /// On a timeline: all that is known is the year or another long period.
    pub within: &'static str,
    /// On a timeline: what is expected or wanted.
    pub expected: &'static str,
}

/// What a reader sees of a status, in words. No two statuses share one of them.
#[derive(Clone, Copy, Debug)]
pub struct StatusLook {
    /// On a bar, a part or a span.
    pub mark: &'static str,
    /// On a dot.
    pub dot: &'static str,
    /// On a line: between points, or across the plot.
    pub line: &'static str,
}

impl StatusLook {
    const fn new(mark: &'static str, dot: &'static str, line: &'static str) -> Self {
        Self { mark, dot, line }
    }
}

/// A comma between words, and what stands after it.
///
/// ```
/// use exhibit_facts::{Language, format::comma};
/// assert_eq!(comma(Language::Chinese), "，");
/// ```
#[must_use]
pub const fn comma(language: Language) -> &'static str {
    match language {
        Language::English | Language::German => ", ",
        Language::Chinese => "，",
    }
}

/// A semicolon between words, and what stands after it.
///
/// ```
/// use exhibit_facts::{Language, format::semicolon};
/// assert_eq!(semicolon(Language::English), "; ");
/// ```
#[must_use]
pub const fn semicolon(language: Language) -> &'static str {
    match language {
        Language::English | Language::German => "; ",
        Language::Chinese => "；",
    }
}

/// A colon between words, and what stands after it.
///
/// ```
/// use exhibit_facts::{Language, format::colon};
/// assert_eq!(colon(Language::German), ": ");
/// ```
#[must_use]
pub const fn colon(language: Language) -> &'static str {
    match language {
        Language::English | Language::German => ": ",
        Language::Chinese => "：",
    }
}

/// When a source was looked at, as a sentence of its citation.
///
/// ```
/// use exhibit_facts::{format::accessed, language::Language, period::Period};
/// let at = |text: &str| Period::parse(text).unwrap();
/// assert_eq!(accessed(Language::English, &at("2024-08")), "Accessed August 2024");
/// assert_eq!(accessed(Language::German, &at("2024-08-01")), "Abgerufen am 1. August 2024");
/// ```
#[must_use]
pub fn accessed(language: Language, at: &Period) -> String {
    let when = period(language, at);
    match (language, at.frequency()) {
        (Language::English, _) => format!("Accessed {when}"),
        (Language::German, "day") => format!("Abgerufen am {when}"),
        (Language::German, "month" | "quarter" | "half") => format!("Abgerufen im {when}"),
        (Language::German, _) => format!("Abgerufen {when}"),
        (Language::Chinese, _) => format!("访问于{when}"),
    }
}

/// The place of a figure in a file of rows: the row, or how many rows went in and with which they begin.
///
/// ```
/// use exhibit_facts::format::rows;
/// use exhibit_facts::language::Language;
/// assert_eq!(rows(Language::German, 12, None), "Zeile 12");
/// assert_eq!(rows(Language::English, 2, Some(5)), "5 rows from 2");
/// ```
#[must_use]
pub fn rows(language: Language, first: u64, taken: Option<u64>) -> String {
    match (language, taken) {
        (Language::English, None) => format!("row {first}"),
        (Language::English, Some(1)) => format!("1 row, {first}"),
        (Language::English, Some(taken)) => format!("{taken} rows from {first}"),
        (Language::German, None) => format!("Zeile {first}"),
        (Language::German, Some(1)) => format!("1 Zeile, {first}"),
        (Language::German, Some(taken)) => format!("{taken} Zeilen ab {first}"),
        (Language::Chinese, None) => format!("第{first}行"),
        (Language::Chinese, Some(taken)) => format!("自第{first}行起共{taken}行"),
    }
}

/// What stands in the place of a value that is missing, by its reason: "no data", "suppressed".
///
/// ```
/// use exhibit_facts::{Language, format::absent, reason::Absence};
/// assert_eq!(absent(Language::English, Absence::Stated), "no data");
/// assert_eq!(absent(Language::German, Absence::NotApplicable), "entfällt");
/// ```
#[must_use]
pub fn absent(language: Language, kind: Absence) -> &'static str {
    let words = words(language);
    match Absence::NAMED.iter().position(|named| *named == kind) {
        Some(index) => words.absent[index],
        None => words.no_data,
    }
}

/// What stands in the place of a row for a figure that the author of a data set filled in.
///
/// ```
/// use exhibit_facts::{format::no_row, language::Language};
/// assert_eq!(no_row(Language::English), "no row, filled in");
/// ```
#[must_use]
pub const fn no_row(language: Language) -> &'static str {
    match language {
        Language::English => "no row, filled in",
        Language::German => "keine Zeile, ergänzt",
        Language::Chinese => "无此行，补入",
    }
}

/// The usual sign of a missing value in a table, by its reason. A note below the table explains it.
///
/// ```
/// use exhibit_facts::{format::absence_sign, reason::Absence};
/// assert_eq!(absence_sign(Absence::Suppressed), "c");
/// assert_eq!(absence_sign(Absence::Stated), "..");
/// ```
#[must_use]
pub const fn absence_sign(kind: Absence) -> &'static str {
    match kind {
        Absence::Suppressed => "c",
        Absence::NotApplicable => "\u{2013}",
        Absence::Unreliable => "u",
        Absence::Break => "b",
        Absence::BelowDetection => "<",
        Absence::Stated | Absence::NotAvailable | Absence::NotCollected => "..",
    }
}

/// The places of a series, in order: rows of one file together, else the first place and the last.
///
/// ```
/// use exhibit_facts::format::places;
/// use exhibit_facts::language::Language;
/// let of = |all: &[&str]| places(Language::English, all);
/// assert_eq!(of(&["total.csv, row 2", "total.csv, row 3", "total.csv, row 4"]), "total.csv, rows 2–4");
/// assert_eq!(of(&["total.csv, row 2", "total.csv, row 9"]), "total.csv, 2 rows from 2");
/// assert_eq!(of(&["a.csv, 10 rows from 2", "a.csv, 10 rows from 12"]), "a.csv, 20 rows from 2");
/// assert_eq!(of(&["book.xlsx Sheet1!B7", "book.xlsx Sheet1!B18"]), "book.xlsx Sheet1!B7–B18");
/// ```
#[must_use]
pub fn places(language: Language, places: &[&str]) -> String {
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return String::new();
    };
    if places.iter().all(|place| place == first) {
        return (*first).to_owned();
    }
    let ends = first
        .match_indices(comma(language))
        .map(|(at, comma)| at + comma.len());
    for at in std::iter::once(0).chain(ends) {
        let head = &first[..at];
        let read = |place: &&str| read_rows(language, place.strip_prefix(head)?);
        if let Some(found) = places.iter().map(read).collect::<Option<Vec<_>>>() {
            return format!("{head}{}", joined_rows(language, found));
        }
    }
    // The part that differs begins behind the last space or sign of a sheet that all have in common.
    let mut common = first.len();
    for place in places {
        let same = first.bytes().zip(place.bytes()).take_while(|(a, b)| a == b);
        common = common.min(same.count());
    }
    let begin = |text: &str| {
        (0..=common).rev().find(|at| {
            text.is_char_boundary(*at)
                && text[..*at].ends_with(|ch: char| ch.is_whitespace() || ch == '!')
        })
    };
    match begin(first) {
        Some(at) => format!("{first}–{}", &last[at..]),
        None => format!("{first} … {last}"),
    }
}

/// The first row of a place that [`rows`] wrote, and how many rows were taken. `None` for any other place.
fn read_rows(language: Language, place: &str) -> Option<(u64, Option<u64>)> {
    let numbers: Vec<u64> = place
        .split(|ch: char| !ch.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let readings = match *numbers.as_slice() {
        [first] => [(first, None); 2],
        [one, other] => [(one, Some(other)), (other, Some(one))],
        _ => return None,
    };
    readings
        .into_iter()
        .find(|(first, taken)| rows(language, *first, *taken) == place)
}

/// Rows of one file in words: the range if they follow one another, else how many there are and with which they begin.
fn joined_rows(language: Language, mut found: Vec<(u64, Option<u64>)>) -> String {
    found.sort_unstable();
    let (first, last) = (found[0].0, found[found.len() - 1].0);
    let next = |pair: &[(u64, Option<u64>)]| pair[1].0 == pair[0].0.saturating_add(1);
    if found.iter().all(|(_, taken)| taken.is_none()) && found.windows(2).all(next) {
        return match language {
            Language::English => format!("rows {first}–{last}"),
            Language::German => format!("Zeilen {first}–{last}"),
            Language::Chinese => format!("第{first}–{last}行"),
        };
    }
    let taken = found.iter().map(|(_, taken)| taken.unwrap_or(1));
    rows(language, first, Some(taken.fold(0, u64::saturating_add)))
}

/// How many values a series has, and how many of its observations have none.
///
/// ```
/// use exhibit_facts::format::values;
/// use exhibit_facts::language::Language;
/// assert_eq!(values(Language::English, 120, 0), "120 values");
/// assert_eq!(values(Language::German, 117, 3), "117 Werte, 3 ohne Angabe");
/// ```
#[must_use]
pub fn values(language: Language, count: usize, missing: usize) -> String {
    let some = match language {
        Language::English => format!("{count} value{}", if count == 1 { "" } else { "s" }),
        Language::German => format!("{count} Wert{}", if count == 1 { "" } else { "e" }),
        Language::Chinese => format!("{count}个数值"),
    };
    if missing == 0 {
        return some;
    }
    let none = match language {
        Language::English => format!("{missing} without data"),
        Language::German => format!("{missing} ohne Angabe"),
        Language::Chinese => format!("{missing}个无数据"),
    };
    format!("{some}{}{none}", comma(language))
}

/// The mark of a note, counted from 0: a, b, … z, aa, …. Letters, because small raised numbers are the marks of figures.
///
/// ```
/// use exhibit_facts::format::note_letter;
/// assert_eq!([0, 25, 26].map(note_letter), ["a", "z", "aa"]);
/// ```
#[must_use]
pub fn note_letter(index: usize) -> String {
    let mut rest = index + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'a' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The fixed words of a language.
///
/// ```
/// use exhibit_facts::{Language, format::words};
/// assert_eq!(words(Language::German).no_data, "keine Angabe");
/// ```
#[must_use]
pub const fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            contents: "Contents",
            notes: "Notes",
            sources: "Sources",
            register: "Figures and where they come from",
            exhibit: "Exhibit",
            source: "Source",
            no_data: "no data",
            absent: [
                "not available",
                "not collected",
                "not applicable",
                "suppressed",
                "too unreliable",
                "below detection",
                "break in series",
            ],
            interval_spoken: "interval ",
            target: "target",
            forecast: "forecast",
            folio: "{page} of {pages}",
            register_head: ["Figure", "Value", "Status, source and place"],
            register_series: "The values behind a row of several are in facts.json, a file attached to this PDF.",
            register_attached: "Every figure of this document is listed in facts.json, a file attached to this PDF, with its number (mark), value, status, source and place.",
            computed: "computed",
            status: [
                "actual",
                "estimate",
                "provisional",
                "target",
                "forecast",
                "claim",
            ],
            by: "{status} by {who}",
            mark_notes: MarkNotes {
                lower_bound: "Fading end with an arrow: more than the number.",
                upper_bound: "Pale with a hard end: at most the number.",
                hard_lower_bound: "Pale with a hard end: at least the number.",
                hard_bounds: "Pale with a hard end: at most the number, or at least, as its sign says.",
                open: "Fading end with an arrow: open to that side.",
                about: "~: about; the source gives no tolerance.",
                soft: "Soft edge and ~: about; the source gives no tolerance.",
                rounded: "~: a computed number, rounded in print only.",
                all_rounded: "Numbers are rounded in print.",
                range: "Pale between two ticks: a range.",
                whiskers: "Whiskers: {what}.",
                band: "Band: {what}.",
                whiskers_and_band: "Whiskers and band: {what}.",
                intervals_not_drawn: "The numbers are estimates; the list of figures has their intervals.",
                target_look: StatusLook::new("Dashed outline", "Open diamond", "Thin dashed line"),
                forecast_look: StatusLook::new("Hatched", "Open ring", "Dashed line"),
                estimated_look: StatusLook::new(
                    "Cross-hatched",
                    "Half-filled dot",
                    "Dash-dotted line",
                ),
                provisional_look: StatusLook::new("Striped", "Pale dot", "Long-dashed line"),
                claimed_look: StatusLook::new("Dotted outline", "Open square", "Dotted line"),
                target: "a target.",
                forecast: "a forecast.",
                claimed: "a claim ({who}), not checked.",
                estimated: "an estimate.",
                provisional: "provisional.",
                all_estimated: "All figures are estimates.",
                all_provisional: "All figures are provisional.",
                narrow_part: "A part too narrow for its number stands without it; the list of figures has every number.",
                stop: ".",
                missing: "“{what}” does not mean zero.",
                conflict: "† Sources disagree; the list of figures has both values.",
                within: "Pale span: the day in it is not known.",
                expected: "Open ring: expected or wanted.",
            },
        },
        Language::German => Words {
            contents: "Inhalt",
            notes: "Anmerkungen",
            sources: "Quellen",
            register: "Zahlen und ihre Herkunft",
            exhibit: "Abbildung",
            source: "Quelle",
            no_data: "keine Angabe",
            absent: [
                "nicht verfügbar",
                "nicht erhoben",
                "entfällt",
                "geheim gehalten",
                "zu unsicher",
                "nicht nachweisbar",
                "Reihenbruch",
            ],
            interval_spoken: "Intervall ",
            target: "Ziel",
            forecast: "Prognose",
            folio: "{page} von {pages}",
            register_head: ["Kennzahl", "Wert", "Status, Quelle und Stelle"],
            register_series: "Die einzelnen Werte einer Zeile mit mehreren stehen in facts.json, einer Datei im Anhang dieses PDF.",
            register_attached: "Jede Zahl dieses Dokuments steht mit Nummer (mark), Wert, Status, Quelle und Stelle in facts.json, einer Datei im Anhang dieses PDF.",
            computed: "berechnet",
            status: [
                "Ist",
                "Schätzung",
                "vorläufig",
                "Ziel",
                "Prognose",
                "Angabe",
            ],
            by: "{status}: {who}",
            mark_notes: MarkNotes {
                lower_bound: "Auslaufendes Ende mit Pfeil: mehr als die Zahl.",
                upper_bound: "Blass mit fester Kante: höchstens die Zahl.",
                hard_lower_bound: "Blass mit fester Kante: mindestens die Zahl.",
                hard_bounds: "Blass mit fester Kante: je nach Zeichen höchstens oder mindestens die Zahl.",
                open: "Auslaufendes Ende mit Pfeil: nach dieser Seite offen.",
                about: "~: rund; die Quelle nennt keine Toleranz.",
                soft: "Weiche Kante und ~: rund; die Quelle nennt keine Toleranz.",
                rounded: "~: berechnet und nur im Druck gerundet.",
                all_rounded: "Die Zahlen sind im Druck gerundet.",
                range: "Blass zwischen zwei Strichen: ein Bereich.",
                whiskers: "Fehlerbalken: {what}.",
                band: "Band: {what}.",
                whiskers_and_band: "Fehlerbalken und Band: {what}.",
                intervals_not_drawn: "Die Zahlen sind Schätzwerte; ihre Intervalle nennt das Verzeichnis der Zahlen.",
                target_look: StatusLook::new(
                    "Gestrichelter Umriss",
                    "Offene Raute",
                    "Dünne gestrichelte Linie",
                ),
                forecast_look: StatusLook::new("Schraffiert", "Offener Ring", "Gestrichelte Linie"),
                estimated_look: StatusLook::new(
                    "Kreuzschraffiert",
                    "Halb gefüllter Punkt",
                    "Strichpunktierte Linie",
                ),
                provisional_look: StatusLook::new(
                    "Gestreift",
                    "Blasser Punkt",
                    "Lang gestrichelte Linie",
                ),
                claimed_look: StatusLook::new(
                    "Gepunkteter Umriss",
                    "Offenes Quadrat",
                    "Gepunktete Linie",
                ),
                target: "ein Ziel.",
                forecast: "eine Prognose.",
                claimed: "eine Angabe ({who}), nicht geprüft.",
                estimated: "eine Schätzung.",
                provisional: "vorläufig.",
                all_estimated: "Alle Zahlen sind Schätzungen.",
                all_provisional: "Alle Zahlen sind vorläufig.",
                narrow_part: "Ein Teil, der für seine Zahl zu schmal ist, steht ohne sie; das Verzeichnis der Zahlen nennt jede Zahl.",
                stop: ".",
                missing: "„{what}“ heißt nicht null.",
                conflict: "† Die Quellen widersprechen sich; das Verzeichnis der Zahlen nennt beide Werte.",
                within: "Blasse Spanne: Der Tag darin ist nicht bekannt.",
                expected: "Offener Ring: erwartet oder angestrebt.",
            },
        },
        Language::Chinese => Words {
            contents: "目录",
            notes: "注释",
            sources: "资料来源",
            register: "数据及其出处",
            exhibit: "图表",
            source: "资料来源",
            no_data: "无数据",
            absent: [
                "无法取得",
                "未收集",
                "不适用",
                "保密",
                "可靠性不足",
                "低于检出限",
                "序列中断",
            ],
            interval_spoken: "区间",
            target: "目标",
            forecast: "预测",
            folio: "第{page}页，共{pages}页",
            register_head: ["指标", "数值", "状态、来源与位置"],
            register_series: "含多个数值的行，其各个数值见本PDF所附文件facts.json。",
            register_attached: "本文的每个数据及其编号（mark）、数值、状态、来源与位置，均见本PDF所附文件facts.json。",
            computed: "计算所得",
            status: ["实际", "估计", "初步", "目标", "预测", "声称"],
            by: "{who}的{status}",
            mark_notes: MarkNotes {
                lower_bound: "末端渐隐并带箭头：高于该数值。",
                upper_bound: "浅色并有清晰边缘：不超过该数值。",
                hard_lower_bound: "浅色并有清晰边缘：不低于该数值。",
                hard_bounds: "浅色并有清晰边缘：依符号为不超过或不低于该数值。",
                open: "末端渐隐并带箭头：该方向无界限。",
                about: "~：约数，来源未给出误差。",
                soft: "柔和边缘与~：约数，来源未给出误差。",
                rounded: "~：由计算得出，印出时经四舍五入。",
                all_rounded: "数字印出时经四舍五入。",
                range: "两条短线之间的浅色区段：区间。",
                whiskers: "误差线：{what}。",
                band: "浅色带：{what}。",
                whiskers_and_band: "误差线与浅色带：{what}。",
                intervals_not_drawn: "数值为估计值，其区间见数据表。",
                target_look: StatusLook::new("虚线轮廓", "空心菱形", "细虚线"),
                forecast_look: StatusLook::new("斜线填充", "空心圆", "虚线"),
                estimated_look: StatusLook::new("交叉线填充", "半实心圆", "点划线"),
                provisional_look: StatusLook::new("条纹填充", "浅色圆点", "长虚线"),
                claimed_look: StatusLook::new("点线轮廓", "空心方块", "点线"),
                target: "目标值。",
                forecast: "预测值。",
                claimed: "未经核实的说法（{who}）。",
                estimated: "估计值。",
                provisional: "初步数值。",
                all_estimated: "所有数值均为估计值。",
                all_provisional: "所有数值均为初步数值。",
                narrow_part: "过窄的部分未标数值；数据表中列出全部数值。",
                stop: "。",
                missing: "“{what}”并不表示零。",
                conflict: "†来源互相矛盾；数据表中列出两个数值。",
                within: "浅色区段：具体日期不详。",
                expected: "空心圆：预期或目标。",
            },
        },
    }
}
