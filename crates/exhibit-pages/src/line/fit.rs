//! Total fit (Knuth and Plass 1981), in integers: the line ends of a paragraph with the least demerits together.
//!
//! Badness, fitness classes, ties and demerits are those of TeX. Two values differ, and their docs say so. Lengths are
//! in 1/65536 pt.

use std::ops::{Add, Sub};

/// Width with stretch and shrink, as in TeX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Glue {
    /// Natural width, in 1/65536 pt; negative for an overlap.
    pub(super) width: i64,
    /// Width that may be added, in 1/65536 pt.
    pub(super) stretch: i64,
    /// Width that may be taken away, in 1/65536 pt.
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

/// A position where a line may end. The line from `a` to `b` is `b.before - a.after + b.extra` wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Breakpoint {
    /// Sum from the start of the paragraph to the end of a line that ends here.
    pub(super) before: Glue,
    /// Sum from the start of the paragraph to the start of a line that begins here.
    pub(super) after: Glue,
    /// Width beyond the sum of a line that ends here: its hyphen, or 0.
    pub(super) extra: i64,
    /// Penalty of a line end here.
    pub(super) penalty: i32,
    /// True when two such line ends in a row cost demerits.
    pub(super) flagged: bool,
    /// True when the line end adds a hyphen.
    pub(super) hyphen: bool,
    /// First cluster of the next line.
    pub(super) at: usize,
}

/// Width of lines, and the shape of their ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// Greatest width of a line, in 1/65536 pt.
    pub(super) width: i64,
    /// Stretch of a ragged line. None for justified lines.
    rag: Option<i64>,
}

/// Greatest badness. With this tolerance no line is refused, except overfull ones.
const INFINITE_BADNESS: i64 = 10_000;
/// Badness of a line whose spaces are twice as wide as usual: their stretch is half their width.
const DOUBLED_SPACE_BADNESS: i64 = 800;
/// Cost of each line: TeX's `\linepenalty`.
const LINE_PENALTY: i64 = 10;
/// Demerits of two lines in a row whose fitness classes differ by more than one: TeX's `\adjdemerits`.
const ADJACENT_DEMERITS: i64 = 10_000;
/// Demerits of two hyphens in a row: a hundred times TeX's. Half as many pairs of hyphens remain, for 2 % more badness.
const DOUBLE_HYPHEN_DEMERITS: i64 = 1_000_000;
/// Demerits of a hyphen before the last line: TeX's `\finalhyphendemerits`.
const FINAL_HYPHEN_DEMERITS: i64 = 5_000;
/// Demerits of a last line shorter than an eighth of the measure. TeX has none.
const RUNT_DEMERITS: i64 = 20_000;

impl Measure {
    /// Lines that end at the width, except the last.
    pub(super) const fn justified(width: i64) -> Self {
        Self { width, rag: None }
    }

    /// Lines that end before the width, as evenly as possible.
    pub(super) const fn ragged(width: i64) -> Self {
        Self {
            width,
            rag: Some(width / 10),
        }
    }

    /// True for lines that end at the width.
    pub(super) const fn is_justified(&self) -> bool {
        self.rag.is_none()
    }

    /// Greatest badness of a line in the pass without hyphens. A ragged line may be short by three tenths of the
    /// measure.
    pub(super) const fn tolerance_plain(&self) -> i64 {
        if self.is_justified() { 100 } else { 2_700 }
    }

    /// Greatest badness of a line in the pass with hyphens. None for ragged lines, which skip the pass.
    pub(super) const fn tolerance_hyphens(&self) -> Option<i64> {
        if self.is_justified() { Some(200) } else { None }
    }
}

/// Indices of the chosen breakpoints, and the sum of their demerits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChosenBreaks {
    /// Indices into the breakpoints, in order.
    pub(super) breaks: Vec<usize>,
    /// Sum of demerits.
    pub(super) demerits: i64,
}

/// Line ends with the least demerits, no line worse than `tolerance`. None when there are none. The last breakpoint
/// ends the last line. `first` is the sum before the first line.
pub(super) fn total_fit(
    first: Glue,
    breakpoints: &[Breakpoint],
    measure: &Measure,
    tolerance: i64,
) -> Option<ChosenBreaks> {
    search(first, breakpoints, measure, tolerance, false)
}

/// Line ends with the least demerits, whatever their badness. A word wider than the measure makes an overfull line.
pub(super) fn emergency_fit(
    first: Glue,
    breakpoints: &[Breakpoint],
    measure: &Measure,
) -> ChosenBreaks {
    search(first, breakpoints, measure, INFINITE_BADNESS, true)
        .expect("the last resort refuses no line")
}

/// True when a justified line between chosen breakpoints has spaces more than twice as wide as usual. A reader notices
/// such a line more than a ragged one.
pub(super) fn overstretched(
    first: Glue,
    breakpoints: &[Breakpoint],
    chosen: &[usize],
    measure: &Measure,
) -> bool {
    let mut start = first;
    measure.is_justified()
        && chosen.iter().any(|&index| {
            let breakpoint = &breakpoints[index];
            let fit = line_fit(start, breakpoint, measure, index + 1 == breakpoints.len());
            start = breakpoint.after;
            !fit.overfull && fit.badness > DOUBLED_SPACE_BADNESS
        })
}

/// The best way to a line end of one fitness class.
struct Node {
    /// Index of the breakpoint. None for the start of the paragraph.
    breakpoint: Option<usize>,
    /// Fitness class of the line that ends here.
    fitness: usize,
    /// Sum of demerits from the start of the paragraph.
    demerits: i64,
    /// Index of the node before.
    from: Option<usize>,
}

/// Search over active nodes. An `emergency` search accepts an overfull line where no other way is left.
fn search(
    first: Glue,
    breakpoints: &[Breakpoint],
    measure: &Measure,
    tolerance: i64,
    emergency: bool,
) -> Option<ChosenBreaks> {
    let mut nodes = vec![Node {
        breakpoint: None,
        fitness: 1,
        demerits: 0,
        from: None,
    }];
    let mut active: Vec<usize> = vec![0];
    let mut survivors = Vec::new();
    for (index, breakpoint) in breakpoints.iter().enumerate() {
        let last = index + 1 == breakpoints.len();
        // Best way to each fitness class of a line that ends here.
        let mut best: [Option<(i64, usize)>; 4] = [None; 4];
        survivors.clear();
        for (rank, &node) in active.iter().enumerate() {
            let from = nodes[node].breakpoint.map(|from| &breakpoints[from]);
            let start = from.map_or(first, |from| from.after);
            let fit = line_fit(start, breakpoint, measure, last);
            let only = emergency
                && survivors.is_empty()
                && rank + 1 == active.len()
                && best.iter().all(Option::is_none);
            if fit.overfull && !only {
                continue;
            }
            if fit.badness <= tolerance || fit.overfull {
                let price = nodes[node].demerits
                    + demerits(from, nodes[node].fitness, breakpoint, &fit, last, measure);
                // The later of two equals wins, as in TeX.
                if best[fit.fitness].is_none_or(|(least, _)| price <= least) {
                    best[fit.fitness] = Some((price, node));
                }
            }
            if !fit.overfull {
                survivors.push(node);
            }
        }
        std::mem::swap(&mut active, &mut survivors);
        for (fitness, found) in best.into_iter().enumerate() {
            if let Some((demerits, from)) = found {
                active.push(nodes.len());
                nodes.push(Node {
                    breakpoint: Some(index),
                    fitness,
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
        .filter(|node| nodes[*node].breakpoint == Some(breakpoints.len() - 1));
    // At the end of the paragraph the earlier of two equals wins, by `min_by_key`.
    let mut node = ends.min_by_key(|node| nodes[*node].demerits)?;
    let demerits = nodes[node].demerits;
    let mut breaks = Vec::new();
    while let (Some(breakpoint), Some(from)) = (nodes[node].breakpoint, nodes[node].from) {
        breaks.push(breakpoint);
        node = from;
    }
    breaks.reverse();
    Some(ChosenBreaks { breaks, demerits })
}

/// Fit of a line between two breakpoints.
struct LineFit {
    /// 0 to [`INFINITE_BADNESS`].
    badness: i64,
    /// Fitness class: 0 tight, 1 decent, 2 loose, 3 very loose.
    fitness: usize,
    /// True when the line is too long even with all shrink used.
    overfull: bool,
    /// Natural width, in 1/65536 pt.
    width: i64,
}

/// Fit of the line from a sum to a breakpoint. `last` is true for the last line of the paragraph.
fn line_fit(start: Glue, end: &Breakpoint, measure: &Measure, last: bool) -> LineFit {
    let line = end.before - start;
    let width = line.width + end.extra;
    let slack = measure.width - width;
    let (stretch, shrink) = match measure.rag {
        Some(rag) => (rag, 0),
        None => (line.stretch, line.shrink),
    };
    let fit = |badness, fitness| LineFit {
        badness,
        fitness,
        overfull: false,
        width,
    };
    if slack >= 0 {
        // The last line ends with infinite stretch.
        let badness = if last { 0 } else { badness(slack, stretch) };
        let fitness = match badness {
            100.. => 3,
            13.. => 2,
            _ => 1,
        };
        return fit(badness, fitness);
    }
    if -slack > shrink {
        return LineFit {
            badness: INFINITE_BADNESS,
            fitness: 0,
            overfull: true,
            width,
        };
    }
    let badness = badness(-slack, shrink);
    fit(badness, usize::from(badness <= 12))
}

/// About a hundred times the cube of `slack / available`, 0 to [`INFINITE_BADNESS`] (TeX, section 108).
fn badness(slack: i64, available: i64) -> i64 {
    if slack == 0 {
        return 0;
    }
    if available <= 0 {
        return INFINITE_BADNESS;
    }
    let ratio = slack.saturating_mul(297) / available;
    if ratio > 1290 {
        INFINITE_BADNESS
    } else {
        (ratio * ratio * ratio + (1 << 17)) >> 18
    }
}

/// Demerits of one line. `fitness` is the class of the line before.
fn demerits(
    from: Option<&Breakpoint>,
    fitness: usize,
    to: &Breakpoint,
    fit: &LineFit,
    last: bool,
    measure: &Measure,
) -> i64 {
    let base = LINE_PENALTY + fit.badness;
    let penalty = i64::from(to.penalty);
    let mut sum = base * base + penalty * penalty;
    let after_hyphen = from.is_some_and(|from| from.flagged);
    if after_hyphen && last {
        sum += FINAL_HYPHEN_DEMERITS;
    } else if after_hyphen && to.flagged {
        sum += DOUBLE_HYPHEN_DEMERITS;
    }
    if fitness.abs_diff(fit.fitness) > 1 {
        sum += ADJACENT_DEMERITS;
    }
    if last && from.is_some() && fit.width < measure.width / 8 {
        sum += RUNT_DEMERITS;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Demerits of given line ends. None when a line is overfull.
    fn price(
        first: Glue,
        breakpoints: &[Breakpoint],
        measure: &Measure,
        breaks: &[usize],
    ) -> Option<i64> {
        let (mut from, mut fitness, mut sum) = (None, 1, 0);
        for &index in breaks {
            let last = index + 1 == breakpoints.len();
            let found = line_fit(
                from.map_or(first, |from: &Breakpoint| from.after),
                &breakpoints[index],
                measure,
                last,
            );
            if found.overfull {
                return None;
            }
            sum += demerits(from, fitness, &breakpoints[index], &found, last, measure);
            (from, fitness) = (Some(&breakpoints[index]), found.fitness);
        }
        Some(sum)
    }

    /// Line ends of lines that are each as full as possible.
    fn greedy(first: Glue, breakpoints: &[Breakpoint], measure: &Measure) -> Vec<usize> {
        let (mut breaks, mut start, mut index) = (Vec::new(), first, 0);
        while index < breakpoints.len() {
            let fits = |end: &usize| {
                !line_fit(
                    start,
                    &breakpoints[*end],
                    measure,
                    end + 1 == breakpoints.len(),
                )
                .overfull
            };
            let end = (index..breakpoints.len())
                .take_while(fits)
                .last()
                .unwrap_or(index);
            breaks.push(end);
            start = breakpoints[end].after;
            index = end + 1;
        }
        breaks
    }

    /// Words of given widths with spaces between them.
    fn words(widths: &[i64]) -> Vec<Breakpoint> {
        let mut sum = Glue::default();
        let mut breakpoints = Vec::new();
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
            breakpoints.push(Breakpoint {
                before,
                after: sum,
                extra: 0,
                penalty,
                flagged,
                hyphen: false,
                at: at + 1,
            });
        }
        let last = breakpoints.last_mut().expect("there are words");
        (last.penalty, last.flagged) = (0, false);
        breakpoints
    }

    #[test]
    fn badness_is_texs() {
        assert_eq!(badness(1, 1), 100);
        assert_eq!(badness(1, 2), 12);
        assert_eq!(badness(2, 1), 800);
        assert_eq!(badness(0, 0), 0);
        assert_eq!(badness(5, 1), INFINITE_BADNESS);
        assert_eq!(badness(1, 0), INFINITE_BADNESS);
    }

    proptest::proptest! {
        #[test]
        fn no_choice_is_cheaper(widths in proptest::collection::vec(1_000_i64..30_000, 1..13), width in 30_000_i64..90_000, ragged: bool) {
            let breakpoints = words(&widths);
            let measure = if ragged { Measure::ragged(width) } else { Measure::justified(width) };
            let found = total_fit(Glue::default(), &breakpoints, &measure, INFINITE_BADNESS);
            // Every choice of line ends, as the bits of a number.
            let least = (0_u32..1 << (breakpoints.len() - 1)).filter_map(|bits| {
                let mut breaks: Vec<usize> = (0..breakpoints.len() - 1).filter(|breakpoint| bits >> breakpoint & 1 == 1).collect();
                breaks.push(breakpoints.len() - 1);
                price(Glue::default(), &breakpoints, &measure, &breaks)
            }).min();
            proptest::prop_assert_eq!(found.map(|found| found.demerits), least);
        }

        #[test]
        fn greedy_is_never_cheaper(widths in proptest::collection::vec(1_000_i64..30_000, 1..120), width in 30_000_i64..200_000) {
            let breakpoints = words(&widths);
            let measure = Measure::justified(width);
            let found = emergency_fit(Glue::default(), &breakpoints, &measure);
            proptest::prop_assert_eq!(price(Glue::default(), &breakpoints, &measure, &found.breaks), Some(found.demerits));
            if let Some(other) = price(Glue::default(), &breakpoints, &measure, &greedy(Glue::default(), &breakpoints, &measure)) {
                proptest::prop_assert!(found.demerits <= other);
            }
        }
    }

    #[test]
    fn a_word_wider_than_the_measure_stands_out_alone() {
        let breakpoints = words(&[10_000, 90_000, 10_000]);
        let measure = Measure::justified(40_000);
        assert_eq!(
            total_fit(Glue::default(), &breakpoints, &measure, INFINITE_BADNESS),
            None
        );
        assert_eq!(
            emergency_fit(Glue::default(), &breakpoints, &measure).breaks,
            [0, 1, 2]
        );
    }
}
