//! Crashes: the real program against a gateway that counts, killed at every step and at any moment.
//!
//! A hundred kills are part of `cargo test`. For more, such as a thousand, which take about ten times as long:
//! `STICKER_BOOTH_KILLS=1000 cargo test --test it crash::any_kill -- --nocapture`.
//! `STICKER_BOOTH_KILL_SEED` repeats the choices of an earlier run.

mod books;
mod till;
mod trap;

use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::Connection;

use crate::support::booth::Booth;
use crate::support::fake_engine::FakeEngine;
use crate::support::files;
use books::{Verdict, compare};
use till::{Call, KEY, Point, Till};
use trap::{Dice, Moment, Victims, kill_at};

/// Data folders that suffer at the same time.
const WORLDS: usize = 4;

/// Statuses in which nothing more happens by itself.
const RESTING: [&str; 6] = ["done", "failed", "lost", "stopped", "may_have_been_accepted", "dismissed"];

/// One data folder and the service that its processes pay.
struct World {
    booth: Booth,
    till: Till,
    dice: Dice,
    kills: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            booth: Booth::new().with_variable("PIXAZO_API_KEY", KEY),
            till: Till::open(FakeEngine::slow(Duration::from_millis(60))),
            dice: Dice(seed),
            kills: 0,
        }
    }

    fn start(&self, words: &[&str]) -> Child {
        self.booth.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn make(&self, count: &str) -> Child {
        let base = &self.till.base;
        let words = ["make", files::linked_photo(), "--engine", "pixazo", "--base-url", base, "--count", count];
        self.start(&[&words[..], &["--width", "256", "--height", "256", "--steps", "1"]].concat())
    }

    /// Starts the program and kills it at this moment.
    fn round(&mut self, moment: Moment) {
        let mut processes = match self.dice.below(5) {
            0..2 => vec![self.make("2")],
            _ => vec![self.start(&["jobs", "resume", "--pay"])],
        };
        if self.dice.below(4) == 0 {
            // Another one that wants the same jobs.
            processes.push(self.start(&["jobs", "resume"]));
        }
        self.kills += kill_at(moment, &Victims::new(processes), &self.till, &self.booth.path("data"));
    }

    /// Resumes until nothing is open, and looks at the books.
    fn settle(&self) -> Verdict {
        for _ in 0..5 {
            self.booth.run(["jobs", "resume", "--pay"]);
            let rests = |job: &serde_json::Value| RESTING.contains(&job["status"].as_str().unwrap());
            if self.booth.jobs().iter().all(rests) {
                break;
            }
        }
        compare(&self.booth, &self.till.counted(), self.kills)
    }
}

fn seed() -> u64 {
    let wanted = std::env::var("STICKER_BOOTH_KILL_SEED").ok().and_then(|seed| seed.parse().ok());
    wanted.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64)
}

#[test]
#[expect(clippy::print_stderr, reason = "the figures are what a person wants to see")]
fn any_kill_at_any_step_loses_nothing_and_pays_nothing_twice() {
    let kills: usize = std::env::var("STICKER_BOOTH_KILLS").ok().map_or(100, |kills| kills.parse().unwrap());
    let seed = seed();
    let suffer = |number: usize| {
        let mut world = World::new(seed.wrapping_add(number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        while world.kills < kills.div_ceil(WORLDS) {
            let moment = Moment::any(&mut world.dice);
            world.round(moment);
        }
        world.settle()
    };
    let mut sum = Verdict::default();
    std::thread::scope(|scope| {
        let worlds: Vec<_> = (0..WORLDS).map(|number| scope.spawn(move || suffer(number))).collect();
        for world in worlds {
            sum += world.join().unwrap();
        }
    });
    eprintln!("{sum} (seed {seed})");
    sum.holds();
    assert!(sum.kills >= kills && sum.done > 0 && sum.unsure_accepted > 0, "the kills met nothing: {sum}");
}

#[test]
fn a_client_that_sends_again_what_had_no_answer_is_caught_by_the_same_books() {
    let mut world = World::new(1);
    for _ in 0..3 {
        let process = Victims::new(vec![world.make("1")]);
        let data = world.booth.path("data");
        world.kills += kill_at(Moment::At(Call::Submit, Point::Decided, 1), &process, &world.till, &data);
        // What the program must never do, done to its journal: the request goes back in line.
        let journal = Connection::open(data.join("journal.sqlite")).unwrap();
        let back_in_line = r#"UPDATE jobs SET state = '{"status":"queued"}' WHERE status = 'submitting'"#;
        assert_eq!(journal.execute(back_in_line, []).unwrap(), 1, "it was killed while it waited for the answer");
    }
    let verdict = world.settle();
    assert_eq!((verdict.kills, verdict.doubled, verdict.lost), (3, 3, 3), "{verdict}");
    assert_eq!((verdict.accepted, verdict.done), (6, 3), "{verdict}");
}
