//! How far the work is: a bar on a terminal, and only when work takes long enough for somebody to wonder.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(300);

/// A bar that shows itself late or never.
pub(crate) struct Progress {
    bar: ProgressBar,
    terminal: bool,
}

impl Progress {
    /// Begins to count up to `steps`.
    pub(crate) fn new(steps: usize, terminal: bool) -> Self {
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}")
            .expect("the template is a constant, and sound");
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        bar.set_style(style);
        Self { bar, terminal }
    }

    /// One step is done; it was this.
    pub(crate) fn step(&self, what: &str) {
        if self.terminal && self.bar.is_hidden() && self.bar.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(what.to_owned());
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
