//! Total fit: the line ends of a paragraph that cost least together (Knuth and Plass 1981), in integers.
//!
//! Badness, classes, ties and demerits are TeX's but for two prices, which say so. Lengths are 1/65536 pt.

use std::ops::{Add, Sub};

/// A length with what it may give and take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Glue {
    pub(super) width: i64,
    pub(super) stretch: i64,
    pub(super) shrink: i64,
}

impl Add for Glue {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            width: self.width + other.width,
            stretch: self.stretch + other.stretch,
            shrink: self.shrink + other.shrink,
        }
    }
}

impl Sub for Glue {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            width: self.width - other.width,
            stretch: self.stretch - other.stretch,
            shrink: self.shrink - other.shrink,
        }
    }
}

/// A place where a line may end. The line from `a` to `b` is `b.before - a.after` and `b.extra` wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// From the paragraph's start to the end of a line that ends here.
    pub(super) before: Glue,
    /// From the paragraph's start to the begin of a line that begins here.
    pub(super) after: Glue,
    /// What a line that ends here shows beyond: its hyphen.
    pub(super) extra: i64,
    /// What it costs to end a line here.
    pub(super) penalty: i32,
    /// Two lines in a row that end like this are unwelcome.
    pub(super) flagged: bool,
    /// A hyphen is added.
    pub(super) hyphen: bool,
    /// The cluster that the next line begins with.
    pub(super) at: usize,
}

/// How wide lines are and what their ends look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) width: i64,
    /// Ragged lines: the slack at a line's end that counts as much as fully stretched spaces.
    rag: Option<i64>,
}

/// Badness of a line that cannot be worse; no line is refused for it with this tolerance.
const AWFUL: i64 = 10_000;
/// Badness of a line whose spaces stretch by twice what they may, which is half their width.
const DOUBLED: i64 = 800;
const LINE: i64 = 10;
const ADJACENT: i64 = 10_000;
/// A hundred times TeX's: half the pairs of hyphens for two hundredths more badness.
const DOUBLE_HYPHEN: i64 = 1_000_000;
const FINAL_HYPHEN: i64 = 5_000;
/// A last line under an eighth of the measure. TeX has no such price.
const STUB: i64 = 20_000;

impl Measure {
    /// Every line but the last ends at the width.
    pub(super) const fn justified(width: i64) -> Self {
        Self { width, rag: None }
    }

    /// Lines end where they end, as evenly as they can.
    pub(super) const fn ragged(width: i64) -> Self {
        Self {
            width,
            rag: Some(width / 10),
        }
    }

    /// True when lines end at the width.
    pub(super) const fn is_justified(&self) -> bool {
        self.rag.is_none()
    }

    /// The worst badness of the pass without hyphens. Ragged: a line may be three tenths short.
    pub(super) const fn tolerance_plain(&self) -> i64 {
        if self.is_justified() { 100 } else { 2_700 }
    }

    /// The worst badness of the careful pass with hyphens, where there is one.
    pub(super) const fn tolerance_hyphens(&self) -> Option<i64> {
        if self.is_justified() { Some(200) } else { None }
    }
}

/// The places chosen, as indices, and their price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) breaks: Vec<usize>,
    pub(super) demerits: i64,
}

/// The cheapest line ends with no line worse than `tolerance`; `None` when there are none. The last place ends the last line.
pub(super) fn total(
    first: Glue,
    places: &[Place],
    measure: &Measure,
    tolerance: i64,
) -> Option<Chosen> {
    search(first, places, measure, tolerance, false)
}

/// The cheapest line ends, whatever they look like: a word wider than the measure stands out of it.
pub(super) fn last_resort(first: Glue, places: &[Place], measure: &Measure) -> Chosen {
    search(first, places, measure, AWFUL, true).expect("the last resort refuses no line")
}

/// True when justified lines between chosen places have spaces more than twice as wide as they want to be: the eye stops at such a line,
/// and not at one that ends early.
pub(super) fn uneven(first: Glue, places: &[Place], chosen: &[usize], measure: &Measure) -> bool {
    let mut start = first;
    measure.is_justified()
        && chosen.iter().any(|&index| {
            let place = &places[index];
            let look = look(start, place, measure, index + 1 == places.len());
            start = place.after;
            !look.overfull && look.badness > DOUBLED
        })
}

/// A way to end a line at a place.
struct Node {
    /// The place; `None` for the paragraph's start.
    place: Option<usize>,
    class: usize,
    demerits: i64,
    from: Option<usize>,
}

fn search(
    first: Glue,
    places: &[Place],
    measure: &Measure,
    tolerance: i64,
    desperate: bool,
) -> Option<Chosen> {
    let mut nodes = vec![Node {
        place: None,
        class: 1,
        demerits: 0,
        from: None,
    }];
    let mut active: Vec<usize> = vec![0];
    let mut survivors = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let last = index + 1 == places.len();
        // The best way to each class of line that ends here.
        let mut best: [Option<(i64, usize)>; 4] = [None; 4];
        survivors.clear();
        for (rank, &node) in active.iter().enumerate() {
            let from = nodes[node].place.map(|from| &places[from]);
            let start = from.map_or(first, |from| from.after);
            let look = look(start, place, measure, last);
            let only = desperate
                && survivors.is_empty()
                && rank + 1 == active.len()
                && best.iter().all(Option::is_none);
            if look.overfull && !only {
                continue;
            }
            if look.badness <= tolerance || look.overfull {
                let price = nodes[node].demerits
                    + demerits(from, nodes[node].class, place, &look, last, measure);
                // TeX's tie: among equals the later one wins.
                if best[look.class].is_none_or(|(least, _)| price <= least) {
                    best[look.class] = Some((price, node));
                }
            }
            if !look.overfull {
                survivors.push(node);
            }
        }
        std::mem::swap(&mut active, &mut survivors);
        for (class, found) in best.into_iter().enumerate() {
            if let Some((demerits, from)) = found {
                active.push(nodes.len());
                nodes.push(Node {
                    place: Some(index),
                    class,
                    demerits,
                    from: Some(from),
                });
            }
        }
        if active.is_empty() {
            return None;
        }
    }
    let ends = active
        .into_iter()
        .filter(|node| nodes[*node].place == Some(places.len() - 1));
    // At the end the earlier of equals wins, as `min_by_key` has it.
    let mut node = ends.min_by_key(|node| nodes[*node].demerits)?;
    let demerits = nodes[node].demerits;
    let mut breaks = Vec::new();
    while let (Some(place), Some(from)) = (nodes[node].place, nodes[node].from) {
        breaks.push(place);
        node = from;
    }
    breaks.reverse();
    Some(Chosen { breaks, demerits })
}

/// What a line looks like.
struct Look {
    badness: i64,
    /// 0 tight, 1 decent, 2 loose, 3 very loose.
    class: usize,
    overfull: bool,
    width: i64,
}

fn look(start: Glue, end: &Place, measure: &Measure, last: bool) -> Look {
    let line = end.before - start;
    let width = line.width + end.extra;
    let slack = measure.width - width;
    let (stretch, shrink) = match measure.rag {
        Some(rag) => (rag, 0),
        None => (line.stretch, line.shrink),
    };
    let look = |badness, class| Look {
        badness,
        class,
        overfull: false,
        width,
    };
    if slack >= 0 {
        // The last line's end stretches without limit.
        let badness = if last { 0 } else { badness(slack, stretch) };
        let class = match badness {
            100.. => 3,
            13.. => 2,
            _ => 1,
        };
        return look(badness, class);
    }
    if -slack > shrink {
        return Look {
            badness: AWFUL,
            class: 0,
            overfull: true,
            width,
        };
    }
    let badness = badness(-slack, shrink);
    look(badness, usize::from(badness <= 12))
}

/// About a hundred times the cube of the ratio, at most [`AWFUL`] (TeX, section 108).
fn badness(slack: i64, room: i64) -> i64 {
    if slack == 0 {
        return 0;
    }
    if room <= 0 {
        return AWFUL;
    }
    let ratio = slack.saturating_mul(297) / room;
    if ratio > 1290 {
        AWFUL
    } else {
        (ratio * ratio * ratio + (1 << 17)) >> 18
    }
}

fn demerits(
    from: Option<&Place>,
    class: usize,
    to: &Place,
    look: &Look,
    last: bool,
    measure: &Measure,
) -> i64 {
    let base = LINE + look.badness;
    let penalty = i64::from(to.penalty);
    let mut sum = base * base + penalty * penalty;
    let after_hyphen = from.is_some_and(|from| from.flagged);
    if after_hyphen && last {
        sum += FINAL_HYPHEN;
    } else if after_hyphen && to.flagged {
        sum += DOUBLE_HYPHEN;
    }
    if class.abs_diff(look.class) > 1 {
        sum += ADJACENT;
    }
    if last && from.is_some() && look.width < measure.width / 8 {
        sum += STUB;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The price of given line ends; `None` when a line is overfull.
    fn price(first: Glue, places: &[Place], measure: &Measure, breaks: &[usize]) -> Option<i64> {
        let (mut from, mut class, mut sum) = (None, 1, 0);
        for &index in breaks {
            let last = index + 1 == places.len();
            let found = look(
                from.map_or(first, |from: &Place| from.after),
                &places[index],
                measure,
                last,
            );
            if found.overfull {
                return None;
            }
            sum += demerits(from, class, &places[index], &found, last, measure);
            (from, class) = (Some(&places[index]), found.class);
        }
        Some(sum)
    }

    /// Each line as full as it can be.
    fn greedy(first: Glue, places: &[Place], measure: &Measure) -> Vec<usize> {
        let (mut breaks, mut start, mut index) = (Vec::new(), first, 0);
        while index < places.len() {
            let fits = |end: &usize| {
                !look(start, &places[*end], measure, end + 1 == places.len()).overfull
            };
            let end = (index..places.len())
                .take_while(fits)
                .last()
                .unwrap_or(index);
            breaks.push(end);
            start = places[end].after;
            index = end + 1;
        }
        breaks
    }

    /// Words of given widths with spaces between them.
    fn words(widths: &[i64]) -> Vec<Place> {
        let mut sum = Glue::default();
        let mut places = Vec::new();
        for (at, width) in widths.iter().enumerate() {
            sum.width += width;
            let before = sum;
            sum = sum
                + Glue {
                    width: 3_000,
                    stretch: 1_500,
                    shrink: 1_000,
                };
            let flagged = at % 5 == 4;
            let penalty = if flagged { 50 } else { 0 };
            places.push(Place {
                before,
                after: sum,
                extra: 0,
                penalty,
                flagged,
                hyphen: false,
                at: at + 1,
            });
        }
        let last = places.last_mut().expect("there are words");
        (last.penalty, last.flagged) = (0, false);
        places
    }

    #[test]
    fn badness_is_texs() {
        assert_eq!(badness(1, 1), 100);
        assert_eq!(badness(1, 2), 12);
        assert_eq!(badness(2, 1), 800);
        assert_eq!(badness(0, 0), 0);
        assert_eq!(badness(5, 1), AWFUL);
        assert_eq!(badness(1, 0), AWFUL);
    }

    proptest::proptest! {
        #[test]
        fn no_choice_is_cheaper(widths in proptest::collection::vec(1_000_i64..30_000, 1..13), width in 30_000_i64..90_000, ragged: bool) {
            let places = words(&widths);
            let measure = if ragged { Measure::ragged(width) } else { Measure::justified(width) };
            let found = total(Glue::default(), &places, &measure, AWFUL);
            // Every choice of ends, as the bits of a number.
            let least = (0_u32..1 << (places.len() - 1)).filter_map(|bits| {
                let mut breaks: Vec<usize> = (0..places.len() - 1).filter(|place| bits >> place & 1 == 1).collect();
                breaks.push(places.len() - 1);
                price(Glue::default(), &places, &measure, &breaks)
            }).min();
            proptest::prop_assert_eq!(found.map(|found| found.demerits), least);
        }

        #[test]
        fn greedy_is_never_cheaper(widths in proptest::collection::vec(1_000_i64..30_000, 1..120), width in 30_000_i64..200_000) {
            let places = words(&widths);
            let measure = Measure::justified(width);
            let found = last_resort(Glue::default(), &places, &measure);
            proptest::prop_assert_eq!(price(Glue::default(), &places, &measure, &found.breaks), Some(found.demerits));
            if let Some(other) = price(Glue::default(), &places, &measure, &greedy(Glue::default(), &places, &measure)) {
                proptest::prop_assert!(found.demerits <= other);
            }
        }
    }

    #[test]
    fn a_word_wider_than_the_measure_stands_out_alone() {
        let places = words(&[10_000, 90_000, 10_000]);
        let measure = Measure::justified(40_000);
        assert_eq!(total(Glue::default(), &places, &measure, AWFUL), None);
        assert_eq!(
            last_resort(Glue::default(), &places, &measure).breaks,
            [0, 1, 2]
        );
    }
}
