//! Heights of plots, so that pages are full: the same plot drawn lower or higher, or an exhibit made smaller as a whole.

use exhibit_scene::{Frame, Item, Point, Size};

use crate::fragment::Fragment;

/// Draws the plot of an exhibit again: index of the exhibit, width and wanted height in points. The plot may come out
/// lower or higher than wanted. None where such a plot would not be legible or complete.
pub(crate) type Redraw<'r> = dyn FnMut(usize, f64, f64) -> Option<Frame> + 'r;

/// Least height of a plot as a share of its usual height, where an exhibit is to find a place in its order.
pub(crate) const GENTLE: f64 = 0.75;
/// Least height of a plot as a share of its usual height, where a page would be left too empty.
pub(crate) const LEAST: f64 = 0.5;
/// Greatest height of a plot as a share of its usual height.
const MOST: f64 = 1.4;

/// Height of the plot of a fragment, in points. 0 without a plot.
fn height(fragment: &Fragment) -> f64 {
    fragment
        .plot
        .and_then(|plot| frame(fragment, plot.item))
        .map_or(0.0, |frame| frame.size.height)
}

/// Frame of a plot.
fn frame(fragment: &Fragment, item: usize) -> Option<&Frame> {
    match fragment.items.get(item) {
        Some((_, Item::Group(group))) => Some(&group.frame),
        _ => None,
    }
}

/// The plots of some fragments as they are.
pub(crate) fn plots(fragments: &[&mut Fragment]) -> Vec<Option<Frame>> {
    let plot = |fragment: &&mut Fragment| frame(fragment, fragment.plot?.item).cloned();
    fragments.iter().map(plot).collect()
}

/// Gives fragments the plots that [`plots`] kept.
pub(crate) fn restore(fragments: &mut [&mut Fragment], plots: Vec<Option<Frame>>) {
    for (fragment, plot) in fragments.iter_mut().zip(plots) {
        if let Some(plot) = plot {
            set_plot(fragment, plot);
        }
    }
}

/// Makes plots lower by `need` points together, none lower than `floor` of its usual height. False where they cannot be;
/// then nothing has changed.
pub(crate) fn lower(
    fragments: &mut [&mut Fragment],
    need: f64,
    floor: f64,
    redraw: &mut Redraw,
) -> bool {
    let mut limits = Vec::new();
    let mut slack = 0.0;
    for fragment in fragments.iter() {
        let limit = fragment
            .plot
            .and_then(|plot| redraw(plot.exhibit, plot.width, plot.usual * floor))
            .filter(|limit| limit.size.height < height(fragment));
        slack += limit
            .as_ref()
            .map_or(0.0, |limit| height(fragment) - limit.size.height);
        limits.push(limit);
    }
    if slack < need {
        return false;
    }
    let share = need / slack;
    let mut chosen = Vec::new();
    let mut gain = 0.0;
    for (fragment, limit) in fragments.iter().zip(&limits) {
        let (Some(plot), Some(limit)) = (fragment.plot, limit) else {
            chosen.push(None);
            continue;
        };
        let old = height(fragment);
        let wanted = old - share * (old - limit.size.height);
        let frame = redraw(plot.exhibit, plot.width, wanted);
        gain += frame.as_ref().map_or(0.0, |frame| old - frame.size.height);
        chosen.push(frame);
    }
    restore(fragments, if gain + 1e-6 < need { limits } else { chosen });
    true
}

/// Makes plots as low as they may be.
pub(crate) fn lowest(fragments: &mut [&mut Fragment], redraw: &mut Redraw) {
    for fragment in fragments.iter_mut() {
        let lowest = fragment
            .plot
            .and_then(|plot| redraw(plot.exhibit, plot.width, plot.usual * LEAST))
            .filter(|lowest| lowest.size.height < height(fragment));
        if let Some(lowest) = lowest {
            set_plot(fragment, lowest);
        }
    }
}

/// Makes plots higher by at most `room` points together.
pub(crate) fn raise(fragments: &mut [&mut Fragment], room: f64, redraw: &mut Redraw) {
    let mut limits = Vec::new();
    let mut most = 0.0;
    for fragment in fragments.iter() {
        let limit = fragment
            .plot
            .and_then(|plot| redraw(plot.exhibit, plot.width, plot.usual * MOST))
            .map_or(0.0, |limit| (limit.size.height - height(fragment)).max(0.0));
        most += limit;
        limits.push(limit);
    }
    if most <= 0.0 {
        return;
    }
    let share = (room / most).min(1.0);
    let mut left = room;
    for (fragment, limit) in fragments.iter_mut().zip(limits) {
        let Some(plot) = fragment.plot.filter(|_| limit > 0.0) else {
            continue;
        };
        let old = height(fragment);
        let Some(frame) = redraw(plot.exhibit, plot.width, old + share * limit) else {
            continue;
        };
        let gain = frame.size.height - old;
        if gain > 0.0 && gain <= left {
            left -= gain;
            set_plot(fragment, frame);
        }
    }
}

/// Puts another plot in the place of the old one, and moves what stands below.
fn set_plot(fragment: &mut Fragment, frame: Frame) {
    let Some(plot) = fragment.plot else {
        return;
    };
    let Some((at, Item::Group(group))) = fragment.items.get_mut(plot.item) else {
        return;
    };
    let (top, old) = (at.y, group.frame.size.height);
    let by = frame.size.height - old;
    group.frame = frame;
    let below = |y: f64| y + 1e-6 >= top + old;
    for (index, (at, _)) in fragment.items.iter_mut().enumerate() {
        if index != plot.item && below(at.y) {
            at.y += by;
        }
    }
    for (_, down) in &mut fragment.anchors {
        if below(*down) {
            *down += by;
        }
    }
    for (_, rect) in &mut fragment.figures {
        rect.height += by;
    }
    fragment.height += by;
}

/// Makes an exhibit lower by `need` points, all of it smaller, by `smallest` at least. False where its type would become
/// too small; then nothing has changed.
pub(crate) fn scale(fragment: &mut Fragment, need: f64, smallest: f64) -> bool {
    let factor = (fragment.height - need) / fragment.height;
    if !(smallest..1.0).contains(&factor) {
        return false;
    }
    for (at, item) in &mut fragment.items {
        *at = Point::new(at.x * factor, at.y * factor);
        match item {
            Item::Group(group) => group.frame = group.frame.scaled(factor),
            Item::Link(link) => {
                link.size = Size::new(link.size.width * factor, link.size.height * factor);
            }
            Item::Glyphs(_) | Item::Path(_) => {}
        }
    }
    for (_, down) in &mut fragment.anchors {
        *down *= factor;
    }
    for (_, rect) in &mut fragment.figures {
        rect.x *= factor;
        rect.y *= factor;
        rect.width *= factor;
        rect.height *= factor;
    }
    fragment.height *= factor;
    fragment.plot = None;
    true
}
