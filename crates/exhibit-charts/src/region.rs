//! The region that a plot is drawn in, and the plot that fills it.

use exhibit_scene::Frame;

/// Rounding tolerance of heights and sizes, in points.
pub(crate) const TOLERANCE: f64 = 0.01;

/// The space that is offered to a plot. Lengths are in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    /// Width of the plot, filled exactly.
    pub(crate) width: f64,
    /// Height that the plot fills where a larger plot is a better one. `None` gives the plot its usual height.
    pub(crate) height: Option<f64>,
    /// Largest height. Bands come closer to each other, or stand in two columns, before a plot exceeds it.
    pub(crate) max_height: f64,
}

impl Region {
    /// Height of each of `parts` bands, with `besides` points for all else. A page gives a band its usual height, a
    /// slide up to the maximum. Many bands share the height that there is, down to the minimum.
    pub(crate) fn band_height(self, parts: usize, besides: f64, heights: BandHeights) -> f64 {
        let BandHeights { min, usual, max } = heights;
        let share = |height: f64| (height - besides) / parts.max(1) as f64;
        match self.height {
            Some(height) => share(height).clamp(min, max.max(min)),
            None => share(self.max_height).clamp(min, usual.max(min)),
        }
    }

    /// Width of each of `columns` columns, 1 or 2, with `gutter` points between two.
    pub(crate) fn column_width(self, columns: usize, gutter: f64) -> f64 {
        match columns {
            1 => self.width,
            _ => (self.width - gutter) / 2.0,
        }
    }

    /// Height of a plot area with a vertical scale. A page gives the wanted height. A slide gives what `besides`
    /// leaves of its height, from half of the wanted height to one and a half times.
    pub(crate) fn plot_height(self, besides: f64, wanted: f64) -> f64 {
        match self.height {
            Some(height) => (height - besides).clamp(wanted * 0.5, wanted * 1.5),
            None => wanted,
        }
    }
}

/// Heights of a band in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BandHeights {
    /// The least height at which texts of neighbours do not touch.
    pub(crate) min: f64,
    /// The usual height.
    pub(crate) usual: f64,
    /// The largest height.
    pub(crate) max: f64,
}

/// A finished plot.
pub(crate) struct Plotted {
    /// The drawing.
    pub(crate) frame: Frame,
    /// The plot shows every mark and every label.
    pub(crate) complete: bool,
    /// Names and numbers leave no width to the marks.
    pub(crate) narrow: bool,
}

impl From<Frame> for Plotted {
    fn from(frame: Frame) -> Self {
        Self {
            frame,
            complete: true,
            narrow: false,
        }
    }
}

/// True where a plot is complete and stays inside its region.
pub(crate) fn fits(plotted: &Plotted, region: Region) -> bool {
    plotted.complete
        && !plotted.narrow
        && plotted.frame.size.height <= region.max_height + TOLERANCE
}
