//! How far a long value has come: a bar on standard error, for whoever sits in front of it.

use std::{
    fs::File,
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// The way to the end of a long value.
#[derive(Debug)]
pub(super) struct Progress {
    start: Instant,
    bar: ProgressBar,
    shown: bool,
}

impl Progress {
    /// A bar for `total` bytes that go to a file or a disk, if there is a terminal to show it on; for a pipe there is
    /// pv(1). `file` is `None` for a file to be.
    pub(super) fn new(file: Option<&File>, total: u64) -> Option<Self> {
        let watched = io::stderr().is_terminal() && file.is_none_or(is_file_or_disk);
        watched.then(|| Self {
            start: Instant::now(),
            bar: hidden_bar(total),
            shown: false,
        })
    }

    pub(super) fn add(&mut self, bytes: usize) {
        self.bar.inc(bytes as u64);
        if !self.shown && self.start.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.shown = true;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn hidden_bar(total: u64) -> ProgressBar {
    let style = "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden())
        .with_style(ProgressStyle::with_template(style).expect("the template is well-formed"))
}

#[cfg(unix)]
fn is_file_or_disk(file: &File) -> bool {
    use std::os::unix::fs::FileTypeExt;

    file.metadata()
        .is_ok_and(|metadata| metadata.is_file() || metadata.file_type().is_block_device())
}

#[cfg(not(unix))]
fn is_file_or_disk(file: &File) -> bool {
    file.metadata().is_ok_and(|metadata| metadata.is_file())
}
