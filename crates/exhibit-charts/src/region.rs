//! The region that a plot is drawn in, and the plot that fills it.

use exhibit_scene::Frame;

/// Rounding of heights and sizes, in points.
pub(crate) const TOLERANCE: f64 = 0.01;

/// Where a plot is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    /// Its width in points; filled exactly.
    pub(crate) width: f64,
    /// The height in points that it should fill where that makes it better; `None` for as high as it needs.
    pub(crate) height: Option<f64>,
    /// The height in points that there is: marks come closer to each other, or stand in two columns, before it is exceeded.
    pub(crate) max_height: f64,
}

impl Region {
    /// Height of each of some bands: `least` on a page, as high as there is room on a slide, up to `most`; not less than `tight` where there
    /// are many.
    pub(crate) fn band_height(self, parts: usize, besides: f64, heights: BandHeights) -> f64 {
        let BandHeights { min, usual, max } = heights;
        let share = |height: f64| (height - besides) / parts.max(1) as f64;
        match self.height {
            Some(height) => share(height).clamp(min, max.max(min)),
            None => share(self.max_height).clamp(min, usual.max(min)),
        }
    }

    /// Width of each of one or two columns with `gutter` between them.
    pub(crate) fn column_width(self, columns: usize, gutter: f64) -> f64 {
        match columns {
            1 => self.width,
            _ => (self.width - gutter) / 2.0,
        }
    }

    /// Height of a plot with an upright scale: the wanted one on a page; what there is on a slide, from half of that to half as much again.
    pub(crate) fn plot_height(self, besides: f64, wanted: f64) -> f64 {
        match self.height {
            Some(height) => (height - besides).clamp(wanted * 0.5, wanted * 1.5),
            None => wanted,
        }
    }
}

/// Heights that a band may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BandHeights {
    /// The least at which its texts do not touch its neighbours'.
    pub(crate) min: f64,
    /// The usual one.
    pub(crate) usual: f64,
    /// The most.
    pub(crate) max: f64,
}

/// A finished plot.
pub(crate) struct Plotted {
    /// What was drawn.
    pub(crate) frame: Frame,
    /// Nothing was left out for want of room.
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

/// True where a plot holds all it should in the room there is.
pub(crate) fn fits(plotted: &Plotted, region: Region) -> bool {
    plotted.complete
        && !plotted.narrow
        && plotted.frame.size.height <= region.max_height + TOLERANCE
}
