//! Dates that jump, clocks that disagree, and a computer that slept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sticker_booth::jobs::{Budgets, JobsError};
use sticker_booth::model::{JobStatus, Money};
use sticker_booth::platform::Clock;

use super::good;
use super::service::{Kind, Say, Service, working};
use super::world::{HASTE, Manner, World, local, paid};

const TODAY: &str = "2026-03-15T12:00:00Z";
const A_YEAR_BEFORE: &str = "2025-03-15T12:00:00Z";
const A_YEAR_LATER: &str = "2027-03-15T12:00:00Z";

fn clock(date: &str) -> Clock {
    Clock::running(date.parse().unwrap(), HASTE)
}

/// A service that works on everything until it is released.
fn busy_until(released: &Arc<AtomicBool>) -> Service {
    let released = Arc::clone(released);
    Service::start(move |base, kind, earlier| match kind {
        Kind::Ask if !released.load(Ordering::SeqCst) => working(),
        _ => good(base, kind, earlier),
    })
}

#[test]
fn a_date_that_jumps_by_a_year_neither_ages_a_job_nor_ends_it() {
    for jump in [A_YEAR_LATER, A_YEAR_BEFORE] {
        let released = Arc::default();
        let service = busy_until(&released);
        let world = World { clock: clock(TODAY), ..World::new() };
        let window = world.start(&service.base, Manner::WINDOW);
        let id = window.jobs.submit(paid("click", &service.base)).unwrap();
        window.until_status(&id, JobStatus::Working);
        world.clock.set_date(jump.parse().unwrap());
        let asked = service.count(Kind::Ask);
        let row = window.until(&id, "asked on", |_| service.count(Kind::Ask) > asked + 4);
        assert_eq!((row.status, row.takes_long), (JobStatus::Working, false), "{jump}");
        released.store(true, Ordering::SeqCst);
        assert_eq!(window.rest(&id).status, JobStatus::Done, "{jump}");
        assert_eq!(window.jobs.ledger().unwrap().len(), 1, "{jump}");
    }
}

#[test]
fn a_job_goes_on_after_the_computer_slept_for_hours_and_says_that_it_takes_long() {
    let released = Arc::default();
    let service = busy_until(&released);
    let world = World { clock: clock(TODAY), ..World::new() };
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.until_status(&id, JobStatus::Working);
    world.clock.advance(Duration::from_hours(9));
    let row = window.until(&id, "taking long", |row| row.takes_long);
    assert_eq!((row.status, row.error), (JobStatus::Working, None));
    released.store(true, Ordering::SeqCst);
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn a_countdown_does_not_follow_a_date_that_is_set() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => Say::Busy(2),
        _ => good(base, kind, earlier),
    });
    let world = World { clock: clock(TODAY), ..World::new() };
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.until(&id, "counting down", |row| row.retry_at.is_some());
    world.clock.set_date(A_YEAR_BEFORE.parse().unwrap());
    let left = window.jobs.get(&id).unwrap().retry_at.map(|at| at.saturating_duration_since(world.clock.instant()));
    assert!(left.is_some_and(|left| left <= Duration::from_secs(2)), "{left:?}");
    assert_eq!(window.rest(&id).status, JobStatus::Done);
}

#[test]
fn what_a_process_with_a_clock_that_is_behind_wrote_last_counts_all_the_same() {
    let ahead = World { clock: clock(A_YEAR_LATER), ..World::new() };
    let dying = ahead.window();
    dying.jobs.pause(true);
    let id = dying.jobs.submit(local("click")).unwrap();
    let watching = ahead.start("", Manner::MAKE);
    assert_eq!(watching.jobs.get(&id).unwrap().status, JobStatus::Queued);
    drop(dying);

    let world = World { clock: clock(TODAY), ..ahead };
    let window = world.window();
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!(watching.rest(&id).status, JobStatus::Done, "its row is dated a year earlier");
}

#[test]
fn money_spent_under_a_date_ahead_counts_in_this_month_when_the_date_is_set_back() {
    let service = Service::start(good);
    let world = World { clock: clock(A_YEAR_LATER), ..World::new() };
    let budgets = Budgets { soft: None, hard: Some(Money::from_mills(50)) };
    let window = world.start(&service.base, Manner { budgets, ..Manner::WINDOW });
    let first = window.jobs.submit(paid("a", &service.base)).unwrap();
    assert_eq!(window.rest(&first).status, JobStatus::Done);
    world.clock.set_date(TODAY.parse().unwrap());
    let second = window.jobs.submit(paid("b", &service.base)).unwrap();
    assert_eq!(window.rest(&second).status, JobStatus::Done);
    assert_eq!(window.jobs.spending_this_month().unwrap().spent, Money::from_mills(50));
    let third = window.jobs.submit(paid("c", &service.base));
    assert!(matches!(third, Err(JobsError::HardBudget { .. })), "{third:?}");
    assert_eq!(window.jobs.ledger().unwrap().len(), 2);
}
