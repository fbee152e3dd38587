//! How far long work has come: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const BAR: &str = "{msg} {wide_bar} {human_pos}/{human_len} {eta}";

/// Work that is counted.
pub struct Progress {
    what: &'static str,
    total: u64,
    done: u64,
    told: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// `total` pieces of `what` are to be done. Little work is not worth a word.
    pub fn new(what: &'static str, total: u64) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(BAR) {
                bar.set_style(style);
            }
            bar.set_message(what);
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        Self {
            what,
            total,
            done: 0,
            told: 0,
            bar,
        }
    }

    /// `count` more are done.
    pub fn advance(&mut self, count: u64) {
        self.done += count;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
            return;
        }
        let tenths = (self.done * 10).checked_div(self.total).unwrap_or(10);
        if tenths > self.told && self.total > 1_000 {
            self.told = tenths;
            eprintln!("{}: {} of {}", self.what, self.done, self.total);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
