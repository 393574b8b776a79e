//! Time as a value that is passed in, so that tests can hold it still.

use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// Tells the time: the computer's own, or one that a test moves by hand. Clones show the same time.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    Computer,
    Manual(Arc<Mutex<ManualTime>>),
}

struct ManualTime {
    now: Timestamp,
    monotonic: Duration,
}

/// Zero of the monotonic time of this process.
static PROCESS_START: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock {
    /// The computer's clock.
    pub fn real() -> Self {
        Self(Source::Computer)
    }

    /// A clock that stands at `now` until [`advance`](Self::advance) moves it.
    pub fn manual(now: Timestamp) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(ManualTime { now, monotonic: Duration::ZERO }))))
    }

    /// Date and time in UTC; people and time servers may set it back and forth.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::Computer => Timestamp::now(),
            Source::Manual(time) => time.lock().unwrap_or_else(PoisonError::into_inner).now,
        }
    }

    /// Time since some moment of this process; never goes back, so deadlines are measured with it.
    pub fn monotonic(&self) -> Duration {
        match &self.0 {
            Source::Computer => PROCESS_START.elapsed(),
            Source::Manual(time) => time.lock().unwrap_or_else(PoisonError::into_inner).monotonic,
        }
    }

    /// Moves a manual clock forward, both its times; the computer's clock stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(time) = &self.0 {
            let mut time = time.lock().unwrap_or_else(PoisonError::into_inner);
            time.monotonic = time.monotonic.saturating_add(by);
            time.now = time.now.checked_add(by).unwrap_or(Timestamp::MAX);
        }
    }

    /// Sets the date of a manual clock as a person would: the monotonic time does not notice.
    pub fn set_date(&self, now: Timestamp) {
        if let Source::Manual(time) = &self.0 {
            time.lock().unwrap_or_else(PoisonError::into_inner).now = now;
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::real()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.0 {
            Source::Computer => "real",
            Source::Manual(_) => "manual",
        };
        f.debug_struct("Clock").field("kind", &kind).field("now", &self.now()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_by_hand_and_in_all_its_clones() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let clone = clock.clone();
        clock.advance(Duration::from_secs(90));
        assert_eq!(clone.now().as_second(), 90);
        assert_eq!(clone.monotonic(), Duration::from_secs(90));
    }

    #[test]
    fn setting_the_date_back_leaves_the_monotonic_time_alone() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        clock.advance(Duration::from_secs(10));
        clock.set_date(Timestamp::UNIX_EPOCH);
        assert_eq!((clock.now(), clock.monotonic()), (Timestamp::UNIX_EPOCH, Duration::from_secs(10)));
    }
}
