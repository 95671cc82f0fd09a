//! How far a long value has come: a line on standard error, for whoever sits in front of it.
//!
//! Drawn here and not by a crate: those compute with pow(3), and for that alone a program that is linked with glibc
//! would load libm at every start, which takes a tenth of the time from start to exit.

use std::{
    fs::File,
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use super::system::is_file_or_disk;
use crate::message::{clear_line, redraw_line};

/// Shorter work shows no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// The time between two drawings.
const INTERVAL: Duration = Duration::from_millis(100);

/// The length of the bar in characters.
const BAR: usize = 20;

/// The way to the end of a long value.
#[derive(Debug)]
pub(super) struct Progress {
    start: Instant,
    drawn: Option<Instant>,
    done: u64,
    total: u64,
}

impl Progress {
    /// A line for `total` bytes that go to a file or a disk, if there is a terminal to show it on; for a pipe there is
    /// pv(1). `file` is `None` for a file to be.
    pub(super) fn new(file: Option<&File>, total: u64) -> Option<Self> {
        let watched = io::stderr().is_terminal() && file.is_none_or(is_file_or_disk);
        watched.then(|| Self {
            start: Instant::now(),
            drawn: None,
            done: 0,
            total,
        })
    }

    pub(super) fn add(&mut self, bytes: usize) {
        self.done += bytes as u64;
        let now = Instant::now();
        let due = match self.drawn {
            Some(last) => last + INTERVAL,
            None => self.start + PATIENCE,
        };
        if now >= due {
            self.drawn = Some(now);
            redraw_line(&line(self.done, self.total, now - self.start));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.drawn.is_some() {
            clear_line();
        }
    }
}

/// The line to show after `elapsed`, which must not be 0.
fn line(done: u64, total: u64, elapsed: Duration) -> String {
    let share = done as f64 / total as f64;
    let bar = "#".repeat((share * BAR as f64) as usize);
    let rate = done as f64 / elapsed.as_secs_f64();
    let left = total.saturating_sub(done) as f64 / rate;
    let [done, total, rate] = [done as f64, total as f64, rate].map(size);
    let left = duration(left as u64);
    format!("[{bar:BAR$.BAR$}] {done} of {total}, {rate}/s, {left} left")
}

/// A number of bytes in the largest unit that fits in it.
fn size(mut amount: f64) -> String {
    let mut units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"].into_iter();
    while amount >= 1024.0 && units.len() > 1 {
        amount /= 1024.0;
        units.next();
    }
    format!("{amount:.2} {}", units.next().unwrap_or_default())
}

fn duration(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_bar_rate_amount_and_time_left() {
        const GIB: u64 = 1 << 30;
        for (done, total, seconds, expected) in [
            (
                GIB,
                4 * GIB,
                2,
                "[#####               ] 1.00 GiB of 4.00 GiB, 512.00 MiB/s, 6 s left",
            ),
            (
                3 << 20,
                GIB,
                1,
                "[                    ] 3.00 MiB of 1.00 GiB, 3.00 MiB/s, 5 min 40 s left",
            ),
            (
                GIB,
                1 << 50,
                1,
                "[                    ] 1.00 GiB of 1.00 PiB, 1.00 GiB/s, 291 h 16 min left",
            ),
            // The characters of an encoding are counted in advance without their padding.
            (
                1001,
                1000,
                1,
                "[####################] 1001.00 B of 1000.00 B, 1001.00 B/s, 0 s left",
            ),
            (
                1,
                u64::MAX,
                1,
                "[                    ] 1.00 B of 16384.00 PiB, 1.00 B/s, 5124095576030431 h 0 min left",
            ),
        ] {
            let elapsed = Duration::from_secs(seconds);
            assert_eq!(line(done, total, elapsed), expected);
        }
    }
}
