//! One fault at one place, from the click to the end.

use std::time::Duration;

use sticker_booth::api::{Network, Timeouts};
use sticker_booth::jobs::{JobRow, LedgerKind};
use sticker_booth::model::{Charged, JobId, JobStatus};
use tokio::runtime::Handle;

use super::super::world::{KEY, Manner, Process, World, background, cutout, paid};
use super::Class;
use crate::support::fault_server::faults::Fault;
use crate::support::fault_server::{FaultServer, Place, Plan};

/// What is read of an answer or a picture at most, for each of two links and once more before the service is healed,
/// and what the system keeps for a reader who has left.
const MOST_TAKEN: usize = 4 * (64 + 16) * 1024 * 1024;

/// Short enough for a test where something has to run out, long enough for a busy machine.
const SHORT: Timeouts = Timeouts {
    connect: Duration::from_millis(1500),
    submit: Duration::from_secs(3),
    ask: Duration::from_secs(3),
    fetch: Duration::from_secs(3),
};

/// What came of a play.
pub(super) struct Outcome {
    pub(super) place: Place,
    pub(super) is_first: bool,
    pub(super) class: Class,
    /// Whole bodies of the POST beyond those that are allowed.
    pub(super) twice: usize,
    /// What was not as it should be.
    pub(super) problems: Vec<String>,
}

/// One fault at one place, with what is expected of it.
pub(super) struct Play {
    pub(super) name: &'static str,
    pub(super) number: usize,
    pub(super) is_first: bool,
    pub(super) fault: Fault,
    pub(super) place: Place,
    pub(super) arriving: usize,
    pub(super) class: Class,
    pub(super) elsewhere: String,
}

impl Play {
    /// Plays it to its end.
    pub(super) fn run(&self, runtime: &Handle) -> Outcome {
        let mut stage = Stage::set(self, runtime);
        let mut problems = Vec::new();
        let mut check = |what: &str, seen: String, expected: String| {
            if seen != expected {
                let title = format!("{} ({}) at {:?}", self.name, self.number, self.place);
                problems.push(format!("{title}: {what} is {seen}, not {expected}"));
            }
        };
        let struck = stage.process().until(&stage.id, "struck or at rest", |row| row.retry_at.is_some() || row.rests());
        let first_answer = stage.process().raw_answer(&stage.id);
        let last = stage.finish(self, &struck);
        let jobs = &stage.process().jobs;
        let class = class(self.place, &struck, stage.server.count("/prediction"));
        check("the class", format!("{class:?}"), format!("{:?}", self.class));
        check("the end", format!("{:?}", (last.status, last.charged)), format!("{:?}", self.end()));

        // Whoever resumes what is open sends nothing that may have been sent.
        if last.status != JobStatus::Held {
            jobs.resume(true).unwrap();
        }
        let submits = stage.server.count("/generate");
        check("the number of whole submits", submits.to_string(), self.submits().to_string());
        let lines: Vec<LedgerKind> = jobs.ledger().unwrap().iter().map(|line| line.kind).collect();
        check("the ledger", format!("{lines:?}"), format!("{:?}", self.lines()));
        check("the number of pictures", stage.world.library_files().len().to_string(), self.pictures().to_string());

        let told = format!("{:?} {:?}", struck.error, last.error);
        check("a signature in what is told", told.contains("presigned").to_string(), "false".into());
        let kept = format!("{told} {:?} {:?}", first_answer, stage.process().raw_answer(&stage.id));
        check("the key in what is told", kept.contains(KEY).to_string(), "false".into());
        check("the key in a file", stage.world.files_with(KEY).len().to_string(), "0".into());
        let beside = stage
            .server
            .heard()
            .iter()
            .filter(|heard| heard.path().contains(".png") && heard.head.contains(KEY))
            .count();
        check("the key at a picture", beside.to_string(), "0".into());
        check("too much was read", (stage.server.endless() > MOST_TAKEN).to_string(), "false".into());
        if struck.retry_at.is_some() || self.class == Class::Unsure {
            check("a problem is told", struck.error.is_some().to_string(), "true".into());
        }
        Outcome {
            place: self.place,
            is_first: self.is_first,
            class,
            twice: submits.saturating_sub(self.submits()),
            problems,
        }
    }

    /// The service is not healed of this one: its address stays wrong, or it asks for a longer wait than a test has.
    fn is_stopped(&self) -> bool {
        let is_bare = self.name == "busy, bare" && self.place != Place::Fetch;
        is_bare || (self.fault == Fault::TlsAtPlainPort && self.place == Place::Submit)
    }

    /// The same service takes the POST, so it can only change between two runs.
    fn speaks_tls_later(&self) -> bool {
        self.fault == Fault::TlsAtPlainPort && self.place == Place::Poll
    }

    fn end(&self) -> (JobStatus, Charged) {
        match (self.class, self.place) {
            _ if self.is_stopped() && self.place == Place::Submit => (JobStatus::Stopped, Charged::No),
            _ if self.is_stopped() => (JobStatus::Stopped, Charged::Yes),
            (Class::Refused, _) => (JobStatus::Failed, Charged::No),
            (Class::Held, _) => (JobStatus::Held, Charged::No),
            (Class::Unsure, _) => (JobStatus::MayHaveBeenAccepted, Charged::Unknown),
            _ => (JobStatus::Done, Charged::Yes),
        }
    }

    /// Whole bodies of the POST that the service got in all.
    fn submits(&self) -> usize {
        match self.class {
            Class::BackInLine | Class::Busy if self.is_stopped() => self.arriving,
            Class::BackInLine | Class::Busy => self.arriving + 1,
            _ if self.place == Place::Submit => self.arriving,
            _ => 1,
        }
    }

    fn lines(&self) -> Vec<LedgerKind> {
        match self.end().1 {
            Charged::No => Vec::new(),
            Charged::Yes => vec![LedgerKind::Accepted],
            Charged::Unknown => vec![LedgerKind::Unknown],
        }
    }

    fn pictures(&self) -> usize {
        match self.end().0 {
            // The link that says https stays dead.
            JobStatus::Done if self.fault == Fault::TlsAtPlainPort && self.place == Place::Fetch => 1,
            JobStatus::Done => 2,
            _ => 0,
        }
    }
}

/// A service with its fault, and a job on its way there.
struct Stage {
    server: FaultServer,
    world: World,
    /// There is none while the row is changed.
    process: Option<Process>,
    network: Network,
    id: JobId,
}

impl Stage {
    fn set(play: &Play, runtime: &Handle) -> Self {
        let plan = Plan {
            place: play.place,
            fault: play.fault,
            times: 1,
            key: KEY,
            elsewhere: play.elsewhere.clone(),
            pictures: [background(), cutout()],
        };
        let server = runtime.block_on(FaultServer::start(plan));
        let runs_out =
            ["black hole", "stall before the answer", "stall within the answer", "drip"].contains(&play.name);
        let timeouts = if runs_out { SHORT } else { Timeouts::USUAL };
        let network = Network { timeouts, names: server.names() };
        let world = World::new();
        let base = server.base_url();
        let process = world.start_on(network.clone(), &base, Manner::WINDOW);
        let id = process.jobs.submit(paid("click", &base)).unwrap();
        let mut stage = Self { server, world, process: Some(process), network, id };
        if play.speaks_tls_later() {
            stage.process().until(&stage.id, "accepted", |row| row.request_id.is_some());
            stage.move_to(&base.replace("http:", "https:"));
        }
        stage
    }

    fn process(&self) -> &Process {
        self.process.as_ref().unwrap()
    }

    /// Ends the process and begins another one, for which the job's service has always been at `base`.
    fn move_to(&mut self, base: &str) {
        drop(self.process.take());
        let journal = rusqlite::Connection::open(self.world.folders().journal()).unwrap();
        assert_eq!(journal.execute("UPDATE jobs SET base_url = ?1", [base]).unwrap(), 1);
        self.process = Some(self.world.start_on(self.network.clone(), base, Manner::WINDOW));
    }

    /// Heals the service, or stops the job where nothing heals it, and waits for the end.
    fn finish(&mut self, play: &Play, struck: &JobRow) -> JobRow {
        self.server.heal();
        if play.speaks_tls_later() {
            self.move_to(&self.server.base_url());
        }
        if play.is_stopped() && !struck.rests() {
            self.process().jobs.stop(&self.id).unwrap();
        }
        self.process().rest(&self.id)
    }
}

/// What became of the job when the fault struck.
fn class(place: Place, struck: &JobRow, asked: usize) -> Class {
    let waits = struck.retry_at.is_some();
    let says = |words: &str| struck.error.as_deref().is_some_and(|error| error.contains(words));
    match (place, struck.status) {
        (Place::Submit, JobStatus::Queued) if says("busy and took nothing") => Class::Busy,
        (Place::Submit, JobStatus::Queued) if says("nothing was sent") => Class::BackInLine,
        (Place::Submit, JobStatus::Failed) => Class::Refused,
        (Place::Submit, JobStatus::Held) => Class::Held,
        (Place::Submit, JobStatus::MayHaveBeenAccepted) => Class::Unsure,
        (Place::Submit, JobStatus::Done) => Class::Accepted,
        (Place::Poll, JobStatus::Accepted | JobStatus::Working) if waits => Class::AsksAgain,
        (Place::Poll, JobStatus::Done) if asked > 1 => Class::AsksAgain,
        (Place::Fetch, JobStatus::Fetching) if waits => Class::KeepsFetching,
        (Place::Fetch, JobStatus::Done) if asked > 1 => Class::FreshLinks,
        (Place::Fetch, JobStatus::Done) => Class::Followed,
        _ => panic!("no class at {place:?}: {struck:#?}"),
    }
}
