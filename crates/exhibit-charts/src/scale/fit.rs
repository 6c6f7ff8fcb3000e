//! The length of bars: the longest at which every label has space beside its bar.

/// One end of a bar: a value, and the points that an open end and a label take beyond it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BarEnd {
    /// Value of the end. A bar grows from zero to either side.
    pub(crate) value: f64,
    /// The end lies below zero. A bar without length counts by the side of its label.
    pub(crate) below: bool,
    /// Points that must stay free beyond the end.
    pub(crate) padding: f64,
}

/// The scale of some bars, in a width in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FittedScale {
    /// Points per unit of value. 0 where every value is zero.
    pub(crate) unit: f64,
    /// Points from the left edge to zero.
    pub(crate) zero: f64,
    /// Every bar and its padding stay inside the width.
    pub(crate) complete: bool,
}

/// Number of bisections, enough to leave less than any printer shows.
const BISECTIONS: u32 = 60;

/// The largest scale at which every bar with its padding fits into `width` points. The longest bar keeps at least a
/// tenth of the width, however long the labels.
pub(crate) fn fit_bars(ends: &[BarEnd], width: f64) -> FittedScale {
    let side = |unit: f64, below: bool| {
        ends.iter()
            .filter(|end| end.below == below)
            .map(|end| end.value.abs() * unit + end.padding)
            .fold(0.0, f64::max)
    };
    let most = ends.iter().map(|end| end.value.abs()).fold(0.0, f64::max);
    if most == 0.0 {
        let zero = side(0.0, true);
        return FittedScale {
            unit: 0.0,
            zero,
            complete: zero + side(0.0, false) <= width,
        };
    }
    let (mut low, mut high) = (width * 0.1 / most, width / most);
    for _ in 0..BISECTIONS {
        let unit = (low + high) / 2.0;
        if side(unit, true) + side(unit, false) <= width {
            low = unit;
        } else {
            high = unit;
        }
    }
    let zero = side(low, true);
    FittedScale {
        unit: low,
        zero,
        // Bisection ends a hair beyond the width at most.
        complete: zero + side(low, false) <= width + 1e-6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_with_its_label_fills_the_room() {
        let ends = [
            BarEnd {
                value: 100.0,
                below: false,
                padding: 20.0,
            },
            BarEnd {
                value: 50.0,
                below: false,
                padding: 90.0,
            },
        ];
        let fit = fit_bars(&ends, 120.0);
        // The second bar binds: 50 units and 90 points in 120.
        assert!((fit.unit - 0.6).abs() < 1e-9 && fit.zero == 0.0);
    }

    #[test]
    fn bars_to_both_sides_share_the_room() {
        let ends = [
            BarEnd {
                value: 10.0,
                below: false,
                padding: 5.0,
            },
            BarEnd {
                value: -10.0,
                below: true,
                padding: 15.0,
            },
        ];
        let fit = fit_bars(&ends, 120.0);
        assert!((fit.unit - 5.0).abs() < 1e-9 && (fit.zero - 65.0).abs() < 1e-6);
    }
}
