//! How many requests a minute are let in.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The window that requests are counted in.
const WINDOW: Duration = Duration::from_mins(1);

/// Counts the requests of the last minute.
#[derive(Debug)]
pub(super) struct Rate {
    most: usize,
    recent: VecDeque<Instant>,
}

impl Rate {
    /// Lets `most` requests a minute in, at least one.
    pub(super) fn new(most: u32) -> Self {
        Self { most: most.max(1) as usize, recent: VecDeque::new() }
    }

    /// Counts a request at `now`, or says how long to wait until one is let in.
    pub(super) fn admit(&mut self, now: Instant) -> Result<(), Duration> {
        while self.recent.front().is_some_and(|oldest| now.duration_since(*oldest) >= WINDOW) {
            self.recent.pop_front();
        }
        if let Some(oldest) = self.recent.front().filter(|_| self.recent.len() >= self.most) {
            return Err(WINDOW.saturating_sub(now.duration_since(*oldest)));
        }
        self.recent.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Clock;

    #[test]
    fn a_minute_lets_so_many_in_and_then_says_how_long_to_wait() {
        let start = Clock::real().instant();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut rate = Rate::new(2);
        assert_eq!(rate.admit(after(0)), Ok(()));
        assert_eq!(rate.admit(after(20)), Ok(()));
        assert_eq!(rate.admit(after(30)), Err(Duration::from_secs(30)));
        assert_eq!(rate.admit(after(60)), Ok(()));
        assert_eq!(rate.admit(after(61)), Err(Duration::from_secs(19)));
    }

    #[test]
    fn a_limit_of_nothing_still_lets_one_in() {
        let now = Clock::real().instant();
        let mut rate = Rate::new(0);
        assert_eq!(rate.admit(now), Ok(()));
        assert!(rate.admit(now).is_err());
    }
}
