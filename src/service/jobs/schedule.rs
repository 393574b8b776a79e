//! When to ask, and how long to wait after a fault: pure arithmetic on durations and instants.

use std::time::{Duration, Instant};

use crate::model::engine::Polling;

/// Questions until the interval has eased from `every` to `eased`.
const EASING: u32 = 12;

/// The longest wait after a fault.
const LONGEST_BACKOFF: Duration = Duration::from_mins(1);

/// The longest wait that a busy service is granted.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_mins(10);

/// How long to wait before the next question.
///
/// `asked` counts the questions so far, `since_accepted` is the job's age at the service.
pub fn next_question(polling: &Polling, asked: u32, since_accepted: Duration) -> Duration {
    if asked == 0 {
        return polling.first;
    }
    if since_accepted >= polling.long_after {
        return polling.when_long;
    }
    let eased_by = polling.eased.saturating_sub(polling.every) * (asked - 1).min(EASING) / EASING;
    polling.every + eased_by
}

/// How long to wait after `failures` (≥ 1) faults in a row: 1 s, 2 s, 4 s … at most a minute.
///
/// `jitter` in `0..=1` spreads it over 75 % to 125 %, so that jobs that failed together do not return together.
pub fn backoff(failures: u32, jitter: f64) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    let base = Duration::from_secs(1 << doublings).min(LONGEST_BACKOFF);
    base.mul_f64(0.75 + 0.5 * jitter.clamp(0.0, 1.0))
}

/// How long a busy service (429) is left alone: what it asked for, from one second to ten minutes.
pub fn retry_after(asked_for: Duration) -> Duration {
    asked_for.clamp(Duration::from_secs(1), LONGEST_RETRY_AFTER)
}

/// One gate for all jobs of an engine: after a 429 nobody asks or submits before it opens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gate {
    opens_at: Option<Instant>,
}

impl Gate {
    /// Closes the gate for `wait` from `now`; a gate that is closed for longer stays so.
    pub fn close(&mut self, now: Instant, wait: Duration) {
        let opens_at = now + wait;
        self.opens_at = Some(self.opens_at.map_or(opens_at, |earlier| earlier.max(opens_at)));
    }

    /// How long it stays closed, if it is.
    pub fn closed_for(&self, now: Instant) -> Option<Duration> {
        self.opens_at.map(|opens_at| opens_at.saturating_duration_since(now)).filter(|wait| !wait.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Engine;
    use crate::platform::Clock;

    fn hosted() -> Polling {
        Engine::pixazo("https://example.com", false).polling
    }

    #[test]
    fn the_hosted_service_is_asked_after_3_s_then_every_5_easing_to_10() {
        let polling = hosted();
        let waits: Vec<f64> =
            (0..20).map(|asked| next_question(&polling, asked, Duration::from_mins(1)).as_secs_f64()).collect();
        assert_eq!((waits[0], waits[1]), (3.0, 5.0));
        assert!(waits[1..].windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!(waits[19], 10.0);
    }

    #[test]
    fn after_ten_minutes_it_is_asked_every_30_s() {
        assert_eq!(next_question(&hosted(), 70, Duration::from_secs(599)), Duration::from_secs(10));
        assert_eq!(next_question(&hosted(), 71, Duration::from_mins(10)), Duration::from_secs(30));
    }

    #[test]
    fn an_engine_on_loopback_is_asked_from_50_ms_easing_to_100() {
        let polling = Engine::local().polling;
        let age = Duration::from_millis(10);
        assert_eq!(next_question(&polling, 0, age), Duration::from_millis(50));
        assert_eq!(next_question(&polling, 1, age), Duration::from_millis(50));
        assert_eq!(next_question(&polling, 40, age), Duration::from_millis(100));
    }

    #[test]
    fn backoff_doubles_from_one_second_to_a_minute() {
        let seconds: Vec<f64> = (1..=9).map(|failures| backoff(failures, 0.5).as_secs_f64()).collect();
        assert_eq!(seconds, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]);
        assert_eq!(backoff(u32::MAX, 0.5), LONGEST_BACKOFF);
    }

    #[test]
    fn jitter_moves_a_wait_by_at_most_a_quarter() {
        assert_eq!(backoff(3, 0.0), Duration::from_secs(3));
        assert_eq!(backoff(3, 1.0), Duration::from_secs(5));
        assert_eq!(backoff(3, 7.0), Duration::from_secs(5));
    }

    #[test]
    fn a_busy_service_is_left_alone_as_long_as_it_asks_but_at_most_ten_minutes() {
        assert_eq!(retry_after(Duration::from_secs(42)), Duration::from_secs(42));
        assert_eq!(retry_after(Duration::from_hours(24)), Duration::from_mins(10));
        assert_eq!(retry_after(Duration::ZERO), Duration::from_secs(1));
    }

    #[test]
    fn the_gate_opens_when_the_longest_wait_is_over() {
        let start = Clock::real().instant();
        let mut gate = Gate::default();
        assert_eq!(gate.closed_for(start), None);
        gate.close(start, Duration::from_secs(20));
        gate.close(start, Duration::from_secs(5));
        assert_eq!(gate.closed_for(start + Duration::from_secs(8)), Some(Duration::from_secs(12)));
        assert_eq!(gate.closed_for(start + Duration::from_secs(20)), None);
    }
}
