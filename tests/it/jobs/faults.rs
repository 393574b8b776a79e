//! Every fault of the wire at submit, poll and fetch: what becomes of the job, and that nothing is paid twice.

mod in_a_row;
mod play;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use crate::support::fault_server::Place;
use crate::support::fault_server::faults::FAULTS;
use crate::support::raw_server::{Act, RawServer};
use crate::support::summary::tell;
use play::{Outcome, Play};

/// What becomes of a job at the moment of the fault. Only the first two classes of a submit send again by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// Nothing was sent; it waits its turn and then goes.
    BackInLine,
    /// The service took nothing (429); it waits as long as that says, and then goes.
    Busy,
    /// Failed, not charged.
    Refused,
    /// Waits for a person to mend key, credit or access; not charged.
    Held,
    /// May have been accepted: charge unknown, and only a person sends it again.
    Unsure,
    /// Went well nevertheless.
    Accepted,
    /// Is asked about again.
    AsksAgain,
    /// The same links are tried again.
    KeepsFetching,
    /// The service is asked for fresh links.
    FreshLinks,
    /// The picture came nevertheless.
    Followed,
}

use Class::{Accepted, AsksAgain, BackInLine, Busy, Followed, FreshLinks, Held, KeepsFetching, Refused, Unsure};

/// The one table: a fault, how many whole bodies of the POST reach the service when it strikes there, and the class at
/// submit, poll and fetch.
#[rustfmt::skip]
const TABLE: [(&str, usize, [Class; 3]); 31] = [
    // No connection: these alone prove that nothing was sent.
    ("refused",                  0, [BackInLine, AsksAgain, KeepsFetching]),
    ("black hole",               0, [BackInLine, AsksAgain, KeepsFetching]),
    ("no such name",             0, [BackInLine, AsksAgain, KeepsFetching]),
    ("TLS at a plain port",      0, [BackInLine, AsksAgain, KeepsFetching]),
    // No answer.
    ("closed at accept",         0, [Unsure,     AsksAgain, KeepsFetching]),
    ("reset within the request", 0, [Unsure,     AsksAgain, KeepsFetching]),
    ("closed after the request", 1, [Unsure,     AsksAgain, KeepsFetching]),
    ("reset after the request",  1, [Unsure,     AsksAgain, KeepsFetching]),
    ("stall before the answer",  1, [Unsure,     AsksAgain, KeepsFetching]),
    // A broken answer.
    ("stall within the answer",  1, [Unsure,     AsksAgain, KeepsFetching]),
    ("drip",                     1, [Unsure,     AsksAgain, KeepsFetching]),
    ("cut within the head",      1, [Unsure,     AsksAgain, KeepsFetching]),
    ("cut within the body",      1, [Unsure,     AsksAgain, KeepsFetching]),
    ("reset within the body",    1, [Unsure,     AsksAgain, KeepsFetching]),
    ("length too long",          1, [Accepted,   AsksAgain, KeepsFetching]),
    ("length too short",         1, [Unsure,     AsksAgain, KeepsFetching]),
    ("cut within a chunk",       1, [Unsure,     AsksAgain, KeepsFetching]),
    ("interim answers only",     1, [Unsure,     AsksAgain, KeepsFetching]),
    // An answer of somebody else.
    ("a page instead",           1, [Unsure,     AsksAgain, KeepsFetching]),
    ("nothing with 200",         1, [Unsure,     AsksAgain, KeepsFetching]),
    ("gigantic",                 1, [Unsure,     AsksAgain, FreshLinks]),
    ("sent elsewhere",           1, [Unsure,     AsksAgain, Followed]),
    // The service's own word.
    ("busy, seconds",            1, [Busy,       AsksAgain, KeepsFetching]),
    ("busy, date",               1, [Busy,       AsksAgain, KeepsFetching]),
    ("busy, words",              1, [Busy,       AsksAgain, KeepsFetching]),
    ("busy, bare",               1, [Busy,       AsksAgain, KeepsFetching]),
    ("request refused",          1, [Refused,    AsksAgain, FreshLinks]),
    ("account refused",          1, [Held,       AsksAgain, FreshLinks]),
    ("unknown there",            1, [Refused,    AsksAgain, FreshLinks]),
    ("not now",                  1, [Unsure,     AsksAgain, KeepsFetching]),
    ("broken there",             1, [Unsure,     AsksAgain, KeepsFetching]),
];

/// Plays that run at once; most of them wait most of the time.
const AT_ONCE: usize = 12;

#[test]
fn every_fault_at_every_place_ends_in_its_class_and_nothing_is_sent_twice() {
    let names: Vec<&str> = FAULTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, TABLE.map(|(name, ..)| name), "the table names every fault");

    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let picture = Act::answer(200, &[("Content-Type", "image/png")], &super::background());
    let elsewhere = runtime.block_on(RawServer::start([picture]));
    let plays = plays(&format!("{}/elsewhere.png", elsewhere.base_url()));
    let (count, open) = (plays.len(), Mutex::new(plays.into_iter()));
    let outcomes: Mutex<Vec<Outcome>> = Mutex::default();
    let next = || open.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(play) = next() {
                    let outcome = play.run(runtime.handle());
                    outcomes.lock().unwrap().push(outcome);
                }
            });
        }
    });

    let outcomes = outcomes.into_inner().unwrap();
    let mut wrong: Vec<String> = outcomes.iter().flat_map(|outcome| outcome.problems.clone()).collect();
    // Redirects were followed for pictures alone, and without the key.
    let strangers: Vec<String> = elsewhere.heard().into_iter().map(|request| request.head).collect();
    assert!(!strangers.is_empty(), "no redirect was followed");
    let is_right = |head: &&String| head.starts_with("GET /elsewhere.png ") && !head.contains(super::KEY);
    wrong.extend(strangers.iter().filter(|head| !is_right(head)).map(|head| format!("elsewhere heard {head}")));
    assert!(wrong.is_empty(), "{} of {count} plays:\n{}", wrong.len(), wrong.join("\n"));
    summarise(&outcomes);
}

/// Every variant of every fault at every place.
fn plays(elsewhere: &str) -> Vec<Play> {
    let mut plays = Vec::new();
    for ((name, variants), (_, arriving, classes)) in FAULTS.into_iter().zip(TABLE) {
        for (place, class) in Place::ALL.into_iter().zip(classes) {
            for (number, fault) in variants.iter().enumerate() {
                let (is_first, elsewhere) = (number == 0, elsewhere.to_owned());
                plays.push(Play { name, number, is_first, fault: *fault, place, arriving, class, elsewhere });
            }
        }
    }
    plays
}

/// One line for people, which the test harness does not swallow.
fn summarise(outcomes: &[Outcome]) {
    let cells = || outcomes.iter().filter(|outcome| outcome.is_first);
    let places = Place::ALL.map(|place| {
        let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
        for cell in cells().filter(|cell| cell.place == place) {
            *counts.entry(cell.class).or_default() += 1;
        }
        let words: Vec<String> = counts.iter().map(|(class, count)| format!("{class:?} {count}")).collect();
        format!("{place:?}: {}", words.join(", "))
    });
    let (faults, cells, plays, places) = (FAULTS.len(), cells().count(), outcomes.len(), places.join("; "));
    let twice: usize = outcomes.iter().map(|outcome| outcome.twice).sum();
    tell(&format!("faults: {faults} × 3 places = {cells} cells in {plays} plays; {places}; sent twice: {twice}"));
}
