//! Time as a value that is passed in, so that tests can hold it still.

use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::watch;

/// Tells the time, and waits: the computer's own, or one that a test moves by hand. Clones show the same time.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    Computer,
    Test(Arc<watch::Sender<TestTime>>),
}

/// What a test made of the time.
#[derive(Clone, Copy)]
struct TestTime {
    /// The date when the clock was made, moved since as a person would set it.
    date: Timestamp,
    made: Instant,
    /// By how much it was moved forward.
    ahead: Duration,
    /// Its seconds in one real one; 0 stands still.
    speed: u32,
}

impl TestTime {
    /// Time since the clock was made.
    fn passed(&self) -> Duration {
        self.made.elapsed().saturating_mul(self.speed).saturating_add(self.ahead)
    }
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
        Self::running(now, 0)
    }

    /// A clock that shows `now`, and on which `speed` seconds pass in a real one: what waits by it waits so much less.
    pub fn running(now: Timestamp, speed: u32) -> Self {
        let time = TestTime { date: now, made: Instant::now(), ahead: Duration::ZERO, speed };
        Self(Source::Test(Arc::new(watch::Sender::new(time))))
    }

    /// Date and time in UTC; people and time servers may set it back and forth.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::Computer => Timestamp::now(),
            Source::Test(time) => {
                let time = *time.borrow();
                time.date.checked_add(time.passed()).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// Time since some moment of this process; never goes back, so deadlines are measured with it.
    pub fn monotonic(&self) -> Duration {
        match &self.0 {
            Source::Computer => PROCESS_START.elapsed(),
            Source::Test(time) => time.borrow().passed(),
        }
    }

    /// The moment that [`monotonic`](Self::monotonic) shows, to be compared with others of this clock.
    pub fn instant(&self) -> Instant {
        match &self.0 {
            Source::Computer => Instant::now(),
            Source::Test(time) => {
                let time = *time.borrow();
                time.made + time.passed()
            }
        }
    }

    /// Waits until so much time has passed on this clock.
    pub async fn sleep(&self, wait: Duration) {
        let Source::Test(time) = &self.0 else { return tokio::time::sleep(wait).await };
        let mut moved = time.subscribe();
        let due = moved.borrow().passed().saturating_add(wait);
        loop {
            let time = *moved.borrow_and_update();
            let left = due.saturating_sub(time.passed());
            if left.is_zero() {
                return;
            }
            let runs_out = async {
                match left.checked_div(time.speed) {
                    Some(left) => tokio::time::sleep(left).await,
                    None => std::future::pending().await,
                }
            };
            // The sender lives as long as this clock.
            tokio::select! {
                () = runs_out => {}
                _ = moved.changed() => {}
            }
        }
    }

    /// What `future` gives, if it comes before so much time has passed on this clock.
    pub async fn timeout<T>(&self, limit: Duration, future: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            output = future => Some(output),
            () = self.sleep(limit) => None,
        }
    }

    /// Moves a test's clock forward, date and monotonic time; the computer's clock stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Source::Test(time) = &self.0 {
            time.send_modify(|time| time.ahead = time.ahead.saturating_add(by));
        }
    }

    /// Sets the date of a test's clock as a person would: the monotonic time does not notice.
    pub fn set_date(&self, now: Timestamp) {
        if let Source::Test(time) = &self.0 {
            time.send_modify(|time| time.date = now.checked_sub(time.passed()).unwrap_or(Timestamp::MIN));
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
            Source::Test(_) => "test",
        };
        f.debug_struct("Clock").field("kind", &kind).field("now", &self.now()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;
    use std::pin::{Pin, pin};

    use super::*;

    #[test]
    fn a_manual_clock_moves_only_by_hand_and_in_all_its_clones() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let clone = clock.clone();
        clock.advance(Duration::from_secs(90));
        assert_eq!(clone.now().as_second(), 90);
        assert_eq!(clone.monotonic(), Duration::from_secs(90));
    }

    async fn is_asleep(sleeper: Pin<&mut impl Future<Output = ()>>) -> bool {
        tokio::select! { biased; () = sleeper => false, () = ready(()) => true }
    }

    #[tokio::test]
    async fn who_sleeps_on_a_manual_clock_wakes_when_it_is_moved_far_enough() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let mut sleeper = pin!(clock.sleep(Duration::from_hours(1)));
        assert!(is_asleep(sleeper.as_mut()).await);
        clock.advance(Duration::from_mins(59));
        assert!(is_asleep(sleeper.as_mut()).await);
        clock.set_date("2030-01-01T00:00:00Z".parse().unwrap());
        assert!(is_asleep(sleeper.as_mut()).await, "a date is no time that has passed");
        clock.advance(Duration::from_mins(1));
        sleeper.await;
    }

    #[tokio::test]
    async fn an_hour_on_a_clock_that_runs_fast_is_soon_over() {
        let clock = Clock::running(Timestamp::UNIX_EPOCH, 3_600_000);
        let (began, date) = (clock.instant(), clock.now());
        clock.sleep(Duration::from_hours(1)).await;
        assert!(clock.instant() - began >= Duration::from_hours(1));
        assert!(clock.now().duration_since(date).as_hours() >= 1);
    }

    #[test]
    fn setting_the_date_back_leaves_the_monotonic_time_alone() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        clock.advance(Duration::from_secs(10));
        clock.set_date(Timestamp::UNIX_EPOCH);
        assert_eq!((clock.now(), clock.monotonic()), (Timestamp::UNIX_EPOCH, Duration::from_secs(10)));
    }
}
